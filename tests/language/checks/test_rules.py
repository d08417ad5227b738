"""Rules: E605, W607, E610, E613 to E615; and which cap and which measure belongs to which rule."""

from fractions import Fraction

import pytest

from engine.language.policy import Checklist, Observed
from engine.language.syntax import Kind, Parts
from tests.language.checks.written import assert_clean, assert_found, in_english, scheme_of

OF_100 = "总分：满分100分，倒扣分\n"


def item(text: str, name: str = "甲"):
    """The item of one line below a deduction from 100."""
    return assert_clean(OF_100 + text).indicators[f"总分/{name}"].item


def test_a_deduction_is_in_points() -> None:
    """E605: 扣1% is one point or 1 % of something."""
    assert_found(OF_100 + "  甲：每发生一次扣⟦1%⟧\n", "E605")
    assert_found(OF_100 + "  甲：每发生一次扣1分\n  乙：每发生一次加⟦2%⟧\n", "E605/other")


def test_a_group_line_says_each() -> None:
    """W607 at the rule; with 各 each of the lines has it."""
    (wrong,) = assert_found(OF_100 + "  甲、乙：⟦每发生一次扣1分⟧\n", "W607")
    scheme = assert_clean(OF_100 + "  甲、乙：每发生一次各扣1分\n")

    assert wrong.args["heads"]["zh"] == "“甲”、“乙”"
    assert [scheme.indicators[f"总分/{name}"].item.rules[0].measure for name in "甲乙"] == ["总分/甲", "总分/乙"]


@pytest.mark.parametrize("effect", ["不得分", "得满分", "得5分", "扣该项分值的50%"])
def test_an_effect_on_points_needs_points(effect: str) -> None:
    """E610 at the effect, in a line that only deducts."""
    assert_found(OF_100 + f"  甲：3次以上⟦{effect}⟧\n", "E610")
    assert_clean(f"总分：满分10分，倒扣分\n  甲 10分：3次以上{effect}，2次以下得3分\n")


def test_a_rule_gives_no_more_than_full_marks() -> None:
    """E613: 12 of 10 points."""
    assert_found("总分：满分10分，逐项得分\n  甲 10分：98%以上得⟦12分⟧，98%以下得5分\n", "E613")


def test_rules_stand_where_a_value_is() -> None:
    """E614: neither a heading nor a formula has a value to read."""
    assert_found("总分：等权平均\n  - ⟦每发生一次扣1分⟧\n  甲：得分\n", "E614")
    assert_found("总分 = 甲×50% + 乙×50%\n  - ⟦每发生一次扣1分⟧\n甲：得分\n乙：得分\n", "E614/formula")


def test_sizes_are_above_zero() -> None:
    """E615: no step of nothing, no choice from 5 down to 3, no division by zero."""
    assert_found(OF_100 + "  甲：目标98%，每低⟦0个百分点⟧扣1分\n", "E615")
    assert_found(OF_100 + "  甲：发生重大失误的，⟦酌情扣5至3分⟧\n", "E615/between")
    assert_found("总分 = (甲 + 乙) / ⟦0⟧\n甲：得分\n乙：得分\n", "E615/division")


# ---------------------------------------------------------------- caps


def test_the_only_cap_bounds_the_whole_line() -> None:
    """Two rules and one cap that says 本项: the cap is for both together."""
    found = item("  甲：空岗一人扣2分，迟到一次扣1分，本项最多扣5分\n")

    assert found.cap == 5
    assert [rule.cap for rule in found.rules] == [None, None]


def test_a_cap_between_rules_belongs_to_the_rule_before_it() -> None:
    """扣2分最多扣4分，扣1分: only the first is bounded; 该条 says so of the last."""
    between = item("  甲：空岗一人扣2分，最多扣4分；迟到一次扣1分\n")
    behind = item("  甲：空岗一人扣2分；迟到一次扣1分，该条最多扣3分\n")

    assert [rule.cap for rule in between.rules] == [4, None]
    assert [rule.cap for rule in behind.rules] == [None, 3]
    assert between.cap is behind.cap is None


def test_each_of_several_caps_belongs_to_the_rule_before_it() -> None:
    """扣2分最多扣4分 and 扣1分最多扣3分 bound their own rule; 合计 bounds both."""
    found = item("  甲：空岗一人扣2分，最多扣4分；迟到一次扣1分，最多扣3分；合计最多扣6分\n")

    assert [rule.cap for rule in found.rules] == [4, 3]
    assert found.cap == 6


def test_deducting_until_nothing_is_left() -> None:
    """扣完为止 is the line's own points, or the full marks it deducts from."""
    scheme = assert_clean(
        "总分：满分100分，倒扣分\n  甲 10分：每发生一次扣3分，扣完为止\n  乙：每发生一次扣3分，扣完为止\n"
    )

    assert scheme.indicators["总分/甲"].item.cap == 10
    assert scheme.indicators["总分/乙"].item.cap == 100


def test_a_cap_below_each_bounds_every_line() -> None:
    """各项最多扣5分 is a default; a line's own cap comes before it."""
    scheme = assert_clean(OF_100 + "  - 各项：最多扣5分\n  甲：每发生一次扣1分\n  乙：每发生一次扣1分，最多扣8分\n")

    assert scheme.indicators["总分/甲"].item.cap == 5
    assert scheme.indicators["总分/乙"].item.cap == 8


def test_a_group_may_be_bounded() -> None:
    """A cap on a heading inside a deduction bounds what its lines take together."""
    scheme = assert_clean(OF_100 + "  质量：最多扣20分\n    甲：每发生一次扣1分\n")

    assert scheme.indicators["总分/质量"].item.cap == 20
    assert scheme.indicators["总分/质量"].item.rules == ()


