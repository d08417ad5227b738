"""Marks on a straight line between two bounds: from where to where, and what both ends are worth.

95%以上得满分，85%以下不得分，其间按线性插值得分: the ranges beside the line say what its ends are worth.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from engine.language.checks.cells import Cell, CellRule
from engine.language.checks.dates import target_of
from engine.language.checks.outline import Draft, Outline
from engine.language.syntax import (
    AlwaysTrigger,
    FullMarks,
    Interpolation,
    Interval,
    NoMarks,
    RangeTrigger,
    Rule,
    Score,
    TargetTrigger,
    Trigger,
)
from engine.values import Frozen, named

_ZERO = Fraction(0)


@named
class Straight(Frozen):
    """The range in which marks lie on a straight line, None where the text does not say one, and the points at its
    lower and its upper end, None where no rule beside it says them.
    """

    interval: Interval | None
    at_low: Fraction | None = None
    at_high: Fraction | None = None


@named
class _Rung(Frozen):
    """A range beside the line, and its points."""

    interval: Interval
    points: Fraction


def straight_of(outline: Outline, draft: Draft, cell: Cell, ruled: CellRule, full: Fraction) -> Straight:
    """The straight line that a rule of a cell speaks of, in a line of `full` points."""
    others = [one.rule for one in cell.rules if one.measure == ruled.measure]
    rungs = [rung for rule in others if (rung := _rung(outline, draft, rule, full)) is not None]
    interval = _between(ruled.rule.trigger, rungs)
    if interval is None or interval.low is None or interval.high is None or interval.low >= interval.high:
        return Straight(interval=None)
    beside = [rung for rung in rungs if rung.interval.unit is interval.unit]
    low, high = _at_low(interval.low, beside), _at_high(interval.high, beside)
    if (low is None) is not (high is None):  # 80%-95%按线性插值得分，其余不得分 says one end only
        rest = _rest(others, full)
        low, high = rest if low is None else low, rest if high is None else high
    return Straight(interval=interval, at_low=low, at_high=high)


def resolved(outline: Outline, draft: Draft, cell: Cell, ruled: CellRule, full: Fraction) -> Rule:
    """The rule with its range and the points at both ends, where it gives marks on a straight line that has them."""
    if not isinstance(ruled.rule.effect, Interpolation):
        return ruled.rule
    found = straight_of(outline, draft, cell, ruled, full)
    if found.interval is None:
        return ruled.rule
    trigger = RangeTrigger(found.interval, span=ruled.rule.trigger.span)
    effect = replace(ruled.rule.effect, at_low=found.at_low, at_high=found.at_high)
    return replace(ruled.rule, trigger=trigger, effect=effect)


def _rung(outline: Outline, draft: Draft, rule: Rule, full: Fraction) -> _Rung | None:
    """A rule that gives marks in a range; a target that is met is one bound."""
    points = _points(rule, full)
    if points is None:
        return None
    if isinstance(rule.trigger, RangeTrigger):
        return _Rung(interval=rule.trigger.interval, points=points)
    values = target_of(outline, draft) if isinstance(rule.trigger, TargetTrigger) and rule.trigger.met else ()
    if len(values) != 1:
        return None
    aim = values[0].amount
    return _Rung(interval=Interval(aim, aim, True, True, values[0].unit), points=points)


def _points(rule: Rule, full: Fraction) -> Fraction | None:
    match rule.effect:
        case FullMarks():
            return full
        case NoMarks():
            return _ZERO
        case Score(points=points):
            return points.amount
        case _:
            return None


def _rest(rules: Sequence[Rule], full: Fraction) -> Fraction | None:
    """What all other values score."""
    return next((_points(rule, full) for rule in rules if isinstance(rule.trigger, AlwaysTrigger)), None)


def _between(trigger: Trigger, rungs: Sequence[_Rung]) -> Interval | None:
    """The range the rule names; else the one that the others leave between them, where they leave one."""
    if isinstance(trigger, RangeTrigger):
        return trigger.interval
    if not isinstance(trigger, AlwaysTrigger) or len({rung.interval.unit for rung in rungs}) != 1:
        return None
    rising = sorted((rung.interval for rung in rungs), key=lambda i: (i.low is not None, i.low or _ZERO))
    gaps = [
        Interval(below.high, above.low, True, True, above.unit)
        for below, above in pairwise(rising)
        if below.high is not None and above.low is not None and below.high < above.low
    ]
    return gaps[0] if len(gaps) == 1 else None


def _at_low(bound: Fraction, rungs: Sequence[_Rung]) -> Fraction | None:
    return next((rung.points for rung in rungs if rung.interval.high == bound), None)


def _at_high(bound: Fraction, rungs: Sequence[_Rung]) -> Fraction | None:
    return next((rung.points for rung in rungs if rung.interval.low == bound), None)
