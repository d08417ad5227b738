"""Tables: survey exports as platforms write them, and which rows of a survey or a ledger count."""

from fractions import Fraction
from pathlib import Path

import pytest

from engine.language.syntax import (
    AnsweredAtLeast,
    Comparison,
    Condition,
    ListedIn,
    NotStraightLined,
    OnePer,
    TookAtLeast,
)
from engine.source import Span, source_of
from tests.data.build import column, found, ledger, name, read, survey, text_file, with_rules, workbook

EXPORT_HEADER = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、产品质量 ", "2、交付及时性："]


def _export(folder: Path, *rows: list[object]) -> None:
    """An export of 问卷星: number, time, and the two answers; the rest is as it always is."""
    filled = [[n, when, took, "微信", "N/A", "1.2.3.4(上海)", q1, q2] for n, when, took, q1, q2 in rows]
    workbook(folder, "调查表.xlsx", [EXPORT_HEADER, *filled])


def test_an_export_is_read_as_it_is(tmp_path: Path) -> None:
    """Header variants, dates as text, answers as text or number, empty and skipped questions."""
    _export(
        tmp_path,
        [1, "2025/03/02 10:11:12", "96秒", 5, "4"],
        [2, "2025/03/03 9:05:00", "48秒", "(空)", 3],
        [3, "2025/12/31 23:59:59", "120秒", "(跳过)", "-2"],
    )
    source = survey("调查表.xlsx", key="序号", date="提交答卷时间")
    records, findings = read(tmp_path, source, periods=("month", "quarter"))
    assert findings == ()
    assert column(records, "answer", "Q1") == [5, None, None]
    assert column(records, "answer", "Q2") == [4, 3, None]
    assert column(records, "period", "month") == ["2025-03", "2025-03", "2025-12"]
    assert column(records, "period", "quarter") == ["2025-Q1", "2025-Q1", "2025-Q4"]
    assert column(records, "weight") == [1, 1, 1]
    assert column(records, "row") == [2, 3, 4]


def test_questions_may_be_named_by_their_numbers(tmp_path: Path) -> None:
    """`Q1: 1` is the question numbered 1."""
    _export(tmp_path, [1, "2025/03/02 10:11:12", "96秒", 5, 4])
    records, findings = read(tmp_path, survey("调查表.xlsx", questions={"Q1": "1", "Q2": "2、"}))
    assert (findings, column(records, "answer", "Q2")) == ((), [4])


def test_answers_in_words_become_numbers(tmp_path: Path) -> None:
    """The policy says what each word is worth; a half point stays exact."""
    _export(tmp_path, [1, "2025/03/02 10:11:12", "96秒", "很满意", "一般"])
    words = {"很满意": Fraction(5), "满意": Fraction(4), "一般": Fraction(5, 2)}
    records, findings = read(tmp_path, survey("调查表.xlsx", answers=words, scale=None))
    assert findings == ()
    assert records is not None
    table = records.tables["survey"]
    assert [table.column("answer", q).scale for q in ("Q1", "Q2")] == [0, 1]
    assert (column(records, "answer", "Q1"), column(records, "answer", "Q2")) == ([5], [25])


def test_each_question_may_have_its_own_scale(tmp_path: Path) -> None:
    """0 to 10 for recommending, 1 to 5 for the rest."""
    _export(tmp_path, [1, "2025/03/02 10:11:12", "96秒", 5, 10], [2, "2025/03/02 10:11:12", "96秒", 10, 0])
    source = survey("调查表.xlsx", question_scales={"Q2": (Fraction(0), Fraction(10))})
    assert found(read(tmp_path, source)[1]) == [("E915", "", "调查表.xlsx!表一!G3")]


def test_all_faults_of_a_sheet_come_in_its_order(tmp_path: Path) -> None:
    """Row by row, from left to right, whatever is wrong."""
    _export(
        tmp_path,
        [1, "02/03/2025", "96秒", 6, "满意"],
        [1, "2025/03/02", "很快", "A┋B", 4.5],
    )
    source = with_rules(survey("调查表.xlsx", key="序号", date="提交答卷时间"), TookAtLeast(Fraction(30)))
    assert found(read(tmp_path, source)[1]) == [
        ("E916", "order", "调查表.xlsx!表一!B2"),
        ("E915", "", "调查表.xlsx!表一!G2"),
        ("E915", "word", "调查表.xlsx!表一!H2"),
        ("E922", "", "调查表.xlsx!表一!A3"),
        ("E914", "duration", "调查表.xlsx!表一!C3"),
        ("E915", "several", "调查表.xlsx!表一!G3"),
        ("E915", "half", "调查表.xlsx!表一!H3"),
    ]


