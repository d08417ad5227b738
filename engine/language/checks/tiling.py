"""Bands laid beside each other: every score belongs to exactly one, or it is said where not.

Exact on fractions. A bound that two bands share belongs to the one whose brackets say so;
以上 and 以下 include their number (Civil Code of the PRC, article 1259), so `60以下` beside `80-60` claims 60
a second time: there, and where neither says, the policy's 含下限 or 含上限 decides.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from engine.language.checks.ranges import Marks
from engine.language.policy import GradeBand
from engine.language.syntax import Band, Bands, Interval
from engine.values import Frozen, named, positional

FlawKind = Literal["off scale", "gap", "point gap", "overlap", "point overlap", "undecided", "undecided below"]


@named
class Flaw(Frozen):
    """Where bands do not tile: the band that is named, its neighbour if it has a part in it, and the values."""

    kind: FlawKind
    band: Band
    other: Band | None
    low: Fraction
    high: Fraction


@named
class Tiling(Frozen):
    """The bands in the order written with every bound decided, or the flaws that prevent it."""

    bands: tuple[GradeBand, ...]
    flaws: tuple[Flaw, ...]


@named
class Convention(Frozen):
    """What else decides: whose a shared bound is, and the step between two rounded values (None: graded unrounded)."""

    lower_owns: bool | None
    step: Fraction | None


def tile(bands: Bands, marks: Marks, convention: Convention) -> Tiling:
    """The bands over the whole range of a score."""
    rising = sorted(bands.bands, key=_position)
    off = tuple(_off_scale(rising, marks))
    if off:
        return Tiling(bands=(), flaws=off)
    joints = [_joint(below, above, convention) for below, above in pairwise(rising)]
    flaws = (*_lower_end(rising[0], marks), *(j for j in joints if isinstance(j, Flaw)), *_upper_end(rising[-1], marks))
    if flaws:
        return Tiling(bands=(), flaws=flaws)
    graded = {
        id(band): _graded(band, joints[i - 1] if i else None, joints[i] if i < len(joints) else None)
        for i, band in enumerate(rising)
    }
    return Tiling(bands=tuple(graded[id(band)] for band in bands.bands), flaws=())


def _position(band: Band) -> tuple[bool, Fraction, bool, Fraction]:
    interval = band.interval
    low, high = interval.low, interval.high
    return (low is not None, low or Fraction(0), high is None, high or Fraction(0))


def _off_scale(rising: list[Band], marks: Marks) -> Iterator[Flaw]:
    for band in rising:
        for bound in (band.interval.low, band.interval.high):
            beyond = bound is not None and marks.high is not None and bound > marks.high
            before = bound is not None and marks.low is not None and bound < marks.low
            if bound is not None and (beyond or before):
                yield Flaw(kind="off scale", band=band, other=None, low=bound, high=bound)


def _lower_end(band: Band, marks: Marks) -> Iterator[Flaw]:
    low, end = band.interval.low, marks.low
    if low is None:
        return
    if end is None or low > end:
        yield Flaw(kind="gap", band=band, other=None, low=low if end is None else end, high=low)
    elif band.interval.low_closed is False:
        yield Flaw(kind="point gap", band=band, other=None, low=low, high=low)


def _upper_end(band: Band, marks: Marks) -> Iterator[Flaw]:
    high, end = band.interval.high, marks.high
    if high is None:
        return
    if end is None or high < end:
        yield Flaw(kind="gap", band=band, other=None, low=high, high=high if end is None else end)
    elif band.interval.high_closed is False:
        yield Flaw(kind="point gap", band=band, other=None, low=high, high=high)


# ---------------------------------------------------------------- two neighbours


@positional
class _Bound(Frozen):
    """Where two neighbours meet, and whether it belongs to the upper of them."""

    value: Fraction
    upper_owns: bool


def _joint(below: Band, above: Band, convention: Convention) -> "_Bound | Flaw":
    """The bound of two neighbours, or what is wrong with it."""
    high, low = below.interval.high, above.interval.low
    if high is None or low is None or high > low:
        return _overlap(below, above)
    if high < low:
        if convention.step == low - high and below.interval.high_closed is not False:
            return _Bound(low, upper_owns=True)
        return Flaw(kind="gap", band=above, other=below, low=high, high=low)
    owner = _owner(below.interval, above.interval, convention)
    return (
        _Bound(low, owner) if isinstance(owner, bool) else Flaw(kind=owner, band=below, other=above, low=low, high=low)
    )


def _overlap(below: Band, above: Band) -> Flaw:
    low = above.interval.low if above.interval.low is not None else below.interval.low
    high = below.interval.high if below.interval.high is not None else above.interval.high
    zero = Fraction(0)
    first = low if low is not None else high if high is not None else zero
    return Flaw(kind="overlap", band=above, other=below, low=first, high=high if high is not None else first)


def _owner(below: Interval, above: Interval, convention: Convention) -> bool | FlawKind:
    """Whether a shared bound belongs to the upper band, or why that is open."""
    lower_says, upper_says = below.high_closed, above.low_closed
    if lower_says is False and upper_says is False:
        return "point gap"
    if lower_says is False or upper_says is False:
        return lower_says is False
    by_law = _by_law(below, above)
    if lower_says is not upper_says and not by_law:
        return upper_says is True
    if convention.lower_owns is not None:
        return convention.lower_owns
    if by_law:
        return "undecided below"
    return "point overlap" if lower_says else "undecided"


def _by_law(below: Interval, above: Interval) -> bool:
    """One of the two is an 以下 or 以上 that claims the bound by law, not by a bracket."""
    return (below.low is None and below.high_closed is None) or (above.high is None and above.low_closed is None)


def _graded(band: Band, below: "_Bound | Flaw | None", above: "_Bound | Flaw | None") -> GradeBand:
    interval = band.interval
    low = below.value if isinstance(below, _Bound) else interval.low
    high = above.value if isinstance(above, _Bound) else interval.high
    return GradeBand(
        label=band.label.text,
        low=low,
        high=high,
        low_closed=below.upper_owns if isinstance(below, _Bound) else True,
        high_closed=not above.upper_owns if isinstance(above, _Bound) else True,
        code=band.code,
        span=band.span,
    )
