"""至少N个有效值，否则不评: too few answers give no score, wherever they are too few; counts are no samples."""

from fractions import Fraction
from pathlib import Path

import pytest

from engine.evaluation.result import Assessment, State
from tests.evaluation.schemes import node, result_of

F = Fraction
HEAD = """
units: {{by: [分店], total: {total}}}
data:
  survey:
    kind: responses
    file: 调查表.csv
    weight: 权重
    questions: {{Q1: 1、质量, Q2: 2、服务, Q9: {{column: 9、推荐, answers: 0-10}}}}
    answers: 1-5
"""
# 甲 has three questionnaires, two of them with Q2; 乙 has two.
SURVEY = """
序号,分店,地区,权重,1、质量,2、服务,9、推荐
1,甲,北,2,5,4,10
2,甲,南,1,4,,9
3,甲,南,1,3,5,0
4,乙,北,3,2,5,10
5,乙,北,1,1,5,9
"""
OBJECTIVE = """
  ledger: {kind: events, file: 台帐.csv}
  sheet: {kind: values, file: 统计表.csv}
measures:
  投诉: ledger中类别=质量的次数
  结案率: ledger中状态=已结案的占比
"""
FILES = {
    "调查表.csv": SURVEY,
    "台帐.csv": "分店,类别,状态\n甲,质量,已结案\n乙,质量,已结案\n乙,质量,未结案",
    "统计表.csv": "分店,指标,值\n甲,合格率,98%\n乙,合格率,99%",
}


def _run(
    folder: Path, scheme: str, *, total: str = "pooled", by: tuple[str, ...] = (), more: str = ""
) -> dict[str, Assessment]:
    head = HEAD.format(total=total) + more.lstrip("\n")
    result = result_of(folder, scheme, FILES, head=head, by=by)
    return {"".join((*a.unit.values(), *a.segment.values())): a for a in result.assessments}


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("问卷Q1均值，1-5分折合0-100分", F("81.25")),
        ("问卷Q1前两档比例，1-5分制，按百分制计分", F(75)),
        ("问卷Q9净推荐值，-100至100折合0-100分", F(75)),
    ],
)
def test_every_statistic_of_answers(tmp_path: Path, sentence: str, score: Fraction) -> None:
    """Three answers are enough in 甲, two are too few in 乙; the pooled whole has five.

    甲 with the weights 2, 1, 1: (5·2 + 4 + 3)/4 = 4.25, 3.25/4 of the scale; 3/4 in the upper two; NPS (3 - 1)/4 = 50.
    """
    found = _run(tmp_path, f"总分：{sentence}，至少3个有效值，否则不评")
    states = {name: found[name].state for name in found}
    assert states == {"甲": State.VALUE, "乙": State.BELOW_MINIMUM_SAMPLE, "": State.VALUE}
    assert found["甲"].exact == score
    few = found["乙"].nodes[0]
    assert (found["乙"].exact, few.valid, few.reason) == (None, 2, "below the minimum sample")


def test_a_distribution(tmp_path: Path) -> None:
    """Two answers are no distribution: the evaluation of 乙 is not rated."""
    scheme = """
    总分
      - 模糊综合评价：很满意=100、满意=80、一般=60、不满意=40、很不满意=20；加权平均算子；按等级分值
      质量 1：问卷Q1分布，至少3个有效值，否则不评
    """
    found = _run(tmp_path, scheme)
    assert {name: found[name].state for name in found} == {
        "甲": State.VALUE,
        "乙": State.NOT_RATED,
        "": State.VALUE,
    }
    assert node(found["乙"], "质量").state is State.BELOW_MINIMUM_SAMPLE
    assert found["甲"].exact == F(1, 2) * 100 + F(1, 4) * 80 + F(1, 4) * 60


def test_unweighted_answers_are_counted(tmp_path: Path) -> None:
    """乙 has a weight of 4 and two answers: two are counted, and both numbers are kept."""
    few = node(_run(tmp_path, "总分：问卷Q1均值，1-5分折合0-100分，至少3个有效值，否则不评")["乙"], "总分")
    assert few.measurement is not None
    assert [(q.valid, q.weight) for q in few.measurement.questions] == [(2, 4)]


def test_the_question_with_the_fewest_answers_decides(tmp_path: Path) -> None:
    """Q2 was answered twice in 甲: with three asked for, Q1 and Q2 together are too few."""
    found = _run(tmp_path, "总分：问卷Q1、Q2均值，1-5分折合0-100分，至少3个有效值，否则不评")
    assert (found["甲"].state, found["甲"].nodes[0].valid) == (State.BELOW_MINIMUM_SAMPLE, 2)


def test_segments_by_themselves(tmp_path: Path) -> None:
    """北 has three answers, 南 two; of the units only 乙 北 and 甲 南 have two, 甲 北 has one."""
    found = _run(tmp_path, "总分：问卷Q1均值，1-5分折合0-100分，至少2个有效值，否则不评", by=("地区",))
    few = sorted(name for name in found if found[name].state is State.BELOW_MINIMUM_SAMPLE)
    assert few == ["甲北"]
    assert found["乙南"].state is State.NO_VALID_ANSWERS


@pytest.mark.parametrize(
    ("missing", "score"), [("缺数报错", None), ("缺数按其余权重归一", F("81.25")), ("缺数计零分", F("48.75"))]
)
def test_the_missing_policy_meets_it(tmp_path: Path, missing: str, score: Fraction | None) -> None:
    """甲's Q2 has two of three answers. Left out, Q1 alone counts; as zero: 81.25 · 60 %; else the total is not rated."""
    scheme = f"""
    - 四舍五入保留1位小数，{missing}
    总分：加权平均
      - 各项：1-5分折合0-100分，至少3个有效值，否则不评
      质量 60%：问卷Q1均值
      服务 40%：问卷Q2均值
    """
    found = _run(tmp_path, scheme)["甲"]
    assert found.exact == score
    assert (found.state is State.NOT_RATED) is (score is None)


def test_the_mean_of_units_needs_them_all(tmp_path: Path) -> None:
    """乙 is not rated: the mean of the units is not, and says why."""
    whole = _run(tmp_path, "总分：问卷Q1均值，1-5分折合0-100分，至少3个有效值，否则不评", total="mean")[""]
    assert (whole.state, whole.exact) == (State.BELOW_MINIMUM_SAMPLE, None)


def test_counts_and_values_are_no_samples(tmp_path: Path) -> None:
    """Said for the whole policy, it holds for answers and shares of rows; one complaint and one value of a sheet stay.

    甲: 100 - 1 = 99; its one complaint closed is a share of one row, too few of two.
    """
    scheme = """
    - 四舍五入保留1位小数，缺数按其余权重归一，不足一步不扣分
    - 各项：至少2个有效值，否则不评
    总分：等权平均
      客观：满分100分，倒扣分
        - 缺数报错
        投诉：每发生一次扣1分
        合格率：目标98%，每低1个百分点扣1分
      结案率：百分率，按百分制计分
    """
    found = _run(tmp_path, scheme, more=OBJECTIVE)
    assert {name: found[name].exact for name in ("甲", "乙")} == {"甲": F(99), "乙": F(98 + 50) / 2}
    assert node(found["甲"], "结案率").state is State.BELOW_MINIMUM_SAMPLE
    assert node(found["甲"], "投诉").value == 1
