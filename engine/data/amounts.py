"""One value of a `values` sheet, read as what it is: a rate in per cent, a whole count, yes or no, a length of time."""

from collections.abc import Callable
from fractions import Fraction

from engine.data.cells import ERRORS, Problem, folded, read_duration, read_number
from engine.data.contract import Wanted
from engine.data.faults import shown
from engine.language.syntax import Kind, Unit

YES = ("是", "yes", "y", "1", "√", "✓", "✔", "true", "对", "有")
NO = ("否", "no", "n", "0", "×", "x", "✗", "✘", "false", "错", "没有")
INAPPLICABLE = ("不适用", "不涉及", "not applicable")
PERCENT_WORDS = ("%", "百分比", "百分率", "per cent", "percent", "pct")
COUNT_WORDS = (*"次件起例个人单批台条份处项户天", "times", "cases", "case", "pcs", "count")
POINT_WORDS = ("分", "points", "point", "pts")
TIME_WORDS = (
    "分钟",
    "小时",
    "天",
    "日",
    "工作日",
    "个工作日",
    "周",
    "月",
    "min",
    "h",
    "hours",
    "days",
    "working days",
    "weeks",
)
_WRITTEN = {Kind.RATE: Unit.PERCENT, Kind.COUNT: Unit.TIME, Kind.SCORE: Unit.POINT, Kind.POINTS: Unit.POINT}
BOUNDS: dict[Kind, tuple[int | None, int | None]] = {
    Kind.RATE: (0, 100),
    Kind.COUNT: (0, None),
    Kind.DURATION: (0, None),
    Kind.SCORE: (0, None),
    Kind.POINTS: (0, None),
    Kind.INDEX: (-100, 100),
    Kind.DIFFERENCE: (-100, 100),
}


def read_amount(text: str, unit: str, wanted: Wanted) -> tuple[Fraction | None, Unit] | Problem:
    """The value in a cell, and the unit it is in. `unit`: what the sheet's unit column says, "" where it says nothing.

    An empty cell is not collected (None). A rate needs its per cent sign, or a unit column that says %, as long
    as it could be a fraction of one: a bare 0.972 is 97.2 % to one reader and 0.972 % to another (E919).
    """
    plain = folded(text)
    if not plain or is_inapplicable(text):
        return None, _WRITTEN.get(wanted.kind, Unit.NUMBER)
    if plain in ERRORS:
        return Problem(code="E912", args={"text": plain})
    if plain in ("-", "--", "—", "——", "/", "\\", "无", "n/a", "N/A", "#"):
        return Problem(code="E920", case="dash", args={"text": shown(text), "measure": wanted.measure})
    if wanted.kind is Kind.YES_NO:
        return _yes_no(plain, wanted)
    amount = _duration(plain, unit) if wanted.kind is Kind.DURATION else _number(plain, folded(unit).casefold(), wanted)
    return amount if isinstance(amount, Problem) else bounded(amount, wanted)


def is_inapplicable(text: str) -> bool:
    """Whether a cell says that the question does not arise: not a value, and not one that somebody forgot either."""
    return folded(text).casefold() in INAPPLICABLE


def _yes_no(plain: str, wanted: Wanted) -> tuple[Fraction, Unit] | Problem:
    word = plain.casefold()
    if word in YES or word in NO:
        return Fraction(word in YES), Unit.NUMBER
    return Problem(code="E920", case="yes_no", args={"text": shown(plain), "measure": wanted.measure})


def _duration(plain: str, unit: str) -> tuple[Fraction, Unit] | Problem:
    number = read_number(plain)
    if isinstance(number, Problem):
        return read_duration(plain)
    if number[1]:
        return Problem(code="E914", case="duration", args={"text": shown(plain)})
    return read_duration(f"{number[0]:f}{unit}") if unit else (Fraction(number[0]), Unit.NUMBER)


