"""What stands in a workbook's package beside the values: its limits, checked before anything is unpacked into memory,
and the marks of cells that a fast reader would lose: errors, formulas never calculated, per cent formats.

An .xlsx file is a zip of XML parts. A sheet's part is streamed once and searched; only where the
search finds something are its cells walked one by one.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from engine.data.files import DataFile

MOST_ENTRIES = 1_000
MOST_PART_BYTES = 1024**3
MOST_BYTES = 3 * 1024**3 // 2
MOST_RATIO = 100
FREE_BYTES = 10 * 1024**2
MOST_CELLS = 30_000_000
_SMALL = 20 * 1024**2
_CHUNK = 4 * 1024**2
_OVERLAP = 4096

_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)")
_ROWS = tuple(re.compile(rb'r=["\'][A-Z]{0,3}(\d{%d,9})' % digits) for digits in range(1, 10))
_WIDE = re.compile(rb'r=["\']([A-Z]{2,3})\d')  # searches that begin with plain letters are fast
_ERROR = re.compile(rb'\bt=["\']e["\']')
_UNCALCULATED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</|</(?:\w+:)?c>)"
)
_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_PLACE = re.compile(rb'\br=["\']([A-Z]{0,3})(\d{1,9})["\']')
_STYLE = re.compile(rb'\bs=["\'](\d{1,9})["\']')
_TEXT_RESULT = re.compile(rb'\bt=["\']str["\']')
_STORED = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


class TooMuch(Exception):
    """A limit is exceeded; `limit` is the case of E904 and `amount` the limit as people write it."""

    def __init__(self, limit: str, amount: str) -> None:
        super().__init__(limit)
        self.limit, self.amount = limit, amount


class Damaged(Exception):
    """The package cannot be unpacked, or holds what no spreadsheet program writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Cells by row from 1 and column from 0: errors with their text, formulas without a result, per cent formats."""

    errors: dict[tuple[int, int], str]
    uncalculated: frozenset[tuple[int, int]]
    percents: frozenset[tuple[int, int]]


NO_MARKS = Marks(errors={}, uncalculated=frozenset(), percents=frozenset())


def check_package(file: DataFile) -> None:
    """Raises `TooMuch` or `Damaged` for a package that no honest workbook of this size could be."""
    with _opened(file) as package:
        entries = package.infolist()
        if len(entries) > MOST_ENTRIES:
            raise TooMuch("entries", f"{MOST_ENTRIES:,}")
        for entry in entries:
            if entry.file_size > MOST_PART_BYTES:
                raise TooMuch("part", "1 GiB")
            if entry.file_size > FREE_BYTES and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
                raise TooMuch("ratio", f"{MOST_RATIO}:1")
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise TooMuch("total", "1.5 GiB")


def _opened(file: DataFile) -> ZipFile:
    try:
        return ZipFile(BytesIO(file.content))
    except (BadZipFile, OSError, RuntimeError, ValueError) as error:
        raise Damaged(str(error)) from error


def _chunks(package: ZipFile, part: str) -> Iterator[bytes]:
    """The part's bytes, some megabytes at a time; a part that is not what the package says of it is damaged."""
    first = True
    try:
        with package.open(part) as stream:
            while data := stream.read(_CHUNK):
                if first and _DOCTYPE.search(data):
                    raise Damaged(part)
                yield data
                first = False
    except (BadZipFile, KeyError, OSError, EOFError, RuntimeError, ValueError, zlib.error) as error:
        raise Damaged(str(error)) from error


def _tree(package: ZipFile, part: str) -> Element | None:
    """A small part (workbook, relations, styles) as XML; None where the package has none."""
    part = _part(package, part)
    if part not in package.namelist():
        return None
    if package.getinfo(part).file_size > _SMALL:
        raise TooMuch("part", "20 MiB")
    try:
        content = package.read(part)
        if _DOCTYPE.search(content):
            raise Damaged("DTD")
        return fromstring(content)  # noqa: S314 - documents with a DTD are refused above, so nothing expands
    except (ParseError, BadZipFile, LookupError, OSError, EOFError, RuntimeError, ValueError, zlib.error) as error:
        raise Damaged(str(error)) from error


def epoch_of(file: DataFile) -> date:
    """Day 0 of the workbook's date numbers: 1899-12-30, or 1904-01-01 where the workbook says so."""
    with _opened(file) as package:
        tree = _tree(package, _workbook_part(package))
    settings = None if tree is None else next((e for e in tree if e.tag.endswith("}workbookPr")), None)
    late = settings is not None and settings.get("date1904", "0") in ("1", "true")
    return date(1904, 1, 1) if late else date(1899, 12, 30)


def _workbook_part(package: ZipFile) -> str:
    relations = _tree(package, "_rels/.rels")
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _part(package: ZipFile, name: str) -> str:
    """The part's name as the package spells it; programs differ in capitals and strokes."""
    names = package.namelist()
    alike = (n for n in names if n.replace("\\", "/").casefold() == name.replace("\\", "/").casefold())
    return name if name in names else next(alike, name)


