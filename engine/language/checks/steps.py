"""What a part of a step counts: the open choice E701, shown with the policy's own numbers."""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.dates import limit_of, target_of
from engine.language.checks.findings import Both, both, finding, quantity
from engine.language.checks.items import trigger_of
from engine.language.checks.outline import Draft, nearest
from engine.language.checks.resolution import Resolution
from engine.language.syntax import (
    Add,
    Deduct,
    LateTrigger,
    PartSteps,
    Rule,
    Score,
    Share,
    Side,
    StepTrigger,
    Trigger,
    Unit,
)
from engine.values import Frozen, named

# The example of the message: one whole step and seven tenths of another.
STEPS = Fraction(17, 10)


@named
class _Open(Frozen):
    """A rule whose part steps nobody has decided."""

    draft: Draft
    rule: Rule
    trigger: StepTrigger | LateTrigger
    each: Fraction


def part_steps_are_decided(resolution: Resolution) -> Iterator[Diagnostic]:
    """E701: 每低1个百分点扣0.5分, and it is 1.7 points low: 0.5, 1 or 0.85 points? Once for all rules of a scheme."""
    if resolution.outline.scheme.broken:
        return
    undecided = list(_undecided(resolution))
    if not undecided:
        return
    first, others = undecided[0], undecided[1:]
    each = first.each
    yield finding(
        resolution.outline,
        "E701",
        first.rule.span,
        draft=first.draft,
        case="rules" if others else "",
        related=tuple(dict.fromkeys(other.rule.span for other in others)),
        situation=_situation(resolution, first),
        verb=_verb(first.rule),
        whole=_points(first.rule, each),
        up=_points(first.rule, each * 2),
        share=_points(first.rule, each * STEPS),
        number=len(undecided),
    )


def _undecided(resolution: Resolution) -> Iterator[_Open]:
    seen: set[int] = set()
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        if cell is None or draft.unread or nearest(resolution.outline, draft, PartSteps) is not None:
            continue
        for ruled in cell.rules:
            trigger, each = trigger_of(resolution, draft, ruled.rule), _each(ruled.rule)
            if each is None or id(ruled.rule) in seen or not isinstance(trigger, StepTrigger | LateTrigger):
                continue
            if _has_parts(trigger):
                seen.add(id(ruled.rule))  # the heads of a group line share their rule
                yield _Open(draft=draft, rule=ruled.rule, trigger=trigger, each=each)


def _has_parts(trigger: Trigger) -> bool:
    """Whether a part of a step can be left over: not of single occurrences, nor of steps counted as started."""
    match trigger:
        case StepTrigger(size=size):
            return not (size.unit is Unit.TIME and size.amount == 1)
        case LateTrigger(unit=unit, started=started):
            return unit is not None and not started
        case _:
            return False


def _each(rule: Rule) -> Fraction | None:
    """The points (or per cent) of one step."""
    match rule.effect:
        case Deduct(points=points) | Add(points=points) | Score(points=points):
            return points.amount
        case Share(percent=percent):
            return percent
        case _:
            return None


def _points(rule: Rule, amount: Fraction) -> Both:
    return quantity(amount, Unit.PERCENT if isinstance(rule.effect, Share) else Unit.POINT)


def _verb(rule: Rule) -> Both:
    match rule.effect:
        case Add():
            return both("加", "add")
        case Score():
            return both("得", "give")
        case _:
            return both("扣", "deduct")


def _situation(resolution: Resolution, found: _Open) -> Both:
    """A measured value one and seven tenths of a step off, in the policy's own target."""
    match found.trigger:
        case LateTrigger(unit=unit, per=per):
            return _late(resolution, found, per * STEPS, unit or Unit.DAY)
        case StepTrigger(side=side, size=size):
            targets = target_of(resolution.outline, found.draft)
            if not targets or size.unit is Unit.PERCENT:
                return _off(side, size.amount * STEPS, size.unit)
            target = targets[-1]
            unit = target.unit if target.unit is not Unit.NUMBER else size.unit
            unit = Unit.PERCENT if unit is Unit.PERCENTAGE_POINT else unit
            shortfall = size.amount * STEPS
            measured = target.amount - shortfall if side is Side.LOW else target.amount + shortfall
            wanted, got = quantity(target.amount, unit), quantity(measured, unit)
            return both(f"目标{wanted['zh']}、实测{got['zh']}", f"target {wanted['en']}, measured {got['en']}")


def _off(side: Side, amount: Fraction, unit: Unit) -> Both:
    by = quantity(amount, unit)
    low = side is Side.LOW
    return both(f"{'低' if low else '高'}{by['zh']}", f"{by['en']} {'below' if low else 'above'}")


def _late(resolution: Resolution, found: _Open, amount: Fraction, unit: Unit) -> Both:
    by = quantity(amount, unit)
    limits = limit_of(resolution.outline, found.draft)
    if not limits:
        return both(f"逾期{by['zh']}", f"{by['en']} late")
    limit = quantity(limits[-1].amount, limits[-1].unit)
    return both(f"时限{limit['zh']}、逾期{by['zh']}", f"limit {limit['en']}, {by['en']} late")
