"""Marks by range: E507."""

import pytest

from tests.language.checks.written import assert_clean, assert_found

ITEM = "总分：满分10分，逐项得分\n  甲 10分：{}\n"


@pytest.mark.parametrize(
    ("rules", "gap"),
    [
        ("98%以上得10分，90%-98%得6分", "90%-0%"),
        ("98%以上得10分，90%-95%得6分，90%以下不得分", "98%-95%"),
        ("90%以下不得分，90%-98%得6分", "100%-98%"),
        ("大于98%得10分，小于98%得6分", "98%"),
        ("5次以上不得分，1-2次得6分", "3次-4次"),
        ("0次得10分，2次以上不得分", "1次"),
        ("0-2次得10分，超过3次不得分", "3次"),
        ("0次得10分，超过1次得5分", "1次"),
    ],
)
def test_a_range_without_marks_is_named(rules: str, gap: str) -> None:
    """What no range holds would keep full marks by silence."""
    (wrong,) = assert_found(ITEM.format(f"⟦{rules}⟧"), "E507")

    assert wrong.args["gap"]["zh"] == gap


def test_one_range_alone_asks_for_the_rest() -> None:
    """2次以下得10分: what three and more score is not said."""
    (wrong,) = assert_found(ITEM.format("⟦2次以下得10分⟧"), "E507/rest")

    assert wrong.args["gap"]["zh"] == "3次以上"


@pytest.mark.parametrize(
    "rules",
    [
        "每提供一项得2分，6项以上得满分",
        "98%以上得10分，90%-98%得6分，90%以下不得分",
        "1-2次得6分，3次以上不得分",
        "3次以上不得分",
        "达到98%得满分，每低1个百分点扣2分，低于90%不得分",
        "目标98%，达标得满分，未达标不得分",
        "已建立制度的得10分，没有建立制度的不得分",
    ],
)
def test_complete_ranges_are_clean(rules: str) -> None:
    """Ranges that hold every value, rules that only take marks, and steps from full marks down."""
    assert_clean(ITEM.format(rules))


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ("目标98%，⟦达标得满分⟧", "E507/missed"),
        ("目标98%，⟦未达标得5分⟧", "E507/met"),
        ("⟦已建立制度的得10分⟧", "E507/condition"),
    ],
)
def test_one_of_two_cases_is_not_enough(rules: str, code: str) -> None:
    """Marks for one case say nothing of the other."""
    assert_found(ITEM.format(rules), code)
