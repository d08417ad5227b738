"""The contextual lexer of the scheme language.

Each terminal is compiled when it is first looked for; where several match, the one with the highest
priority is taken, among equals the longest.
"""

import re
from collections.abc import Iterable
from functools import cache

from engine.language.parser.tables import END, Tables
from engine.language.parser.tree import Token, Unread


class Lexer:
    """Reads the terminals that the parser's state accepts."""

    def __init__(self, tables: Tables) -> None:
        self._states = tables.states
        self._terminals = {
            name: (begins if begins is None else tuple(begins), priority)
            for name, (_, _, begins, priority) in tables.terminals.items()
        }
        self._expressions = {name: spelt[:2] for name, spelt in tables.terminals.items()}
        self.candidates = cache(self._candidates)
        self.compiled = cache(self._compiled)

    def _candidates(self, state: int) -> tuple[str, ...]:
        return tuple(symbol for symbol in self._states[state] if symbol in self._terminals)

    def _compiled(self, name: str, english: bool) -> re.Pattern[str]:
        everything, chinese = self._expressions[name]
        return re.compile(everything if english or chinese is None else chinese)

    def token(self, text: str, at: int, state: int) -> Token:
        """The token that follows at `at`, blanks passed over; raises Unread where the state accepts none."""
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if at == len(text):
            return Token(END, "", at, at)
        return self.next_token(text, at, self.candidates(state))

    def next_token(self, text: str, at: int, candidates: Iterable[str]) -> Token:
        """The token at `at` among these terminals; raises Unread where there is none."""
        best, end, least = "", at, 0
        english = text[at].isascii()
        begins = text[at : at + _LONGEST_BEGINNING].lower().startswith
        for name in candidates:
            spelt, priority = self._terminals[name]
            if spelt is not None and not begins(spelt):
                continue
            if best and priority < least:
                break
            match = self.compiled(name, english).match(text, at)
            if match and match.end() > end:
                best, end, least = name, match.end(), priority
        if not best:
            raise Unread(at)
        return Token(best, text[at:end], at, end)


_LONGEST_BEGINNING = 40
