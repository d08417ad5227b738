"""Text files: encodings, delimiters, rows of one length, quotation marks, all with line and column."""

from pathlib import Path

import pytest

from tests.data.build import column, found, ledger, read, text_file

TEXT = "受理日期,类别,内容\n2025-03-02,质量,断裂\n2025-03-05,服务,迟复\n"


def _kinds(folder: Path, **contract: object) -> list[object]:
    records, findings = read(folder, ledger("台帐.csv", **contract), texts=("类别",))
    assert findings == ()
    return column(records, "text", "类别", "ledger")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_are_told_apart_without_help(tmp_path: Path, encoding: str) -> None:
    """A mark at the start, UTF-8 and GB 18030 are recognised; utf-16 writes a mark of its own."""
    text_file(tmp_path, "台帐.csv", TEXT, encoding)
    assert _kinds(tmp_path) == ["质量", "服务"]


@pytest.mark.parametrize(
    "text", ["客户,得分\n", "类别\n质量\n", "类别,值\n服务,1\n", "类别,分\n价格,8\n", "类别\n中\n"]
)
def test_short_files_of_chinese_text_are_chinese(tmp_path: Path, text: str) -> None:
    """A few characters in GBK are not taken for Korean."""
    text_file(tmp_path, "台帐.csv", text, "gb18030")
    first = text.partition("\n")[0].partition(",")[0]
    records, findings = read(tmp_path, ledger("台帐.csv"), texts=(first,))
    assert findings == ()
    assert records is not None


@pytest.mark.parametrize("encoding", ["Big5", "UTF-16", "utf_8", "GB-18030", "Shift_JIS", "gb2312"])
def test_the_policy_may_name_the_encoding(tmp_path: Path, encoding: str) -> None:
    """However its name is spelt."""
    text = "受理日期,分\n2025-03-02,中\n"
    text_file(tmp_path, "台帐.csv", text, encoding.replace("GB-", "gb"))
    records, findings = read(tmp_path, ledger("台帐.csv", encoding=encoding), texts=("分",))
    assert (findings, column(records, "text", "分", "ledger")) == ((), ["中"])


def test_the_command_line_has_the_last_word_on_the_encoding(tmp_path: Path) -> None:
    """What is asked for with the run overrides the policy."""
    text_file(tmp_path, "台帐.csv", TEXT, "gb18030")
    records, findings = read(tmp_path, ledger("台帐.csv", encoding="utf-8"), texts=("类别",), encoding="gb18030")
    assert (findings, column(records, "text", "类别", "ledger")) == ((), ["质量", "服务"])


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    """Only encodings of text are known; rot13 is none."""
    text_file(tmp_path, "台帐.csv", TEXT)
    _, findings = read(tmp_path, ledger("台帐.csv", encoding="rot13"), texts=("类别",))
    assert found(findings) == [("E905", "unknown", "台帐.csv:1:1")]


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    """The place is the line of the first byte that neither UTF-8 nor GB 18030 knows."""
    (tmp_path / "台帐.csv").write_bytes("类别\n质量\n".encode("gb18030") + b"ab\xff\xff\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E905", "", "台帐.csv:3:3")]


def test_a_file_in_the_wrong_encoding_is_refused_under_the_named_one(tmp_path: Path) -> None:
    """An encoding that is named is not second-guessed."""
    text_file(tmp_path, "台帐.csv", TEXT, "gb18030")
    _, findings = read(tmp_path, ledger("台帐.csv", encoding="utf-8"), texts=("类别",))
    assert found(findings) == [("E905", "", "台帐.csv:1:1")]


def test_garbled_headers_speak_of_the_encoding(tmp_path: Path) -> None:
    """Big5 read as GB 18030 gives other characters; the finding says where to look."""
    text_file(tmp_path, "台帐.csv", "類別,內容\n品質,斷裂\n", "big5")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("類別",))
    assert [(f.code, f.case) for f in findings] == [("E908", "encoding")]


