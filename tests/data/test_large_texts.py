"""Text files that are converted because they are large: every row and every finding as of a file that is read whole."""

import os
import stat
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from engine.data import files
from engine.data.parquet import keeping
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource
from engine.language.syntax import AnsweredAtLeast, Comparison, Condition, NotStraightLined, OnePer, TookAtLeast
from tests.data.build import found, ledger, name, read, survey, text_file, with_rules
from tests.data.scanned import all_accounts, valid_rows

SURVEY = survey("s.csv")
FULL = with_rules(
    survey("s.csv", key="序号", date="日期", weight="权重"),
    AnsweredAtLeast(Fraction(50)),
    TookAtLeast(Fraction(30)),
    Condition(column=name("城市"), comparison=Comparison.NOT_EQUAL, value="北京"),
    OnePer(name("城市"), last=True),
    NotStraightLined(),
)
HEAD = "序号,日期,用时,城市,权重,1、产品质量,2、交付及时性\n"
ROWS = (
    "1,2025-03-01,96,上海,1.5,5,4\n2,2025-03-02,20,上海,1,3,3\n3,2025-04-02,40,北京,0.125,2,(空)\n"
    "4,2025-03-31,50,上海,2,4,4\n5,2025-12-31,60,,1,,1\n\n6,2025-03-05,70,上海,1,,\n7,2025-03-07,80,广州,1,1,5\n"
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Converted files go to a folder of the test."""
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(keeping, "cache_folder", lambda: folder)


def _kept(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "cache").iterdir())


def _told(folder: Path, source: DataSource, **asked: Any) -> tuple[Any, tuple[Diagnostic, ...]]:
    records, findings = read(folder, source, **asked)
    if records is None:
        return None, findings
    return (valid_rows(records, source.name, numbered=True), all_accounts(records)), findings


def _alike(folder: Path, source: DataSource, monkeypatch: pytest.MonkeyPatch, **asked: Any) -> tuple[Any, Any]:
    """What is told of the file when it is read whole, once it is seen that it is the same when it is converted, and
    when it has been.
    """
    monkeypatch.setattr(files, "LARGE", 2**40)
    whole = _told(folder, source, **asked)
    monkeypatch.setattr(files, "LARGE", 0)
    assert _told(folder, source, **asked) == whole
    assert _told(folder, source, **asked) == whole
    return whole


@pytest.mark.parametrize("period", [None, "2025-03"])
@pytest.mark.parametrize(
    ("encoding", "before", "delimiter", "end"),
    [
        ("utf-8", "", ",", "\n"),
        ("utf-8-sig", "", ";", "\r\n"),
        ("gb18030", "", "\t", "\r"),
        ("utf-8", "\n调查结果\n", ",", "\n"),
    ],
)
def test_every_row_is_the_same(  # noqa: PLR0917 - one argument for each way to write a file
    encoding: str,
    before: str,
    delimiter: str,
    end: str,
    period: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the encoding, the delimiter, the ends of lines, and the row of the header."""
    text = (before + HEAD + ROWS).replace(",", delimiter).replace("\n", end)
    text_file(tmp_path, "s.csv", text, encoding)
    source = replace(FULL, header=3) if before else FULL
    asked: dict[str, Any] = {"texts": ("城市",), "numbers": ("用时",), "times": ("日期",), "periods": ("month",)}
    told, findings = _alike(tmp_path, source, monkeypatch, period=period, **asked)
    assert findings == ()
    assert sum((told[1][0].valid, told[1][0].out_of_period, *told[1][0].invalid.values())) == 7
    assert len(_kept(tmp_path)) == 1


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("8,2025-03-08,50,上海,1,6,4\n", "E915", "s.csv:10:22"),
        ("8,2025-03-08,50,上海,1,还行,4\n", "E915", "s.csv:10:22"),
        ("8,2025-03-08,50,上海,,5,4\n", "E923", "s.csv:10:20"),
        ("8,2025-03-08,50,上海,-0.50,5,4\n", "E920", "s.csv:10:20"),
        ("8,2025-03-08,,上海,1,5,4\n", "E923", "s.csv:10:14"),
        ("8,2025/13/08,50,上海,1,5,4\n", "E916", "s.csv:10:3"),
        ("8,03/04/2025,50,上海,1,5,4\n", "E916", "s.csv:10:3"),
        ("1,2025-03-08,50,上海,1,5,4\n", "E922", "s.csv:10:1"),
        ('8,2025-03-08,50,"上\n海",1,6,4\n', "E915", "s.csv:11:6"),
        ("8,2025-03-08,50,#N/A,1,5,4\n", "E912", "s.csv:10:17"),
        ("8,2025-03-08,50,上海,1,5\n", "E910", "s.csv:10:23"),
        ("合计,2025-03-08,50,上海,1,5,4\n", "E924", "s.csv:10:1"),
        ('8,2025-03-08,50,"上海,1,5,4\n', "E911", "s.csv:10:17"),
        ("8,2025-03-08,50,上\0海,1,5,4\n", "E905", "s.csv:10:20"),
        ("8,2025-03-08,50,上海,1,5,4%\n", "E915", "s.csv:10:24"),
        ("8,2025-03-08,infinity,上海,1,5,4\n", "E914", "s.csv:10:14"),
        ("8,infinity,50,上海,1,5,4\n", "E916", "s.csv:10:3"),
        ("8,2025-03-08,50,上海,1e-7,5,4\n", "E914", "s.csv:10:20"),
        ("8,2025-03-08,50,上海,1234567890123456789,5,4\n", "E914", "s.csv:10:20"),
    ],
)
def test_a_fault_is_told_by_the_line_and_the_column_of_the_text(
    row: str, code: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same finding with the same words and the same line of the text below it."""
    text_file(tmp_path, "s.csv", HEAD + ROWS + row)
    told, findings = _alike(tmp_path, FULL, monkeypatch, texts=("城市",), times=("日期",))
    assert told is None
    assert {(f.code, str(f.place)) for f in findings} == {(code, place)}


def test_the_first_hundred_faults_of_a_large_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 1,000 answers every fourth is a 7: those of lines 5 to 401 are named, 150 are counted."""
    text_file(tmp_path, "s.csv", "1、产品质量,2、交付及时性\n" + "5,5\n5,5\n5,5\n7,5\n" * 250)
    _, findings = _alike(tmp_path, SURVEY, monkeypatch)
    assert found(findings)[:100] == [("E915", "", f"s.csv:{n}:1") for n in range(5, 402, 4)]
    assert [(f.code, f.args["count"]) for f in findings[100:]] == [("E927", 150)]


_CELLS = st.sampled_from(
    (
        *("", "0", "-0", "1", "5", "007", "1.0", "1.50", "2.25", "97%", "1e3", "nan", "inf", "２", " 3 ", "(空)", "-3"),
        *("2025-01-31", "2025-1-31", "2025-01-31 08:00:00", "20250131", "12025-01-31", "epoch", "a,b", 'q"q', "x\ny"),
        *("123456789012345678", "1234567890123456789", "0.123456789", "0.1234567890125", "true", "NULL", "#REF!"),
    )
)


_ASKED = st.sampled_from([{"numbers": ("数",)}, {"times": ("时",)}, {"texts": ("文", "数", "时")}])


@given(columns=st.lists(st.lists(_CELLS, min_size=1, max_size=3), min_size=3, max_size=3), asked=_ASKED)
def test_any_cells_are_read_alike(
    columns: list[list[str]], asked: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Columns of few kinds of cells each, read as numbers, as times or as texts."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "cache").mkdir(mode=0o700)
    records = [[column[n % len(column)] for column in columns] for n in range(4)]
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in record) for record in records]
    text_file(folder, "t.csv", "\n".join(["数,时,文", *lines]))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keeping, "cache_folder", lambda: folder / "cache")
        _alike(folder, ledger("t.csv", key="文" if "numbers" in asked else None), patched, **asked)


