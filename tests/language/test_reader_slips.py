"""Typing slips around and inside the scheme: the code, the place, and the text to write instead."""

import pytest

from engine.diagnostics import Diagnostic
from engine.language.reader import read_document
from engine.source import source_of
from tests.language.whole_policy import SCHEME, START


def found(text: str) -> tuple[Diagnostic, ...]:
    """What is said about a policy file."""
    return read_document(source_of("p.yaml", text))[1]


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Code and case, first line with both columns, and hint of each finding."""
    return [
        (d.code + (f" {d.case}" if d.case else ""), f"{d.place.line}:{d.place.column}-{d.place.end_column}", d.hint)
        for d in found(text)
    ]


HEADS = {
    "scheme：|": ("E111", "3:7-9"),
    "scheme： |": ("E111", "3:7-10"),
    "scheme |": ("E111 lost", "3:7-9"),
    "scheme: ｜": ("E111 bar", "3:7-10"),
    "scheme:\u3000|": ("E111 bar", "3:7-10"),
    "scheme:|": ("E111 space", "3:7-9"),
    "scheme: >": ("E113 folded", "3:7-10"),
    "scheme: >-": ("E113 folded", "3:7-11"),
    "scheme:": ("E113 bare", "3:7-8"),
    "scheme:   # 计分": ("E113 bare", "3:7-15"),
    "scheme: | 总则": ("E113 same line", "3:7-13"),
    "scheme: 总则：得分": ("E113 bare", "3:7-14"),
}


@pytest.mark.parametrize("head", HEADS)
def test_a_head_line_that_opens_no_block(head: str) -> None:
    """Every wrong head line of a scheme is one finding at its mark, the scheme below is read all the same."""
    code, place = HEADS[head]
    document, _ = read_document(source_of("p.yaml", START + SCHEME.replace("scheme: |", head)))
    assert told(START + SCHEME.replace("scheme: |", head)) == [(code, place, "scheme: |")]
    assert document is not None
    assert [line.heads[0].name.text for line in document.schemes[0].lines] == ["总分"]


@pytest.mark.parametrize(
    "head", ["scheme: |", "scheme: |-", "scheme: |+", "scheme: |2", "scheme: |2-", "scheme: |  # 计分", '"scheme": |']
)
def test_every_head_of_a_literal_block(head: str) -> None:
    """All of YAML's ways to open a literal block are fine."""
    assert told(START + SCHEME.replace("scheme: |", head)) == []


def test_a_scheme_on_one_line() -> None:
    """A scheme of one line needs no block, plain or in quotes."""
    for value in ("总分：得分", '"总分：得分"', "'总分：得分'  # 注"):
        document, said = read_document(source_of("p", f"{START}scheme: {value}\n"))
        assert document is not None
        assert document.schemes[0].lines[0].heads[0].name.text == "总分"
        assert said == ()


BESIDE = SCHEME + "    丙：得分\n"
LOST: dict[str, tuple[str, str, str | None]] = {
    BESIDE.replace("    乙", "乙"): ("E102", "7:1-5", "    乙：得分"),
    BESIDE.replace("    乙", " 乙"): ("E102", "7:2-6", "    乙：得分"),
    SCHEME.replace("    乙", "乙"): ("E102", "7:1-5", None),
    SCHEME.replace("    乙", "# 注\n    乙"): ("E102 comment", "7:1-4", "  # 注"),
    SCHEME.replace("  总分", "总分"): ("E102", "5:1-8", None),
    SCHEME.replace("    甲：得分", "Quality: mean of Q1"): ("E102", "6:1-20", None),
    SCHEME.replace("  - 四", "      - 四"): ("E102 first", "4:7-31", "  - 四舍五入保留1位小数，按修约值定级，缺数报错"),
    "scheme: |\n总分：等权平均\n  甲：得分\n": ("E102", "4:1-8", None),
    "scheme: |\n总分：得分\n": ("E102", "4:1-6", "  总分：得分"),
}


