"""How parts become one, over columns: the means, sums and deductions of `combination`."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.legend import FAILED, INAPPLICABLE, LACKING, Legend, gaps_at
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    Codes,
    Column,
    Doubts,
    Floats,
    Mask,
    Rows,
    clamped,
    common,
    double,
    extremes,
    larger,
    lowest,
    mixed,
    refined,
    replaced,
)
from engine.evaluation.result import Reason, State
from engine.evaluation.tasks import Task
from engine.language.policy import Added, Combined, Deducted
from engine.language.syntax import Method, Outcome

Inputs = Sequence[Column]
# A step over the columns of its inputs.
Formula = Callable[[Inputs, Doubts], Column]

_LARGEST = 2**31  # of weights made whole


# ---------------------------------------------------------------- parts without a value


class Few(NamedTuple):
    """The units in which a part has no value: of each part what it comes to there, and 0 or why it has no value."""

    rows: Rows
    values: Sequence[Floats]
    codes: Sequence[Codes]


def few_of(inputs: Inputs, whole: Floats, *, every: bool = False) -> Few | None:
    """The units in which a part has no value, so that the `whole` of them is none either; None where there are none.
    `every`: all units.
    """
    if not every and all(column.lacks is None for column in inputs):
        return None
    rows = np.arange(len(whole)) if every else np.flatnonzero(np.isnan(whole))
    if not rows.size:
        return None
    values = [column.values[rows] for column in inputs]
    return Few(rows, values, [_codes_at(*pair, rows) for pair in zip(inputs, values, strict=True)])


def _codes_at(column: Column, values: Floats, rows: Rows) -> Codes:
    """Why a part has no value in each of these units, among which are all in which it has none; 0 where it has one."""
    if isinstance(column.lacks, int):
        return np.isnan(values) * np.uint16(column.lacks)
    codes = np.zeros(len(rows), dtype=np.uint16)
    if column.lacks is not None:
        codes[np.searchsorted(rows, column.lacks.rows)] = column.lacks.codes
    return codes


def settled(column: Column, few: Few, values: Floats, codes: Codes) -> Column:
    """The column with what it comes to in these units: a value, or none where there is a code."""
    lacks = gaps_at(few.rows, codes)
    if lacks is not None:
        values = np.where(codes == 0, values, np.nan)
    return column._replace(values=replaced(column.values, few.rows, values), lacks=lacks)


def uses_of(task: Task, legend: Legend) -> Callable[[Few], Codes]:
    """Why a whole has no value where parts have none, 0 where it has one from the others (`combination.usable`)."""
    path, fewest = task.indicator.path, task.indicator.minimum_sample
    stops = [FAILED if part.missing is Outcome.RENORMALISE else LACKING for part in task.parts]
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, path)
    inapplicable = legend.lack(State.NOT_APPLICABLE, Reason.NOT_APPLICABLE, path)
    small = legend.lack(State.BELOW_MINIMUM_SAMPLE, Reason.SMALL_SAMPLE, path)

    def found(few: Few) -> Codes:
        codes = stopped(legend, few, stops)
        unused = reduce(np.logical_and, [one != 0 for one in few.codes])
        if unused.any():
            left = reduce(np.logical_or, [one >= LACKING for one in few.codes])
            codes = instead_of_none(codes, unused & ~left, inapplicable)
            codes = instead_of_none(codes, unused, nothing)
        if fewest > 1:
            there = np.sum([one == 0 for one in few.codes], axis=0)
            codes = instead_of_none(codes, there < fewest, small)
        return codes

    return found


def stopped(legend: Legend, few: Few, stops: Sequence[int]) -> Codes:
    """The first part that stops the whole decides why. `stops`: from which code on a part does."""
    codes = np.zeros(len(few.rows), dtype=np.uint16)
    for one, least in zip(few.codes, stops, strict=True):
        if (one >= least).any():
            codes = np.where(codes == 0, legend.passed(one, least), codes)
    return codes


def instead_of_none(codes: Codes, condition: Mask, code: int) -> Codes:
    """The codes, with one for the units that fulfil a condition and had none."""
    return np.where((codes == 0) & condition, np.uint16(code), codes)


# ---------------------------------------------------------------- means


def combination(task: Task, legend: Legend) -> Formula | None:
    """The score of a heading from its parts; None for one that columns do not know."""
    match task.indicator.value:
        case Combined(method=Method.WEIGHTED | Method.EQUAL as method):
            weights = [ONE if method is Method.EQUAL or p.share is None else p.share for p in task.parts]
            return _mean(task, legend, weights)
        case Combined(method=Method.WORST | Method.BEST as method):
            return _extreme(task, legend, highest=method is Method.BEST)
        case Added():
            return _sum(task, legend)
        case Deducted():
            return _rest(task, legend)
        case _:
            return None


def whole_weights(weights: Sequence[Fraction]) -> list[int] | None:
    """The weights as whole numbers in the same proportion; None where they are too large or one is below 0."""
    below = lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * below) for weight in weights]
    shared = gcd(*whole) or 1
    whole = [weight // shared for weight in whole]
    return whole if all(0 <= weight < _LARGEST for weight in whole) and any(whole) else None


def _mean(task: Task, legend: Legend, weights: Sequence[Fraction]) -> Formula | None:
    """S = Σ wᵢSᵢ / Σ wᵢ over the parts in use."""
    whole, uses_in = whole_weights(weights), uses_of(task, legend)
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, task.indicator.path)
    if whole is None:
        return None
    shares = [Fraction(weight, sum(whole)) for weight in whole]
    small = len(task.parts) < task.indicator.minimum_sample

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        column = mixed(list(zip(shares, inputs, strict=True)))
        few = few_of(inputs, column.values, every=small)
        if few is None:
            return column
        above, below = shared_out(whole, few)
        codes = uses_in(few)
        if 0 in whole:
            codes = instead_of_none(codes, below == 0, nothing)
        error, most = extremes(inputs)
        column = column._replace(
            error=larger(column.error, error + (len(inputs) + 4) * HALF_STEP * most),
            most=larger(column.most, most),
            grid=refined(common(*[part.grid for part in inputs]), sum(whole), few.rows, below),
            least=min(column.least, *(part.least for part in inputs)),
        )
        return settled(column, few, above / below, codes)

    return found


def shared_out(weights: Sequence[int], few: Few) -> tuple[Floats, NDArray[np.int64]]:
    """Σ wᵢSᵢ and Σ wᵢ over the parts in use, unit by unit; the second is exact."""
    above, below = np.zeros(len(few.rows)), np.zeros(len(few.rows), dtype=np.int64)
    for weight, values, codes in zip(weights, few.values, few.codes, strict=True):
        there = codes == 0
        above += np.where(there, values, 0) if weight == 1 else np.where(there, values, 0) * weight
        below += there * weight
    return above, below


def fewest(weights: NDArray[np.int64]) -> int:
    """The least sum of weights that is not 0, whatever its sign."""
    sizes = np.abs(weights[weights != 0])
    return sizes.min().item() if sizes.size else 1


def _extreme(task: Task, legend: Legend, *, highest: bool) -> Formula:
    """The worst or the best of the parts in use."""
    uses_in, beyond = uses_of(task, legend), -np.inf if highest else np.inf
    small = len(task.parts) < task.indicator.minimum_sample
    pick = np.maximum if highest else np.minimum

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        column = lowest(inputs, highest=highest)
        few = few_of(inputs, column.values, every=small)
        if few is None:
            return column
        kept = [np.where(codes == 0, one, beyond) for one, codes in zip(few.values, few.codes, strict=True)]
        return settled(column, few, reduce(pick, kept), uses_in(few))

    return found


# ---------------------------------------------------------------- sums and deductions


def _sum(task: Task, legend: Legend) -> Formula | None:
    """S = Σ Sᵢ; where parts are left out, F·ΣSᵢ/Σwᵢ over the others."""
    full, uses_in = task.indicator.full, uses_of(task, legend)
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, task.indicator.path)
    points = whole_weights([part.full for part in task.parts])
    if points is None:
        return None
    small = len(task.parts) < task.indicator.minimum_sample
    unit = sum((part.full for part in task.parts), ZERO) / sum(points)  # one of the whole weights in points
    ratio = full / unit
    if ratio.denominator > _LARGEST:
        return None

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        column = mixed([(ONE, column) for column in inputs])
        few = few_of(inputs, column.values, every=small)
        if few is None:
            return clamped(column, ZERO, full)
        above, _ = shared_out([1] * len(inputs), few)
        _, below = shared_out(points, few)
        codes = instead_of_none(uses_in(few), below == 0, nothing)
        factor = np.where(reduce(np.logical_and, [one == 0 for one in few.codes]), 1, double(ratio) / below)
        times = max(1, double(ratio) / fewest(below))
        grid = common(*(part.grid for part in inputs))
        column = column._replace(
            error=(column.error + (len(inputs) + 4) * HALF_STEP * column.most) * times,
            most=column.most * times,
            grid=refined(grid, 1, few.rows, below * ratio.denominator),
            least=min(column.least, column.least * times),
        )
        return clamped(settled(column, few, above * factor, codes), ZERO, full)

    return found


def summed_losses(task: Task, legend: Legend) -> Formula:
    """Σ Dₗ over the parts, at most the cap of the heading; a part that is not applicable takes nothing."""
    indicator = task.indicator
    cap = indicator.item.cap if indicator.item else None
    inapplicable = legend.lack(State.NOT_APPLICABLE, Reason.NOT_APPLICABLE, indicator.path)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        total = mixed([(ONE, column) for column in inputs])
        few = few_of(inputs, total.values)
        if few is not None:
            codes = stopped(legend, few, [LACKING] * len(inputs))
            none = reduce(np.logical_and, [(one >= INAPPLICABLE) & (one < LACKING) for one in few.codes])
            codes = instead_of_none(codes, none, inapplicable)
            above, _ = shared_out([1] * len(inputs), few)
            total = settled(total, few, above, codes)._replace(least=sum(min(one.least, 0) for one in inputs))
        return clamped(total, None, cap)

    return found


def _rest(task: Task, legend: Legend) -> Formula:
    """S = min(F, max(0, F - Σ Dₗ))."""
    lost_in, full = summed_losses(task, legend), task.indicator.full

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        lost = lost_in(inputs, doubts)
        return clamped(mixed([(-ONE, lost)], full), ZERO, full)._replace(lacks=lost.lacks)

    return found
