"""Grades: which band owns a value."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from engine.evaluation.arithmetic import within
from engine.language.policy import GradeBand


def grade_of(bands: Sequence[GradeBand], value: Fraction) -> str:
    """The grade of one value; see `grading`."""
    return grading(bands)(value)


def grading(bands: Sequence[GradeBand]) -> Callable[[Fraction], str]:
    """The grade of the band that owns a value. Bands tile their scale; a value that rounding or an addition
    carried beyond it, or into a gap narrower than the rounding, belongs to the nearest band below it.
    """
    owners = [
        (within(band.low, band.high, low_closed=band.low_closed, high_closed=band.high_closed), band.label)
        for band in bands
    ]
    ordered = ascending(bands)

    def graded(value: Fraction) -> str:
        for owns, label in owners:
            if owns(value):
                return label
        below = [band for band in ordered if band.high is not None and band.high <= value]
        return below[-1].label if below else ordered[0].label

    return graded


def ascending(bands: Sequence[GradeBand]) -> list[GradeBand]:
    """The bands from the lowest to the highest."""
    return sorted(bands, key=lambda band: (band.low is not None, band.low or 0, band.high is None, band.high or 0))


def worst_of(bands: Sequence[GradeBand], grades: Sequence[str]) -> str:
    """The lowest of the demanded grades; grades without a band keep the written order; "" where none is demanded."""
    if not grades:
        return ""
    rank = {band.label: number for number, band in enumerate(ascending(bands))}
    return min(grades, key=lambda label: rank.get(label, len(rank)))
