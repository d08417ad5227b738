"""Packages: limits before anything is unpacked, and marks in whatever way a program writes them."""

import struct
from pathlib import Path

import pytest

from engine.data import packages
from tests.data.build import column, found, ledger, read
from tests.data.packages import KIND, MAIN, RELATIONS, ods, xlsx, zipped

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>数量</t></is></c></row>'
PERCENT = '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs>'


def _numbers(folder: Path, file: str = "book.xlsx") -> tuple[list[object], list[tuple[str, str, str]]]:
    records, findings = read(folder, ledger(file), numbers=("数量",))
    return (column(records, "number", "数量", "ledger") if records else []), found(findings)


def _refused(folder: Path, file: str = "book.xlsx") -> tuple[str, str]:
    (code, case, _), *more = _numbers(folder, file)[1]
    assert more == []
    return code, case


def test_two_cells_far_apart_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    """A1 and XFD1048576 span seventeen thousand million cells."""
    xlsx(tmp_path, HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert _refused(tmp_path) == ("E904", "")


def test_a_row_that_hides_its_number_is_found_by_its_cells(tmp_path: Path) -> None:
    """The cell's own address counts, whatever the row says."""
    xlsx(tmp_path, HEAD + '<row><c r="ZZ999999"><v>1</v></c></row>')
    assert _refused(tmp_path) == ("E904", "")
    xlsx(tmp_path, HEAD + '<row r="99999999999999"><c r="A2"><v>1</v></c></row>')
    assert _refused(tmp_path)[0] in ("E903", "E904")


def test_a_part_that_unpacks_too_well_is_refused(tmp_path: Path) -> None:
    """Twenty megabytes of the same letter in twenty kilobytes."""
    xlsx(tmp_path, HEAD, xl__sharedStrings="a" * 20_000_000)
    assert _refused(tmp_path) == ("E904", "ratio")


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    """A workbook has dozens of parts, not thousands."""
    zipped(tmp_path, "book.xlsx", {f"a{n}": "" for n in range(1001)})
    assert _refused(tmp_path) == ("E904", "entries")


@pytest.mark.parametrize(("limit", "case"), [("MOST_PART_BYTES", "part"), ("MOST_BYTES", "total")])
def test_large_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, case: str) -> None:
    """Each part, and all of them together, have a limit (lowered here, so that the test stays small)."""
    xlsx(tmp_path, HEAD)
    monkeypatch.setattr(packages, limit, 100)
    assert _refused(tmp_path) == ("E904", case)


def test_a_part_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    """The size that a package states is not believed: the checksum tells."""
    xlsx(tmp_path, HEAD + "<row r='2'><c r='A2'><v>1</v></c></row>" * 50)
    content = bytearray((tmp_path / "book.xlsx").read_bytes())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    (tmp_path / "book.xlsx").write_bytes(bytes(content))
    assert _refused(tmp_path) == ("E903", "damaged")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_part_with_a_document_type_is_refused(tmp_path: Path, part: str) -> None:
    """No spreadsheet program writes one; entities could unfold without end."""
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>'
    xlsx(tmp_path, HEAD, **{part.replace("/", "__"): bomb})
    assert _refused(tmp_path) == ("E903", "damaged")


def test_an_error_is_found_under_a_prefix_and_with_single_quotes(tmp_path: Path) -> None:
    """Some programs write `<x:c t='e'>`."""
    rows = (
        "<x:row r='1'><x:c r='A1' t='inlineStr'><x:is><x:t>数量</x:t></x:is></x:c></x:row>"
        "<x:row r='2'><x:c r='A2' t='e'><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c></x:row>"
        "<x:row r='3'><x:c r='A3'><x:f>1+1</x:f></x:c></x:row>"
    )
    xlsx(tmp_path, rows, prefix="x")
    assert _numbers(tmp_path)[1] == [("E912", "", "book.xlsx!表一!A2"), ("E913", "", "book.xlsx!表一!A3")]


