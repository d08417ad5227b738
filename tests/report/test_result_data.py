"""Results as data."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from engine.diagnostics import Diagnostic
from engine.report.result_data import render_csv, render_json
from engine.resources import resource
from engine.source import Place
from tests.evaluation.schemes import policy_of, result_of
from tests.report.sample import ASSESSMENT, NODES, POLICY, RATE, RESULT, SCHEME, TOTAL, with_units

F = Fraction


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    """The published schema of results."""
    return Draft7Validator(json.loads(resource("grammar", "result.schema.json").read_text(encoding="utf-8")))


def test_json_follows_the_published_schema(schema: Draft7Validator) -> None:
    """Values, states, rules and accounts are all described; nothing undescribed is printed."""
    Draft7Validator.check_schema(schema.schema)
    for result in (RESULT, with_units(a="一部")):
        schema.validate(json.loads(render_json(POLICY, result)))


def test_json_says_how_the_score_came_about() -> None:
    """Top level, result and node as the format promises: decimals beside exact fractions, clause, file and line."""
    told = json.loads(render_json(POLICY, RESULT))
    assert (told["schema"], told["engine"], told["as_of"]) == ("rubric/result/1", "0.1.0", "2025-12-31")
    result = told["results"][0]
    assert {k: result[k] for k in ("unit", "period", "state", "score", "exact", "grade")} == {
        "unit": {},
        "period": "2025",
        "state": "value",
        "score": "92.70",
        "exact": "927/10",
        "grade": "比较满意",
    }
    quality = next(node for node in result["nodes"] if node["path"] == "调查得分/质量")
    assert {k: quality[k] for k in ("name", "inputs", "score", "exact", "clause", "file", "line")} == {
        "name": "质量",
        "inputs": ["Q1"],
        "score": "84.00",
        "exact": "84",
        "clause": "5.3.2 质量",
        "file": "policies/sample.yaml",
        "line": 8,
    }
    assert quality["weight"] == {
        "own": {"decimal": "0.5", "exact": "1/2"},
        "effective": {"decimal": "0.2", "exact": "1/5"},
    }
    assert quality["contribution"] == {"decimal": "16.8", "exact": "84/5"}


def test_json_shows_each_deduction() -> None:
    """Each rule stands with its sentence, line, target, shortfall, steps and points."""
    nodes = json.loads(render_json(POLICY, RESULT))["results"][0]["nodes"]
    (line,) = next(node for node in nodes if node["path"] == RATE)["deductions"]
    assert (line["sentence"], line["line"], line["fired"]) == ("每低一个百分点扣0.5分", 12, True)
    exact = {
        key: line[key]["exact"] for key in ("measured", "target", "shortfall", "steps", "counted", "each", "points")
    }
    assert exact == {
        "measured": "963/10",
        "target": "98",
        "shortfall": "17/10",
        "steps": "17/10",
        "counted": "1",
        "each": "1/2",
        "points": "-1/2",
    }


def test_a_number_stands_twice() -> None:
    """A third is rounded as a decimal and exact as a fraction."""
    node = NODES[0]._replace(score=F(278, 3), reported=F("92.67"))
    result = replace(RESULT, assessments=(ASSESSMENT._replace(exact=F(278, 3), nodes=(node, *NODES[1:])),))
    top = json.loads(render_json(POLICY, result))["results"][0]
    assert (top["score"], top["exact"], top["nodes"][0]["exact"]) == ("92.67", "278/3", "278/3")


def test_equal_results_give_equal_bytes() -> None:
    """The JSON of equal results is byte for byte the same and says nothing of time or machine."""
    assert render_json(POLICY, RESULT) == render_json(POLICY, replace(RESULT))


def test_csv_has_a_row_for_each_indicator() -> None:
    """Numbers stay numbers, states are told in words, the score has the policy's decimals."""
    rows = list(csv.DictReader(io.StringIO(render_csv(POLICY, RESULT, "zh"))))
    assert len(rows) == len(NODES)
    assert (rows[0]["路径"], rows[0]["得分"], rows[0]["等级"], rows[0]["状态"]) == (TOTAL, "92.70", "比较满意", "有值")
    rate = next(row for row in rows if row["路径"] == RATE)
    assert (rate["测量值"], rate["扣分"], rate["贡献"]) == ("96.3", "0.5", "-0.3")


