"""Values sheets, long and wide: what was measured, for whom, when, and in which unit."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.data.contract import Records, ValueRow, Wanted
from engine.language.syntax import Kind, Unit
from tests.data.build import found, read, text_file, values, workbook

RATE = Wanted(measure="准时交付率", kind=Kind.RATE)
COUNT = Wanted(measure="投诉次数", kind=Kind.COUNT)
BOTH = (RATE, COUNT)


def _rows(records: Records | None) -> list[ValueRow]:
    assert records is not None
    return list(records.values)


def _amounts(records: Records | None) -> dict[str, Any]:
    return {row.measure: row.amount for row in _rows(records)}


def test_a_long_sheet(tmp_path: Path) -> None:
    """One row for each indicator; what nobody asks for is passed over."""
    text_file(
        tmp_path,
        "统计表.csv",
        "指标,目标值,值,填报部门\n准时交付率,95%,97.2%,物流部\n投诉次数,2,3,销售部\n返修率,,8,质量部\n",
    )
    records, findings = read(tmp_path, values("统计表.csv"), wanted=BOTH)
    assert findings == ()
    rows = [(r.measure, r.amount, r.written, str(r.place)) for r in _rows(records)]
    assert rows == [
        ("准时交付率", Fraction("97.2"), Unit.PERCENT, "统计表.csv:2:11"),
        ("投诉次数", Fraction(3), Unit.TIME, "统计表.csv:3:8"),
    ]
    assert records is not None
    assert (records.accounts[0].rows, records.accounts[0].valid) == (3, 3)


def test_a_sheet_as_quality_departments_write_it(tmp_path: Path) -> None:
    """Titles above, per cent cells, merged groups, a total below."""
    rows: list[list[Any]] = [
        ["客观评价指标统计表", None, None, None],
        ["编制：质量部", None, None, None],
        ["事业部", "指标", "值", "单位"],
        ["一部", "准时交付率", 0.972, "%"],
        [None, "投诉次数", 3, "次"],
        ["二部", "准时交付率", "96％", None],
        [None, "投诉次数", None, "次"],
        ["合计", None, 3, None],
    ]
    workbook(tmp_path, "统计表.xlsx", rows, formats={"C4": "0.0%"}, merge=("A1:D1", "A4:A5", "A6:A7"))
    records, findings = read(tmp_path, values("统计表.xlsx", header=3), wanted=BOTH, units=("事业部",))
    assert findings == ()
    assert [(r.unit["事业部"], r.measure, r.amount, r.place.cell) for r in _rows(records)] == [
        ("一部", "准时交付率", Fraction("97.2"), "C4"),
        ("一部", "投诉次数", 3, "C5"),
        ("二部", "准时交付率", 96, "C6"),
        ("二部", "投诉次数", None, "C7"),
    ]


def test_a_wide_sheet(tmp_path: Path) -> None:
    """One column for each indicator; a unit may stand in brackets behind its name."""
    text_file(
        tmp_path, "统计表.csv", "事业部,月份,准时交付率(%),投诉次数,备注\n一部,2025-01,0.9,3,a\n二部,2025-02,96,,b\n"
    )
    records, findings = read(
        tmp_path, values("统计表.csv", layout="wide"), wanted=BOTH, units=("事业部",), period="2025"
    )
    assert findings == ()
    rows = {(r.unit["事业部"], r.period.text if r.period else "", r.measure): r.amount for r in _rows(records)}
    assert rows == {
        ("一部", "2025-01", "准时交付率"): Fraction("0.9"),
        ("二部", "2025-02", "准时交付率"): 96,
        ("一部", "2025-01", "投诉次数"): 3,
        ("二部", "2025-02", "投诉次数"): None,
    }


def test_a_doubled_indicator_of_a_wide_sheet_is_refused(tmp_path: Path) -> None:
    """Which of the two columns holds?"""
    text_file(tmp_path, "统计表.csv", "投诉次数,投诉次数\n1,2\n")
    _, findings = read(tmp_path, values("统计表.csv", layout="wide"), wanted=BOTH)
    assert found(findings) == [("E909", "", "统计表.csv:1:6")]


def test_names_match_as_people_see_them(tmp_path: Path) -> None:
    """Width, case and blanks do not count; the plan's own spelling comes back."""
    text_file(tmp_path, "统计表.csv", "指标,值\n顾客投诉次数（质量）,3\non - TIME ｒate,95%\n")
    wanted = (Wanted(measure="顾客投诉次数(质量)", kind=Kind.COUNT), Wanted(measure="On-time rate", kind=Kind.RATE))
    records, findings = read(tmp_path, values("统计表.csv"), wanted=wanted)
    assert (findings, _amounts(records)) == ((), {"顾客投诉次数(质量)": 3, "On-time rate": 95})


