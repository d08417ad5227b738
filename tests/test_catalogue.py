"""The catalogue of findings: complete in both languages, its examples true, its pages up to date."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from engine.diagnostics import Lang
from engine.insight.examples import example, found_in
from engine.report.rule_page import case_titles
from tools.write_diagnostics import FOLDER, entries, pages

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = dict(entries())
SENTENCES = ("title", "message", "why", "repair", "otherwise")

each_code = pytest.mark.parametrize("code", ENTRIES)
each_lang = pytest.mark.parametrize("lang", ["zh", "en"])


def _said(entry: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """All sentences of an entry and of its cases."""
    spoken = [entry, *entry.get("cases", {}).values()]
    return [part[name] for part in spoken for name in SENTENCES if part.get(name)]


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@each_code
def test_an_entry_is_whole(code: str) -> None:
    """Every entry has its title, message, reason, repair and two examples."""
    assert [key for key in ("title", "message", "why", "repair", "bad", "good") if not ENTRIES[code].get(key)] == []


@each_code
def test_an_entry_speaks_both_languages(code: str) -> None:
    """Every sentence stands in Chinese and in English, with the same placeholders."""
    for sentence in _said(ENTRIES[code]):
        assert set(sentence) == {"zh", "en"}
        assert _placeholders(sentence["zh"]) == _placeholders(sentence["en"]), sentence
        assert re.search(r"[\u4e00-\u9fff]", sentence["zh"]), sentence
        assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"“[^”]*”", "", sentence["en"])), sentence


@each_code
def test_a_finding_uses_no_machine_words(code: str) -> None:
    """A quality manager reads the sentences: no token, node, parser, null or schema."""
    machine = re.compile(
        r"\b(tokens?|AST|nodes?|pars(?:e|er|ed|ing)|null|schema|exception|string|integer|boolean)\b", re.IGNORECASE
    )
    assert [m for sentence in _said(ENTRIES[code]) if (m := machine.findall(sentence["en"]))] == []


@each_code
def test_examples_are_written_in_both_languages(code: str) -> None:
    """An English example has Chinese words only where it is about them: in a glossary or as pasted text."""
    about_chinese = {"W107", "E019", "E230", "E310", "W307"}
    for kind in ("bad", "good"):
        assert code in about_chinese or not re.search(r"[\u4e00-\u9fff]", example(code, kind, "en"))


@each_code
@each_lang
def test_the_bad_example_shows_this_code_only(code: str, lang: Lang) -> None:
    """The bad example gives the code, and nothing else; E927 counts findings, so they stand beside it."""
    beside = {"E914"} if code == "E927" else set[str]()
    assert {finding.code for finding in found_in(example(code, "bad", lang), lang)} == {code} | beside


@each_code
@each_lang
def test_the_good_example_is_clean(code: str, lang: Lang) -> None:
    """The good example gives nothing."""
    assert [(finding.code, str(finding.place)) for finding in found_in(example(code, "good", lang), lang)] == []


@each_code
def test_every_case_can_be_told_in_words(code: str) -> None:
    """Each case that has a sentence of its own says what it is about without naming anything."""
    worded = [case for case in (ENTRIES[code].get("cases") or {}).values() if case]
    assert len(case_titles(ENTRIES[code], "zh")) == len(case_titles(ENTRIES[code], "en")) == len(worded)


@each_code
def test_full_stops(code: str) -> None:
    """A reason is a sentence with its stop; message and repair go without, in both languages."""
    for part in (ENTRIES[code], *(ENTRIES[code].get("cases") or {}).values()):
        for name in ("title", "message", "repair", "otherwise"):
            ends = [text.strip()[-1:] for text in part.get(name, {}).values()]
            assert not set(ends) & {"。", "."}, (name, part[name])
    assert ENTRIES[code]["why"]["zh"].strip().endswith(("。", "？"))
    assert ENTRIES[code]["why"]["en"].strip().endswith((".", "?"))


def _codes_in_the_engine() -> set[str]:
    """The codes the engine names, and those of the table of mistakes that the parser reads."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "engine").rglob("*.py")]
    mistakes = (ROOT / "grammar" / "mistakes.yaml").read_text(encoding="utf-8")
    named = {code for text in texts for code in re.findall(r"\"([EW]\d{3})\"", text)}
    return named | set(re.findall(r"\bcode: ([EW]\d{3})\b", mistakes))


def test_every_code_the_engine_gives_is_worded() -> None:
    """No finding without an entry."""
    assert sorted(_codes_in_the_engine() - set(ENTRIES)) == []


def test_every_worded_code_is_given() -> None:
    """No entry that nothing gives."""
    assert sorted(set(ENTRIES) - _codes_in_the_engine()) == []


def test_every_mistake_of_the_table_is_worded() -> None:
    """What a form of the table gives, the text and a hint, is all that its sentence needs."""
    mistakes = (ROOT / "grammar" / "mistakes.yaml").read_text(encoding="utf-8")
    for code, case in re.findall(r"\bcode: ([EW]\d{3})(?:, case: (\w+))?", mistakes):
        entry = {**ENTRIES[code], **(ENTRIES[code]["cases"][case] if case else {})}
        for name in ("message", "why", "repair", "otherwise"):
            needed = _placeholders(entry[name]["zh"]) if entry.get(name) else set[str]()
            assert needed <= {"text", "hint"}, (code, case, name)


def test_the_pages_are_up_to_date() -> None:
    """`docs/diagnostics/` is what `make docs` writes."""
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages()
