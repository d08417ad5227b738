"""A `responses` or `events` source whose rows stay in their Parquet file: checked there, scanned when measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from engine.data.contract import Account, Column, ColumnKind, Limits, Table
from engine.data.evidence import duration_columns, listed_texts, looked_at, uses_answers
from engine.data.faults import Faults, gathered
from engine.data.files import DataFile
from engine.data.grids import Asked
from engine.data.opening import Findings, Request, find_columns, open_source
from engine.data.parquet.columns import Lookup, Read, Reader, answers_of, moments_of, numbers_of, texts_of
from engine.data.parquet.faults import keys_twice, notes_in, weights_below_zero
from engine.data.parquet.files import FILE, ROW as RECORD, Typed, asking, typed_columns, unfit
from engine.data.parquet.rules import MOMENT, OUTSIDE, ROW, STAGE, Looking, evidence, evidence_id, staged
from engine.data.passing import Answer
from engine.data.periods import Period, period_of
from engine.data.queries import Scan, choose, connected, count_of, given, named, rows_in, rows_of, whole
from engine.data.sheets import value_place
from engine.data.tables import Split, by_rule, columns_asked, questions_read, undated
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource
from engine.source import file_place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A column of the rows: its id, what it is read as, and the column of the table to be, where it becomes one."""

    id: str
    read: Read
    column: Column | None = None
    typed: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A source being scanned: what is asked of it, its file, and the typed column of each one asked for."""

    request: Request
    file: DataFile
    reader: Reader
    columns: Mapping[Asked, Typed]

    @property
    def source(self) -> DataSource:
        """The source's contract."""
        return self.request.source

    def at(self, header: str) -> Typed:
        """The column of a header."""
        return self.columns[Asked(header=header)]


def scan_table(request: Request) -> tuple[Split | None, Findings]:
    """The source's valid rows by period, still in their file; or all that is wrong."""
    source, reading = request.source, request.reading
    asked = columns_asked(request)
    opened, findings = open_source(source, reading, asked)
    if opened is None:
        return None, findings
    if source.date is None and reading.apart:
        return None, (undated(source, opened),)
    durations, findings = duration_columns(source, opened)
    positions, missing = find_columns(opened, [*asked, *durations], [Asked(header=s) for s in reading.segments])
    if missing or findings:
        return None, (*missing, *findings)
    listed, others, findings = listed_texts(request)
    if findings:
        return None, findings
    all_columns = typed_columns(opened.file, reading.limits)
    columns = {one: all_columns[position] for one, position in positions.items()}
    place = file_place(opened.file.name)
    if found := gathered([unfit(opened.file, list(columns.values()))], place):
        return None, found
    with asking(opened.file, reading.limits) as connection:
        number = [one.name for one in request.header.data].index(source.name)
        reader = Reader(connection, opened.file.name, rows_in(opened.file.path, FILE), f"s{number}")
        key = columns[Asked(header=source.key)] if source.key else None
        columns = {one: reader.tidied(typed) for one, typed in columns.items()}
        job = Job(request=request, file=opened.file, reader=reader, columns=columns)
        pieces = _pieces(job, listed, columns[durations[0]] if durations else None)
        faults = [
            *(piece.read.faults for piece in pieces),
            notes_in(reader, all_columns[0]),
            keys_twice(reader, source, key),
        ]
    if found := gathered(faults, place):
        return None, found
    return _split(job, pieces, others)


# ---------------------------------------------------------------- the columns


def _pieces(job: Job, listed: Mapping[tuple[str, str], frozenset[str]], duration: Typed | None) -> list[Piece]:
    """All columns that the plan and the validity sentences look at."""
    source, reader = job.source, job.reader
    pieces = [*_columns(job), Piece(id=ROW, read=Read(value=_number_of_record()))]
    moment = None
    if source.date is not None:
        required = bool(job.request.reading.periods) or bool(job.request.need.periods)
        moment = moments_of(reader, job.at(source.date), source.dates, required=required)
        pieces.append(Piece(id=MOMENT, read=moment))
        pieces += _periods(job, moment)
    else:
        pieces.append(Piece(id=MOMENT, read=Read(value=exp.cast(exp.Null(), exp.DataType.Type.TIMESTAMP_S))))
    columns = {name: job.at(name) for name in looked_at(source)}
    looking = Looking(columns=columns, duration=duration, listed=listed)
    pieces += [Piece(id=evidence_id(n), read=read) for n, read in enumerate(evidence(reader, source.valid, looking))]
    return pieces


def _number_of_record() -> exp.Expr:
    return exp.Add(this=RECORD.copy(), expression=whole(1))


