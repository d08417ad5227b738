"""Elapsed time in minutes, hours, days, and in working days of a calendar."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from engine.evaluation.durations import converted, elapsed, is_working_day, working_days
from engine.language.policy import Calendar
from engine.language.syntax import Unit

F = Fraction
PLAIN = Calendar()
# 2025: Monday 6 January to Sunday 12 January; National Day 1-8 October, worked on Sunday 28 September and Saturday 11.
CHINESE = Calendar(
    holidays=tuple(date(2025, 10, day) for day in range(1, 9)), workdays=(date(2025, 9, 28), date(2025, 10, 11))
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [(Unit.MINUTE, F(1530)), (Unit.HOUR, F("25.5")), (Unit.DAY, F(17, 16)), (Unit.WEEK, F(17, 112))],
)
def test_calendar_time_is_exact(unit: Unit, expected: Fraction) -> None:
    """From Monday 8:00 to Tuesday 9:30 it is 25.5 hours."""
    assert elapsed(_at("2025-01-06 08:00"), _at("2025-01-07 09:30"), unit, PLAIN) == expected


def test_seconds_are_not_lost() -> None:
    """36 hours and 1 second are 129,601 seconds."""
    assert elapsed(_at("2025-01-06 08:00:00"), _at("2025-01-07 20:00:01"), Unit.HOUR, PLAIN) == F(129601, 3600)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2025-01-06 09:00", "2025-01-07 09:00", F(1)),  # Monday to Tuesday
        ("2025-01-10 17:00", "2025-01-13 09:00", F(2, 3)),  # Friday to Monday: 7 + 9 hours
        ("2025-01-10", "2025-01-13", F(1)),  # dates only: the Friday
        ("2025-01-11 10:00", "2025-01-12 15:00", F(0)),  # within a weekend
        ("2025-01-11 10:00", "2025-01-13 06:00", F(1, 4)),  # from the weekend on: Monday's 6 hours
        ("2025-01-06", "2025-01-20", F(10)),  # two weeks
        ("2025-01-08 12:00", "2025-01-08 18:00", F(1, 4)),  # within a day
        ("2025-01-10 06:00", "2025-01-11 23:00", F(3, 4)),  # Friday's 18 hours
    ],
)
def test_working_days(begin: str, end: str, expected: Fraction) -> None:
    """Only the hours on working days count, 24 to the day."""
    assert working_days(_at(begin), _at(end), PLAIN) == expected


def test_holidays_and_make_up_days() -> None:
    """From 26 September to 13 October 2025 people work on 26, 28, 29, 30 September and 9, 10, 11 October."""
    assert working_days(_at("2025-09-26"), _at("2025-10-13"), CHINESE) == 7


def test_a_long_stretch_agrees_with_counting_day_by_day() -> None:
    """The week arithmetic gives what looking at every date gives."""
    days = [date.fromordinal(n) for n in range(date(2025, 9, 3).toordinal(), date(2025, 11, 21).toordinal())]
    counted = sum(is_working_day(day, CHINESE) for day in days)
    assert working_days(_at("2025-09-03"), _at("2025-11-21"), CHINESE) == counted


def test_a_six_day_week() -> None:
    """With only the Sunday free, Monday to Monday is 6 working days."""
    assert working_days(_at("2025-01-06"), _at("2025-01-13"), Calendar(weekend=(7,))) == 6


def test_backwards_is_negative() -> None:
    """An end before its beginning shows as less than nothing, in every unit."""
    assert elapsed(_at("2025-01-07"), _at("2025-01-06"), Unit.DAY, PLAIN) == -1
    assert elapsed(_at("2025-01-07"), _at("2025-01-06"), Unit.WORKING_DAY, PLAIN) == -1


def test_conversions() -> None:
    """Units of time convert into each other; a percentage stays what it is."""
    assert converted(F(36), Unit.HOUR, Unit.DAY) == F("1.5")
    assert converted(F(2), Unit.WEEK, Unit.DAY) == 14
    assert converted(F(98), Unit.PERCENT, Unit.PERCENT) == 98
    assert converted(F(5), Unit.DAY, Unit.WORKING_DAY) == 5
    assert converted(F(5), Unit.POINT, Unit.HOUR) == 5
