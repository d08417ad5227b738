"""From which lowest to which highest score each line can go; its highest is its full marks.

A line without a score of its own (a bare count, a heading that only groups, a line that only
deducts) has no marks. The range of a formula follows from the ranges of what it reads.
"""

from collections.abc import Mapping
from fractions import Fraction

from engine.language.checks.cells import Cell
from engine.language.checks.measures import Measure
from engine.language.checks.methods import in_deduction
from engine.language.checks.outline import Draft, Outline, default, layers, parts, said, said_all
from engine.language.checks.references import References
from engine.language.policy import (
    Added,
    Combined,
    Constant,
    Deducted,
    Formula,
    FuzzyEvaluation,
    Grouped,
    Operation,
    Ref,
    Value,
)
from engine.language.syntax import AddUp, DeductFrom, Kind, OverUnits, RateAsScore, Scale, WeightUnit
from engine.values import Frozen, named

HUNDRED = Fraction(100)


@named
class Marks(Frozen):
    """The lowest and the highest score; None is unbounded."""

    low: Fraction | None
    high: Fraction | None

    @property
    def full(self) -> Fraction:
        """Full marks; 100 where the score is unbounded."""
        return HUNDRED if self.high is None else self.high


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
            marks[path] = _of_formula(references.formulas[path], marks)
        elif draft.children:
            marks[path] = _of_heading(outline, draft, methods.get(path), marks)
        else:
            marks[path] = _of_leaf(outline, draft, methods, cells.get(path), measures.get(path))
    return marks


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
    if not known or len({marks.high for marks in known}) > 1:
        return _from_zero(None)
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
    over = default(outline, draft, OverUnits)
    if over is not None:
        return Marks(low=over.to_low, high=over.to_high)
    scale = scale_of(outline, draft, measure.kind if measure else None)
    if scale is not None:
        ends = (Fraction(0), scale.to_low, scale.to_high)
        return Marks(low=min(ends), high=max(ends))
    if measure is None or points_of(draft) is not None:
        return None
    as_score = measure.kind is Kind.RATE and default(outline, draft, RateAsScore) is not None
    return _from_zero(None) if as_score or measure.kind in ON_HUNDRED else None


def scale_of(outline: Outline, draft: Draft, kind: Kind | None) -> Scale | None:
    """The map from answers to points that holds for a line: its own, else the nearest that fits its answers."""
    own = said(draft.own, Scale)
    if own is not None or kind not in (Kind.RATING, Kind.INDEX):
        return own
    fitting = (scale for layer in layers(outline, draft) for scale in said_all(layer, Scale))
    return next((scale for scale in fitting if (scale.low < 0) is (kind is Kind.INDEX)), None)


# ---------------------------------------------------------------- formulas


def _of_formula(formula: Formula | None, marks: Mapping[str, Marks | None]) -> Marks | None:
    """The range of a formula; unbounded where it reads something that has no score."""
    match formula:
        case None:
            return _from_zero(None)
        case Constant(amount=amount):
            return Marks(low=amount, high=amount)
        case Ref(path=path):
            return marks.get(path) or Marks(low=None, high=None)
        case Operation(operator=operator, operands=operands):
            ranges = [_of_formula(operand, marks) or Marks(low=None, high=None) for operand in operands]
            return _operated(operator, ranges)


def _operated(operator: str, ranges: list[Marks]) -> Marks:
    first = ranges[0]
    match operator:
        case "+":
            return Marks(low=_sum(first.low, ranges[1].low), high=_sum(first.high, ranges[1].high))
        case "-":
            return _operated("+", [first, _operated("neg", ranges[1:])])
        case "neg":
            return Marks(low=_negative(first.high), high=_negative(first.low))
        case "*":
            return _product(first, ranges[1])
        case "/":
            return _product(first, _inverse(ranges[1]))
        case "mean":
            total = ranges[0]
            for other in ranges[1:]:
                total = _operated("+", [total, other])
            return _product(total, _fixed(Fraction(1, len(ranges))))
        case _:
            return _hull(ranges, lowest=operator == "min")


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _negative(bound: Fraction | None) -> Fraction | None:
    return None if bound is None else -bound


def _fixed(amount: Fraction) -> Marks:
    return Marks(low=amount, high=amount)


def _product(one: Marks, other: Marks) -> Marks:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Marks(low=None, high=None)
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    return Marks(low=min(corners), high=max(corners))


def _inverse(marks: Marks) -> Marks:
    if marks.low is None or marks.high is None or marks.low <= 0 <= marks.high:
        return Marks(low=None, high=None)
    return Marks(low=1 / marks.high, high=1 / marks.low)


def _hull(ranges: list[Marks], *, lowest: bool) -> Marks:
    """The range of the smallest or the largest of several values."""
    choose = min if lowest else max
    lows, highs = [marks.low for marks in ranges], [marks.high for marks in ranges]
    low = None if None in lows else choose(bound for bound in lows if bound is not None)
    high = None if None in highs else choose(bound for bound in highs if bound is not None)
    return Marks(low=low, high=high)
