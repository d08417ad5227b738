"""Rules over columns: how often each acts on what it sees, the counterpart of `sightings` and `triggers`.

What a rule sees is one value for each unit here; single cases and values per period are left to the exact arithmetic.
"""

from collections.abc import Callable
from fractions import Fraction
from math import floor

import numpy as np

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.edges import Doubts, equals, floors, reaches
from engine.evaluation.columns.legend import Legend, blanked, gaps_of, lacking
from engine.evaluation.columns.numbers import HALF_STEP, Column, Mask, chosen, clamped, constant, double, mixed
from engine.evaluation.columns.parts import Formula, Inputs
from engine.evaluation.durations import converted
from engine.evaluation.items import straight
from engine.evaluation.ladder import marks_of
from engine.evaluation.result import State
from engine.evaluation.sightings import Watch
from engine.evaluation.tasks import Task
from engine.evaluation.triggers import Yardstick, prefers_low
from engine.language.policy import ItemRule
from engine.language.syntax import (
    AlwaysTrigger,
    ConditionTrigger,
    CountTrigger,
    Interpolation,
    Kind,
    LateTrigger,
    Parts,
    Proportion,
    RangeTrigger,
    Side,
    StepTrigger,
    TargetTrigger,
    choice,
)

# How often a rule acts on what it sees; or the points it gives for that.
Firing = Callable[[Column, Doubts], Column]


# ---------------------------------------------------------------- how often a rule acts


def rule(task: Task, legend: Legend) -> Formula | None:
    """How often the rule acts, in every unit; None where it looks at periods or leaves the amount to an assessor."""
    watch = task.watch
    assert watch is not None  # noqa: S101 - every rule step has its rule to watch
    item, effect = watch.indicator.item, watch.rule.effect
    if item is None or item.period_cap is not None or choice(effect):
        return None
    marks = _marks(watch)
    if marks is not None and isinstance(watch.rule.trigger, LateTrigger):
        return None
    if watch.problem is not None:
        return _failing(legend.lack(State.ERROR, watch.problem, watch.indicator.path))
    fired = _firing(watch)

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        (seen,) = inputs
        return fired(seen, doubts)._replace(marks=None if marks is None else marks(seen, doubts))

    return found


def _failing(code: int) -> Formula:
    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        (seen,) = inputs
        column = blanked(constant(ZERO, len(seen.values)), gaps_of(seen))
        return lacking(column, np.isfinite(seen.values), code)

    return found


def _firing(watch: Watch) -> Firing:
    against = watch.against
    match watch.rule.trigger:
        case StepTrigger() as trigger:
            sign = 1 if trigger.side is Side.LOW else -1
            return _steps(-sign / against.size, sign * (against.target or ZERO) / against.size, watch.rule.parts)
        case CountTrigger(per=per):
            return _steps(1 / per, ZERO, Parts.NOTHING)
        case LateTrigger() as trigger:
            return _late(trigger, watch.rule, against)
        case RangeTrigger() as trigger:
            return _once(_lies(trigger, against))
        case TargetTrigger() as trigger:
            return _once(_meets(trigger, against))
        case ConditionTrigger():
            return _once(lambda x, doubts: ~equals(doubts, x, ZERO))
        case AlwaysTrigger():
            return lambda x, _doubts: blanked(constant(ONE, len(x.values)), gaps_of(x))


def _once(acts: Callable[[Column, Doubts], Mask]) -> Firing:
    def found(x: Column, doubts: Doubts) -> Column:
        return blanked(Column(acts(x, doubts).astype(np.float64), 0, 1, 1, least=0), gaps_of(x))

    return found


def _steps(factor: Fraction, shift: Fraction, parts: Parts) -> Firing:
    """Steps of max(0, factor × x + shift): whole ones, started ones, or all to the last part."""

    def found(x: Column, doubts: Doubts) -> Column:
        steps = x if factor == 1 and not shift else mixed([(factor, x)], shift)._replace(lacks=x.lacks)
        return clamped(steps, ZERO, None) if parts is Parts.SHARE else floors(doubts, steps, up=parts is Parts.WHOLE)

    return found


