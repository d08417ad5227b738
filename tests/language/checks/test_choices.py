"""What procedures leave open: E701 to E709, E713, E714; W710 to W712."""

from dataclasses import replace

import pytest

from engine.diagnostics import message
from engine.language.checks import check, without_accepted
from engine.language.parser import parse_scheme
from engine.language.policy import Document
from engine.language.syntax import Outcome, Parts, Placing
from engine.source import Span, source_of
from tests.language.checks.written import HEADER, assert_clean, assert_found, checked_broken, in_english, scheme_of

ROUNDED = "- 四舍五入保留1位小数，缺数报错\n"
OF_100 = "总分：满分100分，倒扣分\n"


def test_part_steps_are_shown_with_the_policys_own_numbers() -> None:
    """E701: target 98 %, 1.7 points short at 0.5 per point: 0.5, 1 or 0.85 points."""
    (wrong,) = assert_found(ROUNDED + OF_100 + "  准时率：目标98%，⟦每低1个百分点扣0.5分⟧\n", "E701", decided=False)

    assert message(wrong, "zh") == "没有写明不足一步怎么算：目标98%、实测96.3%时，扣0.5分、1分还是0.85分"
    assert message(wrong, "en") == (
        "nothing says what a part of a step counts: with target 98%, measured 96.3%, "
        "deduct 0.5 points, 1 point or 0.85 points?"
    )


def test_part_steps_are_asked_once_for_a_scheme() -> None:
    """The other rules are named as related places."""
    (wrong,) = assert_found(
        ROUNDED + OF_100 + "  准时率：目标95%，⟦每低2个百分点扣1分⟧\n  整改：每逾期1天扣2分，规定时限5天\n",
        "E701/rules",
        decided=False,
    )

    assert wrong.args["number"] == 2
    assert wrong.args["situation"]["zh"] == "目标95%、实测91.6%"
    assert [place.line for place in wrong.related] == [4]


def test_lateness_has_part_steps_too() -> None:
    """1.7 days late over a limit of 5 days: 2, 4 or 3.4 points."""
    (wrong,) = assert_found(ROUNDED + OF_100 + "  整改：⟦每逾期1天扣2分⟧，规定时限5天\n", "E701", decided=False)

    assert message(wrong, "zh") == "没有写明不足一步怎么算：时限5天、逾期1.7天时，扣2分、4分还是3.4分"


def test_single_occurrences_have_no_parts() -> None:
    """A count has no 1.7 occurrences: per occurrence nothing is left open."""
    scheme_of(ROUNDED + OF_100 + "  投诉：每发生一次扣1分\n  退货：次数，目标2次，每高1次扣1分\n")


def test_the_nearest_choice_holds() -> None:
    """Line before 各项, 各项 before heading, heading before policy."""
    scheme = scheme_of(
        "- 四舍五入保留1位小数，缺数报错，不足一步不扣分\n"
        "总分：等权平均\n"
        "  甲：满分100分，倒扣分\n"
        "    - 各项：不足一步按一步计\n"
        "    a：目标98%，每低1个百分点扣1分，不足一步按比例扣分\n"
        "    b：目标98%，每低1个百分点扣1分\n"
        "  乙：满分100分，倒扣分，不足一步按比例扣分\n"
        "    c：目标98%，每低1个百分点扣1分\n"
        "  丙：满分100分，倒扣分\n"
        "    d：目标98%，每低1个百分点扣1分\n"
    )
    chosen = {path[-1]: i.item.rules[0].parts for path, i in scheme.indicators.items() if i.item and i.item.rules}

    assert chosen == {"a": Parts.SHARE, "b": Parts.WHOLE, "c": Parts.SHARE, "d": Parts.NOTHING}


def test_rounding_is_decided() -> None:
    """E702 at the result; said by the result itself it is decided as well."""
    assert_found("- 缺数报错\n⟦总分⟧：等权平均\n  质量：得分\n", "E702", decided=False)
    scheme = scheme_of("- 缺数报错\n总分：等权平均，四舍五入保留1位小数\n  质量：得分\n")

    assert scheme.rounding.decimals == 1
    assert scheme.indicators["总分"].rounding is None


def test_missing_values_are_decided() -> None:
    """E703 once at the result where nothing is said, at the line where only it is left out."""
    assert_found("- 不修约\n⟦总分⟧：等权平均\n  质量：得分\n  服务：得分\n", "E703", decided=False)
    assert_found(
        "- 不修约\n总分：等权平均\n  甲：等权平均，缺数报错\n    质量：得分\n  ⟦服务⟧：得分\n",
        "E703/line",
        decided=False,
    )
    scheme = scheme_of("- 不修约，缺数报错\n总分：等权平均\n  - 各项：缺数计零分\n  甲：得分\n  乙：得分，缺数计满分\n")

    assert scheme.indicators["总分/甲"].missing is Outcome.ZERO
    assert scheme.indicators["总分/乙"].missing is Outcome.FULL
    assert scheme.indicators["总分"].missing is Outcome.ERROR


