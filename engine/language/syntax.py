"""The scheme as it was written: one dataclass per kind of line, sentence, trigger and effect.

Two trees are equal when they say the same, wherever it was written: spans do not compare.
Numbers are exact (`Fraction`), names keep the author's spelling, and a name's `identity`
ignores what people do not see (width, case, spaces beside Chinese characters).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from engine.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that was written somewhere."""

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name as its author spelt it, and the identity by which it is looked up."""

    text: str = field(compare=False)
    identity: str
    quoted: bool = field(default=False, compare=False)


# ---------------------------------------------------------------- quantities


class Unit(Enum):
    """What a number counts. `%`, 个百分点, 分 and 次 are four different units."""

    NUMBER = "number"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage point"
    POINT = "point"
    TIME = "time"  # 次, occurrence
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Quantity(Node):
    """A number with its unit; `amount` as written (`98%` is 98)."""

    amount: Fraction
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """The values from `low` to `high`; None is unbounded.

    `low_closed` / `high_closed`: the bound belongs (True), does not (False), or the text
    does not say (None: `(95-80)`), which the policy must decide (E503).
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool | None = None
    high_closed: bool | None = None
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True, slots=True)
class Dated(Node):
    """A value in force from a date on; `since` None: from the beginning. A name refers to a `let`."""

    value: Quantity | Name
    since: date | None = None


# ---------------------------------------------------------------- rules: one trigger, one effect


class Side(Enum):
    """On which side of the target a value costs or earns."""

    LOW = "below"
    HIGH = "above"


@dataclass(frozen=True, slots=True)
class StepTrigger(Node):
    """每低1个百分点: once for each `size` by which the value is below (above) the target."""

    side: Side
    size: Quantity


@dataclass(frozen=True, slots=True)
class CountTrigger(Node):
    """每发生一次, 每缺2项: once for each `per` of what is counted; `noun` is the words for it."""

    per: Fraction = Fraction(1)
    noun: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class LateTrigger(Node):
    """每逾期1天: once per `per` of `unit` beyond the limit; `unit` None: once for each late case.

    `started` True: a started week counts as a whole one.
    """

    unit: Unit | None = None
    per: Fraction = Fraction(1)
    started: bool = False


@dataclass(frozen=True, slots=True)
class RangeTrigger(Node):
    """95%以上, 90%(含)-95%, 2-3例: once, when the value lies in the interval."""

    interval: Interval


@dataclass(frozen=True, slots=True)
class TargetTrigger(Node):
    """达标 / 未达标: once, when the target is met / missed.

    `side`: the text says on which side it was missed (超过目标: HIGH); None: the indicator's worse side.
    """

    met: bool
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class AlwaysTrigger(Node):
    """A rule without a condition of its own: 按比例得分, 酌情扣1-3分."""


@dataclass(frozen=True, slots=True)
class ConditionTrigger(Node):
    """未公示的: once, when the yes/no named by the text is yes."""

    text: Name


Trigger = StepTrigger | CountTrigger | LateTrigger | RangeTrigger | TargetTrigger | ConditionTrigger | AlwaysTrigger


@dataclass(frozen=True, slots=True)
class Deduct(Node):
    """扣N分; with `most`, the assessor chooses between `points` and `most` (酌情扣a至b分)."""

    points: Quantity
    most: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Add(Node):
    """加N分."""

    points: Quantity


@dataclass(frozen=True, slots=True)
class Score(Node):
    """得N分."""

    points: Quantity


@dataclass(frozen=True, slots=True)
class FullMarks(Node):
    """得满分."""


@dataclass(frozen=True, slots=True)
class NoMarks(Node):
    """不得分."""


@dataclass(frozen=True, slots=True)
class Share(Node):
    """扣该项分值的N% (`of_score` False) / 扣得分的N% (True); `percent` as written."""

    percent: Fraction
    of_score: bool = False


@dataclass(frozen=True, slots=True)
class Proportion(Node):
    """按比例得分: the value's share of its target, at most full marks."""


