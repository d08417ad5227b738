"""Nodes, names, numbers with their units, intervals, dated values."""

from dataclasses import field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Self, cast

from engine.source import NOWHERE, Span
from engine.values import Frozen, positional

# A procedure is in force in no other year: digits were lost or changed places (0224, 2205).
YEARS = range(1950, 2051)
_put = object.__setattr__


@positional
class Node(Frozen):
    """Anything that was written somewhere."""

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    def moved(self, by: int) -> Self:
        """The same, written so many characters further on; what was written nowhere stays there."""
        made = object.__new__(type(self))
        for name in self._fields:
            value = getattr(self, name)
            _put(made, name, _moved(value, by) if isinstance(value, _WRITTEN) else value)
        return made


# What of a node's fields stands somewhere: nodes, their tuples, and the span, which is a tuple.
_WRITTEN: tuple[type[Any], ...] = (Node, tuple)


def _moved(said: object, by: int) -> object:
    if isinstance(said, Span):
        start, end = said
        return said if said is NOWHERE else Span(start + by, end + by)
    if isinstance(said, tuple):
        return tuple([_moved(part, by) for part in cast("tuple[object, ...]", said)])
    return said.moved(by) if isinstance(said, Node) else said


@positional
class Name(Node):
    """A name as its author spelt it, and the identity by which it is looked up."""

    text: str = field(compare=False)
    identity: str
    quoted: bool = field(default=False, compare=False)


class Unit(Enum):
    """What a number counts. `%`, 个百分点, 分 and 次 are four different units."""

    NUMBER = "number"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage point"
    POINT = "point"
    TIME = "time"  # 次, occurrence
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"


@positional
class Quantity(Node):
    """A number with its unit; `amount` as written (`98%` is 98)."""

    amount: Fraction
    unit: Unit = Unit.NUMBER


@positional
class Interval(Node):
    """The values from `low` to `high`; None is unbounded.

    `low_closed` / `high_closed`: the bound belongs (True), does not (False), or the text
    does not say (None: `(95-80)`), which the policy must decide (E503).
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool | None = None
    high_closed: bool | None = None
    unit: Unit = Unit.NUMBER


@positional
class Dated(Node):
    """A value in force from a date on; `since` None: from the beginning. A name refers to a `let`."""

    value: Quantity | Name
    since: date | None = None
