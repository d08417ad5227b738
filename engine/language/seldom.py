"""Expressions that few texts match: each is compiled when a text first holds what it needs."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property


class Seldom:
    """An expression of `re` with what is asked of it.

    `signs`: words in lower case of which a text must hold one for it to match, as the parser's `signs` tells them;
    where none are given it is compiled when it is first asked.
    """

    def __init__(self, expression: str, flags: re.RegexFlag = re.NOFLAG, *, signs: Iterable[str] = ()) -> None:
        self.expression, self.signs = expression, tuple(signs)
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression, self._flags)

    def _may_match(self, text: str) -> bool:
        if not self.signs:
            return True
        lowered = text.lower()
        return any(sign in lowered for sign in self.signs)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in the text."""
        return self._compiled.search(text) if self._may_match(text) else None

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The match that begins at an offset."""
        return self._compiled.match(text, at) if self._may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text."""
        return self._compiled.fullmatch(text) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        return self._compiled.finditer(text) if self._may_match(text) else iter(())

    def sub(self, words: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with these words for each match."""
        return self._compiled.sub(words, text) if self._may_match(text) else text
