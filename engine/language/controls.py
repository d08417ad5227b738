"""Printed figures that the result is held against; they never change it."""

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from engine.source import Span
from engine.values import Frozen, named

# What a printed figure says of an indicator: its score, full marks, points lost, place among the others, distance from
# those it is compared with, its own weight, and the sum of the weights below it.
ROLES = ("score", "full", "loss", "rank", "gap", "weight", "weights")


@named
class Control(Frozen):
    """One figure of the policy's `control:`, as printed: `amount` of 60% is 60.

    `name`: the indicator's name, path or key. `role`: one of `ROLES`. `unit`: the unit it speaks of, {} for the
    whole; `scheme`: None for every scheme that has the indicator. `name_span`, `span`: of the name, of the figure.
    """

    name: str
    role: str
    amount: Fraction
    text: str
    name_span: Span
    span: Span
    unit: Mapping[str, str] = field(default_factory=dict[str, str])
    scheme: str | None = None
