"""What a step is made ready from, once for any number of cells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.evaluation.arithmetic import Stretch, in_logarithms, stretches_of
from engine.evaluation.combination import Mix, mix_of
from engine.evaluation.figures import Formula
from engine.evaluation.ladder import is_distribution, marks_of, turns_scale
from engine.evaluation.plan import Plan, Step
from engine.evaluation.sightings import Watch, watch_of
from engine.language.policy import CheckedScheme, FuzzyEvaluation, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step, the indicator it belongs to and those behind its inputs: what is the same in every cell.

    `full`: the full marks of the indicator. `watch`: the rule of a `rule` step, `mix`: how its parts are mixed,
    `stretches`: of a `scale` step the map, `levels`: how many grades a membership has, for the step that replaces one.
    """

    step: Step
    scheme: CheckedScheme
    indicator: Indicator
    parts: tuple[Indicator, ...]
    mix: Mix
    full: Fraction
    watch: Watch | None = None
    stretches: tuple[Stretch, ...] = ()
    levels: int = 0


Maker = Callable[[Task], Formula]


def task_of(plan: Plan, step: Step, as_of: date | None) -> Task:
    """The task of a step on an assessment date."""
    scheme = plan.scheme
    parts = tuple(scheme.indicators[path] for path in step.parts)
    indicator = scheme.indicators[step.path]
    return Task(
        step=step,
        scheme=scheme,
        indicator=indicator,
        parts=parts,
        mix=mix_of(indicator, parts),
        full=marks_of(indicator),
        watch=None if step.rule is None else watch_of(scheme, indicator, step.rule, as_of),
        stretches=_stretches(indicator) if step.operation == "scale" else (),
        levels=_levels(plan, indicator) if step.operation == "substitute" else 0,
    )


def _stretches(indicator: Indicator) -> tuple[Stretch, ...]:
    """The map of an indicator's scale, in logarithms where it says so and its values have them."""
    scale = indicator.scale
    if scale is None or (indicator.log_scale and min(scale.low, scale.high) <= 0):
        return ()
    return stretches_of(in_logarithms(scale) if indicator.log_scale else scale, reverse=turns_scale(indicator))


def _levels(plan: Plan, indicator: Indicator) -> int:
    """How many grades the membership has that a missing one is replaced by; 0 where a score is replaced."""
    if not is_distribution(indicator) or (isinstance(indicator.value, FuzzyEvaluation) and indicator.value.score):
        return 0
    above = [i.value for i in plan.scheme.indicators.values() if indicator.path in i.children]
    return next((len(value.grades) for value in above if isinstance(value, FuzzyEvaluation)), 0)
