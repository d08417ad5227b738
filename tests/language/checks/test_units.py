"""Units, kinds, means and scales: E203, E204, E601 to E609, E612."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.language.policy import DataSource
from engine.language.syntax import Kind, Unit
from engine.source import NOWHERE
from tests.language.checks.written import HEADER, assert_clean, assert_found, in_english

OF_100 = "总分：满分100分，倒扣分\n"


def test_a_rule_reads_what_is_collected() -> None:
    """E601 at the step: percentage points of a count there are none."""
    (wrong,) = assert_found(OF_100 + "  投诉：次数，目标2次，每高⟦1个百分点⟧扣1分\n", "E601")

    assert wrong.args["kind"]["zh"] == "次数"
    assert wrong.args["unit"]["zh"] == "百分点"


def test_two_rules_of_one_line_read_one_value() -> None:
    """A count and percentage points are two things; the second names what it is about."""
    text = OF_100 + "  准时率：目标98%，每低1个百分点扣1分，{}每发生一次扣1分\n"
    assert_found(text.replace("{}每发生一次", "⟦每发生一次⟧"), "E601/mixed")
    scheme = assert_clean(text.format("投诉"))

    assert scheme.indicators["总分/准时率"].kind is Kind.RATE
    assert scheme.indicators["总分/准时率/投诉"].kind is Kind.COUNT


def test_working_days_and_calendar_days_do_not_mix() -> None:
    """A limit in working days and lateness in days are two calendars."""
    assert_found(OF_100 + "  整改：⟦每逾期1天⟧扣1分，规定时限5个工作日\n", "E601/days")
    assert_clean(OF_100 + "  整改：每逾期1个工作日扣1分，规定时限5个工作日\n")
    assert_clean(OF_100 + "  整改：每逾期1小时扣1分，规定时限2天\n")


def test_a_rate_is_written_with_its_sign() -> None:
    """E203 at the number, with the number as it should be; in a veto and in a range as well."""
    (wrong,) = assert_found(OF_100 + "  准时率：目标⟦98⟧，每低1个百分点扣1分\n", "E203")
    (veto,) = assert_found("总分：等权平均\n  - 一票否决：合格率＜⟦90⟧，得0分\n  质量：得分\n合格率：百分率\n", "E203")
    assert_found("总分：满分10分，逐项得分\n  准时率 10分：百分率，⟦98以上⟧得满分，⟦98以下⟧不得分\n", "E203", "E203")

    assert wrong.hint == "98%"
    assert veto.hint == "90%"


def test_a_step_in_per_cent_needs_a_meaning() -> None:
    """E204 shows both readings in the policy's numbers; the policy says once which it is."""
    text = OF_100 + "  准时率：目标95%，每低{}扣1分\n"
    (wrong,) = assert_found(text.format("⟦2%⟧"), "E204/target")
    points = assert_clean("- 步长的%指百分点\n" + text.format("2%"))
    shares = assert_clean("- 步长的%指目标的百分之几\n" + text.format("2%"))

    assert wrong.args["share"] == "1.9"
    assert _size(points) == (2, Unit.PERCENTAGE_POINT)
    assert _size(shares) == (2, Unit.PERCENT)


def _size(scheme):
    item = scheme.indicators["总分/准时率"].item
    size = item.rules[0].trigger.size
    return size.amount, size.unit


def test_a_target_is_in_the_unit_of_its_value() -> None:
    """E602 at the number: 2 % of complaints is no target for a count."""
    (wrong,) = assert_found(OF_100 + "  投诉：次数，目标⟦2%⟧，每高1次扣1分\n", "E602")

    assert wrong.args["value"]["zh"] == "2%"


def test_a_defined_target_is_told_where_it_is_written() -> None:
    """The value of a `设` in the wrong unit is found where it stands, beside the target that uses it."""
    (wrong,) = assert_found("- 设甲 = ⟦2%⟧\n" + OF_100 + "  投诉：次数，目标甲，每高1次扣1分\n", "E602")
    assert [place.line for place in wrong.related] == [4]

    line = "  合格率：目标甲，每低1个百分点扣1分\n"
    (bare,) = assert_found("- 设甲 = ⟦97⟧自2024-01-01起、98%自2025-01-01起\n" + OF_100 + line, "E203")
    assert bare.hint == "97%"


