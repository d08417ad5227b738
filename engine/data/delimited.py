"""Text files with delimiters: which encoding, which delimiter, and records with as many fields as the header."""

import csv
from collections.abc import Sequence
from io import StringIO
from itertools import islice

from engine.data.faults import NAMED, Faults, shown
from engine.data.files import DataFile
from engine.data.grids import TOP, Asked, Grid, Selection, header_of, matched
from engine.data.sheets import INVISIBLE, Sheet, field_place, is_note
from engine.diagnostics import Diagnostic
from engine.source import Place, file_place

DELIMITERS = (",", ";", "\t")
ENCODINGS = ("utf-8", "gb18030", "gbk", "gb2312", "utf-16", "big5", "shift_jis", "euc_kr", "cp1252")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SPELLINGS = {
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf16": "utf-16",
    "gb-18030": "gb18030",
    "shift-jis": "shift_jis",
    "euc-kr": "euc_kr",
    "windows-1252": "cp1252",
}


def decode(file: DataFile, encoding: str | None) -> tuple[str | None, str, tuple[Diagnostic, ...]]:
    """The file's text and the encoding it was read in.

    That is the one given, else the byte order mark's, else UTF-8, else GB 18030; never one guessed from the letters.
    Refused (E905): bytes that are not text in it, an encoding not in `ENCODINGS`, NUL characters.
    """
    marked = next((name for mark, name in _MARKS if file.content.startswith(mark)), None)
    if encoding is not None:
        name = encoding.strip().lower().replace("_", "-")
        name = _SPELLINGS.get(name, name)
        if name not in ENCODINGS:
            args = {"encoding": encoding, "known": ", ".join(ENCODINGS)}
            return None, "", (Diagnostic(code="E905", case="unknown", place=file_place(file.name), args=args),)
        ladder: tuple[str, ...] = ("utf-8-sig" if name == "utf-8" else name,)
    else:
        ladder = (marked,) if marked else ("utf-8", "gb18030")
    return _decoded(file, ladder)


def _decoded(file: DataFile, ladder: tuple[str, ...]) -> tuple[str | None, str, tuple[Diagnostic, ...]]:
    place = file_place(file.name)
    for name in ladder:
        try:
            text = file.content.decode(name)
        except UnicodeDecodeError as error:
            place = _byte_place(file, error.start)
            continue
        if "\x00" not in text:
            return text, name, ()
        place = _byte_place(file, file.content.find(b"\x00"))
        return None, "", (Diagnostic(code="E905", case="nul", place=place, args={"file": file.name}),)
    return None, "", (Diagnostic(code="E905", place=place, args={"file": file.name, "encoding": ladder[-1]}),)


def _byte_place(file: DataFile, offset: int) -> Place:
    """The line of a byte; its column counts bytes, since there are no characters to count."""
    line = file.content.count(b"\n", 0, offset) + 1
    column = offset - file.content.rfind(b"\n", 0, offset)
    return Place(file=file.name, line=line, column=column, end_line=line, end_column=column + 1)


def open_text(
    file: DataFile, *, encoding: str | None, header: int | None, asked: Sequence[Asked], last: int | None = None
) -> tuple[Grid | None, tuple[Diagnostic, ...]]:
    """The file as a grid. The delimiter is the one under which the header holds the most of the columns asked for.

    With nothing asked for it is the one that makes the most columns.
    """
    text, decoded_as, findings = decode(file, encoding)
    if text is None:
        return None, findings
    lines = list(StringIO(text, newline=""))
    grids = [_grid(file, lines, d, decoded_as, max(TOP, last or header or 0)) for d in DELIMITERS]
    grid, own = max(grids, key=lambda g: _fitness(g[0], header, asked))
    row = header_of(grid, header)
    known = matched(row[1], asked) if row else 0
    if not known and (quote := next((q for _, q in grids if q), None) if asked else own):
        return None, (quote,)
    alone = row is not None and all(len(cells) == 1 for _, cells in grid.top if not asked or cells is row[1])
    if row and not known and alone and len(row[1]) == 1 and (other := _other_delimiter(row[1][0])):
        args = {"delimiter": other}
        return None, (Diagnostic(code="E907", case="delimiter", place=grid.address(row[0], 0), args=args),)
    return grid, ()


