"""Periods: every way of writing one, and the days it holds."""

from datetime import date

import pytest

from engine.data.periods import parse_period, period_of


@pytest.mark.parametrize(
    ("text", "normal", "begin", "end"),
    [
        ("2025", "2025", (2025, 1, 1), (2025, 12, 31)),
        ("2025年", "2025", (2025, 1, 1), (2025, 12, 31)),
        ("2025年度", "2025", (2025, 1, 1), (2025, 12, 31)),
        ("２０２５", "2025", (2025, 1, 1), (2025, 12, 31)),
        ("2025-03", "2025-03", (2025, 3, 1), (2025, 3, 31)),
        ("2025/3", "2025-03", (2025, 3, 1), (2025, 3, 31)),
        ("2025.03", "2025-03", (2025, 3, 1), (2025, 3, 31)),
        ("2025年3月", "2025-03", (2025, 3, 1), (2025, 3, 31)),
        ("2025年3月份", "2025-03", (2025, 3, 1), (2025, 3, 31)),
        ("2024-02", "2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025-12", "2025-12", (2025, 12, 1), (2025, 12, 31)),
        ("2025-Q1", "2025-Q1", (2025, 1, 1), (2025, 3, 31)),
        ("2025q4", "2025-Q4", (2025, 10, 1), (2025, 12, 31)),
        ("2025年第1季度", "2025-Q1", (2025, 1, 1), (2025, 3, 31)),
        ("2025年二季度", "2025-Q2", (2025, 4, 1), (2025, 6, 30)),
        ("2025H1", "2025-H1", (2025, 1, 1), (2025, 6, 30)),
        ("2025年下半年", "2025-H2", (2025, 7, 1), (2025, 12, 31)),
        ("2025-W01", "2025-W01", (2024, 12, 30), (2025, 1, 5)),
        ("2025年第7周", "2025-W07", (2025, 2, 10), (2025, 2, 16)),
        ("2025-03-02", "2025-03-02", (2025, 3, 2), (2025, 3, 2)),
        ("2025年3月2日", "2025-03-02", (2025, 3, 2), (2025, 3, 2)),
        ("9999", "9999", (9999, 1, 1), (9999, 12, 31)),
    ],
)
def test_a_period_has_one_normal_spelling(
    text: str, normal: str, begin: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    """However it is written, a period is the same days under the same name."""
    period = parse_period(text)
    assert period is not None
    assert (period.text, period.begin, period.end) == (normal, date(*begin), date(*end))


@pytest.mark.parametrize(
    "text", ["", "25", "2025-13", "2025-Q5", "2025-02-30", "2025-W54", "3月", "全年", "0000", "2025H3"]
)
def test_other_texts_are_no_period(text: str) -> None:
    """A month without its year is no period, and neither is a thirteenth month."""
    assert parse_period(text) is None


@pytest.mark.parametrize(
    ("length", "name"),
    [
        ("day", "2024-12-31"),
        ("week", "2025-W01"),
        ("month", "2024-12"),
        ("quarter", "2024-Q4"),
        ("half", "2024-H2"),
        ("year", "2024"),
    ],
)
def test_a_day_falls_into_one_period_of_each_length(length: str, name: str) -> None:
    """31 December 2024 belongs to the first ISO week of 2025."""
    period = period_of(date(2024, 12, 31), length)
    assert (period.text, period.length) == (name, length)
    assert period.begin <= date(2024, 12, 31) <= period.end


def test_a_year_holds_its_months() -> None:
    """A month is within its year and quarter, and within no other."""
    year, quarter, month = parse_period("2025"), parse_period("2025-Q1"), parse_period("2025-03")
    assert year is not None
    assert quarter is not None
    assert month is not None
    assert [year.holds(quarter), quarter.holds(month), year.holds(year)] == [True, True, True]
    assert [month.holds(quarter), quarter.holds(period_of(date(2025, 4, 1), "month"))] == [False, False]
