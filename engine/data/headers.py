"""Column headers: found the way people see them, whatever their width, blanks, colons and question numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import category, normalize

_NUMBERED = re.compile(r"^(\d{1,3})[、.)]")
_QUESTION = re.compile(r"^(?:第(\d{1,3})题|(\d{1,3})[、.]?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a column was found: one position; or none, with the header spelt most alike; or several."""

    positions: tuple[int, ...]
    nearest: str | None = None


def plain(text: str) -> str:
    """What a name is looked up by: width, case, blanks and invisible characters do not count."""
    return "".join(c for c in normalize("NFKC", text).casefold() if category(c) not in ("Cf", "Cc", "Zs", "Zl", "Zp"))


def identity(header: str) -> str:
    """What a header is looked up by: as `plain`, without a last colon; `1.` and `1)` number a question like `1、`."""
    return _NUMBERED.sub(r"\1、", plain(header)).rstrip(":")


def find_column(headers: Sequence[str], asked: str) -> Match:
    """The column with that header."""
    wanted, identities = identity(asked), [identity(h) for h in headers]
    positions = tuple(i for i, h in enumerate(identities) if h == wanted)
    return Match(positions=positions, nearest=None if positions else _nearest(headers, identities, wanted))


def find_question(headers: Sequence[str], asked: str) -> Match:
    """The column of a survey question, named by its whole header or by its number alone (`1`, `1、`, `第1题`)."""
    match = find_column(headers, asked)
    number = _QUESTION.match(normalize("NFKC", asked).strip())
    if match.positions or not number:
        return match
    start = f"{number[1] or number[2]}、"
    found = tuple(i for i, h in enumerate(headers) if identity(h).startswith(start))
    return Match(positions=found, nearest=match.nearest)


def _nearest(headers: Sequence[str], identities: Sequence[str], wanted: str) -> str | None:
    """The header that contains or is contained in the wanted one, without its number, or is spelt almost alike."""
    bare = [_NUMBERED.sub("", h) for h in identities]
    want = _NUMBERED.sub("", wanted)
    same = [i for i, h in enumerate(bare) if h and h == want]
    close = get_close_matches(want, [h for h in bare if h], n=1, cutoff=0.6)
    if same:
        return headers[same[0]].strip()
    return headers[bare.index(close[0])].strip() if close else None
