"""The lines of a policy file, and the slips of indentation that YAML would describe misleadingly.

YAML is given the lines with every slip repaired in place, so that one slip does not hide the next
finding; `Page.offset` leads from a position in the repaired lines back to the file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import field

from engine.diagnostics import Diagnostic
from engine.language.seldom import Seldom
from engine.source import Source, Span, place_of
from engine.values import Frozen, named

# Blanks that look like indentation and are none: tab, no-break spaces, typographic spaces, full-width space.
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_WRONG = re.compile(rf" *[{_BLANKS}][ {_BLANKS}]*(?=\S)")
_WIDE = {"\t": "  ", "\u3000": "  "}


@named
class Page(Frozen):
    """A file's lines as written and as YAML gets them; line numbers here count from 0.

    `moved`: for a repaired line the column from which on it is longer than written, and by how much.
    `tabbed`: the lines whose indentation was not made of spaces.
    """

    source: Source
    lines: tuple[str, ...]
    given: list[str]
    moved: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    tabbed: frozenset[int] = frozenset()

    def repair(self, line: int, text: str, column: int) -> None:
        """Give YAML another text for a line that differs in length from `column` on."""
        self.given[line] = text
        self.moved[line] = (column, len(text) - len(self.lines[line]))

    def offset(self, line: int, column: int) -> int:
        """The offset in the file of a position in the lines YAML was given."""
        if line >= len(self.lines):
            return len(self.source.text)
        if line in self.moved:
            start, longer = self.moved[line]
            column = max(start, column - longer) if column > start else column
        return self.source.starts[line] + min(column, len(self.lines[line]))

    def span(self, line: int) -> Span:
        """The span of a line's text without its indentation."""
        start, text = self.source.starts[line], self.lines[line]
        return Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def blank(line: str) -> bool:
    """Whether there is nothing on the line."""
    return not line.strip()


def page_of(source: Source) -> tuple[Page, tuple[Diagnostic, ...]]:
    """The file's lines, and E101 for every run of lines indented by anything but spaces."""
    ends = (*source.starts[1:], len(source.text))
    lines = tuple(source.text[a:b].rstrip("\r\n") for a, b in zip(source.starts, ends, strict=True))
    wrong = {number: found[0] for number, line in enumerate(lines) if (found := _WRONG.match(line))}
    page = Page(source=source, lines=lines, given=list(lines), tabbed=frozenset(wrong))
    for number, blanks in wrong.items():
        page.repair(number, _spaces(blanks) + lines[number][len(blanks) :], 0)
    return page, tuple(_tab(page, wrong, run) for run in runs(wrong, lines))


def level_of(page: Page, run: list[int], guess: int, lines: range) -> int | None:
    """How far lines that lost their indentation stood, of those of the file or of a block; None where it is open.

    A single line between two of one level is on that level, unless the upper one is a heading. Lines that are deeper
    than the one above, which has nothing else below it, are its parts however deep they are. Else `guess` is right
    only where both have it too.
    """
    before = next((n for n in reversed(lines) if n < run[0] and not blank(page.given[n])), None)
    after = next((n for n in lines if n > run[-1] and not blank(page.given[n])), None)
    above, below = (None if n is None else indent(page.given[n]) for n in (before, after))
    if before is None or above is None:
        return None
    if after is not None and _bullet(page, after) and not _bullet(page, run[-1]):  # which is about this line
        return None
    if len(run) == 1 and above == below and _SAID.search(page.given[before]):
        return above
    parts = guess > above and (below is None or below <= above)
    return guess if parts or above == below == guess else None


def _bullet(page: Page, line: int) -> bool:
    return page.given[line].lstrip().startswith("- ")


_SAID = Seldom(r"^ *- |[:：] *[^\s|]")  # a bullet, or a line with something behind its colon


def runs(numbers: Iterable[int], lines: tuple[str, ...]) -> Iterator[list[int]]:
    """Line numbers in order, those that follow each other (but for blank lines) together."""
    run: list[int] = []
    for number in numbers:
        if run and any(not blank(line) for line in lines[run[-1] + 1 : number]):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _spaces(blanks: str) -> str:
    return "".join(_WIDE.get(blank, " ") for blank in blanks)


def _tab(page: Page, wrong: dict[int, str], run: list[int]) -> Diagnostic:
    start, blanks = page.source.starts[run[0]], wrong[run[0]]
    character = blanks.lstrip(" ")[0]
    case = {"\t": "", "\u3000": "wide"}.get(character, "blank")
    level = indent(page.given[run[0]])  # every blank but a tab is as wide as it looks
    if character == "\t":
        level = level_of(page, run, level, range(len(page.given)))
    if level is not None and len(run) == 1:
        page.repair(run[0], " " * level + page.given[run[0]].lstrip(), 0)
    return Diagnostic(
        code="E101",
        case=case,
        place=place_of(page.source, Span(start, start + len(blanks))),
        args={"count": len(run), "character": f"U+{ord(character):04X}"},
        hint=None if level is None else page.given[run[0]].rstrip(),
    )
