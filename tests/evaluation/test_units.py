"""Units, the whole they make, segments, and scores relative to the other units."""

from fractions import Fraction
from pathlib import Path

import pytest

from engine.evaluation.result import State
from tests.evaluation.schemes import node, result_of

F = Fraction
HEAD = """
units: {{by: [分店]{total}}}
data:
  survey:
    kind: responses
    file: 调查表.csv
    questions: {{Q1: 1、质量, Q2: 2、服务}}
    answers: 1-5
"""
ROWS = """
序号,分店,地区,1、质量,2、服务
1,甲,北,5,4
2,甲,南,4,4
3,甲,南,3,4
4,乙,北,2,5
5,乙,,1,5
6,,北,1,1
"""
SCHEME = """
总分：加权平均
  - 各项：1-5分折合20-100分
  质量 50%：问卷Q1均值
  服务 50%：问卷Q2均值
"""


def _run(folder: Path, total: str, by: tuple[str, ...] = (), scheme: str = SCHEME, rows: str = ROWS):
    return result_of(folder, scheme, {"调查表.csv": rows}, head=HEAD.format(total=total), by=by).assessments


def test_each_unit_is_assessed_by_itself(tmp_path: Path) -> None:
    """甲: (80 + 80)/2; 乙: (30 + 100)/2. A row without a unit belongs to none."""
    assert [(a.unit["分店"], a.exact) for a in _run(tmp_path, "")] == [("乙", 65), ("甲", 80)]


def test_pooled_is_all_respondents_together(tmp_path: Path) -> None:
    """Q1: 16/6 is 160/3; Q2: 23/6 is 230/3; their mean is 65. The row without a unit counts."""
    whole = _run(tmp_path, ", total: pooled")[-1]
    assert (whole.unit, whole.exact) == ({}, F(65))
    assert node(whole, "质量").valid == 6


def test_the_mean_of_the_units(tmp_path: Path) -> None:
    """(65 + 80)/2, node by node; contributions still add up."""
    whole = _run(tmp_path, ", total: mean")[-1]
    assert (whole.unit, whole.exact) == ({}, F("72.5"))
    assert [node(whole, n).score for n in ("质量", "服务")] == [55, 90]
    assert [node(whole, n).contribution for n in ("质量", "服务")] == [F("27.5"), 45]


def test_the_weights_of_the_units(tmp_path: Path) -> None:
    """0.6·80 + 0.4·65 = 74."""
    assert _run(tmp_path, ", total: {weights: {甲: 60%, 乙: 40%}}")[-1].exact == 74


@pytest.mark.parametrize(
    ("weights", "state", "reason"),
    [
        ("{甲: 60%, 乙: 20%, 丙: 20%}", State.MISSING, "not collected"),
        ("{甲: 100%}", State.ERROR, "a unit has no weight"),
    ],
)
def test_weights_and_units_have_to_match(tmp_path: Path, weights: str, state: State, reason: str) -> None:
    """A weighted unit without data, and data without a weight, leave no whole."""
    whole = _run(tmp_path, f", total: {{weights: {weights}}}")[-1]
    assert (whole.state, whole.nodes[0].reason, whole.exact) == (state, reason, None)


def test_a_unit_without_a_score_leaves_no_whole(tmp_path: Path) -> None:
    """Nobody answered Q2 in 乙: 乙 has no total, so the whole has none; the whole of Q1 is there."""
    rows = ROWS.replace("乙,北,2,5", "乙,北,2,").replace("乙,,1,5", "乙,,1,")
    whole = _run(tmp_path, ", total: mean", rows=rows)[-1]
    assert (whole.state, whole.exact) == (State.NO_VALID_ANSWERS, None)
    assert node(whole, "质量").score == 55


def test_segments_of_units_and_of_the_whole(tmp_path: Path) -> None:
    """By 地区: 甲 北 (5, 4), 甲 南 (3.5, 4), 乙 北 (2, 5), nobody in 乙 南; the whole 北 (8/3, 10/3)."""
    found = {
        (a.unit.get("分店", ""), a.segment.get("地区", "")): a.exact
        for a in _run(tmp_path, ", total: pooled", ("地区",))
    }
    assert found == {
        ("乙", ""): 65,
        ("乙", "北"): 70,
        ("乙", "南"): None,
        ("甲", ""): 80,
        ("甲", "北"): 90,
        ("甲", "南"): 75,
        ("", ""): 65,
        ("", "北"): 60,
        ("", "南"): 75,
    }


# ---------------------------------------------------------------- relative to the other units

