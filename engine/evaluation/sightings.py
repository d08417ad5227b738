"""What one rule sees in one cell: its measure against its target, before points are settled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.figures import VALUE, Figure, Formula, Inputs, Measured, without
from engine.evaluation.items import EFFECTS, TRIGGERS, ends_of
from engine.evaluation.ladder import kind_of
from engine.evaluation.result import PeriodLine, Reason, RuleLine, State, from_fields
from engine.evaluation.triggers import (
    UNSEEN,
    Cases,
    Fires,
    Firing,
    Yardstick,
    bounds_of,
    firing_of,
    in_force,
    needs_target,
    prefers_low,
    repeats,
    size_of,
)
from engine.language.policy import CheckedScheme, Indicator, ItemRule
from engine.language.syntax import (
    FullMarks,
    Interpolation,
    Kind,
    Proportion,
    RangeTrigger,
    Score,
    StepTrigger,
    Unit,
    choice,
)

# The words of a rule, the line it stands in, its effect, what it measures, its trigger, the straight line of its marks.
Said = tuple[str, int, str, str, str, Interpolation | None]
_DURATION = Kind.DURATION

# From a value or cases, with all the rule reads, to the figure of the rule.
_Judge = Callable[[Fraction | None, Cases | None, Inputs], Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One rule and the item it belongs to. `against`: what it judges by; `problem`: why it can look at nothing."""

    indicator: Indicator
    rule: ItemRule
    against: Yardstick
    problem: Reason | None


def watch_of(scheme: CheckedScheme, indicator: Indicator, number: int, as_of: date | None) -> Watch:
    """What is the same in every cell for rule `number` (from 0) of an item."""
    rules = indicator.item.rules if indicator.item else ()
    rule = rules[number]
    source = scheme.indicators[rule.measure]
    mapped = source.scale is not None or bool(source.over_units) or source.logarithm
    unit, kind = Unit.POINT if mapped else source.unit, kind_of(source, rules)
    target = in_force(source.target or indicator.target, as_of, unit)
    low, high = bounds_of(rule.trigger, unit)
    against = Yardstick(
        unit=unit,
        kind=kind,
        target=target,
        limit=in_force(source.limit or indicator.limit, as_of, unit),
        lower_is_better=prefers_low(indicator),
        size=size_of(rule.trigger, target, unit, kind),
        low=low,
        high=high,
    )
    return Watch(indicator=indicator, rule=rule, against=against, problem=_problem(rule, against))


def _problem(rule: ItemRule, against: Yardstick) -> Reason | None:
    """Why the rule cannot act, whatever is seen: no target is in force, or a step of no size."""
    if against.target is None and (needs_target(rule) or isinstance(rule.effect, Proportion)):
        return Reason.NOT_IN_FORCE
    if isinstance(rule.trigger, StepTrigger) and against.size == 0:
        return Reason.DIVISION_BY_ZERO
    return None


# ---------------------------------------------------------------- in one cell


def sighting_of(watch: Watch) -> Formula:
    """How often the rule acts (`value`), with all it saw; why not, where its measure has no value.

    Its inputs: what it reads, and the assessor's amount where that is a measure of its own.
    """
    one_value = _is_of_one_value(watch.rule)
    path, judged = watch.indicator.path, _judge(watch) if watch.problem is None else None

    def found(inputs: Inputs) -> Figure:
        for figure in inputs:
            if figure.state is not VALUE and (one_value or not _can_be_judged(watch, figure)):
                return Figure(state=figure.state, reason=figure.reason, cause=figure.cause, rules=(UNSEEN,))
        if judged is None:
            return Figure(state=State.ERROR, reason=watch.problem, cause=path, rules=(UNSEEN,))
        seen = inputs[0]
        if one_value or seen.measured is None or seen.measured.cases is None:
            return judged(seen.value, None, inputs)
        figure = judged(None, seen.measured.cases, inputs)
        return figure._replace(rules=(figure.rules[0]._replace(by_case=True),))

    return found


def _is_of_one_value(rule: ItemRule) -> bool:
    """Whether the rule gives marks for how large a value is, in proportion or by ranges: of cases that is their mean.
    Points are taken, and marks forfeited, for single cases.
    """
    ranged = isinstance(rule.trigger, RangeTrigger) and isinstance(rule.effect, Score | FullMarks)
    return ranged or _reads_the_value(rule)


def _reads_the_value(rule: ItemRule) -> bool:
    """Whether its points depend on the value itself, not only on whether and how often it acts."""
    return isinstance(rule.effect, Proportion | Interpolation)


