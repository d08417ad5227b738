"""From a resolution without errors to the checked scheme: every default in place, every name a path."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from engine.language.checks.acceptance import accepted
from engine.language.checks.bands import rounding_of, tiling_of
from engine.language.checks.dates import limit_of, target_of
from engine.language.checks.items import item_of, measured_amounts
from engine.language.checks.marks import scale_of
from engine.language.checks.measures import Measure
from engine.language.checks.outline import Draft, default, nearest, of_value, parts, said, said_all
from engine.language.checks.ranges import Marks
from engine.language.checks.references import resolved
from engine.language.checks.resolution import Resolution
from engine.language.checks.surveys import answers_of
from engine.language.formulas import Constant
from engine.language.policy import (
    CheckedScheme,
    Checklist,
    Combined,
    Computed,
    DatedValue,
    FuzzyEvaluation,
    GradeBand,
    Grouped,
    Indicator,
    Observed,
    Value,
    VetoRule,
)
from engine.language.syntax import (
    Bands,
    Basis,
    Ceiling,
    Clamped,
    Feedback,
    GradeAs,
    GradeOn,
    Half,
    Kind,
    KindIs,
    LogScale,
    LowerIsBetter,
    Method,
    MinimumSample,
    Missing,
    NaturalLog,
    Note,
    Outcome,
    OverUnits,
    Owner,
    RateAsScore,
    Rounding,
    Score,
    Survey,
    Unit,
    Veto,
)


def build(resolution: Resolution) -> CheckedScheme:
    """The checked scheme of a resolution in which no check found an error."""
    outline = resolution.outline
    result = outline.drafts[outline.result or ""]
    indicators: dict[str, Indicator] = {}
    shares = {path: share for h in resolution.headings for path, share in shares_below(resolution, h).items()}
    for path in resolution.references.order:
        draft = outline.drafts[path]
        asked = tuple(_asked(resolution, draft))
        indicators.update({indicator.path: indicator for indicator in asked})
        children = (*(part.path for part in parts(outline, draft)), *(indicator.path for indicator in asked))
        indicators[path] = _indicator(resolution, draft, children, shares.get(path))
    graded = nearest(outline, result, GradeOn)
    return CheckedScheme(
        name=outline.scheme.name,
        result=result.path,
        indicators=indicators,
        rounding=rounding_of(resolution, result) or Rounding(Half.NONE, None),
        grade_on_rounded=graded is not None and graded.rounded,
        accepted=accepted(outline),
    )


def _indicator(resolution: Resolution, draft: Draft, children: tuple[str, ...], share: Fraction | None) -> Indicator:
    outline, path = resolution.outline, draft.path
    measure = resolution.measures.get(path)
    marks = resolution.marks.get(path)
    over = of_value(outline, draft, OverUnits)
    own = _own_facts(resolution, draft)
    return replace(
        own,
        value=_value(resolution, draft, measure),
        kind=kind_of(resolution, draft),
        unit=measure.unit if measure else Unit.POINT if marks else Unit.NUMBER,
        children=children,
        share=share,
        target=_in_unit(own.target, measure),
        limit=_in_unit(own.limit, measure),
        weight=draft.head.weight,
        full=marks.full if marks else Fraction(100),
        scale=None if _is_heading(draft) else scale_of(outline, draft, measure.kind if measure else None),
        over_units=over.method if over else None,
        over_units_to=None if over is None or over.to_high is None else (over.to_low or Fraction(0), over.to_high),
        item=item_of(resolution, draft),
        bands=_bands(resolution, draft, marks),
        vetoes=tuple(_vetoes(resolution, draft)),
        counts=path in resolution.references.reached,
    )


def _is_heading(draft: Draft) -> bool:
    return bool(draft.children) and draft.line.formula is None


def _own_facts(resolution: Resolution, draft: Draft) -> Indicator:
    """What a line says of itself, or 各项, its headings or the policy say for it."""
    outline = resolution.outline
    missing = nearest(outline, draft, Missing)
    sample = default(outline, draft, MinimumSample)
    basis, owner = nearest(outline, draft, Basis), nearest(outline, draft, Owner)
    told = nearest(outline, draft, Feedback)
    return Indicator(
        path=draft.path,
        name=draft.name,
        span=draft.head.name.span,
        value=Checklist(),
        kind=Kind.NUMBER,
        key=draft.head.key,
        clamped=of_value(outline, draft, Clamped) is not None,
        logarithm=of_value(outline, draft, NaturalLog) is not None,
        log_scale=of_value(outline, draft, LogScale) is not None,
        lower_is_better=of_value(outline, draft, LowerIsBetter) is not None,
        rate_as_score=default(outline, draft, RateAsScore) is not None,
        target=target_of(outline, draft),
        limit=limit_of(outline, draft),
        minimum_sample=sample.count if sample else 0,
        missing=missing.outcome if missing else Outcome.ERROR,
        rounding=default(outline, draft, Rounding) if draft.path != outline.result else None,
        clause=basis.text if basis else None,
        owner=owner.text if owner else None,
        feedback=told.departments if told else (),
        notes=tuple(note.text for note in said_all(draft.own, Note)),
    )


def _in_unit(values: tuple[DatedValue, ...], measure: Measure | None) -> tuple[DatedValue, ...]:
    """A bare number (let Queue target = 10) is in the unit of what it is held against."""
    if measure is None:
        return values
    return tuple(replace(v, unit=measure.unit) if v.unit is Unit.NUMBER else v for v in values)


# ---------------------------------------------------------------- values


def _value(resolution: Resolution, draft: Draft, measure: Measure | None) -> Value:
    formula = resolution.references.formulas.get(draft.path)
    if draft.line.formula is not None:
        return Computed(formula=formula or Constant(amount=Fraction(0)))
    if draft.children:
        return resolution.methods.get(draft.path) or Grouped()
    survey = default(resolution.outline, draft, Survey)
    if survey is not None:
        return answers_of(resolution, draft, survey)
    return Observed(measure=measure.name, sentence=measure.sentence) if measure else Checklist()


def kind_of(resolution: Resolution, draft: Draft) -> Kind:
    """The kind of a line's value: as collected, a difference of scores, or a score."""
    measure = resolution.measures.get(draft.path)
    if measure is not None:
        return measure.kind or Kind.NUMBER
    if draft.line.formula is None:
        return Kind.DISTRIBUTION if _is_level(resolution.methods.get(draft.path)) else Kind.SCORE
    stated = said(draft.own, KindIs)
    marks = resolution.marks.get(draft.path) or Marks(low=None, high=None)
    if stated is not None:
        return stated.kind
    if marks.low is None or marks.high is None:
        return Kind.NUMBER
    return Kind.DIFFERENCE if marks.low < 0 else Kind.SCORE


