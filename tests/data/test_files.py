"""Files: found below the data folder and nowhere else."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from engine.data.files import read_file

ELSEWHERE = (
    "../台帐.csv",
    "一季度/../../台帐.csv",
    "/etc/passwd.csv",
    "~/台帐.csv",
    "~root/台帐.csv",
    "C:\\台帐.csv",
    "C:台帐.csv",
    "\\\\server\\share\\台帐.csv",
    "一季度\\台帐.csv",
    "https://example.org/台帐.csv",
    "file:///etc/passwd.csv",
    "s3://a/台帐.csv",
    "台帐\x00.csv",
)


def _codes(folder: Path, name: str) -> list[tuple[str, str]]:
    file, findings = read_file(folder, name)
    assert (file is None) == bool(findings)
    return [(f.code, f.case) for f in findings]


def test_a_file_is_read_with_its_digest(tmp_path: Path) -> None:
    """The digest is that of the bytes on the disk."""
    (tmp_path / "台帐.csv").write_bytes(b"a,b\n")
    file, findings = read_file(tmp_path, "台帐.csv")
    assert findings == ()
    assert file is not None
    assert (file.name, file.form, file.sha256) == ("台帐.csv", "csv", sha256(b"a,b\n").hexdigest())


def test_a_file_may_lie_in_a_folder_below(tmp_path: Path) -> None:
    """Folders below the data folder are fine."""
    (tmp_path / "一季度").mkdir()
    (tmp_path / "一季度" / "台帐.csv").write_bytes(b"a\n")
    assert _codes(tmp_path, "一季度/台帐.csv") == []


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing but plain names below the folder is looked for."""
    (tmp_path / "data").mkdir()
    (tmp_path / "台帐.csv").write_bytes(b"a\n")
    assert _codes(tmp_path / "data", name) == [("E902", "")]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A link is followed, and what it leads to has to lie below the folder too."""
    (tmp_path / "data").mkdir()
    (tmp_path / "secret.csv").write_bytes(b"a\n")
    (tmp_path / "data" / "台帐.csv").symlink_to(tmp_path / "secret.csv")
    assert _codes(tmp_path / "data", "台帐.csv") == [("E902", "link")]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """A link to another file of the data folder is as good as that file."""
    (tmp_path / "a.csv").write_bytes(b"a\n")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert _codes(tmp_path, "b.csv") == []


def test_a_pipe_or_a_folder_is_no_data(tmp_path: Path) -> None:
    """What is no regular file is never opened: a pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    assert _codes(tmp_path, "pipe.csv") == [("E902", "device")]
    assert _codes(tmp_path, "folder.csv") == [("E902", "device")]


def test_a_link_in_circles_is_not_found(tmp_path: Path) -> None:
    """Links that lead to each other lead to no file."""
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert _codes(tmp_path, "a.csv") == [("E901", "")]


def test_a_name_spelt_almost_alike_is_offered(tmp_path: Path) -> None:
    """台账 for 台帐 is the commonest slip of all."""
    (tmp_path / "客户投诉管理台帐.xlsx").write_bytes(b"PK\x03\x04")
    _, findings = read_file(tmp_path, "客户投诉管理台账.xlsx")
    assert [(f.code, f.hint) for f in findings] == [("E901", "客户投诉管理台帐.xlsx")]


def test_the_same_type_of_file_is_no_likeness(tmp_path: Path) -> None:
    """survey.csv is not what was meant by sheet.csv; a workbook of the same name is."""
    (tmp_path / "survey.csv").write_text("a", encoding="utf-8")
    assert [f.hint for f in read_file(tmp_path, "sheet.csv")[1]] == [None]
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    assert [f.hint for f in read_file(tmp_path, "sheet.csv")[1]] == ["sheet.xlsx"]


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """The folder is missing, not the file."""
    assert _codes(tmp_path / "none", "台帐.csv") == [("E901", "folder")]


@pytest.mark.parametrize("name", ["台帐.feather", "台帐.xlsb", "台帐.pdf", "台帐"])
def test_other_types_are_refused(tmp_path: Path, name: str) -> None:
    """A type is known by its ending, and only some are read."""
    (tmp_path / name).write_bytes(b"a\n")
    assert _codes(tmp_path, name) == [("E903", "")]


@pytest.mark.parametrize(
    ("name", "content", "case"),
    [
        ("a.xls", b"<html><table>", "html"),
        ("a.xls", b'<?xml version="1.0"?><Workbook>', "html"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked"),
        ("a.xlsx", b"a,b\n", "content"),
        ("a.xls", b"a\tb\n", "content"),
        ("a.csv", b"PK\x03\x04", "content"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "content"),
        ("a.ods", b"", "content"),
    ],
)
def test_the_content_must_be_what_the_name_says(tmp_path: Path, name: str, content: bytes, case: str) -> None:
    """A web page called .xls and a workbook called .csv are named for what they are."""
    (tmp_path / name).write_bytes(content)
    assert _codes(tmp_path, name) == [("E903", case)]
