"""Rules and their bounds as sentences: 每低1个百分点扣0.5分, deduct 0.5 per 1 pp below target."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from engine.language import syntax as s
from engine.language.formatter.speech import Speech, counted, figure, interval, measured, points, unit_word

# ---------------------------------------------------------------- triggers


def _step(trigger: s.StepTrigger, speech: Speech) -> str:
    size = measured(trigger.size.amount, trigger.size.unit, speech)
    low = trigger.side is s.Side.LOW
    return speech.say(f"每{'低' if low else '高'}{size}", f"per {size} {'below' if low else 'above'} target")


# 旷工一天, 每迟到10分钟, per accumulated day: what is counted is time.
_OF_TIME = re.compile(
    r"(?:^|[\d一二两三四五六七八九十])\s*个?(分钟|小时|工作日|天|日|星期|周|月)$"
    r"|\baccumulated (?:\d+ )?(minute|hour|working day|day|week|month)s?$"
)
_UNITS: Mapping[str, s.Unit] = {
    "分钟": s.Unit.MINUTE, "小时": s.Unit.HOUR, "工作日": s.Unit.WORKING_DAY, "天": s.Unit.DAY, "日": s.Unit.DAY,
    "星期": s.Unit.WEEK, "周": s.Unit.WEEK, "月": s.Unit.MONTH, "minute": s.Unit.MINUTE, "hour": s.Unit.HOUR,
    "working day": s.Unit.WORKING_DAY, "day": s.Unit.DAY, "week": s.Unit.WEEK, "month": s.Unit.MONTH,
}  # fmt: skip


def time_counted(trigger: s.Trigger) -> s.Unit | None:
    """The unit of the time that a trigger counts (旷工一天), None where it counts cases or is another."""
    found = _OF_TIME.search(trigger.noun) if isinstance(trigger, s.CountTrigger) else None
    return _UNITS[found[1] or found[2]] if found else None


def _count(trigger: s.CountTrigger, speech: Speech) -> str:
    time = time_counted(trigger)
    if time is not None:
        unit = unit_word(time, speech)
        return speech.say(
            f"每满{figure(trigger.per)}{unit}",
            f"per accumulated {unit if trigger.per == 1 else counted(trigger.per, unit)}",
        )
    if trigger.per == 1:
        return speech.say("每发生一次", "per occurrence")
    return speech.say(f"每发生{figure(trigger.per)}次", f"per {counted(trigger.per, 'occurrence')}")


def _late(trigger: s.LateTrigger, speech: Speech) -> str:
    if trigger.unit is None:
        return _late_case(trigger.per, speech)
    unit = unit_word(trigger.unit, speech)
    if speech.lang == "zh":
        return f"每逾期{figure(trigger.per)}{unit}" + (f"(含不足1{unit})" if trigger.started else "")
    word = f"started {unit}" if trigger.started else unit
    return f"per {word} late" if trigger.per == 1 else f"per {counted(trigger.per, word)} late"


def _late_case(per: Fraction, speech: Speech) -> str:
    if per == 1:
        return speech.say("超出规定时限发生一次", "per occurrence over the time limit")
    number = figure(per)
    return speech.say(f"超出规定时限每发生{number}次", f"per {counted(per, 'occurrence')} over the time limit")


def _range(trigger: s.RangeTrigger, speech: Speech) -> str:
    """In a rule 以上, 以下 and a bare bound include their number."""
    between = trigger.interval
    if between.low == between.high:
        return speech.say("等于", "equal to ") + measured(between.low or Fraction(0), between.unit, speech)
    one_sided = between.low is None or between.high is None
    if one_sided or (between.low_closed and between.high_closed):
        low, high = (None if closed else closed for closed in (between.low_closed, between.high_closed))
        return interval(replace(between, low_closed=low, high_closed=high), speech)
    if speech.lang == "zh":
        return interval(between, speech)
    return f"{_side(between, speech, low=True)} but {_side(between, speech, low=False)}"


def _side(between: s.Interval, speech: Speech, *, low: bool) -> str:
    one = replace(between, high=None, high_closed=None) if low else replace(between, low=None, low_closed=None)
    return interval(one, speech)


def _target(trigger: s.TargetTrigger, speech: Speech) -> str:
    if trigger.met:
        return speech.say("达到目标", "target met")
    if trigger.side is None:
        return speech.say("未达标", "target missed")
    low = trigger.side is s.Side.LOW
    return speech.say("低于目标值", "below the target") if low else speech.say("超过目标值", "above the target")


def _condition(trigger: s.ConditionTrigger, speech: Speech) -> str:
    words = speech.name(trigger.text)
    quoted = trigger.text.identity in speech.quoted
    return speech.say(f"如{words}，" if quoted else f"{words}的", words)


def _always(_: s.AlwaysTrigger, __: Speech) -> str:
    """Nothing: how such a rule begins depends on its effect."""
    return ""


_TRIGGERS: Mapping[type[s.Node], Callable[[Any, Speech], str]] = {
    s.StepTrigger: _step,
    s.CountTrigger: _count,
    s.LateTrigger: _late,
    s.RangeTrigger: _range,
    s.TargetTrigger: _target,
    s.ConditionTrigger: _condition,
    s.AlwaysTrigger: _always,
}

# ---------------------------------------------------------------- effects


def _change(effect: s.Deduct | s.Add, speech: Speech) -> str:
    verb = speech.say("扣", "deduct ") if isinstance(effect, s.Deduct) else speech.say("加", "add ")
    bounds = s.choice(effect)
    if bounds is None:
        return verb + points(effect.points, speech)
    least, most = (figure(bound.amount) for bound in bounds)
    return speech.say(f"酌情{verb}{least}至{most}分", f"at the assessor's discretion {verb}{least} to {most}")


def _share(effect: s.Share, speech: Speech) -> str:
    part = f"{figure(effect.percent)}%"
    if effect.of_score:
        return speech.say(f"扣得分的{part}", f"deduct {part} of the score")
    return speech.say(f"扣该项分值的{part}", f"deduct {part} of its points")


EFFECTS: Mapping[type[s.Node], Callable[[Any, Speech], str]] = {
    s.Deduct: _change,
    s.Add: _change,
    s.Score: lambda e, speech: speech.say("得", "score ") + points(e.points, speech),
    s.FullMarks: lambda _, speech: speech.say("得满分", "full marks"),
    s.NoMarks: lambda _, speech: speech.say("不得分", "no marks"),
    s.Share: _share,
    s.Proportion: lambda _, speech: speech.say("按比例得分", "marks in proportion"),
    s.Interpolation: lambda _, speech: speech.say("按线性插值得分", "marks by linear interpolation"),
    s.GradeAs: lambda e, speech: speech.say("定为", "grade ") + speech.name(e.label),
    s.Ceiling: lambda e, speech: speech.say("封顶", "capped at ") + points(e.points, speech),
}

# ---------------------------------------------------------------- rules and bounds

# Triggers that say whether, not how often; English puts an `if` before them.
_ASKING = s.RangeTrigger | s.TargetTrigger | s.ConditionTrigger


def rule(said: s.Rule, speech: Speech) -> str:
    """One rule; Chinese says the trigger first, English the effect."""
    when, then = trigger(said.trigger, speech), effect(said.effect, speech)
    subject = speech.name(said.subject) if said.subject else ""
    if isinstance(said.trigger, s.AlwaysTrigger) and isinstance(said.effect, s.FullMarks | s.NoMarks | s.Score):
        return speech.say("否则", "otherwise ") + then
    if isinstance(said.trigger, s.AlwaysTrigger) and isinstance(said.effect, s.Interpolation):
        return speech.say(f"其间{then}", f"{then} in between")
    return speech.say(_trigger_first(said, subject, when, then), _effect_first(said, subject, when, then))


def _trigger_first(said: s.Rule, subject: str, trigger: str, effect: str) -> str:
    subject += " " if subject[-1:].isascii() and subject else ""
    if not said.each:
        return f"{subject}{trigger}{effect}"
    return f"{subject}{trigger}各{'得0分' if isinstance(said.effect, s.NoMarks) else effect}"


def _effect_first(said: s.Rule, subject: str, trigger: str, effect: str) -> str:
    begin = f"{subject}: {effect}" if subject else effect
    asked = f"if {trigger}" if isinstance(said.trigger, _ASKING) else trigger
    return " ".join(piece for piece in (begin, "each" if said.each else "", asked) if piece)


def cap(bound: s.Cap, speech: Speech) -> str:
    """最多扣10分; at most 10."""
    if bound.points is None:
        return speech.say("扣完为止", "not below 0")
    amount = figure(bound.points)
    if bound.own:
        zh, en = ("加", "add") if bound.adding else ("得", "score") if bound.earning else ("扣", "deduct")
        return speech.say(f"该条最多{zh}{amount}分", f"for this rule {en} at most {amount}")
    if bound.earning:
        whole = speech.say("累计", "in total ") if bound.whole_item else ""
        return whole + speech.say(f"最多得{amount}分", f"score at most {amount}")
    if bound.adding:
        whole = speech.say("累计", "in total ") if bound.whole_item else ""
        return whole + speech.say(f"最多加{amount}分", f"add at most {amount}")
    if bound.whole_item:
        return speech.say(f"本项最多扣{amount}分", f"total deduction at most {amount}")
    return speech.say(f"最多扣{amount}分", f"at most {amount}")


def cap_beside_marks(bound: s.Cap, speech: Speech) -> str:
    """A cap of deductions behind a rule that adds or gives marks, where `at most 5` would be read as a cap of these."""
    if bound.adding or bound.earning or bound.whole_item or bound.own or bound.points is None:
        return cap(bound, speech)
    return speech.say(f"最多扣{figure(bound.points)}分", f"maximum deduction of {figure(bound.points)}")


_PERIODS = {"day": "每日", "week": "每周", "month": "每月", "quarter": "每季度", "year": "每年"}


def period_cap(bound: s.PeriodCap, speech: Speech) -> str:
    """每月最多扣3分; at most 3 per month."""
    amount = figure(bound.points)
    return speech.say(f"{_PERIODS[bound.period]}最多扣{amount}分", f"at most {amount} per {bound.period}")


_PARTS = {
    s.Parts.NOTHING: ("不足一步不扣分", "whole steps only"),
    s.Parts.WHOLE: ("不足一步按一步计", "part steps count as whole steps"),
    s.Parts.SHARE: ("不足一步按比例扣分", "part steps pro rata"),
}


def part_steps(choice: s.PartSteps, speech: Speech) -> str:
    """不足一步不扣分; whole steps only."""
    return speech.say(*_PARTS[choice.parts])


def step_percent(choice: s.StepPercent, speech: Speech) -> str:
    """步长的%指百分点; a step of 1% means one percentage point."""
    if choice.of_target:
        return speech.say("步长的%指目标的百分之几", "a step of 1% means 1% of the target")
    return speech.say("步长的%指百分点", "a step of 1% means one percentage point")


def trigger(said: s.Trigger, speech: Speech) -> str:
    """When a rule acts, by itself: 每发生一次; per occurrence."""
    return _TRIGGERS[type(said)](said, speech)


def effect(said: s.Effect, speech: Speech) -> str:
    """What a rule does, by itself: 扣1分; deduct 1."""
    return EFFECTS[type(said)](said, speech)
