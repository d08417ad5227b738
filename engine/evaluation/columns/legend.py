"""What the small whole numbers beside a column mean: why a unit has no value, and grades.

The upper bits of a lack say of which kind it is, so that one comparison tells whether it stops the whole above.
"""

from collections.abc import Sequence

import numpy as np

from engine.evaluation.bands import ascending
from engine.evaluation.columns.numbers import Codes, Labels, Mask
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
        found = np.zeros_like(codes)
        rows = np.flatnonzero(codes >= least)
        found[rows] = self._passed[codes[rows]]
        return found


def lacking(codes: Codes | None, condition: Mask, code: int) -> Codes | None:
    """The codes, with one for the units that fulfil a condition and had a value before."""
    if not condition.any():
        return codes
    if codes is None:
        return condition * np.uint16(code)
    return codes + (condition & (codes == 0)) * np.uint16(code)


def first(*columns: Codes | None) -> Codes | None:
    """Of each unit the first lack among several columns."""
    found: Codes | None = None
    for codes in columns:
        if codes is not None:
            found = codes if found is None else found + (found == 0) * codes
    return found


def demanded(labels: Labels | None, condition: Mask, code: int, ranks: Labels) -> Labels:
    """The grades demanded so far, with one that is demanded where a condition holds; the worse stands."""
    if labels is None:
        return condition * np.uint8(code)
    worse = condition & ((labels == 0) | (ranks[code] < ranks[labels]))
    return labels * ~worse + worse * np.uint8(code)