def test_a_deduction_has_no_weights_to_spread() -> None:
    """归一 for the whole policy does not decide a deduction."""
    general = "- 不修约，缺数按其余权重归一\n"
    lines = "  投诉：每发生一次扣1分\n"
    (wrong,) = assert_found(general + "⟦总分⟧：满分100分，倒扣分\n" + lines, "E703/deduction", decided=False)
    scheme_of(general + "总分：满分100分，倒扣分，缺数报错\n" + lines)

    assert [place.line for place in wrong.related] == [3]


def test_zero_marks_in_a_deduction_need_a_cap() -> None:
    """Without a cap nobody knows how much 零分 takes."""
    general = "- 不修约，缺数计零分\n"
    assert_found(general + OF_100 + "  ⟦投诉⟧：每发生一次扣1分\n", "E703/uncapped", decided=False)
    scheme_of(general + OF_100 + "  投诉：每发生一次扣1分，最多扣10分\n")


@pytest.mark.parametrize("rule", ["⟦每低1个百分点⟧扣1分", "⟦未达标⟧扣1分"])
def test_a_rule_on_the_target_needs_one(rule: str) -> None:
    """E704 at the words that speak of it."""
    assert_found(OF_100 + f"  准时率：{rule}\n", "E704")


def test_each_may_give_the_target() -> None:
    """A target for all lines below is a target."""
    scheme = assert_clean(OF_100 + "  - 各项：目标95%\n  甲：每低1个百分点扣1分\n")

    assert [value.amount for value in scheme.indicators["总分/甲"].target] == [95]


def test_a_heading_says_how_its_lines_combine() -> None:
    """E705 where lines have neither weights nor points, E708 where they have points."""
    assert_found("⟦总分⟧\n  质量：得分\n  服务：得分\n", "E705")
    (wrong,) = assert_found("⟦总分⟧\n  环境 40分：实得分\n  服务 60分：实得分\n", "E708")
    assert_clean("总分\n  质量 40%：得分\n  服务 60%：得分\n")

    assert wrong.args["sum"] == "100"


def test_answers_become_points_as_it_is_said() -> None:
    """E706 once for a heading, the other lines beside it."""
    (wrong,) = assert_found("总分：等权平均\n  甲：⟦问卷Q1均值⟧\n  乙：问卷Q2均值\n", "E706/unknown")
    (known,) = assert_found("总分：等权平均\n  甲：⟦问卷Q1均值⟧，1-10分制\n", "E706")
    assert_found("总分：等权平均\n  甲：⟦问卷Q9净推荐值⟧\n", "E706/index")

    assert [place.line for place in wrong.related] == [4]
    assert (known.args["low"], known.args["high"], known.args["share"]) == ("1", "10", "10")


def test_lateness_needs_a_limit() -> None:
    """E707 where cases over the limit are to be counted; counted cases need none, nor days late."""
    assert_found(OF_100 + "  整改：⟦超出规定响应时间发生一次⟧扣0.2分\n", "E707")
    assert_clean(OF_100 + "  整改：次数，超出规定响应时间发生一次扣0.2分\n")
    assert_clean(OF_100 + "  报表：每迟交1天扣1分\n")


def test_grades_are_read_off_the_value_that_is_said() -> None:
    """E709 for a scheme with bands and rounding; without rounding there is one value only."""
    bands = "总分：等权平均\n  - {}\n  质量：得分\n"
    text = "等级：优 [90, 100]；差 [0, 90)"
    assert_found(ROUNDED + bands.format(f"⟦{text}⟧"), "E709", decided=False)
    unrounded = scheme_of("- 不修约，缺数报错\n" + bands.format(text))
    full = scheme_of("- 四舍五入保留1位小数，缺数报错，按全数值定级\n" + bands.format(text))

    assert not unrounded.grade_on_rounded
    assert not full.grade_on_rounded


def test_rounding_twice_is_a_warning() -> None:
    """W710 at the inner rounding; accepted, it is done."""
    text = "总分：等权平均\n  质量：得分，{}\n"
    assert_found(text.format("⟦四舍五入取整⟧"), "W710")
    scheme = assert_clean("- 认可W710：程序规定各项取整\n" + text.format("四舍五入取整"))

    assert scheme.indicators["总分/质量"].rounding.decimals == 0
    assert [accept.code for accept in scheme.accepted] == ["W710"]


