"""A warehouse beside the tests: the files of a policy as raw tables of DuckDB, every cell a text as it was collected."""

from pathlib import Path

import duckdb
from pandas import DataFrame, Series

from engine.data.cells import read_seconds, read_time
from engine.data.contract import Reading
from engine.data.grids import Selection
from engine.data.opening import open_source
from engine.data.vendors import DURATION_HEADERS
from engine.evaluation.counted import Question, query_for
from engine.language.policy import DataSource, Policy


def headers_of(source: DataSource, folder: Path) -> tuple[str, ...]:
    """The headers of a source's file."""
    opened, _ = open_source(source, Reading(folder=folder), [])
    assert opened is not None
    return opened.headers


def lacking(policy: Policy, folder: Path) -> frozenset[tuple[str, str]]:
    """The segments that tables do not have."""
    return frozenset(
        (source.name, segment)
        for source in policy.header.data
        if source.kind in ("responses", "events")
        for segment in policy.header.report.segments
        if segment not in source.classes and segment not in headers_of(source, folder)
    )


def frame_of(source: DataSource, folder: Path, columns: dict[str, str]) -> DataFrame:
    """A file as the table of a warehouse: blank cells are missing, rows have their number, times are written out."""
    opened, _ = open_source(source, Reading(folder=folder), [])
    assert opened is not None
    wanted = Selection(row=opened.row, headers=opened.headers, positions=tuple(range(len(opened.headers))))
    sheet = opened.grid.load(wanted)
    cells = {header.strip(): sheet.columns[i] for i, header in enumerate(opened.headers) if header}
    frame = DataFrame(
        {header: Series([cell or None for cell in column], dtype=object) for header, column in cells.items()}
    )
    frame["rubric_row"] = sheet.rows
    if "rubric_seconds" in columns:
        taken = source.columns.get("duration") or next(header for header in DURATION_HEADERS if header in cells)
        frame["rubric_seconds"] = [str(read_seconds(text)) if text else None for text in cells[taken]]
    for header in (header for header, holds in columns.items() if holds == "time"):
        frame[header] = [str(read_time(text, sheet.epoch)) if text else None for text in cells[header]]
    return frame


def count_into(file: Path, question: Question) -> None:
    """Run the query of `rubric sql` on the policy's files and save what it finds."""
    assert question.folder is not None
    statement = query_for(question)
    connection = duckdb.connect()
    for source in question.policy.header.data:
        if source.name in statement.tables:
            frame = frame_of(source, question.folder, dict(statement.tables[source.name]))
            connection.register(source.name, frame)
    connection.execute(statement.text("duckdb")).df().to_csv(file, index=False)
