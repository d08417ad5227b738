"""Many units from their measures: what `engine.evaluate` takes and gives."""

import gc
import pickle
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction as F
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from numpy import float32
from pandas import NA, DataFrame

import engine
from engine.evaluation.assessment import score
from engine.evaluation.result import State
from tests.evaluation.schemes import node, policy_of
from tests.properties.schemes import PARTS, laid_out, measures_of

SCHEME = """
总分：满分100分，倒扣分
  - 等级：优(100-95)；良(95-80)；差(80-0)
  准时交付率[otd]：目标98%；每低1个百分点扣0.5分
  投诉次数：每发生一次扣1分
"""
TIMES = """
总分：满分100分，倒扣分
  整改：时长，规定时限24小时，每逾期1小时扣1分
  投诉：每发生一次扣3分，每月最多扣5分
"""


def test_units_as_mappings() -> None:
    """100 - 1 × 0.5 - 3 = 96.5 (1.7 points below is one step), 100 - 25 = 75; named by key or name."""
    policy = policy_of(SCHEME)
    one, two = engine.evaluate(policy, [{"otd": "96.3%", "投诉次数": 3}, {"准时交付率": 98, "投诉次数": "25次"}])
    assert (one.unit, one.state, one.score, one.exact, one.grade) == (0, State.VALUE, F("96.5"), F("96.5"), "优")
    assert (two.unit, two.score, two.grade) == (1, 75, "差")


def test_the_trace_is_that_of_a_single_assessment() -> None:
    """Every node and step, in every digit."""
    policy = policy_of(SCHEME)
    measures = {"准时交付率": F("96.3"), "投诉次数": 3}
    (found,) = engine.evaluate(policy, [measures])
    assert found.trace() == score(policy, policy.schemes[0], measures)
    assert node(found.trace(), "准时交付率").loss == F("0.5")


def test_a_rule_is_told_with_what_it_read_in_its_own_unit() -> None:
    """空岗率 6 % and 7 % are both above 5 % and cost 2 points each; beside the rule stands the value of the unit."""
    policy = policy_of("总分：满分100分，倒扣分\n  窗口：空岗率高于5%，扣2分；迟到率高于5%，扣1分\n")
    found = engine.evaluate(policy, [{"空岗率": rate, "迟到率": 1} for rate in (6, 7, 6, 7, 6)])
    told = [[(line.measured, line.points) for line in node(one.trace(), "窗口").lines] for one in found]
    assert told[:2] == [[(6, -2), (1, 0)], [(7, -2), (1, 0)]]


def test_everything_told_has_all_its_fields() -> None:
    """What is put together by place is what its names would make: nodes, rules, steps and measurements."""
    (found,) = engine.evaluate(policy_of(SCHEME), [{"otd": "96.3%", "投诉次数": 3}])
    nodes = found.trace().nodes
    told = [part for each in nodes for part in (each, each.measurement, *each.lines, *each.steps) if part is not None]
    assert {type(one).__name__ for one in told} == {"NodeResult", "Measurement", "RuleLine", "StepValue"}
    assert [type(one)(**one._asdict()) for one in told] == told


@pytest.mark.parametrize("value", ["96.3%", "96.3 %", 96.3, float32(96.3), Decimal("96.3"), F(963, 10)])
def test_one_number_in_many_spellings(value: object) -> None:
    """A binary number counts as the decimal it prints: 98 - 96.3 is 1.7, no more."""
    (found,) = engine.evaluate(policy_of(SCHEME), [{"otd": value, "投诉次数": 0}])  # type: ignore[list-item] # any
    assert node(found.trace(), "准时交付率").value == F("96.3")


@pytest.mark.parametrize("nothing", [None, float("nan"), NA, "缺数", "missing", State.MISSING])
def test_what_is_missing(nothing: object) -> None:
    """Missing is missing, never 0; the reason and the indicator are named."""
    (found,) = engine.evaluate(policy_of(SCHEME), [{"otd": 98, "投诉次数": nothing}])  # type: ignore[list-item] # any
    assert (found.state, found.score, found.reason, found.cause) == (
        State.MISSING, None, "not collected", "总分/投诉次数",
    )  # fmt: skip


def test_cases_and_periods() -> None:
    """Two hours late: 2 points; in January 5 of 6 (at most 5), in February 3: 100 - 2 - 8 = 90."""
    (found,) = engine.evaluate(
        policy_of(TIMES),
        [{"整改": [20, 26.0], "投诉": {"2025-01": 2, "2025-02": 1}}],
    )
    assert found.score == 90


def test_a_frame_gives_a_frame() -> None:
    """The same rows, decimals as reported, and with `indicators` the score of every line that has one."""
    policy = policy_of(
        "总分：等权平均\n  - 等级：优(100-80)；差(80-0)\n  质量：得分\n  服务：问卷Q1均值，1-5分折合20-100分\n"
    )
    frame = DataFrame({"质量": [80, 70.25, None], "服务": [4.5, 4, 5]}, index=["甲店", "乙店", "丙店"])
    found = engine.evaluate(policy, frame, indicators=True)
    assert list(found.columns) == ["state", "score", "exact", "grade", "总分/质量", "总分/服务"]
    assert found.loc["甲店"].to_list() == ["value", 85, "85", "优", 80, 90]
    assert found.loc["乙店"].to_list() == ["value", Decimal("75.1"), "601/8", "差", Decimal("70.3"), 80]
    assert found.loc["丙店"].to_list() == ["missing", None, None, None, None, 100]


