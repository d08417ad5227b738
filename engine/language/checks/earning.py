"""Marks that several rules of one line earn: whether they add up, or the first that acts stands for all.

有制度得4分，有记录得6分, of 10 points: only both together reach full marks, so they add up. 方案完整得10分，
较完整得6分: one alone reaches them, so one holds. What is earned once for each (每项得2分) and what a cap bounds
(最多得10分) adds up.
"""

from collections.abc import Sequence
from fractions import Fraction

from engine.language.checks.cells import Cell, CellRule
from engine.language.syntax import CountTrigger, FullMarks, LateTrigger, Score, StepTrigger

_EACH = (StepTrigger, CountTrigger, LateTrigger)


def adding_up(cell: Cell, full: Fraction) -> frozenset[int] | None:
    """The numbers of the rules whose marks add up; None where the text leaves open whether they do (E621)."""
    earning = [n for n, ruled in enumerate(cell.rules) if isinstance(ruled.rule.effect, Score)]
    each = frozenset(n for n in earning if isinstance(cell.rules[n].rule.trigger, _EACH))
    things = {cell.rules[n].measure for n in earning}
    if len(things) < 2 or _one_is_enough(cell.rules, full):
        return each
    once = [n for n in earning if n not in each]
    if len({cell.rules[n].measure for n in once}) < len(once):
        return None
    several = each or cell.earning_cap is not None or worth(cell) == full
    return frozenset(earning) if several else None


def worth(cell: Cell) -> Fraction:
    """What the rules that earn marks are worth together, each once."""
    return sum((points for ruled in cell.rules if (points := _points(ruled)) is not None), Fraction(0))


def _one_is_enough(rules: Sequence[CellRule], full: Fraction) -> bool:
    return any(isinstance(ruled.rule.effect, FullMarks) or _points(ruled) == full for ruled in rules)


def _points(ruled: CellRule) -> Fraction | None:
    effect = ruled.rule.effect
    return effect.points.amount if isinstance(effect, Score) else None
