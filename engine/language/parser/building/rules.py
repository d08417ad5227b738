"""Rules: one trigger and one effect, a subject before them, bounds behind them."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from engine.language import syntax as s
from engine.language.parser.building.intervals import UNITS
from engine.language.parser.building.parts import (
    Ambiguous,
    Builders,
    Misplaced,
    Parts,
    Where,
    are_several,
    bare_name,
    first,
    label_of,
    number,
    span_of,
    subject_of,
    tokens,
)
from engine.language.text import identity


def _points(parts: Parts, where: Where) -> s.Quantity:
    unit = next((UNITS[p.type] for p in tokens(parts, "POINTS", "PCT", "PP")), s.Unit.POINT)
    return s.Quantity(number(tokens(parts, "NUM", "CNUM", "E_NUM")[0]), unit, span=where.span)


def _bare_points(parts: Parts, where: Where) -> s.Quantity:
    stated = tokens(parts, "NUM", "CNUM", "NUM_OFF", "NUM_ON", "E_NUM")[0]
    return s.Quantity(number(stated), s.Unit.POINT, span=where.span)


# A subject and what is counted hold none of these: with one of them it is a misspelt step or limit (每氐1个百分点).
_MEASURED = re.compile(
    r"百分点|百分之|目标|规定值|指标值|规定.{0,4}(?:时间|时限|期限)|%|percent|\btarget\b|time limit", re.IGNORECASE
)
_SHORTEST = 2
# A letter in place of a digit (迟交l天), a limit or the next line behind what is counted (per occurrence over the tim
# limit; per occurrence Order delivery), a misspelt bound (每月景多扣5分).
_LETTER = re.compile(r"(?<![A-Za-z])[lIOo](?=\s*(?:%|个?百分点|分|次|天|日|小时|个?工作日|周|项))")
_BEHIND = re.compile(
    r"\b(?i:over|past|beyond|above|below|under)\s+(?i:the)\b"
    r"|\b(?:occurrence|time|case|incident|event|complaint)s?\s+[A-Z][a-z]"
    r"|[a-z]{3}[A-Z][a-z]"
    r"|^(?:个?月|季度?|年度?|周|日|天)\s*[^\s]{0,2}(?:最.|至.|.多|.高)$"
)


def _rule(parts: Parts, where: Where) -> list[s.Sentence]:
    words = tokens(parts, "WORD")
    trigger = next(p for p in parts if isinstance(p, s.Trigger))
    subject: s.Name | None = first(parts, s.Name) or (subject_of(words[0], where) if words else None)
    if subject is not None and not subject.quoted:
        subject = _bare(subject, trigger)
    if subject is not None and not subject.quoted and (len(subject.text) < _SHORTEST or _MEASURED.search(subject.text)):
        raise Misplaced(subject.span, "E201", "subject", subject=subject.text)
    return _with_bounds(trigger, subject, parts, where)


def _subject(parts: Parts, where: Where) -> s.Name:
    """What is counted or asked, with all its words: 地面积水、油污; 一次交验合格率."""
    if len(parts) == 1:
        return subject_of(parts[0], where)
    return bare_name(where.text.part(*where.ends))


_BEFORE_RANGE = re.compile(r"(?<=.)(在|为|是|达)$|\s+(is|are|was|were|of|at)$")
_BEFORE_COUNT = re.compile(r"(?<=..)[，,；; ]*(发现|查出)$")


def _bare(subject: s.Name, trigger: s.Trigger) -> s.Name:
    """The subject without 在, 为 or is before a range (合格率在90%-95%), and without 发现 before a count."""
    words = _BEFORE_RANGE if isinstance(trigger, s.RangeTrigger) else _BEFORE_COUNT
    text = words.sub("", subject.text)
    return replace(subject, text=text, identity=identity(text))


def _otherwise(parts: Parts, where: Where) -> list[s.Sentence]:
    """否则不得分: after the rules that set the marks, the marks of all other cases."""
    effect = next(p for p in parts if isinstance(p, s.Effect))
    if not isinstance(effect, s.FullMarks | s.NoMarks | s.Score):
        raise Misplaced(where.span, "E201", "otherwise", text=where.words)
    return [s.Rule(s.AlwaysTrigger(span=where.span), effect, span=where.span)]


def _condition_rule(parts: Parts, where: Where) -> list[s.Sentence]:
    word = tokens(parts, "WORD")[0]
    said = tokens(parts, "IF", "CONDITIONAL") or (
        re.search(_CONDITION, str(word), re.IGNORECASE) and not _A_THING.search(str(word))
    )
    if not said:
        raise Misplaced(
            span_of(word, where.text),
            "E201",
            "no_trigger",
            subject=str(word).strip(),
            effect=where.words[len(word) :].strip(),
        )
    trigger = s.ConditionTrigger(subject_of(word, where), span=span_of(word, where.text))
    return _with_bounds(trigger, None, parts, where)


# What makes open words a condition rather than a bare name before a deduction.
_CONDITION = (
    r"(的|者|时|情况|情形)\s*$"
    r"|^(发生|出现|存在|有|无|未|没|不|缺|漏|违|擅自|拒|弄虚|虚报|瞒报|泄露|丢失|逾|超|凡|如|若|经|被|因)"
    r"|[未没不无缺漏违]|(?<![所具含拥])有(?![关效限])"
    r"|\b(no|not|missing|without|any|is|are|was|were|fails?|failed)\b"
)


# 不整齐的床: a thing that may be counted, not something that happens.
_A_THING = re.compile(r"的(?!情况|情形|行为|现象|问题|事件|事故)[^的\s]{1,3}$|(?:处|例|份|人次)$")


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
    return [s.CountTrigger(Fraction(1), noun, span=where.span), s.Deduct(points, span=where.span)]


def _always(parts: Parts, where: Where) -> list[s.Sentence]:
    effects = [p if isinstance(p, s.Effect) else s.Proportion(span=where.span) for p in parts[:1]]
    return _with_bounds(s.AlwaysTrigger(span=where.span), None, [*effects, *parts[1:]], where)


def _classes(parts: Parts, where: Where) -> list[s.Sentence]:
    """轻、中、重度分别扣5、10、20分: one count per class."""
    names, points = tokens(parts, "WORD"), tokens(parts, "NUM")
    if len(names) != len(points):
        raise Misplaced(where.span, "E201", "classes", classes=str(len(names)), amounts=str(len(points)))
    last = str(names[-1]).strip()
    ending = last[-1] if len(last) > 1 and all(len(str(n).strip()) == len(last) - 1 for n in names[:-1]) else ""
    rules: list[s.Sentence] = []
    for i, (name, amount) in enumerate(zip(names, points, strict=True)):
        subject = subject_of(name, where)
        text = subject.text + (ending if i < len(names) - 1 else "")
        quantity = s.Quantity(number(amount), s.Unit.POINT, span=span_of(amount, where.text))
        named = replace(subject, text=text, identity=identity(text))
        rules.append(
            s.Rule(s.CountTrigger(span=where.span), s.Deduct(quantity, span=where.span), named, span=where.span)
        )
    return rules


def _step(parts: Parts, where: Where) -> s.StepTrigger | list[Any]:
    size = first(parts, s.Quantity)
    side = first(parts, s.Side)
    if side is None:
        side = s.Side.LOW if tokens(parts, "UNMET") else s.Side.HIGH
    return s.StepTrigger(side, size, span=where.span)


def _step_from(parts: Parts, where: Where) -> list[Any]:
    """低于98%每1个百分点: the target stands in the rule."""
    interval: s.Interval = first(parts, s.Interval)
    low = interval.high is not None
    bound = interval.high if low else interval.low
    if bound is None:
        raise Misplaced(where.span, "E201")
    unit = interval.unit
    target = s.Target((s.Dated(s.Quantity(bound, unit, span=interval.span), span=interval.span),), span=interval.span)
    return [s.StepTrigger(s.Side.LOW if low else s.Side.HIGH, first(parts, s.Quantity), span=where.span), target]


def _size(parts: Parts, where: Where) -> s.Quantity:
    amount = first(parts, Fraction)
    return s.Quantity(Fraction(1) if amount is None else amount, first(parts, s.Unit), span=where.span)


def _side(parts: Parts, _: Where) -> s.Side:
    return s.Side.LOW if parts[0].type in ("STEP_LOW", "E_LOW", "UNMET") else s.Side.HIGH


def _e_side(parts: Parts, where: Where) -> s.Side | list[Any]:
    side = _side(parts, where)
    limit = tokens(parts, "NUM")
    if not limit:
        return side
    value = s.Quantity(number(limit[0]), first(parts, s.Unit) or s.Unit.NUMBER, span=where.span)
    return [side, s.Target((s.Dated(value, span=where.span),), span=where.span)]


def _counted(parts: Parts, where: Where) -> s.CountTrigger:
    amount = first(parts, Fraction)
    return s.CountTrigger(Fraction(1) if amount is None else amount, where.words, span=where.span)


def _count(parts: Parts, where: Where) -> list[Any]:
    """A count, with the word each before its per."""
    trigger: s.CountTrigger = first(parts, s.CountTrigger)
    if trigger.per.denominator != 1:
        raise Misplaced(where.span, "E201", "half_count")
    if _LETTER.search(trigger.noun):
        raise Misplaced(where.span, "E209", "letter", text=trigger.noun)
    if _MEASURED.search(trigger.noun) or _BEHIND.search(trigger.noun):
        raise Misplaced(where.span, "E201", "count_of_value", noun=trigger.noun)
    return [replace(trigger, span=where.span), *_each_before(parts)]


_ALL = Fraction(100)


def _count_one(parts: Parts, where: Where) -> s.Trigger:
    """发现一处, 投诉一次: per occurrence; 投诉2次 may be per two or from two on."""
    quantity: s.Quantity | None = first(parts, s.Quantity)
    amount = first(parts, Fraction) or (number(cnum[0]) if (cnum := tokens(parts, "CNUM")) else None)
    if quantity is not None:
        if quantity.unit is s.Unit.PERCENT and quantity.amount == _ALL:  # 及时率100%得10分: there is nothing above it
            return s.RangeTrigger(s.Interval(_ALL, _ALL, True, True, s.Unit.PERCENT), span=where.span)
        if quantity.unit is not s.Unit.TIME or quantity.amount.denominator != 1:
            raise Misplaced(where.span, "E201", "bare_quantity", value=where.words)
        amount = quantity.amount
    if _MEASURED.search(where.words):
        raise Misplaced(where.span, "E201", "count_of_value", noun=where.words)
    if amount == 0:  # 投诉0次得10分
        return s.RangeTrigger(s.Interval(Fraction(0), Fraction(0), True, True, s.Unit.TIME), span=where.span)
    if amount != 1:
        raise Ambiguous(where.span)
    return s.CountTrigger(Fraction(1), where.words, span=where.span)


_DURATIONS = {
    "TIMES": None,
    **{k: v for k, v in UNITS.items() if k in ("MINUTE", "HOUR", "DAY", "WORKING_DAY", "WEEK", "MONTH")},
}


def _duration(parts: Parts, _: Where) -> tuple[s.Unit | None]:
    return (_DURATIONS[parts[0].type],)


def _late(parts: Parts, where: Where) -> s.LateTrigger:
    (unit,) = first(parts, tuple)
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
    return s.ConditionTrigger(subject_of(tokens(parts, "WORD")[0], where), span=where.span)


def _range(parts: Parts, where: Where) -> list[Any]:
    interval: s.Interval = first(parts, s.Interval)
    both = replace(
        interval,
        low_closed=interval.low is not None and interval.low_closed is not False,
        high_closed=interval.high is not None and interval.high_closed is not False,
    )
    subject = tokens(parts, "WORD")
    return [s.RangeTrigger(both, span=where.span), *subject]


def _stepped(parts: Parts, where: Where) -> list[Any]:
    """A step, with the target that its side may name and the words 各 or each before it."""
    extra = [p for p in parts if isinstance(p, s.Target)]
    return [_step(parts, where), *extra, *_each_before(parts)]


def _each_before(parts: Parts) -> list[Any]:
    """The each of `deduct 1 each per occurrence`."""
    return [p for p in tokens(parts, "EVERY")[:-1] if str(p).lower() == "each"]


def _flat(parts: Parts) -> Parts:
    """Parts with the lists that a trigger or side made in them opened."""
    return [q for p in parts for q in (_flat(p) if are_several(p) else [p])]


def _deduct(parts: Parts, where: Where) -> s.Effect:
    between = first(parts, s.Deduct)
    return between or s.Deduct(first(parts, s.Quantity) or _bare_points(parts, where), span=where.span)


def _discretion(parts: Parts, where: Where) -> s.Deduct:
    least, most = (s.Quantity(number(t), s.Unit.POINT, span=span_of(t, where.text)) for t in tokens(parts, "NUM"))
    return s.Deduct(least, most, span=where.span)


def _add(parts: Parts, where: Where) -> s.Add:
    return s.Add(first(parts, s.Quantity) or _bare_points(parts, where), span=where.span)


def _score(parts: Parts, where: Where) -> s.Effect:
    """得N分; a score of 0 is no marks, as 得0分 is."""
    points: s.Quantity = first(parts, s.Quantity)
    return s.Score(points, span=where.span) if points.amount else s.NoMarks(span=where.span)


def _share(parts: Parts, where: Where) -> s.Share:
    return s.Share(number(tokens(parts, "NUM")[0]), bool(tokens(parts, "THE_SCORE")), span=where.span)


def _cap(parts: Parts, where: Where, *, adding: bool = False, whole: bool = False) -> s.Cap:
    said = bool(re.search("本项|该项|此项|合计|累计|总计|共计|total", where.words))
    return s.Cap(number(tokens(parts, "NUM", "CNUM")[0]), adding, whole or said, span=where.span)


_PERIODS = {"月": "month", "季": "quarter", "年": "year", "周": "week", "日": "day", "天": "day"}


def _period_cap(parts: Parts, where: Where) -> s.PeriodCap:
    word = str(tokens(parts, "PERIOD", "E_PERIOD")[0]).lower()
    period = next((v for k, v in _PERIODS.items() if k in word), None) or word.split()[-1]
    return s.PeriodCap(number(tokens(parts, "NUM")[0]), period, span=where.span)


BUILDERS: Builders = {
    "rule": lambda p, w: _rule(_flat(p), w),
    "subject": _subject,
    "otherwise": _otherwise,
    "condition_rule": _condition_rule,
    "per_rule": _per_rule,
    "always": _always,
    "classes": _classes,
    "per": _per,
    "step": lambda p, w: _stepped(_flat(p), w),
    "step_from": _step_from,
    "count": _count,
    "counted": _counted,
    "count_one": _count_one,
    "late": _late,
    "duration": _duration,
    "range": _range,
    "aim": _aim,
    "trigger": _trigger_only,
    "target_after": _trigger_only,
    "condition": _condition,
    "side": _side,
    "e_side": _e_side,
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
    "grade_as": lambda p, w: s.GradeAs(label_of(p, w), span=w.span),
    "ceiling": lambda p, w: s.Ceiling(first(p, s.Quantity), span=w.span),
    "cap": _cap,
    "cap_all": lambda p, w: _cap(p, w, whole=True),
    "cap_add": lambda p, w: _cap(p, w, adding=True),
    "period_cap": _period_cap,
    "until_gone": lambda p, w: p[0],
    "exceed": lambda p, w: p[0],
}