def _can_be_judged(watch: Watch, figure: Figure) -> bool:
    """Whether there is something to look at although the measure has no one value: cases, be it none, or periods."""
    if figure.measured is None or figure.state is State.ERROR:
        return False
    by_period = watch.indicator.item is not None and watch.indicator.item.period_cap is not None
    return figure.measured.cases is not None or (by_period and bool(figure.measured.periods))


def _judge(watch: Watch) -> _Judge:
    fires, item = firing_of(watch.rule, watch.against), watch.indicator.item
    if bounds := choice(watch.rule.effect):
        return _choosing(watch, fires, bounds[0].amount, bounds[1].amount)
    nothing = UNSEEN._replace(against=watch.against)

    reads_value = _reads_the_value(watch.rule)

    def seen(value: Fraction | None, cases: Cases | None) -> Firing:
        firing = nothing if value is None and cases is None else fires(value, cases)
        return firing._replace(measured=value, as_seen=False) if reads_value and firing.as_seen else firing

    return _as_a_whole(seen) if item is None or item.period_cap is None else _by_period(watch, seen)


def _as_a_whole(fires: Fires) -> _Judge:
    """The figure of what the rule does; one that says no more than that it acts, or does not, is always the same."""
    done: dict[tuple[bool, bool], Figure] = {}

    def judged(value: Fraction | None, cases: Cases | None, inputs: Inputs) -> Figure:
        firing, inexact = fires(value, cases), inputs[0].inexact
        if not firing.as_seen:
            return Figure(VALUE, firing.times, inexact, (firing,))
        key = (firing.fired, inexact)
        known = done.get(key)
        if known is None:
            known = done[key] = Figure(VALUE, firing.times, inexact, (firing,))
        return known

    return judged


def _by_period(watch: Watch, fires: Fires) -> _Judge:
    """Every period by itself; one without a value has nothing that costs."""

    def in_period(name: str, measured: Measured) -> PeriodLine:
        firing = fires(measured.value, measured.cases)
        seen = measured.value if firing.as_seen else firing.measured
        return PeriodLine(period=name, measured=seen, counted=firing.times, points=ZERO)

    def judged(value: Fraction | None, cases: Cases | None, inputs: Inputs) -> Figure:
        seen = inputs[0]
        if seen.measured is None or seen.measured.periods is None:
            return without(State.MISSING, Reason.NO_PERIODS, watch.rule.measure)._replace(rules=(UNSEEN,))
        of = seen.measured.periods
        periods = tuple(in_period(name, of[name]) for name in sorted(of))
        times = sum((period.counted for period in periods), ZERO)
        firing = fires(value, cases)._replace(fired=times > 0, times=times, periods=periods)
        return Figure(VALUE, times, seen.inexact, (firing,))

    return judged


def _choosing(watch: Watch, fires: Fires, low: Fraction, high: Fraction) -> _Judge:
    """酌情扣a至b分: the assessor's amount, 0 where nothing happened, else between a and b for each occurrence."""
    rule = watch.rule

    def judged(value: Fraction | None, cases: Cases | None, inputs: Inputs) -> Figure:
        firing = fires(value, cases)
        if rule.amount is None:
            amount = value or ZERO
            fits = amount == 0 or (amount >= low and (repeats(rule.trigger) or amount <= high))
        else:
            amount = inputs[1].number
            fits = low * firing.times <= amount <= high * firing.times
        if not fits:
            return without(State.ERROR, Reason.OUT_OF_RANGE, rule.amount or rule.measure)._replace(rules=(UNSEEN,))
        times = ONE if amount else ZERO
        return Figure(VALUE, times, rules=(firing._replace(fired=times > 0, times=times, each=amount),))

    return judged


# ---------------------------------------------------------------- as it is told


def said_of(rule: ItemRule, line: int) -> Said:
    """What a rule says, whatever it sees; `line`: where it stands in the policy."""
    straight = rule.effect if isinstance(rule.effect, Interpolation) else None
    return rule.sentence, line, EFFECTS[type(rule.effect)], rule.measure, TRIGGERS[type(rule.trigger)], straight


def told(said: Said, firing: Firing, seen: Figure) -> RuleLine:
    """The line of the sheet: what a rule says beside what it saw and the points it changes. `seen`: what it reads."""
    sentence, line, effect, measure, trigger, straight = said
    fired, times, measured, against, shortfall, steps, by_case, as_seen, each, points, capped, periods = firing
    measured = seen.value if as_seen else measured
    ends = ends_of(straight, against) if straight and fired else None
    limit = against.limit if by_case or against.kind is _DURATION else None
    # fmt: off
    return from_fields(RuleLine, (
        sentence, line, effect, measure, measured, trigger, against.unit, against.target, limit,
        shortfall, steps, times, each, fired, capped, points, periods, ends,
    ))
    # fmt: on
