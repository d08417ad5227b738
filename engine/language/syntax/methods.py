"""How parts combine, and the conventions and facts a policy states."""

from enum import Enum
from fractions import Fraction

from engine.language.syntax.quantities import Node
from engine.values import positional


@positional
class DeductFrom(Node):
    """满分100分，倒扣分."""

    full: Fraction


@positional
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
    HARMONIC = "harmonic mean"
    MEDIAN = "median"
    POWER = "power mean"
    BEST_OF = "mean of the best"
    WORST_OF = "mean of the worst"
    TRIMMED = "trimmed mean"


@positional
class Combine(Node):
    """加权平均, 等权平均, 取最低分, 取最高分, 几何平均, 调和平均, 取中位数, 3次幂平均, 取最高3项平均.

    `numbers`: the order of a power mean; how many of the best or the worst count; of a trimmed mean how many
    of the highest and how many of the lowest are dropped. The other methods have none.
    """

    method: Method
    numbers: tuple[Fraction, ...] = ()


@positional
class Normalise(Node):
    """归一, 权重合计50%，归一: weights are divided by their sum; `total` is the written control sum, a percentage."""

    total: Fraction | None = None


@positional
class ItemCount(Node):
    """共4项: the written control number of lines."""

    count: int


@positional
class PercentScore(Node):
    """计算结果采取百分制: the result is a score from 0 to 100."""


class Half(Enum):
    """How a number is rounded."""

    UP = "half up"
    EVEN = "half even"
    FLOOR = "down"
    CEIL = "up"
    NONE = "none"


@positional
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


@positional
class Missing(Node):
    """缺数报错 …: the open choice E703."""

    outcome: Outcome


@positional
class BoundOwner(Node):
    """等级边界含下限 (`lower` True) / 含上限."""

    lower: bool


@positional
class GradeOn(Node):
    """按修约值定级 (`rounded` True) / 按全数值定级."""

    rounded: bool


@positional
class Owner(Node):
    """收集部门：质量部."""

    text: str


@positional
class Feedback(Node):
    """反馈部门：生产部、工程部: whom the procedure has told of the result."""

    departments: tuple[str, ...]


@positional
class Basis(Node):
    """依据5.3.3: the clause of the procedure."""

    text: str


@positional
class Note(Node):
    """注：…"""

    text: str


@positional
class InformationOnly(Node):
    """仅供参考: shown, never counted."""


@positional
class Accept(Node):
    """认可W305：reason."""

    code: str
    reason: str