def test_a_wanted_value_may_name_its_source(tmp_path: Path) -> None:
    """Only that source is opened for it."""
    text_file(tmp_path, "统计表.csv", "指标,值\n投诉次数,3\n")
    wanted = (Wanted(measure="投诉次数", kind=Kind.COUNT, source="elsewhere"),)
    records, findings = read(tmp_path, values("统计表.csv"), wanted=wanted)
    assert (findings, _rows(records)) == ((), [])


def test_what_is_absent_is_missing_and_not_zero(tmp_path: Path) -> None:
    """A name that is not there has no row; an empty cell has a row without an amount."""
    text_file(tmp_path, "统计表.csv", "指标,值\n投诉次数,\n")
    records, findings = read(tmp_path, values("统计表.csv"), wanted=BOTH)
    assert (findings, _amounts(records)) == ((), {"投诉次数": None})


def test_a_misspelt_name_is_pointed_at(tmp_path: Path) -> None:
    """Only where the value would be missing and somebody's name goes unused."""
    text_file(tmp_path, "统计表.csv", "指标,值\n准时交附率,97.2%\n投诉次数,3\n投诉件数,3\n")
    records, findings = read(tmp_path, values("统计表.csv"), wanted=BOTH)
    assert [(f.code, f.severity, str(f.place), f.hint) for f in findings] == [
        ("W928", "warning", "统计表.csv:2:1", "准时交付率")
    ]
    assert _amounts(records) == {"投诉次数": 3}


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("一部,,准时交付率,97%\n二部,,准时交附率,96%\n", "统计表.csv:3:4"),  # missing in one unit only
        ("一部,2025-01,投诉次数,1\n一部,2025-02,投诉次教,2\n", "统计表.csv:3:12"),  # missing in one month only
        ("一部,,准时率,97%\n", "统计表.csv:2:4"),
    ],
)
def test_a_misspelt_name_is_pointed_at_where_a_value_lacks(tmp_path: Path, rows: str, place: str) -> None:
    """Other units and other months have the value; this one would be missing, or a sum lack a part."""
    text_file(tmp_path, "统计表.csv", "事业部,期间,指标,值\n" + rows)
    if ",," in rows:
        text_file(tmp_path, "统计表.csv", "事业部,指标,值\n" + rows.replace(",,", ","))
    wanted = BOTH
    _, findings = read(tmp_path, values("统计表.csv"), wanted=wanted, units=("事业部",), period="2025")
    assert [(f.code, str(f.place)) for f in findings] == [("W928", place)]


def test_names_of_others_are_no_slips(tmp_path: Path) -> None:
    """A value that nobody asked for is left alone where nothing lacks, however its name is spelt."""
    rows = "事业部,期间,指标,值\n一部,2025-01,投诉次数,1\n一部,2025,投诉次数合计,1\n一部,2025-01,投诉次数2,1\n"
    text_file(tmp_path, "统计表.csv", rows)
    findings = read(tmp_path, values("统计表.csv"), wanted=(COUNT,), units=("事业部",), period="2025")[1]
    assert findings == ()


