"""Units: what a rule reads, what a target, a limit and a veto are written in (E203, E204, E601, E602)."""

from collections.abc import Iterator
from dataclasses import replace

from engine.diagnostics import Diagnostic
from engine.language.checks.cells import CellRule
from engine.language.checks.dates import limit_of, target_of
from engine.language.checks.findings import Both, finding, interval_words, number, quantity
from engine.language.checks.kinds import KINDS, UNIT_WORDS, triggers_on
from engine.language.checks.marks import scale_of
from engine.language.checks.measures import TIMES, Measure
from engine.language.checks.outline import Draft, default, nearest, said_all
from engine.language.checks.references import let_of, resolved
from engine.language.checks.resolution import Resolution
from engine.language.policy import DatedValue
from engine.language.syntax import (
    Kind,
    LateTrigger,
    Name,
    OverUnits,
    Quantity,
    RangeTrigger,
    RateAsScore,
    StepPercent,
    StepTrigger,
    Target,
    TimeLimit,
    Trigger,
    Unit,
    Veto,
)
from engine.source import Span


def rules_fit_their_measure(resolution: Resolution) -> Iterator[Diagnostic]:
    """E601: a rule reads the kind of value that is collected; percentage points of a count there are none."""
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        for ruled in cell.rules if cell else ():
            measure = resolution.measures.get(ruled.measure)
            if measure is not None and not _fits(resolution, draft, ruled, measure):
                yield _misfit(resolution, draft, ruled, measure)
            elif isinstance(ruled.rule.trigger, RangeTrigger):
                yield from _distance(resolution, draft, ruled.rule.trigger)


def _fits(resolution: Resolution, draft: Draft, ruled: CellRule, measure: Measure) -> bool:
    kinds = triggers_on(ruled.rule.trigger)
    return kinds is None or measure.kind is None or bool(kinds & set(kinds_read(resolution, draft, measure)))


def kinds_read(resolution: Resolution, draft: Draft, measure: Measure) -> tuple[Kind, ...]:
    """As what a rule may read a value: as collected, or as the score that a scale makes of it."""
    if measure.kind is None or measure.asked:
        return (measure.kind,) if measure.kind else ()
    mapped = scale_of(resolution.outline, draft, measure.kind) is not None
    if mapped or default(resolution.outline, draft, OverUnits) is not None:
        return (Kind.SCORE,)
    as_score = default(resolution.outline, draft, RateAsScore) is not None
    return (measure.kind, Kind.SCORE) if as_score else (measure.kind,)


def _misfit(resolution: Resolution, draft: Draft, ruled: CellRule, measure: Measure) -> Diagnostic:
    trigger = ruled.rule.trigger
    if isinstance(trigger, RangeTrigger) and trigger.interval.unit is Unit.NUMBER and measure.kind is Kind.RATE:
        shown, kind = interval_words(trigger.interval), KINDS[Kind.RATE]
        return finding(resolution.outline, "E203", trigger.span, draft=draft, name=draft.name, kind=kind, value=shown)
    case = "mixed" if measure.evidence == "rule" else ""
    return finding(
        resolution.outline,
        "E601",
        trigger.size.span if isinstance(trigger, StepTrigger) else trigger.span,
        draft=draft,
        case=case,
        name=draft.name,
        kind=KINDS[measure.kind or Kind.NUMBER],
        unit=_unit_of(trigger),
    )


def _distance(resolution: Resolution, draft: Draft, trigger: RangeTrigger) -> Iterator[Diagnostic]:
    """E203: percentage points measure a distance; what a rate lies above or below is a rate (低于80%)."""
    interval = trigger.interval
    if interval.unit is Unit.PERCENTAGE_POINT:
        rate = interval_words(replace(interval, unit=Unit.PERCENT))
        shown = interval_words(interval)
        yield finding(
            resolution.outline,
            "E203",
            trigger.span,
            draft=draft,
            case="distance",
            name=draft.name,
            value=shown,
            rate=rate,
        )


def _unit_of(trigger: Trigger) -> Both:
    match trigger:
        case StepTrigger(size=size):
            return UNIT_WORDS[size.unit]
        case LateTrigger(unit=unit) if unit is not None:
            return UNIT_WORDS[unit]
        case _:
            kinds = triggers_on(trigger) or frozenset()
            return next((KINDS[kind] for kind in KINDS if kind in kinds), UNIT_WORDS[Unit.NUMBER])


def steps_in_per_cent(resolution: Resolution) -> Iterator[Diagnostic]:
    """E204: 每低1% may be one percentage point or 1 % of the target; the policy says which, once."""
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        for ruled in cell.rules if cell else ():
            trigger = ruled.rule.trigger
            if not isinstance(trigger, StepTrigger) or trigger.size.unit is not Unit.PERCENT:
                continue
            if nearest(resolution.outline, draft, StepPercent) is None:
                yield _in_per_cent(resolution, draft, trigger)


def _in_per_cent(resolution: Resolution, draft: Draft, trigger: StepTrigger) -> Diagnostic:
    outline, size = resolution.outline, trigger.size
    targets = [value for value in target_of(outline, draft) if value.unit is Unit.PERCENT]
    share = number(targets[-1].amount * size.amount / 100) if targets else ""
    return finding(
        outline,
        "E204",
        size.span,
        draft=draft,
        case="target" if targets else "",
        size=number(size.amount),
        target=number(targets[-1].amount) if targets else "",
        share=share,
    )