def _columns(job: Job) -> Iterator[Piece]:
    """The columns of the table, as what the plan reads them, in the order in which a sheet's would stand."""
    source, need, reading, reader = job.source, job.request.need, job.request.reading, job.reader
    count = 0

    def piece(kind: ColumnKind, name: str, read: Read, typed: Typed | None = None) -> Piece:
        nonlocal count
        count += 1
        column = Column(
            name=name,
            kind=kind,
            id=f"{kind}_{count - 1}",
            scale=read.scale,
            percent=read.percent,
            largest=read.largest,
        )
        return Piece(id=column.id, read=read, column=column, typed=typed)

    for question in questions_read(job.request):
        typed = job.columns[Asked(header=source.questions[question], question=True)]
        yield piece("answer", question, answers_of(reader, typed, source, question), typed)
    segments = [s for s in reading.segments if Asked(header=s) in job.columns]
    for text in dict.fromkeys([*need.texts, *reading.units, *segments]):
        yield piece("text", text, texts_of(reader, job.at(text)), job.at(text))
    for number in dict.fromkeys(need.numbers):
        yield piece("number", number, numbers_of(reader, job.at(number)), job.at(number))
    for moment in dict.fromkeys(need.times):
        yield piece("time", moment, moments_of(reader, job.at(moment), source.dates), job.at(moment))
    if source.weight:
        weights = job.at(source.weight)
        yield piece("weight", "", numbers_of(reader, weights, required=True), weights)
    elif source.kind == "responses":
        yield piece("weight", "", Read(value=whole(1), largest=1))
    yield piece("row", "", Read(value=_number_of_record()))


def _periods(job: Job, moment: Read) -> Iterator[Piece]:
    """For every length asked for, the name of the period each row's date falls in."""
    day = exp.cast(moment.value, exp.DataType.Type.DATE)
    for length in dict.fromkeys(job.request.need.periods):
        query = exp.select(day.copy()).distinct().from_(job.reader.rows.copy())
        frames = [lookup.frame() for lookup in moment.lookups]
        for lookup, frame in zip(moment.lookups, frames, strict=True):
            job.reader.connection.register(lookup.name, frame)
        found = rows_of(job.reader.connection, _joined(query, moment.lookups))
        days = [row[0] for row in found if row[0] is not None]
        key = exp.cast(day.copy(), exp.DataType.Type.VARCHAR)
        labels = [period_of(one, length).text for one in days]
        table = job.reader.lookup(key, [one.isoformat() for one in days], value=labels)
        column = Column(name=length, kind="period", id=f"period_{length}")
        yield Piece(id=column.id, read=Read(value=named("value", table.name), lookups=(table,)), column=column)


def _joined(query: exp.Select, lookups: Sequence[Lookup]) -> exp.Select:
    """The query with the tables it looks into: a cell, blank or not, finds the one row of its like."""
    for lookup in lookups:
        on = exp.NullSafeEQ(this=lookup.key.copy(), expression=named("cell", lookup.name))
        table = exp.to_table(lookup.name, quoted=True)
        query = query.join(table, on=on, join_type="left")
    return query


def _rows(job: Job, pieces: Sequence[Piece]) -> exp.Select:
    """The rows of the file in the columns of the pieces."""
    values = [exp.alias_(p.read.value.copy(), exp.to_identifier(p.id, quoted=True)) for p in pieces]
    skips = [
        exp.alias_(p.read.skipped.copy(), exp.to_identifier(_skip(p.id), quoted=True))
        for p in pieces
        if p.read.skipped is not None
    ]
    query = exp.select(*values, *skips).from_(job.reader.rows.copy())
    return _joined(query, [lookup for p in pieces for lookup in p.read.lookups])


def _skip(piece: str) -> str:
    return f"{piece}_skipped"


# ---------------------------------------------------------------- the rows that count


def _split(job: Job, pieces: Sequence[Piece], others: tuple[Account, ...]) -> tuple[Split | None, Findings]:
    periods = (job.request.reading.periods if job.source.date else ()) or (None,)
    frames = {lookup.name: lookup.frame() for p in pieces for lookup in p.read.lookups}
    rows = _rows(job, pieces)
    ranked = {p: staged(rows, job.source.valid, _answers(job, pieces), _inside(p)) for p in periods}
    scans = {
        f"p{n}": Scan(file=job.file.name, path=job.file.path, query=query, frames=frames if n == 0 else {})
        for n, query in enumerate(ranked.values())
    }
    with connected({}, scans, job.request.reading.limits) as engine:
        if found := gathered(_of_rows(job, pieces, engine, next(iter(scans))), file_place(job.file.name)):
            return None, found
        counts = [_counted(engine, name, job.request.reading.units, pieces) for name in scans]
    kept = [
        p for p in pieces if p.column and (p.column.kind != "answer" or p.column.name in job.request.need.questions)
    ]
    tables = [_table(job, kept, query, frames) for query in ranked.values()]
    accounts = [_account(job, found) for found in counts]
    return Split(tables=tuple(tables), accounts=tuple(accounts), others=others), tuple(_without_unit(job, counts))


