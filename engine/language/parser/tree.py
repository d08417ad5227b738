"""What a grammar recognises: a tree whose leaves are tokens."""

from collections.abc import Iterator
from typing import Self


class Token(str):
    """A word of the text: the terminal it is, and the offsets of its first and behind its last character."""

    __slots__ = ("end", "start", "type")

    type: str
    start: int
    end: int

    def __new__(cls, kind: str, words: str, start: int, end: int) -> Self:
        """The token of this kind that stands at `[start, end)`."""
        token = super().__new__(cls, words)
        token.type, token.start, token.end = kind, start, end
        return token


class Tree:
    """What one rule of the grammar recognised: the rule's name or alias, its parts, and where these begin and end.

    A tree that keeps no part (a whole sentence of the grammar `data`) is nowhere; none stands in another.
    """

    __slots__ = ("end", "kind", "parts", "start")

    def __init__(self, kind: str, parts: "list[Tree | Token]") -> None:
        self.kind, self.parts = kind, parts
        self.start, self.end = (parts[0].start, parts[-1].end) if parts else (0, 0)


def leaves(tree: Tree | Token) -> Iterator[Token]:
    """The tokens of a tree, in order."""
    if isinstance(tree, Token):
        yield tree
        return
    for part in tree.parts:
        yield from leaves(part)


class Unread(Exception):
    """The text is not what the grammar expects; all before the offset `at` makes sense so far."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at
