"""Stage 1: from records to one `Measured` per measure and cell.

Each table is asked once, grouped to the finest cell of units, segments and periods, and once more for each measure that
needs the single values. Whatever cell is wanted, its measures are merged from these.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from engine.data.contract import UNLIMITED, Column, Limits, Records, Table
from engine.data.queries import Row, connected, rows_of
from engine.evaluation.cells import Cell, cells_of, starts_of
from engine.evaluation.figures import Measured
from engine.evaluation.lookups import looked_up, rows_for, segments_of, unit_of_row
from engine.evaluation.needs import Asked, amounts_read, measures_of
from engine.evaluation.plan import Plan
from engine.evaluation.reductions import Reduction, Spread, Tally, quotient_of, reduction_of
from engine.evaluation.result import Reason, State
from engine.evaluation.sql import cells_query, spread_query
from engine.evaluation.surveys import tally_of
from engine.language.policy import Answers, DataSource, Header, Observed
from engine.language.syntax import FromRows, Quotient

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MERGES: Mapping[str, Callable[[Iterable[Any]], Any]] = {"sum": sum, "min": min, "max": max}
NOT_COLLECTED = Measured(state=State.MISSING, reason=Reason.NOT_COLLECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One measure of one scheme that a table computes, or one part of it: of a quotient 0 is above, 1 below."""

    scheme: str
    asked: Asked
    part: int
    reduction: Reduction


