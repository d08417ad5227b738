"""Sums that must hold: E401 to E408."""

from fractions import Fraction

import pytest

from tests.language.checks.written import assert_clean, assert_found, checked_broken, in_english


def test_weights_that_do_not_add_up_are_shown_with_their_sum() -> None:
    """E401 gives the sum, lists the lines, and proposes the control total that would keep the weights."""
    (wrong,) = assert_found("⟦总分⟧：加权平均\n  质量 60%：得分\n  服务 30%：得分\n", "E401")

    assert wrong.args["sum"] == "90%"
    assert wrong.args["lines"]["zh"] == "质量 60%、服务 30%"
    assert wrong.hint == "权重合计90%，归一"
    assert [place.line for place in wrong.related] == [3, 4]


def test_an_english_policy_gets_an_english_sentence() -> None:
    """What is to be pasted is in the language of the policy."""
    (wrong,) = assert_found("⟦Score⟧: weighted mean\n  A 60%: score\n  B 30%: score\n", "E401", header=in_english())

    assert wrong.hint == "weights total 90%, normalise"


def test_fractions_add_up_to_one() -> None:
    """0.6 and 0.3 are 0.9; 0.7 and 0.3 are exactly 1, which binary floats cannot say."""
    assert_found("⟦总分⟧：加权平均\n  质量 0.6：得分\n  服务 0.3：得分\n", "E401")
    scheme = assert_clean("总分：加权平均\n  质量 0.7：得分\n  服务 0.1：得分\n  价格 0.2：得分\n")

    assert scheme.indicators["总分/质量"].share == Fraction(7, 10)


def test_relative_weights_are_normalised_on_request() -> None:
    """权重5 and 权重3 say nothing of per cent; 归一 makes shares of them."""
    (wrong,) = assert_found("⟦总分⟧：加权平均\n  质量 权重5：得分\n  服务 权重3：得分\n", "E401/parts")
    scheme = assert_clean("总分：加权平均，归一\n  质量 权重5：得分\n  服务 权重3：得分\n")

    assert wrong.hint == "归一"
    assert scheme.indicators["总分/质量"].share == Fraction(5, 8)


def test_weights_of_nothing_cannot_be_normalised() -> None:
    """All weights zero leave nothing to divide by."""
    assert_found("⟦总分⟧：加权平均，权重合计0%，归一\n  质量 0%：得分\n  服务 0%：得分\n", "E401/zero")


def test_weights_are_written_in_one_way() -> None:
    """E402 at the first weight that differs; its sum is not judged as well."""
    assert_found("总分：加权平均\n  质量 60%：得分\n  服务 ⟦0.4⟧：得分\n", "E402")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("总分：满分100分，逐项得分\n  质量 60分\n  服务 ⟦40%⟧\n", "E402/points"),
        ("总分：满分100分，倒扣分\n  投诉 ⟦40%⟧：每发生一次扣1分\n  退货 60%：每发生一次扣1分\n", "E402/deduction"),
        ("总分：加权平均\n  质量 ⟦60分⟧：得分\n  服务 40分：得分\n", "E402/shares"),
    ],
)
def test_weights_fit_the_method(text: str, code: str) -> None:
    """Points belong to sums, per cent to means, neither to a deduction's groups."""
    assert_found(text, code)


def test_the_only_missing_weight_is_worked_out() -> None:
    """E403 proposes what is left of 100 %, and its sum is not judged as well."""
    (wrong,) = assert_found("总分：加权平均\n  质量 65%：得分\n  ⟦服务⟧：得分\n", "E403")

    assert wrong.hint == "服务 35%"


def test_two_missing_weights_are_not_guessed() -> None:
    """Each is named; how they share the rest nobody knows."""
    first, second = assert_found("总分：加权平均\n  质量 65%：得分\n  ⟦服务⟧：得分\n  ⟦价格⟧：得分\n", "E403", "E403")

    assert first.hint is None
    assert second.hint is None


def test_a_weighted_mean_without_weights_is_told_once() -> None:
    """Where no line has a weight the heading is named, not every line."""
    assert_found("⟦总分⟧：加权平均\n  质量：得分\n  服务：得分\n", "E403/all")


def test_every_line_of_a_sum_has_points() -> None:
    """A line without points cannot be added up."""
    assert_found("总分：满分100分，逐项得分\n  质量 60分\n  ⟦服务⟧\n", "E403/points")


def test_the_shares_of_a_formula_add_up() -> None:
    """E404 at the formula; a bonus without a share is not one of them."""
    (wrong,) = assert_found("总分 = ⟦甲×70% + 乙×20%⟧\n甲：得分\n乙：得分\n", "E404")
    assert_clean("总分 = 甲×70% + 乙×30% + 加分\n甲：得分\n乙：得分\n加分：得分\n")

    assert wrong.args["sum"] == "90%"
    assert wrong.args["shares"] == "70% + 20%"


def test_a_share_without_its_sign_is_told() -> None:
    """E404 at the number, where with its sign the shares are 100 % together; a factor that is no share is left alone."""
    (wrong,) = assert_found("总分 = 甲×70% + 乙×⟦30⟧\n甲：得分\n乙：得分\n", "E404/sign")

    assert wrong.hint == "30%"
    assert_clean("总分 = 甲×70% + 乙×2\n甲：得分\n乙：得分\n")


