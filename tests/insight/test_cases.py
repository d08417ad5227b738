"""Files of tests held against their policy: names, measured values, expectations that can come true."""

from fractions import Fraction as F
from pathlib import Path

import pytest

from engine.diagnostics import message, repair
from engine.evaluation.result import State
from engine.insight.cases import prepare
from engine.insight.testing import verdicts_of

POLICY = """\
rubric: 1
policy: office
title: 窗口服务
lang: zh
version: "1"
names: {总分: Overall, 优: Excellent, 等候时间: Waiting time}
scheme: |
  - 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限
  总分：等权平均
    - 等级：优(100-90)；良(90-0)
    东区：等权平均
      态度 [east]：问卷Q1均值，1-5分折合20-100分
    西区：等权平均
      态度 [west]：问卷Q2均值，1-5分折合20-100分
    办理：满分100分，倒扣分
      等候时间：规定时限10分钟，超出规定时限发生一次扣2分，时长
      差错次数：每发生一次扣1分，每月最多扣3分
      公示：未公示的，扣5分
      办结率：目标98%，每低1个百分点扣1分
"""
TWO = """\
rubric: 1
policy: two
title: 两套办法
lang: zh
version: "1"
schemes:
  月度: |
    - 四舍五入保留1位小数，缺数报错
    总分：得分
  年度: |
    - 四舍五入保留0位小数，缺数报错
    总分：得分
"""
FUZZY = """\
rubric: 1
policy: fuzzy
title: 模糊评价
lang: zh
version: "1"
scheme: |
  - 四舍五入保留2位小数，缺数报错
  总体满意度
    - 模糊综合评价：好=100、中=60、差=20；加权平均算子；按等级分值
    态度 60%：问卷Q1分布
    环境 40%：问卷Q2分布
"""


def prepared(folder: Path, lines: str, policy: str = POLICY):
    """A file of tests with the cases given, beside its policy."""
    folder.joinpath("office.yaml").write_text(policy, encoding="utf-8")
    path = folder / "office.test.yaml"
    path.write_text(f"rubric: 1\npolicy: office.yaml\ncases:\n{lines}", encoding="utf-8")
    return prepare(path)


def found(folder: Path, lines: str, policy: str = POLICY) -> list[str]:
    """Code, case and column of what is wrong; every sentence can be said in both languages."""
    diagnostics = prepared(folder, lines, policy).diagnostics
    for diagnostic in diagnostics:
        assert all(message(diagnostic, lang) and repair(diagnostic, lang) for lang in ("zh", "en"))
    return [" ".join(filter(None, (d.code, d.case, f"{d.place.line}:{d.place.column}"))) for d in diagnostics]


def given(value: str, name: str = "态度", expect: str = "{state: 缺数}") -> str:
    """A case that gives one measured value."""
    return f"  - name: A\n    measures: {{{name}: {value}}}\n    expect: {expect}\n"


def expecting(expect: str) -> str:
    """A case without values that expects something."""
    return f"  - name: A\n    measures: {{}}\n    expect: {{{expect}}}\n"


def measures(folder: Path, value: str, name: str, policy: str = POLICY) -> object:
    """What is made of a measured value."""
    (trial,) = prepared(folder, given(value, name), policy).trials
    ((_, amount),) = trial.measures.items()
    return amount


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("办结率", "97%", F(97)),
        ("办结率", "97.5", F("97.5")),
        ("办结率", "缺数", State.MISSING),
        ("办结率", "不适用", State.NOT_APPLICABLE),
        ("east", "4.2", F("4.2")),
        ("东区/态度", "无有效回答", State.NO_VALID_ANSWERS),
        ("差错次数", "3次", F(3)),
        ("差错次数", "{2025-01: 2, 2025-02: 5}", {"2025-01": F(2), "2025-02": F(5)}),
        ("未公示", "是", F(1)),
        ("公示/未公示", "否", F(0)),
        ("等候时间", "2", F(2)),
        ("等候时间", "[8分钟, 0.5小时, 12]", [F(8), F(30), F(12)]),
        ("等候时间", "[]", []),
        ("Waiting time", "[8]", [F(8)]),
    ],
)
def test_a_measured_value_is_read_as_in_data_files(tmp_path: Path, name: str, value: str, expected: object) -> None:
    """Rates in per cent, times in the indicator's unit (half an hour is 30 minutes), the number of late cases alone,
    states in words.
    """
    assert measures(tmp_path, value, name) == expected


