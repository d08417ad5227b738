"""Columns of numbers: one binary number per unit, with a bound of how far the exact number may be from it.

A 64-bit operation gives the exact result times (1 + δ) with |δ| ≤ 2⁻⁵³ (IEEE 754); what every formula adds up from
there is the column's `error`. Where an order decides (a step, a band, a comparison, a rounding), the number is either
farther from the edge than its error, and then binary and exact arithmetic agree, or it is in doubt.

What is in doubt lies mostly on the edge itself, because data have few decimals. `grid` tells: if q × number is whole
for every unit, the number is on the edge or at least 1/(q × denominator of the edge) away, far more than its error.
Units whose doubt that does not settle are left to the exact arithmetic.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.arithmetic import ZERO
from engine.language.syntax import Half, Rounding

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
Codes = NDArray[np.uint16]
Labels = NDArray[np.uint8]
# A bound: of the whole column, or unit by unit.
Bound = float | Floats
# A denominator of all units, 0 where none is known; or one for each of the units asked about.
Grid = int | Callable[[Rows], NDArray[np.int64]]

HALF_STEP = np.finfo(np.float64).eps.item() / 2  # 2⁻⁵³
SURE = 10**15  # a decimal of up to 15 digits is told exactly by its nearest binary number
_FINEST = 2**50  # no finer grid is told apart from none


class Column(NamedTuple):
    """The values of one step in many units; what stands in a unit without a value means nothing.

    `error`, `most`: bounds of |value - exact value| and of |value|. `told`: the exact value is the shortest decimal of
    the binary one, as it is of measures and rounded scores. `lacks`: 0 or why a unit has no value, None where all have
    one; `instead`: the same of what zero or full marks replaced. `reported`: rounded, in units of the last decimal.
    `grade`, and `forced`, the one that a rule or a veto demands: 0 or its number (both are told by `legend.Legend`).
    `share`: the part of full marks that a rule gives in proportion. `final`: a rule that ends the item; `added`: of a
    deduction, what the rules give; `points`: what each rule changed.
    """

    values: Floats
    error: Bound = 0
    most: Bound = 0
    grid: Grid = 0
    told: bool = False
    lacks: Codes | None = None
    instead: Codes | None = None
    grade: Labels | None = None
    reported: Floats | None = None
    forced: Labels | None = None
    share: "Column | None" = None
    final: Mask | None = None
    added: "Column | None" = None
    points: tuple[Floats, ...] = ()


class Doubts:
    """The units of one chunk in which an order could not be told (`unsure`), or is an exact tie if the measures have
    the decimals they seem to have (`tied`).
    """

    def __init__(self, size: int) -> None:
        self.unsure: Mask = np.zeros(size, dtype=np.bool_)
        self.tied: Mask = np.zeros(size, dtype=np.bool_)

    def ties(self, near: Mask, column: Column, edges: int = 1) -> Rows:
        """The units, of those `near` an edge whose denominator is `edges`, that lie on it; the others are unsure."""
        if column.lacks is not None:
            near &= column.lacks == 0
        if not near.any():
            return _NO_ROWS
        rows = np.flatnonzero(near)
        finest = denominators(column.grid, rows) * np.float64(edges)
        error = column.error[rows] if isinstance(column.error, np.ndarray) else column.error
        sure = (finest > 0) & (4 * error * finest < 1)
        self.unsure[rows[~sure]] = True
        self.tied[rows[sure]] = True
        return rows[sure]


_NO_ROWS: Rows = np.zeros(0, dtype=np.intp)


# ---------------------------------------------------------------- constants and grids


def double(number: Fraction) -> float:
    """The nearest binary number."""
    return number.numerator / number.denominator


def constant(number: Fraction, size: int) -> Column:
    """The same number in every unit."""
    value = double(number)
    error = 0 if Fraction(value) == number else HALF_STEP * abs(value)
    return Column(np.full(size, value), error, abs(value), number.denominator)


def denominators(grid: Grid, rows: Rows) -> NDArray[np.int64]:
    """The denominator of each of the units; 0 where none is known."""
    return grid(rows) if callable(grid) else np.full(len(rows), grid, dtype=np.int64)


def common(*grids: Grid) -> Grid:
    """A denominator that is common to all."""
    if any(isinstance(grid, int) and not grid for grid in grids):
        return 0
    whole = lcm(*(grid for grid in grids if isinstance(grid, int)))
    others = [grid for grid in grids if not isinstance(grid, int)]
    if whole > _FINEST:
        return 0
    return _merged([*others, whole]) if others else whole


def _merged(grids: Sequence[Grid]) -> Grid:
    def found(rows: Rows) -> NDArray[np.int64]:
        total = np.ones(len(rows), dtype=np.int64)
        for grid in grids:
            other = denominators(grid, rows)
            factor = other // np.maximum(np.gcd(total, other), 1)
            fits = total * np.float64(1) * factor <= _FINEST
            total = np.where(fits, total * np.where(fits, factor, 1), 0)
        return total

    return found


def finer(grid: Grid, factor: int | Floats) -> Grid:
    """The grid of a number divided by a whole number above 0, or by one for each unit."""
    if isinstance(factor, int):
        if isinstance(grid, int):
            return grid * factor if grid * factor <= _FINEST else 0
        if factor == 1:
            return grid

    def found(rows: Rows) -> NDArray[np.int64]:
        by = factor if isinstance(factor, int) else factor[rows]
        fine = denominators(grid, rows) * np.float64(1) * by
        return np.where(fine <= _FINEST, fine, 0).astype(np.int64)

    return 0 if isinstance(grid, int) and not grid else found


# ---------------------------------------------------------------- arithmetic


def mixed(parts: Sequence[tuple[Fraction, Column]], shift: Fraction = Fraction(0)) -> Column:
    """Σ factor × column + shift, in every unit; |error| ≤ Σ |f|·error + (n + 2)·2⁻⁵³·(Σ |f|·most + |shift|)."""
    total = parts[0][1].values * double(parts[0][0])
    error: Bound = 0
    most: Bound = abs(double(shift))
    for number, (factor, column) in enumerate(parts):
        f = double(factor)
        if number:
            total += column.values if f == 1 else column.values * f
        error, most = error + abs(f) * column.error, most + abs(f) * column.most
    if shift:
        total += double(shift)
    grids = [finer(column.grid, factor.denominator) for factor, column in parts]
    grid = common(*grids, shift.denominator)
    if len(parts) > 1 or parts[0][0] != 1 or shift:
        error = error + (len(parts) + 2) * HALF_STEP * most
    return Column(total, error, most, grid)


def product(left: Column, right: Column) -> Column:
    """Left × right."""
    most = left.most * right.most
    error = left.error * right.most + right.error * left.most + left.error * right.error + 2 * HALF_STEP * most
    grid: Grid = 0
    if isinstance(left.grid, int) and isinstance(right.grid, int):
        grid = finer(left.grid, right.grid) if right.grid else 0
    return Column(left.values * right.values, error, most, grid)


def clamped(column: Column, low: Fraction | None, high: Fraction | None) -> Column:
    """The value, or the bound it lies beyond; no decision, since it is the same on both sides of a bound."""
    values, rounding = column.values, 0
    for bound, nearer in ((low, np.maximum), (high, np.minimum)):
        if bound is not None:
            values = nearer(values, double(bound))
            rounding = max(rounding, HALF_STEP * abs(double(bound)))
    grid = common(column.grid, *(bound.denominator for bound in (low, high) if bound is not None))
    return column._replace(values=values, error=column.error + rounding, grid=grid, told=False)


def lowest(columns: Sequence[Column], *, highest: bool = False) -> Column:
    """The least (or the greatest) of several, unit by unit."""
    pick = np.maximum if highest else np.minimum
    values = columns[0].values
    for column in columns[1:]:
        values = pick(values, column.values)
    return Column(values, *extremes(columns), common(*(column.grid for column in columns)))


def extremes(columns: Sequence[Column]) -> tuple[Bound, Bound]:
    """The largest error and the largest size among columns."""
    error, most = columns[0].error, columns[0].most
    for column in columns[1:]:
        error, most = larger(error, column.error), larger(most, column.most)
    return error, most


def larger(one: Bound, other: Bound) -> Bound:
    """The larger of two bounds."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.maximum(one, other)
    return max(one, other)


