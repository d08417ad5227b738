"""Bands: E501 to E506."""

from fractions import Fraction

import pytest

from engine.language.policy import GradeBand
from tests.language.checks.written import assert_clean, assert_found, scheme_of

LINES = "  质量：得分\n  服务：得分\n"
OPEN = "- 四舍五入保留1位小数，按修约值定级，缺数报错\n"


def banded(bands: str) -> str:
    """A mean of two scores with these bands."""
    return f"总分：等权平均\n  - 等级：{bands}\n{LINES}"


def bounds(band: GradeBand) -> tuple[str, Fraction | None, Fraction | None, bool, bool]:
    """What a band holds: its label, its ends, and whether they belong to it."""
    return band.label, band.low, band.high, band.low_closed, band.high_closed


def test_the_four_bands_of_the_procedures_tile() -> None:
    """(100-95), (95-80), (80-60), 60以下 with 含下限: every bound belongs to the band above it."""
    scheme = assert_clean(banded("a.非常满意(100-95); b.比较满意(95-80); c.一般满意(80-60); d.不满意(60以下)"))

    assert [bounds(band) for band in scheme.indicators["总分"].bands] == [
        ("非常满意", 95, 100, True, True),
        ("比较满意", 80, 95, True, False),
        ("一般满意", 60, 80, True, False),
        ("不满意", None, 60, True, False),
    ]


def test_the_upper_bound_may_be_included_instead() -> None:
    """含上限 gives every shared bound to the band below it; 0 and full marks stay with the outermost."""
    scheme = assert_clean(banded("优(100-60); 差(60-0); 含上限"))

    assert [bounds(band) for band in scheme.indicators["总分"].bands] == [
        ("优", 60, 100, False, True),
        ("差", 0, 60, True, True),
    ]


def test_brackets_decide_by_themselves() -> None:
    """[90, 100] and [60, 90) need no further word, whatever the policy says."""
    scheme = scheme_of(OPEN + banded("优 [90, 100]；良 [60, 90)；差 [0, 60)"))

    assert bounds(scheme.indicators["总分"].bands[1]) == ("良", 60, 90, True, False)


def test_a_gap_names_both_neighbours() -> None:
    """E501 at the upper band, with the numbers between which there is nothing."""
    (wrong,) = assert_found(banded("优 [⟦90, 100⟧]；良 [80, 85)；差 [0, 80)"), "E501")

    assert (wrong.args["other"], wrong.args["low"], wrong.args["high"]) == ("良", "85", "90")


def test_whole_points_close_gaps_of_one() -> None:
    """90-100 and 80-89 leave nothing out where scores are whole and graded as such; else they do."""
    scheme = scheme_of("- 四舍五入取整，按修约值定级，缺数报错\n" + banded("优(90-100)；良(60-89)；差(0-59)"))
    assert_found(
        "- 四舍五入取整，按全数值定级，缺数报错\n" + banded("优(⟦90-100⟧)；良(⟦60-89⟧)；差(0-59)"),
        "E501",
        "E501",
        decided=False,
    )

    assert bounds(scheme.indicators["总分"].bands[1]) == ("良", 60, 90, True, False)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ("优 [⟦90, 95⟧]；差 [0, 90)", "E501/end"),
        ("优 [60, 100]；差 [⟦10, 60⟧)", "E501/end"),
        ("优 [⟦60, 100⟧)；差 [0, 60)", "E501/end point"),
        ("优 [60, 100]；差 (⟦0, 60⟧)", "E501/end point"),
        ("优 (60, 100]；差 [⟦0, 60⟧)", "E501/point"),
        ("优 [⟦85, 100⟧]；良 [60, 90)；差 [0, 60)", "E502"),
    ],
)
def test_every_score_has_exactly_one_grade(bands: str, code: str) -> None:
    """Gaps at the ends and at single points, and overlaps, are all found exactly."""
    assert_found(banded(bands), code)


def test_two_closed_brackets_at_one_point_overlap() -> None:
    """[60, 100] and [0, 60] both hold 60, and nothing else decides."""
    assert_found(OPEN + banded("优 [60, 100]；差 [⟦0, 60⟧]"), "E502/point", decided=False)


def test_an_undecided_bound_is_asked_once() -> None:
    """E503 lists all bounds; the policy answers once for all."""
    (wrong,) = assert_found(OPEN + banded("优(100-90)；良(⟦90-60⟧)；差(60-0)"), "E503", decided=False)

    assert wrong.args["bounds"]["zh"] == "90、60"
    assert wrong.hint == "等级边界含下限"


def test_below_includes_its_number_by_law() -> None:
    """60以下 beside 80-60: both claim 60, and E503 cites the Civil Code."""
    (wrong,) = assert_found(OPEN + banded("优(100-80)；良(80-60)；差(⟦60以下⟧)"), "E503/law", decided=False)

    assert wrong.args["bound"] == "60"
    assert wrong.args["bounds"]["zh"] == "80、60"


def test_a_bound_lies_on_the_scale() -> None:
    """E504: above full marks no score can be, below 0 neither; a veto's score is held to it too."""
    assert_found(banded("优 [⟦90, 110⟧]；差 [0, 90)"), "E504")
    assert_found("总分：等权平均\n  - 一票否决：事故≥1，得⟦120分⟧\n  质量：得分\n事故：次数\n", "E504/veto")


def test_the_scale_is_that_of_the_line() -> None:
    """Bands of a sum of 50 points go to 50."""
    text = "总分：满分50分，逐项得分\n  - 等级：优 [40, 50]；差 [0, 40)\n  甲 20分\n  乙 30分\n"
    scheme = assert_clean(text)
    assert_found(text.replace("[40, 50]", "[⟦40, 60⟧]"), "E504")

    assert scheme.indicators["总分"].full == 50


def test_bands_of_a_difference_go_below_zero() -> None:
    """A gap of two scores lies between -100 and 100."""
    scheme = assert_clean(
        "总分：等权平均\n  甲：得分\n感知：得分\n  - 仅供参考\n期望：得分\n  - 仅供参考\n"
        "差距 = 感知 - 期望\n  - 等级：好 [0, 100]；差 [-100, 0)\n  - 仅供参考\n"
    )

    assert bounds(scheme.indicators["差距"].bands[1]) == ("差", -100, 0, True, False)


def test_a_letter_left_out_is_a_warning() -> None:
    """W505: after b. comes c."""
    (wrong,) = assert_found(banded("a.优(100-90); b.良(90-60); ⟦d.差(60以下⟧)"), "W505")

    assert (wrong.args["code_expected"], wrong.args["code_found"]) == ("c", "d")


def test_bands_need_a_score() -> None:
    """E506: a heading that only groups deductions has no score to grade, and none to veto."""
    group = "总分：满分100分，倒扣分\n  质量\n    - {}\n    投诉：每发生一次扣1分\n"
    assert_found(group.format("⟦等级：好 [60, 100]；差 [0, 60)⟧"), "E506")
    assert_found(group.format("⟦一票否决：投诉≥5，得0分⟧"), "E506/veto")
