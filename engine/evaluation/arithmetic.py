"""The numbers behind every formula, exact: `Fraction` in, `Fraction` out.

What every unit goes through is worked in whole numbers above and below the line and brought to lowest terms once, at
the end: the operators of `Fraction` do that in each operation, and look at what both sides are. What is the same for
every unit (a bound, a scale, the decimals to keep) is made ready before.

Logarithms, exponentials, roots, broken powers and what is made of them have no exact value; they are
computed with 50 significant decimal digits, half even, and are rationals like any other from there on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, repeat
from math import gcd, lcm
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NamedTuple

from engine.language.syntax import Comparison, Half, Parts, Rounding, Scale

DIGITS = 50
FARTHEST = Fraction(10_000)  # the logarithm of the largest number that a power may give
LARGEST_EXPONENT = 64  # up to it whole powers are exact
_GUARD = 30
ZERO = Fraction(0)
ONE = Fraction(1)
_HALF = Fraction(1, 2)
# Looked up once: before Python 3.12 an enumeration looks its members up each time.
_NONE, _UP, _EVEN = Half.NONE, Half.UP, Half.EVEN
_NOTHING, _SHARE = Parts.NOTHING, Parts.SHARE
_new = object.__new__


def lowest_terms(above: int, below: int) -> Fraction:
    """One whole number by another, which is above 0, in lowest terms; `Fraction` looks at what it was given first, and
    takes twice as long.
    """
    common = gcd(above, below)
    made: Any = _new(Fraction)
    made._numerator, made._denominator = above // common, below // common  # noqa: SLF001 - all that a fraction has
    return made


# ---------------------------------------------------------------- sums and products


def plus(one: Fraction, other: Fraction) -> Fraction:
    """The sum of two."""
    (n, d), (m, e) = one.as_integer_ratio(), other.as_integer_ratio()
    if not n or not m:
        return one if n else other
    return lowest_terms(n + m, d) if d == e else lowest_terms(n * e + m * d, d * e)


def minus(one: Fraction, other: Fraction) -> Fraction:
    """The one less the other."""
    (n, d), (m, e) = one.as_integer_ratio(), other.as_integer_ratio()
    if not m:
        return one
    return lowest_terms(n - m, d) if d == e else lowest_terms(n * e - m * d, d * e)


def times(one: Fraction, other: Fraction) -> Fraction:
    """The product of two."""
    (n, d), (m, e) = one.as_integer_ratio(), other.as_integer_ratio()
    return lowest_terms(n * m, d * e) if n and m else ZERO


def divided(one: Fraction, other: Fraction) -> Fraction:
    """The one by the other, which is not 0."""
    (n, d), (m, e) = one.as_integer_ratio(), other.as_integer_ratio()
    if not n or m == e:
        return one
    return lowest_terms(n * e, d * m) if m > 0 else lowest_terms(-n * e, -d * m)


def total(values: Iterable[Fraction]) -> Fraction:
    """Σ vᵢ."""
    return _summed(repeat(1), values, 1)


def weighing(weights: Sequence[Fraction]) -> Callable[[Iterable[Fraction]], Fraction]:
    """Σ wᵢvᵢ for these weights, which are made whole numbers once."""
    under = lcm(*[weight.denominator for weight in weights])
    whole = [weight.numerator * (under // weight.denominator) for weight in weights]
    return lambda values: _summed(whole, values, under)


def _summed(weights: Iterable[int], values: Iterable[Fraction], under: int) -> Fraction:
    """Σ wᵢvᵢ / under."""
    above, below = 0, 1
    for weight, value in zip(weights, values, strict=False):
        n, d = value.as_integer_ratio()
        if d == below:
            above += weight * n
        elif below % d == 0:
            above += weight * n * (below // d)
        else:
            above, below = above * d + weight * n * below, below * d
    return lowest_terms(above, below * under)


# ---------------------------------------------------------------- rounding


def rounded(value: Fraction, rounding: Rounding) -> Fraction:
    """The value rounded once; see `rounding_to`."""
    return rounding_to(rounding)(value)


def rounding_to(rounding: Rounding) -> Callable[[Fraction], Fraction]:
    """To `rounding.decimals` decimals; a negative number by its absolute value (GB/T 8170, 3.2).

    Half up is 四舍五入, half even 四舍六入五成双 (GB/T 8170, 3.3), down drops the further digits, up adds one
    to the last where any further digit is not 0.
    """
    decimals, mode = rounding.decimals, rounding.mode
    if mode is _NONE or decimals is None:
        return lambda value: value
    shift = 10**decimals if decimals > 0 else 1
    unit = 1 if decimals >= 0 else 10**-decimals

    def to_decimals(value: Fraction) -> Fraction:
        above, below = value.as_integer_ratio()
        if unit == 1 and shift % below == 0:
            return value
        whole, rest = divmod(abs(above) * shift, below * unit)
        size = (whole + _one_more(whole, 2 * rest, below * unit, mode)) * unit
        return _often(-size if above < 0 else size, shift)

    return to_decimals


@lru_cache(maxsize=2**14)
def _often(above: int, below: int) -> Fraction:
    """A number that comes again and again, as rounded scores and counts do."""
    return Fraction(above, below)


def _one_more(whole: int, twice: int, half: int, mode: Half) -> int:
    """1 where the last digit goes up. `twice` the rest beside the denominator: is it more than half?"""
    if mode is _UP:
        return int(twice >= half)
    if mode is _EVEN:
        return int(twice > half or (twice == half and whole % 2 == 1))
    return int(mode is Half.CEIL and twice > 0)


def counted(steps: Fraction, parts: Parts) -> Fraction:
    """How many of the steps cost something: whole ones, started ones, or all to the last part."""
    above, below = steps.as_integer_ratio()
    if below == 1 or parts is _SHARE:
        return steps
    return _often(above // below if parts is _NOTHING else -(-above // below), 1)


# ---------------------------------------------------------------- comparing and mapping


_HOLDS: Mapping[Comparison, Callable[[int, int], bool]] = {
    Comparison.LESS: lt,
    Comparison.AT_MOST: le,
    Comparison.EQUAL: eq,
    Comparison.NOT_EQUAL: ne,
    Comparison.AT_LEAST: ge,
    Comparison.MORE: gt,
}


def comparing(comparison: Comparison, bound: Fraction) -> Callable[[Fraction], bool]:
    """Whether `value comparison bound` holds of a value; made ready once."""
    holds, (m, e) = _HOLDS[comparison], bound.as_integer_ratio()

    def compared(value: Fraction) -> bool:
        n, d = value.as_integer_ratio()
        return holds(n * e, m * d)

    return compared


def compares(value: Fraction, comparison: Comparison, bound: Fraction) -> bool:
    """Whether `value comparison bound` holds."""
    return comparing(comparison, bound)(value)


def less(one: Fraction, other: Fraction) -> bool:
    """Whether the one is below the other."""
    (n, d), (m, e) = one.as_integer_ratio(), other.as_integer_ratio()
    return n * e < m * d


def within(
    low: Fraction | None, high: Fraction | None, *, low_closed: bool, high_closed: bool
) -> Callable[[Fraction], bool]:
    """Whether a value lies between the bounds; None is no bound, a closed bound belongs."""
    m, e = (-1, 0) if low is None else low.as_integer_ratio()  # -1 of 0: everything lies above
    r, s = (1, 0) if high is None else high.as_integer_ratio()

    def lies(value: Fraction) -> bool:
        n, d = value.as_integer_ratio()
        least, most = m * d, r * d
        return (n * e > least or (low_closed and n * e == least)) and (n * s < most or (high_closed and n * s == most))

    return lies


def clamped(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """The value, or the bound it lies beyond."""
    value = low if less(value, low) else value
    return high if less(high, value) else value


class Stretch(NamedTuple):
    """From one point of a map to the next: `low` becomes `to_low`, `high` becomes `to_high`, and what lies between
    `slope`·x + `shift`.
    """

    low: Fraction
    to_low: Fraction
    high: Fraction
    to_high: Fraction
    slope: Fraction
    shift: Fraction


def stretches_of(scale: Scale, *, reverse: bool = False) -> tuple[Stretch, ...]:
    """S = c + (x - a)(d - c)/(b - a) for `a-b as c-d`; reversed (lower is better), a becomes d and b becomes c.

    With points in between, the formula holds from each to the next one, and the last part holds beyond its end.
    """
    values, scores = [v for v, _ in scale.points], [s for _, s in scale.points]
    points = list(zip(values, reversed(scores) if reverse else scores, strict=True))
    slopes = [(d - c) / (b - a) for (a, c), (b, d) in pairwise(points)]
    return tuple(
        Stretch(a, c, b, d, slope, c - slope * a)
        for slope, ((a, c), (b, d)) in zip(slopes, pairwise(points), strict=True)
    )


def stretch_of(value: Fraction, stretches: Sequence[Stretch]) -> Stretch:
    """The part of the map in which the value lies."""
    for one in stretches[:-1]:
        if not less(one.high, value):
            return one
    return stretches[-1]


def mapping(stretches: Sequence[Stretch]) -> Callable[[Fraction], Fraction]:
    """What the map makes of a value."""
    if len(stretches) == 1:
        return _straight(stretches[0])
    ways = {stretch: _straight(stretch) for stretch in stretches}
    return lambda value: ways[stretch_of(value, stretches)](value)


def _straight(stretch: Stretch) -> Callable[[Fraction], Fraction]:
    """slope·x + shift, over one number below the line."""
    (m, e), (r, s) = stretch.slope.as_integer_ratio(), stretch.shift.as_integer_ratio()
    under = lcm(e, s)
    slope, shift = m * (under // e), r * (under // s)

    def along(value: Fraction) -> Fraction:
        n, d = value.as_integer_ratio()
        return lowest_terms(slope * n + shift * d, under * d)

    return along


def in_logarithms(scale: Scale) -> Scale:
    """The map with the logarithms of its values; they are above 0."""
    low, *between, high = ((natural_log(value), score) for value, score in scale.points)
    return Scale(low[0], high[0], low[1], high[1], tuple(between))


def weighted_mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """S = Σ wᵢSᵢ / Σ wᵢ; the weights do not sum to 0."""
    return sum((w * v for w, v in zip(weights, values, strict=True)), ZERO) / sum(weights, ZERO)


def harmonic_mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """H = Σ wᵢ / Σ (wᵢ / Sᵢ) for Sᵢ ≥ 0; 0 as soon as a value with a weight is 0, its limit."""
    pairs = [(v, w) for v, w in zip(values, weights, strict=True) if w]
    if any(value == 0 for value, _ in pairs):
        return ZERO
    return sum(weights, ZERO) / sum((w / v for v, w in pairs), ZERO)


def power_mean(values: Sequence[Fraction], weights: Sequence[Fraction], order: Fraction) -> Fraction:
    """M = (Σ wᵢSᵢ^p / Σ wᵢ)^(1/p) for Sᵢ ≥ 0 and p > 0, to 50 significant digits; p = 2: the quadratic mean."""
    raised = [power(v, order) if v else ZERO for v in values]
    mean = weighted_mean(raised, weights)
    return power(mean, 1 / order) if mean else ZERO


def median(values: Sequence[Fraction]) -> Fraction:
    """The value in the middle; of an even number the mean of the two in the middle."""
    ranked = sorted(values)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def variance(values: Sequence[Fraction], *, sample: bool = False) -> Fraction:
    """σ² = Σ(x - mean)²/n; of a sample /(n - 1), for n ≥ 2."""
    mean = sum(values, ZERO) / len(values)
    return sum(((x - mean) ** 2 for x in values), ZERO) / (len(values) - int(sample))


# ---------------------------------------------------------------- operations without an exact value


def natural_log(value: Fraction) -> Fraction:
    """Ln x for x > 0, to 50 significant digits."""
    return _shortened(_ln(value, _context(value)))


def common_log(value: Fraction) -> Fraction:
    """Log₁₀ x for x > 0, to 50 significant digits."""
    context = _context(value)
    above, below = Decimal(value.numerator), Decimal(value.denominator)
    return _shortened(context.subtract(context.log10(above), context.log10(below)))


def exponential(value: Fraction) -> Fraction:
    """Eˣ for |x| ≤ `FARTHEST`, to 50 significant digits."""
    context = _context(value, value)
    return _shortened(context.exp(_divided(value, context)))


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Base to the exponent, for a base above 0; exact where the exponent is a whole number of moderate size."""
    if exponent.denominator == 1 and abs(exponent) <= LARGEST_EXPONENT:
        return base ** int(exponent)
    if exponent == _HALF:
        return square_root(base)
    context = _context(base, exponent)
    return _shortened(context.exp(context.multiply(_ln(base, context), _divided(exponent, context))))


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
    """The value to `DIGITS` digits. What was lost far behind them goes first: the root of a square of 51 digits may lie
    half-way between two of 50, and no last digit of an exponential may decide to which of them it goes.
    """
    clean = Context(prec=DIGITS + _GUARD // 2, rounding=ROUND_HALF_EVEN).plus(value)
    return Fraction(Context(prec=DIGITS, rounding=ROUND_HALF_EVEN).plus(clean))
