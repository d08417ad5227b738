"""The one type for everything rubric finds wrong, and the catalogue that words it.

A diagnostic carries a stable code, a place and the values its sentence needs; the
sentences themselves (message, why, repair, in Chinese and in English) stand in
`grammar/diagnostics/`, one file per family. Nothing here prints: renderers are in `report.findings`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from typing import Any, Literal

from engine.resources import resource
from engine.source import Place
from engine.values import Frozen, named

Lang = Literal["zh", "en"]
Severity = Literal["error", "warning"]


@named
class Diagnostic(Frozen):
    """One finding.

    `code`: stable, `E…` an error, `W…` a warning; the first digit is the family (`FAMILIES`).
    `case`: which of the code's sentences applies, "" for its main one.
    `args`: what the sentence's `{placeholders}` stand for; a value that differs between
    the languages is a mapping `{"zh": …, "en": …}`.
    `hint`: the text to write instead, ready to be copied; None when none keeps the meaning.
    `related`: other places that belong to the finding, each with a label's case name.
    """

    code: str
    place: Place
    case: str = ""
    args: Mapping[str, Any] = field(default_factory=dict[str, Any])
    hint: str | None = None
    related: tuple[Place, ...] = ()
    clause: str | None = None

    @property
    def severity(self) -> Severity:
        """A `W` code is a warning, every other an error."""
        return "warning" if self.code.startswith("W") else "error"


def listed(names: Iterable[str], most: int | None = None) -> Mapping[str, str]:
    """Several names as an argument of a sentence, separated as each language does; only the first `most` of them."""
    told = list(names)
    rest = "…" if most is not None and len(told) > most else ""
    return {"zh": "、".join(told[:most]) + rest, "en": ", ".join(told[:most]) + rest}


class Refused(Exception):
    """The one exception of the public API: the input was refused, and why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(f"{d.place} {d.code}" for d in diagnostics))
        self.diagnostics = diagnostics


def in_order(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file, line, column and code, each once."""
    unique = {_rank(d): d for d in diagnostics}
    return tuple(unique[key] for key in sorted(unique))


def _rank(d: Diagnostic) -> tuple[Any, ...]:
    said = tuple((name, str(value)) for name, value in d.args.items())
    return (d.place.file, d.place.sheet or "", d.place.line, d.place.column, d.code, d.case, said)


FAMILIES = {
    "0": "file",
    "1": "layout",
    "2": "sentences",
    "3": "names",
    "4": "sums",
    "5": "bands",
    "6": "units",
    "7": "choices",
    "8": "dates",
    "9": "data",
}


@cache
def catalogue(family: str) -> Mapping[str, Mapping[str, Any]]:
    """The entries of one family's file, e.g. `grammar/diagnostics/4_sums.yaml`, by code."""
    import yaml  # only findings need the words; a clean check does not load them

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    path = resource("grammar", "diagnostics", f"{family}_{FAMILIES[family]}.yaml")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - our own file, safe loader


def codes() -> tuple[str, ...]:
    """Every code, family by family, in its order."""
    return tuple(code for family in FAMILIES for code in sorted(catalogue(family), key=lambda code: code[1:]))


def _entry(diagnostic: Diagnostic) -> Mapping[str, Any]:
    entry = catalogue(diagnostic.code[1])[diagnostic.code]
    return {**entry, **entry["cases"][diagnostic.case]} if diagnostic.case else entry


def _fill(template: Mapping[str, str] | None, diagnostic: Diagnostic, lang: Lang) -> str:
    if not template:
        return ""
    values: dict[str, Any] = {k: v[lang] if isinstance(v, Mapping) else v for k, v in diagnostic.args.items()}
    return template[lang].format_map({**values, "hint": diagnostic.hint or ""})


def message(diagnostic: Diagnostic, lang: Lang) -> str:
    """What is wrong, one sentence."""
    return _fill(_entry(diagnostic)["message"], diagnostic, lang)


def why(diagnostic: Diagnostic, lang: Lang) -> str:
    """Why it matters, one sentence."""
    return _fill(_entry(diagnostic).get("why"), diagnostic, lang)


def repair(diagnostic: Diagnostic, lang: Lang) -> str:
    """What to write instead; a sentence that speaks of `{hint}` is left out where there is none."""
    template = _entry(diagnostic).get("repair")
    if template and "{hint}" in template[lang] and not diagnostic.hint:
        template = _entry(diagnostic).get("otherwise")
    return _fill(template, diagnostic, lang)