@pytest.mark.parametrize("scheme", LOST)
def test_a_line_that_left_the_block(scheme: str) -> None:
    """E102 stands at the first line that is outside, not where YAML stumbles, and nothing else is said.

    Where it stood is proposed only where the lines beside it show it: another indentation is another indicator's part.
    """
    assert told(START + scheme) == [LOST[scheme]]


def test_several_lines_that_left_the_block_are_one_finding() -> None:
    """Lines pasted without indentation are told once, with how many there are; their own steps are kept."""
    said = found(START + SCHEME + "丙：等权平均\n\n  丁：得分\n  戊：得分\n  己：得分\n" + "lang: zh\n")
    assert [(d.code, d.place.line, d.args["count"], d.hint) for d in said] == [("E102", 8, 1, None)]


def test_what_follows_a_block_is_no_lost_line() -> None:
    """Keys, comments and blank lines after the scheme end it."""
    assert told(f"{START}{SCHEME}# 完\n\nlang: zh\n# 完\n") == []
    assert told(f"{START}{SCHEME}...\n") == []


def test_a_line_can_leave_one_of_several_schemes() -> None:
    """The next scheme is not taken for a lost line, and a lost line not for a scheme."""
    schemes = "schemes:\n  甲方: |\n    总分：等权平均\n  甲：得分\n  乙方: |\n    总分：得分\n"
    assert told(START + schemes) == [("E102", "6:3-7", None)]
    assert told(START + schemes.replace("  甲：", "      甲：")) == []


INDENTED: dict[str, tuple[str, str, str | None]] = {
    BESIDE.replace("    乙", "\t乙"): ("E101", "7:1-2", "    乙：得分"),
    SCHEME.replace("    乙", "\t\t乙"): ("E101", "7:1-3", None),
    SCHEME.replace("    乙", "　　乙"): ("E101 wide", "7:1-3", "    乙：得分"),
    SCHEME.replace("    乙", "\u00a0\u00a0\u00a0\u00a0乙"): ("E101 blank", "7:1-5", "    乙：得分"),
    f"names:\n\t甲: A\n\t乙: B\n{SCHEME}": ("E101", "4:1-2", "  甲: A"),
    f"data:\n　　kpi:\n　　　　kind: values\n　　　　file: a.xlsx\n{SCHEME}": ("E101 wide", "4:1-3", "    kpi:"),
}


@pytest.mark.parametrize("text", INDENTED)
def test_indentation_that_is_not_made_of_blanks(text: str) -> None:
    """E101 once for each run of lines, in the scheme and around it; YAML's own complaint is not heard."""
    assert told(START + text) == [INDENTED[text]]


def test_pinyin_in_titles_and_names_is_cut_out() -> None:
    """W107: 服务(wù) in the glossary is 服务; below `data:` it may be the head of a column, and stays."""
    text = f"{START}names: {{服务(wù): Service}}\nunits: {{by: [品牌(pái)]}}\n{SCHEME}"
    document, said = read_document(source_of("p.yaml", text))
    assert document is not None
    assert (dict(document.header.names), document.header.units) == ({"服务": "Service"}, ("品牌(pái)",))
    assert [(d.code, d.args["pinyin"]) for d in said] == [("W107", "(wù)")]


def test_question_numbers_have_no_width() -> None:
    """Ｑ１ of the Chinese keyboard is Q1."""
    text = f"{START}data: {{s: {{kind: responses, file: a.csv, questions: {{Ｑ１: 一}}}}}}\n{SCHEME}"
    document, _ = read_document(source_of("p.yaml", text))
    assert document is not None
    assert list(document.header.data[0].questions) == ["Q1"]


def test_heads_of_schemes_without_their_colon() -> None:
    """E111 lost where a scheme below `schemes:` has its bar but no colon."""
    said = told(f"{START}schemes:\n  甲方 |\n    总分：得分\n  乙方: |\n    总分：得分\n")
    assert [(code, place) for code, place, _ in said] == [("E111 lost", "4:5-7")]


