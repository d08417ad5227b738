"""When a rule of an item acts, and how often: one function per trigger, over single values and over cases.

A measure is either one value or a list of cases (elapsed times), each judged by itself: a step counts the
steps of every case, a range acts when one case lies in it, a target is met when every case meets it.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from engine.evaluation.arithmetic import ONE, ZERO, counted, within
from engine.evaluation.durations import converted
from engine.language.policy import DatedValue, Indicator, ItemRule
from engine.language.syntax import (
    Add,
    AlwaysTrigger,
    ConditionTrigger,
    CountTrigger,
    Deduct,
    Kind,
    LateTrigger,
    RangeTrigger,
    Side,
    StepTrigger,
    TargetTrigger,
    Trigger,
    Unit,
)

Cases = Sequence[tuple[Fraction, int]]


class Observation(NamedTuple):
    """What a rule looks at: one value, or cases; in `unit`, against the target and the limit in force. `size` of a
    step, `low` and `high` of a range, in the same unit.
    """

    value: Fraction | None
    cases: Cases | None
    unit: Unit
    kind: Kind
    target: Fraction | None
    limit: Fraction | None
    lower_is_better: bool
    size: Fraction
    low: Fraction | None = None
    high: Fraction | None = None

    def of(self, value: Fraction | None, cases: Cases | None) -> "Observation":
        """The same of another value, or of cases."""
        return Observation(value, cases, *self[2:])

    @property
    def each(self) -> Cases:
        """Every case; a single value is one case."""
        return self.cases if self.cases is not None else ((self.value or ZERO, 1),)


class Firing(NamedTuple):
    """How often a rule acts. `steps` before and `times` after the choice on part steps; `measured` what was counted."""

    times: Fraction
    measured: Fraction | None
    shortfall: Fraction | None = None
    steps: Fraction | None = None


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
            return isinstance(rule.effect, Deduct if side is Side.HIGH else Add)
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


def fire(rule: ItemRule, seen: Observation) -> Firing:
    """How often the rule acts on what was seen; a step or target rule has its target, a size in per cent one not 0."""
    match rule.trigger:
        case StepTrigger() as trigger:
            return _step(trigger, rule, seen)
        case CountTrigger(per=per):
            return _count(_occurrences(seen), per)
        case LateTrigger() as trigger:
            return _late(trigger, rule, seen)
        case RangeTrigger() as trigger:
            return _once(seen, any(_lies(trigger, x, seen) for x, _ in seen.each))
        case TargetTrigger() as trigger:
            return _once(seen, all(_meets(trigger, x, seen) for x, _ in seen.each) is trigger.met)
        case ConditionTrigger():
            return _once(seen, any(x != 0 for x, _ in seen.each))
        case AlwaysTrigger():
            return _once(seen, True)


def _occurrences(seen: Observation) -> Fraction:
    """The count itself, or how many cases there are."""
    return seen.value or ZERO if seen.cases is None else Fraction(sum(n for _, n in seen.cases))


def _once(seen: Observation, acts: bool) -> Firing:
    return Firing(times=ONE if acts else ZERO, measured=seen.value)


def _count(number: Fraction, per: Fraction) -> Firing:
    """D = a·⌊n/N⌋."""
    steps = number / per
    return Firing(times=Fraction(floor(steps)), measured=number, steps=steps)


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


def _step(trigger: StepTrigger, rule: ItemRule, seen: Observation) -> Firing:
    """By how much the target is missed, s = max(0, T - x) below, max(0, x - T) above, in steps: k = s/u."""
    if seen.cases is None:
        fall = _fall(trigger, seen.value or ZERO, seen)
        steps = fall / seen.size
        return Firing(times=counted(steps, rule.parts), measured=seen.value, shortfall=fall, steps=steps)
    falls = [(_fall(trigger, x, seen), n) for x, n in seen.cases]
    times = sum((counted(s / seen.size, rule.parts) * n for s, n in falls), ZERO)
    total = sum((s * n for s, n in falls), ZERO)
    return Firing(times=times, measured=seen.value, shortfall=total, steps=total / seen.size)


def _fall(trigger: StepTrigger, value: Fraction, seen: Observation) -> Fraction:
    target = seen.target or ZERO
    low, high = (value, target) if trigger.side is Side.LOW else (target, value)
    return high - low if low < high else ZERO


def _late(trigger: LateTrigger, rule: ItemRule, seen: Observation) -> Firing:
    """Cases beyond the limit, or the units of time beyond it, of every case."""
    if trigger.unit is None:
        late = _count(_late_cases(seen), trigger.per)
        return late if seen.cases is None else late._replace(measured=None)
    size = seen.size
    limit = (seen.limit or ZERO) if seen.kind is Kind.DURATION else ZERO
    over = [(max(ZERO, x - limit), n) for x, n in seen.each]
    times = [(Fraction(ceil(s / size)) if trigger.started else counted(s / size, rule.parts)) * n for s, n in over]
    total = sum((s * n for s, n in over), ZERO)
    return Firing(times=sum(times, ZERO), measured=seen.value, shortfall=total, steps=total / size)


def _late_cases(seen: Observation) -> Fraction:
    """A count is the number of late cases; an elapsed time is late when strictly greater than the limit."""
    if seen.kind is not Kind.DURATION and seen.cases is None:
        return seen.value or ZERO
    limit = seen.limit or ZERO
    return Fraction(sum(n for x, n in seen.each if x > limit))


def bounds_of(trigger: Trigger, unit: Unit) -> tuple[Fraction | None, Fraction | None]:
    """The bounds of a range in the unit of its measure."""
    if not isinstance(trigger, RangeTrigger):
        return None, None
    span = trigger.interval
    low = None if span.low is None else converted(span.low, span.unit, unit)
    return low, None if span.high is None else converted(span.high, span.unit, unit)


def _lies(trigger: RangeTrigger, value: Fraction, seen: Observation) -> bool:
    """Whether the value lies in the rule's interval; an undecided bound belongs (民法典 1259: 以上、以下 include)."""
    span = trigger.interval
    low_closed, high_closed = span.low_closed is not False, span.high_closed is not False
    return within(value, seen.low, seen.high, low_closed=low_closed, high_closed=high_closed)


def _meets(trigger: TargetTrigger, value: Fraction, seen: Observation) -> bool:
    """Whether the value is on the target's good side; the target itself meets it."""
    target = seen.target or ZERO
    low = seen.lower_is_better if trigger.side is None else trigger.side is Side.HIGH
    return value <= target if low else value >= target
