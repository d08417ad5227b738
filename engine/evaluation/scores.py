"""Stage 2: the plan's steps over the cells, step by step, exact.

`Scores` keeps one figure per step and cell; explain, results and comparisons read from there.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from engine.evaluation.arithmetic import ZERO, clamped, square_root
from engine.evaluation.cells import Cell
from engine.evaluation.figures import Figure, Measured, valued, without
from engine.evaluation.formulas import FORMULAS, Task
from engine.evaluation.ladder import is_distribution, is_sampled
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
            scores[step.id] = _over_units(task.indicator, cells, scores[step.inputs[0]])
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


# ---------------------------------------------------------------- scores relative to the other units


def _over_units(indicator: Indicator, cells: Sequence[Cell], column: Sequence[Figure]) -> tuple[Figure, ...]:
    """Every cell against the units of its segment; subtotals and the whole are placed among them, they are none."""
    columns = max((len(cell.unit or ()) for cell in cells), default=0)
    groups: dict[tuple[tuple[str, str], ...], list[Fraction]] = {}
    for cell, figure in zip(cells, column, strict=True):
        if figure.is_value and len(cell.unit or ()) == columns:
            groups.setdefault(cell.segment, []).append(figure.number)
    place = _min_max if indicator.over_units == "min-max" else _z_score
    return tuple(
        place(indicator, figure, groups.get(cell.segment, [])) if figure.is_value else figure
        for cell, figure in zip(cells, column, strict=True)
    )


def _min_max(indicator: Indicator, figure: Figure, group: Sequence[Fraction]) -> Figure:
    """S = c + (x - min)(d - c)/(max - min) over the units; lower is better: (max - x). OECD handbook, 5.3."""
    if not group or min(group) == max(group):
        return without(State.NOT_RATED, Reason.NO_SPREAD, indicator.path)
    low, high = min(group), max(group)
    worst, best = indicator.over_units_to or (ZERO, indicator.full)
    x = clamped(figure.number, low, high)
    part = (high - x if indicator.lower_is_better else x - low) / (high - low)
    return valued(worst + part * (best - worst), figure)


def _z_score(indicator: Indicator, figure: Figure, group: Sequence[Fraction]) -> Figure:
    """Z = (x - mean)/σ with σ² = Σ(x - mean)²/n: the units are all there are, not a sample. OECD handbook, 5.2."""
    if not group or min(group) == max(group):
        return without(State.NOT_RATED, Reason.NO_SPREAD, indicator.path)
    mean = sum(group, ZERO) / len(group)
    deviation = square_root(sum(((x - mean) ** 2 for x in group), ZERO) / len(group))
    z = (figure.number - mean) / deviation
    return Figure(value=-z if indicator.lower_is_better else z, inexact=True)
