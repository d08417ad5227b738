"""Cells of several rules: the order of effects, caps, subjects, missing measures."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.evaluation.given import Given
from engine.evaluation.result import State
from engine.language.policy import DatedValue
from engine.language.syntax import (
    Add,
    AlwaysTrigger,
    ConditionTrigger,
    CountTrigger,
    Deduct,
    FullMarks,
    Interval,
    Kind,
    Name,
    NoMarks,
    Proportion,
    RangeTrigger,
    Score,
    Share,
    Unit,
)
from tests.evaluation.schemes import assessed, item, lost, measure, node, points, rule, scored

F = Fraction
SHEET = """
总分：满分100分，逐项得分
  准时交付率 20分：目标98%，达到98%得满分，每低1个百分点扣2分，低于90%不得分
  其他 80分：实得分
"""


@pytest.mark.parametrize(
    ("rate", "expected"),
    [(98, 20), (99, 20), ("97.5", 20), (97, 18), ("96.3", 18), (90, 4), ("89.9", 0), (85, 0)],
)
def test_the_line_of_every_company_s_sheet(rate: Given, expected: int) -> None:
    """达到98%得满分，每低1个百分点扣2分，低于90%不得分."""
    result = assessed(SHEET, {"准时交付率": rate, "其他": 80})
    assert node(result, "准时交付率").score == expected
    assert result.score == 80 + expected


def test_the_first_tier_that_holds_sets_the_base() -> None:
    """95%以上得10分，90%以上得8分，80%以上得5分: the first one that holds; below all of them nothing was earned."""
    tiers = tuple(
        rule(RangeTrigger(Interval(F(low), None, True, None)), Score(points(marks)))
        for low, marks in ((95, 10), (90, 8), (80, 5))
    )
    assert [scored(item(measure(), tiers), x).score for x in (96, 95, 92, 80, 79)] == [10, 10, 8, 5, 0]


def test_a_score_for_falling_short_leaves_full_marks_above() -> None:
    """低于90%得5分: from 90 % on nothing is said, so full marks stay."""
    short = (rule(RangeTrigger(Interval(None, F(90), None, False)), Score(points(5))),)
    assert [scored(item(measure(), short), x).score for x in (85, 95)] == [5, 10]


def test_what_happened_forfeits_the_marks_wherever_it_is_written() -> None:
    """95%以上得满分；发生事故的不得分: the accident takes the marks although the first rule holds too."""
    accident = "项目/发生事故"
    rules = (
        rule(RangeTrigger(Interval(F(95), None, True, None)), FullMarks()),
        rule(ConditionTrigger(Name("发生事故", "发生事故")), NoMarks(), measure=accident),
    )
    asked = measure(accident, Kind.YES_NO, Unit.NUMBER)
    both = item(measure(), rules)
    assert scored(both, 96, asked, **{accident: 1}).score == 0
    assert scored(both, 96, asked, **{accident: 0}).score == 10


def test_points_earned_each_time_add_up() -> None:
    """每发表一篇论文得5分，每获一项专利得3分: 1 paper and 2 patents are 11 points, of at most 10."""
    papers, patents = "项目/论文", "项目/专利"
    rules = (
        rule(CountTrigger(), Score(points(5)), measure=papers),
        rule(CountTrigger(), Score(points(3)), measure=patents),
    )
    asked = [measure(path, Kind.COUNT, Unit.TIME) for path in (papers, patents)]
    both = item(measure(), rules, full=20)
    assert scored(both, None, *asked, **{papers: 1, patents: 2}).score == 11
    assert scored(both, None, *asked, **{papers: 0, patents: 0}).score == 0
    assert scored(item(measure(), rules), None, *asked, **{papers: 1, patents: 2}).score == 10


def test_what_is_earned_stops_at_its_caps() -> None:
    """5 for each paper, 3 for each patent: 3 papers earn 15, of their cap 12 at most; with 2 patents 18, of 16 at most."""
    papers, patents = "项目/论文", "项目/专利"
    rules = (
        rule(CountTrigger(), Score(points(5)), measure=papers, cap=12),
        rule(CountTrigger(), Score(points(3)), measure=patents),
    )
    asked = [measure(path, Kind.COUNT, Unit.TIME) for path in (papers, patents)]
    both = item(measure(), rules, full=40, earning_cap=F(16))
    assert scored(both, None, *asked, **{papers: 2, patents: 1}).score == 13
    assert scored(both, None, *asked, **{papers: 3, patents: 0}).score == 12
    node = scored(both, None, *asked, **{papers: 3, patents: 2})
    assert node.score == 16
    assert [(line.points, line.capped) for line in node.lines] == [(12, 15), (4, 6)]


def test_what_adds_up_gives_way_to_a_range() -> None:
    """每项得2分，少于3项不得分，6项以上得满分: 2 are nothing, 4 are 8 points, 6 are all 15."""
    rules = (
        rule(CountTrigger(), Score(points(2))),
        rule(RangeTrigger(Interval(None, F(3), None, False, Unit.TIME)), NoMarks()),
        rule(RangeTrigger(Interval(F(6), None, True, None, Unit.TIME)), FullMarks()),
    )
    projects = item(measure("项目", Kind.COUNT, Unit.TIME), rules, full=15)
    assert [scored(projects, n).score for n in (2, 4, 6)] == [0, 8, 15]


def test_what_has_no_condition_comes_last() -> None:
    """按比例得分，低于60%不得分, of a target of 100 %: 50 % is nothing, 80 % is 8 of 10."""
    aim = (DatedValue(amount=F(100), unit=Unit.PERCENT),)
    rules = (
        rule(AlwaysTrigger(), Proportion()),
        rule(RangeTrigger(Interval(None, F(60), None, False, Unit.PERCENT)), NoMarks()),
    )
    output = item(replace(measure("项目", Kind.RATE, Unit.PERCENT), target=aim), rules)
    assert [scored(output, x).score for x in (50, 80)] == [0, 8]


def test_no_marks_ends_there() -> None:
    """不得分 first: the deduction after it changes nothing and shows no points."""
    rules = (
        rule(RangeTrigger(Interval(None, F(90), None, False)), NoMarks()),
        rule(RangeTrigger(Interval(None, F(95), None, False)), Deduct(points(2))),
    )
    found = scored(item(measure(), rules), 85)
    assert found.score == 0
    assert [line.points for line in found.lines] == [0, 0]
    assert scored(item(measure(), rules), 92).score == 8


def test_deductions_never_go_below_nothing() -> None:
    """12 occurrences of a point each leave 0 of 10, not -2."""
    counted = item(measure(kind=Kind.COUNT, unit=Unit.TIME), (rule(CountTrigger(), Deduct(points(1))),))
    assert scored(counted, 12).score == 0


def test_a_share_of_a_score_that_is_used_up_is_nothing() -> None:
    """扣12分 of 10 leaves nothing that 扣得分的50% could take, and gives nothing back."""
    rules = (rule(CountTrigger(), Deduct(points(12))), rule(CountTrigger(), Share(F(50), of_score=True)))
    found = scored(item(measure(kind=Kind.COUNT, unit=Unit.TIME), rules), 1)
    assert (found.score, [line.points for line in found.lines]) == (0, [-12, 0])


def test_what_a_line_takes_may_be_rounded() -> None:
    """每低1个百分点扣0.3分, pro rata, rounded to a whole point: 2.5 points below cost 0.75, that is 1."""
    scheme = "总分：满分100分，倒扣分\n  合格率：目标98%，每低1个百分点扣0.3分，不足一步按比例扣分，四舍五入保留0位小数"
    found = assessed(scheme, {"合格率": "95.5"})
    assert (node(found, "合格率").loss, found.exact) == (1, 99)


# ---------------------------------------------------------------- caps


def test_the_cap_of_a_rule_and_the_cap_of_the_item() -> None:
    """5 + 8 points asked; each rule at most 6, together at most 9: 5 and 4. The line says what was asked."""
    first, second = "项目/甲", "项目/乙"
    rules = (
        rule(CountTrigger(), Deduct(points(1)), cap=6, measure=first),
        rule(CountTrigger(), Deduct(points(2)), cap=6, measure=second),
    )
    asked = [measure(path, Kind.COUNT, Unit.TIME) for path in (first, second)]
    found = scored(item(measure(), rules, full=20, cap=F(9)), None, *asked, **{first: 5, second: 4})
    assert found.score == 11
    assert [(line.points, line.capped) for line in found.lines] == [(-5, None), (-4, 8)]


def test_the_cap_on_additions_is_their_own() -> None:
    """10 - 2 + min(3, 5): the additions are capped at 3, the deduction is not touched."""
    bad, good = "项目/投诉", "项目/建议"
    rules = (
        rule(CountTrigger(), Deduct(points(2)), measure=bad),
        rule(CountTrigger(), Add(points(1)), measure=good),
    )
    asked = [measure(path, Kind.COUNT, Unit.TIME) for path in (bad, good)]
    both = item(measure(), rules, adding_cap=F(3), exceed=True)
    found = scored(both, None, *asked, **{bad: 1, good: 5})
    assert found.score == 11
    assert [(line.points, line.capped) for line in found.lines] == [(-2, None), (3, 5)]


MONTHLY = {"2025-01": 1, "2025-02": 5, "2025-03": 0, "2025-04": 2}


def test_the_cap_per_month_comes_before_the_cap() -> None:
    """每次扣2分，每月最多扣6分: 2 + 6 + 0 + 4 = 12, of 16 without the monthly cap; then at most 10."""
    counted = item(
        measure(kind=Kind.COUNT, unit=Unit.TIME),
        (rule(CountTrigger(), Deduct(points(2))),),
        full=None,
        period_cap=F(6),
        period="month",
    )
    found = lost(counted, MONTHLY)
    assert found.loss == 12
    line = found.lines[0]
    assert [(p.period, p.counted, p.points, p.capped) for p in line.periods] == [
        ("2025-01", 1, 2, None),
        ("2025-02", 5, 6, 10),
        ("2025-03", 0, 0, None),
        ("2025-04", 2, 4, None),
    ]
    assert (line.counted, line.points, line.capped) == (8, -12, 16)
    both = item(
        measure(kind=Kind.COUNT, unit=Unit.TIME),
        (rule(CountTrigger(), Deduct(points(2))),),
        full=None,
        cap=F(10),
        period_cap=F(6),
        period="month",
    )
    assert lost(both, MONTHLY).loss == 10


def test_part_steps_are_counted_month_by_month() -> None:
    """每3次扣1分 by month: 1, 5, 0 and 2 occurrences are 0 + 1 + 0 + 0, though 8 together would be 2."""
    counted = item(
        measure(kind=Kind.COUNT, unit=Unit.TIME),
        (rule(CountTrigger(per=F(3)), Deduct(points(1))),),
        full=None,
        period_cap=F(6),
        period="month",
    )
    assert lost(counted, MONTHLY).loss == 1


def test_rules_share_the_cap_of_a_month() -> None:
    """Two rules ask 4 and 3 points in a month capped at 5: the first takes 4, the second the 1 that is left."""
    first, second = "项目/甲", "项目/乙"
    rules = (
        rule(CountTrigger(), Deduct(points(4)), measure=first),
        rule(CountTrigger(), Deduct(points(3)), measure=second),
    )
    asked = [measure(path, Kind.COUNT, Unit.TIME) for path in (first, second)]
    both = item(measure(), rules, full=20, period_cap=F(5), period="month")
    found = scored(both, None, *asked, **{first: {"2025-01": 1}, second: {"2025-01": 1, "2025-02": 1}})
    assert [line.points for line in found.lines] == [-4, -4]
    assert found.score == 12


def test_a_monthly_cap_needs_monthly_data() -> None:
    """A single number for the year cannot be capped by month."""
    counted = item(
        measure(kind=Kind.COUNT, unit=Unit.TIME),
        (rule(CountTrigger(), Deduct(points(2))),),
        period_cap=F(6),
        period="month",
    )
    found = scored(counted, 8)
    assert (found.state, found.reason) == (State.MISSING, "not collected per period")


# ---------------------------------------------------------------- subjects, classes, missing measures

CHECKLIST = """
总分：满分100分，逐项得分
  病历书写 10分：首页漏项，每处扣0.5分；医嘱未签名，每处扣1分；本项最多扣4分
  其他 90分：实得分
