"""Survey measures out of questionnaires: means, shares, net promoters, distributions, weights, samples."""

from fractions import Fraction
from pathlib import Path

import pytest

from engine.evaluation.arithmetic import square_root
from engine.evaluation.result import State
from tests.evaluation.schemes import node, only, result_of

F = Fraction
HEAD = """
data:
  survey:
    kind: responses
    file: 调查表.csv
    questions:
      Q1: 1、质量
      Q2: 2、服务
      N: {column: 3、推荐, answers: 0-10}
    answers: 1-5
"""
ROWS = """
序号,1、质量,2、服务,3、推荐
1,5,4,10
2,4,,9
3,3,2,7
4,,1,6
5,1,5,0
"""


def _survey(folder: Path, scheme: str, rows: str = ROWS, head: str = HEAD):
    return only(result_of(folder, scheme, {"调查表.csv": rows}, head=head))


def test_the_mean_is_taken_over_questions_of_the_means_over_answers(tmp_path: Path) -> None:
    """Q1: 13/4 of four answers, Q2: 12/4 of four; their mean 3.125 on 1-5 as 20-100 is 62.5."""
    found = _survey(tmp_path, "总分：问卷Q1、Q2均值，1-5分折合20-100分")
    result = found.nodes[0]
    assert (result.value, result.score, result.valid) == (F("3.125"), F("62.5"), 4)
    assert result.measurement is not None
    assert [(q.question, q.value, q.valid) for q in result.measurement.questions] == [
        ("Q1", F("3.25"), 4),
        ("Q2", 3, 4),
    ]


def test_questions_count_alike_however_many_answered(tmp_path: Path) -> None:
    """Q1 answered by four with 1, Q2 by one with 5: the mean over questions is 3, not 9/5."""
    rows = "序号,1、质量,2、服务,3、推荐\n1,1,5,1\n2,1,,1\n3,1,,1\n4,1,,1"
    assert _survey(tmp_path, "总分：问卷Q1、Q2均值，1-5分折合20-100分", rows).nodes[0].value == 3


def test_top_two_boxes(tmp_path: Path) -> None:
    """Of 5, 4, 3, 1 two are 4 or more: 50 %."""
    assert _survey(tmp_path, "总分：问卷Q1前两档比例，按百分制计分").exact == 50


def test_net_promoters(tmp_path: Path) -> None:
    """Of 10, 9, 7, 6, 0 two promote and two detract: 0, which is 50 on -100 to 100 as 0-100."""
    found = _survey(tmp_path, "总分：问卷N净推荐值，-100至100折合0-100分")
    assert (found.nodes[0].value, found.exact) == (0, 50)


def test_a_distribution_begins_with_the_highest_answer(tmp_path: Path) -> None:
    """Q1: one 5, one 4, one 3, no 2, one 1."""
    scheme = """
    - 四舍五入保留2位小数，缺数报错
    总体
      - 模糊综合评价：五=100、四=80、三=60、二=40、一=20；加权平均算子；按等级分值
      质量 1.0：问卷Q1分布
    """
    found = _survey(tmp_path, scheme)
    assert found.nodes[0].membership == (F(1, 4), F(1, 4), F(1, 4), 0, F(1, 4))
    assert found.exact == 65


def test_respondents_may_weigh_differently(tmp_path: Path) -> None:
    """Weights 2.5 and 1: (2.5·5 + 1·3)/3.5; 2 answers are valid."""
    head = HEAD.replace("questions:", "weight: 权重\n    questions:")
    rows = "序号,权重,1、质量,2、服务,3、推荐\n1,2.5,5,1,1\n2,1,3,1,1\n3,4,,1,1"
    result = _survey(tmp_path, "总分：问卷Q1均值，1-5分折合20-100分", rows, head).nodes[0]
    assert (result.value, result.valid) == (F(31, 7), 2)
    assert result.measurement is not None
    assert result.measurement.questions[0].weight == F("3.5")


