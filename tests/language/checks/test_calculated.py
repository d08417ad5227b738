"""Points that come from a scale or a formula: E608, and how many they are."""

from fractions import Fraction

import pytest

from engine import evaluate
from engine.language.policy import Policy
from tests.language.checks.written import DECIDED, assert_clean, assert_found, checked

OTHER = "  投诉 10分：每发生一次扣1分\n"
LOWER_OF_TWO = """\
    甲：满分10分，倒扣分
      错装：每发生一次扣1分
    乙：满分10分，倒扣分
      漏装：每发生一次扣1分
"""
NUMBERS = "    完成数：数值\n    计划数：数值\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"  产量 10分 = ⟦完成数÷计划数×100%⟧\n{NUMBERS}", "E608/share"),
        ("  产量 10分 = ⟦完成率⟧×10\n    完成率：百分率\n", "E608/rate"),
        ("  产量 10分 = 10×(1-⟦批退率⟧)\n    批退率：百分率\n", "E608/rate"),
        ("  ⟦产量⟧ 10分 = 甲×40%+乙×60%\n    甲：得分\n    乙：得分\n", "E608/points"),
        (f"  ⟦产量⟧ 10分 = 完成数÷计划数，0-1折合0-100分\n{NUMBERS}", "E608/points"),
        ("  ⟦产量⟧ 10分：取最低分\n    甲：得分\n    乙：得分\n", "E608/heading"),
    ],
)
def test_what_is_no_points(line: str, code: str) -> None:
    """A share of 0.98, a rate of 95 and a score out of 100 are not taken for the points of a line."""
    assert_found(f"总分：满分20分，逐项得分\n{line}{OTHER}", code)


@pytest.mark.parametrize(
    ("line", "measures", "points"),
    [
        # 45 ÷ 50 × 10 = 9; 60 ÷ 50 × 10 = 12, out of 10
        (f"  产量 10分 = 完成数÷计划数×10\n{NUMBERS}", {"完成数": 45, "计划数": 50}, 9),
        (f"  产量 10分 = 完成数÷计划数×10\n{NUMBERS}", {"完成数": 60, "计划数": 50}, 10),
        # 0.9 of 0 to 1 as 0 to 10
        (f"  产量 10分 = 完成数÷计划数×100%，0-1折合0-10分\n{NUMBERS}", {"完成数": 45, "计划数": 50}, 9),
        # 10 × (1 - 5 ÷ 100)
        ("  产量 10分 = 10×(1-批退率÷100)\n    批退率：百分率\n", {"批退率": 5}, Fraction(19, 2)),
        # 95 × 0.1
        ("  产量 10分 = 完成率×0.1\n    完成率：百分率\n", {"完成率": 95}, Fraction(19, 2)),
        # 80 × 0.4 + 90 × 0.6 = 86 of 100 as 10
        (
            "  产量 10分 = 甲×40%+乙×60%，0-100折合0-10分\n    甲：得分\n    乙：得分\n",
            {"甲": 80, "乙": 90},
            Fraction(43, 5),
        ),
        # what E608 proposes: the mean of 80 and 90, of 100 as 10
        (
            "  产量 10分 = 平均(甲、乙)，0-100折合0-10分\n    甲：得分\n    乙：得分\n",
            {"甲": 80, "乙": 90},
            Fraction(17, 2),
        ),
        # 1.2 of 0 to 2 as 0 to 10
        ("  产量 10分：数值，0-2折合0-10分\n", {"产量": "1.2"}, 6),
        # the lower of 10 - 1 and 10 - 3
        (
            f"  产量 10分：取最低分\n{LOWER_OF_TWO}",
            {"错装": 1, "漏装": 3},
            7,
        ),
        # 85 of 100 as 10
        ("  产量 10分：得分\n", {"产量": 85}, Fraction(17, 2)),
    ],
)
def test_points_of_a_line(line: str, measures: dict[str, object], points: Fraction) -> None:
    """What gives points gives so many; only a score collected out of 100 is converted. The complaints cost 3 of 10."""
    text = DECIDED.replace("1位", "2位") + f"总分：满分20分，逐项得分\n{line}{OTHER}"
    policy, found = checked(text)
    assert isinstance(policy, Policy), found

    (result,) = evaluate(policy, [{**measures, "投诉": 3}])

    assert result.exact == points + 7


def test_a_formula_of_points_has_the_marks_of_its_line() -> None:
    """Plain numbers reach anything; the line says out of how much."""
    scheme = assert_clean(f"总分：满分20分，逐项得分\n  产量 10分 = 完成数÷计划数×10\n{NUMBERS}{OTHER}")

    assert scheme.indicators["总分/产量"].full == 10
