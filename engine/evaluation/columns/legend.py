"""What the small whole numbers beside a column mean: why a unit has no value, and grades.

The upper bits of a lack say of which kind it is, so that one comparison tells whether it stops the whole above.
"""

from collections.abc import Sequence

import numpy as np

from engine.evaluation.bands import ascending
from engine.evaluation.columns.numbers import Codes, Column, Gaps, Labels, Mask, Rows, put_in, replaced
from engine.evaluation.combination import passed_on
from engine.evaluation.figures import Figure
from engine.evaluation.result import Reason, State
from engine.language.policy import GradeBand

_ROOM = 1 << 14
INAPPLICABLE, LACKING, FAILED = _ROOM, 2 * _ROOM, 3 * _ROOM  # the first code of each kind
_KINDS = {State.NOT_APPLICABLE: INAPPLICABLE, State.ERROR: FAILED}


class Legend:
    """The codes of one plan, given out while its steps are made ready; `grades` by their number, from 1."""

    def __init__(self) -> None:
        self.grades: list[str] = [""]
        self.lacks: dict[int, Figure] = {}
        self._codes: dict[tuple[State, Reason | None, str], int] = {}
        self._next = {INAPPLICABLE: INAPPLICABLE, LACKING: LACKING, FAILED: FAILED}
        self._passed: Codes = np.arange(4 * _ROOM, dtype=np.uint16)

    def lack(self, state: State, reason: Reason | None, cause: str) -> int:
        """The code of a figure without a value."""
        known = self._codes.get((state, reason, cause))
        if known is not None:
            return known
        kind = _KINDS.get(state, LACKING)
        code = self._next[kind]
        assert code < kind + _ROOM, "more reasons than codes"  # noqa: S101 - a plan has far fewer paths
        self._next[kind] = code + 1
        figure = Figure(state=state, reason=reason, cause=cause)
        self.lacks[code] = figure
        self._codes[state, reason, cause] = code
        above = passed_on(figure)
        self._passed[code] = self.lack(above.state, above.reason, above.cause)
        return code

    def grade(self, label: str) -> int:
        """The number of a grade."""
        if label not in self.grades:
            self.grades.append(label)
        return self.grades.index(label)

    def ranks(self, bands: Sequence[GradeBand]) -> Labels:
        """By the number of a grade how far from the worst it is; grades without a band come after all others."""
        rank = {band.label: number for number, band in enumerate(ascending(bands))}
        told = [rank.get(label, len(rank)) for label in self.grades]
        return np.array([*told, *[len(rank)] * (256 - len(told))], dtype=np.uint8)

    def passed(self, codes: Codes, least: int = 1) -> Codes:
        """What the lacks of a part from a code on mean for the whole above it; 0 for the others."""
        return np.where(codes >= least, self._passed[codes], np.uint16(0))


def demanded(labels: Labels | None, condition: Mask, code: int, ranks: Labels) -> Labels:
    """The grades demanded so far, with one that is demanded where a condition holds; the worse stands."""
    if labels is None:
        return condition * np.uint8(code)
    worse = condition & ((labels == 0) | (ranks[code] < ranks[labels]))
    return labels * ~worse + worse * np.uint8(code)


# ---------------------------------------------------------------- units without a value


def gaps_of(column: Column) -> Gaps | None:
    """The units without a value; None where all have one."""
    lacks = column.lacks
    if isinstance(lacks, int):
        rows = np.flatnonzero(np.isnan(column.values))
        lacks = Gaps(rows, np.full(rows.size, lacks, dtype=np.uint16))
    return lacks if lacks is not None and lacks.rows.size else None


def gaps_at(rows: Rows, codes: Codes) -> Gaps | None:
    """The units, of some, whose code is not 0."""
    lacking = codes != 0
    return Gaps(rows[lacking], codes[lacking]) if lacking.any() else None


def first(*several: Gaps | None) -> Gaps | None:
    """All units without a value in any of several columns, each with its first reason."""
    found = [gaps for gaps in several if gaps is not None]
    if len(found) < 2:
        return found[0] if found else None
    rows, where = np.unique(np.concatenate([gaps.rows for gaps in found]), return_index=True)
    return Gaps(rows, np.concatenate([gaps.codes for gaps in found])[where])


def lacking(column: Column, condition: Mask, code: int) -> Column:
    """The column without the values that fulfil a condition."""
    rows = np.flatnonzero(condition)
    return blanked(column, first(gaps_of(column), gaps_at(rows, np.full(rows.size, code, dtype=np.uint16))))


def blanked(column: Column, lacks: Gaps | None) -> Column:
    """The column without a value in these units, and with one in all others."""
    if lacks is None:
        return column._replace(lacks=None)
    return column._replace(values=replaced(column.values, lacks.rows, np.nan), lacks=lacks)


def filled(column: Column) -> Column:
    """The column with 0 where there is no value."""
    return column._replace(values=put_in(0, column, column.values), least=min(column.least, 0), lacks=None)
