"""Parquet files: scanned where they lie, under the same contract as the same rows in a text file."""

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engine.data.contract import Wanted
from engine.language.policy import DataSource
from engine.language.syntax import (
    AnsweredAtLeast,
    Comparison,
    Condition,
    Kind,
    ListedIn,
    NotStraightLined,
    OnePer,
    TookAtLeast,
)
from tests.data.build import found, ledger, name, read, survey, text_file, values, with_rules
from tests.data.scanned import all_accounts, valid_rows

SURVEY = {
    "序号": "INTEGER",
    "日期": "DATE",
    "用时": "INTEGER",
    "城市": "VARCHAR",
    "权重": "DECIMAL(6,3)",
    "1、产品质量": "TINYINT",
    "2、交付及时性": "VARCHAR",
}
FULL = (
    (1, "2025-03-01", 96, "上海", "1.5", 5, "4"),
    (2, "2025-03-02", 20, "上海", "1", 3, "3"),
    (3, "2025-04-02", 40, "北京", "0.125", 2, "(空)"),
    (4, "2025-03-31", 50, "上海", "2", 4, "4"),
    (5, "2025-12-31", 60, "", "1", None, "1"),
    (6, "2025-03-05", 70, "上海", "1", None, None),
    (7, "2025-03-07", 80, "广州", "1", 1, "5"),
)


def _both(folder: Path, file: str, types: dict[str, str], rows: tuple[tuple[Any, ...], ...]) -> None:
    """The same rows as `file`.csv and as `file`.parquet with these types."""
    with (folder / f"{file}.csv").open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([list(types), *(["" if cell is None else cell for cell in row] for row in rows)])
    connection = duckdb.connect()
    columns = ", ".join(f'"{column}" {kind}' for column, kind in types.items())
    connection.execute(f"CREATE TABLE t ({columns})")
    marks = ", ".join("?" * len(types))
    connection.executemany(f"INSERT INTO t VALUES ({marks})", [list(row) for row in rows])  # noqa: S608 - marks only
    connection.execute(f"COPY t TO '{folder / file}.parquet' (FORMAT parquet)")
    connection.close()


def _alike(folder: Path, source: DataSource, *others: DataSource, **asked: Any) -> tuple[Any, ...]:
    """What both files give, once it is seen that it is the same: the rows and where they went."""
    results: list[tuple[Any, ...]] = []
    for suffix in ("csv", "parquet"):
        records, findings = read(folder, replace(source, file=f"{source.file}.{suffix}"), *others, **asked)
        accounts = all_accounts(records) if records else []
        results.append((valid_rows(records, source.name), accounts, [f.code for f in findings]))
    assert results[0] == results[1]
    return results[1]


RULES = {
    "none": (),
    "answered": (AnsweredAtLeast(Fraction(80)),),
    "straight": (NotStraightLined(),),
    "time": (TookAtLeast(Fraction(30)),),
    "city": (Condition(column=name("城市"), comparison=Comparison.EQUAL, value="上海"),),
    "not a city": (Condition(column=name("城市"), comparison=Comparison.NOT_EQUAL, value="上海"),),
    "number": (Condition(column=name("序号"), comparison=Comparison.AT_MOST, value="4"),),
    "last": (OnePer(name("城市"), last=True),),
    "first after time": (TookAtLeast(Fraction(30)), OnePer(name("城市"), last=False)),
    "listed": (ListedIn(name("城市"), name("cities")), AnsweredAtLeast(Fraction(50))),
    "all": (
        AnsweredAtLeast(Fraction(50)),
        TookAtLeast(Fraction(30)),
        OnePer(name("城市"), last=True),
        NotStraightLined(),
    ),
}


@pytest.mark.parametrize("period", [None, "2025-03"])
@pytest.mark.parametrize("rules", list(RULES))
def test_the_same_rows_count_as_in_a_text_file(rules: str, period: str | None, tmp_path: Path) -> None:
    """Every validity sentence, alone and after others, with and without a period."""
    _both(tmp_path, "调查表", SURVEY, FULL)
    text_file(tmp_path, "cities.csv", "城市\n上海\n广州\n")
    source = survey("调查表", key="序号", date="日期", weight="权重")
    others = [DataSource(name="cities", kind="events", file="cities.csv", span=source.span)]
    rows, accounts, _ = _alike(
        tmp_path,
        with_rules(source, *RULES[rules]),
        *others,
        texts=("城市",),
        numbers=("用时",),
        times=("日期",),
        periods=("month",),
        period=period,
    )
    assert (len(rows), sum((accounts[0].valid, accounts[0].out_of_period, *accounts[0].invalid.values()))) == (
        accounts[0].valid,
        7,
    )


