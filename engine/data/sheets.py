"""A sheet: one table as it stands in a file, every cell as text, with the address of each of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import ascii_uppercase

from engine.data.faults import NAMED, NONE, Faults
from engine.source import Place

NOTE = re.compile(
    r"(合\s*计|总\s*计|小\s*计|sub-?total|total|sum)$|(备?注|说明|制表|编制|审核|批准|填表)(人|日期)?\s*[:：]",
    re.IGNORECASE,
)
INVISIBLE = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The records of one table.

    `headers`: all of them, as written. `rows`: the number of each record's row (in a text file,
    of its first line). `columns`: the texts of the columns that were asked for, by position, one per
    record, without surrounding blanks. `merged`: by position, first and last record of each cell merged downwards.
    `epoch`: the day 0 of the dates that a workbook stores as numbers. `notes`: records that are no records but totals
    or notes. `first`: the workbook column of position 0. `lines`: of a text file, for addresses.
    `lineless`: a file of records and columns, without lines. `most`: faults of a column that are named.
    """

    file: str
    sheet: str | None = None
    header_row: int
    headers: tuple[str, ...]
    rows: Sequence[int]
    columns: Mapping[int, list[str]] = field(repr=False)
    merged: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict[int, tuple[tuple[int, int], ...]])
    epoch: date | None = None
    notes: tuple[int, ...] = ()
    first: int = 0
    lines: Sequence[str] = field(default=(), repr=False)
    delimiter: str = ","
    lineless: bool = False
    most: int = NAMED
    faults: Faults = NONE


def cell_name(row: int, position: int) -> str:
    """`B7` for row 7 and position 1."""
    letters = ""
    column = position + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return f"{letters}{row}"


def cell_place(file: str, sheet: str, row: int, position: int) -> Place:
    """The place of a workbook's cell; `row` from 1, `position` from 0."""
    return Place(
        file=file,
        line=row,
        column=position + 1,
        end_line=row,
        end_column=position + 2,
        sheet=sheet,
        cell=cell_name(row, position),
    )


def record_place(sheet: Sheet, record: int, position: int) -> Place:
    """Where the record's cell at the position stands; `record` counts the sheet's records from 0."""
    return row_place(sheet, sheet.rows[record], position)


def row_place(sheet: Sheet, row: int, position: int) -> Place:
    """Where a cell of the row stands: an address in a workbook, line and column in a text file."""
    if sheet.sheet is not None:
        return cell_place(sheet.file, sheet.sheet, row, position + sheet.first)
    if sheet.lineless:
        return value_place(sheet.file, row, position)
    return field_place(sheet.file, sheet.lines, row, position, sheet.delimiter)


def value_place(file: str, row: int, position: int) -> Place:
    """Where a value of a file without lines stands: the number of its record and of its column, both from 1."""
    return Place(file=file, line=row, column=position + 1, end_line=row, end_column=position + 2)


def field_place(file: str, lines: Sequence[str], line: int, position: int, delimiter: str) -> Place:
    """The place of a field of the record that begins on the line; a quoted field may begin some lines below."""
    row, column, quoted, count = line, 0, False, 0
    text = lines[row - 1] if row <= len(lines) else ""
    while count < position:
        if column >= len(text.rstrip("\r\n")):
            if not quoted or row >= len(lines):
                break
            row, column, text = row + 1, 0, lines[row]
            continue
        quoted ^= text[column] == '"'
        count += text[column] == delimiter and not quoted
        column += 1
    shown = text.rstrip("\r\n")
    end = shown.find(delimiter, column) if shown[column : column + 1] != '"' else shown.find('"', column + 1) + 1
    end = end if end > column else len(shown)
    return Place(file=file, line=row, column=column + 1, end_line=row, end_column=max(end, column) + 1, text=shown)


def is_note(cells: Iterable[object]) -> bool:
    """Whether the row's first filled cell says that it is a total, a note or a signature, and no record."""
    first = next((c for c in cells if c != ""), "")
    return isinstance(first, str) and NOTE.match(first.strip(INVISIBLE)) is not None
