"""Files looked at: what their columns are told to be, what is proposed, and what is found wrong."""

from pathlib import Path
from typing import Any

from engine.data.inspection import Inspected, Inspection, inspect_file
from engine.data.profiles import stem_of
from engine.data.wordings import coded, numbers_of, wordings_of
from tests.data.build import found, text_file, workbook


def _looked(folder: Path, text: str, **how: Any) -> Inspection:
    text_file(folder, "a.csv", text)
    return _opened(folder / "a.csv", **how)


def _opened(path: Path, **how: Any) -> Inspection:
    inspection, refused = inspect_file(path, **how)
    assert inspection is not None, refused
    return inspection


def _kinds(table: Inspected) -> list[str]:
    return [column.kind for column in table.proposal.columns]


def test_a_ledger(tmp_path: Path) -> None:
    """The number, the date, classes, amounts, texts; small whole numbers are amounts and no answers."""
    rows = "".join(f"T{n},2025-03-{n + 1:02},{'质量' if n % 2 else '服务'},{n % 3 + 1},说法{n}\n" for n in range(6))
    (table,) = _looked(tmp_path, f"投诉编号,受理日期,类别,件数,经过\n{rows}").tables
    source = table.proposal.source
    assert _kinds(table) == ["key", "date", "choice", "number", "text"]
    assert (source.kind, source.key, source.date, table.proposal.by) == ("events", "投诉编号", "受理日期", "date")
    assert [column.answers for column in table.proposal.columns][2] == (("服务", 3), ("质量", 3))
    assert table.findings == ()


def test_a_sheet_of_values(tmp_path: Path) -> None:
    """An indicator and a value column, called otherwise than usual, below a title."""
    rows = [
        ["2025年指标", None, None],
        ["指标名称", "实际值", "月份"],
        ["准时率", "97%", "2025-01"],
        ["投诉", 3, "2025-01"],
    ]
    workbook(tmp_path, "表.xlsx", rows)
    (table,) = _opened(tmp_path / "表.xlsx").tables
    source = table.proposal.source
    assert (source.kind, source.layout, source.header) == ("values", "long", 2)
    assert dict(source.columns) == {"indicator": "指标名称", "value": "实际值", "period": "月份"}


def test_a_sheet_with_one_column_for_each_indicator(tmp_path: Path) -> None:
    """Months, and numbers in all other columns."""
    (table,) = _looked(tmp_path, "月份,准时率,投诉\n2025-01,97%,3\n2025-02,96%,11\n").tables
    source = table.proposal.source
    assert (source.kind, source.layout, dict(source.columns)) == ("values", "wide", {"period": "月份"})


def test_a_survey_of_no_known_platform(tmp_path: Path) -> None:
    """Two questions on a scale; one answer of forty that is off it is a slip and no other scale."""
    rows = "".join(f"{n},{n % 5 + 1},{n % 4 + 2}\n" for n in range(39))
    (table,) = _looked(tmp_path, f"客户号,1、质量,2、交付\n{rows}39,55,3\n").tables
    source = table.proposal.source
    assert (source.kind, table.proposal.by, table.proposal.names) == ("responses", "questions", ("2",))
    assert (dict(source.questions), source.scale, source.key) == ({"Q1": "1、质量", "Q2": "2、交付"}, (1, 5), "客户号")
    assert found(table.findings) == [("E915", "", "a.csv:41:4")]


def test_a_header_of_two_rows(tmp_path: Path) -> None:
    """Merged headings, their parts below them."""
    rows = [["客户号", "服务", None, "1、产品"], [None, "态度", "速度", None], [1, 5, 4, 3], [2, 4, 4, 2], [3, 5, 2, 1]]
    workbook(tmp_path, "表.xlsx", rows, merge=("B1:C1",))
    (table,) = _opened(tmp_path / "表.xlsx").tables
    assert table.header == (1, 2)
    assert dict(table.proposal.source.questions) == {"Q1": "1、产品", "Q2": "服务/态度", "Q3": "服务/速度"}


def test_sheets_seen_and_hidden(tmp_path: Path) -> None:
    """Every sheet that is not hidden is a source of its own; a hidden one is told of, and looked at if it is named."""
    ledger = [["受理日期", "类别"], ["2025-03-02", "质量"], ["2025-03-03", "质量"]]
    sheets = {"二": ledger, "底稿": ledger, "空": []}
    workbook(tmp_path, "表.xlsx", ledger, title="一", sheets=sheets, hidden=("底稿",))
    inspection = _opened(tmp_path / "表.xlsx")
    assert [(t.sheet, t.proposal.source.name, t.proposal.source.sheet) for t in inspection.tables] == [
        ("一", "ledger", "一"),
        ("二", "ledger2", "二"),
    ]
    assert found(inspection.findings) == [("W969", "", "表.xlsx!底稿")]
    assert [table.sheet for table in _opened(tmp_path / "表.xlsx", sheet="底稿").tables] == ["底稿"]


def test_columns_without_a_name(tmp_path: Path) -> None:
    """Contents without a header, and two columns of one header; an empty column without a header is nothing."""
    (table,) = _looked(tmp_path, "受理日期,类别,类别,,\n2025-03-02,甲,乙,备,\n2025-03-03,甲,乙,,\n").tables
    assert found(table.findings) == [
        ("W968", "twice", "a.csv:1:6"),
        ("W968", "twice", "a.csv:1:9"),
        ("W968", "", "a.csv:1:12"),
    ]


