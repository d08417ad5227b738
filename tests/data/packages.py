"""Packages written by hand: workbooks as other programs write them, and as nobody honest would."""

import io
import zipfile
from pathlib import Path

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(folder: Path, rows: str, *, prefix: str = "", styles: str = "", workbook: str = "", **more: str) -> None:
    """`book.xlsx` whose sheet 表一 holds these rows; `more` gives further parts by name with `__` for `/`."""
    mark, name = (f"{prefix}:", f"xmlns:{prefix}") if prefix else ("", "xmlns")
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="r1" Type="{KIND}officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KIND[:-1]}">{workbook}'
        '<sheets><sheet name="表一" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            f'<Relationship Id="r1" Type="{KIND}worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{KIND}styles" Target="styles.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f'<{mark}worksheet {name}="{MAIN}"><{mark}sheetData>{rows}'
        f"</{mark}sheetData></{mark}worksheet>",
    }
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    parts |= {key.replace("___", "/_").replace("__", "/"): text for key, text in more.items()}
    zipped(folder, "book.xlsx", parts)


def zipped(folder: Path, file: str, parts: dict[str, str]) -> None:
    """A package with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    (folder / file).write_bytes(stream.getvalue())


def ods(folder: Path, rows: str, before: str = "") -> None:
    """`book.ods` whose table 表一 holds these rows."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content{names}{calc} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="表一">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    zipped(folder, "book.ods", {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})
