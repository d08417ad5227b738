"""Collection workbooks filled in by hand's help: with the rows of a company's own files, or with invented ones."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook

from engine.data.collection import sheet_of
from engine.data.headers import identity
from engine.data.periods import parse_period
from engine.data.vendors import DURATION_HEADERS
from engine.language.policy import DataSource
from engine.report.collection.forms import Filling, Form
from engine.report.collection.template import Template
from engine.report.collection.workbook import workbook_bytes

Row = dict[str, object]
TIME_TAKEN = tuple(map(identity, DURATION_HEADERS))  # whatever the platform calls it


def write_filled(template: Template, rows: Mapping[str, Sequence[Row]], path: Path) -> None:
    """The workbook with these rows, by source and header, below what stands ready; a ready row they speak of is kept."""
    book = load_workbook(BytesIO(workbook_bytes(template)))
    for form in template.forms:
        sheet = book[sheet_of(form.source.name)]
        headers = {identity(str(cell.value)): cell.column for cell in sheet[1]}
        sheet.delete_rows(2, sheet.max_row)
        for number, row in enumerate(rows.get(form.source.name, ()), 2):
            for own, value in row.items():
                header = next(filter(headers.get, TIME_TAKEN), own) if identity(own) in TIME_TAKEN else own
                column = headers.setdefault(identity(header), len(headers) + 1)
                sheet.cell(1, column).value = sheet.cell(1, column).value or header
                sheet.cell(number, column, value)
    book.save(path)


# ---------------------------------------------------------------- a company's own files


def rows_of(source: DataSource, folder: Path) -> list[Row]:
    """The rows of the source's own file; a per cent is the number that a person would type."""
    path = folder / source.file
    if path.suffix == ".csv":
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030")
        lines: list[list[object]] = [list(line) for line in csv.reader(text.splitlines())]
    else:
        book = load_workbook(path, data_only=True)
        sheet = book[source.sheet] if source.sheet else book.worksheets[0]
        lines = [[_typed(cell) for cell in row] for row in sheet.iter_rows()]
    lines = lines[source.header - 1 if source.header else 0 :]
    return [_row(lines[0], line) for line in lines[1:] if any(cell not in (None, "") for cell in line)]


def _typed(cell) -> object:
    if isinstance(cell.value, int | float) and "%" in cell.number_format:
        return float(Fraction(str(cell.value)) * 100)
    return cell.value


def _row(headers: Sequence[object], line: Sequence[object]) -> Row:
    return {str(h).strip(): v for h, v in zip(headers, line, strict=False) if h and v not in (None, "")}


# ---------------------------------------------------------------- invented rows


def invented(template: Template, chance: Random) -> dict[str, list[Row]]:
    """Rows that a workbook's own checks let through: every column and value filled in, now and then one left blank."""
    return {form.source.name: list(_invented(template, form, chance)) for form in template.forms}


def _invented(template: Template, form: Form, chance: Random):
    if form.source.kind == "control":
        return
    if form.rows:
        for ready in form.rows:
            typed = {f.header: _drawn(f.filling, template, chance, 0) for f in form.fields if f.filling}
            typed |= {form.value: _drawn(ready.filling, template, chance, 0)} if form.value else {}
            given = {h: v for h, v in ready.given.items() if v and h in {f.header for f in form.fields}}
            yield {h: v for h, v in (typed | given).items() if v is not None}
        return
    for number in range(chance.randint(8, 20)):
        row = {f.header: _drawn(f.filling, template, chance, number) for f in form.fields if f.filling}
        moments = [f.header for f in form.fields if f.filling and f.filling.sort == "moment"]
        day = _day(template, chance)
        row |= {header: day + timedelta(hours=chance.randint(0, 60) + 61 * n) for n, header in enumerate(moments)}
        if form.source.key:
            row[form.source.key] = f"N{number:04}"
        yield {header: value for header, value in row.items() if value is not None}


def _drawn(filling: Filling, template: Template, chance: Random, number: int) -> object:
    if filling.sort == "choice":
        return chance.choice([word for word in filling.choices if word != "不适用"])
    if filling.sort in ("date", "moment"):
        return _day(template, chance)
    if filling.sort == "text":
        return f"K{number % 7:03}"
    low = 0 if filling.low is None else int(filling.low)
    high = low + 60 if filling.high is None else int(filling.high)
    if filling.or_zero and chance.random() < 0.3:
        return 0
    return chance.randint(low, high) if filling.sort == "whole" else chance.randint(low * 10, high * 10) / 10


def _day(template: Template, chance: Random) -> datetime:
    periods = template.commission.periods or (parse_period("2025"),)
    days = (periods[-1].end - periods[0].begin).days
    return datetime.combine(periods[0].begin, datetime.min.time()) + timedelta(days=chance.randint(0, days))


def write_own_files(template: Template, rows: Mapping[str, Sequence[Row]], folder: Path) -> None:
    """The same rows in the files that the policy itself names; sources that share a file share its rows."""
    for name in dict.fromkeys(form.source.file for form in template.forms):
        forms = [form for form in template.forms if form.source.file == name]
        headers = list(dict.fromkeys(field.header for form in forms for field in form.fields))
        joined: dict[object, Row] = {}
        for form in forms:
            for number, row in enumerate(rows[form.source.name]):
                named = (form.source.columns.get("indicator", "指标"), *template.commission.policy.header.units)
                key = tuple(row.get(column) for column in named) if len(forms) > 1 else number
                joined[key] = joined.get(key, {}) | row
        _write(folder / name, forms[0].source, headers, list(joined.values()))


def _write(path: Path, source: DataSource, headers: Sequence[str], rows: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [list(headers), *([row.get(header) for header in headers] for row in rows)]
    above: list[list[object]] = [["—"]] * ((source.header or 1) - 1)
    if path.suffix == ".csv":
        with path.open("w", encoding=source.encoding or "utf-8", newline="") as file:
            csv.writer(file).writerows([*above, *lines])
        return
    book = Workbook()
    sheet = book.active
    sheet.title = source.sheet or "Sheet1"
    for line in [*above, *lines]:
        sheet.append(line)
    book.save(path)
