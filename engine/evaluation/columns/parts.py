"""How parts become one, over columns: the means, sums and deductions of `combination`."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.edges import Doubts
from engine.evaluation.columns.legend import FAILED, INAPPLICABLE, LACKING, Legend, first, gaps_at
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    Codes,
    Column,
    Floats,
    Gaps,
    Mask,
    Rows,
    clamped,
    common,
    double,
    extremes,
    larger,
    lowest,
    mixed,
    put_in,
    refined,
)
from engine.evaluation.result import Reason, State
from engine.evaluation.tasks import Task
from engine.language.policy import Added, Combined, Deducted
from engine.language.syntax import Method, Outcome

Inputs = Sequence[Column]
# A step over the columns of its inputs.
Formula = Callable[[Inputs, Doubts], Column]

_LARGEST = 2**31  # of weights made whole
_PATTERNS = 1 << 12  # of parts without a value


# ---------------------------------------------------------------- parts without a value


class Few(NamedTuple):
    """The units in which a part has no value.

    `values`: of each part what it comes to there, 0 where it has none. `codes`: of each part 0 or why it has no value,
    for every pattern of parts without a value; `which`: the pattern of each unit.
    """

    rows: Rows
    values: Sequence[Floats]
    codes: Sequence[Codes]
    which: Rows | slice


def few_of(inputs: Inputs, whole: Floats, *, every: bool = False) -> Few | None:
    """The units in which a part has no value, so that the `whole` of them is none either; None where there are none.
    `every`: all units.
    """
    if every:
        rows = np.arange(len(whole))
    elif any(isinstance(column.lacks, int) for column in inputs):
        rows = np.flatnonzero(np.isnan(whole))
    else:
        gaps = first(*[column.lacks for column in inputs if isinstance(column.lacks, Gaps)])
        rows = np.empty(0, dtype=np.intp) if gaps is None else gaps.rows
    if not rows.size:
        return None
    values = [column.values[rows] for column in inputs]
    missing = [None if column.lacks is None else np.isnan(some) for column, some in zip(inputs, values, strict=True)]
    full = [put_in(0, column, some) for column, some in zip(inputs, values, strict=True)]
    return Few(rows, full, *_patterns(inputs, missing, rows))


def _patterns(inputs: Inputs, missing: Sequence[Mask | None], rows: Rows) -> tuple[list[Codes], Rows | slice]:
    """The patterns that there are of the codes of all parts, and which of them each unit has: far fewer than units.
    Where they could be many, each unit has its own.
    """
    kinds = [_kinds(column) for column in inputs]
    count = prod(map(len, kinds))
    if count > _PATTERNS:
        return [_codes_at(*each, rows) for each in zip(inputs, missing, strict=True)], slice(None)
    which, size = np.zeros(len(rows), dtype=np.intp), 1
    for column, gone, codes in zip(inputs, missing, kinds, strict=True):
        if gone is not None:
            place = gone if len(codes) == 2 else np.searchsorted(codes, _codes_at(column, gone, rows))
            which += place * size if size > 1 else place
        size *= len(codes)
    there = np.flatnonzero(np.bincount(which, minlength=count))
    renumbered = np.zeros(count, dtype=np.intp)
    renumbered[there] = np.arange(len(there))
    found, size = list[Codes](), 1
    for codes in kinds:
        found.append(codes[there // size % len(codes)])
        size *= len(codes)
    return found, renumbered[which]


def _kinds(column: Column) -> Codes:
    """0 and the different codes of a part, in rising order."""
    lacks = column.lacks
    codes = () if lacks is None else (lacks,) if isinstance(lacks, int) else np.unique(lacks.codes)
    return np.array((0, *codes), dtype=np.uint16)


def _codes_at(column: Column, missing: Mask | None, rows: Rows) -> Codes:
    """Why a part has no value in each of these units, among which are all in which it has none; 0 where it has one."""
    if missing is not None and isinstance(column.lacks, int):
        return missing * np.uint16(column.lacks)
    codes = np.zeros(len(rows), dtype=np.uint16)
    if isinstance(column.lacks, Gaps):
        codes[np.searchsorted(rows, column.lacks.rows)] = column.lacks.codes
    return codes


def settled(column: Column, few: Few, values: Floats, codes: Codes) -> Column:
    """The column with what it comes to in these units: a value, or none where the pattern has a code.

    Writes into the column, which the caller has made.
    """
    lacks = gaps_at(few.rows, codes[few.which]) if codes.any() else None
    column.values[few.rows] = values
    if lacks is not None:
        column.values[lacks.rows] = np.nan
    return column._replace(lacks=lacks)


def uses_of(task: Task, legend: Legend) -> Callable[[Few], Codes]:
    """Why a whole has no value where parts have none, 0 where it has one from the others (`combination.usable`), for
    every pattern of such parts.
    """
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
    """The first part that stops the whole decides why, for every pattern. `stops`: from which code on a part does."""
    codes = np.zeros_like(few.codes[0])
    for one, least in zip(few.codes, stops, strict=True):
        if (one >= least).any():
            codes = np.where(codes == 0, legend.passed(one, least), codes)
    return codes


def instead_of_none(codes: Codes, condition: Mask, code: int) -> Codes:
    """The codes, with one for the patterns that fulfil a condition and had none."""
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
            grid=refined(common(*[part.grid for part in inputs]), sum(whole), few.rows, below, few.which),
            least=min(column.least, *(part.least for part in inputs)),
        )
        return settled(column, few, above / below[few.which], codes)

    return found


def shared_out(weights: Sequence[int], few: Few) -> tuple[Floats, NDArray[np.int64]]:
    """Σ wᵢSᵢ over the parts in use, unit by unit, and Σ wᵢ for every pattern; the second is exact."""
    above, below = np.zeros(len(few.rows)), np.zeros(len(few.codes[0]), dtype=np.int64)
    for weight, values, codes in zip(weights, few.values, few.codes, strict=True):
        above += values if weight == 1 else values * weight
        below += (codes == 0) * weight
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
        there = [(codes == 0)[few.which] for codes in few.codes]
        kept = [np.where(one, values, beyond) for one, values in zip(there, few.values, strict=True)]
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
            grid=refined(grid, 1, few.rows, below * ratio.denominator, few.which),
            least=min(column.least, column.least * times),
        )
        return clamped(settled(column, few, above * factor[few.which], codes), ZERO, full)

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
