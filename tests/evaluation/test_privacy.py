"""Small groups are not shown, and cannot be worked out from what is."""

from fractions import Fraction
from pathlib import Path

from engine.evaluation.result import Assessment, State
from engine.report.result_data import render_csv, render_json
from engine.report.sheet import render_markdown, render_table
from tests.evaluation.schemes import policy_of, result_of

F = Fraction
HEAD = """
units: {{by: [分店]{total}}}
data:
  survey:
    kind: responses
    file: 调查表.csv
    questions: {{Q1: 1、质量, Q2: 2、服务}}
    answers: 1-5
report: {{suppress: {{below: 3}}, rank: units}}
"""
SCHEME = """
- 四舍五入保留1位小数，缺数按其余权重归一
总分：等权平均
  - 各项：1-5分折合20-100分
  质量：问卷Q1均值
  服务：问卷Q2均值
"""


def _rows(*groups: tuple[str, str, int], second: int | None = None) -> str:
    """So many questionnaires of each shop and region; `second`: only so many of each answered the second question."""
    lines = ["分店,地区,1、质量,2、服务"]
    for shop, region, count in groups:
        answers = [("4", "3" if second is None or n < second else "") for n in range(count)]
        lines += [f"{shop},{region},{first},{other}" for first, other in answers]
    return "\n".join(lines)


def _run(folder: Path, rows: str, total: str = ", total: pooled", by: tuple[str, ...] = ()) -> dict[str, Assessment]:
    result = result_of(folder, SCHEME, {"调查表.csv": rows}, head=HEAD.format(total=total), by=by)
    return {"".join((*a.unit.values(), *a.segment.values())): a for a in result.assessments}


def _hidden(found: dict[str, Assessment]) -> set[str]:
    reason = "not shown, to protect a small group"
    return {name for name, a in found.items() if a.nodes[0].reason == reason}


def test_a_small_unit_is_not_shown(tmp_path: Path) -> None:
    """Of 5, 3 and 2 questionnaires, the last are fewer than 3; without a whole nothing else gives them away."""
    found = _run(tmp_path, _rows(("甲", "", 5), ("乙", "", 3), ("丙", "", 2)), total="")
    assert _hidden(found) == {"丙"}
    hidden = found["丙"]
    assert (hidden.state, hidden.score, hidden.exact, hidden.grade) == (State.NOT_RATED, None, None, None)
    numbers = [(n.value, n.score, n.valid, n.measurement, n.steps, n.rank_among_units) for n in hidden.nodes]
    assert set(numbers) == {(None, None, None, None, (), None)}
    ranks = [found[name].nodes[0].rank_among_units for name in "甲乙"]
    assert [rank and rank.of for rank in ranks] == [2, 2]


def test_the_total_does_not_give_it_away(tmp_path: Path) -> None:
    """10 in all less 5 and 3 would be the 2 of 丙: the smaller of the others is left out with it."""
    assert _hidden(_run(tmp_path, _rows(("甲", "", 5), ("乙", "", 3), ("丙", "", 2)))) == {"乙", "丙"}


def test_nor_does_the_mean_of_the_units(tmp_path: Path) -> None:
    """Three times the mean less two scores is the third; the whole does not say what each unit brings either."""
    found = _run(tmp_path, _rows(("甲", "", 5), ("乙", "", 3), ("丙", "", 2)), total=", total: mean")
    assert _hidden(found) == {"乙", "丙"}
    assert found[""].exact == F(70)
    assert all(node.units == () for node in found[""].nodes)


def test_two_small_groups_may_still_be_too_few(tmp_path: Path) -> None:
    """1 and 1 are left out, together 2: a third goes with them. 2 and 2 are 4, enough."""
    assert _hidden(_run(tmp_path, _rows(("甲", "", 9), ("乙", "", 5), ("丙", "", 1), ("丁", "", 1)))) == {
        "乙",
        "丙",
        "丁",
    }
    assert _hidden(_run(tmp_path, _rows(("甲", "", 9), ("乙", "", 5), ("丙", "", 2), ("丁", "", 2)))) == {"丙", "丁"}