def test_units_are_placed_among_each_other() -> None:
    """Lowest 0, highest 100, and 30 between 10 and 50 is half-way."""
    policy = policy_of("总分：等权平均\n  产出：数值，以各单位最低至最高折合0-100分\n", "units: {by: [店]}\n")
    assert [one.score for one in engine.evaluate(policy, [{"产出": 10}, {"产出": 50}, {"产出": 30}])] == [0, 100, 50]


@pytest.mark.parametrize(
    ("measures", "code", "hint"),
    [
        ({"准时交付": 98}, "E942", "准时交付率"),
        ({"总分": 98}, "E942", None),
        ({"otd": 101}, "E920", None),
        ({"投诉次数": 1.5}, "E920", None),
        ({"投诉次数": "很多"}, "E914", None),
        ({"otd": "0.97"}, "E919", None),
        ({"otd": float("inf")}, "E914", None),
        ({"otd": date(2025, 3, 1)}, "E914", None),
        ({"otd": [96, None]}, "E914", None),
    ],
)
def test_what_cannot_be_is_refused(measures: dict, code: str, hint: str | None) -> None:
    """A wrong name, a heading, a value that the measure cannot have; the unit stands in the place."""
    with pytest.raises(engine.Refused) as refused:
        engine.evaluate(policy_of(SCHEME), [{}, measures])
    (found,) = refused.value.diagnostics
    assert (found.code, found.hint if hint else None) == (code, hint)
    assert found.place.file == ("example.yaml" if code == "E942" else "example.yaml[1]")


def test_a_policy_is_prepared_once_for_a_date() -> None:
    """The target of the day counts: 95 in 2024, 96 from 2025 on."""
    policy = policy_of(
        "总分：满分100分，倒扣分\n  准时交付率：目标95%自2024-01-01起、96%自2025-01-01起；每低1个百分点扣1分\n"
    )
    early = engine.prepare(policy, as_of=date(2024, 6, 30))
    late = engine.prepare(policy, as_of=date(2025, 6, 30))
    assert [engine.evaluate(ready, [{"准时交付率": 94}])[0].score for ready in (early, late)] == [99, 98]


def test_what_is_ready_and_what_comes_of_it_can_be_sent_elsewhere() -> None:
    """Another process goes on with the same: 100 - 1 × 0.5 - 3 = 96.5, with every step of the calculation."""
    ready = engine.prepare(policy_of(SCHEME))
    (found,) = engine.evaluate(ready, [{"otd": "96.3%", "投诉次数": 3}])
    again, sent = pickle.loads(pickle.dumps((ready, found)))  # noqa: S301 - our own
    assert (again, sent, sent.trace()) == (ready, found, found.trace())
    assert [one.score for one in engine.evaluate(again, [{"otd": "96.3%", "投诉次数": 3}])] == [F("96.5")]


def test_a_policy_file(tmp_path: Path) -> None:
    """The path of a file does as well; one with errors is refused with its findings, like a scheme it does not have."""
    path = tmp_path / "p.yaml"
    text = 'rubric: 1\npolicy: p\ntitle: p\nlang: zh\nversion: "1"\nscheme: |\n  - 不修约，缺数报错\n  总分：等权平均\n    甲：得分\n'
    path.write_text(text, encoding="utf-8")
    assert engine.evaluate(path, [{"甲": 70}])[0].score == 70
    with pytest.raises(engine.Refused) as refused:
        engine.prepare(str(path), scheme="B")
    assert [found.code for found in refused.value.diagnostics] == ["E947"]
    path.write_text(text.replace("，缺数报错", ""), encoding="utf-8")
    with pytest.raises(engine.Refused) as refused:
        engine.evaluate(path, [])
    assert "E703" in [found.code for found in refused.value.diagnostics]


@settings(max_examples=40)
@given(st.data())
def test_together_as_one_by_one(data: st.DataObject) -> None:
    """Any scheme, any number of units, some of them alike: each is assessed as if it were alone."""
    policy = laid_out(data.draw(PARTS))
    units = data.draw(st.lists(measures_of(policy, gaps=True), min_size=1, max_size=3))
    units += units[:1]
    found = engine.evaluate(policy, units)
    assert [one.trace() for one in found] == [score(policy, policy.schemes[0], measures) for measures in units]


def test_the_collector_is_left_as_it_was() -> None:
    """Python's collector rests while units are worked, also where one is refused; it is switched on for nobody."""
    ready = engine.prepare(policy_of(SCHEME))
    for before in (gc.enable, gc.disable):
        before()
        collects = gc.isenabled()
        engine.evaluate(ready, [{"otd": 98}])
        with pytest.raises(engine.Refused):
            engine.evaluate(ready, [{"otd": 101}])
        assert gc.isenabled() is collects
    gc.enable()


def test_a_command_loads_none_of_it() -> None:
    """`import engine` loads neither the evaluation nor pandas."""
    code = "import engine, sys; print([m for m in sys.modules if m.startswith(('engine.', 'pandas'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
