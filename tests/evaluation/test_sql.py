"""The query engine: what it may see, the queries it is given, exact sums."""

from fractions import Fraction

import duckdb
import pytest
from pandas import DataFrame, Series

from engine.data.contract import Column, Table
from engine.data.queries import connected, every, rows_of
from engine.evaluation.reductions import median
from engine.evaluation.sql import cells_query, column, condition_of, number_of_rows, present, total
from engine.language.syntax import Comparison, Condition, Name

F = Fraction
AMOUNT = Column(name="数量", kind="number", id="number_1", scale=1)
KIND = Column(name="类别", kind="text", id="text_0")
KIND_ROWS = ["质量", "服务", None, "质量", "o'clock; DROP TABLE t"]


def _frame() -> DataFrame:
    amounts = Series([15, 20, None, 5, 2**62], dtype="Int64")
    return DataFrame({"text_0": Series(KIND_ROWS, dtype=object), "number_1": amounts})


def _table() -> Table:
    return Table(source="ledger", kind="events", columns=(KIND, AMOUNT), frame=_frame())


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '/tmp/written.csv'",
        "ATTACH '/tmp/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM outside",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
    ],
)
def test_the_connection_sees_registered_tables_only(attack: str) -> None:
    """No file, no network, no extension, no variable of the program, and no way to unlock it."""
    outside = DataFrame({"a": [1]})
    with connected({"t": _frame()}, {}) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute(attack).fetchall()
        assert len(connection.execute("SELECT * FROM t").fetchall()) == len(KIND_ROWS)
    assert len(outside) == 1


def _counted(comparison: Comparison, name: str, value: str) -> int:
    table = _table()
    condition = Condition(column=Name(name, name), comparison=comparison, value=value)
    query = cells_query("t", [], [number_of_rows(condition_of(table, condition))])
    with connected({"t": _frame()}, {}) as connection:
        ((found,),) = rows_of(connection, query)
    return found


@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        (Comparison.EQUAL, "质量", 2),
        (Comparison.NOT_EQUAL, "质量", 3),
        (Comparison.EQUAL, "o'clock; DROP TABLE t", 1),
        (Comparison.EQUAL, "投诉", 0),
        (Comparison.NOT_EQUAL, "投诉", 5),
    ],
)
def test_texts_are_compared_as_texts(comparison: Comparison, value: str, expected: int) -> None:
    """A blank is not equal to anything; quotes and semicolons are letters like others."""
    assert _counted(comparison, "类别", value) == expected


@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        (Comparison.AT_LEAST, "1.5", 3),
        (Comparison.MORE, "1.5", 2),
        (Comparison.AT_MOST, "1.5", 2),
        (Comparison.LESS, "0.55", 1),  # finer than the column
        (Comparison.LESS, "-1", 0),
        (Comparison.AT_LEAST, "461168601842738790.4", 1),  # the largest number of the column, exactly
        (Comparison.MORE, "461168601842738790.4", 0),
    ],
)
def test_numbers_are_compared_exactly(comparison: Comparison, value: str, expected: int) -> None:
    """1.5, 2.0, nothing, 0.5 and 461168601842738790.4 in tenths."""
    assert _counted(comparison, "数量", value) == expected


def test_sums_are_wider_than_their_summands() -> None:
    """Four times 2^62 does not fit 64 bits; the sum is exact all the same."""
    big = Series([2**62] * 4, dtype="Int64")
    query = cells_query("t", [], [total(every([present(AMOUNT)]), column(AMOUNT))])
    with connected({"t": DataFrame({"number_1": big})}, {}) as connection:
        assert rows_of(connection, query) == [(2**64,)]


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ([], None),
        ([(F(3), 1)], F(3)),
        ([(F(4), 1), (F(1), 1)], F("2.5")),
        ([(F(4), 3), (F(1), 2)], F(4)),
        ([(F(4), 2), (F(1), 2)], F("2.5")),
    ],
)
def test_the_median_of_counted_values(counted: list[tuple[Fraction, int]], expected: Fraction | None) -> None:
    """The middle value; of an even number the mean of the two in the middle."""
    assert median(counted) == expected
