"""Fuzzy comprehensive evaluation, by hand."""

from fractions import Fraction

import pytest

from engine.evaluation.fuzzy import defuzzified
from engine.evaluation.result import State
from tests.evaluation.schemes import assessed, node

F = Fraction
SCHEME = """
- 四舍五入保留2位小数，缺数{missing}
总体
  - 模糊综合评价：很满意=100、满意=80、不满意=40；{operator}；{score}
  甲 0.6：问卷C1分布，1-3分制
  乙 0.4：问卷C2分布，1-3分制
"""
ANSWERS = {"甲": [F("0.5"), F("0.3"), F("0.2")], "乙": [F("0.2"), F("0.5"), F("0.3")]}


def _assessed(operator: str, score: str = "按等级分值", missing: str = "报错", **less: None):
    return assessed(SCHEME.format(operator=operator, score=score, missing=missing), {**ANSWERS, **less})


@pytest.mark.parametrize(
    ("operator", "shares", "score"),
    [
        # 0.6·(0.5, 0.3, 0.2) + 0.4·(0.2, 0.5, 0.3) = (0.38, 0.38, 0.24); 38 + 30.4 + 9.6 = 78
        ("加权平均算子", (F("0.38"), F("0.38"), F("0.24")), F(78)),
        # max(min(0.6, ·), min(0.4, ·)) = (0.5, 0.4, 0.3), divided by 1.2; (50 + 32 + 12)/1.2
        ("取大取小算子", (F(5, 12), F(4, 12), F(3, 12)), F(94) / F("1.2")),
        # max(0.6·, 0.4·) = (0.30, 0.20, 0.12), divided by 0.62; (30 + 16 + 4.8)/0.62
        ("乘积取大算子", (F(30, 62), F(20, 62), F(12, 62)), F("50.8") / F("0.62")),
    ],
)
def test_the_three_operators(operator: str, shares: tuple[Fraction, ...], score: Fraction) -> None:
    """B = A∘R, and the score Σ bⱼvⱼ/Σ bⱼ."""
    found = _assessed(operator)
    assert found.nodes[0].membership == shares
    assert found.exact == score


def test_by_the_largest_membership_a_tie_takes_the_lower_grade() -> None:
    """(0.38, 0.38, 0.24): the largest share is reached by 很满意 and 满意, so the score is that of 满意."""
    assert _assessed("加权平均算子", "按最大隶属度").exact == 80


def test_a_missing_membership_is_left_out_or_replaced() -> None:
    """Without 乙: 归一 is 甲 alone; 零分 puts all of it at the lowest grade, 满分 at the highest."""
    assert _assessed("加权平均算子", missing="按其余权重归一", 乙=None).nodes[0].membership == (
        F("0.5"),
        F("0.3"),
        F("0.2"),
    )
    assert _assessed("加权平均算子", missing="计零分", 乙=None).nodes[0].membership == (F("0.3"), F("0.18"), F("0.52"))
    assert _assessed("加权平均算子", missing="计满分", 乙=None).nodes[0].membership == (F("0.7"), F("0.18"), F("0.12"))
    assert _assessed("加权平均算子", 乙=None).state is State.MISSING


def test_levels_are_composed_one_after_the_other() -> None:
    """A heading below composes its own parts first: 0.5·(0.5·甲 + 0.5·乙) + 0.5·丙."""
    scheme = """
    - 四舍五入保留2位小数，缺数报错
    总体
      - 模糊综合评价：很满意=100、满意=80、不满意=40；加权平均算子；按等级分值
      服务 0.5
        甲 0.5：问卷C1分布，1-3分制
        乙 0.5：问卷C2分布，1-3分制
      丙 0.5：问卷C3分布，1-3分制
    """
    found = assessed(scheme, {**ANSWERS, "丙": [F(0), F(1), F(0)]})
    assert node(found, "服务").membership == (F("0.35"), F("0.4"), F("0.25"))
    assert found.nodes[0].membership == (F("0.175"), F("0.7"), F("0.125"))
    assert found.exact == F("17.5") + 56 + 5
    assert node(found, "乙").effective == F("0.25")


def test_defuzzification_divides_by_what_there_is() -> None:
    """Memberships of sum 2: (1·100 + 1·40)/2."""
    grades = (("高", F(100)), ("低", F(40)))
    assert defuzzified(grades, (F(1), F(1)), by_membership=False) == 70
