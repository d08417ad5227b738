"""Nodes, names, numbers with their units, intervals, dated values."""

from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from fractions import Fraction

from engine.source import NOWHERE, Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Node:
    """Anything that was written somewhere.

    Equality, hash and text are written once here instead of generated for each of the hundred
    kinds of node: generating them took a quarter of the time that `rubric check` may take.
    """

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _said(self) == _said(other)

    def __hash__(self) -> int:
        return hash((type(self), *_said(self)))

    def __repr__(self) -> str:
        said = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.repr)
        return f"{type(self).__name__}({said})"


def _said(node: object) -> tuple[object, ...]:
    """What two nodes that say the same have in common: all fields but those that do not compare."""
    return tuple(getattr(node, f.name) for f in fields(node) if f.compare) if isinstance(node, Node) else ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Quantity(Node):
    """A number with its unit; `amount` as written (`98%` is 98)."""

    amount: Fraction
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Dated(Node):
    """A value in force from a date on; `since` None: from the beginning. A name refers to a `let`."""

    value: Quantity | Name
    since: date | None = None