def _is_level(method: Value | None) -> bool:
    return isinstance(method, FuzzyEvaluation) and not method.score


def _asked(resolution: Resolution, draft: Draft) -> Iterator[Indicator]:
    """What the rules of a line ask about beside its own name, each as an indicator below it."""
    cell = resolution.cells.get(draft.path)
    missing = nearest(resolution.outline, draft, Missing)
    for path, _ in cell.asked if cell else ():
        measure = resolution.measures[path]
        rule = next(ruled.rule for ruled in cell.rules if ruled.measure == path) if cell else None
        yield Indicator(
            path=path,
            name=path.removeprefix(draft.path + "/"),
            span=rule.span if rule else draft.head.name.span,
            value=Observed(measure=measure.name, sentence=measure.sentence),
            kind=measure.kind or Kind.NUMBER,
            unit=measure.unit,
            target=_in_unit(target_of(resolution.outline, draft), measure),
            limit=_in_unit(limit_of(resolution.outline, draft), measure),
            missing=missing.outcome if missing else Outcome.ERROR,
            counts=draft.path in resolution.references.reached,
            asked=True,
        )
    yield from measured_amounts(resolution, draft)


def shares_below(resolution: Resolution, heading: Draft) -> dict[str, Fraction]:
    """The part of each line below in the heading's mean, 1 together; empty where lines are not weighed."""
    lines = parts(resolution.outline, heading)
    alike = {line.path: Fraction(1, len(lines)) for line in lines}
    match resolution.methods.get(heading.path):
        case Combined(method=Method.WEIGHTED | Method.GEOMETRIC | Method.HARMONIC | Method.POWER) | FuzzyEvaluation():
            weights = {line.path: line.head.weight.amount if line.head.weight else Fraction(0) for line in lines}
            total = sum(weights.values(), Fraction(0))
            return {path: weight / total for path, weight in weights.items()} if total else alike
        case Combined(method=Method.EQUAL):
            return alike
        case _:
            return {}


# ---------------------------------------------------------------- grades and vetoes


def _bands(resolution: Resolution, draft: Draft, marks: Marks | None) -> tuple[GradeBand, ...]:
    bands = said(draft.own, Bands)
    tiling = tiling_of(resolution, draft, bands) if bands is not None else None
    graded = tiling.bands if tiling else ()
    if not graded or marks is None or not any(cell.exceed for cell in resolution.cells.values()):
        return graded
    return tuple(replace(band, high=None) if band.high == marks.high else band for band in graded)


def _vetoes(resolution: Resolution, draft: Draft) -> Iterator[VetoRule]:
    outline = resolution.outline
    labels = {band.label.identity: band.label.text for bands in said_all(draft.own, Bands) for band in bands.bands}
    for veto in said_all(draft.own, Veto):
        effect = veto.effect
        score = effect.points.amount if isinstance(effect, Score) else None
        grade = labels.get(effect.label.identity, effect.label.text) if isinstance(effect, GradeAs) else None
        ceiling = effect.points.amount if isinstance(effect, Ceiling) else None
        yield VetoRule(
            path=resolved(outline, draft, veto.trigger.subject) or "",
            comparison=veto.trigger.comparison,
            bound=veto.trigger.bound.amount,
            sentence=outline.source.text[veto.span.start : veto.span.end],
            span=veto.span,
            score=Fraction(0) if score is ceiling is grade is None else score,
            ceiling=ceiling,
            grade=grade,
        )
