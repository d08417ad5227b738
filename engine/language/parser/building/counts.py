"""Triggers that count: 每发生一次, 发现一处, per occurrence; and classes counted side by side."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from engine.language import syntax as s
from engine.language.parser.building.english import kept_limit, late_noun, without_actor
from engine.language.parser.building.intervals import is_figure
from engine.language.parser.building.parts import (
    Ambiguous,
    Misplaced,
    Parts,
    Where,
    first,
    number,
    span_of,
    tokens,
)
from engine.language.parser.building.subjects import MEASURED
from engine.language.parser.building.worth import Exactly
from engine.language.seldom import Seldom
from engine.language.text import identity, in_english

# A letter in place of a digit (迟交l天), a limit or the next line behind what is counted (per occurrence over the tim
# limit; per occurrence Order delivery), a misspelt bound (每月景多扣5分).
_LETTER = Seldom(r"(?<![A-Za-z])[lIOo](?=\s*(?:%|个?百分点|分|次|天|日|小时|个?工作日|周|项))")
_BEHIND = Seldom(
    r"\b(?i:over|past|beyond|above|below|under|after)\s+(?i:the)\b|\b(?i:except|excluding|unless|other than)\b"
    r"|\b(?:occurrence|time|case|incident|event|complaint)s?\s+[A-Z][a-z]"
    r"|[a-z]{3}[A-Z][a-z]"
    r"|^(?:个?月|季度?|年度?|周|日|天)\s*[^\s]{0,2}(?:最.|至.|.多|.高)$"
)
# 缺1项，或无记录，不得分: a count and a condition beside it are two things.
# 每缺一项，或记录不全: what is counted is one thing.
_SEVERAL = Seldom(r"[，；;。]|,(?!.*\b(?:or|and)\b)")
_JOINED = Seldom(r"[，,；;]\s*(?:或|且|并|但)")
# 每次至少扣2分: two points, or more?
_HEDGED = Seldom(r"(?:至少|最少|起码|大约|不少于|不低于)$")
# 每年至少发表2篇得1分: how often something is to be done, not what is counted; 每月缺一次 counts.
_PERIOD = Seldom(
    r"^(?:半年|学期|学年|[年月季周日天旬])(?:度|份)?(?!次|$)(?!.{0,6}[缺少漏迟超未欠误没](?:\w{0,6})[一1]\s*\w)"
)


def counted(parts: Parts, where: Where) -> s.CountTrigger:
    """What is counted behind 每 or per, with its number: 缺一项, 2 complaints."""
    kept_limit(parts, where)
    amount = first(parts, Fraction)
    return s.CountTrigger(Fraction(1) if amount is None else amount, without_actor(where.words), span=where.span)


def count(parts: Parts, where: Where) -> list[Any]:
    """A count, with the word each before its per."""
    trigger: s.CountTrigger = first(parts, s.CountTrigger)
    if trigger.per.denominator != 1:
        raise Misplaced(where.span, "E201", "half_count")
    if _LETTER.search(trigger.noun):
        raise Misplaced(where.span, "E209", "letter", text=trigger.noun)
    if _PERIOD.search(trigger.noun):
        raise Misplaced(where.span, "E201", "period", noun=trigger.noun)
    missed = re.match(r"(?i:missed|failed|unmet)\b", trigger.noun)  # targets that are counted
    if (MEASURED.search(trigger.noun) and not missed) or _BEHIND.search(trigger.noun):
        raise Misplaced(where.span, "E201", "count_of_value", noun=trigger.noun)
    if re.fullmatch(r"(?i)(?:additional|extra|further) \d+ (?:second|minute|hour|day)s?|.* or", trigger.noun):
        raise Misplaced(where.span, "E201", "bare_quantity", value=trigger.noun)
    if _HEDGED.search(trigger.noun) or _SEVERAL.search(re.sub(r"\([^()]*\)", "", trigger.noun)):
        raise Misplaced(where.span, "E201", "subject", subject=trigger.noun)
    return [late_noun(replace(trigger, span=where.span)), *each_before(parts)]


_ALL = Fraction(100)


def count_one(parts: Parts, where: Where) -> Any:
    """发现一处, 投诉一次: per occurrence; 投诉2次 may be per two or from two on."""
    quantity: s.Quantity | None = first(parts, s.Quantity)
    if quantity is not None:
        return _so_many(quantity, parts, where)
    amount = first(parts, Fraction) or (number(cnum[0]) if (cnum := tokens(parts, "CNUM")) else None)
    return _one(amount, parts, where)


def _so_many(quantity: s.Quantity, parts: Parts, where: Where) -> Any:
    """3 complaints, 98%: how many stand before the effect, or how much."""
    if quantity.unit is s.Unit.PERCENT and quantity.amount == _ALL:  # 及时率100%得10分: there is nothing above it
        return s.RangeTrigger(s.Interval(_ALL, _ALL, True, True, s.Unit.PERCENT), span=where.span)
    english, thing = in_english(where.text.shown), tokens(parts, "E_WORD")
    if thing and quantity.unit is s.Unit.NUMBER and not is_figure(thing[0]):
        quantity = replace(quantity, unit=s.Unit.TIME)
    counted_in = (s.Unit.TIME, s.Unit.DAY)  # 旷工1天, as 旷工一天
    if quantity.unit not in counted_in or quantity.amount.denominator != 1:
        alone = Misplaced(where.span, "E201", "bare_quantity", value=where.words)
        if quantity.unit is not s.Unit.NUMBER or not english or first(parts, s.Name):
            raise alone
        return [Exactly(quantity, alone, where.span), *thing]
    if not english or quantity.amount == 0:
        return _one(quantity.amount, parts, where)
    try:
        otherwise: s.Trigger | Exception = _one(quantity.amount, parts, where)
    except (Ambiguous, Misplaced) as wrong:
        otherwise = wrong
    return [Exactly(quantity, otherwise, where.span), *thing]


def _one(amount: Fraction | None, parts: Parts, where: Where) -> Any:
    """One thing that is counted, or none of them."""
    if MEASURED.search(where.words):
        raise Misplaced(where.span, "E201", "count_of_value", noun=where.words)
    if _JOINED.search(where.words):
        raise Misplaced(where.span, "E201", "subject", subject=where.words)
    if amount == 0:  # 投诉0次得10分
        none = s.Interval(Fraction(0), Fraction(0), True, True, s.Unit.TIME)
        return [s.RangeTrigger(none, span=where.span), *tokens(parts, "E_WORD")]
    if amount != 1:
        raise Ambiguous(where.span)
    return s.CountTrigger(Fraction(1), where.words, span=where.span)


def cases(parts: Parts, where: Where) -> list[Any]:
    """迟到超过10分钟，一次扣5分: how many cases lie in a range, which is part of their name."""
    interval: s.Interval = first(parts, s.Interval)
    amount = first(parts, Fraction) or (number(cnum[0]) if (cnum := tokens(parts, "CNUM")) else Fraction(1))
    if amount != 1:
        raise Misplaced(where.span, "E201", "bare_quantity", value=where.words)
    return [s.CountTrigger(Fraction(1), where.words, span=where.span), interval]


def cases_or_beyond(parts: Parts, where: Where) -> list[Any]:
    """垃圾超过3袋，每处扣1分 counts places; 投诉超过3次，每次扣2分 may count all, or those beyond the third alone."""
    interval: s.Interval = first(parts, s.Interval)
    every = tokens(parts, "EVERY")[0].start
    measure = where.text.folded[every + 1 : where.ends[1]].strip()
    shown = where.text.shown
    if interval.unit is s.Unit.TIME and measure in where.text.folded[where.ends[0] : every]:
        beyond = f"每{'多' if interval.high is None else '少'}一"
        named = shown[:every].rstrip("的，, ")
        raise Ambiguous(where.span, f"{shown[:every]}{beyond}{shown[every + 1 :]}", f"「{named}」{shown[every:]}")
    return cases(parts, where)


def each_before(parts: Parts) -> list[Any]:
    """The each of `deduct 1 each per occurrence`."""
    return [p for p in tokens(parts, "EVERY")[:-1] if str(p).lower() == "each"]


def classes(parts: Parts, where: Where) -> list[s.Sentence]:
    """轻、中、重度分别扣5、10、20分: one rule per class, a count for deductions and additions and where it says each
    (每项分别得3分、2分).
    """
    name: s.Name = first(parts, s.Name)
    names, points = name.text.split("、"), tokens(parts, "NUM")
    if len(names) != len(points) or re.search(r"[，,；;\s]", name.text):
        raise Misplaced(where.span, "E201", "classes", classes=str(len(names)), amounts=str(len(points)))
    last = names[-1]
    ending = last[-1] if len(last) > 1 and all(len(n) == len(last) - 1 for n in names[:-1]) else ""
    kind = s.Add if tokens(parts, "ADD") else s.Score if tokens(parts, "SCORES") else s.Deduct
    rules: list[s.Sentence] = []
    whole = [*(n + ending for n in names[:-1]), last]
    again = next((text for text in whole if whole.count(text) > 1), None)
    if again is not None:
        raise Misplaced(where.span, "E201", "class_twice", subject=again)
    for text, amount in zip(whole, points, strict=True):
        effect = kind(s.Quantity(number(amount), s.Unit.POINT, span=span_of(amount, where.text)), span=where.span)
        named = replace(name, text=text, identity=identity(text))
        asked = kind is s.Score and not tokens(parts, "EVERY")
        once = s.ConditionTrigger(named, span=where.span) if asked else s.CountTrigger(span=where.span)
        rules.append(s.Rule(once, effect, None if asked else named, span=where.span))
    return rules