@pytest.mark.parametrize(
    "sentence", ["目标98", "规定时限3天", "最多扣5分", "限幅", "1-5分制", "共4项", "加权平均", "按百分制计分"]
)
def test_a_sentence_without_effect_is_a_warning(sentence: str) -> None:
    """W711 for what changes nothing where it stands."""
    assert_found(f"总分：等权平均\n  质量：得分，⟦{sentence}⟧\n", "W711")


def test_an_acceptance_accepts_something() -> None:
    """W712 for a warning that is not there, an error, and a code that does not exist."""
    lines = "总分：等权平均\n  质量：得分\n"
    assert_found("- ⟦认可W305：备用⟧\n" + lines, "W712")
    assert_found("- ⟦认可E401：备用⟧\n" + lines, "W712/error")
    assert_found("- ⟦认可W399：备用⟧\n" + lines, "W712/unknown")


def test_an_acceptance_speaks_for_its_own_line() -> None:
    """Below one line it does not cover another."""
    text = "总分：等权平均\n  质量：得分\n{}备用：得分\n  - 认可W305：明年启用\n{}停用：得分\n"
    assert_found(text.format("", "").replace("停用", "⟦停用⟧"), "W305")


def test_warnings_of_reading_are_accepted_too() -> None:
    """Pasted pinyin is found by the parser; an acceptance in the policy speaks for it, and is not called idle."""
    text = "- 认可W107：照录原文\n- 不修约，缺数报错\n总分：等权平均\n  服務(wù)：得分\n"
    source = source_of("p.yaml", text)
    scheme, misread = parse_scheme(source, "scheme", Span(0, len(text)))
    document = Document(source=source, header=HEADER, schemes=(scheme,))

    assert [d.code for d in misread] == ["W107"]
    assert without_accepted(document, misread) == ()
    assert check(document)[1] == ()


def test_every_line_of_a_deduction_deducts() -> None:
    """E713 for a line that only says what it is."""
    assert_found(OF_100 + "  投诉：每发生一次扣1分\n  ⟦退货⟧：次数\n", "E713")


def test_a_line_says_what_is_collected() -> None:
    """E714 for a bare name, and for a heading without lines."""
    assert_found("总分：等权平均\n  质量：得分\n  ⟦服务⟧\n", "E714")
    assert_found("总分：等权平均\n  质量：得分\n  ⟦服务⟧：等权平均\n", "E714/heading")


def test_units_are_compared_where_they_are_named() -> None:
    """E715 for a comparison over units in a policy without `units:`."""
    text = "总分：等权平均\n  产值：{}\n"
    assert_found(text.format("⟦以各单位最低至最高折合0-100分⟧"), "E715")
    scheme = assert_clean(text.format("以各单位最低至最高折合0-100分"), replace(HEADER, units=("分公司",)))

    assert scheme.indicators["总分/产值"].over_units is Placing.MIN_MAX
    assert scheme.indicators["总分/产值"].over_units_to == (0, 100)


def test_what_could_not_be_read_is_not_missed() -> None:
    """An unreadable line is told once; that its rounding, target or weight is missing is no second finding."""
    assert checked_broken("- 四舍六入保留，缺数\n总分：等权平均\n  质量：得分\n") == []
    assert checked_broken("- 不修约，缺数报错\n总分：满分100分，倒扣分\n  甲：目标9x%，每低1个百分点扣1分\n") == []
    assert checked_broken("- 不修约，缺数报错\n总分 = 甲×× + 乙\n甲：得分\n乙：得分\n") == []


def test_neighbours_of_an_unreadable_line_are_checked() -> None:
    """A bad line never hides what is wrong elsewhere."""
    text = "- 不修约，缺数报错\n总分：等权平均\n  甲：得分得分分\n  乙：加权平均\n    a 60%：得分\n    b 30%：得分\n"

    assert checked_broken(text) == ["E401 4:3-4"]


def test_lines_below_an_unreadable_name_are_still_known() -> None:
    """What stands below a heading whose name cannot be read is checked, and known by its name."""
    text = "- 不修约，缺数报错\n总分 = 甲×100%\n≥ 质量：等权平均\n  甲：加权平均\n    a 60%：得分\n    b 30%：得分\n"

    assert checked_broken(text) == ["E401 4:3-4"]
    assert checked_broken("- 不修约，缺数报错\n总分：等权平均\n  ≥ 质量：等权平均\n    甲：得分\n") == []


def test_an_english_scheme_is_asked_in_the_same_places() -> None:
    """The English sentences give the same findings."""
    assert_found(
        "- round half up to 1 decimal, missing: error\nScore: deduct from 100\n"
        "  On-time rate: target 98%, ⟦deduct 0.5 per 1 pp below target⟧\n",
        "E701",
        header=in_english(),
        decided=False,
    )
