"""Stage 1: from records to one `Measured` per measure and cell.

Each table is asked once, grouped to the finest cell of units, segments and periods, and once more for each measure that
needs the single values. Whatever cell is wanted, its measures are merged from these.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from engine.data.contract import UNLIMITED, Account, Column, Limits, Records, Stages, Table
from engine.data.queries import Row, connected, every, named, rows_of, whole
from engine.data.records import in_order_of_sources
from engine.evaluation.cells import Cell, cells_of, starts_of
from engine.evaluation.figures import Measured
from engine.evaluation.lookups import looked_up, rows_for, segments_of, unit_of_row
from engine.evaluation.needs import Asked, amounts_read, measures_of
from engine.evaluation.plan import Plan
from engine.evaluation.reductions import Reduction, Spread, Tally, quotient_of, reduction_of
from engine.evaluation.result import Reason, State
from engine.evaluation.sql import cells_query, column, spread_query
from engine.evaluation.surveys import tally_of
from engine.language.policy import Answers, DataSource, Header, Observed
from engine.language.syntax import FromRows, Quotient
from engine.source import Place

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
class Blank:
    """Valid rows of a scan that name no unit in a column: how many, and where the first of them stands."""

    source: str
    column: str
    count: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Finest:
    """The rows of one table at the finest cell, by every cell they belong to.

    A row has first the key columns (units, segments the table has, periods), `keys` in number, then what was asked.
    `rows`: the terms of all tallies, those of a wish from `starts` on; `spreads`: by wish, the values and how often.
    `account`, `blanks`: of rows that stay in their file, which are counted by the same query.
    """

    wishes: tuple[Wish, ...]
    starts: tuple[int, ...]
    keys: int
    segments: tuple[str, ...]
    periods: Mapping[str, int]
    rows: Rows
    spreads: Mapping[int, Rows]
    account: Account | None = None
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """The cells of a run, and by scheme and path one `Measured` per cell. `accounts`: where the rows of all sources
    went. `blanks`: rows without a unit that were counted as they were measured.
    """

    cells: tuple[Cell, ...]
    measures: Mapping[str, Mapping[str, tuple[Measured, ...]]]
    accounts: tuple[Account, ...] = ()
    blanks: tuple[Blank, ...] = ()


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
    counted = {one.source: one for one in job.records.accounts}
    counted |= {table.account.source: table.account for table in finest if table.account}
    return Measurements(
        cells=cells,
        measures=found,
        accounts=in_order_of_sources(job.header, counted),
        blanks=tuple(blank for table in finest for blank in table.blanks),
    )


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
    columns: list[Column] = [table.column("text", unit) for unit in asking.job.header.units]
    columns += [*(table.column("text", s) for s in segments), *(table.column("period", p) for p in periods)]
    keys = [column(key) for key in columns]
    sizes = [len(w.reduction.terms) if isinstance(w.reduction, Tally) else 0 for w in wishes]
    terms = [term for w in wishes if isinstance(w.reduction, Tally) for term in w.reduction.terms]
    times = table.find("count", "rows")
    found = _counted(asking, keys, terms)

    def spread(one: Spread) -> Rows:
        query = spread_query(name, keys, one.values, every([*valid_rows(table), one.where]), times)
        return _by_cell(rows_of(asking.connection, query), units, segments)

    return Finest(
        wishes=wishes,
        starts=tuple(accumulate(sizes, initial=len(keys))),
        keys=len(keys),
        segments=segments,
        periods={length: units + len(segments) + n for n, length in enumerate(periods)},
        rows=_by_cell(found.rows, units, segments) if terms else {},
        spreads={n: spread(w.reduction) for n, w in enumerate(wishes) if isinstance(w.reduction, Spread)},
        account=found.account,
        blanks=found.blanks,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """The valid rows by key, with their terms; and of a scan where all of its rows went."""

    rows: Sequence[Row]
    account: Account | None = None
    blanks: tuple[Blank, ...] = ()


def _counted(asking: _Asking, keys: Sequence[exp.Expr], terms: Sequence[exp.Expr]) -> _Counted:
    """One query for the terms of all tallies; of a scan it counts too which rows are not valid, and why."""
    stages = asking.table.stages
    if stages is None:
        return _Counted(rows=rows_of(asking.connection, cells_query(asking.name, keys, terms)) if terms else ())
    staged = [*keys, named(stages.column)]
    found = rows_of(asking.connection, cells_query(asking.name, staged, [*terms, exp.Count(this=exp.Star())]))
    counts: Counter[int] = Counter()
    for row in found:
        counts[row[len(keys)]] += row[-1]
    valid = [row for row in found if row[len(keys)] == stages.valid]
    return _Counted(
        rows=[(*row[: len(keys)], *row[len(keys) + 1 : -1]) for row in valid],
        account=stages.account(counts),
        blanks=tuple(_blanks(asking, stages, valid)),
    )


def valid_rows(table: Table) -> list[exp.Expr]:
    """What rows of the table have to satisfy to be valid."""
    stages = table.stages
    return [] if stages is None else [exp.EQ(this=named(stages.column), expression=whole(stages.valid))]


def _blanks(asking: _Asking, stages: Stages, rows: Sequence[Row]) -> Iterator[Blank]:
    """The unit columns in which valid rows are blank; only then the first of them is looked for."""
    table = asking.table
    for n, unit in enumerate(asking.job.header.units):
        count = sum(row[-1] for row in rows if row[n] is None)
        if not count:
            continue
        blank = exp.Is(this=column(table.column("text", unit)), expression=exp.Null())
        query = exp.select(exp.Min(this=column(table.column("row")))).from_(asking.name)
        ((first,),) = rows_of(asking.connection, query.where(blank, *valid_rows(table)))
        yield Blank(source=table.source, column=unit, count=count, place=stages.address(unit, int(first)))


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
    return found._replace(periods={name: _finished(table, number, group) for name, group in sorted(groups.items())})


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
