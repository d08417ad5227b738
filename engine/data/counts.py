"""Rows that were counted elsewhere: a file that says how often each combination of cells occurs, read as tables.

Every line speaks of one source (`rubric_source`) and says how many of its rows look so (`rubric_rows`). In its other
columns stand the cells as they were collected, below the policy's own headers: units, segments, what sentences read.
A line of a question (`rubric_measure`) has the answer in `rubric_value`, and the weight of each of those respondents
in `rubric_weight`. One line of each source has `*` for its measure: it says how many rows there are in all, and in
`rubric_value` of which period; `*` stands there too for every segment that the source has. The file is whole only if
the lines of every question, and those that sentences read, add up to that (E991). A line with `#` for its measure, if
there is one, says in `rubric_value` on what terms rows were counted (`terms_of`): validity sentences, classes, weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.columns import Converted, answer_column, number_column, text_column, time_column
from engine.data.contract import Account, Column, ColumnKind, Need, Reading, Records, Table
from engine.data.faults import NAMED, Faults, gathered
from engine.data.grids import Asked
from engine.data.opening import Findings, Loaded, load_columns, open_source
from engine.data.periods import Period, period_of
from engine.data.sheets import Sheet, record_place
from engine.diagnostics import Diagnostic
from engine.language.formatter import format_belonging, format_validity
from engine.language.policy import DataSource, Header
from engine.source import NOWHERE, file_place

if TYPE_CHECKING:
    from pandas import Series

SOURCE, MEASURE, VALUE = "rubric_source", "rubric_measure", "rubric_value"
DATE, WEIGHT, ROWS = "rubric_date", "rubric_weight", "rubric_rows"
# Measures of the lines that say how many rows there are, how many nobody can judge, and on what terms rows counted.
ALL, OPEN, TERMS = "*", "?", "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is to be read of a file of counts: the needs that have tables, and which of their sources sentences read."""

    header: Header
    needs: Sequence[Need]
    sentences: frozenset[str]
    file: Path


def read_counts(counted: Counted, reading: Reading) -> tuple[Records | None, Findings]:
    """The tables of all needs from the one file, as if their sources had been read; or all that is wrong with it.

    The rows are those of `reading.periods` (one at most) and passed the validity sentences where they were counted.
    """
    source = DataSource(name="", kind="events", file=counted.file.name, span=NOWHERE)
    asked = [Asked(header=header) for header in _headers(counted, reading)]
    at_home = replace(reading, folder=counted.file.parent)
    opened, findings = open_source(source, at_home, asked)
    if opened is None:
        return None, findings
    loaded, findings = load_columns(opened, asked, [Asked(header=s) for s in reading.segments])
    if loaded is None:
        return None, findings
    period = reading.periods[0] if reading.periods else None
    tables: dict[str, Table] = {}
    accounts: list[Account] = []
    faults: list[Faults] = [loaded.sheet.faults]
    for need in counted.needs:
        lines = _lines_of(counted, need, loaded)
        faults += _incomplete(lines, period)
        parts = _parts(lines, reading)
        faults += [*(part.faults for _, part in parts), *_impossible(lines, parts)]
        tables[need.source] = _table(lines, parts)
        rows = int(lines.counts.values[lines.total].sum())
        file, digest = loaded.file.name, loaded.file.sha256
        accounts.append(Account(source=need.source, file=file, sha256=digest, rows=rows, valid=rows))
    if found := gathered(faults, file_place(loaded.file.name)):
        return None, found
    return Records(tables=tables, values=(), accounts=tuple(accounts), period=period), ()


def _headers(counted: Counted, reading: Reading) -> dict[str, None]:
    """The columns that have to be there."""
    needs, sources = counted.needs, {source.name: source for source in counted.header.data}
    weighted = [WEIGHT for need in needs if sources[need.source].weight]
    dated = [DATE for need in needs if need.periods]
    cells = [name for need in needs for name in (*need.texts, *need.numbers, *need.times)]
    return dict.fromkeys((SOURCE, MEASURE, VALUE, ROWS, *weighted, *dated, *reading.units, *cells))


# ---------------------------------------------------------------- the lines of one source


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """The lines of one source. `total`, `open`: masks of those that say how many rows there are, and how many nobody
    can judge; `measures`: what each line speaks of.
    """

    counted: Counted
    source: DataSource
    need: Need
    loaded: Loaded
    sheet: Sheet
    measures: "Series[Any]"
    counts: Converted
    total: "Series[bool]"
    open: "Series[bool]"

    def at(self, header: str) -> int:
        """The position of a column that was asked for."""
        return self.loaded.positions[Asked(header=header)]


