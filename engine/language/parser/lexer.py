"""The contextual lexer of the scheme language.

Of the terminals that the parser's state accepts, those are tried that can begin with the letter at hand; each is
compiled when a text first holds what it needs. Where several match, the one with the highest priority is taken,
among equals the longest.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from engine.language.parser.tables import END, Form, Spelling, Tables
from engine.language.parser.tree import Token, Unread
from engine.language.parser.words import OPEN, WHOLE, WITHIN
from engine.language.seldom import Seldom

_LONGEST_BEGINNING = 40
_ANOTHER = " "  # a letter with which no terminal is known to begin

# A terminal, what it can begin with (nothing where that is not spelt out), what it is with this letter, its priority.
_Candidate = tuple[str, tuple[str, ...], Seldom, int]


class Lexer:
    """Reads the terminals that the parser's state accepts."""

    def __init__(self, tables: Tables) -> None:
        self._accepts, self._terminals, self._stops = tables.accepts, tables.terminals, tables.stops
        self._ranked = tuple(tables.terminals)
        self._known = {letter for spelling in tables.terminals.values() for letter in spelling.letters or ""}
        self._tried, self._stopping = cache(self._acceptable), cache(self._ending)

    def _acceptable(self, accepts: int, letter: str) -> tuple[_Candidate, ...]:
        """The terminals that may stand here and begin with the letter, or with anything."""
        accepted = (self._ranked[i] for i in self._accepts[accepts])
        return _beginning_with(letter, accepted, self._terminals)

    def _ending(self, letter: str) -> tuple[_Candidate, ...]:
        """The words at which open words end and that begin with the letter."""
        return _beginning_with(letter, self._stops, self._stops)

    def token(self, text: str, at: int, accepts: int) -> Token:
        """The token that follows at `at`, blanks passed over; raises Unread where there is none that is accepted."""
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if at == len(text):
            return Token(END, "", at, at)
        best, end, least = "", at, 0
        ahead = text[at : at + _LONGEST_BEGINNING].lower()
        letter = ahead[0] if ahead[0] in self._known else _ANOTHER
        for name, begins, expression, priority in self._tried(accepts, letter):
            if best and priority < least:
                break
            if begins and not ahead.startswith(begins):
                continue
            match = expression.match(text, at)
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
        return any(
            ahead.startswith(begins) and expression.match(text, at)
            for _, begins, expression, _ in self._stopping(ahead[0])
        )


@cache
def _expression(form: Form) -> Seldom:
    return Seldom(form.expression, signs=form.signs or ())


@cache
def _pieces() -> re.Pattern[str]:
    """What stays whole in open words, and blanks, each at once; all else letter by letter."""
    return re.compile(rf'(?P<whole>"[^"\n]+"|{WHOLE}|{WITHIN}| +)|.', re.IGNORECASE)


def _beginning_with(letter: str, names: Iterable[str], known: Mapping[str, Spelling]) -> tuple[_Candidate, ...]:
    """Those of the words that can begin with the letter, or with anything."""
    spelt = ((name, known[name]) for name in names)
    chinese = not letter.isascii()
    return tuple(
        (name, word.begins, _expression((word.chinese if chinese else None) or word.form), word.priority)
        for name, word in spelt
        if word.letters is None or letter in word.letters
    )
