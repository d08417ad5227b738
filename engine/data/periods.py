"""Periods of assessment: how they are written, which days they hold, and the name of the period a day falls in."""

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
