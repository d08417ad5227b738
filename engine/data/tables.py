"""One `responses` or `events` source: from its file to the rows that count, in the columns the plan reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.data.cells import zone_of
from engine.data.classes import class_column, read_for
from engine.data.collection import filled
from engine.data.columns import Converted, answer_column, number_column, text_column, time_column
from engine.data.contract import Account, Column, ColumnKind, Need, Table, repetition
from engine.data.evidence import Collected, collect, duration_columns, looked_at, uses_answers
from engine.data.faults import NAMED, Faults, gathered, shown
from engine.data.grids import Asked
from engine.data.opening import Findings, Loaded, Opened, Request, load_columns, open_source
from engine.data.periods import Period, period_of
from engine.data.repeats import repeated
from engine.data.sheets import record_place
from engine.data.validity import apply_rules, wording
from engine.diagnostics import Diagnostic, listed
from engine.language.policy import DataSource
from engine.language.syntax import OnePer
from engine.source import file_place

if TYPE_CHECKING:
    from pandas import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A column of the table to be, with the values of every record of the file."""

    column: Column
    converted: Converted


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The valid rows of a source and where all its rows went: for each period asked for, or once for all rows. Of rows
    that stay in their file nobody knows yet where they go: `accounts` is empty.

    `others`: where the rows of the sources went that validity sentences looked at.
    """

    tables: tuple[Table, ...]
    accounts: tuple[Account, ...]
    others: tuple[Account, ...]


def read_table(request: Request) -> tuple[Split | None, Findings]:
    """The source's valid rows by period; or all that is wrong."""
    source, reading = request.source, request.reading
    asked = columns_asked(request)
    opened, findings = open_source(source, reading, asked)
    if opened is None:
        return None, findings
    if source.date is None and reading.apart:
        return None, (undated(source, opened),)
    durations, findings = duration_columns(source, opened)
    loaded, missing = load_columns(opened, [*asked, *durations], [Asked(header=s) for s in reading.segments])
    if loaded is None or findings:
        return None, (*missing, *findings)
    loaded, findings = filled(source, reading, loaded)
    return (None, findings) if findings else _split(request, loaded)


def undated(source: DataSource, opened: Opened) -> Diagnostic:
    """E938: periods stand beside each other, and the source does not say of which its rows are."""
    place = opened.grid.address(opened.row, 0)
    return Diagnostic(code="E938", case="table", place=place, args={"source": source.name})


def columns_asked(request: Request) -> list[Asked]:
    """Every column that has to be there, each once, in the order in which they are spoken of."""
    source, need = request.source, request.need
    headers = [*need.texts, *need.numbers, *need.times, *request.reading.units, *looked_at(source)]
    headers += [h for h in (source.date, source.weight, source.key) if h]
    headers += [s for s in request.reading.segments if s in source.classes]
    questions = [Asked(header=source.questions[i], question=True) for i in questions_read(request)]
    return list(dict.fromkeys([*questions, *read_for(source, headers)]))


def questions_read(request: Request) -> tuple[str, ...]:
    """Ids of the questions to be read: all of them where a validity sentence looks at the whole questionnaire."""
    return tuple(request.source.questions) if uses_answers(request.source) else request.need.questions


def _split(request: Request, loaded: Loaded) -> tuple[Split | None, Findings]:
    source = request.source
    dates = _dates(request, loaded)
    parts = [*_parts(request, loaded), *_periods(request.need, dates)]
    collected = collect(request, loaded, _answers(source, parts), dates)
    masks = _masks(dates, request.reading.periods, len(loaded.sheet.rows))
    faults = [*collected.faults, *_faults(request, loaded, parts, dates, masks)]
    findings = (*collected.findings, *gathered(faults, file_place(loaded.file.name)))
    if findings:
        return None, findings
    kept = [p for p in parts if p.column.kind != "answer" or p.column.name in request.need.questions]
    tables: list[Table] = []
    accounts: list[Account] = []
    counted = masks[0] & False
    for in_period in masks:
        valid, failed = apply_rules(source.valid, collected.evidence, in_period)
        repeats = _repeats(request, parts, dates, collected, in_period)
        tables.append(_framed(source, [*kept, *repeats], valid))
        accounts.append(_account(request, loaded, in_period, valid, failed))
        counted |= valid
    split = Split(tables=tuple(tables), accounts=tuple(accounts), others=collected.others)
    return split, (*_without_unit(request, parts, counted, loaded), *_without_class(source, parts, counted, loaded))