def test_no_target_is_in_percentage_points() -> None:
    """Percentage points are a distance from a target, also where only the target says what the value is."""
    assert_found(OF_100 + "  合格率：目标⟦98个百分点⟧，未达标扣1分\n", "E602")


def test_a_time_limit_is_a_time() -> None:
    """规定时限24 is neither hours nor days."""
    assert_found(OF_100 + "  整改：超出规定响应时间发生一次扣0.2分，规定时限⟦24⟧\n", "E602/limit")


def test_a_veto_compares_in_the_unit_it_watches() -> None:
    """A count is not compared with per cent."""
    assert_found("总分：等权平均\n  - 一票否决：事故≥⟦1%⟧，得0分\n  质量：得分\n事故：次数\n", "E602/veto")


def test_a_rate_becomes_a_score_only_when_it_is_said() -> None:
    """E603 in a weighted mean and in a formula, with the sentence that says it."""
    (mean,) = assert_found("总分：加权平均\n  质量 60%：得分\n  ⟦准时率⟧ 40%：百分率\n", "E603")
    assert_found("总分 = 质量×60% + 准时率×40%\n质量：得分\n⟦准时率⟧：百分率\n", "E603")
    (english,) = assert_found("Score: equal weights\n  A: score\n  ⟦B⟧: rate\n", "E603", header=in_english())

    assert mean.hint == "按百分制计分"
    assert english.hint == "rate as score"


@pytest.mark.parametrize("kind", ["次数", "时长"])
def test_counts_and_times_are_no_scores(kind: str) -> None:
    """There is no sentence that makes a score of them, so none is proposed."""
    (wrong,) = assert_found(f"总分：等权平均\n  质量：得分\n  ⟦投诉⟧：{kind}\n", "E603/kind")

    assert wrong.hint is None


def test_the_result_is_a_score() -> None:
    """The first line may not be a bare count."""
    assert_found("⟦投诉⟧：次数\n", "E603/result")


def test_a_group_has_no_score_of_its_own() -> None:
    """A heading that only groups deductions cannot be a part of a formula."""
    assert_found(
        "总分 = 客观×50% + 质量×50%\n客观：满分100分，倒扣分\n  ⟦质量⟧\n    投诉：每发生一次扣1分\n", "E603/group"
    )


def test_a_mean_takes_nothing_from_a_deduction() -> None:
    """A mean below a deduction is a score, and how much it takes nobody has said."""
    assert_found(OF_100 + "  ⟦态度⟧：等权平均\n    礼貌：得分\n    着装：得分\n", "E603/loss")


def test_unusual_conversions_are_asked_about() -> None:
    """W604 for 10-100 of five; 20-100, 0-100 and a line's own points are usual."""
    text = "总分：等权平均\n  - 各项：{}\n  甲：问卷Q1均值\n  乙：问卷Q2均值\n"
    assert_found(text.format("⟦1-5分折合10-100分⟧"), "W604")
    assert_clean(text.format("1-5分折合20-100分"))
    assert_clean(text.format("1-5分折合0-100分"))
    assert_clean("总分：满分8分，逐项得分\n  甲 8分：问卷Q1均值，1-5分折合0-8分\n")


def test_a_conversion_rises() -> None:
    """E606: turned round at both ends it says the same; turned round at one it means lower is better."""
    text = "总分：等权平均\n  甲：问卷Q1均值，⟦{}⟧\n"
    (same,) = assert_found(text.format("5-1分折合100-20分"), "E606")
    (opposite,) = assert_found(text.format("1-5分折合100-20分"), "E606")

    assert same.hint == "1-5分折合20-100分"
    assert opposite.hint == "1-5分折合20-100分，越低越好"


