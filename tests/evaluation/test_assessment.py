"""The way in: period, assessment date, targets in force, refusals, the plan's ids and the trace."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.diagnostics import Refused
from engine.evaluation.assessment import assess, score
from engine.evaluation.plan import lower
from engine.evaluation.result import State
from tests.evaluation.schemes import assessed, node, only, policy_of, result_of

F = Fraction
DATED = """
总分：满分100分，倒扣分
  准时交付率：目标95%自2024-01-01起、96%自2025-01-01起；每低1个百分点扣0.5分
"""
DATA = "data: {kpi: {kind: values, file: 指标.csv}}\n"


@pytest.mark.parametrize(
    ("day", "target", "lost"),
    [(date(2024, 1, 1), 95, 1), (date(2024, 12, 31), 95, 1), (date(2025, 1, 1), 96, F("1.5"))],
)
def test_the_target_in_force_on_the_assessment_date(day: date, target: int, lost: Fraction | int) -> None:
    """The latest value that has begun: 93 % is 2 points below 95, 3 below 96."""
    found = node(assessed(DATED, {"准时交付率": 93}, as_of=day), "准时交付率")
    assert (found.target, found.loss) == (target, lost)


def test_before_the_first_target_there_is_none() -> None:
    """Given measures without a target in force have no score, and the reason says so."""
    found = assessed(DATED, {"准时交付率": 93}, as_of=date(2023, 1, 1))
    assert (found.state, found.nodes[0].reason) == (State.ERROR, "no target or limit is in force")


@pytest.mark.parametrize(
    ("head", "period", "as_of", "expected"),
    [
        ("", None, None, ""),
        ("effective: {from: 2025-01-01}\n", None, None, "2025-01-01"),
        ("effective: {from: 2025-01-01}\n", "2025", None, "2025-12-31"),
        ("effective: {from: 2025-01-01, to: 2025-06-30}\n", "2025", None, "2025-06-30"),
        ("effective: {from: 2025-01-01}\nperiod: {every: year, on: 2025}\n", None, None, "2025-12-31"),
        ("period: {every: year, on: 2025}\n", "2025-Q1", None, "2025-03-31"),
        ("", "2025-02", None, "2025-02-28"),
        ("", "2025", date(2025, 7, 1), "2025-07-01"),
    ],
)
def test_the_assessment_date(tmp_path: Path, head: str, period: str | None, as_of: date | None, expected: str) -> None:
    """The date asked for, else the end of the period, else the first day of the policy; never today."""
    result = result_of(
        tmp_path, "总分：得分", {"指标.csv": "指标,值\n总分,90"}, head=DATA + head, period=period, as_of=as_of
    )
    assert result.as_of == expected


@pytest.mark.parametrize(
    ("head", "scheme", "options", "codes"),
    [
        ("", "总分：得分", {}, ["E930"]),
        (DATA, "总分：得分", {"period": "去年"}, ["E931"]),
        (DATA + "effective: {from: 2025-01-01}\n", "总分：得分", {"as_of": date(2024, 12, 31)}, ["E932"]),
        (DATA + "effective: {from: 2025-01-01, to: 2025-12-31}\n", "总分：得分", {"period": "2026"}, ["E932"]),
        (DATA + "effective: {from: 2024-01-01, to: 2025-12-31}\n", "总分：得分", {"period": "2025"}, []),
        (DATA, DATED, {}, ["E933"]),
        (DATA, DATED, {"as_of": date(2023, 12, 31)}, ["E934"]),
    ],
)
def test_what_does_not_allow_an_assessment_is_refused(
    tmp_path: Path, head: str, scheme: str, options: dict[str, object], codes: list[str]
) -> None:
    """No data part, no period, a policy or a target that is not in force (or no longer), no date."""
    (tmp_path / "指标.csv").write_text("指标,值\n总分,90\n准时交付率,95%", encoding="utf-8")
    policy = policy_of(scheme, head)
    if not codes:
        assert assess(policy, tmp_path, **options).as_of == "2025-12-31"  # type: ignore[arg-type] # options by name
        return
    with pytest.raises(Refused) as refusal:
        assess(policy, tmp_path, **options)  # type: ignore[arg-type] # options by name
    assert [d.code for d in refusal.value.diagnostics] == codes


def test_one_of_several_schemes(tmp_path: Path) -> None:
    """Every scheme is assessed, or the one that is named."""
    (tmp_path / "指标.csv").write_text("指标,值\n甲,90\n乙,80", encoding="utf-8")
    text = policy_of("甲：得分", DATA)
    both = policy_of("乙：得分", DATA)
    from dataclasses import replace

    second = replace(both.schemes[0], name="second")
    policy = replace(text, schemes=(text.schemes[0], second))
    assert [a.exact for a in assess(policy, tmp_path).assessments] == [90, 80]
    assert [a.exact for a in assess(policy, tmp_path, scheme="second").assessments] == [80]


# ---------------------------------------------------------------- the plan and the trace

MANUFACTURER = """
总分 = 调查×40% + 指标×60%
  - 等级: a.满意(100-80); b.不满意(80以下)