def chosen(condition: Mask, then: Column, otherwise: Column) -> Column:
    """One where the condition holds, else the other; without their lacks."""
    values = np.where(condition, then.values, otherwise.values)
    return Column(values, *extremes((then, otherwise)), common(then.grid, otherwise.grid))


# ---------------------------------------------------------------- where an order decides


def reaches(doubts: Doubts, column: Column, bound: Fraction, *, closed: bool) -> Mask:
    """Whether the value is above the bound, or on it where that belongs (`closed`)."""
    edge = double(bound)
    if column.told:
        own = Fraction(str(edge))
        return column.values >= edge if own > bound or (own == bound and closed) else column.values > edge
    margin = column.error + 4 * HALF_STEP * abs(edge)
    above = column.values > edge + margin
    near = above ^ (column.values >= edge - margin)
    rows = doubts.ties(near, column, bound.denominator)
    if closed and rows.size:
        above[rows] = True
    return above


def equals(doubts: Doubts, column: Column, bound: Fraction) -> Mask:
    """Whether the value is the bound."""
    return reaches(doubts, column, bound, closed=True) & ~reaches(doubts, column, bound, closed=False)


def floors(doubts: Doubts, column: Column, *, up: bool = False) -> Column:
    """The whole part of numbers, 0 of those below 0; `up`: the next whole number where there is any part besides."""
    if column.grid == 1 and not isinstance(column.error, np.ndarray) and not column.error:
        return clamped(column, ZERO, None)
    low, high, rows = _whole(doubts, column, up=up)
    if not up:
        low[rows] = high[rows]
    return Column(low, 0, column.most + 1, 1)


