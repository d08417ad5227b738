"""Rules: one trigger and one effect, a subject before them, bounds behind them."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from engine.language import syntax as s
from engine.language.parser.building import english
from engine.language.parser.building.counts import (
    cases,
    classes,
    count,
    count_one,
    counted,
)
from engine.language.parser.building.intervals import UNITS, is_figure, one_sided, spelt_unit
from engine.language.parser.building.parts import (
    Builders,
    Misplaced,
    Parts,
    Where,
    are_several,
    first,
    label_of,
    number,
    span_of,
    subject_of,
    tokens,
)
from engine.language.parser.building.steps import e_side, side_of, step_from, stepped, stepwise
from engine.language.parser.building.subjects import Required, condition, subject, subject_for
from engine.language.parser.building.worth import either_way
from engine.language.seldom import Seldom


def _points(parts: Parts, where: Where) -> s.Quantity:
    unit = next((UNITS[p.type] for p in tokens(parts, "POINTS", "PCT", "PP")), s.Unit.POINT)
    return s.Quantity(number(tokens(parts, "NUM", "CNUM")[0]), unit, span=where.span)


_STATED = ("NUM", "CNUM", "NUM_FROM", "NUM_OFF", "NUM_ON")


def _bare_points(parts: Parts, where: Where) -> s.Quantity:
    stated = tokens(parts, *_STATED)[0]
    unit = s.Unit.PERCENT if tokens(parts, "PCT") else s.Unit.POINT
    return s.Quantity(number(stated), unit, span=where.span)


_HALF = Seldom(r"\bhalf\b|一半", re.IGNORECASE)


def _rule(parts: Parts, where: Where) -> list[s.Sentence]:
    parts = stepwise(english.bounded(english.whole(parts, where), where), where)
    if first(parts, s.Share) and first(parts, s.CountTrigger) and _HALF.search(where.words):
        raise Misplaced(where.span, "E201", text=where.words)  # half of what: of each thing's marks, or of all?
    trigger = next(p for p in parts if isinstance(p, s.Trigger))
    name, trigger = english.subject_and_trigger(*subject_for(trigger, parts, where), where)
    return _with_bounds(trigger, name, parts, where)


def _otherwise(parts: Parts, where: Where) -> list[s.Sentence]:
    """否则不得分: after the rules that set the marks, the marks of all other cases."""
    effect = next(p for p in either_way(parts, where) if isinstance(p, s.Effect))
    if not isinstance(effect, s.FullMarks | s.NoMarks | s.Score):
        raise Misplaced(where.span, "E201", "otherwise", text=where.words)
    return [s.Rule(s.AlwaysTrigger(span=where.span), effect, span=where.span)]


def _condition_rule(parts: Parts, where: Where) -> list[s.Sentence]:
    bare = first(parts, s.Effect) is None
    parts = either_way(parts, where)
    trigger = condition(parts, where, first(parts, s.Effect), bare=bare)
    return _with_bounds(trigger, None, parts, where)


def _with_bounds(trigger: s.Trigger, subject: s.Name | None, parts: Parts, where: Where) -> list[s.Sentence]:
    effect = next(p for p in parts if isinstance(p, s.Effect))
    counting = isinstance(trigger, s.StepTrigger | s.CountTrigger)
    each = bool(tokens(parts, "EACH_SIGN")) or (bool(tokens(parts, "EVERY")) and counting)
    bounds = [p for p in parts if isinstance(p, s.Cap | s.PeriodCap | s.PartSteps | s.MayExceed)]
    target = [p for p in parts if isinstance(p, s.Target)]
    return [*target, s.Rule(trigger, effect, subject, each, span=where.span), *bounds]


def _per_rule(parts: Parts, where: Where) -> list[s.Sentence]:
    """扣2分/次, 未及时响应扣1分/次: a count of the indicator or of the subject before it."""
    inner: Parts = first(parts, list)
    return _rule([*parts, *inner], where)


def _per(parts: Parts, where: Where) -> list[Any]:
    points = first(parts, s.Quantity) or _bare_points(tokens(parts, "NUM"), where)
    noun = str(tokens(parts, "TIMES", "WORD")[0])
    kind = s.Add if tokens(parts, "ADD", "GIVEN") else s.Deduct
    return [s.CountTrigger(Fraction(1), noun, span=where.span), kind(points, span=where.span)]


def _always(parts: Parts, where: Where) -> list[s.Sentence]:
    shared = s.Interpolation if tokens(parts, "LINEAR") else s.Proportion
    effects = [p if isinstance(p, s.Effect) else shared(span=where.span) for p in parts[:1]]
    return _with_bounds(s.AlwaysTrigger(span=where.span), None, [*effects, *parts[1:]], where)


def _size(parts: Parts, where: Where) -> s.Quantity:
    amount = first(parts, Fraction)
    return s.Quantity(Fraction(1) if amount is None else amount, first(parts, s.Unit), span=where.span)


def _duration(parts: Parts, _: Where) -> tuple[s.Unit]:
    return (spelt_unit(parts[0]),)


def _late(parts: Parts, where: Where) -> s.LateTrigger:
    (unit,) = first(parts, tuple) or (None,)
    unit = None if unit is s.Unit.TIME else unit
    amount = first(parts, Fraction)
    return s.LateTrigger(
        unit, Fraction(1) if amount is None else amount, bool(tokens(parts, "STARTED", "OR_PART")), span=where.span
    )


def _aim(parts: Parts, where: Where) -> s.TargetTrigger:
    kind = parts[0].type
    side = (
        s.Side.HIGH
        if kind == "OVER_AIM"
        else s.Side.LOW
        if re.search("低于|不及|未及|below|under", str(parts[0]))
        else None
    )
    return s.TargetTrigger(kind == "MET", side, span=where.span)


def _trigger_only(parts: Parts, _: Where) -> s.Trigger:
    return next(p for p in parts if isinstance(p, s.Trigger))


def _condition(parts: Parts, where: Where) -> s.ConditionTrigger:
    return s.ConditionTrigger(subject_of(tokens(parts, "WORD", "E_LATE", "E_UNLESS")[0], where), span=where.span)


def _range(parts: Parts, where: Where) -> list[Any]:
    both = _closed(first(parts, s.Interval))
    subject = [
        word
        for word in tokens(parts, "WORD", "E_WORD")
        if word.lower() not in ("is", "are", "bonus", "penalty") and not english.is_actor(word)
    ]
    noun = [word for word in subject if word.type == "E_WORD"]
    if noun and re.match(r"(?i:last|this|next|previous)\b", noun[0]):  # 3+ last turn: three or more of what?
        raise Misplaced(where.span, "E201", "bare_quantity", value=where.words)
    if noun and both.unit is s.Unit.NUMBER and not is_figure(noun[0]):
        both = replace(both, unit=s.Unit.TIME)  # 3 or more complaints
    return [s.RangeTrigger(both, span=where.span), *subject, *(p for p in parts if isinstance(p, Required))]


def _range_of(parts: Parts, where: Where) -> list[Any]:
    """3次以上投诉 are so many complaints; 3人以上事故 is one that hit so many, 90%以上达标 a share of something."""
    (noun,) = tokens(parts, "WORD")
    before = where.words[: noun.start - where.ends[0]].rstrip()
    if first(parts, s.Interval).unit is not s.Unit.TIME or "人" in before:
        raise Misplaced(where.span, "E201", "partly", text=where.words, good=before, rest=str(noun))
    return _range(parts, where)


def _closed(interval: s.Interval) -> s.Interval:
    """A range whose bounds belong to it where nothing else is said: 以上 and 以下 include the number."""
    return replace(
        interval,
        low_closed=interval.low is not None and interval.low_closed is not False,
        high_closed=interval.high is not None and interval.high_closed is not False,
    )


_MARKS = s.FullMarks | s.NoMarks | s.Score | s.GradeAs


def _either(parts: Parts, where: Where) -> list[s.Sentence]:
    """低于60%，或未安排，不得分: each by itself gives the marks; points would be taken twice where both are so."""
    effect = next(p for p in parts if isinstance(p, s.Effect))
    at = next(i for i, p in enumerate(parts) if p in tokens(parts, "OR"))
    if not isinstance(effect, _MARKS) or any(isinstance(p, s.Cap) for p in parts):
        good = where.words[: parts[at].start - where.ends[0]].rstrip("，, ")
        rest = where.words[parts[at].start - where.ends[0] :]
        raise Misplaced(where.span, "E201", "partly", text=where.words, good=good, rest=rest)
    found: list[s.Sentence] = []
    name: s.Name | None = first(parts[:at], s.Name)
    for half in (parts[:at], parts[at + 1 :]):
        interval: s.Interval | None = first(half, s.Interval)
        if interval is None:
            asked: s.Name = first(half, s.Name)
            found.append(s.Rule(s.ConditionTrigger(asked, span=asked.span), effect, span=where.span))
        else:
            trigger = s.RangeTrigger(_closed(interval), span=interval.span)
            required: Required | None = first(half, Required)
            named = required.of(name) if required else name
            found.append(s.Rule(trigger, effect, named, span=where.span))
    return found


def _share_of(parts: Parts, where: Where) -> list[Any]:
    """≥规定数的60%: the value is a share of what is required, and its name says so."""
    interval = one_sided(first(parts, s.Comparison), first(parts, s.Quantity), where.span)
    return [interval, Required(tokens(parts, "REQUIRED")[0])]


def _flat(parts: Parts) -> Parts:
    """Parts with the lists that a trigger or side made in them opened."""
    return [q for p in parts for q in (_flat(p) if are_several(p) else [p])]


def _deduct(parts: Parts, where: Where) -> s.Effect:
    between = first(parts, s.Effect)
    return between or s.Deduct(first(parts, s.Quantity) or _bare_points(parts, where), span=where.span)


def _discretion(parts: Parts, where: Where) -> s.Deduct | s.Add:
    """扣2-5分, 加1-3分; up to 3 points may be deducted, which leaves nothing to be deducted, too."""
    points = [s.Quantity(number(t), s.Unit.POINT, span=span_of(t, where.text)) for t in tokens(parts, *_STATED)]
    least = points[0] if len(points) > 1 else replace(points[0], amount=Fraction(0))
    kind = s.Add if tokens(parts, "ADD", "MAY_ON") else s.Deduct
    return kind(least, points[-1], span=where.span)


def _add(parts: Parts, where: Where) -> s.Add:
    return s.Add(first(parts, s.Quantity) or _bare_points(parts, where), span=where.span)


def _score(parts: Parts, where: Where) -> s.Effect:
    """得N分; a score of 0 is no marks, as 得0分 is."""
    points: s.Quantity = first(parts, s.Quantity)
    return s.Score(points, span=where.span) if points.amount else s.NoMarks(span=where.span)


def _share(parts: Parts, where: Where) -> s.Share:
    if tokens(parts, "HALF"):
        return s.Share(Fraction(50), span=where.span)
    return s.Share(number(tokens(parts, "NUM", "NUM_PART")[0]), bool(tokens(parts, "THE_SCORE")), span=where.span)


# One letter grade will be deducted: no grade is called so.
_NO_GRADE = r"\b(?i:will|shall|be|is|are|deducted|lost|lowered|reduced|for|per|each|every)\b"


def _grade_as(parts: Parts, where: Where) -> s.GradeAs:
    label = label_of(parts, where)
    if not label.quoted and re.search(_NO_GRADE, label.text):
        raise Misplaced(where.span, "E201", text=where.words)
    return s.GradeAs(label, span=where.span)


def _cap_own(parts: Parts, where: Where) -> s.Cap:
    adding = bool(re.search("加|奖|add", where.words, re.IGNORECASE))
    earning = bool(_EARNED.search(where.words))
    return s.Cap(number(tokens(parts, "NUM")[0]), adding, own=True, earning=earning, span=where.span)


_EARNED = re.compile("得|score|earn", re.IGNORECASE)


def _bound(parts: Parts, where: Where) -> s.Cap:
    """At most 10, capped at 10 bound what is taken or given; the score is capped at 70 says neither."""
    if any(_OF_SCORE.search(t) for t in tokens(parts, "CEILING")):
        raise Misplaced(where.span, "E201", text=where.words)
    return _cap(parts, where)


_OF_SCORE = Seldom(r"\b(?:score|grade|mark|rating)\b", re.IGNORECASE)


def _cap(parts: Parts, where: Where, *, adding: bool = False, whole: bool = False) -> s.Cap:
    said = bool(tokens(parts, "IN_TOTAL") or re.search("本项|该项|此项|合计|累计|总计|共计|total", where.words))
    amount, earning = number(tokens(parts, "NUM", "NUM_OFF", "CNUM")[0]), bool(tokens(parts, "CAP_EARN"))
    return s.Cap(amount, adding, whole or said, earning=earning, span=where.span)


_PERIODS = {"月": "month", "季": "quarter", "年": "year", "周": "week", "日": "day", "天": "day"}


def _period_cap(parts: Parts, where: Where) -> s.PeriodCap:
    word = str(tokens(parts, "PERIOD", "E_PERIOD")[0]).lower()
    period = next((v for k, v in _PERIODS.items() if k in word), None) or word.split()[-1]
    return s.PeriodCap(number(tokens(parts, "NUM")[0]), period, span=where.span)


BUILDERS: Builders = {
    **english.BUILDERS,
    "rule": lambda p, w: _rule(_flat(p), w),
    "subject": subject,
    "otherwise": _otherwise,
    "condition_rule": _condition_rule,
    "per_rule": _per_rule,
    "always": _always,
    "classes": classes,
    "per": _per,
    "step": lambda p, w: stepped(_flat(p), w),
    "step_from": lambda p, w: step_from(_flat(p), w),
    "either": lambda p, w: _either(_flat(p), w),
    "share_of": _share_of,
    "count": count,
    "counted": counted,
    "count_one": count_one,
    "cases": lambda p, w: cases(_flat(p), w),
    "late": lambda p, w: [_late(p, w), *english.only_full(p, w)],
    "each_late": lambda p, w: [*english.each_late(_late(p, w), p, w), *english.only_full(p, w)],
    "duration": _duration,
    "range": lambda p, w: _range(_flat(p), w),
    "range_of": lambda p, w: _range_of(_flat(p), w),
    "aim": _aim,
    "trigger": _trigger_only,
    "target_after": _trigger_only,
    "condition": _condition,
    "side": side_of,
    "e_side": e_side,
    "size": _size,
    "points": _points,
    "deduct": _deduct,
    "discretion": _discretion,
    "add": _add,
    "score": _score,
    "full": lambda p, w: s.FullMarks(span=w.span),
    "none": lambda p, w: s.NoMarks(span=w.span),
    "share": _share,
    "proportion": lambda p, w: s.Proportion(span=w.span),
    "interpolation": lambda p, w: s.Interpolation(span=w.span),
    "grade_as": _grade_as,
    "ceiling": lambda p, w: s.Ceiling(first(p, s.Quantity), span=w.span),
    "cap": _bound,
    "cap_own": _cap_own,
    "cap_all": lambda p, w: _cap(p, w, whole=True),
    "cap_add": lambda p, w: _cap(p, w, adding=True),
    "period_cap": _period_cap,
    "until_gone": lambda p, w: p[0],
    "exceed": lambda p, w: p[0],
}
