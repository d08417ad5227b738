"""Amounts: rates, counts, lengths of time, yes and no, as people write them in a sheet."""

from fractions import Fraction

import pytest

from engine.data.amounts import decimal_text, read_amount
from engine.data.cells import Problem
from engine.data.contract import Wanted
from engine.language.syntax import Kind, Unit


def _read(text: str, kind: Kind, unit: str = "", **bounds: Fraction) -> tuple[Fraction | None, Unit] | tuple[str, str]:
    read_value = read_amount(text, unit, Wanted(measure="甲", kind=kind, **bounds))
    return (read_value.code, read_value.case) if isinstance(read_value, Problem) else read_value


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("97.2%", "", (Fraction("97.2"), Unit.PERCENT)),
        ("97.2％", "", (Fraction("97.2"), Unit.PERCENT)),
        ("97.2", "", (Fraction("97.2"), Unit.PERCENT)),
        ("97.2", "%", (Fraction("97.2"), Unit.PERCENT)),
        ("0.35", "%", (Fraction("0.35"), Unit.PERCENT)),
        ("0.35", "百分比", (Fraction("0.35"), Unit.PERCENT)),
        ("0", "", (Fraction(0), Unit.PERCENT)),
        ("100%", "", (Fraction(100), Unit.PERCENT)),
        ("", "", (None, Unit.PERCENT)),
        ("0.972", "", ("E919", "")),
        ("1", "", ("E919", "")),
        ("972%", "", ("E920", "")),
        ("-1%", "", ("E920", "")),
        ("97.2", "次", ("E920", "unit")),
        ("97.2", "分", ("E920", "unit")),
        ("九成", "", ("E914", "")),
        ("-", "", ("E920", "dash")),
        ("/", "", ("E920", "dash")),
        ("无", "", ("E920", "dash")),
        ("#DIV/0!", "", ("E912", "")),
    ],
)
def test_a_rate(text: str, unit: str, expected: object) -> None:
    """In per cent; what could be a fraction of one is refused unless somebody says per cent."""
    assert _read(text, Kind.RATE, unit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", (Fraction(3), Unit.TIME)),
        ("3次", (Fraction(3), Unit.TIME)),
        ("3 件", (Fraction(3), Unit.TIME)),
        ("3.0", (Fraction(3), Unit.TIME)),
        ("0", (Fraction(0), Unit.TIME)),
        ("2.5", ("E920", "count")),
        ("-1", ("E920", "low")),
        ("3%", ("E920", "unit")),
        ("三次", ("E914", "")),
    ],
)
def test_a_count(text: str, expected: object) -> None:
    """Whole and not below zero; a measure word behind it says nothing new."""
    assert _read(text, Kind.COUNT) == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [("是", 1), ("否", 0), ("√", 1), ("×", 0), ("Yes", 1), ("no", 0), ("1", 1), ("0", 0), ("TRUE", 1), ("FALSE", 0)],
)
def test_yes_and_no(text: str, amount: int) -> None:
    """In all the ways a checklist is filled in."""
    assert _read(text, Kind.YES_NO) == (amount, Unit.NUMBER)


def test_other_words_are_neither_yes_nor_no() -> None:
    """部分 is a third thing; an empty cell was not checked."""
    assert _read("部分", Kind.YES_NO) == ("E920", "yes_no")
    assert _read("2", Kind.YES_NO) == ("E920", "yes_no")
    assert _read("", Kind.YES_NO) == (None, Unit.NUMBER)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("36小时", "", (Fraction(36), Unit.HOUR)),
        ("2天", "", (Fraction(2), Unit.DAY)),
        ("90 min", "", (Fraction(90), Unit.MINUTE)),
        ("36", "小时", (Fraction(36), Unit.HOUR)),
        ("1.5", "个工作日", (Fraction(3, 2), Unit.WORKING_DAY)),
        ("36", "", (Fraction(36), Unit.NUMBER)),
        ("36:30:00", "", (Fraction(2190), Unit.MINUTE)),
        ("36", "次", ("E914", "duration")),
        ("36%", "", ("E914", "duration")),
        ("-3", "", ("E920", "low")),
    ],
)
def test_a_length_of_time(text: str, unit: str, expected: object) -> None:
    """With its own unit, the sheet's, or the indicator's."""
    assert _read(text, Kind.DURATION, unit) == expected


def test_points_and_scores_have_bounds() -> None:
    """An item of 8 points has from 0 to 8; 分 behind them says nothing new; a per cent is no score."""
    full = {"low": Fraction(0), "high": Fraction(8)}
    assert _read("7.5分", Kind.POINTS, **full) == (Fraction(15, 2), Unit.POINT)
    assert _read("8", Kind.POINTS, **full) == (8, Unit.POINT)
    assert _read("8.5", Kind.POINTS, **full) == ("E920", "")
    assert _read("-0.5", Kind.POINTS) == ("E920", "low")
    assert _read("92%", Kind.SCORE) == ("E920", "unit")
    assert _read("92", Kind.SCORE, "分") == (92, Unit.POINT)


def test_indexes_and_plain_numbers() -> None:
    """From -100 to 100; a plain number keeps its sign and may be a per cent."""
    assert [_read(text, Kind.INDEX) for text in ("-35", "101")] == [(-35, Unit.NUMBER), ("E920", "")]
    assert _read("-1234.5", Kind.NUMBER, "万元") == (Fraction("-1234.5"), Unit.NUMBER)
    assert _read("12%", Kind.NUMBER) == (12, Unit.PERCENT)


@pytest.mark.parametrize("text", ["0", "5", "-5", "0.05", "-0.5", "97.25", "1000000", "0.000000000000000001"])
def test_a_decimal_is_written_as_it_was(text: str) -> None:
    """Messages quote numbers in the digits of the sheet."""
    assert decimal_text(Fraction(text)) == text
