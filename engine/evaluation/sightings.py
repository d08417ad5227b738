"""What one rule sees in one cell: its measure against its target, as a line of the sheet before points are settled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.figures import Figure, Measured, without
from engine.evaluation.items import EFFECTS, TRIGGERS
from engine.evaluation.result import PeriodLine, Reason, RuleLine, State
from engine.evaluation.triggers import (
    Firing,
    Observation,
    fire,
    in_force,
    needs_target,
    prefers_low,
    repeats,
    step_size,
)
from engine.language.policy import Indicator, ItemRule
from engine.language.syntax import Deduct, Kind, Proportion, StepTrigger, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One rule, the item it belongs to, the measure it reads and its kind, and the policy's line where it stands."""

    indicator: Indicator
    source: Indicator
    kind: Kind
    rule: ItemRule
    line: int
    as_of: date | None


def sighted(watch: Watch, inputs: Sequence[Figure]) -> Figure:
    """How often the rule acts (`value`), with its line; why not, where its measure has no value.

    `inputs`: what it reads, and the assessor's amount where that is a measure of its own.
    """
    blank = (_blank(watch),)
    blamed = next((figure for figure in inputs if not _can_be_judged(watch, figure)), None)
    if blamed is not None:
        return Figure(state=blamed.state, reason=blamed.reason, cause=blamed.cause, lines=blank)
    observation = _observation(watch, inputs[0])
    problem = _problem(watch.rule, observation)
    if problem is not None:
        return Figure(state=State.ERROR, reason=problem, cause=watch.indicator.path, lines=blank)
    effect = watch.rule.effect
    if isinstance(effect, Deduct) and effect.most is not None:
        return _chosen(watch, observation, inputs, effect.points.amount, effect.most.amount)
    return _acting(watch, observation, inputs[0])


def _can_be_judged(watch: Watch, figure: Figure) -> bool:
    """Whether there is something to look at although the measure has no one value: cases, be it none, or periods."""
    if figure.is_value or figure.measured is None or figure.state is State.ERROR:
        return figure.is_value
    by_period = watch.indicator.item is not None and watch.indicator.item.period_cap is not None
    return figure.measured.cases is not None or (by_period and bool(figure.measured.periods))


def _blank(watch: Watch) -> RuleLine:
    """The line of a rule that has nothing to look at."""
    rule = watch.rule
    return RuleLine(
        sentence=rule.sentence,
        line=watch.line,
        effect=EFFECTS[type(rule.effect)],
        trigger=TRIGGERS[type(rule.trigger)],
        measure=rule.measure,
        measured=None,
        counted=ZERO,
    )


def _observation(watch: Watch, seen: Figure) -> Observation:
    indicator, source, as_of = watch.indicator, watch.source, watch.as_of
    mapped = source.scale is not None or bool(source.over_units) or source.logarithm
    unit = Unit.POINT if mapped else source.unit
    cases = seen.measured.cases if seen.measured is not None else None
    return Observation(
        value=seen.value if cases is None else None,
        cases=cases,
        unit=unit,
        kind=watch.kind,
        target=in_force(source.target or indicator.target, as_of, unit),
        limit=in_force(source.limit or indicator.limit, as_of, unit),
        lower_is_better=prefers_low(indicator),
    )


def _problem(rule: ItemRule, seen: Observation) -> Reason | None:
    if seen.target is None and (needs_target(rule) or isinstance(rule.effect, Proportion)):
        return Reason.NOT_IN_FORCE
    if isinstance(rule.trigger, StepTrigger) and step_size(rule.trigger, seen.target or ZERO, seen.unit) == 0:
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
            return replace(missing, lines=(_blank(watch),))
        periods = tuple(_in_period(watch.rule, observation, name, measured[name]) for name in sorted(measured))
        firing = replace(firing, times=sum((p.counted for p in periods), ZERO))
    line = replace(_line(watch, observation, firing), periods=periods)
    return Figure(value=firing.times, lines=(line,), inexact=seen.inexact)


def _in_period(rule: ItemRule, observation: Observation, period: str, measured: Measured) -> PeriodLine:
    """One period by itself; a period without a value has nothing that costs."""
    if measured.value is None and measured.cases is None:
        return PeriodLine(period=period, measured=None, counted=ZERO, points=ZERO)
    firing = fire(rule, replace(observation, value=measured.value, cases=measured.cases))
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
        return replace(outside, lines=(_blank(watch),))
    times = ONE if amount else ZERO
    line = replace(_line(watch, observation, replace(firing, times=times)), each=amount)
    return Figure(value=times, lines=(line,))


def _line(watch: Watch, seen: Observation, firing: Firing) -> RuleLine:
    timed = seen.kind is Kind.DURATION or seen.cases is not None
    return replace(
        _blank(watch),
        measured=firing.measured,
        unit=seen.unit,
        target=seen.target,
        limit=seen.limit if timed else None,
        shortfall=firing.shortfall,
        steps=firing.steps,
        counted=firing.times,
        fired=firing.times > 0,
    )
