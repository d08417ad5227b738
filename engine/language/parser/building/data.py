"""The sentences of `measures:` and `valid:`."""

from engine.language import syntax as s
from engine.language.parser.building.intervals import COMPARISONS
from engine.language.parser.building.parts import Builders, Parts, Where, first, name_of, number, tokens


def _conditions(parts: Parts) -> tuple[s.RowCondition, ...]:
    several = first(parts, tuple) or ()
    return tuple(p for p in (*parts, *several) if isinstance(p, s.RowCondition))


def _row(parts: Parts, where: Where) -> s.Condition:
    value = name_of(tokens(parts, "VALUE")[0], where.text)
    return s.Condition(_column(parts, where), first(parts, s.Comparison), value.text, span=where.span)


def _column(parts: Parts, where: Where, position: int = 0) -> s.Name:
    return name_of(tokens(parts, "COLUMN")[position], where.text)


def _repeated(parts: Parts, where: Where) -> s.Repeated:
    columns = tuple(name_of(token, where.text) for token in tokens(parts, "KEYED"))
    return s.Repeated(columns, int(number(tokens(parts, "DAYS_WITHIN", "NUM")[0])), span=where.span)


def _source_name(parts: Parts, where: Where) -> s.Name:
    return name_of(tokens(parts, "SOURCE", "OTHER", "E_SOURCE")[0], where.text)


_COLUMN_STATISTICS = {
    **dict.fromkeys(("SUM",), "sum"),
    **dict.fromkeys(("MEAN", "MEAN_OF", "MEAN_TIME"), "mean"),
    **dict.fromkeys(("MINIMUM", "MINIMUM_OF"), "min"),
    **dict.fromkeys(("MAXIMUM", "MAXIMUM_OF", "MAX_TIME"), "max"),
    **dict.fromkeys(("MEDIAN", "MEDIAN_OF", "MEDIAN_TIME"), "median"),
}


def _column_statistic(parts: Parts, where: Where) -> s.ColumnStatistic:
    statistic = next(p for p in parts if type(p) is str)
    return s.ColumnStatistic(
        _source_name(parts, where), _column(parts, where), statistic, _conditions(parts), span=where.span
    )


def _column_sum(parts: Parts, where: Where) -> s.ColumnStatistic:
    return s.ColumnStatistic(
        _source_name(parts, where), _column(parts, where), "sum", _conditions(parts), span=where.span
    )


def _ratio(parts: Parts, where: Where) -> s.RatioOfSums | s.Quotient:
    """A sum over a sum of the same rows; another amount (a count) over it makes a quotient of one source."""
    above, column = parts[0], _column(parts, where)
    if isinstance(above, s.ColumnStatistic) and above.statistic == "sum":
        return s.RatioOfSums(above.source, above.column, column, above.where, span=where.span)
    below = s.ColumnStatistic(above.source, column, "sum", above.where, span=where.span)
    return s.Quotient(above, below, span=where.span)


def _quotient(parts: Parts, where: Where) -> s.Quotient:
    per = tokens(parts, "NUM")
    return s.Quotient(parts[0], parts[1], int(number(per[0])) if per else None, span=where.span)


def _time_between(parts: Parts, where: Where) -> s.TimeBetween:
    said = [p for p in parts if type(p) is str] + [
        _COLUMN_STATISTICS[t.type] for t in tokens(parts, "MEAN_TIME", "MAX_TIME", "MEDIAN_TIME")
    ]
    begin, end = _column(parts, where), _column(parts, where, 1)
    return s.TimeBetween(
        _source_name(parts, where), begin, end, said[0] if said else "", _conditions(parts), span=where.span
    )


def _took(parts: Parts, where: Where) -> s.TookAtLeast:
    seconds = number(tokens(parts, "NUM")[0]) * (60 if tokens(parts, "MINUTE") else 1)
    return s.TookAtLeast(seconds, span=where.span)


BUILDERS: Builders = {
    "count_rows": lambda p, w: s.CountRows(_source_name(p, w), _conditions(p), span=w.span),
    "ratio": _ratio,
    "e_ratio": lambda p, w: s.RatioOfSums(
        _source_name(p, w), _column(p, w), _column(p, w, 1), _conditions(p), span=w.span
    ),
    "quotient": _quotient,
    "share": lambda p, w: s.ShareOfRows(_source_name(p, w), _conditions(p), span=w.span),
    "column_statistic": _column_statistic,
    "column_sum": _column_sum,
    "time_between": _time_between,
    "distinct": lambda p, w: s.CountDistinct(_source_name(p, w), _column(p, w), _conditions(p), span=w.span),
    "look_up": lambda p, w: s.LookUp(_source_name(p, w), span=w.span),
    "conditions": lambda p, w: tuple(p),
    "row": _row,
    "repeated": _repeated,
    "statistic": lambda p, w: _COLUMN_STATISTICS[p[0].type],
    "e_statistic": lambda p, w: _COLUMN_STATISTICS[p[0].type],
    "compare": lambda p, w: COMPARISONS[p[0].type],
    "answered": lambda p, w: s.AnsweredAtLeast(number(p[0]), span=w.span),
    "not_straight": lambda p, w: s.NotStraightLined(span=w.span),
    "took": _took,
    "listed": lambda p, w: s.ListedIn(_column(p, w), _source_name(p, w), span=w.span),
    "one_per": lambda p, w: s.OnePer(_column(p, w), bool(tokens(p, "LAST", "LAST_E")), span=w.span),
    "belonging": lambda p, w: s.Belonging(tuple(x for x in p if isinstance(x, s.Condition)), span=w.span),
    "validity": lambda p, w: p[0],
}
