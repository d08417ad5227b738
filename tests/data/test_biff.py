"""Old workbooks: errors, per cents and damage in the records of an .xls file, and in the file system it is."""

import struct
from pathlib import Path

import pytest

from engine.data.compound import workbook_stream
from engine.data.packages import Damaged
from tests.data.build import column, found, ledger, read
from tools.xls import SECTOR, record, xls_bytes

HEAD = [["数量", "合格率"]]


def _formula(row: int, position: int, result: bytes) -> bytes:
    """A formula `1` with a stored result."""
    return record(0x06, struct.pack("<HHH", row, position, 0) + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")


def test_a_formula_that_failed_is_an_error(tmp_path: Path) -> None:
    """Its stored result is the error's number; beside it one that gave 3."""
    failed = _formula(1, 0, b"\x02\x00\x07\x00\x00\x00\xff\xff")
    fine = _formula(2, 0, struct.pack("<d", 3.0))
    (tmp_path / "a.xls").write_bytes(xls_bytes(HEAD, records=failed + fine))
    findings = read(tmp_path, ledger("a.xls"), numbers=("数量",))[1]
    assert [(place, f.args["text"]) for f, (_, _, place) in zip(findings, found(findings), strict=True)] == [
        ("a.xls!Sheet1!A2", "#DIV/0!")
    ]
    (tmp_path / "a.xls").write_bytes(xls_bytes(HEAD, records=fine))
    assert column(read(tmp_path, ledger("a.xls"), numbers=("数量",))[0], "number", "数量", "ledger") == [3]


def test_per_cents_in_one_record_of_several_cells(tmp_path: Path) -> None:
    """Two cells in one record, 5 plain and 0.5 with the per cent format: 5 and 50 %."""
    several = record(0xBD, struct.pack("<HHHIHIH", 1, 0, 0, 5 << 2 | 2, 1, 50 << 2 | 3, 1))
    (tmp_path / "a.xls").write_bytes(xls_bytes(HEAD, records=several))
    records, findings = read(tmp_path, ledger("a.xls"), numbers=("数量", "合格率"))
    assert findings == ()
    assert (column(records, "number", "数量", "ledger"), column(records, "number", "合格率", "ledger")) == ([5], [50])


@pytest.mark.parametrize(("code", "number"), [('0.0"%"', [972]), ("0.00%", [972])])
def test_formats_of_the_workbooks_own(tmp_path: Path, code: str, number: list[int]) -> None:
    """A format of its own is a per cent only if it multiplies."""
    stored = 97.2 if '"' in code else 0.972
    cell = record(0x203, struct.pack("<HHHd", 1, 1, 2, stored))
    own = record(0x41E, struct.pack("<HHB", 164, len(code), 0) + code.encode())
    own += record(0xE0, struct.pack("<HH16x", 0, 164))
    (tmp_path / "a.xls").write_bytes(xls_bytes(HEAD, records=cell, formats=own))
    records, findings = read(tmp_path, ledger("a.xls"), numbers=("合格率",))
    assert (findings, column(records, "number", "合格率", "ledger")) == ((), number)


def test_a_record_that_breaks_off_is_damage(tmp_path: Path) -> None:
    """A cell without room for its column."""
    (tmp_path / "a.xls").write_bytes(xls_bytes(HEAD, records=record(0x203, b"\x01")))
    assert [(f.code, f.case) for f in read(tmp_path, ledger("a.xls"), numbers=("数量",))[1]] == [("E903", "damaged")]


def _small(stream: bytes) -> bytes:
    """A compound file whose stream is short and therefore lies in the mini stream, in 64-byte pieces."""
    whole = bytearray(xls_bytes([["a"]]))
    pieces = -(-len(stream) // 64)
    sectors = -(-pieces * 64 // SECTOR)
    end = 0xFFFFFFFE
    table = [0xFFFFFFFD, end, end, *range(4, 3 + sectors), end]
    minis = [*range(1, pieces), end]
    fat = b"".join(struct.pack("<I", n) for n in table).ljust(SECTOR, b"\xff")
    mini = b"".join(struct.pack("<I", n) for n in minis).ljust(SECTOR, b"\xff")
    head, entries = whole[:SECTOR], whole[2 * SECTOR : 3 * SECTOR]
    struct.pack_into("<II", head, 60, 2, 1)
    struct.pack_into("<IQ", entries, 116, 3, pieces * 64)
    struct.pack_into("<IQ", entries, 128 + 116, 0, len(stream))
    return bytes(head + fat + entries + mini + stream.ljust(sectors * SECTOR, b"\0"))


def test_a_short_stream_lies_in_the_mini_stream() -> None:
    """Its pieces are put together again, and no byte more."""
    stream = bytes(range(256)) * 3 + b"end"
    assert workbook_stream(_small(stream)) == stream


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        xls_bytes([["a"]]).replace("Workbook".encode("utf-16-le"), "Workbuch".encode("utf-16-le")),
        xls_bytes([["a"]])[:30] + b"\x07" + xls_bytes([["a"]])[31:],
        xls_bytes([["a"]])[:48] + b"\xff\xff\x00\x00" + xls_bytes([["a"]])[52:],
    ],
)
def test_a_container_that_makes_no_sense_is_damaged(content: bytes) -> None:
    """Cut short, without a workbook, with sectors of an impossible size, with a directory outside the file."""
    with pytest.raises(Damaged):
        workbook_stream(content)


def test_an_extended_table_that_runs_in_circles_is_damaged() -> None:
    """A table of tables that names itself as the next."""
    content = bytearray(xls_bytes([["a"]]))
    struct.pack_into("<II", content, 68, 2, 9)
    content[3 * SECTOR + SECTOR - 4 : 4 * SECTOR] = struct.pack("<I", 2)
    with pytest.raises(Damaged):
        workbook_stream(bytes(content))
