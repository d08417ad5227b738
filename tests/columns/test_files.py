"""Units from a Parquet file to a file of results, in the order of its rows."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import engine
from engine.insight.columns import Tally, evaluate_file
from tests.columns.test_columns import SCHEME
from tests.evaluation.schemes import policy_of

UNITS = "units: {by: [店]}\n"
ROWS = "FROM (VALUES ('甲', 96.3, 3), ('乙', 98.0, 25), ('丙', NULL, 0)) t(店, otd, 投诉次数)"
# 98 - 96.3 is one step, 0.5 points, and three complaints cost 3; 25 complaints leave 75; without its rate 丙 has none.
EXPECTED = [
    ("甲", "value", Decimal("96.5"), "优"),
    ("乙", "value", Decimal("75.0"), "差"),
    ("丙", "missing", None, None),
]


def _units(folder: Path, rows: str = ROWS) -> Path:
    file = folder / "units.parquet"
    relation = duckdb.sql(rows)
    assert relation is not None
    relation.write_parquet(str(file))
    return file


def _read(output: Path, *columns: str) -> list[tuple[Any, ...]]:
    read = duckdb.read_csv if output.suffix == ".csv" else duckdb.read_parquet
    return read(str(output)).select(*map(duckdb.ColumnExpression, columns)).fetchall()


@pytest.mark.parametrize("name", ["out.parquet", "out.csv"])
def test_results_beside_their_units(tmp_path: Path, name: str) -> None:
    """Scores are decimals with the policy's places; the column of the units is carried over."""
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / name
    assert evaluate_file(ready, _units(tmp_path), output) == Tally(units=3, scored=2, exactly=0)
    found = _read(output, "店", "state", "score", "grade")
    assert [
        (unit, state, score if score is None else Decimal(str(score)), grade) for unit, state, score, grade in found
    ] == EXPECTED


def test_steps_beside_the_results(tmp_path: Path) -> None:
    """With steps what each line takes, as numbers: 0.5 and 3."""
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / "out.parquet"
    evaluate_file(ready, _units(tmp_path), output, steps=True)
    columns = ("总分/准时交付率/loss", "总分/投诉次数/loss", "总分/combination")
    assert _read(output, *columns) == [(0.5, 3, 96.5), (0, 25, 75), (None, 0, None)]


def test_many_blocks_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """300,000 rows, five times as many as are read at a time."""
    monkeypatch.setattr("engine.evaluation.columns.reading.CELLS", 1 << 17)
    rows = "SELECT i::VARCHAR AS 店, 98.0::DOUBLE AS otd, (i % 7)::DOUBLE AS 投诉次数 FROM range(300000) r(i)"
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / "out.parquet"
    assert evaluate_file(ready, _units(tmp_path, rows), output).units == 300_000
    found = _read(output, "店", "score")
    assert found == [(str(n), Decimal(100 - n % 7)) for n in range(300_000)]


def test_a_faulty_value_leaves_nothing_behind(tmp_path: Path) -> None:
    """101 % in a row is refused like everywhere; a file of results that stood there stays."""
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / "out.parquet"
    output.write_text("before", encoding="utf-8")
    with pytest.raises(engine.Refused) as refused:
        evaluate_file(ready, _units(tmp_path, ROWS.replace("98.0", "101.0")), output)
    assert [found.code for found in refused.value.diagnostics] == ["E920"]
    assert (output.read_text(encoding="utf-8"), sorted(path.name for path in tmp_path.iterdir())) == (
        "before", ["out.parquet", "units.parquet"],
    )  # fmt: skip


def test_a_column_that_is_no_measure_is_asked_back(tmp_path: Path) -> None:
    """A header that the policy does not know is no unit."""
    ready = engine.prepare(policy_of(SCHEME, UNITS))
    with pytest.raises(engine.Refused) as refused:
        evaluate_file(ready, _units(tmp_path, ROWS.replace("otd", "otx")), tmp_path / "out.parquet")
    assert [found.code for found in refused.value.diagnostics] == ["E942"]


