"""A Parquet file opened: its columns, their types, and each cell as the text a person would write for it."""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlglot import exp

from engine.data.contract import Limits
from engine.data.faults import NAMED, Faults
from engine.data.files import DataFile
from engine.data.grids import Grid, Selection
from engine.data.queries import Row, Scan, connected, named, rows_in, rows_of, unreadable, whole
from engine.data.sheets import INVISIBLE, Sheet, is_note, value_place
from engine.diagnostics import Diagnostic, Refused
from engine.source import Place, file_place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Family = Literal["text", "whole", "decimal", "real", "moment", "zone", "other"]
FILE = "f"  # what the rows of the file are called in a query
# The number of a record, from 1: the query engine adds a column that counts them from 0.
ROW = exp.Add(this=named("file_row_number", FILE), expression=whole(1))
_WHOLE = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A column of the file: its name as written, its position from 0, what it stores.

    `stored`: its name in the file, where that is another. `tidy`: no text has blanks around it, or is only blanks.
    `digits`, `scale`: of decimals; a binary number of 32 bits has 24 digits, one of 64 bits none that count.
    """

    name: str
    position: int
    family: Family
    stored: str = ""
    digits: int = 0
    scale: int = 0
    tidy: bool = False

    @property
    def cell(self) -> exp.Expr:
        """The cell as the file stores it."""
        return named(self.stored or self.name, FILE)

    @property
    def text(self) -> exp.Expr:
        """The cell as text without surrounding blanks, NULL where nothing is left of it."""
        kind = exp.DataType.Type.VARCHAR
        written: exp.Expr = exp.cast(self.cell, kind)
        if self.family == "real":
            tail = [written, exp.Literal.string(r"\.0$"), exp.Literal.string("")]
            return exp.Anonymous(this="regexp_replace", expressions=tail)
        if self.family != "text" or self.tidy:
            return written
        trimmed = exp.Anonymous(this="trim", expressions=[written, exp.Literal.string(INVISIBLE)])
        return exp.Nullif(this=trimmed, expression=exp.Literal.string(""))


@contextmanager
def asking(file: DataFile, limits: Limits) -> Generator["DuckDBPyConnection"]:
    """A connection that may read the file."""
    scan = Scan(file=file.name, path=file.path, query=exp.select("*").from_(rows_in(file.path, FILE)), frames={})
    with connected({}, {"scanned": scan}, limits) as connection:
        yield connection


def typed_columns(file: DataFile, limits: Limits) -> tuple[Typed, ...]:
    """The file's columns; raises `Refused` (E980) where it is damaged."""
    with asking(file, limits) as connection:
        query = exp.select("*").from_("scanned").limit(0).sql(dialect="duckdb")
        described = connection.execute(f"DESCRIBE {query}").fetchall()
    return tuple(_typed(str(row[0]), n, str(row[1])) for n, row in enumerate(described))


def _typed(name: str, position: int, kind: str) -> Typed:
    if decimal := _DECIMAL.fullmatch(kind):
        digits, scale = int(decimal[1]), int(decimal[2])
        return Typed(name=name, position=position, family="decimal", digits=digits, scale=scale)
    family: Family = "other"
    if kind in ("VARCHAR", "BOOLEAN", "UUID") or kind.startswith("ENUM("):
        family = "text"
    elif _WHOLE.fullmatch(kind):
        family = "whole"
    elif kind in ("FLOAT", "DOUBLE"):
        return Typed(name=name, position=position, family="real", digits=24 if kind == "FLOAT" else 0)
    elif kind in ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"):
        family = "moment"
    elif kind == "TIMESTAMP WITH TIME ZONE":
        family = "zone"
    return Typed(name=name, position=position, family=family)


def unfit(file: DataFile, columns: Sequence[Typed]) -> Faults:
    """E980 for columns whose values are no cells: lists, bytes, and moments whose hour depends on where one is."""
    named_here = tuple(
        Diagnostic(
            code="E980",
            case="zone" if column.family == "zone" else "type",
            place=value_place(file.name, 1, column.position),
            args={"column": column.name},
        )
        for column in columns
        if column.family in ("zone", "other")
    )
    return Faults(named=named_here[:NAMED], more=max(0, len(named_here) - NAMED))


def open_parquet(file: DataFile, limits: Limits) -> tuple[Grid | None, tuple[Diagnostic, ...]]:
    """The file as a grid whose header row is number 0; E980 where it is damaged."""
    try:
        columns = typed_columns(file, limits)
    except Refused:
        return None, (unreadable(file.name),)

    def address(row: int, position: int) -> Place:
        return value_place(file.name, row, position) if row else file_place(file.name)

    def load(selection: Selection) -> Sheet:
        return _load(file, limits, selection, columns)

    return Grid(top=((0, tuple(column.name for column in columns)),), load=load, address=address), ()


def _load(file: DataFile, limits: Limits, selection: Selection, columns: Sequence[Typed]) -> Sheet:
    """The columns of the selection as texts; the first column of the file says which records are none."""
    picked = [columns[p] for p in selection.positions]
    faults = unfit(file, picked)
    records: list[Row] = []
    if not faults:
        query = exp.select(ROW.copy(), columns[0].text, *(column.text for column in picked)).from_(
            rows_in(file.path, FILE)
        )
        with asking(file, limits) as connection:
            records = rows_of(connection, query)
    return Sheet(
        file=file.name,
        header_row=0,
        headers=selection.headers,
        rows=[int(record[0]) for record in records],
        columns={c.position: [record[n + 2] or "" for record in records] for n, c in enumerate(picked)},
        notes=tuple(n for n, record in enumerate(records) if is_note((record[1] or "",))),
        lineless=True,
        faults=faults,
    )
