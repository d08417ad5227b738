"""What is printed, in either language, reads back as what it was printed from."""

import re
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given, settings

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.checks import check
from engine.language.formatter import (
    format_belonging,
    format_cell,
    format_expression,
    format_measure,
    format_scheme,
    format_sentence,
    format_validity,
)
from engine.language.parser import parse_belonging, parse_measure, parse_scheme, parse_sentence, parse_validity
from engine.language.policy import Policy
from engine.language.reader import read_document
from engine.source import NOWHERE, Source, Span, source_of
from tests.language.checks.test_worked import policy_of
from tests.language.checks.written import checked
from tests.properties.syntax import ALONE, BELONGING, CELL, EXPRESSION, MEASURE, PLAIN, SCHEME, VALIDITY

ROOT = Path(__file__).resolve().parent.parent.parent
POLICIES = [path for path in sorted((ROOT / "policies").glob("*.yaml")) if ".test." not in path.name]
WORKED = sorted((ROOT / "tests" / "language" / "checks" / "worked").glob("*.txt"))
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def read_scheme(text: str) -> s.Scheme:
    """The scheme of a text without findings."""
    scheme, found = parse_scheme(source_of("scheme", text), "scheme", Span(0, len(text)))
    assert [(d.code, d.case, d.place.text) for d in found] == []
    return scheme


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=settings().max_examples * 4)
@given(sentence=PLAIN | ALONE)
def test_a_sentence_reads_back(lang: Lang, sentence: s.Sentence) -> None:
    """Each sentence, alone: every trigger with every effect, subject and bound among them."""
    assert parse_sentence(format_sentence(sentence, lang)) == [sentence]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(cell=CELL)
def test_a_cell_reads_back(lang: Lang, cell: tuple[s.Sentence, ...]) -> None:
    """Sentences side by side stay the sentences they are."""
    assert tuple(parse_sentence(format_cell(cell, lang))) == cell


def spans(said: object) -> list[Span]:
    """Where something and all in it stands."""
    if isinstance(said, Span):
        return [said]
    parts = (
        said if isinstance(said, tuple) else [getattr(said, f.name) for f in fields(said)] if is_dataclass(said) else ()
    )
    return [span for part in parts for span in spans(part) if span != NOWHERE]


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=settings().max_examples // 4)
@given(scheme=SCHEME)
def test_what_is_said_again_stands_where_it_is_said(lang: Lang, scheme: s.Scheme) -> None:
    """Cells that were read before are not read again; read further down, all of the scheme stands so much further on."""
    text, above = format_scheme(scheme, lang), "# above\n"
    again, _ = parse_scheme(source_of("scheme", above + text), "scheme", Span(len(above), len(above) + len(text)))
    first = read_scheme(text)
    assert again == first
    by = len(above)
    assert spans((again.bullets, again.lines)) == [Span(a + by, b + by) for a, b in spans((first.bullets, first.lines))]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(expression=EXPRESSION)
def test_a_formula_reads_back(lang: Lang, expression: s.Expression) -> None:
    """Brackets stand where the formula needs them, quotes where its names do."""
    (line,) = read_scheme(f"总分 = {format_expression(expression, lang)}").lines
    assert (line.formula, line.sentences) == (expression, ())


@pytest.mark.parametrize("lang", LANGUAGES)
@given(scheme=SCHEME)
def test_a_scheme_reads_back(lang: Lang, scheme: s.Scheme) -> None:
    """Lines, groups, chains, bullets and their order; and what is printed once is printed so again."""
    printed = format_scheme(scheme, lang)
    again = read_scheme(printed)
    assert again == scheme
    assert format_scheme(again, lang) == printed


@pytest.mark.parametrize("lang", LANGUAGES)
@given(measure=MEASURE)
def test_a_measure_reads_back(lang: Lang, measure: s.MeasureSentence) -> None:
    """The sentences of `measures:`."""
    words = format_measure(measure, lang)
    assert parse_measure(source_of("measure", words), Span(0, len(words))) == (measure, ())


@pytest.mark.parametrize("lang", LANGUAGES)
@given(validity=VALIDITY)
def test_a_validity_sentence_reads_back(lang: Lang, validity: s.ValiditySentence) -> None:
    """The sentences of `valid:`."""
    words = format_validity(validity, lang)
    assert parse_validity(source_of("validity", words), Span(0, len(words))) == (validity, ())


@pytest.mark.parametrize("lang", LANGUAGES)
@given(belonging=BELONGING)
def test_what_belongs_to_a_class_reads_back(lang: Lang, belonging: s.Belonging) -> None:
    """The conditions of `classes:`."""
    words = format_belonging(belonging, lang)
    assert parse_belonging(source_of("class", words), Span(0, len(words))) == (belonging, ())


# ---------------------------------------------------------------- policies


def meaning(value: object) -> object:
    """A checked policy without what depends on how and where it was written."""
    if isinstance(value, Span | Source):
        return None
    if is_dataclass(value) and not isinstance(value, type | Enum):
        return {f.name: meaning(getattr(value, f.name)) for f in fields(value) if f.compare and f.name != "sentence"}
    if isinstance(value, tuple):
        return [meaning(item) for item in value]
    if isinstance(value, dict):
        return {key: meaning(item) for key, item in value.items()}
    return value


def policy_from(text: str) -> Policy:
    """The checked policy of a file without errors."""
    document, found = read_document(source_of("policy.yaml", text))
    assert document is not None
    policy, more = check(document)
    assert [(d.code, str(d.place)) for d in (*found, *more) if d.severity == "error"] == []
    assert policy is not None
    return policy


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_shipped_policy_says_the_same_when_printed(path: Path, lang: Lang) -> None:
    """Every scheme of the file is replaced by its print, in either language; the checked policy is the same."""
    text = path.read_text(encoding="utf-8")
    document, _ = read_document(source_of(path.name, text))
    assert document is not None
    rewritten = text
    for scheme in document.schemes:
        rewritten = with_scheme(rewritten, scheme.name, format_scheme(scheme, lang))
    assert meaning(policy_from(rewritten)) == meaning(policy_from(text))


def with_scheme(text: str, name: str, printed: str) -> str:
    """The file with other lines in the block of a scheme: `scheme: |`, or `NAME: |` below `schemes:`."""
    around = "" if name == "scheme" else "  "
    block = "".join(f"{around}  {line}\n" for line in printed.splitlines())
    pattern = rf"^({around}{re.escape(name)}: \|\n)(?:(?:{around} .*)?\n)+"
    rewritten, replaced = re.subn(pattern, lambda m: m[1] + block, text, flags=re.MULTILINE)
    assert replaced == 1
    return rewritten


@pytest.mark.parametrize("path", WORKED, ids=lambda path: path.stem)
def test_a_worked_scheme_is_the_same_in_both_languages(path: Path) -> None:
    """Chinese and English prints give the scheme they were printed from, and the same checked policy."""
    scheme = read_scheme(path.read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        printed = format_scheme(scheme, lang)
        assert read_scheme(printed).lines == scheme.lines
        assert read_scheme(printed).bullets == scheme.bullets
        policy, _ = checked(printed)
        assert policy is not None
        assert meaning(policy.schemes) == meaning(policy_of(path.stem).schemes)
