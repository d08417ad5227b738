"""A collection workbook: one sheet for each source, called after it, read where the policy's own files are not.

The workbook is given instead of the data folder, or lies in it: there its first sheet, the guide, has to name the
policy, and it stands for the files that are missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from engine.data.cells import folded
from engine.data.contract import Reading
from engine.data.files import WORKBOOKS, DataFile, read_file
from engine.data.opening import Loaded
from engine.data.packages import check_package
from engine.data.sheets import row_place
from engine.data.workbooks import cell_text
from engine.diagnostics import Diagnostic, listed
from engine.language.policy import DataSource, Header
from engine.source import file_place

GUIDES = ("填写说明", "Guide")  # what the first sheet is called in either language
POLICY_ID = ("方案编号", "policy id")  # the label in its first column beside which the policy's id stands
NOTHING = ("无", "没有", "none", "nil")  # the only entry of a ledger when nothing happened
MOST_LETTERS = 31  # of a sheet's name
_GUIDE_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The policy's sources and how they are read, with the workbook's sheets for those that have no file.

    `workbook`: its name, "" where none is read. `rivals`: workbooks of which nobody can say which is meant.
    """

    header: Header
    reading: Reading
    workbook: str = ""
    rivals: tuple[str, ...] = ()


def sheet_of(source: str) -> str:
    """What the sheet of a source is called: as the source, as far as a sheet's name may reach."""
    return source[:MOST_LETTERS]


def with_collection(header: Header, reading: Reading) -> tuple[Collected | None, tuple[Diagnostic, ...]]:
    """The sources as they are to be read from `reading.folder`; E966 where that is the workbook of another policy."""
    own = Collected(header=header, reading=reading)
    if reading.folder.is_file() and reading.folder.suffix.lower() in WORKBOOKS:
        folder, name = reading.folder.parent, reading.folder.name
        named = _policy_named(folder, name)
        if named is not None and named != header.id:
            args = {"file": name, "named": named, "policy": header.id}
            return None, (Diagnostic(code="E966", place=file_place(name), args=args),)
        return _from(replace(own, reading=replace(reading, folder=folder)), name, header.data), ()
    absent = [source for source in header.data if not _is_there(reading.folder, source.file)]
    if not absent or not reading.folder.is_dir():
        return own, ()
    found = [name for name in _workbooks(reading.folder, header) if _policy_named(reading.folder, name) == header.id]
    return (_from(own, found[0], absent) if len(found) == 1 else replace(own, rivals=tuple(found))), ()


def as_collected(collected: Collected, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in terms of the workbook: a sheet that it lacks (E963), a workbook that nobody chose (E964)."""
    places = {finding.place: finding for finding in reversed(findings) if finding.code == "E965"}
    told = (f for f in findings if f.code != "E965" or places[f.place] is f)  # a list is looked at by several
    return tuple(_worded(collected, finding) for finding in told)


def _without_none(loaded: Loaded) -> Loaded | None:
    """A ledger that says in its only row that nothing happened, without that row; None where it says something else."""
    sheet = loaded.sheet
    texts = {text for column in sheet.columns.values() for text in column} - {""}
    if len(sheet.rows) != 1 or len(texts) != 1 or folded(min(texts)).casefold() not in NOTHING:
        return None
    empty = replace(sheet, rows=(), columns={position: [] for position in sheet.columns}, merged={}, notes=())
    return replace(loaded, sheet=empty)


def filled(source: DataSource, reading: Reading, loaded: Loaded) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """The sheet with its rows as they count; E965 for a ledger of a collection workbook in which nothing is filled in:
    not even that there was nothing.
    """
    if source.kind != "events" or source.name not in reading.sheets:
        return loaded, ()
    if not loaded.sheet.rows:
        place = row_place(loaded.sheet, loaded.sheet.header_row + 1, 0)
        return loaded, (Diagnostic(code="E965", place=place, args={"sheet": source.sheet, "cell": place.cell}),)
    return _without_none(loaded) or loaded, ()


def _worded(collected: Collected, finding: Diagnostic) -> Diagnostic:
    name = finding.place.file
    if finding.code == "E906" and name == collected.workbook:
        return replace(finding, code="E963", case="", hint=None, args={**finding.args, "file": name})
    if finding.code == "E901" and collected.rivals:
        args = {"file": name, "workbooks": listed(collected.rivals)}
        return Diagnostic(code="E964", place=finding.place, args=args)
    return finding


def _from(own: Collected, workbook: str, sources: Sequence[DataSource]) -> Collected:
    names = {source.name for source in sources}
    data = tuple(
        replace(source, file=workbook, sheet=sheet_of(source.name), header=None, encoding=None)
        if source.name in names
        else source
        for source in own.header.data
    )
    reading = replace(own.reading, sheets=frozenset(names))
    return replace(own, header=replace(own.header, data=data), reading=reading, workbook=workbook)


def _is_there(folder: Path, name: str) -> bool:
    try:
        return (folder / name).exists()
    except (OSError, ValueError):
        return False


def _workbooks(folder: Path, header: Header) -> list[str]:
    """The workbooks in the folder that are no file of the policy; what begins with `~$` is an open one's shadow."""
    own = {source.file for source in header.data}
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix.lower() in WORKBOOKS and path.name not in own and not path.name.startswith(("~$", "."))
    )


def _policy_named(folder: Path, name: str) -> str | None:
    """The policy that the workbook's guide names; None where it has no guide."""
    file, _ = read_file(folder, name)
    if file is None:
        return None
    try:
        return _named_in(file)
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise  # compiled code gives up with what is no Exception; only that says nothing more than: no guide
        return None


def _named_in(file: DataFile) -> str | None:
    from python_calamine import CalamineWorkbook

    if file.form != "xls":
        check_package(file)
    book = CalamineWorkbook.from_filelike(BytesIO(file.content))
    guide = next((sheet for sheet in book.sheet_names[:1] if sheet in GUIDES), None)
    if guide is None:
        return None
    rows = book.get_sheet_by_name(guide).to_python(nrows=_GUIDE_ROWS)
    return next((cell_text(row[1]).strip() for row in rows if len(row) > 1 and row[0] in POLICY_ID), None)
