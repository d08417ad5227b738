"""The language reference: its examples are read without a finding, its calculations are what rubric calculates."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple, get_args

import pytest

from engine.diagnostics import Diagnostic, message
from engine.evaluation.assessment import score
from engine.evaluation.given import Given
from engine.evaluation.result import State
from engine.language import syntax
from engine.language.checks import check
from engine.language.parser import parse_belonging, parse_measure, parse_validity
from engine.language.policy import Document, Policy
from engine.language.reader import read_document
from engine.report.words import STATES
from engine.source import Span, source_of
from tools.write_language import PAGES, keywords, readable, spelt, with_table

CONVENTIONS = {
    "zh": "- 四舍五入保留2位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限\n",
    "en": "- round half up to 2 decimals, grade on rounded value, missing: error, whole steps only,"
    " lower bound included\n",
}
# What stands around the lines of an example: the heading whose parts they are, or a scheme below the bullets.
FRAMES = {
    "zh": {"deduct": "总分：满分100分，倒扣分\n", "mean": "总分：等权平均\n"},
    "en": {"deduct": "Total: deduct from 100\n", "mean": "Total: equal weights\n"},
}
BELOW = {
    "zh": "总分：等权平均\n  质量：得分\n  服务：得分\n",
    "en": "Total: equal weights\n  Quality: score\n  Service: score\n",
}
UNDECIDED = re.compile(r"E70[1-9]|E503")
BLOCK = re.compile(
    r"^```(?P<info>rubric[^\n]*|yaml policy|text measure|text valid|text class)\n(?P<body>.*?)^```\n",
    re.MULTILINE | re.DOTALL,
)
ROW = re.compile(r"^\| (?P<given>[^|]*=[^|]*) \| (?P<score>[^|]*) \|", re.MULTILINE)
SUFFIX = re.compile(r"\s*(%|分钟|minutes)$")


class Example(NamedTuple):
    """A block of a page: its language, its kind, its text, and the rows of the calculation below it."""

    lang: str
    kind: str
    text: str
    rows: tuple[tuple[str, str], ...]


def _examples() -> Iterator[Example]:
    for lang, path in PAGES.items():
        page = path.read_text(encoding="utf-8")
        blocks = list(BLOCK.finditer(page))
        for block, following in zip(blocks, [*(b.start() for b in blocks[1:]), len(page)], strict=True):
            below = page[block.end() : following].lstrip("\n")
            rows = below.split("\n\n")[0] if below.startswith("|") else ""
            yield Example(lang, block["info"], block["body"], tuple(m.groups() for m in ROW.finditer(rows)))


EXAMPLES = list(_examples())
SCHEMES = [example for example in EXAMPLES if example.kind.startswith("rubric")]
CALCULATED = [example for example in SCHEMES if example.rows]


def _of(kind: str) -> list[Example]:
    return [example for example in EXAMPLES if example.kind == kind]


def first_line(example: Example) -> str:
    """How an example is called among the tests."""
    return f"{example.lang}:{example.text.splitlines()[0][:40]}"


def policy_text(example: Example) -> str:
    """The policy file that an example stands in."""
    frame = example.kind.removeprefix("rubric").strip()
    lines = example.text
    if frame == "top":
        lines += BELOW[example.lang]
    elif frame:
        lines = FRAMES[example.lang][frame] + indent(lines, "  ")
    if not lines.startswith("-"):
        lines = CONVENTIONS[example.lang] + lines
    head = f'rubric: 1\npolicy: example\ntitle: x\nlang: {example.lang}\nversion: "1"\nunits: {{by: [unit]}}\n'
    return f"{head}scheme: |\n{indent(lines, '  ')}"


@cache
def checked(text: str) -> tuple[Document, Policy | None, list[Diagnostic]]:
    """What a policy's text says, and what is found in it."""
    document, misread = read_document(source_of("example.yaml", text))
    assert document is not None, [message(d, "en") for d in misread]
    policy, found = check(document)
    return document, policy, [*misread, *found]


@pytest.mark.parametrize("example", SCHEMES, ids=first_line)
def test_an_example_is_read(example: Example) -> None:
    """Every example is understood and complete; conventions shown one by one leave the others open."""
    found = checked(policy_text(example))[2]
    left = [d for d in found if not (example.kind == "rubric top" and UNDECIDED.match(d.code))]
    assert [(d.code, d.place.text, message(d, "en")) for d in left] == []


@pytest.mark.parametrize("example", _of("yaml policy"), ids=first_line)
def test_a_whole_policy_is_read(example: Example) -> None:
    """A whole policy file of the page gives no finding."""
    assert [(d.code, d.place.text, message(d, "en")) for d in checked(example.text)[2]] == []


def _number(text: str) -> Fraction:
    return Fraction(SUFFIX.sub("", text.strip()))


def _value(text: str) -> Given:
    """A number with or without its unit; `[20, 30]` several cases; `01: 2, 02: 5` by period; or a state."""
    state = next((name for name, words in STATES.items() if text in words), None)
    if state is not None:
        return State(state)
    if text.startswith("["):
        return [_number(one) for one in text.strip("[]").split(",")]
    if ":" in text:
        return {name.strip(): _number(one) for name, one in (part.split(":") for part in text.split(","))}
    return _number(text)


