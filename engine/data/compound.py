"""The container of an .xls file, a small file system of sectors ([MS-CFB]): the way to the workbook's stream.

Chains of sectors that run in circles or out of the file are refused here, before a faster reader follows them.
"""

import struct
from collections.abc import Sequence

from engine.data.packages import Damaged

_END = 0xFFFFFFFA  # this and all above say that a chain ends, or that a sector is free or special
_HEADER = struct.Struct("<24x2x2x2xHH6xIII4xIIIII")


def workbook_stream(content: bytes) -> bytes:
    """The bytes of the stream `Workbook` (Excel 97 and later) or `Book` (Excel 95); raises `Damaged`."""
    try:
        return _stream(content)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error


def _stream(content: bytes) -> bytes:
    shift, mini_shift, _, _, directory, cutoff, mini_table, _, table, tables = _HEADER.unpack_from(content)
    if shift not in (9, 12) or mini_shift != 6:
        raise Damaged("sector size")
    size = 1 << shift
    chain = _allocation(content, size, table, tables)
    entries = _join(content, size, _sectors(chain, directory))
    root, stream = _entry(entries, "Root Entry"), _entry(entries, "Workbook") or _entry(entries, "Book")
    if root is None or stream is None:
        raise Damaged("workbook")
    minis = _join(content, size, _sectors(chain, mini_table))
    mini_chain = _straight(struct.unpack(f"<{len(minis) // 4}I", minis[: len(minis) // 4 * 4]))
    start, length = stream
    if length >= cutoff:
        return _join(content, size, _sectors(chain, start))[:length]
    held = _join(content, size, _sectors(chain, root[0]))
    return b"".join(held[s * 64 : s * 64 + 64] for s in _sectors(mini_chain, start))[:length]


def _allocation(content: bytes, size: int, table: int, tables: int) -> Sequence[int]:
    """For each sector the one that follows it."""
    listed = list(struct.unpack_from("<109I", content, 76))
    seen: set[int] = set()
    while table < _END and len(seen) < tables:
        if table in seen:
            raise Damaged("circle")
        seen.add(table)
        *more, table = struct.unpack(f"<{size // 4}I", _sector(content, size, table))
        listed += more
    chain: list[int] = []
    for sector in listed:
        if sector < _END:
            chain += struct.unpack(f"<{size // 4}I", _sector(content, size, sector))
    return _straight(chain)


def _straight(chain: Sequence[int]) -> Sequence[int]:
    """The table itself, if following it from any sector comes to an end."""
    checked = bytearray(len(chain))
    for start in range(len(chain)):
        walk: list[int] = []
        sector = start
        while sector < len(chain) and not checked[sector]:
            checked[sector] = 1
            walk.append(sector)
            sector = chain[sector]
        if sector < len(chain) and checked[sector] == 1:
            raise Damaged("circle")
        for passed in walk:
            checked[passed] = 2
    return chain


def _sector(content: bytes, size: int, number: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]


def _join(content: bytes, size: int, sectors: Sequence[int]) -> bytes:
    return b"".join(_sector(content, size, number) for number in sectors)


def _sectors(chain: Sequence[int], start: int) -> list[int]:
    """The sectors of one chain in order."""
    found: list[int] = []
    while start < _END:
        if start >= len(chain):
            raise Damaged("chain")
        found.append(start)
        start = chain[start]
    return found


def _entry(entries: bytes, name: str) -> tuple[int, int] | None:
    """First sector and length of the directory entry of that name."""
    for offset in range(0, len(entries) - 127, 128):
        length = int.from_bytes(entries[offset + 64 : offset + 66], "little")
        if 2 <= length <= 64 and entries[offset : offset + length - 2].decode("utf-16-le") == name:
            start, size = struct.unpack_from("<II", entries, offset + 116)
            return start, size
    return None
