"""How parts become one: weights, sums, deductions, formulas, and what happens to a part without a value."""

from fractions import Fraction

import pytest

from engine.evaluation.given import Given
from engine.evaluation.result import State
from tests.evaluation.schemes import assessed, node

F = Fraction
WEIGHTED = """
总分：加权平均{extra}
  质量 50%：得分
  交付 30%：得分
  服务 20%：得分
"""
NINE = {"质量": 90, "交付": 80, "服务": 60}


def test_the_weighted_mean() -> None:
    """0.5·90 + 0.3·80 + 0.2·60 = 81; weights and contributions rebuild it."""
    found = assessed(WEIGHTED.format(extra=""), NINE)
    assert found.exact == 81
    parts = [node(found, name) for name in NINE]
    assert [part.effective for part in parts] == [F("0.5"), F("0.3"), F("0.2")]
    assert [part.contribution for part in parts] == [45, 24, 12]


def test_weights_that_total_fifty_are_divided_by_fifty() -> None:
    """权重合计50%，归一: (20·80 + 30·90) / 50 = 86."""
    scheme = "总分：加权平均，权重合计50%，归一\n  甲 20%：得分\n  乙 30%：得分"
    found = assessed(scheme, {"甲": 80, "乙": 90})
    assert found.exact == 86
    assert [node(found, name).weight for name in ("甲", "乙")] == [F("0.4"), F("0.6")]


def test_importance_weights() -> None:
    """权重5 and 权重4, 归一: (5·90 + 4·60) / 9."""
    scheme = "总分：加权平均，归一\n  甲 权重5：得分\n  乙 权重4：得分"
    assert assessed(scheme, {"甲": 90, "乙": 60}).exact == F(230, 3)


@pytest.mark.parametrize(
    ("method", "expected"),
    [("等权平均", F(230, 3)), ("取最低分", F(60)), ("取最高分", F(90)), ("几何平均", None)],
)
def test_methods_without_weights(method: str, expected: Fraction | None) -> None:
    """Of 90, 80 and 60: mean 230/3, worst 60, best 90; the geometric mean's third power is their product."""
    scheme = f"总分：{method}\n  质量：得分\n  交付：得分\n  服务：得分"
    found = assessed(scheme, NINE)
    if expected is not None:
        assert found.exact == expected
        assert not found.nodes[0].inexact
        return
    assert found.exact is not None
    assert abs(found.exact**3 - 90 * 80 * 60) < F(1, 10**40)
    assert found.exact.denominator % 10 == 0
    assert found.nodes[0].inexact
    assert found.nodes[0].steps[0].text == "50 digits"


# ---------------------------------------------------------------- parts without a value


def test_a_missing_part_stops_the_whole() -> None:
    """缺数报错: no score, the state and the path that is to blame, and everything else is still there."""
    found = assessed(WEIGHTED.format(extra=""), {"质量": 90, "服务": 60})
    assert (found.state, found.score, found.grade) == (State.MISSING, None, None)
    assert (found.nodes[0].reason, found.nodes[0].cause) == ("not collected", "总分/交付")
    assert node(found, "质量").score == 90


def test_renormalising_shares_the_weight_among_the_others() -> None:
    """缺数按其余权重归一: (0.5·90 + 0.2·60) / 0.7 = 570/7."""
    found = assessed(WEIGHTED.format(extra="，缺数按其余权重归一"), {"质量": 90, "服务": 60})
    assert found.exact == F(570, 7)
    assert node(found, "交付").weight == 0
    assert node(found, "质量").weight == F(5, 7)
    assert node(found, "质量").contribution == F(450, 7)


@pytest.mark.parametrize(("said", "expected"), [("缺数计零分", 57), ("缺数计满分", 87)])
def test_nothing_or_full_marks_for_what_is_missing(said: str, expected: int) -> None:
    """0.5·90 + 0.3·(0 or 100) + 0.2·60; the node says that its score was put in its place."""
    found = assessed(WEIGHTED.format(extra=f"，{said}"), {"质量": 90, "服务": 60})
    assert found.exact == expected
    assert node(found, "交付").substituted
    assert node(found, "交付").reason == "not collected"


def test_what_does_not_apply_is_left_out_whatever_the_policy_on_missing_values() -> None:
    """不适用 under 缺数报错: (0.5·90 + 0.2·60) / 0.7."""
    found = assessed(WEIGHTED.format(extra=""), {"质量": 90, "交付": State.NOT_APPLICABLE, "服务": 60})
    assert found.exact == F(570, 7)
    assert node(found, "交付").state is State.NOT_APPLICABLE


