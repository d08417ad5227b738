"""Bands, vetoes and fuzzy evaluation."""

from enum import Enum
from fractions import Fraction

from engine.language.syntax.methods import BoundOwner
from engine.language.syntax.quantities import Interval, Name, Node, Quantity
from engine.language.syntax.rules import Ceiling, GradeAs, NoMarks, Score
from engine.values import positional


@positional
class Band(Node):
    """a.非常满意(100-95)."""

    label: Name
    interval: Interval
    code: str | None = None


@positional
class Bands(Node):
    """等级：…; `owner` when the sentence itself says 含下限 or 含上限."""

    bands: tuple[Band, ...]
    owner: BoundOwner | None = None


class Comparison(Enum):
    """A comparison in a veto or in a data condition."""

    LESS = "<"
    AT_MOST = "<="
    EQUAL = "="
    NOT_EQUAL = "!="
    AT_LEAST = ">="
    MORE = ">"


@positional
class Reference(Node):
    """A name, or a path of names joined by `.`, that stands for another indicator."""

    names: tuple[Name, ...]


@positional
class VetoCondition(Node):
    """严重质量事故次数≥1."""

    subject: Reference
    comparison: Comparison
    bound: Quantity


@positional
class Veto(Node):
    """一票否决：trigger, effect. A happening (发生X的) is the condition `X >= 1`."""

    trigger: VetoCondition
    effect: Score | GradeAs | Ceiling | NoMarks


class Operator(Enum):
    """A composition of fuzzy evaluation, M(·,+), M(∧,∨), M(·,∨)."""

    WEIGHTED_AVERAGE = "weighted average"
    MAX_MIN = "max-min"
    MAX_PRODUCT = "max-product"


@positional
class Fuzzy(Node):
    """模糊综合评价：很满意=100、…；加权平均算子；按等级分值. First grade = highest answer."""

    grades: tuple[tuple[Name, Fraction], ...]
    operator: Operator
    by_membership: bool = False
