"""Every trigger with every effect, by hand: an item of 10 points."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from engine.evaluation.given import Given
from engine.evaluation.result import State
from engine.language.policy import DatedValue, Indicator
from engine.language.syntax import (
    Add,
    AlwaysTrigger,
    Ceiling,
    ConditionTrigger,
    CountTrigger,
    Deduct,
    Effect,
    FullMarks,
    GradeAs,
    Interpolation,
    Interval,
    Kind,
    LateTrigger,
    Name,
    NoMarks,
    Parts,
    Proportion,
    Quantity,
    RangeTrigger,
    Score,
    Share,
    Side,
    StepTrigger,
    TargetTrigger,
    Trigger,
    Unit,
)
from tests.evaluation.schemes import item, lost, measure, points, rule, scored

F = Fraction


def _targeted(indicator: Indicator, amount: int) -> Indicator:
    return replace(indicator, target=(DatedValue(amount=F(amount), unit=indicator.unit),))


RATE = _targeted(measure(), 98)
COUNT = _targeted(measure(kind=Kind.COUNT, unit=Unit.TIME), 4)
DAYS = replace(
    _targeted(measure(kind=Kind.DURATION, unit=Unit.DAY), 10), limit=(DatedValue(amount=F(3), unit=Unit.DAY),)
)
YES_NO = _targeted(measure(kind=Kind.YES_NO, unit=Unit.NUMBER), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A trigger, what it reads, a value on which it acts so many `times`, and one on which it does not act."""

    trigger: Trigger
    reads: Indicator
    acts: Given
    times: int
    rests: Given


WHEN = {
    "step": When(
        trigger=StepTrigger(Side.LOW, Quantity(F(1), Unit.PERCENTAGE_POINT)), reads=RATE, acts="95.5", times=2, rests=98
    ),
    "count": When(trigger=CountTrigger(), reads=COUNT, acts=2, times=2, rests=0),
    "late": When(trigger=LateTrigger(unit=Unit.DAY), reads=DAYS, acts=5, times=2, rests=3),
    "range": When(trigger=RangeTrigger(Interval(None, F(90), None, False)), reads=RATE, acts=85, times=1, rests=90),
    "target": When(trigger=TargetTrigger(met=False), reads=RATE, acts=85, times=1, rests=98),
    "condition": When(trigger=ConditionTrigger(Name("未公示", "未公示")), reads=YES_NO, acts=1, times=1, rests=0),
}  # fmt: skip
REPEATED = ("step", "count", "late")

# The score when the rule acts once (range, target, condition), twice (step, count, late), and when it does not act.
# 95.5 of 98, 2 of 4 and 5 of 10 in proportion are worth 955/98, 5 and 5; 85 of 98 is 425/49; 1 of 1 is everything.
EFFECTS: dict[str, tuple[Effect, int, int, Callable[[str], int]]] = {
    "deduct 2": (Deduct(points(2)), 8, 6, lambda _: 10),
    "score 3": (Score(points(3)), 3, 6, lambda when: 0 if when in REPEATED else 10),
    "full marks": (FullMarks(), 10, 10, lambda _: 0),
    "no marks": (NoMarks(), 0, 0, lambda _: 10),
    "deduct 20% of its points": (Share(F(20)), 8, 6, lambda _: 10),
    "deduct 50% of the score": (Share(F(50), of_score=True), 5, 0, lambda _: 10),
    "grade D": (GradeAs(Name("D", "d")), 10, 10, lambda _: 10),
    "capped at 4": (Ceiling(points(4)), 4, 4, lambda _: 10),
}
CASES = [(when, effect) for when in WHEN for effect in EFFECTS]


@pytest.mark.parametrize(("when", "effect"), CASES)
def test_any_trigger_with_any_effect(when: str, effect: str) -> None:
    """The effect happens when the trigger acts, as often as it acts."""
    case, (made, once, twice, _) = WHEN[when], EFFECTS[effect]
    node = scored(item(case.reads, (rule(case.trigger, made),)), case.acts)
    assert node.score == (once if case.times == 1 else twice)
    assert node.lines[0].fired
    assert node.lines[0].counted == case.times
    assert node.grade == ("D" if effect == "grade D" else None)


