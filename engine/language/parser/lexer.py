"""The contextual lexer of the scheme language.

Of the terminals that the parser's state accepts, those are tried that can begin with the letter at hand; each is
compiled when it is first tried. Where several match, the one with the highest priority is taken, among equals
the longest.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial

from engine.language.parser.tables import END, Spelling, Tables
from engine.language.parser.tree import Token, Unread
from engine.language.parser.words import OPEN, WHOLE, WITHIN

_LONGEST_BEGINNING = 40

# A terminal, what it can begin with if that is spelt out, and its priority.
_Candidate = tuple[str, tuple[str, ...] | None, int]


class Lexer:
    """Reads the terminals that the parser's state accepts."""

    def __init__(self, tables: Tables) -> None:
        self._states, self._terminals, self._stops = tables.states, tables.terminals, tables.stops
        self._known = {begin[0] for *_, begins, _ in tables.terminals.values() for begin in begins or ()}
        self._tried, self._stopping = cache(self._acceptable), cache(self._ending)
        self._stop = cache(partial(_compiled, tables.stops))
        self.compiled = cache(partial(_compiled, tables.terminals))

    def _acceptable(self, state: int, letter: str) -> tuple[_Candidate, ...]:
        """The terminals that may stand in this state and begin with the letter, or with anything."""
        accepted = (name for name in self._states[state] if name in self._terminals)
        return _beginning_with(letter, accepted, self._terminals)

    def _ending(self, letter: str) -> tuple[_Candidate, ...]:
        """The words at which open words end and that begin with the letter."""
        return _beginning_with(letter, self._stops, self._stops)

    def token(self, text: str, at: int, state: int) -> Token:
        """The token that follows at `at`, blanks passed over; raises Unread where the state accepts none."""
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if at == len(text):
            return Token(END, "", at, at)
        best, end, least = "", at, 0
        english = text[at].isascii()
        ahead = text[at : at + _LONGEST_BEGINNING].lower()
        for name, begins, priority in self._tried(state, ahead[0] if ahead[0] in self._known else ""):
            if best and priority < least:
                break
            if begins is not None and not ahead.startswith(begins):
                continue
            match = self.compiled(name, english).match(text, at)
            reach = match.end() if match else at
            if reach > end and name in OPEN:
                reach = self._end_of_open(text, at, reach)
            if reach > end:
                best, end, least = name, reach, priority
        if not best:
            raise Unread(at)
        return Token(best, text[at:end], at, end)

    def _end_of_open(self, text: str, at: int, end: int) -> int:
        """Where the open words that reach from `at` to `end` are ended: before the first word of a rule in them."""
        for piece in _pieces().finditer(text, at, end):
            if piece.lastgroup is None and self._ends_open(text, piece.start()):
                return at + len(text[at : piece.start()].rstrip(" "))
        return end

    def _ends_open(self, text: str, at: int) -> bool:
        """Whether a word of a rule begins here at which open words end."""
        ahead = text[at : at + _LONGEST_BEGINNING].lower()
        english = text[at].isascii()
        return any(
            ahead.startswith(begins or ()) and self._stop(name, english).match(text, at)
            for name, begins, _ in self._stopping(ahead[0])
        )


@cache
def _pieces() -> re.Pattern[str]:
    """What stays whole in open words, and blanks, each at once; all else letter by letter."""
    return re.compile(rf'(?P<whole>"[^"\n]+"|{WHOLE}|{WITHIN}| +)|.', re.IGNORECASE)


def _beginning_with(letter: str, names: Iterable[str], known: Mapping[str, Spelling]) -> tuple[_Candidate, ...]:
    """Those of the words that can begin with the letter, or with anything."""
    found: list[_Candidate] = []
    for name in names:
        _, _, begins, priority = known[name]
        if begins is None:
            found.append((name, None, priority))
        elif any(begin[0] == letter for begin in begins):
            found.append((name, tuple(begins), priority))
    return tuple(found)


def _compiled(spellings: Mapping[str, Spelling], name: str, english: bool) -> re.Pattern[str]:
    everything, chinese, *_ = spellings[name]
    return re.compile(everything if english or chinese is None else chinese)
