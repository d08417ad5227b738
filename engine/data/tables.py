"""One `responses` or `events` source: from its file to the rows that count, in the columns the plan reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.data.columns import Converted, answer_column, number_column, text_column, time_column
from engine.data.contract import Account, Column, ColumnKind, Need, Reading, Table
from engine.data.evidence import collect, duration_columns, looked_at, uses_answers
from engine.data.faults import NAMED, Faults, gathered
from engine.data.grids import Asked
from engine.data.opening import Findings, Loaded, blanks_in_xls, load_columns, open_source
from engine.data.periods import Period, period_of
from engine.data.sheets import record_place
from engine.data.validity import apply_rules, wording
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, Header
from engine.language.syntax import OnePer
from engine.source import file_place

if TYPE_CHECKING:
    from pandas import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A column of the table to be, with the values of every record of the file."""

    column: Column
    converted: Converted


def read_table(
    header: Header, source: DataSource, need: Need, reading: Reading
) -> tuple[Table | None, Account | None, Findings]:
    """The source's valid rows in the period, and where all its rows went; or everything that is wrong with the file."""
    asked = _asked(source, need, reading)
    opened, findings = open_source(source, reading, asked)
    if opened is None:
        return None, None, findings
    optional = [Asked(header=s) for s in reading.segments]
    durations, findings = duration_columns(source, opened)
    if findings:
        return None, None, findings
    loaded, findings = load_columns(opened, [*asked, *durations], optional)
    if loaded is None:
        return None, None, findings
    return _table(header, source, need, reading, loaded)


def _asked(source: DataSource, need: Need, reading: Reading) -> list[Asked]:
    """Every column that has to be there, each once, in the order in which they are spoken of."""
    ids = _questions(source, need)
    headers = [*need.texts, *need.numbers, *need.times, *reading.units, *looked_at(source)]
    headers += [h for h in (source.date, source.weight, source.key) if h]
    asked = [Asked(header=source.questions[i], question=True) for i in ids] + [Asked(header=h) for h in headers]
    return list(dict.fromkeys(asked))


def _questions(source: DataSource, need: Need) -> tuple[str, ...]:
    """Ids of the questions to be read: all of them where a validity sentence looks at the whole questionnaire."""
    return tuple(source.questions) if uses_answers(source) else need.questions


def _table(
    header: Header, source: DataSource, need: Need, reading: Reading, loaded: Loaded
) -> tuple[Table | None, Account | None, Findings]:
    dates = _dates(source, need, reading, loaded)
    parts = [*_parts(source, need, reading, loaded), *_periods(need, dates)]
    evidence, faults, findings = collect(header, source, reading, loaded, _answers(source, parts), dates)
    faults = [
        loaded.sheet.faults,
        *(part.converted.faults for part in parts),
        *faults,
        *([dates.faults] if dates else []),
        _notes(loaded),
        _keys(source, loaded),
        _weights(source, parts, loaded),
    ]
    findings = (*findings, *gathered(faults, file_place(loaded.file.name)))
    if findings:
        return None, None, findings
    in_period = _in_period(dates, reading.period, len(loaded.sheet.rows))
    valid, failed = apply_rules(source.valid, evidence, in_period)
    wanted = {("answer", i) for i in need.questions}
    kept = [p for p in parts if p.column.kind != "answer" or ("answer", p.column.name) in wanted]
    account = Account(
        source=source.name,
        file=loaded.file.name,
        sha256=loaded.file.sha256,
        rows=len(in_period),
        valid=int(valid.sum()),
        out_of_period=int((~in_period).sum()),
        invalid=_by_rule(header, source, reading, failed),
    )
    return _framed(source, kept, valid), account, blanks_in_xls(loaded)


def _by_rule(header: Header, source: DataSource, reading: Reading, failed: Sequence[int]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for rule, count in zip(source.valid, failed, strict=True):
        words = wording(rule, reading.policy, header.lang)
        counts[words] = counts.get(words, 0) + count
    return counts


def _framed(source: DataSource, parts: Sequence[Part], valid: "Series[bool]") -> Table:
    from pandas import DataFrame

    frame = DataFrame({p.column.id: p.converted.values[valid] for p in parts}).reset_index(drop=True)
    return Table(source=source.name, kind=source.kind, columns=tuple(p.column for p in parts), frame=frame)


# ---------------------------------------------------------------- columns


def _parts(source: DataSource, need: Need, reading: Reading, loaded: Loaded) -> list[Part]:
    """The columns the plan reads, as what it reads them."""
    parts: list[Part] = []
    sheet = loaded.sheet

    def add(kind: ColumnKind, name: str, converted: Converted) -> None:
        column = Column(
            name=name, kind=kind, id=f"{kind}_{len(parts)}", scale=converted.scale, percent=converted.percent
        )
        parts.append(Part(column=column, converted=converted))

    def at(header: str) -> int:
        return loaded.positions[Asked(header=header)]

    for question in _questions(source, need):
        position = loaded.positions[Asked(header=source.questions[question], question=True)]
        add("answer", question, answer_column(sheet, position, source, question))
    split = [*reading.units, *(s for s in reading.segments if Asked(header=s) in loaded.positions)]
    for text in dict.fromkeys([*need.texts, *split]):
        add("text", text, text_column(sheet, at(text)))
    for number in dict.fromkeys(need.numbers):
        add("number", number, number_column(sheet, at(number)))
    for moment in dict.fromkeys(need.times):
        add("time", moment, time_column(sheet, at(moment)))
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


def _dates(source: DataSource, need: Need, reading: Reading, loaded: Loaded) -> Converted | None:
    """The source's own date; it must be filled in where a row's period matters."""
    if source.date is None:
        return None
    required = reading.period is not None or bool(need.periods)
    return time_column(loaded.sheet, loaded.positions[Asked(header=source.date)], required=required)


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


def _labels(moments: "Series[Any]", length: str) -> "Series[Any]":
    from numpy import array
    from pandas import Series, factorize

    codes, days = factorize(moments.to_numpy().astype("datetime64[D]"))
    names = array([*(period_of(day, length).text for day in days.astype(object)), None], dtype=object)
    return Series(names[codes], dtype=object)


def _in_period(dates: Converted | None, period: Period | None, count: int) -> "Series[bool]":
    from numpy import datetime64
    from pandas import Series

    if dates is None or period is None:
        return Series([True] * count, dtype=bool)
    days = dates.values.to_numpy().astype("datetime64[D]")
    return Series((days >= datetime64(period.begin)) & (days <= datetime64(period.end)))


# ---------------------------------------------------------------- what no single cell shows


def _notes(loaded: Loaded) -> Faults:
    """E924 for totals and notes below the table, which would be counted as records."""
    notes = loaded.sheet.notes
    named = tuple(Diagnostic(code="E924", place=record_place(loaded.sheet, n, 0)) for n in notes[:NAMED])
    return Faults(named=named, more=max(0, len(notes) - NAMED))


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
