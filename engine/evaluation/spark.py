"""The same query on Spark: records that are more than one machine holds are counted where they lie, as Parquet.

Spark is started for the one query and stopped again. It is an extra of the package (`rubric-engine[spark]`) and needs
Java; nothing else of rubric loads it. What it finds is the file of counts that `data.counts` reads.
"""

import csv
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from engine.data.headers import nearest_header
from engine.data.vendors import DURATION_HEADERS
from engine.diagnostics import Diagnostic, Refused, listed
from engine.evaluation.counted import Question, query_for, segments_of_question
from engine.evaluation.passing import ROW, SECONDS
from engine.evaluation.warehouse import Statement
from engine.language.policy import DataSource
from engine.source import file_place

_SETTINGS = {
    "spark.app.name": "rubric",
    "spark.log.level": "OFF",  # what ends the query is told by rubric
    "spark.sql.ansi.enabled": "true",  # a text that is no number ends the query
    "spark.sql.caseSensitive": "true",
    "spark.sql.constraintPropagation.enabled": "false",  # with it a long questionnaire fills the memory
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Frame(Protocol):
    """As much of a Spark data frame as is used here: nothing of Spark is there when types are checked."""

    columns: list[str]

    def __getitem__(self, name: str) -> object: ...

    def withColumn(self, name: str, column: object) -> "Frame":  # noqa: N802 - Spark's name
        """The frame with one more column."""
        ...

    def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802 - Spark's name
        """Let queries see the frame under the name."""
        ...


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("pyspark") is not None


def refuse_other_forms(question: Question) -> None:
    """Refuses, before Spark is started, tables that are no Parquet (E994) or not below the folder (E902)."""
    folder = (question.folder or Path()).resolve()
    refused = [found for source in _sources(question) if (found := _unreadable(folder, source))]
    if refused:
        raise Refused(tuple(refused))


def count_with_spark(question: Question, master: str, file: Path) -> None:
    """Runs the query of `rubric sql` on the Parquet files below `question.folder`, and writes what it finds to `file`.

    `master`: the cluster, or `local[N]` for this machine. Raises `Refused` where a table is no Parquet (E994) or lacks
    a column (E908), and where Spark ends the query (E994).
    """
    refuse_other_forms(question)
    folder = (question.folder or Path()).resolve()
    with _session(master) as session:
        tables: dict[str, Frame] = {
            source.name: session.read.parquet(str(folder / source.file)) for source in _sources(question)
        }
        statement = query_for(replace(question, without=_lacking(question, tables)))
        _require_columns(question, statement, tables)
        for name, columns in statement.tables.items():
            _with_hidden(tables[name], columns).createOrReplaceTempView(f"`{name}`")
        found = session.sql(statement.text("spark"))
        _write(file, found.columns, found.toLocalIterator())


@contextmanager
def _session(master: str) -> Generator[Any]:
    """A session, stopped at the end; whatever ends a query is refused in Spark's own words (E994)."""
    sql: Any = import_module("pyspark.sql")
    errors: Any = import_module("pyspark.errors")
    gateway: Any = import_module("py4j.protocol")
    session: Any = None
    try:
        builder = sql.SparkSession.builder.master(master)
        for name, value in _SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
    except (errors.PySparkException, gateway.Py4JError) as error:
        told = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        finding = Diagnostic(code="E994", case="stopped", place=file_place(master), args={"reason": told[:200]})
        raise Refused((finding,)) from error
    finally:
        if session is not None:
            session.stop()


# ---------------------------------------------------------------- tables


def _sources(question: Question) -> list[DataSource]:
    """The sources whose tables the query reads."""
    tables = query_for(question).tables
    return [source for source in question.policy.header.data if source.name in tables]


def _unreadable(folder: Path, source: DataSource) -> Diagnostic | None:
    """Why a source cannot be read as Parquet below the folder."""
    path = (folder / source.file).resolve()
    place, args = file_place(source.file), {"file": source.file}
    if not path.is_relative_to(folder):
        return Diagnostic(code="E902", place=place, args=args)
    if path.suffix.lower() != ".parquet":
        return Diagnostic(code="E994", place=place, args=args)
    return None


def _lacking(question: Question, tables: Mapping[str, Frame]) -> frozenset[tuple[str, str]]:
    """The segments that tables do not have."""
    sources = {source.name: source for source in question.policy.header.data}
    return frozenset(
        (name, segment)
        for name, table in tables.items()
        for segment in segments_of_question(question)
        if segment not in table.columns and segment not in sources[name].classes
    )


def _require_columns(question: Question, statement: Statement, tables: Mapping[str, Frame]) -> None:
    """E908 for every column that a table lacks."""
    refused = [
        Diagnostic(
            code="E908",
            place=file_place(source.file),
            hint=nearest_header(there, name),
            args={"column": name, "columns": listed(there, 8)},
        )
        for source in question.policy.header.data
        for there in ([str(column) for column in tables[source.name].columns] if source.name in tables else [],)
        for name in statement.tables.get(source.name, {})
        if name not in there and name != ROW and not (name == SECONDS and _duration(there))
    ]
    if refused:
        raise Refused(tuple(refused))


def _duration(there: list[str]) -> str | None:
    return next((name for name in DURATION_HEADERS if name in there), None)


def _with_hidden(table: Frame, columns: Mapping[str, str]) -> Frame:
    """The table with the columns that a file has without naming them: where each row stands, how long it took."""
    functions: Any = import_module("pyspark.sql.functions")
    if SECONDS in columns and SECONDS not in table.columns:
        table = table.withColumn(SECONDS, table[_duration(table.columns) or ""])
    if ROW in columns and ROW not in table.columns:
        place = functions.struct(functions.col("_metadata.file_path"), functions.col("_metadata.row_index"))
        table = table.withColumn(ROW, place)
    return table


def _write(file: Path, columns: list[str], rows: Iterable[Iterable[object]]) -> None:
    """The counts as CSV, in an order that depends on nothing but their content."""
    lines = sorted(["" if cell is None else str(cell) for cell in row] for row in rows)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([columns, *lines])