def _number(plain: str, unit: str, wanted: Wanted) -> tuple[Fraction, Unit] | Problem:
    bare, own = _without_word(plain, wanted.kind)
    number = read_number(bare)
    if isinstance(number, Problem):
        return number
    amount, percent = Fraction(number[0]), number[1]
    says = "%" if percent else own or unit
    if not _fits(says, wanted.kind):
        args = {"text": shown(plain), "unit": says, "measure": wanted.measure}
        return Problem(code="E920", case="unit", args=args)
    if wanted.kind is Kind.RATE and not says and 0 < amount <= 1:
        args = {
            "text": shown(plain),
            "large": f"{number[0] * 100:f}".rstrip("0").rstrip("."),
            "measure": wanted.measure,
        }
        return Problem(code="E919", args=args)
    written = Unit.PERCENT if says in PERCENT_WORDS else _WRITTEN.get(wanted.kind, Unit.NUMBER)
    return amount, written


def _without_word(plain: str, kind: Kind) -> tuple[str, str]:
    """The number without the measure word behind it, and the word: `3次`, `92分`."""
    for word in (
        POINT_WORDS if kind in (Kind.SCORE, Kind.POINTS, Kind.RATING) else COUNT_WORDS if kind is Kind.COUNT else ()
    ):
        if plain.endswith(word):
            return plain.removesuffix(word).strip(), word
    return plain, ""


def _fits(unit: str, kind: Kind) -> bool:
    """Whether a unit may stand with a value of the kind: per cents are rates, points are scores, times are counts."""
    if unit in PERCENT_WORDS:
        return kind in (Kind.RATE, Kind.NUMBER)
    if unit in POINT_WORDS:
        return kind not in (Kind.RATE, Kind.COUNT)
    return not unit or kind is not Kind.RATE


def bounded(amount: tuple[Fraction, Unit], wanted: Wanted) -> tuple[Fraction, Unit] | Problem:
    """The amount, if what is wanted can be so large or so small; a count is whole (E920)."""
    return amount if fitting(wanted)(amount[0]) else _beyond(amount[0], wanted)


def fitting(wanted: Wanted) -> Callable[[Fraction], bool]:
    """Whether what is wanted can be so large or so small, and whole if it is a count; made ready for many numbers."""
    least, most = _ends(wanted)
    low, under = (0, 0) if least is None else least.as_integer_ratio()  # 0 of 0: nothing lies below
    high, over = (0, 0) if most is None else most.as_integer_ratio()
    whole = wanted.kind is Kind.COUNT

    def fits(number: Fraction) -> bool:
        n, d = number.as_integer_ratio()
        return n * under >= low * d and n * over <= high * d and (d == 1 or not whole)

    return fits


def _ends(wanted: Wanted) -> tuple[Fraction | int | None, Fraction | int | None]:
    """The least and the most that is wanted can be; None without a bound."""
    low, high = BOUNDS.get(wanted.kind, (None, None))
    return low if wanted.low is None else wanted.low, high if wanted.high is None else wanted.high


def _beyond(number: Fraction, wanted: Wanted) -> Problem:
    """The number lies beyond what the measure can be, or is a part of what can only be counted (E920)."""
    args = {"text": decimal_text(number), "measure": wanted.measure}
    least, most = _ends(wanted)
    inside = (least is None or number >= least) and (most is None or number <= most)
    if inside:
        return Problem(code="E920", case="count", args=args)
    if least is not None and most is not None:
        return Problem(code="E920", args={**args, "bounds": f"{least}–{most}"})
    return Problem(code="E920", case="low" if most is None else "high", args={**args, "bound": least or most or 0})


def decimal_text(number: Fraction) -> str:
    """A number that came from decimal digits, written in them again."""
    whole, places = number, 0
    while whole.denominator != 1 and places < 18:
        whole, places = whole * 10, places + 1
    digits = f"{abs(int(whole)):0{places + 1}}"
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
