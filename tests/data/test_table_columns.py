"""Tables: weights, units and segments, empty ledgers, and the columns the queries see."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from engine.language.syntax import (
    AnsweredAtLeast,
    Comparison,
    Condition,
    NotStraightLined,
    OnePer,
    TookAtLeast,
)
from tests.data.build import column, found, ledger, name, read, survey, text_file, with_rules


def test_weights_are_exact(tmp_path: Path) -> None:
    """Kept as whole numbers of the smallest decimal."""
    text_file(tmp_path, "调查表.csv", "客户权重,1、产品质量,2、交付及时性\n1.25,5,4\n2,3,4\n0,2,4\n")
    records, findings = read(tmp_path, survey("调查表.csv", weight="客户权重"))
    assert (findings, column(records, "weight")) == ((), [125, 200, 0])
    assert records is not None
    assert records.tables["survey"].column("weight").scale == 2


def test_a_weight_is_there_and_not_below_zero(tmp_path: Path) -> None:
    """A customer without a weight is not a customer of weight 1."""
    text_file(tmp_path, "调查表.csv", "客户权重,1、产品质量,2、交付及时性\n-1,5,4\n,3,4\n")
    source = survey("调查表.csv", weight="客户权重")
    assert found(read(tmp_path, source)[1]) == [("E920", "weight", "调查表.csv:2:1"), ("E923", "", "调查表.csv:3:1")]


def test_units_are_needed_and_segments_are_taken_where_they_are(tmp_path: Path) -> None:
    """A unit that is missing is a fault; a segment that is blank, or that a ledger does not know, is left out."""
    text_file(tmp_path, "台帐.csv", "事业部,城市\n一,上海\n二,\n")
    records, findings = read(tmp_path, ledger("台帐.csv"), units=("事业部",), segments=("城市", "地区"))
    assert (findings, column(records, "text", "事业部", "ledger")) == ((), ["一", "二"])
    assert column(records, "text", "城市", "ledger") == ["上海", None]
    assert records is not None
    assert records.tables["ledger"].find("text", "地区") is None


def test_rows_without_a_unit_are_warned_of(tmp_path: Path) -> None:
    """One warning for each column, at the first of the valid rows; the rows are delivered."""
    text_file(tmp_path, "台帐.csv", "日期,城市\n2024-03-02,\n2025-03-02,\n2025-03-03,上海\n2025-03-04,\n")
    records, findings = read(tmp_path, ledger("台帐.csv", date="日期"), units=("城市",), period="2025")
    assert found(findings) == [("W929", "", "台帐.csv:3:12")]
    assert findings[0].args["count"] == 2
    assert column(records, "text", "城市", "ledger") == [None, "上海", None]
    assert found(read(tmp_path, ledger("台帐.csv"), units=("部门",))[1]) == [("E908", "", "台帐.csv:1:1")]


def test_one_column_may_be_read_as_several_kinds(tmp_path: Path) -> None:
    """A severity is compared as a number and shown as a text."""
    text_file(tmp_path, "台帐.csv", "严重度,受理\n02,2025-03-02 08:00\n1.5,2025-03-03\n")
    records, _ = read(tmp_path, ledger("台帐.csv"), texts=("严重度",), numbers=("严重度",), times=("受理",))
    assert column(records, "text", "严重度", "ledger") == ["02", "1.5"]
    assert column(records, "number", "严重度", "ledger") == [20, 15]
    assert column(records, "time", "受理", "ledger") == [datetime(2025, 3, 2, 8), datetime(2025, 3, 3)]


def test_an_empty_ledger_is_a_ledger(tmp_path: Path) -> None:
    """No complaints in a year is good news and no fault."""
    text_file(tmp_path, "台帐.csv", "受理日期,类别,数量\n")
    records, findings = read(
        tmp_path, ledger("台帐.csv", date="受理日期"), texts=("类别",), numbers=("数量",), times=("受理日期",),
        periods=("month",), period="2025",
    )  # fmt: skip
    assert findings == ()
    assert records is not None
    assert (records.accounts[0].rows, len(records.tables["ledger"].frame)) == (0, 0)
    assert [str(t) for t in records.tables["ledger"].frame.dtypes] == [
        "object",
        "Int64",
        "datetime64[s]",
        "Int64",
        "object",
    ]


def test_an_empty_survey_passes_every_sentence(tmp_path: Path) -> None:
    """Nothing to judge is nothing to refuse."""
    text_file(tmp_path, "调查表.csv", "客户号,日期,所用时间,1、产品质量,2、交付及时性\n")
    source = with_rules(
        survey("调查表.csv", date="日期", key="客户号"),
        AnsweredAtLeast(Fraction(80)),
        TookAtLeast(Fraction(30)),
        NotStraightLined(),
        OnePer(name("客户号"), last=True),
        Condition(name("客户号"), Comparison.NOT_EQUAL, "X"),
    )
    records, findings = read(tmp_path, source, period="2025")
    assert findings == ()
    assert records is not None
    assert records.accounts[0].rows == records.accounts[0].valid == 0


def test_columns_have_labels_that_are_safe_in_a_query(tmp_path: Path) -> None:
    """Score and score are two columns, whatever an engine thinks of capitals."""
    text_file(tmp_path, "台帐.csv", 'Score,Sc ore2,"a""; drop"\n1,2,3\n')
    records, _ = read(tmp_path, ledger("台帐.csv"), numbers=("Score", "Sc ore2", 'a"; drop'))
    assert records is not None
    assert [c.id for c in records.tables["ledger"].columns] == ["number_0", "number_1", "number_2", "row_3"]
