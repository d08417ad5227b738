"""What the validity sentences ask of a row's answers and of its key, wherever the rows stand: in a file or a warehouse.

The answers are numbers, missing where none is given. A chain of conditions is left at the first that fails, so that
rows which are unlike each other cost nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from sqlglot import exp

from engine.data.queries import choose, every, given


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of a row: its number, all of one scale, and whether its question was not put (None: it always was)."""

    value: exp.Expr
    skipped: exp.Expr | None = None


def answered_at_least(answers: Sequence[Answer], percent: Fraction) -> exp.Expr:
    """Answered of the questions put: one that was skipped by the questionnaire's own logic was not put."""
    share = Fraction(percent, 100)
    answered = _sum([_one_if(given(one.value)) for one in answers])
    skips = [one.skipped for one in answers if one.skipped is not None]
    if not skips:
        return exp.GTE(this=answered, expression=_number(ceil(len(answers) * share)))
    put = exp.Sub(this=_number(len(answers)), expression=_sum([_one_if(skipped.copy()) for skipped in skips]))
    left, right = (
        exp.Mul(this=exp.cast(side, exp.DataType.Type.BIGINT), expression=_number(factor))
        for side, factor in ((answered, share.denominator), (put, share.numerator))
    )
    return exp.GTE(this=left, expression=right)


def first_of(answers: Sequence[Answer]) -> exp.Expr:
    """The first answer that is given; missing where none is."""
    if not answers:
        return exp.Null()
    first, *others = (one.value.copy() for one in answers)
    return exp.Coalesce(this=first, expressions=others)


def straight_lined(answers: Sequence[Answer], first: exp.Expr) -> exp.Expr:
    """Two answers or more, and all the same number as the `first`."""
    if len(answers) < 2:
        return exp.false()
    alike = [
        exp.or_(exp.not_(given(one.value)), exp.EQ(this=one.value.copy(), expression=first.copy())) for one in answers
    ]
    answered = _sum([_one_if(given(one.value)) for one in answers])
    return every([*alike, exp.GT(this=answered, expression=_number(1))])


def place_among(keys: Sequence[exp.Expr], by: Sequence[exp.Expr], *, last: bool) -> exp.Window:
    """The row's place among those with the same keys: by date, then by row; the last one, or the first, is number 1,
    and an unknown date is the first.
    """
    ordered = [exp.Ordered(this=each, desc=last, nulls_first=not last) for each in by]
    return exp.Window(this=exp.RowNumber(), partition_by=list(keys), order=exp.Order(expressions=ordered))


def _one_if(condition: exp.Expr) -> exp.Expr:
    return choose(condition, _number(1), _number(0))


def _sum(terms: Sequence[exp.Expr]) -> exp.Expr:
    total, *others = terms or (_number(0),)
    for term in others:
        total = exp.Add(this=total, expression=term)
    return exp.Paren(this=total)


def _number(number: int) -> exp.Expr:
    return exp.Literal.number(number)
