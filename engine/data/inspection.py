"""A file looked at before anybody has written a policy for it: its sheets, its columns, what `run` would find wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.data.cells import Problem, folded, read_number, read_time
from engine.data.contract import UNLIMITED, Need, Reading
from engine.data.delimited import open_text
from engine.data.faults import gathered
from engine.data.files import DataFile, read_file
from engine.data.grids import Grid, Selection
from engine.data.headers import identity, joined
from engine.data.opening import Findings, Request
from engine.data.profiles import Profile, profile_of
from engine.data.proposals import Proposal, is_usable, propose
from engine.data.sheets import Sheet, record_place
from engine.data.tables import read_table
from engine.data.vendors.recognition import Recognition, recognise
from engine.data.workbooks import SheetName, open_workbook, sheet_names
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, Header
from engine.source import NOWHERE, file_place

MOST_SHEETS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """One table of the file.

    `header`: first and last row of its header; `rows`: records below it, `end`: the row of the last one. `vendor`: the
    platform that wrote it, None where none was recognised. `proposal`: how a policy reads it.
    """

    sheet: str | None
    header: tuple[int, int]
    rows: int
    end: int
    vendor: Recognition | None
    proposal: Proposal
    findings: Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The file with its tables; `decoded_as`: the encoding of a text file. `findings`: about the file as a whole."""

    file: DataFile
    decoded_as: str
    tables: tuple[Inspected, ...]
    findings: Findings


def inspect_file(
    path: Path, encoding: str | None = None, sheet: str | None = None
) -> tuple[Inspection | None, Findings]:
    """The tables of a file: all sheets that are not hidden, or the one named.

    Refused as in reading: a file that cannot be opened (E901-E905), a sheet that is not there (E906), a file that has
    nothing in it or no header (E907, E967). Hidden sheets are told of (W969).
    """
    file, refusal = read_file(path.parent, path.name)
    if file is None:
        return None, refusal
    names, said = _sheets(file, sheet)
    if names is None:
        return None, said
    tables: list[Inspected] = []
    refused: list[Diagnostic] = []
    decoded_as = ""
    for name in names:
        grid, refusal = _open(file, encoding, name)
        if grid is None:
            return None, refusal
        decoded_as = grid.decoded_as
        header = _header(grid)
        if header is None:
            refused += [_headless(file, grid)] if grid.top or len(names) == 1 else []
            continue
        named = name if len(names) > 1 or sheet is not None else None
        settings = DataSource(name="", kind="", file=file.name, span=NOWHERE, sheet=named, encoding=encoding)
        tables.append(_inspected(path.parent, grid, header, _with_header(settings, grid, header)))
    if not tables:
        return None, (*said, *refused)
    return Inspection(file=file, decoded_as=decoded_as, tables=_told_apart(tables), findings=(*said, *refused)), ()


def _sheets(file: DataFile, asked: str | None) -> tuple[Sequence[str | None] | None, Findings]:
    """The sheets to look at, and that others are hidden."""
    if file.form in ("csv", "parquet"):
        return (None,), ()
    names, refusal = sheet_names(file)
    if refusal:
        return None, refusal
    if asked is not None:
        return (asked,), ()
    hidden = tuple(_hidden(file, name) for name in names if name.hidden)
    visible = [name.name for name in names if not name.hidden][:MOST_SHEETS]
    return visible or (None,), hidden


def _hidden(file: DataFile, name: SheetName) -> Diagnostic:
    return Diagnostic(code="W969", place=replace(file_place(file.name), sheet=name.name), args={"sheet": name.name})


def _open(file: DataFile, encoding: str | None, sheet: str | None) -> tuple[Grid | None, Findings]:
    if file.form == "csv":
        return open_text(file, encoding=encoding, header=None, asked=())
    if file.form == "parquet":
        from engine.data.parquet.files import open_parquet  # loads the query engine

        return open_parquet(file, UNLIMITED)
    return open_workbook(file, sheet)


def _headless(file: DataFile, grid: Grid) -> Diagnostic:
    """E907 for an empty file; E967 where no row is a header."""
    if not grid.top:
        return Diagnostic(code="E907", case="nothing", place=file_place(file.name), args={"row": 1})
    return Diagnostic(code="E967", place=grid.address(grid.top[0][0], 0), args={"count": len(grid.top)})


def _told_apart(tables: Sequence[Inspected]) -> tuple[Inspected, ...]:
    """The tables, their sources under different names."""
    found: list[Inspected] = []
    for table in tables:
        source = table.proposal.source
        before = sum(other.proposal.source.kind == source.kind for other in found)
        name = f"{source.name}{before + 1}" if before else source.name
        found.append(replace(table, proposal=replace(table.proposal, source=replace(source, name=name))))
    return tuple(found)


# ---------------------------------------------------------------- the header


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """First and last row of a header, what the columns are called, and the platform that calls them so."""

    first: int
    last: int
    headers: tuple[str, ...]
    vendor: Recognition | None = None


def _header(grid: Grid) -> _Heading | None:
    """The header of a platform's export, wherever it begins; else the first row of texts as wide as the table."""
    for n, (number, _) in enumerate(grid.top):
        if found := recognise(grid.top[n:]):
            return _Heading(first=number, last=found.last, headers=_called(grid, number, found.last), vendor=found)
    width = max((_filled(cells) for _, cells in grid.top), default=0)
    for n, (number, cells) in enumerate(grid.top):
        if _is_heading(cells) and 5 * _filled(cells) >= 3 * width:
            last = _second(grid, n)
            return _Heading(first=number, last=last, headers=_called(grid, number, last))
    return None


