"""Stage 2: the plan's steps over the cells, step by step, exact.

`Scores` keeps one figure per step and cell; explain, results and comparisons read from there.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from engine.evaluation.cells import Cell
from engine.evaluation.figures import Figure, Measured
from engine.evaluation.formulas import FORMULAS, Task
from engine.evaluation.ladder import is_distribution, is_sampled
from engine.evaluation.placing import placed
from engine.evaluation.plan import Plan, Step
from engine.evaluation.result import Reason, State
from engine.evaluation.sightings import watch_of
from engine.language.policy import FuzzyEvaluation, Indicator

Scores = Mapping[str, tuple[Figure, ...]]
Measures = Mapping[str, Sequence[Measured]]


def run(plan: Plan, cells: Sequence[Cell], measures: Measures, as_of: date | None) -> Scores:
    """The figures of every step, one per cell. `measures`: by path, one per cell."""
    scores: dict[str, tuple[Figure, ...]] = {}
    for step in plan.steps:
        task = _task(plan, step, as_of)
        if step.operation == "measure":
            scores[step.id] = tuple(_measure(task.indicator, measured) for measured in measures[step.path])
        elif step.operation == "over units":
            scores[step.id] = placed(task.indicator, cells, scores[step.inputs[0]])
        else:
            formula = FORMULAS[step.operation]
            columns = [scores[name] for name in step.inputs]
            scores[step.id] = tuple(formula(task, [column[n] for column in columns]) for n in range(len(cells)))
    return scores


def _task(plan: Plan, step: Step, as_of: date | None) -> Task:
    scheme = plan.scheme
    parts = tuple(scheme.indicators[path] for path in step.parts)
    indicator = scheme.indicators[step.path]
    levels = _levels(plan, indicator) if step.operation == "substitute" else 0
    watch = None if step.rule is None else watch_of(scheme, indicator, step.rule, step.line, as_of)
    return Task(step=step, scheme=scheme, indicator=indicator, parts=parts, watch=watch, levels=levels)


def _levels(plan: Plan, indicator: Indicator) -> int:
    """How many grades the membership has that a missing one is replaced by; 0 where a score is replaced."""
    if not is_distribution(indicator) or (isinstance(indicator.value, FuzzyEvaluation) and indicator.value.score):
        return 0
    above = [i.value for i in plan.scheme.indicators.values() if indicator.path in i.children]
    return next((len(value.grades) for value in above if isinstance(value, FuzzyEvaluation)), 0)


def _measure(indicator: Indicator, measured: Measured) -> Figure:
    """What stage 1 measured; too few answers or rows are below the minimum sample (至少N个有效值，否则不评)."""
    state, reason = measured.state, measured.reason
    few = measured.valid is not None and is_sampled(indicator) and measured.valid < indicator.minimum_sample
    if state is State.VALUE and few:
        state, reason = State.BELOW_MINIMUM_SAMPLE, Reason.SMALL_SAMPLE
    if state is not State.VALUE:
        return Figure(state=state, reason=reason, cause=indicator.path, measured=measured)
    return Figure(value=measured.value, measured=measured)
