"""Means beside the arithmetic one: the harmonic mean and the median of scores."""

from fractions import Fraction

import pytest

from engine.evaluation.assessment import score
from tests.evaluation.schemes import policy_of

F = Fraction


@pytest.mark.parametrize(
    ("method", "weights", "scores", "expected"),
    [
        ("调和平均", ("", "", ""), (30, 60, 60), F(45)),  # 3 / (1/30 + 2/60)
        ("调和平均", (" 50%", " 25%", " 25%"), (30, 60, 60), F(40)),  # 1 / (0.5/30 + 0.5/60)
        ("调和平均", ("", "", ""), (0, 60, 60), F(0)),
        ("取中位数", ("", "", ""), (90, 30, 60), F(60)),
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