def _fitness(grid: Grid, header: int | None, asked: Sequence[Asked]) -> tuple[int, int, int]:
    row = header_of(grid, header)
    if row is None:
        return -1, 0, 0
    width = len(row[1]) if asked else max(len(cells) for _, cells in grid.top)
    return matched(row[1], asked), max(matched(r[1], asked) for r in grid.top), width


def _other_delimiter(line: str) -> str | None:
    return next((d for d in ("|", "，", "；", "^", "~") if line.count(d)), None)


def _grid(
    file: DataFile, lines: list[str], delimiter: str, decoded_as: str, count: int
) -> tuple[Grid, Diagnostic | None]:
    """The grid under one delimiter, and the open quotation mark that ended its first rows, if one did."""

    def address(row: int, position: int) -> Place:
        return field_place(file.name, lines, row, position, delimiter)

    def load(selection: Selection) -> Sheet:
        return _load(file, lines, delimiter, selection)

    top: list[tuple[int, tuple[str, ...]]] = []
    reader, before, quote = csv.reader(lines, delimiter=delimiter, strict=True), 0, None
    try:
        for record in islice(reader, count):
            cells = tuple(cell.strip(INVISIBLE) for cell in record)
            if any(cell.strip("".join(DELIMITERS)) for cell in cells):
                top.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        quote = _quote(file, lines, before + 1, error)
    return Grid(top=tuple(top), load=load, address=address, decoded_as=decoded_as, delimiter=delimiter), quote


def _load(file: DataFile, lines: list[str], delimiter: str, selection: Selection) -> Sheet:
    """The records of the selection; a row that has not as many fields as the header is E910."""
    rows: list[int] = []
    notes: list[int] = []
    picked: list[list[str]] = []
    found: list[Diagnostic] = []
    more, before, width = 0, 0, len(selection.headers)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for record in reader:
            line, before = before + 1, reader.line_num
            if line <= selection.row or not "".join(record).strip(INVISIBLE):
                continue
            if len(record) == width:
                if is_note(record):
                    notes.append(len(rows))
                rows.append(line)
                picked.append([record[p] for p in selection.positions])
            elif len(found) < NAMED:
                place = field_place(file.name, lines, line, min(len(record), width), delimiter)
                found.append(_ragged(place, len(record), width))
            else:
                more += 1
    except csv.Error as error:
        found.append(_quote(file, lines, before + 1, error))
    return Sheet(
        file=file.name,
        header_row=selection.row,
        headers=selection.headers,
        rows=rows,
        columns={p: [record[i].strip(INVISIBLE) for record in picked] for i, p in enumerate(selection.positions)},
        notes=tuple(notes),
        lines=lines,
        delimiter=delimiter,
        faults=Faults(named=tuple(found), more=more),
    )


def _ragged(place: Place, fields: int, headers: int) -> Diagnostic:
    case = "long" if fields > headers else "short"
    return Diagnostic(code="E910", case=case, place=place, args={"fields": fields, "headers": headers})


def _quote(file: DataFile, lines: list[str], line: int, error: csv.Error) -> Diagnostic:
    """E911 at the quotation mark that opens the field which is not closed, or that stands inside a closed one."""
    text = lines[line - 1].rstrip("\r\n") if line <= len(lines) else ""
    opened, inside = 0, False
    for column, character in enumerate(text):
        if character == '"':
            opened, inside = (column if not inside else opened), not inside
    case = "" if "end of data" in str(error) or "limit" in str(error) else "inside"
    if "limit" in str(error) and '"' not in text:
        case = "long"
    place = Place(file=file.name, line=line, column=opened + 1, end_line=line, end_column=opened + 2, text=text)
    return Diagnostic(code="E911", case=case, place=place, args={"text": shown(text[opened:])})