AROUND = {
    "title：满意度": ("E111", "3:6-7", "title: 满意度"),
    "title： 满意度": ("E111", "3:6-7", "title: 满意度"),
    "title:满意度": ("E111 space", "3:6-7", "title: 满意度"),
    "title:　满意度": ("E111 space", "3:6-7", "title: 满意度"),
    "names:\n  甲：A": ("E111", "4:4-5", "甲: A"),
    "names: {甲：A, 乙: B}": ("E111", "3:9-12", "甲: A"),
    "effective: from：2025-01-01": ("E111", "3:12-27", "from: 2025-01-01"),
    "units: {by: [品牌，地区]}": ("E111 comma", "3:16-17", "品牌, 地区"),
    "names: {甲: A， 乙：B}": ("E111 comma", "3:13-14", "A, 乙：B"),
    "data:\n  s:\n    kind: responses\n    file: a.csv\n    questions: {Q1: 一}\n    valid:\n      － 非雷同作答": (
        ("E111 dash", "9:7-8", "- 非雷同作答")
    ),
    "version: “2025”": ("E014", "3:10-16", '"2025"'),
    "units: [「品牌」]": ("E014", "3:9-13", '"品牌"'),
    "title: |\n  满意度": ("E113 lines", "3:8-9", "满意度"),
    "title: 满意度\n  管理程序": ("E113 lines", "3:8-11", "满意度 管理程序"),
    'measures: {甲: "kpi\\x7684的值"}': ("E113 escape", "3:16-27", "'kpiv84的值'"),
    "measures: {甲: 'kpi''s'}": ("E113 escape", "3:16-22", '"kpi\'s"'),
    'measures: {甲: "a\\tb"}': ("E113 escape", "3:16-20", None),
    "measures:\n  甲: >\n    kpi的值": ("E113 lines", "4:6-7", "kpi的值"),
}


@pytest.mark.parametrize("line", AROUND)
def test_slips_around_the_scheme(line: str) -> None:
    """Full-width punctuation, quotes and values over several lines: one finding, at the slip, with what to write."""
    assert told(f"{START}{line}\n{SCHEME}") == [AROUND[line]]


MOVED = {
    " names:\n  甲: A\nlang: zh": ("E002 indent", 3),
    "data:\n    s:\n      kind: responses\n      file: a.csv\n  t:\n    kind: events\n  u:\n    kind: events": (
        "E002 indent",
        4,
    ),
    "data:\n  s:\n    kind: responses\n  file: a.csv\n    key: 号": ("E002 indent", 6),
    "data:\n  s:\n    kind: events\nt:\n    kind: events\n  u:\n    kind: events": ("E002 indent", 6),
    "data:s:\n    kind: events\n  t:\n    kind: events": ("E002 joined", 3),
    'version: "1\nnames:\n  甲: "A"': ("E002 quote", 3),
    "data:\n s:\n    kind: events\n    file: a.csv\n  t:\n    kind: events": ("E002 indent", 4),
    "names:\n  甲: A\n  - 缺数报错\n  乙: B": ("E002 indent", 5),
}


@pytest.mark.parametrize("lines", MOVED)
def test_yaml_is_heard_where_the_slip_is(lines: str) -> None:
    """YAML stumbles over the line after the one that moved, or at the next quote; the finding is where the slip is."""
    assert [(f"{d.code} {d.case}", d.place.line) for d in found(f"{START}{lines}\n{SCHEME}")] == [MOVED[lines]]


def test_a_head_that_is_indented_still_opens_its_block() -> None:
    """The scheme below is read; only the head is told."""
    assert told(START + SCHEME.replace("scheme", "  scheme")) == [("E002 indent", "3:1-9", None)]
    assert told(START + SCHEME.replace("scheme", '"scheme')) == [("E002 quote", "3:1-2", None)]


def test_years_in_which_no_procedure_is_in_force() -> None:
    """0225 and 2205 are slips in 2025, wherever a date stands."""
    assert told(f"{START}effective: {{from: 0225-01-01}}\n{SCHEME}") == [("E011 year", "3:19-29", None)]
    assert told(f"{START}period: {{every: year, on: 2205}}\n{SCHEME}") == [("E011 year", "3:27-31", None)]