def _of_rows(job: Job, pieces: Sequence[Piece], engine: "DuckDBPyConnection", rows: str) -> Iterator[Faults]:
    """Faults that show only when all cells have been read."""
    for piece in pieces:
        least = piece.read.least
        if piece.column and piece.typed and piece.column.kind == "weight" and (least is None or least < 0):
            yield weights_below_zero(engine, rows, piece.column, job.file.name, piece.typed)


def _answers(job: Job, pieces: Sequence[Piece]) -> list[Answer]:
    """The answers that sentences look at, all of the scale of the finest."""
    read = [p for p in pieces if p.column and p.column.kind == "answer"] if uses_answers(job.source) else []
    scale = max((p.read.scale for p in read), default=0)
    return [
        Answer(
            value=_times(named(p.id), 10 ** (scale - p.read.scale)),
            skipped=named(_skip(p.id)) if p.read.skipped is not None else None,
        )
        for p in read
    ]


def _times(number: exp.Expr, factor: int) -> exp.Expr:
    return number if factor == 1 else exp.Mul(this=number, expression=whole(factor))


def _inside(period: Period | None) -> exp.Expr:
    """Whether a row falls in the period; every row does where there is none."""
    if period is None:
        return exp.true()
    day = exp.cast(named(MOMENT), exp.DataType.Type.DATE)
    begin, end = (
        exp.cast(exp.Literal.string(d.isoformat()), exp.DataType.Type.DATE) for d in (period.begin, period.end)
    )
    within = exp.Between(this=day, low=begin, high=end)
    return exp.Coalesce(this=within, expressions=[exp.false()])


def _table(job: Job, kept: Sequence[Piece], rows: exp.Select, frames: Mapping[str, "DataFrame"]) -> Table:
    columns = tuple(p.column for p in kept if p.column)
    valid = exp.EQ(this=named(STAGE), expression=whole(len(job.source.valid)))
    query = exp.select(*(named(column.id) for column in columns)).from_(rows.subquery("r")).where(valid)
    scan = Scan(file=job.file.name, path=job.file.path, query=query, frames=frames)
    return Table(
        source=job.source.name,
        kind=job.source.kind,
        columns=columns,
        scan=scan,
        labels=lambda column: _labels(scan, column, job.request.reading.limits),
    )


def _labels(scan: Scan, column: Column, limits: Limits) -> tuple[str, ...]:
    """The different texts of a column of the valid rows, in order."""
    with connected({}, {"scanned": scan}, limits) as connection:
        query = exp.select(named(column.id)).distinct().from_("scanned").where(given(named(column.id)))
        return tuple(str(row[0]) for row in rows_of(connection, query))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The rows by stage, and for each unit column of the valid rows how many are blank and the first of them."""

    stages: Mapping[int, int]
    blanks: tuple[tuple[int, int | None], ...]


def _counted(engine: "DuckDBPyConnection", name: str, units: Sequence[str], pieces: Sequence[Piece]) -> Counted:
    ids = [next(p.id for p in pieces if p.column and (p.column.kind, p.column.name) == ("text", u)) for u in units]
    blank = [exp.Is(this=named(one), expression=exp.Null()) for one in ids]
    terms = [term for b in blank for term in (count_of(b.copy()), exp.Min(this=choose(b.copy(), named(ROW))))]
    query = exp.select(named(STAGE), exp.Count(this=exp.Star()), *terms).from_(name).group_by(named(STAGE))
    found = {int(row[0]): row for row in rows_of(engine, query)}
    last = found.get(max(found, default=OUTSIDE), ())
    blanks = tuple((int(last[2 + 2 * n] or 0), last[3 + 2 * n]) for n in range(len(ids))) if last else ()
    return Counted(stages={stage: int(row[1]) for stage, row in found.items()}, blanks=blanks)


def _account(job: Job, counted: Counted) -> Account:
    stages, rules = counted.stages, len(job.source.valid)
    return Account(
        source=job.source.name,
        file=job.file.name,
        sha256=job.file.sha256,
        rows=sum(stages.values()),
        valid=stages.get(rules, 0),
        out_of_period=stages.get(OUTSIDE, 0),
        invalid=by_rule(job.request, [stages.get(n, 0) for n in range(rules)]),
    )


def _without_unit(job: Job, counts: Sequence[Counted]) -> Iterator[Diagnostic]:
    """W929 where valid rows name no unit: they count for the company as a whole and for no unit."""
    rules = len(job.source.valid)
    valid = [one for one in counts if one.stages.get(rules)]
    for n, unit in enumerate(job.request.reading.units):
        count = sum(one.blanks[n][0] for one in valid)
        rows = [row for one in valid if (row := one.blanks[n][1]) is not None]
        if count and rows:
            place = value_place(job.file.name, min(rows), job.at(unit).position)
            yield Diagnostic(code="W929", place=place, args={"column": unit, "count": count})
