"""Units of a file, a row for each: Parquet as it is, a text once it has been converted; so many rows at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlglot import exp

from engine.data.contract import UNLIMITED, Limits, Reading
from engine.data.files import DataFile
from engine.data.opening import open_source
from engine.data.parquet.files import FILE, ROW, Typed, typed_columns, unfit
from engine.data.parquet.keeping import own_folder
from engine.data.parquet.texts import LINE, Text, converted_text
from engine.data.queries import Scan, connected, given, interruptible, named, rows_as_asked, rows_in, whole
from engine.data.sheets import value_place
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.columns.numbers import SURE
from engine.language.policy import DataSource
from engine.source import NOWHERE, Place, file_place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

CELLS = 1 << 25  # so many values are in memory at a time
HANDED = 1 << 23  # so many of them does the query engine hold, beside those that it has handed over
TEXTS = (".csv", ".tsv", ".txt")
_DOUBLE = exp.DataType.Type.DOUBLE
LONGEST = 15  # decimals of up to so many digits are told exactly by a binary number


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsFile:
    """A file of units: its columns, the Parquet file its rows are read from, and the text that this was made from."""

    file: DataFile
    columns: tuple[Typed, ...]
    text: Text | None = None

    def place(self, row: int, column: Typed) -> Place:
        """Where a value stands; rows from 0."""
        place = value_place(self.file.name, self.line(row), column.position)
        return place if self.text is None else self.text.place(place)

    def line(self, row: int) -> int:
        """What a reader calls the row: the line of the text on which the record begins, or its number from 1."""
        if self.text is None:
            return row + 1
        with connected({}, {FILE: self.scan}) as connection:
            query = exp.select(LINE).from_(FILE).where(exp.EQ(this=ROW, expression=whole(row + 1)))
            return int(rows_as_asked(connection, query)[0][0])

    @property
    def scan(self) -> Scan:
        """Its rows, for a connection that may read them."""
        rows = exp.select("*", "file_row_number").from_(rows_in(self.file.path, FILE))
        return Scan(file=self.file.name, path=self.file.path, query=rows, frames={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some units: the row of the first, their number, their measures by name, the columns that are carried over."""

    first: int
    size: int
    measures: Mapping[str, Any]
    owners: "DataFrame | None"


def units_file(file: Path, limits: Limits = UNLIMITED) -> UnitsFile:
    """The file with its columns; raises `Refused` (E980, and for texts E905-E907, E970) where it cannot be read."""
    if file.suffix.lower() in TEXTS:
        return _converted(file, limits)
    found = DataFile(name=file.name, form="parquet", content=b"", sha256="", path=file.resolve())
    columns = typed_columns(found, limits)
    if faults := unfit(found, columns).named:
        raise Refused(faults)
    return UnitsFile(file=found, columns=columns)


def _converted(file: Path, limits: Limits) -> UnitsFile:
    """A text file, every cell of it as it stands."""
    source = DataSource(name=file.name, kind="values", file=file.name, span=NOWHERE)
    reading = Reading(folder=file.resolve().parent, limits=limits)
    if own_folder() is None:
        raise Refused((Diagnostic(code="E970", case="folder", place=file_place(file.name), args={"file": file.name}),))
    found = converted_text(source, reading, ())
    if found is None:
        _, findings = open_source(source, reading, ())
        raise Refused(findings or (Diagnostic(code="E970", place=file_place(file.name), args={"file": file.name}),))
    return UnitsFile(file=found.opened.file, columns=found.columns, text=found.text)


