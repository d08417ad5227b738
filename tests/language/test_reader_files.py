"""From bytes to text: encodings, sizes, kinds of files, characters."""

import os
from pathlib import Path

import pytest

from engine.language.reader import read_document, read_source
from engine.source import source_of
from tests.language.whole_policy import SCHEME, START, WHOLE

CHINESE = "rubric: 1\npolicy: a\ntitle: 顾客满意度管理程序文件，质量部编制\n"
TRADITIONAL = "rubric: 1\ntitle: 顧客滿意度調查，品質管理與權重計算，銷售部門處理\n"


def refused(path: Path) -> list[tuple[str, str, str]]:
    """Code, case and place of what is said about a file that is not read."""
    source, found = read_source(path)
    assert source is None
    return [(d.code, d.case, f"{d.place.line}:{d.place.column}") for d in found]


def written(folder: Path, content: bytes) -> Path:
    """A file with these bytes."""
    path = folder / "policy.yaml"
    path.write_bytes(content)
    return path


def test_utf8_is_read_under_the_name_it_was_given(tmp_path: Path) -> None:
    """The text comes back as it is, the name as the caller wrote it."""
    path = written(tmp_path, WHOLE.encode())
    source, found = read_source(path)
    assert source is not None
    assert (source.text, source.name, found) == (WHOLE, str(path), ())


def test_a_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    """A BOM is no part of the text, so the first column is the first character."""
    source, found = read_source(written(tmp_path, b"\xef\xbb\xbf" + CHINESE.encode()))
    assert source is not None
    assert (source.text, found) == (CHINESE, ())


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    """CRLF gives the same header and schemes as LF."""
    source, _ = read_source(written(tmp_path, WHOLE.replace("\n", "\r\n").encode()))
    assert source is not None
    document, found = read_document(source)
    plain, _ = read_document(source_of("p", WHOLE))
    assert document is not None
    assert plain is not None
    assert found == ()
    assert document.schemes == plain.schemes
    assert document.header.measures == plain.header.measures


@pytest.mark.parametrize(
    ("text", "encoding", "seen", "place"),
    [
        (CHINESE, "gb18030", "GB18030/GBK", "3:8"),
        (CHINESE.replace("质量部", "质量部·镕"), "gbk", "GB18030/GBK", "3:8"),
        (TRADITIONAL, "big5", "Big5", "2:8"),
        (CHINESE, "utf-16", "UTF-16", "1:1"),
    ],
)
def test_another_encoding_is_named(tmp_path: Path, text: str, encoding: str, seen: str, place: str) -> None:
    """E001 stands at the first character that is not UTF-8 and names the likely encoding."""
    _, found = read_source(written(tmp_path, text.encode(encoding)))
    assert [(d.code, d.args["encoding"], f"{d.place.line}:{d.place.column}") for d in found] == [("E001", seen, place)]


def test_utf16_without_a_mark_is_no_text_full_of_nul(tmp_path: Path) -> None:
    """UTF-16 of plain ASCII is valid UTF-8, and still recognised."""
    assert refused(written(tmp_path, b"rubric: 1\n".decode().encode("utf-16-le"))) == [("E001", "", "1:1")]


def test_bytes_that_are_no_text_at_all(tmp_path: Path) -> None:
    """E001 without a guess where nothing fits."""
    assert refused(written(tmp_path, b"ab\n\xff\xff\xff\xff")) == [("E001", "unknown", "2:1")]


