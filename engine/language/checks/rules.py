"""Rules: points that are points, sizes above zero, effects with the marks they need, things that cost once (E605, W607,
E610, E613–E615, W622, E623).
"""

from collections.abc import Iterator
from itertools import combinations

from engine.diagnostics import Diagnostic
from engine.language.checks.cells import CellRule, sort_of
from engine.language.checks.dates import target_of
from engine.language.checks.findings import both, finding, number
from engine.language.checks.items import full_of
from engine.language.checks.outline import Draft, said_all
from engine.language.checks.resolution import Resolution
from engine.language.syntax import (
    Add,
    Binary,
    Call,
    Cap,
    Ceiling,
    Choice,
    CountTrigger,
    Deduct,
    Expression,
    FullMarks,
    Interpolation,
    LateTrigger,
    Negation,
    NoMarks,
    Number,
    PeriodCap,
    Proportion,
    Quantity,
    Rule,
    Score,
    Share,
    StepTrigger,
    Unit,
    choice,
)

_NEED_MARKS = (NoMarks, FullMarks, Score, Share, Proportion, Interpolation, Ceiling)


def points_are_points(resolution: Resolution) -> Iterator[Diagnostic]:
    """E605: 扣1% is neither one point nor 1 % of anything; a deduction is in points, or a share of something named."""
    for draft, rule in every_rule(resolution):
        effect = rule.effect
        in_points = isinstance(effect, Deduct | Add | Score | Ceiling)
        if in_points and effect.points.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINT):
            amount = number(effect.points.amount)
            verb = both("加", "add") if isinstance(effect, Add) else both("扣", "deduct")
            case = "" if isinstance(effect, Deduct) else "other"
            span = effect.points.span
            yield finding(resolution.outline, "E605", span, draft=draft, case=case, amount=amount, verb=verb)


def every_rule(resolution: Resolution) -> Iterator[tuple[Draft | None, Rule]]:
    """Every rule of the scheme with its line, once; rules of 各项 too."""
    outline = resolution.outline
    for rule in said_all((*outline.general, *outline.each), Rule):
        yield None, rule
    seen: set[int] = set()
    for draft in resolution.drafts:
        for rule in said_all((*draft.own, *draft.each), Rule):
            if id(rule) not in seen:
                seen.add(id(rule))
                yield draft, rule


def groups_say_each(resolution: Resolution) -> Iterator[Diagnostic]:
    """W607: 甲、乙：…扣1分 is one point for each or one for both together; 各扣 says it."""
    for draft in resolution.drafts:
        line = draft.line
        first = line.heads[0].name.identity == draft.head.name.identity
        if len(line.heads) < 2 or line.chain or not first:
            continue
        for rule in said_all(draft.own, Rule):
            if not rule.each and isinstance(rule.effect, Deduct | Add):
                points = number(rule.effect.points.amount)
                verb = both("扣", "deduct") if isinstance(rule.effect, Deduct) else both("加", "add")
                yield finding(
                    resolution.outline,
                    "W607",
                    rule.span,
                    draft=draft,
                    verb=verb,
                    points=points,
                    heads=both(*_heads(draft)),
                )


def _heads(draft: Draft) -> tuple[str, str]:
    names = [f"“{head.name.text}”" for head in draft.line.heads]
    return "、".join(names), ", ".join(names)


def effects_have_marks(resolution: Resolution) -> Iterator[Diagnostic]:
    """E610: 不得分, 得满分, 得N分 and shares speak of a line's points; below a deduction it must have some."""
    for draft, ruled in _cell_rules(resolution):
        needing = isinstance(ruled.rule.effect, _NEED_MARKS)
        if needing and full_of(resolution, draft) is None:
            span = ruled.rule.effect.span
            effect = resolution.outline.source.text[span.start : span.end]
            yield finding(resolution.outline, "E610", span, draft=draft, name=draft.name, effect=effect)


def _cell_rules(resolution: Resolution) -> Iterator[tuple[Draft, CellRule]]:
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        for ruled in cell.rules if cell else ():
            yield draft, ruled


def points_stay_within(resolution: Resolution) -> Iterator[Diagnostic]:
    """E613: a rule gives no more points than the line has."""
    for draft, ruled in _cell_rules(resolution):
        full, effect = full_of(resolution, draft), ruled.rule.effect
        if isinstance(effect, Score | Ceiling) and full is not None and effect.points.amount > full:
            points = number(effect.points.amount)
            span = effect.points.span
            yield finding(
                resolution.outline, "E613", span, draft=draft, name=draft.name, points=points, full=number(full)
            )


def rules_stand_on_leaves(resolution: Resolution) -> Iterator[Diagnostic]:
    """E614: a rule reads one value; a heading and a formula have none, and say 一票否决 instead."""
    for draft in resolution.drafts:
        if not draft.children and draft.line.formula is None:
            continue
        for rule in said_all(draft.line.bullets, Rule):  # one beside the name is reported by the parser
            case = "formula" if draft.line.formula is not None else ""
            yield finding(resolution.outline, "E614", rule.span, draft=draft, case=case, name=draft.name)


