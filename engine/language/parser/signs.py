"""What a text must hold for an expression to match in it: told from the expression, when the tables are made.

Nearly all keywords are foreign to nearly all texts. Looking for a few letters tells so in a thousandth of the time
that compiling the keyword's expression takes.
"""

from collections.abc import Iterable
from typing import Any

Signs = tuple[str, ...]
_ALPHABET = 26
_MANY = 8  # spellings: of more a shorter part says enough


def signs(expression: str) -> Signs | None:
    """Words, in lower case, of which a text must hold one where the expression matches; None where it need not.

    Of all that no match is without they are the longest, and of as long ones the fewest: of `(?:at|by) the rate` they
    are `("at the rate", "by the rate")`.
    """
    return _best(needed(expression))


def needed(expression: str) -> list[Signs]:
    """All that no match is without, each time one of several words: of `(?:at|by) the rate` also `("at", "by")`."""
    from lark import utils  # only a new grammar needs it

    lark: Any = utils  # which shows nowhere else how Python reads an expression
    return _needed(lark.sre_parse.parse(expression))


def _best(found: list[Signs]) -> Signs | None:
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _needed(parts: Iterable[Any]) -> list[Signs]:
    """What a sequence must have: what its parts spell one behind the other, and what each other part must have."""
    found: list[Signs] = []
    spelt = {""}
    for kind, of in parts:
        words = _spelt(kind.name, of)
        if words is not None and len(spelt) * len(words) <= _MANY:
            spelt = {word + more for word in spelt for more in words}
        else:
            found += _either([spelt])
            spelt = words or {""}
        found += _of_part(kind.name, of)
    return found + _either([spelt])


def _spelt(kind: str, of: Any) -> set[str] | None:
    """All that a part can match, in lower case, where that is spelt out."""
    match kind:
        case "LITERAL":
            return {chr(of).lower()}
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return {""}
        case "SUBPATTERN":
            return _joined(of[3])
        case "BRANCH":
            return _all([_joined(branch) for branch in of[1]])
        case "IN":
            return _all([_spelt(letter.name, code) for letter, code in of])
        case "RANGE" if of[1] - of[0] < _ALPHABET:
            return {chr(code).lower() for code in range(of[0], of[1] + 1)}
        case "MAX_REPEAT" | "MIN_REPEAT" if of[1] == 1:
            return _all([_joined(of[2]), set() if of[0] else {""}])
        case _:
            return None


def _joined(parts: Iterable[Any]) -> set[str] | None:
    """All that a sequence can match, where that is spelt out and not too much."""
    spelt = {""}
    for kind, of in parts:
        words = _spelt(kind.name, of)
        if words is None or len(spelt) * len(words) > _MANY:
            return None
        spelt = {word + more for word in spelt for more in words}
    return spelt


def _all(choices: Iterable[set[str] | None]) -> set[str] | None:
    """What is spelt out in any of several choices; None where one of them is not."""
    words = set[str]()
    for choice in choices:
        if choice is None:
            return None
        words |= choice
    return words


def _of_part(kind: str, of: Any) -> list[Signs]:
    """What one part must have; nothing of what may be left out, of what must not stand there and of what is unknown."""
    match kind:
        case "SUBPATTERN":
            return _needed(of[3])
        case "ASSERT":
            return _needed(of[1])
        case "MAX_REPEAT" | "MIN_REPEAT" if of[0]:
            return _needed(of[2])
        case "BRANCH":
            return _either([set(_best(_needed(branch)) or [""]) for branch in of[1]])
        case _:
            return []


def _either(choices: Iterable[set[str]]) -> list[Signs]:
    """What all of several choices together must have: each its own, without words that hold another of them."""
    words = set[str]().union(*choices)
    shortest = sorted(word for word in words if not any(other in word for other in words - {word}))
    return [] if "" in words else [tuple(shortest)]
