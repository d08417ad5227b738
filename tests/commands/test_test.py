"""`rubric test`: what is printed, and the exit code."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.commands import main
from engine.report.text import width
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


def test_an_interval_and_a_rounded_figure(tmp_path: Path, capsys) -> None:
    """[93, 93.2] holds its ends; ≈ compares with the decimals written, half up: 79.6 is ≈80."""
    text = BY_HAND.replace("score: 93.2, grade: 优, nodes", "score: [93, 93.2], grade: 优, nodes")
    path = write_tests(tmp_path, text.replace("exact: 79.6", "exact: ≈80"))
    assert run(path, capsys=capsys)[0] == 0
    path = write_tests(tmp_path, text.replace("[93, 93.2]", "[93.21, 94]").replace("exact: 79.6", "exact: ≈79"))
    code, out, _ = run(path, capsys=capsys)
    assert code == 1
    assert "    总分：得分应为[93.21, 94]，实为93.2\n" in out
    assert "    总分：修约前得分应为≈79，实为79.6\n" in out


def test_words_that_differ(tmp_path: Path, capsys) -> None:
    """Grades and states are compared as words, and said in the reader's language."""
    text = BY_HAND.replace("grade: 优, nodes", "grade: 良, nodes").replace("state: 有值", "state: 缺数")
    code, out, _ = run(write_tests(tmp_path, text), "--lang", "en", capsys=capsys)
    assert code == 1
    assert "    Overall: grade should be Good, is Excellent\n" in out
    assert "    Overall: state should be missing, is value\n" in out


MISSING = """\
rubric: 1
policy: shop.yaml
cases:
  - name: 没有准时率
    measures: {质量: 4.5}
    expect: {state: 缺数, grade: 无, nodes: {质量: 90, 准时率: {state: 缺数}}}
  - name: 准时率说明缺数
    measures: {质量: 4.5, 准时率: 缺数}
    expect: {score: 90}
"""


def test_what_is_not_given_is_missing(tmp_path: Path, capsys) -> None:
    """A measure left out is missing, as one that is said to be; a score that is not there is told by its state."""
    code, out, _ = run(write_tests(tmp_path, MISSING), capsys=capsys)
    assert code == 1
    assert out.splitlines()[0].endswith("shop.test.yaml：2个用例，1个不符")
    assert "    总分：得分应为90，实为缺数\n" in out


REFUSED = """\
rubric: 1
policy: shop.yaml
cases:
  - name: 答案超出量表
    data: data
    expect: {refused: {E915: survey.csv:2:4}}
"""


def test_data_that_must_be_refused(tmp_path: Path, capsys) -> None:
    """An answer of 9 on a scale of 1 to 5 is refused at its cell (line 2, second column); anything else is told."""
    wrong = "门店,质量\n北店,9\n北店,4\n南店,4\n南店,3\n"
    path = write_tests(tmp_path, REFUSED, survey=wrong)
    code, out, _ = run(path, capsys=capsys)
    assert (code, out) == (0, f"{path}：1个用例，全部符合\n")
    path = write_tests(tmp_path, REFUSED)
    code, out, _ = run(path, capsys=capsys)
    assert code == 1
    assert "    数据应当被拒绝（E915 survey.csv:2:4），却算出了结果\n" in out
    path = write_tests(tmp_path, REFUSED.replace("E915: survey.csv:2:4", "E914: survey.csv:2:4"), survey=wrong)
    out = run(path, capsys=capsys)[1]
    assert "    数据被拒绝，但没有E914 survey.csv:2:4\n    数据被拒绝：\n" in out
    assert "survey.csv:2:4: E915 error" in out


def test_warnings_that_must_be_given(tmp_path: Path, capsys) -> None:
    """`findings` are the warnings beside a result, exactly: none here, so an expected one is missed."""
    text = BY_HAND.replace(
        "expect: {score: 93.2, grade: 优, nodes", "expect: {findings: [], score: 93.2, grade: 优, nodes"
    )
    assert run(write_tests(tmp_path, text), capsys=capsys)[0] == 0
    code, out, _ = run(write_tests(tmp_path, text.replace("findings: []", "findings: [W928]")), capsys=capsys)
    assert code == 1
    assert "    应当提出警告W928，却没有\n" in out


def test_a_unit_that_is_not_there(tmp_path: Path, capsys) -> None:
    """A unit without a result is named beside those that have one; so is a case that does not say whose result."""
    path = write_tests(
        tmp_path, BY_HAND.replace("{门店: 南店}", "{门店: 西店}").replace("    unit: {门店: 北店}\n", "")
    )
    code, out, _ = run(path, capsys=capsys)
    assert code == 1
    assert "    没有“门店=西店”的结果；有结果的：门店=北店；门店=南店\n" in out
    assert "    没有写明核对哪一个的结果；有结果的：门店=北店；门店=南店\n" in out


