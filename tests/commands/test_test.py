"""`rubric test`: what is printed, and the exit code."""

from pathlib import Path

from engine.commands import main
from tests.commands.shop import write_shop

# North: 90 x 60 % + 98 x 40 % = 93.2; South: 70 x 60 % + 94 x 40 % = 79.6 (see tests/commands/shop.py).
BY_HAND = """\
rubric: 1
policy: shop.yaml
cases:
  - name: {zh: 北店, en: North}
    data: data
    unit: {门店: 北店}
    expect: {score: 93.2, grade: 优, nodes: {质量: 90, 交付: 98, 准时率: {deduction: 2, measured: 97%}}}
  - name: {zh: 南店, en: South}
    data: data
    unit: {门店: 南店}
    expect: {score: 79.6, exact: 79.6, grade: 良, state: 有值, nodes: {准时率: {deduction: 6}, 质量: {weight: 60%}}}
  - name: {zh: 直接写出, en: stated}
    measures: {质量: 4.5, 准时率: 97%}
    expect: {score: 93.2, grade: 优}
"""


def write_tests(folder: Path, text: str = BY_HAND, **shop: str) -> str:
    """The shop with its tests; returns the file of tests."""
    write_shop(folder, **shop)
    path = folder / "shop.test.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(*arguments: str, capsys) -> tuple[int, str, str]:
    """Exit code and both streams."""
    code = main(["test", *arguments])
    return code, *capsys.readouterr()


def test_all_as_expected(tmp_path: Path, capsys) -> None:
    """One line for the file, one for all; exit 0."""
    path = write_tests(tmp_path)
    told = "测试了1个文件的3个用例：3个符合，0个不符\n"
    assert run(path, capsys=capsys) == (0, f"{path}：3个用例，全部符合\n", told)
    told = "1 file, 3 cases: 3 as expected, 0 not\n"
    assert run(path, "--lang", "en", capsys=capsys) == (0, f"{path}: 3 cases, all as expected\n", told)


def test_what_leads_to_the_tests(tmp_path: Path, capsys) -> None:
    """A policy leads to the tests beside it, a folder to all below it, and no file is run twice."""
    path = write_tests(tmp_path)
    for named in ([str(tmp_path / "shop.yaml")], [str(tmp_path)], [str(tmp_path), path]):
        assert run(*named, capsys=capsys)[1] == f"{path}：3个用例，全部符合\n"


def test_a_wrong_figure_is_shown_beside_its_calculation(tmp_path: Path, capsys, monkeypatch) -> None:
    """The expected and the found value, and below them the lines of `explain` for that indicator; exit 1."""
    monkeypatch.chdir(tmp_path)
    write_tests(Path(), BY_HAND.replace("准时率: {deduction: 6}", "准时率: {deduction: 5}"))
    path = "shop.test.yaml"
    code, out, err = run(path, capsys=capsys)
    assert code == 1
    assert out.splitlines() == [
        f"{path}：3个用例，1个不符",
        f"{path}:8:11: 不符：南店",
        "    准时率：扣分应为5，实为6",
        "        准时率 = 扣6分",
        "            收集的值 = 95%  (1条记录)",
        "            每低1个百分点扣2分（第24行）",
        "              目标98%，实测95%，差3个百分点，合3步，计3步，每步2分，扣6分",
        "            [依据5.1，shop.yaml:24]",
    ]
    assert err == "测试了1个文件的3个用例：2个符合，1个不符\n"
