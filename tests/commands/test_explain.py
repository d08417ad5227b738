"""`rubric explain`."""

from pathlib import Path

import pytest

from engine.commands import main
from tests.commands.shop import POLICY, write_shop


@pytest.mark.parametrize("node", ["准时率", "总分/交付/准时率", "总分.交付.准时率", "ontime", "ＯＮＴＩＭＥ"])
def test_an_indicator_is_found_by_name_path_or_key(node: str, tmp_path: Path, capsys) -> None:
    """Name, path with / or ., and key mean the same indicator, width and case aside."""
    arguments = write_shop(tmp_path, policy=POLICY.replace("准时率：", "准时率[ontime]："))
    main(["explain", *arguments, node, "--unit", "门店=南店"])
    assert capsys.readouterr().out.splitlines()[4].startswith("准时率")


def test_the_deduction_can_be_checked_by_hand(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """Target, measured value, shortfall, steps and points of the one rule, with clause and line."""
    write_shop(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["explain", "shop.yaml", "--data", "data", "准时率", "--unit", "门店=南店"]) == 0
    assert capsys.readouterr().out == (
        "门店评价  1\n"
        "\n"
        "门店 = 南店\n"
        "\n"
        "准时率 = 扣6分\n"
        "    收集的值 = 95%  (1条记录)\n"
        "    每低1个百分点扣2分（第24行）\n"
        "      目标98%，实测95%，差3个百分点，合3步，计3步，每步2分，扣6分\n"
        "    [依据5.1，shop.yaml:24]\n"
    )


def test_every_unit_is_explained(tmp_path: Path, capsys) -> None:
    """Without --unit all units are shown, each below its name; with it only that one."""
    arguments = write_shop(tmp_path)
    main(["explain", *arguments])
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("门店 =")] == [
        "门店 = 北店",
        "门店 = 南店",
    ]
    main(["explain", *arguments, "--unit", "门店＝北店"])
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("门店 =")] == ["门店 = 北店"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["准时绿"], "没有指标“准时绿”，是不是“准时率”？"),
        (["--unit", "门店=北电"], "没有评价对象“门店=北电”，是不是“门店=北店”？"),
        (["--unit", "北店"], "--unit 要写成“列名=值”，不是“北店”"),
    ],
)
def test_mistyped_names_are_answered_with_the_nearest(
    options: list[str], sentence: str, tmp_path: Path, capsys
) -> None:
    """An indicator or a unit that does not exist is a usage error with the one it resembles."""
    assert main(["explain", *write_shop(tmp_path), *options]) == 2
    assert capsys.readouterr().err.splitlines()[0] == f"rubric：{sentence}"


def test_a_missing_figure_is_explained_and_refused(tmp_path: Path, capsys) -> None:
    """What is missing is named where it is missing and in the result; the exit code is 3."""
    assert main(["explain", *write_shop(tmp_path, kpi="指标,值,门店\n准时率,,北店\n"), "--unit", "门店=北店"]) == 3
    out = capsys.readouterr().out
    assert "总分：准时率：" in out
    assert "    准时率：数据里没有\n" in out


FACTORY = """\
rubric: 1
policy: factory
title: 工厂评价
lang: zh
version: "1"
effective: {from: 2025-01-01}
data:
  survey:
    kind: responses
    file: survey.csv
    weight: 权重
    questions: {Q1: 质量, Q2: 包装}
    answers: 1-5
  inspections: {kind: events, file: inspections.csv}
  corrections: {kind: events, file: corrections.csv}
measures:
  合格率: inspections的合格合计÷检验合计
  整改: corrections从提出到完成的时长
scheme: |
  - 四舍五入保留1位小数，缺数报错，不足一步不扣分
  总分：加权平均
    问卷 50%：问卷Q1、Q2均值，1-5分折合20-100分
    过程 50%：满分100分，倒扣分
      合格率：目标98%，每低1个百分点扣2分
      整改：超出规定响应时间发生一次扣3分，规定时限24小时
"""


def test_measured_values_show_where_they_come_from(tmp_path: Path, capsys) -> None:
    """Question by question with weights, numerator and denominator, late cases: each can be counted in the files."""
    tmp_path.joinpath("factory.yaml").write_text(FACTORY, encoding="utf-8")
    files = {
        "survey": "权重,质量,包装\n2,5,4\n1,2,1\n",
        "inspections": "合格,检验\n95,100\n95,100\n",
        "corrections": "提出,完成\n2025-03-01 08:00,2025-03-02 09:00\n2025-03-01 08:00,2025-03-01 20:00\n",
    }
    for name, text in files.items():
        tmp_path.joinpath(f"{name}.csv").write_text(text, encoding="utf-8")
    assert main(["explain", str(tmp_path / "factory.yaml"), "--data", str(tmp_path)]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    # Q1: (2 x 5 + 2) / 3 = 4; Q2: (2 x 4 + 1) / 3 = 3; mean 3.5, score 20 + 2.5 x 20 = 70
    # 190 of 200 are 95 %, 3 pp below 98: 6 points; one correction took 25 hours: 3 points; 100 - 9 = 91
    for line in (
        "总分 = 80.5",
        "加权平均：(70 + 91) ÷ 2 = 80.5",
        "问卷Q1均值 = 4  (2份有效回答，客户权重合计3)",
        "问卷Q2均值 = 3  (2份有效回答，客户权重合计3)",
        "(4 + 3) ÷ 2 = 3.5分",
        "100 - 6 - 3 = 91",
        "inspections的合格合计÷检验合计 = 190 ÷ 200 = 95%  (2条记录)",
        "目标98%，实测95%，差3个百分点，合3步，计3步，每步2分，扣6分",
        "超过时限1件",
        "时限24小时，超过时限1次，每次3分，扣3分",
    ):
        assert line in lines
