"""A `values` source: indicators and what was measured, one to a row (long) or one to a column (wide)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.data.amounts import COUNT_WORDS, PERCENT_WORDS, POINT_WORDS, TIME_WORDS, read_amount
from engine.data.cells import Problem
from engine.data.columns import text_column
from engine.data.contract import Account, Reading, ValueRow, Wanted
from engine.data.faults import Faults, gathered, shown
from engine.data.grids import Asked
from engine.data.headers import find_column, plain
from engine.data.opening import Findings, Loaded, Opened, blanks_in_xls, load_columns, open_source
from engine.data.periods import Period, parse_period
from engine.data.sheets import record_place
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource
from engine.source import Place, file_place

HEADERS = {
    "indicator": ("指标", "指标名称", "考核指标", "indicator", "measure"),
    "value": ("值", "指标值", "实际值", "数值", "value"),
    "period": ("期间", "统计期间", "月份", "period"),
    "unit": ("单位", "计量单位", "unit"),
}
_WORDS = "|".join(
    re.escape(w) for w in sorted({*PERCENT_WORDS, *POINT_WORDS, *COUNT_WORDS, *TIME_WORDS}, key=lambda w: (-len(w), w))
)
_UNIT_TAIL = re.compile(rf"[(\[]({_WORDS})[)\]]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value where it stands: under which name, in which unit, for which record, at which position."""

    name: str
    unit: str
    record: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """By record: its period, whether it lies outside the asked one, or why its period cannot be read."""

    periods: Mapping[int, Period] = field(default_factory=dict[int, Period])
    outside: frozenset[int] = frozenset()
    faults: Mapping[int, Diagnostic] = field(default_factory=dict[int, Diagnostic])


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A source's sheet with what holds for whole records: periods, and texts of the unit and segment columns."""

    source: DataSource
    loaded: Loaded
    timing: Timing
    units: Mapping[str, Sequence[str]]
    segments: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The values of one source; `unused`: names nobody asked for, each with its first place."""

    rows: tuple[ValueRow, ...]
    account: Account
    unused: Mapping[str, Place]


def read_values(source: DataSource, wanted: Sequence[Wanted], reading: Reading) -> tuple[Values | None, Findings]:
    """The wanted values of the source within the period; or everything that is wrong with them."""
    roles = {role: source.columns.get(role, HEADERS[role][0]) for role in HEADERS}
    must = ["indicator", "value"] if source.layout == "long" else []
    first = [Asked(header=roles[role]) for role in must] + [Asked(header=u) for u in reading.units]
    opened, findings = open_source(source, reading, first)
    if opened is None:
        return None, findings
    roles = {role: _spelt(opened, source, role) for role in HEADERS}
    optional = {role for role in ("period", "unit") if role in source.columns}
    asked = [Asked(header=roles[role]) for role in (*must, *sorted(optional))]
    asked += [Asked(header=u) for u in reading.units]
    more = [Asked(header=roles[role]) for role in ("period", "unit") if _is_ours(roles[role], role, source, reading)]
    more += [Asked(header=s) for s in reading.segments]
    if source.layout == "wide":
        more += [Asked(header=h) for h in opened.headers if h.strip()]
    loaded, findings = load_columns(opened, asked, more)
    if loaded is None:
        return None, findings
    at = {role: loaded.positions.get(Asked(header=roles[role])) for role in HEADERS}
    if not _is_ours(roles["unit"], "unit", source, reading):
        at["unit"] = None
    return _values(source, wanted, reading, loaded, at)


def _spelt(opened: Opened, source: DataSource, role: str) -> str:
    """The header of a standard column: the policy's own, else the first known one in the header row or the top rows."""
    if role in source.columns:
        return source.columns[role]
    rows = [opened.headers, *(cells for _, cells in opened.grid.top)]
    known = (name for cells in rows for name in HEADERS[role] if find_column(cells, name).positions)
    return next(known, HEADERS[role][0])


def _is_ours(header: str, role: str, source: DataSource, reading: Reading) -> bool:
    """Whether 单位 is the unit of measurement: it is not where results are split by a column of that name."""
    return role in source.columns or header not in (*reading.units, *reading.segments)


def _values(
    source: DataSource, wanted: Sequence[Wanted], reading: Reading, loaded: Loaded, at: Mapping[str, int | None]
) -> tuple[Values | None, Findings]:
    timing = _timing(loaded, at["period"], reading.period)
    names = _by_name(wanted)
    cells = [(cell, *_asked_for(cell, names)) for cell in _cells(source, loaded, reading, at)]
    unused: dict[str, Place] = {}
    for cell, wants, _ in cells:
        if not wants:
            unused.setdefault(cell.name, record_place(loaded.sheet, cell.record, cell.position))
    counted = [(cell, wants, unit) for cell, wants, unit in cells if wants and cell.record not in timing.outside]
    page = Page(
        source=source,
        loaded=loaded,
        timing=timing,
        units=_texts(reading.units, loaded),
        segments=_texts(reading.segments, loaded),
    )
    rows: list[ValueRow] = []
    problems: list[Diagnostic] = [
        timing.faults[r] for r in dict.fromkeys(c.record for c, _, _ in counted) if r in timing.faults
    ]
    for cell, wants, unit in counted:
        for want in wants if cell.record not in timing.faults else ():
            row = _row(page, want, cell, unit)
            if isinstance(row, ValueRow):
                rows.append(row)
            else:
                problems.append(row)
    merged = _merged(loaded, {cell.position for cell, _, _ in counted})
    found = gathered([loaded.sheet.faults, Faults(named=tuple(problems)), merged], file_place(loaded.file.name))
    if found:
        return None, found
    account = Account(
        source=source.name,
        file=loaded.file.name,
        sha256=loaded.file.sha256,
        rows=len(loaded.sheet.rows),
        valid=len(loaded.sheet.rows) - len(timing.outside),
        out_of_period=len(timing.outside),
    )
    return Values(rows=tuple(rows), account=account, unused=unused), blanks_in_xls(loaded)


