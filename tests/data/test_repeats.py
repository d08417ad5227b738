"""Rows that come again within so many days."""

from pandas import Series, to_datetime

from engine.data.repeats import repeated

DATES = ["2025-07-01 23:00", "2025-07-08 01:00", "2025-07-08 01:00", "2025-07-16 00:00", None]


def labels(keys: list[str | None], dates: list[str | None], days: int, counted: list[bool] | None = None) -> list[int]:
    """The labels of records with one key column."""
    texts = {"客户": Series(keys, dtype=object)}
    moments = Series(to_datetime(dates).astype("datetime64[s]"))
    mask = Series(counted or [True] * len(keys))
    return repeated(("客户",), days, texts, moments, mask).tolist()


def test_days_are_counted_from_date_to_date() -> None:
    """1 July at night to 8 July in the morning are 7 days; 8 to 16 July are 8; without a date nothing is known."""
    assert labels(["甲"] * 5, [*DATES], 7) == [0, 1, 1, 0, 0]


def test_of_two_at_one_moment_the_lower_in_the_file_is_the_later() -> None:
    """Two entries of one moment: the first repeats nothing, the second repeats the first, on the same day."""
    assert labels(["甲", "甲"], ["2025-07-08", "2025-07-08"], 0) == [0, 1]


def test_the_order_of_rows_of_different_days_is_nothing() -> None:
    """The earlier entry may stand below the later one."""
    assert labels(["甲", "甲"], ["2025-07-08", "2025-07-01"], 7) == [1, 0]


def test_a_blank_repeats_nothing() -> None:
    """Nobody knows whether two entries without a customer are of one."""
    assert labels([None, None], ["2025-07-01", "2025-07-02"], 7) == [0, 0]


def test_what_does_not_count_is_not_repeated() -> None:
    """After an invalid entry the next is the first."""
    assert labels(["甲", "甲"], ["2025-07-01", "2025-07-02"], 7, [False, True]) == [0, 0]


def test_all_columns_have_to_agree() -> None:
    """The same customer with another class of complaint is no repetition."""
    texts = {"客户": Series(["甲", "甲", "甲"], dtype=object), "类别": Series(["质量", "服务", "质量"], dtype=object)}
    moments = Series(to_datetime(["2025-07-01", "2025-07-02", "2025-07-03"]).astype("datetime64[s]"))
    assert repeated(("客户", "类别"), 30, texts, moments, Series([True] * 3)).tolist() == [0, 0, 1]
