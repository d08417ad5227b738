"""A second evaluator, written from the language's rules and not from the engine: fractions, lists, recursion.

It takes a policy in the form that `rubric check --format policy` prints and the measures of some units, and says of
every line its state, value, score, loss and grade. It imports nothing of the engine. What it and the engine do not
say alike is a fault in one of the two; the rules (docs/language.md) decide in which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction as F
from typing import Any

VALUE, MISSING, NO_ANSWERS, FEW = "value", "missing", "no valid answers", "below minimum sample"
INAPPLICABLE, UNRATED, ERROR = "not applicable", "not rated", "error"
Json = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What there is to say at one point: a state, a number or the shares of grades, and what rides along."""

    state: str
    number: F | None = None
    shares: tuple[F, ...] = ()
    forced: str = ""
    raw: Json = field(default_factory=dict[str, Any])

    @property
    def there(self) -> bool:
        return self.state == VALUE


class Stop(Exception):
    """There is no value, for this reason."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def number_of(text: str | None) -> F | None:
    return None if text is None else F(text)


# ---------------------------------------------------------------- 50 significant digits

WIDE = Context(prec=220, rounding=ROUND_HALF_EVEN, Emax=999999, Emin=-999999)


def wide(x: F) -> Decimal:
    return WIDE.divide(Decimal(x.numerator), Decimal(x.denominator))


def fifty(x: Decimal) -> F:
    return F(Context(prec=50, rounding=ROUND_HALF_EVEN, Emax=999999, Emin=-999999).plus(x))


def ln(x: F) -> F:
    if x <= 0:
        raise Stop(ERROR)
    return fifty(WIDE.ln(wide(x)))


def raised(x: F, to: F) -> F:
    """x^to: whole powers of moderate size exactly, all others to 50 digits."""
    if x == 0:
        if to < 0:
            raise Stop(ERROR)
        return F(0 if to else 1)
    if to.denominator == 1 and abs(to) <= 64:
        return x**to.numerator
    if x < 0 or abs(wide(to) * WIDE.ln(wide(x))) > 10_000:
        raise Stop(ERROR)
    return fifty(WIDE.exp(WIDE.multiply(wide(to), WIDE.ln(wide(x)))))


def root(x: F) -> F:
    if x < 0:
        raise Stop(ERROR)
    return fifty(WIDE.sqrt(wide(x)))


def mean(xs: list[F]) -> F:
    return sum(xs, F(0)) / len(xs)


def middle(xs: list[F]) -> F:
    xs = sorted(xs)
    return mean([xs[(len(xs) - 1) // 2], xs[len(xs) // 2]])


def spread(xs: list[F], less: int) -> F:
    if len(xs) <= less:
        raise Stop(ERROR)
    return root(sum(((x - mean(xs)) ** 2 for x in xs), F(0)) / (len(xs) - less))


def geometric(xs: list[F], weights: list[F]) -> F:
    """Π x^(w/Σw); nothing below 0 has one, and a single 0 makes it 0."""
    if any(x < 0 for x in xs):
        raise Stop(ERROR)
    counting = [(x, w / sum(weights)) for x, w in zip(xs, weights, strict=True) if w]
    if any(x == 0 for x, _ in counting):
        return F(0)
    product = Decimal(1)
    for x, w in counting:
        product = WIDE.multiply(product, WIDE.exp(WIDE.multiply(wide(w), WIDE.ln(wide(x)))))
    return fifty(product)


def power_mean(xs: list[F], weights: list[F], order: F) -> F:
    """(Σ wx^p / Σ w)^(1/p)."""
    if any(x < 0 for x in xs):
        raise Stop(ERROR)
    whole = sum((w * raised(x, order) for x, w in zip(xs, weights, strict=True)), F(0)) / sum(weights, F(0))
    return raised(whole, 1 / order) if whole else F(0)


def harmonic(xs: list[F], weights: list[F]) -> F:
    if any(x < 0 for x in xs):
        raise Stop(ERROR)
    if any(x == 0 for x, w in zip(xs, weights, strict=True) if w):
        return F(0)
    return sum(weights, F(0)) / sum((w / x for x, w in zip(xs, weights, strict=True) if w), F(0))


# ---------------------------------------------------------------- rounding, comparing, time


def rounded(x: F, how: Json) -> F:
    """To so many decimals, by the size of the number without its sign (GB/T 8170)."""
    if how["mode"] == "none" or how["decimals"] is None:
        return x
    shift = 10 ** how["decimals"]
    scaled = abs(x) * shift
    low = scaled.numerator // scaled.denominator
    rest = scaled - low
    up = {
        "half up": rest >= F(1, 2),
        "half even": rest > F(1, 2) or (rest == F(1, 2) and low % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[how["mode"]]
    size = F(low + 1 if up else low, shift)
    return -size if x < 0 else size


def holds(x: F, sign: str, bound: F) -> bool:
    return {"<": x < bound, "<=": x <= bound, "=": x == bound, "!=": x != bound, ">=": x >= bound, ">": x > bound}[sign]


def inside(x: F, low: F | None, high: F | None, low_in: bool, high_in: bool) -> bool:
    if low is not None and (x < low or (x == low and not low_in)):
        return False
    return high is None or x < high or (x == high and high_in)


MINUTES = {"minute": 1, "hour": 60, "day": 1440, "working day": 1440, "week": 10080, "month": 43200}


def in_unit(amount: F, unit: str, wanted: str) -> F:
    if unit in MINUTES and wanted in MINUTES:
        return amount * F(MINUTES[unit], MINUTES[wanted])
    return amount


def grade_in(bands: list[Json], x: F) -> str:
    """The band that owns x; what lies beyond or between belongs to the nearest band below, else to the lowest."""
    for band in bands:
        if inside(x, number_of(band["low"]), number_of(band["high"]), band["low_closed"], band["high_closed"]):
            return str(band["label"])
    below = [band for band in bands if band["high"] is not None and F(band["high"]) <= x]
    return str((max(below, key=lambda b: F(b["high"])) if below else lowest_first(bands)[0])["label"])


def lowest_first(bands: list[Json]) -> list[Json]:
    return sorted(bands, key=lambda b: (b["low"] is not None, F(b["low"] or 0), b["high"] is None, F(b["high"] or 0)))


def worst_grade(bands: list[Json], demanded: list[str]) -> str:
    order = [band["label"] for band in lowest_first(bands)]
    return min(demanded, key=lambda g: order.index(g) if g in order else len(order), default="")


# ---------------------------------------------------------------- formulas


def refs(formula: Json) -> list[str]:
    if formula["is"] == "ref":
        return [formula["path"]]
    return list(dict.fromkeys(path for one in formula.get("operands", []) for path in refs(one)))


def shares_in(formula: Json) -> dict[str, F] | None:
    """The share of each name where the formula only adds names times numbers."""
    if formula["is"] == "ref":
        return {formula["path"]: F(1)}
    if formula["is"] == "constant":
        return None
    sign, operands = formula["operator"], formula["operands"]
    factors: list[F | None] = [None] * len(operands)
    if sign in ("+", "-", "neg", "mean"):
        last = F(1) if sign in ("+", "mean") else F(-1)
        factors = [F(1)] * (len(operands) - 1) + [last]
        if sign == "mean":
            factors = [F(1, len(operands))] * len(operands)
    elif sign in ("*", "/") and (number := constant(operands[1])) is not None and (sign == "*" or number):
        operands, factors = operands[:1], [number if sign == "*" else 1 / number]
    elif sign == "*" and (number := constant(operands[0])) is not None:
        operands, factors = operands[1:], [number]
    total: dict[str, F] = {}
    for operand, factor in zip(operands, factors, strict=True):
        inner = shares_in(operand)
        if inner is None or factor is None:
            return None
        for path, share in inner.items():
            total[path] = total.get(path, F(0)) + factor * share
    return total


def constant(formula: Json) -> F | None:
    try:
        return None if refs(formula) else worked(formula, {})
    except Stop:
        return None


def worked(formula: Json, known: dict[str, F]) -> F:
    if formula["is"] == "constant":
        return F(formula["amount"])
    if formula["is"] == "ref":
        return known[formula["path"]]
    sign, operands = formula["operator"], formula["operands"]
    if sign.startswith("if "):
        left, right, then, otherwise = operands
        true = holds(worked(left, known), sign[3:], worked(right, known))
        return worked(then if true else otherwise, known)
    return applied(sign, [worked(operand, known) for operand in operands])


def applied(sign: str, xs: list[F]) -> F:  # noqa: C901, PLR0912 - one line for each function
    match sign:
        case "+":
            return xs[0] + xs[1]
        case "-":
            return xs[0] - xs[1]
        case "*":
            return xs[0] * xs[1]
        case "/":
            if xs[1] == 0:
                raise Stop(ERROR)
            return xs[0] / xs[1]
        case "^":
            return raised(xs[0], xs[1])
        case "neg":
            return -xs[0]
        case "mean":
            return mean(xs)
        case "median":
            return middle(xs)
        case "min":
            return min(xs)
        case "max":
            return max(xs)
        case "absolute value":
            return abs(xs[0])
        case "geometric mean":
            return geometric(xs, [F(1)] * len(xs))
        case "harmonic mean":
            return harmonic(xs, [F(1)] * len(xs))
        case "standard deviation":
            return spread(xs, 0)
        case "sample standard deviation":
            return spread(xs, 1)
        case "square root":
            return root(xs[0])
        case "cube root":
            return raised(abs(xs[0]), F(1, 3)) * (-1 if xs[0] < 0 else 1)
        case "ln":
            return ln(xs[0])
        case "log10":
            if xs[0] <= 0:
                raise Stop(ERROR)
            return fifty(WIDE.log10(wide(xs[0])))
        case "exp":
            if abs(xs[0]) > 10_000:
                raise Stop(ERROR)
            return fifty(WIDE.exp(wide(xs[0])))
        case _:
            raise NotImplementedError(sign)
