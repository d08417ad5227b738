"""What stage 1 delivers and what a step holds: numbers with a state, never a bare absence."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from engine.evaluation.result import QuestionMean, Reason, Spread, State
from engine.evaluation.triggers import Firing

# Every figure is asked whether it is one, and before Python 3.12 an enumeration looks its members up each time.
VALUE = State.VALUE


class Measured(NamedTuple):
    """One measure in one cell (unit, segment), in the indicator's unit; a tuple like `Figure`.

    `cases`: single elapsed times and how often each occurred, where every case is judged by itself; `value` is then
    their mean, and without a case there is no value, but still something for a rule to count.
    `shares`: of a distribution, first the highest answer. `periods`: the same measure period by period.
    `valid`: answers (of the question with the fewest) or rows it rests on. `open`: cases without an end.
    """

    state: State = State.VALUE
    reason: Reason | None = None
    value: Fraction | None = None
    valid: int | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    questions: tuple[QuestionMean, ...] = ()
    shares: tuple[Fraction, ...] = ()
    cases: tuple[tuple[Fraction, int], ...] | None = None
    open: int | None = None
    periods: Mapping[str, "Measured"] | None = None


class Figure(NamedTuple):
    """The value of one step in one cell; a tuple, because there is one for every step of every unit.

    `reason`, `cause`: why there is no value, and the path that is to blame. `weights`: by what a combination
    multiplied each of its parts (None where it is not linear), `shares`: their weights among each other.
    `rules`: the rules of an item at work, `final`: one of them ends the item (不得分). `forced`: the grade a rule or
    veto demands, `veto`: its sentence. `inexact`: 50 digits were kept somewhere below. `spread`: the units among
    which a value was placed.
    """

    state: State = State.VALUE
    value: Fraction | None = None
    inexact: bool = False
    rules: tuple[Firing, ...] = ()
    measured: Measured | None = None
    weights: tuple[Fraction, ...] | None = None
    shares: tuple[Fraction, ...] | None = None
    reason: Reason | None = None
    cause: str = ""
    grade: str = ""
    forced: str = ""
    veto: str = ""
    final: bool = False
    substituted: bool = False
    membership: tuple[Fraction, ...] = ()
    spread: Spread | None = None

    @property
    def is_value(self) -> bool:
        """Whether there is a value (of a membership: the shares)."""
        return self.state is VALUE

    @property
    def number(self) -> Fraction:
        """The value of a figure that has one."""
        assert self.value is not None, self  # noqa: S101 - formulas ask for the state first
        return self.value


Inputs = Sequence[Figure]
# A step made ready: from the figures of its inputs in one cell to its own.
Formula = Callable[[Inputs], Figure]


def are_values(figures: Inputs) -> bool:
    """Whether all have a value."""
    for figure in figures:  # noqa: SIM110 - a loop takes half the time of `all`
        if figure.state is not VALUE:
            return False
    return True


def are_inexact(figures: Inputs) -> bool:
    """Whether 50 digits were kept anywhere below."""
    for figure in figures:  # noqa: SIM110 - a loop takes half the time of `any`
        if figure.inexact:
            return True
    return False


def without(state: State, reason: Reason, cause: str) -> Figure:
    """A figure without a value, and why."""
    return Figure(state=state, reason=reason, cause=cause)