def test_cells_without_addresses_are_counted(tmp_path: Path) -> None:
    """An address may be left out; the cell then follows the one before."""
    rows = (
        '<row><c t="inlineStr"><is><t>类别</t></is></c><c t="inlineStr"><is><t>数量</t></is></c></row>'
        '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row>'
        '<row><c t="inlineStr"><is><t>b</t></is></c><c t="e"><v>#N/A</v></c></row>'
    )
    xlsx(tmp_path, rows)
    assert _numbers(tmp_path)[1] == [("E912", "", "book.xlsx!表一!B3")]


@pytest.mark.parametrize(
    ("cell", "faults"),
    [
        ('<c r="A2"><f>1+1</f><v>2</v></c>', []),
        ('<c r="A2"><f t="shared" si="0"/><v>2</v></c>', []),
        ('<c r="A2" t="str"><f>IF(B2="","",1)</f><v></v></c><c r="B2"><v>1</v></c>', []),
        ('<c r="A2"><f>1+1</f><v></v></c>', ["E913"]),
        ('<c r="A2"><f>1+1</f><v/></c>', ["E913"]),
        ('<c r="A2"><f>1+1</f></c>', ["E913"]),
        ('<c r="A2"><f t="shared" si="0"/></c>', ["E913"]),
    ],
)
def test_a_formula_needs_a_stored_result(tmp_path: Path, cell: str, faults: list[str]) -> None:
    """An empty text is a result too: =IF(…,"",…) is a blank cell and no fault."""
    xlsx(tmp_path, HEAD + f'<row r="2">{cell}</row>')
    assert [code for code, _, _ in _numbers(tmp_path)[1]] == faults


@pytest.mark.parametrize(
    ("code", "number"), [("0.00%", [972]), ("0.0\\%", [972]), ('0.0"%"', [972]), ("[Red]0%", [972])]
)
def test_which_formats_are_per_cents(tmp_path: Path, code: str, number: list[int]) -> None:
    """0.972 with a real per cent format and 97.2 with a painted one are both 97.2."""
    stored = "97.2" if "\\" in code or '"' in code else "0.972"
    styles = f'<numFmts><numFmt numFmtId="164" formatCode="{code.replace(chr(34), "&quot;")}"/></numFmts>{PERCENT}'
    xlsx(tmp_path, HEAD + f'<row r="2"><c r="A2" s="2"><v>{stored}</v></c></row>', styles=styles)
    assert _numbers(tmp_path) == (number, [])


def test_the_first_format_is_that_of_cells_without_one(tmp_path: Path) -> None:
    """A workbook whose usual format is a per cent."""
    styles = '<cellXfs count="2"><xf numFmtId="10"/><xf numFmtId="0"/></cellXfs>'
    xlsx(tmp_path, HEAD + '<row r="2"><c r="A2"><v>0.972</v></c></row>', styles=styles)
    assert _numbers(tmp_path) == ([972], [])


def test_parts_may_be_spelt_differently(tmp_path: Path) -> None:
    """Capitals of a part's name differ between programs."""
    relations = f'<Relationship Id="r1" Type="{KIND}worksheet" Target="Worksheets/SHEET1.xml"/>'
    parts = {"xl___rels__workbook.xml.rels": RELATIONS.format(relations)}
    xlsx(tmp_path, HEAD + '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>', **parts)
    assert _numbers(tmp_path)[1] == [("E912", "", "book.xlsx!表一!A2")]


def test_a_per_cent_row_format_makes_no_per_cent_cell(tmp_path: Path) -> None:
    """The format of a whole row is not the format of its cells."""
    xlsx(tmp_path, HEAD + '<row r="2" s="1"><c r="A2" s="0"><v>5</v></c></row>', styles=PERCENT)
    assert _numbers(tmp_path) == ([5], [])


