"""Deductions by range, one range within another: the larger deduction instead of the smaller, or beside it (E213)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import Both, both, finding
from engine.language.checks.outline import Outline
from engine.language.checks.resolution import Resolution
from engine.language.seldom import Seldom
from engine.language.syntax import Deduct, Interval, Quantity, RangeTrigger, Rule, Unit

_BESIDE = Seldom(r"再|另|加扣|\b(?:also|further|another|additional)", re.IGNORECASE)


def tiers_are_clear(resolution: Resolution) -> Iterator[Diagnostic]:
    """E213: 低于90%扣2分，低于80%扣5分: at 75 % five points, or seven?"""
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        if cell is None or draft.unread:
            continue
        for one, two in combinations(cell.rules, 2):
            pair = _nested(one.rule, two.rule) if one.measure == two.measure else None
            if pair is not None and not any(_says_beside(resolution.outline, rule) for rule in pair):
                wide, narrow = pair
                first, second = _readings(wide, narrow)
                span = two.rule.span
                yield finding(resolution.outline, "E213", span, draft=draft, first=first, second=second)


def _nested(one: Rule, two: Rule) -> tuple[Rule, Rule] | None:
    """The rule of the wider and of the narrower range, where both deduct below, or above, a bound."""
    if not (_is_fixed(one) and _is_fixed(two)):
        return None
    if not (isinstance(one.trigger, RangeTrigger) and isinstance(two.trigger, RangeTrigger)):
        return None
    a, b = one.trigger.interval, two.trigger.interval
    if a.low is None and b.low is None and a.high is not None and b.high is not None and a.high != b.high:
        return (one, two) if a.high > b.high else (two, one)
    if a.high is None and b.high is None and a.low is not None and b.low is not None and a.low != b.low:
        return (one, two) if a.low < b.low else (two, one)
    return None


def _is_fixed(rule: Rule) -> bool:
    return isinstance(rule.effect, Deduct) and rule.effect.most is None


def _says_beside(outline: Outline, rule: Rule) -> bool:
    return _BESIDE.search(outline.source.text[rule.span.start : rule.effect.span.end]) is not None


def _readings(wide: Rule, narrow: Rule) -> tuple[Both, Both]:
    """Both as ranges side by side: the narrower costs its own points, or those of the wider as well."""
    between = replace(wide, trigger=RangeTrigger(_between(_interval(wide), _interval(narrow))))
    added = _points(wide).amount + _points(narrow).amount
    beside = replace(narrow, effect=Deduct(replace(_points(narrow), amount=added)))
    return _written(between, narrow), _written(between, beside)


def _between(wide: Interval, narrow: Interval) -> Interval:
    """What is left of the wider range beside the narrower."""
    if wide.low is None:
        return replace(wide, low=narrow.high, low_closed=_other(narrow.high_closed))
    return replace(wide, high=narrow.low, high_closed=_other(narrow.low_closed))


def _other(closed: bool | None) -> bool | None:
    return None if closed is None else not closed


def _points(rule: Rule) -> Quantity:
    return rule.effect.points if isinstance(rule.effect, Deduct) else Quantity(Fraction(0), Unit.POINT)


def _written(one: Rule, two: Rule) -> Both:
    """The two rules as they are to be written."""
    from engine.language.formatter import format_cell  # only a refused policy needs it

    return both(format_cell((one, two), "zh"), format_cell((one, two), "en"))


def _interval(rule: Rule) -> Interval:
    return rule.trigger.interval if isinstance(rule.trigger, RangeTrigger) else Interval(None, None)
