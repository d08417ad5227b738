"""Workbooks: every cell the text a person reads in it, and every fault at its cell."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine.data.workbooks import cell_text, number_text
from engine.diagnostics import listed
from tests.data.build import column, found, ledger, read, text_file, workbook
from tools.xls import xls_bytes


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (0.972, "0.972"),
        (0.1 + 0.2, "0.3"),
        (97.2 / 100, "0.972"),
        (1 / 3, "0.333333333333333"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (-2.5, "-2.5"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("007", "007"),
        (datetime(2026, 3, 2, 10, 11, 12), "2026-03-02 10:11:12"),
        (datetime(2026, 3, 2, 10, 11, 11, 999_999), "2026-03-02 10:11:12"),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999), "9999-12-31 23:59:59"),
        (date(2026, 3, 2), "2026-03-02"),
        (time(3, 4, 5), "03:04:05"),
        (timedelta(hours=36, minutes=1, seconds=2), "36:01:02"),
    ],
)
def test_a_value_is_written_as_it_is_read(value: object, text: str) -> None:
    """Numbers have the fifteen digits of a spreadsheet, so 0.1 + 0.2 is 0.3."""
    assert cell_text(value) == text


def test_a_number_is_not_rounded_within_fifteen_digits() -> None:
    """All numbers with up to fifteen digits come back as they were typed."""
    for digits in ("123456789012345", "1234567.89012345", "0.000123456789012345", "99999999999.9999"):
        assert Decimal(number_text(float(digits))) == Decimal(digits)


def test_the_only_visible_sheet_is_taken(tmp_path: Path) -> None:
    """A hidden sheet beside it decides nothing."""
    workbook(tmp_path, "台帐.xlsx", [["类别"], ["质量"]], sheets={"选项": [["类别"], ["x"]]}, hidden=("选项",))
    records, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))
    assert (findings, column(records, "text", "类别", "ledger")) == ((), ["质量"])


def test_several_visible_sheets_must_be_decided(tmp_path: Path) -> None:
    """The first is not taken merely because it is the first."""
    workbook(tmp_path, "台帐.xlsx", [["类别"], ["质量"]], sheets={"二月": [["类别"], ["服务"]]})
    _, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))
    assert [(f.code, f.case, f.hint) for f in findings] == [("E906", "", "sheet: 表一")]
    records, findings = read(tmp_path, ledger("台帐.xlsx", sheet="二月"), texts=("类别",))
    assert (findings, column(records, "text", "类别", "ledger")) == ((), ["服务"])


def test_a_sheet_that_is_named_may_be_hidden(tmp_path: Path) -> None:
    """Naming it is a decision."""
    workbook(tmp_path, "台帐.xlsx", [["类别"]], sheets={"选项": [["类别"], ["x"]]}, hidden=("选项",))
    records, _ = read(tmp_path, ledger("台帐.xlsx", sheet="选项"), texts=("类别",))
    assert column(records, "text", "类别", "ledger") == ["x"]


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """With the sheets there are."""
    workbook(tmp_path, "台帐.xlsx", [["类别"]])
    _, findings = read(tmp_path, ledger("台帐.xlsx", sheet="三月"), texts=("类别",))
    assert [(f.code, f.case, f.args["sheets"]) for f in findings] == [("E906", "absent", listed(["表一"]))]


def test_an_empty_sheet_has_no_header(tmp_path: Path) -> None:
    """A workbook saved without a cell in it."""
    workbook(tmp_path, "台帐.xlsx", [])
    _, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))
    assert [(f.code, f.case) for f in findings] == [("E907", "nothing")]


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    """Empty rows above and empty columns beside a table do not shift an address."""
    workbook(
        tmp_path,
        "台帐.xlsx",
        [[], [], [None, None, "类别", "数量"], [None, None, "质量", "三"], [], [None, None, "服务", 2]],
    )
    _, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",), numbers=("数量",))
    assert found(findings) == [("E914", "", "台帐.xlsx!表一!D4")]


def test_titles_above_the_header_are_pointed_at(tmp_path: Path) -> None:
    """A merged title row is no header; the policy says where the header is."""
    rows = [["客户投诉管理台帐", None], ["编制：质量部", None], ["类别", "数量"], ["质量", 2]]
    workbook(tmp_path, "台帐.xlsx", rows, merge=("A1:B1",))
    _, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))
    assert [(f.code, str(f.place), f.hint) for f in findings] == [("E907", "台帐.xlsx!表一!A3", "header: 3")]
    records, findings = read(tmp_path, ledger("台帐.xlsx", header=3), numbers=("数量",))
    assert (findings, column(records, "number", "数量", "ledger")) == ((), [2])


def test_a_header_far_down_is_found_where_the_policy_says(tmp_path: Path) -> None:
    """Thirty lines of explanation above a table are no hindrance."""
    rows = [["说明"]] * 30 + [["类别", "数量"], ["质量", 2]]
    workbook(tmp_path, "台帐.xlsx", rows)
    text_file(tmp_path, "台帐.csv", "说明\n" * 30 + "类别,数量\n质量,2\n")
    for file in ("台帐.xlsx", "台帐.csv"):
        records, findings = read(tmp_path, ledger(file, header=31), numbers=("数量",))
        assert (findings, column(records, "number", "数量", "ledger")) == ((), [2])


def test_an_error_cell_is_never_blank(tmp_path: Path) -> None:
    """Error values and formulas without a result are named where they stand, also in a row with nothing else."""
    workbook(tmp_path, "台帐.xlsx", [["类别", "数量"], ["质量", "#DIV/0!"], ["服务", "=1+1"], [None, "#N/A"]])
    _, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",), numbers=("数量",))
    assert found(findings) == [
        ("E912", "", "台帐.xlsx!表一!B2"),
        ("E913", "", "台帐.xlsx!表一!B3"),
        ("E912", "", "台帐.xlsx!表一!B4"),
    ]
    assert findings[0].args["text"] == "#DIV/0!"


def test_an_error_in_a_text_column_is_refused_too(tmp_path: Path) -> None:
    """A category that could not be looked up is not a category of its own."""
    workbook(tmp_path, "台帐.xlsx", [["类别"], ["#N/A"]])
    text_file(tmp_path, "台帐.csv", "类别\n#N/A\n")
    assert found(read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))[1]) == [("E912", "", "台帐.xlsx!表一!A2")]
    assert found(read(tmp_path, ledger("台帐.csv"), texts=("类别",))[1]) == [("E912", "", "台帐.csv:2:1")]


def test_errors_in_columns_nobody_reads_do_no_harm(tmp_path: Path) -> None:
    """Only what is read is judged."""
    workbook(tmp_path, "台帐.xlsx", [["类别", "备注"], ["质量", "#REF!"], ["服务", "=A1"]])
    records, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))
    assert (findings, column(records, "text", "类别", "ledger")) == ((), ["质量", "服务"])


def test_a_number_of_more_than_fifteen_digits_has_lost_some(tmp_path: Path) -> None:
    """A long number typed as a number is somebody else's number."""
    workbook(tmp_path, "台帐.xlsx", [["客户号"], [1234567890123456789], ["1234567890123456789"], [123456789012345]])
    _, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("客户号",))
    assert found(findings) == [("E917", "", "台帐.xlsx!表一!A2")]


