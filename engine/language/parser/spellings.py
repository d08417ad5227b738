"""The plain spellings of the keywords, for finding the one that was meant."""

import re
from functools import cache
from itertools import product

from engine.language.parser.words import words

_SIGN = re.compile(r"[\\\[\]()|*+?]")
EFFECTS = ("FULL", "NONE", "PROPORTION", "LINEAR")  # without a number
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


@cache
def _effects() -> tuple[str, ...]:
    said = (words()[name] for name in EFFECTS)
    return tuple(w for one in said for word in (*one.get("zh", ()), *one.get("en", ())) for w in written_out(word))


def nearly_an_effect(piece: str) -> bool:
    """Whether these words are an effect (不得份 for 不得分) but for one slip."""
    return any(abs(len(word) - len(piece)) < _SHORTEST and one_slip(piece.lower(), word) for word in _effects())


def one_slip(piece: str, word: str) -> bool:
    """Whether one character was replaced, lost, doubled or swapped with its neighbour.

    An extra character is a slip only where it doubles its neighbour: another might have been a sign or a word.
    """
    if piece == word or not piece.strip():
        return False
    if len(piece) == len(word):
        wrong = [i for i, (a, b) in enumerate(zip(piece, word, strict=True)) if a != b]
        swapped = (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and piece[wrong[0]] == word[wrong[1]]
            and piece[wrong[1]] == word[wrong[0]]
        )
        return len(wrong) == 1 or swapped
    if len(piece) > len(word):
        return any(piece[:i] + piece[i + 1 :] == word and piece[i] == piece[i - 1] for i in range(1, len(piece)))
    return any(word[:i] + word[i + 1 :] == piece for i in range(len(word)))
