"""How parts become one, over columns: the means, sums and deductions of `combination`."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import NamedTuple

import numpy as np

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.legend import FAILED, INAPPLICABLE, LACKING, Legend, first, lacking
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    Codes,
    Column,
    Doubts,
    Floats,
    Mask,
    clamped,
    common,
    emptied,
    extremes,
    finer,
    lowest,
    mixed,
    of_all,
    replaced,
)
from engine.evaluation.formulas import Task
from engine.evaluation.result import Reason, State
from engine.language.policy import Added, Combined, Deducted
from engine.language.syntax import Method, Outcome

Inputs = Sequence[Column]
# A step over the columns of its inputs.
Formula = Callable[[Inputs, Doubts], Column]

_LARGEST = 2**31  # of weights made whole
_SMALL = 2**15


class Uses(NamedTuple):
    """In which units each part has no value (None: all have one in all), and why some units have none.

    `blank`: those come to NaN.
    """

    absent: tuple[Mask | None, ...] | None
    blank: bool
    lacks: Codes | None


# ---------------------------------------------------------------- parts without a value


def uses_of(task: Task, legend: Legend) -> Callable[[Inputs], Uses]:
    """Which parts count in which units, and why a whole has no value (`combination.usable`)."""
    path, fewest = task.indicator.path, task.indicator.minimum_sample
    stops = [FAILED if part.missing is Outcome.RENORMALISE else LACKING for part in task.parts]
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, path)
    inapplicable = legend.lack(State.NOT_APPLICABLE, Reason.NOT_APPLICABLE, path)
    few = legend.lack(State.BELOW_MINIMUM_SAMPLE, Reason.SMALL_SAMPLE, path)

    def found(inputs: Inputs) -> Uses:
        if all(column.lacks is None for column in inputs) and len(inputs) >= fewest:
            return Uses(None, blank=True, lacks=None)
        size = len(inputs[0].values)
        absent = tuple(None if column.lacks is None else column.lacks != 0 for column in inputs)
        codes = stopped(legend, inputs, stops)
        blank = codes is None and fewest <= 1
        every = [mask for mask in absent if mask is not None]
        unused = reduce(np.logical_and, every) if len(every) == len(absent) else None
        if unused is not None and unused.any():
            left = reduce(np.logical_or, (c.lacks >= LACKING for c in inputs if c.lacks is not None))
            codes = lacking(codes, unused & ~left, inapplicable)
            codes = lacking(codes, unused, nothing)
        if fewest > 1:
            there = np.full(size, len(inputs)) - sum(every)
            codes = lacking(codes, there < fewest, few)
        return Uses(absent, blank, codes)

    return found


def stopped(legend: Legend, inputs: Inputs, stops: Sequence[int]) -> Codes | None:
    """The first part that stops the whole decides why. `stops`: from which code on a part does."""
    codes: Codes | None = None
    for column, least in zip(inputs, stops, strict=True):
        if column.lacks is not None and (column.lacks >= least).any():
            codes = first(codes, legend.passed(column.lacks, least))
    return codes


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

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        uses = uses_in(inputs)
        if uses.absent is None:
            return mixed(list(zip(shares, inputs, strict=True)))
        above, below = shared_out(whole, inputs, uses.absent)
        codes = lacking(uses.lacks, below == 0, nothing) if 0 in whole else uses.lacks
        error, most = extremes(inputs)
        error = error + (len(inputs) + 4) * HALF_STEP * most
        grid = finer(common(*[column.grid for column in inputs]), below)
        above /= below
        least = min(column.least for column in inputs)
        return Column(above, error, most, grid, of_all(inputs), least, blank=uses.blank, lacks=codes)

    return found


def shared_out(weights: Sequence[int], inputs: Inputs, absent: Sequence[Mask | None]) -> tuple[Floats, Floats]:
    """Σ wᵢSᵢ and Σ wᵢ over the parts in use, unit by unit; the second is whole and exact."""
    size = len(inputs[0].values)
    above = np.zeros(size)
    small = np.int16 if sum(map(abs, weights)) < _SMALL else np.int64
    below = np.full(size, sum(weights), dtype=small)
    for weight, column, mask in zip(weights, inputs, absent, strict=True):
        above += emptied(column) * weight
        if mask is not None:
            below -= np.multiply(mask, weight, dtype=small)
    return above, below.astype(np.float64)


def _extreme(task: Task, legend: Legend, *, highest: bool) -> Formula:
    """The worst or the best of the parts in use."""
    uses_in, beyond = uses_of(task, legend), -np.inf if highest else np.inf

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        uses = uses_in(inputs)
        if uses.absent is None:
            return lowest(inputs, highest=highest)
        kept = [
            column if mask is None else column._replace(values=replaced(column.values, mask, beyond))
            for column, mask in zip(inputs, uses.absent, strict=True)
        ]
        return lowest(kept, highest=highest)._replace(lacks=uses.lacks)

    return found


# ---------------------------------------------------------------- sums and deductions


def _sum(task: Task, legend: Legend) -> Formula | None:
    """S = Σ Sᵢ; where parts are left out, F·ΣSᵢ/Σwᵢ over the others."""
    full, uses_in = task.indicator.full, uses_of(task, legend)
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, task.indicator.path)
    points = whole_weights([part.full for part in task.parts])
    if points is None:
        return None
    unit = sum((part.full for part in task.parts), ZERO) / sum(points)  # one of the whole weights in points
    total = sum(points)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        uses = uses_in(inputs)
        if uses.absent is None:
            return clamped(mixed([(ONE, column) for column in inputs]), ZERO, full)
        above, _ = shared_out([1] * len(inputs), inputs, uses.absent)
        _, below = shared_out(points, inputs, uses.absent)
        codes = lacking(uses.lacks, below == 0, nothing) if 0 in points else uses.lacks
        ratio = full / unit
        factor = np.where(below == total, 1, (ratio.numerator / ratio.denominator) / below)
        factor = np.where(below == 0, 0, factor)
        error, most = sum((c.error for c in inputs), 0), sum((c.most for c in inputs), 0)
        bound = (error + (len(inputs) + 4) * HALF_STEP * most) * factor
        grid = finer(finer(common(*(column.grid for column in inputs)), ratio.denominator), below)
        return clamped(Column(above * factor, bound, most * factor, grid, of_all(inputs), lacks=codes), ZERO, full)

    return found


def summed_losses(task: Task, legend: Legend) -> Formula:
    """Σ Dₗ over the parts, at most the cap of the heading; a part that is not applicable takes nothing."""
    indicator = task.indicator
    cap = indicator.item.cap if indicator.item else None
    inapplicable = legend.lack(State.NOT_APPLICABLE, Reason.NOT_APPLICABLE, indicator.path)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        codes = stopped(legend, inputs, [LACKING] * len(inputs))
        total = mixed([(ONE, taking(column)) for column in inputs])
        if all(column.lacks is not None for column in inputs):
            none = reduce(np.logical_and, [_inapplicable(column) for column in inputs])
            codes = lacking(codes, none, inapplicable)
        return clamped(total, None, cap)._replace(lacks=codes)

    return found


def _inapplicable(column: Column) -> Mask:
    codes = column.lacks
    assert codes is not None  # noqa: S101 - asked where every part lacks something
    return (codes >= INAPPLICABLE) & (codes < LACKING)


def taking(column: Column) -> Column:
    """The column with 0 where there is no value."""
    if column.lacks is None:
        return column
    return column._replace(values=emptied(column), least=min(column.least, 0), blank=False, lacks=None)


def _rest(task: Task, legend: Legend) -> Formula:
    """S = min(F, max(0, F - Σ Dₗ))."""
    lost_in, full = summed_losses(task, legend), task.indicator.full

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        lost = lost_in(inputs, doubts)
        return clamped(mixed([(-ONE, lost)], full), ZERO, full)._replace(lacks=lost.lacks)

    return found