def test_day_numbers_follow_the_calendar_of_the_workbook(tmp_path: Path) -> None:
    """Workbooks from old Macs count from 1904."""
    xlsx(tmp_path, HEAD + '<row r="2"><c r="A2"><v>44621</v></c></row>', workbook='<workbookPr date1904="1"/>')
    records, findings = read(tmp_path, ledger("book.xlsx"), times=("数量",))
    assert findings == ()
    assert [str(day) for day in column(records, "time", "数量", "ledger")] == ["2026-03-02 00:00:00"]


def test_marks_are_found_across_the_pieces_in_which_a_sheet_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the bytes are cut, every error is found once and at its cell."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(2, 60))
    xlsx(tmp_path, HEAD + rows)
    for size in (64, 65, 97, 4096):
        monkeypatch.setattr(packages, "_CHUNK", size)
        assert [place for _, _, place in _numbers(tmp_path)[1]] == [f"book.xlsx!表一!A{n}" for n in range(2, 60)]


def test_a_package_that_is_no_workbook_is_damaged(tmp_path: Path) -> None:
    """A zip file with something else in it."""
    zipped(tmp_path, "book.xlsx", {"a.txt": "a", "b.xml": f'<a xmlns="{MAIN}"/>'})
    assert _refused(tmp_path) == ("E903", "damaged")


# ---------------------------------------------------------------- OpenDocument


def _ods_cell(text: str, **attributes: str) -> str:
    """A cell; `office_value` stands for the attribute `office:value`."""
    written = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell{written}><text:p>{text}</text:p></table:table-cell>"


def _ods_row(cell: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cell}</table:table-row>'


def _ods_number(value: str, kind: str = "float", **more: str) -> str:
    return _ods_cell(value, office_value_type=kind, office_value=value, **more)


ODS_HEAD = _ods_row(_ods_cell("数量", office_value_type="string"))


def test_an_ods_file_is_read(tmp_path: Path) -> None:
    """With the thousands of repeated empty rows that programs write below a table."""
    empty = _ods_row('<table:table-cell table:number-columns-repeated="1024"/>', 1_048_000)
    ods(tmp_path, ODS_HEAD + _ods_row(_ods_number("3")) + _ods_row(_ods_number("2.5")) + empty)
    assert _numbers(tmp_path, "book.ods") == ([30, 25], [])


def test_per_cents_of_an_ods_file_are_per_cents(tmp_path: Path) -> None:
    """The cell's own type says so."""
    ods(tmp_path, ODS_HEAD + _ods_row(_ods_number("0.972", "percentage")))
    assert _numbers(tmp_path, "book.ods") == ([972], [])


def test_an_error_in_an_ods_file_is_named(tmp_path: Path) -> None:
    """The program marks the cell as an error beside its text."""
    error = _ods_cell("#DIV/0!", office_value_type="string", office_string_value="", calcext_value_type="error")
    ods(tmp_path, ODS_HEAD + _ods_row(error))
    assert _numbers(tmp_path, "book.ods")[1] == [("E912", "", "book.ods!表一!A2")]


def test_a_filled_cell_repeated_without_end_is_refused(tmp_path: Path) -> None:
    """A few bytes that stand for a thousand million cells."""
    ods(tmp_path, ODS_HEAD + _ods_row(_ods_number("1", table_number_columns_repeated="1024"), 1_048_576))
    assert _refused(tmp_path, "book.ods") == ("E904", "")
    ods(tmp_path, ODS_HEAD + _ods_row(_ods_number("1", table_number_columns_repeated="999999999")))
    assert _refused(tmp_path, "book.ods") == ("E904", "")


def test_an_ods_file_with_a_document_type_is_refused(tmp_path: Path) -> None:
    """As in a workbook."""
    ods(tmp_path, ODS_HEAD, before='<!DOCTYPE a [<!ENTITY b "b">]>')
    assert _refused(tmp_path, "book.ods") == ("E903", "damaged")


def test_broken_xml_is_damaged(tmp_path: Path) -> None:
    """A part that breaks off."""
    zipped(
        tmp_path, "book.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a><b>"}
    )
    assert _refused(tmp_path, "book.ods") == ("E903", "damaged")