def test_csv_says_who_collects_and_who_is_told() -> None:
    """A spreadsheet can be filtered by department; JSON lists the departments told one by one."""
    indicators = {**SCHEME.indicators, RATE: replace(SCHEME.indicators[RATE], feedback=("生产部", "工程部"))}
    policy = replace(POLICY, schemes=(replace(SCHEME, indicators=indicators),))
    rate = next(row for row in csv.DictReader(io.StringIO(render_csv(policy, RESULT, "zh"))) if row["路径"] == RATE)
    assert (rate["收集部门"], rate["反馈部门"]) == (SCHEME.indicators[RATE].owner or "", "生产部、工程部")
    nodes = json.loads(render_json(policy, RESULT))["results"][0]["nodes"]
    assert next(node["feedback"] for node in nodes if node["path"] == RATE) == ["生产部", "工程部"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_csv_runs_no_formula(start: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe before it; negative numbers stay numbers."""
    name = f"{start}cmd|' /C calc'!A0"
    indicators = {**SCHEME.indicators, TOTAL: replace(SCHEME.indicators[TOTAL], name=name)}
    policy = replace(POLICY, schemes=(replace(SCHEME, indicators=indicators),))
    assessment = ASSESSMENT._replace(unit={f"{start}列": f"{start}值"}, grade=name)
    rows = list(
        csv.reader(io.StringIO(render_csv(policy, replace(RESULT, assessments=(assessment,)), "zh"), newline=""))
    )
    assert f"'{name}" in rows[1]
    assert f"'{start}列" in rows[0]
    assert f"'{start}值" in rows[1]
    assert "-1.8" in rows[8]


def test_csv_speaks_both_languages() -> None:
    """The head of the table is in the reader's language."""
    assert render_csv(POLICY, RESULT, "en").split("\r\n")[0] == (
        "scheme,period,path,indicator,state,measured,score,deduction,full marks,grade,weight,effective weight,"
        "contribution,valid,collected by,fed back to"
    )


def test_json_carries_what_was_remarked(schema: Draft7Validator) -> None:
    """A warning stands with its place and its sentence in both languages."""
    place = Place(file="表.csv", line=2, column=8, end_line=2, end_column=12, text="总分,100,89.5")
    args = {"name": "总分", "printed": "89.5", "computed": "89.6", "difference": "-0.1"}
    warning = Diagnostic(code="W951", case="sum", place=place, related=(place,), args=args)
    told = json.loads(render_json(POLICY, replace(RESULT, warnings=(warning,))))
    schema.validate(told)
    where = {"file": "表.csv", "line": 2, "column": 8, "end_line": 2, "end_column": 12}
    assert told["warnings"] == [
        {
            "code": "W951",
            **where,
            "message": {
                "zh": "“总分”照印89.5，各项相加是89.6，相差-0.1",
                "en": "“总分” is printed as 89.5, but its parts add up to 89.6 (difference -0.1)",
            },
            "clause": None,
            "related": [where],
        }
    ]


def test_json_tells_the_units_among_which_a_value_was_placed(schema: Draft7Validator, tmp_path: Path) -> None:
    """Of 10, 20 and 60 the middle one has one below it; what is not standardised has no deviation."""
    head = "\nunits: {by: [城市]}\ndata: {kpi: {kind: values, file: 指标.csv, layout: wide}}\n"
    scheme = """
    - 四舍五入保留1位小数，缺数报错
    总分：等权平均
      产值：数值，以各单位最低至最高折合0-100分
      服务：得分
    """
    files = {"指标.csv": "城市,产值,服务\n东城,10,80\n南城,20,80\n西城,60,80\n"}
    told = json.loads(render_json(policy_of(scheme, head), result_of(tmp_path, scheme, files, head=head)))
    schema.validate(told)
    middle = next(r for r in told["results"] if r["unit"] == {"城市": "南城"})
    assert [node["spread"] for node in middle["nodes"] if node["name"] != "产值"] == [None, None]
    assert next(node["spread"] for node in middle["nodes"] if node["name"] == "产值") == {
        "units": 3,
        "lowest": {"unit": "东城", "value": {"decimal": "10", "exact": "10"}},
        "highest": {"unit": "西城", "value": {"decimal": "60", "exact": "60"}},
        "mean": {"decimal": "30", "exact": "30"},
        "deviation": None,
        "below": 1,
        "equal": 1,
    }