def test_only_ordinary_files_are_read(tmp_path: Path) -> None:
    """Missing files, folders, pipes and devices are refused, and nothing ever waits for a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refused(tmp_path / "none.yaml") == [("E001", "missing", "1:1")]
    assert refused(tmp_path) == [("E001", "folder", "1:1")]
    assert refused(pipe) == [("E001", "special", "1:1")]
    assert refused(Path("/dev/zero")) == [("E001", "special", "1:1")]
    assert refused(tmp_path / "a\0b") == [("E001", "closed", "1:1")]
    assert refused(Path("/proc/self/mem")) == [("E001", "closed", "1:1")]


def test_the_size_of_a_file_is_limited(tmp_path: Path) -> None:
    """1 MiB is read, one byte more is not."""
    assert read_source(written(tmp_path, b"#" * 1024 * 1024))[1] == ()
    assert refused(written(tmp_path, b"#" * (1024 * 1024 + 1))) == [("E006", "size", "1:1")]


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\ufffe", "\ufdd0"]
)
def test_control_characters_are_refused_where_they_stand(tmp_path: Path, character: str) -> None:
    """E013 names the character and its place, once per line."""
    text = f"rubric: 1\npolicy: a{character}{character}b\n"
    _, found = read_source(written(tmp_path, text.encode()))
    assert [(d.code, d.args["character"], d.place.line, d.place.column) for d in found] == [
        ("E013", f"U+{ord(character):04X}", 2, 10)
    ]


def test_a_tab_is_no_part_of_a_value() -> None:
    """E013: a column pasted with a tab matches none; beside values and in comments a tab is just a blank."""
    _, found = read_document(source_of("p", f"{START}title: 满意\t度\n{SCHEME}"))
    assert [(d.code, d.args["character"], d.place.line, d.place.column) for d in found] == [("E013", "U+0009", 3, 10)]
    assert read_document(source_of("p", f"{START}title:\t满意度\t# 注\t释\n{SCHEME}"))[1] == ()


def test_a_carriage_return_alone_is_no_line_end() -> None:
    """Editors differ on it, so it is refused; before a line feed it is fine."""
    _, found = read_document(source_of("p", "rubric: 1\rpolicy: a\r\n"))
    assert [(d.code, d.place.line, d.place.column) for d in found] == [("E013", 1, 10)]


@pytest.mark.parametrize(
    ("title", "column"),
    [("a\u202eb", 9), ('"a\u202eb"', 10), ("a\u2067b\u2069", 9), ('"a\u2067b"', 10), ("“\u2069\u2067”", 9)],
)
def test_direction_controls_are_refused(title: str, column: int) -> None:
    """E015: what is shown would not be what is read; overrides never, isolates not outside quotes and not unpaired."""
    _, found = read_document(source_of("p", f"{START}title: {title}\n{SCHEME}"))
    assert [(d.code, d.place.line, d.place.column) for d in found] == [("E015", 3, column)]


def test_paired_isolates_within_quotes_are_allowed() -> None:
    """A quoted label in a script from right to left may hold isolates; they are told and left out."""
    document, found = read_document(source_of("p", f'{START}title: "a\u2067b\u2069"\n{SCHEME}'))
    assert document is not None
    assert document.header.title == {"zh": "ab"}
    assert [(d.code, d.args["characters"]) for d in found] == [("W103", "U+2067 U+2069")]


def test_escapes_do_not_smuggle_characters_in() -> None:
    """What is refused as a character is refused as an escape."""
    for escape in ("\\u202e", "\\0", "\\u2028", "\\x07", "\\ufffe"):
        _, found = read_document(source_of("p", f'{START}title: "a{escape}"\n{SCHEME}'))
        assert [(d.code, d.case, d.place.column) for d in found] == [("E013", "escape", 9)], escape


def test_a_surrogate_escape_is_refused() -> None:
    """Half a character is none."""
    document, found = read_document(source_of("p", f'{START}title: "a\\ud800"\n{SCHEME}'))
    assert document is None or found
    assert found[0].code in ("E002", "E013")
    assert found[0].place.line == 3


def test_invisible_characters_are_cut_and_told() -> None:
    """W103: a key or value pasted with a zero-width space is the key or value without it."""
    document, found = read_document(source_of("p", f"{START}ti\u200btle: 满\ufeff意\u00ad度\n{SCHEME}"))
    assert document is not None
    assert document.header.title == {"zh": "满意度"}
    assert [(d.code, d.place.column, d.args["characters"], d.args["count"]) for d in found] == [
        ("W103", 3, "U+200B", "1"),
        ("W103", 10, "U+FEFF U+00AD", "2"),
    ]