def _whole(doubts: Doubts, column: Column, *, up: bool = False) -> tuple[Floats, Floats, Rows]:
    """The whole parts of the least and the greatest number that may be meant, from 0 up, and where the number is whole
    itself.
    """
    part = np.ceil if up else np.floor
    margin = column.error + 4 * HALF_STEP * column.most
    low, high = column.values - margin, column.values + margin
    for values in (low, high):
        part(values, out=values)
        np.maximum(values, 0, out=values)
    return low, high, doubts.ties(low != high, column)


def rounded(doubts: Doubts, column: Column, rounding: Rounding) -> Column:
    """The rounded values, and in `reported` the same in units of the last decimal that is kept, whole numbers
    (`arithmetic.rounded`).
    """
    places = rounding.decimals or 0
    size = Fraction(10) ** places
    positive = column._replace(values=np.abs(column.values))
    shift = Fraction(1, 2) if rounding.mode in (Half.UP, Half.EVEN) else Fraction(0)
    scaled = mixed([(size, positive)], shift)._replace(lacks=column.lacks)
    found, high, rows = _whole(doubts, scaled, up=rounding.mode is Half.CEIL)
    if rounding.mode is not Half.CEIL:
        found[rows] = high[rows] - high[rows] % 2 if rounding.mode is Half.EVEN else high[rows]
    found = np.copysign(found, column.values)
    values = found / double(size) if places >= 0 else found * double(1 / size)
    most = column.most + double(1 / size)
    grid = size.numerator if places >= 0 else 1
    told = bool(np.all(most * double(size) < SURE))
    return column._replace(values=values, error=HALF_STEP * most, most=most, grid=grid, told=told, reported=found)
