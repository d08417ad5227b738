"""`rubric template`: the workbook in which a policy's data are collected, and the run on it when it is filled in."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine.commands import main
from tests.commands.shop import write_shop


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
