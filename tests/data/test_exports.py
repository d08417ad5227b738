"""Exports as they come: headers of several rows, answers in words of their own, dates in the order of a country."""

from fractions import Fraction
from pathlib import Path

from engine.language.syntax import TookAtLeast
from tests.data.build import column, found, ledger, read, survey, text_file, with_rules, workbook

THREE = (
    "StartDate,EndDate,Q1,Q2_1\n"
    'Start Date,End Date,"How satisfied,\nall in all?",Contact - Phone\n'
    '"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
    "2025-03-02 10:00:00,2025-03-02 10:05:00,5,Phone\n"
    "2025-03-03 10:00:00,2025-03-03 10:05:00,4,\n"
)


def test_a_header_of_three_rows(tmp_path: Path) -> None:
    """The first row names the columns; the third record begins on line 4, for the second has a line end in it."""
    text_file(tmp_path, "qualtrics.csv", THREE)
    source = survey("qualtrics.csv", questions={"Q1": "Q1"}, header=1, header_end=4, date="EndDate")
    records, findings = read(tmp_path, source)
    assert (findings, column(records, "answer", "Q1"), column(records, "row")) == ((), [5, 4], [5, 6])


def test_a_header_that_ends_too_early_is_noticed(tmp_path: Path) -> None:
    """What is left of the header is read as a record, and is no date and no answer."""
    text_file(tmp_path, "qualtrics.csv", THREE)
    source = survey("qualtrics.csv", questions={"Q1": "Q1"}, header=1, header_end=2, date="EndDate")
    assert found(read(tmp_path, source)[1]) == [
        ("E916", "", "qualtrics.csv:4:32"),
        ("E915", "word", "qualtrics.csv:4:61"),
    ]


def test_merged_headings_and_their_parts(tmp_path: Path) -> None:
    """Two rows of a sheet below its title: `服务/态度` is the column 态度 below 服务."""
    rows = [["二季度调查"], ["序号", "服务", None, "产品"], [None, "态度", "速度", "态度"], [1, 5, 4, 3]]
    workbook(tmp_path, "调查.xlsx", rows, merge=("B2:C2",))
    source = survey("调查.xlsx", questions={"Q1": "服务/态度", "Q2": "产品"}, header=2, header_end=3)
    records, findings = read(tmp_path, source)
    assert (findings, column(records, "answer", "Q1"), column(records, "answer", "Q2")) == ((), [5], [3])
    missing = survey("调查.xlsx", questions={"Q1": "态度"}, header=2, header_end=3)
    assert found(read(tmp_path, missing)[1]) == [("E908", "", "调查.xlsx!表一!A2")]


def test_questions_with_words_of_their_own(tmp_path: Path) -> None:
    """One question on 1-5, one in words; a word is no answer to the first and a number none to the second."""
    text_file(tmp_path, "a.csv", "1、产品质量,2、交付及时性\n5,愿意\n4,不愿意\n")
    words = {"Q2": {"愿意": Fraction(2), "不愿意": Fraction(0)}}
    records, findings = read(tmp_path, survey("a.csv", question_answers=words))
    assert (findings, column(records, "answer", "Q1"), column(records, "answer", "Q2")) == ((), [5, 4], [2, 0])
    text_file(tmp_path, "a.csv", "1、产品质量,2、交付及时性\n愿意,5\n")
    assert [case for _, case, _ in found(read(tmp_path, survey("a.csv", question_answers=words))[1])] == [
        "word",
        "number",
    ]


def test_the_column_of_the_time_taken_may_be_named(tmp_path: Path) -> None:
    """`columns: {duration: …}` goes before the usual names; of 20 and 90 seconds the first is too fast."""
    text_file(tmp_path, "a.csv", "秒数,1、产品质量,2、交付及时性\n20,5,5\n90,4,4\n")
    rule = TookAtLeast(Fraction(30))
    records, findings = read(tmp_path, with_rules(survey("a.csv", columns={"duration": "秒数"}), rule))
    assert (findings, column(records, "answer", "Q1")) == ((), [4])
    assert found(read(tmp_path, with_rules(survey("a.csv", columns={"duration": "耗时"}), rule))[1]) == [
        ("E908", "", "a.csv:1:1")
    ]


def test_dates_of_the_order_the_policy_states(tmp_path: Path) -> None:
    """3 November and 11 March: with the month first the one is in November, with the day first in March."""
    text_file(tmp_path, "a.csv", "Timestamp,类别\n11/3/2025 10:00:00,甲\n11/22/2025 10:00:00,乙\n")
    source = ledger("a.csv", date="Timestamp", dates="mdy")
    records, findings = read(tmp_path, source, texts=("类别",), period="2025-11")
    assert (findings, column(records, "text", "类别", "ledger")) == ((), ["甲", "乙"])
    other = ledger("a.csv", date="Timestamp", dates="dmy")
    assert found(read(tmp_path, other, texts=("类别",))[1]) == [("E916", "impossible", "a.csv:3:1")]


def test_time_is_measured_by_one_clock(tmp_path: Path) -> None:
    """Ten at +08:00 and three in UTC are an hour apart; the file has to say both in one zone."""
    rows = "2025-03-02T10:00:00+08:00,2025-03-02T11:00:00+08:00\n2025-03-02T10:00:00+08:00,2025-03-02T13:00:00Z\n"
    text_file(tmp_path, "a.csv", f"start,end\n{rows}")
    spans = (("start", "end"),)
    assert found(read(tmp_path, ledger("a.csv"), times=("start", "end"), spans=spans)[1]) == [
        ("E916", "zones", "a.csv:3:27")
    ]
