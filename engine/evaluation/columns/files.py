"""Results of many units to a file, block by block: never all of them in memory."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlglot import exp

from engine.data.contract import UNLIMITED, Limits
from engine.data.parquet.files import FILE
from engine.data.queries import connected, interruptible, named
from engine.evaluation.columns.chunks import Columnar, Reported, Scored, decimals_of
from engine.evaluation.columns.reading import UnitsFile
from engine.evaluation.result import State

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

RESULTS = ("state", "grade", "score")  # the columns of every file of results
# A dictionary of very many different numbers takes a quarter of the time of writing, and is given up in the end.
_FORMS = {".parquet": "FORMAT parquet, DICTIONARY_SIZE_LIMIT 1000", ".csv": "FORMAT csv, HEADER true"}
_DRAFT = "FORMAT parquet, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1"  # read once, and soon


class Results:
    """The results of units on their way to a file. Only the last block is in memory; those before it lie in drafts."""

    def __init__(self, connection: "DuckDBPyConnection", folder: Path, output: Path) -> None:
        self.connection, self.folder, self.output = connection, folder, output
        self.drafts: list[Path] = []
        self.last: exp.Select | None = None

    def add(self, owners: "DataFrame | None", results: Mapping[str, Any], decimals: Mapping[str, int]) -> None:
        """More results, beside what their units are known by. `decimals`: of the columns that are whole numbers of
        units of a last decimal.
        """
        from pandas import DataFrame

        self._put_down()
        carried = {} if owners is None else {str(name): owners[name] for name in owners.columns}
        together = {**carried, **results}
        self.connection.register("block", DataFrame(together, copy=False))
        columns = [_typed(name, decimals) if name in results else named(name) for name in together]
        self.last = exp.select(*columns).from_("block")

    def _put_down(self) -> None:
        if self.last is not None:
            self.drafts.append(self.folder / f"{len(self.drafts)}.parquet")
            self._write(self.last, self.drafts[-1], _DRAFT)

    def write(self, said: Mapping[str, str]) -> None:
        """All results in the order of the rows; a Parquet file keeps what is `said` of them as its metadata."""
        query, form = self.last, _FORMS[self.output.suffix.lower()]
        assert query is not None  # noqa: S101 - a file without units has results without rows
        if self.drafts:
            self._put_down()
            files = exp.Array(expressions=[exp.Literal.string(str(path)) for path in self.drafts])
            query = exp.select("*").from_(exp.Anonymous(this="read_parquet", expressions=[files]))
        if self.output.suffix.lower() == ".parquet":
            pairs = [f"{_text(name)}: {_text(value)}" for name, value in said.items()]
            form += f", KV_METADATA {{{', '.join(pairs)}}}"
        self._write(query, self.output, form)

    def _write(self, query: exp.Select, path: Path, form: str) -> None:
        asked = query.sql(dialect="duckdb", identify=True)
        written = f"COPY ({asked}) TO {_text(str(path))} ({form})"
        interruptible(self.connection, lambda: self.connection.execute(written))


@contextmanager
def opened(
    file: UnitsFile, output: Path, limits: Limits = UNLIMITED
) -> "Generator[tuple[DuckDBPyConnection, Results]]":
    """A connection to a file of units, and the results that stand at `output` once all of them are there, or nothing
    does.

    Raises `Refused` (E980) where the file cannot be read to its end.
    """
    with TemporaryDirectory(prefix=".rubric-", dir=output.resolve().parent) as name:
        folder = Path(name)
        draft = folder / f"results{output.suffix.lower()}"
        with connected({}, {FILE: file.scan}, limits, writes=(folder,), ordered=True) as connection:
            yield connection, Results(connection, folder, draft)
        draft.replace(output)


def can_be_written(path: Path) -> bool:
    """Whether results are written to files of this type."""
    return path.suffix.lower() in _FORMS


def results_of(ready: Columnar, scored: Scored) -> tuple[dict[str, Any], dict[str, int]]:
    """The results as columns of numbers and texts, and which of them have how many decimals."""
    import pandas as pd

    texts: Any = pd.Categorical
    result, grades = ready.plan.scheme.result, ready.legend.grades[1:]
    names = {path: "score" if path == result else path for path in scored.scores}
    states = list(dict.fromkeys([State.VALUE, *(figure.state for figure in ready.legend.lacks.values())]))
    state_of = np.zeros(max(ready.legend.lacks, default=0) + 1, dtype=np.int16)
    for code, figure in ready.legend.lacks.items():
        state_of[code] = states.index(figure.state)
    found: dict[str, Any] = {
        "state": texts.from_codes(state_of[scored.lacks], [state.value for state in states]),
        "grade": texts.from_codes(scored.grade.astype(np.int16) - 1, grades),
        **{names[path]: _score(reported) for path, reported in scored.scores.items()},
        **scored.steps,
    }
    places = {path: decimals_of(ready.plan, path) or 0 for path in scored.scores}
    return found, {names[path]: places[path] for path, reported in scored.scores.items() if reported.exact is None}


def _score(reported: Reported) -> Any:  # noqa: ANN401 - a column of a frame
    """Whole numbers of units, or of scores that are not rounded the exact fractions as texts."""
    from pandas.arrays import IntegerArray

    if reported.exact is None:
        return IntegerArray(reported.units, ~reported.has)
    return np.array([None if score is None else str(score) for score in reported.exact], dtype=object)


def _text(text: str) -> str:
    return exp.Literal.string(text).sql(dialect="duckdb")


def _typed(name: str, decimals: Mapping[str, int]) -> exp.Expr:
    """A column of results with a type of its own, also where a block has no value of it."""
    if name in decimals:
        return _decimal(name, decimals[name])
    return exp.alias_(exp.cast(named(name), "VARCHAR"), name, quoted=True) if name == "score" else named(name)


def _decimal(name: str, places: int) -> exp.Expr:
    """Whole numbers of units as decimals of so many places."""
    number = exp.cast(named(name), "DECIMAL(18, 0)")
    kind = f"DECIMAL(18, {max(places, 0)})"
    unit = exp.cast(exp.Literal.string(f"{Decimal(1).scaleb(-places):f}"), kind)
    return exp.alias_(exp.cast(exp.Mul(this=number, expression=unit), kind), name, quoted=True)