TWO = '"1、产品质量" TINYINT, "2、交付及时性" VARCHAR'


@pytest.mark.parametrize(
    ("kind", "written", "valid"),
    [
        ("INTEGER", "29, 30, 31", 2),
        ("DECIMAL(6,2)", "29.99, 30, 30.01", 2),
        ("DOUBLE", "29.5, 30, 30.5", 2),
        ("VARCHAR", "'29秒', '30', '00:00:31'", 2),
    ],
)
def test_time_taken_is_compared_as_it_is_stored(kind: str, written: str, valid: int, tmp_path: Path) -> None:
    """Of 29 (and a bit), 30 and 31 seconds two are at least 30."""
    _file(tmp_path, f"{TWO}, 用时 {kind}", f"SELECT 5, '4', unnest([{written}])")
    records, findings = read(tmp_path, with_rules(survey("表.parquet"), TookAtLeast(Fraction(30))))
    assert (findings, len(valid_rows(records, "survey"))) == ((), valid)


@pytest.mark.parametrize("kind", ["DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "VARCHAR"])
def test_a_period_begins_and_ends_at_midnight(kind: str, tmp_path: Path) -> None:
    """Of five moments three lie in March: its first, one within, and the last second of its last day."""
    moments = "2025-02-28 23:59:59, 2025-03-01 00:00:00, 2025-03-09 10:00:00, 2025-03-31 23:59:59, 2025-04-01 00:00:00"
    written = ", ".join(f"'{moment}'" for moment in moments.split(", "))
    _file(tmp_path, f"{TWO}, 日期 {kind}", f"SELECT 5, '4', unnest([{written}])")
    records, findings = read(tmp_path, survey("表.parquet", date="日期"), period="2025-03")
    assert records is not None
    (account,) = all_accounts(records)
    assert (findings, account.valid, account.out_of_period, account.rows) == ((), 3, 2, 5)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("30, NULL", ("E923", "", "表.parquet:2:3")), ("30, -1", ("E914", "duration", "表.parquet:2:3"))],
)
def test_time_taken_that_is_no_time(written: str, expected: tuple[str, str, str], tmp_path: Path) -> None:
    """A record that does not say how long it took, or less than no time, cannot be judged."""
    _file(tmp_path, f"{TWO}, 用时 INTEGER", f"SELECT 5, '4', unnest([{written}])")
    findings = read(tmp_path, with_rules(survey("表.parquet"), TookAtLeast(Fraction(30))))[1]
    assert found(findings) == [expected]