def _row(page: Page, want: Wanted, cell: Cell, unit: str) -> ValueRow | Diagnostic:
    loaded = page.loaded
    place = record_place(loaded.sheet, cell.record, cell.position)
    read = read_amount(loaded.sheet.columns[cell.position][cell.record], unit, want)
    if isinstance(read, Problem):
        args = {"column": loaded.sheet.headers[cell.position].strip(), **read.args}
        return Diagnostic(code=read.code, case=read.case, place=place, args=args, hint=read.hint)
    return ValueRow(
        source=page.source.name,
        measure=want.measure,
        amount=read[0],
        written=read[1],
        unit={name: texts[cell.record] for name, texts in page.units.items()},
        segment={name: texts[cell.record] for name, texts in page.segments.items()},
        period=page.timing.periods.get(cell.record),
        place=place,
    )


# ---------------------------------------------------------------- cells and names


def _cells(source: DataSource, loaded: Loaded, reading: Reading, at: Mapping[str, int | None]) -> Iterator[Cell]:
    """Every named value of the sheet, row by row (long) or column by column (wide)."""
    sheet, count = loaded.sheet, range(len(loaded.sheet.rows))
    indicator, value = at["indicator"], at["value"]
    if source.layout == "wide" or indicator is None or value is None:
        fixed = {at["period"], *(loaded.positions.get(Asked(header=h)) for h in (*reading.units, *reading.segments))}
        for position in sorted(sheet.columns):
            if position not in fixed:
                yield from (Cell(name=sheet.headers[position], unit="", record=r, position=position) for r in count)
        return
    names = text_column(sheet, indicator).values
    units = sheet.columns[at["unit"]] if at["unit"] is not None else None
    for record in count:
        if names[record]:
            yield Cell(name=names[record], unit=units[record] if units else "", record=record, position=value)


def _by_name(wanted: Sequence[Wanted]) -> dict[str, list[Wanted]]:
    names: dict[str, list[Wanted]] = {}
    for want in wanted:
        names.setdefault(plain(want.measure), []).append(want)
    return names


def _asked_for(cell: Cell, names: Mapping[str, Sequence[Wanted]]) -> tuple[Sequence[Wanted], str]:
    """Who wants the value, and its unit. A unit may stand in brackets behind the name: 准时交付率(%)."""
    name = plain(cell.name)
    if name in names:
        return names[name], cell.unit
    tail = _UNIT_TAIL.search(name)
    if tail and (bare := name[: tail.start()]) in names:
        return names[bare], cell.unit or tail[1]
    return (), ""


def _texts(headers: Sequence[str], loaded: Loaded) -> dict[str, list[str]]:
    """The columns that results are split by, as far as the sheet has them."""
    found = {h: loaded.positions.get(Asked(header=h)) for h in headers}
    return {h: [t or "" for t in text_column(loaded.sheet, p).values] for h, p in found.items() if p is not None}


def _merged(loaded: Loaded, positions: set[int]) -> Faults:
    """E918 for values merged over several rows."""
    named = tuple(
        Diagnostic(
            code="E918",
            place=record_place(loaded.sheet, first, position),
            args={"column": loaded.sheet.headers[position].strip(), "rows": last - first + 1},
        )
        for position in sorted(positions)
        for first, last in loaded.sheet.merged.get(position, ())
    )
    return Faults(named=named)


# ---------------------------------------------------------------- periods


def _timing(loaded: Loaded, position: int | None, asked: Period | None) -> Timing:
    """The period of each record, the records outside the one asked for, and what cannot be read (E923, E925)."""
    if position is None:
        return Timing()
    texts = [(t or "").removesuffix(" 00:00:00") for t in text_column(loaded.sheet, position).values]
    read = {text: parse_period(text) for text in dict.fromkeys(texts)}
    days = [p.begin.day for p in read.values() if p and p.length == "day"]
    months = loaded.sheet.sheet is not None and bool(days) and all(day == 1 for day in days)
    periods: dict[int, Period] = {}
    faults: dict[int, Diagnostic] = {}
    for record, text in enumerate(texts):
        period = read[text]
        if period is not None and not (months and period.length == "day"):
            periods[record] = period
            continue
        args = {"column": loaded.sheet.headers[position].strip(), "text": shown(text), "month": text[:7]}
        code, case = ("E923", "") if not text else ("E925", "day" if period else "")
        place = record_place(loaded.sheet, record, position)
        hint = text[:7] if period else None
        faults[record] = Diagnostic(code=code, case=case, place=place, args=args, hint=hint)
    outside = frozenset(r for r, p in periods.items() if asked is not None and not asked.holds(p))
    return Timing(periods=periods, outside=outside, faults=faults)