def test_another_header_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same text under another contract is converted for itself; a changed text is another one."""
    text_file(tmp_path, "s.csv", "x,y\n1、产品质量,2、交付及时性\n5,5\n")
    _alike(tmp_path, replace(SURVEY, header=2), monkeypatch)
    assert len(_kept(tmp_path)) == 1
    text_file(tmp_path, "s.csv", "1、产品质量,2、交付及时性\n5,4\n")
    told, _ = _alike(tmp_path, SURVEY, monkeypatch)
    assert (told[0][0][:2], len(_kept(tmp_path))) == ((5, 4), 2)


def test_nothing_is_kept_of_a_file_that_is_not_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row too short in the last line: the draft is gone."""
    text_file(tmp_path, "s.csv", "1、产品质量,2、交付及时性\n" + "5,5\n" * 5000 + "5\n")
    _alike(tmp_path, SURVEY, monkeypatch)
    assert _kept(tmp_path) == []


@pytest.mark.parametrize("planted", ["writable", "link", "damaged"])
def test_what_somebody_else_put_there_is_not_read(
    planted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that others can write to, a link, half a file: none of them says what stands in the text."""
    text_file(tmp_path, "s.csv", "1、产品质量,2、交付及时性\n5,4\n")
    _alike(tmp_path, SURVEY, monkeypatch)
    text_file(tmp_path, "other.csv", "1、产品质量,2、交付及时性\n1,1\n")
    _alike(tmp_path, replace(SURVEY, file="other.csv"), monkeypatch)
    one, other = sorted((tmp_path / "cache").iterdir(), key=lambda path: path.stat().st_mtime)
    if planted == "writable":
        one.write_bytes(other.read_bytes())
        one.chmod(stat.S_IRUSR | stat.S_IWUSR | stat.S_IWOTH)
    elif planted == "link":
        one.unlink()
        one.symlink_to(other)
    else:
        one.write_bytes(one.read_bytes()[:-20])
    told, _ = _alike(tmp_path, SURVEY, monkeypatch)
    assert told[0][0][:2] == (5, 4)


def test_a_folder_that_others_can_write_to_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is read whole."""
    (tmp_path / "cache").chmod(0o777)
    text_file(tmp_path, "s.csv", "1、产品质量,2、交付及时性\n5,4\n")
    _alike(tmp_path, SURVEY, monkeypatch)
    assert _kept(tmp_path) == []


def test_converted_files_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three files the one not used for longest goes; one used within the hour stays, and the newest."""
    monkeypatch.setattr(keeping, "MOST_KEPT", 1)
    for n, age in enumerate((7200, 60, 0)):
        text_file(tmp_path, "s.csv", f"1、产品质量,2、交付及时性\n5,{n + 1}\n")
        _alike(tmp_path, SURVEY, monkeypatch)
        newest = max((tmp_path / "cache").iterdir(), key=lambda path: path.stat().st_mtime)
        used = newest.stat().st_mtime - age
        os.utime(newest, (used, used))
    assert len(_kept(tmp_path)) == 2


def test_what_no_query_can_look_at_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Times between two columns: the file is not converted."""
    text_file(tmp_path, "l.csv", "受理,办结\n2025-03-01,2025-03-02\n")
    _alike(tmp_path, ledger("l.csv"), monkeypatch, times=("受理", "办结"), spans=(("受理", "办结"),))
    assert _kept(tmp_path) == []