# ---------------------------------------------------------------- targets, limits, vetoes

# Which units a target may be written in, by the kind of the value it is held against.
WRITTEN_IN: dict[Kind, tuple[Unit, ...]] = {
    Kind.RATE: (Unit.PERCENT,),
    Kind.COUNT: (Unit.TIME, Unit.NUMBER),
    Kind.DURATION: (*TIMES, Unit.NUMBER),
    Kind.NUMBER: (Unit.NUMBER, Unit.TIME, Unit.POINT, *TIMES),
}
IN_POINTS = (Unit.POINT, Unit.NUMBER)


def targets_fit_their_measure(resolution: Resolution) -> Iterator[Diagnostic]:
    """E602, E203: a target is written in the unit of what it is held against; a rate's with %."""
    for draft in resolution.leaves:
        measure = resolution.measures.get(draft.path)
        target = nearest(resolution.outline, draft, Target)
        if measure is None or target is None or measure.kind is None:
            continue
        kinds = kinds_read(resolution, draft, measure)
        allowed = [unit for kind in kinds for unit in WRITTEN_IN.get(kind, IN_POINTS)]
        if measure.evidence == "target":  # percentage points are a distance from it
            allowed = [unit for unit in Unit if unit is not Unit.PERCENTAGE_POINT]
        for value in target_of(resolution.outline, draft):
            if value.unit not in allowed:
                yield _wrong_target(resolution, draft, target, value, measure)


def _wrong_target(
    resolution: Resolution, draft: Draft, target: Target, value: DatedValue, measure: Measure
) -> Diagnostic:
    bare = measure.kind is Kind.RATE and value.unit is Unit.NUMBER
    defined = _defined_at(resolution, target, value)
    return finding(
        resolution.outline,
        "E203" if bare else "E602",
        defined[0] if defined else _written_at(target, value),
        draft=draft,
        related=(target.span,) if defined else (),
        hint=f"{number(value.amount)}%" if bare else None,
        name=draft.name,
        kind=KINDS[measure.kind or Kind.NUMBER],
        value=quantity(value.amount, value.unit),
    )


def _written_at(sentence: Target | TimeLimit, value: DatedValue) -> Span:
    """Where the value stands in the sentence; the sentence itself where a `设` holds it."""
    for dated in sentence.values:
        if getattr(dated.value, "amount", None) == value.amount:
            return dated.value.span
    return sentence.span


def _defined_at(resolution: Resolution, sentence: Target, value: DatedValue) -> tuple[Span, ...]:
    """Where the `设` whose name the target says holds the value."""
    names = [dated.value for dated in sentence.values if isinstance(dated.value, Name)]
    lets = [let for name in names if (let := let_of(resolution.outline, name))]
    return tuple(
        inner.value.span
        for let in lets
        for inner in let.values
        if isinstance(inner.value, Quantity) and (inner.value.amount, inner.value.unit) == (value.amount, value.unit)
    )


def limits_are_times(resolution: Resolution) -> Iterator[Diagnostic]:
    """E602: a time limit is a time: 规定时限24小时; lateness is counted in the same kind of days."""
    for draft in resolution.leaves:
        limit = nearest(resolution.outline, draft, TimeLimit)
        for value in limit_of(resolution.outline, draft) if limit else ():
            if limit is not None and value.unit not in TIMES:
                shown = quantity(value.amount, value.unit)
                span = _written_at(limit, value)
                yield finding(resolution.outline, "E602", span, draft=draft, case="limit", name=draft.name, value=shown)
            elif limit is not None:
                yield from _other_days(resolution, draft, value)


def _other_days(resolution: Resolution, draft: Draft, limit: DatedValue) -> Iterator[Diagnostic]:
    cell = resolution.cells.get(draft.path)
    for ruled in cell.rules if cell else ():
        trigger = ruled.rule.trigger
        if not isinstance(trigger, LateTrigger) or trigger.unit is None:
            continue
        if (trigger.unit is Unit.WORKING_DAY) is not (limit.unit is Unit.WORKING_DAY):
            yield finding(
                resolution.outline,
                "E601",
                trigger.span,
                draft=draft,
                case="days",
                name=draft.name,
                limit=quantity(limit.amount, limit.unit),
                unit=UNIT_WORDS[trigger.unit],
            )


def vetoes_fit_their_subject(resolution: Resolution) -> Iterator[Diagnostic]:
    """E602, E203: a veto compares in the unit of what it watches: a rate with %."""
    outline = resolution.outline
    for draft in resolution.drafts:
        for veto in said_all(draft.own, Veto):
            path = resolved(outline, draft, veto.trigger.subject)
            measure = resolution.measures.get(path) if path is not None else None
            if measure is None or measure.kind is None or path is None:
                continue
            kinds = kinds_read(resolution, outline.drafts[path], measure)
            bound = veto.trigger.bound
            if bound.unit in [unit for kind in kinds for unit in WRITTEN_IN.get(kind, IN_POINTS)]:
                continue
            bare = measure.kind is Kind.RATE and bound.unit is Unit.NUMBER
            yield finding(
                outline,
                "E203" if bare else "E602",
                bound.span,
                draft=draft,
                case="" if bare else "veto",
                hint=f"{number(bound.amount)}%" if bare else None,
                name=outline.drafts[path].name,
                kind=KINDS[measure.kind],
                value=quantity(bound.amount, bound.unit),
            )
