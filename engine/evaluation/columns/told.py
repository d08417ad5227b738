"""Results of many units in words and decimals: columns of texts and of decimal numbers, row by row."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.columns.chunks import Columnar, Reported, Scored, decimals_of
from engine.evaluation.result import State

_DIGITS = Context(prec=50, rounding=ROUND_HALF_EVEN)
Objects = NDArray[np.object_]


def told(ready: Columnar, scored: Scored) -> Mapping[str, Objects]:
    """`state`, `score` (a Decimal as reported) and `grade`, then the reported score of each further indicator that was
    asked for, under its path.
    """
    lacks, grades = ready.legend.lacks, ready.legend.grades
    result = ready.plan.scheme.result
    return {
        "state": named_codes(scored.lacks, lambda code: lacks[code].state.value if code else State.VALUE.value),
        "score": _decimals(scored.scores[result], decimals_of(ready.plan, result) or 0),
        "grade": named_codes(scored.grade, lambda code: grades[code] or None),
        **{
            path: _decimals(reported, decimals_of(ready.plan, path) or 0)
            for path, reported in scored.scores.items()
            if path != result
        },
    }


def named_codes(codes: NDArray[Any], name: Callable[[int], str | None]) -> Objects:
    """The text of each code."""
    table = _nothing(int(codes.max(initial=0)) + 1)
    for code in np.flatnonzero(np.bincount(codes)).tolist():
        table[code] = name(code)
    return table[codes]


def _decimals(reported: Reported, places: int) -> Objects:
    """Decimal numbers with the policy's decimals; None where there is no score."""
    units = reported.units
    low, high = units.min(initial=0).item(), units.max(initial=0).item()
    if high - low < 2 * len(units):
        different, where = np.flatnonzero(np.bincount(units - low)) + low, units - low
        table = _nothing(high - low + 1)
        table[different - low] = [decimal_of(one, places) for one in different.tolist()]
    else:
        different, where = np.unique(units, return_inverse=True)
        table = _nothing(len(different))
        table[:] = [decimal_of(one, places) for one in different.tolist()]
    found: Objects = table[where]
    found[~reported.has] = None
    for row, score in reported.large.items():
        found[row] = _DIGITS.divide(Decimal(score.numerator), Decimal(score.denominator))
    return found


def _nothing(size: int) -> Objects:
    return np.full(size, None, dtype=object)


def decimal_of(units: int, places: int) -> Decimal:
    """A whole number of units of the last decimal, as the exact arithmetic tells it: 9200 of two decimals is 92."""
    return _DIGITS.divide(Decimal(units), Decimal(10) ** places)