def _faults(
    request: Request, loaded: Loaded, parts: Sequence[Part], dates: Converted | None, masks: Sequence["Series[bool]"]
) -> list[Faults]:
    """What is wrong with the cells and rows of the source, but for what its validity sentences look at."""
    faults = [loaded.sheet.faults, *(part.converted.faults for part in parts), *([dates.faults] if dates else [])]
    faults += [_notes(loaded), _keys(request.source, loaded), _weights(request.source, parts, loaded)]
    in_any = masks[0]
    for in_period in masks[1:]:
        in_any = in_any | in_period
    return [*faults, *(_backwards(span, parts, loaded, in_any) for span in request.need.spans)]


def _account(
    request: Request, loaded: Loaded, in_period: "Series[bool]", valid: "Series[bool]", failed: Sequence[int]
) -> Account:
    return Account(
        source=request.source.name,
        file=loaded.file.name,
        sha256=loaded.file.sha256,
        rows=len(in_period),
        valid=int(valid.sum()),
        out_of_period=int((~in_period).sum()),
        invalid=by_rule(request, failed),
    )


def by_rule(request: Request, failed: Sequence[int]) -> dict[str, int]:
    """How many rows each validity sentence turned away, by its wording."""
    counts: dict[str, int] = {}
    for rule, count in zip(request.source.valid, failed, strict=True):
        words = wording(rule, request.reading.policy, request.header.lang)
        counts[words] = counts.get(words, 0) + count
    return counts


def _framed(source: DataSource, parts: Sequence[Part], valid: "Series[bool]") -> Table:
    from pandas import DataFrame

    frame = DataFrame({p.column.id: p.converted.values[valid] for p in parts}).reset_index(drop=True)
    return Table(source=source.name, kind=source.kind, columns=tuple(p.column for p in parts), frame=frame)


def _without_unit(request: Request, parts: Sequence[Part], valid: "Series[bool]", loaded: Loaded) -> Findings:
    """W929 where valid rows name no unit: they count for the company as a whole and for no unit."""
    found: list[Diagnostic] = []
    for unit in (unit for unit in request.reading.units if unit not in request.source.classes):
        texts = next(p.converted.values for p in parts if p.column.kind == "text" and p.column.name == unit)
        blank = [int(i) for i in texts.index[texts.isna() & valid]]
        if blank:
            place = record_place(loaded.sheet, blank[0], loaded.positions[Asked(header=unit)])
            found.append(Diagnostic(code="W929", place=place, args={"column": unit, "count": len(blank)}))
    return tuple(found)


def _without_class(
    source: DataSource, parts: Sequence[Part], valid: "Series[bool]", loaded: Loaded
) -> Iterator[Diagnostic]:
    """W960 where valid rows fulfil the conditions of no class."""
    for part in (p for p in parts if p.column.kind == "text" and p.column.name in source.classes):
        values, name = part.converted.values, part.column.name
        blank = [int(i) for i in values.index[values.isna() & valid]]
        if blank:
            first = next(iter(read_for(source, [name])))
            place = record_place(loaded.sheet, blank[0], loaded.positions[first])
            args = {"classes": listed(source.classes[name]), "name": name, "count": len(blank)}
            yield Diagnostic(code="W960", place=place, args=args)


# ---------------------------------------------------------------- columns


