"""Columns of numbers: one binary number per unit, with a bound of how far the exact number may be from it.

A 64-bit operation gives the exact result times (1 + δ) with |δ| ≤ 2⁻⁵³ (IEEE 754); what every formula adds up from
there is the column's `error`. Its `grid` is a q with which q × number is whole. What both are for is told in `edges`.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, inf, lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.arithmetic import ZERO

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
Codes = NDArray[np.uint16]
Labels = NDArray[np.uint8]
# A bound: of the whole column, or unit by unit.
Bound = float | Floats

HALF_STEP = np.finfo(np.float64).eps.item() / 2  # 2⁻⁵³
SURE = 10**15  # a decimal of up to 15 digits is told exactly by its nearest binary number
_FINEST = 2**50  # no finer grid is told apart from none


class Grids(NamedTuple):
    """Denominators that are not the same in all units: `whole` is one of all of them, 0 where that is too fine."""

    whole: int
    one_by_one: Callable[[Rows], NDArray[np.int64]]


# A denominator of all units, 0 where none is known.
Grid = int | Grids


class Gaps(NamedTuple):
    """Units without a value, in the order of their rows, and of each the code of why (`legend.Legend`)."""

    rows: Rows
    codes: Codes


# Why units have no value. None: all have one; a whole number: the same code wherever NaN stands.
Lacks = int | Gaps | None


class Column(NamedTuple):
    """The values of one step in many units; NaN in a unit without a value, and `lacks` says why it has none.

    `error`, `most`: bounds of |value - exact value| and of |value|, `least`: of value from below. `told`: the exact
    value is the shortest decimal of the binary one, as it is of measures and rounded scores. `instead`: why zero or
    full marks stand in the place of a value. `reported`: rounded, in units of the last decimal. `grade`, and `forced`,
    the one that a rule or a veto demands: 0 or its number (told by `legend.Legend`). `marks`: the points
    that a rule gives for the value itself. `final`: a rule that ends the item; `added`: of a deduction, what the rules
    give. `of`: a bit for each measure on whose decimals the grid rests.
    """

    values: Floats
    error: Bound = 0
    most: Bound = 0
    grid: Grid = 0
    of: int = 0
    least: float = -inf
    told: bool = False
    lacks: Lacks = None
    instead: Gaps | None = None
    grade: Labels | None = None
    reported: Floats | None = None
    forced: Labels | None = None
    marks: "Column | None" = None
    final: Mask | None = None
    added: "Column | None" = None


# ---------------------------------------------------------------- constants and grids


def double(number: Fraction) -> float:
    """The nearest binary number."""
    return number.numerator / number.denominator


def is_told(number: Fraction) -> bool:
    """Whether the shortest decimal of the nearest binary number is the number."""
    if number.denominator == 1:
        return abs(number) < SURE
    return abs(number) < SURE and Fraction(str(double(number))) == number


def constant(number: Fraction, size: int) -> Column:
    """The same number in every unit."""
    value = double(number)
    error = 0 if Fraction(value) == number else HALF_STEP * abs(value)
    return Column(np.full(size, value), error, abs(value), number.denominator, 0, value)


def denominators(grid: Grid, rows: Rows) -> NDArray[np.int64]:
    """The denominator of each of the units; 0 where none is known."""
    return grid.one_by_one(rows) if isinstance(grid, Grids) else np.full(len(rows), grid, dtype=np.int64)


def whole_of(grid: Grid) -> int:
    """A denominator of all units; 0 where none is known."""
    return grid.whole if isinstance(grid, Grids) else grid


def _known(whole: int) -> int:
    return whole if whole <= _FINEST else 0


def common(*grids: Grid) -> Grid:
    """A denominator that is common to all."""
    if 0 in grids:
        return 0
    whole = _known(lcm(*map(whole_of, grids)))
    several = [grid for grid in grids if isinstance(grid, Grids)]
    if not several:
        return whole
    others = lcm(*(grid for grid in grids if isinstance(grid, int)))

    def found(rows: Rows) -> NDArray[np.int64]:
        total = np.full(len(rows), others, dtype=np.int64)
        for grid in several:
            other = grid.one_by_one(rows)
            total = _divided(total, other // np.maximum(np.gcd(total, other), 1))
        return total

    return Grids(whole, found) if others <= _FINEST else 0


def times(grid: Grid, factor: Fraction) -> Grid:
    """The grid of a number times another."""
    above, below = factor.as_integer_ratio()
    whole = whole_of(grid)
    whole = _known(whole // (gcd(whole, above) or 1) * below)
    if isinstance(grid, int):
        return whole
    if max(abs(above), below) > _FINEST:
        return 0

    def found(rows: Rows) -> NDArray[np.int64]:
        one = grid.one_by_one(rows)
        return _divided(one // np.maximum(np.gcd(one, above), 1), below)

    return Grids(whole, found)


def refined(grid: Grid, factor: int, rows: Rows, factors: NDArray[np.int64], which: Rows | slice) -> Grid:
    """The grid of a number divided by a whole number, which is another one in some units: `which` of the factors (0:
    there is no number).
    """
    whole = whole_of(grid) * factor
    for other in np.unique(factors[factors > 0]).tolist():
        whole = _known(lcm(whole, whole_of(grid) * other))

    def found(asked: Rows) -> NDArray[np.int64]:
        where = np.minimum(np.searchsorted(rows, asked), len(rows) - 1)
        divisors = np.where(rows[where] == asked, factors[which][where], factor)
        return _divided(denominators(grid, asked), np.maximum(divisors, 1))

    return Grids(whole, found)


def _divided(grid: NDArray[np.int64], factor: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """The denominators times a factor, 0 where they become too fine."""
    fits = grid * np.float64(1) * factor <= _FINEST
    return np.where(fits, grid * np.where(fits, factor, 1), 0)


# ---------------------------------------------------------------- arithmetic


def mixed(parts: Sequence[tuple[Fraction, Column]], shift: Fraction = ZERO) -> Column:
    """Σ factor × column + shift, in every unit, in values of its own; |error| ≤ Σ |f|·error + (n + 2)·2⁻⁵³·(Σ |f|·most
    + |shift|).
    """
    total: Floats | None = None
    room: Floats | None = None
    least = double(shift)
    error: Bound = 0
    most: Bound = abs(least)
    of = 0
    for factor, column in parts:
        f, values, of = double(factor), column.values, of | column.of
        if total is None:
            total = values * f
        elif f == 1:
            total += values
        else:
            room = np.multiply(values, f, out=room)
            total += room
        error, most = error + abs(f) * column.error, most + abs(f) * column.most
        least += f * column.least if f > 0 else _lowest_of(f, column)
    assert total is not None  # noqa: S101 - there is something to mix
    if shift:
        total += double(shift)
    grid = common(shift.denominator, *[times(column.grid, factor) for factor, column in parts])
    if len(parts) > 1 or parts[0][0] != 1 or shift:
        error = error + (len(parts) + 2) * HALF_STEP * most
    return Column(total, error, most, grid, of, least)


def _lowest_of(factor: float, column: Column) -> float:
    """A bound from below of a column times a factor up to 0."""
    return -inf if isinstance(column.most, np.ndarray) else factor * column.most if factor else 0


def product(left: Column, right: Column) -> Column:
    """Left × right."""
    most = left.most * right.most
    error = left.error * right.most + right.error * left.most + left.error * right.error + 2 * HALF_STEP * most
    grid: Grid = 0
    if isinstance(left.grid, int) and isinstance(right.grid, int):
        grid = times(left.grid, Fraction(1, right.grid)) if right.grid else 0
    return Column(left.values * right.values, error, most, grid, left.of | right.of)


def clamped(column: Column, low: Fraction | None, high: Fraction | None) -> Column:
    """The value, or the bound it lies beyond; no decision, since it is the same on both sides of a bound."""
    values, error, most, grid, least = column.values, column.error, column.most, column.grid, column.least
    if low is not None and least < double(low):
        values, least = np.maximum(values, double(low)), double(low)
        error, grid = error + HALF_STEP * abs(least), common(grid, low.denominator)
        most = larger(most, abs(least))
    if high is not None and not (isinstance(most, float | int) and most <= double(high)):
        values = np.minimum(values, double(high))
        error, grid = error + HALF_STEP * abs(double(high)), common(grid, high.denominator)
        least = min(least, double(high))
        if least >= 0 and high >= 0:
            most = double(high)
    return column._replace(values=values, error=error, most=most, grid=grid, least=least, told=False)


def lowest(columns: Sequence[Column], *, highest: bool = False) -> Column:
    """The least (or the greatest) of several, unit by unit, in values of its own."""
    pick = np.maximum if highest else np.minimum
    values = columns[0].values.copy()
    for column in columns[1:]:
        pick(values, column.values, out=values)
    least = min(column.least for column in columns)
    return Column(values, *extremes(columns), common(*(column.grid for column in columns)), of_all(columns), least)


def of_all(columns: Sequence[Column]) -> int:
    """The measures on whose decimals the grids of several columns rest."""
    found = 0
    for column in columns:
        found |= column.of
    return found


def extremes(columns: Sequence[Column]) -> tuple[Bound, Bound]:
    """The largest error and the largest size among columns."""
    error, most = columns[0].error, columns[0].most
    for column in columns[1:]:
        error, most = larger(error, column.error), larger(most, column.most)
    return error, most


def bound_of(bound: Floats, values: Floats) -> Floats:
    """A bound unit by unit, 0 where there is no value: what is worked out without it must not be lost with it."""
    return np.where(np.isnan(values), 0, bound)


def larger(one: Bound, other: Bound) -> Bound:
    """The larger of two bounds."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.maximum(one, other)
    return max(one, other)


def chosen(condition: Mask, then: Column, otherwise: Column) -> Column:
    """One where the condition holds, else the other; without their lacks."""
    values = otherwise.values
    if condition.any():
        values = replaced(values, condition, then.values)
    least = min(then.least, otherwise.least)
    return Column(
        values, *extremes((then, otherwise)), common(then.grid, otherwise.grid), then.of | otherwise.of, least
    )


def put_in(number: float, column: Column, values: Floats) -> Floats:
    """Values of a column, some or all, with a number where there is none."""
    if column.lacks is None:
        return values
    return np.fmax(values, number) if number <= column.least else np.where(np.isnan(values), number, values)


def replaced(values: Floats, rows: Rows | Mask, by: Floats | float) -> Floats:
    """The values with others in some units."""
    found = values.copy()
    if rows.dtype == np.bool_:
        np.copyto(found, by, where=rows)
    else:
        found[rows] = by
    return found
