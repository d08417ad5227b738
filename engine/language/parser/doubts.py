"""What the rules of a cell say of each other: where one ends as another begins, and what they leave open (E213)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import inf
from operator import itemgetter

from engine.language import syntax as s
from engine.language.parser.building.worth import taken_or_given
from engine.language.seldom import Seldom
from engine.language.text import in_english
from engine.source import Source, Span

# Where it stands, and both sentences to choose from.
Doubt = tuple[Span, dict[str, str]]


def doubts(sentences: Sequence[s.Sentence], source: Source) -> Iterator[Doubt]:
    """What must be asked back of a cell whose sentences have all been read."""
    for ask in (_once_or_each, _range_or_cap, _worth_alone):
        yield from ask(sentences, source)


def _once_or_each(sentences: Sequence[s.Sentence], source: Source) -> Iterator[Doubt]:
    """E213: 应用1项得1分，2项以上得2分: one point for one, or for each?"""
    marks, tiers = _tiers(sentences)
    for rule in marks if tiers else ():
        said = source.text[rule.trigger.span.start : rule.trigger.span.end]
        if isinstance(rule.trigger, s.CountTrigger) and not _EACH.search(said):
            rest = source.text[rule.effect.span.start : rule.effect.span.end]
            yield rule.trigger.span, {"first": f"每{said}{rest}", "second": f"等于1次{rest}"}


def _tiers(sentences: Sequence[s.Sentence]) -> tuple[list[s.Rule], list[s.Rule]]:
    """The rules that give marks, and those of them for a range of cases."""
    marks = [x for x in sentences if isinstance(x, s.Rule) and isinstance(x.effect, s.Score | s.NoMarks)]
    return marks, [x for x in marks if isinstance(x.trigger, s.RangeTrigger) and x.trigger.interval.unit is s.Unit.TIME]


def one_case(sentences: list[s.Sentence], source: Source) -> list[s.Sentence]:
    """The rules of a cell; where more cases give less (0次得10分，1次得5分，2次以上不得分), one case is just one."""
    marks, tiers = _tiers(sentences)
    found = sentences
    for rule in marks if tiers else ():
        count = rule.trigger
        if not isinstance(count, s.CountTrigger) or _EACH.search(source.text[count.span.start : count.span.end]):
            continue
        if any(_gives_less(tier, rule, count.per) for tier in tiers):
            once = s.Interval(count.per, count.per, True, True, s.Unit.TIME, span=count.span)
            alone = replace(rule, trigger=s.RangeTrigger(once, span=count.span))
            found = [alone if x is rule else x for x in found]
    return found


def half_between(sentences: list[s.Sentence]) -> list[s.Sentence]:
    """The rules of a cell; half marks within 8 hours are those behind the 4 hours that give full marks."""
    marks = [x for x in sentences if isinstance(x, s.Rule) and isinstance(x.effect, s.FullMarks | s.Score)]
    full = [x.trigger.interval for x in marks if isinstance(x.trigger, s.RangeTrigger)]
    return [_outside(x, full) for x in sentences]


def nothing_taken(sentences: list[s.Sentence], source: Source) -> list[s.Sentence]:
    """The rules of a cell; 0 before ranges that take ever more points (2-5 years: 0; 6-8: -2; 9+: -4) takes nothing."""
    rules = [x for x in sentences if isinstance(x, s.Rule) and isinstance(x.trigger, s.RangeTrigger)]
    if len(rules) < 3 or len(rules) < len(sentences):
        return sentences
    taken = [_points_taken(x, source) for x in sorted(rules, key=_begins)]
    points = [amount for amount in taken if amount is not None]
    rising = sorted(set(points))
    if len(points) < len(rules) or rising[:1] != [0] or points not in (rising, rising[::-1]):
        return sentences
    nothing = s.Quantity(Fraction(0), s.Unit.POINT)
    return [
        replace(x, effect=s.Deduct(nothing, span=x.effect.span)) if isinstance(x.effect, s.NoMarks) else x
        for x in rules
    ]


def _begins(rule: s.Rule) -> Fraction:
    trigger = rule.trigger
    return (trigger.interval.low if isinstance(trigger, s.RangeTrigger) else None) or Fraction(0)


def _points_taken(rule: s.Rule, source: Source) -> Fraction | None:
    """The points that a rule takes; a 0 in figures takes none, other effects have no such number."""
    if isinstance(rule.effect, s.Deduct) and rule.effect.most is None:
        return rule.effect.points.amount
    in_figures = isinstance(rule.effect, s.NoMarks) and source.text.startswith("0", rule.effect.span.start)
    return Fraction(0) if in_figures else None


def _outside(sentence: s.Sentence, full: list[s.Interval]) -> s.Sentence:
    """A rule that takes part of the marks in a range, which ends where another range gives them."""
    if not isinstance(sentence, s.Rule) or not isinstance(sentence.effect, s.Share):
        return sentence
    if not isinstance(sentence.trigger, s.RangeTrigger):
        return sentence
    interval = sentence.trigger.interval
    for other in full:
        interval = _behind(interval, other)
    return replace(sentence, trigger=replace(sentence.trigger, interval=interval))


def _behind(wide: s.Interval, narrow: s.Interval) -> s.Interval:
    """What of the wide range lies outside a narrower one that is open to the same side."""
    if wide.unit is not narrow.unit:
        return wide
    if wide.low is None and narrow.low is None and wide.high and narrow.high and narrow.high < wide.high:
        return replace(wide, low=narrow.high, low_closed=not narrow.high_closed)
    if wide.high is None and narrow.high is None and wide.low and narrow.low and narrow.low > wide.low:
        return replace(wide, high=narrow.low, high_closed=not narrow.low_closed)
    return wide


def _gives_less(tier: s.Rule, rule: s.Rule, cases: Fraction) -> bool:
    """Whether a tier of more cases than these gives fewer points than the rule."""
    points = [x.effect.points.amount if isinstance(x.effect, s.Score) else Fraction(0) for x in (tier, rule)]
    low = tier.trigger.interval.low if isinstance(tier.trigger, s.RangeTrigger) else None
    return low is not None and low >= cases and points[0] < points[1]


_BUT = Seldom(r"[,;]\s*but\b[^,;]*\d\s*$", re.IGNORECASE)


def _range_or_cap(sentences: Sequence[s.Sentence], source: Source) -> Iterator[Doubt]:
    """E213: deduct 2 if more than 2, but at most 4: four points at most, or up to four of what is counted?"""
    for rule, cap in pairwise(sentences):
        if not (isinstance(rule, s.Rule) and isinstance(cap, s.Cap) and isinstance(rule.trigger, s.RangeTrigger)):
            continue
        behind = source.text[rule.span.end : cap.span.end]
        if (
            rule.trigger.interval.high is None
            and rule.effect.span.start < rule.trigger.span.start
            and _BUT.match(behind)
        ):
            words = source.text[rule.span.start : rule.span.end]
            most = f"at most {cap.points}"
            yield cap.span, {"first": f"{words} but {most}", "second": f"{words}, {most} points"}


def _worth_alone(sentences: Sequence[s.Sentence], source: Source) -> Iterator[Doubt]:
    """E213: 合格率98%以上10分, 4 complaints or more: 5 points, the only mark of its cell: given or taken?"""
    marks = [x for x in sentences if isinstance(x, s.Rule) and isinstance(x.effect, _MARKS)]
    said = source.text[marks[0].span.start : marks[-1].span.end] if marks else ""
    given = _best_without(marks) or (len(marks) > 1 and in_english(said) and taken_or_given(said) is s.Add)
    for rule in [] if given else marks:
        effect = source.text[rule.effect.span.start : rule.effect.span.end]
        when = source.text[rule.span.start : rule.effect.span.start]
        if not isinstance(rule.effect, s.Score) or not re.match(_POINTS_ALONE, effect, re.IGNORECASE):
            continue
        if "分" in effect and len(marks) == 1:
            yield rule.span, {"first": f"{when}得{effect}", "second": f"{when}扣{effect}"}
        dash = re.search(_DASH, when)
        counted = not isinstance(rule.trigger, s.RangeTrigger) or _counts_by_one(rule.trigger.interval)
        # 97% or more: 30; compliant: 10, partly: 5, not: 0. With less beside it, a number alone may be anything.
        lone = effect[-1:].isdigit() and len(marks) < (3 if isinstance(rule.trigger, s.ConditionTrigger) else 2)
        fall = isinstance(rule.trigger, s.RangeTrigger) and not dash
        alone_late = (
            len(marks) == 1 and in_english(when) and re.search(r"\b(?:late|delay|overdue)", when, re.IGNORECASE)
        )
        if "分" not in effect and (alone_late or _shadows(rule, marks)):
            yield rule.span, _taken_or_given(rule, when, source.text[rule.effect.span.start : rule.span.end])
            continue
        if "分" not in effect and (lone or ((dash or counted) and not _beside_others(rule, marks, fall=fall))):
            said = when[: dash.start()] if dash else when
            yield rule.span, _taken_or_given(rule, said, source.text[rule.effect.span.start : rule.span.end])


def _best_without(marks: list[s.Rule]) -> bool:
    """No errors: 10 points; 1 to 2 errors: 5 points: points that are most where nothing is wrong are given."""
    nothing_wrong = [
        isinstance(x.trigger, s.ConditionTrigger) and re.match(r"(?i:zero|nil)\b", x.trigger.text.text) for x in marks
    ]
    if len(marks) == 1 and all(nothing_wrong):  # zero absences: 10 points
        return True
    worth = {id(x): x.effect.points.amount if isinstance(x.effect, s.Score) else 0 for x in marks}
    return any(
        _WITHOUT.match(x.trigger.text.text)
        if isinstance(x.trigger, s.ConditionTrigger)
        else isinstance(x.trigger, s.RangeTrigger) and x.trigger.interval.high == 0
        for x in marks
        if len(marks) > 1 and all(worth[id(x)] > worth[id(other)] for other in marks if other is not x)
    )


def _shadows(rule: s.Rule, marks: list[s.Rule]) -> bool:
    """Below 85%: 3 points; below 75%: 6 points: of two scores the second would never be given."""
    behind = [x for x in marks[marks.index(rule) + 1 :] if isinstance(x.effect, s.Score)]
    ranges = [x.trigger.interval for x in (rule, *behind) if isinstance(x.trigger, s.RangeTrigger)]
    if not isinstance(rule.trigger, s.RangeTrigger) or len(ranges) < 2:
        return False
    wide, later = ranges[0], ranges[1:]
    if wide.low is None:
        return any(x.high is not None and wide.high is not None and x.high < wide.high for x in later)
    return wide.high is None and any(x.low is not None and x.low > wide.low for x in later)


_WITHOUT = Seldom(r"(?:no|zero|nil)\b", re.IGNORECASE)


def _counts_by_one(interval: s.Interval) -> bool:
    """Over 3 complaints; 2: not what is measured in per cent or hours."""
    exact = interval.unit is s.Unit.NUMBER and interval.low is not None and interval.low == interval.high
    return exact or interval.unit is s.Unit.TIME


def _taken_or_given(rule: s.Rule, when: str, effect: str) -> dict[str, str]:
    """Over 3 complaints: deduct 5 points, or score 5 points; 2 complaints are deducted for by twos."""
    if not when:  # 5 points if there are more than 3 complaints
        effect = f"{effect[:1].lower()}{effect[1:]}"
        return {"first": f"deduct {effect}", "second": f"score {effect}"}
    if isinstance(rule.trigger, s.ConditionTrigger):
        asked = rule.trigger.text.text
        return {"first": f"deduct {effect} if {asked}", "second": f"score {effect} if {asked}"}
    when = when.rstrip(" :=")
    interval = rule.trigger.interval if isinstance(rule.trigger, s.RangeTrigger) else None
    if interval and interval.low and interval.low == interval.high:
        return {"first": f"deduct {effect} per {when}", "second": f"score {effect} if at least {when}"}
    return {"first": f"{when}: deduct {effect}", "second": f"{when}: score {effect}"}


# Compiled by `re` when first needed, as few cells have points without a verb.
_POINTS_ALONE = r"\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
_DASH = r"\s*[-–—]\s*$"


def _beside_others(rule: s.Rule, marks: list[s.Rule], *, fall: bool) -> bool:
    """Whether marks beside it, no marks among them, say that its points are given.

    `fall`: only where they fall as the number rises. Over 2 complaints: 5 points, over 5 complaints: 10 points, none:
    no marks, may well be points that are taken.
    """
    if not any(isinstance(other.effect, s.NoMarks | s.FullMarks) for other in marks if other is not rule):
        return False
    ranges = [(x.trigger.interval.low or 0, x.effect) for x in marks if isinstance(x.trigger, s.RangeTrigger)]
    points = [
        e.points.amount if isinstance(e, s.Score) else 0 if isinstance(e, s.NoMarks) else inf
        for _, e in sorted(ranges, key=itemgetter(0))
    ]
    return not fall or points == sorted(set(points), reverse=True)


_MARKS = s.Score | s.FullMarks | s.NoMarks
_EACH = Seldom(r"每|\b(?:per|each|every)\b", re.IGNORECASE)
