"""A `control` source: figures as printed, one indicator to a row (long) or the scores of one to a column (wide)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.data.cells import ERRORS, Problem, folded, read_number
from engine.data.columns import text_column
from engine.data.contract import Account, Printed, Reading
from engine.data.faults import Faults, gathered
from engine.data.grids import Asked
from engine.data.headers import find_column
from engine.data.opening import Findings, Loaded, Opened, load_columns, open_source
from engine.data.sheets import Sheet, record_place
from engine.data.values import HEADERS as VALUE_HEADERS, Timing, of_cells, texts_of, timing_of, unit_texts
from engine.diagnostics import Diagnostic
from engine.language.controls import ROLES
from engine.language.policy import DataSource
from engine.source import Place, file_place

HEADERS: Mapping[str, tuple[str, ...]] = {
    "indicator": VALUE_HEADERS["indicator"],
    "score": ("得分", "实得分", "score"),
    "full": ("满分", "应得分", "full marks"),
    "loss": ("失分", "失分数", "loss", "points lost"),
    "rank": ("名次", "排名", "rank"),
    "gap": ("差距", "gap"),
    "weight": ("权重", "比重", "weight"),
    "weights": ("权重合计", "比重合计", "total weight"),
    "period": VALUE_HEADERS["period"],
}
_BLANK = ("", "-", "--", "—", "——", "/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The printed figures of one source, in reading order, and where its rows went for each period asked for."""

    printed: tuple[Printed, ...]
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """Where a figure and its indicator's name stand: the positions, and the record of the figure."""

    name: str
    role: str
    record: int
    position: int
    name_place: Place


def read_controls(source: DataSource, reading: Reading) -> tuple[Figures | None, Findings]:
    """The printed figures of the source within the period; or everything that is wrong with the file.

    E951 where no column holds a printed figure. A blank or a dash is no figure; any other text is E914.
    """
    named = [role for role in HEADERS if role in source.columns]
    must = ["indicator", *named] if source.layout == "long" else [role for role in named if role == "period"]
    asked = {role: Asked(header=source.columns.get(role, HEADERS[role][0])) for role in dict.fromkeys(must)}
    opened, findings = open_source(source, reading, list(asked.values()))
    if opened is None:
        return None, findings
    columns = _columns(opened, source)
    required = [column for role, column in columns.items() if role in must]
    splits = [Asked(header=header) for header in (*reading.units, *reading.segments)]
    others = [Asked(header=h) for h in opened.headers if h] if source.layout == "wide" else list(columns.values())
    loaded, findings = load_columns(opened, required, [*others, *splits])
    if loaded is None:
        return None, findings
    at = {role: loaded.positions[column] for role, column in columns.items() if column in loaded.positions}
    if at.get("period") is None and reading.apart:
        place = opened.grid.address(opened.row, 0)
        return None, (Diagnostic(code="E938", place=place, args={"source": source.name}),)
    timing = timing_of(loaded, at.get("period"), reading.periods)
    cells = list(_long(loaded, at) if source.layout == "long" else _wide(loaded, at, splits))
    if not cells and loaded.sheet.rows:
        place = file_place(loaded.file.name)
        return None, (Diagnostic(code="E951", place=place, args={"source": source.name}),)
    return _figures(source, reading, loaded, timing, cells)


def _columns(opened: Opened, source: DataSource) -> dict[str, Asked]:
    """The column of each role: the policy's own, else the first with one of the usual headers."""
    found = {role: Asked(header=header) for role, header in source.columns.items() if role in HEADERS}
    for role, usual in HEADERS.items():
        header = next((name for name in usual if find_column(opened.headers, name)), None)
        if role not in found and header is not None:
            found[role] = Asked(header=header)
    if source.layout == "wide":
        return {role: column for role, column in found.items() if role == "period"}
    return {"indicator": Asked(header=HEADERS["indicator"][0])} | found


def _long(loaded: Loaded, at: Mapping[str, int]) -> Iterator[_Cell]:
    sheet, indicator = loaded.sheet, at["indicator"]
    names = text_column(sheet, indicator).values
    for record in range(len(sheet.rows)):
        if names[record]:
            place = record_place(sheet, record, indicator)
            for role in (role for role in ROLES if role in at):
                yield _Cell(name=names[record], role=role, record=record, position=at[role], name_place=place)


def _wide(loaded: Loaded, at: Mapping[str, int], splits: list[Asked]) -> Iterator[_Cell]:
    sheet = loaded.sheet
    fixed = {at.get("period"), *(loaded.positions.get(column) for column in splits)}
    for position in sorted(set(sheet.columns) - fixed):
        for record in range(len(sheet.rows)):
            place = record_place(sheet, record, position)
            name = sheet.headers[position].strip()
            yield _Cell(name=name, role="score", record=record, position=position, name_place=place)


def _figures(
    source: DataSource, reading: Reading, loaded: Loaded, timing: Timing, cells: list[_Cell]
) -> tuple[Figures | None, Findings]:
    units, segments = unit_texts(reading, loaded), texts_of(reading.segments, loaded)
    printed: list[Printed] = []
    problems: dict[str, Diagnostic] = {}
    for cell in (cell for cell in cells if cell.record not in timing.skipped):
        read = timing.faults.get(cell.record) or _amount(loaded.sheet, cell)
        if isinstance(read, Diagnostic):
            problems[str(read.place)] = read
        elif read is not None:
            figure = _printed(source.name, loaded.sheet, cell, read)
            unit = {name: texts[cell.record] for name, texts in units.items() if texts[cell.record]}
            segment = {name: texts[cell.record] for name, texts in segments.items() if texts[cell.record]}
            period = timing.periods.get(cell.record)
            printed.append(replace(figure, unit=unit, segment=segment, period=period))
    counted = {(p.line, p.column) for p in (record_place(loaded.sheet, c.record, c.position) for c in cells)}
    faults = [of_cells(loaded.sheet.faults, counted), Faults(named=tuple(problems.values()))]
    if found := gathered(faults, file_place(loaded.file.name)):
        return None, found
    accounts = tuple(_account(source, loaded, outside) for outside in timing.outside)
    return Figures(printed=tuple(printed), accounts=accounts), ()


def _printed(source: str, sheet: Sheet, cell: _Cell, amount: Fraction) -> Printed:
    return Printed(
        source=source,
        name=cell.name,
        role=cell.role,
        amount=amount,
        text=folded(sheet.columns[cell.position][cell.record]),
        place=record_place(sheet, cell.record, cell.position),
        name_place=cell.name_place,
    )


def _account(source: DataSource, loaded: Loaded, outside: int) -> Account:
    rows = len(loaded.sheet.rows)
    return Account(
        source=source.name,
        file=loaded.file.name,
        sha256=loaded.file.sha256,
        rows=rows,
        valid=rows - outside,
        out_of_period=outside,
    )


def _amount(sheet: Sheet, cell: _Cell) -> Fraction | Diagnostic | None:
    plain = folded(sheet.columns[cell.position][cell.record])
    if plain in _BLANK:
        return None
    read = Problem(code="E912", args={"text": plain}) if plain in ERRORS else read_number(plain)
    if isinstance(read, Problem):
        args = {"column": sheet.headers[cell.position].strip(), **read.args}
        return Diagnostic(
            code=read.code, case=read.case, place=record_place(sheet, cell.record, cell.position), args=args
        )
    return Fraction(read[0])
