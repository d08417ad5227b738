"""Text and positions.

A `Source` is one text file as it was read. A `Span` is a stretch of its text in
code points; a `Place` is what people and tools are shown: file, line, column,
counted from 1 in code points, with the line itself for the caret below it.
"""

from bisect import bisect_right
from dataclasses import field
from pathlib import Path
from typing import NamedTuple

from engine.values import Frozen, named


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of a source's text, in code points."""

    start: int
    end: int

    def to(self, other: "Span") -> "Span":
        """The stretch from the start of this span to the end of the other."""
        return Span(self.start, other.end)


NOWHERE = Span(0, 0)


@named
class Source(Frozen):
    """One text file: the name people gave it, its text, and where its lines begin."""

    name: str
    text: str
    starts: tuple[int, ...] = field(repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the UTF-8 text, in hexadecimal."""
        from hashlib import sha256  # only a result names it

        return sha256(self.text.encode("utf-8")).hexdigest()

    def line_of(self, offset: int) -> int:
        """The number of the line, from 1, that holds the code point at `offset`."""
        return bisect_right(self.starts, offset)

    def line_text(self, line: int) -> str:
        """The text of line number `line` (from 1) without its line end."""
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : end].rstrip("\r\n")


@named
class Place(Frozen):
    """Where something is, as shown to people.

    In a text file: line and column from 1, in code points; `text` is the line.
    In a workbook: `sheet` and `cell` (`B7`), with line and column the cell's row
    and column number. `end_column` is exclusive.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.file}!{self.sheet}!{self.cell}" if self.cell else f"{self.file}!{self.sheet}"
        return f"{self.file}:{self.line}:{self.column}"


def source_of(name: str, text: str) -> Source:
    """A source from a text already in memory; lines end at LF, CRLF or CR."""
    starts = [0]
    for offset, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n"):
            starts.append(offset + 1)
    return Source(name=name, text=text, starts=tuple(starts))


def place_of(source: Source, span: Span) -> Place:
    """The place of a span; a span over several lines shows its first line."""
    line, end_line = source.line_of(span.start), source.line_of(max(span.start, span.end - 1))
    return Place(
        file=source.name,
        line=line,
        column=span.start - source.starts[line - 1] + 1,
        end_line=end_line,
        end_column=span.end - source.starts[end_line - 1] + 1,
        text=source.line_text(line),
    )


def file_place(path: Path | str) -> Place:
    """The place that stands for a whole file."""
    return Place(file=str(path), line=1, column=1, end_line=1, end_column=1)
