"""A minimal .xls writer, for tests and examples: one sheet of texts and numbers in the Excel 97 format.

The workbook stream (records of [MS-XLS]: BOF, BOUNDSHEET, LABEL-like cells, BOOLERR) stands in a compound file
of 512-byte sectors ([MS-CFB]). Nothing in the engine uses it.
"""

import struct
from collections.abc import Sequence

SECTOR = 512
ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


def xls_bytes(
    rows: Sequence[Sequence[str | float]],
    sheet: str = "Sheet1",
    *,
    far: tuple[int, int] | None = None,
    records: bytes = b"",
    formats: bytes = b"",
) -> bytes:
    """The workbook with these cells; texts that are digits become numbers, error texts errors, "" nothing.

    `97.2%` is a number with the second of two cell formats. `far`: row and column, from 0, of one cell more;
    `records`: more cells as they are; `formats`: more formats, the first of which is number 2.
    """
    cells = b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    cells += records + (_cell(*far, 1.0) if far else b"")
    formats = record(0xE0, struct.pack("<HH16x", 0, 0)) + record(0xE0, struct.pack("<HH16x", 0, 10)) + formats
    name = sheet.encode("utf-16-le")
    begin, end = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), record(0x0A, b"")
    bound_length = 4 + 8 + len(name)
    start = len(begin) + len(formats) + bound_length + len(end)
    bound = record(0x85, struct.pack("<IBBBB", start, 0, 0, len(sheet), 1) + name)
    part = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + end
    return _compound(begin + formats + bound + end + part)


def record(number: int, body: bytes) -> bytes:
    """One record of the workbook's stream."""
    return struct.pack("<HH", number, len(body)) + body


def _cell(row: int, column: int, value: str | float) -> bytes:
    percent = isinstance(value, str) and value.endswith("%")
    head = struct.pack("<HHH", row, column, int(percent))
    if value == "":
        return b""
    if isinstance(value, str) and value in ERRORS:
        return record(0x205, head + bytes([ERRORS[value], 1]))
    if isinstance(value, float) or value.isdigit():
        return record(0x203, head + struct.pack("<d", float(value)))
    if percent:
        return record(0x203, head + struct.pack("<d", float(value[:-1]) / 100))
    return record(0x204, head + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """A compound file with the one stream `Workbook`."""
    stream = stream.ljust(4096, b"\0")  # shorter ones would have to go into the mini stream
    count = -(-len(stream) // SECTOR)
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = b"".join(struct.pack("<I", n) for n in fat).ljust(SECTOR, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    head = head + struct.pack("<I", 0) + b"\xff" * (SECTOR - len(head) - 4)
    root, book = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1), _entry("Workbook", 2, 2, len(stream))
    return head + table + (root + book).ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
