"""Several periods, by hand: each with its own rows, targets and version; none guessed, none without data a zero.

Quarters of 2024 and the first of 2025. Survey: Q1 mean, 1-5 as 20-100. Objective: 100 less 2 points for each point
that the on-time rate lacks (pro rata) and 1 for each complaint. Until 2024 they weigh 60 : 40, from 2025 on 50 : 50.

| quarter | answers | survey | rate | target | complaints | objective | overall |
|---|---|---|---|---|---|---|---|
| 2024-Q1 | 5, 4 | 90 | 95.5 | 95 | 1 | 99 | 54 + 39.6 = 93.6 |
| 2024-Q2 | 4 | 80 | 95 | 95 | 0 | 100 | 48 + 40 = 88 |
| 2024-Q3 | 5, 3 | 80 | 95.5 | 96 | 0 | 100 - 1 = 99 | 48 + 39.6 = 87.6 |
| 2024-Q4 | none | none | 96 | 96 | 1 | 99 | 99 (the survey's weight is spread) |
| 2025-Q1 | 5, 4 | 90 | 96.5 | 97 | 2 | 100 - 1 - 2 = 97 | 45 + 48.5 = 93.5 |
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.diagnostics import Refused
from engine.evaluation.assessment import assess
from engine.evaluation.histories import History, Inquiry, PeriodResult, assess_history
from engine.evaluation.result import State
from engine.insight.course import change, merged_accounts, with_others
from engine.language.policy import Policy
from engine.language.policy_file import read_policy

HEAD = """\
rubric: 1
policy: service
title: 服务质量考核办法
lang: zh
version: "{version}"
effective: {effective}
period: {{every: quarter}}
data:
  survey:
    kind: responses
    file: survey.csv
    date: 提交日期
    questions: {{Q1: 总体满意}}
    answers: 1-5
  kpi:
    kind: values
    file: kpi.csv
  ledger:
    kind: events
    file: ledger.csv
    date: 受理日期
measures:
  投诉次数: ledger的次数
{report}scheme: |
  - 四舍五入保留1位小数，缺数按其余权重归一，不足一步按比例扣分
  - 设准时目标 = {target}
  总分：加权平均
    调查 {weight}%：问卷Q1均值，1-5分折合20-100分
    客观 {rest}%：满分100分，倒扣分，缺数报错
      准时率：目标准时目标；每低1个百分点扣2分
      投诉次数：每发生一次扣1分
