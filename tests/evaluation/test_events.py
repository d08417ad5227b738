"""Measures out of ledgers: counts, ratios, shares, statistics, distinct values, elapsed times."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.diagnostics import Refused
from engine.evaluation.result import Assessment, NodeResult, State
from tests.evaluation.schemes import node, only, result_of

F = Fraction
HEAD = """
data:
  ledger:
    kind: events
    file: 台帐.csv
    date: 日期
  kpi:
    kind: values
    file: 指标.csv
measures:
  项目: {sentence}
"""
LEDGER = """
日期,类别,严重度,客户号,数量,合格,检验,提出,完成
2025-01-05,质量,1,A,1.5,95,100,2025-01-06 08:00,2025-01-07 08:00
2025-01-20,质量,2,B,2,40,50,2025-01-08 12:00,2025-01-09 18:00
2025-02-03,服务,3,A,,10,10,2025-01-10 17:00,2025-01-13 09:00
2025-03-31,,2,C,4,,20,2025-01-14 00:00,2025-01-14 06:00
2025-04-01,质量,3,A,0.5,5,20,2025-01-15 00:00,2025-01-20 00:00
"""
ITEM = "总分：等权平均\n  项目：{rule}"


def _value(folder: Path, sentence: str, kind: str, ledger: str = LEDGER, **more: object) -> NodeResult:
    scheme = f"总分 = 基数\n基数：得分\n项目：{kind}"
    return node(_run(folder, scheme, sentence, ledger, **more), "项目")


def _run(folder: Path, scheme: str, sentence: str, ledger: str = LEDGER, **more: object) -> Assessment:
    head = HEAD.format(sentence=sentence) if sentence else HEAD.split("measures", maxsplit=1)[0]
    return only(result_of(folder, scheme, {"台帐.csv": ledger, "指标.csv": "指标,值\n基数,80"}, head=head, **more))  # type: ignore[arg-type] # options


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("ledger的次数", 5),
        ("ledger中类别=质量的次数", 3),
        ("ledger中类别≠质量的次数", 2),  # the blank one is not 质量 either
        ("ledger中类别=质量且严重度≥2的次数", 2),
        ("ledger中严重度≥2的次数", 4),
        ("ledger中严重度＜2的次数", 1),
        ("ledger中数量≥1.5的次数", 3),  # the blank one is not
        ("ledger中类别=投诉的次数", 0),  # the ledger was kept: nothing happened
        ("ledger中日期≥2025-03-31的次数", 2),
        ("ledger中不同客户号的个数", 3),
        ("ledger中类别=质量的不同客户号的个数", 2),
    ],
)
def test_counts(tmp_path: Path, sentence: str, expected: int) -> None:
    """Rows that satisfy the conditions; a blank satisfies only ≠."""
    found = _value(tmp_path, sentence, "次数")
    assert (found.state, found.value) == (State.VALUE, expected)


@pytest.mark.parametrize(
    ("sentence", "expected", "parts"),
    [
        ("ledger的合格合计÷检验合计", F(15000, 180), (150, 180)),  # the row without 合格 is left out of both sums
        ("ledger中类别=质量的合格合计÷检验合计", F(14000, 170), (140, 170)),
        ("ledger中严重度=3的占比", F(40), (2, 5)),
    ],
)
def test_ratios_and_shares_are_per_cents(
    tmp_path: Path, sentence: str, expected: Fraction, parts: tuple[int, int]
) -> None:
    """100 × sum ÷ sum, 100 × rows ÷ rows, with numerator and denominator to be seen."""
    found = _value(tmp_path, sentence, "百分率")
    assert found.value == expected
    assert found.measurement is not None
    assert (found.measurement.numerator, found.measurement.denominator) == parts


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [("合计", F(8)), ("均值", F(2)), ("最小值", F("0.5")), ("最大值", F(4)), ("中位数", F("1.75"))],
)
def test_statistics_of_a_column(tmp_path: Path, statistic: str, expected: Fraction) -> None:
    """1.5, 2, 4 and 0.5; the blank is none of them."""
    found = _value(tmp_path, f"ledger的数量{statistic}", "次数" if statistic == "合计" else "得分")
    assert (found.value, found.valid) == (expected, 4)


@pytest.mark.parametrize("sentence", ["ledger中类别=投诉的合格合计÷检验合计", "ledger中类别=投诉的数量均值"])
def test_nothing_to_divide_by_is_no_value(tmp_path: Path, sentence: str) -> None:
    """A rate of no batches is not 0 %."""
    assert _value(tmp_path, sentence, "百分率" if "÷" in sentence else "得分").state is State.NO_VALID_ANSWERS


# ---------------------------------------------------------------- elapsed times

SPANS = "ledger从提出到完成的时长"
LATE = "总分：满分100分，倒扣分\n  项目：超出规定时限发生一次扣1分，规定时限{limit}"


@pytest.mark.parametrize(
    ("limit", "late"),
    [("24小时", 3), ("30小时", 2), ("23小时", 4), ("1天", 3), ("1个工作日", 2), ("2个工作日", 1), ("1440分钟", 3)],
)
def test_late_cases(tmp_path: Path, limit: str, late: int) -> None:
    """24, 30, 64, 6 and 120 hours; 1, 1.25, 2/3, 0.25 and 3 working days. Strictly longer than the limit is late."""
    found = node(_run(tmp_path, LATE.format(limit=limit), SPANS), "项目")
    assert found.loss == late
    assert found.measurement is not None
    assert found.measurement.late == late


def test_the_holidays_of_the_policy_are_no_working_days(tmp_path: Path) -> None:
    """With 15 and 16 January off the last case takes 1 working day."""
    head = HEAD.format(sentence=SPANS) + "calendar: {holidays: [2025-01-15, 2025-01-16]}\n"
    result = only(result_of(tmp_path, LATE.format(limit="1个工作日"), {"台帐.csv": LEDGER}, head=head))
    assert node(result, "项目").loss == 1


def test_statistics_of_elapsed_times(tmp_path: Path) -> None:
    """(24 + 30 + 64 + 6 + 120)/5 = 48.8 hours, in the unit of the target."""
    scheme = "总分：满分100分，倒扣分\n  项目：目标48小时，每高1小时扣2分，不足一步按比例扣分"
    found = node(_run(tmp_path, scheme, "ledger从提出到完成的时长均值"), "项目")
    assert (found.value, found.loss) == (F("48.8"), F("1.6"))


@pytest.mark.parametrize(("statistic", "expected"), [("最小值", 6), ("最大值", 120), ("中位数", 30)])
def test_other_statistics_of_elapsed_times(tmp_path: Path, statistic: str, expected: int) -> None:
    """Of 24, 30, 64, 6 and 120 hours."""
    scheme = "总分：满分100分，倒扣分\n  项目：目标48小时，每高1小时扣2分"
    assert node(_run(tmp_path, scheme, f"ledger从提出到完成的时长{statistic}"), "项目").value == expected


def test_open_cases_have_no_part_in_a_statistic(tmp_path: Path) -> None:
    """One case of 24 hours and one still open: the mean is 24; with open ones alone there is none."""
    scheme = "总分：满分100分，倒扣分\n  项目：目标48小时，每高1小时扣2分"
    mean, open_case = "ledger从提出到完成的时长均值", "2025-03-30,2025-03-30 12:00,"
    ledger = f"日期,提出,完成\n2025-03-01,2025-03-01 00:00,2025-03-02 00:00\n{open_case}"
    assert node(_run(tmp_path, scheme, mean, ledger, as_of=date(2025, 3, 31)), "项目").value == 24
    only_open = f"日期,提出,完成\n{open_case}"
    assert _run(tmp_path, scheme, mean, only_open).state is State.NO_VALID_ANSWERS


def test_an_open_case_runs_until_the_assessment_date(tmp_path: Path) -> None:
    """Begun on 30 March and not finished: late by the end of 31 March, not yet by that of the 30th."""
    ledger = "日期,提出,完成\n2025-03-30,2025-03-30 12:00,"
    scheme = LATE.format(limit="24小时")
    found = node(_run(tmp_path, scheme, SPANS, ledger, as_of=date(2025, 3, 31)), "项目")
    assert found.loss == 1
    assert found.measurement is not None
    assert found.measurement.open == 1
    assert node(_run(tmp_path, scheme, SPANS, ledger, as_of=date(2025, 3, 30)), "项目").loss == 0
    assert node(_run(tmp_path, scheme, SPANS, ledger), "项目").loss == 0  # no date: nothing is known of it


def test_a_case_without_any_time_leaves_no_value(tmp_path: Path) -> None:
    """It is never silently left out."""
    found = _run(tmp_path, LATE.format(limit="24小时"), SPANS, "日期,提出,完成\n2025-03-30,,")
    assert (found.state, found.nodes[0].reason) == (State.MISSING, "a case has no beginning")


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("2025-03-30,2025-03-30 12:00,2025-03-29 12:00", "E916", "台帐.csv:2:29"),
        ("2025-03-30,,2025-03-29 12:00", "E923", "台帐.csv:2:12"),
    ],
)
def test_times_that_cannot_be_are_refused(tmp_path: Path, row: str, code: str, place: str) -> None:
    """An end before its beginning, an end of what never began: the cell is named."""
    with pytest.raises(Refused) as refusal:
        _run(tmp_path, LATE.format(limit="24小时"), SPANS, f"日期,提出,完成\n{row}")
    assert [(d.code, str(d.place)) for d in refusal.value.diagnostics] == [(code, place)]


# ---------------------------------------------------------------- periods

MONTHLY = "总分：满分100分，倒扣分\n  项目：每发生一次扣2分，每月最多扣3分"


def test_a_monthly_cap_reads_the_dates_of_the_ledger(tmp_path: Path) -> None:
    """2, 1, 1 and 1 occurrences in four months: min(3, 4) + 2 + 2 + 2."""
    found = node(_run(tmp_path, MONTHLY, "ledger的次数"), "项目")
    assert found.loss == 9
    assert [(p.period, p.points) for p in found.lines[0].periods] == [
        ("2025-01", 3),
        ("2025-02", 2),
        ("2025-03", 2),
        ("2025-04", 2),
    ]


def test_only_rows_of_the_period_count(tmp_path: Path) -> None:
    """The first quarter has four rows; the assessment date is its last day."""
    head = HEAD.format(sentence="ledger的次数")
    result = result_of(
        tmp_path, "总分：满分100分，倒扣分\n  项目：每发生一次扣1分", {"台帐.csv": LEDGER}, head=head, period="2025-Q1"
    )
    assert node(only(result), "项目").loss == 4
    assert (result.as_of, only(result).period) == ("2025-03-31", "2025-Q1")


def _numbers() -> Iterator[str]:
    yield "日期,甲"
    for n in range(3000):
        yield f"2025-01-01,{n * n % 977}.{n % 10}{n % 7}"


def test_sums_are_the_same_for_any_number_of_threads(tmp_path: Path) -> None:
    """One thread and two give the same exact mean, which is that of plain addition."""
    from engine.data.contract import Limits, Reading
    from engine.data.records import read_records
    from engine.evaluation.assessment import evaluate
    from engine.evaluation.needs import needs_of
    from engine.evaluation.plan import lower
    from tests.evaluation.schemes import policy_of

    (tmp_path / "台帐.csv").write_text("\n".join(_numbers()), encoding="utf-8")
    (tmp_path / "指标.csv").write_text("指标,值\n基数,80", encoding="utf-8")
    policy = policy_of("总分 = 基数\n基数：得分\n项目：得分", HEAD.format(sentence="ledger的甲均值"))
    needs, wanted = needs_of(policy.header, [lower(policy, policy.schemes[0])])
    records, found = read_records(policy.header, needs, wanted, Reading(folder=tmp_path))
    assert records is not None, found
    one, two = (evaluate(policy, records, as_of=None, limits=Limits(threads=threads)) for threads in (1, 2))
    assert one == two
    plain = sum(F(line.split(",")[1]) for line in list(_numbers())[1:])
    assert node(only(one), "项目").value == plain / 3000
