"""OpenDocument sheets: the same limits and marks as for .xlsx, read from the one part that holds all cells."""

from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from engine.data.files import DataFile
from engine.data.packages import MOST_CELLS, Damaged, Marks, TooMuch, part_chunks

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def marks_by_sheet(file: DataFile) -> dict[str, Marks]:
    """The marks of every sheet; raises `TooMuch` where the filled cells of one span too large an area."""
    marks: dict[str, Marks] = {}
    errors: dict[tuple[int, int], str] = {}
    percents: set[tuple[int, int]] = set()
    row, widest = 0, 1
    for event, element in _events(file):
        if event == "start" and element.tag == f"{_TABLE}table":
            errors, percents, row, widest = {}, set[tuple[int, int]](), 0, 1
        elif event == "end" and element.tag == f"{_TABLE}table":
            name = element.get(f"{_TABLE}name", "")
            marks[name] = Marks(errors=errors, uncalculated=frozenset(), percents=frozenset(percents))
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            times, cells = _number(element, "rows"), _filled(element)
            widest = max([widest, *(position + 1 for position, _ in cells)])
            if cells and (row + times) * widest > MOST_CELLS:
                raise TooMuch("", f"{MOST_CELLS:,}")
            for place, cell in ((place, cell) for place, cell in cells if _is_marked(cell)):
                places = {(row + again + 1, place) for again in range(times)}
                if cell.get(f"{_CALC}value-type") == "error":
                    errors |= dict.fromkeys(places, "".join(cell.itertext()) or "#")
                else:
                    percents |= places
            row += times
            element.clear()
    return marks


def _is_marked(cell: Element) -> bool:
    return cell.get(f"{_CALC}value-type") == "error" or cell.get(f"{_OFFICE}value-type") == "percentage"


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
        for chunk in chain(part_chunks(file, "content.xml"), [b""]):
            if chunk:
                parser.feed(chunk)
            else:
                parser.close()
            for event in parser.read_events():
                element = event[-1]
                if isinstance(element, Element):
                    yield event[0], element
    except (ParseError, LookupError, ValueError) as error:
        raise Damaged(str(error)) from error
