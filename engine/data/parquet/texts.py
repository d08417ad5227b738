"""Text files that are too large to be read whole: converted once to Parquet, which is kept in the user's cache folder.

Every cell is kept as it stands, without blanks around it, beside the line on which its record begins; a column becomes
one of numbers or moments only where each of them is written back exactly as it stood. A file that is not in good order
(fields too many, an open quotation mark, a total below the table) is not converted: reading it whole tells what is
wrong. What is wrong with single cells is told by their line and column in the text.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from engine.data.contract import Limits, Reading
from engine.data.files import DataFile, read_file
from engine.data.grids import Asked
from engine.data.opening import Findings, Opened, open_start
from engine.data.parquet.converting import LINE_NAME, NotInOrder, Records, column_at, convert
from engine.data.parquet.files import FILE, Typed, typed_columns
from engine.data.parquet.keeping import keep, kept_file, own_folder
from engine.data.queries import named
from engine.data.sheets import field_place
from engine.diagnostics import Refused
from engine.language.policy import DataSource
from engine.source import Place, file_place

LINE = named(LINE_NAME, FILE)
_FORM = "1"  # of the converted file; another one is converted anew
_START = 1024**2  # so many bytes tell encoding, delimiter and header
_STREAMED = ("utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "big5", "euc_kr", "shift_jis", "cp1252")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text file that was converted: called `name` below the data folder."""

    name: str
    path: Path
    encoding: str
    delimiter: str

    def lines(self) -> Iterator[str]:
        """Its lines, with their ends."""
        with self.path.open(encoding=self.encoding, newline="") as text:
            yield from text

    def place(self, cell: Place) -> Place:
        """Where in the text a cell stands that is given by the line of its record and the number of its column."""
        return self._place(self._records({cell.line}), cell)

    def placed(self, findings: Findings) -> Findings:
        """The findings with the places of their cells in the text; one way through the file for all of them."""
        cells = {place for found in findings for place in (found.place, *found.related) if self._is_cell(place)}
        if not cells:
            return findings
        lines = self._records({place.line for place in cells})
        moved = {place: self._place(lines, place) for place in cells}

        def at(place: Place) -> Place:
            return moved.get(place, place)

        return tuple(replace(f, place=at(f.place), related=tuple(map(at, f.related))) for f in findings)

    def _is_cell(self, place: Place) -> bool:
        """Whether it is a place in the converted file; not the text as a whole, and not its header."""
        return place.file == self.name and not place.text and place != file_place(self.name)

    def _place(self, records: Mapping[int, Sequence[str]], cell: Place) -> Place:
        place = field_place(cell.file, records.get(cell.line, ()), 1, cell.column - 1, self.delimiter)
        above = cell.line - 1
        return replace(place, line=place.line + above, end_line=place.end_line + above)

    def _records(self, wanted: set[int]) -> dict[int, tuple[str, ...]]:
        """The lines of the records that begin on the lines wanted."""
        found: dict[int, tuple[str, ...]] = {}
        read: list[str] = []
        last, before = max(wanted), 0
        reader = csv.reader(_kept(self.lines(), read), delimiter=self.delimiter, strict=True)
        for _ in reader:
            if before + 1 in wanted:
                found[before + 1] = tuple(read)
            before = reader.line_num
            read.clear()
            if before >= last:
                break
        return found


def _kept(lines: Iterable[str], read: list[str]) -> Iterator[str]:
    for line in lines:
        read.append(line)
        yield line


# ---------------------------------------------------------------- opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A text file whose rows are to be had from a converted one: its header, the columns, and the text itself."""

    opened: Opened
    columns: tuple[Typed, ...]
    text: Text


def converted_text(source: DataSource, reading: Reading, asked: Sequence[Asked]) -> Converted | None:
    """The source's text file, converted in this run or in an earlier one; None where that cannot be."""
    file, _ = read_file(reading.folder, source.file, in_place=True)
    folder = own_folder()
    if file is None or folder is None:
        return None
    try:
        start = _start(file.path)
        marked = start.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
        given = reading.encoding or source.encoding
        tried: Sequence[str | None] = (given,) if given or marked else ("utf-8", "gb18030")
        for encoding in tried:
            opened = open_start(source, file, start, encoding, asked)
            if opened is not None and (found := _converted(opened, file, folder, reading.limits)):
                return found
    except (OSError, Refused):  # no space, a damaged file: the text is still there
        return None
    return None


def _start(path: Path) -> bytes:
    """The first lines of a file, whole ones."""
    with path.open("rb") as file:
        start = file.read(_START)
    whole = len(start) < _START
    return start if whole else start[: max(start.rfind(b"\n"), start.rfind(b"\r")) + 1]


def _converted(opened: Opened, file: DataFile, folder: Path, limits: Limits) -> Converted | None:
    """The file converted as its header calls for; None where it is not in good order, or in another encoding."""
    encoding, delimiter = opened.grid.decoded_as, opened.grid.delimiter
    if encoding not in _STREAMED:
        return None
    text = Text(name=file.name, path=file.path, encoding=encoding, delimiter=delimiter)
    told = (_FORM, file.sha256, encoding, delimiter, str(opened.last), str(len(opened.headers)))
    name = sha256("\n".join(told).encode()).hexdigest()
    path = kept_file(folder, name)
    try:
        if path is None:
            if limits.tell is not None:
                limits.tell("converting", {"file": file.name, "folder": str(folder)})
            records = Records(lines=text.lines(), delimiter=delimiter, header=opened.last, width=len(opened.headers))
            path = keep(folder, name, lambda work, draft: convert(records, work, draft, limits))
        held = replace(opened, file=replace(file, form="parquet", path=path))
        columns = _columns(held, limits)
    except (NotInOrder, UnicodeDecodeError, csv.Error):
        return None
    return Converted(opened=held, columns=columns, text=text)


def _columns(opened: Opened, limits: Limits) -> tuple[Typed, ...]:
    stored = {typed.name: typed for typed in typed_columns(opened.file, limits)}
    return tuple(
        replace(stored[column_at(n)], name=header, position=n, stored=column_at(n), tidy=True)
        for n, header in enumerate(opened.headers)
    )
