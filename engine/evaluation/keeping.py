"""The records of a run, counted into a file that other weights, scales and bands are scored from (`run --keep`).

What is kept is how often each combination of what the policy reads occurs: of a survey the histogram of every question
in every cell, which holds all that its scores rest on. `data.counts` says what stands in the file and reads it.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from engine.data.amounts import decimal_text
from engine.data.contract import Column, Limits, Need, Records, Table
from engine.data.counts import ALL, DATE, MEASURE, ROWS, SOURCE, TERMS, VALUE, WEIGHT, terms_of
from engine.data.periods import parse_period
from engine.data.queries import connected, rows_of
from engine.diagnostics import Refused
from engine.evaluation.measures import valid_rows
from engine.evaluation.needs import needs_of, read_by_sentences
from engine.evaluation.plan import lower
from engine.evaluation.sql import column
from engine.evaluation.warehouse import layout_of, not_counted
from engine.language.policy import DataSource, Policy, answers_to

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TABLE = "t"
Line = dict[str, str]


def keep_counts(policy: Policy, records: Records, by: Sequence[str], limits: Limits, file: Path) -> None:
    """Counts the tables of the records into `file`. `by`: the segments they were read with.

    Raises `Refused` for a policy that asks what was repeated, which no count of rows tells (E990).
    """
    header = policy.header
    plans = [lower(policy, scheme) for scheme in policy.schemes]
    needs, _ = needs_of(header, plans)
    sources = {source.name: source for source in header.data}
    if repeats := [sources[need.source] for need in needs if need.repeats]:
        raise Refused(tuple(not_counted(policy.source, source) for source in repeats))
    layout = layout_of(header, by, needs)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, layout, restval="", lineterminator="\n")
        writer.writeheader()
        for need in needs:
            source, table = sources[need.source], records.tables[need.source]
            segments = [found for name in by if (found := table.find("text", name)) is not None]
            with _asking(table, limits) as connection:
                job = _Job(
                    connection=connection,
                    table=table,
                    source=source,
                    need=need,
                    keys=(*(table.column("text", unit) for unit in header.units), *segments),
                    lengths=tuple(table.column("period", length) for length in need.periods),
                )
                period = records.period.text if records.period else ""
                total = {MEASURE: ALL, VALUE: period, **{segment.name: ALL for segment in segments}}
                writer.writerow({SOURCE: source.name, MEASURE: TERMS, VALUE: terms_of(source), ROWS: "0"})
                writer.writerow({SOURCE: source.name, **total, ROWS: _number_of_rows(job)})
                writer.writerows({SOURCE: source.name, **line} for line in _answers(job))
                if read_by_sentences(header, plans, source):
                    writer.writerows({SOURCE: source.name, **line} for line in _read_by_sentences(job))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One source being counted. `keys`: units and segments, `lengths`: the labels of the periods that caps ask for."""

    connection: "DuckDBPyConnection"
    table: Table
    source: DataSource
    need: Need
    keys: tuple[Column, ...]
    lengths: tuple[Column, ...]


def _asking(table: Table, limits: Limits) -> "AbstractContextManager[DuckDBPyConnection]":
    frames = {} if table.frame is None else {_TABLE: table.frame}
    scans = {} if table.scan is None else {_TABLE: table.scan}
    return connected(frames, scans, limits)


def _number_of_rows(job: _Job) -> str:
    every = exp.select(exp.Count(this=exp.Star())).from_(_TABLE).where(*valid_rows(job.table))
    ((rows,),) = rows_of(job.connection, every)
    return str(rows)


def _answers(job: _Job) -> Iterator[Line]:
    """The histogram of every question in every cell, for each weight; an answer not given is blank."""
    weight = [job.table.column("weight")] if job.source.weight else []
    for question in job.need.questions:
        answer = job.table.column("answer", question)
        words: dict[Fraction, str] = {}
        for word, number in answers_to(job.source, question)[0].items():
            words.setdefault(number, word)
        for line, cells in _counted(job, [answer, *weight]):
            number = None if cells[0] is None else Fraction(int(cells[0]), 10**answer.scale)
            line |= {MEASURE: question, VALUE: "" if number is None else words.get(number, decimal_text(number))}
            yield line | ({WEIGHT: _text(weight[0], cells[1])} if weight else {})


def _read_by_sentences(job: _Job) -> Iterator[Line]:
    """How often each combination of what the sentences read occurs."""
    names, need, table = {key.name for key in job.keys}, job.need, job.table
    read = [table.column("text", name) for name in need.texts if name not in names]
    read += [table.column("number", name) for name in need.numbers if name not in names]
    read += [table.column("time", name) for name in need.times if name not in names]
    for line, cells in _counted(job, read):
        yield line | {one.name: _text(one, cell) for one, cell in zip(read, cells, strict=True) if cell is not None}


def _counted(job: _Job, columns: Sequence[Column]) -> Iterator[tuple[Line, Sequence[Any]]]:
    """Each combination of the columns' cells, in every cell of the result, with a line that says how often."""
    every = (*job.keys, *job.lengths, *columns)
    query = exp.select(*(column(one) for one in every), exp.Count(this=exp.Star())).from_(_TABLE)
    query = query.where(*valid_rows(job.table)).group_by(*(exp.Literal.number(n + 1) for n in range(len(every))))
    beyond = len(job.keys) + len(job.lengths)
    for *cells, times in rows_of(job.connection, query):
        line = {key.name: _text(key, cell) for key, cell in zip(job.keys, cells[: len(job.keys)], strict=True)}
        line |= {DATE: day} if (day := _day(cells[len(job.keys) : beyond])) else {}
        yield line | {ROWS: str(times)}, cells[beyond:]


def _day(labels: Sequence[str | None]) -> str:
    """A day that lies in all of the periods."""
    periods = [period for label in labels if label is not None and (period := parse_period(label)) is not None]
    return max(period.begin for period in periods).isoformat() if periods else ""


def _text(of: Column, cell: object) -> str:
    """A cell as the contract reads it: numbers in digits, with their sign where they are per cents."""
    match cell:
        case None:
            return ""
        case datetime():
            return str(cell)
        case int():
            return decimal_text(Fraction(cell, 10**of.scale)) + ("%" if of.percent else "")
        case _:
            return str(cell)
