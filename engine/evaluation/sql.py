"""Stage 1 as SQL trees.

Trees are built with sqlglot, never by joining strings; columns are addressed by the ids of the data contract.
All sums are sums of whole numbers, so they are the same bits whatever the number of threads; division happens later.
Missing is NULL and is asked for first, by CASE.
"""

from collections.abc import Sequence

from sqlglot import exp

from engine.data.cells import Problem, read_number, read_time
from engine.data.contract import Column, Table, repetition
from engine.data.queries import choose, given, named, whole
from engine.data.validity import holds
from engine.evaluation.needs import compared_as
from engine.language.syntax import Comparison, Condition, Repeated, RowCondition

_COMPARISONS: dict[Comparison, type[exp.Binary]] = {
    Comparison.LESS: exp.LT,
    Comparison.AT_MOST: exp.LTE,
    Comparison.AT_LEAST: exp.GTE,
    Comparison.MORE: exp.GT,
}


def column(of: Column) -> exp.Column:
    """A column of a table, quoted."""
    return named(of.id)


def product(one: Column, other: Column) -> exp.Expr:
    """The product of two stored whole numbers, of 128 bits unless both are known to be small."""
    return exp.Mul(this=_room(one, other.largest), expression=column(other))


def multiplied(of: Column, factor: int) -> exp.Expr:
    """A stored whole number times a factor above 0; by 1, the number itself."""
    return column(of) if factor == 1 else exp.Mul(this=_room(of, factor), expression=whole(factor))


def _room(of: Column, factor: int | None) -> exp.Expr:
    """The column wide enough to be multiplied by something so large: the engine sums 64 bits far more quickly."""
    if of.largest is not None and factor is not None and of.largest * factor < 2**63:
        return column(of)
    return wide(column(of))


def wide(expression: exp.Expr) -> exp.Expr:
    """A whole number of 64 bits made wide before it is multiplied."""
    return exp.cast(expression, exp.DataType.Type.INT128)


def present(of: Column) -> exp.Expr:
    """Whether there is a value."""
    return given(column(of))


def number_of_values(of: Column, times: Column | None = None) -> exp.Expr:
    """How many rows have a value; `times`: how many each row stands for, where it stands for several."""
    return exp.Count(this=column(of)) if times is None else number_of_rows(present(of), times)


def number_of_rows(condition: exp.Expr, times: Column | None = None) -> exp.Expr:
    """How many rows satisfy the condition; `times`: how many each row stands for, where it stands for several."""
    return exp.Sum(this=choose(condition, whole(1) if times is None else column(times), whole(0)))


def total(condition: exp.Expr | None, summand: exp.Expr, times: Column | None = None) -> exp.Expr:
    """The sum over the rows that satisfy the condition (None: wherever there is something to sum), each as often as it
    stands for a row.
    """
    summed = summand if times is None else exp.Mul(this=wide(summand), expression=column(times))
    return exp.Sum(this=summed if condition is None else choose(condition, summed, whole(0)))


def cells_query(table: str, keys: Sequence[exp.Expr], terms: Sequence[exp.Expr]) -> exp.Select:
    """The terms by every combination of the keys."""
    query = exp.select(*(key.copy() for key in keys), *(exp.alias_(term, f"t{n}") for n, term in enumerate(terms)))
    query = query.from_(exp.to_table(table))
    return query.group_by(*(key.copy() for key in keys)) if keys else query


def spread_query(
    table: str, keys: Sequence[exp.Expr], values: Sequence[exp.Expr], where: exp.Expr, times: Column | None = None
) -> exp.Select:
    """How often each combination of the values occurs, by every combination of the keys."""
    counted: exp.Expr = exp.Count(this=exp.Star()) if times is None else exp.Sum(this=column(times))
    query = cells_query(table, [*keys, *values], [counted]).where(where)
    return query if times is None else query.where(exp.GT(this=column(times), expression=whole(0)))


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
        left: exp.Expr = multiplied(of, bottom)
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
    texts = table.texts(of)
    holding = [text for text in texts if holds(text, condition) is True]
    failing = [text for text in texts if holds(text, condition) is not True]
    blank = exp.true() if holds("", condition) is True else exp.false()
    if not holding or not failing:
        return choose(present(of), exp.true() if holding else exp.false(), blank)
    listed = [exp.Literal.string(text) for text in min(holding, failing, key=len)]
    within: exp.Expr = exp.In(this=column(of), expressions=listed)
    return choose(present(of), within if len(holding) <= len(failing) else exp.Not(this=within), blank)
