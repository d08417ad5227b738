"""Deductions by range, one range within another: the larger deduction instead of the smaller, or beside it (E213)."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import Both, both, finding, number
from engine.language.checks.outline import Outline
from engine.language.checks.resolution import Resolution
from engine.language.syntax import Deduct, Interval, RangeTrigger, Rule, Unit

_BESIDE = re.compile(r"再|另|加扣|\b(?:also|further|another|additional)", re.IGNORECASE)


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
    if not (isinstance(one.effect, Deduct) and isinstance(two.effect, Deduct)):
        return None
    if not (isinstance(one.trigger, RangeTrigger) and isinstance(two.trigger, RangeTrigger)):
        return None
    a, b = one.trigger.interval, two.trigger.interval
    if a.low is None and b.low is None and a.high is not None and b.high is not None and a.high != b.high:
        return (one, two) if a.high > b.high else (two, one)
    if a.high is None and b.high is None and a.low is not None and b.low is not None and a.low != b.low:
        return (one, two) if a.low < b.low else (two, one)
    return None


def _says_beside(outline: Outline, rule: Rule) -> bool:
    return _BESIDE.search(outline.source.text[rule.span.start : rule.effect.span.end]) is not None


def _readings(wide: Rule, narrow: Rule) -> tuple[Both, Both]:
    """Both as ranges side by side: the narrower costs its own points, or those of the wider as well."""
    small, large = _points(wide), _points(narrow)
    return _written(wide, narrow, small, large), _written(wide, narrow, small, small + large)


def _points(rule: Rule) -> Fraction:
    return rule.effect.points.amount if isinstance(rule.effect, Deduct) else Fraction(0)


def _written(wide: Rule, narrow: Rule, between: Fraction, beyond: Fraction) -> Both:
    outer, inner = _interval(wide), _interval(narrow)
    below = outer.low is None
    near, far = (outer.high, inner.high) if below else (outer.low, inner.low)
    near_closed, far_closed = (
        (outer.high_closed, not inner.high_closed) if below else (outer.low_closed, not inner.low_closed)
    )
    unit = "%" if outer.unit is Unit.PERCENT else "次" if outer.unit is Unit.TIME else ""
    near_words, far_words = f"{number(near or Fraction(0))}{unit}", f"{number(far or Fraction(0))}{unit}"
    low, high = (far_words, near_words) if below else (near_words, far_words)
    low_closed, high_closed = (far_closed, near_closed) if below else (near_closed, far_closed)
    side = ("小于" if far_closed else "小于等于") if below else ("大于" if far_closed else "大于等于")
    e_side = ("less than" if far_closed else "at most") if below else ("more than" if far_closed else "at least")
    zh, en = (low, high, far_words), (low.rstrip("次"), high.rstrip("次"), far_words.rstrip("次"))
    return both(
        f"{zh[0]}{'≤' if low_closed else '＜'}实测值{'≤' if high_closed else '＜'}{zh[1]}扣{number(between)}分，"
        f"{side}{zh[2]}扣{number(beyond)}分",
        f"deduct {number(between)} if {'at least' if low_closed else 'more than'} {en[0]} but "
        f"{'at most' if high_closed else 'less than'} {en[1]}, deduct {number(beyond)} if {e_side} {en[2]}",
    )


def _interval(rule: Rule) -> Interval:
    return rule.trigger.interval if isinstance(rule.trigger, RangeTrigger) else Interval(None, None)
