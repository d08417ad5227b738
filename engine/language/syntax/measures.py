"""What is measured: targets, limits, survey questions, scales, kinds."""

from enum import Enum
from fractions import Fraction

from engine.language.syntax.quantities import Dated, Name, Node
from engine.values import positional


@positional
class Target(Node):
    """目标98%; 目标95%自2024-01-01起、96%自2025-01-01起."""

    values: tuple[Dated, ...]


@positional
class Let(Node):
    """设X = 98%."""

    name: Name
    values: tuple[Dated, ...]


@positional
class TimeLimit(Node):
    """规定时限24小时 (or a name that a `let` defines)."""

    values: tuple[Dated, ...]


class Statistic(Enum):
    """What is made of the answers to survey questions."""

    MEAN = "mean"
    TOP_TWO = "top 2 box"
    NPS = "NPS"
    DISTRIBUTION = "distribution"


@positional
class Survey(Node):
    """问卷Q1、Q2均值; no questions: 问卷同名题均值, the one question that has the line's name (or [key]) for its id."""

    questions: tuple[Name, ...]
    statistic: Statistic


@positional
class Scale(Node):
    """1-5分折合20-100分: value `low` becomes `to_low`, `high` becomes `to_high`; `between`: the points in between.

    0-50-100折合0-60-100分 has the point (50, 60); from point to point the map is straight.
    """

    low: Fraction
    high: Fraction
    to_low: Fraction
    to_high: Fraction
    between: tuple[tuple[Fraction, Fraction], ...] = ()

    @property
    def points(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """All points of the map, as written."""
        return ((self.low, self.to_low), *self.between, (self.high, self.to_high))


@positional
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


@positional
class KindIs(Node):
    """百分率, 次数, 得分, 是否, 实得分, 时长."""

    kind: Kind


@positional
class RateAsScore(Node):
    """按百分制计分."""


@positional
class Clamped(Node):
    """限幅: a value outside the scale map's interval takes its end."""


@positional
class LowerIsBetter(Node):
    """越低越好."""


@positional
class NaturalLog(Node):
    """取自然对数, before the scale map."""


@positional
class LogScale(Node):
    """按对数折合: the scale map is straight in the logarithm of the value."""


class Placing(Enum):
    """How a value is placed among those of all units."""

    MIN_MAX = "min-max"
    Z_SCORE = "z-score"
    SAMPLE_Z_SCORE = "z-score, n-1"
    PERCENTILE = "percentile"
    RANK = "ranks"
    BEST_SHARE = "share of the best"
    MEAN_SHARE = "share of the mean"


@positional
class OverUnits(Node):
    """按各单位标准化, 按各单位百分位; with bounds 以各单位最低至最高折合c-d分, 按各单位名次折合c-d分.

    以各单位最优为100分 goes from 0 to 100; 以各单位平均为100分 has no ends, and 100 is `to_high`.
    """

    method: Placing
    to_low: Fraction | None = None
    to_high: Fraction | None = None


@positional
class MinimumSample(Node):
    """至少N个有效值，否则不评."""

    count: int
