"""Ranks of units and of indicators: standard competition ranking on what is reported."""

from fractions import Fraction
from pathlib import Path

from engine.evaluation.ranking import ranks
from engine.evaluation.result import Assessment, Rank, State
from tests.evaluation.schemes import node, result_of

F = Fraction
HEAD = """
units: {{by: [分店], total: mean}}
data:
  sheet: {{kind: values, file: 统计表.csv}}
report: {{rank: {rank}}}
"""
SCHEME = """
- 四舍五入保留1位小数，缺数报错
总分：等权平均
  质量：得分
  服务：得分
"""


def _run(folder: Path, rows: str, rank: str = "units", scheme: str = SCHEME) -> dict[str, Assessment]:
    files = {"统计表.csv": f"分店,指标,值\n{rows}"}
    result = result_of(folder, scheme, files, head=HEAD.format(rank=rank))
    return {"".join(a.unit.values()): a for a in result.assessments}


def test_equals_share_a_place_and_the_next_comes_after_them() -> None:
    """90, 85, 85, 80 are first, second, second, fourth."""
    found = ranks({"a": F(85), "b": F(90), "c": F(80), "d": F(85)})
    assert {name: rank.place for name, rank in found.items()} == {"a": 2, "b": 1, "c": 4, "d": 2}
    assert {rank.of for rank in found.values()} == {4}


def test_units_are_ranked_on_the_reported_score(tmp_path: Path) -> None:
    """甲 (90.06 + 90)/2 = 90.03 and 乙 (90 + 90)/2 are both reported as 90.0: both are first, 丙 is third."""
    rows = "甲,质量,90.06\n甲,服务,90\n乙,质量,90\n乙,服务,90\n丙,质量,80\n丙,服务,95"
    found = _run(tmp_path, rows)
    assert {name: found[name].nodes[0].rank_among_units for name in "甲乙丙"} == {
        "甲": Rank(place=1, of=3),
        "乙": Rank(place=1, of=3),
        "丙": Rank(place=3, of=3),
    }
    assert found[""].nodes[0].rank_among_units is None


def test_each_indicator_is_ranked_among_the_units(tmp_path: Path) -> None:
    """质量 90.1, 90.0, 80.0; 服务 90, 90, 95."""
    rows = "甲,质量,90.06\n甲,服务,90\n乙,质量,90\n乙,服务,90\n丙,质量,80\n丙,服务,95"
    found = _run(tmp_path, rows)

    def places(path: str) -> list[int]:
        found_ranks = [node(found[name], path).rank_among_units for name in "甲乙丙"]
        return [rank.place for rank in found_ranks if rank]

    assert (places("质量"), places("服务")) == ([1, 2, 3], [2, 2, 1])


def test_what_is_not_rated_has_no_rank_and_takes_none(tmp_path: Path) -> None:
    """乙 has no 服务: it has no total; 甲 and 丙 are first and second of two."""
    rows = "甲,质量,90\n甲,服务,90\n乙,质量,99\n丙,质量,80\n丙,服务,80"
    found = _run(tmp_path, rows)
    assert found["乙"].nodes[0].state is State.MISSING or found["乙"].nodes[0].state is State.NOT_RATED
    assert [found[name].nodes[0].rank_among_units for name in "甲乙丙"] == [
        Rank(place=1, of=2),
        None,
        Rank(place=2, of=2),
    ]


def test_indicators_are_ranked_by_the_part_of_their_marks(tmp_path: Path) -> None:
    """8 of 8 points come before 10 of 11; equal parts (4 of 8, 5 of 10) share a place; a heading has no rank."""
    scheme = """
    - 四舍五入保留1位小数，缺数报错
    总分：满分100分，逐项得分
      环境 8分
      标识 11分
      其他 81分
        资料 8分
        设施 10分
        业务 63分
    """
    rows = "\n".join(
        f"甲,{name},{points}" for name, points in (("环境", 8), ("标识", 10), ("资料", 4), ("设施", 5), ("业务", 0))
    )
    found = _run(tmp_path, rows, "indicators", scheme)["甲"]
    places = {n.path.rpartition("/")[2]: n.rank.place for n in found.nodes if n.rank}
    assert places == {"环境": 1, "标识": 2, "资料": 3, "设施": 3, "业务": 5}


def test_only_scores_that_count_are_ranked(tmp_path: Path) -> None:
    """What is for information, what only deducts and a bare count have no rank among the indicators."""
    scheme = """
    - 四舍五入保留1位小数，缺数报错，不足一步不扣分
    总分 = 调查×50% + 客观×50%
    调查：等权平均
      质量：得分
      服务：得分
    客观：满分100分，倒扣分
      投诉：每发生一次扣1分
    形象：得分，仅供参考
    """
    rows = "甲,质量,90\n甲,服务,80\n甲,投诉,2\n甲,形象,99"
    found = _run(tmp_path, rows, "indicators", scheme)["甲"]
    assert {n.path: n.rank.place for n in found.nodes if n.rank} == {"调查/质量": 1, "调查/服务": 2}


def test_lower_is_better_was_turned_before(tmp_path: Path) -> None:
    """A complaint rate of 2 % scores 98, one of 10 % scores 90: the lower rate is first."""
    scheme = """
    - 四舍五入保留1位小数，缺数报错
    总分：等权平均
      投诉率：百分率，按百分制计分，越低越好
    """
    found = _run(tmp_path, "甲,投诉率,10%\n乙,投诉率,2%", "units", scheme)
    assert [found[name].nodes[0].rank_among_units for name in "乙甲"] == [Rank(place=1, of=2), Rank(place=2, of=2)]


def test_nothing_is_ranked_unasked(tmp_path: Path) -> None:
    """Without `rank` there is none."""
    found = _run(tmp_path, "甲,质量,90\n甲,服务,80", "false")
    assert all(n.rank is None and n.rank_among_units is None for a in found.values() for n in a.nodes)
