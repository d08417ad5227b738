"""Diagnostics as people and tools read them: text, concise, JSON, and GitHub's workflow commands."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from engine.diagnostics import Diagnostic, Lang, message, repair, why
from engine.report.text import COLUMNS, excerpt, visible
from engine.report.words import say
from engine.source import Place
from engine.values import Frozen, positional

SCHEMA = "rubric/findings/1"
_MARGIN = "    "
_SHOWN = 10  # GitHub shows ten errors and ten warnings of a step and drops the rest in silence


@positional
class Finding(Frozen):
    """A diagnostic and the language its reader asked for."""

    diagnostic: Diagnostic
    lang: Lang


def render_text(findings: Sequence[Finding], *, reasons: bool = True) -> str:
    """Each finding with its line, a caret below the fault, the repair and, unless `reasons` is false, the reason."""
    return "".join(f"{line}\n" for finding in findings for line in _text(finding, reasons))


def render_concise(findings: Sequence[Finding]) -> str:
    """One line for each finding: `file:line:column: CODE severity: message`."""
    return "".join(f"{_headline(finding)}\n" for finding in findings)


def render_json(findings: Sequence[Finding]) -> str:
    """The findings as `grammar/findings.schema.json` describes them."""
    data = {"schema": SCHEMA, "findings": [finding_data(finding) for finding in findings]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def render_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, errors first, at most ten of each severity; the rest are counted, not lost."""
    errors = [f for f in findings if f.diagnostic.severity == "error"]
    warnings = [f for f in findings if f.diagnostic.severity == "warning"]
    lines = [_command(finding) for finding in (*errors[:_SHOWN], *warnings[:_SHOWN])]
    hidden = len(findings) - len(lines)
    if hidden:
        notice = say("hidden findings", findings[0].lang, count=hidden)
        lines.append(f"::notice title=rubric::{_escaped(notice)}")
    return "".join(f"{line}\n" for line in lines)


RENDERERS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": render_text,
    "concise": render_concise,
    "json": render_json,
    "github": render_github,
}


# ---------------------------------------------------------------- text


def shown_place(place: Place) -> str:
    """The place on one line; a file name that CI logs would read as a command is told as a path."""
    text = visible(str(place))
    return f"./{text}" if text.startswith(("::", "##")) else text


def _headline(finding: Finding) -> str:
    diagnostic, lang = finding.diagnostic, finding.lang
    sentence = visible(message(diagnostic, lang))
    return f"{shown_place(diagnostic.place)}: {diagnostic.code} {diagnostic.severity}: {sentence}"


def _text(finding: Finding, reasons: bool) -> list[str]:
    diagnostic, lang = finding.diagnostic, finding.lang
    lines = [_headline(finding), *_quoted(diagnostic.place)]
    if diagnostic.clause:
        lines.append(f"{_MARGIN}{say('clause', lang, clause=visible(diagnostic.clause))}")
    lines += _prose(repair(diagnostic, lang), "= ")
    lines += _prose(why(diagnostic, lang) if reasons else "", "  ")
    lines += [f"{_MARGIN}- {_also(place, lang)}" for place in diagnostic.related]
    return lines


def _quoted(place: Place) -> tuple[str, ...]:
    """The line with the caret below it; nothing for a cell or for a whole file."""
    if place.sheet is not None or not place.text.strip():
        return ()
    end = place.end_column - 1 if place.end_line == place.line else len(place.text)
    line, carets = excerpt(place.text, place.column - 1, end, COLUMNS - len(_MARGIN))
    return f"{_MARGIN}{line}", f"{_MARGIN}{carets}"


def _prose(text: str, sign: str) -> list[str]:
    """A sentence as it is, never folded: what it says to write can be copied."""
    first, *rest = text.strip().split("\n")
    if not first:
        return []
    return [f"{_MARGIN}{sign}{visible(first)}", *(f"{_MARGIN}  {visible(line)}" for line in rest)]


def _also(place: Place, lang: Lang) -> str:
    text = f" {visible(place.text.strip())}" if place.text.strip() else ""
    return say("see also", lang, place=shown_place(place), text=text)


# ---------------------------------------------------------------- data


def where(place: Place) -> dict[str, Any]:
    """A place as programs read it."""
    data: dict[str, Any] = {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
    return data if place.sheet is None else {**data, "sheet": place.sheet, "cell": place.cell}


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding as `grammar/findings.schema.json` describes it."""
    diagnostic, lang = finding.diagnostic, finding.lang
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        **where(diagnostic.place),
        "message": message(diagnostic, lang),
        "why": why(diagnostic, lang),
        "repair": repair(diagnostic, lang),
        "hint": diagnostic.hint,
        "clause": diagnostic.clause,
        "related": [where(place) for place in diagnostic.related],
    }


# ---------------------------------------------------------------- GitHub


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _command(finding: Finding) -> str:
    diagnostic, lang = finding.diagnostic, finding.lang
    place = diagnostic.place
    properties = {"file": place.file, "line": str(place.line), "title": diagnostic.code}
    if place.end_line == place.line:
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    else:
        properties |= {"endLine": str(place.end_line)}
    if place.sheet is not None:
        properties = {"file": place.file, "title": diagnostic.code}
    told = ",".join(f"{name}={_property(text)}" for name, text in properties.items())
    cell = f"{place.sheet}!{place.cell}: " if place.cell else ""
    sentences = [cell + message(diagnostic, lang), repair(diagnostic, lang)]
    body = "\n".join(visible(line) for text in sentences for line in text.strip().split("\n") if line)
    return f"::{diagnostic.severity} {told}::{_escaped(body)}"
