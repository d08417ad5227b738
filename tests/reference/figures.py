"""Numbers for the second evaluator: what stands at a point of the calculation, exact figures, rounding, formulas."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction as F
from functools import partial
from math import ceil, floor, inf
from operator import add, eq, ge, gt, le, lt, mul, ne, neg, sub, truediv
from statistics import StatisticsError, pvariance, variance
from typing import Any, NamedTuple

Json = dict[str, Any]
ZERO, ONE = F(0), F(1)
# Under these keys a text of the checked policy is an amount; what nothing means under some of them.
AMOUNTS = """amount at_high at_low between bound cap ceiling full adding_cap high low numbers earning_cap over_units_to per percent
period_cap scale score seconds share to_high to_low""".split()  # noqa: SIM905 - a list of words
UNSAID = {"low": -inf, "share": ONE, "decimals": 0, "low_closed": True, "high_closed": True}
UNSAID |= dict.fromkeys(("high", "cap", "adding_cap", "earning_cap", "period_cap", "ceiling"), inf)
ORDERS = {"weighted mean": ONE, "equal weights": ONE, "geometric mean": ZERO, "harmonic mean": -ONE, "power mean": ZERO}
ROUNDINGS = {"half up": lambda x: floor(x + F(1, 2)), "half even": round, "down": floor, "up": ceil, "none": F}
SIGNS = {"<": lt, "<=": le, "=": eq, "!=": ne, ">=": ge, ">": gt}
MINUTES = {"minute": 1, "hour": 60, "day": 1440, "working day": 1440, "week": 10080, "month": 43200}


class Found(NamedTuple):
    """What there is at one point: a number or the shares of grades, or why not; and what rides along."""

    number: F = ZERO
    state: str = "value"
    shares: tuple[F, ...] = ()
    forced: str = ""
    cases: list[F] | None = None
    periods: Mapping[str, Any] | None = None
    sample: float = inf
    rules: list[tuple[F, F]] | None = None

    @property
    def there(self) -> bool:
        return self.state == "value"


class Stop(Exception):
    """There is no value, for the reason that it holds."""


def tried(work: Callable[..., Any], *given: Any) -> Any:
    """What the work finds, or why there is nothing; a part of nothing, or a root of what has none, is an error."""
    if isinstance(given[0], Found) and not given[0].there:
        return given[0]
    try:
        return work(*given)
    except Stop as stop:
        return Found(state=stop.args[0])
    except (ArithmeticError, StatisticsError):
        return Found(state="error")


def read(data: Any, key: str = "") -> Any:
    """The checked policy with fractions where it has texts of amounts, what it leaves unsaid, and times in minutes."""
    if isinstance(data, dict):
        times = MINUTES.get(data.get("unit"), 1) if data.get("is") != "indicator" else 1
        found = {name: read(one, name) for name, one in data.items()}
        return {name: one * times if isinstance(one, F) else one for name, one in found.items()}
    if isinstance(data, list):
        return [read(one, key) for one in data]
    if data is None:
        return UNSAID.get(key)
    return F(data) if key in AMOUNTS and isinstance(data, str) else data


# Roots, logarithms and powers have 50 significant digits, rounded half even.
WIDE, CLEAN, FIFTY = (Context(digits, ROUND_HALF_EVEN, Emax=999999, Emin=-999999) for digits in (110, 65, 50))


def wide(x: F) -> Decimal:
    return WIDE.divide(Decimal(x.numerator), Decimal(x.denominator))


def to_fifty(work: Callable[[Decimal], Decimal], x: F) -> F:
    """To 50 digits; the noise far behind them is taken away first, so that a tie is one."""
    return F(FIFTY.plus(CLEAN.plus(work(wide(x)))))


ln, log10, root = (partial(to_fifty, work) for work in (WIDE.ln, WIDE.log10, WIDE.sqrt))


def exp(x: F) -> F:
    if abs(x) > 10_000:
        raise Stop("error")
    return to_fifty(WIDE.exp, x)


def raised(x: F, to: F) -> F:
    """x^to: whole powers of moderate size exactly, all others to 50 digits."""
    if to.denominator == 1 and abs(to) <= 64:
        return x**to.numerator
    return ZERO if x == 0 < to else exp(to * F(WIDE.ln(wide(x))))


def weighted(xs: Sequence[F], weights: Sequence[F]) -> F:
    """Σwx / Σw."""
    if not any(weights):
        raise Stop("missing")
    return sum((x * w for x, w in zip(xs, weights, strict=True)), ZERO) / sum(weights, ZERO)


def power_mean(order: F, xs: list[F], weights: list[F]) -> F:
    """(Σwx^p / Σw)^(1/p); of order 1 the mean, of order -1 the harmonic one, of order 0 the geometric one, Πx^(w/Σw)."""
    if order != 1 and min(xs) < 0:
        raise Stop("error")
    if order <= 0 and 0 in xs:
        return ZERO
    if not order:
        return exp(weighted([F(WIDE.ln(wide(x))) for x in xs], weights))
    return raised(weighted([raised(x, order) for x in xs], weights), 1 / order)


def combined(method: str, pairs: list[tuple[F, F]], numbers: list[F]) -> F:
    """Scores with their weights, by a method and its numbers; a part without weight counts for nothing."""
    pairs = sorted(((x, w) for x, w in pairs if w), reverse=True)
    falling, size, (first, last) = [x for x, _ in pairs], len(pairs), [*map(int, numbers), 1, 1][:2]
    if method in ORDERS and pairs:
        return power_mean(numbers[0] if numbers else ORDERS[method], falling, [w for _, w in pairs])
    chosen = {
        "worst of all": falling[-1:],
        "best of all": falling[:1],
        "median": falling[(size - 1) // 2 : size // 2 + 1],
        "mean of the best": falling[:first],
        "mean of the worst": falling[-first:],
        "trimmed mean": falling[first : max(0, size - last)],
    }
    return weighted(xs := chosen.get(method, []), [ONE] * len(xs))


def rounded(x: F, how: Json) -> F:
    """To so many decimals, by the size of the number without its sign (GB/T 8170)."""
    whole = ROUNDINGS[how["mode"]](abs(x) * 10 ** how["decimals"])
    return F(whole, 10 ** how["decimals"]) * (-1 if x < 0 else 1)


def inside(x: F, span: Json) -> bool:
    """Within two bounds; a bound that says nothing else belongs to what it bounds."""
    above = x > span["low"] or (x == span["low"] and span["low_closed"])
    return above and (x < span["high"] or (x == span["high"] and span["high_closed"]))


def grade_in(bands: list[Json], x: F) -> str:
    """The highest band whose lower bound is reached; below all of them the lowest."""
    return next((band for band in reversed(bands) if inside(x, band | {"high": inf})), bands[0])["label"]


def worst_grade(bands: list[Json], demanded: list[str]) -> str:
    """The lowest of the grades; those without a band are above them, in the written order."""
    order = [band["label"] for band in bands]
    return min(demanded, key=lambda grade: order.index(grade) if grade in order else len(order), default="")


def refs(formula: Json) -> list[str]:
    """The names a formula reads, each once."""
    inner = [path for one in formula.get("operands", []) for path in refs(one)]
    return [formula["path"]] if formula["is"] == "ref" else list(dict.fromkeys(inner))


def adds_up(formula: Json) -> bool:
    """Whether a formula only adds names times numbers."""
    sign, parts = formula.get("operator"), formula.get("operands", [])
    names = [bool(refs(part)) for part in parts]
    linear = sign in ("+", "-", "neg", "mean") or (sign == "*" and sum(names) == 1) or (sign == "/" and not names[1])
    return formula["is"] == "ref" or not refs(formula) or (linear and all(map(adds_up, parts)))


def shares_in(formula: Json) -> dict[str, F]:
    """The share of each name in a formula whose shares make up the whole; of any other formula nothing."""
    names = dict.fromkeys(refs(formula), ZERO)
    shares = {name: worked(formula, {**names, name: ONE}) for name in names} if adds_up(formula) else {}
    return shares if sum(shares.values()) == 1 and not worked(formula, names) else {}


METHODS = {"mean": "equal weights", "min": "worst of all", "max": "best of all"}
OPERATIONS = {"+": add, "-": sub, "*": mul, "/": truediv, "^": raised, "neg": neg, "absolute value": abs}
IRRATIONAL = {"ln": ln, "log10": log10, "exp": exp, "square root": root}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **OPERATIONS,
    **IRRATIONAL,
    "cube root": lambda x: raised(abs(x), F(1, 3)) * (-1 if x < 0 else 1),
    "standard deviation": lambda *xs: root(pvariance(xs)),
    "sample standard deviation": lambda *xs: root(variance(xs)),
}


def worked(formula: Json, known: Mapping[str, F]) -> F:
    """The value of a formula; of the two ends of an if only the one that holds."""
    if formula["is"] in ("constant", "ref"):
        return formula["amount"] if formula["is"] == "constant" else known[formula["path"]]
    sign, operands = formula["operator"], formula["operands"]
    if sign.startswith("if "):
        left, right, then, otherwise = operands
        return worked(then if SIGNS[sign[3:]](worked(left, known), worked(right, known)) else otherwise, known)
    xs = [worked(one, known) for one in operands]
    return FUNCTIONS[sign](*xs) if sign in FUNCTIONS else combined(METHODS.get(sign, sign), [(x, ONE) for x in xs], [])