@dataclass(frozen=True, slots=True)
class GradeAs(Node):
    """定为G."""

    label: Name


@dataclass(frozen=True, slots=True)
class Ceiling(Node):
    """封顶N分."""

    points: Quantity


Effect = Deduct | Add | Score | FullMarks | NoMarks | Share | Proportion | GradeAs | Ceiling


@dataclass(frozen=True, slots=True)
class Rule(Node):
    """One trigger and one effect; `subject` names what is counted or asked when the rule says it.

    `each`: the sentence says 各 (it holds for each indicator of a group line).
    """

    trigger: Trigger
    effect: Effect
    subject: Name | None = None
    each: bool = False


class Parts(Enum):
    """What a part of a step costs: nothing, a whole step, or its share."""

    NOTHING = "whole steps only"
    WHOLE = "part steps count as whole steps"
    SHARE = "part steps pro rata"


@dataclass(frozen=True, slots=True)
class PartSteps(Node):
    """不足一步…: the open choice E701."""

    parts: Parts


@dataclass(frozen=True, slots=True)
class Cap(Node):
    """最多扣N分 (`adding`: 最多加N分). `points` None: 扣完为止, the item's own points.

    `whole_item`: the text says 本项/合计/累计, so it holds for all rules of the cell.
    """

    points: Fraction | None
    adding: bool = False
    whole_item: bool = False


@dataclass(frozen=True, slots=True)
class PeriodCap(Node):
    """每月最多扣N分. `period` is one of week, month, quarter, year, day."""

    points: Fraction
    period: str


@dataclass(frozen=True, slots=True)
class MayExceed(Node):
    """加分可超过满分."""


@dataclass(frozen=True, slots=True)
class StepPercent(Node):
    """步长的%指百分点 (`of_target` False) / 步长的%指目标的百分之几 (True)."""

    of_target: bool


# ---------------------------------------------------------------- what is measured


@dataclass(frozen=True, slots=True)
class Target(Node):
    """目标98%; 目标95%自2024-01-01起、96%自2025-01-01起."""

    values: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Let(Node):
    """设X = 98%."""

    name: Name
    values: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class TimeLimit(Node):
    """规定时限24小时 (or a name that a `let` defines)."""

    values: tuple[Dated, ...]


class Statistic(Enum):
    """What is made of the answers to survey questions."""

    MEAN = "mean"
    TOP_TWO = "top 2 box"
    NPS = "NPS"
    DISTRIBUTION = "distribution"


@dataclass(frozen=True, slots=True)
class Survey(Node):
    """问卷Q1、Q2均值."""

    questions: tuple[Name, ...]
    statistic: Statistic


@dataclass(frozen=True, slots=True)
class Scale(Node):
    """1-5分折合20-100分: value `low` becomes `to_low`, `high` becomes `to_high`."""

    low: Fraction
    high: Fraction
    to_low: Fraction
    to_high: Fraction


@dataclass(frozen=True, slots=True)
class AnswerScale(Node):
    """1-5分制: the answers' own scale, for top-2-box and distributions."""

    low: Fraction
    high: Fraction


class Kind(Enum):
    """What a value is (LANGUAGE, section 5)."""

    RATE = "rate"
    COUNT = "count"
    DURATION = "duration"
    RATING = "rating"
    INDEX = "index"
    SCORE = "score"
    POINTS = "points"
    YES_NO = "yes/no"
    DIFFERENCE = "difference"
    DISTRIBUTION = "distribution"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class KindIs(Node):
    """百分率, 次数, 得分, 是否, 实得分, 时长."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class RateAsScore(Node):
    """按百分制计分."""


@dataclass(frozen=True, slots=True)
class Clamped(Node):
    """限幅: a value outside the scale map's interval takes its end."""


@dataclass(frozen=True, slots=True)
class LowerIsBetter(Node):
    """越低越好."""


