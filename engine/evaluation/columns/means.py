"""Means over columns that are no weighted sums: geometric, harmonic and power means, and means of the best or worst."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import log

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.edges import Doubts, equals, reaches
from engine.evaluation.columns.legend import Legend, blanked, gaps_at, lacking
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    Column,
    Floats,
    Mask,
    bound_of,
    common,
    double,
    extremes,
    of_all,
    refined,
)
from engine.evaluation.columns.parts import (
    Formula,
    Inputs,
    combination as combination_of_sums,
    few_of,
    instead_of_none,
    settled,
    uses_of,
    whole_weights,
)
from engine.evaluation.result import Reason, State
from engine.evaluation.tasks import Task
from engine.language.policy import Combined
from engine.language.syntax import Method

# A logarithm, exponential or power of numpy is within 4 units of the last place, 8·2⁻⁵³; twice that is taken.
LOOSE = 16 * HALF_STEP
_SMALL = 2.0**-10  # of the largest value: what is smaller, and not 0, has too large an error in proportion
_ORDERS = (Fraction(1), Fraction(8))  # of power means
Places = NDArray[np.intp]
# Of the values of each part and their shares in the whole.
_Mean = Callable[[Sequence[Floats], Sequence[Floats | float]], Floats]


def combination(task: Task, legend: Legend) -> Formula | None:
    """The score of a heading from its parts; None for one that columns do not know."""
    value = task.indicator.value
    if not isinstance(value, Combined):
        return combination_of_sums(task, legend)
    match value.method:
        case Method.GEOMETRIC:
            return _positive(task, legend, _geometric)
        case Method.HARMONIC:
            return _positive(task, legend, _harmonic)
        case Method.POWER if _ORDERS[0] <= value.numbers[0] <= _ORDERS[1]:
            return _positive(task, legend, _power_of(double(value.numbers[0])), order=value.numbers[0])
        case Method.MEDIAN | Method.BEST_OF | Method.WORST_OF | Method.TRIMMED:
            return _ranked(task, legend, value)
        case _:
            return combination_of_sums(task, legend)


def _weights(task: Task) -> list[int] | None:
    return whole_weights([ONE if part.share is None else part.share for part in task.parts])


# ---------------------------------------------------------------- of scores from 0 up


def _geometric(values: Sequence[Floats], shares: Sequence[Floats | float]) -> Floats:
    """Exp Σ sᵢ ln xᵢ."""
    return np.exp(_summed([share * np.log(x) for x, share in zip(values, shares, strict=True)]))


def _harmonic(values: Sequence[Floats], shares: Sequence[Floats | float]) -> Floats:
    """1 / Σ sᵢ/xᵢ."""
    return 1 / _summed([share / x for x, share in zip(values, shares, strict=True)])


def _power_of(order: float) -> _Mean:
    """(Σ sᵢ xᵢ^p)^(1/p)."""

    def found(values: Sequence[Floats], shares: Sequence[Floats | float]) -> Floats:
        summed = _summed([share * np.power(x, order) for x, share in zip(values, shares, strict=True)])
        return np.power(summed, 1 / order)

    return found


def _summed(terms: Sequence[Floats]) -> Floats:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _positive(task: Task, legend: Legend, mean: _Mean, order: Fraction | None = None) -> Formula | None:
    """A mean that only scores from 0 up have. `order`: of a power mean; the others are 0 as soon as one score is."""
    whole, uses_in = _weights(task), uses_of(task, legend)
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, task.indicator.path)
    negative = legend.lack(State.ERROR, Reason.NO_GEOMETRIC_MEAN, task.indicator.path)
    if whole is None:
        return None
    counted = [n for n, weight in enumerate(whole) if weight]
    every = len(whole) < task.indicator.minimum_sample

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        parts = [inputs[n] for n in counted]
        below, zero = _signs(parts, doubts, vanishing=order is None)
        values = [_above(*pair) for pair in zip(parts, zero, strict=True)]
        shares: Sequence[float] = [whole[n] / sum(whole) for n in counted]
        total = mean(values, shares) + sum(inputs[n].values * 0 for n in range(len(whole)) if not whole[n])
        column = Column(total, *_bounds(parts, doubts, order), least=0)
        few = few_of(inputs, total, every=every)
        if few is not None:
            codes = uses_in(few)
            left = np.sum([(few.codes[n] == 0) * whole[n] for n in counted], axis=0)
            codes = instead_of_none(codes, left == 0, nothing)
            there = [few.codes[n] == 0 for n in counted]
            some = [np.where(one[few.which], x[few.rows], 1) for one, x in zip(there, values, strict=True)]
            weights = [(one * (whole[n] / left))[few.which] for one, n in zip(there, counted, strict=True)]
            column = settled(column, few, mean(some, weights), codes)
        for no in zero:
            if no is not None and no.any():
                np.copyto(column.values, 0, where=no & ~np.isnan(column.values))
        return column if below is None else lacking(column, below, negative)

    return found


def _signs(parts: Inputs, doubts: Doubts, *, vanishing: bool) -> tuple[Mask | None, list[Mask | None]]:
    """Where any score is below 0 (None: nowhere), and where each is 0, if the mean vanishes there."""
    below: Mask | None = None
    zero: list[Mask | None] = []
    for part in parts:
        if part.least < 0:
            under = ~reaches(doubts, part, ZERO, closed=True) & ~np.isnan(part.values)
            below = under if below is None else below | under
        zero.append(equals(doubts, part, ZERO) if vanishing and part.least <= _largest(part.error) else None)
    return below, zero


def _above(part: Column, zero: Mask | None) -> Floats:
    """The scores, 1 in the place of 0."""
    return part.values if zero is None else np.where(zero, 1, part.values)


def _largest(bound: Floats | float) -> float:
    return float(np.nanmax(bound)) if isinstance(bound, np.ndarray) else bound


def _bounds(parts: Inputs, doubts: Doubts, order: Fraction | None) -> tuple[float, float]:
    """The error and the size of such a mean.

    A power mean of order p ≥ 1 moves by no more than its scores do (Minkowski's inequality); its own steps are n sums,
    powers and a root: their relative error is LOOSE and n roundings each, and the rounded exponents add the logarithm
    of the largest score (and of a root of order p at most p times it) in units of 2⁻⁵³.
    The others move in proportion: by the largest error / score, e, where a score between 0 and a thousandth of the
    largest is left to the exact arithmetic. The sum of logarithms then has an error of at most
    E = e + (LOOSE + (n + 3)·2⁻⁵³)·max |ln x|, and the mean one of mean × (exp E - 1 + LOOSE) ≤ mean × (2E + LOOSE).
    """
    errors, sizes = extremes(parts)
    error, most = _largest(errors), max(_largest(sizes), 2.0**-500)
    steps = len(parts) + 3
    if order is not None:
        return error + most * 4 * (LOOSE + steps * HALF_STEP * (1 + double(order) * abs(log(most)))), most
    floor = most * _SMALL
    for part in parts:
        if part.least < floor:
            doubts.unsure |= (part.values > 0) & (part.values < floor)
    farthest = max(abs(log(floor)), abs(log(most)), 1)
    relative = error / max(floor - error, 2.0**-500) + (LOOSE + steps * HALF_STEP) * farthest
    return most * (2 * relative + LOOSE), most


def logarithm(x: Column) -> Column:
    """Ln x; where x is not above 0 there is none. |error| ≤ error/(x - error) + LOOSE·|ln x|."""
    least = x.least - _largest(x.error)
    if least > 0:
        size = max(abs(log(least)), abs(log(max(_largest(x.most), least))))
        return Column(np.log(x.values), x.error / least + LOOSE * size, size, lacks=x.lacks)
    values = np.log(np.where(x.values > 0, x.values, np.nan))
    size = bound_of(np.abs(values), values)
    error = bound_of(x.error / np.maximum(x.values - x.error, 0), values) + LOOSE * size
    return Column(values, error, size, lacks=x.lacks)


# ---------------------------------------------------------------- of some of the scores


def _ranked(task: Task, legend: Legend, how: Combined) -> Formula | None:
    """The mean of the best or the worst k, of what is left without the highest and the lowest, or of the middle.

    Which of two equal scores is taken matters where they have other weights, and the order of scores that differ by
    less than their errors is not known: such units are left to the exact arithmetic. Else the mean moves by no more
    than the scores do.
    """
    whole = [1] * len(task.parts) if how.method is Method.MEDIAN else _weights(task)
    uses_in = uses_of(task, legend)
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, task.indicator.path)
    if whole is None:
        return None
    every, alike = len(whole) < task.indicator.minimum_sample, len(set(whole)) == 1

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        error, most = extremes(inputs)
        room = 0 if alike or all(part.told for part in inputs) else 2 * _largest(error)
        values = np.stack([part.values for part in inputs])
        order = np.argsort(-values, axis=0, kind="stable")  # of equals the first stands first, and NaN behind all
        falling, weights = np.take_along_axis(values, order, axis=0), np.array(whole)[order]
        first, last = _places(how, np.count_nonzero(~np.isnan(values), axis=0))
        kept = (np.arange(len(whole))[:, None] >= first) & (np.arange(len(whole))[:, None] < last)
        above, below = np.sum(np.where(kept, falling * weights, 0), axis=0), np.sum(kept * weights, axis=0)
        if room:
            doubts.unsure |= _close(falling, first, room) | _close(falling, last, room)
        column = Column(
            above / below,
            error + (len(inputs) + 4) * HALF_STEP * most,
            most,
            refined(common(*(part.grid for part in inputs)), 1, np.arange(len(below)), below, slice(None)),
            of_all(inputs),
            min(part.least for part in inputs),
        )
        few = few_of(inputs, np.sum(values, axis=0), every=every)
        lacks = None if few is None else gaps_at(few.rows, uses_in(few)[few.which])
        return lacking(blanked(column, lacks), below == 0, nothing)

    return found


def _places(how: Combined, count: Places) -> tuple[Places, Places]:
    """From which place on, and up to which, the scores count, of so many in falling order (`combination.combined`)."""
    most, *rest = (int(number) for number in (how.numbers or (ZERO,)))
    match how.method:
        case Method.MEDIAN:
            return (count - 1) // 2, count // 2 + 1
        case Method.BEST_OF:
            return np.zeros_like(count), np.minimum(count, most)
        case Method.WORST_OF:
            return np.maximum(count - most, 0), count
        case _:
            return np.full_like(count, most), count - rest[0]


def _close(falling: Floats, place: Places, room: float) -> Mask:
    """Whether the scores before and behind a place differ by so little that either may be the larger one."""
    behind = np.clip(place, 1, len(falling) - 1)[None, :]
    difference = np.take_along_axis(falling, behind - 1, axis=0) - np.take_along_axis(falling, behind, axis=0)
    return difference[0] <= room
