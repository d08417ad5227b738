"""A source's file opened under its contract: the sheet, the header row, the columns by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.data.contract import Need, Reading
from engine.data.delimited import open_text
from engine.data.files import DataFile, read_file
from engine.data.grids import Asked, Grid, Selection, header_of, positions_of
from engine.data.headers import find_column, joined
from engine.data.sheets import Sheet
from engine.data.workbooks import open_workbook
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, Header
from engine.source import file_place

Findings = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One source to be read: the policy it belongs to, what the plan reads of it, and how."""

    header: Header
    source: DataSource
    need: Need
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file whose header is known: its first and its last row, and what its columns are called."""

    file: DataFile
    grid: Grid
    row: int
    last: int
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The records of a source, and at which position each column asked for stands."""

    file: DataFile
    sheet: Sheet
    positions: Mapping[Asked, int]


def open_source(source: DataSource, reading: Reading, asked: Sequence[Asked]) -> tuple[Opened | None, Findings]:
    """The source's file as far as its header row; `asked` tells how a text file is delimited."""
    file, findings = read_file(reading.folder, source.file)
    if file is None:
        return None, findings
    if file.form == "parquet":
        from engine.data.parquet.files import open_parquet  # loads the query engine

        grid, findings = open_parquet(file, reading.limits)
    elif file.form == "csv":
        encoding = reading.encoding or source.encoding
        grid, findings = open_text(file, encoding=encoding, header=source.header, last=source.header_end, asked=asked)
    else:
        grid, findings = open_workbook(file, source.sheet, source.header_end or source.header)
    return _at_header(source, file, grid) if grid else (None, findings)


def open_start(
    source: DataSource, file: DataFile, start: bytes, encoding: str | None, asked: Sequence[Asked]
) -> Opened | None:
    """A text file by its first bytes, as far as its header row; None where they do not make one."""
    begun = replace(file, content=start)
    grid, _ = open_text(begun, encoding=encoding, header=source.header, last=source.header_end, asked=asked)
    return _at_header(source, file, grid)[0] if grid else None


def _at_header(source: DataSource, file: DataFile, grid: Grid) -> tuple[Opened | None, Findings]:
    found = header_of(grid, source.header)
    if found is None:
        case = "empty" if source.header else "nothing"
        args = {"row": source.header or 1}
        return None, (Diagnostic(code="E907", case=case, place=file_place(file.name), args=args),)
    if source.header_end is None:
        return Opened(file=file, grid=grid, row=found[0], last=found[0], headers=found[1]), ()
    headers = joined([cells for row, cells in grid.top if found[0] <= row <= source.header_end])
    grid = replace(grid, top=((found[0], headers),))  # no other row is the header
    return Opened(file=file, grid=grid, row=found[0], last=source.header_end, headers=headers), ()


def load_columns(
    opened: Opened, asked: Sequence[Asked], optional: Sequence[Asked] = ()
) -> tuple[Loaded | None, Findings]:
    """The columns asked for, every one of which must be there, and those of the optional ones that are."""
    positions, findings = find_columns(opened, asked, optional)
    if findings:
        return None, findings
    wanted = Selection(row=opened.last, headers=opened.headers, positions=tuple(sorted(set(positions.values()))))
    return Loaded(file=opened.file, sheet=opened.grid.load(wanted), positions=positions), ()


def find_columns(
    opened: Opened, asked: Sequence[Asked], optional: Sequence[Asked] = ()
) -> tuple[dict[Asked, int], Findings]:
    """Where the columns asked for stand, and those of the optional ones that are there; nothing is read."""
    positions, findings = positions_of(opened.grid, opened.row, opened.headers, asked)
    for column in optional:
        if len(found := find_column(opened.headers, column.header)) == 1:
            positions[column] = found[0]
    return positions, findings


def is_for_queries(source: DataSource, need: Need) -> bool:
    """Whether nothing but a query has to look at the rows, so that they may stay in their file until they are measured:
    there is no class, no repetition, no pair of clocks.
    """
    return not (source.classes or need.repeats or need.spans)
