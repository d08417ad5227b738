"""The calculation on paper."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.evaluation.result import PeriodLine, State
from engine.language.syntax import Unit
from engine.report.explanation import render_explanation
from engine.report.names import reader
from engine.report.rule_lines import rule_text, rules_text
from engine.report.text import width
from tests.report.sample import (
    ASSESSMENT,
    COMPLAINTS,
    COUNT_LINE,
    NODES,
    OBJECTIVE,
    POLICY,
    RATE,
    RATE_LINE,
    RESULT,
    SCHEME,
    SURVEY,
    TOTAL,
)

F = Fraction
ZH, EN = reader(POLICY, "zh"), reader(POLICY, "en")


def test_a_manager_can_redo_the_calculation() -> None:
    """Formula, figures, bands, veto, weights, measured values, rules, clauses and lines, in the order of the policy."""
    assert render_explanation(POLICY, RESULT, (), "zh") == (
        "顾客满意度程序  2025.1\n"
        "评价日期：2025-12-31  期间：2025\n"
        "\n"
        "总分 = 92.70  比较满意\n"
        "    调查得分 × 0.4 + 客观得分 × 0.6\n"
        "    = 87 × 0.4 + 96.5 × 0.6 = 92.7\n"
        "    一票否决：严重事故≥1，定为不满意；实测0次，不生效\n"
        "    四舍五入保留2位小数：92.7 → 92.70\n"
        "    等级：满意 [95, 100]；比较满意 [80, 95)；不满意 [0, 80)\n"
        "    92.7属于比较满意 [80, 95)，距“满意”差2.3，高出下限12.7\n"
        "    [依据5.4.3，销售部，policies/sample.yaml:4]\n"
        "  调查得分 = 87.00\n"
        "      权重40%，有效权重40%，贡献34.8\n"
        "      等权平均：(84 + 90) ÷ 2 = 87\n"
        "      [policies/sample.yaml:7]\n"
        "    质量 = 84.00\n"
        "        权重50%，有效权重20%，贡献16.8\n"
        "        问卷Q1均值 = 4.2  (10份有效回答)\n"
        "        1至5折合20至100分：20 + (4.2 - 1) × (100 - 20) ÷ (5 - 1) = 84\n"
        "        [依据5.3.2 质量，policies/sample.yaml:8]\n"
        "    交付 = 90.00\n"
        "        权重50%，有效权重20%，贡献18\n"
        "        问卷Q2均值 = 4.5  (10份有效回答)\n"
        "        1至5折合20至100分：20 + (4.5 - 1) × (100 - 20) ÷ (5 - 1) = 90\n"
        "        [依据5.3.2 交付，policies/sample.yaml:9]\n"
        "  客观得分 = 96.50\n"
        "      权重60%，有效权重60%，贡献57.9\n"
        "      100 - 3.5 = 96.5\n"
        "      [policies/sample.yaml:10]\n"
        "    产品 = 扣3.5分\n"
        "        扣分合计：0.5 + 3 = 3.5\n"
        "        [policies/sample.yaml:11]\n"
        "      合格率 = 扣0.5分\n"
        "          收集的值 = 96.3%\n"
        "          每低一个百分点扣0.5分（第12行）\n"
        "            目标98%，实测96.3%，差1.7个百分点，合1.7步，计1步，每步0.5分，扣\n"
        "              0.5分\n"
        "          [policies/sample.yaml:12]\n"
        "      投诉/退货次数 = 扣3分\n"
        "          收集的值 = 3次\n"
        "          每发生一次扣1分（第13行）\n"
        "            实测3次，计3次，每次1分，扣3分\n"
        "          [policies/sample.yaml:13]\n"
        "\n"
        "不计入总分的测量\n"
        "  严重事故 = 0次\n"
        "      收集的值 = 0次  (1条记录)\n"
        "      [policies/sample.yaml:14]\n"
        "\n"
        "数据                 行数  有效  无效  期外\n"
        "-------------------  ----  ----  ----  ----\n"
        "survey  调查表.xlsx    15    10     3     2\n"
        "    作答率不低于80%                 3\n"
    )


def test_one_indicator_is_explained_by_itself() -> None:
    """With a path only that indicator and what it is made of is shown."""
    shown = render_explanation(POLICY, RESULT, (OBJECTIVE,), "en").splitlines()[3:]
    assert shown[:3] == [
        "客观得分 = 96.50",
        "    weight 60%, effective weight 60%, contribution 57.9",
        "    100 - 3.5 = 96.5",
    ]
    assert not any("Survey" in line for line in shown)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_fits_eighty_columns(lang) -> None:
    """Long names and sentences are folded, in both languages."""
    name = "顾客对产品交付及时性以及售后服务响应速度的总体感受（含电话回访）" * 2
    indicators = {path: replace(i, name=f"{name}{i.name}") for path, i in SCHEME.indicators.items()}
    policy = replace(POLICY, schemes=(replace(SCHEME, indicators=indicators),))
    shown = render_explanation(policy, RESULT, (), lang)
    assert max(width(line) for line in shown.splitlines()) <= 80


def test_a_missing_indicator_says_what_is_missing() -> None:
    """A node without a value names the reason and the indicator at fault, and shows no number."""
    node = NODES[1]._replace(state=State.MISSING, score=None, reported=None, reason="a part has no value", cause=RATE)
    assessment = ASSESSMENT._replace(nodes=(NODES[0], node, *NODES[2:]))
    shown = render_explanation(POLICY, replace(RESULT, assessments=(assessment,)), (SURVEY,), "zh")
    assert "调查得分：合格率：下面有一项没有值\n" in shown


def test_a_veto_that_applies_shows_what_was_before() -> None:
    """The veto's sentence, what was measured, and score and grade without it."""
    accidents = NODES[-1]._replace(value=F(2))
    top = NODES[0]._replace(
        veto="一票否决：严重事故≥1，定为不满意",
        grade="不满意",
        grade_before_veto="比较满意",
        before_veto=F("92.7"),
    )
    assessment = ASSESSMENT._replace(nodes=(top, *NODES[1:-1], accidents))
    shown = render_explanation(POLICY, replace(RESULT, assessments=(assessment,)), (TOTAL,), "zh")
    assert "    一票否决：严重事故≥1，定为不满意；实测2次，生效，原为92.7，比较满意\n" in shown
    assert "属于" not in shown