def test_a_distribution_is_given_by_its_grades(tmp_path: Path) -> None:
    """The shares stand in the order of the grades; a grade left out has none."""
    assert measures(tmp_path, "{差: 25%, 好: 75%}", "态度", FUZZY) == [F("0.75"), F(0), F("0.25")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (given("97%", "办结"), ["E942 5:16"]),
        (given("97", "办理"), ["E942 measure 5:16"]),
        (given("4"), ["E943 5:16"]),
        (given("0.97", "办结率"), ["E919 5:21"]),
        (given("101%", "办结率"), ["E920 5:21"]),
        (given("6", "east"), ["E920 5:22"]),
        (given("1.5", "差错次数"), ["E920 count 5:22"]),
        (given("[半, 8]", "等候时间"), ["E914 duration 5:23"]),
        (given("[1, 2]", "差错次数"), ["E944 list 5:22"]),
        (given("{2025-01: 97%}", "办结率"), ["E944 pairs 5:21"]),
        (expecting("nodes: {态度: 80}"), ["E943 6:22"]),
        (expecting("nodes: {态渡: 80}"), ["E942 6:22"]),
        (expecting("grade: 优秀"), ["E946 grade 6:21"]),
        (expecting("nodes: {办理: {grade: 优}}"), ["E946 no grades 6:34"]),
        (expecting("refused: [E899]"), ["E946 code 6:24"]),
        (expecting("findings: [E910]"), ["E946 error 6:25"]),
        (expecting("refused: [E914], score: 3"), ["E946 refused 6:24"]),
        ("  - name: A\n    expect: {score: 3}\n", ["E945 4:11"]),
        ("  - name: A\n    data: .\n    measures: {}\n    expect: {score: 3}\n", ["E945 both 4:11"]),
        ("  - name: A\n    unit: {区: 东}\n    measures: {}\n    expect: {score: 3}\n", ["E945 key 5:5"]),
        ("  - name: A\n    data: no\n    expect: {score: 3}\n", ["E948 5:11"]),
        (expecting("score: 1") * 2, ["E949 7:11"]),
        ("  - name: A\n    scheme: 总\n    measures: {}\n    expect: {score: 3}\n", ["E947 5:13"]),
    ],
)
def test_what_cannot_be_tested_has_its_place(tmp_path: Path, lines: str, expected: list[str]) -> None:
    """Every fault with code, case, line and column."""
    assert found(tmp_path, lines) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{好: 50%, 差: 40%}", "E944 sum 5:20"),
        ("{好: 50%, 劣: 50%}", "E944 grade 5:29"),
        ("{好: 一半, 差: 50%}", "E944 shares 5:24"),
        ("80", "E944 shares 5:20"),
    ],
)
def test_a_distribution_that_is_none(tmp_path: Path, value: str, expected: str) -> None:
    """Shares that do not make the whole, unknown grades, and a number where shares belong."""
    assert found(tmp_path, given(value), FUZZY) == [expected]


def test_of_several_schemes_one_is_named(tmp_path: Path) -> None:
    """Each scheme rounds in its own way; a case that names none is refused."""
    assert found(tmp_path, given("81.5", "总分"), TWO) == ["E947 unsaid 4:11"]
    lines = "".join(
        f"  - name: {scheme}\n    scheme: {scheme}\n    measures: {{总分: 81.45}}\n    expect: {{score: {score}}}\n"
        for scheme, score in (("月度", "81.5"), ("年度", "81"))
    )
    assert [verdict.passed for verdict in verdicts_of(prepared(tmp_path, lines, TWO))] == [True, True]


def test_the_policy_must_be_there_and_right(tmp_path: Path) -> None:
    """No policy, or one with errors: its tests cannot be run, and their own names are not doubted."""
    path = tmp_path / "office.test.yaml"
    path.write_text(f"rubric: 1\npolicy: office.yaml\ncases:\n{given('1', 'X')}", encoding="utf-8")
    assert [(d.code, d.case) for d in prepare(path).diagnostics] == [("E941", "")]
    assert found(tmp_path, given("1", "X"), POLICY.replace("等权平均", "无权平均")) == ["E941 faulty 2:9"]


def test_deductions_by_period_and_by_case(tmp_path: Path) -> None:
    """2 errors in January, 5 in February of which 3 count; of 10, 10.5 and 30 minutes two are late.

    Deduction: 2 + 3 = 5 points, 2 x 2 = 4 points, 5 points for what is not displayed, 98 - 96 = 2 points:
    100 - 16 = 84. East 4: 80, West 5: 100. (80 + 100 + 84) / 3 = 88.
    """
    lines = """\
  - name: A
    measures:
      east: 4
      west: 5
      等候时间: [10分钟, 10.5分钟, 0.5小时]
      差错次数: {2025-01: 2, 2025-02: 5}
      未公示: 是
      办结率: 96%
    expect:
      score: 88
      grade: 良
      nodes:
        办理: 84
        差错次数: {deduction: 5, measured: 7}
        等候时间: {deduction: 4}
        公示: {deduction: 5}
        办结率: {deduction: 2}
"""
    file = prepared(tmp_path, lines)
    assert file.diagnostics == ()
    assert [(w.path, w.expected.about, w.found) for v in verdicts_of(file) for w in v.wrong] == []
