"""From which lowest to which highest value a formula can go, out of the ranges of what it reads.

Both ends are exact or unknown: the logarithm of a range, say, has no exact ends.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt

from engine.language.formulas import Constant, Formula, Operation, Ref
from engine.values import Frozen, named

HUNDRED = Fraction(100)


@named
class Marks(Frozen):
    """The lowest and the highest score; None is unbounded."""

    low: Fraction | None
    high: Fraction | None

    @property
    def full(self) -> Fraction:
        """Full marks; 100 where the score is unbounded."""
        return HUNDRED if self.high is None else self.high


ENDLESS = Marks(low=None, high=None)


def range_of(formula: Formula | None, marks: Mapping[str, Marks | None]) -> Marks:
    """The range of a formula; unbounded where it reads something that has no score."""
    match formula:
        case None:
            return Marks(low=Fraction(0), high=HUNDRED)
        case Constant(amount=amount):
            return Marks(low=amount, high=amount)
        case Ref(path=path):
            return marks.get(path) or ENDLESS
        case Operation(operator=operator, operands=operands):
            return _operated(operator, [range_of(operand, marks) for operand in operands])


def _operated(operator: str, ranges: list[Marks]) -> Marks:
    first = ranges[0]
    match operator:
        case "+":
            return Marks(low=_sum(first.low, ranges[1].low), high=_sum(first.high, ranges[1].high))
        case "-":
            return _operated("+", [first, _operated("neg", ranges[1:])])
        case "neg":
            return Marks(low=_negative(first.high), high=_negative(first.low))
        case "*":
            return _product(first, ranges[1])
        case "/":
            return _product(first, _inverse(ranges[1]))
        case "mean":
            total = ranges[0]
            for other in ranges[1:]:
                total = _operated("+", [total, other])
            return _product(total, _fixed(Fraction(1, len(ranges))))
        case "min" | "max":
            return _extreme(ranges, lowest=operator == "min")
        case _:
            return _further(operator, ranges)


def _further(operator: str, ranges: list[Marks]) -> Marks:
    """Functions whose ends are those of their arguments; those of a logarithm or an exponential are not exact."""
    first = ranges[0]
    match operator:
        case "median" | "geometric mean" | "harmonic mean":
            return _hull(ranges)
        case "if >=" | "if <=" | "if >" | "if <" | "if =":
            return _hull(ranges[2:])
        case "standard deviation" | "sample standard deviation":
            return Marks(low=Fraction(0), high=None)
        case "absolute value":
            return _absolute(first)
        case "square root":
            return Marks(low=_root(first.low) or Fraction(0), high=_root(first.high))
        case "^" if ranges[1].low == ranges[1].high and ranges[1].low is not None and first.low is not None:
            return _power(first, ranges[1].low) if first.low >= 0 else ENDLESS
        case _:
            return ENDLESS


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _negative(bound: Fraction | None) -> Fraction | None:
    return None if bound is None else -bound


def _fixed(amount: Fraction) -> Marks:
    return Marks(low=amount, high=amount)


def _product(one: Marks, other: Marks) -> Marks:
    if one.low is not None and other.low is not None and min(one.low, other.low) >= 0:
        high = None if one.high is None or other.high is None else one.high * other.high
        return Marks(low=one.low * other.low, high=high)
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return ENDLESS
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    return Marks(low=min(corners), high=max(corners))


def _inverse(marks: Marks) -> Marks:
    if marks.low is None or marks.high is None or marks.low <= 0 <= marks.high:
        return ENDLESS
    return Marks(low=1 / marks.high, high=1 / marks.low)


def _extreme(ranges: list[Marks], *, lowest: bool) -> Marks:
    """The range of the smallest or the largest: of several upper ends the smallest holds for the smallest."""
    lows, highs = [marks.low for marks in ranges], [marks.high for marks in ranges]
    known_lows, known_highs = [n for n in lows if n is not None], [n for n in highs if n is not None]
    if lowest:
        return Marks(low=None if None in lows else min(known_lows), high=min(known_highs, default=None))
    return Marks(low=max(known_lows, default=None), high=None if None in highs else max(known_highs))


def _hull(ranges: list[Marks]) -> Marks:
    """From the lowest of all to the highest of all."""
    lows, highs = [marks.low for marks in ranges], [marks.high for marks in ranges]
    return Marks(
        low=None if None in lows else min(n for n in lows if n is not None),
        high=None if None in highs else max(n for n in highs if n is not None),
    )


def _absolute(marks: Marks) -> Marks:
    if marks.low is None or marks.high is None:
        return Marks(low=Fraction(0), high=None)
    crosses = marks.low <= 0 <= marks.high
    ends = (abs(marks.low), abs(marks.high))
    return Marks(low=Fraction(0) if crosses else min(ends), high=max(ends))


_LARGEST = 64


def _power(marks: Marks, exponent: Fraction) -> Marks:
    """Of numbers from 0 up; ends that are not exact are unknown."""
    if exponent == Fraction(1, 2):
        return Marks(low=_root(marks.low) or Fraction(0), high=_root(marks.high))
    if exponent.denominator != 1 or not 0 < exponent <= _LARGEST:
        ends = (marks.low, marks.high)
        return marks if set(ends) <= {Fraction(0), Fraction(1)} and exponent > 0 else ENDLESS
    low, high = (None if end is None else end ** int(exponent) for end in (marks.low, marks.high))
    return Marks(low=low, high=high)


def _root(number: Fraction | None) -> Fraction | None:
    """√x where it is exact."""
    if number is None or number < 0:
        return None
    root = Fraction(isqrt(number.numerator), isqrt(number.denominator))
    return root if root * root == number else None