def terms_of(source: DataSource) -> str:
    """The digest of all that decides which rows count, for whom and as what: other terms need other counts.

    Weights of indicators, scales, bands and what answers are worth are none of it: these may change.
    """
    said = [source.date or "", source.weight or "", *(format_validity(one, "zh") for one in source.valid)]
    said += [f"{question}={header}" for question, header in sorted(source.questions.items())]
    for name, classes in source.classes.items():
        said += [f"{name}/{label}={format_belonging(one, 'zh')}" for label, one in classes.items()]
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def _lines_of(counted: Counted, need: Need, loaded: Loaded) -> _Lines:
    source = next(source for source in counted.header.data if source.name == need.source)
    own = _of_source(loaded, need.source)
    what = loaded.sheet.columns[loaded.positions[Asked(header=MEASURE)]]
    sheet = _only(loaded.sheet, [record for record in own if what[record] != TERMS])
    measures = text_column(sheet, loaded.positions[Asked(header=MEASURE)]).values
    counts = number_column(sheet, loaded.positions[Asked(header=ROWS)], required=True)
    return _Lines(
        counted=counted,
        source=source,
        need=need,
        loaded=loaded,
        sheet=sheet,
        measures=measures,
        counts=counts,
        total=measures == ALL,
        open=measures == OPEN,
    )


def _of_source(loaded: Loaded, source: str) -> list[int]:
    """The records that speak of a source."""
    named = loaded.sheet.columns[loaded.positions[Asked(header=SOURCE)]]
    return [record for record, name in enumerate(named) if name == source]


def _on_other_terms(lines: _Lines) -> list[Diagnostic]:
    """E991 where the file says that rows were counted on other terms than the policy's."""
    sheet, value = lines.loaded.sheet, lines.at(VALUE)
    what = sheet.columns[lines.at(MEASURE)]
    return [
        Diagnostic(code="E991", case="terms", place=record_place(sheet, at, value), args={"source": lines.source.name})
        for at in _of_source(lines.loaded, lines.source.name)
        if what[at] == TERMS and sheet.columns[value][at] != terms_of(lines.source)
    ]


def _only(sheet: Sheet, records: Sequence[int]) -> Sheet:
    """Some of the records of a sheet, at the addresses they have."""
    columns = {position: [cells[r] for r in records] for position, cells in sheet.columns.items()}
    return replace(sheet, rows=[sheet.rows[r] for r in records], columns=columns, merged={}, faults=Faults())


def _incomplete(lines: _Lines, period: Period | None) -> list[Faults]:
    """E991 where the file does not say all of the source; E992 where it speaks of another period."""
    source, place = lines.source.name, file_place(lines.loaded.file.name)
    if lines.counts.faults:
        return [lines.counts.faults]
    totals = [int(i) for i in lines.total.index[lines.total]]
    if len(totals) != 1:
        case = "twice" if totals else "none"
        return [_fault(Diagnostic(code="E991", case=case, place=place, args={"source": source}))]
    at = totals[0]
    total, here = int(lines.counts.values[at]), record_place(lines.sheet, at, lines.at(ROWS))
    found = _on_other_terms(lines)
    if unknown := int(lines.counts.values[lines.open].sum()):
        found.append(Diagnostic(code="E991", case="open", place=here, args={"source": source, "rows": unknown}))
    for name, mask in _blocks(lines):
        rows = int(lines.counts.values[mask].sum())
        if rows != total:
            args = {"source": source, "measure": name, "rows": rows, "total": total}
            found.append(Diagnostic(code="E991", case="" if name else "rows", place=here, args=args))
    told, wanted = lines.sheet.columns[lines.at(VALUE)][at], period.text if period else ""
    if told != wanted:
        args = {"source": source, "told": told, "wanted": wanted}
        case = "" if told and wanted else "all" if wanted else "unasked"
        there = record_place(lines.sheet, at, lines.at(VALUE))
        found.append(Diagnostic(code="E992", case=case, place=there, args=args))
    return [_fault(one) for one in found]


def _fault(finding: Diagnostic) -> Faults:
    return Faults(named=(finding,))


def _blocks(lines: _Lines) -> list[tuple[str, "Series[bool]"]]:
    """The lines that together speak of every row: those of each question, and those without a question."""
    found = [(question, lines.measures == question) for question in lines.need.questions]
    return [*found, ("", lines.measures.isna())] if lines.source.name in lines.counted.sentences else found


# ---------------------------------------------------------------- columns


Part = tuple[Column, Converted]


