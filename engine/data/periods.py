"""Periods of assessment: how they are written, which days they hold, and the name of the period a day falls in.

A history is periods of one length, one after the other: `2024-Q1..2025-Q4`. The length of its two ends is that of its
periods, so the quarters of a year and its months are asked for in the same words.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

LENGTHS = ("day", "week", "month", "quarter", "half", "year")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"上": 1, "下": 2, "1": 1, "2": 2}
_FORMS = (
    ("year", re.compile(r"(?P<year>\d{4})年?(度)?$")),
    ("half", re.compile(r"(?P<year>\d{4})(-|年)?(H(?P<half>[12])|(?P<halfyear>[上下])半年)$")),
    ("quarter", re.compile(r"(?P<year>\d{4})(-|年)?(Q(?P<quarter>[1-4])|第?(?P<season>[1-4一二三四])季度?)$")),
    ("week", re.compile(r"(?P<year>\d{4})(-|年)?(W(?P<week>\d{1,2})|第(?P<weeks>\d{1,2})周)$")),
    ("day", re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?$")),
    ("month", re.compile(r"(?P<year>\d{4})(-|/|\.|年)(?P<month>\d{1,2})月?(份)?$")),
)
_TO = re.compile(r"\.{2,}|[至到~]")
# What asks for every period that the data have: "" is the length of the policy's own periods.
_EACH = {
    "each": "", "各期": "", "daily": "day", "每日": "day", "weekly": "week", "每周": "week", "monthly": "month",
    "每月": "month", "quarterly": "quarter", "每季度": "quarter", "half-yearly": "half", "每半年": "half",
    "yearly": "year", "每年": "year",
}  # fmt: skip
MOST = 400  # periods of one history: the days of a year, the months of a generation


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days from `begin` to `end`, both included; `text` is its normal spelling (`2025`, `2025-Q1`, `2025-03`)."""

    text: str
    length: str
    begin: date
    end: date

    def holds(self, other: "Period") -> bool:
        """Whether all days of the other period belong to this one."""
        return self.begin <= other.begin and other.end <= self.end


def parse_period(text: str) -> Period | None:
    """The period a text names; None when it names none.

    `2025`, `2025-03`, `2025-Q1`, `2025H1`, `2025-W07`, `2025-03-02`; 2025年, 2025年3月, 2025年第1季度, 2025年上半年.
    """
    folded = normalize("NFKC", text).strip().replace(" ", "").upper()
    for length, form in _FORMS:
        if found := form.match(folded):
            try:
                return _period(length, {name: value for name, value in found.groupdict().items() if value})
            except ValueError:
                return None
    return None


def parse_periods(text: str) -> tuple[Period, ...] | str:
    """The periods a text asks for: the one it names, or all from the first to the last of `2024-Q1..2025-Q4`.

    Else the case of E931 that says what is wrong: "" no period, `lengths` (the ends are not of the same length),
    `order` (the last lies before the first), `many` (more than `MOST`).
    """
    ends = [parse_period(end) for end in _TO.split(normalize("NFKC", text))]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends) or len(known) > 2:
        return ""
    first, last = known[0], known[-1]
    if first.length != last.length:
        return "lengths"
    if last.begin < first.begin:
        return "order"
    periods = [first]
    while periods[-1].end < last.end:
        if len(periods) == MOST:
            return "many"
        periods.append(period_of(periods[-1].end + timedelta(days=1), first.length))
    return tuple(periods)


def each_length(text: str) -> str | None:
    """The length of the periods when all that the data have are asked for (`each`, 每月 …); "" is the policy's own
    length, None where the text does not ask for that.
    """
    return _EACH.get(normalize("NFKC", text).strip().lower())


def is_several(text: str) -> bool:
    """Whether a text asks for more than one period, `2024-Q1..2025-Q4` or `each`."""
    return each_length(text) is not None or len(_TO.split(normalize("NFKC", text))) > 1


def periods_before(period: Period, count: int) -> tuple[Period, ...]:
    """The `count` periods of the same length before this one, the earliest first."""
    found: list[Period] = []
    while len(found) < count and period.begin > date.min:
        period = period_of(period.begin - timedelta(days=1), period.length)
        found.append(period)
    return tuple(reversed(found))


def periods_within(period: Period, length: str) -> tuple[Period, ...]:
    """The periods of a shorter length that make up this one; () where it is not longer."""
    if LENGTHS.index(length) >= LENGTHS.index(period.length):
        return ()
    found = [period_of(period.begin, length)]
    while found[-1].end < period.end:
        found.append(period_of(found[-1].end + timedelta(days=1), length))
    return tuple(found)


def _period(length: str, parts: dict[str, str]) -> Period:
    year = int(parts["year"])
    if length == "week":
        return period_of(date.fromisocalendar(year, int(parts.get("week") or parts["weeks"]), 1), length)
    if length == "half":
        return period_of(date(year, 6 * _HALVES[parts.get("half") or parts["halfyear"]], 1), length)
    if length == "quarter":
        return period_of(date(year, 3 * _QUARTERS[parts.get("quarter") or parts["season"]], 1), length)
    return period_of(date(year, int(parts.get("month", 1)), int(parts.get("day", 1))), length)


def period_of(day: date, length: str) -> Period:
    """The period of the given length (`LENGTHS`; weeks by ISO 8601, from Monday) that holds the day."""
    if length == "day":
        return Period(text=day.isoformat(), length=length, begin=day, end=day)
    if length == "week":
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return Period(text=f"{year}-W{week:02}", length=length, begin=monday, end=monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[length]
    number = (day.month - 1) // months
    begin = date(day.year, number * months + 1, 1)
    text = {
        "month": f"{day.year}-{day.month:02}",
        "quarter": f"{day.year}-Q{number + 1}",
        "half": f"{day.year}-H{number + 1}",
    }
    return Period(text=text.get(length, str(day.year)), length=length, begin=begin, end=_last_day(begin, months))


def _last_day(begin: date, months: int) -> date:
    after = begin.month - 1 + months
    if begin.year + after // 12 > date.max.year:
        return date.max
    return date(begin.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
