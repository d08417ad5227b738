"""Points that a formula calculates from what is collected: a share is no points, a rate of 95 % counts as 95 (E608)."""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import finding, number
from engine.language.checks.marks import points_of, scale_of
from engine.language.checks.outline import Draft
from engine.language.checks.ranges import HUNDRED, Marks, range_of
from engine.language.checks.references import references_in, resolved
from engine.language.checks.resolution import Resolution
from engine.language.syntax import Binary, Expression, Kind, Number, Reference

_RATE = Marks(low=Fraction(0), high=HUNDRED)


def formulas_give_points(resolution: Resolution) -> Iterator[Diagnostic]:
    """E608: a formula that gives the points of its line ends in no × 100 %, and takes no rate for a share."""
    for draft in resolution.drafts:
        formula, points = draft.line.formula, points_of(draft)
        if formula is None or points is None or scale_of(resolution.outline, draft, None) is not None:
            continue
        rates = _rates(resolution, draft, formula)
        if _is_share(formula):
            case, at, rate = "share", formula.span, ""
        elif rates and _is_far_off(resolution, draft, rates, points):
            (path, reference), *_ = rates.items()
            case, at, rate = "rate", reference.span, resolution.outline.drafts[path].name
        else:
            continue
        yield finding(
            resolution.outline, "E608", at, draft=draft, case=case, name=draft.name, points=number(points), rate=rate
        )


def _is_share(formula: Expression) -> bool:
    """Whether a formula ends in × 100 %, which changes no number: 98 of 100 are 0.98."""
    hundred = Number(HUNDRED, percent=True)
    return isinstance(formula, Binary) and formula.operator == "*" and formula.right == hundred


def _rates(resolution: Resolution, draft: Draft, formula: Expression) -> dict[str, Reference]:
    """The rates that a formula reads as the numbers they are collected as, by path."""
    read = ((resolved(resolution.outline, draft, each), each) for each in references_in(formula))
    return {
        path: each
        for path, each in read
        if path is not None
        and resolution.marks.get(path) is None
        and (measure := resolution.measures.get(path)) is not None
        and measure.kind is Kind.RATE
    }


def _is_far_off(resolution: Resolution, draft: Draft, rates: dict[str, Reference], points: Fraction) -> bool:
    """Whether rates from 0 to 100 lead far beyond the points: 20 × rate to 2000, 30 × (1 - rate) to -2970."""
    marks = {**resolution.marks, **dict.fromkeys(rates, _RATE)}
    reached = range_of(resolution.references.formulas.get(draft.path), marks)
    return (reached.high is not None and reached.high > 2 * points) or (
        reached.low is not None and reached.low < -points
    )