RELATIVE = """
- 四舍五入保留2位小数，缺数报错
总分：等权平均
  质量：问卷Q1均值，{rule}
"""
THREE = "序号,分店,地区,1、质量,2、服务\n1,甲,北,5,1\n2,乙,北,2,1\n3,丙,北,3,1"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("以各单位最低至最高折合0-100分", {"甲": F(100), "乙": F(0), "丙": F(100, 3)}),
        ("以各单位最低至最高折合60-100分", {"甲": F(100), "乙": F(60), "丙": F(220, 3)}),
        ("以各单位最低至最高折合0-100分，越低越好", {"甲": F(0), "乙": F(100), "丙": F(200, 3)}),
        ("按各单位百分位", {"甲": F(250, 3), "乙": F(50, 3), "丙": F(50)}),
        ("按各单位百分位，越低越好", {"甲": F(50, 3), "乙": F(250, 3), "丙": F(50)}),
        ("按各单位名次折合0-100分", {"甲": F(100), "乙": F(0), "丙": F(50)}),
        ("按各单位名次折合20-100分，越低越好", {"甲": F(20), "乙": F(100), "丙": F(60)}),
        ("按各单位百分位，0-100分折合0-10分", {"甲": F(25, 3), "乙": F(5, 3), "丙": F(5)}),
    ],
)
def test_places_among_units(tmp_path: Path, rule: str, expected: dict[str, Fraction]) -> None:
    """5, 2 and 3: the best unit has the highest score, the worst the lowest; 3 lies a third of the way, and is second.

    Percentiles of three: 100 (0 + 1/2)/3, 100 (1 + 1/2)/3 and 100 (2 + 1/2)/3.
    """
    found = _run(tmp_path, "", scheme=RELATIVE.format(rule=rule), rows=THREE)
    assert {a.unit["分店"]: a.exact for a in found} == expected


def test_the_whole_is_placed_among_the_units(tmp_path: Path) -> None:
    """The pooled mean 10/3 lies (10/3 - 2)/3 of the way: 400/9."""
    scheme = RELATIVE.format(rule="以各单位最低至最高折合0-100分")
    assert _run(tmp_path, ", total: pooled", scheme=scheme, rows=THREE)[-1].exact == F(400, 9)


def test_z_scores_over_units(tmp_path: Path) -> None:
    """5, 2 and 3 have mean 10/3 and variance 14/9: z² is 25/14, 16/14 and 1/14, to 50 digits; they sum to 0."""
    found = _run(tmp_path, "", scheme=RELATIVE.format(rule="按各单位标准化"), rows=THREE)
    z = {a.unit["分店"]: a.exact for a in found}
    assert z["甲"] is not None
    assert z["乙"] is not None
    assert z["丙"] is not None
    assert z["甲"] + z["乙"] + z["丙"] == 0
    assert z["甲"] / z["乙"] == F(-5, 4)
    assert abs(z["甲"] ** 2 - F(25, 14)) < F(1, 10**45)
    assert all(a.nodes[0].inexact for a in found)


def test_equals_share_their_place(tmp_path: Path) -> None:
    """2, 3, 3 and 5: percentiles 12.5, 50, 50, 87.5; ranks of 0, 1 and 2 shared (1.5), and 3 in three steps."""
    rows = "\n".join(
        f"{n},{name},北,{answer},1" for n, (name, answer) in enumerate(zip("甲乙丙丁", (2, 3, 3, 5), strict=True))
    )
    rows = f"序号,分店,地区,1、质量,2、服务\n{rows}"
    placed = {
        rule: [a.exact for a in _run(tmp_path, "", scheme=RELATIVE.format(rule=rule), rows=rows)]
        for rule in ("按各单位百分位", "按各单位名次折合0-100分")
    }
    by_name = [a.unit["分店"] for a in _run(tmp_path, "", scheme=RELATIVE.format(rule="按各单位百分位"), rows=rows)]
    assert dict(zip(by_name, placed["按各单位百分位"], strict=True)) == {
        "甲": F("12.5"), "乙": F(50), "丙": F(50), "丁": F("87.5")
    }  # fmt: skip
    assert dict(zip(by_name, placed["按各单位名次折合0-100分"], strict=True)) == {
        "甲": F(0), "乙": F(50), "丙": F(50), "丁": F(100)
    }  # fmt: skip


