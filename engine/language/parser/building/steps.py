"""Steps: 每低1个百分点, per percentage point below 95%; and where the range stands before its step."""

from typing import Any

from engine.language import syntax as s
from engine.language.parser.building import english
from engine.language.parser.building.counts import cases_or_beyond, each_before
from engine.language.parser.building.parts import Misplaced, Parts, Where, first, number, tokens
from engine.language.parser.building.subjects import Required
from engine.language.parser.building.worth import words_at
from engine.language.parser.tree import leaves
from engine.language.seldom import Seldom
from engine.language.text import in_english


def _step(parts: Parts, where: Where) -> s.StepTrigger:
    size = first(parts, s.Quantity)
    side = first(parts, s.Side)
    if side is None:
        side = s.Side.LOW if tokens(parts, "UNMET") else s.Side.HIGH
    return s.StepTrigger(side, size, span=where.span)


def step_from(parts: Parts, where: Where) -> list[Any]:
    """低于98%每1个百分点, 不少于2次，每少一次: the target stands in the rule; the side said with the step decides."""
    interval: s.Interval = first(parts, s.Interval)
    if first(parts, Required) is not None:
        raise Misplaced(where.span, "E201")
    side: s.Side | None = first(parts, s.Side)
    if side is None and tokens(parts, "FEWER", "FURTHER"):
        side = s.Side.LOW if tokens(parts, "FEWER") else s.Side.HIGH
    size: s.Quantity = first(parts, s.Quantity)
    if side is None and size.unit is s.Unit.TIME and size.amount == 1 and not in_english(where.words):
        return cases_or_beyond(parts, where)
    if side is None:
        side = s.Side.LOW if interval.high is not None else s.Side.HIGH
    bound = interval.low if interval.high is None else interval.high
    between = interval.low is not None and interval.high is not None
    if bound is None or between or _contradicts(interval, side, where):
        raise Misplaced(where.span, "E201")
    value = s.Quantity(bound, interval.unit, span=interval.span)
    target = s.Target((s.Dated(value, span=interval.span),), span=interval.span)
    return [s.StepTrigger(side, size, span=where.span), target]


def stepwise(parts: Parts, where: Where) -> Parts:
    """CPU above 80%: 2 points off per percentage point; over 30 minutes: 2 points off per case, which is counted."""
    size: s.Quantity | None = first(parts, s.Quantity)
    if size is None:
        return parts
    trigger: s.RangeTrigger | None = first(parts, s.RangeTrigger)
    if trigger is None or any(t.type == "E_LATE" for t in leaves(where.tree)):
        raise Misplaced(where.span, "E201")
    unit, shares = trigger.interval.unit, (s.Unit.PERCENT, s.Unit.PERCENTAGE_POINT)
    alike = unit is s.Unit.NUMBER or unit is size.unit or (unit in shares and size.unit in shares)
    cases = size.unit is s.Unit.TIME and unit is not s.Unit.TIME and size.amount == 1
    if not cases and (not alike or size.unit is s.Unit.TIME):
        raise Misplaced(where.span, "E201")
    said = tokens(parts, "EVERY", "E_FALL", "E_RISE")
    rest = [*(p for p in parts if p not in (size, trigger, *said)), *english.part_steps(parts, where)]
    if cases:
        return [s.CountTrigger(noun=words_at(trigger.span, where), span=where.span), trigger.interval, *rest]
    towards = [side_of(said[1:], where)] if said[1:] else []
    return [*step_from([trigger.interval, size, *towards], where), *rest]


_BEYOND = Seldom(r"超过|高于|大于|多于|超出|>(?!=)")


def _contradicts(interval: s.Interval, side: s.Side, where: Where) -> bool:
    """低于98%每高1个百分点: it is below, and counted above."""
    if side is s.Side.HIGH:
        return interval.low is None and interval.high_closed is not True
    return interval.high is None and interval.low_closed is False and bool(_BEYOND.search(where.words))


def side_of(parts: Parts, _: Where) -> s.Side:
    """On which side of the target a step lies, by the word for it."""
    return s.Side.LOW if parts[0].type in ("STEP_LOW", "E_LOW", "E_FALL", "UNMET") else s.Side.HIGH


def e_side(parts: Parts, where: Where) -> s.Side | list[Any]:
    """The side that English words say, with the target they name and what falls or rises."""
    side = side_of(parts, where)
    limit = tokens(parts, "NUM")
    if not limit:
        return [side, *tokens(parts, "WORD")]
    value = s.Quantity(number(limit[0]), first(parts, s.Unit) or s.Unit.NUMBER, span=where.span)
    return [side, s.Target((s.Dated(value, span=where.span),), span=where.span)]


def stepped(parts: Parts, where: Where) -> list[Any]:
    """A step, with the target that its side may name, the words 各 or each before it, and what it measures."""
    step = _step([*parts, *english.parted_size(parts, where)], where)
    missed, every = tokens(parts, "UNMET", "OVER_AIM"), tokens(parts, "EVERY")
    of_cases = step.size.unit is s.Unit.TIME and not in_english(where.words)
    if missed and of_cases and every[0].start > missed[0].start:  # 噪声超标每次, 未达标的每项; not 每超过目标值1次
        noun = str(missed[0]).rstrip("的者 ")
        return [s.CountTrigger(step.size.amount, noun, span=where.span), *each_before(parts)]
    extra = [english.in_unit(p, step.size.unit) for p in parts if isinstance(p, s.Target)]
    return [
        step,
        *extra,
        *english.part_steps(parts, where),
        *tokens(parts, "WORD"),
        *english.that(parts),
        *each_before(parts),
    ]
