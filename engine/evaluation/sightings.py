"""What one rule sees in one cell: its measure against its target, as a line of the sheet before points are settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.figures import Figure, Measured, without
from engine.evaluation.items import EFFECTS, TRIGGERS
from engine.evaluation.ladder import kind_of
from engine.evaluation.result import PeriodLine, Reason, RuleLine, State
from engine.evaluation.triggers import (
    Firing,
    Observation,
    bounds_of,
    fire,
    in_force,
    needs_target,
    prefers_low,
    repeats,
    size_of,
)
from engine.language.policy import CheckedScheme, Indicator, ItemRule
from engine.language.syntax import Kind, Proportion, StepTrigger, Unit, choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One rule and the item it belongs to. `blank`: its line before anything is seen; `seen`: what it looks at (unit,
    kind, target and limit in force), still without a value; `problem`: why it can look at nothing.
    """

    indicator: Indicator
    rule: ItemRule
    blank: RuleLine
    seen: Observation
    problem: Reason | None


def watch_of(scheme: CheckedScheme, indicator: Indicator, number: int, line: int, as_of: date | None) -> Watch:
    """What is the same in every cell for rule `number` (from 0) of an item; `line`: where it stands in the policy."""
    rules = indicator.item.rules if indicator.item else ()
    rule = rules[number]
    source = scheme.indicators[rule.measure]
    mapped = source.scale is not None or bool(source.over_units) or source.logarithm
    unit, kind = Unit.POINT if mapped else source.unit, kind_of(source, rules)
    target = in_force(source.target or indicator.target, as_of, unit)
    low, high = bounds_of(rule.trigger, unit)
    seen = Observation(
        value=None,
        cases=None,
        unit=unit,
        kind=kind,
        target=target,
        limit=in_force(source.limit or indicator.limit, as_of, unit),
        lower_is_better=prefers_low(indicator),
        size=size_of(rule.trigger, target, unit, kind),
        low=low,
        high=high,
    )
    blank = RuleLine(
        sentence=rule.sentence,
        line=line,
        effect=EFFECTS[type(rule.effect)],
        trigger=TRIGGERS[type(rule.trigger)],
        measure=rule.measure,
        measured=None,
        counted=ZERO,
    )
    return Watch(indicator=indicator, rule=rule, blank=blank, seen=seen, problem=_problem(rule, seen))


def sighted(watch: Watch, inputs: Sequence[Figure]) -> Figure:
    """How often the rule acts (`value`), with its line; why not, where its measure has no value.

    `inputs`: what it reads, and the assessor's amount where that is a measure of its own.
    """
    for figure in inputs:
        if not figure.is_value and not _can_be_judged(watch, figure):
            return Figure(state=figure.state, reason=figure.reason, cause=figure.cause, lines=(watch.blank,))
    if watch.problem is not None:
        return Figure(state=State.ERROR, reason=watch.problem, cause=watch.indicator.path, lines=(watch.blank,))
    cases = inputs[0].measured.cases if inputs[0].measured is not None else None
    observation = watch.seen.of(inputs[0].value if cases is None else None, cases)
    if bounds := choice(watch.rule.effect):
        return _chosen(watch, observation, inputs, bounds[0].amount, bounds[1].amount)
    return _acting(watch, observation, inputs[0])


def _can_be_judged(watch: Watch, figure: Figure) -> bool:
    """Whether there is something to look at although the measure has no one value: cases, be it none, or periods."""
    if figure.measured is None or figure.state is State.ERROR:
        return False
    by_period = watch.indicator.item is not None and watch.indicator.item.period_cap is not None
    return figure.measured.cases is not None or (by_period and bool(figure.measured.periods))


def _problem(rule: ItemRule, seen: Observation) -> Reason | None:
    """Why the rule cannot act, whatever is seen: no target is in force, or a step of no size."""
    if seen.target is None and (needs_target(rule) or isinstance(rule.effect, Proportion)):
        return Reason.NOT_IN_FORCE
    if isinstance(rule.trigger, StepTrigger) and seen.size == 0:
        return Reason.DIVISION_BY_ZERO
    return None


def _acting(watch: Watch, observation: Observation, seen: Figure) -> Figure:
    periods: tuple[PeriodLine, ...] = ()
    nothing = observation.value is None and observation.cases is None
    firing = Firing(times=ZERO, measured=None) if nothing else fire(watch.rule, observation)
    item = watch.indicator.item
    if item is not None and item.period_cap is not None:
        measured = seen.measured.periods if seen.measured is not None else None
        if measured is None:
            missing = without(State.MISSING, Reason.NO_PERIODS, watch.rule.measure)
            return missing._replace(lines=(watch.blank,))
        periods = tuple(_in_period(watch.rule, observation, name, measured[name]) for name in sorted(measured))
        firing = firing._replace(times=sum((p.counted for p in periods), ZERO))
    return Figure(value=firing.times, lines=(_line(watch, observation, firing, periods=periods),), inexact=seen.inexact)


def _in_period(rule: ItemRule, observation: Observation, period: str, measured: Measured) -> PeriodLine:
    """One period by itself; a period without a value has nothing that costs."""
    if measured.value is None and measured.cases is None:
        return PeriodLine(period=period, measured=None, counted=ZERO, points=ZERO)
    firing = fire(rule, observation.of(measured.value, measured.cases))
    return PeriodLine(period=period, measured=firing.measured, counted=firing.times, points=ZERO)


def _chosen(watch: Watch, observation: Observation, inputs: Sequence[Figure], low: Fraction, high: Fraction) -> Figure:
    """酌情扣a至b分: the assessor's amount, 0 where nothing happened, else between a and b for each occurrence."""
    rule = watch.rule
    firing = fire(rule, observation)
    if rule.amount is None:
        amount = observation.value or ZERO
        fits = amount == 0 or (amount >= low and (repeats(rule.trigger) or amount <= high))
    else:
        amount = inputs[1].number
        fits = low * firing.times <= amount <= high * firing.times
    if not fits:
        outside = without(State.ERROR, Reason.OUT_OF_RANGE, rule.amount or rule.measure)
        return outside._replace(lines=(watch.blank,))
    times = ONE if amount else ZERO
    line = _line(watch, observation, firing._replace(times=times), each=amount)
    return Figure(value=times, lines=(line,))


def _line(
    watch: Watch,
    seen: Observation,
    firing: Firing,
    *,
    each: Fraction | None = None,
    periods: tuple[PeriodLine, ...] = (),
) -> RuleLine:
    timed = seen.kind is Kind.DURATION or seen.cases is not None
    blank = watch.blank
    return RuleLine(
        sentence=blank.sentence,
        line=blank.line,
        effect=blank.effect,
        measure=blank.measure,
        measured=firing.measured,
        trigger=blank.trigger,
        unit=seen.unit,
        target=seen.target,
        limit=seen.limit if timed else None,
        shortfall=firing.shortfall,
        steps=firing.steps,
        counted=firing.times,
        each=each,
        fired=firing.times > 0,
        periods=periods,
    )
