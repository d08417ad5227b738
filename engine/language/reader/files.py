"""From a file to text: UTF-8, at most 1 MiB, and no character that hides or breaks lines."""

import os
import re
import stat
from io import FileIO
from pathlib import Path

from engine.diagnostics import Diagnostic
from engine.language.seldom import Seldom
from engine.source import Source, Span, file_place, place_of, source_of

LARGEST = 1024 * 1024  # bytes

# Control characters, a carriage return on its own, NEL, LS and PS (YAML breaks lines there, editors do
# not), surrogates and noncharacters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]|\r(?!\n)"
)
# Direction controls: embeddings and overrides never, isolates in pairs within quotes.
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Characters that take no room: zero-width, soft hyphen, marks of direction, variation selectors, fillers, tags.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_QUOTED = Seldom("\"[^\"\n]*\"|'[^'\n]*'|“[^”\n]*”|「[^」\n]*」")
_ISOLATED = re.compile("[\u2066-\u2068][^\u202a-\u202e\u2066-\u2069]*\u2069")


def read_source(path: Path) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """The file as text, its name as given; a byte order mark is left out.

    Refused: what is not a regular file or cannot be opened, and bytes that are not UTF-8 (E001),
    more than 1 MiB (E006), forbidden characters (E013, E015).
    """
    content, fault = _content(path)
    if content is None:
        return None, (Diagnostic(code="E001", case=fault, place=file_place(path)),)
    if len(content) > LARGEST:
        return None, (Diagnostic(code="E006", case="size", place=file_place(path)),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(path, content, error.start),)
    if text.count("\0") * 3 > len(text):
        return None, (_not_utf8(path, content, 0),)
    source = source_of(str(path), text)
    found = refused_characters(source)
    return (None if found else source), found


def _content(path: Path) -> tuple[bytes | None, str]:
    """The first bytes of a regular file, one more than allowed; else the case of E001 that says why not."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        if path.is_dir():
            return None, "folder"
        handle = os.open(path, flags)  # never waits, not even for the other end of a pipe
    except FileNotFoundError:
        return None, "missing"
    except (OSError, ValueError):
        return None, "closed"
    with FileIO(handle) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None, "special"
        try:
            return _up_to(file, LARGEST + 1), ""
        except OSError:
            return None, "closed"


def _up_to(file: FileIO, size: int) -> bytes:
    content = b""
    while len(content) < size and (more := file.read(size - len(content))):
        content += more
    return content


def _not_utf8(path: Path, content: bytes, start: int) -> Diagnostic:
    """E001 at the first byte that is not UTF-8, with the encoding the file seems to have."""
    encoding = likely_encoding(content)
    before = content[:start].decode("utf-8-sig", errors="replace")
    text = before + content[start:].decode(encoding or "latin-1", errors="replace")
    source = source_of(str(path), text)
    where = min(len(before), max(len(text) - 1, 0))
    place = place_of(source, Span(where, min(where + 1, len(text))))
    shown = {"gb18030": "GB18030/GBK", "big5": "Big5", "utf-16": "UTF-16"}
    if encoding is None:
        return Diagnostic(code="E001", case="unknown", place=place)
    return Diagnostic(code="E001", place=place, args={"encoding": shown[encoding]})


def likely_encoding(content: bytes) -> str | None:
    """Which of the encodings in use for Chinese the bytes could be; None when it is none of them.

    Text in GB 2312 almost never has a second byte below 0x80, text in Big5 has one in every third
    character; that tells the two apart where both are possible.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content.count(0) * 4 > len(content):
        return "utf-16"
    pairs = re.findall(rb"[\xa1-\xfe]([\x40-\x7e\x80-\xfe])", content)
    low = sum(trail[0] < 0x80 for trail in pairs)
    ladder = ("big5", "gb18030") if low * 5 > len(pairs) else ("gb18030", "big5")
    return next((encoding for encoding in ladder if _decodes(content, encoding)), None)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def refused_characters(source: Source) -> tuple[Diagnostic, ...]:
    """E013 for the first forbidden character of each line, E015 for direction controls."""
    found: dict[tuple[str, int], Diagnostic] = {}
    for match in FORBIDDEN.finditer(source.text):
        place, args = place_of(source, Span(*match.span())), {"character": named(match[0])}
        found.setdefault(("E013", place.line), Diagnostic(code="E013", place=place, args=args))
    if DIRECTION.search(source.text):
        for offset in _misdirecting(source.text):
            place = place_of(source, Span(offset, offset + 1))
            args = {"character": named(source.text[offset])}
            found.setdefault(("E015", place.line), Diagnostic(code="E015", place=place, args=args))
    return tuple(found.values())


def _misdirecting(text: str) -> list[int]:
    """Offsets of the direction controls that are not isolates in pairs within quotes."""
    allowed: set[int] = set()
    for quoted in _QUOTED.finditer(text):
        for pair in _ISOLATED.finditer(text, *quoted.span()):
            allowed |= {pair.start(), pair.end() - 1}
    return [match.start() for match in DIRECTION.finditer(text) if match.start() not in allowed]


def named(character: str) -> str:
    """A character that cannot be shown, as `U+200B`."""
    return f"U+{ord(character[0]):04X}"
