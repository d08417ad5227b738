"""Marks by range: every value that can be measured has a rule that says its marks (E507), marks on a straight line
begin and end somewhere (E508), and marks for several things add up or do not (E621).

Where no rule sets them a line has full marks (LANGUAGE: F if none matches). That is meant after
`3次以上不得分`, and a slip where marks are given range by range and a range was left out.
"""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.cells import Cell, CellRule
from engine.language.checks.earning import adding_up, worth
from engine.language.checks.findings import finding, interval_words, number, quantity
from engine.language.checks.interpolation import resolved, straight_of
from engine.language.checks.items import full_of
from engine.language.checks.outline import Draft
from engine.language.checks.ranges import HUNDRED
from engine.language.checks.resolution import Resolution
from engine.language.syntax import (
    AlwaysTrigger,
    ConditionTrigger,
    FullMarks,
    Interpolation,
    Interval,
    Kind,
    NoMarks,
    RangeTrigger,
    Rule,
    Score,
    TargetTrigger,
    Unit,
)

BASES = (FullMarks, Score, NoMarks)
# The values each kind can take; a count has no values between whole numbers.
RANGES: dict[Kind, tuple[Fraction | None, Fraction | None]] = {
    Kind.RATE: (Fraction(0), Fraction(100)),
    Kind.SCORE: (Fraction(0), Fraction(100)),
    Kind.COUNT: (Fraction(0), None),
    Kind.DURATION: (Fraction(0), None),
}
_UNITS = {Kind.RATE: Unit.PERCENT, Kind.COUNT: Unit.TIME}


def ranges_are_complete(resolution: Resolution) -> Iterator[Diagnostic]:
    """E507: where marks are given range by range, or for one of two cases, nothing is left to full marks by silence."""
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        if cell is None or draft.unread or full_of(resolution, draft) is None:  # without points: E610
            continue
        if any(isinstance(r.rule.trigger, AlwaysTrigger) and isinstance(r.rule.effect, BASES) for r in cell.rules):
            continue  # 否则不得分 says the rest, whatever the other rules are about
        together = adding_up(cell, full_of(resolution, draft) or HUNDRED)
        if together is None:
            continue  # E621
        added = {cell.rules[n].measure for n in together}  # what is earned for each has marks for every number
        alone = [one for one in cell.rules if one.measure not in added]
        for measure in dict.fromkeys(ruled.measure for ruled in alone):
            rules = [_resolved(resolution, draft, cell, one) for one in alone if one.measure == measure]
            if all(isinstance(rule.effect, BASES) or _is_straight(rule) for rule in rules) and _gives(rules):
                kind = resolution.measures[measure].kind if measure in resolution.measures else None
                yield from _left_out(resolution, draft, rules, kind or Kind.NUMBER)


def marks_of_several_are_clear(resolution: Resolution) -> Iterator[Diagnostic]:
    """E621: 有制度得4分，有记录得3分, of 10 points: seven points for both, or one of the two?"""
    for draft in resolution.leaves:
        cell, full = resolution.cells.get(draft.path), full_of(resolution, draft)
        if cell is None or draft.unread or full is None or adding_up(cell, full) is not None:
            continue
        earning = [ruled.rule for ruled in cell.rules if isinstance(ruled.rule.effect, Score)]
        span, total = earning[0].span.to(earning[-1].span), number(worth(cell))
        yield finding(resolution.outline, "E621", span, draft=draft, name=draft.name, full=number(full), total=total)


def _resolved(resolution: Resolution, draft: Draft, cell: Cell, ruled: CellRule) -> Rule:
    return resolved(resolution.outline, draft, cell, ruled, full_of(resolution, draft) or HUNDRED)


def _is_straight(rule: Rule) -> bool:
    """Marks on a straight line with both ends; one without is reported by itself."""
    return isinstance(rule.effect, Interpolation) and rule.effect.at_low is not None and rule.effect.at_high is not None


def _gives(rules: list[Rule]) -> bool:
    """Some rule gives marks; where all only take them the rest has full marks, as it is meant."""
    return any(isinstance(rule.effect, FullMarks | Score) for rule in rules)