def test_rows_outside_the_period_are_counted_apart(tmp_path: Path) -> None:
    """The first and the last second of the period belong to it."""
    _export(
        tmp_path,
        [1, "2024/12/31 23:59:59", "96秒", 5, 4],
        [2, "2025/01/01 00:00:00", "96秒", 4, 4],
        [3, "2025/12/31 23:59:59", "96秒", 3, 4],
        [4, "2026/01/01 00:00:00", "96秒", 2, 4],
    )
    records, findings = read(tmp_path, survey("调查表.xlsx", date="提交答卷时间"), period="2025")
    assert (findings, column(records, "answer", "Q1")) == ((), [4, 3])
    assert records is not None
    account = records.accounts[0]
    assert (account.rows, account.valid, account.out_of_period, dict(account.invalid)) == (4, 2, 2, {})


def test_a_source_without_a_date_is_not_filtered(tmp_path: Path) -> None:
    """A list of customers belongs to no period."""
    text_file(tmp_path, "客户.csv", "客户号\nA\nB\n")
    records, _ = read(tmp_path, ledger("客户.csv"), texts=("客户号",), period="2025")
    assert column(records, "text", "客户号", "ledger") == ["A", "B"]


def test_a_blank_date_is_refused_where_the_period_matters(tmp_path: Path) -> None:
    """Without a period asked for, and without periods to label, it does no harm."""
    text_file(tmp_path, "台帐.csv", "受理日期,类别\n2025-03-02,质量\n,服务\n")
    source = ledger("台帐.csv", date="受理日期")
    assert found(read(tmp_path, source, texts=("类别",), period="2025")[1]) == [("E923", "", "台帐.csv:3:1")]
    assert found(read(tmp_path, source, texts=("类别",), periods=("month",))[1]) == [("E923", "", "台帐.csv:3:1")]
    assert read(tmp_path, source, texts=("类别",))[1] == ()


def test_the_sentences_are_applied_in_the_order_written(tmp_path: Path) -> None:
    """Row 3 fails two of them and is charged to the first; what is turned away is no rival later."""
    rows = ["1,A,96秒,5,4", "2,A,10秒,5,4", "3,B,10秒,5,5", "4,C,96秒,5,(空)", "5,D,96秒,3,3", "6,A,96秒,2,1"]
    text_file(tmp_path, "调查表.csv", "\n".join(["序号,客户号,所用时间,1、产品质量,2、交付及时性", *rows]) + "\n")
    source = with_rules(
        survey("调查表.csv", key="序号"),
        AnsweredAtLeast(Fraction(80)),
        TookAtLeast(Fraction(30)),
        NotStraightLined(),
        OnePer(name("客户号"), last=False),
    )
    records, findings = read(tmp_path, source)
    assert findings == ()
    assert records is not None
    account = records.accounts[0]
    assert dict(account.invalid) == {
        "作答率不低于80%": 1,
        "用时不少于30秒": 2,
        "非雷同作答": 1,
        "每个客户号取第一份": 1,
    }
    assert (account.rows, account.valid, column(records, "row")) == (6, 1, [2])


def test_the_accounts_quote_the_policy(tmp_path: Path) -> None:
    """With the policy's text at hand a sentence is quoted as it is written."""
    text_file(tmp_path, "调查表.csv", "1、产品质量,2、交付及时性\n5,5\n5,4\n")
    policy = source_of("p.yaml", "valid: [剔除雷同的问卷]")
    rule = NotStraightLined(span=Span(8, 15))
    records, _ = read(tmp_path, with_rules(survey("调查表.csv"), rule), policy=policy)
    assert records is not None
    assert dict(records.accounts[0].invalid) == {"剔除雷同的问卷": 1}


@pytest.mark.parametrize(
    ("answers", "percent", "valid"),
    [
        (["5", "4"], 100, True),
        (["5", ""], 50, True),
        (["5", ""], 51, False),
        (["5", "(跳过)"], 100, True),
        (["(跳过)", "(跳过)"], 1, True),
        (["", ""], 1, False),
        (["(空)", "(跳过)"], 1, False),
    ],
)
def test_a_question_that_was_skipped_was_not_put(tmp_path: Path, answers: list[str], percent: int, valid: bool) -> None:
    """The share is that of the questions put; exactly the limit is enough."""
    text_file(tmp_path, "调查表.csv", "序号,1、产品质量,2、交付及时性\n1," + ",".join(answers) + "\n")
    records, _ = read(tmp_path, with_rules(survey("调查表.csv"), AnsweredAtLeast(Fraction(percent))))
    assert records is not None
    assert records.accounts[0].valid == int(valid)


