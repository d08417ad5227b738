"""Classes of records: columns told from conditions on others."""

from pathlib import Path

from engine.language.syntax import Belonging, Comparison, Condition
from tests.data.build import column, found, ledger, name, read, survey, text_file

MORE, LESS, EQUAL = Comparison.AT_LEAST, Comparison.LESS, Comparison.EQUAL


def where(*conditions: tuple[str, Comparison, str]) -> Belonging:
    """What belongs to a class."""
    return Belonging(tuple(Condition(name(header), sign, value) for header, sign, value in conditions))


def test_a_question_is_named_by_its_id(tmp_path: Path) -> None:
    """Answers are compared as numbers; one not given belongs to no class, and the warning counts it."""
    text_file(tmp_path, "调查表.csv", "1、产品质量,2、交付及时性\n5,4\n4,4\n3,4\n(空),4\n")
    classes = {"状态": {"满意": where(("Q1", MORE, "4")), "不满意": where(("Q1", LESS, "4"))}}
    records, findings = read(tmp_path, survey("调查表.csv", classes=classes), segments=("状态",))
    assert column(records, "text", "状态") == ["满意", "满意", "不满意", None]
    assert (found(findings), findings[0].args["count"]) == ([("W960", "", "调查表.csv:5:1")], 1)


def test_answers_in_words_count_as_their_numbers(tmp_path: Path) -> None:
    """很满意 is 5: it is at least 4, and at least 满意."""
    text_file(tmp_path, "调查表.csv", "1、产品质量,2、交付及时性\n很满意,满意\n一般,满意\n")
    words = {"很满意": 5, "满意": 4, "一般": 3}
    classes = {"数": {"高": where(("Q1", MORE, "4"))}, "词": {"高": where(("Q1", MORE, "满意"))}}
    source = survey("调查表.csv", classes=classes, answers=words, scale=None)
    records, _ = read(tmp_path, source, segments=("数", "词"))
    assert column(records, "text", "数") == column(records, "text", "词") == ["高", None]


def test_the_first_class_that_fits_is_taken(tmp_path: Path) -> None:
    """Thresholds are written from the highest down; all conditions of a class have to hold."""
    text_file(tmp_path, "台帐.csv", "金额,地区\n1200,华东\n300,华东\n1200,华北\n20,华东\n")
    sizes = {
        "大": where(("金额", MORE, "1000"), ("地区", EQUAL, "华东")),
        "中": where(("金额", MORE, "100")),
        "小": where(("金额", MORE, "0")),
    }
    records, findings = read(tmp_path, ledger("台帐.csv", classes={"规模": sizes}), texts=("规模",))
    assert (findings, column(records, "text", "规模", "ledger")) == ((), ["大", "中", "中", "小"])


def test_a_cell_that_cannot_be_compared_is_a_fault(tmp_path: Path) -> None:
    """It is named once, however many classes look at it; a column that is not there is missed."""
    text_file(tmp_path, "台帐.csv", "金额\n很多\n300\n")
    sizes = {"大": where(("金额", MORE, "1000")), "小": where(("金额", LESS, "1000"))}
    assert found(read(tmp_path, ledger("台帐.csv", classes={"规模": sizes}), texts=("规模",))[1]) == [
        ("E914", "", "台帐.csv:2:1")
    ]
    other = {"规模": {"大": where(("数量", MORE, "1000"))}}
    assert found(read(tmp_path, ledger("台帐.csv", classes=other), texts=("规模",))[1]) == [
        ("E908", "", "台帐.csv:1:1")
    ]


def test_a_class_may_be_a_unit(tmp_path: Path) -> None:
    """Each class then has a result of its own, as a division has."""
    text_file(tmp_path, "台帐.csv", "金额\n1200\n300\n")
    sizes = {"大": where(("金额", MORE, "1000")), "小": where(("金额", LESS, "1000"))}
    records, findings = read(tmp_path, ledger("台帐.csv", classes={"规模": sizes}), units=("规模",))
    assert (findings, column(records, "text", "规模", "ledger")) == ((), ["大", "小"])


def test_a_validity_condition_takes_a_mark_for_a_blank(tmp_path: Path) -> None:
    """What a survey platform writes for no answer satisfies no comparison and is no fault."""
    text_file(tmp_path, "调查表.csv", "1、产品质量,2、交付及时性\n5,4\n(空),4\n(跳过),4\n")
    source = survey("调查表.csv", valid=(Condition(name("1、产品质量"), MORE, "1"),))
    records, findings = read(tmp_path, source, texts=("1、产品质量",))
    assert (findings, column(records, "text", "1、产品质量")) == ((), ["5"])
