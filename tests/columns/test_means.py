"""Means that are no weighted sums, and logarithms, by columns: as the exact arithmetic has them, in every digit."""

import pytest

from engine.evaluation.given import Given
from engine.insight.many import prepare
from tests.columns.compare import by_columns, differences, search
from tests.evaluation.schemes import F, policy_of

ROUNDS = "- 四舍五入保留1位小数，按修约值定级，缺数按其余权重归一，等级边界含下限\n"
BANDS = "  - 等级：优(100-90)；良(90-60)；差(60-0)\n"
WEIGHTED = "  甲 50%：得分\n  乙 30%：得分\n  丙 20%：得分\n"
ALIKE = "  甲：得分\n  乙：得分\n  丙：得分\n  丁：得分\n"
SCHEMES = {
    "geometric": f"{ROUNDS}总分：几何平均\n{BANDS}{WEIGHTED}",
    "harmonic": f"{ROUNDS}总分：调和平均\n{BANDS}{WEIGHTED}",
    "quadratic": f"{ROUNDS}总分：平方平均\n{BANDS}{ALIKE}",
    "cubic": f"{ROUNDS}总分：3次幂平均\n{BANDS}{ALIKE}",
    "median": f"{ROUNDS}总分：取中位数\n{BANDS}{ALIKE}",
    "best": f"{ROUNDS}总分：取最高2项平均\n{BANDS}{ALIKE}",
    "worst": f"{ROUNDS}总分：取最低2项平均\n{BANDS}{ALIKE}",
    "trimmed": f"{ROUNDS}总分：去掉一个最高分和一个最低分后平均\n{BANDS}{ALIKE}",
    "at least three": f"{ROUNDS}总分：几何平均\n{BANDS}  - 至少3个有效值，否则不评\n{ALIKE}",
    "scale": f"{ROUNDS}总分：加权平均\n{BANDS}  收入 60%：数值，100-10000折合0-100分，按对数折合，限幅\n  乙 40%：得分\n",
    "off the scale": f"{ROUNDS}总分：加权平均\n{BANDS}  收入 60%：数值，100-10000折合0-100分，按对数折合\n  乙 40%：得分\n",
    "logarithm": f"{ROUNDS}总分：加权平均\n{BANDS}  成本 60%：取自然对数，0-10折合0-100分\n  乙 40%：得分\n",
}


@pytest.mark.parametrize("name", SCHEMES)
def test_units_at_the_bounds(name: str) -> None:
    """Units aimed at the bounds, some with parts missing; most of them the columns work alone."""
    found, alone = search(policy_of(SCHEMES[name]), seed=3, count=400)
    assert found == []
    assert alone > 200


@pytest.mark.parametrize(
    ("name", "scores", "expected"),
    [
        ("geometric", (80, 80, 80), 800),  # the mean of equals is that number
        ("geometric", (100, 100, 0), 0),  # one 0 makes all 0
        ("geometric", (64, 100, 100), 800),  # √0.64 = 0.8 of 100, for 甲 counts half
        ("harmonic", (50, 100, 100), 667),  # 1 / (0.5/50 + 0.5/100) = 66.66…
        ("quadratic", (60, 80, None, None), 707),  # √((3600 + 6400)/2) = 70.71…
        ("cubic", (10, 10, 10, 20), 140),  # ((3000 + 8000)/4)^(1/3) = 14.01…
        ("median", (10, 90, 30, 40), 350),  # between 30 and 40
        ("best", (10, 90, 30, 40), 650),  # of 90 and 40
        ("worst", (10, None, 30, 40), 200),  # of 10 and 30
        ("trimmed", (10, 90, 30, 40), 350),  # without 10 and 90
        ("scale", (1000, 100), 700),  # 1000 lies half-way: 60 % of 50 and 40
        ("logarithm", (1, 50), 200),  # ln 1 = 0
    ],
)
def test_by_hand(name: str, scores: tuple[int | None, ...], expected: int) -> None:
    """The score in tenths."""
    ready = prepare(policy_of(SCHEMES[name]))
    unit: dict[str, Given] = {
        path: F(score) for path, score in zip(ready.asked, scores, strict=True) if score is not None
    }
    _, scored = by_columns(ready, [unit])
    assert scored.scores["总分"].units.tolist() == [expected]
    assert differences(ready, [unit]) == []


def test_without_the_extremes_nothing_may_be_left() -> None:
    """Of two scores none is left without the highest and the lowest."""
    ready = prepare(policy_of(SCHEMES["trimmed"]))
    unit: dict[str, Given] = {"总分/甲": F(10), "总分/乙": F(90)}
    made, scored = by_columns(ready, [unit])
    assert (made.unknown, scored.scores["总分"].has.tolist()) == ((), [False])
    assert differences(ready, [unit]) == []


def test_a_score_below_0_has_no_such_mean() -> None:
    """A difference may be below 0, and no root is taken of it."""
    scheme = f"{ROUNDS}总分：几何平均\n  甲 50% = 丙 - 丁\n    丙：得分\n    丁：得分\n  乙 50%：得分\n"
    found, _ = search(policy_of(scheme), seed=4, count=300)
    assert found == []


def test_a_part_that_divides_is_left_out_where_it_is_missing() -> None:
    """Without 丙 and 丁 the score is that of 乙, 90; with 1/3 × 100 and 50 it is 41.66…."""
    scheme = f"{ROUNDS}总分：加权平均\n  甲 50% = 丙 / 丁 × 100\n    丙：得分\n    丁：得分\n  乙 50%：得分\n"
    ready = prepare(policy_of(scheme))
    unit: dict[str, Given] = {"总分/乙": F(90)}
    _, scored = by_columns(ready, [unit, {"总分/甲/丙": F(1), "总分/甲/丁": F(3), "总分/乙": F(50)}])
    assert scored.scores["总分"].units.tolist() == [900, 417]
    assert differences(ready, [unit]) == []