"""
SURVEY = "5,2024-02-01 4,2024-03-01 4,2024-05-01 5,2024-08-01 3,2024-08-02 5,2025-01-05 4,2025-01-06 2,2023-01-01"
KPI = "95.5%,2024-Q1 95%,2024-Q2 95.5%,2024-Q3 96%,2024-Q4 96.5%,2025-Q1"
LEDGER = "2024-02-01 2024-11-03 2025-01-02 2025-03-02"
OLD = {"version": "2024", "effective": "{from: 2024-01-01, to: 2024-12-31}", "weight": 60, "rest": 40}
NEW = {"version": "2025", "effective": "{from: 2025-01-01}", "weight": 50, "rest": 50, "target": "97%"}
DATED = "95%自2024-01-01起、96%自2024-07-01起"
YEAR = "2024-Q1..2024-Q4"


def _policy(folder: Path, facts: dict[str, object], report: str = "") -> Policy:
    path = folder / f"{facts['version']}.yaml"
    path.write_text(HEAD.format(**{"target": DATED, "report": report, **facts}), encoding="utf-8")
    read = read_policy(path)
    assert read.policy is not None, read.diagnostics
    return read.policy


def _data(folder: Path, *, backwards: bool = False) -> Path:
    files = {
        "survey.csv": ("总体满意,提交日期", SURVEY.split()),
        "kpi.csv": ("指标,值,期间", [f"准时率,{row}" for row in KPI.split()]),
        "ledger.csv": ("受理日期,类别", [f"{day},质量" for day in LEDGER.split()]),
    }
    for name, (head, rows) in files.items():
        (folder / name).write_text("\n".join([head, *(rows[::-1] if backwards else rows)]) + "\n", encoding="utf-8")
    return folder


def _run(folder: Path, *versions: Policy, **asked: object) -> History:
    inquiry = Inquiry(versions=versions, folder=_data(folder), **asked)  # type: ignore[arg-type] # options by name
    return assess_history(inquiry)


def _scores(found: tuple[PeriodResult, ...]) -> list[tuple[str, str, Fraction | None]]:
    return [
        (one.period.text if one.period else "", one.policy.header.version, one.result.assessments[0].score)
        for one in found
    ]


def _refused(folder: Path, *versions: Policy, **asked: object) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        _run(folder, *versions, **asked)
    return [(d.code, d.case) for d in refusal.value.diagnostics]


BY_HAND = [
    ("2024-Q1", "2024", Fraction("93.6")),
    ("2024-Q2", "2024", Fraction(88)),
    ("2024-Q3", "2024", Fraction("87.6")),
    ("2024-Q4", "2024", Fraction(99)),
    ("2025-Q1", "2025", Fraction("93.5")),
]


def test_every_period_has_its_own_rows_targets_and_version(tmp_path: Path) -> None:
    """The five quarters, each by the target and the version in force on its last day."""
    versions = _policy(tmp_path, NEW), _policy(tmp_path, OLD)
    found = _run(tmp_path, *versions, period="2024-Q1..2025-Q1")
    assert _scores(found.asked) == BY_HAND
    assert [one.result.as_of for one in found.asked] == [
        "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31",
    ]  # fmt: skip
    assert found.warnings == ()


def test_one_date_for_all_periods(tmp_path: Path) -> None:
    """By the targets of 2024-12-31 the first quarter lacks 0.5 points and the second 1: 98 and 98 are their objectives.

    Q1: 54 + 0.4 x (100 - 1 - 1) = 93.2. Q2: 48 + 0.4 x (100 - 2) = 87.2.
    """
    versions = _policy(tmp_path, NEW), _policy(tmp_path, OLD)
    found = _run(tmp_path, *versions, period="2024-Q1..2024-Q2", as_of=date(2024, 12, 31))
    assert [score for *_, score in _scores(found.asked)] == [Fraction("93.2"), Fraction("87.2")]


def test_a_period_is_the_same_alone_and_within_a_history(tmp_path: Path) -> None:
    """Every result, down to the account of its rows, is what a run for that period alone gives."""
    policy = _policy(tmp_path, OLD)
    found = _run(tmp_path, policy, period=YEAR)
    for one in found.asked:
        assert one.period is not None
        assert one.result == assess(policy, tmp_path, period=one.period.text)


def test_the_order_of_rows_and_of_versions_does_not_matter(tmp_path: Path) -> None:
    """Files and versions the other way round give the same history."""
    old, new = _policy(tmp_path, OLD), _policy(tmp_path, NEW)
    told = [a for one in _run(tmp_path, old, new, period="2024-Q1..2025-Q1").asked for a in one.result.assessments]
    _data(tmp_path, backwards=True)
    inquiry = Inquiry(versions=(new, old), folder=tmp_path, period="2024-Q1..2025-Q1")
    again = [a for one in assess_history(inquiry).asked for a in one.result.assessments]
    assert again == told


def test_rows_outside_every_period_are_counted_once(tmp_path: Path) -> None:
    """Of eight questionnaires five belong to 2024, two to 2025, one to 2023; of four cases two belong to 2024."""
    found = _run(tmp_path, _policy(tmp_path, OLD), period=YEAR)
    accounts = merged_accounts([one.result for one in found.asked])
    assert [(a.source, a.rows, a.valid, a.out_of_period) for a in accounts] == [
        ("survey", 8, 5, 3),
        ("kpi", 5, 4, 1),
        ("ledger", 4, 2, 2),
    ]


def test_each_period_of_the_data(tmp_path: Path) -> None:
    """`each` are the quarters that any source speaks of, 2023-Q1 among them: no version held then, which is refused."""
    versions = _policy(tmp_path, NEW), _policy(tmp_path, {**OLD, "effective": "{to: 2024-12-31}", "target": "95%"})
    found = _run(tmp_path, *versions, period="each")
    assert [one.period.text for one in found.asked if one.period] == [
        "2023-Q1", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1",
    ]  # fmt: skip
    assert found.asked[0].result.assessments[0].state is State.MISSING
    assert _refused(tmp_path, _policy(tmp_path, NEW), _policy(tmp_path, OLD), period="每季度") == [("E932", "versions")]


def test_no_period_is_guessed(tmp_path: Path) -> None:
    """A policy assessed every quarter wants to know which; of several versions, too."""
    old, new = _policy(tmp_path, OLD), _policy(tmp_path, NEW)
    assert _refused(tmp_path, old) == [("E939", "")]
    assert _refused(tmp_path, old, new) == [("E939", "versions")]
    assert _refused(tmp_path, old, period="2024-Q2..2024-Q1") == [("E931", "order")]
    with pytest.raises(Refused) as refusal:
        _run(tmp_path, old)
    told = refusal.value.diagnostics[0].args
    assert told["periods"]["en"] == "2023-Q1, 2024-Q1, 2024-Q2, 2024-Q3, 2024-Q4, 2025-Q1"


def test_a_period_across_two_versions_goes_by_its_last_day(tmp_path: Path) -> None:
    """The new version from February on scores the whole first quarter of 2025, and says so."""
    old = _policy(tmp_path, {**OLD, "effective": "{from: 2024-01-01, to: 2025-01-31}"})
    new = _policy(tmp_path, {**NEW, "effective": "{from: 2025-02-01}"})
    found = _run(tmp_path, old, new, period="2025-Q1")
    assert _scores(found.asked) == BY_HAND[4:]
    assert [(d.code, d.args["version"], d.args["others"]["en"]) for d in found.warnings] == [("W807", "2025", "2024")]


def test_the_date_alone_chooses_the_version(tmp_path: Path) -> None:
    """--as-of within 2024 takes the version of 2024, also for a quarter of 2025; outside both there is none."""
    old, new = _policy(tmp_path, OLD), _policy(tmp_path, NEW)
    found = _run(tmp_path, old, new, period="2025-Q1", as_of=date(2024, 12, 31))
    # 90 x 60 % + (100 - 2) x 40 %: 96.5 % reaches the 96 % of 2024
    assert _scores(found.asked) == [("2025-Q1", "2024", Fraction("93.2"))]
    assert _refused(tmp_path, old, new, period="2025-Q1", as_of=date(2023, 1, 1)) == [("E932", "versions")]


# ---------------------------------------------------------------- the periods beside one


def test_a_trend_stands_beside_every_indicator(tmp_path: Path) -> None:
    """The four quarters before, the latest first; what had no answers is no zero, and gives no change."""
    report = "report: {trend: {previous: 4}}\n"
    found = _run(tmp_path, _policy(tmp_path, NEW, report), _policy(tmp_path, OLD), period="2025-Q1")
    assert _scores(found.earlier) == BY_HAND[:4]
    result = with_others(found.asked[0].result, earlier=[one.result for one in found.earlier])
    nodes = {node.path: node for node in result.assessments[0].nodes}
    total, survey, rate = nodes["总分"], nodes["总分/调查"], nodes["总分/客观/准时率"]
    assert [(b.period, b.version, b.node and b.node.reported) for b in total.earlier] == [
        (period, version, score) for period, version, score in reversed(BY_HAND[:4])
    ]
    assert change(total) == Fraction("93.5") - 99
    assert survey.earlier[0].node is not None
    assert survey.earlier[0].node.state is State.NO_VALID_ANSWERS
    assert change(survey) is None
    assert change(rate) == -1  # it takes 1 point, and took none in 2024-Q4


def test_a_trend_leaves_out_what_was_before_the_policy(tmp_path: Path) -> None:
    """Of the quarters before 2024-Q2 only the first of 2024 had a policy."""
    policy = _policy(tmp_path, OLD, "report: {trend: {previous: 4}}\n")
    assert _scores(_run(tmp_path, policy, period="2024-Q2").earlier) == BY_HAND[:1]


def test_a_quarter_is_summed_up_by_its_months(tmp_path: Path) -> None:
    """January 2025: answers 5 and 4, one case; March: no answer, one case; the rate is collected by quarter only."""
    found = _run(tmp_path, _policy(tmp_path, NEW, "report: {summary: month}\n"), period="2025-Q1")
    months = [{node.path.split("/")[-1]: node for node in one.result.assessments[0].nodes} for one in found.within]
    assert [one.period.text for one in found.within if one.period] == ["2025-01", "2025-02", "2025-03"]
    assert [month["调查"].score for month in months] == [90, None, None]
    assert [month["投诉次数"].value for month in months] == [1, 0, 1]
    assert [month["准时率"].state for month in months] == [State.MISSING] * 3


def test_data_without_periods_belong_to_one_period_only(tmp_path: Path) -> None:
    """A sheet without a period column serves one period; beside others it is refused, and a trend is left out."""
    policy = _policy(tmp_path, OLD, "report: {trend: {previous: 1}}\n")
    _data(tmp_path)
    (tmp_path / "kpi.csv").write_text("指标,值\n准时率,95%\n", encoding="utf-8")
    alone = assess_history(Inquiry(versions=(policy,), folder=tmp_path, period="2024-Q2"))
    assert (_scores(alone.asked), alone.earlier) == (BY_HAND[1:2], ())
    assert [d.code for d in alone.warnings] == ["W938"]
    with pytest.raises(Refused) as refusal:
        assess_history(Inquiry(versions=(policy,), folder=tmp_path, period="2024-Q1..2024-Q2"))
    assert [d.code for d in refusal.value.diagnostics] == ["E938"]


def test_a_survey_without_a_date_belongs_to_one_period_only(tmp_path: Path) -> None:
    """Which column is the date stands in the policy; without it questionnaires cannot be told apart."""
    policy = _policy(tmp_path, OLD)
    data = tuple(replace(s, date=None) if s.name == "survey" else s for s in policy.header.data)
    undated = replace(policy, header=replace(policy.header, data=data))
    assert _refused(tmp_path, undated, period="2024-Q1..2024-Q2") == [("E938", "table")]