def test_numbers_in_a_text_column_are_their_digits(tmp_path: Path) -> None:
    """1001 is not 1001.0; a text 007 keeps its zeros."""
    workbook(tmp_path, "台帐.xlsx", [["客户号"], [1001], ["007"], [2.5], [True]])
    records, _ = read(tmp_path, ledger("台帐.xlsx"), texts=("客户号",))
    assert column(records, "text", "客户号", "ledger") == ["1001", "007", "2.5", "TRUE"]


def test_per_cent_cells_are_per_cents(tmp_path: Path) -> None:
    """0.972 shown as 97.2 % is 97.2; the column says that it holds per cents."""
    workbook(tmp_path, "台帐.xlsx", [["合格率"], [0.972], [0.5]], formats={"A2": "0.0%", "A3": "0%"})
    records, findings = read(tmp_path, ledger("台帐.xlsx"), numbers=("合格率",))
    assert (findings, column(records, "number", "合格率", "ledger")) == ((), [972, 500])
    assert records is not None
    found_column = records.tables["ledger"].column("number", "合格率")
    assert (found_column.scale, found_column.percent) == (1, True)


def test_per_cents_and_plain_numbers_do_not_mix(tmp_path: Path) -> None:
    """One of them is a slip; zero is zero either way."""
    workbook(tmp_path, "台帐.xlsx", [["合格率"], [0.972], [97.2], [0]], formats={"A2": "0.0%"})
    _, findings = read(tmp_path, ledger("台帐.xlsx"), numbers=("合格率",))
    assert found(findings) == [("E914", "mixed", "台帐.xlsx!表一!A3")]


