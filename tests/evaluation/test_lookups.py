"""Values of the company's own sheets: names, keys, units, periods, and what is not there."""

from fractions import Fraction
from pathlib import Path

import pytest

from engine.evaluation.result import Assessment, State
from tests.evaluation.schemes import node, only, result_of

F = Fraction
HEAD = "data: {kpi: {kind: values, file: 指标.csv}}\n"
SCHEME = """
总分：满分100分，倒扣分
  准时交付率[OTD]：目标98%，每低1个百分点扣1分
  投诉次数：每发生一次扣2分
"""


def _run(folder: Path, sheet: str, scheme: str = SCHEME, head: str = HEAD, period: str | None = None) -> Assessment:
    return only(result_of(folder, scheme, {"指标.csv": sheet}, head=head, period=period))


def test_a_value_is_found_by_its_key(tmp_path: Path) -> None:
    """[OTD] names the row of the sheet."""
    found = _run(tmp_path, "指标,值\nOTD,96.2%\n投诉次数,3")
    assert found.exact == 93
    assert node(found, "准时交付率").value == F("96.2")


def test_a_zero_has_to_be_given(tmp_path: Path) -> None:
    """A name that is absent, and an empty cell, are missing; they are never 0."""
    for sheet in ("指标,值\nOTD,96.2%", "指标,值\nOTD,96.2%\n投诉次数,"):
        found = _run(tmp_path, sheet)
        assert (found.state, found.nodes[0].reason) == (State.MISSING, "not collected")
    assert _run(tmp_path, "指标,值\nOTD,98%\n投诉次数,0").exact == 100


def test_what_does_not_apply_is_said_in_the_sheet(tmp_path: Path) -> None:
    """不适用 is neither missing nor 0: the rate takes nothing; of three months two count."""
    found = _run(tmp_path, "指标,值\nOTD,不适用\n投诉次数,3")
    assert (node(found, "准时交付率").state, found.exact) == (State.NOT_APPLICABLE, 94)
    sheet = "指标,值,期间\nOTD,98%,2025\n投诉次数,1,2025-01\n投诉次数,不适用,2025-02\n投诉次数,2,2025-03"
    assert _run(tmp_path, sheet, period="2025").exact == 94


def test_counts_of_months_add_up_to_the_year(tmp_path: Path) -> None:
    """1 + 0 + 2 complaints; the rate of the year stands in its own row."""
    sheet = "指标,值,期间\nOTD,98%,2025\n投诉次数,1,2025-01\n投诉次数,0,2025-02\n投诉次数,2,2025-03"
    assert _run(tmp_path, sheet, period="2025").exact == 94


def test_the_rate_of_a_year_is_not_the_mean_of_its_months(tmp_path: Path) -> None:
    """Monthly rates alone leave the year open."""
    sheet = "指标,值,期间\nOTD,98%,2025-01\nOTD,96%,2025-02\n投诉次数,0,2025"
    found = _run(tmp_path, sheet, period="2025")
    assert (found.state, found.nodes[0].reason) == (State.MISSING, "only collected per shorter period")
    assert _run(tmp_path, sheet.replace("2025\n", "2025-01\n") + "-01", period="2025-01").exact == 100


def test_rows_of_several_periods_without_a_period_are_ambiguous(tmp_path: Path) -> None:
    """Nobody said which of two years."""
    sheet = "指标,值,期间\nOTD,98%,2024\nOTD,96%,2025\n投诉次数,0,2025"
    assert _run(tmp_path, sheet).nodes[0].reason == "more than one value"


def test_a_monthly_cap_reads_monthly_rows(tmp_path: Path) -> None:
    """每月最多扣3分: 5 and 1 complaints of 2 points are 3 + 2."""
    scheme = "总分：满分100分，倒扣分\n  投诉次数：每发生一次扣2分，每月最多扣3分"
    sheet = "指标,值,期间\n投诉次数,5,2025-01\n投诉次数,1,2025-02"
    assert _run(tmp_path, sheet, scheme, period="2025").exact == 95
    assert _run(tmp_path, "指标,值,期间\n投诉次数,6,2025", scheme, period="2025").state is State.MISSING


def test_monthly_rates_are_judged_month_by_month(tmp_path: Path) -> None:
    """98 - 96 = 2 points in January, capped at 1.5, none in February."""
    scheme = "总分：满分100分，倒扣分\n  合格率：目标98%，每低1个百分点扣1分，每月最多扣1.5分"
    sheet = "指标,值,期间\n合格率,96%,2025-01\n合格率,99%,2025-02"
    assert _run(tmp_path, sheet, scheme, period="2025").exact == F("98.5")


