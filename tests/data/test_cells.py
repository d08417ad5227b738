"""Cells: what one text means, exactly, or why it means nothing."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from engine.data.cells import Problem, read_answer, read_duration, read_number, read_seconds, read_time, zone_of
from engine.language.syntax import Unit

SCALE = (Fraction(1), Fraction(5))
WORDS = {"很满意": Fraction(5), "满意": Fraction(4), "一般": Fraction(3)}


def _problem(read: object) -> tuple[str, str]:
    assert isinstance(read, Problem)
    return read.code, read.case


@pytest.mark.parametrize(
    ("text", "number", "percent"),
    [
        ("5", "5", False),
        ("-3.50", "-3.5", False),
        ("－3", "-3", False),
        ("\u22123", "-3", False),
        ("+2", "2", False),
        ("０５", "5", False),
        ("97.2%", "97.2", True),
        ("97.2％", "97.2", True),
        ("97.2 %", "97.2", True),
        ("0.123456789012345678", "0.123456789012345678", False),
    ],
)
def test_a_number_is_exact(text: str, number: str, percent: bool) -> None:
    """Digits are taken as they stand, full-width ones too."""
    assert read_number(text) == (Decimal(number), percent)


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("三", ""),
        ("1e5", ""),
        ("0x10", ""),
        ("NaN", ""),
        ("inf", ""),
        ("1_000", ""),
        ("٣", ""),
        ("5分", ""),
        ("1.", ""),
        (".5", ""),
        ("1,234", "comma"),
        ("1,234,567.8", "comma"),
        ("97,2", "comma"),
        ("12345678901234567890", ""),
    ],
)
def test_what_is_not_plainly_a_number_is_refused(text: str, case: str) -> None:
    """No exponents, no words, no digits of other scripts, and a comma could be two things."""
    assert _problem(read_number(text)) == ("E914", case)


@pytest.mark.parametrize("text", ["", "(空)", "（空）", "(跳过)", "（跳过）", "-2", "-3"])
def test_what_a_platform_writes_for_no_answer_is_no_answer(text: str) -> None:
    """Blank, empty and skipped are not answered; they are not zero."""
    assert read_answer(text, {}, SCALE) is None
    assert read_answer(text, WORDS, None) is None


def test_a_scale_that_reaches_down_to_them_makes_them_answers() -> None:
    """On a scale from -5 to 5, -2 and -3 are answers like others."""
    scale = (Fraction(-5), Fraction(5))
    assert [read_answer(text, {}, scale) for text in ("-2", "-3")] == [Decimal(-2), Decimal(-3)]


@pytest.mark.parametrize(
    ("text", "case"),
    [("0", ""), ("6", ""), ("-1", ""), ("4.5", "half"), ("很满意", "word"), ("A┋B", "several"), ("５５", "")],
)
def test_an_answer_off_the_scale_is_refused(text: str, case: str) -> None:
    """Zero is no answer on a scale from 1 to 5, and neither is a half."""
    assert _problem(read_answer(text, {}, SCALE)) == ("E915", case)


def test_answers_on_a_scale() -> None:
    """The ends belong to the scale; 分 behind a number says nothing new; a wide scale has decimals."""
    assert [read_answer(text, {}, SCALE) for text in ("1", "5", "５", "4分")] == [1, 5, 5, 4]
    assert read_answer("92.5", {}, (Fraction(0), Fraction(100))) == Decimal("92.5")


def test_answers_in_words() -> None:
    """Only the policy's words are answers; a number among them may be an option's number and is refused."""
    assert [read_answer(text, WORDS, None) for text in ("很满意", " 满意 ", "一般")] == [5, 4, 3]
    assert _problem(read_answer("1", WORDS, None)) == ("E915", "number")
    assert _problem(read_answer("非常满意", WORDS, None)) == ("E915", "unlisted")


@pytest.mark.parametrize(
    "text",
    [
        "2026/03/02 10:11:12",
        "2026-03-02 10:11:12",
        "2026-03-02T10:11:12",
        "2026/3/2 10:11:12",
        "2026.3.2 10:11:12",
        "2026年3月2日 10:11:12",
        "２０２６/03/02 10：11：12",
        "20260302 10:11:12",
        "2026-03-02T10:11:12.123",
        "2026/03/02 上午10:11:12 GMT+8",
        "2026/03/02 10:11:12 AM GMT+8",
        "2026/3/2 10:11:12 am",
        "2026-03-02T10:11:12.000+08:00",
        "2026-03-02T10:11:12Z",
        "2026-03-02 10:11:12 UTC",
    ],
)
def test_one_moment_in_many_forms(text: str) -> None:
    """The year comes first; fractions of a second are not kept."""
    assert read_time(text, None) == datetime(2026, 3, 2, 10, 11, 12)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("上午12:05:00", 0), ("上午1:05:00", 1), ("下午12:05:00", 12), ("下午1:05:00", 13), ("下午13:05:00", 13)],
)
def test_hours_of_half_a_day(text: str, hour: int) -> None:
    """Twelve in the morning is midnight, twelve in the afternoon is noon; in both languages."""
    assert read_time(f"2026/3/2 {text}", None) == datetime(2026, 3, 2, hour, 5)
    clock = f"{text[2:]} {'AM' if text[:2] == '上午' else 'PM'}"
    assert read_time(f"2026/3/2 {clock}", None) == datetime(2026, 3, 2, hour, 5)


def test_a_zone_moves_nothing_and_is_known() -> None:
    """23:30 by a clock of GMT+8 is of that day, whatever day it is elsewhere; the zone can be asked for."""
    assert read_time("2026/03/31 下午11:30:00 GMT+8", None) == datetime(2026, 3, 31, 23, 30)
    texts = ("2026/03/31 下午11:30:00 GMT+8", "2026-03-31T23:30:00.000+08:00", "2026-03-31T15:30:00z", "2026-03-31")
    assert [zone_of(text) for text in texts] == ["GMT+8", "+08:00", "Z", ""]


def test_the_policy_may_state_the_order_of_dates() -> None:
    """3 February in the one order is 2 March in the other; a date with the year first needs no order."""
    assert read_time("02/03/2026 10:11:12 PM", None, "mdy") == datetime(2026, 2, 3, 22, 11, 12)
    assert read_time("02.03.2026", None, "dmy") == datetime(2026, 3, 2)
    assert read_time("2026-03-02", None, "dmy") == datetime(2026, 3, 2)
    assert _problem(read_time("22/11/2025", None, "mdy")) == ("E916", "impossible")


def test_a_date_alone_is_its_midnight() -> None:
    """A day without a time begins at 0:00; minutes may stand without seconds."""
    assert read_time("2026-03-02", None) == datetime(2026, 3, 2)
    assert read_time("2026-03-02 9:05", None) == datetime(2026, 3, 2, 9, 5)


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("02/03/2026", "order"),
        ("3/2/2026 10:00", "order"),
        ("13.02.2026", "order"),
        ("2-3-26", "order"),
        ("46083", "serial"),
        ("2026-02-30", "impossible"),
        ("2026-13-01", "impossible"),
        ("2026-03-02 25:00", "impossible"),
        ("三月二日", ""),
        ("2026-03", ""),
        ("10:11:12", ""),
        ("2026-03-02 10:11:12 PDT", ""),
        ("02/03/2026 10:11:12 AM", "order"),
        ("2026/03-02", ""),
    ],
)
def test_other_dates_are_refused(text: str, case: str) -> None:
    """A date that begins with day or month is two dates; 30 February is none."""
    assert _problem(read_time(text, None)) == ("E916", case)


@pytest.mark.parametrize(
    ("serial", "epoch", "moment"),
    [
        ("46083", date(1899, 12, 30), datetime(2026, 3, 2)),
        ("44621", date(1904, 1, 1), datetime(2026, 3, 2)),
        ("46083.5", date(1899, 12, 30), datetime(2026, 3, 2, 12)),
        ("46083.4244444444", date(1899, 12, 30), datetime(2026, 3, 2, 10, 11, 12)),
    ],
)
def test_a_workbook_counts_days(serial: str, epoch: date, moment: datetime) -> None:
    """1 March 2026 is day 46082 of the one calendar and 44620 of the other."""
    assert read_time(serial, epoch) == moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("96秒", 96),
        ("96", 96),
        ("1分36秒", 96),
        ("1分钟36秒", 96),
        ("00:01:36", 96),
        ("1小时2分3秒", 3723),
        ("96 s", 96),
        ("9.5", Fraction(19, 2)),
    ],
)
def test_how_long_a_questionnaire_took(text: str, seconds: Fraction | int) -> None:
    """As the platforms write it; a bare number is seconds."""
    assert read_seconds(text) == seconds


@pytest.mark.parametrize("text", ["很久", "-5", "1:36", "5%", "3个工作日", "1个月"])
def test_other_times_taken_are_refused(text: str) -> None:
    """1:36 could be minutes or hours."""
    assert _problem(read_seconds(text)) == ("E914", "duration")


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("36小时", 36, Unit.HOUR),
        ("36 h", 36, Unit.HOUR),
        ("2天", 2, Unit.DAY),
        ("2 days", 2, Unit.DAY),
        ("90 min", 90, Unit.MINUTE),
        ("90分钟", 90, Unit.MINUTE),
        ("3个工作日", 3, Unit.WORKING_DAY),
        ("3 working days", 3, Unit.WORKING_DAY),
        ("2周", 2, Unit.WEEK),
        ("1个月", 1, Unit.MONTH),
        ("1.5小时", Fraction(3, 2), Unit.HOUR),
        ("1小时30分", 90, Unit.MINUTE),
        ("1天2小时", 1560, Unit.MINUTE),
        ("36:00:00", 2160, Unit.MINUTE),
        ("90秒", 90, Unit.SECOND),
    ],
)
def test_a_length_of_time_keeps_its_unit(text: str, amount: Fraction | int, unit: Unit) -> None:
    """A day is not turned into hours: 2天 may mean calendar days of a procedure."""
    assert read_duration(text) == (amount, unit)


@pytest.mark.parametrize("text", ["36", "三天", "3个工作日2小时", "小时", "2天左右"])
def test_other_lengths_of_time_are_refused(text: str) -> None:
    """A working day has no fixed number of hours to add to."""
    assert _problem(read_duration(text)) == ("E914", "duration")