def straight_lines_have_ends(resolution: Resolution) -> Iterator[Diagnostic]:
    """E508: 按线性插值得分 goes from one value to another, and the ranges beside it say what these are worth."""
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        if cell is None or draft.unread:
            continue
        for ruled in cell.rules:
            if not isinstance(ruled.rule.effect, Interpolation):
                continue
            found = straight_of(resolution.outline, draft, cell, ruled, full_of(resolution, draft) or HUNDRED)
            interval, span = found.interval, ruled.rule.span
            if interval is None:
                case = "between" if isinstance(ruled.rule.trigger, AlwaysTrigger) else "range"
                yield finding(resolution.outline, "E508", span, draft=draft, case=case, name=draft.name)
            elif found.at_low is None or found.at_high is None:
                end = interval.low if found.at_low is None else interval.high
                yield finding(
                    resolution.outline,
                    "E508",
                    span,
                    draft=draft,
                    name=draft.name,
                    end=quantity(end or Fraction(0), interval.unit),
                )


def _left_out(resolution: Resolution, draft: Draft, rules: list[Rule], kind: Kind) -> Iterator[Diagnostic]:
    triggers = [rule.trigger for rule in rules]
    ranges = [trigger.interval for trigger in triggers if isinstance(trigger, RangeTrigger)]
    span, name = rules[0].span.to(rules[-1].span), draft.name
    if len(ranges) == len(triggers):
        gap, case = _gap(ranges, kind), "rest" if len(ranges) == 1 else ""
        if gap is not None:
            yield finding(resolution.outline, "E507", span, draft=draft, case=case, name=name, gap=interval_words(gap))
    elif all(isinstance(trigger, TargetTrigger) for trigger in triggers):
        met = {trigger.met for trigger in triggers if isinstance(trigger, TargetTrigger)}
        if len(met) == 1:
            case = "missed" if True in met else "met"
            yield finding(resolution.outline, "E507", span, draft=draft, case=case, name=name)
    elif all(isinstance(trigger, ConditionTrigger) for trigger in triggers) and not _refused(resolution, draft):
        yield finding(resolution.outline, "E507", span, draft=draft, case="condition", name=name)


def _refused(resolution: Resolution, draft: Draft) -> bool:
    """Another rule of the line says when there are no marks, or takes some."""
    cell = resolution.cells.get(draft.path)
    return cell is not None and any(not isinstance(ruled.rule.effect, FullMarks | Score) for ruled in cell.rules)


def _gap(ranges: list[Interval], kind: Kind) -> Interval | None:
    """The lowest values that no range holds, None where every value is held; no case at all may be left unsaid."""
    lowest, highest = RANGES.get(kind, (None, None))
    unit = _UNITS.get(kind, Unit.NUMBER)
    rising = sorted(ranges, key=lambda i: (i.low is not None, i.low or Fraction(0), i.low_closed is False))
    if lowest is None and rising[0].low is not None:
        return Interval(None, rising[0].low, unit=unit)
    end, closed = lowest, kind is Kind.COUNT  # up to where values are held, and whether that end is
    for interval in rising:
        if end is not None and (gap := _between(end, interval, unit, closed=closed)) is not None:
            return gap
        if interval.high is None:
            return None
        here = interval.high_closed is not False
        end, closed = max((end if end is not None else interval.high, closed), (interval.high, here))
    complete = end is not None and highest is not None and (end > highest or (end == highest and closed))
    behind = end + 1 if end is not None and closed and unit is Unit.TIME else end  # after 2 cases come 3
    return None if complete else Interval(behind, highest, unit=unit)


def _between(end: Fraction, interval: Interval, unit: Unit, *, closed: bool) -> Interval | None:
    """What no range holds between the end of one and the beginning of the next; of cases the numbers in between."""
    low, held = interval.low, interval.low_closed is not False
    if low is None:
        return None
    if unit is Unit.TIME:
        first, last = end + closed, low - held
        return Interval(first, last, True, True, unit) if first <= last else None
    return Interval(end, low, unit=unit) if low > end or (low == end and not closed and not held) else None
