"""What YAML cannot read, in the words of somebody who writes policies (E002)."""

import re

from engine.diagnostics import Diagnostic
from engine.language.reader.lines import Page, blank
from engine.source import Span, place_of

# YAML's own phrase, found in its message: our case, and whether the place is where the construct began.
_PHRASES = (
    ("quoted scalar", "unexpected end", "quote", True),
    ("quoted scalar", "document indicator", "quote", True),
    ("quoted scalar", "", "escape", False),
    ("flow", "'", "bracket", False),
    ("simple key", "", "key", True),
    ("anchor", "", "character", True),
    ("alias", "", "character", True),
    ("next token", "", "character", False),
    ("block scalar", "", "block", False),
    ("block mapping", "", "indent", False),
    ("block collection", "", "dash", False),
    ("", "mapping values are not allowed", "colon", False),
    ("", "sequence entries are not allowed", "list", False),
    ("node", "node content", "character", False),
)
_KEYBOARD = re.compile("[：，；“”‘’｛｝［］＃｜＂＇]")
_WORDS = re.compile(r"\"[^\"]*\"|'[^']*'|(?:^|\s)#.*")

Spot = tuple[int, int]


def misread(page: Page, context: str, begun: Spot | None, problem: str, spot: Spot | None) -> Diagnostic:
    """E002 for YAML's complaint; `begun` and `spot` are line and column from 0 in the lines YAML was given."""
    case, at_beginning = _case(context, problem)
    where = begun if at_beginning and begun else spot or begun or (0, 0)
    line, column = _written(page, where)
    if case in ("bracket", "colon", "key", "indent", "character") and _KEYBOARD.search(
        _WORDS.sub("", page.lines[line])
    ):
        case, column = "keyboard", _keyboard(page.lines[line])
    start = page.offset(line, column)
    end = start + 1 if column < len(page.lines[line].rstrip()) else start
    args = {"character": page.source.text[start:end].strip() or "…"}
    related = (place_of(page.source, _mark(page, begun)),) if begun and case in ("bracket", "quote") else ()
    return Diagnostic(code="E002", case=case, place=place_of(page.source, Span(start, end)), args=args, related=related)


def _case(context: str, problem: str) -> tuple[str, bool]:
    for within, phrase, case, at_beginning in _PHRASES:
        if within in context and phrase in problem:
            return case, at_beginning
    return "", False


def _written(page: Page, spot: Spot) -> Spot:
    """The position, or the end of the last line with something on it where YAML ran out of lines."""
    line, column = spot
    if line < len(page.lines) and not (blank(page.lines[line]) and column == 0):
        return line, column
    last = max((n for n in range(min(line, len(page.lines))) if not blank(page.lines[n])), default=0)
    return last, max(len(page.given[last].rstrip()) - 1, 0)


def _keyboard(line: str) -> int:
    """The column of the first full-width mark outside quotes and comments."""
    covered = [match.span() for match in _WORDS.finditer(line)]
    marks = (m.start() for m in _KEYBOARD.finditer(line) if not any(a <= m.start() < b for a, b in covered))
    return next(marks, 0)


def _mark(page: Page, spot: Spot) -> Span:
    start = page.offset(*spot)
    return Span(start, start + 1)