def test_a_measure_with_a_key_may_be_called_by_its_name(tmp_path: Path) -> None:
    """Key or name, not both for one unit; a name that two keys share calls neither."""
    text_file(tmp_path, "统计表.csv", "指标,值\n准时率,97%\n")
    wanted = (Wanted(measure="ontime", also=("准时率",), kind=Kind.RATE),)
    assert _amounts(read(tmp_path, values("统计表.csv"), wanted=wanted)[0]) == {"ontime": 97}
    text_file(tmp_path, "统计表.csv", "指标,值\n准时率,97%\nontime,96%\n")
    assert found(read(tmp_path, values("统计表.csv"), wanted=wanted)[1]) == [("E921", "", "统计表.csv:3:8")]
    shared = (*wanted, Wanted(measure="late", also=("准时率",), kind=Kind.RATE))
    assert _amounts(read(tmp_path, values("统计表.csv"), wanted=shared)[0]) == {"ontime": 96}


def test_columns_may_have_other_headers(tmp_path: Path) -> None:
    """The usual ones are known; others are named in the policy."""
    text_file(tmp_path, "统计表.csv", "指标名称,实际值\n投诉次数,3\n")
    assert _amounts(read(tmp_path, values("统计表.csv"), wanted=BOTH)[0]) == {"投诉次数": 3}
    text_file(tmp_path, "统计表.csv", "考核内容,完成情况,值\n投诉次数,3,9\n")
    source = values("统计表.csv", columns={"indicator": "考核内容", "value": "完成情况"})
    assert _amounts(read(tmp_path, source, wanted=BOTH)[0]) == {"投诉次数": 3}


def test_a_missing_column_of_a_values_sheet_is_named(tmp_path: Path) -> None:
    """A column the policy names has to be there, also the period's."""
    text_file(tmp_path, "统计表.csv", "指标,数\n投诉次数,3\n")
    assert [f.args["column"] for f in read(tmp_path, values("统计表.csv"), wanted=BOTH)[1]] == ["值"]
    source = values("统计表.csv", columns={"value": "数", "period": "季度"})
    assert [f.args["column"] for f in read(tmp_path, source, wanted=BOTH)[1]] == ["季度"]


def test_titles_above_a_values_sheet_are_pointed_at(tmp_path: Path) -> None:
    """Under the usual headers and under others that are known."""
    for first, second in (("指标", "值"), ("指标名称", "实际值")):
        text_file(tmp_path, "统计表.csv", f"统计表\n\n{first},{second}\n投诉次数,3\n")
        findings = read(tmp_path, values("统计表.csv"), wanted=BOTH)[1]
        assert [(f.code, f.hint) for f in findings] == [("E907", "header: 3")]


# ---------------------------------------------------------------- periods


def test_periods_within_the_one_asked_for_are_taken(tmp_path: Path) -> None:
    """Months and the year itself lie in the year; last year's and longer periods do not."""
    text = (
        "指标,值,期间\n投诉次数,1,2025-01\n投诉次数,2,2025年2月\n投诉次数,3,2025\n投诉次数,4,2024\n投诉次数,5,2025-Q1\n"
    )
    text_file(tmp_path, "统计表.csv", text)
    year, _ = read(tmp_path, values("统计表.csv"), wanted=BOTH, period="2025")
    assert [(r.period.text if r.period else "", r.amount) for r in _rows(year)] == [
        ("2025-01", 1),
        ("2025-02", 2),
        ("2025", 3),
        ("2025-Q1", 5),
    ]
    month, _ = read(tmp_path, values("统计表.csv"), wanted=BOTH, period="2025-02")
    assert [r.amount for r in _rows(month)] == [2]
    assert month is not None
    assert (month.accounts[0].rows, month.accounts[0].valid, month.accounts[0].out_of_period) == (5, 1, 4)


@pytest.mark.parametrize(("text", "code"), [("春节前后", "E925"), ("3月", "E925"), ("", "E923")])
def test_a_period_that_cannot_be_read_is_refused(tmp_path: Path, text: str, code: str) -> None:
    """At the period's own cell, and only for values that are wanted."""
    text_file(tmp_path, "统计表.csv", f"指标,值,期间\n投诉次数,1,{text}\n返修率,1,{text}\n")
    assert found(read(tmp_path, values("统计表.csv"), wanted=BOTH)[1]) == [(code, "", "统计表.csv:2:8")]


