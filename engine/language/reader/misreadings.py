"""What YAML cannot read, in the words of somebody who writes policies (E002)."""

import re
from itertools import takewhile

from engine.diagnostics import Diagnostic
from engine.language.reader.lines import Page, blank, indent
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
    if case == "bracket" and begun and spot and begun[0] != spot[0]:
        where = begun
    line, column = _written(page, where)
    quote = None if case in ("quote", "escape") else _open_quote(page, line)
    if quote is not None:
        case, (line, column) = "quote", quote
    if case == "colon" and ": " not in page.lines[line][:column]:
        case, line, column = _own_colon(page, line)
    if case == "key" and _above(page, line).lstrip().startswith("- "):
        case = "dash"
    if case in ("indent", "dash") and column == indent(page.given[line]) and not _dash_among_keys(page, line):
        case, line, column = _broken_off(page, line) or (case, line, column)
    if case in ("bracket", "colon", "key", "indent", "character") and _KEYBOARD.search(
        _WORDS.sub("", page.lines[line])
    ):
        case, column = "keyboard", _keyboard(page.lines[line])
    start = page.offset(line, column)
    end = start + 1 if column < len(page.lines[line].rstrip()) else start
    args = {"character": page.source.text[start:end].strip() or "…"}
    hint = _in_quotes(page.lines[line]) if case == "colon" else None
    return Diagnostic(code="E002", case=case, place=place_of(page.source, Span(start, end)), args=args, hint=hint)


def _in_quotes(line: str) -> str | None:
    """The line with its whole value in quotes, where that needs no more than the quotes.

    Only for a key of ours, and where no blanks, bracket or key in the value show that a line end or a bracket was lost:
    two names of the glossary may stand on the line.
    """
    found = re.fullmatch(r"\s*(?P<key>[a-z]+: +)(?P<value>[^#\"'\[{}\]\\]*[^#\"'\[{}\]\\\s])\s*", line)
    lost = found is None or re.search(r"\s{2}|(?:^|[^A-Za-z ])\s*[a-z_]+:", found["value"])
    return None if found is None or lost else f'{found["key"]}"{found["value"]}"'


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


# A quote that begins a value and is not closed on its line.
_OPEN_QUOTE = re.compile(r"(?:^\s*(?:- +)?|[:,\[{] +|[\[{])(?P<quote>[\"'])(?:(?!(?P=quote)).)*$")


def _open_quote(page: Page, last: int) -> Spot | None:
    """The first quote that is never closed: YAML reads on to the next one, and stumbles behind that."""
    found = ((number, _OPEN_QUOTE.search(line)) for number, line in enumerate(page.given[: last + 1]))
    return next(((number, match.start("quote")) for number, match in found if match), None)


_TWO_KEYS = re.compile(r"\s*\w+:\w+:\s*(?:#.*)?$")


def _broken_off(page: Page, line: int) -> tuple[str, int, int] | None:
    """The line above that lost or gained indentation, where this one only goes on as the lines before it did.

    A heading that left its level (the lines before it are where this one is, or a key without a value); or the first
    line below a heading, which alone is deeper than several others; or a key whose own lines begin where it does.
    """
    own = indent(page.given[line])
    said = [n for n in range(line) if not blank(page.given[n]) and not page.given[n].lstrip().startswith("#")]
    heading = next((n for n in reversed(said) if indent(page.given[n]) < own), None)
    if heading is None:
        return None
    if _TWO_KEYS.match(page.given[heading]):
        return "joined", heading, indent(page.given[heading])
    before = next((n for n in reversed(said) if n < heading and indent(page.given[n]) <= own), heading)
    beside = [before, heading] == said[said.index(before) :][:2] and indent(page.given[before]) == indent(
        page.given[heading]
    )
    childless = beside and page.given[before].rstrip().endswith(":")
    if indent(page.given[before]) == own or childless or _first_entry_lost_a_blank(page, before, heading, line):
        return "indent", heading, indent(page.given[heading])
    first, *others = [*(n for n in said if n > heading), line]
    level = [n for n in others if indent(page.given[n]) == indent(page.given[first])]
    rest = takewhile(lambda other: blank(other) or indent(other) >= own, page.given[line:])
    alone = not level and sum(indent(other) == own and not blank(other) for other in rest) > 1
    bare = page.given[first].rstrip().endswith(":") and level[:1] == others[:1]
    return ("indent", first, indent(page.given[first])) if first != line and (alone or bare) else None


def _dash_among_keys(page: Page, line: int) -> bool:
    """Whether a line begins with a dash where those before it on its level are keys: it stands in the wrong place."""
    level = indent(page.given[line])
    before = takewhile(lambda one: blank(one) or indent(one) >= level, reversed(page.given[:line]))
    beside = [one.lstrip() for one in before if not blank(one) and indent(one) == level]
    return page.given[line].lstrip().startswith("- ") and bool(beside) and not beside[0].startswith(("- ", "#"))


def _first_entry_lost_a_blank(page: Page, above: int, heading: int, line: int) -> bool:
    """Whether a heading right below a key has an odd number of blanks and this line, its sibling, an even one."""
    blanks = indent(page.given[heading]) % 2, indent(page.given[line]) % 2
    between = (one for one in page.given[above + 1 : heading] if not blank(one) and not one.lstrip().startswith("#"))
    return page.given[above].rstrip().endswith(":") and blanks == (1, 0) and next(between, None) is None


def _keyboard(line: str) -> int:
    """The column of the first full-width mark outside quotes and comments."""
    covered = [match.span() for match in _WORDS.finditer(line)]
    marks = (m.start() for m in _KEYBOARD.finditer(line) if not any(a <= m.start() < b for a, b in covered))
    return next(marks, 0)


def _above(page: Page, line: int) -> str:
    """The nearest line above with something on it; "" at the top."""
    return next((page.given[n] for n in reversed(range(line)) if not blank(page.given[n])), "")


def _own_colon(page: Page, line: int) -> tuple[str, int, int]:
    """YAML minds the line's own colon: the line above has none, or this one stands in the wrong column."""
    above = next((n for n in reversed(range(line)) if not blank(page.given[n])), line)
    if ":" not in page.given[above] and not page.given[above].lstrip().startswith(("#", "-")):
        return "key", above, indent(page.given[above])
    return "indent", line, indent(page.given[line])
