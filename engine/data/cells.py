"""What one cell's text means: a number, an answer, a moment, a length of time. Exact, or a problem; never a guess."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from unicodedata import normalize

from engine.data.faults import shown
from engine.data.vendors import SKIPPED, UNANSWERED
from engine.diagnostics import listed
from engine.language.syntax import Unit

CHOICES = 10
ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"))
_NUMBER = re.compile(r"([-+]?\d{1,18}(?:\.\d{1,18})?)\s*(%)?")
_ANSWER = re.compile(r"(-?\d{1,18}(?:\.\d{1,18})?)\s*分?")
_TIME = (
    r"(?:[ T]\s*(上午|下午)?\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(AM|PM)?"
    r"\s*(Z|(?:GMT|UTC)(?:[-+]\d{1,2}(?::?\d\d)?)?|[-+]\d{2}(?::?\d\d)?)?)?"
)
_DATE = re.compile(
    r"(?:(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?|(\d{4})(\d\d)(\d\d))"
    rf"{_TIME}",
    re.ASCII | re.IGNORECASE,
)
_ORDERED = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII | re.IGNORECASE)
_NOON = {"上午": 0, "am": 0, "下午": 12, "pm": 12}
_SHORT_DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})(?!\d)")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_PARTS = re.compile(
    r"(\d{1,9}(?:\.\d{1,9})?)\s*(个工作日|工作日|working days?|workdays?|个月|月|months?|周|星期|weeks?"
    r"|天|日|days?|d|个?小时|时|hours?|hrs?|h|分钟?|minutes?|mins?|min|m|秒钟?|seconds?|secs?|s)\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,4}):(\d\d):(\d\d)")
_UNITS = (
    (("个工", "工作", "work"), Unit.WORKING_DAY, None),
    (("个月", "月", "mo"), Unit.MONTH, None),
    (("周", "星", "we"), Unit.WEEK, 604_800),
    (("天", "日", "d"), Unit.DAY, 86_400),
    (("个小", "小", "时", "h"), Unit.HOUR, 3_600),
    (("分", "m"), Unit.MINUTE, 60),
    (("秒", "s"), Unit.SECOND, 1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a cell was not understood: a diagnostic without its place."""

    code: str
    case: str = ""
    args: Mapping[str, object] = field(default_factory=dict[str, object])
    hint: str | None = None


def folded(text: str) -> str:
    """The text with full-width digits, signs and brackets made plain and the minus sign typed as a hyphen."""
    return normalize("NFKC", text).strip().replace("\u2212", "-")


def read_number(text: str) -> tuple[Decimal, bool] | Problem:
    """The number and whether it has a per cent sign; only digits, a point and a sign make a number (E914)."""
    found = _NUMBER.fullmatch(folded(text))
    if found and folded(text).isascii():
        return Decimal(found[1]), found[2] is not None
    grouped = re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+,\d+", folded(text))
    return Problem(code="E914", case="comma" if grouped else "", args={"text": shown(text)})


def read_answer(
    text: str, answers: Mapping[str, Fraction], scale: tuple[Fraction, Fraction] | None
) -> Decimal | Fraction | Problem | None:
    """The number of an answer; None is not answered (blank, `(空)`, `(跳过)`, N/A, -2, -3, -99).

    With `answers` only its words are answers, by their meaning there; without, whole numbers on a scale of up to ten
    steps, and any number on a wider one. Anything else is E915.
    """
    plain = folded(text)
    if is_unanswered(plain, scale):
        return None
    if answers:
        return _worded(plain, answers)
    found = _ANSWER.fullmatch(plain)
    if found is None or not plain.replace("分", "").isascii():
        case = "several" if "┋" in plain else "word"
        return Problem(code="E915", case=case, args={"text": shown(text)})
    number = Decimal(found[1])
    if scale is None:
        return number
    low, high = scale
    args = {"text": shown(text), "scale": f"{low}-{high}"}
    if not low <= Fraction(number) <= high:
        return Problem(code="E915", args=args)
    whole = low.denominator == high.denominator == 1 and high - low <= CHOICES
    return Problem(code="E915", case="half", args=args) if whole and number % 1 else number


def is_unanswered(plain: str, scale: tuple[Fraction, Fraction] | None) -> bool:
    """Whether the folded text stands for no answer; -2, -3 and -99 do unless the scale reaches down to them."""
    if plain in ("-2", "-3", "-99") and scale and scale[0] <= -2:
        return False
    return plain in UNANSWERED or plain in SKIPPED


