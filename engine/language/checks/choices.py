"""What procedures leave open and the file must decide (E702–E709), and what is said in vain (W710, W711)."""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.bands import rounding_of
from engine.language.checks.dates import target_of
from engine.language.checks.findings import both, finding, number
from engine.language.checks.items import full_of
from engine.language.checks.marks import points_of
from engine.language.checks.means import scored_parts
from engine.language.checks.methods import deduction_above, in_deduction
from engine.language.checks.outline import Draft, default, nearest, of_value, parts, said
from engine.language.checks.resolution import Resolution
from engine.language.checks.surveys import declared_scale, stated_scale
from engine.language.checks.weights import whole
from engine.language.syntax import (
    Bands,
    GradeOn,
    Kind,
    LateTrigger,
    Missing,
    Outcome,
    OverUnits,
    Proportion,
    Rounding,
    Rule,
    StepTrigger,
    Survey,
    Target,
    TargetTrigger,
    TimeBetween,
    TimeLimit,
)


def _result(resolution: Resolution) -> Draft | None:
    outline = resolution.outline
    return outline.drafts[outline.result] if outline.result is not None else None


def rounding_is_decided(resolution: Resolution) -> Iterator[Diagnostic]:
    """E702: how and to how many decimals the result is rounded, or that it is not."""
    result = _result(resolution)
    if result is None or resolution.outline.scheme.broken or result.unread:
        return
    if rounding_of(resolution, result) is None:
        yield finding(resolution.outline, "E702", result.head.name.span, draft=result, name=result.name)


def missing_is_decided(resolution: Resolution) -> Iterator[Diagnostic]:
    """E703: what a value that was not collected does, for every line that collects one."""
    result = _result(resolution)
    if result is None or resolution.outline.scheme.broken:
        return
    silent = [d for d in resolution.leaves if nearest(resolution.outline, d, Missing) is None and not d.unread]
    if len(silent) == len(resolution.leaves) and silent:
        yield finding(resolution.outline, "E703", result.head.name.span, draft=result, name=result.name)
        return
    for draft in silent:
        yield finding(resolution.outline, "E703", draft.head.name.span, draft=draft, case="line", name=draft.name)


def missing_fits_a_deduction(resolution: Resolution) -> Iterator[Diagnostic]:
    """E703: below a deduction there are no weights to spread, and zero marks need a cap to say how much they take."""
    spread: dict[str, list[Draft]] = {}
    for draft in resolution.leaves:
        missing = nearest(resolution.outline, draft, Missing)
        heading = deduction_above(resolution.outline, draft, resolution.methods)
        if missing is None or heading is None or draft.unread:
            continue
        if missing.outcome is Outcome.RENORMALISE:
            spread.setdefault(heading.path, []).append(draft)
        elif missing.outcome is Outcome.ZERO and not _is_bounded(resolution, draft):
            span = draft.head.name.span
            yield finding(resolution.outline, "E703", span, draft=draft, case="uncapped", name=draft.name)
    for path, lines in spread.items():
        heading = resolution.outline.drafts[path]
        related = tuple(line.head.name.span for line in lines)
        span = heading.head.name.span
        yield finding(
            resolution.outline, "E703", span, draft=heading, case="deduction", related=related, name=heading.name
        )


def _is_bounded(resolution: Resolution, draft: Draft) -> bool:
    cell = resolution.cells.get(draft.path)
    return full_of(resolution, draft) is not None or (cell is not None and cell.cap is not None)


def targets_are_given(resolution: Resolution) -> Iterator[Diagnostic]:
    """E704: a rule that speaks of the target needs one: a value, dated values, or the name of a 设."""
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        known = nearest(resolution.outline, draft, Target) is not None or bool(target_of(resolution.outline, draft))
        if cell is None or draft.unread or known:
            continue
        for ruled in cell.rules:
            if needs_target(ruled.rule):
                span = ruled.rule.trigger.span if ruled.rule.trigger.span.end else ruled.rule.span
                yield finding(resolution.outline, "E704", span, draft=draft, name=draft.name)


def needs_target(rule: Rule) -> bool:
    """Whether the rule holds the value against the target."""
    return isinstance(rule.trigger, StepTrigger | TargetTrigger) or isinstance(rule.effect, Proportion)


def methods_are_decided(resolution: Resolution) -> Iterator[Diagnostic]:
    """E705, E708: how the lines of a heading become one score; lines with points may add up or deduct."""
    for draft in resolution.headings:
        if resolution.methods.get(draft.path) is None and whole(draft):
            below = parts(resolution.outline, draft)
            pointed = bool(below) and all(points_of(part) is not None for part in below)
            code = "E708" if pointed else "E705"
            total = sum((points_of(part) or Fraction(0) for part in below), Fraction(0))
            names = [part.name for part in below]
            yield finding(
                resolution.outline,
                code,
                draft.head.name.span,
                draft=draft,
                related=tuple(part.head.name.span for part in below),
                name=draft.name,
                sum=number(total),
                lines=both("、".join(names), ", ".join(names)),
            )


