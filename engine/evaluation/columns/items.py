"""Items over columns: what the rules of a line make of it together, within the caps, the counterpart of `items`."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

import numpy as np

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns.edges import Doubts
from engine.evaluation.columns.legend import FAILED, LACKING, Legend, blanked, demanded, filled, first, gaps_at, gaps_of
from engine.evaluation.columns.numbers import (
    Column,
    Gaps,
    Mask,
    chosen,
    clamped,
    constant,
    lowest,
    mixed,
    product,
    replaced,
)
from engine.evaluation.columns.parts import Formula, Inputs, few_of
from engine.evaluation.columns.rules import acts
from engine.evaluation.items import BASES, must_be_earned, takes
from engine.evaluation.ladder import marks_of, only_loses
from engine.evaluation.tasks import Task
from engine.evaluation.triggers import is_event
from engine.language.policy import Item, ItemRule
from engine.language.syntax import (
    Add,
    AlwaysTrigger,
    Ceiling,
    Deduct,
    FullMarks,
    GradeAs,
    Interpolation,
    NoMarks,
    Outcome,
    Proportion,
    Score,
    Share,
)

# ---------------------------------------------------------------- the lines of an item


def _item(task: Task) -> Item:
    assert task.indicator.item is not None  # noqa: S101 - the ladder gives these steps to items only
    return task.indicator.item


def _lines(task: Task, rules: Inputs) -> tuple[Gaps | None, list[Column]]:
    """Why an item has no value, and its rules; one that is not applicable or forgiven never acted."""
    if len(rules) == 1 or all(column.lacks is None for column in rules):
        return gaps_of(rules[0]), list(rules)
    few = few_of(rules, reduce(np.add, [column.values for column in rules]))
    if few is None:
        return None, list(rules)
    stops = [codes >= LACKING for codes in few.codes]
    found = np.zeros_like(few.codes[0])
    for stop, codes in zip(stops, few.codes, strict=True):
        found = np.where((found == 0) & stop, codes, found)
    if task.indicator.missing is Outcome.FULL:
        failed = reduce(np.logical_or, (codes >= FAILED for codes in few.codes))
        found = np.where(reduce(np.logical_and, stops) | failed, found, np.uint16(0))
    none = reduce(np.logical_and, (codes > 0 for codes in few.codes))
    found = np.where(none & (found == 0), few.codes[0], found)
    return gaps_at(few.rows, found[few.which]), [filled(column) for column in rules]


# ---------------------------------------------------------------- the base


def base(task: Task, _legend: Legend) -> Formula:
    """What the rules that set the base make of it (`items.base_of`)."""
    rules, full = _item(task).rules, marks_of(task.indicator)
    setting = [n for n, each in enumerate(rules) if isinstance(each.effect, BASES)]
    start = ZERO if must_be_earned(rules, full) else full

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        lacks, lines = _lines(task, inputs)
        value = constant(start, len(inputs[0].values))
        if not setting:
            return blanked(value, lacks)
        acting = {n: acts(lines[n], doubts) for n in setting if not rules[n].adds}
        value, final = _set_base(task, value, lines, acting)
        return blanked(value, lacks)._replace(final=final)

    return found


def _set_base(task: Task, value: Column, lines: Sequence[Column], acting: Mapping[int, Mask]) -> tuple[Column, Mask]:
    """From the last rule to the first, so that the first that acts stands; what forfeits the marks comes before all,
    what adds up and what has no condition behind all others.
    """
    rules = _item(task).rules
    final = np.zeros(len(value.values), dtype=np.bool_)
    each = [n for n, one in enumerate(rules) if one.adds]
    behind = [n for n in acting if isinstance(rules[n].trigger, AlwaysTrigger)]
    order = [*reversed(behind), *each[:1], *(n for n in reversed(list(acting)) if n not in behind)]
    forfeiting = [n for n in acting if isinstance(rules[n].effect, NoMarks) and is_event(rules[n].trigger)]
    for n in [*order, *forfeiting]:
        acts = acting.get(n)
        earned = _earned(task, n, lines[n]) if acts is not None else _added_up(task, each, lines)
        value = earned if acts is None else chosen(acts, earned, value)
        ends = isinstance(rules[n].effect, NoMarks)
        final = (final & False) if acts is None else np.where(acts, ends, final)
    return value, final


def _added_up(task: Task, each: Sequence[int], lines: Sequence[Column]) -> Column:
    """The points of all rules whose marks add up, each within its cap, all within theirs."""
    item = _item(task)
    parts = [(item.rules[n], lines[n]) for n in each]
    earned = [
        (ONE, clamped(mixed([(of.effect.points.amount, times)]), None, of.cap))
        for of, times in parts
        if isinstance(of.effect, Score)
    ]
    return clamped(mixed(earned), None, item.earning_cap)


def _earned(task: Task, n: int, line: Column) -> Column:
    size, full = len(line.values), marks_of(task.indicator)
    match _item(task).rules[n].effect:
        case Score(points=points):
            caps = [cap for cap in (_item(task).rules[n].cap, _item(task).earning_cap) if cap is not None]
            return constant(min([points.amount, *caps]), size)
        case FullMarks():
            return constant(full, size)
        case Proportion() | Interpolation() if line.marks is not None:
            return line.marks
        case _:
            return constant(ZERO, size)


# ---------------------------------------------------------------- deductions and additions


def deduction(task: Task, _legend: Legend) -> Formula:
    """What the rules take, after all caps, with what they give (`items.settled`)."""
    item, full, bare = _item(task), marks_of(task.indicator), only_loses(task.indicator)
    alone = bare and len(item.rules) == 1 and takes(item.rules[0].effect)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        start = None if bare else inputs[0]
        found = _Settling(item, full, start, len(inputs[0].values))
        if alone:  # where the rule has no value, what it takes has none
            found.settle(item.rules[0], inputs[0])
            return found.result(None)._replace(lacks=inputs[0].lacks)
        lacks, rules = _lines(task, inputs if start is None else inputs[1:])
        for of, times in zip(item.rules, rules, strict=True):
            found.settle(of, times)
        return blanked(found.result(None if start is None else start.final), lacks if start is None else gaps_of(start))

    return found


class _Settling:
    """The rules of an item in the written order; those written first fill a common cap first."""

    def __init__(self, item: Item, full: Fraction, base: Column | None, size: int) -> None:
        self.item, self.full, self.size = item, full, size
        of_score = any(isinstance(r.effect, Share) and r.effect.of_score for r in item.rules)
        self.running = (base or constant(full, size)) if of_score else None
        self.taken: Column | None = None
        self.given: Column | None = None

    def settle(self, of: ItemRule, times: Column) -> None:
        """One rule: what it asks for, within its own cap and what is left of the common one."""
        costs = takes(of.effect)
        if not costs and not isinstance(of.effect, Add):
            return
        before, most = (self.taken, self.item.cap) if costs else (self.given, self.item.adding_cap)
        amount = clamped(self._asked(of, times), None, of.cap)
        if most is not None and before is None:
            amount = clamped(amount, None, most)
        elif most is not None and before is not None:
            amount = lowest([amount, clamped(mixed([(-ONE, before)], most), ZERO, None)])
        after = amount if before is None else mixed([(ONE, before), (ONE, amount)])
        if costs:
            self.taken = after
        else:
            self.given = after
        if self.running is not None:
            self.running = mixed([(ONE, self.running), (-ONE if costs else ONE, amount)])

    def _asked(self, of: ItemRule, times: Column) -> Column:
        match of.effect:
            case Deduct(points=points) | Add(points=points):
                return mixed([(points.amount, times)])
            case Share(percent=percent, of_score=True) if self.running is not None:
                return product(mixed([(percent / 100, clamped(self.running, ZERO, None))]), times)
            case Share(percent=percent):
                return mixed([(self.full * percent / 100, times)])
            case _:
                return mixed([(ZERO, times)])

    def result(self, final: Mask | None) -> Column:
        """All that is taken, with all that is given; nothing of either where a rule has ended the item."""
        taken = self.taken or constant(ZERO, self.size)
        if final is None or not final.any():
            return taken._replace(added=self.given)
        given = None if self.given is None else _unless(final, self.given)
        return _unless(final, taken)._replace(added=given)


def _unless(final: Mask, column: Column) -> Column:
    return column._replace(values=replaced(column.values, final, 0), least=min(column.least, 0))


def addition(_task: Task, _legend: Legend) -> Formula:
    """What the rules give."""

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        (taken,) = inputs
        if taken.added is None:
            return mixed([(ZERO, taken)])._replace(lacks=taken.lacks)
        return blanked(taken.added, gaps_of(taken))

    return found


def score(task: Task, _legend: Legend) -> Formula:
    """Base - deductions + additions, clamped to [0, F]; 加分可超过满分 lifts the upper end."""
    most = None if _item(task).exceed else marks_of(task.indicator)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        start, taken, given = inputs
        parts = [(ONE, start), (-ONE, taken)]
        parts += [(ONE, given)] if taken.added is not None else []
        return clamped(mixed(parts), ZERO, most)._replace(lacks=start.lacks)

    return found


def ceiling(task: Task, legend: Legend) -> Formula:
    """The lowest ceiling that acts, and the worst grade that is demanded."""
    rules = _item(task).rules
    grades = {n: legend.grade(r.effect.label.text) for n, r in enumerate(rules) if isinstance(r.effect, GradeAs)}
    ranks = legend.ranks(task.indicator.bands)

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        value, lacks = inputs[0], gaps_of(inputs[0])
        stopped, lines = _lines(task, inputs[1:])
        forced = None
        for n, (of, line) in enumerate(zip(rules, lines, strict=True)):
            if isinstance(of.effect, Ceiling):
                lowered = clamped(value, None, of.effect.points.amount)
                value = chosen(acts(line, doubts), lowered, value)
            elif n in grades:
                forced = demanded(forced, acts(line, doubts), grades[n], ranks)
        return blanked(value, first(lacks, stopped))._replace(forced=forced)

    return found


def own_loss(task: Task) -> Formula:
    """What an item without points of its own takes: deductions less additions."""
    assert only_loses(task.indicator)  # noqa: S101 - others lose what is missing to their full marks

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        taken, given = inputs
        lost = taken if taken.added is None else mixed([(ONE, taken), (-ONE, given)])
        return lost._replace(lacks=taken.lacks)

    return found
