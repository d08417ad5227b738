"""Stage 2: the plan's steps over the cells, step by step, exact.

`Scores` keeps one figure per step and cell; explain, results and comparisons read from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.evaluation.cells import Cell
from engine.evaluation.combination import mix_of
from engine.evaluation.figures import Figure, Measured
from engine.evaluation.formulas import FORMULAS, Formula, Task, stretches
from engine.evaluation.items import bases_of, settles
from engine.evaluation.ladder import is_distribution, is_sampled, marks_of
from engine.evaluation.placing import placed
from engine.evaluation.plan import Plan, Step
from engine.evaluation.result import Reason, State
from engine.evaluation.sightings import watch_of
from engine.evaluation.triggers import prefers_low
from engine.language.policy import FuzzyEvaluation, Indicator

Scores = Mapping[str, Sequence[Figure]]
Measures = Mapping[str, Sequence[Measured]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A step with all that is the same in every cell; `formula` is None where it is no formula over one cell."""

    task: Task
    formula: Formula | None


def work_of(plan: Plan, as_of: date | None) -> tuple[Work, ...]:
    """The steps of a plan made ready for an assessment date, once for any number of cells."""
    return tuple(Work(task=_task(plan, step, as_of), formula=FORMULAS.get(step.operation)) for step in plan.steps)


def run(plan: Plan, cells: Sequence[Cell], measures: Measures, as_of: date | None) -> Scores:
    """The figures of every step, one per cell. `measures`: by path, one per cell."""
    return worked(work_of(plan, as_of), cells, measures)


def worked(work: Sequence[Work], cells: Sequence[Cell], measures: Measures) -> Scores:
    """The figures of every step, one per cell; cells whose inputs are the same figures share the figure, as long as
    many do: where most have their own, those of the steps behind are their own as well.
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
            scores[step.id] = [each.formula(task, ())] * len(cells)
        else:
            work_out = _each if unlike.intersection(step.inputs) else _shared
            scores[step.id] = work_out(each.formula, task, [scores[name] for name in step.inputs])
        if unlike.intersection(step.inputs) or are_unlike(scores[step.id]):
            unlike.add(step.id)
    return scores


def are_unlike(figures: Sequence[Figure]) -> bool:
    """Whether most cells have a figure of their own."""
    return 2 * len(set(map(id, figures))) > len(figures)


def _each(formula: Formula, task: Task, columns: Sequence[Sequence[Figure]]) -> Sequence[Figure]:
    """The formula over every cell."""
    return [formula(task, inputs) for inputs in zip(*columns, strict=True)]


def _shared(formula: Formula, task: Task, columns: Sequence[Sequence[Figure]]) -> Sequence[Figure]:
    """The formula over every cell, worked once for each combination of inputs: figures know no cell, so the same inputs
    give the same figure.
    """
    done: dict[object, Figure] = {}
    found: list[Figure] = []
    keys = zip(*[map(id, column) for column in columns], strict=True)
    for key, inputs in zip(keys, zip(*columns, strict=True), strict=True):
        known = done.get(key)
        if known is None:
            known = done[key] = formula(task, inputs)
        found.append(known)
    return found


def _task(plan: Plan, step: Step, as_of: date | None) -> Task:
    scheme = plan.scheme
    parts = tuple(scheme.indicators[path] for path in step.parts)
    indicator = scheme.indicators[step.path]
    levels = _levels(plan, indicator) if step.operation == "substitute" else 0
    watch = None if step.rule is None else watch_of(scheme, indicator, step.rule, step.line, as_of)
    mix = mix_of(indicator, parts)
    return Task(
        step=step,
        scheme=scheme,
        indicator=indicator,
        parts=parts,
        watch=watch,
        mix=mix,
        full=marks_of(indicator),
        prefers_low=prefers_low(indicator),
        settles=indicator.item is not None and settles(indicator.item),
        bases=bases_of(indicator.item.rules, marks_of(indicator))
        if indicator.item and step.operation == "base"
        else None,
        stretches=stretches(indicator) if step.operation == "scale" else (),
        levels=levels,
    )


def _levels(plan: Plan, indicator: Indicator) -> int:
    """How many grades the membership has that a missing one is replaced by; 0 where a score is replaced."""
    if not is_distribution(indicator) or (isinstance(indicator.value, FuzzyEvaluation) and indicator.value.score):
        return 0
    above = [i.value for i in plan.scheme.indicators.values() if indicator.path in i.children]
    return next((len(value.grades) for value in above if isinstance(value, FuzzyEvaluation)), 0)


def _measured(indicator: Indicator, column: Sequence[Measured]) -> Sequence[Figure]:
    """The column's figures; what is the same measurement is the same figure."""
    done: dict[int, Figure] = {}
    for measured in column:
        if id(measured) not in done:
            done[id(measured)] = _measure(indicator, measured)
    return [done[id(measured)] for measured in column]


def _measure(indicator: Indicator, measured: Measured) -> Figure:
    """What stage 1 measured; too few answers or rows are below the minimum sample (至少N个有效值，否则不评)."""
    state, reason = measured.state, measured.reason
    few = measured.valid is not None and is_sampled(indicator) and measured.valid < indicator.minimum_sample
    if state is State.VALUE and few:
        state, reason = State.BELOW_MINIMUM_SAMPLE, Reason.SMALL_SAMPLE
    if state is not State.VALUE:
        return Figure(state=state, reason=reason, cause=indicator.path, measured=measured)
    return Figure(value=measured.value, measured=measured)
