"""Stage 1 as SQL trees, and the one connection that runs them.

Trees are built with sqlglot, never by joining strings; columns are addressed by the ids of the data contract.
All sums are sums of whole numbers, so they are the same bits whatever the number of threads; division happens later.
Missing is NULL and is asked for first, by CASE.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from engine.data.cells import Problem, read_number, read_time
from engine.data.contract import Column, Table, repetition
from engine.data.validity import holds
from engine.evaluation.needs import compared_as
from engine.language.syntax import Comparison, Condition, Repeated, RowCondition

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

Row = tuple[Any, ...]
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "pandas_analyze_sample": "0",  # a column of texts is one of texts, however many of its first rows are blank
    "python_enable_replacements": "false",
}
_COMPARISONS: dict[Comparison, type[exp.Binary]] = {
    Comparison.LESS: exp.LT,
    Comparison.AT_MOST: exp.LTE,
    Comparison.AT_LEAST: exp.GTE,
    Comparison.MORE: exp.GT,
}


# ---------------------------------------------------------------- running


def connect(frames: dict[str, "DataFrame"], threads: int | None = None) -> "DuckDBPyConnection":
    """A connection that sees the given frames under their names and nothing else: no file, no network, no extension,
    no Python variable; its settings are locked.
    """
    import duckdb

    connection = duckdb.connect(config={**_SETTINGS, **({"threads": str(threads)} if threads else {})})
    for name, frame in frames.items():
        connection.register(name, frame)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def rows_of(connection: "DuckDBPyConnection", query: exp.Select) -> list[Row]:
    """The rows of a query, in an order that depends on nothing but their content."""
    ordered = query.order_by(*(exp.Literal.number(n + 1) for n in range(len(query.expressions))))
    return connection.execute(ordered.sql(dialect="duckdb")).fetchall()


# ---------------------------------------------------------------- building


def column(of: Column) -> exp.Column:
    """A column of a table, quoted."""
    return exp.column(exp.to_identifier(of.id, quoted=True))


def whole(number: int) -> exp.Expr:
    """A whole number as a typed literal: of 64 bits where that holds it, so that the engine sums quickly (into 128)."""
    size = exp.Literal.number(abs(number))
    fits = abs(number) < 2**63
    kind = exp.DataType.Type.BIGINT if fits else exp.DataType.Type.INT128
    return exp.cast(exp.Neg(this=size) if number < 0 else size, kind)


def wide(expression: exp.Expr) -> exp.Expr:
    """A whole number of 64 bits made wide before it is multiplied."""
    return exp.cast(expression, exp.DataType.Type.INT128)


def present(of: Column) -> exp.Expr:
    """Whether there is a value."""
    return exp.Not(this=exp.Is(this=column(of), expression=exp.Null()))


def every(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """All of the conditions; true where there is none."""
    return exp.and_(*conditions) if conditions else exp.true()


def choose(condition: exp.Expr, then: exp.Expr, otherwise: exp.Expr | None = None) -> exp.Case:
    """CASE WHEN condition THEN … ELSE … END."""
    return exp.Case().when(condition, then).else_(exp.Null() if otherwise is None else otherwise)


def number_of_rows(condition: exp.Expr, times: Column | None = None) -> exp.Expr:
    """How many rows satisfy the condition; `times`: how many each row stands for, where it stands for several."""
    return exp.Sum(this=choose(condition, whole(1) if times is None else column(times), whole(0)))


def total(condition: exp.Expr, summand: exp.Expr, times: Column | None = None) -> exp.Expr:
    """The sum over the rows that satisfy the condition, each as often as it stands for a row."""
    summed = summand if times is None else exp.Mul(this=wide(summand), expression=column(times))
    return exp.Sum(this=choose(condition, summed, whole(0)))


def cells_query(table: str, keys: Sequence[Column], terms: Sequence[exp.Expr]) -> exp.Select:
    """The terms by every combination of the keys."""
    named = [column(key) for key in keys]
    query = exp.select(*named, *(exp.alias_(term, f"t{n}") for n, term in enumerate(terms)))
    query = query.from_(exp.to_table(table))
    return query.group_by(*(named_key.copy() for named_key in named)) if named else query


def spread_query(
    table: str, keys: Sequence[Column], values: Sequence[exp.Expr], where: exp.Expr, times: Column | None = None
) -> exp.Select:
    """How often each combination of the values occurs, by every combination of the keys."""
    named = [*(column(key) for key in keys), *values]
    counted = exp.alias_(exp.Count(this=exp.Star()) if times is None else exp.Sum(this=column(times)), "n")
    query = exp.select(*(item.copy() for item in named), counted).from_(exp.to_table(table)).where(where)
    if times is not None:
        query = query.where(exp.GT(this=column(times), expression=whole(0)))
    return query.group_by(*(item.copy() for item in named))


# ---------------------------------------------------------------- conditions


def condition_of(table: Table, condition: RowCondition) -> exp.Expr:
    """Whether a row satisfies `column comparison value`, as the data room judges it; a blank satisfies only ≠. Whether
    it repeats another the data room has found out, which sees the rows of earlier periods too.
    """
    if isinstance(condition, Repeated):
        names = tuple(name.text for name in condition.columns)
        return exp.EQ(this=column(table.column("repeat", repetition(names, condition.days))), expression=whole(1))
    kind = compared_as(condition)
    if kind is None:
        return _equal(table, condition)
    operator = _COMPARISONS[condition.comparison]
    of = table.column("number" if kind == "numbers" else "time", condition.column.text)
    if kind == "numbers":
        bound = read_number(condition.value)
        assert not isinstance(bound, Problem)  # noqa: S101 - compared_as has read it
        top, bottom = (bound[0] * 10**of.scale).as_integer_ratio()
        left: exp.Expr = exp.Mul(this=wide(column(of)), expression=whole(bottom))
        right: exp.Expr = whole(top)
    else:
        moment = read_time(condition.value, None)
        assert not isinstance(moment, Problem)  # noqa: S101 - compared_as has read it
        left = column(of)
        right = exp.cast(exp.Literal.string(moment.isoformat(sep=" ")), exp.DataType.Type.TIMESTAMP_S)
    return choose(present(of), operator(this=left, expression=right), exp.false())


def _equal(table: Table, condition: Condition) -> exp.Expr:
    """Texts are judged once each; the shorter list of them goes into the query."""
    of = table.column("text", condition.column.text)
    texts = sorted(str(text) for text in table.frame[of.id].dropna().unique())
    holding = [text for text in texts if holds(text, condition) is True]
    failing = [text for text in texts if holds(text, condition) is not True]
    blank = exp.true() if holds("", condition) is True else exp.false()
    if not holding or not failing:
        return choose(present(of), exp.true() if holding else exp.false(), blank)
    listed = [exp.Literal.string(text) for text in min(holding, failing, key=len)]
    within: exp.Expr = exp.In(this=column(of), expressions=listed)
    return choose(present(of), within if len(holding) <= len(failing) else exp.Not(this=within), blank)
