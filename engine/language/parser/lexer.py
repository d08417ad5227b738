"""The contextual lexer of the scheme language.

Of the terminals that the parser's state accepts, those are tried that can begin with the letter at hand; each is
compiled when it is first tried. Where several match, the one with the highest priority is taken, among equals
the longest.
"""

import re
from functools import cache

from engine.language.parser.tables import END, Tables
from engine.language.parser.tree import Token, Unread

_LONGEST_BEGINNING = 40


class Lexer:
    """Reads the terminals that the parser's state accepts."""

    def __init__(self, tables: Tables) -> None:
        self._states, self._terminals = tables.states, tables.terminals
        self._begins = {n: None if t[2] is None else tuple(t[2]) for n, t in self._terminals.items()}
        self._letters = {n: frozenset(w[:1] for w in spelt) for n, spelt in self._begins.items() if spelt is not None}
        self._known = frozenset[str]().union(*self._letters.values())
        self._tried = cache(self._candidates)
        self.compiled = cache(self._compiled)

    def _candidates(self, state: int, letter: str) -> tuple[str, ...]:
        """The terminals that may stand in this state and begin with the letter, or with anything."""
        letters, anything = self._letters, (letter,)
        return tuple(
            name for name in self._states[state] if name in self._terminals and letter in letters.get(name, anything)
        )

    def _compiled(self, name: str, english: bool) -> re.Pattern[str]:
        everything, chinese, *_ = self._terminals[name]
        return re.compile(everything if english or chinese is None else chinese)

    def token(self, text: str, at: int, state: int) -> Token:
        """The token that follows at `at`, blanks passed over; raises Unread where the state accepts none."""
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if at == len(text):
            return Token(END, "", at, at)
        best, end, least = "", at, 0
        english = text[at].isascii()
        ahead = text[at : at + _LONGEST_BEGINNING].lower()
        for name in self._tried(state, ahead[0] if ahead[0] in self._known else ""):
            spelt, priority = self._begins[name], self._terminals[name][3]
            if spelt is not None and not ahead.startswith(spelt):
                continue
            if best and priority < least:
                break
            match = self.compiled(name, english).match(text, at)
            if match and match.end() > end:
                best, end, least = name, match.end(), priority
        if not best:
            raise Unread(at)
        return Token(best, text[at:end], at, end)
