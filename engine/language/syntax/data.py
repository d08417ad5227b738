"""The sentences of `measures:` and `valid:`."""

from fractions import Fraction

from engine.language.syntax.grading import Comparison
from engine.language.syntax.quantities import Name, Node
from engine.values import positional


@positional
class Condition(Node):
    """`column comparison value`, joined with AND; the value is text until the contract says more."""

    column: Name
    comparison: Comparison
    value: str


@positional
class Repeated(Node):
    """30天内客户号、类别重复: an earlier row has the same texts in all `columns`, at most `days` days before."""

    columns: tuple[Name, ...]
    days: int


RowCondition = Condition | Repeated


@positional
class CountRows(Node):
    """complaints中类别=质量的次数."""

    source: Name
    where: tuple[RowCondition, ...] = ()


@positional
class RatioOfSums(Node):
    """inspections的合格批数合计÷交验批数合计; a percentage."""

    source: Name
    numerator: Name
    denominator: Name
    where: tuple[RowCondition, ...] = ()


@positional
class ShareOfRows(Node):
    """complaints中状态=已结案的占比; a percentage. `base`: the rows it is a share of."""

    source: Name
    where: tuple[RowCondition, ...]
    base: tuple[RowCondition, ...] = ()


@positional
class ColumnStatistic(Node):
    """inspections的返工工时合计: `statistic` is sum, mean, min, max or median."""

    source: Name
    column: Name
    statistic: str
    where: tuple[RowCondition, ...] = ()


@positional
class TimeBetween(Node):
    """corrections从提出时间到完成时间的时长; `statistic` "" keeps every case, or mean/max/min/median."""

    source: Name
    begin: Name
    end: Name
    statistic: str = ""
    where: tuple[RowCondition, ...] = ()


@positional
class CountDistinct(Node):
    """complaints中不同客户号的个数."""

    source: Name
    column: Name
    where: tuple[RowCondition, ...] = ()


@positional
class LookUp(Node):
    """kpi的值: the indicator's row in a `values` source."""

    source: Name


Total = CountRows | ColumnStatistic | CountDistinct


@positional
class Quotient(Node):
    """contacts的次数÷customers的客户数均值×1000: one amount over another; `per` None makes it a percentage."""

    above: Total
    below: Total
    per: int | None = None


FromRows = RatioOfSums | ShareOfRows | TimeBetween | Total
MeasureSentence = FromRows | LookUp | Quotient


def amounts_of(sentence: MeasureSentence) -> tuple[FromRows | LookUp, ...]:
    """What a sentence reads from one source each: a quotient its two amounts, any other sentence itself."""
    return (sentence.above, sentence.below) if isinstance(sentence, Quotient) else (sentence,)


@positional
class AnsweredAtLeast(Node):
    """作答率不低于80%."""

    percent: Fraction


@positional
class NotStraightLined(Node):
    """非雷同作答."""


@positional
class TookAtLeast(Node):
    """用时不少于30秒."""

    seconds: Fraction


@positional
class ListedIn(Node):
    """客户号属于customers."""

    column: Name
    source: Name


@positional
class OnePer(Node):
    """每个客户号取最后一份 (`last`) / 第一份."""

    column: Name
    last: bool


@positional
class Belonging(Node):
    """总体满意程度≥7且抱怨=没有: what a record has to fulfil to belong to a class."""

    where: tuple[Condition, ...]


ValiditySentence = AnsweredAtLeast | NotStraightLined | TookAtLeast | ListedIn | OnePer | Condition
