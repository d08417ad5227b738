"""Exact numbers as people read them."""

from fractions import Fraction

import pytest

from engine.report.numbers import fixed, marked, percent, plain, shown

F = Fraction


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (F(921, 10), "92.1"),
        (F(0), "0"),
        (F(-5, 2), "-2.5"),
        (F(1, 64), "0.015625"),
        (F(1, 128), "0.0078"),
        (F(1, 3), "0.3333"),
        (F(2, 3), "0.6667"),
        (F(-1, 30000), "-0.00003333"),
        (F(1, 1500), "0.0006667"),
        (F(7, 900000), "0.000007778"),
        (F(3, 1000000), "0.000003"),
        (F(1, 3 * 10**30), "0.0000"),
        (F(10**20), "1" + "0" * 20),
    ],
)
def test_a_number_that_ends_is_printed_in_full(number: F, text: str) -> None:
    """Up to six decimals in full, anything else rounded to four; below 0.001 four digits are shown."""
    assert plain(number) == text


def test_rounded_numbers_are_marked() -> None:
    """What had to be rounded says so."""
    assert [marked(F(1, 3)), marked(F(1, 2)), percent(F(1, 7)), percent(F(2, 5))] == [
        "≈0.3333",
        "0.5",
        "≈14.2857%",
        "40%",
    ]


def test_reported_scores_keep_their_decimals() -> None:
    """92.10 stays 92.10; a score with more decimals than the policy's is not cut."""
    assert [shown(F("92.1"), 2), shown(F(92), 1), shown(F("92.125"), 1), shown(F("92.1"), None), shown(F(5), 0)] == [
        "92.10",
        "92.0",
        "92.125",
        "92.1",
        "5",
    ]


def test_halves_are_rounded_away_from_zero() -> None:
    """The decimals asked for, halves away from zero, no negative zero."""
    assert [fixed(F("0.125"), 2), fixed(F("-0.125"), 2), fixed(F("-0.001"), 2), fixed(F("7"), 0)] == [
        "0.13",
        "-0.13",
        "0.00",
        "7",
    ]
