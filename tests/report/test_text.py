"""Text as a terminal shows it."""

import pytest

from engine.report.text import excerpt, fold, indented, pad, visible, width


def test_chinese_takes_two_columns() -> None:
    """A Chinese character is two columns wide, a letter one, a combining mark none."""
    assert [width("企业"), width("ab"), width("e\u0301"), width("：")] == [4, 2, 1, 2]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("质量", "质量"),
        ("a\tb", "a<U+0009>b"),
        ("a\x1b[31mb", "a<U+001B>[31mb"),
        ("\u202e量质", "<U+202E>量质"),
        ("质\u200b量", "质<U+200B>量"),
        ("a\nb\u2028c", "a<U+000A>b<U+2028>c"),
        ("\ud800", "<U+D800>"),
        ("全\u3000角", "全\u3000角"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    """Controls, bidi marks, invisible characters and odd line ends appear as their code points."""
    assert visible(text) == shown


def test_folding_keeps_stops_with_what_they_end() -> None:
    """No line begins with a closing stop, none ends with an opening bracket, words stay whole."""
    assert fold("质量很好，交付也好（很快）", 8) == ["质量很", "好，交付", "也好（很", "快）"]
    assert fold("on time delivery", 8) == ["on time", "delivery"]


def test_folding_breaks_what_is_too_long_and_keeps_line_ends() -> None:
    """A word wider than the line is cut; given line ends stay."""
    assert fold("abcdefghij\nk", 4) == ["abcd", "efgh", "ij", "k"]


def test_margins_stand_before_every_line() -> None:
    """Indented text has its margin on each line, within the columns."""
    assert indented("质量很好质量很好", "  ", 10) == ["  质量很好", "  质量很好"]


def test_padding_counts_columns() -> None:
    """A text is filled up to columns, not characters."""
    assert pad("质量", 6) == "质量  "


def test_the_caret_stands_below_the_fault() -> None:
    """Carets begin below the faulty part and are as wide as it is on the screen."""
    line, carets = excerpt("总分 = 甲*0.7 + 企业形像*0.3", 13, 17, 76)
    assert line == "总分 = 甲*0.7 + 企业形像*0.3"
    assert carets == " " * 16 + "^" * 8


def test_a_long_line_is_shown_around_the_caret() -> None:
    """Of a line that does not fit, the part around the fault is shown within the columns."""
    text = "甲" * 60 + "错" + "乙" * 60
    line, carets = excerpt(text, 60, 61, 40)
    assert (width(line), line[:3], line[-3:]) == (40, "...", "...")
    assert carets == " " * width(line[: line.index("错")]) + "^^"


def test_a_long_line_of_marks_without_width_is_no_trap() -> None:
    """Thousands of combining marks are shown in linear time."""
    line, carets = excerpt("a" + "\u0301" * 60_000 + "b" * 200, 0, 1, 76)
    assert carets == "^"
    assert line.startswith("a")


def test_a_caret_shows_a_place_without_width() -> None:
    """An empty place, such as the end of a line, still has one caret."""
    assert excerpt("质量", 2, 2, 76) == ("质量", "    ^")


def test_invisible_faults_are_seen() -> None:
    """A character nobody sees is written out, and the caret is as wide as what is written."""
    assert excerpt("质\u200b量", 1, 2, 76) == ("质<U+200B>量", "  ^^^^^^^^")