def _file(folder: Path, columns: str, rows: str, file: str = "表.parquet") -> None:
    """A Parquet file with these columns and rows, as SQL writes them."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({columns})")
        connection.execute(f"INSERT INTO t {rows}")
        connection.execute(f"COPY t TO '{folder / file}' (FORMAT parquet)")


@pytest.mark.parametrize(
    ("columns", "rows", "contract", "expected"),
    [
        (TWO, "VALUES (5, '4'), (9, '5')", {}, [("E915", "", "表.parquet:2:1")]),
        (
            TWO,
            "VALUES (5, '4'), (4, '还行'), (3, '还行')",
            {},
            [("E915", "word", "表.parquet:2:2"), ("E915", "word", "表.parquet:3:2")],
        ),
        (TWO, "VALUES (5, '#N/A')", {}, [("E912", "", "表.parquet:1:2")]),
        (
            TWO + ", 编号 VARCHAR",
            "VALUES (5, '4', 'a'), (4, '4', 'b'), (4, '4', 'a')",
            {"key": "编号"},
            [("E922", "", "表.parquet:3:3")],
        ),
        (
            TWO + ", 权重 DOUBLE",
            "VALUES (5, '4', 1), (4, '4', NULL)",
            {"weight": "权重"},
            [("E923", "", "表.parquet:2:3")],
        ),
        (
            TWO + ", 权重 DOUBLE",
            "VALUES (5, '4', 1), (4, '4', 'NaN')",
            {"weight": "权重"},
            [("E914", "", "表.parquet:2:3")],
        ),
        (
            TWO + ", 权重 DECIMAL(5,2)",
            "VALUES (5, '4', 1), (4, '4', -0.5)",
            {"weight": "权重"},
            [("E920", "weight", "表.parquet:2:3")],
        ),
        (
            TWO + ", 权重 TIMESTAMPTZ",
            "VALUES (5, '4', '2025-01-01 00:00:00+08')",
            {"weight": "权重"},
            [("E980", "zone", "表.parquet:1:3")],
        ),
        (TWO + ", 权重 INTEGER[]", "VALUES (5, '4', [1])", {"weight": "权重"}, [("E980", "type", "表.parquet:1:3")]),
        (
            "单位 VARCHAR, " + TWO,
            "VALUES ('甲', 5, '4'), ('合计', 9, '8')",
            {},
            [("E924", "", "表.parquet:2:1"), ("E915", "", "表.parquet:2:2"), ("E915", "", "表.parquet:2:3")],
        ),
        ('"1、产品质量" TINYINT', "VALUES (5)", {}, [("E908", "", "表.parquet:1:1")]),
    ],
)
def test_faults_are_named_by_record_and_column(
    columns: str, rows: str, contract: dict[str, Any], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """The number of the record and that of its column, both from 1; a missing column is the whole file's."""
    _file(tmp_path, columns, rows)
    records, findings = read(tmp_path, survey("表.parquet", **contract))
    assert (records, found(findings)) == (None, expected)


def test_the_first_hundred_faults_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    """Of 1,000 answers every fourth is a 7: 250 faults, of which those of records 4 to 400 are named."""
    _file(tmp_path, TWO, "SELECT CASE WHEN i % 4 = 0 THEN 7 ELSE 5 END, '5' FROM range(1, 1001) AS r(i)")
    findings = read(tmp_path, survey("表.parquet"))[1]
    assert found(findings)[:100] == [("E915", "", f"表.parquet:{n}:1") for n in range(4, 401, 4)]
    assert [(f.code, f.args["count"]) for f in findings[100:]] == [("E927", 150)]


@pytest.mark.parametrize("bad", [101, 250])
def test_faults_of_many_kinds_are_all_counted(bad: int, tmp_path: Path) -> None:
    """So many different texts, each of which stands in two records below each other."""
    cell = f"CASE WHEN i < {2 * bad} THEN 'x' || i // 2 ELSE '5' END"
    _file(tmp_path, TWO, f"SELECT 5, {cell} FROM range(1000) AS r(i)")  # noqa: S608 - a number only
    findings = read(tmp_path, survey("表.parquet"))[1]
    assert [f.place.line for f in findings[:100]] == list(range(1, 101))
    assert [(f.code, f.args["count"]) for f in findings[100:]] == [("E927", 2 * bad - 100)]


def test_a_row_that_ends_before_it_begins(tmp_path: Path) -> None:
    """The case of record 2 was closed a day before it came in; record 3 has no beginning; record 4 is still open."""
    days = "('2025-03-01', '2025-03-02'), ('2025-03-05', '2025-03-04'), (NULL, '2025-03-04'), ('2025-03-06', NULL)"
    _file(tmp_path, "受理 TIMESTAMP, 办结 DATE", f"VALUES {days}")
    findings = read(tmp_path, ledger("表.parquet"), times=("受理", "办结"), spans=(("受理", "办结"),))[1]
    assert found(findings) == [("E916", "backwards", "表.parquet:2:2"), ("E923", "", "表.parquet:3:1")]


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("DOUBLE", "0.1, 2.25, 100", ["0.1", "2.25", "100"]),
        ("FLOAT", "0.1, 2.25, 100", ["0.1", "2.25", "100"]),
        ("DOUBLE", "0.1234567890125, 1, 2", ["0.1234567890125", "1", "2"]),
        ("DECIMAL(9,4)", "0.1, 2.25, 100", ["0.1", "2.25", "100"]),
        ("DECIMAL(30,4)", "0.1, 2.25, 100", ["0.1", "2.25", "100"]),
        ("BIGINT", "1, 2, 9007199254740993", ["1", "2", "9007199254740993"]),
        ("UBIGINT", "1, 2, 3", ["1", "2", "3"]),
        ("VARCHAR", "'0.1', '2.25', '１００'", ["0.1", "2.25", "100"]),
        ("VARCHAR", "'97.2%', '98%', ''", ["97.2", "98", None]),
    ],
)
def test_numbers_are_what_the_file_says(kind: str, written: str, expected: list[str | None], tmp_path: Path) -> None:
    """Whatever they are stored as, and never the nearest binary number of something else."""
    _file(tmp_path, f"数 {kind}", f"SELECT unnest([{written}])")
    records, findings = read(tmp_path, ledger("表.parquet"), numbers=("数",))
    assert findings == ()
    assert [row[0] for row in valid_rows(records, "ledger")] == [one and Fraction(one) for one in expected]


