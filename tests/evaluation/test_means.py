"""Means beside the arithmetic one: the harmonic mean and the median of scores."""

from fractions import Fraction

import pytest

from engine.evaluation.assessment import score
from engine.evaluation.result import State
from tests.evaluation.schemes import policy_of

F = Fraction


@pytest.mark.parametrize(
    ("method", "weights", "scores", "expected"),
    [
        ("调和平均", ("", "", ""), (30, 60, 60), F(45)),  # 3 / (1/30 + 2/60)
        ("调和平均", (" 50%", " 25%", " 25%"), (30, 60, 60), F(40)),  # 1 / (0.5/30 + 0.5/60)
        ("调和平均", ("", "", ""), (0, 60, 60), F(0)),
        ("取中位数", ("", "", ""), (90, 30, 60), F(60)),
        ("平方平均", ("", "", ""), (10, 50, 70), F(50)),  # √((100 + 2500 + 4900) / 3) = √2500
        ("平方平均", (" 50%", " 25%", " 25%"), (10, 50, 50), F("36.055512754639892931192212674704959462512965738452")),
        ("3次幂平均", ("", "", ""), (0, 0, 0), F(0)),
        ("取最高2项平均", ("", "", ""), (90, 30, 60), F(75)),
        ("取最低2项平均", ("", "", ""), (90, 30, 60), F(45)),
        ("去掉一个最高分和一个最低分后平均", ("", "", ""), (90, 30, 60), F(60)),
        ("去掉最低分后平均", ("", "", ""), (90, 30, 30), F(60)),  # one of the two equal ones is dropped
    ],
)
def test_means(method: str, weights: tuple[str, ...], scores: tuple[int, ...], expected: Fraction) -> None:
    """By hand, as the comments say."""
    lines = "".join(f"  {name}{weight}：得分\n" for name, weight in zip("甲乙丙", weights, strict=True))
    policy = policy_of(f"总分：{method}\n{lines}")
    given = {name: F(number) for name, number in zip("甲乙丙", scores, strict=True)}
    assert score(policy, policy.schemes[0], given).exact == expected


def test_the_median_looks_at_no_weights() -> None:
    """Of two scores the median is their mean, whatever they are called."""
    policy = policy_of("总分：取中位数\n  甲：得分\n  乙：得分\n")
    assert score(policy, policy.schemes[0], {"甲": F(40), "乙": F(90)}).exact == 65


JUDGES = "总分：去掉一个最高分和一个最低分后平均\n  - 各项：得分，缺数按其余权重归一\n  甲\n  乙\n  丙\n  丁\n"


def test_the_parts_that_are_dropped_count_for_nothing() -> None:
    """Of 70, 80, 90 and 100 the 80 and the 90 count, one half each."""
    policy = policy_of(JUDGES)
    found = score(policy, policy.schemes[0], {"甲": F(70), "乙": F(80), "丙": F(90), "丁": F(100)})
    assert found.exact == 85
    assert [(node.weight, node.contribution) for node in found.nodes[1:]] == [
        (0, 0),
        (F(1, 2), 40),
        (F(1, 2), 45),
        (0, 0),
    ]


def test_the_highest_and_the_lowest_are_those_of_the_parts_in_use() -> None:
    """A part without a value is left out before any is dropped; where nothing remains the whole has no value."""
    policy = policy_of(JUDGES)
    assert score(policy, policy.schemes[0], {"甲": F(70), "乙": F(80), "丙": F(90)}).exact == 80
    assert score(policy, policy.schemes[0], {"甲": F(70), "乙": F(80)}).state is State.MISSING
