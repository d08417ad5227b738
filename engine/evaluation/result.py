"""What an evaluation says: states, exact numbers, and one entry for each step of the calculation.

Everything a report, an explanation or a comparison needs is here; nothing is recomputed there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple

from engine.data.contract import Account
from engine.diagnostics import Diagnostic
from engine.language.syntax import Unit

__all__ = [
    "Account",
    "Assessment",
    "Beside",
    "Gap",
    "Measurement",
    "NodeResult",
    "PeriodLine",
    "QuestionMean",
    "Rank",
    "Reason",
    "Result",
    "RuleLine",
    "Spread",
    "State",
    "StepValue",
    "UnitPart",
    "from_fields",
]


# What there is one of for every indicator, step or rule of every unit is made from its fields in their order: its own
# constructor takes twice as long over their names.
from_fields: Callable[..., Any] = vars(tuple)["__new__"]


class State(Enum):
    """What there is to say of a node; never turned into 0."""

    VALUE = "value"
    MISSING = "missing"
    NO_VALID_ANSWERS = "no valid answers"
    BELOW_MINIMUM_SAMPLE = "below minimum sample"
    NOT_APPLICABLE = "not applicable"
    NOT_RATED = "not rated"
    ERROR = "error"


class Reason(Enum):
    """Why a node has no value; `NodeResult.reason` holds one of these texts, `NodeResult.cause` whose fault it is."""

    NOT_COLLECTED = "not collected"
    NO_ANSWERS = "no valid answers"
    NO_ROWS = "no rows"
    ZERO_DENOMINATOR = "the denominator is zero"
    SMALL_SAMPLE = "below the minimum sample"
    NOT_APPLICABLE = "not applicable"
    NOTHING_LEFT = "no part has a value"
    PART_WITHOUT_VALUE = "a part has no value"
    VETO_WITHOUT_VALUE = "the veto cannot be decided"
    NO_CAP = "zero marks need a cap"
    NO_SPLIT = "not collected by segment"
    NO_POOL = "not collected for the whole"
    NO_PERIODS = "not collected per period"
    ONLY_PERIODS = "only collected per shorter period"
    NO_WEIGHT = "a unit has no weight"
    NO_SPREAD = "all units have the same value"
    NO_SHARE = "a share of units needs values above 0"
    NOT_IN_FORCE = "no target or limit is in force"
    OUT_OF_SCALE = "outside the scale"
    OUT_OF_RANGE = "outside its possible values"
    NO_LOGARITHM = "a logarithm needs a value above 0"
    NO_GEOMETRIC_MEAN = "a geometric mean needs scores of at least 0"
    NO_POWER = "there is no such root or power"
    TOO_LARGE = "too large a number"
    TOO_FEW = "too few values"
    DIVISION_BY_ZERO = "division by zero"
    AMBIGUOUS = "more than one value"
    BACKWARDS = "the end lies before the beginning"
    SMALL_GROUP = "not shown, to protect a small group"
    NO_BEGINNING = "a case has no beginning"


class PeriodLine(NamedTuple):
    """One rule in one period of a per-period cap: `points` after the cap, `capped` the points before, where it bit."""

    period: str
    measured: Fraction | None
    counted: Fraction
    points: Fraction
    capped: Fraction | None = None


class RuleLine(NamedTuple):
    """One rule at work: what a manager would write on the sheet. A tuple, because there is one for every rule of every
    unit.

    `points` is what it changes: negative for a deduction, positive for an addition; for a
    score rule the base it sets. `shortfall` in the measure's unit, `steps` before and
    `counted` after the choice on part steps. `each`: points for one. `capped`: points before the caps, where
    a cap bit. `trigger` is step, count, late, range, target, condition or always; `effect` is deduct, add, score, full,
    none, share, proportion, interpolation, grade or ceiling. `unit`: of measured, target, limit, shortfall and ends.
    `periods`: one line per period where a cap holds per period. `ends`: where marks on a straight line are given, the
    value and the points where it begins and where it ends.
    """

    sentence: str
    line: int
    effect: str
    measure: str
    measured: Fraction | None
    trigger: str = ""
    unit: Unit = Unit.NUMBER
    target: Fraction | None = None
    limit: Fraction | None = None
    shortfall: Fraction | None = None
    steps: Fraction | None = None
    counted: Fraction | None = None
    each: Fraction | None = None
    fired: bool = False
    capped: Fraction | None = None
    points: Fraction = Fraction(0)
    periods: tuple[PeriodLine, ...] = ()
    ends: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]] | None = None


class StepValue(NamedTuple):
    """One step of the plan beside its value; a tuple like `RuleLine`. `id` is `path/operation`; `text` says what the
    number does not (a grade, "50 digits" for an irrational operation).
    """

    id: str
    operation: str
    value: Fraction | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionMean:
    """One survey question: its statistic over `valid` answers, `weight` the sum of respondents' weights.

    `deviation`: of a mean, where the report asks for it, the standard deviation of two answers or more.
    """

    question: str
    value: Fraction | None
    valid: int
    weight: Fraction
    deviation: Fraction | None = None


class Measurement(NamedTuple):
    """Where a measured value comes from; a tuple like `RuleLine`.

    `numerator` / `denominator`: of ratios and shares. `questions`: of a survey measure. `periods`: value per
    period, where a cap asks for it. `late`: cases beyond the limit; `open`: cases without an end, which count
    as running until the assessment date. `rows`: how many rows were looked at.
    """

    value: Fraction | None
    valid: int | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    questions: tuple[QuestionMean, ...] = ()
    periods: tuple[tuple[str, Fraction], ...] = ()
    late: int | None = None
    open: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """The `place` among `of` that have one: 1 is the best, equals share a place, the next comes after all of them."""

    place: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Beside the benchmark `name`: its reported score (None: `reason` says why) and own score less it."""

    name: str
    other: Fraction | None
    difference: Fraction | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The units among which a value was placed: how many with a value, `below` and `equal` to it (itself among them).

    `lowest` / `highest`: the units that have `low` and `high`, of several the first by name. `deviation`: of z-scores,
    the standard deviation they were divided by.
    """

    count: int
    low: Fraction
    high: Fraction
    lowest: str
    highest: str
    mean: Fraction
    deviation: Fraction | None
    below: int
    equal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPart:
    """What one unit brings to the whole: its score (inside a deduction its loss), and its weight as written."""

    unit: str
    weight: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The same indicator of the same unit in another period, by the given version of the policy; `node` is None where
    that period has no such indicator or unit.
    """

    period: str
    version: str
    node: "NodeResult | None"


