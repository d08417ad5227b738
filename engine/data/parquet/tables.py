"""A `responses` or `events` source whose rows stay in their Parquet file: checked there, scanned when measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from sqlglot import exp

from engine.data.contract import Account, Column, ColumnKind, Limits, Stages, Table
from engine.data.evidence import duration_columns, listed_texts, looked_at, uses_answers
from engine.data.faults import gathered
from engine.data.files import DataFile
from engine.data.grids import Asked
from engine.data.opening import Findings, Opened, Request, find_columns, open_source
from engine.data.parquet.columns import Read, Reader, answers_of, joined, moments_of, numbers_of, texts_of
from engine.data.parquet.faults import keys_twice, notes_in, weights_below_zero
from engine.data.parquet.files import FILE, ROW as RECORD, Typed, asking, typed_columns, unfit
from engine.data.parquet.rules import MOMENT, ROW, STAGE, Looking, evidence, evidence_id, staged
from engine.data.parquet.texts import LINE, Text, converted_text
from engine.data.passing import Answer
from engine.data.periods import Period, period_of
from engine.data.queries import Scan, connected, every, given, named, rows_in, rows_of, whole
from engine.data.sheets import value_place
from engine.data.tables import Split, by_rule, columns_asked, questions_read, undated
from engine.language.policy import DataSource
from engine.source import Place, file_place

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A column of the rows: its id, what it is read as, and the column of the table to be, where it becomes one."""

    id: str
    read: Read
    column: Column | None = None
    typed: Typed | None = None

    @property
    def is_weight(self) -> bool:
        """Whether it becomes the column of the weights."""
        return self.column is not None and self.column.kind == "weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Rows in a Parquet file: their columns, the number of a row from 1, and the text that was converted, if any."""

    opened: Opened
    columns: tuple[Typed, ...]
    row: exp.Expr
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A source being scanned: what is asked of it, what holds it, the typed column of each one asked for, and how many
    rows the file has.
    """

    request: Request
    held: Held
    reader: Reader
    columns: Mapping[Asked, Typed]
    count: int

    @property
    def source(self) -> DataSource:
        """The source's contract."""
        return self.request.source

    @property
    def file(self) -> DataFile:
        """The file with the rows."""
        return self.held.opened.file

    def at(self, header: str) -> Typed:
        """The column of a header."""
        return self.columns[Asked(header=header)]

    def address(self, header: str, row: int) -> Place:
        """Where a cell of the column stands."""
        place = value_place(self.file.name, row, self.at(header).position)
        return place if self.held.text is None else self.held.text.place(place)


def scan_table(request: Request) -> tuple[Split | None, Findings]:
    """The source's valid rows by period, still in their Parquet file; or all that is wrong."""
    opened, findings = open_source(request.source, request.reading, columns_asked(request))
    if opened is None:
        return None, findings
    return _scanned(
        request, Held(opened=opened, columns=typed_columns(opened.file, request.reading.limits), row=RECORD)
    )


def scan_text(request: Request) -> tuple[Split | None, Findings] | None:
    """The same of a text file, once it has been converted; None where it is not in good order."""
    converted = converted_text(request.source, request.reading, columns_asked(request))
    if converted is None:
        return None
    held = Held(opened=converted.opened, columns=converted.columns, row=LINE, text=converted.text)
    split, findings = _scanned(request, held)
    return split, converted.text.placed(findings)


def _scanned(request: Request, held: Held) -> tuple[Split | None, Findings]:
    source, reading, opened = request.source, request.reading, held.opened
    if source.date is None and reading.apart:
        return None, (undated(source, opened),)
    durations, findings = duration_columns(source, opened)
    asked = [*columns_asked(request), *durations]
    positions, missing = find_columns(opened, asked, [Asked(header=s) for s in reading.segments])
    if missing or findings:
        return None, (*missing, *findings)
    listed, others, findings = listed_texts(request)
    if findings:
        return None, findings
    columns = {one: held.columns[position] for one, position in positions.items()}
    place = file_place(opened.file.name)
    if found := gathered([unfit(opened.file, list(columns.values()))], place):
        return None, found
    with asking(opened.file, reading.limits) as connection:
        number = [one.name for one in request.header.data].index(source.name)
        reader = Reader(connection, opened.file.name, rows_in(opened.file.path, FILE), held.row, f"s{number}")
        key = columns[Asked(header=source.key)] if source.key else None
        columns = {one: reader.tidied(typed) for one, typed in columns.items()}
        count = int(reader.ask(exp.Count(this=exp.Star()))[0][0])
        job = Job(request=request, held=held, reader=reader, columns=columns, count=count)
        pieces = _pieces(job, listed, columns[durations[0]] if durations else None)
        faults = [
            *(piece.read.faults for piece in pieces),
            *([notes_in(reader, held.columns[0])] if held.text is None else []),
            keys_twice(reader, source, key),
            *(weights_below_zero(reader, p.read, p.typed) for p in pieces if p.typed and p.is_weight),
        ]
    if found := gathered(faults, place):
        return None, found
    return _split(job, pieces, others), ()


# ---------------------------------------------------------------- the columns


