"""Deductions by a range within a range: E213 with both readings."""

import pytest

from tests.language.checks.written import HEADER, assert_clean, assert_found, in_english

SCHEMES = {
    "zh": "总分：满分100分，倒扣分\n  甲：{}，{}\n",
    "en": "Total: deduct from 100\n  A: {}, {}\n",
}


@pytest.mark.parametrize(
    ("lang", "kind", "wide", "narrow", "readings"),
    [
        (
            "zh",
            "百分率",
            "低于90%扣2分",
            "低于80%扣5分",
            (
                "80%(含)至90%(不含)扣2分，低于80%扣5分",
                "80%(含)至90%(不含)扣2分，低于80%扣7分",
            ),
        ),
        (
            "zh",
            "时长",
            "超过2小时扣2分",
            "超过4小时扣5分",
            (
                "2(不含)至4小时(含)扣2分，超过4小时扣5分",
                "2(不含)至4小时(含)扣2分，超过4小时扣7分",
            ),
        ),
        (
            "zh",
            "次数",
            "3次以上扣2分",
            "5次以上扣5分",
            (
                "3(含)至5次(不含)扣2分，5次以上扣5分",
                "3(含)至5次(不含)扣2分，5次以上扣7分",
            ),
        ),
        (
            "en",
            "duration",
            "deduct 2 if more than 2 hours",
            "deduct 5 if more than 4 hours",
            (
                "deduct 2 if above 2 hours but not above 4 hours, deduct 5 if above 4 hours",
                "deduct 2 if above 2 hours but not above 4 hours, deduct 7 if above 4 hours",
            ),
        ),
    ],
)
def test_both_readings_are_sentences_with_that_meaning(
    lang: str, kind: str, wide: str, narrow: str, readings: tuple[str, str]
) -> None:
    """Whichever of the two a manager writes instead is read without another question."""
    header = in_english() if lang == "en" else HEADER

    (asked,) = assert_found(SCHEMES[lang].format(kind, f"{wide}，⟦{narrow}⟧"), "E213", header=header)

    assert [asked.args[reading][lang] for reading in ("first", "second")] == list(readings)
    for reading in readings:
        assert_clean(SCHEMES[lang].format(kind, reading), header)


@pytest.mark.parametrize("rules", ["低于90%扣2分，低于80%另扣5分", "低于90%扣1-2分，低于80%扣3-5分"])
def test_what_is_said_to_add_up_or_left_to_an_assessor_is_not_asked(rules: str) -> None:
    """另扣 says that both apply; within a range of points an assessor decides."""
    assert_clean(SCHEMES["zh"].format("百分率", rules))
