"""Formulas over columns, of sums, products, quotients and choices: the counterpart of `terms`."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.legend import Legend, first, lacking
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    Bound,
    Column,
    Doubts,
    Mask,
    chosen,
    clamped,
    common,
    constant,
    equals,
    finer,
    lowest,
    mixed,
    of_all,
    product,
    reaches,
)
from engine.evaluation.columns.parts import Formula, Inputs, shared_out, uses_of
from engine.evaluation.formulas import Task
from engine.evaluation.result import Reason, State
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
    if any(abs(factor) > _LARGEST for factor in whole):
        return None
    uses_in, shares = uses_of(task, legend), task.mix.whole
    nothing = legend.lack(State.MISSING, Reason.NOTHING_LEFT, task.indicator.path)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        uses = uses_in(inputs)
        every = mixed(list(zip(factors, inputs, strict=True)))
        if uses.absent is None:
            return _within_marks(task.indicator, every)
        if not shares:
            codes = first(uses.lacks, *(legend.passed(c.lacks) for c in inputs if c.lacks is not None))
            return _within_marks(task.indicator, every)._replace(lacks=codes)
        above, rest = shared_out(whole, inputs, uses.absent)
        codes = lacking(uses.lacks, rest == 0, nothing)
        most: Bound = 0
        error: Bound = 0
        for factor, column in zip(whole, inputs, strict=True):
            most, error = most + abs(factor) * column.most, error + abs(factor) * column.error
        error = error + (len(inputs) + 4) * HALF_STEP * most
        size = np.where(rest == 0, 1, np.abs(rest))
        grid = finer(common(*(column.grid for column in inputs)), size)
        return _within_marks(
            task.indicator, Column(above / rest, error / size, most / size, grid, of_all(inputs), lacks=codes)
        )

    return found


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
    divided = legend.lack(State.ERROR, Reason.DIVISION_BY_ZERO, task.indicator.path)

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        codes = first(uses_in(inputs).lacks, *(legend.passed(c.lacks) for c in inputs if c.lacks is not None))
        values = {name: column._replace(lacks=codes, blank=False) for name, column in zip(names, inputs, strict=True)}
        column = _Work(values, doubts, len(inputs[0].values), divided).value(written)
        return _within_marks(task.indicator, column)._replace(lacks=first(codes, column.lacks))

    return found


class _Work:
    """A formula at work on one chunk; `lacks` of what it finds: where it divided by zero."""

    def __init__(self, values: Mapping[str, Column], doubts: Doubts, size: int, divided: int) -> None:
        self.values, self.doubts, self.size, self.divided = values, doubts, size, divided

    def value(self, written: Written) -> Column:
        match written:
            case Constant(amount=amount):
                return constant(amount, self.size)
            case Ref(path=path):
                return self.values[path]
            case Operation(operator=operator, operands=operands) if operator.startswith("if "):
                return self.choice(Comparison(operator.removeprefix("if ")), operands)
            case Operation(operator=operator, operands=operands):
                columns = [self.value(operand) for operand in operands]
                codes = first(*(column.lacks for column in columns))
                found = self.operated(operator, [column._replace(lacks=codes) for column in columns])
                return found._replace(lacks=first(codes, found.lacks))

    def choice(self, comparison: Comparison, operands: Sequence[Written]) -> Column:
        """What stands for the case that holds; the other one is not looked at."""
        left, right, then, otherwise = (self.value(operand) for operand in operands)
        codes = first(left.lacks, right.lacks)
        difference = mixed([(ONE, left), (-ONE, right)])._replace(lacks=codes)
        holds = compared(self.doubts, difference, comparison, ZERO)
        found = chosen(holds, then, otherwise)
        of_case = None
        if then.lacks is not None or otherwise.lacks is not None:
            nothing = np.zeros(self.size, dtype=np.uint16)
            one = nothing if then.lacks is None else then.lacks
            other = nothing if otherwise.lacks is None else otherwise.lacks
            of_case = one * holds + other * ~holds
        return found._replace(lacks=first(codes, of_case))

    def operated(self, operator: str, columns: Sequence[Column]) -> Column:
        """One operation on columns that share their lacks."""
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
        values = above.values / np.where(zero, 1, below.values)
        size = np.abs(values)
        room = np.maximum(np.abs(below.values) - below.error, 0)
        error = (above.error + size * below.error) / room + 2 * HALF_STEP * size
        codes = lacking(None, zero, self.divided)
        return Column(values, np.where(zero, 0, error), size, lacks=codes)


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