def _pieces(job: Job, listed: Mapping[tuple[str, str], frozenset[str]], duration: Typed | None) -> list[Piece]:
    """All columns that the plan and the validity sentences look at."""
    source, reader = job.source, job.reader
    pieces = [*_columns(job), Piece(id=ROW, read=Read(value=reader.row))]
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
    yield piece("row", "", Read(value=reader.row))


def _periods(job: Job, moment: Read) -> Iterator[Piece]:
    """For every length asked for, the name of the period each row's date falls in."""
    day = exp.cast(moment.value, exp.DataType.Type.DATE)
    for length in dict.fromkeys(job.request.need.periods):
        found = job.reader.ask(day, groups=1, lookups=moment.lookups)
        days = [row[0] for row in found if row[0] is not None]
        key = exp.cast(day.copy(), exp.DataType.Type.VARCHAR)
        labels = [period_of(one, length).text for one in days]
        table = job.reader.lookup(key, [one.isoformat() for one in days], value=labels)
        column = Column(name=length, kind="period", id=f"period_{length}")
        yield Piece(id=column.id, read=Read(value=named("value", table.name), lookups=(table,)), column=column)


def _rows(job: Job, pieces: Sequence[Piece]) -> exp.Select:
    """The rows of the file in the columns of the pieces."""
    values = [exp.alias_(p.read.value.copy(), exp.to_identifier(p.id, quoted=True)) for p in pieces]
    skips = [
        exp.alias_(p.read.skipped.copy(), exp.to_identifier(_skip(p.id), quoted=True))
        for p in pieces
        if p.read.skipped is not None
    ]
    query = exp.select(*values, *skips).from_(job.reader.rows.copy())
    return joined(query, [lookup for p in pieces for lookup in p.read.lookups])


def _skip(piece: str) -> str:
    return f"{piece}_skipped"


# ---------------------------------------------------------------- the rows that count


def _split(job: Job, pieces: Sequence[Piece], others: tuple[Account, ...]) -> Split:
    """The rows of each period asked for, none of them read: how many are valid is counted as they are measured."""
    periods = (job.request.reading.periods if job.source.date else ()) or (None,)
    frames = _frames(pieces)
    kept = [
        p for p in pieces if p.column and (p.column.kind != "answer" or p.column.name in job.request.need.questions)
    ]
    tables: list[Table] = []
    for period in periods:
        rows = _rows(job, pieces)
        rows = rows.where(_inside(job, pieces, period)) if period is not None else rows
        tables.append(_table(job, kept, staged(rows, job.source.valid, _answers(job, pieces)), frames))
    return Split(tables=tuple(tables), accounts=(), others=others)


def _frames(pieces: Sequence[Piece]) -> dict[str, "DataFrame"]:
    return {lookup.name: lookup.frame() for p in pieces for lookup in p.read.lookups}


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


def _inside(job: Job, pieces: Sequence[Piece], period: Period) -> exp.Expr:
    """Whether a row falls in the period; asked of stored moments as they are, parts of the file need not be read."""
    begin, behind = (
        exp.cast(exp.Literal.string(day.isoformat()), exp.DataType.Type.DATE)
        for day in (period.begin, period.end + timedelta(days=1))
    )
    typed = job.at(job.source.date) if job.source.date else None
    moment = next(p.read.value for p in pieces if p.id == MOMENT)
    at = typed.cell if typed is not None and typed.family == "moment" else moment
    return every([exp.GTE(this=at.copy(), expression=begin), exp.LT(this=at.copy(), expression=behind)])


def _table(job: Job, kept: Sequence[Piece], rows: exp.Select, frames: Mapping[str, "DataFrame"]) -> Table:
    columns = tuple(p.column for p in kept if p.column)
    query = exp.select(*(named(column.id) for column in columns), named(STAGE)).from_(rows.subquery("r"))
    scan = Scan(file=job.file.name, path=job.file.path, query=query, frames=frames)
    valid = len(job.source.valid)

    @cache
    def labels(column: Column) -> tuple[str, ...]:
        return _labels(scan, valid, column, job.request.reading.limits)

    return Table(
        source=job.source.name,
        kind=job.source.kind,
        columns=columns,
        scan=scan,
        stages=Stages(
            column=STAGE,
            valid=valid,
            account=lambda stages: _account(job, stages),
            address=job.address,
        ),
        labels=labels,
    )


def _labels(scan: Scan, valid: int, column: Column, limits: Limits) -> tuple[str, ...]:
    """The different texts of a column of the valid rows, in order."""
    counted = every([given(named(column.id)), exp.EQ(this=named(STAGE), expression=whole(valid))])
    with connected({}, {"scanned": scan}, limits) as connection:
        query = exp.select(named(column.id)).distinct().from_("scanned").where(counted)
        return tuple(str(row[0]) for row in rows_of(connection, query))


def _account(job: Job, stages: Mapping[int, int]) -> Account:
    rules = len(job.source.valid)
    return Account(
        source=job.source.name,
        file=job.file.name,
        sha256=job.file.sha256,
        rows=job.count,
        valid=stages.get(rules, 0),
        out_of_period=job.count - sum(stages.values()),
        invalid=by_rule(job.request, [stages.get(n, 0) for n in range(rules)]),
    )
