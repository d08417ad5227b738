"""Sentences, formulas, and the lines that carry them."""

from enum import Enum
from fractions import Fraction

from engine.language.syntax.grading import Bands, Comparison, Fuzzy, Reference, Veto
from engine.language.syntax.measures import (
    AnswerScale,
    Clamped,
    KindIs,
    Let,
    LogScale,
    LowerIsBetter,
    MinimumSample,
    NaturalLog,
    OverUnits,
    RateAsScore,
    Scale,
    Survey,
    Target,
    TimeLimit,
)
from engine.language.syntax.methods import (
    Accept,
    AddUp,
    Basis,
    BoundOwner,
    Combine,
    DeductFrom,
    Feedback,
    GradeOn,
    InformationOnly,
    ItemCount,
    Missing,
    Normalise,
    Note,
    Owner,
    PercentScore,
    Rounding,
)
from engine.language.syntax.quantities import Name, Node
from engine.language.syntax.rules import Cap, MayExceed, PartSteps, PeriodCap, Rule, StepPercent
from engine.values import positional


@positional
class Each(Node):
    """各项：a default for all leaves below."""

    sentences: tuple["Sentence", ...]


Sentence = (
    Rule
    | PartSteps
    | Cap
    | PeriodCap
    | MayExceed
    | StepPercent
    | Target
    | Let
    | TimeLimit
    | Survey
    | Scale
    | AnswerScale
    | KindIs
    | RateAsScore
    | Clamped
    | LowerIsBetter
    | NaturalLog
    | LogScale
    | OverUnits
    | MinimumSample
    | DeductFrom
    | AddUp
    | Combine
    | Normalise
    | ItemCount
    | PercentScore
    | Rounding
    | Missing
    | BoundOwner
    | GradeOn
    | Each
    | Owner
    | Feedback
    | Basis
    | Note
    | InformationOnly
    | Accept
    | Bands
    | Veto
    | Fuzzy
)


@positional
class Number(Node):
    """A number in a formula; `percent` as written, so `40%` is Number(40, percent=True)."""

    amount: Fraction
    percent: bool = False


@positional
class Binary(Node):
    """`left operator right`, operator one of + - * / ^."""

    operator: str
    left: "Expression"
    right: "Expression"


@positional
class Negation(Node):
    """`-operand`."""

    operand: "Expression"


class Function(Enum):
    """What may be made of numbers in a formula; the second group takes exactly one."""

    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    GEOMETRIC = "geometric mean"
    HARMONIC = "harmonic mean"
    DEVIATION = "standard deviation"
    SAMPLE_DEVIATION = "sample standard deviation"

    SQUARE_ROOT = "square root"
    CUBE_ROOT = "cube root"
    LN = "ln"
    LOG10 = "log10"
    EXP = "exp"
    ABSOLUTE = "absolute value"


OF_ONE = (
    Function.SQUARE_ROOT,
    Function.CUBE_ROOT,
    Function.LN,
    Function.LOG10,
    Function.EXP,
    Function.ABSOLUTE,
)


@positional
class Call(Node):
    """平均(…), 最小(…), 自然对数(…)."""

    function: Function
    arguments: tuple["Expression", ...]


@positional
class Choice(Node):
    """如果(甲≥1/3、甲、0): `then` where `left comparison right` holds, else `otherwise`."""

    comparison: Comparison
    left: "Expression"
    right: "Expression"
    then: "Expression"
    otherwise: "Expression"


Expression = Number | Reference | Binary | Negation | Call | Choice


class WeightUnit(Enum):
    """How a weight was written."""

    PERCENT = "%"
    FRACTION = "fraction"
    POINTS = "points"
    PARTS = "parts"


@positional
class Weight(Node):
    """40%, 0.4, 10分, 权重5; `amount` as written."""

    amount: Fraction
    unit: WeightUnit


@positional
class Head(Node):
    """A name at a line's head with its optional `[key]` and weight."""

    name: Name
    key: str | None = None
    weight: Weight | None = None


@positional
class Line(Node):
    """One indicator line (several heads: a group line, or a chain of process steps).

    `sentences`: what stands after the colon; `bullets`: one tuple of sentences per bullet
    below the line; `formula`: what stands after `=`. `broken`: something on the line or its
    bullets could not be read and was reported; what is missing there is no further finding.
    """

    heads: tuple[Head, ...]
    formula: Expression | None = None
    sentences: tuple[Sentence, ...] = ()
    bullets: tuple[Sentence, ...] = ()
    children: tuple["Line", ...] = ()
    chain: bool = False
    broken: bool = False


@positional
class Scheme(Node):
    """One `scheme: |` block: the policy-wide sentences, then the indicator lines."""

    name: str
    bullets: tuple[Sentence, ...]
    lines: tuple[Line, ...]
    broken: bool = False
