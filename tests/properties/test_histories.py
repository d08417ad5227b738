"""What must be true of every history: each period is what it is alone, whatever stands beside it or in which order."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st

from engine.evaluation.assessment import assess
from engine.evaluation.histories import History, Inquiry, assess_history
from engine.insight.course import merged_accounts
from engine.language.policy import Policy
from engine.language.policy_file import read_policy

POLICY = """\
rubric: 1
policy: shops
title: 门店评价
lang: zh
version: "1"
period: {every: quarter}
units: {by: [门店], total: pooled}
data:
  survey:
    kind: responses
    file: survey.csv
    date: 日期
    questions: {Q1: 质量}
    answers: 1-5
    valid: [作答率不低于100%, 每个客户号取最后一份]
  kpi: {kind: values, file: kpi.csv}
  ledger: {kind: events, file: ledger.csv, date: 受理日期}
measures:
  投诉次数: ledger中类别=质量的次数
  办结时长: ledger从受理日期到办结日期的时长
scheme: |
  - 四舍五入保留1位小数，缺数按其余权重归一，不足一步按比例扣分
  总分：加权平均
    质量 50%：问卷Q1均值，1-5分折合20-100分
    服务 50%：满分100分，倒扣分，缺数计满分
      投诉次数：每月最多扣3分，每发生一次扣2分
      办结时长：规定时限10天，超出规定时限发生一次扣1分
      准时率：目标90%自2024-01-01起、95%自2024-07-01起；每低1个百分点扣1分
"""
YEAR = "2024-Q1..2024-Q4"
DAYS = st.integers(0, 480).map(lambda n: date(2023, 11, 1) + timedelta(days=n))
SHOPS = st.sampled_from("甲乙")
SURVEY = st.lists(
    st.tuples(SHOPS, st.sampled_from("abc"), st.sampled_from(["1", "2", "3", "4", "5", ""]), DAYS), max_size=15
).map(lambda rows: [f"{shop},{customer},{answer},{day}" for shop, customer, answer, day in rows])
LEDGER = st.lists(
    st.tuples(SHOPS, st.sampled_from(["质量", "价格"]), DAYS, st.one_of(st.none(), st.integers(0, 40))), max_size=10
).map(
    lambda rows: [
        f"{shop},{kind},{day},{'' if after is None else day + timedelta(days=after)}" for shop, kind, day, after in rows
    ]
)
QUARTERS = st.sampled_from(["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1"])
KPI = st.dictionaries(st.tuples(SHOPS, QUARTERS), st.integers(800, 1000), min_size=1, max_size=8).map(
    lambda rows: [f"准时率,{tenths / 10}%,{shop},{quarter}" for (shop, quarter), tenths in rows.items()]
)
FILES = st.fixed_dictionaries({"survey.csv": SURVEY, "ledger.csv": LEDGER, "kpi.csv": KPI})
HEADS = {
    "survey.csv": "门店,客户号,质量,日期",
    "ledger.csv": "门店,类别,受理日期,办结日期",
    "kpi.csv": "指标,值,门店,期间",
}


def _write(folder: Path, files: dict[str, list[str]]) -> Policy:
    for name, rows in files.items():
        (folder / name).write_text("\n".join([HEADS[name], *rows]) + "\n", encoding="utf-8")
    path = folder / "policy.yaml"
    path.write_text(POLICY, encoding="utf-8")
    read = read_policy(path)
    assert read.policy is not None, read.diagnostics
    return read.policy


def _history(policy: Policy, folder: Path) -> History:
    return assess_history(Inquiry(versions=(policy,), folder=folder, period=YEAR))


@settings(max_examples=8)
@given(FILES)
def test_a_period_is_the_same_alone_and_within_a_history(files: dict[str, list[str]]) -> None:
    """Score by score, step by step, and row by row of its account, also where a survey takes one answer per customer
    and cases run on until the period's last day.
    """
    with TemporaryDirectory() as name:
        policy = _write(Path(name), files)
        for one in _history(policy, Path(name)).asked:
            assert one.period is not None
            alone = assess(policy, Path(name), period=one.period.text)
            assert (one.result.assessments, one.result.data) == (alone.assessments, alone.data)


@settings(max_examples=6)
@given(FILES)
def test_every_row_belongs_to_one_period_or_to_none(files: dict[str, list[str]]) -> None:
    """Over all periods valid, invalid and out of period make all rows; no row is counted twice."""
    with TemporaryDirectory() as name:
        policy = _write(Path(name), files)
        results = [one.result for one in _history(policy, Path(name)).asked]
        for account in merged_accounts(results):
            assert account.rows == len(files[account.file])
            assert account.out_of_period >= 0
            counted = account.valid + sum(account.invalid.values())
            assert account.rows == counted + account.out_of_period
            inside = [a.rows - a.out_of_period for result in results for a in result.data if a.file == account.file]
            assert counted == sum(inside)


@settings(max_examples=6)
@given(FILES)
def test_the_order_of_rows_decides_nothing_in_a_history(files: dict[str, list[str]]) -> None:
    """The ledger and the sheet backwards give the same history; of answers of one day the last in the file counts."""
    backwards = {name: rows if name == "survey.csv" else rows[::-1] for name, rows in files.items()}
    told: list[list[object]] = []
    for written in (files, backwards):
        with TemporaryDirectory() as name:
            policy = _write(Path(name), written)
            told.append([one.result.assessments for one in _history(policy, Path(name)).asked])
    assert told[0] == told[1]
