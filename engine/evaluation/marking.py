"""The steps of an item and of what it takes from the heading above: one formula each, over the rules of `items`."""

from collections.abc import Callable

from engine.evaluation.arithmetic import ZERO, less, minus, plus, total
from engine.evaluation.bands import worst_of
from engine.evaluation.combination import losing_of
from engine.evaluation.figures import VALUE, Figure, Formula, Inputs, are_inexact, are_values
from engine.evaluation.items import Firings, base_of, bases_of, ceilings, settles, settling_of
from engine.evaluation.ladder import only_loses
from engine.evaluation.result import State
from engine.evaluation.sightings import sighting_of
from engine.evaluation.tasks import Task
from engine.evaluation.triggers import prefers_low
from engine.language.policy import Grouped, Item
from engine.language.syntax import Add, Outcome


def item_of(task: Task) -> Item:
    """The item a step belongs to."""
    assert task.indicator.item is not None  # noqa: S101 - the ladder gives these steps to items only
    return task.indicator.item


def rule(task: Task) -> Formula:
    """How often a rule acts."""
    assert task.watch is not None  # noqa: S101 - every rule step has its rule to watch
    return sighting_of(task.watch)


def _together(task: Task) -> Callable[[Inputs], Firings | Figure]:
    """All rules at work, or why the item has no value: 满分 forgives one missing measure among several."""
    forgives = task.indicator.missing is Outcome.FULL

    def found(rules: Inputs) -> Firings | Figure:
        if not are_values(rules):
            stopped = [f for f in rules if not f.is_value and f.state is not State.NOT_APPLICABLE]
            forgiven = forgives and len(stopped) < len(rules)
            if stopped and (not forgiven or any(f.state is State.ERROR for f in stopped)):
                return stopped[0]
            if not any(f.is_value for f in rules):
                return rules[0]
        return tuple([figure.rules[0] for figure in rules])

    return found


def base(task: Task) -> Formula:
    """What the first rule that sets it makes of the full marks."""
    item, full, low, together = item_of(task), task.full, prefers_low(task.indicator), _together(task)
    bases = bases_of(item.rules, full)

    def found(inputs: Inputs) -> Figure:
        firings = together(inputs)
        if isinstance(firings, Figure):
            return firings
        value, ends, marked = base_of(item, bases, firings, full, prefers_low=low)
        return Figure(VALUE, value, are_inexact(inputs), marked, final=ends)

    return found


def deduction(task: Task) -> Formula:
    """Σ of what the rules take, after all caps, with what each took."""
    item, full, together = item_of(task), task.full, _together(task)
    settled = settling_of(item, full) if settles(item) else None

    def alone(inputs: Inputs) -> Figure:
        firings = together(inputs)
        if isinstance(firings, Figure):
            return firings
        taken, firings = (ZERO, firings) if settled is None else settled(full, firings)
        return Figure(VALUE, taken, are_inexact(inputs), firings)

    def from_base(inputs: Inputs) -> Figure:
        start = inputs[0]
        if start.state is not VALUE:
            return start
        taken, firings = ZERO, start.rules
        if settled is not None and not start.final:
            taken, firings = settled(start.number, firings)
        return Figure(VALUE, taken, are_inexact(inputs), firings)

    return alone if only_loses(task.indicator) else from_base


def addition(task: Task) -> Formula:
    """Σ of what the rules give, as the deduction has settled it."""
    adding = [n for n, each in enumerate(item_of(task).rules) if isinstance(each.effect, Add)]

    def found(inputs: Inputs) -> Figure:
        (taken,) = inputs
        if taken.state is not VALUE:
            return taken
        given = total([taken.rules[n].points for n in adding]) if adding else ZERO
        return Figure(VALUE, given, taken.inexact)

    return found


def score(task: Task) -> Formula:
    """Base - deductions + additions, clamped to [0, F]; 加分可超过满分 lifts the upper end."""
    most = None if item_of(task).exceed else task.full

    def found(inputs: Inputs) -> Figure:
        start, taken, given = inputs
        if start.state is not VALUE:
            return start
        value = plus(minus(start.number, taken.number), given.number)
        value = ZERO if value.numerator < 0 else value
        return Figure(VALUE, value if most is None or less(value, most) else most, are_inexact(inputs))

    return found


def ceiling(task: Task) -> Formula:
    """No more than the lowest ceiling that acts; of the grades demanded the worst."""
    rules, bands, together = item_of(task).rules, task.indicator.bands, _together(task)

    def found(inputs: Inputs) -> Figure:
        reached = inputs[0]
        firings = together(inputs[1:]) if reached.is_value else reached
        if isinstance(firings, Figure):
            return firings
        top, grades = ceilings(rules, firings)
        value = reached.number if top is None else min(reached.number, top)
        return Figure(VALUE, value, are_inexact(inputs), forced=worst_of(bands, grades))

    return found


def loss(task: Task) -> Formula:
    """What the heading above loses: deductions less additions, the losses of a group, or full marks less the score."""
    indicator, full = task.indicator, task.full

    def taken_less_given(inputs: Inputs) -> Figure:
        taken, given = inputs
        if taken.state is not VALUE:
            return taken
        return Figure(VALUE, minus(taken.number, given.number), are_inexact(inputs))

    def missing_marks(inputs: Inputs) -> Figure:
        (reached,) = inputs
        return Figure(VALUE, minus(full, reached.number), reached.inexact) if reached.is_value else reached

    if isinstance(indicator.value, Grouped):
        return losing_of(indicator, task.parts, task.mix)
    return taken_less_given if only_loses(indicator) else missing_marks