def scales_are_decided(resolution: Resolution) -> Iterator[Diagnostic]:
    """E706: from answers to points there are several ways (4 of 1–5 is 80 or 75); the policy says which."""
    for heading in resolution.drafts:
        found = [part for part in scored_parts(resolution, heading) if _lacks_scale(resolution, part)]
        if heading.path == resolution.outline.result and _lacks_scale(resolution, heading):
            found = [heading]
        if found and not (resolution.outline.scheme.broken or found[0].unread or heading.unread):
            yield _no_scale(resolution, found)


def _lacks_scale(resolution: Resolution, draft: Draft) -> bool:
    measure = resolution.measures.get(draft.path)
    answered = measure is not None and measure.kind in (Kind.RATING, Kind.INDEX)
    return answered and resolution.marks.get(draft.path) is None


def _no_scale(resolution: Resolution, found: list[Draft]) -> Diagnostic:
    first = found[0]
    survey = said(first.own, Survey)
    index = resolution.measures[first.path].kind is Kind.INDEX
    ends = None
    if survey is not None and not index:
        ends = stated_scale(resolution, first, survey) or declared_scale(resolution, first, survey)
    low, high = ends or (Fraction(1), Fraction(5))
    return finding(
        resolution.outline,
        "E706",
        survey.span if survey else first.head.name.span,
        draft=first,
        case="index" if index else "" if ends else "unknown",
        related=tuple(part.head.name.span for part in found[1:]),
        name=first.name,
        low=number(low),
        high=number(high),
        share=number(low * 100 / high),
    )


def limits_are_given(resolution: Resolution) -> Iterator[Diagnostic]:
    """E707: cases over the time limit can only be counted where the limit is known, or they are counted already."""
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        if cell is None or draft.unread or nearest(resolution.outline, draft, TimeLimit) is not None:
            continue
        for ruled in cell.rules:
            measure = resolution.measures.get(ruled.measure)
            if not isinstance(ruled.rule.trigger, LateTrigger) or measure is None or measure.kind is Kind.COUNT:
                continue
            if ruled.rule.trigger.unit is None or isinstance(measure.sentence, TimeBetween):
                yield finding(resolution.outline, "E707", ruled.rule.trigger.span, draft=draft, name=draft.name)


def graded_value_is_decided(resolution: Resolution) -> Iterator[Diagnostic]:
    """E709: 94.96 is shown as 95.0; whether it is graded as 95.0 or as 94.96 the policy says."""
    if resolution.outline.scheme.broken:
        return
    for draft in resolution.drafts:
        bands, rounding = said(draft.own, Bands), rounding_of(resolution, draft)
        if bands is None or draft.unread or (rounding is not None and rounding.decimals is None):
            continue
        if nearest(resolution.outline, draft, GradeOn) is None:
            yield finding(resolution.outline, "E709", bands.span, draft=draft, name=draft.name)


def rounded_once(resolution: Resolution) -> Iterator[Diagnostic]:
    """W710: a rounded score that is rounded again later may end one step off (GB/T 8170 forbids it)."""
    result = _result(resolution)
    last = rounding_of(resolution, result) if result is not None else None
    if last is None or last.decimals is None or result is None:
        return
    for draft in resolution.drafts:
        own = default(resolution.outline, draft, Rounding)
        counts = draft.path in resolution.references.reached and draft is not result
        if own is not None and own.decimals is not None and counts:
            yield finding(
                resolution.outline,
                "W710",
                own.span,
                draft=draft,
                related=(last.span,),
                name=draft.name,
                result=result.name,
            )


def lines_deduct(resolution: Resolution) -> Iterator[Diagnostic]:
    """E713: every line below a deduction says what it takes."""
    for draft in resolution.leaves:
        silent = resolution.cells.get(draft.path) is None and not draft.unread
        if silent and in_deduction(draft, resolution.methods):
            parent = resolution.outline.drafts[draft.parent or ""].name
            yield finding(resolution.outline, "E713", draft.head.name.span, draft=draft, name=draft.name, parent=parent)


def units_are_named(resolution: Resolution) -> Iterator[Diagnostic]:
    """E715: 以各单位最低至最高折合 compares units, and `units:` says which columns tell them apart."""
    for draft in resolution.drafts:
        over = of_value(resolution.outline, draft, OverUnits)
        if over is not None and not resolution.outline.header.units:
            yield finding(resolution.outline, "E715", over.span, draft=draft, name=draft.name)