def test_answers_in_words_and_skipped_questions(tmp_path: Path) -> None:
    """很满意 is 5; a question that was skipped was not put: of the two that were, both are answered."""
    words = {"很满意": Fraction(5), "满意": Fraction(4), "一般": Fraction(5, 2)}
    _file(
        tmp_path,
        '"1、产品质量" VARCHAR, "2、交付及时性" VARCHAR',
        "VALUES ('很满意', '(跳过)'), ('一般', '(空)'), ('满意', '满意')",
    )
    source = with_rules(survey("表.parquet", answers=words, scale=None), AnsweredAtLeast(Fraction(100)))
    records, findings = read(tmp_path, source)
    assert findings == ()
    assert [row[:2] for row in valid_rows(records, "survey")] == [(5, None), (4, 4)]


def test_values_and_records_with_classes_are_read_as_from_a_sheet(tmp_path: Path) -> None:
    """A small table of values may be a Parquet file too."""
    _file(tmp_path, "指标 VARCHAR, 值 DOUBLE", "VALUES ('准时交付率', 97.2), ('投诉次数', 3)")
    wanted = [Wanted(measure="准时交付率", kind=Kind.RATE), Wanted(measure="投诉次数", kind=Kind.COUNT)]
    records, findings = read(tmp_path, values("表.parquet"), wanted=wanted)
    assert findings == ()
    assert records is not None
    assert [(row.measure, row.amount, str(row.place)) for row in records.values] == [
        ("准时交付率", Fraction("97.2"), "表.parquet:1:2"),
        ("投诉次数", Fraction(3), "表.parquet:2:2"),
    ]


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    """Half a file is no file."""
    _file(tmp_path, TWO, "SELECT 5, '5' FROM range(10000)")
    path = tmp_path / "表.parquet"
    path.write_bytes(path.read_bytes()[:-200])
    assert found(read(tmp_path, survey("表.parquet"))[1]) == [("E980", "", "表.parquet:1:1")]


def test_odd_names_of_folders_files_and_columns(tmp_path: Path) -> None:
    """Quotation marks, brackets, stars and words of the query language are letters like others."""
    folder = tmp_path / "it's [1] *"
    folder.mkdir()
    _file(
        tmp_path,
        '"cell" VARCHAR, "value" INTEGER, "row" INTEGER, "a""b" VARCHAR',
        "VALUES ('甲', 1, 2, '丙'), ('乙', 3, 4, '丙')",
    )
    (tmp_path / "表.parquet").rename(folder / "表[2].parquet")
    asked: dict[str, Any] = {"texts": ("cell", 'a"b'), "numbers": ("value", "row")}
    records, findings = read(folder, ledger("表[2].parquet"), **asked)
    assert findings == ()
    assert valid_rows(records, "ledger") == [("甲", "丙", 1, 2), ("乙", "丙", 3, 4)]


def test_blanks_around_texts_do_not_count(tmp_path: Path) -> None:
    """As in a sheet; a text of nothing but blanks is none."""
    _file(tmp_path, "城市 VARCHAR", "VALUES (' 上海'), ('上海\u3000'), ('  '), (''), ('北京')")
    records, findings = read(tmp_path, ledger("表.parquet"), texts=("城市",))
    assert (findings, valid_rows(records, "ledger")) == ((), [("上海",), ("上海",), (None,), (None,), ("北京",)])
