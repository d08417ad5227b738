"""Formulas over columns, of sums, products, quotients and choices: the counterpart of `terms`."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import inf, lcm

import numpy as np

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.edges import Doubts, equals, reaches
from engine.evaluation.columns.legend import Legend, blanked, gaps_at, lacking
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    Codes,
    Column,
    Mask,
    bound_of,
    chosen,
    clamped,
    common,
    constant,
    lowest,
    mixed,
    product,
    refined,
)
from engine.evaluation.columns.parts import (
    Few,
    Formula,
    Inputs,
    few_of,
    fewest,
    instead_of_none,
    settled,
    shared_out,
    uses_of,
)
from engine.evaluation.result import Reason, State
from engine.evaluation.tasks import Task
from engine.language.formulas import Constant, Formula as Written, Operation, Ref
from engine.language.policy import Indicator
from engine.language.syntax import Comparison, Kind

_LARGEST = 2**31  # of factors made whole


def formula(task: Task, legend: Legend, written: Written) -> Formula | None:
    """The score of a formula; where it is a weighted sum, parts left out give their weight to the others."""
    terms = task.mix.terms
    if terms is not None:
        return _weighted(task, legend, [terms[part.path] for part in task.parts])
    return _computed(task, legend, written) if _is_known(written) else None


def _within_marks(indicator: Indicator, column: Column) -> Column:
    """A score stays between 0 and its full marks; a difference, or a number that is no score, stays as it is."""
    converted = indicator.scale is not None or indicator.over_units is not None or indicator.logarithm
    if indicator.kind is not Kind.SCORE or converted:
        return column
    return clamped(column, ZERO, indicator.full)


# ---------------------------------------------------------------- weighted sums


def _weighted(task: Task, legend: Legend, factors: Sequence[Fraction]) -> Formula | None:
    """Σ factor × part; the factors of parts left out go to the others, if all together are 1."""
    below = lcm(*(factor.denominator for factor in factors))
    whole = [int(factor * below) for factor in factors]
    if any(abs(factor) > _LARGEST for factor in (below, *whole)):
        return None
    uses_in, shares = uses_of(task, legend), task.mix.whole
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, task.indicator.path)
    small = len(factors) < task.indicator.minimum_sample

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        column = mixed(list(zip(factors, inputs, strict=True)))
        few = few_of(inputs, column.values, every=small)
        if few is None:
            return _within_marks(task.indicator, column)
        codes = uses_in(few)
        if not shares:
            return _within_marks(
                task.indicator, settled(column, few, column.values[few.rows], _any(few, codes, legend))
            )
        above, rest = shared_out(whole, few)
        codes = instead_of_none(codes, rest == 0, nothing)
        times = max(1, below / fewest(rest))
        column = column._replace(
            error=(column.error + (len(inputs) + 4) * HALF_STEP * column.most) * times,
            most=column.most * times,
            grid=refined(common(*(part.grid for part in inputs)), below, few.rows, np.abs(rest), few.which),
            least=-inf,
        )
        return _within_marks(task.indicator, settled(column, few, above / rest[few.which], codes))

    return found


def _any(few: Few, codes: Codes, legend: Legend) -> Codes:
    """The codes, with those of the first part that has no value."""
    for one in few.codes:
        codes = np.where(codes == 0, legend.passed(one), codes)
    return codes


# ---------------------------------------------------------------- any other formula

_KNOWN = ("+", "-", "*", "/", "neg", "mean", "min", "max", "absolute value")


def _is_known(written: Written) -> bool:
    if not isinstance(written, Operation):
        return True
    operator = written.operator
    return (operator in _KNOWN or operator.startswith("if ")) and all(map(_is_known, written.operands))


def _computed(task: Task, legend: Legend, written: Written) -> Formula:
    """The formula's value where all its parts have one."""
    uses_in, names = uses_of(task, legend), [part.path for part in task.parts]
    small = len(names) < task.indicator.minimum_sample
    divided = legend.lack(State.ERROR, Reason.DIVISION_BY_ZERO, task.indicator.path)

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        work = _Work(dict(zip(names, inputs, strict=True)), doubts, len(inputs[0].values))
        column = work.value(written)
        few = few_of(inputs, reduce(np.add, [one.values for one in inputs]), every=small)
        lacks = None if few is None else gaps_at(few.rows, _any(few, uses_in(few), legend)[few.which])
        column = lacking(blanked(column, lacks), np.isnan(column.values), divided)
        return _within_marks(task.indicator, column)

    return found


