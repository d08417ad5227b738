"""The outline: physical lines to logical lines, and logical lines to a tree by their indentation.

Nothing is understood here but blanks, comments, bullets and where a line goes on. A bad line
never hides its neighbours: it is reported, given the most likely place, and reading goes on.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.diagnostics import Diagnostic, listed
from engine.language.text import Text, clean, invisible, pinyin
from engine.source import Source, Span, place_of

# A line that ends so goes on below: + × / , ; 、 = (the full-width forms are folded before).
_GOES_ON = re.compile(r"[+×*/,;、=]\s*$")
_BULLET = re.compile(r"(?:[-·•](?=\s)|-(?=[^\s\d—-]))\s*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#")
_LIKE_A_LINE = re.compile(r"^[^,;:\"()]{1,40}(?:\s+\d[\d.]*\s*(?:%|分|points?))?\s*:")


@dataclass(slots=True)
class Row:
    """One logical line: its text, indentation, and what stands below it."""

    text: Text
    indent: int
    bullet: bool
    rows: list["Row"] = field(default_factory=list["Row"])

    @property
    def span(self) -> Span:
        """Where the line stands in the source."""
        return self.text.span(0, len(self.text.shown))


def layout(source: Source, block: Span) -> tuple[list[Row], list[Diagnostic]]:
    """The top-level rows of a block (policy-wide bullets and lines) with everything below them."""
    found: list[Diagnostic] = []
    rows = _joined(_physical(source, block, found), source, found)
    return _tree(rows, source, found), found


def _physical(source: Source, block: Span, found: list[Diagnostic]) -> list[Row]:
    rows: list[Row] = []
    offset = block.start
    for raw in source.text[block.start : block.end].splitlines(keepends=True):
        line = raw.rstrip("\r\n")
        _report_marks(source, line, offset, found)
        text = clean(line, offset)
        text = text.part(0, _comment_start(text.folded))
        content = text.stripped()
        if content.folded:
            indent = len(text.folded) - len(text.folded.lstrip())
            mark = _BULLET.match(content.folded)
            rows.append(Row(content.part(mark.end(), len(content.folded)) if mark else content, indent, bool(mark)))
        offset += len(raw)
    return rows


def _report_marks(source: Source, line: str, offset: int, found: list[Diagnostic]) -> None:
    """W103 and W107: what was cut out of the line is told, once per line and kind."""
    if line.isascii():
        return
    unseen = [] if line.isprintable() else [i for i, c in enumerate(line) if invisible(c)]
    if unseen:
        name = " ".join(dict.fromkeys(f"U+{ord(line[i]):04X}" for i in unseen))
        place = place_of(source, Span(offset + unseen[0], offset + unseen[0] + 1))
        found.append(Diagnostic(code="W103", place=place, args={"characters": name, "count": str(len(unseen))}))
    pasted = pinyin(line)
    if pasted:
        words = " ".join(line[a:b] for a, b in pasted)
        place = place_of(source, Span(offset + pasted[0][0], offset + pasted[0][1]))
        found.append(Diagnostic(code="W107", place=place, args={"pinyin": words}))


def _comment_start(folded: str) -> int:
    for match in _COMMENT.finditer(folded):
        if folded.count('"', 0, match.start()) % 2 == 0:
            return match.start()
    return len(folded)


def _joined(rows: list[Row], source: Source, found: list[Diagnostic]) -> list[Row]:
    """Logical lines: a line that goes on takes the deeper lines below it."""
    joined: list[Row] = []
    begin: int | None = None
    for row in rows:
        last = joined[-1] if joined else None
        if last is not None and begin is not None and row.indent > begin and not row.bullet and _goes_on(last):
            if not last.bullet and _LIKE_A_LINE.match(row.text.folded):
                found.append(Diagnostic(code="W110", place=place_of(source, row.span), args={"line": row.text.shown}))
            last.text = _concatenated(last.text, row.text)
        else:
            joined.append(row)
            begin = row.indent
    return joined


def _goes_on(row: Row) -> bool:
    return bool(_GOES_ON.search(row.text.folded)) or (row.bullet and row.text.folded.endswith(":"))


def _concatenated(one: Text, two: Text) -> Text:
    offsets = (*one.offsets[:-1], one.offsets[-1], *two.offsets)
    return Text(f"{one.shown} {two.shown}", f"{one.folded} {two.folded}", offsets)


def _tree(rows: list[Row], source: Source, found: list[Diagnostic]) -> list[Row]:
    top: list[Row] = []
    open_rows: list[Row] = []
    last_bullet: Row | None = None
    used = Counter(row.indent for row in rows if not row.bullet)
    for row in rows:
        if row.bullet:
            if last_bullet is not None and row.indent > last_bullet.indent:
                found.append(Diagnostic(code="E105", place=place_of(source, row.span)))
            _put_bullet(row, top, open_rows, source, found)
            last_bullet = row
            continue
        last_bullet = None
        odd = _close(row, open_rows, used)
        if odd:
            found.append(_out_of_line(*odd, source))
        (open_rows[-1].rows if open_rows else top).append(row)
        open_rows.append(row)
    if not any(finding.code == "E104" for finding in found):
        found += [_out_of_line(*odd, source) for odd in _one_off(top)]
    return top


def _put_bullet(row: Row, top: list[Row], open_rows: list[Row], source: Source, found: list[Diagnostic]) -> None:
    """A bullet belongs to the nearest line above that is less indented; without one, to the policy."""
    owner = next((r for r in reversed(open_rows) if r.indent < row.indent), None)
    if owner is None and open_rows:
        found.append(
            Diagnostic(code="E112", place=place_of(source, row.span), args={"line": open_rows[-1].text.shown[:30]})
        )
        owner = open_rows[-1]
    (owner.rows if owner else top).append(row)


def _close(row: Row, open_rows: list[Row], used: Counter[int]) -> tuple[Row, list[int]] | None:
    """Leave the open lines that are not above this one; the odd line and the right indents where it lines up with none.

    Of two lines that should line up the odd one is the one whose indent fewer lines have; of two alike, the one with
    an odd number of blanks, for people indent by two or four.
    """
    closed: Row | None = None
    while open_rows and open_rows[-1].indent >= row.indent:
        closed = open_rows.pop()
    if closed is None or closed.indent == row.indent:
        return None
    if (used[closed.indent], closed.indent % 2 == 0) < (used[row.indent], row.indent % 2 == 0):
        return closed, [row.indent]
    return row, sorted({r.indent for r in (*open_rows, closed)})


def _one_off(top: list[Row]) -> Iterator[tuple[Row, list[int]]]:
    """Lines one blank away from where more lines of the same level stand: a blank was typed or lost."""
    level: list[Row] = [row for row in top if not row.bullet]
    while level:
        used = Counter(row.indent for row in level)
        for row in level:
            near = [i for i in (row.indent - 1, row.indent + 1) if used[i] > used[row.indent]]
            if near:
                yield row, near
        level = [below for row in level for below in row.rows if not below.bullet]


def _out_of_line(row: Row, expected: list[int], source: Source) -> Diagnostic:
    args = {"indent": str(row.indent), "expected": listed(str(i) for i in expected)}
    return Diagnostic(code="E104", place=place_of(source, row.span), args=args)