def _parts(lines: _Lines, reading: Reading) -> list[Part]:
    """The columns of the table, as what they are read."""
    need, sheet = lines.need, lines.sheet
    parts: list[Part] = []

    def add(kind: ColumnKind, name: str, converted: Converted) -> None:
        column = Column(
            name=name, kind=kind, id=f"{kind}_{len(parts)}", scale=converted.scale, percent=converted.percent
        )
        parts.append((column, converted))

    for question in need.questions:
        add("answer", question, _answers(lines, question))
    segments = [s for s in reading.segments if _is_split(lines, s)]
    for text in dict.fromkeys((*need.texts, *reading.units, *segments)):
        add("text", text, text_column(sheet, lines.at(text)))
    for number in need.numbers:
        add("number", number, number_column(sheet, lines.at(number)))
    for moment in need.times:
        add("time", moment, time_column(sheet, lines.at(moment), lines.source.dates))
    for length in need.periods:
        add("period", length, _labels(lines, length))
    if lines.source.kind == "responses" or lines.source.weight:
        add("weight", "", _weights(lines))
    add("count", "answers", _times(lines, ~lines.measures.isna() & ~lines.total & ~lines.open))
    add("count", "rows", _times(lines, lines.measures.isna()))
    return parts


def _is_split(lines: _Lines, segment: str) -> bool:
    """Whether the source has the segment: the line with all its rows says so."""
    position = lines.loaded.positions.get(Asked(header=segment))
    return position is not None and any(
        lines.sheet.columns[position][int(i)] == ALL for i in lines.total.index[lines.total]
    )


def _answers(lines: _Lines, question: str) -> Converted:
    """The answers to one question, on its lines only."""
    from pandas import Series

    records = [int(i) for i in lines.measures.index[lines.measures == question]]
    read = answer_column(_only(lines.sheet, records), lines.at(VALUE), lines.source, question)
    values = Series([None] * len(lines.measures), dtype="Int64")
    values[records] = read.values.array
    return replace(read, values=values, skipped=None)


def _weights(lines: _Lines) -> Converted:
    """The weight of each respondent of a line: 1 where the source has none."""
    from pandas import Series

    ones = Converted(values=Series([1] * len(lines.measures), dtype="Int64"))
    if not lines.source.weight:
        return ones
    answered = [int(i) for i in lines.measures.index[lines.measures.isin(lines.need.questions)]]
    read = number_column(_only(lines.sheet, answered), lines.at(WEIGHT), required=True)
    ones.values[answered] = read.values.array
    return replace(read, values=ones.values)


def _labels(lines: _Lines, length: str) -> Converted:
    """The period each line's day lies in."""
    days = time_column(lines.sheet, lines.at(DATE), lines.source.dates)
    names = {day: period_of(day.date(), length).text for day in days.values.dropna().unique()}
    labels: Series[Any] = days.values.map(names).astype(object)
    return replace(days, values=labels.where(labels.notna(), None))


def _times(lines: _Lines, mask: "Series[bool]") -> Converted:
    return Converted(values=lines.counts.values.where(mask, 0))


def _impossible(lines: _Lines, parts: Sequence[Part]) -> list[Faults]:
    """E920 for counts that are no whole number from 0 up, and for weights below zero."""
    found: list[Faults] = []
    counts, scale = lines.counts.values, 10**lines.counts.scale
    wrong: Mapping[str, Series[bool]] = {"count": (counts % scale != 0) | lines.counts.percent, "low": counts < 0}
    for case, mask in wrong.items():
        args = {"measure": ROWS, "bound": 0}
        found.append(_named(lines, mask.fillna(value=False), ROWS, case, args))
    for column, converted in parts:
        if column.kind == "weight" and lines.source.weight:
            found.append(_named(lines, (converted.values < 0).fillna(value=False), WEIGHT, "weight", {}))
    return found


def _named(lines: _Lines, mask: "Series[bool]", header: str, case: str, args: Mapping[str, object]) -> Faults:
    records, cells = [int(i) for i in mask.index[mask]], lines.sheet.columns[lines.at(header)]
    named = tuple(
        Diagnostic(
            code="E920",
            case=case,
            place=record_place(lines.sheet, r, lines.at(header)),
            args={**args, "text": cells[r]},
        )
        for r in records[:NAMED]
    )
    return Faults(named=named, more=max(0, len(records) - NAMED))


def _table(lines: _Lines, parts: Sequence[Part]) -> Table:
    """The lines that stand for rows."""
    from pandas import DataFrame

    kept = ~lines.total & ~lines.open & (lines.counts.values > 0).fillna(value=False)
    frame = DataFrame({column.id: part.values[kept] for column, part in parts}).reset_index(drop=True)
    columns = tuple(column for column, _ in parts)
    return Table(source=lines.source.name, kind=lines.source.kind, columns=columns, frame=frame)
