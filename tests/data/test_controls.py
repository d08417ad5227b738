"""Printed tables: their columns, rows and cells, in text files and in workbooks."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.data.contract import Printed, Reading
from engine.data.controls import read_controls
from engine.data.periods import parse_period
from engine.language.policy import DataSource
from engine.source import NOWHERE
from tests.data.build import found, text_file, workbook

F = Fraction


def table(file: str = "表.csv", **contract: Any) -> DataSource:
    """A printed table."""
    return DataSource(name="table", kind="control", file=file, span=NOWHERE, **contract)


def printed(folder: Path, source: DataSource, **reading: Any) -> tuple[Printed, ...]:
    """Every printed figure of a table that can be read."""
    read, problems = read_controls(source, Reading(folder=folder, **reading))
    assert found(problems) == []
    assert read is not None
    return read.printed


def told(figures: tuple[Printed, ...]) -> list[tuple[str, str, Fraction, str]]:
    """Name, role, figure and place of each."""
    return [(p.name, p.role, p.amount, str(p.place)) for p in figures]


def test_the_usual_headers_need_no_columns(tmp_path: Path) -> None:
    """应得分 is full marks, 失分数 the loss, 比重 the weight; blanks and dashes are no figures; 30% is 30."""
    text_file(tmp_path, "表.csv", "指标,应得分,失分数,比重,备注\n甲,10,-0.5,30%,a\n乙,—,,70,b\n")
    assert told(printed(tmp_path, table())) == [
        ("甲", "full", F(10), "表.csv:2:3"),
        ("甲", "loss", F("-0.5"), "表.csv:2:6"),
        ("甲", "weight", F(30), "表.csv:2:11"),
        ("乙", "weight", F(70), "表.csv:3:6"),
    ]


def test_columns_of_its_own(tmp_path: Path) -> None:
    """The policy's header wins over the usual one; in a workbook the place is a cell."""
    workbook(tmp_path, "表.xlsx", [["项目", "得分", "年末"], ["甲", 1, 2], ["乙", 3, 4.5]], title="表2-2")
    source = table("表.xlsx", columns={"indicator": "项目", "score": "年末"})
    assert told(printed(tmp_path, source)) == [
        ("甲", "score", F(2), "表.xlsx!表2-2!C2"),
        ("乙", "score", F("4.5"), "表.xlsx!表2-2!C3"),
    ]


def test_one_column_for_each_indicator(tmp_path: Path) -> None:
    """Wide: every cell is a score; the column of the units is none, and the name of the whole is no unit."""
    text_file(tmp_path, "表.csv", "店,甲,乙\n东,1,2\n合计,3,-\n")
    figures = printed(tmp_path, table(layout="wide"), units=("店",), whole="合计")
    assert [(p.name, p.role, p.amount, dict(p.unit)) for p in figures] == [
        ("甲", "score", 1, {"店": "东"}),
        ("甲", "score", 3, {}),
        ("乙", "score", 2, {"店": "东"}),
    ]


def test_periods(tmp_path: Path) -> None:
    """Rows of other periods are left out and counted; a row keeps its own period."""
    text_file(tmp_path, "表.csv", "指标,期间,得分\n甲,2025-01,1\n甲,2024-12,2\n")
    year = parse_period("2025")
    assert year is not None
    read, _ = read_controls(table(), Reading(folder=tmp_path, periods=(year,)))
    assert read is not None
    assert [(p.amount, p.period.text if p.period else "") for p in read.printed] == [(1, "2025-01")]
    assert [(a.rows, a.valid, a.out_of_period) for a in read.accounts] == [(2, 1, 1)]


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """Text among the figures, an error cell, a missing column, a table without any printed figure."""
    text_file(tmp_path, "表.csv", "指标,得分\n甲,很好\n乙,1\n")
    read, problems = read_controls(table(), Reading(folder=tmp_path))
    assert (read, found(problems)) == (None, [("E914", "", "表.csv:2:3")])
    workbook(tmp_path, "表.xlsx", [["指标", "得分"], ["甲", "#DIV/0!"]])
    _, problems = read_controls(table("表.xlsx"), Reading(folder=tmp_path))
    assert found(problems) == [("E912", "", "表.xlsx!表一!B2")]
    workbook(tmp_path, "表.xlsx", [["指标", "得分"], ["甲", "=1+1"]])
    _, problems = read_controls(table("表.xlsx"), Reading(folder=tmp_path))
    assert found(problems) == [("E913", "", "表.xlsx!表一!B2")]
    text_file(tmp_path, "表.csv", "指标,得分\n甲,1\n")
    _, problems = read_controls(table(columns={"rank": "排名"}), Reading(folder=tmp_path))
    assert [code for code, _, _ in found(problems)] == ["E908"]
    text_file(tmp_path, "表.csv", "指标,备注\n甲,1\n")
    _, problems = read_controls(table(), Reading(folder=tmp_path))
    assert found(problems) == [("E951", "", "表.csv:1:1")]
