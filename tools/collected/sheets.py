"""Workbooks as people keep them, written so that their bytes depend on their contents only."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | datetime | None
Row = list[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One worksheet: `above` stands over the header, `percents` are shown as percentages (1-based row, column),
    `encoding` is that of a CSV file.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Row]
    above: Sequence[str] = ()
    percents: frozenset[tuple[int, int]] = frozenset()
    time_format: str = "yyyy/m/d"
    encoding: str = "utf-8"


def fill(worksheet: Worksheet, sheet: Sheet) -> None:
    """Writes a sheet with the formats people use."""
    for number, text in enumerate(sheet.above, start=1):
        worksheet.append([text])
        worksheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(sheet.header))
        worksheet.cell(number, 1).alignment = Alignment(horizontal="center")
    worksheet.append(list(sheet.header))
    for cell in worksheet[worksheet.max_row]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
    for row in sheet.rows:
        worksheet.append(row)
    for row in worksheet.iter_rows(min_row=len(sheet.above) + 2):
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.number_format = sheet.time_format
            elif (cell.row - len(sheet.above) - 1, cell.column) in sheet.percents:
                cell.number_format = "0.00%"


def save(path: Path, sheet: Sheet) -> None:
    """Writes a workbook, or a CSV file, whose bytes depend on its contents only: no clock, no compression."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        with path.open("w", encoding=sheet.encoding, newline="") as target:
            csv.writer(target, lineterminator="\n").writerows([sheet.header, *sheet.rows])
        return
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    worksheet.title = sheet.name
    fill(worksheet, sheet)
    loose = BytesIO()
    workbook.save(loose)
    with ZipFile(loose) as source, ZipFile(path, "w", ZIP_STORED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", content)
            target.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