def test_a_line_counts_once_in_a_sum_of_shares() -> None:
    """W413 where a heading and one of its parts are both named; a part of a heading that is not named is fine."""
    lines = "甲：等权平均\n  质量：得分\n  服务：得分\n丙：得分\n"
    (wrong,) = assert_found("总分 = 甲×70% + ⟦质量⟧×30%\n" + lines.removesuffix("丙：得分\n"), "W413")
    assert_clean("总分 = 甲×70% + 丙×30%\n" + lines)

    assert (wrong.args["name"], wrong.args["heading"]) == ("质量", "甲")


def test_points_are_the_full_marks_together() -> None:
    """E405 gives both numbers."""
    (wrong,) = assert_found("⟦总分⟧：满分100分，逐项得分\n  环境 40分\n  服务 50分\n", "E405")

    assert (wrong.args["sum"], wrong.args["full"]) == ("90", "100")


def test_points_of_a_deduction_add_up_too() -> None:
    """Where every line of a deduction has points they are its full marks; where one has none nothing is known."""
    assert_found("⟦总分⟧：满分100分，倒扣分\n  甲 40分：每发生一次扣1分\n  乙 50分：每发生一次扣1分\n", "E405")
    assert_clean("总分：满分100分，倒扣分\n  甲 40分：每发生一次扣1分\n  乙：每发生一次扣1分\n")


def test_a_heading_states_its_points_once() -> None:
    """服务 30分 is out of 30, whatever else is written."""
    assert_found(
        "总分：满分100分，逐项得分\n  环境 70分\n  服务 30分：⟦满分40分，逐项得分⟧\n    着装 30分\n    礼貌 10分\n",
        "E405/heading",
    )


def test_the_number_of_lines_is_a_control() -> None:
    """E406: 共3项 above two lines shows that one was left out."""
    (wrong,) = assert_found("总分：等权平均，⟦共3项⟧\n  质量：得分\n  服务：得分\n", "E406")

    assert (wrong.args["written"], wrong.args["found"]) == (3, 2)


def test_grouped_lines_may_be_counted_one_by_one() -> None:
    """Above a deduction the control number may count the groups or what they group."""
    text = (
        "总分：满分100分，倒扣分，共{}项\n"
        "  质量\n    甲：每发生一次扣1分\n    乙：每发生一次扣1分\n  丙：每发生一次扣1分\n"
    )
    assert_clean(text.format(2))
    assert_clean(text.format(3))
    assert_found(text.format(4).replace("共4项", "⟦共4项⟧"), "E406")


def test_the_total_before_normalising_is_a_control() -> None:
    """E407 tells both totals and offers neither: the slip may be in a weight."""
    (wrong,) = assert_found("总分：加权平均，⟦权重合计60%，归一⟧\n  质量 20%：得分\n  服务 30%：得分\n", "E407")

    assert (wrong.hint, wrong.args["written"], wrong.args["sum"]) == (None, "60", "50")


def test_normalising_states_the_total() -> None:
    """归一 alone hides a miscopied weight; weights that are 100 % need no total."""
    (wrong,) = assert_found("总分：加权平均，⟦归一⟧\n  质量 20%：得分\n  服务 30%：得分\n", "E407/unsaid")
    assert_clean("总分：加权平均，归一\n  质量 70%：得分\n  服务 30%：得分\n")

    assert wrong.hint == "权重合计50%，归一"


@pytest.mark.parametrize("method", ["等权平均", "取最低分", "取最高分"])
def test_weights_that_nothing_reads_are_refused(method: str) -> None:
    """E408 at the first of them."""
    assert_found(f"总分：{method}\n  质量 ⟦60%⟧：得分\n  服务 40%：得分\n", "E408")


def test_equal_weights_within_a_fuzzy_evaluation_have_no_others() -> None:
    """E408: C 44 for C44 gives a name a weight, which equal weights would pass over."""
    grades = "总分\n  - 模糊综合评价：高=100、低=50；加权平均算子；按等级分值\n"
    assert_found(grades + "  质量 100%：等权平均\n    外观C ⟦44⟧：问卷Q1分布\n    性能C45：问卷Q2分布\n", "E408")


def test_a_line_that_cannot_be_read_does_not_spoil_the_sum() -> None:
    """Weights are not added up where one of the lines is unknown."""
    assert checked_broken("- 不修约，缺数报错\n总分：加权平均\n  质量 60%：得分\n  服务 30%：每发生一次扣\n") == []


def test_a_formula_of_lines_for_information_is_made_of_them() -> None:
    """What its lines do not count into, a formula may still read; a heading without one is made of nothing (E603)."""
    below = "    网点：数值\n      - 仅供参考\n    人口：数值\n      - 仅供参考\n"
    assert_clean(f"总分：等权平均\n  密度 = 网点÷人口，0-1折合0-100\n{below}")
    assert_found(f"总分：等权平均\n  质量：得分\n  ⟦密度⟧：等权平均\n{below}", "E603/nothing")