def test_nul_characters_are_refused(tmp_path: Path) -> None:
    """UTF-16 without its mark is full of them."""
    text_file(tmp_path, "台帐.csv", "a,b\n1,2\n", "utf-16-le")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("a",))
    assert found(findings) == [("E905", "nul", "台帐.csv:1:2")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_tells_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    """Comma, semicolon and tab need no setting."""
    text_file(tmp_path, "台帐.csv", TEXT.replace(",", delimiter))
    assert _kinds(tmp_path) == ["质量", "服务"]


def test_another_delimiter_in_the_header_does_not_confuse(tmp_path: Path) -> None:
    """The delimiter is the one under which the wanted columns are there, not the most frequent character."""
    text_file(tmp_path, "台帐.csv", "日期,甲;乙;丙;丁,类别\n2025-03-02,x;y,质量\n")
    assert _kinds(tmp_path) == ["质量"]


@pytest.mark.parametrize("delimiter", ["|", "，", "；"])
def test_other_delimiters_are_named(tmp_path: Path, delimiter: str) -> None:
    """A full-width comma separates nothing."""
    text_file(tmp_path, "台帐.csv", TEXT.replace(",", delimiter))
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E907", "delimiter", "台帐.csv:1:1")]
    assert findings[0].args["delimiter"] == delimiter


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(tmp_path: Path, ends: str) -> None:
    """Lines end as Windows, Unix and old Macs end them."""
    text_file(tmp_path, "台帐.csv", TEXT.replace("\n", ends))
    assert _kinds(tmp_path) == ["质量", "服务"]


def test_a_missing_last_line_end_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    """Blank lines and rows of delimiters alone are no records."""
    text_file(tmp_path, "台帐.csv", "受理日期,类别,内容\n\n2025-03-02,质量,断裂\n,,\n  , ,\n2025-03-05,服务,迟复")
    assert _kinds(tmp_path) == ["质量", "服务"]


@pytest.mark.parametrize(
    ("row", "case", "place"),
    [
        ("2025-03-06,服务,迟复,又迟", "long", "台帐.csv:4:18"),
        ("2025-03-06,服务", "short", "台帐.csv:4:14"),
        ("2025-03-06", "short", "台帐.csv:4:11"),
    ],
)
def test_a_row_of_another_length_is_refused_where_it_breaks(tmp_path: Path, row: str, case: str, place: str) -> None:
    """The place is the first field too many, or the end of a row too short; no other row is touched."""
    text_file(tmp_path, "台帐.csv", TEXT + row + "\n2025-03-07,质量,断裂\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E910", case, place)]


def test_all_ragged_rows_are_named_in_one_run(tmp_path: Path) -> None:
    """One bad row never hides the next."""
    text_file(tmp_path, "台帐.csv", "甲,乙\n1\n1,2\n1,2,3\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("甲",))
    assert [(f.code, f.place.line) for f in findings] == [("E910", 2), ("E910", 4)]


def test_a_row_longer_than_the_header_everywhere_is_not_shifted(tmp_path: Path) -> None:
    """When every row has one field more, the first column does not become something else."""
    text_file(tmp_path, "台帐.csv", "甲,乙\n1,2,3\n4,5,6\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("甲",))
    assert [f.code for f in findings] == ["E910", "E910"]


def test_a_quoted_cell_may_hold_the_delimiter_and_line_ends(tmp_path: Path) -> None:
    """The record's lines are counted, so later addresses stay right."""
    text_file(tmp_path, "台帐.csv", '类别,数量\n"质量,\n外观",1\n服务,三\n')
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",), numbers=("数量",))
    assert found(findings) == [("E914", "", "台帐.csv:4:4")]


def test_a_fault_behind_a_quoted_line_end_is_found_on_its_own_line(tmp_path: Path) -> None:
    """The cell's own line is named, not the line on which its record began."""
    text_file(tmp_path, "台帐.csv", '类别,数量\n"质量,\n外观",三\n')
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",), numbers=("数量",))
    assert found(findings) == [("E914", "", "台帐.csv:3:5")]


def test_an_open_quotation_mark_is_found_where_it_opens(tmp_path: Path) -> None:
    """Not at the end of the file, where the search for its partner ended."""
    text_file(tmp_path, "台帐.csv", '类别,内容\n质量,"断裂\n服务,迟复\n')
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E911", "", "台帐.csv:2:4")]


def test_text_behind_a_closed_quotation_is_refused(tmp_path: Path) -> None:
    """`"断"裂` could mean two things."""
    text_file(tmp_path, "台帐.csv", '类别,内容\n质量,"断"裂\n')
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E911", "inside", "台帐.csv:2:4")]


def test_an_open_quotation_mark_in_the_header_is_found(tmp_path: Path) -> None:
    """The header is read as strictly as the rows."""
    text_file(tmp_path, "台帐.csv", '类别,"内容\n质量,断裂\n')
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E911", "", "台帐.csv:1:4")]


def test_a_cell_without_end_is_no_open_quotation_mark(tmp_path: Path) -> None:
    """More than 131,072 characters: there is no quotation mark to close."""
    text_file(tmp_path, "台帐.csv", "类别,内容\n质量," + "断" * 131_073 + "\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别", "内容"))
    assert found(findings) == [("E911", "long", "台帐.csv:2:1")]


def test_an_empty_file_has_no_header(tmp_path: Path) -> None:
    """Nothing, and blank lines, are no table."""
    for text in ("", "\n\n", ",,\n"):
        text_file(tmp_path, "台帐.csv", text)
        _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
        assert found(findings) == [("E907", "nothing", "台帐.csv:1:1")]


def test_a_header_below_titles_is_pointed_at(tmp_path: Path) -> None:
    """The finding says which row it seems to be, and what to write."""
    text_file(tmp_path, "台帐.csv", "2025年台帐\n编制：质量部,,\n受理日期,类别,内容\n2025-03-02,质量,断裂\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E907", "", "台帐.csv:3:1")]
    assert findings[0].hint == "header: 3"


