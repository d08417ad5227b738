"""The functions of a formula: `Fraction` in, `Fraction` out, or the reason why there is no value."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from engine.evaluation.arithmetic import (
    FARTHEST,
    LARGEST_EXPONENT,
    ONE,
    ZERO,
    common_log,
    exponential,
    geometric_mean,
    harmonic_mean,
    median,
    natural_log,
    power,
    square_root,
    variance,
)
from engine.evaluation.result import Reason
from engine.language.syntax import Function

Numbers = Sequence[Fraction]


def applied(operator: str, numbers: Numbers) -> Fraction | Reason:
    """The value of a function (`syntax.Function`) or of `^`; numbers without a value for it give the reason."""
    return _power(numbers) if operator == "^" else _FUNCTIONS[Function(operator)](numbers)


def is_exact(operator: str) -> bool:
    """Whether a function keeps every digit; a power does where its exponent is a whole number."""
    return operator not in _INEXACT


_INEXACT = frozenset(
    function.value
    for function in (
        Function.GEOMETRIC,
        Function.DEVIATION,
        Function.SAMPLE_DEVIATION,
        Function.SQUARE_ROOT,
        Function.CUBE_ROOT,
        Function.LN,
        Function.LOG10,
        Function.EXP,
    )
)


def _positive_mean(mean: Callable[[Numbers, Numbers], Fraction]) -> Callable[[Numbers], Fraction | Reason]:
    """A mean that exists for numbers from 0 up."""

    def found(numbers: Numbers) -> Fraction | Reason:
        return Reason.NO_GEOMETRIC_MEAN if min(numbers) < 0 else mean(numbers, [ONE] * len(numbers))

    return found


def _deviation(*, sample: bool) -> Callable[[Numbers], Fraction | Reason]:
    def found(numbers: Numbers) -> Fraction | Reason:
        return Reason.TOO_FEW if sample and len(numbers) < 2 else square_root(variance(numbers, sample=sample))

    return found


def _logarithm(numbers: Numbers) -> Fraction | Reason:
    return natural_log(numbers[0]) if numbers[0] > 0 else Reason.NO_LOGARITHM


def _common_logarithm(numbers: Numbers) -> Fraction | Reason:
    return common_log(numbers[0]) if numbers[0] > 0 else Reason.NO_LOGARITHM


def _exponential(numbers: Numbers) -> Fraction | Reason:
    return exponential(numbers[0]) if abs(numbers[0]) <= FARTHEST else Reason.TOO_LARGE


def _square_root(numbers: Numbers) -> Fraction | Reason:
    return square_root(numbers[0]) if numbers[0] >= 0 else Reason.NO_POWER


def _cube_root(numbers: Numbers) -> Fraction | Reason:
    (x,) = numbers
    root = power(abs(x), Fraction(1, 3)) if x else ZERO
    return -root if x < 0 else root


def _power(numbers: Numbers) -> Fraction | Reason:
    base, exponent = numbers
    whole = exponent.denominator == 1 and abs(exponent) <= LARGEST_EXPONENT
    if base == 0:
        return Reason.DIVISION_BY_ZERO if exponent < 0 else ZERO if exponent else ONE
    if whole:
        return power(base, exponent)
    if base < 0:
        return Reason.NO_POWER
    if abs(natural_log(base) * exponent) > FARTHEST:
        return Reason.TOO_LARGE
    return power(base, exponent)


_FUNCTIONS: Mapping[Function, Callable[[Numbers], Fraction | Reason]] = {
    Function.MEAN: lambda numbers: sum(numbers, ZERO) / len(numbers),
    Function.MIN: min,
    Function.MAX: max,
    Function.MEDIAN: median,
    Function.GEOMETRIC: _positive_mean(geometric_mean),
    Function.HARMONIC: _positive_mean(harmonic_mean),
    Function.DEVIATION: _deviation(sample=False),
    Function.SAMPLE_DEVIATION: _deviation(sample=True),
    Function.SQUARE_ROOT: _square_root,
    Function.CUBE_ROOT: _cube_root,
    Function.LN: _logarithm,
    Function.LOG10: _common_logarithm,
    Function.EXP: _exponential,
    Function.ABSOLUTE: lambda numbers: abs(numbers[0]),
}
