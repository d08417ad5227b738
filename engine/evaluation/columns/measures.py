"""Measures of many units as columns: what they hold, with how many decimals, and the same as exact numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isinf, isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.columns.numbers import (
    HALF_STEP,
    SURE,
    Codes,
    Column,
    Floats,
    Gaps,
    Mask,
    Rows,
    double,
    is_told,
)
from engine.evaluation.figures import Measured
from engine.evaluation.given import measured_as
from engine.evaluation.result import State

STATES = tuple(State)
_VALUE = STATES.index(State.VALUE)
_PIECE = 1 << 15
_DECIMALS = range(7)  # measures seldom have more
_SAMPLE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of many units: the nearest binary number of each, NaN where there is none.

    `states`: by its number in `STATES` what there is in the place of a value; None: what is not there is missing.
    `complete`: none is NaN. `whole`: every value is a whole number. `ends`: the least and the greatest value, and one
    that is not whole, if there are any. `others`: what is no plain number, by unit.
    """

    values: Floats
    states: NDArray[np.uint8] | None = None
    complete: bool = False
    whole: bool = False
    ends: tuple[float, ...] = ()
    others: Mapping[int, Measured] = field(default_factory=dict[int, Measured])


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A measure with what all its values have in common. `decimals`: how many they seem to have, None: too many."""

    measure: Measure
    codes: Codes
    bit: int
    least: float
    most: float
    decimals: int | None

    def column(self, units: Rows | slice) -> Column:
        """Its values in some units."""
        values, lacks = self.measure.values[units], None
        if self.measure.states is not None:
            states = self.measure.states[units]
            rows = np.flatnonzero(states != _VALUE)
            lacks = Gaps(rows, self.codes[states[rows]])
        elif not self.measure.complete:
            lacks = int(self.codes[STATES.index(State.MISSING)])
        error = 0 if self.measure.whole and self.most < SURE else HALF_STEP * self.most
        grid = 0 if self.decimals is None else 10**self.decimals
        return Column(values, error, self.most, grid, self.bit, self.least, told=True, lacks=lacks)

    def has_decimals(self, rows: Rows) -> Mask:
        """In which of the units the value has no more decimals than most."""
        values, size = self.measure.values[rows], 10 ** (self.decimals or 0)
        return (np.rint(values * size) / size == values) | np.isnan(values)


def source_of(measure: Measure, codes: Codes, number: int) -> Source:
    """A measure looked through once. `codes`: by the number of a state what its lack is called."""
    largest = max(map(abs, measure.ends), default=0)
    decimals = 0 if measure.whole else _decimals(measure.values[:_SAMPLE])
    fits = decimals is not None and largest * 10**decimals < SURE
    return Source(
        measure=measure,
        codes=codes,
        bit=0 if measure.whole else 1 << number,
        least=min(measure.ends, default=0),
        most=largest,
        decimals=decimals if fits else None,
    )


def _decimals(values: Floats) -> int | None:
    """How many decimals nine of ten values have at most; None where it is not so few."""
    values = values[~np.isnan(values)]
    for decimals in _DECIMALS:
        size = 10**decimals
        if 10 * np.count_nonzero(np.rint(values * size) / size == values) >= 9 * len(values):
            return decimals
    return None


def exact_measures(measure: Measure, rows: Sequence[int]) -> list[Measured]:
    """The measure of some units as the exact arithmetic takes it; equal ones are one."""
    done: dict[tuple[float, int], Measured] = {}
    found: list[Measured] = []
    for row in rows:
        if row in measure.others:
            found.append(measure.others[row])
            continue
        value = measure.values[row].item()
        state = int(value != value) if measure.states is None else measure.states[row].item()  # noqa: PLR0124 - NaN
        key = (0 if state else value, state)
        if key not in done:
            done[key] = measured_as(Fraction(str(value)) if state == 0 else STATES[state])
        found.append(done[key])
    return found


# ---------------------------------------------------------------- where they come from


def numbers_of(column: Any) -> Measure | None:  # noqa: ANN401 - a column of a frame, or an array
    """A column of binary or whole numbers, NaN put where an array is masked; None for texts, decimals and what binary
    numbers cannot tell.
    """
    array: Any = column.to_numpy() if hasattr(column, "to_numpy") else np.asanyarray(column)
    if array.dtype.kind not in "fiub":
        return None
    values: Floats = np.ascontiguousarray(np.ma.getdata(array), dtype=np.float64)
    hidden = None if np.ma.getmask(array) is np.ma.nomask else np.ma.getmaskarray(array)
    measure = _looked_through(values, hidden, whole=array.dtype.kind != "f")
    if any(isinf(end) or (array.dtype.kind != "f" and abs(end) >= SURE) for end in measure.ends):
        return None
    return measure


def _looked_through(values: Floats, hidden: Mask | None, *, whole: bool) -> Measure:
    """A measure with what its values have in common; those that are `hidden` become NaN. `whole`: that all are whole
    numbers is known.
    """
    ends: list[float] = []
    broken: list[float] = []
    complete = True
    for start in range(0, len(values), _PIECE):
        some = values[start : start + _PIECE]
        if hidden is not None:
            np.copyto(some, np.nan, where=hidden[start : start + _PIECE])
        complete = complete and not isnan(np.minimum.reduce(some))
        ends += [np.fmin.reduce(some).item(), np.fmax.reduce(some).item()]
        if not whole and not broken:
            apart = np.rint(some) != some  # where there is no number, too
            if np.count_nonzero(apart) > np.count_nonzero(np.isnan(some)):
                broken = some[apart & ~np.isnan(some)][:1].tolist()
    ends = [end for end in ends if not isnan(end)]
    told = (min(ends), max(ends), *broken) if ends else ()
    return Measure(values=values, complete=complete, whole=not broken, ends=told)


def of_measured(column: Sequence[Measured]) -> Measure:
    """A column of measurements; what is no number, and what a binary number does not tell, is left to exactness."""
    values, states = np.full(len(column), np.nan), np.zeros(len(column), dtype=np.uint8)
    others: dict[int, Measured] = {}
    for row, measured in enumerate(column):
        number = measured.value
        if measured.state is not State.VALUE and measured.cases is None:
            states[row] = STATES.index(measured.state)
        elif number is None or measured.cases is not None or measured.periods is not None or not is_told(number):
            others[row] = measured
        else:
            values[row] = double(number)
    told = values[~np.isnan(values)]
    ends = (told.min().item(), told.max().item()) if len(told) else ()
    whole = bool(np.all(np.rint(told) == told))
    return Measure(values=values, states=states, whole=whole, ends=ends, others=others)


def absent(size: int) -> Measure:
    """A measure that nobody collected."""
    return Measure(values=np.full(size, np.nan), whole=True)