def _late(trigger: LateTrigger, of: ItemRule, against: Yardstick) -> Firing:
    """Cases beyond the limit, or the units of time beyond it."""
    limit = against.limit or ZERO
    if trigger.unit is None and against.kind is not Kind.DURATION:
        return _steps(1 / trigger.per, ZERO, Parts.NOTHING)
    if trigger.unit is None:
        times = Fraction(floor(1 / trigger.per))
        late = _once(lambda x, doubts: reaches(doubts, x, limit, closed=False))
        return lambda x, doubts: mixed([(times, late(x, doubts))])._replace(lacks=x.lacks)
    over = limit if against.kind is Kind.DURATION else ZERO
    return _steps(1 / against.size, -over / against.size, Parts.WHOLE if trigger.started else of.parts)


def _lies(trigger: RangeTrigger, against: Yardstick) -> Callable[[Column, Doubts], Mask]:
    """Whether the value lies in the rule's interval; an undecided bound belongs."""
    span = trigger.interval
    low = None if span.low is None else converted(span.low, span.unit, against.unit)
    high = None if span.high is None else converted(span.high, span.unit, against.unit)

    def found(x: Column, doubts: Doubts) -> Mask:
        inside = np.ones(len(x.values), dtype=np.bool_)
        if low is not None:
            inside &= reaches(doubts, x, low, closed=span.low_closed is not False)
        if high is not None:
            inside &= ~reaches(doubts, x, high, closed=span.high_closed is False)
        return inside

    return found


def _meets(trigger: TargetTrigger, against: Yardstick) -> Callable[[Column, Doubts], Mask]:
    """Whether the value is on the target's good side, or missed it, as the rule asks."""
    target = against.target or ZERO
    low = against.lower_is_better if trigger.side is None else trigger.side is Side.HIGH

    def found(x: Column, doubts: Doubts) -> Mask:
        met = ~reaches(doubts, x, target, closed=False) if low else reaches(doubts, x, target, closed=True)
        return met if trigger.met else ~met

    return found


def _marks(watch: Watch) -> Firing | None:
    """The points that a rule gives for the value itself; None where they only depend on whether it acts."""
    match watch.rule.effect:
        case Proportion():
            full = marks_of(watch.indicator)
            return lambda x, doubts: mixed([(full, _proportion(watch, x, doubts))])
        case Interpolation() as line:
            slope, start = straight(line, watch.against)
            return lambda x, _doubts: mixed([(slope, x)], start)
        case _:
            return None


def _proportion(watch: Watch, seen: Column, doubts: Doubts) -> Column:
    """min(1, x/T), where lower is better min(1, T/x), never below 0; a target of 0 is met or missed."""
    target, size = watch.against.target or ZERO, len(seen.values)
    if not prefers_low(watch.indicator):
        if target > 0:
            return clamped(mixed([(1 / target, seen)]), ZERO, ONE)
        met = reaches(doubts, seen, target, closed=True)
        return chosen(met, constant(ONE, size), constant(ZERO, size))
    above = reaches(doubts, seen, ZERO, closed=False)
    met = ~reaches(doubts, seen, target, closed=False)
    room = np.where(above & ~met, seen.values, 1)
    share = np.where(above, double(target) / room, 0)
    error = np.abs(share) * (seen.error / np.maximum(np.abs(room) - seen.error, 0) + 4 * HALF_STEP)
    return chosen(met, constant(ONE, size), clamped(Column(share, error, np.abs(share)), ZERO, ONE))


def acts(times: Column, doubts: Doubts) -> Mask:
    """Whether a rule acts at all."""
    return times.values > 0 if times.grid == 1 else reaches(doubts, times, ZERO, closed=False)