FINE = (
    "title: 满意度：管理程序",
    'title: "满意度，管理程序"',
    "title: “双百”行动和“双优”行动",
    'data: {s: {kind: responses, file: a.csv, questions: {Q1: "1、质量，包装", Q2: 2、几点到店：12:30}}}',
    "data:\n  s:\n    kind: responses\n    file: a.csv\n    questions:\n      Q1: 1、质量，包装：如何",
    "data:\n  s:\n    kind: responses\n    file: a.csv\n    questions: {Q1: 一}\n    texts:\n      - 您的建议：",
    "names: {\n  甲: A,\n  乙: B}",
)


@pytest.mark.parametrize("line", FINE)
def test_full_width_punctuation_belongs_to_texts(line: str) -> None:
    """Where it is part of the text, nothing is said."""
    assert told(f"{START}{line}\n{SCHEME}") == []


def test_a_scheme_without_text() -> None:
    """A head with nothing below it is told as such."""
    assert told(f"{START}scheme: |\n") == [("E009 scheme", "3:1-10", None)]
    assert told(f"{START}scheme: |\n\n  \nlang: zh\n") == [("E009 scheme", "3:1-10", None)]
    assert told(f"{START}scheme:\nlang: zh\n") == [("E009 empty", "3:1-7", "scheme: |")]
    assert told(f"{START}schemes:\n  甲: |\n") == [("E009 scheme", "4:3-7", None)]


def test_a_scheme_in_quotes_stands_on_one_line() -> None:
    """Quoted texts over several lines and with escapes have no places; a block has."""
    assert told(f'{START}scheme: "总分：\\\n  得分"\n') == [("E113 scheme", "3:10-14", "scheme: |")]
    assert told(f'{START}scheme: "总分：\\x41"\n') == [("E113 scheme", "3:10-17", "scheme: |")]
    assert told(f"{START}schemes: {{甲: 总分：得分}}\n") == []


def test_slips_in_two_places_are_two_findings() -> None:
    """Runs of lines are told apart by what stands between them."""
    lines = "  总分：等权平均\n\t甲：得分\n\n\t乙：得分\n    丙：得分\n\t丁：得分\n"
    assert [one[:2] for one in told(f"{START}scheme: |\n{lines}") if one[0].startswith("E101")] == [
        ("E101", "5:1-2"),
        ("E101", "9:1-2"),
    ]


def test_a_key_that_should_have_been_scheme() -> None:
    """A misspelt `scheme: |` is one finding; its lines are not read as YAML."""
    assert told(START + SCHEME.replace("scheme", "shceme")) == [("E007 policy", "3:1-7", "scheme")]


def test_a_kind_that_is_misspelt() -> None:
    """What kind a file is meant to be is seen through a slip, so that its other keys are not all wrong."""
    files = (
        "data:\n  a: {knid: values, file: a.csv, layout: long}\n  b: {kind: value, file: b.csv}\n  c: {file: c.csv}\n"
    )
    assert told(f"{START}{files}{SCHEME}") == [
        ("E007", "4:7-11", "kind"),
        ("E012", "5:13-18", "values"),
        ("E008 kind", "6:3-4", "kind: responses"),
    ]
    assert told(f"{START}data:\n  a: {{kind: *k, file: a.csv}}\n{SCHEME}")[0][0] == "E004 alias"


def test_all_slips_of_a_file_come_in_one_run() -> None:
    """No slip hides another: repaired lines are read on."""
    text = "rubric: 1\npolicy：p\nnames:\n\t甲：A\ntitel: x\nversion: “1”\n" + SCHEME.replace(": |", "：|")
    assert [(d.code, d.place.line) for d in found(text)] == [
        ("E111", 2),
        ("E101", 4),
        ("E111", 4),
        ("E007", 5),
        ("E014", 6),
        ("E111", 7),
    ]
