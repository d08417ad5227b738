"""From which lowest to which highest score each line can go; its highest is its full marks.

A line without a score of its own (a bare count, a heading that only groups, a line that only
deducts) has no marks. The range of a formula follows from the ranges of what it reads.
"""

from collections.abc import Mapping
from fractions import Fraction

from engine.language.checks.cells import Cell
from engine.language.checks.measures import Measure
from engine.language.checks.methods import in_deduction
from engine.language.checks.outline import Draft, Outline, default, layers, of_value, own_layers, parts, said, said_all
from engine.language.checks.ranges import ENDLESS, HUNDRED, Marks, range_of
from engine.language.checks.references import References
from engine.language.policy import (
    Added,
    Combined,
    Deducted,
    FuzzyEvaluation,
    Grouped,
    Value,
)
from engine.language.syntax import (
    AddUp,
    DeductFrom,
    Kind,
    KindIs,
    OverUnits,
    Placing,
    RateAsScore,
    Scale,
    WeightUnit,
)


def marks_of(
    outline: Outline,
    references: References,
    methods: Mapping[str, Value | None],
    cells: Mapping[str, Cell],
    measures: Mapping[str, Measure],
) -> dict[str, Marks | None]:
    """The marks of every line by path, None where it has no score."""
    marks: dict[str, Marks | None] = {}
    for path in references.order:
        draft = outline.drafts[path]
        if draft.line.formula is not None:
            reached = range_of(references.formulas[path], marks)
            marks[path] = _of_mapping(outline, draft, None) or _of_formula(draft, reached)
        elif draft.children:
            marks[path] = _of_heading(outline, draft, methods.get(path), marks)
        else:
            marks[path] = _of_leaf(outline, draft, methods, cells.get(path), measures.get(path))
    return marks


def _of_formula(draft: Draft, reached: Marks) -> Marks:
    """What a formula reaches; one of plain numbers reaches anything, and gives the points of its line."""
    points = points_of(draft)
    return reached if points is None or reached.high is not None else _from_zero(points)


def points_of(draft: Draft) -> Fraction | None:
    """The points of a line: its weight (`服务态度 10分`), or for a line with rules the full marks it states."""
    weight = draft.head.weight
    if weight is not None and weight.unit is WeightUnit.POINTS:
        return weight.amount
    stated = said(draft.own, DeductFrom) or said(draft.own, AddUp)
    return stated.full if stated is not None and not draft.children else None


# ---------------------------------------------------------------- headings


def _of_heading(
    outline: Outline, draft: Draft, method: Value | None, marks: Mapping[str, Marks | None]
) -> Marks | None:
    match method:
        case Deducted():
            return _from_zero(_said_full(draft, DeductFrom) or points_of(draft))
        case Added():
            return _from_zero(_said_full(draft, AddUp) or points_of(draft))
        case Grouped():
            return None
        case FuzzyEvaluation(grades=grades, score=True):
            values = [value for _, value in grades]
            return Marks(low=min(Fraction(0), *values), high=max(values))
        case FuzzyEvaluation():
            return None
        case Combined() | _:
            return _common([marks.get(part.path) for part in parts(outline, draft)])


def _said_full(draft: Draft, kind: type[DeductFrom] | type[AddUp]) -> Fraction | None:
    sentence = said(draft.own, kind)
    return sentence.full if sentence else None


def _from_zero(full: Fraction | None) -> Marks:
    return Marks(low=Fraction(0), high=HUNDRED if full is None else full)


def _common(below: list[Marks | None]) -> Marks:
    """The marks of a mean: those of its parts, which must be the same (E608)."""
    known = [marks for marks in below if marks is not None]
    highs = {marks.high for marks in known}
    if not known or (len(highs) > 1 and None not in highs):
        return _from_zero(None)
    if None in highs:
        return ENDLESS
    lows = [marks.low for marks in known]
    return Marks(low=None if None in lows else min(low for low in lows if low is not None), high=known[0].high)


# ---------------------------------------------------------------- leaves


def _of_leaf(
    outline: Outline, draft: Draft, methods: Mapping[str, Value | None], cell: Cell | None, measure: Measure | None
) -> Marks | None:
    points = points_of(draft)
    if in_deduction(draft, methods) and points is None:
        return None
    if cell is not None:
        return Marks(low=Fraction(0), high=HUNDRED if points is None else points)
    mapped = _of_mapping(outline, draft, measure)
    if mapped is not None or points is None:
        return mapped
    return _from_zero(points) if measure is not None and measure.kind in IN_POINTS else None


IN_POINTS = (Kind.POINTS, Kind.SCORE, Kind.YES_NO)
ON_HUNDRED = (Kind.SCORE, Kind.YES_NO)


def _of_mapping(outline: Outline, draft: Draft, measure: Measure | None) -> Marks | None:
    """The marks of a value that becomes a score without rules: by scale, over units, as a percentage, as it is."""
    scale = scale_of(outline, draft, measure.kind if measure else None)
    if scale is not None:
        ends = (Fraction(0), *(score for _, score in scale.points))
        return Marks(low=min(ends), high=max(ends))
    over = of_value(outline, draft, OverUnits)
    if over is not None:
        high = None if over.method is Placing.MEAN_SHARE else over.to_high
        return _from_zero(None) if over.method is Placing.PERCENTILE else Marks(low=over.to_low, high=high)
    if measure is None or points_of(draft) is not None:
        return None
    as_score = measure.kind is Kind.RATE and default(outline, draft, RateAsScore) is not None
    return _from_zero(None) if as_score or measure.kind in ON_HUNDRED else None


def scale_of(outline: Outline, draft: Draft, kind: Kind | None) -> Scale | None:
    """The map to points that holds for a line: its own, else the nearest that fits its answers.

    For a plain number that of the nearest 各项. Beside a place among the units it maps that place, so it is said
    with it or nearer to the line; a place that says its own points needs none.
    """
    if (over := of_value(outline, draft, OverUnits)) is not None:
        return None if over.to_low is not None else _beside_place(outline, draft)
    own = said(draft.own, Scale)
    if own is not None or draft.line.formula is not None:
        return own
    if kind is Kind.NUMBER and default(outline, draft, KindIs) is not None:
        return default(outline, draft, Scale)
    if kind not in (Kind.RATING, Kind.INDEX):
        return None
    fitting = (scale for layer in layers(outline, draft) for scale in said_all(layer, Scale))
    return next((scale for scale in fitting if (scale.low < 0) is (kind is Kind.INDEX)), None)


def _beside_place(outline: Outline, draft: Draft) -> Scale | None:
    for layer in own_layers(outline, draft):
        scale = said(layer, Scale)
        if scale is not None or said(layer, OverUnits) is not None:
            return scale
    return None
