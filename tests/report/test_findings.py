"""Findings as people and tools read them."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft7Validator

from engine.diagnostics import Diagnostic
from engine.report.findings import Finding, render_concise, render_github, render_json, render_text
from engine.report.text import width
from engine.resources import resource
from engine.source import Place, Span, file_place, place_of, source_of

ENTRY = {
    "message": {
        "zh": "“{parent}”下各项权重合计为{sum}，应为{expected}",
        "en": "the weights below “{parent}” add up to {sum}, not {expected}",
    },
    "why": {"zh": "权重合计不是100%时，得分会整体偏高或偏低。", "en": "Otherwise every score is too high or too low."},
    "repair": {"zh": "改正其中一项权重，或写明“{hint}”", "en": "correct one of the weights, or write “{hint}”"},
}


@pytest.fixture(autouse=True)
def _catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentences these pages are about, whatever the shipped catalogue says."""
    monkeypatch.setattr("engine.diagnostics.catalogue", lambda _family: {"E401": ENTRY, "W401": ENTRY})


SOURCE = source_of("方案.yaml", "scheme: |\n  总分：加权平均\n    质量 60%：得分\n    服务 30%：得分\n")
WEIGHTS = Diagnostic(
    code="E401",
    place=place_of(SOURCE, Span(12, 14)),
    args={"parent": "总分", "sum": "90%", "expected": "100%"},
    hint="权重合计90%，归一",
)


def test_a_finding_shows_line_caret_repair_and_reason() -> None:
    """The page of one finding in Chinese: place, sentence, line, caret below the name, repair, reason."""
    assert render_text([Finding(WEIGHTS, "zh")]) == (
        "方案.yaml:2:3: E401 error: “总分”下各项权重合计为90%，应为100%\n"
        "      总分：加权平均\n"
        "      ^^^^\n"
        "    = 改正其中一项权重，或写明“权重合计90%，归一”\n"
        "      权重合计不是100%时，得分会整体偏高或偏低。\n"
    )


def test_a_finding_speaks_english() -> None:
    """The same finding in English."""
    assert render_text([Finding(WEIGHTS, "en")]).splitlines()[0] == (
        "方案.yaml:2:3: E401 error: the weights below “总分” add up to 90%, not 100%"
    )


def test_related_places_and_clauses_are_told() -> None:
    """Other places of the same finding are listed with their lines, and the clause is named."""
    finding = replace(WEIGHTS, related=(place_of(SOURCE, Span(24, 26)),), clause="5.4.3")
    lines = render_text([Finding(finding, "zh")]).splitlines()
    assert lines[3] == "    依据：5.4.3"
    assert lines[-1] == "    - 另见 方案.yaml:3:5 质量 60%：得分"


def test_a_cell_is_named_without_a_caret() -> None:
    """A finding in a workbook names file, sheet and cell and quotes no line."""
    cell = Place(file="kpi.xlsx", line=7, column=2, end_line=7, end_column=3, sheet="指标", cell="B7", text="97,2")
    lines = render_text([Finding(replace(WEIGHTS, place=cell), "zh")]).splitlines()
    assert lines[0].startswith("kpi.xlsx!指标!B7: E401 error: ")
    assert not any("^" in line for line in lines)


def test_a_whole_file_is_named_without_a_caret() -> None:
    """A finding about a file as a whole quotes no line."""
    assert "^" not in render_text([Finding(replace(WEIGHTS, place=file_place("a.yaml")), "zh")])


def test_long_lines_stay_within_eighty_columns() -> None:
    """Quoted lines and carets never pass column 80."""
    source = source_of("a.yaml", "  " + "很长的名称" * 40 + "错" + "后面还有" * 40)
    place = place_of(source, Span(202, 203))
    lines = render_text([Finding(replace(WEIGHTS, place=place), "zh")]).splitlines()
    assert [width(line) <= 80 for line in lines[1:3]] == [True, True]
    assert width(lines[1][: lines[1].index("错")]) == len(lines[2].rstrip("^"))


def test_hostile_text_is_shown_escaped() -> None:
    """Control and direction characters from a policy never reach the terminal raw."""
    source = source_of("a\x1b.yaml", "总\u202e分\x07：x")
    finding = replace(WEIGHTS, place=place_of(source, Span(0, 3)), args={**WEIGHTS.args, "parent": "\x1b]0;x\x07"})
    shown = render_text([Finding(finding, "zh")]) + render_concise([Finding(finding, "zh")])
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "总<U+202E>分<U+0007>：x" in shown


def test_a_file_name_is_no_command() -> None:
    """A file whose name looks like a workflow command does not begin a line with it."""
    shown = render_text([Finding(replace(WEIGHTS, place=file_place("::error::x")), "zh")])
    assert shown.startswith("./::error::x:1:1: ")


def test_concise_is_one_line_each() -> None:
    """One line for each finding, nothing else."""
    assert render_concise([Finding(WEIGHTS, "en")] * 2) == (
        "方案.yaml:2:3: E401 error: the weights below “总分” add up to 90%, not 100%\n" * 2
    )


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    """The published schema of findings."""
    return Draft7Validator(json.loads(resource("grammar", "findings.schema.json").read_text(encoding="utf-8")))


def test_json_follows_the_published_schema(schema: Draft7Validator) -> None:
    """The JSON form is valid, with and without findings, in files and in workbooks."""
    cell = replace(WEIGHTS.place, sheet="S", cell="B7")
    findings = [Finding(WEIGHTS, "zh"), Finding(replace(WEIGHTS, place=cell, related=(cell,)), "en")]
    for several in ([], findings):
        schema.validate(json.loads(render_json(several)))


def test_json_says_what_the_text_says() -> None:
    """Positions are counted from 1 in code points, and the hint stands by itself."""
    found = json.loads(render_json([Finding(WEIGHTS, "zh")]))["findings"][0]
    assert {key: found[key] for key in ("code", "severity", "line", "column", "end_line", "end_column", "hint")} == {
        "code": "E401",
        "severity": "error",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 5,
        "hint": "权重合计90%，归一",
    }
    assert "sheet" not in found


def test_github_annotations_are_escaped() -> None:
    """Per cent, line ends, colons and commas cannot end a property or begin a command."""
    place = replace(WEIGHTS.place, file="a,b:c%\n.yaml")
    line = render_github([Finding(replace(WEIGHTS, place=place), "zh")])
    assert line == (
        "::error file=a%2Cb%3Ac%25%0A.yaml,line=2,title=E401,col=3,endColumn=5::"
        "“总分”下各项权重合计为90%25，应为100%25"
        "%0A改正其中一项权重，或写明“权重合计90%25，归一”\n"
    )


def test_github_shows_ten_of_each_and_counts_the_rest() -> None:
    """Errors come first, ten of each severity are shown, and what is hidden is counted."""
    error = Finding(WEIGHTS, "en")
    warning = Finding(replace(WEIGHTS, code="W401"), "en")
    lines = render_github([warning] * 12 + [error] * 11).splitlines()
    kinds = [line.split(" ", 1)[0] for line in lines]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert lines[-1].startswith("::notice title=rubric::3 more findings")
