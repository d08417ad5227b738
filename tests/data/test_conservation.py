"""Rows are conserved: every record of a file is valid, invalid by one sentence, or out of the period."""

import csv
import io
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, strategies as st

from engine.data.contract import Need, Reading, Records
from engine.data.periods import parse_period
from engine.data.records import read_records
from engine.language.syntax import (
    AnsweredAtLeast,
    Comparison,
    Condition,
    ListedIn,
    NotStraightLined,
    OnePer,
    TookAtLeast,
)
from tests.data.build import header, ledger, name, survey, with_rules

HEADER = ["客户号", "日期", "所用时间", "城市", "1、产品质量", "2、交付及时性", "3、服务"]
ANSWER = st.sampled_from(["1", "2", "3", "4", "5", "", "(空)", "(跳过)", "-2", "-3"])
ROW = st.tuples(
    st.sampled_from(["A", "B", "C", "X", ""]),
    st.dates(min_value=date(2024, 11, 1), max_value=date(2026, 2, 28)).map(str),
    st.integers(0, 90).map(lambda seconds: f"{seconds}秒"),
    st.sampled_from(["上海", "北京", ""]),
    ANSWER,
    ANSWER,
    ANSWER,
)
RULE = st.one_of(
    st.integers(0, 100).map(lambda percent: AnsweredAtLeast(Fraction(percent))),
    st.just(NotStraightLined()),
    st.integers(0, 90).map(lambda seconds: TookAtLeast(Fraction(seconds))),
    st.just(ListedIn(name("客户号"), name("ledger"))),
    st.booleans().map(lambda last: OnePer(name("客户号"), last)),
    st.sampled_from(Comparison).map(lambda comparison: Condition(name("城市"), comparison, "上海")),
)
PERIOD = st.sampled_from([None, "2025", "2025-Q1", "2025-03", "2030"])


def _survey(rows: list[tuple[str, ...]], rules: list[Any], period: str | None) -> Records:
    source = survey("调查表.csv", date="日期", questions={"Q1": "1", "Q2": "2", "Q3": "3"})
    with TemporaryDirectory() as folder:
        stream = io.StringIO()
        csv.writer(stream).writerows([HEADER, *rows])
        Path(folder, "调查表.csv").write_text(stream.getvalue(), encoding="utf-8", newline="")
        Path(folder, "客户.csv").write_text("客户号\nA\nB\nC\n", encoding="utf-8")
        asked = parse_period(period) if period else None
        records, findings = read_records(
            header(with_rules(source, *rules), ledger("客户.csv")),
            [Need(source="survey", questions=("Q1", "Q2", "Q3"), periods=("month",))],
            (),
            Reading(folder=Path(folder), periods=(asked,) if asked else ()),
        )
    assert findings == ()
    assert records is not None
    return records


@given(st.lists(ROW, max_size=25), st.lists(RULE, max_size=4), PERIOD)
def test_every_row_is_accounted_for(rows: list[tuple[str, ...]], rules: list[Any], period: str | None) -> None:
    """Rows = valid + invalid + out of period, and the table holds exactly the valid ones."""
    records = _survey(rows, rules, period)
    account, frame = records.accounts[0], records.tables["survey"].frame
    assert account.rows == len(rows)
    assert account.rows == account.valid + sum(account.invalid.values()) + account.out_of_period
    assert account.valid == len(frame)
    kept = list(frame[records.tables["survey"].column("row").id])
    assert kept == sorted(set(kept))


@given(st.lists(ROW, max_size=25), st.lists(RULE, max_size=4), PERIOD)
def test_a_row_passes_or_fails_as_it_does_by_hand(
    rows: list[tuple[str, ...]], rules: list[Any], period: str | None
) -> None:
    """The same rows, judged one by one as a clerk would, give the same table."""
    records = _survey(rows, rules, period)
    valid = [i for i, row in enumerate(rows) if _within(row[1], period)]
    for rule in rules:
        valid = _clerk(rule, rows, valid)
    kept = list(records.tables["survey"].frame[records.tables["survey"].column("row").id])
    assert kept == [i + 2 for i in valid]


def _within(day: str, period: str | None) -> bool:
    asked = parse_period(period) if period else None
    return asked is None or str(asked.begin) <= day <= str(asked.end)


def _clerk(rule: Any, rows: list[tuple[str, ...]], valid: list[int]) -> list[int]:
    if isinstance(rule, OnePer):
        kept: dict[str, int] = {}
        for i in sorted((i for i in valid if rows[i][0]), key=lambda i: (rows[i][1], i), reverse=not rule.last):
            kept[rows[i][0]] = i
        return [i for i in valid if not rows[i][0] or kept[rows[i][0]] == i]
    return [i for i in valid if _passes(rule, rows[i])]


def _passes(rule: Any, row: tuple[str, ...]) -> bool:
    answers = [int(a) for a in row[4:] if a in "12345" and a]
    put = sum(a not in ("(跳过)", "-3") for a in row[4:])
    match rule:
        case AnsweredAtLeast(percent=percent):
            return 100 * len(answers) >= percent * put
        case NotStraightLined():
            return len(answers) < 2 or len(set(answers)) > 1
        case TookAtLeast(seconds=seconds):
            return int(row[2].removesuffix("秒")) >= seconds
        case ListedIn():
            return row[0] in ("A", "B", "C")
        case Condition(comparison=comparison):
            if row[3] == "":
                return comparison is Comparison.NOT_EQUAL
            signs = {"<": row[3] < "上海", "<=": row[3] <= "上海", "=": row[3] == "上海", "!=": row[3] != "上海"}
            return signs.get(comparison.value, row[3] > "上海" or (comparison.value == ">=" and row[3] == "上海"))
    raise AssertionError(rule)
