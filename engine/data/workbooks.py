"""Workbooks: .xlsx, .xls and .ods, with every cell turned into the text that a person reads in it.

Values come from calamine, which is fast and drops what is not a value; what it drops (errors,
formulas without a stored result, per cent formats) comes from `packages.Marks`. A number has at
most 15 significant digits, the precision of a spreadsheet. A date is ISO text, a per cent carries its sign.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from engine.data import biff, opendocument
from engine.data.faults import NAMED, Faults
from engine.data.files import DataFile
from engine.data.grids import TOP, Grid, Selection
from engine.data.packages import NO_MARKS, Damaged, Marks, TooMuch, check_package, epoch_of, marks_of
from engine.data.sheets import INVISIBLE, Sheet, cell_place, is_note
from engine.diagnostics import Diagnostic, listed
from engine.source import Place, file_place

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, SheetMetadata

MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """An open sheet of a workbook; `first` is the column, from 0, of the sheet's first filled cell."""

    file: str
    sheet: "CalamineSheet"
    first: int
    marks: Marks
    epoch: date | None


def open_workbook(
    file: DataFile, sheet: str | None, header: int | None = None
) -> tuple[Grid | None, tuple[Diagnostic, ...]]:
    """The sheet as a grid: the one named, or the only one that is not hidden.

    Refused: a damaged or locked file (E903), one over a limit (E904), a sheet that is not there or not decided (E906).
    """
    from python_calamine import CalamineWorkbook

    with _refusals(file) as refused:
        search = _searched(file)  # before anything else unpacks or follows what is in the file
        book = CalamineWorkbook.from_filelike(BytesIO(file.content))
        name, findings = _chosen(file, book.sheets_metadata, sheet)
        if name is None:
            return None, findings
        marks = search(name, book.sheet_names.index(name))
        epoch = epoch_of(file) if file.form == "xlsx" else None
        chosen = book.get_sheet_by_name(name)
        first = chosen.start[1] if chosen.start else 0
        opened = Book(file=file.name, sheet=chosen, first=first, marks=marks, epoch=epoch)
        return _grid(opened, max(TOP, header or 0)), ()
    return None, tuple(refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetName:
    """A sheet of a workbook that has rows and columns, and whether it is hidden."""

    name: str
    hidden: bool


def sheet_names(file: DataFile) -> tuple[tuple[SheetName, ...], tuple[Diagnostic, ...]]:
    """The sheets of a workbook in their order; () for a file that is refused (E903, E904)."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with _refusals(file) as refused:
        _searched(file)
        sheets = CalamineWorkbook.from_filelike(BytesIO(file.content)).sheets_metadata
        found = [s for s in sheets if s.typ == SheetTypeEnum.WorkSheet]
        return tuple(SheetName(name=s.name, hidden=s.visible != SheetVisibleEnum.Visible) for s in found), ()
    return (), tuple(refused)


@contextmanager
def _refusals(file: DataFile) -> Generator[list[Diagnostic]]:
    """Gives a list, in which a file that cannot be opened puts the reason."""
    from python_calamine import CalamineError, PasswordError

    refused: list[Diagnostic] = []
    place = file_place(file.name)
    try:
        yield refused
    except TooMuch as excess:
        args = {"file": file.name, "limit": excess.amount}
        refused.append(Diagnostic(code="E904", case=excess.limit, place=place, args=args))
    except PasswordError:
        refused.append(Diagnostic(code="E903", case="locked", place=place, args={"file": file.name}))
    except (CalamineError, Damaged):
        refused.append(Diagnostic(code="E903", case="damaged", place=place, args={"file": file.name}))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how compiled code gives up, which is no Exception
            raise
        refused.append(Diagnostic(code="E903", case="damaged", place=place, args={"file": file.name}))


def _searched(file: DataFile) -> Callable[[str, int], Marks]:
    """Checks the file's limits; what it gives tells the marks of a sheet by its name and number."""
    if file.form == "xls":
        numbered = biff.marks_by_number(file)
        return lambda _, number: numbered[number] if number < len(numbered) else NO_MARKS
    check_package(file)
    if file.form == "xlsx":
        return lambda name, _: marks_of(file, name)
    named = opendocument.marks_by_sheet(file)
    return lambda name, _: named.get(name, NO_MARKS)


def _chosen(
    file: DataFile, sheets: Sequence["SheetMetadata"], asked: str | None
) -> tuple[str | None, tuple[Diagnostic, ...]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = [s.name for s in sheets if s.typ == SheetTypeEnum.WorkSheet]
    visible = [s.name for s in sheets if s.name in names and s.visible == SheetVisibleEnum.Visible]
    wanted = names if asked is not None else visible
    found = [n for n in wanted if asked is None or n.strip() == asked.strip()]
    if len(found) == 1:
        return found[0], ()
    case = "absent" if asked is not None else "none" if not visible else ""
    args = {"sheet": asked or "", "sheets": listed(wanted, 8)}
    hint = None if asked is not None or not visible else f"sheet: {visible[0]}"
    return None, (Diagnostic(code="E906", case=case, place=file_place(file.name), args=args, hint=hint),)


def _grid(book: Book, count: int) -> Grid:
    def address(row: int, position: int) -> Place:
        return cell_place(book.file, book.sheet.name, row, position + book.first)

    def load(selection: Selection) -> Sheet:
        return _load(book, selection)

    texts = ((n, tuple(cell_text(v).strip(INVISIBLE) for v in cells)) for n, cells in islice(_rows(book), count))
    return Grid(top=tuple(row for row in texts if any(row[1])), load=load, address=address)


def _rows(book: Book) -> Iterator[tuple[int, list[Any]]]:
    """Number from 1 and values of each row; the values begin with the sheet's first filled column."""
    if book.sheet.start is not None:
        yield from enumerate(book.sheet.iter_rows(), start=1)


def cell_text(value: object) -> str:
    """A cell's value as text: numbers with at most 15 significant digits, dates in ISO form to the second."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            return number_text(value)
        case datetime():
            up = value.microsecond >= 500_000 and value.year < MAXYEAR
            return (value.replace(microsecond=0) + timedelta(seconds=up)).isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case _:
            return str(value)


def number_text(value: float) -> str:
    """15 significant digits, as a spreadsheet shows them, without an exponent and without trailing zeros."""
    digits = f"{value:.{MOST_DIGITS}g}"
    return f"{Decimal(digits):f}" if "e" in digits else digits


def _load(book: Book, selection: Selection) -> Sheet:
    rows: list[int] = []
    notes: list[int] = []
    picked: list[list[Any]] = []
    for number, cells in _rows(book):
        if number <= selection.row or all(cell == "" for cell in cells):
            continue
        if is_note(cells):
            notes.append(len(rows))
        rows.append(number)
        picked.append([cells[p] for p in selection.positions])
    record_of = {number: record for record, number in enumerate(rows)}
    columns = {p: [cells[i] for cells in picked] for i, p in enumerate(selection.positions)}
    return Sheet(
        file=book.file,
        sheet=book.sheet.name,
        header_row=selection.row,
        headers=selection.headers,
        rows=rows,
        columns=_marked({p: _texts(values) for p, values in columns.items()}, columns, book, record_of),
        merged=_merged(book, record_of, selection.positions),
        epoch=book.epoch,
        notes=tuple(notes),
        first=book.first,
        faults=_faults(book, selection.row, rows, columns),
    )


def _texts(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds <= {str, float}:  # nearly always; equal values are then the same text, so each is worked out once
        texts = {value: cell_text(value).strip(INVISIBLE) for value in set(values)}
        return [texts[value] for value in values]
    return [cell_text(value).strip(INVISIBLE) for value in values]


def _marked(
    texts: dict[int, list[str]], columns: dict[int, list[Any]], book: Book, record_of: dict[int, int]
) -> dict[int, list[str]]:
    """The texts, with numbers that the sheet shows as per cents written as such: 0.972 is `97.2%`."""
    for row, column in book.marks.percents:
        record, position = record_of.get(row), column - book.first
        if record is not None and position in texts and type(columns[position][record]) is float:
            texts[position][record] = f"{Decimal(texts[position][record]).scaleb(2).normalize():f}%"
    return texts


def _merged(
    book: Book, record_of: dict[int, int], positions: tuple[int, ...]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """First and last record of every cell that is merged downwards, by the position of its column."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in book.sheet.merged_cell_ranges or ():
        records = [record_of[row] for row in range(top + 1, bottom + 2) if row in record_of] if bottom > top else []
        if len(records) > 1 and left - book.first in positions:
            found.setdefault(left - book.first, []).append((records[0], records[-1]))
    return {position: tuple(sorted(ranges)) for position, ranges in found.items()}


def _faults(book: Book, header_row: int, rows: list[int], columns: dict[int, list[Any]]) -> Faults:
    """Error cells (E912), formulas never calculated (E913) and numbers of more than 15 digits (E917) in the columns."""
    found = [(row, column, "E912", text) for (row, column), text in book.marks.errors.items()]
    found += [(row, column, "E913", "") for row, column in book.marks.uncalculated]
    found = [fault for fault in found if fault[0] > header_row and fault[1] - book.first in columns]
    for position, values in columns.items():
        long = {v for v in set(values) if type(v) is float and abs(v) >= 10**MOST_DIGITS}
        found += [
            (rows[record], position + book.first, "E917", number_text(value))
            for record, value in enumerate(values if long else ())
            if value in long
        ]
    found.sort()
    named = tuple(
        Diagnostic(code=code, place=cell_place(book.file, book.sheet.name, row, column), args={"text": text})
        for row, column, code, text in found[:NAMED]
    )
    return Faults(named=named, more=max(0, len(found) - NAMED))