@pytest.mark.parametrize(
    ("answers", "straight"), [("5,5", True), ("5,4", False), ("5,", False), (",", False), ("5,5分", True)]
)
def test_straight_lines_need_two_answers(tmp_path: Path, answers: str, straight: bool) -> None:
    """One answer is no pattern; answers are compared as numbers."""
    text_file(tmp_path, "调查表.csv", f"序号,1、产品质量,2、交付及时性\n1,{answers}\n")
    records, _ = read(tmp_path, with_rules(survey("调查表.csv"), NotStraightLined()))
    assert records is not None
    assert records.accounts[0].valid == int(not straight)


def test_validity_looks_at_questions_nobody_scores(tmp_path: Path) -> None:
    """The whole questionnaire decides, though only one question is read."""
    text_file(tmp_path, "调查表.csv", "1、产品质量,2、交付及时性\n5,5\n5,1\n")
    records, _ = read(tmp_path, with_rules(survey("调查表.csv"), NotStraightLined()), questions=("Q1",))
    assert column(records, "answer", "Q1") == [5]
    assert records is not None
    assert records.tables["survey"].find("answer", "Q2") is None


def test_the_last_questionnaire_is_the_latest(tmp_path: Path) -> None:
    """By date first, then by row; a blank number is nobody's and stays."""
    rows = [
        "A,2025-03-05,5,1",
        "A,2025-03-02,4,1",
        "B,2025-03-02,3,1",
        "B,2025-03-02,2,1",
        ",2025-03-02,1,2",
        ",2025-03-02,1,3",
    ]
    text_file(tmp_path, "调查表.csv", "\n".join(["客户号,日期,1、产品质量,2、交付及时性", *rows]) + "\n")
    source = survey("调查表.csv", date="日期")
    last, _ = read(tmp_path, with_rules(source, OnePer(name("客户号"), last=True)))
    first, _ = read(tmp_path, with_rules(source, OnePer(name("客户号"), last=False)))
    assert column(last, "row") == [2, 5, 6, 7]
    assert column(first, "row") == [3, 4, 6, 7]


def test_one_per_key_resolves_a_key_that_stands_twice(tmp_path: Path) -> None:
    """The sentence decides what would otherwise be refused."""
    text_file(tmp_path, "调查表.csv", "序号,1、产品质量,2、交付及时性\n1,5,4\n1,3,4\n")
    source = survey("调查表.csv", key="序号")
    assert found(read(tmp_path, source)[1]) == [("E922", "", "调查表.csv:3:1")]
    records, _ = read(tmp_path, with_rules(source, OnePer(name("序号"), last=True)))
    assert column(records, "answer", "Q1") == [3]


def test_rows_outside_the_period_are_no_rivals(tmp_path: Path) -> None:
    """The last questionnaire of the year is not displaced by one of next January."""
    text_file(tmp_path, "调查表.csv", "客户号,日期,1、产品质量,2、交付及时性\nA,2025-12-30,5,4\nA,2026-01-02,1,4\n")
    source = with_rules(survey("调查表.csv", date="日期"), OnePer(name("客户号"), last=True))
    records, _ = read(tmp_path, source, period="2025")
    assert column(records, "answer", "Q1") == [5]


def test_customers_are_looked_up_in_another_source(tmp_path: Path) -> None:
    """A number that is not on the list, or blank, makes the questionnaire invalid."""
    text_file(tmp_path, "调查表.csv", "客户号,1、产品质量,2、交付及时性\nA,5,4\nX,3,4\n,2,4\n")
    text_file(tmp_path, "客户.csv", "名称,客户号\n甲,A\n乙,\n")
    source = with_rules(survey("调查表.csv"), ListedIn(name("客户号"), name("ledger")))
    records, findings = read(tmp_path, source, ledger("客户.csv"))
    assert (findings, column(records, "answer", "Q1")) == ((), [5])
    assert records is not None
    assert [(a.source, a.file, a.rows, a.valid) for a in records.accounts] == [
        ("survey", "调查表.csv", 3, 1),
        ("ledger", "客户.csv", 2, 2),
    ]