def test_a_step_rule_in_both_languages() -> None:
    """Target, measured, shortfall, steps before and after the choice, points for one step, points."""
    assert rule_text(RATE_LINE, ZH)[1] == "  目标98%，实测96.3%，差1.7个百分点，合1.7步，计1步，每步0.5分，扣0.5分"
    assert rule_text(RATE_LINE, EN) == [
        "每低一个百分点扣0.5分 (line 12)",
        "  target 98%, measured 96.3%, off by 1.7 pp, 1.7 steps, 1 counted, 0.5 per step, deduct 0.5",
    ]


def test_a_rule_that_does_not_act_says_so() -> None:
    """A target that is met leaves no shortfall; a count of none does not apply."""
    met = RATE_LINE._replace(measured=F(99), shortfall=F(0), steps=F(0), counted=F(0), fired=False, points=F(0))
    none = COUNT_LINE._replace(measured=F(0), counted=F(0), fired=False, points=F(0))
    assert rule_text(met, ZH)[1] == "  目标98%，实测99%，没有差额，不计"
    assert rule_text(none, EN)[1] == "  measured 0, did not happen"


def test_a_cap_shows_both_amounts() -> None:
    """Where a cap bit, the points before and after it are told."""
    capped = COUNT_LINE._replace(capped=F(-3), points=F(-2))
    assert rule_text(capped, ZH)[1] == "  实测3次，计3次，每次1分，原为3，封顶后扣2分"


def test_caps_per_period_are_told_period_by_period() -> None:
    """Each period has its own line, with its cap."""
    periods = (
        PeriodLine(period="2025-01", measured=F(1), counted=F(1), points=F(-1)),
        PeriodLine(period="2025-02", measured=F(4), counted=F(4), points=F(-3), capped=F(-4)),
    )
    assert rule_text(COUNT_LINE._replace(periods=periods), ZH)[2:] == [
        "    2025-01  实测1，扣1分",
        "    2025-02  实测4，原为4，封顶后扣3分",
    ]


def test_late_cases_are_counted_as_cases() -> None:
    """A rule on late cases tells the limit and how many were late, not a duration."""
    late = COUNT_LINE._replace(trigger="late", unit=Unit.HOUR, limit=F(24), each=F("0.2"), points=F("-0.6"))
    assert rule_text(late, ZH)[1] == "  时限24小时，超过时限3次，每次0.2分，扣0.6分"
    assert rule_text(late, EN)[1] == "  limit 24 hours, late: 3, 0.2 each, deduct 0.6"


def test_effects_without_points_have_their_word() -> None:
    """不得分, 得满分 and 定级 are told by name."""
    told = [
        rule_text(COUNT_LINE._replace(effect=effect, each=None, points=F(0)), ZH)[1]
        for effect in ("none", "full", "grade")
    ]
    assert [line.rpartition("，")[2] for line in told] == ["不得分", "得满分", "定级"]


def test_lines_of_several_units_are_kept_apart() -> None:
    """Each unit is explained below its own heading."""
    units = tuple(ASSESSMENT._replace(unit={"事业部": name}) for name in ("一部", "二部"))
    shown = render_explanation(POLICY, replace(RESULT, assessments=units), (COMPLAINTS,), "zh")
    assert [line for line in shown.splitlines() if line.startswith("事业部")] == ["事业部 = 一部", "事业部 = 二部"]


def test_rules_of_one_sentence_name_what_they_are_about() -> None:
    """轻、中、重度分别扣1、3、5分: three lines with the same words; each begins with its class."""
    sentence = "轻、中、重度分别扣1、3、5分"
    lines = [COUNT_LINE._replace(sentence=sentence, measure=f"配合度/{name}") for name in ("轻度", "中度")]
    told = list(rules_text([*lines, COUNT_LINE], None, ZH))
    assert [text.split("实测")[0] for text in told[1::2]] == ["  轻度：", "  中度：", "  "]


def test_a_share_of_the_marks_can_be_redone() -> None:
    """Target, value, full marks and points: 15 × 90.25 ÷ 95 = 14.25."""
    line = RATE_LINE._replace(
        trigger="always",
        effect="proportion",
        target=F(95),
        measured=F("90.25"),
        shortfall=None,
        steps=None,
        each=None,
        points=F("14.25"),
        fired=True,
    )
    assert rule_text(line, ZH, full=F(15))[1] == "  目标95%，实测90.25%，满分15分，按比例得14.25分"
