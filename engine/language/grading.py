"""Grades and vetoes of a checked policy: every bound is decided."""

from fractions import Fraction

from engine.language.syntax import Comparison
from engine.source import Span
from engine.values import Frozen, named


@named
class GradeBand(Frozen):
    """A grade and the values it owns; every bound is decided."""

    label: str
    low: Fraction | None
    high: Fraction | None
    low_closed: bool
    high_closed: bool
    code: str | None = None
    span: Span


@named
class VetoRule(Frozen):
    """When the measure or score at `path` compares as said, the node's score or grade is replaced.

    Exactly one of `score`, `ceiling`, `grade` is set.
    """

    path: str
    comparison: Comparison
    bound: Fraction
    sentence: str
    span: Span
    score: Fraction | None = None
    ceiling: Fraction | None = None
    grade: str | None = None