class NodeResult(NamedTuple):
    """One indicator of one unit; a tuple like `RuleLine`.

    `value`: as measured, in `unit`. `score`: exact, on its common scale 0 to `full`, after rules, veto
    and its own rounding; None for a bare measure. `loss`: what it takes inside a deduction.
    `reported`: the score as shown. `weight`: its part among its siblings after
    renormalisation, `effective`: down from the result (both shares of 1). `contribution`: the points it
    brings into the result; the contributions of a node's parts add up to its own (for a deduction: to its own
    less its full marks) before its veto, rounding and clamping; None where the method is not linear.
    `valid`: how many answers or rows the value rests on. `before_veto`: the score a veto replaced,
    `grade_before_veto`: the grade without it. `target`, `limit`: in force on the assessment date. `reason`: one
    of `Reason`, `cause`: the path it speaks of. `substituted`: the missing policy gave this score.
    `inexact`: an irrational operation (50 significant digits) takes part in the score. `units`: what the whole is
    made of, where the policy says how units make it; () for a unit and for the pooled whole. `rank_among_units`: of
    this indicator among the units of the same segment; `rank`: among the indicators of the same result.
    `gaps`: to each benchmark that speaks of this indicator. `spread`: the units among which the value was placed.
    `earlier`: in the periods before, the latest first; `within`: in the shorter periods this one is made of
    (`insight.course`).
    """

    path: str
    state: State
    value: Fraction | None = None
    unit: Unit = Unit.NUMBER
    score: Fraction | None = None
    full: Fraction | None = None
    loss: Fraction | None = None
    reported: Fraction | None = None
    grade: str | None = None
    weight: Fraction | None = None
    effective: Fraction | None = None
    contribution: Fraction | None = None
    valid: int | None = None
    measurement: Measurement | None = None
    membership: tuple[Fraction, ...] = ()
    target: Fraction | None = None
    limit: Fraction | None = None
    lines: tuple[RuleLine, ...] = ()
    steps: tuple[StepValue, ...] = ()
    before_veto: Fraction | None = None
    grade_before_veto: str | None = None
    veto: str | None = None
    reason: str = ""
    cause: str = ""
    substituted: bool = False
    inexact: bool = False
    units: tuple[UnitPart, ...] = ()
    rank_among_units: Rank | None = None
    rank: Rank | None = None
    gaps: tuple[Gap, ...] = ()
    spread: Spread | None = None
    earlier: tuple[Beside, ...] = ()
    within: tuple[Beside, ...] = ()


class Assessment(NamedTuple):
    """One unit (and segment) in one period under one scheme; a tuple like `RuleLine`. `unit` is {} for the whole, of a
    subtotal it has only the first columns.

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
    """All assessments of one run: schemes in the policy's order, units by name, the whole last, each followed
    by its segments. `policy`: id, version, file, sha256. `as_of`: ISO date, "" where nothing depends on one.
    `warnings`: what reading the data had to remark.
    """

    engine: str
    policy: Mapping[str, str]
    as_of: str
    data: tuple[Account, ...]
    assessments: tuple[Assessment, ...]
    warnings: tuple[Diagnostic, ...] = ()