def given(cell: str) -> tuple[dict[str, Given], date | None]:
    """The values that a cell of a table gives by name, and the day of assessment."""
    pairs = [part.split("=") for part in re.split("[；;]", cell)]
    said = {name.strip(): value.strip() for name, value in pairs}
    day = said.pop("评价日期", None) or said.pop("date", None)
    return {name: _value(value) for name, value in said.items()}, date.fromisoformat(day) if day else None


@pytest.mark.parametrize("example", CALCULATED, ids=first_line)
def test_a_calculation_is_what_rubric_calculates(example: Example) -> None:
    """Each row of a table below an example: with these values the result has this score (and grade), or this state."""
    policy = checked(policy_text(example))[1]
    assert policy is not None
    for cell, expected in example.rows:
        measures, day = given(cell)
        result = score(policy, policy.schemes[0], measures, as_of=day)
        said, _, grade = expected.partition(" ")
        if re.fullmatch(r"-?\d+(\.\d+)?", said):
            assert (cell, result.score, result.grade or "") == (cell, Fraction(said), grade)
        else:
            assert (cell, expected in STATES[str(result.state.value)]) == (cell, True)


def test_there_are_calculations() -> None:
    """Both pages calculate the same examples, in the same order."""
    numbers = {lang: [len(e.rows) for e in CALCULATED if e.lang == lang] for lang in PAGES}
    assert numbers["zh"] == numbers["en"]
    assert sum(numbers["zh"]) > 40


# ---------------------------------------------------------------- nothing is left out


def _within(value: Any) -> Iterator[Any]:
    """The value and all parts of it."""
    yield value
    parts = value if isinstance(value, tuple) else ()
    if is_dataclass(value):
        parts = tuple(getattr(value, field.name) for field in fields(value))
    for part in parts:
        yield from _within(part)


@pytest.mark.parametrize("lang", PAGES)
def test_every_kind_of_sentence_has_an_example(lang: str) -> None:
    """Each sentence, trigger and effect of the language stands in an example, in Chinese and in English."""
    examples = [example for example in SCHEMES if example.lang == lang]
    documents = [checked(policy_text(example))[0] for example in examples]
    shown = {type(part) for document in documents for scheme in document.schemes for part in _within(scheme)}
    kinds = {*get_args(syntax.Sentence), *get_args(syntax.Trigger), *get_args(syntax.Effect)}
    kinds |= {*get_args(syntax.Expression)}
    assert sorted(kind.__name__ for kind in kinds - shown) == []


@pytest.mark.parametrize("lang", PAGES)
def test_every_choice_has_an_example(lang: str) -> None:
    """Each way to round, to combine, to treat missing values and part steps, each kind and statistic is shown."""
    examples = [example for example in SCHEMES if example.lang == lang]
    documents = [checked(policy_text(example))[0] for example in examples]
    shown = {part for d in documents for scheme in d.schemes for part in _within(scheme) if hasattr(part, "name")}
    offered = {*syntax.Half, *syntax.Method, *syntax.Outcome, *syntax.Parts, *syntax.Statistic, *syntax.Operator}
    stated = {syntax.Kind.RATE, syntax.Kind.COUNT, syntax.Kind.DURATION, syntax.Kind.SCORE, syntax.Kind.POINTS}
    assert sorted(str(choice) for choice in (offered | stated | {syntax.Kind.YES_NO}) - shown) == []


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize(
    ("kind", "parse", "sentences"),
    [
        ("text measure", parse_measure, syntax.MeasureSentence),
        ("text valid", parse_validity, syntax.ValiditySentence),
        ("text class", parse_belonging, syntax.Belonging),
    ],
)
def test_every_data_sentence_has_an_example(lang: str, kind: str, parse: Any, sentences: Any) -> None:
    """The sentences of `measures:`, `valid:` and `classes:` are read, and every kind of them is shown."""
    lines = [line for example in _of(kind) if example.lang == lang for line in example.text.splitlines()]
    read = [parse(source_of("example", line), Span(0, len(line))) for line in lines]
    assert [line for line, (_, found) in zip(lines, read, strict=True) if found] == []
    assert {type(sentence) for sentence, _ in read} == set(get_args(sentences) or [sentences])


def test_a_spelling_can_be_read_by_people() -> None:
    """What only a program needs is left out of a spelling; what may be left out stands in square brackets."""
    assert readable(r"不满(?!意(?:的|者))") == "不满"
    assert readable("(?<=每)低(于|出)?") == "低[于 / 出]"
    assert readable(r"[一|1]个?百分点") == "[一 / 1][个]百分点"
    assert readable(r"top[-| ]2 \(incl[uded|usive].?\)") == "top-2 （incl[uded / usive]）"


@pytest.mark.parametrize("lang", PAGES)
def test_the_words_are_all_listed(lang: str) -> None:
    """The appendix of a page has every spelling of every keyword, as `make docs` writes it."""
    page = Path(PAGES[lang]).read_text(encoding="utf-8")
    assert with_table(page, lang) == page
    assert [name for name, words in keywords() if words[lang] and spelt(words[lang]) not in page] == []
