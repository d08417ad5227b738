"""Elapsed time: units, conversions, and working days by the policy's calendar.

A working day is a calendar date that is no weekend day and no holiday, or is a make-up day. What elapses
between two moments in working days is the time that falls on working days, each of 24 hours: from Friday
17:00 to Monday 9:00 it is 7 + 9 hours, two thirds of a working day; from a Friday's date to a Monday's date it is 1.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from engine.language.policy import Calendar
from engine.language.syntax import Unit

# A working day has the length of a day; a month is taken as 30 days, a week as 7.
SECONDS = {
    Unit.SECOND: 1,
    Unit.MINUTE: 60,
    Unit.HOUR: 3600,
    Unit.DAY: 86400,
    Unit.WORKING_DAY: 86400,
    Unit.WEEK: 7 * 86400,
    Unit.MONTH: 30 * 86400,
}
_DAY = 86400


def is_time(unit: Unit) -> bool:
    """Whether the unit measures time."""
    return unit in SECONDS


def converted(amount: Fraction, written: Unit, wanted: Unit) -> Fraction:
    """The amount in the wanted unit where both measure time; unchanged otherwise."""
    if written is wanted or not (is_time(written) and is_time(wanted)):
        return amount
    return amount * SECONDS[written] / SECONDS[wanted]


def elapsed(begin: datetime, end: datetime, unit: Unit, calendar: Calendar) -> Fraction:
    """The time from `begin` to `end` in a unit of time, exact to the second; negative where the end lies before."""
    if unit is Unit.WORKING_DAY:
        forward = working_days(min(begin, end), max(begin, end), calendar)
        return forward if begin <= end else -forward
    return Fraction(_seconds(end - begin), SECONDS[unit])


def working_days(begin: datetime, end: datetime, calendar: Calendar) -> Fraction:
    """The working days between two moments, `begin` ≤ `end`: their 24 hours as far as they lie between the two."""
    seconds = _worked(begin.date(), end.date(), calendar) * _DAY
    seconds -= _since_midnight(begin) if is_working_day(begin.date(), calendar) else 0
    seconds += _since_midnight(end) if is_working_day(end.date(), calendar) else 0
    return Fraction(seconds, _DAY)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether people work on that date: make-up days do, holidays and weekend days do not."""
    if day in calendar.workdays:
        return True
    return day.isoweekday() not in calendar.weekend and day not in calendar.holidays


def _worked(first: date, last: date, calendar: Calendar) -> int:
    """How many of the dates from `first` on and before `last` are working days."""
    weeks, rest = divmod((last - first).days, 7)
    days = weeks * (7 - len(set(calendar.weekend)))
    days += sum(_weekday(first + timedelta(days=n), calendar) for n in range(rest))
    days -= sum(_weekday(d, calendar) for d in _between(calendar.holidays, first, last) if d not in calendar.workdays)
    return days + sum(not _weekday(d, calendar) for d in _between(calendar.workdays, first, last))


def _weekday(day: date, calendar: Calendar) -> bool:
    return day.isoweekday() not in calendar.weekend


def _between(days: Sequence[date], first: date, last: date) -> list[date]:
    return sorted({day for day in days if first <= day < last})


def _since_midnight(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _seconds(delta: timedelta) -> int:
    return delta.days * _DAY + delta.seconds