def test_a_z_score_is_mapped_in_its_own_direction(tmp_path: Path) -> None:
    """1, 3 and 5: sample deviation 2, z is -1, 0 and 1, on -2 to 2 as 0-100: 25, 50 and 75; lower is better: turned once."""
    rows = "序号,分店,地区,1、质量,2、服务\n1,甲,北,1,1\n2,乙,北,3,1\n3,丙,北,5,1"
    rule = "按各单位标准化（样本标准差），-2至2折合0-100分"
    for words, expected in ((rule, [25, 50, 75]), (f"{rule}，越低越好", [75, 50, 25])):
        found = _run(tmp_path, "", scheme=RELATIVE.format(rule=words), rows=rows)
        assert [{a.unit["分店"]: a.exact for a in found}[name] for name in "甲乙丙"] == expected
    spread = node(found[0], "质量").spread
    assert spread is not None
    assert (spread.count, spread.low, spread.high, spread.lowest, spread.highest) == (3, 1, 5, "甲", "丙")
    assert (spread.mean, spread.deviation) == (3, 2)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("以各单位最优为100分", [F(20), F(60), F(100)]),
        ("以各单位最优为100分，越低越好", [F(100), F(100, 3), F(20)]),
        ("以各单位平均为100分", [F(100, 3), F(100), F(500, 3)]),
        ("以各单位平均为100分，越低越好", [F(300), F(100), F(60)]),
        ("以各单位平均为100分，0-200折合0-100分，限幅", [F(50, 3), F(50), F(250, 3)]),
    ],
)
def test_a_share_of_the_best_unit_or_of_their_mean(tmp_path: Path, rule: str, expected: list[Fraction]) -> None:
    """甲 1, 乙 3, 丙 5: the best is 5 (lower is better: 1), the mean 3; x ÷ 5, 1 ÷ x, x ÷ 3, 3 ÷ x, times 100."""
    rows = "序号,分店,地区,1、质量,2、服务\n1,甲,北,1,1\n2,乙,北,3,1\n3,丙,北,5,1"
    found = {a.unit["分店"]: a.exact for a in _run(tmp_path, "", scheme=RELATIVE.format(rule=rule), rows=rows)}
    assert [found[name] for name in "甲乙丙"] == expected


def test_units_that_do_not_differ_are_all_the_best(tmp_path: Path) -> None:
    """A share of the best needs no spread."""
    rows = "序号,分店,地区,1、质量,2、服务\n1,甲,北,5,1\n2,乙,北,5,1"
    found = _run(tmp_path, "", scheme=RELATIVE.format(rule="以各单位最优为100分"), rows=rows)
    assert [a.exact for a in found] == [100, 100]


def test_there_is_no_share_of_nothing(tmp_path: Path) -> None:
    """Beside a value of 0 the best, where lower is better, says nothing: no score, and a reason."""
    head = "\nunits: {by: [分店]}\ndata: {kpi: {kind: values, file: 指标.csv, layout: wide}}\n"
    scheme = "- 四舍五入保留2位小数，缺数报错\n总分：等权平均\n  报价：数值，越低越好，以各单位最优为100分"
    found = result_of(tmp_path, scheme, {"指标.csv": "分店,报价\n甲,0\n乙,10\n"}, head=head).assessments
    reason = "a share of units needs values above 0"
    assert [(a.state, a.nodes[0].reason) for a in found] == [(State.NOT_RATED, reason)] * 2


def test_units_that_do_not_differ_are_not_rated(tmp_path: Path) -> None:
    """With the same value everywhere there is no lowest and no highest."""
    rows = "序号,分店,地区,1、质量,2、服务\n1,甲,北,5,1\n2,乙,北,5,1"
    found = _run(tmp_path, "", scheme=RELATIVE.format(rule="以各单位最低至最高折合0-100分"), rows=rows)
    assert [(a.state, a.nodes[0].reason) for a in found] == [(State.NOT_RATED, "all units have the same value")] * 2


def test_the_logarithm_comes_before_the_scale(tmp_path: Path) -> None:
    """Ln 1 = 0 on 0-2 as 0-100 is 0; ln of nothing above 0 is an error, not a score."""
    scheme = "- 四舍五入保留2位小数，缺数报错\n总分：等权平均\n  质量：问卷Q1均值，取自然对数，0-2分折合0-100分"
    rows = "序号,分店,地区,1、质量,2、服务\n1,甲,北,1,1\n2,乙,北,2,1"
    found = {a.unit["分店"]: a.exact for a in _run(tmp_path, "", scheme=scheme, rows=rows)}
    assert found["甲"] == 0
    assert found["乙"] == F("34.657359027997265470861606072908828403775006718013")