def test_nothing_left_is_no_score() -> None:
    """All parts missing under 归一: missing, not 0; nothing applicable: not applicable."""
    renormalised = WEIGHTED.format(extra="，缺数按其余权重归一")
    assert assessed(renormalised, {}).state is State.MISSING
    assert assessed(renormalised, dict.fromkeys(NINE, State.NOT_APPLICABLE)).state is State.NOT_APPLICABLE


def test_no_valid_answers_is_another_state_than_not_collected() -> None:
    """The state of the part is the state of the whole it stops."""
    found = assessed(WEIGHTED.format(extra=""), {**NINE, "交付": State.NO_VALID_ANSWERS})
    assert found.state is State.NO_VALID_ANSWERS


def test_the_nearest_statement_on_missing_values_wins() -> None:
    """The heading says 归一, the line 计零分: the missing line counts as 0."""
    scheme = WEIGHTED.format(extra="，缺数按其余权重归一").replace("交付 30%：得分", "交付 30%：得分，缺数计零分")
    assert assessed(scheme, {"质量": 90, "服务": 60}).exact == 57


def test_too_few_values_are_not_rated() -> None:
    """至少3个有效值，否则不评: with two of three the heading is below its minimum sample, the total is not rated."""
    scheme = """
    总分：加权平均
      甲 50%：等权平均，至少3个有效值，否则不评
        - 各项：缺数按其余权重归一
        子一：得分
        子二：得分
        子三：得分
      乙 50%：得分
    """
    found = assessed(scheme, {"子一": 90, "子二": 80, "乙": 70})
    assert node(found, "甲").state is State.BELOW_MINIMUM_SAMPLE
    assert (found.state, found.nodes[0].cause) == (State.NOT_RATED, "总分/甲")
    assert assessed(scheme, {"子一": 90, "子二": 80, "子三": 70, "乙": 70}).exact == 75


# ---------------------------------------------------------------- adding up

ADDED = """
总分：满分100分，逐项得分{extra}
  环境 40分：实得分
  着装 10分：是否
  制度 50分：得分
"""


def test_points_add_up() -> None:
    """32 + 10 (yes) + 90 % of 50."""
    found = assessed(ADDED.format(extra=""), {"环境": 32, "着装": 1, "制度": 90})
    assert found.exact == 87
    assert [node(found, name).score for name in ("环境", "着装", "制度")] == [32, 10, 45]
    assert [node(found, name).effective for name in ("环境", "着装", "制度")] == [F("0.4"), F("0.1"), F("0.5")]
    assert [node(found, name).contribution for name in ("环境", "着装", "制度")] == [32, 10, 45]


def test_points_left_out_are_shared_among_the_others() -> None:
    """32 of 40 and 0 of 10 with 50 points missing: 100·32/50 = 64."""
    found = assessed(ADDED.format(extra="，缺数按其余权重归一"), {"环境": 32, "着装": 0})
    assert found.exact == 64
    assert node(found, "环境").contribution == 64


@pytest.mark.parametrize("amount", [41, -1])
def test_points_beyond_the_item_are_an_error(amount: Given) -> None:
    """Nobody gets 41 of 40 points."""
    found = assessed(ADDED.format(extra=""), {"环境": amount, "着装": 0, "制度": 0})
    assert (found.state, found.nodes[0].reason) == (State.ERROR, "outside its possible values")


# ---------------------------------------------------------------- deducting

DEDUCTED = """
总分：满分100分，倒扣分{extra}
  质量
    合格率：目标98%，每低1个百分点扣0.5分，最多扣10分
    投诉：每发生一次扣1分
  建议：每发生一次加0.5分，最多加3分
"""


def test_losses_are_summed_and_taken_from_full_marks() -> None:
    """100 - (2·0.5 + 3) + 0.5·4 = 98; the group shows 4; contributions are what each line takes or gives."""
    found = assessed(DEDUCTED.format(extra=""), {"合格率": 96, "投诉": 3, "建议": 4})
    assert found.exact == 98
    assert [(n.path, n.loss) for n in found.nodes[1:]] == [
        ("总分/质量", 4),
        ("总分/质量/合格率", 1),
        ("总分/质量/投诉", 3),
        ("总分/建议", -2),
    ]
    assert [n.contribution for n in found.nodes[1:]] == [-4, -1, -3, 2]


