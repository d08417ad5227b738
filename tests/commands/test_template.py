"""`rubric template`: the workbook in which a policy's data are collected, and the run on it when it is filled in."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine.commands import main
from tests.commands.shop import POLICY, write_shop


def _written(folder: Path, *options: str) -> Path:
    """The workbook of the shop, in its folder."""
    write_shop(folder)
    assert main(["template", str(folder / "shop.yaml"), "-o", str(folder / "collect.xlsx"), *options]) == 0
    return folder / "collect.xlsx"


def _cells(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def _fill(path: Path) -> None:
    """North answers 5 and 4, South 4 and 3; deliveries on time 97 % and 95 %."""
    book = load_workbook(path)
    for number, row in enumerate([("北店", 5), ("北店", 4), ("南店", 4), ("南店", 3)], 2):
        book["survey"].cell(number, 1, row[0])
        book["survey"].cell(number, 2, row[1])
    book["kpi"]["C2"], book["kpi"]["C3"] = 97, 95
    book.save(path)


def test_a_filled_workbook_scores_like_the_policys_own_files(tmp_path: Path, capsys) -> None:
    """North 93.2 and South 79.6, as worked out in `shop`; the files are those of the workbook."""
    path = _written(tmp_path, "--unit", "北店", "--unit", "南店")
    _fill(path)
    capsys.readouterr()
    assert main(["run", str(tmp_path / "shop.yaml"), "--data", str(path), "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [(one["unit"], one["score"]) for one in result["results"][:2]] == [
        ({"门店": "北店"}, "93.2"),
        ({"门店": "南店"}, "79.6"),
    ]
    assert [one["file"] for one in result["data"]] == ["collect.xlsx", "collect.xlsx"]


def test_one_row_for_each_unit_and_a_column_for_each_question(tmp_path: Path) -> None:
    """The sheets are called after the sources; what is given is given, what is collected is blank."""
    book = load_workbook(_written(tmp_path, "--unit", "北店", "--unit", "南店"))
    assert book.sheetnames == ["填写说明", "survey", "kpi"]
    assert _cells(book["survey"])[0] == ["门店", "质量"]
    assert _cells(book["kpi"]) == [
        ["门店", "指标", "值", "计量单位", "目标值", "怎样填", "收集部门", "依据"],
        ["北店", "准时率", None, "%", "≥98%", "百分数，0至100", None, "5.1"],
        ["南店", "准时率", None, "%", "≥98%", "百分数，0至100", None, "5.1"],
    ]


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    """No clock is in the workbook: neither in its properties nor in its package."""
    first = _written(tmp_path).read_bytes()
    assert _written(tmp_path, "--force").read_bytes() == first
    with ZipFile(tmp_path / "collect.xlsx") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in package.read("docProps/core.xml").replace(b'xmlns:dcterms="', b"")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "collect.csv"], ".xlsx"),
        (["-o", "no/collect.xlsx"], "没有文件夹 no"),
        (["-o", "mine.xlsx"], "--force"),
        (["-o", "new.xlsx", "--unit", "  "], "要写成 门店"),
        (["-o", "new.xlsx", "--period", "soon"], "看不懂期间“soon”"),
        (["-o", "new.xlsx", "--scheme", "总"], "没有评分办法“总”"),
        (["-o", "new.xlsx", "--due", "tomorrow"], "2025-12-31"),
        (["-o", "new.xlsx", "--period", "each"], "看不懂期间“each”"),
    ],
)
def test_a_misuse_is_said_and_nothing_is_written(options, said, tmp_path: Path, capsys, monkeypatch) -> None:
    """Exit code 2, a word on what to write, and no file."""
    write_shop(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("mine.xlsx").write_text("mine", encoding="utf-8")
    assert main(["template", "shop.yaml", *options]) == 2
    assert said in capsys.readouterr().err
    assert (Path("new.xlsx").exists(), Path("mine.xlsx").read_text(encoding="utf-8")) == (False, "mine")


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("data", "data 是文件夹"),
        ("no.yaml", "没有这个文件：no.yaml"),
        ("bare.yaml", "没有 data"),
        ("yearly.yaml", "--period 2025-Q1"),
        ("twins.yaml", "前31个字相同"),
    ],
)
def test_a_policy_without_anything_to_collect_is_named(policy, said, tmp_path: Path, capsys, monkeypatch) -> None:
    """A folder, no file, no data, no period, two sources for one sheet: nothing is written."""
    write_shop(tmp_path)
    monkeypatch.chdir(tmp_path)
    scheme = POLICY[POLICY.index("scheme:") :].replace("问卷Q1均值，1-5分折合20-100分", "得分")
    head = POLICY[: POLICY.index("units:")]
    kpi = "data:\n  kpi: {kind: values, file: kpi.csv}\n"
    Path("bare.yaml").write_text(head + scheme, encoding="utf-8")
    Path("yearly.yaml").write_text(head + "period: {every: year}\n" + kpi + scheme, encoding="utf-8")
    twins = "".join(f"  {'a' * 31}{n}: {{kind: values, file: {n}.csv}}\n" for n in (1, 2))
    Path("twins.yaml").write_text(f"{head}data:\n{twins}{scheme}", encoding="utf-8")
    assert main(["template", policy, "-o", "new.xlsx"]) == 2
    assert said in capsys.readouterr().err
    assert not Path("new.xlsx").exists()


def test_a_policy_with_errors_gives_no_workbook(tmp_path: Path, capsys) -> None:
    """The findings are printed, the exit code is 1."""
    write_shop(tmp_path, policy=POLICY.replace("质量 60%", "质量 70%"))
    assert main(["template", str(tmp_path / "shop.yaml"), "-o", str(tmp_path / "new.xlsx")]) == 1
    assert ("E40" in capsys.readouterr().err, (tmp_path / "new.xlsx").exists()) == (True, False)


def test_what_is_no_workbook_is_no_data(tmp_path: Path, capsys) -> None:
    """`--data` takes a folder or a workbook; a policy's workbook is not taken for another's."""
    path = _written(tmp_path)
    assert main(["run", str(tmp_path / "shop.yaml"), "--data", str(tmp_path / "shop.yaml")]) == 2
    assert "文件夹或者填好的收集表" in capsys.readouterr().err
    other = tmp_path / "other.yaml"
    other.write_text(POLICY.replace("policy: shop", "policy: store"), encoding="utf-8")
    assert main(["run", str(other), "--data", str(path)]) == 3
    assert "E966 error: “collect.xlsx”是方案“shop”的收集表" in capsys.readouterr().err


def test_the_guide_says_who_fills_in_what_until_when(tmp_path: Path) -> None:
    """Policy, version, units and the day of return; then each sheet, then each item."""
    sheet = load_workbook(_written(tmp_path, "--unit", "北店", "--due", "2026-01-10"))["填写说明"]
    lines = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert lines[:7] == [
        ["门店评价：数据收集表"],
        ["方案", "门店评价"],
        ["方案编号", "shop"],
        ["版本", "1"],
        ["统计期间", "按数据里的日期"],
        ["评价对象", "北店"],
        ["交回日期", "2026-01-10"],
    ]
    assert lines[-3:] == [
        ["survey", "门店", "属于哪个评价对象"],
        ["survey", "质量", "1至5的整数；没有回答的空着", "质量", "5.1"],
        ["kpi", "准时率", "百分数，0至100", "%", "≥98%", "交付", "5.1"],
    ]


def test_the_workbook_speaks_english(tmp_path: Path) -> None:
    """What is explained is English; the headers that the policy names stay as they are."""
    book = load_workbook(_written(tmp_path, "--unit", "北店", "--unit", "南店", "--lang", "en"))
    assert book.sheetnames == ["Guide", "survey", "kpi"]
    assert _cells(book["kpi"])[:2] == [
        ["门店", "indicator", "value", "unit", "target", "how", "collected by", "clause"],
        ["北店", "准时率", None, "%", "≥98%", "per cent, 0 to 100", None, "5.1"],
    ]
    _fill(tmp_path / "collect.xlsx")
    assert main(["run", str(tmp_path / "shop.yaml"), "--data", str(tmp_path / "collect.xlsx")]) == 0
