"""What a text must hold for an expression to match in it: told from the expression, when the tables are made.

Nearly all keywords are foreign to nearly all texts. Looking for a few letters tells so in a thousandth of the time
that compiling the keyword's expression takes.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

Signs = tuple[str, ...]
_ALPHABET = 26


def signs(expression: str) -> Signs | None:
    """Words, in lower case, of which a text must hold one where the expression matches; None where it need not.

    Of `(?:at|by) the rate of` they are `(" the rate of",)`: the longest letters that no match is without.
    """
    return _best(needed(expression))


def needed(expression: str) -> list[Signs]:
    """All that no match is without, each time one of several words: of `(?:at|by) the rate of` also `("at", "by")`."""
    from lark import utils  # only a new grammar needs it

    lark: Any = utils  # which shows nowhere else how Python reads an expression
    return _needed(lark.sre_parse.parse(expression))


def _best(found: list[Signs]) -> Signs | None:
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _needed(parts: Iterable[Any]) -> list[Signs]:
    """What a sequence must have: letters that follow each other, and what each of its other parts must have."""
    found: list[Signs] = []
    for letters, run in groupby(parts, lambda part: part[0].name == "LITERAL"):
        if letters:
            found.append(("".join(chr(code) for _, code in run).lower(),))
        else:
            found += [signs for kind, of in run for signs in _of_part(kind.name, of)]
    return found


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
            return _either([_best(_needed(branch)) for branch in of[1]])
        case "IN":
            return _either([_best(_needed([letter])) for letter in of])
        case "RANGE" if of[1] - of[0] < _ALPHABET:
            return _either([(chr(code).lower(),) for code in range(of[0], of[1] + 1)])
        case _:
            return []


def _either(choices: Iterable[Signs | None]) -> list[Signs]:
    """What all of several choices together must have: each its own, without words that hold another of them."""
    words = set[str]()
    for signs in choices:
        if signs is None:
            return []
        words.update(signs)
    return [tuple(sorted(word for word in words if not any(other in word for other in words - {word})))]
