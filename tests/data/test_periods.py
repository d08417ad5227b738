"""Periods: every way of writing one, and the days it holds."""

from datetime import date

import pytest

from engine.data.periods import each_length, parse_period, parse_periods, period_of, periods_before, periods_within


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2025-Q1", ["2025-Q1"]),
        ("2024-Q3..2025-Q2", ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]),
        ("2024年第3季度至2025年第2季度", ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]),
        ("2024-11～2025-02", ["2024-11", "2024-12", "2025-01", "2025-02"]),
        ("2023…2025", ["2023", "2024", "2025"]),
        ("2025-W52..2026-W02", ["2025-W52", "2026-W01", "2026-W02"]),
        ("2025-H1 .. 2025-H2", ["2025-H1", "2025-H2"]),
    ],
)
def test_several_periods_are_asked_for_by_the_first_and_the_last(text: str, names: list[str]) -> None:
    """Both ends belong to the range; their length is that of all of them."""
    found = parse_periods(text)
    assert not isinstance(found, str)
    assert [period.text for period in found] == names


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("去年", ""),
        ("2025-Q1..", ""),
        ("2024..2025..2026", ""),
        ("2024..2025-Q1", "lengths"),
        ("2025-Q2..2025-Q1", "order"),
        ("2020-01-01..2025-12-31", "many"),
    ],
)
def test_a_range_that_names_no_periods_says_why(text: str, case: str) -> None:
    """No period, two lengths, the wrong order, more than 400."""
    assert parse_periods(text) == case


def test_all_periods_of_the_data_are_asked_for_in_a_word() -> None:
    """`each` is the policy's own length, the others say theirs; a period is none of them."""
    words = ("each", "各期", "monthly", "每月", "Quarterly", "每季度", "yearly", "2025")
    assert [each_length(word) for word in words] == ["", "", "month", "month", "quarter", "quarter", "year", None]


def test_the_periods_before_and_within_a_period() -> None:
    """Four quarters before the first of 2025 are those of 2024; a quarter is three months, and no year."""
    quarter = period_of(date(2025, 2, 3), "quarter")
    assert [p.text for p in periods_before(quarter, 4)] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert [p.text for p in periods_within(quarter, "month")] == ["2025-01", "2025-02", "2025-03"]
    assert periods_within(quarter, "year") == periods_within(quarter, "quarter") == ()
    assert periods_before(period_of(date(1, 1, 1), "year"), 3) == ()
