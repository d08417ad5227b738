"""Many units from a Parquet file and their results to a file, block by block: never all of them in memory."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlglot import exp

from engine.data.contract import UNLIMITED, Limits
from engine.data.queries import Scan, connected, interruptible, named, rows_in
from engine.evaluation.columns.chunks import Columnar, Reported, Scored, decimals_of
from engine.evaluation.columns.told import Objects, named_codes
from engine.evaluation.result import State

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

BLOCKS = 64  # vectors of 2048 rows
_FORMS = {".parquet": "FORMAT parquet", ".csv": "FORMAT csv, HEADER true"}
Columns = Mapping[str, Any]


class Table:
    """A file of units that is read, and the results of them that are gathered. `columns`: its headers."""

    def __init__(self, connection: "DuckDBPyConnection", columns: Sequence[str]) -> None:
        self.connection, self.columns, self.made = connection, tuple(columns), False

    def blocks(self, *, together: bool) -> "Iterator[DataFrame]":
        """The rows, so many at a time; `together`: all at once, where each is placed among all of them."""
        reading = self.connection.cursor()
        reading.execute(_query(exp.select("*").from_("units")))
        if together:
            yield reading.fetch_df()
            return
        while len(block := reading.fetch_df_chunk(BLOCKS)):
            yield block

    def add(self, results: Columns, decimals: Mapping[str, int]) -> None:
        """More results. `decimals`: of the columns that are whole numbers of units of a last decimal."""
        self.connection.register("block", dict(results))
        columns = [_decimal(name, decimals[name]) if name in decimals else named(name) for name in results]
        query = exp.select(*columns).from_("block")
        if self.made:
            self.connection.execute(_query(exp.Insert(this=exp.to_table("found"), expression=query)))
        else:
            self.connection.execute(_query(exp.Create(this=exp.to_table("found"), kind="TABLE", expression=query)))
        self.made = True
        self.connection.unregister("block")

    def write(self, path: Path, form: str) -> None:
        """All results in the order of the rows."""
        kept = exp.select("*").from_("found")
        target = exp.Literal.string(str(path)).sql(dialect="duckdb")
        written = f"COPY ({_query(kept)}) TO {target} ({_FORMS[form]})"
        interruptible(self.connection, lambda: self.connection.execute(written))


@contextmanager
def opened(file: Path, output: Path, limits: Limits = UNLIMITED) -> Generator[Table]:
    """A Parquet file of units; what is written stands at `output` once all of it is there, or nothing does.

    Raises `Refused` (E980) where the file cannot be read to its end.
    """
    scan = Scan(
        file=file.name, path=file.resolve(), query=exp.select("*").from_(rows_in(file.resolve(), "f")), frames={}
    )
    with TemporaryDirectory(prefix=".rubric-", dir=output.resolve().parent) as folder:
        draft = Path(folder) / f"results{output.suffix.lower()}"
        with connected({}, {"units": scan}, limits, writes=(draft,), ordered=True) as connection:
            described = connection.execute("DESCRIBE units").fetchall()
            table = Table(connection, [str(row[0]) for row in described])
            yield table
            table.write(draft, draft.suffix)
        draft.replace(output)


def can_be_written(path: Path) -> bool:
    """Whether results are written to files of this type."""
    return path.suffix.lower() in _FORMS


def columns_of(ready: Columnar, scored: Scored) -> tuple[dict[str, Objects | Any], dict[str, int]]:
    """The results as columns of numbers and texts, and which of them have how many decimals."""
    lacks, grades = ready.legend.lacks, ready.legend.grades
    places = {path: decimals_of(ready.plan, path) or 0 for path in scored.scores}
    result = ready.plan.scheme.result
    names = {path: "score" if path == result else path for path in scored.scores}
    found = {
        "state": named_codes(scored.lacks, lambda code: lacks[code].state.value if code else State.VALUE.value),
        "grade": named_codes(scored.grade, lambda code: grades[code] or None),
        **{names[path]: _score(reported) for path, reported in scored.scores.items()},
        **scored.steps,
    }
    return found, {names[path]: places[path] for path, reported in scored.scores.items() if reported.exact is None}


def _score(reported: Reported) -> Objects | Any:  # noqa: ANN401 - numpy's masked arrays have no type of their own
    """Whole numbers of units, or of scores that are not rounded the exact fractions as texts."""
    if reported.exact is None:
        return np.ma.masked_array(reported.units, mask=~reported.has)
    return np.array([None if score is None else str(score) for score in reported.exact], dtype=object)


def _query(tree: exp.Expr) -> str:
    return tree.sql(dialect="duckdb", identify=True)


def _decimal(name: str, places: int) -> exp.Expr:
    """Whole numbers of units as decimals of so many places."""
    number = exp.cast(named(name), "DECIMAL(18, 0)")
    kind = f"DECIMAL(18, {max(places, 0)})"
    unit = exp.cast(exp.Literal.string(f"{Decimal(1).scaleb(-places):f}"), kind)
    return exp.alias_(exp.cast(exp.Mul(this=number, expression=unit), kind), name, quoted=True)