def _sheet_part(package: ZipFile, sheet: str) -> str | None:
    workbook = _workbook_part(package)
    folder, _, name = workbook.rpartition("/")
    tree, relations = _tree(package, workbook), _tree(package, join(folder, "_rels", f"{name}.rels"))
    if tree is None or relations is None:
        return None
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    for element in tree.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            key = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            target = targets.get(key, "").replace("\\", "/")
            return _part(package, target.lstrip("/") if target.startswith("/") else normpath(join(folder, target)))
    return None


def marks_of(file: DataFile, sheet: str) -> Marks:
    """The marks of a sheet of an .xlsx file; raises `TooMuch` for a sheet whose cells span too large an area."""
    with _opened(file) as package:
        part = _sheet_part(package, sheet)
        if part is None:
            raise Damaged(sheet)
        percents = _percent_styles(package)
        if not _suspicious(package, part, percents):
            return NO_MARKS
        return _walk(package, part, percents)


def is_percent_format(code: str) -> bool:
    """Whether the format multiplies by a hundred; a quoted or escaped % is decoration."""
    return "%" in _QUOTED.sub("", code)


def _percent_styles(package: ZipFile) -> frozenset[int]:
    """Numbers of the cell formats that show a per cent; a quoted % in a format is decoration and does not count."""
    part = next((n for n in package.namelist() if n.endswith("/styles.xml")), "")
    tree = _tree(package, part)
    if tree is None:
        return frozenset()
    space = _MAIN if tree.tag.startswith(_MAIN) else _STRICT
    formats = {e.get("numFmtId"): e.get("formatCode", "") for e in tree.iter(f"{space}numFmt")}
    percent = {k for k, code in formats.items() if is_percent_format(code)} | {"9", "10"}
    cells = tree.find(f"{space}cellXfs")
    return frozenset(i for i, xf in enumerate(() if cells is None else cells) if xf.get("numFmtId") in percent)


def _suspicious(package: ZipFile, part: str, percents: frozenset[int]) -> bool:
    """Whether any cell may bear a mark; on the way, whether the sheet's area stays within the limit."""
    plain = [b't="e"', b"t='e'", *(form % n for n in sorted(percents) for form in (b's="%d"', b"s='%d'"))]
    rows, columns, found, tail = 1, 26, 0 in percents, b""
    for data in _chunks(package, part):
        chunk, tail = tail + data, data[-_OVERLAP:]  # so that nothing searched for is cut in two
        formulas = b"<f" in chunk or b":f" in chunk
        found = found or any(p in chunk for p in plain) or (formulas and bool(_UNCALCULATED.search(chunk)))
        rows = max([rows, *map(int, set(_ROWS[len(str(rows)) - 1].findall(chunk)))])
        columns = max([columns, *map(_column_number, set(_WIDE.findall(chunk)))])
        if rows * columns > MOST_CELLS:
            raise TooMuch("", f"{MOST_CELLS:,}")
    return found


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _walk(package: ZipFile, part: str, percents: frozenset[int]) -> Marks:
    """The marks of every cell. Cells without an address follow the one before."""
    errors: dict[tuple[int, int], str] = {}
    uncalculated: set[tuple[int, int]] = set()
    percent: set[tuple[int, int]] = set()
    for key, attributes, body in _cells(package, part):
        if _ERROR.search(attributes):
            stored = _STORED.search(body)
            errors[key] = stored[1].decode("utf-8", "replace") if stored else "#"
        elif _UNCALCULATED.search(body) and not _TEXT_RESULT.search(attributes):
            uncalculated.add(key)
        elif (int(style[1]) if (style := _STYLE.search(attributes)) else 0) in percents:
            percent.add(key)
    return Marks(errors=errors, uncalculated=frozenset(uncalculated), percents=frozenset(percent))


def _cells(package: ZipFile, part: str) -> Iterator[tuple[tuple[int, int], bytes, bytes]]:
    """Address, attributes and content of each cell of the part, in its order."""
    row, position = 0, -1
    for text in _pieces(package, part):
        tags = list(_TAG.finditer(text))
        for number, tag in enumerate(tags, start=1):
            name, attributes = tag.groups()
            end = tags[number].start() if number < len(tags) else len(text)
            place = _PLACE.search(attributes)
            if name == b"row":
                row, position = (int(place[2]) if place else row + 1), -1
                continue
            if place and place[1]:
                row, position = int(place[2]), _column_number(place[1]) - 1
            else:
                position += 1
            yield (row, position), attributes, text[tag.end() : end]


def _pieces(package: ZipFile, part: str) -> Iterator[bytes]:
    """The part's bytes, cut only where a cell or a row begins."""
    held = b""
    for chunk in _chunks(package, part):
        held += chunk
        cut = held.rfind(b"<", 0, max(held.rfind(b"<c "), held.rfind(b":c "), held.rfind(b"<row")) + 1)
        if cut > 0:
            yield held[:cut]
            held = held[cut:]
    yield held


def part_chunks(file: DataFile, part: str) -> Iterator[bytes]:
    """The bytes of one part of a package, some megabytes at a time."""
    with _opened(file) as package:
        yield from _chunks(package, part)
