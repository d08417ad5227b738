"""Targets and time limits with their dates: names of a `设` replaced by its values (checked in `periods`)."""

from engine.language.checks.outline import Draft, Outline, nearest, own_layers, said_all
from engine.language.checks.references import let_of
from engine.language.policy import DatedValue
from engine.language.syntax import (
    Dated,
    Deduct,
    FullMarks,
    Name,
    Quantity,
    RangeTrigger,
    Rule,
    Score,
    Side,
    StepTrigger,
    Target,
    TimeLimit,
    Trigger,
)


def values_of(outline: Outline, written: tuple[Dated, ...]) -> tuple[DatedValue, ...] | None:
    """The values in the order written; None where a name stands for no value."""
    values: list[DatedValue] = []
    for dated in written:
        match dated.value:
            case Quantity(amount=amount, unit=unit):
                values.append(DatedValue(amount=amount, unit=unit, since=dated.since))
            case Name():
                named = _named(outline, dated, dated.value)
                if named is None:
                    return None
                values.extend(named)
    return tuple(values)


def _named(outline: Outline, dated: Dated, name: Name) -> tuple[DatedValue, ...] | None:
    """The values of the `设` of that name; a date beside the name dates a single value."""
    let = let_of(outline, name)
    if let is None or any(isinstance(inner.value, Name) for inner in let.values):
        return None
    values = values_of(outline, let.values) or ()
    if dated.since is None:
        return values
    return (DatedValue(amount=values[0].amount, unit=values[0].unit, since=dated.since),) if len(values) == 1 else None


def target_of(outline: Outline, draft: Draft) -> tuple[DatedValue, ...]:
    """The target of a line, empty where there is none or its name stands for nothing."""
    target = nearest(outline, draft, Target)
    if target is None:
        return implied_target(outline, draft)
    return values_of(outline, target.values) or ()


def implied_target(outline: Outline, draft: Draft) -> tuple[DatedValue, ...]:
    """达到98%得满分，每低1个百分点扣2分: where full marks begin, steps below it begin too; so they do where a deduction
    right before them begins (低于90%扣5分，每低5个百分点再扣2分).

    Only where one rule alone gives marks for a value on the good side of one bound, and a step counts from there.
    """
    rules = next((r for layer in own_layers(outline, draft) if (r := said_all(layer, Rule))), ())
    sides = {rule.trigger.side for rule in rules if isinstance(rule.trigger, StepTrigger)}
    marks = [rule.trigger for rule in rules if isinstance(rule.effect, FullMarks | Score)]
    trigger = marks[0] if len(marks) == 1 else None if marks else _right_before_steps(rules)
    if len(sides) != 1 or not isinstance(trigger, RangeTrigger):
        return ()
    interval, low = trigger.interval, (Side.LOW in sides) is bool(marks)
    bound, other = (interval.low, interval.high) if low else (interval.high, interval.low)
    between = other is not None and other != bound  # 100%得满分 is one bound
    return () if bound is None or between else (DatedValue(amount=bound, unit=interval.unit),)


def _right_before_steps(rules: tuple[Rule, ...]) -> Trigger | None:
    """What the deduction right before the first step asks."""
    first = next((n for n, rule in enumerate(rules) if isinstance(rule.trigger, StepTrigger)), 0)
    before = rules[first - 1] if first else None
    return before.trigger if before is not None and isinstance(before.effect, Deduct) else None


def limit_of(outline: Outline, draft: Draft) -> tuple[DatedValue, ...]:
    """The time limit of a line, empty where there is none or its name stands for nothing."""
    limit = nearest(outline, draft, TimeLimit)
    return (values_of(outline, limit.values) or ()) if limit else ()