def test_day_or_month_first(tmp_path: Path) -> None:
    """A 22 in the second place is a day; where all parts are below 13 nothing is guessed, and it is said once."""
    (table,) = _looked(tmp_path, "Received,Class\n11/3/2025,A\n11/22/2025,A\n").tables
    assert (table.proposal.source.date, table.proposal.source.dates, table.findings) == ("Received", "mdy", ())
    (table,) = _looked(tmp_path, "Received,Class\n11/3/2025,A\n11/4/2025,A\n").tables
    assert (table.proposal.source.dates, found(table.findings)) == ("", [("E916", "order", "a.csv:2:1")])


def test_who_answered_is_told_by_header_and_by_contents(tmp_path: Path) -> None:
    """Names, telephone numbers and addresses are known by the one or by the other."""
    text = "受理日期,联系电话,说明,来路\n2025-03-02,021-1234,a@b.cn,1.2.3.4\n2025-03-03,021-1235,c@d.cn,1.2.3.5\n"
    (table,) = _looked(tmp_path, text).tables
    assert _kinds(table) == ["date", "personal", "personal", "personal"]
    assert [column.answers for column in table.proposal.columns] == [()] * 4


def test_what_stands_there_once_is_not_shown(tmp_path: Path) -> None:
    """Of a closed question the answers that come again; what one person wrote beside them is counted."""
    rows = "".join(f"2025-03-{n + 10},{'自己写的话' if n == 0 else '甲' if n % 2 else '乙'}\n" for n in range(9))
    (table,) = _looked(tmp_path, f"受理日期,类别\n{rows}").tables
    column = table.proposal.columns[1]
    assert (column.kind, column.answers, column.once) == ("choice", (("乙", 4), ("甲", 4)), 1)


def test_files_of_every_encoding_and_delimiter(tmp_path: Path) -> None:
    """GB 18030, semicolons, tabs: the header has as many columns as it has."""
    for text, encoding in (
        ("受理日期;类别\n2025-03-02;甲\n", "gb18030"),
        ('"受理日期"\t"类别"\n"2025-03-02"\t"甲"\n', "utf-8"),
    ):
        text_file(tmp_path, "a.csv", text, encoding)
        inspection = _opened(tmp_path / "a.csv")
        assert inspection.decoded_as == encoding
        assert [column.header for column in inspection.tables[0].proposal.columns] == ["受理日期", "类别"]


def test_files_that_cannot_be_taken_in(tmp_path: Path) -> None:
    """Nothing in it, no header, no such sheet, not what its name says: each is refused by its code."""
    text_file(tmp_path, "a.csv", "\n\n")
    assert found(inspect_file(tmp_path / "a.csv")[1]) == [("E907", "nothing", "a.csv:1:1")]
    text_file(tmp_path, "a.csv", "1,2\n3,4\n")
    assert found(inspect_file(tmp_path / "a.csv")[1]) == [("E967", "", "a.csv:1:1")]
    text_file(tmp_path, "a.xlsx", "1,2\n3,4\n")
    assert found(inspect_file(tmp_path / "a.xlsx")[1]) == [("E903", "content", "a.xlsx:1:1")]
    workbook(tmp_path, "b.xlsx", [["甲", "乙"], [1, 2]])
    assert found(inspect_file(tmp_path / "b.xlsx", sheet="丙")[1]) == [("E906", "absent", "b.xlsx:1:1")]


def test_answers_in_words() -> None:
    """A wording is known by all its steps; `不满意` is the worst of three and the second worst of five."""
    assert [numbers_of(("好", "中", "差"))[word] for word in ("好", "中", "差")] == [3, 2, 1]
    assert wordings_of(("很满意", "不满意")) != ()
    assert wordings_of(("很满意", "强烈")) == ()
    assert coded(("5 - Very good", "4 - Good", "1：差")) == {"5 - Very good": 5, "4 - Good": 4, "1：差": 1}
    assert coded(("满意（4分）", "不满意(2)")) == {"满意（4分）": 4, "不满意(2)": 2}
    assert coded(("4 - Good", "Good")) is None


def test_parts_of_a_question() -> None:
    """As the platforms write them."""
    headers = ["第6题(价格)", "Q5[SQ001]", "q5/price", "Q2_1", "6、渠道|电话", "产品质量"]
    assert [stem_of(header) for header in headers] == ["第6题", "q5", "q5", "q2", "6、渠道", ""]


def test_open_questions_that_are_answered_alike_are_open(tmp_path: Path) -> None:
    """Proposals are not shown though they come again, nor what most leave out; weights are amounts and no answers."""
    head = "1、质量,2、您的建议,3、喜欢什么,客户权重\n"
    told = "".join(
        f"{n % 5 + 1},{'快一点' if n % 2 else '好'},{'甲乙丙'[n % 3] if n < 6 else ''},{n % 2 + 1}\n" for n in range(18)
    )
    (table,) = _looked(tmp_path, head + told).tables
    assert _kinds(table) == ["scale", "text", "text", "number"]
    assert [column.answers for column in table.proposal.columns[1:]] == [()] * 3