@pytest.mark.parametrize(("when", "effect"), CASES)
def test_no_effect_without_its_trigger(when: str, effect: str) -> None:
    """Where the trigger does not act, full marks stay; but what has to be earned was not earned."""
    case, (made, *_, rests) = WHEN[when], EFFECTS[effect]
    node = scored(item(case.reads, (rule(case.trigger, made),)), case.rests)
    assert node.score == rests(when)
    assert not node.lines[0].fired
    assert node.grade is None


@pytest.mark.parametrize("when", WHEN)
def test_additions_lift_the_score_only_where_the_policy_says_so(when: str) -> None:
    """Adding 1 each time gives 11 or 12 of 10 points where additions may exceed full marks, else 10."""
    case = WHEN[when]
    adds = (rule(case.trigger, Add(points(1))),)
    low = replace(case.reads, lower_is_better=False)
    assert scored(item(low, adds, exceed=True), case.acts).score == 10 + case.times
    assert scored(item(low, adds), case.acts).score == 10


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("step", F(955, 98)),
        ("count", F(5)),
        ("late", F(5)),
        ("range", F(425, 49)),
        ("target", F(425, 49)),
        ("condition", F(10)),
    ],
)
def test_marks_in_proportion(when: str, expected: Fraction) -> None:
    """S = F·min(1, x/T) when the rule acts; full marks when it does not."""
    case = WHEN[when]
    proportional = item(case.reads, (rule(case.trigger, Proportion()),))
    assert scored(proportional, case.acts).score == expected
    assert scored(proportional, case.rests).score == 10


def test_marks_on_a_straight_line() -> None:
    """p(x) = 2 + (8 − 2)(x − 80)/(95 − 80) from 80 % to 95 %: 2, 4.4, 8; beside it the other rules hold."""
    between = rule(RangeTrigger(Interval(F(80), F(95), True, False, Unit.PERCENT)), Interpolation(F(2), F(8)))
    above = rule(RangeTrigger(Interval(F(95), None, True, None, Unit.PERCENT)), FullMarks())
    below = rule(RangeTrigger(Interval(None, F(80), None, False, Unit.PERCENT)), NoMarks())
    straight = item(RATE, (above, between, below))
    assert [scored(straight, x).score for x in (79, 80, 86, "94.9", 95)] == [0, 2, F("4.4"), F("7.96"), 10]
    assert scored(straight, 86).lines[1].ends == ((80, 2), (95, 8))
    assert scored(straight, 86).lines[0].ends is None


def test_a_straight_line_falls_where_lower_is_better() -> None:
    """From 10 points at 2 days to none at 6, of cases by their mean: 3 and 4 days are 3.5, 6.25 points."""
    falling = rule(RangeTrigger(Interval(F(48), F(144), True, True, Unit.HOUR)), Interpolation(F(10), F(0)))
    straight = item(DAYS, (falling,))
    assert [scored(straight, x).score for x in (2, 3, 6)] == [10, F("7.5"), 0]
    assert scored(straight, [F(3), F(4)]).score == F("6.25")


def test_a_rule_without_a_condition_always_acts() -> None:
    """按比例得分 alone: 49 of 98 is half the marks, more than the target is all of them, less than nothing none."""
    always = item(RATE, (rule(AlwaysTrigger(), Proportion()),))
    assert [scored(always, x).score for x in (49, 98, 120, -3)] == [5, 10, 10, 0]


def test_proportion_where_lower_is_better() -> None:
    """Half the target or the target itself is full marks, twice the target half of them."""
    always = item(replace(COUNT, lower_is_better=True), (rule(AlwaysTrigger(), Proportion()),))
    assert [scored(always, x).score for x in (2, 4, 8, 0)] == [10, 10, 5, 10]