def test_rows_without_a_unit_hide_it_too(tmp_path: Path) -> None:
    """Three respondents of the whole are in no shop: the total less the others is 5 of two kinds, not the 2 of 丙."""
    assert _hidden(_run(tmp_path, _rows(("甲", "", 5), ("乙", "", 4), ("丙", "", 2), ("", "", 3)))) == {"丙"}


def test_each_question_is_counted(tmp_path: Path) -> None:
    """In every shop only two answered the second question: none is shown, and the whole, with six answers, is."""
    found = _run(tmp_path, _rows(("甲", "", 5), ("乙", "", 4), ("丙", "", 3), second=2))
    assert _hidden(found) == {"甲", "乙", "丙"}
    assert found[""].state is State.VALUE


def test_nobody_is_nobodys_secret(tmp_path: Path) -> None:
    """No answers in 乙 南: it is said that there are none; the rest is large enough."""
    found = _run(tmp_path, _rows(("甲", "北", 5), ("甲", "南", 4), ("乙", "北", 4)), by=("地区",))
    assert _hidden(found) == set()
    assert found["乙南"].nodes[0].reason == "no part has a value"


def test_segments_of_units_and_of_the_whole(tmp_path: Path) -> None:
    """甲 has 5 in 北 and 2 in 南, 乙 4 and 4.

    甲 南 is small. 甲 less 北 would give it: 甲 北 goes too. The 6 of 南 less 乙 南 would give it: 乙 南 goes too. The
    9 of 北 less 乙 北 would give 甲 北: 乙 北 goes. All four are left out; the shops and the regions stay.
    """
    rows = _rows(("甲", "北", 5), ("甲", "南", 2), ("乙", "北", 4), ("乙", "南", 4))
    assert _hidden(_run(tmp_path, rows, by=("地区",))) == {"甲南", "甲北", "乙南", "乙北"}


def test_what_belongs_to_a_hidden_group_is_hidden(tmp_path: Path) -> None:
    """乙 goes with 丙; its regions of 3 and 3 would add up to it."""
    rows = _rows(("甲", "北", 9), ("甲", "南", 9), ("乙", "北", 3), ("乙", "南", 3), ("丙", "北", 1), ("丙", "南", 1))
    found = _run(tmp_path, rows, by=("地区",))
    assert {"乙", "乙北", "乙南", "丙", "丙北", "丙南"} <= _hidden(found)
    assert found[""].state is State.VALUE


def test_no_format_shows_a_number_of_it(tmp_path: Path) -> None:
    """丙 answered 1 and 1, which nobody else did: no 20.0 stands anywhere, and no n."""
    rows = _rows(("甲", "", 5), ("乙", "", 4)) + "\n丙,,1,1"
    head = HEAD.format(total=", total: mean")
    result = result_of(tmp_path, SCHEME, {"调查表.csv": rows}, head=head)
    policy = policy_of(SCHEME, head)
    for text in (
        render_table(policy, result, "zh"),
        render_markdown(policy, result, "en"),
        render_csv(policy, result, "zh"),
    ):
        (line,) = [line for line in text.splitlines() if "丙" in line][:1]
        assert "20" not in line
    assert '"20' not in render_json(policy, result)


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    """Two shops of equal size: the same one goes, however the file is sorted."""
    groups = [("甲", "", 4), ("乙", "", 4), ("丙", "", 2)]
    first, second = _rows(*groups), _rows(*reversed(groups))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert _hidden(_run(tmp_path / "a", first)) == _hidden(_run(tmp_path / "b", second)) == {"丙", "乙"}


def test_the_lowest_unit_is_not_named_where_it_is_small(tmp_path: Path) -> None:
    """Placed among the units, the others would tell the values of the one that is left out."""
    scheme = """
    - 四舍五入保留1位小数，缺数报错
    总分：等权平均
      质量：问卷Q1均值，以各单位最低至最高折合0-100分
      服务：问卷Q2均值，1-5分折合0-100分
    """
    rows = "分店,地区,1、质量,2、服务\n" + "甲,,5,3\n" * 4 + "乙,,3,3\n" * 3
    for small, spreads in ("", [True, True]), ("丙,,1,3\n", [False, False, False]):
        files = {"调查表.csv": rows + small}
        found = result_of(tmp_path, scheme, files, head=HEAD.format(total="")).assessments
        assert [any(node.spread is not None for node in a.nodes) for a in found] == spreads
