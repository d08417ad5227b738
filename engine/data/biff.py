"""The records of an .xls workbook, [MS-XLS]: read only for the marks of its cells and for the area they span."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.data.compound import workbook_stream
from engine.data.files import DataFile
from engine.data.packages import MOST_CELLS, Damaged, Marks, TooMuch, is_percent_format

_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x41E, 0xE0
_FORMULA, _BOOLERR = 0x06, 0x205
_CELLS = (_FORMULA, _BOOLERR, 0x201, 0x203, 0x204, 0xD6, 0xFD, 0x27E)  # one cell each
_MULTIPLE = (0xBD, 0xBE)  # several cells of one row
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass(frozen=True, slots=True)
class Found:
    """What has been found in one sheet so far."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    percents: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])


def marks_by_number(file: DataFile) -> list[Marks]:
    """The marks of every sheet, in the order of the sheets; raises `TooMuch` or `Damaged`."""
    stream = workbook_stream(file.content)
    sheets, percents = _globals(stream)
    if any(offset + 4 > len(stream) for offset in sheets):
        raise Damaged("sheet")
    return [_sheet(stream, offset, percents) for offset in sheets]


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Number and body of each record from the offset to the end of its substream; charts within are passed over."""
    depth = 0
    while offset + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
        depth += (number == _BOF) - (number == _EOF)
        if depth == 1:
            yield number, body
        if depth <= 0:
            return


def _globals(stream: bytes) -> tuple[list[int], frozenset[int]]:
    """Where each sheet begins, and the numbers of the cell formats that show a per cent."""
    sheets: list[int] = []
    percent, formats = {9, 10}, list[int]()
    try:
        for number, body in _records(stream, 0):
            if number == _BOUNDSHEET:
                sheets.append(struct.unpack_from("<I", body)[0])
            elif number == _FORMAT and is_percent_format(_text(body)):
                percent.add(struct.unpack_from("<H", body)[0])
            elif number == _XF:
                formats.append(struct.unpack_from("<H", body, 2)[0])
    except (struct.error, IndexError) as error:
        raise Damaged(str(error)) from error
    return sheets, frozenset(i for i, form in enumerate(formats) if form in percent)


def _text(body: bytes) -> str:
    """A format's code; ASCII is all that matters of it."""
    return body[4:].replace(b"\0", b"").decode("latin-1")


def _sheet(stream: bytes, offset: int, percents: frozenset[int]) -> Marks:
    found, rows, columns = Found(), 1, 1
    try:
        for number, body in _records(stream, offset):
            if number not in _CELLS and number not in _MULTIPLE:
                continue
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if number in _MULTIPLE else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            if rows * columns > MOST_CELLS:
                raise TooMuch("", f"{MOST_CELLS:,}")
            _mark(number, body, found, percents)
    except (struct.error, IndexError) as error:
        raise Damaged(str(error)) from error
    return Marks(errors=found.errors, uncalculated=frozenset(), percents=frozenset(found.percents))


def _mark(number: int, body: bytes, found: Found, percents: frozenset[int]) -> None:
    row, column, form = struct.unpack_from("<HHH", body)
    code = None
    if number == _BOOLERR and body[7]:
        code = body[6]
    elif number == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":  # the result is no number but an error
        code = body[8]
    if code is not None:
        found.errors[row + 1, column] = _ERRORS.get(code, "#")
    elif number == 0xBD:
        for again in range((len(body) - 6) // 6):
            if struct.unpack_from("<H", body, 4 + 6 * again)[0] in percents:
                found.percents.add((row + 1, column + again))
    elif form in percents:
        found.percents.add((row + 1, column))