def test_a_target_of_nothing_is_met_or_missed() -> None:
    """With target 0 and lower better, 0 is full marks and 1 none; the division by zero never happens."""
    always = item(replace(_targeted(COUNT, 0), lower_is_better=True), (rule(AlwaysTrigger(), Proportion()),))
    assert [scored(always, x).score for x in (0, 1)] == [10, 0]
    upwards = item(_targeted(RATE, 0), (rule(AlwaysTrigger(), Proportion()),))
    assert scored(upwards, 5).score == 10


# ---------------------------------------------------------------- triggers in detail


@pytest.mark.parametrize(
    ("parts", "expected"), [(Parts.NOTHING, F("0.5")), (Parts.WHOLE, F(1)), (Parts.SHARE, F("0.85"))]
)
def test_the_example_of_part_steps(parts: Parts, expected: Fraction) -> None:
    """Target 98 %, measured 96.3 %, 0.5 points per percentage point: 0.5, 1.0 or 0.85 points."""
    step = rule(StepTrigger(Side.LOW, Quantity(F(1), Unit.PERCENTAGE_POINT)), Deduct(points("0.5")), parts=parts)
    node = lost(item(RATE, (step,), full=None), "96.3")
    assert node.loss == expected
    line = node.lines[0]
    assert (line.target, line.measured, line.shortfall, line.steps) == (98, F("96.3"), F("1.7"), F("1.7"))
    assert (line.each, line.points) == (F("0.5"), -expected)


@pytest.mark.parametrize(("value", "times"), [("97.99", 0), (98, 0), (99, 1), ("100.9", 2)])
def test_steps_above_the_target(value: Given, times: int) -> None:
    """每高1个百分点: s = max(0, x - T)."""
    step = rule(StepTrigger(Side.HIGH, Quantity(F(1), Unit.PERCENTAGE_POINT)), Deduct(points(1)))
    assert scored(item(RATE, (step,)), value).lines[0].counted == times


def test_a_step_in_per_cent_of_the_target() -> None:
    """每低1% of a target of 200 is a step of 2: 195 is 2.5 steps below."""
    target = _targeted(measure(kind=Kind.NUMBER, unit=Unit.NUMBER), 200)
    step = rule(StepTrigger(Side.LOW, Quantity(F(1), Unit.PERCENT)), Deduct(points(1)))
    assert scored(item(target, (step,)), 195).lines[0].steps == F("2.5")


def test_a_step_in_another_unit_of_time() -> None:
    """每超30分钟 against a value in hours: 3.25 hours over a target of 2 are 2.5 half hours, 2 whole ones."""
    hours = _targeted(measure(kind=Kind.DURATION, unit=Unit.HOUR), 2)
    step = rule(StepTrigger(Side.HIGH, Quantity(F(30), Unit.MINUTE)), Deduct(points(1)))
    line = scored(item(hours, (step,)), "3.25").lines[0]
    assert (line.steps, line.counted) == (F("2.5"), 2)


@pytest.mark.parametrize(("number", "times"), [(0, 0), (2, 0), (3, 1), (8, 2)])
def test_counts_by_the_dozen(number: int, times: int) -> None:
    """每3次: D = a·⌊n/3⌋."""
    assert scored(item(COUNT, (rule(CountTrigger(per=F(3)), Deduct(points(1))),)), number).lines[0].counted == times


def test_late_cases_are_those_strictly_beyond_the_limit() -> None:
    """Of 2, 3, 3 and 4 days with a limit of 3, one case is late."""
    late = item(DAYS, (rule(LateTrigger(), Deduct(points("0.2"))),))
    node = scored(late, [F(2), F(3), F(3), F(4)])
    assert node.score == F("9.8")
    assert node.measurement is not None
    assert node.measurement.late == 1