Rows = Mapping[Cell, Sequence[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finest:
    """The rows of one table at the finest cell, by every cell they belong to.

    A row has first the key columns (units, segments the table has, periods), `keys` in number, then what was asked.
    `rows`: the terms of all tallies, those of a wish from `starts` on; `spreads`: by wish, the values and how often.
    """

    wishes: tuple[Wish, ...]
    starts: tuple[int, ...]
    keys: int
    segments: tuple[str, ...]
    periods: Mapping[str, int]
    rows: Rows
    spreads: Mapping[int, Rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """The cells of a run, and by scheme and path one `Measured` per cell."""

    cells: tuple[Cell, ...]
    measures: Mapping[str, Mapping[str, tuple[Measured, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """What is to be measured, of which records. `by`: columns whose values are segments. `limits`: of the query
    engine; the results do not depend on them.
    """

    header: Header
    plans: Sequence[Plan]
    records: Records
    by: Sequence[str]
    as_of: date | None
    limits: Limits = UNLIMITED


def measured(job: Measuring) -> Measurements:
    """All measures of the plans in every cell: each unit, the whole where the policy asks for it pooled (or has no
    units), subtotals made like it, and each segment of any of them.
    """
    finest = _finest(job)
    cells = _cells(job.header, finest, job.records)
    found = _computed(job, finest, cells)
    for plan in job.plans:
        for asked in measures_of(plan):
            if asked.indicator.path not in found[plan.scheme.name]:
                rows = rows_for(job.records.values, asked)
                column = tuple(looked_up(rows, asked, cell, job.records.period) for cell in cells)
                found[plan.scheme.name][asked.indicator.path] = column
    return Measurements(cells=cells, measures=found)


def _computed(
    job: Measuring, finest: Sequence[Finest], cells: Sequence[Cell]
) -> dict[str, dict[str, tuple[Measured, ...]]]:
    """What the tables give, by scheme and path one `Measured` per cell; a quotient is made of its two parts."""
    found: dict[str, dict[str, tuple[Measured, ...]]] = {plan.scheme.name: {} for plan in job.plans}
    below: dict[tuple[str, str], tuple[Measured, ...]] = {}
    quotients: list[tuple[str, str, Quotient]] = []
    for table in finest:
        for number, wish in enumerate(table.wishes):
            path, value = wish.asked.indicator.path, wish.asked.indicator.value
            column = tuple(_merged(table, number, cell) for cell in cells)
            if wish.part:
                below[wish.scheme, path] = column
                continue
            found[wish.scheme][path] = column
            if isinstance(value, Observed) and isinstance(value.sentence, Quotient):
                quotients.append((wish.scheme, path, value.sentence))
    for scheme, path, sentence in quotients:
        pairs = zip(found[scheme][path], below[scheme, path], strict=True)
        found[scheme][path] = tuple(quotient_of(sentence, top, bottom) for top, bottom in pairs)
    return found


# ---------------------------------------------------------------- asking the tables


def _finest(job: Measuring) -> tuple[Finest, ...]:
    tables = job.records.tables
    wishes: dict[str, list[Wish]] = {}
    for plan in job.plans:
        for asked in measures_of(plan):
            for part, (source, sentence) in enumerate(amounts_read(job.header, asked.indicator)):
                reduction = _reduction(job, source, asked, sentence)
                wish = Wish(scheme=plan.scheme.name, asked=asked, part=part, reduction=reduction)
                wishes.setdefault(source.name, []).append(wish)
    if not wishes:
        return ()
    names = {source: f"t{number}" for number, source in enumerate(wishes)}
    frames = {name: frame for source, name in names.items() if (frame := tables[source].frame) is not None}
    scans = {name: scan for source, name in names.items() if (scan := tables[source].scan) is not None}
    with connected(frames, scans, job.limits) as connection:
        return tuple(
            _asked(_Asking(connection, names[source], tables[source], job), tuple(wishes[source])) for source in wishes
        )


def _reduction(job: Measuring, source: DataSource, asked: Asked, sentence: FromRows | None) -> Reduction:
    table, value = job.records.tables[source.name], asked.indicator.value
    if isinstance(value, Answers):
        return tally_of(table, source, value, deviation=job.header.report.deviation)
    assert sentence is not None  # noqa: S101 - only answers and sentences have a table
    return reduction_of(table, asked.indicator, sentence, job.header.calendar, job.as_of)


@dataclass(frozen=True, slots=True)
class _Asking:
    connection: "DuckDBPyConnection"
    name: str
    table: Table
    job: Measuring


def _asked(asking: _Asking, wishes: tuple[Wish, ...]) -> Finest:
    table, name, units = asking.table, asking.name, len(asking.job.header.units)
    segments = tuple(s for s in asking.job.by if table.find("text", s) is not None)
    lengths = dict.fromkeys(w.asked.period for w in wishes if w.asked.period is not None)
    periods = tuple(length for length in lengths if table.find("period", length) is not None)
    keys: list[Column] = [table.column("text", unit) for unit in asking.job.header.units]
    keys += [*(table.column("text", s) for s in segments), *(table.column("period", p) for p in periods)]
    sizes = [len(w.reduction.terms) if isinstance(w.reduction, Tally) else 0 for w in wishes]
    terms = [term for w in wishes if isinstance(w.reduction, Tally) for term in w.reduction.terms]
    times = table.find("count", "rows")

    def asked(query: exp.Select) -> Rows:
        return _by_cell(rows_of(asking.connection, query), units, segments)

    return Finest(
        wishes=wishes,
        starts=tuple(accumulate(sizes, initial=len(keys))),
        keys=len(keys),
        segments=segments,
        periods={length: units + len(segments) + n for n, length in enumerate(periods)},
        rows=asked(cells_query(name, keys, terms)) if terms else {},
        spreads={
            number: asked(spread_query(name, keys, spread.values, spread.where, times))
            for number, spread in enumerate(wish.reduction for wish in wishes)
            if isinstance(spread, Spread)
        },
    )


# ---------------------------------------------------------------- cells


def _by_cell(rows: Sequence[Row], units: int, segments: Sequence[str]) -> Rows:
    """Every row under the whole, under its unit and the unit's subtotals, each with and without its segments.

    A blank names no unit, and no subtotal from there on.
    """
    found: dict[Cell, list[Row]] = {}
    for row in rows:
        unit = tuple(row[:units])
        named_by = [start for start in (*starts_of(unit), unit) if start and all(start)]
        owners: list[tuple[str, ...] | None] = [None, *named_by]
        named = [((name, text),) for name, text in zip(segments, row[units:], strict=False) if text]
        for unit in owners:
            for segment in ((), *named):
                found.setdefault(Cell(unit=unit, segment=segment), []).append(row)
    return found


def _cells(header: Header, finest: Sequence[Finest], records: Records) -> tuple[Cell, ...]:
    seen = [cell for table in finest for rows in (table.rows, *table.spreads.values()) for cell in rows]
    columns = len(header.units)
    units = {cell.unit for cell in seen if cell.unit is not None and len(cell.unit) == columns}
    units |= {unit for row in records.values if (unit := unit_of_row(row, header.units)) is not None}
    segments = {cell.segment for cell in seen if cell.segment} | {(pair,) for pair in segments_of(records.values)}
    whole = not header.units or header.units_total == "pooled"
    pooled = header.units_subtotals and header.units_total in ("", "pooled")
    return cells_of(sorted(units), sorted(segments), whole=whole, subtotals=pooled)


# ---------------------------------------------------------------- merging


def _merged(table: Finest, number: int, cell: Cell) -> Measured:
    """One measure in one cell, and in each of its periods where a cap asks for them."""
    if any(name not in table.segments for name, _ in cell.segment):
        return Measured(state=State.MISSING, reason=Reason.NO_SPLIT)
    rows = table.spreads.get(number, table.rows).get(cell, ())
    found = _finished(table, number, rows)
    at = table.periods.get(table.wishes[number].asked.period or "")
    if at is None:
        return found
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[at] or "", []).append(row)
    return replace(found, periods={name: _finished(table, number, group) for name, group in sorted(groups.items())})


def _finished(table: Finest, number: int, rows: Sequence[Row]) -> Measured:
    reduction = table.wishes[number].reduction
    if isinstance(reduction, Spread):
        counts: Counter[tuple[Any, ...]] = Counter()
        for row in rows:
            counts[row[table.keys : -1]] += row[-1]
        return reduction.finish(counts)
    start = table.starts[number]
    merged = [_together(merge, [row[start + n] for row in rows]) for n, merge in enumerate(reduction.merges)]
    return reduction.finish(merged)


def _together(merge: str, values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return _MERGES[merge](known) if known else None