def _worded(plain: str, answers: Mapping[str, Fraction]) -> Fraction | Problem:
    for word, number in answers.items():
        if folded(word) == plain:
            return number
    if _ANSWER.fullmatch(plain):
        return Problem(code="E915", case="number", args={"text": shown(plain), "answers": listed(answers)})
    return Problem(code="E915", case="unlisted", args={"text": shown(plain), "answers": listed(answers)})


def read_time(text: str, epoch: date | None, order: str = "") -> datetime | Problem:
    """The moment, to the second: year first (`2026/03/02 10:11:12`, `2026-3-2`, `2026年3月2日`, `20260302`).

    Hours may be those of a half day (上午10:11, 10:11 PM); a zone behind them (`GMT+8`, `Z`) is that of the clock the
    file goes by and moves nothing. In a workbook whose day 0 is `epoch` also the number of a day. A date that begins
    with day or month is E916, unless `order` (`mdy`, `dmy`) says which is which.
    """
    plain = folded(text)
    if found := _DATE.fullmatch(plain):
        year, *months, day, y, m, d = found.groups()[:9]
        month = next((value for value in months if value), m)
        return _moment((year or y, month, day or d), found.groups()[9:], text)
    if order and (found := _ORDERED.fullmatch(plain)):
        first, second, year = found[1], found[3], found[4]
        day = (year, first, second) if order == "mdy" else (year, second, first)
        return _moment(day, found.groups()[4:], text)
    if _SERIAL.fullmatch(plain) and epoch is not None and plain.isascii():
        seconds = (Decimal(plain) * 86_400).quantize(Decimal(1), ROUND_HALF_UP)
        return datetime.combine(epoch, time()) + timedelta(seconds=int(seconds))
    case = "order" if _SHORT_DATE.match(plain) else "serial" if _SERIAL.fullmatch(plain) else ""
    return Problem(code="E916", case=case, args={"text": shown(text)})


def _moment(day: tuple[str | None, ...], clock: tuple[str | None, ...], text: str) -> datetime | Problem:
    before, hour, minute, second, after, _ = clock
    half, hours = (before or after or "").lower(), int(hour or 0)
    if half and hours <= 12:  # 下午14:05 is said too
        hours = hours % 12 + _NOON[half]
    try:
        at = time(hours, int(minute or 0), int(second or 0))
        return datetime.combine(date(*(int(part or 0) for part in day)), at)
    except ValueError:
        return Problem(code="E916", case="impossible", args={"text": shown(text)})


def zone_of(text: str) -> str:
    """The zone of a moment's clock as written (`GMT+8`), "" where none is."""
    plain = folded(text)
    found = _DATE.fullmatch(plain) or _ORDERED.fullmatch(plain)
    return (found[found.re.groups] or "").upper() if found else ""


def read_seconds(text: str) -> Fraction | Problem:
    """How long a questionnaire took: `96秒`, `1分36秒`, `00:01:36`, or a bare number of seconds."""
    plain = folded(text)
    if clock := _CLOCK.fullmatch(plain):
        return Fraction(int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3]))
    if _NUMBER.fullmatch(plain) and "%" not in plain and plain.isascii() and not plain.startswith("-"):
        return Fraction(plain)
    parts = _time_parts(plain)
    if parts and all(seconds for _, _, seconds in parts):
        return sum((amount * (seconds or 0) for amount, _, seconds in parts), Fraction(0))
    return Problem(code="E914", case="duration", args={"text": shown(text)})


def read_duration(text: str) -> tuple[Fraction, Unit] | Problem:
    """A length of time with its unit: `36小时`, `2天`, `90 min`, `3个工作日`; several units add up in minutes."""
    plain = folded(text)
    if clock := _CLOCK.fullmatch(plain):
        return Fraction(int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3]), 60), Unit.MINUTE
    parts = _time_parts(plain)
    if len(parts) == 1 and parts[0][1] is not None:
        return parts[0][0], parts[0][1]
    if parts and all(seconds for _, _, seconds in parts):
        return sum((amount * (seconds or 0) for amount, _, seconds in parts), Fraction(0)) / 60, Unit.MINUTE
    return Problem(code="E914", case="duration", args={"text": shown(text)})


def _time_parts(plain: str) -> list[tuple[Fraction, Unit | None, int | None]]:
    """Amount, unit and seconds of each part of a length of time; [] when the text is none."""
    parts: list[tuple[Fraction, Unit | None, int | None]] = []
    position = 0
    while position < len(plain):
        found = _PARTS.match(plain, position)
        if found is None:
            return []
        word = found[2].lower()
        _, unit, seconds = next(entry for entry in _UNITS if word.startswith(entry[0]))
        parts.append((Fraction(found[1]), unit, seconds))
        position = found.end()
    return parts
