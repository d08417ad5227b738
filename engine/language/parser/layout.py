"""The outline: physical lines to logical lines, and logical lines to a tree by their indentation.

Nothing is understood here but blanks, comments, bullets and where a line goes on. A bad line
never hides its neighbours: it is reported, given the most likely place, and reading goes on.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from engine.diagnostics import Diagnostic, listed
from engine.language.seldom import Seldom
from engine.language.text import Text, clean, invisible, pinyin
from engine.source import Source, Span, place_of

# A line that ends so goes on below: + × / , ; 、 = (the full-width forms are folded before).
_GOES_ON = Seldom(r"[+×*/,;、=]\s*$")
_BULLET = re.compile(r"(?:[-·•](?=\s)|-(?=[^\s\d—-]))\s*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#")
_LIKE_A_LINE = Seldom(r"^[^,;:\"()]{1,40}(?:\s+\d[\d.]*\s*(?:%|分|points?))?\s*:")


# Several blanks between two words, where no weight follows: what stood on a line of its own.
_LOST_LINE_END = Seldom(
    r"(?<=[\w)]) {2,}(?=[^\W\d]|- )(?!权重|重要度|占|weight)(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", re.IGNORECASE
)


_SEVERAL = 3


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
        text = clean(line, offset)
        if not isinstance(text.offsets, range):  # something was cut out
            _report_marks(source, line, offset, found)
        if "#" in line or "＃" in line:
            text = text.part(0, _comment_start(text.folded))
        content = text.stripped()
        if content.folded:
            indent = len(text.folded) - len(text.folded.lstrip())
            joined = _lost_line_end(content, source)
            if joined:
                found.append(joined)
            mark = _BULLET.match(content.folded)
            rows.append(Row(content.part(mark.end(), len(content.folded)) if mark else content, indent, bool(mark)))
        offset += len(raw)
    return rows


def _report_marks(source: Source, line: str, offset: int, found: list[Diagnostic]) -> None:
    """W103 and W107: what was cut out of the line is told, once per line and kind."""
    unseen = [i for i, c in enumerate(line) if invisible(c)]
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


def _lost_line_end(text: Text, source: Source) -> Diagnostic | None:
    """W110: two lines on one: several blanks between words are what is left of the second one's indentation."""
    gap = _LOST_LINE_END.search(text.folded) if "  " in text.folded else None
    if gap is None:
        return None
    words = text.shown[gap.end() :]
    place = place_of(source, text.span(gap.end(), len(text.shown)))
    return Diagnostic(code="W110", case="blanks", place=place, args={"line": words})


def _goes_on(row: Row) -> bool:
    return bool(_GOES_ON.search(row.text.folded)) or (row.bullet and row.text.folded.endswith(":"))


def _concatenated(one: Text, two: Text) -> Text:
    offsets = (*one.offsets[:-1], one.offsets[-1], *two.offsets)
    return Text(f"{one.shown} {two.shown}", f"{one.folded} {two.folded}", offsets)


def _tree(rows: list[Row], source: Source, found: list[Diagnostic]) -> list[Row]:
    top: list[Row] = []
    open_rows: list[Row] = []
    last_bullet: Row | None = None
    lines = [row for row in rows if not row.bullet]
    used = Counter(row.indent for row in lines)
    for number, row in enumerate(rows):
        if row.bullet:
            if last_bullet is not None and row.indent > last_bullet.indent:
                beside = takewhile(lambda other, row=row: other.bullet and other.indent == row.indent, rows[number:])
                lost = len(list(beside)) > 1
                odd = Diagnostic(code="E105", place=place_of(source, row.span))
                found.append(_out_of_line(last_bullet, [row.indent], source) if lost else odd)
            _put_bullet(row, top, open_rows, source, found)
            last_bullet = row
            continue
        last_bullet = None
        closed = _close(row, open_rows)
        if closed:
            heading = open_rows[-1] if open_rows else None
            odd = _odder(lines, row, closed, heading) or _less_used(row, closed, open_rows, used)
            found.append(_out_of_line(*odd, source))
        (open_rows[-1].rows if open_rows else top).append(row)
        open_rows.append(row)
    if not any(finding.code == "E104" for finding in found):
        found += [_out_of_line(*odd, source) for odd in list(_one_off(top)) or _off_step(lines)]
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


def _close(row: Row, open_rows: list[Row]) -> Row | None:
    """Leave the open lines that are not above this one; the last of them where this line lines up with none."""
    closed: Row | None = None
    while open_rows and open_rows[-1].indent >= row.indent:
        closed = open_rows.pop()
    return None if closed is None or closed.indent == row.indent else closed


def _odder(lines: list[Row], row: Row, closed: Row, heading: Row | None) -> tuple[Row, list[int]] | None:
    """Which line is odd where a line stands between its heading and the first line below that; and its right indent.

    It is the heading, where this line goes on at a level that the heading broke off though several lines are below it;
    or the first line below the heading, where only it is deeper and several are not.
    """
    start = lines.index(heading) + 1 if heading else 0
    at = lines.index(row)
    deeper = sum(line.indent == closed.indent for line in lines[start:at])
    above = next((line.indent for line in reversed(lines[: max(0, start - 1)]) if line.indent <= row.indent), -1)
    if heading and above == row.indent and deeper > 1:
        return heading, [row.indent]
    level = list(takewhile(lambda line: heading is None or line.indent > heading.indent, lines[at:]))
    if deeper == 1 and sum(line.indent == row.indent for line in level) > 1:
        return closed, [row.indent]
    return None


def _less_used(row: Row, closed: Row, open_rows: list[Row], used: Counter[int]) -> tuple[Row, list[int]]:
    """Of two lines that should line up the one whose indent fewer lines have; and the right indents.

    Of two alike it is the one with an odd number of blanks, for people indent by two or four.
    """
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


def _off_step(lines: list[Row]) -> Iterator[tuple[Row, list[int]]]:
    """The only line with an odd number of blanks among several with an even one, if it is not beside its like."""
    odd = [row for row in lines if row.indent % 2]
    if len(odd) == 1 and len(lines) > _SEVERAL:
        yield odd[0], [odd[0].indent - 1, odd[0].indent + 1]


def _out_of_line(row: Row, expected: list[int], source: Source) -> Diagnostic:
    args = {"indent": str(row.indent), "expected": listed(str(i) for i in expected)}
    return Diagnostic(code="E104", place=place_of(source, row.span), args=args)
