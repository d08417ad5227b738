"""When a rule of an item acts, and how often: one function per trigger, over single values and over cases.

A measure is either one value or a list of cases (elapsed times), each judged by itself: a step counts the
steps of every case, a range acts when one case lies in it, a target is met when every case meets it. Marks by
ranges and in proportion are given for one value, of cases their mean (see `sightings`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from engine.evaluation.arithmetic import ONE, ZERO, counted, divided, less, minus, within
from engine.evaluation.durations import converted
from engine.evaluation.result import PeriodLine, from_fields
from engine.language.policy import DatedValue, Indicator, ItemRule
from engine.language.syntax import (
    Add,
    AlwaysTrigger,
    ConditionTrigger,
    CountTrigger,
    Deduct,
    Kind,
    LateTrigger,
    Parts,
    RangeTrigger,
    Score,
    Share,
    Side,
    StepTrigger,
    TargetTrigger,
    Trigger,
    Unit,
)

Cases = Sequence[tuple[Fraction, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """Against what a rule judges: in `unit`, the target and the limit in force, the `size` of a step, `low` and `high`
    of a range.
    """

    unit: Unit
    kind: Kind
    target: Fraction | None
    limit: Fraction | None
    lower_is_better: bool
    size: Fraction
    low: Fraction | None = None
    high: Fraction | None = None


class Firing(NamedTuple):
    """One rule at work in one cell, as numbers only; a tuple, because there is one for every rule of every unit.

    `times`: how often it acts, after the choice on part steps, and `steps` before; `measured`: what was counted, or
    `as_seen`: the very value the rule reads, so that all units in which it acts alike have the same. `by_case`: each
    case was judged by itself. The others are the points it changes, as in `RuleLine`.
    """

    fired: bool
    times: Fraction
    measured: Fraction | None
    against: Yardstick
    shortfall: Fraction | None = None
    steps: Fraction | None = None
    by_case: bool = False
    as_seen: bool = False
    each: Fraction | None = None
    points: Fraction = ZERO
    capped: Fraction | None = None
    periods: tuple[PeriodLine, ...] = ()

    def settled(
        self, points: Fraction, *, each: Fraction | None, capped: Fraction | None, periods: tuple[PeriodLine, ...]
    ) -> "Firing":
        """The same with the points it changes."""
        return from_fields(Firing, (*self[:8], each, points, capped, periods))


_NOTHING_SEEN = Yardstick(unit=Unit.NUMBER, kind=Kind.NUMBER, target=None, limit=None, lower_is_better=False, size=ONE)
# A rule whose measure has no value.
UNSEEN = Firing(False, ZERO, None, _NOTHING_SEEN)

_FULL_STEPS = Parts.NOTHING

# A rule made ready: how often it acts on one value (None: on nothing), or on cases.
Fires = Callable[[Fraction | None, Cases | None], Firing]


def in_force(values: Sequence[DatedValue], as_of: date | None, unit: Unit) -> Fraction | None:
    """The value in force on the assessment date (the latest `since` not after it), in `unit`; None if there is none."""
    begun = [v for v in values if v.since is None or (as_of is not None and v.since <= as_of)]
    if not begun:
        return None
    latest = max(begun, key=lambda v: v.since or date.min)
    return converted(latest.amount, latest.unit, unit)


def prefers_low(indicator: Indicator) -> bool:
    """Whether a low value meets the target: it is said, or a rule costs above the target, earns below it, or calls
    the target missed above it.
    """
    rules = indicator.item.rules if indicator.item else ()
    return indicator.lower_is_better or any(_costs_above(rule) for rule in rules)


def _costs_above(rule: ItemRule) -> bool:
    match rule.trigger:
        case StepTrigger(side=side):
            return isinstance(rule.effect, Deduct | Share if side is Side.HIGH else Add | Score)
        case TargetTrigger(side=side):
            return side is Side.HIGH
        case _:
            return False


def repeats(trigger: Trigger) -> bool:
    """Whether the rule acts once for each (每…), not once at most."""
    return isinstance(trigger, StepTrigger | CountTrigger | LateTrigger)


def is_event(trigger: Trigger) -> bool:
    """Whether the rule speaks of something that happened, not of where a value lies."""
    return isinstance(trigger, CountTrigger | LateTrigger | ConditionTrigger)


def needs_target(rule: ItemRule) -> bool:
    """Whether the rule cannot act without a target."""
    return isinstance(rule.trigger, StepTrigger | TargetTrigger)


def firing_of(rule: ItemRule, against: Yardstick) -> Fires:
    """How often the rule acts; a step or target rule has its target, a size in per cent one not 0."""
    match rule.trigger:
        case StepTrigger(side=side):
            return _steps(side, rule.parts, against)
        case CountTrigger(per=per):
            return _counts(per, against)
        case LateTrigger(unit=None, per=per):
            return _late_cases(per, against)
        case LateTrigger(started=started):
            return _late(Parts.WHOLE if started else rule.parts, against)
        case RangeTrigger() as trigger:
            return _once(_lies(trigger, against), against, any)
        case TargetTrigger(met=met) as trigger:
            meets = _meets(trigger, against)
            return _once(meets if met else lambda value: not meets(value), against, all if met else any)
        case ConditionTrigger():
            return _once(bool, against, any)
        case AlwaysTrigger():
            return _once(lambda _: True, against, all)


def _once(holds: Callable[[Fraction], bool], against: Yardstick, of_cases: Callable[[Iterable[bool]], bool]) -> Fires:
    """Once, where it holds of the value, or of any or all cases."""
    once = Firing(True, ONE, None, against, as_seen=True)
    never = Firing(False, ZERO, None, against, as_seen=True)

    def fires(value: Fraction | None, cases: Cases | None) -> Firing:
        if cases is None:
            return once if holds(ZERO if value is None else value) else never
        acts = of_cases([holds(x) for x, _ in cases])
        return Firing(acts, ONE if acts else ZERO, value, against)

    return fires


def _counts(per: Fraction, against: Yardstick) -> Fires:
    """Of the count itself, or of how many cases there are."""

    def fires(value: Fraction | None, cases: Cases | None) -> Firing:
        number = value or ZERO if cases is None else Fraction(sum(n for _, n in cases))
        return _count(number, per, against)

    return fires


def _count(number: Fraction, per: Fraction, against: Yardstick) -> Firing:
    """D = a·⌊n/N⌋."""
    steps = divided(number, per)
    times = counted(steps, _FULL_STEPS)
    return Firing(times.numerator > 0, times, number, against, None, steps)


def size_of(trigger: Trigger, target: Fraction | None, unit: Unit, kind: Kind) -> Fraction:
    """The size u of k = s/u, of a step or of the time beyond a limit; a size in per cent is that part of the target."""
    match trigger:
        case StepTrigger(size=size) if size.unit is Unit.PERCENT:
            return abs(target or ZERO) * size.amount / 100
        case StepTrigger(size=size):
            return converted(size.amount, size.unit, unit)
        case LateTrigger(unit=late, per=per) if late is not None:
            return per * converted(ONE, late, unit if kind is Kind.DURATION else late)
        case _:
            return ONE


def _steps(side: Side, parts: Parts, against: Yardstick) -> Fires:
    """By how much the target is missed, s = max(0, T - x) below, max(0, x - T) above, in steps: k = s/u."""
    target, size, falls = against.target or ZERO, against.size, side is Side.LOW

    def fall_of(value: Fraction) -> Fraction:
        low, high = (value, target) if falls else (target, value)
        return minus(high, low) if less(low, high) else ZERO

    def fires(value: Fraction | None, cases: Cases | None) -> Firing:
        if cases is not None:
            return _beyond(value, [(fall_of(x), n) for x, n in cases], parts, against)
        fall = fall_of(value or ZERO)
        steps = divided(fall, size)
        times = counted(steps, parts)
        return Firing(times.numerator > 0, times, value, against, fall, steps)

    return fires


def _late(parts: Parts, against: Yardstick) -> Fires:
    """The units of time beyond the limit, of every case; a value that is no duration lies beyond it already."""
    limit = (against.limit or ZERO) if against.kind is Kind.DURATION else ZERO

    def fires(value: Fraction | None, cases: Cases | None) -> Firing:
        every = ((value or ZERO, 1),) if cases is None else cases
        return _beyond(value, [(max(ZERO, x - limit), n) for x, n in every], parts, against)

    return fires


def _beyond(value: Fraction | None, over: Cases, parts: Parts, against: Yardstick) -> Firing:
    """Steps of every case by itself. `over`: by how much each misses the target or exceeds the limit."""
    times = sum((counted(x / against.size, parts) * n for x, n in over), ZERO)
    total = sum((x * n for x, n in over), ZERO)
    return Firing(times > 0, times, value, against, total, total / against.size)


def _late_cases(per: Fraction, against: Yardstick) -> Fires:
    """A count is the number of late cases; an elapsed time is late when strictly greater than the limit."""
    limit = against.limit or ZERO

    def fires(value: Fraction | None, cases: Cases | None) -> Firing:
        if cases is not None:
            late = sum(n for x, n in cases if x > limit)
            return _count(Fraction(late), per, against)._replace(measured=None)
        number = value or ZERO
        if against.kind is Kind.DURATION:
            number = ONE if number > limit else ZERO
        return _count(number, per, against)

    return fires


def bounds_of(trigger: Trigger, unit: Unit) -> tuple[Fraction | None, Fraction | None]:
    """The bounds of a range in the unit of its measure."""
    if not isinstance(trigger, RangeTrigger):
        return None, None
    span = trigger.interval
    low = None if span.low is None else converted(span.low, span.unit, unit)
    return low, None if span.high is None else converted(span.high, span.unit, unit)


def _lies(trigger: RangeTrigger, against: Yardstick) -> Callable[[Fraction], bool]:
    """Whether a value lies in the rule's interval; an undecided bound belongs (民法典 1259: 以上、以下 include)."""
    low, high, span = against.low, against.high, trigger.interval
    low_closed, high_closed = span.low_closed is not False, span.high_closed is not False
    return within(low, high, low_closed=low_closed, high_closed=high_closed)


def _meets(trigger: TargetTrigger, against: Yardstick) -> Callable[[Fraction], bool]:
    """Whether a value is on the target's good side; the target itself meets it."""
    target = against.target or ZERO
    low = against.lower_is_better if trigger.side is None else trigger.side is Side.HIGH
    return lambda value: not (less(target, value) if low else less(value, target))
