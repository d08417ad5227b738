"""Numbers for the second evaluator: what stands at a point of the calculation, exact figures, rounding, formulas."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction as F
from functools import partial
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from statistics import mean, median, pvariance, variance
from typing import Any, NamedTuple, cast

Json = dict[str, Any]
ZERO, ONE = F(0), F(1)
# Under these keys a text of the checked policy is an amount.
AMOUNTS = """amount between bound cap ceiling full adding_cap high low numbers over_units_to per percent period_cap scale
score seconds share to_high to_low""".split()  # noqa: SIM905 - a list of words


class Found(NamedTuple):
    """What there is at one point: a number or the shares of grades, or why not; and what rides along."""

    number: F = ZERO
    state: str = "value"
    shares: tuple[F, ...] = ()
    forced: str = ""
    cases: list[F] | None = None
    periods: Mapping[str, Any] | None = None
    sample: int | None = None

    @property
    def there(self) -> bool:
        return self.state == "value"


class Stop(Exception):
    """There is no value, for the reason that it holds."""


def tried(work: Callable[..., Any], *given: Any) -> Any:
    """What the work finds, or the state for which there is nothing."""
    try:
        return work(*given)
    except Stop as stop:
        return Found(state=stop.args[0])


def read(data: Any, key: str = "") -> Any:
    """The checked policy with fractions where it has the texts of amounts."""
    if isinstance(data, dict):
        return {name: read(one, name) for name, one in cast("Json", data).items()}
    if isinstance(data, list):
        return [read(one, key) for one in cast("list[Any]", data)]
    return F(data) if key in AMOUNTS and isinstance(data, str) else data


# ---------------------------------------------------------------- 50 significant digits, half even

WIDE = Context(prec=110, rounding=ROUND_HALF_EVEN, Emax=999999, Emin=-999999)
CLEAN = Context(prec=65, rounding=ROUND_HALF_EVEN, Emax=999999, Emin=-999999)
FIFTY = Context(prec=50, rounding=ROUND_HALF_EVEN, Emax=999999, Emin=-999999)


def wide(x: F) -> Decimal:
    return WIDE.divide(Decimal(x.numerator), Decimal(x.denominator))


def to_fifty(work: Callable[[Decimal], Decimal], exists: Callable[[F], bool], x: F) -> F:
    """To 50 digits; the noise far behind them is taken away first, so that a tie is one."""
    if not exists(x):
        raise Stop("error")
    return F(FIFTY.plus(CLEAN.plus(work(wide(x)))))


ln = partial(to_fifty, WIDE.ln, lambda x: x > 0)
log10 = partial(to_fifty, WIDE.log10, lambda x: x > 0)
root = partial(to_fifty, WIDE.sqrt, lambda x: x >= 0)
exp = partial(to_fifty, WIDE.exp, lambda x: abs(x) <= 10_000)


def raised(x: F, to: F) -> F:
    """x^to: whole powers of moderate size exactly, all others to 50 digits."""
    if x == 0 and to >= 0:
        return ZERO if to else ONE
    if x and to.denominator == 1 and abs(to) <= 64:
        return x**to.numerator
    if x <= 0:
        raise Stop("error")
    return exp(F(WIDE.multiply(wide(to), WIDE.ln(wide(x)))))


def spread(xs: Sequence[F], *, sample: bool) -> F:
    """The standard deviation, by n or by n - 1."""
    if len(xs) <= sample:
        raise Stop("error")
    return root((variance if sample else pvariance)(xs))


def weighted(xs: Sequence[F], weights: Sequence[F]) -> F:
    return sum((x * w for x, w in zip(xs, weights, strict=True)), ZERO) / sum(weights, ZERO)


def positive_mean(order: F | None, xs: Sequence[F], weights: Sequence[F]) -> F:
    """(Σwx^p / Σw)^(1/p), of order -1 the harmonic mean; without an order the geometric one, Πx^(w/Σw)."""
    if min(xs) < 0:
        raise Stop("error")
    if min(xs) == 0 and (order is None or order < 0):
        return ZERO
    if order is None:
        logs = (WIDE.multiply(wide(w / sum(weights)), WIDE.ln(wide(x))) for x, w in zip(xs, weights, strict=True))
        return exp(F(sum(map(F, logs), ZERO)))
    whole = weighted([raised(x, order) for x in xs], weights)
    return raised(whole, 1 / order) if whole else ZERO


def trimmed_mean(falling: list[F], highest: int, lowest: int) -> F:
    if len(falling) <= highest + lowest:
        raise Stop("missing")
    return mean(falling[highest : len(falling) - lowest])


MEANS: Mapping[str, Callable[[list[F], list[F], list[F]], F]] = {
    "weighted mean": lambda xs, ws, ns: weighted(xs, ws),
    "equal weights": lambda xs, ws, ns: mean(xs),
    "worst of all": lambda xs, ws, ns: min(xs),
    "best of all": lambda xs, ws, ns: max(xs),
    "median": lambda xs, ws, ns: median(xs),
    "geometric mean": lambda xs, ws, ns: positive_mean(None, xs, ws),
    "harmonic mean": lambda xs, ws, ns: positive_mean(-ONE, xs, ws),
    "power mean": lambda xs, ws, ns: positive_mean(ns[0], xs, ws),
    "mean of the best": lambda xs, ws, ns: mean(sorted(xs, reverse=True)[: int(ns[0])]),
    "mean of the worst": lambda xs, ws, ns: mean(sorted(xs)[: int(ns[0])]),
    "trimmed mean": lambda xs, ws, ns: trimmed_mean(sorted(xs, reverse=True), int(ns[0]), int(ns[1])),
}

# ---------------------------------------------------------------- rounding, comparing, time

SIGNS = {"<": lt, "<=": le, "=": eq, "!=": ne, ">=": ge, ">": gt}
MINUTES = {"minute": 1, "hour": 60, "day": 1440, "working day": 1440, "week": 10080, "month": 43200}


def rounded(x: F, how: Json) -> F:
    """To so many decimals, by the size of the number without its sign (GB/T 8170)."""
    mode, decimals = how["mode"], how["decimals"]
    if mode == "none" or decimals is None:
        return x
    low, rest = divmod(abs(x) * 10**decimals, 1)
    tie_up = mode == "half up" or (mode == "half even" and low % 2 == 1)
    up = rest > 0 if mode == "up" else mode != "down" and (rest > F(1, 2) or (rest == F(1, 2) and tie_up))
    return F(low + up, 10**decimals) * (-1 if x < 0 else 1)


def inside(x: F, span: Json) -> bool:
    """Between two bounds; a bound that says nothing else belongs to what it bounds."""
    low, high = span["low"], span["high"]
    above = low is None or x > low or (x == low and span["low_closed"] is not False)
    return above and (high is None or x < high or (x == high and span["high_closed"] is not False))


def in_unit(amount: F, unit: str, wanted: str) -> F:
    """An amount of time in another unit; of anything else as it is."""
    timed = unit in MINUTES and wanted in MINUTES
    return amount * MINUTES[unit] / MINUTES[wanted] if timed else amount


def grade_in(bands: list[Json], x: F) -> str:
    """The band that owns x; what lies beyond or between belongs to the nearest band below, else to the lowest."""
    owners = [band for band in bands if inside(x, band)]
    below = [band for band in lowest_first(bands) if band["high"] is not None and band["high"] <= x]
    return (owners or below[-1:] or lowest_first(bands))[0]["label"]


def lowest_first(bands: list[Json]) -> list[Json]:
    return sorted(bands, key=lambda b: (b["low"] is not None, b["low"] or 0, b["high"] is None, b["high"] or 0))


def worst_grade(bands: list[Json], demanded: list[str]) -> str:
    order, demanded = [band["label"] for band in lowest_first(bands)], [grade for grade in demanded if grade]
    return min(demanded, key=lambda grade: order.index(grade) if grade in order else len(order), default="")


# ---------------------------------------------------------------- formulas


def refs(formula: Json) -> list[str]:
    """The names a formula reads, each once."""
    inner = [path for one in formula.get("operands", []) for path in refs(one)]
    return [formula["path"]] if formula["is"] == "ref" else list(dict.fromkeys(inner))


def shares_in(formula: Json, times: F = ONE) -> Iterator[tuple[str, F]]:
    """The share of each name where the formula only adds names times numbers; any other formula stops it."""
    if formula["is"] == "ref":
        yield formula["path"], times
        return
    sign, parts = formula.get("operator", ""), formula.get("operands", [])
    names = [one for one in parts if refs(one)]
    number = next((one for part in parts if not refs(part) and isinstance(one := tried(worked, part, {}), F)), None)
    if number is not None and len(names) == 1 and (sign == "*" or (sign == "/" and parts[0] is names[0] and number)):
        parts, factors = names, [times * number if sign == "*" else times / number]
    elif sign in ("+", "-", "neg"):
        factors = [times] * (len(parts) - 1) + [times if sign == "+" else -times]
    elif sign == "mean":
        factors = [times / len(parts)] * len(parts)
    else:
        raise Stop("missing")
    for part, factor in zip(parts, factors, strict=True):
        yield from shares_in(part, factor)


def divided(x: F, by: F) -> F:
    if not by:
        raise Stop("error")
    return x / by


def cube_root(x: F) -> F:
    return raised(abs(x), F(1, 3)) * (-1 if x < 0 else 1)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": divided,
    "^": raised,
    "neg": partial(sub, ZERO),
    "mean": lambda *xs: mean(xs),
    "median": lambda *xs: median(xs),
    "min": min,
    "max": max,
    "absolute value": abs,
    "geometric mean": lambda *xs: positive_mean(None, xs, [ONE] * len(xs)),
    "harmonic mean": lambda *xs: positive_mean(-ONE, xs, [ONE] * len(xs)),
    "standard deviation": lambda *xs: spread(xs, sample=False),
    "sample standard deviation": lambda *xs: spread(xs, sample=True),
    "square root": root,
    "cube root": cube_root,
    "ln": ln,
    "log10": log10,
    "exp": exp,
}


def worked(formula: Json, known: Mapping[str, F]) -> F:
    """The value of a formula; of the two ends of an if only the one that holds."""
    if formula["is"] == "constant":
        return formula["amount"]
    if formula["is"] == "ref":
        return known[formula["path"]]
    sign, operands = formula["operator"], formula["operands"]
    if not sign.startswith("if "):
        return FUNCTIONS[sign](*(worked(one, known) for one in operands))
    left, right, then, otherwise = operands
    return worked(then if SIGNS[sign[3:]](worked(left, known), worked(right, known)) else otherwise, known)
