"""Measures given by hand, for tests, notebooks and what-if questions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from numbers import Rational

from engine.evaluation.arithmetic import ZERO
from engine.evaluation.figures import Measured
from engine.evaluation.ladder import is_distribution
from engine.evaluation.needs import Asked, measures_of
from engine.evaluation.plan import Plan
from engine.evaluation.result import Reason, State
from engine.language.policy import Observed
from engine.language.text import identity

# A number; None or a state (not collected, not applicable …); a list: single elapsed times, or of a distribution the
# shares; a mapping: the value of each period.
Given = Fraction | int | str | State | None | Sequence[Fraction | int] | Mapping[str, Fraction | int]

# What is said of a measure without a value.
REASONS = {
    State.MISSING: Reason.NOT_COLLECTED,
    State.NO_VALID_ANSWERS: Reason.NO_ANSWERS,
    State.BELOW_MINIMUM_SAMPLE: Reason.SMALL_SAMPLE,
    State.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
}


def given_measures(plan: Plan, given: Mapping[str, Given]) -> Mapping[str, tuple[Measured]]:
    """One `Measured` for each measure of the plan, found by path, path's end, key or name."""
    folded = {identity(name): value for name, value in given.items()}
    return {asked.indicator.path: (measured_of(asked, _find(asked, folded)),) for asked in measures_of(plan)}


def _find(asked: Asked, given: Mapping[str, Given]) -> Given:
    parts = asked.indicator.path.split("/")
    ends = ["/".join(parts[n:]) for n in range(len(parts))]
    more = [asked.indicator.key, asked.indicator.name]
    if isinstance(asked.indicator.value, Observed):
        more.append(asked.indicator.value.measure)
    names = [identity(name) for name in (*ends, *more) if name]
    return next((given[name] for name in names if name in given), None)


def measured_as(value: Fraction | State) -> Measured:
    """A number, or why there is none."""
    if isinstance(value, State):
        return Measured(state=value, reason=REASONS.get(value, Reason.OUT_OF_RANGE))
    return Measured(value=value)


def measured_of(asked: Asked, value: Given) -> Measured:
    """What is given, as if stage 1 had measured it."""
    if value is None:
        value = State.MISSING
    if isinstance(value, State | Rational | int | str):
        return measured_as(value if isinstance(value, State) else Fraction(value))
    if isinstance(value, Mapping):
        periods = {name: Measured(value=Fraction(number)) for name, number in value.items()}
        return Measured(value=sum(map(Fraction, value.values()), ZERO), periods=periods)
    numbers = [Fraction(number) for number in value]
    if is_distribution(asked.indicator):
        return Measured(shares=tuple(numbers))
    cases = tuple((number, numbers.count(number)) for number in sorted(set(numbers)))
    if not cases:
        return Measured(state=State.NO_VALID_ANSWERS, reason=Reason.NO_ROWS, cases=())
    return Measured(value=sum(numbers, ZERO) / len(numbers), valid=len(numbers), cases=cases)