def test_a_month_stored_as_its_first_day_is_not_guessed(tmp_path: Path) -> None:
    """A spreadsheet shows 2025年3月 and keeps 1 March; daily sheets have other days too."""
    rows: list[list[Any]] = [
        ["指标", "值", "期间"],
        ["投诉次数", 1, date(2025, 3, 1)],
        ["投诉次数", 1, date(2025, 4, 1)],
    ]
    workbook(tmp_path, "统计表.xlsx", rows)
    findings = read(tmp_path, values("统计表.xlsx"), wanted=BOTH)[1]
    assert [(f.code, f.case, f.place.cell, f.hint) for f in findings] == [
        ("E925", "day", "C2", "2025-03"),
        ("E925", "day", "C3", "2025-04"),
    ]
    rows[2][2] = date(2025, 3, 2)
    workbook(tmp_path, "统计表.xlsx", rows)
    records, findings = read(tmp_path, values("统计表.xlsx"), wanted=BOTH)
    assert [r.period.text if r.period else "" for r in _rows(records)] == ["2025-03-01", "2025-03-02"]


def test_a_value_given_twice_is_refused(tmp_path: Path) -> None:
    """For the same unit and period; the finding names both cells."""
    text_file(tmp_path, "统计表.csv", "事业部,指标,值\n一部,投诉次数,1\n二部,投诉次数,1\n一部,投诉次数,2\n")
    findings = read(tmp_path, values("统计表.csv"), wanted=BOTH, units=("事业部",))[1]
    assert found(findings) == [("E921", "", "统计表.csv:4:9")]
    assert [str(place) for place in findings[0].related] == ["统计表.csv:2:9"]


def test_a_value_given_in_two_files_is_refused(tmp_path: Path) -> None:
    """Unless the plan says from which of them."""
    for file in ("一.csv", "二.csv"):
        text_file(tmp_path, file, "指标,值\n投诉次数,1\n")
    first, second = values("一.csv"), values("二.csv")
    object.__setattr__(second, "name", "second")
    assert found(read(tmp_path, first, second, wanted=BOTH)[1]) == [("E921", "", "二.csv:2:6")]


# ---------------------------------------------------------------- errors beside and among the values


def test_errors_are_refused_only_where_they_are_read(tmp_path: Path) -> None:
    """An error in an indicator nobody uses, or in last year's row, harms nobody."""
    rows: list[list[Any]] = [
        ["指标", "值", "期间"],
        ["返修率", "#DIV/0!", "2025"],
        ["投诉次数", "#REF!", "2024"],
        ["准时交付率", "#DIV/0!", "2025"],
    ]
    workbook(tmp_path, "统计表.xlsx", rows)
    findings = read(tmp_path, values("统计表.xlsx"), wanted=BOTH, period="2025")[1]
    assert found(findings) == [("E912", "", "统计表.xlsx!表一!B4")]


def test_all_faults_of_a_values_sheet_come_in_one_run(tmp_path: Path) -> None:
    """Each at its cell."""
    text_file(tmp_path, "统计表.csv", "指标,值\n准时交付率,0.972\n投诉次数,2.5\n")
    findings = read(tmp_path, values("统计表.csv"), wanted=BOTH)[1]
    assert found(findings) == [("E919", "", "统计表.csv:2:7"), ("E920", "count", "统计表.csv:3:6")]
    assert (findings[0].args["text"], findings[0].args["large"]) == ("0.972", "97.2")


def test_a_merged_value_is_refused(tmp_path: Path) -> None:
    """It would belong to the first indicator only."""
    rows: list[list[Any]] = [["指标", "值"], ["投诉次数", 3], ["准时交付率", None]]
    workbook(tmp_path, "统计表.xlsx", rows, merge=("B2:B3",))
    assert found(read(tmp_path, values("统计表.xlsx"), wanted=BOTH)[1]) == [("E918", "", "统计表.xlsx!表一!B2")]
