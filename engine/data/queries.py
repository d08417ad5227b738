"""The query engine: one connection that sees the given tables and files and nothing else, and what queries are made of.

Trees are built with sqlglot, never by joining strings. A connection works within the limits it is given; what does not
fit into the memory goes to a folder of its own, which is gone with the connection, however the run ends.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from sqlglot import exp

from engine.data.contract import UNLIMITED, Limits
from engine.diagnostics import Diagnostic, Refused
from engine.source import file_place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

Row = tuple[Any, ...]
Found = TypeVar("Found")
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "pandas_analyze_sample": "0",  # a column of texts is one of texts, however many of its first rows are blank
    "python_enable_replacements": "false",
    "preserve_insertion_order": "false",  # every query says its own order
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Rows that stay in their file until a query asks for them.

    `query` reads them from the file at `path`, called `file` below the data folder, and from `frames`: small tables
    that say what each distinct cell was read as, by the name the query knows them under.
    """

    file: str
    path: Path
    query: exp.Select
    frames: Mapping[str, "DataFrame"]


@contextmanager
def connected(
    frames: Mapping[str, "DataFrame"],
    scans: Mapping[str, Scan],
    limits: Limits = UNLIMITED,
    *,
    writes: Sequence[Path] = (),
    ordered: bool = False,
) -> Generator["DuckDBPyConnection"]:
    """A connection that sees the frames and the scans under their names: of the files only those of the scans and those
    that it may write (of a folder every file in it), no network, no extension, no Python variable; its settings are
    locked. `ordered`: rows keep the order in which they stand.

    Raises `Refused` where a file cannot be read to its end (E980), `MemoryError` where the memory does not suffice,
    with the limit that was given, if there was one.
    """
    import duckdb

    with TemporaryDirectory(prefix="rubric-", ignore_cleanup_errors=True) as overflow:
        config: dict[str, str | bool | int | float | list[str]] = {**_SETTINGS, "temp_directory": overflow}
        config |= {"preserve_insertion_order": "true"} if ordered else {}
        config |= {"threads": str(limits.threads)} if limits.threads else {}
        config |= {"memory_limit": f"{limits.memory}MiB"} if limits.memory else {}
        connection = duckdb.connect(config=config)
        try:
            _show(connection, frames, scans, writes)
            yield connection
        except duckdb.OutOfMemoryException as error:
            raise MemoryError(*([limits.memory] if limits.memory else [])) from error
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as error:
            if not scans:
                raise
            raise Refused((unreadable(next(iter(scans.values())).file),)) from error
        finally:
            connection.close()


def _show(
    connection: "DuckDBPyConnection",
    frames: Mapping[str, "DataFrame"],
    scans: Mapping[str, Scan],
    writes: Sequence[Path],
) -> None:
    seen = {**frames, **{name: frame for scan in scans.values() for name, frame in scan.frames.items()}}
    for name, frame in seen.items():
        connection.register(name, frame)
    paths = (*(scan.path for scan in scans.values()), *writes)
    for setting, allowed in (
        ("allowed_paths", [path for path in paths if not path.is_dir()]),
        ("allowed_directories", [path for path in paths if path.is_dir()]),
    ):
        texts = [exp.Literal.string(str(path)) for path in allowed]
        connection.execute(f"SET {setting} = {exp.Array(expressions=texts).sql(dialect='duckdb')}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET enable_progress_bar = false")  # else notebooks see one
    connection.execute("SET lock_configuration = true")
    for name, scan in scans.items():
        view = exp.Create(this=exp.to_table(name), kind="VIEW", expression=scan.query)
        connection.execute(view.sql(dialect="duckdb"))


def unreadable(file: str) -> Diagnostic:
    """E980: the file is no Parquet file, or only part of one."""
    return Diagnostic(code="E980", place=file_place(file), args={"file": file})


def rows_of(connection: "DuckDBPyConnection", query: exp.Select) -> list[Row]:
    """The rows of a query, in an order that depends on nothing but their content."""
    ordered = query.order_by(*(exp.Literal.number(n + 1) for n in range(len(query.expressions))))
    return rows_as_asked(connection, ordered)


def rows_as_asked(connection: "DuckDBPyConnection", query: exp.Select) -> list[Row]:
    """The rows of a query, in its own order."""
    asked = query.sql(dialect="duckdb")
    return interruptible(connection, lambda: connection.execute(asked).fetchall())


def interruptible(connection: "DuckDBPyConnection", work: Callable[[], Found]) -> Found:
    """What the work on a connection gives. It is done beside, since nobody hears of an interruption who waits for the
    engine itself; what interrupts the waiting ends the query too.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(work)
        try:
            return found.result()
        except KeyboardInterrupt:
            while not found.done():  # a query that has not begun yet does not hear the first
                connection.interrupt()
                wait([found], 0.05)
            raise


# ---------------------------------------------------------------- what queries are made of


def named(name: str, table: str | None = None) -> exp.Column:
    """A column by its name, quoted."""
    return exp.column(exp.to_identifier(name, quoted=True), exp.to_identifier(table, quoted=True) if table else None)


def whole(number: int) -> exp.Expr:
    """A whole number as a typed literal: of 64 bits where that holds it, so that the engine sums quickly (into 128)."""
    size = exp.Literal.number(abs(number))
    fits = abs(number) < 2**63
    kind = exp.DataType.Type.BIGINT if fits else exp.DataType.Type.INT128
    return exp.cast(exp.Neg(this=size) if number < 0 else size, kind)


def given(expression: exp.Expr) -> exp.Expr:
    """Whether there is a value."""
    return exp.Not(this=exp.Is(this=expression.copy(), expression=exp.Null()))


def failing(condition: exp.Expr) -> exp.Expr:
    """Whether a condition does not hold."""
    return exp.Not(this=exp.Paren(this=condition))


def choose(condition: exp.Expr, then: exp.Expr, otherwise: exp.Expr | None = None) -> exp.Case:
    """CASE WHEN condition THEN … ELSE … END."""
    return exp.Case().when(condition, then).else_(exp.Null() if otherwise is None else otherwise)


def every(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """All of the conditions; true where there is none."""
    return exp.and_(*conditions) if conditions else exp.true()


def count_of(condition: exp.Expr) -> exp.Expr:
    """How many rows satisfy the condition."""
    return exp.Sum(this=choose(condition, whole(1), whole(0)))


def rows_in(path: Path, called: str) -> exp.Table:
    """The rows of a Parquet file under a name."""
    rows = exp.Anonymous(this="read_parquet", expressions=[exp.Literal.string(str(path))])
    return exp.Table(this=rows, alias=exp.TableAlias(this=exp.to_identifier(called, quoted=True)))
