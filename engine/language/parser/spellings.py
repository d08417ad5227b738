"""The plain spellings of the keywords, for finding the one that was meant."""

import re
from functools import cache
from itertools import product

from engine.language.parser.words import words

_SIGN = re.compile(r"[\\\[\]()|*+?]")
_SHORTEST = 2  # a single character is too little to tell what was meant


@cache
def spellings() -> tuple[str, ...]:
    """Every keyword written out, optional parts with and without, longest first."""
    found: set[str] = set()
    for entry in words().values():
        for word in (*entry.get("zh", ()), *entry.get("en", ())):
            found.update(w for w in written_out(word) if len(w) >= _SHORTEST and w.isprintable())
    return tuple(sorted(found, key=lambda w: (-len(w), w)))


def written_out(word: str) -> list[str]:
    """The spellings of one word of the table: `规定[的]目标` gives 规定的目标 and 规定目标."""
    pieces: list[list[str]] = []
    for optional, either, letter in re.findall(r"\[([^\[\]]*)\]|\(([^()]*)\)|(.\??)", _innermost(word)):
        if optional:
            pieces.append(["", *optional.split("|")])
        elif either:
            pieces.append(either.split("|"))
        else:
            pieces.append([letter[0], ""] if letter.endswith("?") and len(letter) > 1 else [letter])
    if any(len(choice) == 1 and _SIGN.search(choice[0]) for choice in pieces):
        return []  # a regular expression, not words
    written = {re.sub(r" +", " ", "".join(choice)).strip() for choice in product(*pieces)}
    return sorted(w for w in written if not _SIGN.search(w))


def _innermost(word: str) -> str:
    """Nested options opened by one level: `[规定[的]]` as `[规定|规定的]`."""
    return re.sub(r"\[([^\[\]]*)\[([^\[\]]*)\]([^\[\]]*)\]", r"[\1\3|\1\2\3]", word)