调查：等权平均
  - 各项：1-5分折合20-100分
  质量：问卷Q1均值
指标：满分100分，倒扣分
  服务
    投诉：每发生一次扣1分，最多扣5分
"""


def test_every_value_on_the_way_is_a_step_with_an_id() -> None:
    """Inputs come before what reads them; the operations are those a manager would name."""
    policy = policy_of(MANUFACTURER)
    plan = lower(policy, policy.schemes[0])
    ids = [step.id for step in plan.steps]
    assert ids == [
        "调查/质量/measure",
        "调查/质量/scale",
        "调查/combination",
        "指标/服务/投诉/measure",
        "指标/服务/投诉/rule 1",
        "指标/服务/投诉/deduction",
        "指标/服务/投诉/addition",
        "指标/服务/投诉/loss",
        "指标/服务/loss",
        "指标/combination",
        "总分/combination",
        "总分/grade",
    ]
    assert all(set(step.inputs) <= set(ids[:n]) for n, step in enumerate(plan.steps))
    assert plan.order == ("总分", "调查", "调查/质量", "指标", "指标/服务", "指标/服务/投诉")


def test_the_trace_holds_the_value_of_every_step() -> None:
    """(4 - 1)·20 + 20 = 80; 7 complaints cost 5 at most; 0.4·80 + 0.6·95 = 89."""
    found = assessed(MANUFACTURER, {"质量": 4, "投诉": 7})
    assert {step.id: step.value for n in found.nodes for step in n.steps} == {
        "调查/质量/measure": 4,
        "调查/质量/scale": 80,
        "调查/combination": 80,
        "指标/服务/投诉/measure": 7,
        "指标/服务/投诉/rule 1": 7,
        "指标/服务/投诉/deduction": 5,
        "指标/服务/投诉/addition": 0,
        "指标/服务/投诉/loss": 5,
        "指标/服务/loss": 5,
        "指标/combination": 95,
        "总分/combination": 89,
        "总分/grade": 89,
    }
    assert [step.text for step in found.nodes[0].steps] == ["", "满意"]
    assert node(found, "投诉").lines[0].line == 15


@pytest.mark.parametrize("name", ["指标/服务/投诉", "服务/投诉", "投诉", "投 诉"])
def test_given_measures_are_found_by_path_or_name(name: str) -> None:
    """A path, its end, or the name, however its blanks are typed."""
    assert assessed(MANUFACTURER, {"质量": 4, name: 2}).exact == F("90.8")


def test_score_and_assess_agree(tmp_path: Path) -> None:
    """The same measures from a file and by hand give the same nodes."""
    scheme = "总分：满分100分，倒扣分\n  投诉：每发生一次扣1分"
    policy = policy_of(scheme, DATA)
    (tmp_path / "指标.csv").write_text("指标,值\n投诉,4", encoding="utf-8")
    by_file = only(assess(policy, tmp_path))
    by_hand = score(policy, policy.schemes[0], {"投诉": 4})
    assert by_file.exact == by_hand.exact == 96
    assert [n.contribution for n in by_file.nodes] == [n.contribution for n in by_hand.nodes]


def test_a_value_outside_its_scale_is_an_error_unless_clamped() -> None:
    """5.5 on 1-5; 限幅 takes the end of the scale."""
    scheme = "总分：等权平均\n  质量：问卷Q1均值，1-5分折合20-100分{more}"
    found = assessed(scheme.format(more=""), {"质量": "5.5"})
    assert (found.state, found.nodes[0].reason) == (State.ERROR, "outside the scale")
    assert assessed(scheme.format(more="，限幅"), {"质量": "5.5"}).exact == 100
