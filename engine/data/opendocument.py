"""OpenDocument sheets: the same limits and marks as for .xlsx, read from the one part that holds all cells."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from engine.data.files import DataFile
from engine.data.packages import MOST_CELLS, Damaged, Marks, TooMuch, part_chunks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def marks_of(file: DataFile, sheet: str) -> Marks:
    """The marks of a sheet; raises `TooMuch` where its filled cells span too large an area."""
    errors: dict[tuple[int, int], str] = {}
    percents: set[tuple[int, int]] = set()
    for row, cells in _rows(file, sheet):
        for position, cell in cells:
            if cell.get(f"{_CALC}value-type") == "error":
                errors[row, position] = "".join(cell.itertext()) or "#"
            elif cell.get(f"{_OFFICE}value-type") == "percentage":
                percents.add((row, position))
    return Marks(errors=errors, uncalculated=frozenset(), percents=frozenset(percents))


def _rows(file: DataFile, sheet: str) -> Iterator[tuple[int, list[tuple[int, Element]]]]:
    """The sheet's rows that hold anything: number from 1, and each filled cell with its position from 0."""
    row, widest, named = 0, 1, ""
    for event, element in _events(file):
        if event == "start":
            if element.tag == f"{_TABLE}table":
                row, widest, named = 0, 1, element.get(f"{_TABLE}name", "")
            continue
        if element.tag != f"{_TABLE}table-row":
            continue
        times, cells = _number(element, "rows"), _filled(element)
        widest = max([widest, *(position + 1 for position, _ in cells)])
        if cells and (row + times) * widest > MOST_CELLS:
            raise TooMuch("", f"{MOST_CELLS:,}")
        if cells and named == sheet:
            for again in range(times):
                yield row + again + 1, cells
        row += times
        element.clear()


def _filled(row: Element) -> list[tuple[int, Element]]:
    cells: list[tuple[int, Element]] = []
    position = 0
    for cell in row:
        times = _number(cell, "columns")
        if cell.get(f"{_OFFICE}value-type") or cell.find(f"{_TEXT}p") is not None:
            if (position + times) > MOST_CELLS:
                raise TooMuch("", f"{MOST_CELLS:,}")
            cells += [(position + again, cell) for again in range(times)]
        position += times
    return cells


def _number(element: Element, what: str) -> int:
    """How often the row or cell is repeated."""
    written = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 1


def _events(file: DataFile) -> Iterator[tuple[str, Element]]:
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    try:
        for chunk in part_chunks(file, "content.xml"):
            parser.feed(chunk)
            yield from parser.read_events()  # type: ignore[misc]
        parser.close()
        yield from parser.read_events()  # type: ignore[misc]
    except ParseError as error:
        raise Damaged(str(error)) from error
