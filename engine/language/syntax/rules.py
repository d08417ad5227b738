"""Rules: one trigger and one effect, and the bounds that go with them."""

from dataclasses import field
from enum import Enum
from fractions import Fraction

from engine.language.syntax.quantities import Interval, Name, Node, Quantity, Unit
from engine.values import positional


class Side(Enum):
    """On which side of the target a value costs or earns."""

    LOW = "below"
    HIGH = "above"


@positional
class StepTrigger(Node):
    """每低1个百分点: once for each `size` by which the value is below (above) the target."""

    side: Side
    size: Quantity


@positional
class CountTrigger(Node):
    """每发生一次, 每缺2项: once for each `per` of what is counted; `noun` is the words for it."""

    per: Fraction = Fraction(1)
    noun: str = field(default="", compare=False)


@positional
class LateTrigger(Node):
    """每逾期1天: once per `per` of `unit` beyond the limit; `unit` None: once for each late case.

    `started` True: a started week counts as a whole one.
    """

    unit: Unit | None = None
    per: Fraction = Fraction(1)
    started: bool = False


@positional
class RangeTrigger(Node):
    """95%以上, 90%(含)-95%, 2-3例: once, when the value lies in the interval."""

    interval: Interval


@positional
class TargetTrigger(Node):
    """达标 / 未达标: once, when the target is met / missed.

    `side`: the text says on which side it was missed (超过目标: HIGH); None: the indicator's worse side.
    """

    met: bool
    side: Side | None = None


@positional
class AlwaysTrigger(Node):
    """A rule without a condition of its own: 按比例得分, 酌情扣1-3分."""


@positional
class ConditionTrigger(Node):
    """未公示的: once, when the yes/no named by the text is yes."""

    text: Name


Trigger = StepTrigger | CountTrigger | LateTrigger | RangeTrigger | TargetTrigger | ConditionTrigger | AlwaysTrigger


@positional
class Deduct(Node):
    """扣N分; with `most`, the assessor chooses between `points` and `most` (酌情扣a至b分)."""

    points: Quantity
    most: Quantity | None = None


@positional
class Add(Node):
    """加N分; with `most`, the assessor chooses between `points` and `most` (酌情加a至b分)."""

    points: Quantity
    most: Quantity | None = None


@positional
class Score(Node):
    """得N分."""

    points: Quantity


@positional
class FullMarks(Node):
    """得满分."""


@positional
class NoMarks(Node):
    """不得分."""


@positional
class Share(Node):
    """扣该项分值的N% (`of_score` False) / 扣得分的N% (True); `percent` as written."""

    percent: Fraction
    of_score: bool = False


@positional
class Proportion(Node):
    """按比例得分: the value's share of its target, at most full marks."""


@positional
class Interpolation(Node):
    """按线性插值得分: on the straight line between what the two ends of its range are worth.

    `at_low`, `at_high`: the points at the ends; None as written, where the ranges beside it say them.
    """

    at_low: Fraction | None = None
    at_high: Fraction | None = None


@positional
class GradeAs(Node):
    """定为G."""

    label: Name


@positional
class Ceiling(Node):
    """封顶N分."""

    points: Quantity


Effect = Deduct | Add | Score | FullMarks | NoMarks | Share | Proportion | Interpolation | GradeAs | Ceiling


def choice(effect: Effect) -> tuple[Quantity, Quantity] | None:
    """Between which points the assessor chooses (酌情扣a至b分); None where the rule itself says how many."""
    if isinstance(effect, Deduct | Add) and effect.most is not None:
        return effect.points, effect.most
    return None


@positional
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


@positional
class PartSteps(Node):
    """不足一步…: the open choice E701."""

    parts: Parts


@positional
class Cap(Node):
    """最多扣N分 (`adding`: 最多加N分, `earning`: 最多得N分). `points` None: 扣完为止, the item's own points.

    `whole_item`: the text says 本项/合计/累计, so it holds for all rules of the cell; `own`: it says 该条, so it holds
    for the rule before it alone.
    """

    points: Fraction | None
    adding: bool = False
    whole_item: bool = False
    own: bool = False
    earning: bool = False


@positional
class PeriodCap(Node):
    """每月最多扣N分. `period` is one of week, month, quarter, year, day."""

    points: Fraction
    period: str


@positional
class MayExceed(Node):
    """加分可超过满分."""


@positional
class StepPercent(Node):
    """步长的%指百分点 (`of_target` False) / 步长的%指目标的百分之几 (True)."""

    of_target: bool
