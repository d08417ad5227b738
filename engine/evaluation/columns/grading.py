"""Grades over columns: which band owns a value, asked at the few places where the grade changes."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from engine.evaluation.bands import grade_of
from engine.evaluation.columns.edges import Doubts, reaches, rounded
from engine.evaluation.columns.legend import Legend
from engine.evaluation.columns.numbers import Column, Labels
from engine.evaluation.columns.parts import Formula, Inputs
from engine.evaluation.tasks import Task
from engine.language.policy import GradeBand
from engine.language.syntax import Half


def graded(task: Task, legend: Legend) -> Formula:
    """Read off the rounded or the full value, as the scheme says; a grade demanded by a rule or veto stands."""
    scheme, indicator = task.scheme, task.indicator
    rounding = (indicator.rounding or scheme.rounding) if scheme.grade_on_rounded else None
    rounding = None if rounding is None or rounding.mode is Half.NONE else rounding
    grades = _grading(indicator.bands, legend)

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        (x,) = inputs
        read = x if rounding is None else rounded(doubts, x, rounding)
        labels = grades(read, doubts)
        if x.forced is not None:
            labels = labels * (x.forced == 0) + x.forced
        return x._replace(grade=labels, reported=read.reported)

    return found


def _grading(bands: Sequence[GradeBand], legend: Legend) -> Callable[[Column, Doubts], Labels]:
    """The number of the grade of every value, changed at each bound that lies at or below it."""
    changes, labels = _changes(bands)
    first, *others = (legend.grade(label) for label in labels)
    steps = [np.uint8((after - before) % 256) for before, after in pairwise((first, *others))]

    def found(x: Column, doubts: Doubts) -> Labels:
        codes = np.full(len(x.values), first, dtype=np.uint8)
        for (bound, closed), step in zip(changes, steps, strict=True):
            codes += reaches(doubts, x, bound, closed=closed) * step
        return codes

    return found


def _changes(bands: Sequence[GradeBand]) -> tuple[list[tuple[Fraction, bool]], list[str]]:
    """Where the grade changes on the way up, at the bound (True) or only above it, and the grades in between."""
    bounds = sorted({bound for band in bands for bound in (band.low, band.high) if bound is not None})
    changes: list[tuple[Fraction, bool]] = []
    labels = [grade_of(bands, bounds[0] - 1 if bounds else Fraction(0))]
    for number, bound in enumerate(bounds):
        above = (bound + bounds[number + 1]) / 2 if number + 1 < len(bounds) else bound + 1
        for value, closed in ((bound, True), (above, False)):
            label = grade_of(bands, value)
            if label != labels[-1]:
                changes.append((bound, closed))
                labels.append(label)
    return changes, labels
