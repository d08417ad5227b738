"""Column headers: found the way people see them, whatever their width, blanks, colons and question numbers."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache
from unicodedata import category, normalize

_NUMBERED = re.compile(r"^(\d{1,3})[、.)]")
_QUESTION = re.compile(r"^(?:第(\d{1,3})题|(\d{1,3})[、.]?)$")


def plain(text: str) -> str:
    """What a name is looked up by: width, case, blanks and invisible characters do not count."""
    return "".join(c for c in normalize("NFKC", text).casefold() if category(c) not in ("Cf", "Cc", "Zs", "Zl", "Zp"))


@lru_cache(maxsize=4096)  # every header is compared with every column asked for
def identity(header: str) -> str:
    """What a header is looked up by: as `plain`, without a last colon; `1.` and `1)` number a question like `1、`."""
    return _NUMBERED.sub(r"\1、", plain(header)).rstrip(":")


def find_column(headers: Sequence[str], asked: str) -> tuple[int, ...]:
    """The positions of all columns with that header."""
    wanted = identity(asked)
    return tuple(i for i, header in enumerate(headers) if identity(header) == wanted)


def find_question(headers: Sequence[str], asked: str) -> tuple[int, ...]:
    """The columns of a survey question, named by its whole header or by its number alone (`1`, `1、`, `第1题`)."""
    positions = find_column(headers, asked)
    number = _QUESTION.match(normalize("NFKC", asked).strip())
    if positions or not number:
        return positions
    start = f"{number[1] or number[2]}、"
    return tuple(i for i, header in enumerate(headers) if identity(header).startswith(start))


def nearest_header(headers: Sequence[str], asked: str) -> str | None:
    """The header that is the asked one but for its number, else the one spelt most alike, if any is."""
    bare = [_NUMBERED.sub("", identity(header)) for header in headers]
    want = _NUMBERED.sub("", identity(asked))
    close = [want] if want in bare else get_close_matches(want, [h for h in bare if h], n=1, cutoff=0.6)
    return headers[bare.index(close[0])].strip() if close and close[0] else None


def joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One header of several rows: as much of them as tells a column from the others, `Service/Staff`.

    A cell that stands blank beside another belongs to it, as merged cells do, where something stands below it.
    """
    count = max(map(len, rows))
    filled = [_spread([*row, *[""] * (count - len(row))], rows[n + 1 :]) for n, row in enumerate(rows)]
    paths = [tuple(dict.fromkeys(row[i] for row in filled if row[i])) for i in range(count)]
    return tuple(_told_apart(path, paths) for path in paths)


def _spread(row: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    found: list[str] = []
    for i, cell in enumerate(row):
        under = any(i < len(other) and other[i].strip() for other in below)
        found.append(cell.strip() or (found[-1] if found and under else ""))
    return found


def _told_apart(path: tuple[str, ...], paths: Sequence[tuple[str, ...]]) -> str:
    for length in range(1, len(path)):
        start = [identity(part) for part in path[:length]]
        if sum([identity(part) for part in other[:length]] == start for other in paths) == 1:
            return "/".join(path[:length])
    return "/".join(path)


def closest(text: str, among: Sequence[str]) -> str | None:
    """The text spelt almost like the given one; of two characters it shares at least one (品质, 质量)."""
    found = get_close_matches(text, among, n=1, cutoff=0.5 if len(text) <= 2 else 0.6)
    return found[0] if found else None
