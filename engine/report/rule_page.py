"""One code of the catalogue as a page: what it means, why it matters, what is wrong and what is right."""

from collections.abc import Mapping
from typing import Any

from engine.diagnostics import Lang, catalogue, codes
from engine.report.text import COLUMNS, fold, indented, pad, width
from engine.report.words import say

_MARGIN = "    "


class _Open(dict[str, str]):
    """Whatever a sentence would speak of is left open."""

    def __missing__(self, key: str) -> str:
        return "…"


def render_rule(code: str, lang: Lang) -> str:
    """The page of one code."""
    entry = catalogue(code[1])[code]
    severity = say("warning" if code.startswith("W") else "error", lang)
    blocks = [
        [f"{code}  {severity}  {entry['title'][lang]}"],
        [line for sentence in _sentences(entry, lang) for line in indented(sentence, "")],
        *(_example(say(kind, lang), entry[kind]) for kind in ("bad", "good") if entry.get(kind)),
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks if block)


def _sentences(entry: Mapping[str, Any], lang: Lang) -> list[str]:
    """The message, the reason and the repair, then the special cases of the same rule."""
    said = [entry.get("message"), entry.get("why"), entry.get("repair")]
    cases: Mapping[str, Mapping[str, Any]] = entry.get("cases") or {}
    for case in cases.values():
        said += [case.get("message"), case.get("repair")]
    texts = [sentence[lang].format_map(_Open()).strip() for sentence in said if sentence]
    return list(dict.fromkeys(text for text in texts if text))


def _example(title: str, text: str) -> list[str]:
    return [title, *(f"{_MARGIN}{line}".rstrip() for line in text.rstrip("\n").split("\n"))]


def render_list(lang: Lang) -> str:
    """Every code with its title."""
    return "".join(f"{line}\n" for code in codes() for line in _listed(code, lang))


def _listed(code: str, lang: Lang) -> list[str]:
    head = pad(code, 6)
    first, *rest = fold(catalogue(code[1])[code]["title"][lang], COLUMNS - width(head))
    return [head + first, *(" " * width(head) + line for line in rest)]
