"""Gaps: own reported score less the other's, unit by unit and indicator by indicator."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.diagnostics import Refused
from engine.evaluation.result import Assessment, Gap
from tests.evaluation.schemes import node, result_of

F = Fraction
HEAD = """
units: {{by: [品牌], total: {{weights: {{全球通: 20%, 动感地带: 30%, 神州行: 50%}}}}}}
data:
  own: {{kind: values, file: 本公司.csv}}
{others}report: {{compare: {compare}}}
"""
SCHEME = """
- 四舍五入保留2位小数，缺数报错
满意度：等权平均
  网络：得分
  服务：得分
"""
OWN = """
品牌,指标,值
全球通,网络,78.5
全球通,服务,79
动感地带,网络,74
动感地带,服务,74.1
神州行,网络,80
神州行,服务,80.6
"""
UNICOM = """
品牌,指标,值
全球通,满意度,70.15
动感地带,满意度,70.15
神州行,满意度,63.7
神州行,网络,62
"""
OTHERS = "  unicom: {kind: values, file: 联通.csv}\n"
DATA = "[{name: 联通, data: unicom}]"


def _run(folder: Path, compare: str, unicom: str = UNICOM, as_of: date | None = None) -> dict[str, Assessment]:
    files = {"本公司.csv": OWN, "联通.csv": unicom}
    others = OTHERS if compare == DATA else ""
    result = result_of(folder, SCHEME, files, head=HEAD.format(compare=compare, others=others), as_of=as_of)
    return {"".join(a.unit.values()): a for a in result.assessments}


def _gap(assessment: Assessment, path: str = "满意度") -> tuple[Fraction | None, Fraction | None, str]:
    (gap,) = node(assessment, path).gaps
    return gap.other, gap.difference, gap.reason


def test_units_beside_the_same_unit_of_another(tmp_path: Path) -> None:
    """78.75 - 70.15, 74.05 - 70.15, 80.30 - 63.70."""
    found = _run(tmp_path, DATA)
    assert [_gap(found[name])[1] for name in ("全球通", "动感地带", "神州行")] == [F("8.60"), F("3.90"), F("16.60")]


def test_the_others_whole_follows_as_the_own_does(tmp_path: Path) -> None:
    """联通 20 % · 70.15 + 30 % · 70.15 + 50 % · 63.7 = 66.925, reported 66.93; own 15.75 + 22.215 + 40.15 = 78.115, 78.12."""
    assert _gap(_run(tmp_path, DATA)[""]) == (F("66.93"), F("11.19"), "")


def test_a_whole_that_is_stated_holds(tmp_path: Path) -> None:
    """A row without a brand is the other's whole: 78.12 - 65.89."""
    assert _gap(_run(tmp_path, DATA, UNICOM + ",满意度,65.89\n")[""]) == (F("65.89"), F("12.23"), "")


def test_indicators_the_other_does_not_state(tmp_path: Path) -> None:
    """网络 is stated of 神州行 only: 80 - 62; the others have no figure and no gap. 服务 is nowhere: nothing is said."""
    found = _run(tmp_path, DATA)
    assert _gap(found["神州行"], "网络") == (F(62), F(18), "")
    assert _gap(found["全球通"], "网络") == (None, None, "not collected")
    assert node(found["神州行"], "服务").gaps == ()


def test_an_own_score_that_is_missing_has_no_gap(tmp_path: Path) -> None:
    """神州行 without 服务 has no total; the other's figure stands, the difference does not."""
    files = {"本公司.csv": OWN.replace("神州行,服务,80.6\n", ""), "联通.csv": UNICOM}
    result = result_of(tmp_path, SCHEME, files, head=HEAD.format(compare=DATA, others=OTHERS))
    found = {"".join(a.unit.values()): a for a in result.assessments}
    assert _gap(found["神州行"]) == (F("63.7"), None, "")


def test_the_others_sheet_is_no_data_of_our_own(tmp_path: Path) -> None:
    """What 联通 states never counts for the company, though it is a sheet of values too; both files are accounted for."""
    result = result_of(
        tmp_path, SCHEME, {"本公司.csv": OWN, "联通.csv": UNICOM}, head=HEAD.format(compare=DATA, others=OTHERS)
    )
    assert [(a.source, a.rows) for a in result.data] == [("own", 6), ("unicom", 4)]
    assert [a.exact for a in result.assessments] == [F("78.75"), F("74.05"), F("80.3"), F("78.115")]


# ---------------------------------------------------------------- goals

GOALS = "[{name: 目标, values: {满意度: {2024-01-01: 78, 2025-01-01: 80}, 网络: 75}}]"


@pytest.mark.parametrize(
    ("day", "gap"),
    [
        (date(2025, 6, 30), (F(80), F("-1.25"), "")),
        (date(2024, 6, 30), (F(78), F("0.75"), "")),
        (date(2023, 6, 30), (None, None, "no target or limit is in force")),
    ],
)
def test_goals_hold_from_their_day(
    tmp_path: Path, day: date, gap: tuple[Fraction | None, Fraction | None, str]
) -> None:
    """全球通 78.75 beside 80 from 2025 on, 78 in 2024, none before; the goal of 网络 always holds."""
    found = _run(tmp_path, GOALS, as_of=day)
    assert _gap(found["全球通"]) == gap
    assert _gap(found["全球通"], "网络") == (F(75), F("3.5"), "")


# ---------------------------------------------------------------- the same policy on other data

FOLDER = "[{name: 联通, data: 联通的数据}]"


def _folder(folder: Path, own: str) -> Path:
    (folder / "联通的数据").mkdir()
    (folder / "联通的数据" / "本公司.csv").write_text(own, encoding="utf-8")
    return folder


def test_another_company_assessed_by_the_same_policy(tmp_path: Path) -> None:
    """Every score of 联通 is ten points below: the gap is 10 everywhere, to the weighted whole."""
    less = OWN.strip()
    for ours, theirs in (
        ("78.5", "68.5"),
        (",79", ",69"),
        (",74\n", ",64\n"),
        ("74.1", "64.1"),
        (",80\n", ",70\n"),
        ("80.6", "70.6"),
    ):
        less = less.replace(ours, theirs)
    found = _run(_folder(tmp_path, less), FOLDER)
    assert {gap.difference for a in found.values() for n in a.nodes for gap in n.gaps} == {F(10)}
    assert node(found[""], "服务").gaps == (Gap(name="联通", other=F("68.33"), difference=F(10)),)


def test_the_other_folder_is_named_in_what_is_wrong_with_it(tmp_path: Path) -> None:
    """A cell of the other's file that is no number refuses the run, with the folder in the place."""
    with pytest.raises(Refused) as refused:
        _run(_folder(tmp_path, OWN.strip().replace("78.5", "很高")), FOLDER)
    assert {d.place.file for d in refused.value.diagnostics} == {"联通的数据/本公司.csv"}


def test_data_that_are_not_there_are_refused(tmp_path: Path) -> None:
    """E717, at the name of the data in the policy."""
    with pytest.raises(Refused) as refused:
        _run(tmp_path, FOLDER)
    (found,) = refused.value.diagnostics
    assert (found.code, found.case, found.place.file) == ("E717", "folder", "example.yaml")