def test_elapsed_times_are_read_in_their_unit(tmp_path: Path) -> None:
    """90 minutes against a target of 1 hour: half an hour over is one step of 30 minutes."""
    scheme = "总分：满分100分，倒扣分\n  平均处理时长：目标1小时，每高30分钟扣1分"
    assert _run(tmp_path, "指标,值\n平均处理时长,90分钟", scheme).exact == 99


UNITS = HEAD + "units: {by: [部门], total: pooled}\n"


def test_units_and_their_counts_together(tmp_path: Path) -> None:
    """A 94, B 90; the whole has 3 + 5 complaints, and its own rate."""
    sheet = "部门,指标,值\nA,OTD,98%\nA,投诉次数,3\nB,OTD,98%\nB,投诉次数,5\n,OTD,97%"
    found = result_of(tmp_path, SCHEME, {"指标.csv": sheet}, head=UNITS).assessments
    assert [(a.unit, a.exact) for a in found] == [({"部门": "A"}, 94), ({"部门": "B"}, 90), ({}, 83)]


def test_the_rate_of_the_whole_is_not_the_mean_of_its_units(tmp_path: Path) -> None:
    """Without a row of its own the whole has no rate."""
    sheet = "部门,指标,值\nA,OTD,98%\nA,投诉次数,3\nB,OTD,98%\nB,投诉次数,5"
    whole = result_of(tmp_path, SCHEME, {"指标.csv": sheet}, head=UNITS).assessments[-1]
    assert (whole.unit, whole.state, whole.nodes[0].reason) == ({}, State.MISSING, "not collected for the whole")


def test_values_by_segment(tmp_path: Path) -> None:
    """北 2 complaints, 南 1: together 3; the rate is only there for all."""
    sheet = "地区,指标,值\n,OTD,98%\n北,投诉次数,2\n南,投诉次数,1"
    found = result_of(tmp_path, SCHEME, {"指标.csv": sheet}, head=HEAD, by=("地区",)).assessments
    assert [(a.segment, node(a, "投诉次数").loss, a.exact) for a in found] == [
        ({}, 6, 94),
        ({"地区": "北"}, 4, None),
        ({"地区": "南"}, 2, None),
    ]
    assert found[1].nodes[0].reason == "not collected by segment"


def test_rates_of_segments_alone_are_no_rate_of_all(tmp_path: Path) -> None:
    """Two regional rates do not make one."""
    sheet = "地区,指标,值\n北,OTD,98%\n南,OTD,90%\n,投诉次数,0"
    found = result_of(tmp_path, SCHEME, {"指标.csv": sheet}, head=HEAD, by=("地区",)).assessments
    assert found[0].nodes[0].reason == "not collected for the whole"


def test_a_month_not_collected_leaves_the_year_open(tmp_path: Path) -> None:
    """1 + nothing + 2 is not 3."""
    sheet = "指标,值,期间\nOTD,98%,2025\n投诉次数,1,2025-01\n投诉次数,,2025-02\n投诉次数,2,2025-03"
    assert _run(tmp_path, sheet, period="2025").state is State.MISSING


def test_quarters_for_a_monthly_cap_are_too_long(tmp_path: Path) -> None:
    """每月最多扣3分 cannot be told from quarters; months serve a quarterly cap."""
    scheme = "总分：满分100分，倒扣分\n  投诉次数：每发生一次扣2分，{cap}最多扣3分"
    sheet = "指标,值,期间\n投诉次数,3,2025-Q1"
    assert _run(tmp_path, sheet, scheme.format(cap="每月"), period="2025").nodes[0].reason == "not collected per period"
    months = "指标,值,期间\n投诉次数,1,2025-01\n投诉次数,1,2025-02\n投诉次数,1,2025-04"
    assert _run(tmp_path, months, scheme.format(cap="每季度"), period="2025").exact == 95


@pytest.mark.parametrize("name", ["投诉次数", "投诉 次数", "投诉次数 "])
def test_names_are_the_same_whatever_their_blanks(tmp_path: Path, name: str) -> None:
    """People do not see blanks."""
    assert _run(tmp_path, f"指标,值\nOTD,98%\n{name},1").exact == 98
