"""Stage 2: the plan's steps over the cells, step by step, exact.

`Scores` keeps one figure per step and cell; explain, results and comparisons read from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.evaluation.cells import Cell
from engine.evaluation.figures import VALUE, Figure, Formula, Measured
from engine.evaluation.formulas import FORMULAS
from engine.evaluation.ladder import is_sampled
from engine.evaluation.placing import placed
from engine.evaluation.plan import Plan
from engine.evaluation.result import Reason, State
from engine.evaluation.tasks import Task, task_of
from engine.language.policy import Indicator

Scores = Mapping[str, Sequence[Figure]]
Measures = Mapping[str, Sequence[Measured]]
_FEW = 100  # cells that tell at once whether all are alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A step made ready; `formula` is None where it is no formula over one cell."""

    task: Task
    formula: Formula | None


def work_of(plan: Plan, as_of: date | None) -> tuple[Work, ...]:
    """The steps of a plan made ready for an assessment date, once for any number of cells."""
    return tuple(_work(task_of(plan, step, as_of)) for step in plan.steps)


def _work(task: Task) -> Work:
    maker = FORMULAS.get(task.step.operation)
    return Work(task=task, formula=None if maker is None else maker(task))


def run(plan: Plan, cells: Sequence[Cell], measures: Measures, as_of: date | None) -> Scores:
    """The figures of every step, one per cell. `measures`: by path, one per cell."""
    return worked(work_of(plan, as_of), cells, measures)


def worked(work: Sequence[Work], cells: Sequence[Cell], measures: Measures) -> Scores:
    """The figures of every step, one per cell. Cells whose inputs are the same figures share a figure, which is looked
    for only while most cells have none of their own.
    """
    scores: dict[str, Sequence[Figure]] = {}
    unlike: set[str] = set()
    for each in work:
        step, task = each.task.step, each.task
        if step.operation == "measure":
            scores[step.id] = _measured(task.indicator, measures[step.path])
        elif each.formula is None:
            scores[step.id] = placed(task.indicator, cells, scores[step.inputs[0]])
        elif not step.inputs:
            scores[step.id] = [each.formula(())] * len(cells)
        else:
            work_out = _each if unlike.intersection(step.inputs) else _shared
            scores[step.id] = work_out(each.formula, [scores[name] for name in step.inputs])
        if are_unlike(scores[step.id][:_FEW]) and (unlike.intersection(step.inputs) or are_unlike(scores[step.id])):
            unlike.add(step.id)
    return scores


def are_unlike(figures: Sequence[object]) -> bool:
    """Whether most cells have a figure of their own."""
    return 2 * len(set(map(id, figures))) > len(figures)


def _each(formula: Formula, columns: Sequence[Sequence[Figure]]) -> Sequence[Figure]:
    """The formula over every cell."""
    return list(map(formula, zip(*columns, strict=True)))


def _shared(formula: Formula, columns: Sequence[Sequence[Figure]]) -> Sequence[Figure]:
    """The formula over every cell, worked once for each combination of inputs: figures know no cell, so the same inputs
    give the same figure.
    """
    done: dict[object, Figure] = {}
    found: list[Figure] = []
    keys = zip(*[map(id, column) for column in columns], strict=True)
    for key, inputs in zip(keys, zip(*columns, strict=True), strict=True):
        known = done.get(key)
        if known is None:
            known = done[key] = formula(inputs)
        found.append(known)
    return found


def _measured(indicator: Indicator, column: Sequence[Measured]) -> Sequence[Figure]:
    """The column's figures; what is the same measurement is the same figure."""
    if are_unlike(column):
        return [_measure(indicator, measured) for measured in column]
    done: dict[int, Figure] = {}
    for measured in column:
        if id(measured) not in done:
            done[id(measured)] = _measure(indicator, measured)
    return [done[id(measured)] for measured in column]


def _measure(indicator: Indicator, measured: Measured) -> Figure:
    """What stage 1 measured; too few answers or rows are below the minimum sample (至少N个有效值，否则不评)."""
    state, reason = measured.state, measured.reason
    few = measured.valid is not None and is_sampled(indicator) and measured.valid < indicator.minimum_sample
    if state is VALUE and few:
        state, reason = State.BELOW_MINIMUM_SAMPLE, Reason.SMALL_SAMPLE
    if state is not VALUE:
        return Figure(state=state, reason=reason, cause=indicator.path, measured=measured)
    return Figure(VALUE, measured.value, False, (), measured)
