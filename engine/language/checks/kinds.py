"""Kinds of values: which triggers read which, and what people call them."""

from engine.language.checks.findings import Both, both
from engine.language.checks.measures import OF_UNIT
from engine.language.syntax import (
    AlwaysTrigger,
    ConditionTrigger,
    CountTrigger,
    Kind,
    LateTrigger,
    RangeTrigger,
    StepTrigger,
    TargetTrigger,
    Trigger,
    Unit,
)

KINDS: dict[Kind, Both] = {
    Kind.RATE: both("百分率", "a rate"),
    Kind.COUNT: both("次数", "a count"),
    Kind.DURATION: both("时长", "a duration"),
    Kind.RATING: both("问卷评分", "a mean of answers"),
    Kind.INDEX: both("净推荐值", "a net promoter score"),
    Kind.SCORE: both("得分", "a score"),
    Kind.POINTS: both("实得分", "observed points"),
    Kind.YES_NO: both("是否", "yes or no"),
    Kind.DIFFERENCE: both("差值", "a difference"),
    Kind.DISTRIBUTION: both("答案分布", "a distribution of answers"),
    Kind.NUMBER: both("数值", "a number"),
}

UNIT_WORDS: dict[Unit, Both] = {
    Unit.NUMBER: both("数值", "numbers"),
    Unit.PERCENT: both("百分比", "per cent"),
    Unit.PERCENTAGE_POINT: both("百分点", "percentage points"),
    Unit.POINT: both("分", "points"),
    Unit.TIME: both("次", "occurrences"),
    Unit.SECOND: both("秒", "seconds"),
    Unit.MINUTE: both("分钟", "minutes"),
    Unit.HOUR: both("小时", "hours"),
    Unit.DAY: both("天", "days"),
    Unit.WORKING_DAY: both("工作日", "working days"),
    Unit.WEEK: both("周", "weeks"),
    Unit.MONTH: both("月", "months"),
}

_SCORES = frozenset({Kind.SCORE, Kind.POINTS, Kind.RATING, Kind.INDEX, Kind.DIFFERENCE})
_NUMBERS = frozenset(Kind) - {Kind.RATE, Kind.YES_NO, Kind.DISTRIBUTION}
_COUNTED = frozenset({Kind.COUNT, Kind.NUMBER, Kind.POINTS})


def triggers_on(trigger: Trigger) -> frozenset[Kind] | None:
    """The kinds of value a trigger can read; None: every kind."""
    match trigger:
        case StepTrigger(size=size):
            return None if size.unit is Unit.PERCENT else _in_unit(size.unit)
        case CountTrigger():
            return _COUNTED
        case LateTrigger(unit=None):
            return frozenset({Kind.DURATION, Kind.COUNT, Kind.NUMBER})
        case LateTrigger():
            return frozenset({Kind.DURATION, Kind.NUMBER})
        case RangeTrigger(interval=interval):
            return _in_unit(interval.unit)
        case ConditionTrigger():
            return frozenset({Kind.YES_NO, Kind.POINTS})
        case TargetTrigger() | AlwaysTrigger():
            return None


def _in_unit(unit: Unit) -> frozenset[Kind] | None:
    if unit is Unit.NUMBER:
        return _NUMBERS
    if unit is Unit.POINT:
        return _SCORES
    return frozenset({OF_UNIT[unit], Kind.NUMBER})
