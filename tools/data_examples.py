"""The examples of the data diagnostics, made into files and read.

An example is one small file: `file:` its name, the contract's `encoding:`, `header:`, `valid:` or `units:` where it
needs one, then its rows as in CSV. What a file is read for follows from its header: 指标 makes it a `values` source,
a question (`1、…`) a survey on a scale of 1 to 5, anything else a ledger. In a workbook `97.2%` becomes a per cent
cell, `=…` a formula without a result; `sheet:` begins another sheet, `cell:` fills one cell, `merge:` merges some.
`repeat:` repeats the last row.
"""

import csv
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine.data.contract import Need, Reading, Wanted
from engine.data.periods import Period, parse_period
from engine.data.records import read_records
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, Header
from engine.language.syntax import Kind, TookAtLeast, ValiditySentence
from engine.source import NOWHERE
from tools.xls import xls_bytes

_DIRECTIVE = re.compile(r"^(file|encoding|header|valid|units|sheet|cell|merge|repeat): *(.*)$")
_VALID: dict[str, ValiditySentence] = {"用时不少于30秒": TookAtLeast(Fraction(30))}
WANTED = (
    Wanted(measure="准时交付率", kind=Kind.RATE),
    Wanted(measure="投诉次数", kind=Kind.COUNT),
    Wanted(measure="退货次数", kind=Kind.COUNT),
)


def is_data_example(example: str) -> bool:
    """Whether the example is a data file."""
    return example.startswith("file:")


def findings_of_data(example: str) -> tuple[Diagnostic, ...]:
    """What is found when the example's file is read for its period, the year 2025."""
    lines = example.splitlines()
    settings = {m[1]: m[2] for line in lines if (m := _DIRECTIVE.match(line))}
    rows = [line for line in lines if not re.match(r"(file|encoding|header|valid|units):", line)]
    with TemporaryDirectory() as folder:
        path = Path(folder, settings["file"])
        if rows and path.is_relative_to(folder) and ".." not in path.parts:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_content(path.suffix, rows, settings.get("encoding", "")))
        source, need = _contract(settings, rows)
        header = Header(id="example", title={}, lang="zh", version="1", document={}, data=(source,))
        needs = [need] if source.kind != "values" else []
        wanted = [w for w in WANTED if w.measure in example] or WANTED[:1]
        period = parse_period("2025") if source.date or source.kind == "values" else None
        return read_records(header, needs, wanted, _reading(settings, Path(folder), period))[1]


def _reading(settings: dict[str, str], folder: Path, period: Period | None) -> Reading:
    return Reading(folder=folder, period=period, units=tuple(settings.get("units", "").split()))


def _contract(settings: dict[str, str], rows: Sequence[str]) -> tuple[DataSource, Need]:
    text = "\n".join(rows)
    kind = "values" if "指标," in text else "responses" if "1、" in text else "events"
    source = DataSource(
        name="data",
        kind=kind,
        file=settings["file"],
        span=NOWHERE,
        encoding=settings.get("encoding"),
        header=int(settings["header"]) if "header" in settings else None,
        key="序号" if kind == "responses" else None,
        date="受理日期" if "受理日期" in text else None,
        questions={"Q1": "1、产品质量"} if kind == "responses" else {},
        scale=(Fraction(1), Fraction(5)),
        valid=(_VALID[settings["valid"]],) if "valid" in settings else (),
    )
    numbers = ("合格批数",) if "合格批数" in text else ()
    texts = ("类别",) if kind == "events" and not numbers else ()
    return source, Need(source="data", questions=tuple(source.questions), texts=texts, numbers=numbers)


def _content(suffix: str, rows: Sequence[str], encoding: str) -> bytes:
    if suffix == ".xlsx":
        return _workbook(rows)
    if suffix == ".xls":
        return xls_bytes(list(csv.reader(rows)))
    lines = [line for line in rows if not line.startswith("repeat:")]
    again = next((int(line.split(":")[1]) for line in rows if line.startswith("repeat:")), 1)
    text = "\n".join([*lines, *lines[-1:] * (again - 1)]) + "\n"
    return text.encode(encoding if encoding == "gb18030" else "utf-8")


def _workbook(rows: Sequence[str]) -> bytes:
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    number = 0
    for line in rows:
        directive = _DIRECTIVE.match(line)
        if directive is None:
            number += 1
            for column, text in enumerate(next(csv.reader([line])), 1):
                _fill(sheet, number, column, text)
        elif directive[1] == "sheet":
            sheet, number = book.create_sheet(directive[2]), 0
        elif directive[1] == "merge":
            sheet.merge_cells(directive[2])
        else:
            address, _, value = directive[2].partition(" = ")
            sheet[address] = int(value)
    with TemporaryDirectory() as folder:
        book.save(Path(folder, "book.xlsx"))
        return Path(folder, "book.xlsx").read_bytes()


def _fill(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    if re.fullmatch(r"\d+(\.\d+)?%", text):
        cell.value, cell.number_format = float(text[:-1]) / 100, "0.0%"
    elif re.fullmatch(r"\d+", text):
        cell.value = int(text)
    elif text:
        cell.value = text
