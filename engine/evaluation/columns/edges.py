"""Where an order decides over columns: a step, a band, a comparison, a rounding.

The number is either farther from the edge than its error, and then binary and exact arithmetic agree, or it is in
doubt. What is in doubt lies mostly on the edge itself, because data have few decimals. The column's `grid` tells: if
q × number is whole, the number is on the edge or at least 1/(q × denominator of the edge) away, far more than its
error. Units whose doubt that does not settle are left to the exact arithmetic.
"""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.arithmetic import ZERO
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    SURE,
    Bound,
    Column,
    Floats,
    Grids,
    Mask,
    Rows,
    clamped,
    double,
    is_told,
    mixed,
    whole_of,
)
from engine.language.syntax import Half, Rounding

_FARTHEST = 2.0**1000


class Doubts:
    """The units of one chunk in which an order could not be told (`unsure`), and those in which it is an exact tie if
    some measures have the decimals they seem to have (`tied`: with `Column.of`).

    `later`: those near an edge whose denominators must be worked out one by one; that is done for the units of all
    chunks together, the `last` time.
    """

    def __init__(self, size: int, *, last: bool) -> None:
        self.unsure: Mask = np.zeros(size, dtype=np.bool_)
        self.tied: list[tuple[Rows, int]] = []
        self.last, self.later = last, np.zeros(size, dtype=np.bool_)

    def check(self, column: Column) -> None:
        """Units whose bounds are not finite are unsure: sums and products of such numbers mean nothing."""
        for bound in (column.error, column.most):
            if isinstance(bound, np.ndarray):
                self.unsure |= ~(bound < _FARTHEST)
            elif not bound < _FARTHEST:
                self.unsure[:] = True

    def ties(self, rows: Rows, column: Column, margin: Bound, edges: int = 1) -> Rows:
        """The units, of those near an edge whose denominator is `edges`, that lie on it; the others are unsure.

        Near is a value within `margin` of the edge, so the exact one is within margin + error of it; both are whole
        numbers of 1/(grid × edges), which is more than twice as far: then they are the same.
        """
        if not rows.size:
            return rows
        farthest = margin + column.error
        farthest = farthest[rows] if isinstance(farthest, np.ndarray) else farthest
        sure = _told_apart(whole_of(column.grid), edges, farthest)
        if isinstance(column.grid, Grids) and not np.all(sure):
            if not self.last:
                self.later[rows] = True
                return rows
            sure = _told_apart(column.grid.one_by_one(rows), edges, farthest)
        if not np.all(sure):
            sure = np.broadcast_to(sure, rows.shape)
            self.unsure[rows[~sure]] = True
            rows = rows[sure]
        if column.of:
            self.tied.append((rows, column.of))
        return rows


def _told_apart(grid: int | NDArray[np.int64], edges: int, farthest: Bound) -> bool | Mask:
    """Whether whole numbers of 1/(grid × edges) that are not the same are farther apart than twice so much."""
    return (grid > 0) & (2 * farthest * (grid * float(edges)) < 1)


def reaches(doubts: Doubts, column: Column, bound: Fraction, *, closed: bool) -> Mask:
    """Whether the value is above the bound, or on it where that belongs (`closed`)."""
    edge = double(bound)
    if column.told:
        shown = Fraction(str(edge))
        return column.values >= edge if shown > bound or (closed and shown == bound) else column.values > edge
    margin = column.error + 4 * HALF_STEP * abs(edge)
    above = column.values > edge + margin
    near = np.flatnonzero(above ^ (column.values >= edge - margin))
    rows = doubts.ties(near, column, margin, bound.denominator)
    if closed and rows.size:
        above[rows] = True
    return above


def outside(doubts: Doubts, column: Column, low: Fraction, high: Fraction) -> Mask | None:
    """Whether the value lies below or above two bounds, which belong; None where no value does."""
    if column.told and not isinstance(column.most, np.ndarray):
        above = column.least > double(low) or (column.least == double(low) and is_told(low))
        if above and (column.most < double(high) or (column.most == double(high) and is_told(high))):
            return None
    return ~reaches(doubts, column, low, closed=True) | reaches(doubts, column, high, closed=False)


def equals(doubts: Doubts, column: Column, bound: Fraction) -> Mask:
    """Whether the value is the bound."""
    return reaches(doubts, column, bound, closed=True) & ~reaches(doubts, column, bound, closed=False)


def floors(doubts: Doubts, column: Column, *, up: bool = False) -> Column:
    """The whole part of numbers, 0 of those below 0; `up`: the next whole number where there is any part besides."""
    if column.grid == 1 and not isinstance(column.error, np.ndarray) and not column.error:
        return column if column.least >= 0 else clamped(column, ZERO, None)
    found, _ = _whole(doubts, column, up=up)
    return Column(np.maximum(found, 0, out=found), 0, column.most + 1, 1, least=0, lacks=column.lacks)


def _whole(doubts: Doubts, column: Column, *, up: bool = False) -> tuple[Floats, Rows]:
    """The whole part of each number from 0 up (`up`: the next whole number), and the units where the number is whole.

    What is within the margin below a whole number counts as that number: it is it, or the unit is in doubt. The margin
    is moved by, and three of it asked about, because the sum is rounded itself, by less than half a margin. A number
    below 0 is never asked about, because it comes to 0.
    """
    margin = column.error + 4 * HALF_STEP * column.most
    moved = column.values - margin if up else column.values + margin
    found = np.ceil(moved) if up else np.floor(moved)
    beyond = np.subtract(found, moved, out=moved) if up else np.subtract(moved, found, out=moved)
    near = np.flatnonzero(beyond < 3 * margin)
    near = near[found[near] >= 0 if up else found[near] > 0]
    return found, doubts.ties(near, column, 3 * margin)


def rounded(doubts: Doubts, column: Column, rounding: Rounding) -> Column:
    """The rounded values, and in `reported` the same in units of the last decimal that is kept, whole numbers
    (`arithmetic.rounded`).
    """
    places = rounding.decimals or 0
    size = Fraction(10) ** places
    negative = column.least < 0
    positive = column._replace(values=np.abs(column.values), least=0) if negative else column
    shift = Fraction(1, 2) if rounding.mode in (Half.UP, Half.EVEN) else Fraction(0)
    found, rows = _whole(doubts, mixed([(size, positive)], shift), up=rounding.mode is Half.CEIL)
    if rounding.mode is Half.EVEN:
        found[rows] -= found[rows] % 2
    if negative:
        np.copysign(found, column.values, out=found)
    values = found / double(size) if places >= 0 else found * double(1 / size)
    most = column.most + double(1 / size)
    grid = size.numerator if places >= 0 else 1
    told = bool(np.all(most * double(size) < SURE))
    if not told:
        large = ~(np.abs(found) < SURE) & ~np.isnan(found)
        doubts.unsure |= large
        found[large] = 0
    return column._replace(values=values, error=HALF_STEP * most, most=most, grid=grid, of=0, told=told, reported=found)
