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