def test_no_case_is_no_late_case() -> None:
    """A ledger without an entry costs nothing."""
    late = item(DAYS, (rule(LateTrigger(), Deduct(points(2))),))
    assert scored(late, []).score == 10


def test_the_number_of_late_cases_may_be_collected_itself() -> None:
    """超时发生一次: a value that is looked up is how many there were."""
    late = item(DAYS, (rule(LateTrigger(), Deduct(points(2))),))
    assert scored(late, 3).score == 4


@pytest.mark.parametrize(
    ("started", "parts", "times"),
    [
        (False, Parts.NOTHING, F(2)),
        (False, Parts.WHOLE, F(4)),
        (False, Parts.SHARE, F("2.8")),
        (True, Parts.NOTHING, F(4)),
    ],
)
def test_days_late_are_counted_case_by_case(started: bool, parts: Parts, times: Fraction) -> None:
    """5.5 and 3.3 days with a limit of 3 are 2.5 and 0.3 days late: 2 + 0 whole days, 3 + 1 started ones."""
    late = item(DAYS, (rule(LateTrigger(unit=Unit.DAY, started=started), Deduct(points(1)), parts=parts),))
    assert scored(late, [F("5.5"), F("3.3"), F(1)]).lines[0].counted == times


def test_weeks_late_of_a_limit_in_days() -> None:
    """每逾期1周, started weeks count: 11 days with a limit of 3 are 8 days late, two weeks."""
    late = item(DAYS, (rule(LateTrigger(unit=Unit.WEEK, started=True), Deduct(points(1))),))
    assert scored(late, 11).lines[0].counted == 2


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        (Interval(F(95), None, True, None), (95, 96), ("94.999", 0)),
        (Interval(F(90), F(95), True, False), (90, "94.9"), (95, "89.9")),
        (Interval(F(90), F(95), False, True), (95, "90.1"), (90, 96)),
        (Interval(None, F(60), None, None), (60, 0), ("60.1",)),
    ],
)
def test_ranges(interval: Interval, inside: tuple[Given, ...], outside: tuple[Given, ...]) -> None:
    """The bounds belong as written; what is left open belongs (以上、以下 include the number)."""
    ranged = item(RATE, (rule(RangeTrigger(interval), Deduct(points(1))),))
    assert all(scored(ranged, x).lines[0].fired for x in inside)
    assert not any(scored(ranged, x).lines[0].fired for x in outside)


def test_a_range_over_cases_acts_when_one_lies_in_it() -> None:
    """有一次超过48小时: it acts once, however many there are."""
    hours = measure(kind=Kind.DURATION, unit=Unit.HOUR)
    ranged = item(hours, (rule(RangeTrigger(Interval(F(2), None, False, None, Unit.DAY)), Deduct(points(4))),))
    assert scored(ranged, [F(1), F(49), F(50)]).score == 6
    assert scored(ranged, [F(1), F(48)]).score == 10


@pytest.mark.parametrize(("value", "met"), [("98", True), ("97.99", False), ("99", True)])
def test_the_target_itself_meets_the_target(value: Given, met: bool) -> None:
    """达标 is T or better."""
    for wanted in (True, False):
        target = item(RATE, (rule(TargetTrigger(met=wanted), Deduct(points(1))),))
        assert scored(target, value).lines[0].fired is (met is wanted)


def test_a_target_missed_above() -> None:
    """超过目标 is a target that low values meet."""
    above = item(COUNT, (rule(TargetTrigger(met=False, side=Side.HIGH), Deduct(points(3))),))
    assert [scored(above, n).score for n in (0, 4, 5)] == [10, 10, 7]


def test_a_costly_step_above_makes_low_values_meet_the_target() -> None:
    """达标得满分，每高1次扣2分: 4 of 4 is met, 5 costs a step."""
    rules = (
        rule(TargetTrigger(met=True), FullMarks()),
        rule(StepTrigger(Side.HIGH, Quantity(F(1), Unit.TIME)), Deduct(points(2))),
    )
    node = scored(item(COUNT, rules), 3)
    assert (node.score, node.lines[0].fired) == (10, True)
    node = scored(item(COUNT, rules), 6)
    assert (node.score, node.lines[0].fired) == (6, False)