def things_cost_once(resolution: Resolution) -> Iterator[Diagnostic]:
    """W622: 每次扣1分，每起扣2分 counts every complaint twice, and three points are lost for each.

    Rules for different cases (轻微投诉, 严重投诉), or on different bounds, count different things.
    """
    outline = resolution.outline
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        for one, two in combinations(cell.rules, 2) if cell else ():
            sort, again = sort_of(one.rule), sort_of(two.rule)
            if sort != again or sort not in ("taken", "added"):
                continue
            if (one.measure, one.rule.trigger) == (two.measure, two.rule.trigger):
                first, second = (outline.source.text[r.span.start : r.span.end] for r in (one.rule, two.rule))
                case, span, related = "" if sort == "taken" else "added", two.rule.span, (one.rule.span,)
                said = {"name": draft.name, "first": first, "second": second}
                yield finding(outline, "W622", span, draft=draft, case=case, related=related, **said)


def amounts_are_capped_as_a_whole(resolution: Resolution) -> Iterator[Diagnostic]:
    """E623: 每月最多扣5分 bounds what rules take in a month; of 酌情扣1至3分 only the assessor's total is collected."""
    outline = resolution.outline
    for draft, ruled in _cell_rules(resolution):
        cap = resolution.cells[draft.path].period_cap
        if cap is not None and choice(ruled.rule.effect) is not None:
            said = {"name": draft.name, "cap": outline.source.text[cap.span.start : cap.span.end]}
            yield finding(outline, "E623", ruled.rule.span, draft=draft, related=(cap.span,), **said)


def period_caps_stand_on_leaves(resolution: Resolution) -> Iterator[Diagnostic]:
    """E614: a cap per month bounds what one line loses in a month; a heading is given once, not per month."""
    for draft in resolution.drafts:
        if draft.children or draft.line.formula is not None:
            for cap in said_all(draft.own, PeriodCap):
                yield finding(resolution.outline, "E614", cap.span, draft=draft, case="period", name=draft.name)


def bounds_are_above_zero(resolution: Resolution) -> Iterator[Diagnostic]:
    """E615: a cap of nothing lets its rules do nothing, and a rule of no points does nothing itself."""
    for draft in resolution.drafts:
        for cap in (*said_all(draft.own, Cap), *said_all(draft.own, PeriodCap)):
            if cap.points is not None and cap.points <= 0:
                yield finding(resolution.outline, "E615", cap.span, draft=draft, case="cap", value=number(cap.points))
    for draft, rule in every_rule(resolution):
        effect = rule.effect
        chosen = choice(effect) is not None  # 酌情扣0至3分 may begin at nothing
        if isinstance(effect, Deduct | Add) and effect.points.amount <= 0 and not chosen:
            yield finding(resolution.outline, "E615", effect.points.span, draft=draft, case="points", value="0")


def sizes_are_above_zero(resolution: Resolution) -> Iterator[Diagnostic]:
    """E615: a step of nothing is never complete, and a choice goes from the smaller number to the larger."""
    for draft, rule in every_rule(resolution):
        size = _size(rule)
        if size is not None and size.amount <= 0:
            yield finding(resolution.outline, "E615", size.span, draft=draft, value=number(size.amount))
        bounds = choice(rule.effect)
        if bounds is not None and bounds[1].amount < bounds[0].amount:
            least, most = (number(bound.amount) for bound in bounds)
            span = rule.effect.span
            yield finding(resolution.outline, "E615", span, draft=draft, case="between", value=least, most=most)


def divisors_are_not_zero(resolution: Resolution) -> Iterator[Diagnostic]:
    """E615: nothing is divided by zero, neither in a formula nor as a proportion of a target."""
    for draft in resolution.drafts:
        for divisor in divisors_in(draft.line.formula):
            if isinstance(divisor, Number) and divisor.amount == 0:
                yield finding(resolution.outline, "E615", divisor.span, draft=draft, case="division", value="0")
    for draft, ruled in _cell_rules(resolution):
        for value in target_of(resolution.outline, draft) if isinstance(ruled.rule.effect, Proportion) else ():
            if value.amount <= 0:
                span, shown = ruled.rule.span, number(value.amount)
                yield finding(resolution.outline, "E615", span, draft=draft, case="target", value=shown)


def _size(rule: Rule) -> Quantity | None:
    """What one step, one count or one delay is."""
    match rule.trigger:
        case StepTrigger(size=size):
            return size
        case CountTrigger(per=per) | LateTrigger(per=per):
            return Quantity(per, span=rule.trigger.span)
        case _:
            return None


def divisors_in(formula: Expression | None) -> Iterator[Expression]:
    """What a formula divides by, from left to right."""
    match formula:
        case Binary(operator=operator, left=left, right=right):
            yield from divisors_in(left)
            if operator == "/":
                yield right
            yield from divisors_in(right)
        case Negation(operand=operand):
            yield from divisors_in(operand)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from divisors_in(argument)
        case Choice(left=left, right=right, then=then, otherwise=otherwise):
            for part in (left, right, then, otherwise):
                yield from divisors_in(part)
        case _:
            return
