"""What an evaluation says: states, exact numbers, and one entry for each step of the calculation.

Everything a report, an explanation or a comparison needs is here; nothing is recomputed there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from engine.data.contract import Account


class State(Enum):
    """What there is to say of a node; never turned into 0."""

    VALUE = "value"
    MISSING = "missing"
    NO_VALID_ANSWERS = "no valid answers"
    BELOW_MINIMUM_SAMPLE = "below minimum sample"
    NOT_APPLICABLE = "not applicable"
    NOT_RATED = "not rated"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule at work: what a manager would write on the sheet.

    `points` is what it changes: negative for a deduction, positive for an addition; for a
    score rule the base it sets. `shortfall` in the measure's unit, `steps` before and
    `counted` after the choice on part steps. `capped`: points before the cap, where a cap bit.
    """

    sentence: str
    line: int
    effect: str
    measure: str
    measured: Fraction | None
    target: Fraction | None = None
    limit: Fraction | None = None
    shortfall: Fraction | None = None
    steps: Fraction | None = None
    counted: Fraction | None = None
    each: Fraction | None = None
    fired: bool = False
    capped: Fraction | None = None
    points: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepValue:
    """One step of the plan beside its value: `id` is `path/operation`."""

    id: str
    operation: str
    value: Fraction | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """One indicator of one unit.

    `value`: as measured, in its unit. `score`: exact, on its common scale, after rules, veto
    and its own rounding; None for a bare measure. `loss`: what it takes inside a deduction.
    `reported`: the score as shown. `weight`: its part among its siblings after
    renormalisation, `effective`: down from the result, `contribution`: effective × score.
    `valid`: how many answers or rows the value rests on. `before_veto`: the score a veto replaced.
    """

    path: str
    state: State
    value: Fraction | None = None
    score: Fraction | None = None
    loss: Fraction | None = None
    reported: Fraction | None = None
    grade: str | None = None
    weight: Fraction | None = None
    effective: Fraction | None = None
    contribution: Fraction | None = None
    valid: int | None = None
    membership: tuple[Fraction, ...] = ()
    lines: tuple[RuleLine, ...] = ()
    steps: tuple[StepValue, ...] = ()
    before_veto: Fraction | None = None
    veto: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One unit (and segment, and period) under one scheme.

    `score` is the reported (rounded) result, `exact` the full value, `nodes` in the scheme's
    order, the result first.
    """

    scheme: str
    unit: Mapping[str, str]
    segment: Mapping[str, str]
    period: str | None
    state: State
    score: Fraction | None
    exact: Fraction | None
    grade: str | None
    nodes: tuple[NodeResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All assessments of one run."""

    engine: str
    policy: Mapping[str, str]
    as_of: str
    data: tuple[Account, ...]
    assessments: tuple[Assessment, ...]
