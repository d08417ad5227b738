"""Expressions that few texts match: each is compiled when a text first holds what it needs."""

import re
from collections.abc import Callable, Iterable, Iterator


class Seldom:
    """An expression of `re` with what is asked of it.

    `signs`: words in lower case of which a text must hold one for it to match, as the parser's `signs` tells them;
    where none are given it is compiled when it is first asked.
    """

    __slots__ = ("_compiled", "_flags", "_without", "expression", "signs")

    def __init__(self, expression: str, flags: re.RegexFlag = re.NOFLAG, *, signs: Iterable[str] = ()) -> None:
        self.expression, self.signs = expression, tuple(signs)
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None
        self._without: str | None = None  # the last text that held no sign: it is asked at many places

    def _for(self, text: str) -> re.Pattern[str] | None:
        """The expression, compiled now if the text holds a sign of it; else None."""
        if text is self._without:
            return None
        if self.signs and not _holds(text, self.signs):
            self._without = text
            return None
        self._compiled = re.compile(self.expression, self._flags)
        return self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in the text."""
        compiled = self._compiled or self._for(text)
        return compiled.search(text) if compiled else None

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The match that begins at an offset."""
        compiled = self._compiled or self._for(text)
        return compiled.match(text, at) if compiled else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text."""
        compiled = self._compiled or self._for(text)
        return compiled.fullmatch(text) if compiled else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches."""
        compiled = self._compiled or self._for(text)
        return compiled.finditer(text) if compiled else iter(())

    def sub(self, words: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with these words for each match."""
        compiled = self._compiled or self._for(text)
        return compiled.sub(words, text) if compiled else text


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    lowered = text.lower()
    return any(map(lowered.__contains__, signs))