def test_tests_with_errors_are_not_run(tmp_path: Path, capsys) -> None:
    """What is wrong with a file of tests is told on stderr, with a name that was meant; exit 1; `check` says the same."""
    path = write_tests(tmp_path, BY_HAND.replace("准时率: 97%}", "准时: 97%}"))
    code, out, err = run(path, capsys=capsys)
    assert (code, out) == (1, f"{path}：测试文件有错，没有运行\n")
    assert "E942 error: 方案里没有指标“准时”" in err
    assert "是不是“准时率”？" in err
    assert err.endswith("测试了1个文件的0个用例：0个符合，0个不符，1个文件有错没有运行\n")
    assert main(["check", path]) == 1
    assert "E942" in capsys.readouterr().out


def test_json_is_for_programs(tmp_path: Path, capsys) -> None:
    """Every case with what is wrong, numbers beside the exact fraction."""
    path = write_tests(tmp_path, BY_HAND.replace("准时率: {deduction: 6}", "准时率: {deduction: 5.5}"))
    code, out, _ = run(path, "--format", "json", capsys=capsys)
    data = json.loads(out)
    assert (code, data["schema"]) == (1, "rubric/tests/1")
    (file,) = data["files"]
    assert [case["passed"] for case in file["cases"]] == [True, False, True]
    assert file["cases"][1]["wrong"] == [
        {"path": "总分/交付/准时率", "about": "deduction", "expected": "5.5", "found": "6", "exact": "6"}
    ]
    assert (file["findings"], file["unreached"], file["unnoticed"], file["changes"]) == ([], None, None, None)


def test_junit_is_for_build_servers(tmp_path: Path, capsys) -> None:
    """One suite for each file, a failure with its calculation for each case that failed."""
    path = write_tests(tmp_path, BY_HAND.replace("准时率: {deduction: 6}", "准时率: {deduction: 5}"))
    assert run(path, "--format", "junit", capsys=capsys)[0] == 1
    main(["test", path, "--format", "junit"])
    (suite,) = ET.fromstring(capsys.readouterr().out.encode())  # noqa: S314 - the program's own output
    assert suite.attrib == {"name": path, "tests": "3", "failures": "1", "errors": "0"}
    assert [case.attrib["name"] for case in suite] == ["北店", "南店", "直接写出"]
    failure = suite[1].find("failure")
    assert failure is not None
    assert "准时率：扣分应为5，实为6" in (failure.text or "")


def test_what_the_cases_leave_open(tmp_path: Path, capsys) -> None:
    """`--coverage` and `--mutants` name the policy's line and the case to add; exit 1."""
    only = BY_HAND[: BY_HAND.index("  - name: {zh: 南店")]
    path = write_tests(tmp_path, only)
    code, out, _ = run(path, "--coverage", "--mutants", capsys=capsys)
    assert code == 1
    assert "  没有用例到达的有1处：\n" in out
    assert "shop.yaml:20: 等级“良”没有出现过\n      = 加一个“总分”在[0, 90)的用例\n" in out
    assert "shop.yaml:24: “每低1个百分点扣2分”由“不足一步不扣分”改成“不足一步按比例扣分”\n" in out
    assert max(width(line) for line in out.splitlines() if not line.lstrip().startswith(str(tmp_path))) <= 80


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shipped_tests_leave_nothing_open(lang: str, capsys) -> None:
    """Every line, rule, grade and veto of the shipped policies is reached, and every change of a number noticed."""
    for policy in ("manufacturer", "metal_products", "telecom"):
        code, out, _ = run(f"policies/{policy}.yaml", "--coverage", "--mutants", "--lang", lang, capsys=capsys)
        assert (code, len(out.splitlines())) == (0, 3), out


def test_what_cannot_be_tested(tmp_path: Path, capsys) -> None:
    """A folder without tests, a policy without tests beside it, a file that is not there: usage errors."""
    write_shop(tmp_path)
    for wanted, told in (
        (tmp_path, "文件夹里没有测试"),
        (tmp_path / "shop.yaml", "方案旁边没有测试文件"),
        (tmp_path / "no.test.yaml", "没有这个文件或文件夹"),
    ):
        code, _, err = run(str(wanted), capsys=capsys)
        assert (code, told in err) == (2, True)
