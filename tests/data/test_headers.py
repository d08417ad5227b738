"""Headers: found the way people see them."""

import pytest

from engine.data.headers import find_column, find_question, identity, joined, nearest_header

EXPORT = (
    "序号",
    "提交答卷时间",
    "所用时间",
    "1、产品质量 ",
    "2、交付及时性：",
    "3、售后服务",
    "10、其他意见",
    "6、满意(价格)",
    "6、满意(包装)",
)


@pytest.mark.parametrize(
    "asked",
    [
        "1、产品质量",
        "1、产品质量：",
        "１、产品质量",
        "1.产品质量",
        "1．产品质量",
        "1) 产品质量",
        " 1、 产品质量\u3000",
        "1、产品\u200b质量:",
    ],
)
def test_what_nobody_sees_does_not_count(asked: str) -> None:
    """Width, blanks, a last colon, invisible characters and the mark behind a number make no difference."""
    assert find_column(EXPORT, asked) == (3,)


def test_case_does_not_count() -> None:
    """Duration and duration are one header."""
    assert find_column(["Duration (in seconds)"], "duration (In Seconds)") == (0,)


def test_letters_do_count() -> None:
    """产品质量 is not 产品的质量; the nearest header is offered."""
    assert find_column(EXPORT, "1、产品的质量") == ()
    assert nearest_header(EXPORT, "1、产品的质量") == "1、产品质量"
    assert nearest_header(EXPORT, "收货地址") is None


def test_a_header_without_its_number_is_offered_with_it() -> None:
    """The number belongs to the header; without it nothing is guessed."""
    assert find_column(EXPORT, "售后服务") == ()
    assert nearest_header(EXPORT, "售后服务") == "3、售后服务"


@pytest.mark.parametrize("asked", ["2", "2、", "2.", "第2题", "２、"])
def test_a_question_may_be_named_by_its_number(asked: str) -> None:
    """Its number alone names a question."""
    assert find_question(EXPORT, asked) == (4,)


def test_the_number_1_is_not_the_number_10() -> None:
    """`1` is the question numbered 1."""
    assert find_question(EXPORT, "1") == (3,)
    assert find_question(EXPORT, "10") == (6,)


def test_a_number_that_names_several_questions_finds_them_all() -> None:
    """The rows of a matrix question bear one number; the reader refuses to choose."""
    assert find_question(EXPORT, "6") == (7, 8)


def test_a_header_of_several_rows_is_as_long_as_it_needs_to_be() -> None:
    """A row that tells the columns apart is enough; merged cells and their parts are told apart by both."""
    codes = ("StartDate", "Q1", "Q2_1", "Q2_2")
    assert joined([codes, ("Start Date", "Quality?", "Contact - Phone", "Contact - Mail"), ("{}",) * 4]) == codes
    merged = [("序号", "服务", "", "价格", ""), ("", "态度", "速度", "", "")]
    assert joined(merged) == ("序号", "服务/态度", "服务/速度", "价格", "")


def test_a_column_is_not_named_by_a_number() -> None:
    """Only questions have numbers."""
    assert find_column(EXPORT, "1") == ()


def test_headers_of_one_identity_are_one_name() -> None:
    """Two headers that look alike are found together."""
    assert find_column(["类别", "类别 ："], "类别") == (0, 1)
    assert identity("类别 ：") == identity("类别")