def test_grades_of_a_fuzzy_evaluation_fall() -> None:
    """The first grade is the highest answer."""
    assert_found(
        "总分\n  - ⟦模糊综合评价：差=20、中=60、好=100；加权平均算子；按等级分值⟧\n  甲 1：问卷Q1分布\n".replace(
            "甲 1", "甲 100%"
        ),
        "E606/grades",
    )


def test_full_marks_of_a_mean_are_alike() -> None:
    """E608: 50 points and 100 points are not averaged."""
    (wrong,) = assert_found(
        "总分：等权平均\n  甲：满分100分，倒扣分\n    投诉：每发生一次扣1分\n"
        "  ⟦乙⟧：满分50分，倒扣分\n    退货：每发生一次扣1分\n",
        "E608",
    )

    assert (wrong.args["full"], wrong.args["other_full"]) == ("50", "100")


def test_a_score_of_100_is_no_score_of_40_points() -> None:
    """A part of a sum is out of its own points; what lies about 0 is no score of 100 either."""
    shops = replace(HEADER, units=("店",))
    assert_found("总分：等权平均\n  质量：得分\n  ⟦人效⟧：按各单位标准化\n", "E608/endless", header=shops)
    assert_clean("总分：等权平均\n  人效：按各单位标准化\n  能耗：按各单位标准化，越低越好\n", shops)
    assert_found("总分：满分40分，逐项得分\n  ⟦质量⟧ 40分：问卷Q1均值，1-5分折合20-100分\n", "E608/points")


def test_fuzzy_evaluation_is_made_of_distributions() -> None:
    """E609 at what is measured; a distribution elsewhere is refused too."""
    text = "总分{}\n  甲 40%：问卷Q1分布\n  乙 60%：{}\n"
    fuzzy = "\n  - 模糊综合评价：好=100、中=60、差=20；加权平均算子；按等级分值"
    assert_found(text.format(fuzzy, "⟦问卷Q2均值⟧"), "E609")
    assert_found("总分：加权平均\n  甲 100%：⟦问卷Q1分布⟧\n", "E609/outside")


def _surveyed(answers: tuple[int, int]):
    scale = (Fraction(answers[0]), Fraction(answers[1]))
    source = DataSource(
        name="survey", kind="responses", file="s.xlsx", span=NOWHERE, questions={"Q1": "一"}, scale=scale
    )
    return replace(HEADER, data=(source,))


def test_the_scheme_reads_the_answers_the_survey_has() -> None:
    """E612 where the scheme says 1-5 and the data say 1-10; a net promoter score needs 0-10."""
    mean = "总分：等权平均\n  甲：问卷Q1均值，⟦1-5分折合20-100分⟧\n"
    nps = "总分：等权平均\n  甲：⟦问卷Q1净推荐值⟧，-100至100折合0-100分\n"
    (wrong,) = assert_found(mean, "E612", header=_surveyed((1, 10)))
    assert_found(nps, "E612/nps", header=_surveyed((1, 10)))
    assert_clean(nps.replace("⟦", "").replace("⟧", ""), _surveyed((0, 10)))

    assert (wrong.args["wanted"], wrong.args["declared"]) == ("1-5", "1-10")


def test_something_counts() -> None:
    """E603: a heading whose lines are all for information has nothing to be made of."""
    assert_found("⟦总分⟧：等权平均\n  质量：得分，仅供参考\n", "E603/nothing")
    assert_clean("总分：等权平均\n  质量：得分，仅供参考\n  服务：得分\n")


def test_a_rate_lies_below_a_rate() -> None:
    """E203 where a rate is held against percentage points, which are a distance."""
    head = "总分：满分100分，逐项得分\n  及时率 100分：百分率，"
    (wrong,) = assert_found(head + "⟦低于80个百分点⟧不得分，80%以上得满分\n", "E203/distance")
    assert_clean(head + "低于80%不得分，80%以上得满分\n")

    assert wrong.args["rate"]["zh"] == "80%以下"
