"""One code of the catalogue as a page: why it matters, a wrong example with the finding it gives, a right one."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from engine.diagnostics import FAMILIES, Lang, catalogue, codes
from engine.insight.examples import example, found_in
from engine.report.findings import Finding, render_text
from engine.report.text import COLUMNS, fold, indented, pad, visible, width
from engine.report.words import FAMILY_TITLES, say, word

_MARGIN = "    "


def render_rule(code: str, lang: Lang) -> str:
    """The page of one code."""
    entry = catalogue(code[1])[code]
    severity = say("warning" if code.startswith("W") else "error", lang)
    bad, good = example(code, "bad", lang), example(code, "good", lang)
    blocks = [
        [f"{code}  {severity}  {entry['title'][lang]}"],
        indented(entry["why"][lang].strip(), ""),
        _example(say("bad", lang), [visible(line) for line in bad.rstrip("\n").split("\n")]),
        _example(say("finding", lang), findings_shown(code, lang).split("\n")),
        _example(say("good", lang), good.rstrip("\n").split("\n")),
        _listed(say("cases", lang), case_titles(entry, lang)),
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks if block)


def findings_shown(code: str, lang: Lang) -> str:
    """What `check` or `run` prints about the wrong example: the first finding of this code, without its reason."""
    found = [Finding(finding, lang) for finding in found_in(example(code, "bad", lang), lang) if finding.code == code]
    return render_text(found[:1], reasons=False).rstrip("\n")


def case_titles(entry: Mapping[str, Any], lang: Lang) -> list[str]:
    """The other situations of a code, each in a few words: its title, or its message where that names nothing."""
    cases: Mapping[str, Mapping[str, Any]] = entry.get("cases") or {}
    titles = [case.get("title") or case.get("message") for case in cases.values()]
    return [title[lang] for title in titles if title and not _places(title[lang])]


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _example(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"{_MARGIN}{line}".rstrip() for line in lines)]


def _listed(title: str, sentences: list[str]) -> list[str]:
    lines: list[str] = []
    for sentence in sentences:
        first, *rest = fold(sentence, COLUMNS - len("- "))
        lines += [f"- {first}", *(f"  {line}" for line in rest)]
    return [title, *lines] if lines else []


def render_list(lang: Lang) -> str:
    """Every code with its title, family by family."""
    blocks = [[word(FAMILY_TITLES[family], lang), *_titles(family, lang)] for family in FAMILIES]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _titles(family: str, lang: Lang) -> list[str]:
    return [line for code in codes() if code[1] == family for line in _titled(code, lang)]


def _titled(code: str, lang: Lang) -> list[str]:
    head = pad(f"  {code}", 8)
    first, *rest = fold(catalogue(code[1])[code]["title"][lang], COLUMNS - width(head))
    return [head + first, *(" " * width(head) + line for line in rest)]
