"""The rules of a line as the evaluation reads them: with their measures, caps and part steps."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from engine.language.checks.cells import Cell
from engine.language.checks.earning import adding_up
from engine.language.checks.interpolation import resolved
from engine.language.checks.marks import points_of
from engine.language.checks.methods import deduction_above, in_deduction
from engine.language.checks.outline import Draft, nearest, said
from engine.language.checks.ranges import HUNDRED
from engine.language.checks.resolution import Resolution
from engine.language.policy import Grouped, Indicator, Item, ItemRule, Observed
from engine.language.syntax import (
    AlwaysTrigger,
    Cap,
    ConditionTrigger,
    CountTrigger,
    Kind,
    LateTrigger,
    Missing,
    Outcome,
    Parts,
    PartSteps,
    PeriodCap,
    Rule,
    StepPercent,
    StepTrigger,
    Trigger,
    Unit,
    choice,
)

# What collects the assessor's choice for a rule whose trigger reads something else (低于90%的，酌情扣1至3分).
AMOUNT = {"zh": "酌情扣分", "en": "points deducted"}


def item_of(resolution: Resolution, draft: Draft) -> Item | None:
    """The rules of a line, or the bound of a heading that groups deductions; None where there is neither."""
    cell = resolution.cells.get(draft.path)
    if cell is not None:
        return _of_cell(resolution, draft, cell)
    if not isinstance(resolution.methods.get(draft.path), Grouped):
        return None
    cap, period = said(draft.own, Cap), said(draft.own, PeriodCap)
    if (cap is None or cap.points is None) and period is None:
        return None
    return Item(
        rules=(),
        full=None,
        cap=cap.points if cap else None,
        period_cap=period.points if period else None,
        period=period.period if period else None,
    )


def full_of(resolution: Resolution, draft: Draft) -> Fraction | None:
    """The full marks of a line with rules: its points, else 100; None where it only takes from a heading."""
    points = points_of(draft)
    if points is None and in_deduction(draft, resolution.methods):
        return None
    return HUNDRED if points is None else points


def _of_cell(resolution: Resolution, draft: Draft, cell: Cell) -> Item:
    full = full_of(resolution, draft)
    together = adding_up(cell, HUNDRED if full is None else full) or ()
    return Item(
        rules=tuple(_rule(resolution, draft, cell, n, adds=n in together) for n in range(len(cell.rules))),
        full=full,
        cap=_points(resolution, draft, cell.cap),
        adding_cap=_points(resolution, draft, cell.adding_cap),
        earning_cap=_points(resolution, draft, cell.earning_cap),
        period_cap=cell.period_cap.points if cell.period_cap else None,
        period=cell.period_cap.period if cell.period_cap else None,
        exceed=cell.exceed,
    )


def _points(resolution: Resolution, draft: Draft, cap: Cap | None) -> Fraction | None:
    """A cap in points; 扣完为止 is the line's own points, else the full marks it deducts from."""
    if cap is None or cap.points is not None:
        return cap.points if cap else None
    full = full_of(resolution, draft)
    heading = deduction_above(resolution.outline, draft, resolution.methods)
    marks = resolution.marks.get(heading.path) if heading is not None else None
    return full if full is not None else marks.full if marks else None


def _rule(resolution: Resolution, draft: Draft, cell: Cell, number: int, *, adds: bool) -> ItemRule:
    ruled, full = cell.rules[number], full_of(resolution, draft)
    rule = resolved(resolution.outline, draft, cell, ruled, HUNDRED if full is None else full)
    return ItemRule(
        trigger=trigger_of(resolution, draft, rule),
        effect=rule.effect,
        measure=ruled.measure,
        parts=parts_of(resolution, draft, rule.trigger),
        cap=_points(resolution, draft, ruled.cap),
        sentence=resolution.outline.source.text[rule.span.start : rule.span.end],
        span=rule.span,
        amount=amount_path(draft, resolution, rule),
        adds=adds,
    )


def trigger_of(resolution: Resolution, draft: Draft, rule: Rule) -> Trigger:
    """The trigger with `每低1%` read as the policy says: in percentage points, or as part of the target."""
    trigger = rule.trigger
    if not isinstance(trigger, StepTrigger) or trigger.size.unit is not Unit.PERCENT:
        return trigger
    meaning = nearest(resolution.outline, draft, StepPercent)
    if meaning is None or meaning.of_target:
        return trigger
    return replace(trigger, size=replace(trigger.size, unit=Unit.PERCENTAGE_POINT))


def parts_of(resolution: Resolution, draft: Draft, trigger: Trigger) -> Parts:
    """What a part of a step counts; a week once started is a whole week where the rule says so."""
    if isinstance(trigger, LateTrigger) and trigger.started:
        return Parts.WHOLE
    said_parts = nearest(resolution.outline, draft, PartSteps)
    return said_parts.parts if said_parts else Parts.NOTHING


# ---------------------------------------------------------------- the assessor's choice


def amount_path(draft: Draft, resolution: Resolution, rule: Rule) -> str | None:
    """Where the assessor's choice between a and b is collected; None where the rule's own measure is that choice."""
    if choice(rule.effect) is None or isinstance(rule.trigger, ConditionTrigger | CountTrigger | AlwaysTrigger):
        return None
    return f"{draft.path}/{AMOUNT['en' if resolution.outline.header.lang == 'en' else 'zh']}"


def measured_amounts(resolution: Resolution, draft: Draft) -> Iterator[Indicator]:
    """The indicators that hold the assessor's choices of a line."""
    cell = resolution.cells.get(draft.path)
    missing = nearest(resolution.outline, draft, Missing)
    paths = {
        path: ruled.rule
        for ruled in (cell.rules if cell else ())
        if (path := amount_path(draft, resolution, ruled.rule)) is not None
    }
    for path, rule in paths.items():
        name = path.removeprefix(draft.path + "/")
        yield Indicator(
            path=path,
            name=name,
            span=rule.span,
            value=Observed(measure=f"{draft.head.key or draft.name}/{name}"),
            kind=Kind.POINTS,
            unit=Unit.POINT,
            missing=missing.outcome if missing else Outcome.ERROR,
            counts=draft.path in resolution.references.reached,
            asked=True,
        )
