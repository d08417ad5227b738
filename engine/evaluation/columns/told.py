"""Results of many units in words and decimals: columns of texts and of decimal numbers, row by row."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.columns.chunks import Columnar, Reported, Scored, decimals_of
from engine.evaluation.result import State

_DIGITS = Context(prec=50, rounding=ROUND_HALF_EVEN)
Objects = NDArray[np.object_]


def told(ready: Columnar, scored: Scored) -> tuple[list[str], Objects]:
    """The columns by name, and what stands in each as a row: `state`, `score` (a Decimal as reported) and `grade`, then
    the reported score of each further indicator that was asked for, under its path, if any unit has one.
    """
    result, lacks = ready.plan.scheme.result, ready.legend.lacks
    states = {0: State.VALUE.value, **{code: figure.state.value for code, figure in lacks.items()}}
    further = [path for path, reported in scored.scores.items() if path != result and reported.has.any()]
    names = ["state", "score", "grade", *further]
    rows: Objects = np.empty((len(names), len(scored.grade)), dtype=object)
    _put_names(rows[0], scored.lacks, states)
    _put_names(rows[2], scored.grade, {code: grade or None for code, grade in enumerate(ready.legend.grades)})
    for row, path in zip((rows[1], *rows[3:]), (result, *further), strict=True):
        _put_decimals(row, scored.scores[path], decimals_of(ready.plan, path) or 0)
    return names, rows


def _put_names(row: Objects, codes: NDArray[Any], names: Mapping[int, str | None]) -> None:
    """The text of each code."""
    if not codes.any():
        row[:] = names[0]
        return
    table = _nothing(max(names) + 1)
    table[list(names)] = list(names.values())
    np.take(table, codes, out=row, mode="clip")


def _put_decimals(row: Objects, reported: Reported, places: int) -> None:
    """Decimal numbers with the policy's decimals; None where there is no score."""
    units = reported.units
    low, high = units.min(initial=0).item(), units.max(initial=0).item()
    if high - low < 2 * len(units):
        where = units - low if low else units
        different = np.flatnonzero(np.bincount(where))
        table = _nothing(high - low + 1)
        table[different] = _decimals_of((different + low).tolist(), places)
    else:
        different, where = np.unique(units, return_inverse=True)
        table = _nothing(len(different))
        table[:] = _decimals_of(different.tolist(), places)
    np.take(table, where, out=row, mode="clip")
    if not reported.has.all():
        row[~reported.has] = None
    for unit, score in reported.large.items():
        row[unit] = _DIGITS.divide(Decimal(score.numerator), Decimal(score.denominator))


def _nothing(size: int) -> Objects:
    return np.full(size, None, dtype=object)


def _decimals_of(units: Sequence[int], places: int) -> list[Decimal]:
    """Whole numbers of units of the last decimal, as the exact arithmetic tells them: 9200 of two decimals is 92."""
    divide, size = _DIGITS.divide, Decimal(10) ** places
    return [divide(one, size) for one in units]
