"""A collection workbook as a file: sheets, what may be typed where, widths, print layout; the same bytes every time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from engine.data.collection import sheet_of
from engine.report.collection.forms import Field, Filling, Form
from engine.report.collection.guide import Line, guide_lines, guide_name
from engine.report.collection.template import Template
from engine.report.collection.validation import Validations, put
from engine.report.text import fold, width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 5000  # of a questionnaire or ledger that are ready for what is typed
_GIVEN, _FILL, _HEAD, _LINE = "F2F2F2", "FFF9E5", "DCE6F1", "BFBFBF"
_NARROW, _BROAD, _PAGE = 9, 44, 200
_GUIDE_WIDTHS = (14, 38, 20, 46, 10, 14, 26, 14)
_MOMENT, _PROPERTIES = (1980, 1, 1, 0, 0, 0), "docProps/core.xml"
_NUMBER_FORMATS = {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "text": "@", "choice": "@", "whole": "0"}


def workbook_bytes(template: Template) -> bytes:
    """The workbook as an .xlsx file; equal input gives equal bytes."""
    from openpyxl import Workbook

    book = Workbook()
    guide: Any = book.active
    guide.title = guide_name(template.commission)
    validations = Validations(book, template.commission.reads.lang)
    for form in template.forms:
        _sheet(book, form, validations)
    _guide(guide, list(guide_lines(template)))
    validations.write()
    packed = BytesIO()
    book.save(packed)
    return _without_time(packed.getvalue())


def _without_time(packed: bytes) -> bytes:
    """The package without the moment of its making, in its parts' own order."""
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as package, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in package.namelist():
            content = package.read(name)
            if name == _PROPERTIES:
                content = _untimed(content)
            part = ZipInfo(name, _MOMENT)
            part.compress_type, part.external_attr = ZIP_DEFLATED, 0o600 << 16
            again.writestr(part, content)
    return out.getvalue()


def _untimed(core: bytes) -> bytes:
    from xml.etree import ElementTree as ET

    tree = ET.fromstring(core)  # noqa: S314 - what openpyxl has just written
    for child in list(tree):
        if child.tag.endswith(("}created", "}modified")):
            tree.remove(child)
    return ET.tostring(tree, encoding="utf-8", xml_declaration=True)


# ---------------------------------------------------------------- cells


def _styled(cell: "Cell", *, fill: str = "", bold: bool = False, size: int = 10, boxed: bool = True) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name="Microsoft YaHei", size=size, bold=bold)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if boxed:
        side = Side(style="thin", color=_LINE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)


def _page(page: "Worksheet", name: str) -> None:
    """A4 across, as wide as the page, with its name and page number below."""
    sheet: Any = page
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.6
    margins.header = margins.footer = 0.3
    sheet.oddFooter.left.text = name.replace("&", "&&")
    sheet.oddFooter.right.text = "&P/&N"


# ---------------------------------------------------------------- the sheet of a source


def _sheet(book: "Workbook", form: Form, validations: Validations) -> None:
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(sheet_of(form.source.name))
    for number, field in enumerate(form.fields, 1):
        head, letter = sheet.cell(1, number), get_column_letter(number)
        put(head, field.header)
        _styled(head, fill=_HEAD, bold=True)
        texts = [field.header, *(row.given.get(field.header, "") for row in form.rows)]
        sheet.column_dimensions[letter].width = _wide(field, texts)
        last = len(form.rows) + 1 if form.rows else MOST_ROWS
        if field.filling is not None and field.header != form.value:
            validations.add(sheet, f"{letter}2:{letter}{last}", field.filling, field)
            sheet.column_dimensions[letter].number_format = _format(field.filling)
    sheet.row_dimensions[1].height = 15 * max(
        1, *(len(fold(f.header, int(_wide(f, [f.header])) - 2)) for f in form.fields)
    )
    _rows(sheet, form, validations)
    sheet.freeze_panes = sheet.cell(2, 1 + _frozen(form))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(form.fields))}{max(2, len(form.rows) + 1)}"
    sheet.print_title_rows = "1:1"
    _page(sheet, sheet.title)
    sheet.page_setup.fitToWidth = _pages(dimension.width for dimension in sheet.column_dimensions.values())
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = "A:A"


