"""The `report:` part as read: ranks, comparisons, goals with their dates."""

from datetime import date
from fractions import Fraction

from engine.language.reader import read_document
from engine.language.reporting import Benchmark, Goal, Report
from engine.source import source_of

POLICY = """rubric: 1
policy: p
title: 例
lang: zh
version: "1"
units: {{by: [大区, 分店], total: mean, subtotals: true}}
scheme: |
  - 四舍五入保留1位小数，缺数报错
  总分：得分
report: {report}
"""


def _report(text: str) -> Report:
    document, found = read_document(source_of("p.yaml", POLICY.format(report=text)))
    assert document is not None, found
    assert document.header.units_subtotals
    return document.header.report


def test_true_ranks_the_units() -> None:
    """`rank: true` is `rank: units`; false ranks nothing; both may be named, in one order."""
    assert _report("{rank: true}").rank == _report("{rank: units}").rank == ("units",)
    assert _report("{rank: [indicators, units]}").rank == ("units", "indicators")
    assert _report("{rank: false}").rank == ()


def test_comparisons_name_data_or_goals() -> None:
    """Goals are one number, or one for each day from which it holds, the earliest first."""
    report = _report(
        "{compare: [{name: 联通, data: rival}, {name: 目标, values: {总分: {2026-01-01: 88, 2025-01-01: 85.5}}}]}"
    )
    rival, goals = report.compare
    assert (rival.name, rival.data, rival.goals) == ("联通", "rival", {})
    assert goals.goals == {
        "总分": (
            Goal(amount=Fraction("85.5"), since=date(2025, 1, 1)),
            Goal(amount=Fraction(88), since=date(2026, 1, 1)),
        )
    }
    assert isinstance(goals, Benchmark)


def test_small_groups_have_a_bound() -> None:
    """`below: 5` hides groups of up to 4."""
    assert _report("{suppress: {below: 5}}").suppress_below == 5


def test_a_goal_from_a_day_in_no_calendar_is_refused() -> None:
    """E011, at the day."""
    text = POLICY.format(report="{compare: [{name: 目标, values: {总分: {2025-02-30: 88}}}]}")
    _, found = read_document(source_of("p.yaml", text))
    assert [d.code for d in found] == ["E011"]