def _parts(request: Request, loaded: Loaded) -> list[Part]:
    """The columns the plan reads, as what it reads them."""
    source, need, reading, sheet = request.source, request.need, request.reading, loaded.sheet
    parts: list[Part] = []

    def add(kind: ColumnKind, name: str, converted: Converted) -> None:
        column = Column(
            name=name, kind=kind, id=f"{kind}_{len(parts)}", scale=converted.scale, percent=converted.percent
        )
        parts.append(Part(column=column, converted=converted))

    def at(header: str) -> int:
        return loaded.positions[Asked(header=header)]

    for question in questions_read(request):
        position = loaded.positions[Asked(header=source.questions[question], question=True)]
        add("answer", question, answer_column(sheet, position, source, question))
    segments = [s for s in reading.segments if s in source.classes or Asked(header=s) in loaded.positions]
    for text in dict.fromkeys([*need.texts, *reading.units, *segments]):
        classed = text in source.classes
        add("text", text, class_column(source, loaded, text) if classed else text_column(sheet, at(text)))
    for number in dict.fromkeys(need.numbers):
        add("number", number, number_column(sheet, at(number)))
    for moment in dict.fromkeys(need.times):
        add("time", moment, time_column(sheet, at(moment), source.dates))
    if source.kind == "responses" or source.weight:
        add("weight", "", number_column(sheet, at(source.weight), required=True) if source.weight else _ones(loaded))
    add("row", "", Converted(values=_whole(sheet.rows)))
    return parts


def _whole(numbers: Sequence[int]) -> "Series[Any]":
    from pandas import Series

    return Series(numbers, dtype="Int64")


def _ones(loaded: Loaded) -> Converted:
    return Converted(values=_whole([1] * len(loaded.sheet.rows)))


def _answers(source: DataSource, parts: Sequence[Part]) -> tuple[Converted, ...]:
    return tuple(p.converted for p in parts if p.column.kind == "answer") if uses_answers(source) else ()


# ---------------------------------------------------------------- dates and periods


def _dates(request: Request, loaded: Loaded) -> Converted | None:
    """The source's own date; it must be filled in where a row's period matters."""
    if request.source.date is None:
        return None
    required = bool(request.reading.periods) or bool(request.need.periods)
    position = loaded.positions[Asked(header=request.source.date)]
    return time_column(loaded.sheet, position, request.source.dates, required=required)


def _periods(need: Need, dates: Converted | None) -> list[Part]:
    """For every length asked for, the name of the period each row's date falls in; None without a date."""
    if dates is None:
        return []
    return [
        Part(
            column=Column(name=length, kind="period", id=f"period_{length}"),
            converted=Converted(values=_labels(dates.values, length)),
        )
        for length in dict.fromkeys(need.periods)
    ]


def _repeats(
    request: Request, parts: Sequence[Part], dates: Converted | None, collected: Collected, in_period: "Series[bool]"
) -> list[Part]:
    """For every repetition asked for, which records are one; records that are not valid repeat nothing."""
    if dates is None or not request.need.repeats:
        return []
    rules, evidence = request.source.valid, collected.evidence
    counted = apply_rules(rules, evidence, in_period)[0] | apply_rules(rules, evidence, ~in_period)[0]
    texts = {p.column.name: p.converted.values for p in parts if p.column.kind == "text"}
    return [
        Part(
            column=Column(name=repetition(columns, days), kind="repeat", id=f"repeat_{number}"),
            converted=Converted(values=repeated(columns, days, texts, dates.values, counted)),
        )
        for number, (columns, days) in enumerate(request.need.repeats)
    ]


def _labels(moments: "Series[Any]", length: str) -> "Series[Any]":
    days = moments.dt.normalize()
    names = {day: period_of(day.date(), length).text for day in days.dropna().unique()}
    labels: Series[Any] = days.map(names).astype(object)
    return labels.where(labels.notna(), None)


def _masks(dates: Converted | None, periods: Sequence[Period], count: int) -> list["Series[bool]"]:
    """For each period which rows fall in it; without a date, or without periods, all of them do."""
    from numpy import datetime64
    from pandas import Series

    if dates is None or not periods:
        return [Series([True] * count, dtype=bool)]
    days = dates.values.to_numpy().astype("datetime64[D]")
    return [Series((days >= datetime64(p.begin)) & (days <= datetime64(p.end))) for p in periods]


# ---------------------------------------------------------------- what no single cell shows


