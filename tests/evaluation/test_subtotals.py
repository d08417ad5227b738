"""Units told apart by several columns: one result each, subtotals by the first columns, and weights called `a/b`."""

from fractions import Fraction
from pathlib import Path

import pytest

from engine.evaluation.result import Result, State
from tests.evaluation.schemes import node, result_of

F = Fraction
HEAD = """
units: {{by: [大区, 分店], {more}}}
data:
  survey:
    kind: responses
    file: 调查表.csv
    questions: {{Q1: 1、质量}}
    answers: 1-5
  sheet: {{kind: values, file: 统计表.csv}}
"""
SCHEME = """
- 四舍五入保留1位小数，缺数报错，不足一步不扣分
总分 = 质量×50% + 客观×50%
质量：问卷Q1均值，1-5分折合20-100分
客观：满分100分，倒扣分
  投诉：每发生一次扣1分
"""
# 东 甲 5, 5, 2 (mean 4: 80); 东 乙 3 (60); 西 甲 1 (20).
SURVEY = "大区,分店,1、质量\n东,甲,5\n东,甲,5\n东,甲,2\n东,乙,3\n西,甲,1"
SHEET = "大区,分店,指标,值\n东,甲,投诉,10\n东,乙,投诉,20\n西,甲,投诉,30"


def _run(folder: Path, more: str, sheet: str = SHEET, by: tuple[str, ...] = ()) -> Result:
    files = {"调查表.csv": SURVEY, "统计表.csv": sheet}
    return result_of(folder, SCHEME, files, head=HEAD.format(more=more), by=by)


def _scores(result: Result) -> list[tuple[str, Fraction | None]]:
    return [("/".join(a.unit.values()), a.exact) for a in result.assessments]


def test_one_result_for_each_combination(tmp_path: Path) -> None:
    """东/甲 (80 + 90)/2, 东/乙 (60 + 80)/2, 西/甲 (20 + 70)/2: the two shops called 甲 are two."""
    assert _scores(_run(tmp_path, "total: mean")) == [
        ("东/乙", F(70)),
        ("东/甲", F(85)),
        ("西/甲", F(45)),
        ("", F(200, 3)),
    ]


def test_subtotals_of_pooled_rows(tmp_path: Path) -> None:
    """东: 15/4 answers are 75, 30 complaints leave 70; 西 is its only shop; all: 16/5 is 64, 60 complaints leave 40."""
    result = _run(tmp_path, "total: pooled, subtotals: true")
    assert _scores(result) == [
        ("东/乙", F(70)),
        ("东/甲", F(85)),
        ("东", F("72.5")),
        ("西/甲", F(45)),
        ("西", F(45)),
        ("", F(52)),
    ]
    assert dict(result.assessments[2].unit) == {"大区": "东"}


def test_subtotals_without_a_whole(tmp_path: Path) -> None:
    """Without `total` there are the same subtotals and no whole."""
    assert _scores(_run(tmp_path, "subtotals: true"))[-1] == ("西", F(45))


def test_subtotals_of_scores(tmp_path: Path) -> None:
    """The mean of 东 is (70 + 85)/2; the mean of all is that of the three shops, not of the two regions."""
    found = dict(_scores(_run(tmp_path, "total: mean, subtotals: true")))
    assert (found["东"], found["西"], found[""]) == (F("77.5"), F(45), F(200, 3))


def test_weights_name_both_columns(tmp_path: Path) -> None:
    """0.2 · 70 + 0.3 · 85 + 0.5 · 45 = 62; within 东 (0.2 · 70 + 0.3 · 85)/0.5 = 79."""
    found = dict(_scores(_run(tmp_path, "total: {weights: {东/乙: 20%, 东/甲: 30%, 西/甲: 50%}}, subtotals: true")))
    assert (found["东"], found["西"], found[""]) == (F(79), F(45), F(62))


def test_units_of_weight_zero_make_no_subtotal(tmp_path: Path) -> None:
    """西 has no weight in the whole, and by weights no subtotal."""
    result = _run(tmp_path, "total: {weights: {东/乙: 50%, 东/甲: 50%, 西/甲: 0%}}, subtotals: true")
    west = next(a for a in result.assessments if dict(a.unit) == {"大区": "西"})
    assert (west.state, west.exact) == (State.NOT_RATED, None)
    assert dict(_scores(result))[""] == F("77.5")


def test_a_subtotal_that_is_collected_holds(tmp_path: Path) -> None:
    """A row of the sheet that names the region alone is the region's: 东 has 5 complaints, whatever its shops have."""
    result = _run(tmp_path, "total: pooled, subtotals: true", SHEET + "\n东,,投诉,5")
    east = next(a for a in result.assessments if dict(a.unit) == {"大区": "东"})
    assert node(east, "投诉").value == 5
    assert node(result.assessments[-1], "投诉").value == 60
    assert [w.code for w in result.warnings] == []


@pytest.mark.parametrize("row", ["东,,投诉,5", ",甲,投诉,5"])
def test_half_a_unit_counts_for_nobody(tmp_path: Path, row: str) -> None:
    """Where no subtotals are asked for, W937 names the row; the whole is the sum of the units."""
    result = _run(tmp_path, "total: pooled", f"{SHEET}\n{row}")
    (warning,) = result.warnings
    assert (warning.code, warning.place.file, warning.place.line) == ("W937", "统计表.csv", 5)
    assert node(result.assessments[-1], "投诉").value == 60


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ("{东/乙: 20%, 东/甲: 30%, 西/申: 50%}", [("", "西/申", "西/甲")]),
        ("{东/乙: 50%, 东/甲: 50%}", [("bare", None, None)]),
    ],
)
def test_weights_and_units_that_do_not_match_are_named(
    tmp_path: Path, weights: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    """W935 at the weight of a unit without data, with the unit that may be meant; at `total` for others without weight."""
    result = _run(tmp_path, f"total: {{weights: {weights}}}")
    assert [(w.case, w.args.get("name"), w.hint) for w in result.warnings if w.code == "W935"] == expected


def test_units_are_placed_among_units_not_among_subtotals(tmp_path: Path) -> None:
    """Means 4, 3 and 1: 东/甲 is 100, 西/甲 is 0; 东 with 15/4 lies (15/4 - 1)/3 of the way, and widens nothing."""
    scheme = "- 四舍五入保留1位小数，缺数报错\n总分：等权平均\n  质量：问卷Q1均值，以各单位最低至最高折合0-100分"
    files = {"调查表.csv": SURVEY, "统计表.csv": SHEET}
    result = result_of(tmp_path, scheme, files, head=HEAD.format(more="subtotals: true"))
    found = dict(_scores(result))
    assert (found["东/甲"], found["西/甲"], found["东"], found["西"]) == (100, 0, F(275, 3), 0)
