"""Ranks, gaps and small samples as people read them."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction

from jsonschema import Draft7Validator

from engine.evaluation.result import Assessment, Gap, NodeResult, Rank, Reason, Result, State
from engine.report.explanation import render_explanation
from engine.report.result_data import render_csv, render_json
from engine.report.sheet import render_markdown, render_table
from engine.report.text import width
from engine.resources import resource
from tests.report.sample import ASSESSMENT, NODES, POLICY, QUALITY, RESULT, SCHEME, TOTAL

F = Fraction
RIVAL, GOAL = "竞争对手", "目标"


def _policy(*ranked: str):
    report = replace(POLICY.header.report, rank=ranked)
    return replace(POLICY, header=replace(POLICY.header, units=("事业部",), report=report))


def _node(path: str, **more: object) -> tuple[NodeResult, ...]:
    return tuple(node._replace(**more) if node.path == path else node for node in NODES)  # type: ignore[arg-type] # named by the caller


def _result(*assessments: Assessment) -> Result:
    return replace(RESULT, assessments=assessments)


BESIDE = (
    Gap(name=RIVAL, other=F("88.1"), difference=F("4.6")),
    Gap(name=GOAL, other=None, difference=None, reason=Reason.NOT_IN_FORCE.value),
)
FIRST = ASSESSMENT._replace(
    unit={"事业部": "一部"}, nodes=_node(TOTAL, rank_among_units=Rank(place=1, of=1), gaps=BESIDE)
)
UNRATED = ASSESSMENT._replace(
    unit={"事业部": "二部"},
    state=State.NOT_RATED,
    score=None,
    exact=None,
    grade=None,
    nodes=tuple(NodeResult(path=node.path, state=State.NOT_RATED, reason=Reason.SMALL_GROUP.value) for node in NODES),
)


def test_units_have_their_rank_in_the_table() -> None:
    """The unit without a score has a dash and the reason; every line fits 80 columns."""
    text = render_table(_policy("units"), _result(FIRST, UNRATED), "zh")
    first = next(line for line in text.splitlines() if line.startswith("一部"))
    second = next(line for line in text.splitlines() if line.startswith("二部"))
    assert first.split() == ["一部", "92.70", "比较满意", "1"]
    assert second.split() == ["二部", "—", "答卷太少，不显示"]
    assert max(map(width, text.splitlines())) <= 80


def test_gaps_stand_in_a_table_of_their_own() -> None:
    """The sign is shown; where the other has no figure, the table says so."""
    text = render_table(_policy(), _result(FIRST, UNRATED), "en")
    assert "Comparison" in text
    (line,) = [line for line in text.splitlines() if "88.10" in line]
    assert line.split() == ["一部", "92.70", "88.10", "+4.60", "none"]
    assert "| 88.10 |" in render_markdown(_policy(), _result(FIRST, UNRATED), "en").replace("  ", " ").replace(
        "  ", " "
    )


def test_ranked_indicators_are_listed_the_best_first() -> None:
    """质量 84.00 is second of two."""
    nodes = _node(QUALITY, rank=Rank(place=2, of=2))
    nodes = tuple(n._replace(rank=Rank(place=1, of=2)) if n.path.endswith("交付") else n for n in nodes)
    text = render_table(_policy("indicators"), _result(ASSESSMENT._replace(nodes=nodes)), "zh")
    table = text[text.index("指标排名") :].splitlines()
    assert [line.split() for line in table[4:6]] == [["1", "交付", "90.00"], ["2", "质量", "84.00"]]


def test_the_calculation_tells_rank_and_gap() -> None:
    """92.70 - 88.10 = +4.60; a goal not yet in force is named with the reason."""
    text = render_explanation(_policy("units"), _result(FIRST), (TOTAL,), "zh")
    assert "在1个评价对象中排第1" in text
    assert "与“竞争对手”相比：92.70 - 88.10 = +4.60" in text
    assert "与“目标”相比：对方没有数，评价日期没有生效的目标值或时限" in text
    assert "rank 1 of 1 units" in render_explanation(_policy("units"), _result(FIRST), (TOTAL,), "en")


def test_json_has_ranks_gaps_and_answers() -> None:
    """As the published schema describes them; what is hidden has no number at all."""
    document = json.loads(render_json(_policy("units"), _result(FIRST, UNRATED)))
    schema = json.loads(resource("grammar", "result.schema.json").read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(document)
    first, hidden = (result["nodes"] for result in document["results"])
    assert first[0]["rank"] == {"among_units": {"place": 1, "of": 1}, "among_indicators": None}
    assert first[0]["gaps"][0] == {
        "name": RIVAL,
        "other": {"decimal": "88.1", "exact": "881/10"},
        "difference": {"decimal": "4.6", "exact": "23/5"},
        "reason": None,
    }
    assert first[0]["gaps"][1]["reason"] == "no target or limit is in force"
    assert next(node["valid"] for node in first if node["path"] == QUALITY) == 10
    assert all(node["valid"] is None and node["exact"] is None and node["value"] is None for node in hidden)


def test_csv_has_a_column_for_each_rank_and_two_for_each_benchmark() -> None:
    """The columns stand only where they are asked for, and no two are called alike."""
    rows = list(csv.DictReader(io.StringIO(render_csv(_policy("units"), _result(FIRST, UNRATED), "zh"))))
    assert [rows[0][name] for name in ("名次", RIVAL, "与竞争对手的差距", "与目标的差距")] == ["1", "88.1", "4.6", ""]
    assert "指标名次" not in rows[0]
    hidden = [row for row in rows if row["事业部"] == "二部"]
    assert {row[name] for row in hidden for name in ("测量值", "得分", "有效", "名次")} == {""}


def test_too_few_answers_are_counted() -> None:
    """2 of the 3 asked for, where the policy says at least three."""
    indicator = replace(SCHEME.indicators[QUALITY], minimum_sample=3)
    policy = replace(POLICY, schemes=(replace(SCHEME, indicators={**SCHEME.indicators, QUALITY: indicator}),))
    few = _node(
        QUALITY, state=State.BELOW_MINIMUM_SAMPLE, reason=Reason.SMALL_SAMPLE.value, valid=2, score=None, reported=None
    )
    result = _result(ASSESSMENT._replace(nodes=few))
    assert "有效样本2个，少于规定的3个" in render_explanation(policy, result, (QUALITY,), "zh")
    assert "valid: 2, fewer than the 3 asked for" in render_explanation(policy, result, (QUALITY,), "en")
    enough = _result(ASSESSMENT)
    assert "有效样本10个，规定至少3个" in render_explanation(policy, enough, (QUALITY,), "zh")
