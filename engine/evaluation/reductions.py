"""How each measure of a table is reduced: terms that add up over any cells, and what is made of their sums.

A `Tally` is a list of SQL terms, each merged over cells by sum, min or max. A `Spread` needs how often each value
occurs (medians, distinct values, single elapsed times). Both give the same `Measured` whatever the cells were.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sqlglot import exp

from engine.data.contract import Column, Table
from engine.data.queries import choose, every
from engine.evaluation.durations import elapsed, is_time
from engine.evaluation.figures import Measured
from engine.evaluation.result import Reason, State
from engine.evaluation.sql import column, condition_of, number_of_rows, present, total
from engine.language.policy import Calendar, Indicator
from engine.language.syntax import (
    ColumnStatistic,
    CountDistinct,
    CountRows,
    FromRows,
    Quotient,
    RatioOfSums,
    RowCondition,
    ShareOfRows,
    TimeBetween,
    Unit,
)

Sums = Sequence[int | None]
Counts = Mapping[tuple[Any, ...], int]
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Terms that merge over cells (`merges`: sum, min or max of each), and what their merged values mean."""

    terms: tuple[exp.Expr, ...]
    merges: tuple[str, ...]
    finish: Callable[[Sums], Measured]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Values of the rows that satisfy `where`, and what their frequencies mean."""

    values: tuple[exp.Expr, ...]
    where: exp.Expr
    finish: Callable[[Counts], Measured]


Reduction = Tally | Spread


def none_valid(reason: Reason) -> Measured:
    """A measure that was collected and has nothing to rest on."""
    return Measured(state=State.NO_VALID_ANSWERS, reason=reason, valid=0)


def sums(*terms: exp.Expr, finish: Callable[[Sums], Measured]) -> Tally:
    """A tally of sums."""
    return Tally(terms=terms, merges=("sum",) * len(terms), finish=finish)


def reduction_of(
    table: Table, indicator: Indicator, sentence: FromRows, calendar: Calendar, as_of: date | None
) -> Reduction:
    """How a `measures:` sentence is computed from its table."""
    match sentence:
        case CountRows(where=where):
            return _count(table, where)
        case ShareOfRows(where=where, base=base):
            return _share(table, where, base)
        case RatioOfSums():
            return _ratio(table, sentence)
        case ColumnStatistic():
            return _statistic(table, sentence)
        case CountDistinct(column=name, where=where):
            return _distinct(table, name.text, where)
        case TimeBetween():
            return _times(table, indicator, sentence, calendar, as_of)


def _all(table: Table, where: Sequence[RowCondition], *needed: Column) -> exp.Expr:
    return every([*(condition_of(table, c) for c in where), *(present(c) for c in needed)])


def _number(table: Table, rows: exp.Expr) -> exp.Expr:
    """How many rows satisfy the condition, also where they were counted elsewhere."""
    return number_of_rows(rows, table.find("count", "rows"))


def _total(table: Table, rows: exp.Expr, of: Column) -> exp.Expr:
    """The sum of a column over the rows that satisfy the condition."""
    return total(rows, column(of), table.find("count", "rows"))


# ---------------------------------------------------------------- counts, shares, ratios


def _count(table: Table, where: Sequence[RowCondition]) -> Tally:
    """The number of rows; none is 0, since the source was collected."""
    term = _number(table, _all(table, where))
    return sums(term, finish=lambda s: Measured(value=Fraction(s[0] or 0), valid=s[0] or 0))


def _share(table: Table, where: Sequence[RowCondition], base: Sequence[RowCondition]) -> Tally:
    """100 × rows / rows of the base, in per cent."""
    part, whole = _number(table, _all(table, (*where, *base))), _number(table, _all(table, base))
    return sums(part, whole, finish=lambda s: _quotient(s[0] or 0, s[1] or 0, s[1] or 0, Reason.NO_ROWS))


def _ratio(table: Table, sentence: RatioOfSums) -> Tally:
    """100 × Σ numerator / Σ denominator in per cent, over the rows that have both."""
    top = table.column("number", sentence.numerator.text)
    bottom = table.column("number", sentence.denominator.text)
    rows = _all(table, sentence.where, top, bottom)

    def finish(s: Sums) -> Measured:
        numerator, denominator = Fraction(s[0] or 0, 10**top.scale), Fraction(s[1] or 0, 10**bottom.scale)
        reason = Reason.ZERO_DENOMINATOR if s[2] else Reason.NO_ROWS
        return _quotient(numerator, denominator, s[2] or 0, reason)

    return sums(_total(table, rows, top), _total(table, rows, bottom), _number(table, rows), finish=finish)


def quotient_of(sentence: Quotient, above: Measured, below: Measured) -> Measured:
    """`per` (in per cent: 100) × above / below, where both have a value; over nothing there is none.

    A percentage rests on the rows below, like any share; so many per thousand customers on the rows above.
    """
    for part in (above, below):
        if part.state is not State.VALUE:
            return part
    valid = below.valid if sentence.per is None else above.valid
    found = _quotient(above.value or 0, below.value or 0, valid or 0, Reason.ZERO_DENOMINATOR)
    value = None if found.value is None else found.value * (sentence.per or HUNDRED) / HUNDRED
    if above.periods is None or below.periods is None:
        return found._replace(value=value)
    both = {name: (part, below.periods[name]) for name, part in above.periods.items() if name in below.periods}
    return found._replace(value=value, periods={name: quotient_of(sentence, *pair) for name, pair in both.items()})


def _quotient(numerator: Fraction | int, denominator: Fraction | int, valid: int, reason: Reason) -> Measured:
    top, bottom = Fraction(numerator), Fraction(denominator)
    if bottom == 0:
        return none_valid(reason)._replace(numerator=top, denominator=bottom)
    return Measured(value=HUNDRED * top / bottom, valid=valid, numerator=top, denominator=bottom)


# ---------------------------------------------------------------- statistics of a column


def _statistic(table: Table, sentence: ColumnStatistic) -> Reduction:
    of = table.column("number", sentence.column.text)
    rows = _all(table, sentence.where, of)
    unit = Fraction(1, 10**of.scale)
    match sentence.statistic:
        case "sum" | "mean" as statistic:
            return sums(_total(table, rows, of), _number(table, rows), finish=_summed(statistic, unit))
        case "min" | "max" as statistic:
            extreme = (exp.Min if statistic == "min" else exp.Max)(this=choose(rows, column(of)))
            return Tally(terms=(extreme, _number(table, rows)), merges=(statistic, "sum"), finish=_extreme(unit))
        case _:
            return Spread(values=(column(of),), where=rows, finish=_median_of_column(unit))


def _summed(statistic: str, unit: Fraction) -> Callable[[Sums], Measured]:
    def finish(s: Sums) -> Measured:
        amount, count = (s[0] or 0) * unit, s[1] or 0
        if statistic == "sum":
            return Measured(value=amount, valid=count)
        if count == 0:
            return none_valid(Reason.NO_ROWS)
        return Measured(value=amount / count, valid=count, numerator=amount, denominator=Fraction(count))

    return finish


def _extreme(unit: Fraction) -> Callable[[Sums], Measured]:
    def finish(s: Sums) -> Measured:
        return none_valid(Reason.NO_ROWS) if s[0] is None else Measured(value=s[0] * unit, valid=s[1] or 0)

    return finish


def _median_of_column(unit: Fraction) -> Callable[[Counts], Measured]:
    def finish(counts: Counts) -> Measured:
        found = median([(values[0] * unit, n) for values, n in counts.items()])
        return none_valid(Reason.NO_ROWS) if found is None else Measured(value=found, valid=sum(counts.values()))

    return finish


def median(counted: Sequence[tuple[Fraction, int]]) -> Fraction | None:
    """The middle value, of an even number the mean of the two middle ones; None of nothing."""
    ordered, size = sorted(counted), sum(n for _, n in counted)
    if not size:
        return None
    return (_at(ordered, (size - 1) // 2) + _at(ordered, size // 2)) / 2


def _at(ordered: Sequence[tuple[Fraction, int]], position: int) -> Fraction:
    seen = 0
    for value, n in ordered:
        seen += n
        if position < seen:
            return value
    return ordered[-1][0]


def _distinct(table: Table, name: str, where: Sequence[RowCondition]) -> Spread:
    """How many different texts; blanks are none."""
    of = table.column("text", name)

    def finish(counts: Counts) -> Measured:
        return Measured(value=Fraction(len(counts)), valid=sum(counts.values()))

    return Spread(values=(column(of),), where=_all(table, where, of), finish=finish)


# ---------------------------------------------------------------- elapsed times


def _times(table: Table, indicator: Indicator, sentence: TimeBetween, calendar: Calendar, as_of: date | None) -> Spread:
    """Elapsed times in the indicator's unit of time (days where it has none), every case by itself or their statistic.

    A case without an end counts as running until the end of the assessment date where every case is judged by
    itself; no statistic is made of it. A case without a beginning cannot be judged: the measure is missing.
    """
    begin, end = table.column("time", sentence.begin.text), table.column("time", sentence.end.text)
    unit = indicator.unit if is_time(indicator.unit) else Unit.DAY
    now = None if as_of is None else datetime.combine(as_of, time()) + timedelta(days=1)

    def finish(counts: Counts) -> Measured:
        if any(start is None for start, _ in counts):
            return Measured(state=State.MISSING, reason=Reason.NO_BEGINNING)
        running = sum(n for (_, stop), n in counts.items() if stop is None)
        ended = [(start, stop or now, n) for (start, stop), n in counts.items() if stop or not sentence.statistic]
        spans: dict[Fraction, int] = {}
        for start, stop, n in ended:
            if stop is not None and (stop is not now or start < stop):
                span = elapsed(start, stop, unit, calendar)
                spans[span] = spans.get(span, 0) + n
        return _timed(sentence.statistic, sorted(spans.items()), running)

    return Spread(values=(column(begin), column(end)), where=_all(table, sentence.where), finish=finish)


def _timed(statistic: str, cases: Sequence[tuple[Fraction, int]], running: int) -> Measured:
    size = sum(n for _, n in cases)
    if any(span < 0 for span, _ in cases):
        return Measured(state=State.ERROR, reason=Reason.BACKWARDS, valid=size)
    judged = None if statistic else tuple(cases)
    if not size:
        return none_valid(Reason.NO_ROWS)._replace(cases=judged, open=running)
    match statistic:
        case "mean" | "":
            value: Fraction | None = sum((span * n for span, n in cases), Fraction(0)) / size
        case "min":
            value = cases[0][0]
        case "max":
            value = cases[-1][0]
        case _:
            value = median(cases)
    return Measured(value=value, valid=size, cases=judged, open=running)
