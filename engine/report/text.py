"""Text as a terminal shows it: display width, escapes, folding, and the window around a caret.

A Chinese character takes two columns, a combining mark none. Characters that a terminal
or a CI log would obey instead of showing are written as `<U+202E>`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

COLUMNS = 80

# Controls, invisible formats (bidi among them), surrogates, and the line ends that are no line feed.
_OBEYED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_OPENING = re.escape("（《【“‘「『([{")
_CLOSING = re.escape("，。；：！？、）》】”’」』％)]},.;:!?%")
_GAP = "..."  # not `…`, which Chinese terminals draw two columns wide


def width(text: str) -> int:
    """The number of terminal columns of a text without control characters."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # its tables are loaded only where there is something to measure

    return max(0, wcswidth(text))


def visible(text: str) -> str:
    """The text with every character that is obeyed rather than shown written as `<U+XXXX>`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in _OBEYED else c for c in text)


def pad(text: str, columns: int) -> str:
    """The text filled with spaces on the right up to `columns`."""
    return text + " " * (columns - width(text))


def fold(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns`; no line begins with a stop or ends with an opening bracket."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, columns)]


def _lines(paragraph: str, columns: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph, columns):
        if width(line) + width(piece) <= columns:
            line += piece
            continue
        yield line.rstrip()
        line = piece.lstrip()
    yield line.rstrip()


@cache
def _piece() -> re.Pattern[str]:
    """What stays together on a line: one wide character, or a word or number and the character after it (0.5分), each
    with the brackets and stops that belong to it.
    """
    word = f"[^\\s{_WIDE}{_OPENING}]+(?:(?![{_OPENING}])[{_WIDE}])?"
    return re.compile(f"\\s+|[{_OPENING}]*(?:[{_WIDE}]|{word})?[{_CLOSING}]*", re.ASCII)


def _pieces(text: str, columns: int) -> Iterator[str]:
    for found in _piece().finditer(text):
        piece = found.group()
        while width(piece) > columns:
            head = _head(piece, columns)
            yield piece[:head]
            piece = piece[head:]
        if piece:
            yield piece


def _head(piece: str, columns: int) -> int:
    used = 0
    for index, character in enumerate(piece):
        used += width(character)
        if used > columns:
            return max(1, index)
    return len(piece)


def indented(text: str, margin: str, columns: int = COLUMNS) -> list[str]:
    """The text folded to `columns`, every line after `margin`."""
    return [f"{margin}{line}".rstrip() for line in fold(text, columns - width(margin))]


def excerpt(line: str, start: int, end: int, columns: int) -> tuple[str, str]:
    """The part of a line around `[start, end)` (code points) that fits `columns`, and the carets below it."""
    cells = [visible(character) for character in line.rstrip()]
    start = min(start, len(cells))
    low, high = _window([width(cell) for cell in cells], start, columns)
    left, right = (_GAP if low else ""), (_GAP if high < len(cells) else "")
    before = " " * (len(left) + width("".join(cells[low:start])))
    marked = width("".join(cells[start : min(end, high)]))
    return f"{left}{''.join(cells[low:high])}{right}", before + "^" * max(1, marked)


def _window(widths: list[int], start: int, columns: int) -> tuple[int, int]:
    """Which cells to show: all of them if they fit, else about a third of the room before `start`."""
    if sum(widths) <= columns:
        return 0, len(widths)
    room = columns - 2 * len(_GAP)
    low = high = start
    used = 0
    while low > 0 and used + widths[low - 1] <= room // 3:
        low -= 1
        used += widths[low]
    while high < len(widths) and used + widths[high] <= room:
        used += widths[high]
        high += 1
    while low > 0 and used + widths[low - 1] <= room:
        low -= 1
        used += widths[low]
    return low, high