def test_a_quoted_per_cent_sign_in_a_format_is_decoration(tmp_path: Path) -> None:
    """Only a format that multiplies by a hundred makes a per cent."""
    workbook(tmp_path, "台帐.xlsx", [["合格率"], [97.2]], formats={"A2": '0.0"%"'})
    records, _ = read(tmp_path, ledger("台帐.xlsx"), numbers=("合格率",))
    assert column(records, "number", "合格率", "ledger") == [972]


def test_dates_come_as_cells_as_texts_and_as_day_numbers(tmp_path: Path) -> None:
    """All three are the same day in a workbook."""
    workbook(tmp_path, "台帐.xlsx", [["日期"], [date(2026, 3, 2)], ["2026/03/02"], [46083], [datetime(2026, 3, 2)]])
    records, findings = read(tmp_path, ledger("台帐.xlsx"), times=("日期",))
    assert findings == ()
    assert [str(day) for day in column(records, "time", "日期", "ledger")] == ["2026-03-02 00:00:00"] * 4


def test_a_merged_text_speaks_for_all_its_rows(tmp_path: Path) -> None:
    """Quality departments merge the group's name over its lines."""
    workbook(tmp_path, "台帐.xlsx", [["车间", "数量"], ["一", 1], [None, 2], ["二", 3]], merge=("A2:A3",))
    records, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("车间",), numbers=("数量",))
    assert (findings, column(records, "text", "车间", "ledger")) == ((), ["一", "一", "二"])


def test_a_merged_number_is_refused(tmp_path: Path) -> None:
    """It would count once and look as if it counted for both rows."""
    workbook(tmp_path, "台帐.xlsx", [["车间", "数量"], ["一", 1], ["二", None]], merge=("B2:B3",))
    _, findings = read(tmp_path, ledger("台帐.xlsx"), numbers=("数量",))
    assert found(findings) == [("E918", "", "台帐.xlsx!表一!B2")]


@pytest.mark.parametrize(
    "note", ["合计", "合 计", "总计", "小计", "Total", "注：以上为试用期数据", "制表人：张三", "审核：", "说明: a"]
)
def test_totals_and_notes_are_no_records(tmp_path: Path, note: str) -> None:
    """A total below a ledger is not one complaint more."""
    workbook(tmp_path, "台帐.xlsx", [["类别", "数量"], ["质量", 2], [note, 2]])
    _, findings = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))
    assert found(findings) == [("E924", "", "台帐.xlsx!表一!A3")]


def test_blank_rows_are_no_records(tmp_path: Path) -> None:
    """Formatted but empty rows below the table are not counted; addresses stay those of the sheet."""
    workbook(tmp_path, "台帐.xlsx", [["类别"], ["质量"], [None], [""], ["服务"]])
    records, _ = read(tmp_path, ledger("台帐.xlsx"), texts=("类别",))
    assert column(records, "row", source="ledger") == [2, 5]
    assert records is not None
    assert records.accounts[0].rows == 2