class _Work:
    """A formula at work on one chunk; NaN where a part has no value or it divides by zero."""

    def __init__(self, values: Mapping[str, Column], doubts: Doubts, size: int) -> None:
        self.values, self.doubts, self.size = values, doubts, size

    def value(self, written: Written) -> Column:
        match written:
            case Constant(amount=amount):
                return constant(amount, self.size)
            case Ref(path=path):
                return self.values[path]
            case Operation(operator=operator, operands=operands) if operator.startswith("if "):
                return self.choice(Comparison(operator.removeprefix("if ")), operands)
            case Operation(operator=operator, operands=operands):
                return self.operated(operator, [self.value(operand) for operand in operands])

    def choice(self, comparison: Comparison, operands: Sequence[Written]) -> Column:
        """What stands for the case that holds; the other one is not looked at."""
        left, right, then, otherwise = (self.value(operand) for operand in operands)
        difference = mixed([(ONE, left), (-ONE, right)])
        found = chosen(compared(self.doubts, difference, comparison, ZERO), then, otherwise)
        return found._replace(values=np.where(np.isnan(difference.values), np.nan, found.values))

    def operated(self, operator: str, columns: Sequence[Column]) -> Column:
        """One operation, on whatever its operands come to."""
        match operator, columns:
            case "+", (left, right):
                return mixed([(ONE, left), (ONE, right)])
            case "-", (left, right):
                return mixed([(ONE, left), (-ONE, right)])
            case "neg", (one,):
                return mixed([(-ONE, one)])
            case "*", (left, right):
                return product(left, right)
            case "/", (left, right):
                return self.quotient(left, right)
            case "mean", _:
                return mixed([(Fraction(1, len(columns)), column) for column in columns])
            case "absolute value", (one,):
                return one._replace(values=np.abs(one.values), told=False)
            case _:
                return lowest(columns, highest=operator == "max")

    def quotient(self, above: Column, below: Column) -> Column:
        """|error| ≤ (error above + |quotient| × error below) / (|below| - error below), and the rounding."""
        zero = equals(self.doubts, below, ZERO)
        values = above.values / np.where(zero, np.nan, below.values)
        size = bound_of(np.abs(values), values)
        room = np.maximum(np.abs(below.values) - below.error, 0)
        error = bound_of((above.error + size * below.error) / room, values) + 2 * HALF_STEP * size
        return Column(values, error, size)


def compared(doubts: Doubts, column: Column, comparison: Comparison, bound: Fraction) -> Mask:
    """Whether `column comparison bound` holds."""
    return _HOLDS[comparison](doubts, column, bound)


_HOLDS: Mapping[Comparison, Callable[[Doubts, Column, Fraction], Mask]] = {
    Comparison.LESS: lambda doubts, x, bound: ~reaches(doubts, x, bound, closed=True),
    Comparison.AT_MOST: lambda doubts, x, bound: ~reaches(doubts, x, bound, closed=False),
    Comparison.EQUAL: equals,
    Comparison.NOT_EQUAL: lambda doubts, x, bound: ~equals(doubts, x, bound),
    Comparison.AT_LEAST: lambda doubts, x, bound: reaches(doubts, x, bound, closed=True),
    Comparison.MORE: lambda doubts, x, bound: reaches(doubts, x, bound, closed=False),
}