class Rows:
    """The rows of a file of units. `owners`: what a unit is known by; it is carried over."""

    def __init__(self, connection: "DuckDBPyConnection", file: UnitsFile, owners: Sequence[Typed]) -> None:
        self.connection, self.file, self.owners = connection, file, tuple(owners)

    def check(self) -> None:
        """Every unit has a name and stands there once; raises `Refused` (E922, E923)."""
        if not self.owners:
            return
        cells = [column.text for column in self.owners]
        for column, cell in zip(self.owners, cells, strict=True):
            for (row,) in self._asked(exp.select(exp.Min(this=ROW)).where(exp.not_(given(cell)))):
                if row is not None:
                    place = self.file.place(row - 1, column)
                    raise Refused((Diagnostic(code="E923", place=place, args={"column": column.name}),))
        order = [exp.Max(this=ROW), exp.Min(this=ROW), *cells]
        twice = exp.select(*order).group_by(*cells).having(exp.GT(this=exp.Count(this=exp.Star()), expression=whole(1)))
        for last, before, *names in self._asked(twice.order_by(exp.Literal.number(2)).limit(1)):
            args = {
                "column": "/".join(column.name for column in self.owners),
                "key": "/".join(map(str, names)),
                "first": self.file.line(before - 1),
            }
            raise Refused((Diagnostic(code="E922", place=self.file.place(last - 1, self.owners[0]), args=args),))

    def blocks(self, measures: Sequence[Typed], *, together: bool) -> Iterator[Block]:
        """The rows in their order; `together`: all at once, where each is placed among all of them."""
        ((count,),) = self._asked(exp.select(exp.Count(this=exp.Star())))
        numbers = [exp.alias_(self._number(column), f"m{n}", quoted=True) for n, column in enumerate(measures)]
        size = max(count, 1) if together else max(CELLS // max(len(measures), 1), 1)
        for first in range(0, max(count, 1), size):
            some = exp.Select()
            if count > size:
                number = named("file_row_number", FILE)
                some = some.where(
                    exp.GTE(this=number, expression=whole(first)),
                    exp.LT(this=number.copy(), expression=whole(first + size)),
                )
            read: dict[str, Any] = {}
            many = max(HANDED // max(min(size, count), 1), 1)
            for start in range(0, len(numbers), many):
                asked = some.select(*numbers[start : start + many])
                read |= self._fetched(asked, lambda found: found.fetchnumpy())
            yield Block(
                first=first,
                size=min(size, count - first),
                measures={column.name: _exact(column, read[f"m{n}"]) for n, column in enumerate(measures)},
                owners=self._fetched(some.select(*self._carried()), lambda found: found.df()) if self.owners else None,
            )

    def _number(self, column: Typed) -> exp.Expr:
        """A column as numbers of 64 bits that tell its numbers exactly, or as texts."""
        if column.family == "real":
            return _or_nan(exp.cast(column.text, _DOUBLE) if column.digits else column.cell)
        if column.family == "whole":
            return column.cell
        if column.family != "decimal" or column.scale > LONGEST:
            return column.text
        largest = exp.Max(this=exp.Abs(this=column.cell))
        ((most,),) = self._asked(exp.select(largest))
        if most is not None and most * 10**column.scale >= SURE:
            return column.text
        return _or_nan(exp.cast(exp.cast(column.cell, f"DECIMAL(18, {column.scale})"), _DOUBLE))

    def _carried(self) -> list[exp.Expr]:
        """The columns that are carried over."""
        return [exp.alias_(column.cell, column.name, quoted=True) for column in self.owners]

    def _asked(self, query: exp.Select) -> list[tuple[Any, ...]]:
        return rows_as_asked(self.connection, query.from_(FILE))

    def _fetched(self, query: exp.Select, take: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - arrays or a frame
        """What is taken of the rows that a query finds."""
        written = query.from_(FILE).sql(dialect="duckdb")
        return interruptible(self.connection, lambda: take(self.connection.sql(written)))


def _or_nan(number: exp.Expr) -> exp.Expr:
    """A binary number, NaN where there is none: the least of both, for nothing is passed over and no number is greater
    than NaN. A column without gaps is handed over in less time than one with them.
    """
    return exp.Least(this=number, expressions=[exp.cast(exp.Literal.string("NaN"), _DOUBLE)])


def _exact(column: Typed, found: Any) -> Any:  # noqa: ANN401 - an array of whatever a column holds
    """Decimals of more digits than a binary number tells, which were read as texts; any other column as it is."""
    if column.family != "decimal" or found.dtype != object:
        return found
    return np.array([None if text is None else Decimal(text) for text in found.tolist()], dtype=object)
