"""A `values` source: indicators and what was measured, one to a row (long) or one to a column (wide)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.data.amounts import COUNT_WORDS, PERCENT_WORDS, POINT_WORDS, TIME_WORDS, is_inapplicable, read_amount
from engine.data.cells import Problem
from engine.data.columns import text_column
from engine.data.contract import Account, Reading, ValueRow, Wanted
from engine.data.faults import Faults, gathered, shown
from engine.data.grids import Asked
from engine.data.headers import find_column, plain
from engine.data.opening import Findings, Loaded, Opened, load_columns, open_source
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
CELL_CODES = ("E912", "E913", "E917")
Names = Mapping[str, Sequence[Wanted]]
_UNIT_TAIL = re.compile(rf"[(\[]({_WORDS})[)\]]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value where it stands: under which name, in which unit, for which record, at which position.

    `called`: the position of the name, where that stands in the record too.
    """

    name: str
    unit: str
    record: int
    position: int
    called: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """By record: its period, whether it lies outside all that are asked for, or why its period cannot be read.

    `outside`: how many records lie outside each of the periods asked for (or outside none, where all rows are taken).
    """

    periods: Mapping[int, Period] = field(default_factory=dict[int, Period])
    skipped: frozenset[int] = frozenset()
    outside: tuple[int, ...] = (0,)
    faults: Mapping[int, Diagnostic] = field(default_factory=dict[int, Diagnostic])


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A source's sheet with what holds for whole records: periods, and texts of the unit and segment columns."""

    source: DataSource
    loaded: Loaded
    timing: Timing
    units: Mapping[str, Sequence[str]]
    segments: Mapping[str, Sequence[str]]


Group = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A value under a name that nobody asked for: in which unit and segment (columns and texts), for which period."""

    name: str
    group: Group
    period: Period | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The values of one source; `unused`: names nobody asked for, once for each unit, segment and period.

    `accounts`: where its rows went, for each period asked for (or once for all rows).
    """

    rows: tuple[ValueRow, ...]
    accounts: tuple[Account, ...]
    unused: tuple[Stray, ...]


def read_values(source: DataSource, wanted: Sequence[Wanted], reading: Reading) -> tuple[Values | None, Findings]:
    """The wanted values of the source within the period; or everything that is wrong with them."""
    must = ("indicator", "value") if source.layout == "long" else ()
    splits = [Asked(header=u) for u in reading.units]
    first = [Asked(header=source.columns.get(role, HEADERS[role][0])) for role in must]
    opened, findings = open_source(source, reading, [*first, *splits])
    if opened is None:
        return None, findings
    roles = {role: _spelt(opened, source, role) for role in HEADERS}
    ours = [role for role in HEADERS if role in must or _is_ours(roles[role], role, source, reading)]
    stated = [Asked(header=roles[role]) for role in ours if role in must or role in source.columns]
    others = [Asked(header=roles[role]) for role in ours] + [Asked(header=s) for s in reading.segments]
    names = by_name(wanted)
    if source.layout == "wide":
        stated += [Asked(header=h) for h in opened.headers if _wants(h, "", names)[0]]
        others += [Asked(header=h) for h in opened.headers if h]
    loaded, findings = load_columns(opened, [*stated, *splits], others)
    if loaded is None:
        return None, findings
    at = {role: loaded.positions.get(Asked(header=roles[role])) for role in ours}
    if at.get("period") is None and reading.apart:
        place = opened.grid.address(opened.row, 0)
        return None, (Diagnostic(code="E938", place=place, args={"source": source.name}),)
    page = Page(
        source=source,
        loaded=loaded,
        timing=timing_of(loaded, at.get("period"), reading.periods),
        units=unit_texts(reading, loaded),
        segments=texts_of(reading.segments, loaded),
    )
    return _values(page, list(_cells(page, at)), names)


def _spelt(opened: Opened, source: DataSource, role: str) -> str:
    """The header of a standard column: the policy's own, else the first known one in the header row or the top rows."""
    if role in source.columns:
        return source.columns[role]
    rows = [opened.headers, *(cells for _, cells in opened.grid.top)]
    known = (name for cells in rows for name in HEADERS[role] if find_column(cells, name))
    return next(known, HEADERS[role][0])


def _is_ours(header: str, role: str, source: DataSource, reading: Reading) -> bool:
    """Whether the column plays the role: 单位 is no unit of measurement where results are split by a column 单位."""
    if source.layout == "wide" and role in ("indicator", "value"):
        return False
    return role in source.columns or header not in (*reading.units, *reading.segments)


def _values(page: Page, cells: Sequence[Cell], names: Names) -> tuple[Values | None, Findings]:
    loaded, timing = page.loaded, page.timing
    unused: dict[tuple[object, ...], Stray] = {}
    rows: list[ValueRow] = []
    problems: dict[tuple[int, int, str], Diagnostic] = {}
    counted: set[tuple[int, int]] = set()
    for cell in cells:
        place = record_place(loaded.sheet, cell.record, cell.position)
        wants, unit = _wants(cell.name, cell.unit, names)
        if cell.record in timing.skipped:
            continue
        if not wants:
            stray = _stray(page, cell)
            unused.setdefault((stray.name, stray.group, stray.period), stray)
            continue
        counted.add((place.line, place.column))
        for want in wants:
            row = timing.faults.get(cell.record) or _row(page, want, cell, unit)
            if isinstance(row, ValueRow):
                rows.append(row)
            else:
                problems[row.place.line, row.place.column, row.code] = row
    faults = [of_cells(loaded.sheet.faults, counted), Faults(named=tuple(problems.values())), _merged(loaded, cells)]
    if found := gathered(faults, file_place(loaded.file.name)):
        return None, found
    return Values(rows=tuple(rows), accounts=_accounts(page), unused=tuple(unused.values())), ()


