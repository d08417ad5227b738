"""A value's place among those of all units: the one operation that looks at more than one cell.

OECD, Handbook on constructing composite indicators, 5: rankings (5.1), standardisation (5.2), min-max (5.3).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.evaluation.arithmetic import ZERO, clamped, square_root, variance
from engine.evaluation.cells import Cell
from engine.evaluation.figures import VALUE, Figure, without
from engine.evaluation.result import Reason, Spread, State
from engine.language.policy import Indicator
from engine.language.syntax import Placing

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The values of the units of one segment, rising, with what is said of them all."""

    values: tuple[Fraction, ...]
    lowest: str
    highest: str
    mean: Fraction
    deviation: Fraction | None


def placed(indicator: Indicator, cells: Sequence[Cell], column: Sequence[Figure]) -> tuple[Figure, ...]:
    """Every cell against the units of its segment; subtotals and the whole are placed among them, they are none."""
    columns = max((len(cell.unit or ()) for cell in cells), default=0)
    members: dict[tuple[tuple[str, str], ...], list[tuple[Fraction, str]]] = {}
    for cell, figure in zip(cells, column, strict=True):
        if figure.is_value and len(cell.unit or ()) == columns:
            members.setdefault(cell.segment, []).append((figure.number, "/".join(cell.unit or ())))
    groups = {segment: _group(indicator, pairs) for segment, pairs in members.items()}
    return tuple(
        _place(indicator, figure, groups.get(cell.segment)) if figure.is_value else figure
        for cell, figure in zip(cells, column, strict=True)
    )


def _group(indicator: Indicator, members: Sequence[tuple[Fraction, str]]) -> _Group:
    values = tuple(sorted(value for value, _ in members))
    lowest, highest = min(members), min(members, key=lambda member: (-member[0], member[1]))
    sample = indicator.over_units is Placing.SAMPLE_Z_SCORE
    standard = sample or indicator.over_units is Placing.Z_SCORE
    return _Group(
        values=values,
        lowest=lowest[1],
        highest=highest[1],
        mean=sum(values, ZERO) / len(values),
        deviation=square_root(variance(values, sample=sample)) if standard and values[0] != values[-1] else None,
    )


def _place(indicator: Indicator, figure: Figure, group: _Group | None) -> Figure:
    alike = group is None or (group.values[0] == group.values[-1] and indicator.over_units not in _SHARES)
    if group is None or indicator.over_units is None or alike:
        return without(State.NOT_RATED, Reason.NO_SPREAD, indicator.path)
    if indicator.over_units in _SHARES and min(group.values[0], figure.number) <= 0:
        return without(State.NOT_RATED, Reason.NO_SHARE, indicator.path)
    below = bisect_left(group.values, figure.number)
    spread = Spread(
        count=len(group.values),
        low=group.values[0],
        high=group.values[-1],
        lowest=group.lowest,
        highest=group.highest,
        mean=group.mean,
        deviation=group.deviation,
        below=below,
        equal=bisect_right(group.values, figure.number) - below,
    )
    return _PLACES[indicator.over_units](indicator, figure, spread)._replace(spread=spread)


def _ends(indicator: Indicator) -> tuple[Fraction, Fraction]:
    """The scores of the worst and of the best unit."""
    return indicator.over_units_to or (ZERO, indicator.full)


def _min_max(indicator: Indicator, figure: Figure, spread: Spread) -> Figure:
    """S = c + (x - min)(d - c)/(max - min) over the units; lower is better: (max - x)."""
    worst, best = _ends(indicator)
    x = clamped(figure.number, spread.low, spread.high)
    part = (spread.high - x if indicator.lower_is_better else x - spread.low) / (spread.high - spread.low)
    return Figure(VALUE, worst + part * (best - worst), figure.inexact)


def _z_score(indicator: Indicator, figure: Figure, spread: Spread) -> Figure:
    """Z = (x - mean)/σ with σ² = Σ(x - mean)²/n: the units are all there are; where they are a sample, /(n - 1)."""
    assert spread.deviation is not None  # noqa: S101 - a group for z-scores has one
    z = (figure.number - spread.mean) / spread.deviation
    return Figure(value=-z if indicator.lower_is_better else z, inexact=True)


def _worse(indicator: Indicator, spread: Spread) -> int:
    """How many units are worse."""
    return spread.count - spread.below - spread.equal if indicator.lower_is_better else spread.below


def _percentile(indicator: Indicator, figure: Figure, spread: Spread) -> Figure:
    """P = 100 (units that are worse + half of those that are equal, itself among them)/n: the mid-rank percentile."""
    return Figure(
        VALUE, HUNDRED * (_worse(indicator, spread) + Fraction(spread.equal, 2)) / spread.count, figure.inexact
    )


def _rank(indicator: Indicator, figure: Figure, spread: Spread) -> Figure:
    """S = c + r(d - c)/(n - 1), r: how many units are worse and half of the others that are equal (mean ranks)."""
    worst, best = _ends(indicator)
    last = Fraction(spread.count - 1)
    steps = clamped(_worse(indicator, spread) + Fraction(max(spread.equal - 1, 0), 2), ZERO, last)
    return Figure(VALUE, worst + steps / last * (best - worst), figure.inexact)


def _share_of_best(indicator: Indicator, figure: Figure, spread: Spread) -> Figure:
    """S = x ÷ max × c; lower is better: min ÷ x × c. The best unit has c, the full marks."""
    _, best = _ends(indicator)
    x = clamped(figure.number, spread.low, spread.high)
    return Figure(VALUE, (spread.low / x if indicator.lower_is_better else x / spread.high) * best, figure.inexact)


def _share_of_mean(indicator: Indicator, figure: Figure, spread: Spread) -> Figure:
    """S = x ÷ mean × c; lower is better: mean ÷ x × c. More than c is better than the mean."""
    _, mean = _ends(indicator)
    x = figure.number
    return Figure(VALUE, (spread.mean / x if indicator.lower_is_better else x / spread.mean) * mean, figure.inexact)


_SHARES = (Placing.BEST_SHARE, Placing.MEAN_SHARE)
_PLACES: Mapping[Placing, Callable[[Indicator, Figure, Spread], Figure]] = {
    Placing.MIN_MAX: _min_max,
    Placing.Z_SCORE: _z_score,
    Placing.SAMPLE_Z_SCORE: _z_score,
    Placing.PERCENTILE: _percentile,
    Placing.RANK: _rank,
    Placing.BEST_SHARE: _share_of_best,
    Placing.MEAN_SHARE: _share_of_mean,
}
