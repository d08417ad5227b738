"""The records of a text, and for each column the type that writes its cells back as they stood."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sqlglot import exp

from engine.data.contract import Limits
from engine.data.queries import connected, count_of, failing, given, interruptible, named, rows_of
from engine.data.sheets import INVISIBLE, is_note

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LINE_NAME = "line"  # the column with the line on which a record begins, from 1
_PLAIN = "plain"
_TRIED = 1000  # records by which the type of a column is guessed, before all of them are tried
_BLANKS = re.compile(f"[{INVISIBLE}]")
# What a column of a type has to look like throughout.
_WHOLE = re.compile(r"-?\d{1,18}")
_POINT = re.compile(r"-?\d{1,9}\.(\d{1,9})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_NARROW = (("TINYINT", 2**7), ("SMALLINT", 2**15), ("INTEGER", 2**31), ("BIGINT", 10**18))


class NotInOrder(Exception):
    """The text is no table whose every record has as many fields as the header."""


def column_at(position: int) -> str:
    """What the column at the position is called in the converted file."""
    return f"c{position}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of a text: its lines, what is between cells, the last line of the header, how many columns it has."""

    lines: Iterable[str]
    delimiter: str
    header: int
    width: int

    def __iter__(self) -> Iterator[list[str]]:
        """The line of each record and its cells, by the rules of a text that is read whole; raises `NotInOrder`."""
        before = 0
        for record in (reader := csv.reader(_without_nul(self.lines), delimiter=self.delimiter, strict=True)):
            line, before = before + 1, reader.line_num
            together = "".join(record)
            if line <= self.header or not together.strip(INVISIBLE):
                continue
            if len(record) != self.width or is_note(record):
                raise NotInOrder
            cells = [cell.strip(INVISIBLE) for cell in record] if _BLANKS.search(together) else record
            yield [str(line), *cells]


def convert(records: Records, work: Path, draft: Path, limits: Limits) -> None:
    """Writes the records to a Parquet file, by way of a text in `work` that leaves no doubt; raises `NotInOrder`."""
    import duckdb

    plain, names = work / "plain.csv", [LINE_NAME, *map(column_at, range(records.width))]
    rows = iter(records)
    first = [record for _, record in zip(range(_TRIED), rows, strict=False)]
    with plain.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows(chain(first, rows))
    kinds = {name: _kind([record[n] for record in first]) for n, name in enumerate(names)}
    with connected({}, {}, limits, writes=(plain, draft)) as connection:
        try:
            _show(connection, plain, names)
            cells = [exp.alias_(exp.cast(named(c), kind), c) for c, kind in _proven(connection, kinds).items()]
            query = exp.select(*cells).from_(_PLAIN).sql(dialect="duckdb")
            interruptible(connection, lambda: connection.sql(query).write_parquet(str(draft)))
        except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.IOException) as error:
            raise NotInOrder from error


def _show(connection: "DuckDBPyConnection", plain: Path, names: Sequence[str]) -> None:
    connection.read_csv(
        str(plain),
        header=False,
        delimiter=",",
        quotechar='"',
        escapechar='"',
        auto_detect=False,
        parallel=False,  # a cell may hold line breaks
        columns=dict.fromkeys(names, "VARCHAR"),
    ).create_view(_PLAIN)


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise NotInOrder
        yield line


# ---------------------------------------------------------------- types


def _kind(cells: Sequence[str]) -> str:
    """What a column might hold, by its first cells."""
    given = [cell for cell in cells if cell]
    if not given:
        return "VARCHAR"
    for kind, pattern in (("BIGINT", _WHOLE), ("DATE", _DAY), ("TIMESTAMP", _MOMENT)):
        if all(map(pattern.fullmatch, given)):
            return kind
    points = [_POINT.fullmatch(cell) for cell in given]
    decimals = {len(found[1]) for found in points if found}
    if all(points) and len(decimals) == 1:
        return f"DECIMAL(18, {decimals.pop()})"
    return "DOUBLE" if all(f or _WHOLE.fullmatch(c) for f, c in zip(points, given, strict=True)) else "VARCHAR"


def _proven(connection: "DuckDBPyConnection", kinds: Mapping[str, str]) -> dict[str, str]:
    """The kinds of the columns whose every cell is written back as it stood, whole numbers no wider than they need be;
    of all others texts.
    """
    terms: list[exp.Expr] = []
    for name, kind in kinds.items():
        read = _read_as(name, kind)
        terms += [_lost(name, kind), exp.Min(this=read), exp.Max(this=read.copy())]
    (found,) = rows_of(connection, exp.select(*terms).from_(_PLAIN))
    types: dict[str, str] = {}
    for n, (name, kind) in enumerate(kinds.items()):
        lost, least, most = found[3 * n : 3 * n + 3]
        types[name] = "VARCHAR" if lost else kind
        if types[name] == "BIGINT":
            reach = max(abs(least or 0), abs(most or 0))
            types[name] = next((narrow for narrow, bound in _NARROW if reach < bound), "VARCHAR")
    return types


def _read_as(name: str, kind: str) -> exp.Expr:
    return exp.TryCast(this=named(name), to=exp.DataType.build(kind, dialect="duckdb"))


def _lost(name: str, kind: str) -> exp.Expr:
    """How many cells the column would not write back as they stand."""
    cell, back = named(name), exp.cast(_read_as(name, kind), "VARCHAR")
    if kind == "DOUBLE":
        tail = [back, exp.Literal.string(r"\.0$"), exp.Literal.string("")]
        back = exp.Anonymous(this="regexp_replace", expressions=tail)
    same: exp.Expr = exp.NullSafeEQ(this=back, expression=cell)
    if kind in ("DATE", "TIMESTAMP", "DOUBLE"):
        written = {"DATE": _DAY, "TIMESTAMP": _MOMENT, "DOUBLE": _NUMBER}[kind].pattern
        shaped = exp.Anonymous(this="regexp_full_match", expressions=[cell.copy(), exp.Literal.string(written)])
        same = exp.and_(same, exp.or_(exp.not_(given(cell)), shaped))
    return count_of(failing(same))