def test_an_xls_file_is_read(tmp_path: Path) -> None:
    """The old format gives the same records."""
    (tmp_path / "台帐.xls").write_bytes(xls_bytes([["类别", "数量"], ["质量", "3"], ["服务", 2.5]]))
    records, findings = read(tmp_path, ledger("台帐.xls"), texts=("类别",), numbers=("数量",))
    assert findings == ()
    assert column(records, "text", "类别", "ledger") == ["质量", "服务"]
    assert column(records, "number", "数量", "ledger") == [30, 25]


def test_errors_and_per_cents_of_an_xls_file_are_seen(tmp_path: Path) -> None:
    """An error is no blank there either."""
    (tmp_path / "台帐.xls").write_bytes(xls_bytes([["类别", "数量"], ["质量", "3"], ["服务", "#DIV/0!"], ["", "#N/A"]]))
    _, findings = read(tmp_path, ledger("台帐.xls"), numbers=("数量",))
    assert found(findings) == [("E912", "", "台帐.xls!Sheet1!B3"), ("E912", "", "台帐.xls!Sheet1!B4")]
    (tmp_path / "台帐.xls").write_bytes(xls_bytes([["合格率"], ["97.2%"]]))
    records, findings = read(tmp_path, ledger("台帐.xls"), numbers=("合格率",))
    assert (findings, column(records, "number", "合格率", "ledger")) == ((), [972])


def test_an_xls_file_whose_cells_lie_too_far_apart_is_refused(tmp_path: Path) -> None:
    """Even this old format can name cells that would fill the memory."""
    (tmp_path / "台帐.xls").write_bytes(xls_bytes([["数量"]], far=(65535, 65535)))
    assert found(read(tmp_path, ledger("台帐.xls"), numbers=("数量",))[1]) == [("E904", "", "台帐.xls:1:1")]


def test_an_xls_file_whose_sectors_run_in_circles_is_damaged(tmp_path: Path) -> None:
    """Whoever followed them would never arrive."""
    content = bytearray(xls_bytes([["数量"], ["3"]]))
    content[512 + 4 * 5 : 512 + 4 * 6] = (2).to_bytes(4, "little")
    (tmp_path / "台帐.xls").write_bytes(bytes(content))
    _, findings = read(tmp_path, ledger("台帐.xls"), numbers=("数量",))
    assert [(f.code, f.case) for f in findings] == [("E903", "damaged")]


@pytest.mark.parametrize("file", ["台帐.xlsx", "台帐.ods"])
def test_a_damaged_package_is_said_to_be_damaged(tmp_path: Path, file: str) -> None:
    """Half a file is no file."""
    workbook(tmp_path, "whole.xlsx", [["类别"], ["质量"]])
    whole = (tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / file).write_bytes(whole[: len(whole) // 2])
    _, findings = read(tmp_path, ledger(file), texts=("类别",))
    assert [(f.code, f.case) for f in findings] == [("E903", "damaged")]


def test_a_damaged_xls_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    """A compound file without a workbook in it."""
    (tmp_path / "台帐.xls").write_bytes(xls_bytes([["类别"]])[:600])
    _, findings = read(tmp_path, ledger("台帐.xls"), texts=("类别",))
    assert [(f.code, f.case) for f in findings] == [("E903", "damaged")]


def test_a_number_too_large_for_its_decimals_is_refused(tmp_path: Path) -> None:
    """Numbers are kept as whole numbers of the smallest decimal; what does not fit is not cut."""
    text_file(tmp_path, "台帐.csv", "数量\n0.000000000000001\n100000\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), numbers=("数量",))
    assert found(findings) == [("E917", "wide", "台帐.csv:3:1")]