def _called(grid: Grid, first: int, last: int) -> tuple[str, ...]:
    rows = [cells for number, cells in grid.top if first <= number <= last]
    return joined(rows) if len(rows) > 1 else rows[0]


def _filled(cells: Sequence[str]) -> int:
    return sum(cell != "" for cell in cells)


def _is_heading(cells: Sequence[str]) -> bool:
    """Only texts, hardly any twice: no number, no date."""
    texts = [cell for cell in cells if cell]
    return 2 * len({identity(text) for text in texts}) > len(texts) and not any(_is_value(text) for text in texts)


def _is_value(text: str) -> bool:
    return any(not isinstance(read, Problem) for read in (read_number(text), read_time(text, None)))


def _second(grid: Grid, n: int) -> int:
    """The last row of a header whose merged cells have their parts in the row below."""
    number, cells = grid.top[n]
    below = grid.top[n + 1 : n + 3]
    if len(below) < 2 or not _is_heading(below[0][1]) or not any(_is_value(cell) for cell in below[1][1]):
        return number
    parts = [i for i, cell in enumerate(below[0][1]) if cell]
    blank = [i for i in parts if i < len(cells) and not cells[i]]
    return below[0][0] if blank and len(parts) < len(cells) else number


def _with_header(source: DataSource, grid: Grid, header: _Heading) -> DataSource:
    """Where the header is not the first row with anything in it, or has several rows, the policy has to say so."""
    several = header.last > header.first
    stated = several or header.first != grid.top[0][0]
    return replace(source, header=header.first if stated else None, header_end=header.last if several else None)


# ---------------------------------------------------------------- one table


def _inspected(folder: Path, grid: Grid, header: _Heading, settings: DataSource) -> Inspected:
    positions = tuple(range(len(header.headers)))
    sheet = grid.load(Selection(row=header.last, headers=header.headers, positions=positions))
    platform = header.vendor.vendor if header.vendor else None
    columns = [
        replace(profile_of(sheet, position, platform), title=_title(grid, header, position)) for position in positions
    ]
    proposal = propose(sheet, columns, header.vendor, settings)
    findings = [*_unnamed(grid, header, proposal), *_mixed(sheet, proposal), *_wrong(folder, sheet, proposal)]
    return Inspected(
        sheet=sheet.sheet,
        header=(header.first, header.last),
        rows=len(sheet.rows),
        end=sheet.rows[-1] if sheet.rows else header.last,
        vendor=header.vendor,
        proposal=proposal,
        findings=tuple(findings),
    )


def _title(grid: Grid, header: _Heading, position: int) -> str:
    """What stands below the name of a column in a header of several rows, if it says more than the name."""
    below = [cells for number, cells in grid.top if header.first < number <= header.last]
    texts = [" ".join(cells[position].split()) for cells in below if position < len(cells)]
    name, fillers = header.headers[position], header.vendor.vendor.fillers if header.vendor else ()
    said = (text for text in texts if text and text not in name and text not in fillers)
    return next((text for text in said if not text.startswith("{")), "")


def _unnamed(grid: Grid, header: _Heading, proposal: Proposal) -> Iterator[Diagnostic]:
    """W968 for columns that a policy cannot name: with contents but without a header, or with that of another."""
    for column in proposal.columns:
        if column.kind != "blank" and not is_usable(column, proposal.columns):
            args = {"column": column.header, "count": column.filled}
            case = "twice" if column.header else ""
            yield Diagnostic(code="W968", case=case, place=grid.address(header.first, column.position), args=args)


def _mixed(sheet: Sheet, proposal: Proposal) -> Iterator[Diagnostic]:
    """W967 for columns of which some cells are numbers and more are none, at the first that is none."""
    for column in (c for c in proposal.columns if c.kind == "mixed" and c.header):
        texts = sheet.columns[column.position]
        at = next(i for i, text in enumerate(texts) if text and isinstance(read_number(text), Problem))
        args = {"column": column.header, "numbers": column.others, "texts": column.filled - column.others}
        yield Diagnostic(code="W967", place=record_place(sheet, at, column.position), args=args)


def _wrong(folder: Path, sheet: Sheet, proposal: Proposal) -> Findings:
    """What `run` would say of the table, read as it is proposed."""
    source = proposal.source
    if source.kind == "values":
        return gathered((sheet.faults,), file_place(sheet.file))
    named = [c for c in proposal.columns if is_usable(c, proposal.columns)]
    unclear = [c for c in named if c.kind == "date" and c.order == "?"]
    times = [c.header for c in named if c.kind == "date" and c.order in ("", source.dates)]
    numbers = [c.header for c in named if c.kind == "number" and source.kind == "events"]
    need = Need(source=source.name, questions=tuple(source.questions), numbers=tuple(numbers), times=tuple(times))
    if source.date in [c.header for c in unclear]:
        source = replace(source, date=None)
    header = Header(id="", title={}, lang="", version="", document={}, data=(source,))
    request = Request(header=header, source=source, need=need, reading=Reading(folder=folder))
    _, findings = read_table(request)
    return (*(_either(sheet, column) for column in unclear), *findings)


def _either(sheet: Sheet, column: Profile) -> Diagnostic:
    """E916 once for a column in which every date could begin with the day or with the month."""
    texts = sheet.columns[column.position]
    at = next(i for i, text in enumerate(texts) if text and isinstance(read_time(text, sheet.epoch), Problem))
    args = {"column": column.header, "text": folded(texts[at])}
    return Diagnostic(code="E916", case="order", place=record_place(sheet, at, column.position), args=args)
