"""The numbers behind every formula, exact: `Fraction` in, `Fraction` out.

Three operations have no exact value (logarithm, geometric mean, square root); they are computed
with 50 significant decimal digits, half even, and are rationals like any other from there on.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import ceil, floor
from operator import eq, ge, gt, le, lt, ne

from engine.language.syntax import Comparison, Half, Parts, Rounding, Scale

DIGITS = 50
_GUARD = 30
ZERO = Fraction(0)
ONE = Fraction(1)


# ---------------------------------------------------------------- rounding


def rounded(value: Fraction, rounding: Rounding) -> Fraction:
    """The value to `rounding.decimals` decimals; a negative number by its absolute value (GB/T 8170, 3.2).

    Half up is 四舍五入, half even 四舍六入五成双 (GB/T 8170, 3.3), down drops the further digits, up adds one
    to the last where any further digit is not 0.
    """
    if rounding.mode is Half.NONE or rounding.decimals is None:
        return value
    unit = Fraction(10) ** -rounding.decimals
    whole, rest = divmod(abs(value) / unit, 1)
    size = (whole + _one_more(int(whole), rest, rounding.mode)) * unit
    return -size if value < 0 else size


def _one_more(whole: int, rest: Fraction, mode: Half) -> int:
    if mode is Half.UP:
        return int(2 * rest >= 1)
    if mode is Half.EVEN:
        return int(2 * rest > 1 or (2 * rest == 1 and whole % 2 == 1))
    return int(mode is Half.CEIL and rest > 0)


def counted(steps: Fraction, parts: Parts) -> Fraction:
    """How many of the steps cost something: whole ones, started ones, or all to the last part."""
    if parts is Parts.NOTHING:
        return Fraction(floor(steps))
    return Fraction(ceil(steps)) if parts is Parts.WHOLE else steps


# ---------------------------------------------------------------- comparing and mapping


_HOLDS: Mapping[Comparison, Callable[[Fraction, Fraction], bool]] = {
    Comparison.LESS: lt,
    Comparison.AT_MOST: le,
    Comparison.EQUAL: eq,
    Comparison.NOT_EQUAL: ne,
    Comparison.AT_LEAST: ge,
    Comparison.MORE: gt,
}


def compares(value: Fraction, comparison: Comparison, bound: Fraction) -> bool:
    """Whether `value comparison bound` holds."""
    return _HOLDS[comparison](value, bound)


def within(
    value: Fraction, low: Fraction | None, high: Fraction | None, *, low_closed: bool, high_closed: bool
) -> bool:
    """Whether the value lies between the bounds; None is no bound, a closed bound belongs."""
    above = low is None or value > low or (low_closed and value == low)
    return above and (high is None or value < high or (high_closed and value == high))


def clamped(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """The value, or the bound it lies beyond."""
    return min(high, max(low, value))


def mapped(value: Fraction, scale: Scale, *, reverse: bool = False) -> Fraction:
    """S = c + (x - a)(d - c)/(b - a) for `a-b as c-d`; reversed (lower is better), a becomes d and b becomes c."""
    start, end = (scale.to_high, scale.to_low) if reverse else (scale.to_low, scale.to_high)
    return start + (value - scale.low) * (end - start) / (scale.high - scale.low)


def weighted_mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """S = Σ wᵢSᵢ / Σ wᵢ; the weights do not sum to 0."""
    return sum((w * v for w, v in zip(weights, values, strict=True)), ZERO) / sum(weights, ZERO)


# ---------------------------------------------------------------- operations without an exact value


def natural_log(value: Fraction) -> Fraction:
    """Ln x for x > 0, to 50 significant digits."""
    return _shortened(_ln(value, _context(value)))


def square_root(value: Fraction) -> Fraction:
    """√x for x ≥ 0, to 50 significant digits."""
    context = _context(value)
    return _shortened(context.sqrt(context.divide(Decimal(value.numerator), Decimal(value.denominator))))


def geometric_mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """Π Sᵢ^(wᵢ/Σw) for Sᵢ ≥ 0, to 50 significant digits; 0 as soon as a value with a weight is 0.

    OECD, Handbook on constructing composite indicators, 6.
    """
    pairs = [(v, w / sum(weights, ZERO)) for v, w in zip(values, weights, strict=True) if w]
    if any(value == 0 for value, _ in pairs):
        return ZERO
    context = _context(*(v for v, _ in pairs), *(w for _, w in pairs))
    terms = [context.multiply(_ln(v, context), _divided(w, context)) for v, w in pairs]
    total = Decimal(0)
    for term in terms:
        total = context.add(total, term)
    return _shortened(context.exp(total))


def _context(*values: Fraction) -> Context:
    """Room for 50 digits after what the subtraction of two logarithms may cancel."""
    longest = max(len(str(v.numerator)) + len(str(v.denominator)) for v in values)
    return Context(prec=DIGITS + _GUARD + longest, rounding=ROUND_HALF_EVEN)


def _divided(value: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _ln(value: Fraction, context: Context) -> Decimal:
    return context.subtract(context.ln(Decimal(value.numerator)), context.ln(Decimal(value.denominator)))


def _shortened(value: Decimal) -> Fraction:
    return Fraction(Context(prec=DIGITS, rounding=ROUND_HALF_EVEN).plus(value))