def test_units_are_placed_among_all_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """30 lies half-way between 10 and 50, although the 50 stands behind all that is read at a time."""
    monkeypatch.setattr("engine.evaluation.columns.reading.CELLS", 2048)
    rows = "SELECT i::VARCHAR AS 店, CASE i WHEN 0 THEN 30 WHEN 2999 THEN 50 ELSE 10 END AS 产出 FROM range(3000) r(i)"
    policy = policy_of("总分：等权平均\n  产出：数值，以各单位最低至最高折合0-100分\n", UNITS)
    output = tmp_path / "out.parquet"
    assert evaluate_file(engine.prepare(policy), _units(tmp_path, rows), output).scored == 3000
    assert [score for (score,) in _read(output, "score")] == [50, *[0] * 2998, 100]


def test_scores_that_are_not_rounded_are_fractions(tmp_path: Path) -> None:
    """(0 + 100 + 100)/3 = 200/3 has no last decimal."""
    policy = policy_of("- 不修约，缺数报错\n总分：等权平均\n  甲：得分\n  乙：得分\n  丙：得分\n", UNITS)
    output = tmp_path / "out.parquet"
    tally = evaluate_file(
        engine.prepare(policy), _units(tmp_path, "SELECT '一' AS 店, 0 AS 甲, 100 AS 乙, 100 AS 丙"), output
    )
    assert (tally.exactly, _read(output, "score")) == (1, [("200/3",)])


ONE_RATE = "总分：满分100分，倒扣分\n  准时交付率[otd]：目标98%，每低1个百分点扣0.5分\n"


def _one_rate(folder: Path, rows: str) -> list[tuple[Any, ...]]:
    output = folder / "out.parquet"
    evaluate_file(engine.prepare(policy_of(ONE_RATE, UNITS)), _units(folder, rows), output)
    return _read(output, "店", "score")


@pytest.mark.parametrize("kind", ["DECIMAL(9,1)", "DECIMAL(18,1)", "DECIMAL(38,20)", "FLOAT", "DOUBLE", "VARCHAR"])
def test_a_number_is_what_the_file_says_however_it_is_stored(tmp_path: Path, kind: str) -> None:
    """97.0 is one whole step below 98; 97.1 is none, whether it is stored in 32 bits, in 64 or as a decimal."""
    rows = "SELECT * FROM (VALUES ('甲', 97.0::KIND), ('乙', 97.1::KIND), ('丙', NULL)) t(店, otd)"
    assert _one_rate(tmp_path, rows.replace("KIND", kind)) == [
        ("甲", Decimal("99.5")),
        ("乙", Decimal(100)),
        ("丙", None),
    ]


def test_a_decimal_of_many_digits_is_no_other(tmp_path: Path) -> None:
    """97.00000000000000000001 is not yet a whole step below 98."""
    rows = "SELECT '甲' AS 店, '97.00000000000000000001'::DECIMAL(38,20) AS otd"
    assert _one_rate(tmp_path, rows) == [("甲", Decimal(100))]


def test_a_whole_number_of_many_digits_is_no_other(tmp_path: Path) -> None:
    """2⁵³ + 1 and 2⁵³ + 3 are 9 and 7 below the target; binary numbers of 64 bits tell neither from its neighbour."""
    policy = policy_of("总分：满分100分，倒扣分\n  产出：目标9007199254741002件，每低1件扣1分\n", UNITS)
    rows = "SELECT * FROM (VALUES ('甲', 9007199254740993), ('乙', 9007199254740995), ('丙', NULL)) t(店, 产出)"
    output = tmp_path / "out.parquet"
    evaluate_file(engine.prepare(policy), _units(tmp_path, rows), output)
    assert _read(output, "店", "score") == [("甲", Decimal(91)), ("乙", Decimal(93)), ("丙", None)]