@dataclass(frozen=True, slots=True)
class NaturalLog(Node):
    """取自然对数, before the scale map."""


@dataclass(frozen=True, slots=True)
class OverUnits(Node):
    """以各单位最低至最高折合c-d分 (`min-max`) / 按各单位标准化 (`z-score`, no bounds)."""

    method: str
    to_low: Fraction | None = None
    to_high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MinimumSample(Node):
    """至少N个有效值，否则不评."""

    count: int


# ---------------------------------------------------------------- how parts combine


@dataclass(frozen=True, slots=True)
class DeductFrom(Node):
    """满分100分，倒扣分."""

    full: Fraction


@dataclass(frozen=True, slots=True)
class AddUp(Node):
    """满分100分，逐项得分."""

    full: Fraction


class Method(Enum):
    """How children become one score."""

    WEIGHTED = "weighted mean"
    EQUAL = "equal weights"
    WORST = "worst of all"
    BEST = "best of all"
    GEOMETRIC = "geometric mean"


@dataclass(frozen=True, slots=True)
class Combine(Node):
    """加权平均, 等权平均, 取最低分, 取最高分, 几何平均."""

    method: Method


@dataclass(frozen=True, slots=True)
class Normalise(Node):
    """归一, 权重合计50%，归一: weights are divided by their sum; `total` is the written control sum, a percentage."""

    total: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ItemCount(Node):
    """共4项: the written control number of lines."""

    count: int


@dataclass(frozen=True, slots=True)
class PercentScore(Node):
    """计算结果采取百分制: the result is a score from 0 to 100."""


# ---------------------------------------------------------------- conventions and facts


class Half(Enum):
    """How a number is rounded."""

    UP = "half up"
    EVEN = "half even"
    FLOOR = "down"
    CEIL = "up"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Rounding(Node):
    """四舍五入保留1位小数; `decimals` None: no rounding."""

    mode: Half
    decimals: int | None


class Outcome(Enum):
    """What a missing value does."""

    ERROR = "error"
    RENORMALISE = "renormalise"
    ZERO = "zero"
    FULL = "full marks"


@dataclass(frozen=True, slots=True)
class Missing(Node):
    """缺数报错 …: the open choice E703."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class BoundOwner(Node):
    """等级边界含下限 (`lower` True) / 含上限."""

    lower: bool


@dataclass(frozen=True, slots=True)
class GradeOn(Node):
    """按修约值定级 (`rounded` True) / 按全数值定级."""

    rounded: bool


@dataclass(frozen=True, slots=True)
class Each(Node):
    """各项：a default for all leaves below."""

    sentences: tuple["Sentence", ...]


@dataclass(frozen=True, slots=True)
class Owner(Node):
    """收集部门：质量部."""

    text: str


@dataclass(frozen=True, slots=True)
class Basis(Node):
    """依据5.3.3: the clause of the procedure."""

    text: str


@dataclass(frozen=True, slots=True)
class Note(Node):
    """注：…"""

    text: str


@dataclass(frozen=True, slots=True)
class InformationOnly(Node):
    """仅供参考: shown, never counted."""


@dataclass(frozen=True, slots=True)
class Accept(Node):
    """认可W305：reason."""

    code: str
    reason: str


# ---------------------------------------------------------------- bands, veto, fuzzy evaluation


@dataclass(frozen=True, slots=True)
class Band(Node):
    """a.非常满意(100-95)."""

    label: Name
    interval: Interval
    code: str | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Reference(Node):
    """A name, or a path of names joined by `.`, that stands for another indicator."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class VetoCondition(Node):
    """严重质量事故次数≥1."""

    subject: Reference
    comparison: Comparison
    bound: Quantity


@dataclass(frozen=True, slots=True)
class Veto(Node):
    """一票否决：trigger, effect. A happening (发生X的) is the condition `X >= 1`."""

    trigger: VetoCondition
    effect: Score | GradeAs | Ceiling | NoMarks