def _accounts(page: Page) -> tuple[Account, ...]:
    count, file = len(page.loaded.sheet.rows), page.loaded.file
    return tuple(
        Account(
            source=page.source.name,
            file=file.name,
            sha256=file.sha256,
            rows=count,
            valid=count - outside,
            out_of_period=outside,
        )
        for outside in page.timing.outside
    )


def _stray(page: Page, cell: Cell) -> Stray:
    place = record_place(page.loaded.sheet, cell.record, cell.position if cell.called is None else cell.called)
    columns = (*page.units.items(), *page.segments.items())
    group = tuple((name, texts[cell.record]) for name, texts in columns)
    return Stray(name=cell.name, group=group, period=page.timing.periods.get(cell.record), place=place)


def of_cells(faults: Faults, counted: set[tuple[int, int]]) -> Faults:
    """The faults of the file as a whole and of the cells that are read; an error beside them harms nobody."""
    named = (d for d in faults.named if d.code not in CELL_CODES or (d.place.line, d.place.column) in counted)
    return Faults(named=tuple(named), more=faults.more)


def _row(page: Page, want: Wanted, cell: Cell, unit: str) -> ValueRow | Diagnostic:
    loaded = page.loaded
    place = record_place(loaded.sheet, cell.record, cell.position)
    text = loaded.sheet.columns[cell.position][cell.record]
    read = read_amount(text, unit, want)
    if isinstance(read, Problem):
        args = {"column": loaded.sheet.headers[cell.position].strip(), **read.args}
        return Diagnostic(code=read.code, case=read.case, place=place, args=args, hint=read.hint)
    return ValueRow(
        source=page.source.name,
        measure=want.measure,
        amount=read[0],
        applicable=not is_inapplicable(text),
        written=read[1],
        unit={name: texts[cell.record] for name, texts in page.units.items()},
        segment={name: texts[cell.record] for name, texts in page.segments.items()},
        period=page.timing.periods.get(cell.record),
        place=place,
    )


# ---------------------------------------------------------------- cells and names


def _cells(page: Page, at: Mapping[str, int | None]) -> Iterator[Cell]:
    """Every named value of the sheet, row by row (long) or column by column (wide)."""
    sheet, positions = page.loaded.sheet, page.loaded.positions
    records = range(len(sheet.rows))
    indicator, value, unit = at.get("indicator"), at.get("value"), at.get("unit")
    if indicator is not None and value is not None:
        names = text_column(sheet, indicator).values
        units = sheet.columns[unit] if unit is not None else None
        for record in records:
            if names[record]:
                told = units[record] if units else ""
                yield Cell(name=names[record], unit=told, record=record, position=value, called=indicator)
        return
    fixed = {at.get("period"), unit, *(positions.get(Asked(header=h)) for h in (*page.units, *page.segments))}
    for position in sorted(set(sheet.columns) - fixed):
        yield from (Cell(name=sheet.headers[position], unit="", record=r, position=position) for r in records)


def by_name(wanted: Sequence[Wanted]) -> Names:
    """The wanted values by what the sheet may call them; a name that two measures with keys share calls neither."""
    names: dict[str, list[Wanted]] = {}
    for want in wanted:
        names.setdefault(plain(want.measure), []).append(want)
    others: dict[str, list[Wanted]] = {}
    for want in wanted:
        for name in dict.fromkeys(plain(also) for also in want.also):
            if name not in names:
                others.setdefault(name, []).append(want)
    return names | {name: wants for name, wants in others.items() if len({w.measure for w in wants}) == 1}


def _wants(text: str, unit: str, names: Names) -> tuple[Sequence[Wanted], str]:
    """Who wants the value of that name, and its unit, which may stand in brackets behind the name: 准时交付率(%)."""
    name = plain(text)
    if name in names:
        return names[name], unit
    tail = _UNIT_TAIL.search(name)
    if tail and (bare := name[: tail.start()]) in names:
        return names[bare], unit or tail[1]
    return (), ""


def unit_texts(reading: Reading, loaded: Loaded) -> dict[str, list[str]]:
    """The texts of the unit columns; the name of the whole is no unit."""
    found = texts_of(reading.units, loaded)
    whole = plain(reading.whole)
    return {h: ["" if whole and plain(t) == whole else t for t in texts] for h, texts in found.items()}


def texts_of(headers: Sequence[str], loaded: Loaded) -> dict[str, list[str]]:
    """The columns that results are split by, as far as the sheet has them."""
    found = {h: loaded.positions.get(Asked(header=h)) for h in headers}
    return {h: [t or "" for t in text_column(loaded.sheet, p).values] for h, p in found.items() if p is not None}


def _merged(loaded: Loaded, cells: Sequence[Cell]) -> Faults:
    """E918 for values merged over several rows."""
    named = tuple(
        Diagnostic(
            code="E918",
            place=record_place(loaded.sheet, first, position),
            args={"column": loaded.sheet.headers[position].strip(), "rows": last - first + 1},
        )
        for position in sorted({cell.position for cell in cells})
        for first, last in loaded.sheet.merged.get(position, ())
    )
    return Faults(named=named)


# ---------------------------------------------------------------- periods


def timing_of(loaded: Loaded, position: int | None, asked: Sequence[Period]) -> Timing:
    """The period of each record, the records outside those asked for, and what cannot be read (E923, E925)."""
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
    held = [frozenset(r for r, p in periods.items() if one.holds(p)) for one in asked]
    return Timing(
        periods=periods,
        skipped=frozenset(periods).difference(*held) if asked else frozenset(),
        outside=tuple(len(periods) - len(inside) for inside in held) or (0,),
        faults=faults,
    )