def test_a_header_below_titles_in_a_semicolon_file_is_pointed_at(tmp_path: Path) -> None:
    """The delimiter is found below the titles as well."""
    text_file(tmp_path, "台帐.csv", "2025年台帐\n受理日期;类别;内容\n2025-03-02;质量;断裂\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert [f.hint for f in findings] == ["header: 2"]


def test_the_policy_names_the_header_row(tmp_path: Path) -> None:
    """With `header: 3` the titles above are passed over, whatever their length."""
    text_file(tmp_path, "台帐.csv", "2025年台帐\n编制：质量部,,\n受理日期,类别,内容\n2025-03-02,质量,断裂\n")
    assert _kinds(tmp_path, header=3) == ["质量"]


def test_texts_stay_what_they_are(tmp_path: Path) -> None:
    """007 is not 7, NA and None are words, a long number keeps its digits."""
    text_file(tmp_path, "台帐.csv", "编号\n007\nNA\nNone\nnull\n1e5\n12345678901234567890\n")
    records, _ = read(tmp_path, ledger("台帐.csv"), texts=("编号",))
    assert column(records, "text", "编号", "ledger") == ["007", "NA", "None", "null", "1e5", "12345678901234567890"]


def test_a_missing_column_offers_the_nearest(tmp_path: Path) -> None:
    """Every missing column is named, each with the header spelt most alike."""
    text_file(tmp_path, "台帐.csv", "受理日期,投诉类别,严重程度\n2025-03-02,质量,2\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",), numbers=("严重度",))
    assert [(f.code, f.hint) for f in findings] == [("E908", "投诉类别"), ("E908", "严重程度")]


def test_a_doubled_column_is_refused_only_if_it_is_read(tmp_path: Path) -> None:
    """The finding names the second and, beside it, the first."""
    text_file(tmp_path, "台帐.csv", "类别,备注,类别,备注\n质量,a,服务,b\n")
    _, findings = read(tmp_path, ledger("台帐.csv"), texts=("类别",))
    assert found(findings) == [("E909", "", "台帐.csv:1:7")]
    assert [str(place) for place in findings[0].related] == ["台帐.csv:1:1"]


def test_the_first_hundred_faults_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    """A column full of faults does not fill the screen."""
    text_file(tmp_path, "台帐.csv", "数量\n" + "许多\n" * 250)
    _, findings = read(tmp_path, ledger("台帐.csv"), numbers=("数量",))
    assert [f.code for f in findings] == ["E914"] * 100 + ["E927"]
    assert [f.place.line for f in findings[:100]] == list(range(2, 102))
    assert findings[-1].args["count"] == 150
