"""Tables for terminals and for Markdown: numbers are text already, nothing is guessed or cut off."""

import re
from collections.abc import Sequence
from typing import Literal

from engine.report.text import COLUMNS, fold, visible, width

Align = Literal["left", "right"]
Row = Sequence[str]

GAP = 2  # columns between columns
_LEAST = 6  # the narrowest a text column is folded to
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~&#]")


def draw(head: Row, rows: Sequence[Row], align: Sequence[Align], columns: int = COLUMNS) -> str:
    """A table of at most `columns`, its texts folded; blanks before a text stay before each of its lines."""
    cells = [[visible(cell) for cell in row] for row in (head, *rows)]
    room = _room(cells, align, columns)
    head, *rows = [[_folded(cell, room[i]) for i, cell in enumerate(row)] for row in cells]
    drawn = _drawn(head, rows, "simple", align)
    return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())


def _drawn(head: Row, rows: Sequence[Row], form: str, align: Sequence[Align]) -> str:
    import tabulate  # it and its tables of widths are loaded only where there is a table to draw

    tabulate.MIN_PADDING = 0  # heads as narrow as their words: 80 columns are few
    return tabulate.tabulate(rows, head, form, disable_numparse=True, colalign=align, preserve_whitespace=True)


def _room(cells: Sequence[Row], align: Sequence[Align], columns: int) -> list[int]:
    """How wide each column may be: the widest texts give way until the table fits."""
    room = [max(width(row[i]) for row in cells) for i in range(len(align))]
    while sum(room) + GAP * (len(room) - 1) > columns:
        widest = max((i for i in range(len(room)) if align[i] == "left"), key=lambda i: room[i], default=None)
        if widest is None or room[widest] <= _LEAST:
            break
        room[widest] -= 1
    return room


def _folded(cell: str, columns: int) -> str:
    text = cell.lstrip()
    margin = cell[: len(cell) - len(text)][: max(0, columns - min(_LEAST, width(text)))]
    return "\n".join(margin + line for line in fold(text, max(1, columns - len(margin))))


def draw_markdown(head: Row, rows: Sequence[Row], align: Sequence[Align]) -> str:
    """The table in Markdown; no cell can end a cell, begin a tag or become a link."""
    cells = [[escaped(cell) for cell in row] for row in (head, *rows)]
    return f"{_drawn(cells[0], cells[1:], 'pipe', align)}\n"


def escaped(text: str) -> str:
    """A text as Markdown shows it literally; leading blanks, which Markdown drops, become wide ones."""
    bare = text.lstrip(" ")
    plain = _MARKDOWN.sub(lambda sign: f"\\{sign.group()}", visible(" ".join(bare.splitlines())))
    return "&emsp;" * ((len(text) - len(bare)) // 2) + plain