def test_what_is_wrong_with_the_other_source_is_said(tmp_path: Path) -> None:
    """Its faults bear its own name."""
    text_file(tmp_path, "调查表.csv", "客户号,1、产品质量,2、交付及时性\nA,5,4\n")
    text_file(tmp_path, "客户.csv", "名称,客户编号\n甲,A\n")
    source = with_rules(survey("调查表.csv"), ListedIn(name("客户号"), name("ledger")))
    assert found(read(tmp_path, source, ledger("客户.csv"))[1]) == [("E908", "", "客户.csv:1:1")]
    assert found(read(tmp_path, source, ledger("顾客.csv"))[1]) == [("E901", "", "顾客.csv:1:1")]


@pytest.mark.parametrize(
    ("comparison", "value", "rows"),
    [
        (Comparison.EQUAL, "上海", [2]),
        (Comparison.NOT_EQUAL, "上海", [3, 4]),
        (Comparison.EQUAL, "上 海", []),
    ],
)
def test_a_condition_on_a_text(tmp_path: Path, comparison: Comparison, value: str, rows: list[int]) -> None:
    """A blank is not Shanghai; blanks around a text do not count."""
    text_file(tmp_path, "调查表.csv", "城市,1、产品质量,2、交付及时性\n 上海 ,5,4\n北京,3,4\n,2,4\n")
    source = with_rules(survey("调查表.csv"), Condition(name("城市"), comparison, value))
    records, findings = read(tmp_path, source)
    assert (findings, column(records, "row")) == ((), rows)


@pytest.mark.parametrize(
    ("comparison", "value", "rows"),
    [
        (Comparison.AT_LEAST, "18", [2, 3]),
        (Comparison.MORE, "18", [3]),
        (Comparison.EQUAL, "18", [2]),
        (Comparison.EQUAL, "18.0", [2]),
        (Comparison.LESS, "18", [4]),
        (Comparison.AT_MOST, "18", [2, 4]),
        (Comparison.NOT_EQUAL, "18", [3, 4, 5]),
    ],
)
def test_a_condition_on_a_number(tmp_path: Path, comparison: Comparison, value: str, rows: list[int]) -> None:
    """9 is less than 18; a blank is neither more nor less."""
    text_file(tmp_path, "调查表.csv", "年龄,1、产品质量,2、交付及时性\n18,5,4\n20,3,4\n9,2,4\n,1,2\n")
    source = with_rules(survey("调查表.csv"), Condition(name("年龄"), comparison, value))
    records, findings = read(tmp_path, source)
    assert (findings, column(records, "row")) == ((), rows)


def test_a_condition_on_a_date(tmp_path: Path) -> None:
    """Dates compare as dates, however they are written."""
    text_file(tmp_path, "调查表.csv", "签约,1、产品质量,2、交付及时性\n2025/3/2,5,4\n2024年12月31日,3,4\n")
    source = with_rules(survey("调查表.csv"), Condition(name("签约"), Comparison.AT_LEAST, "2025-01-01"))
    records, findings = read(tmp_path, source)
    assert (findings, column(records, "row")) == ((), [2])


def test_a_number_that_is_a_name_is_compared_as_a_name(tmp_path: Path) -> None:
    """007 is not 7."""
    text_file(tmp_path, "调查表.csv", "客户号,1、产品质量,2、交付及时性\n007,5,4\n7,3,4\n")
    source = with_rules(survey("调查表.csv"), Condition(name("客户号"), Comparison.EQUAL, "007"))
    records, _ = read(tmp_path, source)
    assert column(records, "row") == [2]


def test_a_condition_that_cannot_be_judged_is_a_fault(tmp_path: Path) -> None:
    """A text is neither more nor less than a number."""
    text_file(tmp_path, "调查表.csv", "年龄,1、产品质量,2、交付及时性\n成年,5,4\n20,3,4\n")
    source = with_rules(survey("调查表.csv"), Condition(name("年龄"), Comparison.AT_LEAST, "18"))
    assert found(read(tmp_path, source)[1]) == [("E914", "", "调查表.csv:2:1")]


def test_a_missing_time_taken_is_refused(tmp_path: Path) -> None:
    """Without the column nothing can be judged, and without an entry not that row."""
    source = with_rules(survey("调查表.csv"), TookAtLeast(Fraction(30)))
    text_file(tmp_path, "调查表.csv", "序号,1、产品质量,2、交付及时性\n1,5,4\n")
    assert found(read(tmp_path, source)[1]) == [("E926", "", "调查表.csv:1:1")]
    text_file(tmp_path, "调查表.csv", "序号,答题时长,1、产品质量,2、交付及时性\n1,,5,4\n")
    assert found(read(tmp_path, source)[1]) == [("E923", "", "调查表.csv:2:3")]
