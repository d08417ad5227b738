"""Small data files written down as text, so that a finding can be shown on a real one.

An example is one file: `file:` its name, the contract's `encoding:`, `header:`, `valid:` or `units:` where it needs
one, then its rows as in CSV. What a file is read for follows from its header: an indicator column makes it a `values`
source, a question (`1、…`, `1. …`) a survey on a scale of 1 to 5, anything else a ledger. In a workbook `97.2%` becomes
a per cent cell, `=…` a formula without a result; `sheet:` begins another sheet, `hidden:` a hidden one, `cell:` fills
one cell, `merge:` merges some. `repeat:` repeats the last row. `source:` makes the file a collection workbook for the
source of that name, given instead of the folder; `copy:` puts it into the folder twice, under another name too.
"""

import csv
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine.data.contract import Need, Reading, Wanted
from engine.data.inspection import inspect_file
from engine.data.periods import parse_period
from engine.data.records import read_records
from engine.diagnostics import Diagnostic, Lang
from engine.language.policy import DataSource, Header
from engine.language.syntax import Kind, TookAtLeast
from engine.source import NOWHERE
from engine.values import Frozen, named

_DIRECTIVE = re.compile(r"^(file|encoding|header|valid|units|source|copy|sheet|hidden|cell|merge|repeat): *(.*)$")
_CONTRACT = re.compile(r"^(file|encoding|header|valid|units|source|copy):")
_TIME_TAKEN = TookAtLeast(Fraction(30))  # what `valid:` of an example asks for


@named
class _Columns(Frozen):
    """What the columns and indicators of the examples are called in one language."""

    indicator: str
    question: str
    number: str
    key: str
    received: str
    kind: str
    passed: str
    rate: str
    counts: tuple[str, ...]


_COLUMNS = {
    "zh": _Columns(
        indicator="指标",
        question="1、产品质量",
        number="1、",
        key="序号",
        received="受理日期",
        kind="类别",
        passed="合格批数",
        rate="准时交付率",
        counts=("投诉次数", "退货次数"),
    ),
    "en": _Columns(
        indicator="indicator",
        question="1. Product quality",
        number="1. ",
        key="No.",
        received="Received",
        kind="Class",
        passed="Lots passed",
        rate="On-time delivery rate",
        counts=("Complaints", "Returns"),
    ),
}


def findings_of_data(example: str, folder: Path, lang: Lang) -> tuple[Diagnostic, ...]:
    """What is found when the example's file, put into `folder`, is read for its period, the year 2025."""
    lines = example.splitlines()
    settings = {m[1]: m[2] for line in lines if (m := _DIRECTIVE.match(line))}
    rows = [line for line in lines if not _CONTRACT.match(line)]
    path = Path(folder, settings["file"])
    if rows and ".." not in path.parts:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, rows, settings.get("encoding", ""))
    if "copy" in settings:
        _write(path.with_name(settings["copy"]), rows, "")
    source, need = _contract(settings, "\n".join(rows), _COLUMNS[lang])
    header = Header(id="example", title={}, lang=lang, version="1", document={}, data=(source,))
    needs = [need] if source.kind != "values" else []
    return read_records(header, needs, _wanted(example, _COLUMNS[lang]), _reading(settings, source, folder))[1]


def findings_of_inspection(example: str, folder: Path) -> tuple[Diagnostic, ...]:
    """What is found when the example's file, `inspect: NAME` and its rows, is looked at."""
    first, *rows = example.splitlines()
    path = folder / first.removeprefix("inspect: ")
    _write(path, rows, "")
    found, refused = inspect_file(path)
    return (*found.findings, *(d for table in found.tables for d in table.findings)) if found else refused


def _wanted(example: str, columns: _Columns) -> list[Wanted]:
    """The indicators the example speaks of; the rate where it names none as it should."""
    rate = Wanted(measure=columns.rate, kind=Kind.RATE)
    counts = [Wanted(measure=name, kind=Kind.COUNT) for name in columns.counts]
    return [wanted for wanted in (rate, *counts) if wanted.measure in example] or [rate]


def _reading(settings: dict[str, str], source: DataSource, folder: Path) -> Reading:
    period = parse_period("2025") if source.date or source.kind == "values" else None
    if "source" in settings and "copy" not in settings:
        folder /= settings["file"]
    return Reading(folder=folder, periods=(period,) if period else (), units=tuple(settings.get("units", "").split()))


def _contract(settings: dict[str, str], text: str, columns: _Columns) -> tuple[DataSource, Need]:
    kind = "values" if f"{columns.indicator}," in text else "responses" if columns.number in text else "events"
    source = DataSource(
        name=settings.get("source", "data"),
        kind=kind,
        file=settings["file"] if "source" not in settings else f"{settings['source']}.csv",
        span=NOWHERE,
        encoding=settings.get("encoding"),
        header=int(settings["header"]) if "header" in settings else None,
        key=columns.key if kind == "responses" else None,
        date=columns.received if columns.received in text else None,
        questions={"Q1": columns.question} if kind == "responses" else {},
        scale=(Fraction(1), Fraction(5)),
        valid=(_TIME_TAKEN,) if "valid" in settings else (),
    )
    numbers = (columns.passed,) if columns.passed in text else ()
    texts = (columns.kind,) if kind == "events" and not numbers else ()
    return source, Need(source=source.name, questions=tuple(source.questions), texts=texts, numbers=numbers)


def _write(path: Path, rows: Sequence[str], encoding: str) -> None:
    if path.suffix == ".xlsx":
        _workbook(rows).save(path)
        return
    lines = [line for line in rows if not line.startswith("repeat:")]
    again = next((int(line.split(":")[1]) for line in rows if line.startswith("repeat:")), 1)
    text = "\n".join([*lines, *lines[-1:] * (again - 1)]) + "\n"
    path.write_bytes(text.encode(encoding if encoding == "gb18030" else "utf-8"))


def _workbook(rows: Sequence[str]) -> Workbook:
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    number = 0
    for line in rows:
        directive = _DIRECTIVE.match(line)
        if directive is None:
            number += 1
            for column, text in enumerate(next(csv.reader([line])), 1):
                _fill(sheet, number, column, text)
        elif directive[1] in ("sheet", "hidden"):
            sheet, number = book.create_sheet(directive[2]), 0
            sheet.sheet_state = "hidden" if directive[1] == "hidden" else "visible"
            if book.worksheets[0].max_row == 1 and book.worksheets[0]["A1"].value is None:
                book.remove(book.worksheets[0])
        elif directive[1] == "merge":
            sheet.merge_cells(directive[2])
        else:
            address, _, value = directive[2].partition(" = ")
            sheet[address] = int(value)
    return book


def _fill(sheet: Worksheet, row: int, column: int, text: str) -> None:
    if re.fullmatch(r"\d+(\.\d+)?%", text):
        sheet.cell(row, column, float(text[:-1]) / 100).number_format = "0.0%"
    elif text:
        sheet.cell(row, column, int(text) if re.fullmatch(r"\d+", text) else text)