def test_additions_have_their_own_cap() -> None:
    """A cap after an addition bounds what is added."""
    found = item("  甲：每发生一次扣1分，最多扣5分；收到表扬一次加2分，最多加4分\n")

    assert (found.cap, found.adding_cap) == (5, 4)


def test_a_cap_per_month() -> None:
    """每月最多扣3分 is kept with its period."""
    found = item("  甲：每发生一次扣1分，每月最多扣3分，最多扣10分\n")

    assert (found.period_cap, found.period, found.cap) == (3, "month", 10)


# ---------------------------------------------------------------- what rules ask about


def test_one_subject_is_the_line_itself() -> None:
    """空岗一人扣2分 alone is fed by the name of its line."""
    scheme = assert_clean(OF_100 + "  在岗情况：空岗一人扣2分\n")

    assert scheme.indicators["总分/在岗情况"].value == Observed(measure="在岗情况")
    assert scheme.indicators["总分/在岗情况"].children == ()


def test_several_subjects_are_several_measures() -> None:
    """Each subject is asked for by itself, below the line, and the rule names it."""
    scheme = assert_clean(OF_100 + "  值班：空岗一人扣2分；迟到一次扣1分；未公示的扣3分\n")
    line = scheme.indicators["总分/值班"]

    assert line.value == Checklist()
    assert line.children == ("总分/值班/空岗", "总分/值班/迟到", "总分/值班/未公示")
    assert [rule.measure for rule in line.item.rules] == list(line.children)
    assert scheme.indicators["总分/值班/空岗"].value == Observed(measure="值班/空岗")
    assert [scheme.indicators[path].kind for path in line.children] == [Kind.COUNT, Kind.COUNT, Kind.YES_NO]
    assert all(scheme.indicators[path].asked for path in line.children)


def test_rules_without_words_of_their_own_read_the_line() -> None:
    """A rate with its steps beside a happening: the rate is the line's own value."""
    scheme = assert_clean(
        "总分：满分10分，逐项得分\n"
        "  准时率 10分：达到98%得满分，每低1个百分点扣2分，低于90%不得分，发生重大延误的不得分\n"
    )
    line = scheme.indicators["总分/准时率"]

    assert isinstance(line.value, Observed)
    assert [rule.measure for rule in line.item.rules][:3] == ["总分/准时率"] * 3
    assert len(line.children) == 1
    assert scheme.indicators[line.children[0]].kind is Kind.YES_NO


def test_full_marks_from_98_make_98_the_target() -> None:
    """达到98%得满分，每低1个百分点扣2分: where full marks begin, the steps begin."""
    scheme = assert_clean("总分：满分10分，逐项得分\n  准时率 10分：达到98%得满分，每低1个百分点扣2分\n")

    assert [value.amount for value in scheme.indicators["总分/准时率"].target] == [98]


def test_counts_of_different_things_are_different_measures() -> None:
    """每缺一项 and 每错一处 count two things though neither has a subject."""
    scheme = assert_clean(OF_100 + "  台帐：每缺一项扣1分，每错一处扣0.5分\n")

    assert len(scheme.indicators["总分/台帐"].children) == 2


def test_a_range_beside_a_count_reads_the_count() -> None:
    """每缺一项扣1分，缺3项以上不得分 is one count."""
    scheme = assert_clean("总分：满分10分，逐项得分\n  台帐 10分：每缺一项扣1分，3项以上不得分\n")

    assert scheme.indicators["总分/台帐"].children == ()


def test_the_assessors_choice_is_collected() -> None:
    """酌情扣1至3分 for a happening is a number of points."""
    scheme = assert_clean(OF_100 + "  礼仪：发生失礼行为的，酌情扣1至3分\n")

    assert scheme.indicators["总分/礼仪"].kind is Kind.POINTS
    assert scheme.indicators["总分/礼仪"].item.rules[0].effect.most.amount == Fraction(3)


def test_started_weeks_need_no_choice() -> None:
    """Per started week part weeks count as whole ones, without a further word."""
    scheme = scheme_of(
        "- no rounding, missing: error\nScore: deduct from 100\n"
        "  Reports: deduct 1 per started week late, time limit 2 weeks\n",
        in_english(),
    )

    assert scheme.indicators["Score/Reports"].item.rules[0].parts is Parts.WHOLE


def test_a_cap_per_month_stands_on_a_line() -> None:
    """E614: a heading's cap per month is refused, a line's is not."""
    assert_found(
        "总分：满分100分，倒扣分\n  服务：⟦每月最多扣3分⟧\n    投诉：每发生一次扣1分\n    退货：每发生一次扣1分\n",
        "E614/period",
    )


def test_bounds_and_points_are_above_zero() -> None:
    """E615: at most nothing, or a rule of no points, does nothing; a choice may begin at nothing."""
    assert_found("总分：满分100分，倒扣分\n  投诉：每发生一次扣1分，⟦最多扣0分⟧\n", "E615/cap")
    assert_found("总分：满分100分，倒扣分\n  投诉：每发生一次扣⟦0分⟧\n", "E615/points")
    assert_clean("总分：满分100分，倒扣分\n  态度：未使用敬语的酌情扣0至3分\n")


def test_a_condition_that_denies_its_line_is_asked_for_by_its_own_words() -> None:
    """公示：未公示的: the yes/no to collect is 未公示, never 公示, whose yes would mean the opposite."""
    scheme = assert_clean("总分：满分100分，倒扣分\n  公示：未公示的，扣5分\n  泄密：发生泄密的，扣5分\n")

    assert "总分/公示/未公示" in scheme.indicators
    assert "总分/泄密/发生泄密" not in scheme.indicators