def _notes(loaded: Loaded) -> Faults:
    """E924 for totals and notes below the table, which would be counted as records."""
    notes = loaded.sheet.notes
    named = tuple(Diagnostic(code="E924", place=record_place(loaded.sheet, n, 0)) for n in notes[:NAMED])
    return Faults(named=named, more=max(0, len(notes) - NAMED))


def _backwards(span: tuple[str, str], parts: Sequence[Part], loaded: Loaded, in_period: "Series[bool]") -> Faults:
    """E916 where a row ends before it begins or by another clock, E923 where it ends without a beginning.

    Rows of other periods may.
    """
    moments = {p.column.name: p.converted.values for p in parts if p.column.kind == "time"}
    begin, end = moments[span[0]], moments[span[1]]
    at, until = (loaded.positions[Asked(header=name)] for name in span)
    apart = _of_other_zones(loaded.sheet.columns[at], loaded.sheet.columns[until])
    wrong = ~(begin <= end) | (begin.notna() & begin.index.isin(apart))
    records = [int(i) for i in begin.index[in_period & end.notna() & wrong]]
    unread = {(d.place.line, d.place.column) for p in parts for d in p.converted.faults.named}
    named: list[Diagnostic] = []
    for record in records[:NAMED]:
        first, last = (record_place(loaded.sheet, record, position) for position in (at, until))
        if (first.line, first.column) in unread:
            continue
        if begin.isna()[record]:
            named.append(Diagnostic(code="E923", place=first, args={"column": span[0]}))
            continue
        told = {name: shown(loaded.sheet.columns[p][record]) for name, p in (("text", until), ("begin", at))}
        args = {"column": span[1], "since": span[0], **told}
        case = "zones" if record in apart else "backwards"
        named.append(Diagnostic(code="E916", case=case, place=last, related=(first,), args=args))
    return Faults(named=tuple(named), more=max(0, len(records) - NAMED))


def _of_other_zones(begins: Sequence[str], ends: Sequence[str]) -> frozenset[int]:
    """Records whose two moments are written by clocks of different zones."""
    zones = {text: zone_of(text) for text in {*begins, *ends} if text}
    if len(set(zones.values())) < 2:
        return frozenset()
    pairs = enumerate(zip(begins, ends, strict=True))
    return frozenset(i for i, (begin, end) in pairs if begin and end and zones[begin] != zones[end])


def _keys(source: DataSource, loaded: Loaded) -> Faults:
    """E922 for a key that stands twice, unless a validity sentence chooses between its rows."""
    if source.key is None or any(isinstance(r, OnePer) and r.column.text == source.key for r in source.valid):
        return Faults()
    position = loaded.positions[Asked(header=source.key)]
    keys = text_column(loaded.sheet, position).values
    again = [int(i) for i in keys.index[keys.notna() & keys.duplicated()]]
    first = {key: i for i, key in reversed(list(enumerate(keys)))} if again else {}
    named = tuple(
        Diagnostic(
            code="E922",
            place=record_place(loaded.sheet, i, position),
            related=(record_place(loaded.sheet, first[keys[i]], position),),
            args={"column": source.key, "key": keys[i], "first": loaded.sheet.rows[first[keys[i]]]},
        )
        for i in again[:NAMED]
    )
    return Faults(named=named, more=max(0, len(again) - NAMED))


def _weights(source: DataSource, parts: Sequence[Part], loaded: Loaded) -> Faults:
    """E920 for respondent weights below zero."""
    if source.weight is None:
        return Faults()
    weights = next(p.converted.values for p in parts if p.column.kind == "weight")
    negative = [int(i) for i in weights.index[(weights < 0).fillna(value=False)]]
    position = loaded.positions[Asked(header=source.weight)]
    named = tuple(
        Diagnostic(
            code="E920",
            case="weight",
            place=record_place(loaded.sheet, i, position),
            args={"text": loaded.sheet.columns[position][i]},
        )
        for i in negative[:NAMED]
    )
    return Faults(named=named, more=max(0, len(negative) - NAMED))