"""


def test_things_asked_are_measures_of_their_own() -> None:
    """3 gaps and 2 missing signatures cost 1.5 + 2 points."""
    found = assessed(CHECKLIST, {"首页漏项": 3, "医嘱未签名": 2, "其他": 90})
    written = node(found, "病历书写")
    assert written.score == F("6.5")
    assert [(line.measure, line.measured, line.points) for line in written.lines] == [
        ("总分/病历书写/首页漏项", 3, F("-1.5")),
        ("总分/病历书写/医嘱未签名", 2, F(-2)),
    ]


def test_the_cap_of_the_whole_cell() -> None:
    """5 points asked, 本项最多扣4分."""
    assert node(assessed(CHECKLIST, {"首页漏项": 4, "医嘱未签名": 3, "其他": 90}), "病历书写").score == 6


def test_one_thing_not_collected_leaves_the_line_open() -> None:
    """缺数报错: the line and the total are missing, and the cause is named."""
    found = assessed(CHECKLIST, {"首页漏项": 4, "其他": 90})
    assert (found.state, found.score) == (State.MISSING, None)
    assert found.nodes[0].cause == "总分/病历书写/医嘱未签名"
    assert node(found, "其他").score == 90


def test_full_marks_for_what_is_missing_keep_what_is_known() -> None:
    """缺数计满分: what was not collected costs nothing, the other rule still does."""
    lenient = CHECKLIST.replace("本项最多扣4分", "本项最多扣4分，缺数计满分")
    assert node(assessed(lenient, {"首页漏项": 4, "其他": 90}), "病历书写").score == 8
    assert node(assessed(lenient, {"其他": 90}), "病历书写").score == 10


def test_not_applicable_rules_do_not_act() -> None:
    """A thing that does not apply costs nothing; a line of which nothing applies does not apply itself."""
    found = assessed(CHECKLIST, {"首页漏项": 4, "医嘱未签名": State.NOT_APPLICABLE, "其他": 90})
    assert node(found, "病历书写").score == 8
    none = dict.fromkeys(("首页漏项", "医嘱未签名"), State.NOT_APPLICABLE)
    found = assessed(CHECKLIST, {**none, "其他": 81})
    assert node(found, "病历书写").state is State.NOT_APPLICABLE
    assert found.score == 90  # 81 of the 90 points that apply