@pytest.mark.parametrize(("complaints", "expected"), [(120, 0), (0, 100)])
def test_the_rest_stays_between_nothing_and_full_marks(complaints: int, expected: int) -> None:
    """120 complaints leave 0; additions do not lift a deduction above its full marks."""
    assert assessed(DEDUCTED.format(extra=""), {"合格率": 99, "投诉": complaints, "建议": 6}).exact == expected


@pytest.mark.parametrize(("said", "expected"), [("缺数计满分", F(97)), ("缺数计零分", F(87))])
def test_missing_values_in_a_deduction(said: str, expected: Fraction) -> None:
    """满分: nothing deducted for the missing rate; 零分: its whole cap of 10."""
    scheme = DEDUCTED.format(extra="").replace("最多扣10分", f"最多扣10分，{said}")
    assert assessed(scheme, {"投诉": 3, "建议": 0}).exact == expected


def test_a_line_with_points_of_its_own_inside_a_deduction() -> None:
    """投诉 10分，每次扣1分 loses at most its 10 points."""
    scheme = "总分：满分100分，倒扣分\n  投诉 10分：每发生一次扣1分\n  退货：每发生一次扣2分"
    found = assessed(scheme, {"投诉": 14, "退货": 3})
    assert found.exact == 84
    assert (node(found, "投诉").score, node(found, "投诉").loss) == (0, 10)


def test_a_deduction_inside_a_mean() -> None:
    """0.4·90 + 0.6·(100 - 5) = 93; a complaint takes 0.6 of a point of the total."""
    scheme = "总分 = 调查×40% + 指标×60%\n调查：得分\n指标：满分100分，倒扣分\n  投诉：每发生一次扣1分"
    found = assessed(scheme, {"调查": 90, "投诉": 5})
    assert found.exact == 93
    assert node(found, "投诉").contribution == -3
    assert node(found, "指标").contribution == 57


# ---------------------------------------------------------------- formulas


def test_formulas_with_brackets_and_functions() -> None:
    """最大(60, 70)·0.5 + (80 + 90)/2·0.5 = 77.5."""
    scheme = "总分 = 最大(甲, 乙)×0.5 + (丙 + 丁)/2×0.5\n甲：得分\n乙：得分\n丙：得分\n丁：得分"
    assert assessed(scheme, {"甲": 60, "乙": 70, "丙": 80, "丁": 90}).exact == F("77.5")


def test_a_gap_may_be_negative() -> None:
    """Perceived less expected: 85 - 91 = -6."""
    scheme = "- 四舍五入保留1位小数，缺数报错\n差距 = 感知 - 期望\n感知：得分\n期望：得分"
    found = assessed(scheme, {"感知": 85, "期望": 91})
    assert found.exact == -6
    assert [node(found, name).contribution for name in ("感知", "期望")] == [85, -91]


def test_a_weighted_sum_shares_the_weight_of_a_missing_part() -> None:
    """甲×0.4 + 乙×0.6 without 乙 under 归一 is 甲."""
    scheme = "- 四舍五入保留1位小数，缺数按其余权重归一\n总分 = 甲×0.4 + 乙×0.6\n甲：得分\n乙：得分"
    assert assessed(scheme, {"甲": 70}).exact == 70


def test_another_formula_cannot_do_without_a_part() -> None:
    """最小(甲, 乙) without 乙 is missing even under 归一."""
    scheme = "- 四舍五入保留1位小数，缺数按其余权重归一\n总分 = 最小(甲, 乙)\n甲：得分\n乙：得分"
    assert assessed(scheme, {"甲": 70}).state is State.MISSING


def test_a_part_of_two_formulas_brings_both_contributions() -> None:
    """总分 = 甲×0.5 + 乙×0.5, 乙 = (甲 + 丙)/2: 甲 counts 0.5 + 0.25."""
    scheme = "总分 = 甲×0.5 + 乙×0.5\n乙 = (甲 + 丙)/2\n甲：得分\n丙：得分"
    found = assessed(scheme, {"甲": 80, "丙": 40})
    assert found.exact == 70
    assert (node(found, "甲").effective, node(found, "甲").contribution) == (F("0.75"), 60)
    assert node(found, "丙").contribution == 10


def test_a_formula_may_name_what_only_loses() -> None:
    """A group inside a deduction has no score: its name stands for what it takes, a line's name for its measure."""
    scheme = "总分 = 甲 - 质量 - 投诉\n甲：得分\n指标：满分100分，倒扣分\n  质量\n    投诉：每发生一次扣2分"
    assert assessed(scheme, {"甲": 90, "投诉": 3}).exact == 90 - 6 - 3