class Operator(Enum):
    """A composition of fuzzy evaluation, M(·,+), M(∧,∨), M(·,∨)."""

    WEIGHTED_AVERAGE = "weighted average"
    MAX_MIN = "max-min"
    MAX_PRODUCT = "max-product"


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """模糊综合评价：很满意=100、…；加权平均算子；按等级分值. First grade = highest answer."""

    grades: tuple[tuple[Name, Fraction], ...]
    operator: Operator
    by_membership: bool = False


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
    | Basis
    | Note
    | InformationOnly
    | Accept
    | Bands
    | Veto
    | Fuzzy
)


# ---------------------------------------------------------------- formulas


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number in a formula; `percent` as written, so `40%` is Number(40, percent=True)."""

    amount: Fraction
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left operator right`, operator one of + - * /."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Call(Node):
    """平均(…), 最小(…), 最大(…): `function` is mean, min or max."""

    function: str
    arguments: tuple["Expression", ...]


Expression = Number | Reference | Binary | Negation | Call


# ---------------------------------------------------------------- lines


class WeightUnit(Enum):
    """How a weight was written."""

    PERCENT = "%"
    FRACTION = "fraction"
    POINTS = "points"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Weight(Node):
    """40%, 0.4, 10分, 权重5; `amount` as written."""

    amount: Fraction
    unit: WeightUnit


@dataclass(frozen=True, slots=True)
class Head(Node):
    """A name at a line's head with its optional `[key]` and weight."""

    name: Name
    key: str | None = None
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Scheme(Node):
    """One `scheme: |` block: the policy-wide sentences, then the indicator lines."""

    name: str
    bullets: tuple[Sentence, ...]
    lines: tuple[Line, ...]
    broken: bool = False


# ---------------------------------------------------------------- data sentences (section 11)


@dataclass(frozen=True, slots=True)
class Condition(Node):
    """`column comparison value`, joined with AND; the value is text until the contract says more."""

    column: Name
    comparison: Comparison
    value: str


@dataclass(frozen=True, slots=True)
class CountRows(Node):
    """complaints中类别=质量的次数."""

    source: Name
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class RatioOfSums(Node):
    """inspections的合格批数合计÷交验批数合计; a percentage."""

    source: Name
    numerator: Name
    denominator: Name
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ShareOfRows(Node):
    """complaints中状态=已结案的占比; a percentage. `base`: the rows it is a share of."""

    source: Name
    where: tuple[Condition, ...]
    base: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnStatistic(Node):
    """inspections的返工工时合计: `statistic` is sum, mean, min, max or median."""

    source: Name
    column: Name
    statistic: str
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeBetween(Node):
    """corrections从提出时间到完成时间的时长; `statistic` "" keeps every case, or mean/max/min/median."""

    source: Name
    begin: Name
    end: Name
    statistic: str = ""
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class CountDistinct(Node):
    """complaints中不同客户号的个数."""

    source: Name
    column: Name
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class LookUp(Node):
    """kpi的值: the indicator's row in a `values` source."""

    source: Name


MeasureSentence = CountRows | RatioOfSums | ShareOfRows | ColumnStatistic | TimeBetween | CountDistinct | LookUp


@dataclass(frozen=True, slots=True)
class AnsweredAtLeast(Node):
    """作答率不低于80%."""

    percent: Fraction


@dataclass(frozen=True, slots=True)
class NotStraightLined(Node):
    """非雷同作答."""


@dataclass(frozen=True, slots=True)
class TookAtLeast(Node):
    """用时不少于30秒."""

    seconds: Fraction


@dataclass(frozen=True, slots=True)
class ListedIn(Node):
    """客户号属于customers."""

    column: Name
    source: Name


@dataclass(frozen=True, slots=True)
class OnePer(Node):
    """每个客户号取最后一份 (`last`) / 第一份."""

    column: Name
    last: bool


ValiditySentence = AnsweredAtLeast | NotStraightLined | TookAtLeast | ListedIn | OnePer | Condition