def test_a_costly_share_above_makes_low_values_meet_the_target() -> None:
    """每高1次扣该项分值的10%，未达标扣该项分值的20%: 3 of 4 is met; 6 costs 2 × 1 point, and 2 points for the target."""
    rules = (
        rule(StepTrigger(Side.HIGH, Quantity(F(1), Unit.TIME)), Share(F(10))),
        rule(TargetTrigger(met=False), Share(F(20))),
    )
    assert [scored(item(COUNT, rules), n).score for n in (3, 4, 6)] == [10, 10, 6]


def test_marks_for_a_range_of_cases_are_those_of_their_mean() -> None:
    """24小时内得10分，超过24小时得5分: 2, 50 and 56 hours are 36 on the average; of no case there is none."""
    hours = measure(kind=Kind.DURATION, unit=Unit.HOUR)
    within = rule(RangeTrigger(Interval(None, F(24), None, True, Unit.HOUR)), Score(points(10)))
    over = rule(RangeTrigger(Interval(F(24), None, False, None, Unit.HOUR)), Score(points(5)))
    ranged = item(hours, (within, over))
    assert scored(ranged, [F(2), F(50), F(56)]).score == 5
    assert scored(ranged, [F(2), F(30)]).score == 10
    assert scored(ranged, []).state is State.NO_VALID_ANSWERS


def test_a_proportion_of_cases_is_one_of_their_mean() -> None:
    """目标10天，按比例得分，越低越好: 10, 20 and 30 days are 20 on the average, 10 × 10 / 20 = 5; of no case there is none."""
    shared = item(replace(DAYS, lower_is_better=True), (rule(AlwaysTrigger(), Proportion()),))
    assert scored(shared, [F(10), F(20), F(30)]).score == 5
    assert scored(shared, []).state is State.NO_VALID_ANSWERS


# ---------------------------------------------------------------- the assessor's choice


@pytest.mark.parametrize(("amount", "expected"), [(0, F(10)), (1, F(9)), ("2.5", F("7.5")), (3, F(7))])
def test_the_assessor_chooses_within_bounds(amount: Given, expected: Fraction) -> None:
    """酌情扣1至3分: the amount collected is deducted; 0 says that nothing happened."""
    chosen = Deduct(points(1), most=points(3))
    asked = item(measure(kind=Kind.POINTS, unit=Unit.POINT), (rule(AlwaysTrigger(), chosen),))
    assert scored(asked, amount).score == expected


@pytest.mark.parametrize("amount", ["0.5", 4, -1])
def test_an_amount_beyond_the_bounds_is_an_error(amount: Given) -> None:
    """0.5, 4 or -1 points are no choice between 1 and 3."""
    chosen = Deduct(points(1), most=points(3))
    asked = item(measure(kind=Kind.POINTS, unit=Unit.POINT), (rule(AlwaysTrigger(), chosen),))
    node = scored(asked, amount)
    assert (node.state.value, node.reason, node.score) == ("error", "outside its possible values", None)


def test_the_amount_may_be_a_measure_of_its_own() -> None:
    """低于90%酌情扣1至3分 reads the rate, and the amount beside it; without the fall there must be none."""
    amount = replace(measure("项目/酌情扣分", Kind.POINTS, Unit.POINT), asked=True)
    low = replace(
        rule(RangeTrigger(Interval(None, F(90), None, False)), Deduct(points(1), most=points(3))), amount=amount.path
    )
    asked = replace(item(RATE, (low,)), children=(amount.path,))
    assert scored(asked, 85, amount, **{amount.path: 2}).score == 8
    assert scored(asked, 95, amount, **{amount.path: 0}).score == 10
    assert scored(asked, 95, amount, **{amount.path: 2}).state.value == "error"