def test_blocks_without_a_score_stand_beside_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One unit at a time, the first without any measure."""
    monkeypatch.setattr("engine.evaluation.columns.reading.CELLS", 1)
    policy = policy_of("- 不修约，缺数报错\n总分：等权平均\n  甲：得分\n  乙：得分\n  丙：得分\n", UNITS)
    rows = "FROM (VALUES ('一', NULL, 1, 2), ('二', 0, 100, 100), ('三', 1, NULL, 2)) t(店, 甲, 乙, 丙)"
    output = tmp_path / "out.parquet"
    evaluate_file(engine.prepare(policy), _units(tmp_path, rows), output, steps=True)
    assert _read(output, "店", "score", "总分/combination") == [
        ("一", None, None),
        ("二", "200/3", 200 / 3),
        ("三", None, None),
    ]


def test_the_place_of_a_faulty_value_is_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """101 % stands in the third row of the third block: in record 7, column 2."""
    monkeypatch.setattr("engine.evaluation.columns.reading.CELLS", 3)
    rows = "SELECT i::VARCHAR AS 店, CASE i WHEN 6 THEN 101 ELSE 98 END AS otd FROM range(9) r(i)"
    with pytest.raises(engine.Refused) as refused:
        _one_rate(tmp_path, rows)
    assert [
        (found.code, found.place.file, found.place.line, found.place.column) for found in refused.value.diagnostics
    ] == [("E920", "units.parquet", 7, 2)]


@pytest.mark.parametrize(("name", "code", "row"), [("'甲'", "E922", 3), ("NULL", "E923", 3)])
def test_a_unit_stands_once_and_has_a_name(tmp_path: Path, name: str, code: str, row: int) -> None:
    """What stands twice would be two results of one unit; what has no name is nobody's."""
    rows = f"FROM (VALUES ('甲', 96.3), ('乙', 98.0), ({name}, 97.0)) t(店, otd)"
    with pytest.raises(engine.Refused) as refused:
        _one_rate(tmp_path, rows)
    assert [(found.code, found.place.line) for found in refused.value.diagnostics] == [(code, row)]


def test_a_text_file_of_units(tmp_path: Path) -> None:
    """What a spreadsheet saves: per cent signs, blanks for what is missing, words for what does not apply."""
    file, output = tmp_path / "units.csv", tmp_path / "out.csv"
    file.write_text("店;otd;投诉次数\n甲;96.3%;3\n乙;98;25\n丙;;0\n丁;97;不适用\n", encoding="gb18030")
    evaluate_file(engine.prepare(policy_of(SCHEME, UNITS)), file, output)
    assert output.read_text(encoding="utf-8").splitlines() == [
        "店,state,grade,score", "甲,value,优,96.5", "乙,value,差,75.0", "丙,missing,,", "丁,value,优,99.5"
    ]  # fmt: skip


def test_the_place_of_a_faulty_value_in_a_text(tmp_path: Path) -> None:
    """101 on the third line, behind three letters of the first column."""
    file = tmp_path / "units.csv"
    file.write_text("店,otd,投诉次数\n甲,96.3,3\n乙,101,25\n", encoding="utf-8")
    with pytest.raises(engine.Refused) as refused:
        evaluate_file(engine.prepare(policy_of(SCHEME, UNITS)), file, tmp_path / "out.csv")
    (found,) = refused.value.diagnostics
    assert (found.code, str(found.place)) == ("E920", "units.csv:3:3")


def test_a_file_without_units(tmp_path: Path) -> None:
    """Its results have a header and no row."""
    output = tmp_path / "out.csv"
    tally = evaluate_file(engine.prepare(policy_of(SCHEME, UNITS)), _units(tmp_path, f"{ROWS} WHERE false"), output)
    assert (tally, output.read_text(encoding="utf-8")) == (Tally(), "店,state,grade,score\n")


def test_a_file_of_results_says_what_is_exact(tmp_path: Path) -> None:
    """Its metadata tell how many units were worked exactly and that what the lines came to are binary numbers."""
    output = tmp_path / "out.parquet"
    evaluate_file(engine.prepare(policy_of(SCHEME, UNITS)), _units(tmp_path), output, steps=True)
    query = "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)"
    said = dict(duckdb.execute(query, [str(output)]).fetchall())
    assert (said["units"], said["worked exactly"], said["steps"]) == (
        "3", "0", "binary numbers of 64 bits, near the exact ones",
    )  # fmt: skip
