"""Rounding inside and at the end, bands and their edges, vetoes."""

from fractions import Fraction

import pytest

from engine.evaluation.bands import grade_of, worst_of
from engine.evaluation.result import State
from engine.language.policy import GradeBand
from engine.source import NOWHERE
from tests.evaluation.schemes import assessed, node

F = Fraction
BANDS = """
总分：等权平均
  - 等级: a.非常满意(100-95); b.比较满意(95-80); c.一般满意(80-60); d.不满意(60以下)
  甲：得分
"""


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100, "非常满意"),
        (95, "非常满意"),
        ("94.95", "非常满意"),  # rounds to 95.0
        ("94.949", "比较满意"),
        (80, "比较满意"),
        ("79.9", "一般满意"),
        (60, "一般满意"),
        ("59.94", "不满意"),
        (0, "不满意"),
    ],
)
def test_grades_are_read_off_the_rounded_value(score: int | str, grade: str) -> None:
    """按修约值定级，等级边界含下限."""
    assert assessed(BANDS, {"甲": score}).grade == grade


@pytest.mark.parametrize(("score", "grade"), [("94.95", "比较满意"), ("94.999", "比较满意"), (95, "非常满意")])
def test_grades_may_be_read_off_the_full_value(score: int | str, grade: str) -> None:
    """按全数值定级: 94.999 is shown as 95.0 and stays below the band."""
    scheme = "- 四舍五入保留1位小数，按全数值定级，缺数报错，等级边界含下限\n" + BANDS.lstrip()
    assert assessed(scheme, {"甲": score}).grade == grade


@pytest.mark.parametrize(("score", "grade"), [(95, "比较满意"), ("95.1", "非常满意"), (60, "不满意"), (0, "不满意")])
def test_the_upper_bound_may_own_the_edge(score: int | str, grade: str) -> None:
    """等级边界含上限: 95 belongs to (80, 95]."""
    scheme = "- 四舍五入保留1位小数，按修约值定级，缺数报错，等级边界含上限\n" + BANDS.lstrip()
    assert assessed(scheme, {"甲": score}).grade == grade


@pytest.mark.parametrize(("value", "grade"), [("100.04", "高"), ("89.5", "中"), ("69.9", "低"), ("-0.01", "低")])
def test_beside_the_bands_stands_the_nearest_below(value: str, grade: str) -> None:
    """90-100, 70-89 and 0-69 leave gaps of one unit; what rounding did not close belongs to the band below it."""
    bands = [
        GradeBand(label=label, low=F(low), high=F(high), low_closed=True, high_closed=True, span=NOWHERE)
        for label, low, high in (("高", 90, 100), ("中", 70, 89), ("低", 0, 69))
    ]
    assert grade_of(bands, F(value)) == grade


def test_of_demanded_grades_without_bands_the_first_written_holds() -> None:
    """Without bands nobody can say which grade is the lower."""
    assert worst_of([], ["乙", "甲"]) == "乙"
    assert worst_of([], []) == ""


def test_a_missing_score_has_no_grade() -> None:
    """Nothing is never the lowest grade."""
    assert assessed(BANDS, {}).grade is None


def test_the_result_is_rounded_once_and_kept_in_full() -> None:
    """(80.04 + 80.05)/2 = 80.045 is reported as 80.0, the exact value stays."""
    found = assessed("总分：等权平均\n  甲：得分\n  乙：得分", {"甲": "80.04", "乙": "80.05"})
    assert (found.score, found.exact) == (80, F("80.045"))


def test_a_line_rounded_inside_is_rounded_for_what_follows() -> None:
    """甲 80.04 rounded to 80 counts as 80; the parts of the mean are (80 + 90)/2."""
    scheme = "总分：等权平均\n  甲：得分，四舍五入保留0位小数\n  乙：得分"
    found = assessed(scheme, {"甲": "80.04", "乙": 90})
    assert found.exact == 85
    assert node(found, "甲").score == 80


VETOED = """
总分：等权平均
  - 等级：优秀 [90, 100]；良好 [80, 90)；合格 [60, 80)；不合格 [0, 60)
{vetoes}
  甲：得分
事故：次数
投诉：次数
"""


def _vetoed(score: int, accidents: int, complaints: int, *vetoes: str) -> tuple[Fraction | None, str | None]:
    scheme = VETOED.format(vetoes="\n".join(f"  - 一票否决：{veto}" for veto in vetoes))
    found = assessed(scheme, {"甲": score, "事故": accidents, "投诉": complaints})
    return found.score, found.grade


@pytest.mark.parametrize(
    ("veto", "expected"),
    [
        ("事故≥1，封顶59分", (F(59), "不合格")),
        ("事故≥1，得0分", (F(0), "不合格")),
        ("事故≥1，定为不合格", (F(95), "不合格")),
        ("事故≥2，封顶59分", (F(95), "优秀")),
    ],
)
def test_a_veto_acts_on_the_score_above_it(veto: str, expected: tuple[Fraction, str]) -> None:
    """One accident against 95 points."""
    assert _vetoed(95, 1, 0, veto) == expected


def test_a_ceiling_never_lifts() -> None:
    """封顶59分 leaves 40 at 40."""
    assert _vetoed(40, 1, 0, "事故≥1，封顶59分") == (40, "不合格")


def test_of_several_ceilings_the_strictest_holds() -> None:
    """封顶79分 and 封顶59分 in either order give 59."""
    both = ("事故≥1，封顶79分", "投诉≥5，封顶59分")
    assert _vetoed(95, 1, 6, *both) == _vetoed(95, 1, 6, *reversed(both)) == (59, "不合格")
    assert _vetoed(95, 1, 2, *both) == (79, "合格")


def test_of_several_demanded_grades_the_worst_holds() -> None:
    """定为合格 and 定为不合格 in either order give 不合格."""
    both = ("事故≥1，定为不合格", "投诉≥5，定为合格")
    assert _vetoed(95, 1, 6, *both) == _vetoed(95, 1, 6, *reversed(both)) == (95, "不合格")
    assert _vetoed(95, 0, 6, *both) == (95, "合格")


def test_the_score_without_the_veto_stays_to_be_seen() -> None:
    """before_veto, its grade, and the sentence that acted."""
    scheme = VETOED.format(vetoes="  - 一票否决：事故≥1，封顶59分")
    result = assessed(scheme, {"甲": 95, "事故": 1, "投诉": 0}).nodes[0]
    assert (result.before_veto, result.grade_before_veto, result.score) == (95, "优秀", 59)
    assert result.veto is not None
    assert "事故" in result.veto
    result = assessed(scheme, {"甲": 95, "事故": 0, "投诉": 0}).nodes[0]
    assert (result.before_veto, result.grade_before_veto, result.veto) == (None, None, None)


def test_a_veto_that_cannot_be_decided_leaves_no_score() -> None:
    """The number of accidents was not collected: no total, and the path says why."""
    scheme = VETOED.format(vetoes="  - 一票否决：事故≥1，封顶59分")
    found = assessed(scheme, {"甲": 95, "投诉": 0})
    assert (found.state, found.nodes[0].cause) == (State.MISSING, "事故")


def test_a_veto_may_look_at_a_score() -> None:
    """A part below 60 fails the whole."""
    scheme = """
    总分：等权平均
      - 等级：合格 [60, 100]；不合格 [0, 60)
      - 一票否决：乙低于60，定为不合格
      甲：得分
      乙：得分
    """
    assert assessed(scheme, {"甲": 100, "乙": 59}).grade == "不合格"
    assert assessed(scheme, {"甲": 100, "乙": 60}).grade == "合格"