def _pages(widths: Iterable[float]) -> int:
    """How many pages a sheet is wide, so that it can still be read."""
    return max(1, ceil(sum(widths) / _PAGE))


def _frozen(form: Form) -> int:
    """How many columns stay in sight: those before the first to be filled in, or a survey's first."""
    given = next((n for n, field in enumerate(form.fields) if field.header == form.value), 0)
    return given if form.value else int(form.source.kind == "responses")


def _rows(sheet: "Worksheet", form: Form, validations: Validations) -> None:
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(form.rows, 2):
        for position, field in enumerate(form.fields, 1):
            cell: Any = sheet.cell(number, position)
            put(cell, row.given.get(field.header, ""))
            typed = field.filling is not None and not row.given.get(field.header)
            _styled(cell, fill=_FILL if typed else _GIVEN)
            filling = row.filling if field.header == form.value else field.filling
            if filling is not None:
                cell.number_format = _format(filling)
            if field.header == form.value and row.filling is not None:
                at = f"{get_column_letter(position)}{number}"
                validations.add(sheet, at, row.filling, Field(header=row.name, told=row.told))
    if not form.rows:
        for position, field in enumerate(form.fields, 1):
            for number in range(2, 22):  # the first rows show where to type
                cell = sheet.cell(number, position)
                _styled(cell, fill=_FILL)
                if field.filling is not None:
                    cell.number_format = _format(field.filling)


def _format(filling: Filling) -> str:
    if filling.sort == "choice" and filling.inapplicable:
        return "General"
    return _NUMBER_FORMATS.get(filling.sort, "General")


def _wide(field: Field, texts: Sequence[str]) -> float:
    longest = max(width(line) for text in texts for line in (text.split("\n") or [""]))
    least = 18 if field.filling is not None and field.filling.sort == "moment" else _NARROW
    answered = field.filling is not None and field.filling.sort in ("number", "whole", "choice")
    return min(max(longest + 3, least), _BROAD if len(texts) > 1 else 16 if answered else 22)


# ---------------------------------------------------------------- the guide


def _guide(sheet: "Worksheet", lines: Sequence[Line]) -> None:
    from openpyxl.utils import get_column_letter

    for number, columns in enumerate(_GUIDE_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = columns
    for number, line in enumerate(lines, 1):
        _line(sheet, number, line)
    sheet.sheet_view.showGridLines = False
    _page(sheet, sheet.title)


def _line(sheet: "Worksheet", number: int, line: Line) -> None:
    for position, text in enumerate(line.cells, 1):
        cell: Any = sheet.cell(number, position)
        put(cell, text)
        _styled(cell, **_STYLES[line.part])
        if position == 1 and line.sheet:
            cell.hyperlink = f"#'{line.sheet}'!A1"
            _styled(cell, **_STYLES[line.part])
    if line.part in ("title", "heading", "text"):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(_GUIDE_WIDTHS))
    elif line.part == "fact":
        sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=len(_GUIDE_WIDTHS))
    sheet.row_dimensions[number].height = _height(line)


_STYLES: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "size": 16, "boxed": False},
    "fact": {"boxed": False},
    "heading": {"bold": True, "size": 12, "boxed": False},
    "text": {"boxed": False},
    "head": {"fill": _HEAD, "bold": True},
    "row": {},
}


def _height(line: Line) -> float:
    """Of a row whose texts are folded into its columns."""
    if line.part == "title":
        return 30
    if line.part == "heading":
        return 26
    widths: Iterator[int] = iter(_GUIDE_WIDTHS)
    room = [sum(_GUIDE_WIDTHS)] if line.part == "text" else list(widths)
    if line.part == "fact":
        room = [room[0], sum(room[1:])]
    return 15.5 * max(
        len(fold(text, round(columns * 1.15) - 1)) for text, columns in zip(line.cells, room, strict=False)
    )
