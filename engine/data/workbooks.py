"""Workbooks: .xlsx, .xls and .ods, with every cell turned into the text that a person reads in it.

Values come from calamine, which is fast and drops what is not a value; what it drops (errors,
formulas without a stored result, per cent formats) comes from `packages.Marks`. A number has at
most 15 significant digits, the precision of a spreadsheet. A date is ISO text, a per cent carries its sign.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any

from engine.data import opendocument
from engine.data.faults import NAMED, Faults
from engine.data.files import DataFile
from engine.data.grids import TOP, Grid
from engine.data.packages import NO_MARKS, Damaged, Marks, TooMuch, check_package, epoch_of, marks_of
from engine.data.sheets import INVISIBLE, Sheet, cell_place, is_note
from engine.diagnostics import Diagnostic
from engine.source import Place, file_place

MOST_DIGITS = 15


def open_workbook(file: DataFile, sheet: str | None) -> tuple[Grid | None, tuple[Diagnostic, ...]]:
    """The sheet as a grid: the one named, or the only one that is not hidden.

    Refused: a damaged or locked file (E903), one over a limit (E904), a sheet that is not there or not decided (E906).
    """
    from python_calamine import CalamineError, PasswordError, load_workbook

    place = file_place(file.name)
    try:
        if file.form != "xls":
            check_package(file)
        book = load_workbook(BytesIO(file.content))
        name, findings = _chosen(file, book.sheets_metadata, sheet)
        if name is None:
            return None, findings
        marks = _marks(file, name)
        epoch = epoch_of(file) if file.form == "xlsx" else None
        return _grid(file, book.get_sheet_by_name(name), marks, epoch), ()
    except TooMuch as excess:
        args = {"file": file.name, "limit": excess.amount}
        return None, (Diagnostic(code="E904", case=excess.limit, place=place, args=args),)
    except PasswordError:
        return None, (Diagnostic(code="E903", case="locked", place=place, args={"file": file.name}),)
    except (CalamineError, Damaged):
        return None, (Diagnostic(code="E903", case="damaged", place=place, args={"file": file.name}),)


def _marks(file: DataFile, sheet: str) -> Marks:
    if file.form == "xls":
        return NO_MARKS
    return marks_of(file, sheet) if file.form == "xlsx" else opendocument.marks_of(file, sheet)


def _chosen(file: DataFile, sheets: Sequence[Any], asked: str | None) -> tuple[str | None, tuple[Diagnostic, ...]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = [s.name for s in sheets if s.typ == SheetTypeEnum.WorkSheet]
    visible = [s.name for s in sheets if s.name in names and s.visible == SheetVisibleEnum.Visible]
    wanted = names if asked is not None else visible
    found = [n for n in wanted if asked is None or n.strip() == asked.strip()]
    if len(found) == 1:
        return found[0], ()
    case = "absent" if asked is not None else "none" if not visible else ""
    args = {"sheet": asked or "", "sheets": "、".join(wanted[:8])}
    hint = None if asked is not None or not visible else f"sheet: {visible[0]}"
    return None, (Diagnostic(code="E906", case=case, place=file_place(file.name), args=args, hint=hint),)


def _grid(file: DataFile, sheet: Any, marks: Marks, epoch: date | None) -> Grid:
    first = sheet.start[1] if sheet.start else 0

    def rows() -> Iterator[tuple[int, list[Any]]]:
        yield from enumerate(sheet.iter_rows() if sheet.start else (), start=1)

    def address(row: int, position: int) -> Place:
        return cell_place(file.name, sheet.name, row, position + first)

    def load(header_row: int, headers: tuple[str, ...], positions: tuple[int, ...]) -> Sheet:
        return _load(file, sheet, first, marks, epoch, header_row, headers, positions)

    top = [(n, tuple(cell_text(v).strip(INVISIBLE) for v in cells)) for n, cells in islice(rows(), 0, TOP)]
    return Grid(top=tuple(row for row in top if any(row[1])), load=load, address=address)


def cell_text(value: object) -> str:
    """A cell's value as text: whole numbers without a point, others with at most 15 significant digits, dates in ISO form."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            return number_text(value)
        case datetime():
            rounded = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
            return rounded.isoformat(sep=" ")
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


def _percent_text(text: str) -> str:
    return f"{Decimal(text).scaleb(2).normalize():f}%"


def _load(
    file: DataFile,
    sheet: Any,
    first: int,
    marks: Marks,
    epoch: date | None,
    header_row: int,
    headers: tuple[str, ...],
    positions: tuple[int, ...],
) -> Sheet:
    rows: list[int] = []
    notes: list[int] = []
    picked: list[list[Any]] = []
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
        if number <= header_row or all(c == "" for c in cells):
            continue
        if is_note(cells):
            notes.append(len(rows))
        rows.append(number)
        picked.append([cells[p] for p in positions])
    record_of = {number: record for record, number in enumerate(rows)}
    columns = {p: [cells[i] for cells in picked] for i, p in enumerate(positions)}
    texts = {p: _texts(column) for p, column in columns.items()}
    for row, position in marks.percents:
        record = record_of.get(row)
        if record is not None and position - first in texts and isinstance(columns[position - first][record], float):
            texts[position - first][record] = _percent_text(texts[position - first][record])
    return Sheet(
        file=file.name,
        sheet=sheet.name,
        header_row=header_row,
        headers=headers,
        rows=rows,
        columns=texts,
        merged=_merged(sheet, first, record_of, positions),
        epoch=epoch,
        notes=tuple(notes),
        first=first,
        faults=_faults(file.name, sheet.name, first, marks, header_row, rows, columns),
    )


def _texts(values: list[Any]) -> list[str]:
    kinds = set(map(type, values))
    if kinds <= {str, float}:  # nearly always; equal values are then the same text, so each is worked out once
        texts = {value: cell_text(value).strip(INVISIBLE) for value in set(values)}
        return [texts[value] for value in values]
    return [cell_text(value).strip(INVISIBLE) for value in values]


def _merged(
    sheet: Any, first: int, record_of: dict[int, int], positions: tuple[int, ...]
) -> dict[int, tuple[tuple[int, int], ...]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        records = [record_of[row] for row in range(top + 1, bottom + 2) if row in record_of] if bottom > top else []
        if len(records) > 1 and left - first in positions:
            found.setdefault(left - first, []).append((records[0], records[-1]))
    return {position: tuple(sorted(ranges)) for position, ranges in found.items()}


def _faults(
    file: str, sheet: str, first: int, marks: Marks, header_row: int, rows: list[int], columns: dict[int, list[Any]]
) -> Faults:
    """Error cells (E912), formulas never calculated (E913) and numbers of more than 15 digits (E917) in the columns read."""
    found: list[tuple[int, int, str, dict[str, str]]] = []
    for (row, position), text in marks.errors.items():
        if row > header_row and position - first in columns:
            found.append((row, position, "E912", {"text": text}))
    for row, position in marks.uncalculated:
        if row > header_row and position - first in columns:
            found.append((row, position, "E913", {}))
    for position, values in columns.items():
        if any(type(v) is float and abs(v) >= 10**MOST_DIGITS for v in set(values)):
            found += [
                (rows[record], position + first, "E917", {"text": number_text(value)})
                for record, value in enumerate(values)
                if type(value) is float and abs(value) >= 10**MOST_DIGITS
            ]
    found.sort(key=lambda f: f[:3])
    named = tuple(
        Diagnostic(code=code, place=cell_place(file, sheet, row, position), args=args)
        for row, position, code, args in found[:NAMED]
    )
    return Faults(named=named, more=max(0, len(found) - NAMED))
