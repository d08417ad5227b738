"""Small data files and the sources that read them."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from engine.data.contract import Need, Reading, Records, Wanted
from engine.data.periods import parse_period
from engine.data.records import read_records
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, Header
from engine.language.syntax import Name
from engine.source import NOWHERE

Cell = str | float | int | bool | date | datetime | None
LIKERT = (Fraction(1), Fraction(5))


def name(text: str) -> Name:
    """A name that is looked up as it is written."""
    return Name(text, text)


def survey(file: str, **contract: Any) -> DataSource:
    """A survey with two questions on a scale of 1 to 5."""
    usual: dict[str, Any] = {"questions": {"Q1": "1、产品质量", "Q2": "2、交付及时性"}, "scale": LIKERT}
    return DataSource(name="survey", kind="responses", file=file, span=NOWHERE, **(usual | contract))


def ledger(file: str, **contract: Any) -> DataSource:
    """A ledger of events."""
    return DataSource(name="ledger", kind="events", file=file, span=NOWHERE, **contract)


def values(file: str, **contract: Any) -> DataSource:
    """A sheet of values."""
    return DataSource(name="values", kind="values", file=file, span=NOWHERE, **contract)


def header(*sources: DataSource) -> Header:
    """A policy's header with these data sources."""
    return Header(id="test", title={}, lang="zh", version="1", document={}, data=sources)


def read(
    folder: Path,
    *sources: DataSource,
    wanted: Sequence[Wanted] = (),
    period: str | None = None,
    **asked: Any,
) -> tuple[Records | None, tuple[Diagnostic, ...]]:
    """The first source read as a table with what is asked of it, the `values` sources for what is wanted."""
    reading = {key: asked.pop(key) for key in ("units", "segments", "encoding", "policy") if key in asked}
    first = sources[0]
    if first.kind == "responses":
        asked.setdefault("questions", tuple(first.questions))
    needs = [Need(source=first.name, **asked)] if first.kind != "values" else []
    span = parse_period(period) if period else None
    return read_records(
        header(*sources), needs, wanted, Reading(folder=folder, periods=(span,) if span else (), **reading)
    )


def found(findings: Sequence[Diagnostic]) -> list[tuple[str, str, str]]:
    """Code, case and place of each finding."""
    return [(f.code, f.case, str(f.place)) for f in findings]


def column(records: Records | None, kind: Any, named: str = "", source: str = "survey") -> list[Any]:
    """A column of the table as a list, nothing as None."""
    assert records is not None
    table = records.tables[source]
    series = table.frame[table.column(kind, named).id]
    return list(series.astype(object).where(series.notna(), None))


def text_file(folder: Path, file: str, text: str, encoding: str = "utf-8") -> None:
    """A text file with exactly these characters."""
    (folder / file).write_bytes(text.encode(encoding))


def workbook(folder: Path, file: str, rows: Sequence[Sequence[Cell]], **more: Any) -> None:
    """A workbook; `formats` by cell, ranges to `merge`, further `sheets`, the names of the `hidden` ones."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = more.get("title", "表一")
    for row in rows:
        sheet.append(list(row))
    for cell, form in more.get("formats", {}).items():
        sheet[cell].number_format = form
    for cells in more.get("merge", ()):
        sheet.merge_cells(cells)
    for title, other in more.get("sheets", {}).items():
        extra = book.create_sheet(title)
        for row in other:
            extra.append(list(row))
        extra.sheet_state = "hidden" if title in more.get("hidden", ()) else "visible"
    stream = io.BytesIO()
    book.save(stream)
    (folder / file).write_bytes(stream.getvalue())


def with_rules(source: DataSource, *rules: Any) -> DataSource:
    """The source with these validity sentences."""
    return replace(source, valid=rules)
