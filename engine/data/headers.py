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


def closest(text: str, among: Sequence[str]) -> str | None:
    """The text spelt almost like the given one; of two characters it shares at least one (品质, 质量)."""
    found = get_close_matches(text, among, n=1, cutoff=0.5 if len(text) <= 2 else 0.6)
    return found[0] if found else None