def test_weights_count_in_shares_too(tmp_path: Path) -> None:
    """Weights 2.5 for a 5 and 1.5 for a 3: 62.5 % in the top two boxes."""
    head = HEAD.replace("questions:", "weight: 权重\n    questions:")
    rows = "序号,权重,1、质量,2、服务,3、推荐\n1,2.5,5,1,1\n2,1.5,3,1,1"
    assert _survey(tmp_path, "总分：问卷Q1前两档比例，按百分制计分", rows, head).exact == F("62.5")


def test_words_are_answers_too(tmp_path: Path) -> None:
    """很满意 5, 满意 4, 一般 3: the mean of 5, 4, 4, 3."""
    head = HEAD.replace("answers: 1-5", "answers: {很满意: 5, 满意: 4, 一般: 3, 不满意: 2, 很不满意: 1}")
    rows = "序号,1、质量,2、服务,3、推荐\n1,很满意,,\n2,满意,,\n3,满意,,\n4,一般,,"
    assert _survey(tmp_path, "总分：问卷Q1均值，1-5分折合20-100分", rows, head).nodes[0].value == 4


@pytest.mark.parametrize(("least", "state"), [(4, State.VALUE), (5, State.BELOW_MINIMUM_SAMPLE)])
def test_a_sample_may_be_too_small(tmp_path: Path, least: int, state: State) -> None:
    """Four answers are enough for 至少4个有效值, not for 5."""
    scheme = f"总分：问卷Q1均值，1-5分折合20-100分，至少{least}个有效值，否则不评"
    found = _survey(tmp_path, scheme)
    assert found.state is state
    assert (found.exact is None) is (state is not State.VALUE)


def test_a_question_nobody_answered_has_no_score(tmp_path: Path) -> None:
    """No valid answers: not 0, not 20."""
    rows = "序号,1、质量,2、服务,3、推荐\n1,5,,1\n2,4,,1"
    found = _survey(tmp_path, "总分：等权平均\n  - 各项：1-5分折合20-100分\n  甲：问卷Q1均值\n  乙：问卷Q2均值", rows)
    assert (found.state, found.nodes[0].cause) == (State.NO_VALID_ANSWERS, "总分/乙")
    assert node(found, "甲").score == 90


SPREAD = """
data:
  survey:
    kind: responses
    file: 调查表.csv
    weight: 权重
    questions: {Q1: 1、质量, Q2: 2、服务, Q3: 3、推荐}
    answers: 0-10
report: {deviation: true}
"""


def test_the_deviation_of_the_answers(tmp_path: Path) -> None:
    """Q1: 2, 4, 9 with mean 5, squares 9 + 1 + 16 = 26, over 2: √13. Q2 has one answer, Q3 is no mean: none."""
    scheme = """
    总分：等权平均
      质量：问卷Q1均值，0-10分折合0-100分
      服务：问卷Q2均值，0-10分折合0-100分
      推荐：问卷Q3净推荐值，-100至100折合0-100分
    """
    rows = "权重,1、质量,2、服务,3、推荐\n1,2,5,10\n1,4,,9\n1,9,,3"
    (found,) = result_of(tmp_path, scheme, {"调查表.csv": rows}, head=SPREAD).assessments
    seen = [m.questions[0].deviation for name in ("质量", "服务", "推荐") if (m := node(found, name).measurement)]
    assert seen == [F("3.6055512754639892931192212674704959462512965738452"), None, None]


def test_the_deviation_of_weighted_answers(tmp_path: Path) -> None:
    """Weights 3 and 1, answers 4 and 8: mean 5, (3 × 1 + 1 × 9) ÷ 4 = 3, times 2 ÷ 1: √6. Alike they make √8."""
    scheme = "总分：等权平均\n  质量：问卷Q1均值，0-10分折合0-100分\n"
    for weights, expected in ((("3", "1"), 6), (("0.5", "0.5"), 8)):
        rows = f"权重,1、质量,2、服务,3、推荐\n{weights[0]},4,,\n{weights[1]},8,,"
        (found,) = result_of(tmp_path, scheme, {"调查表.csv": rows}, head=SPREAD).assessments
        measurement = node(found, "质量").measurement
        assert measurement is not None
        assert measurement.questions[0].deviation == square_root(F(expected))
