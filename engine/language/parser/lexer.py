"""The contextual lexer of the scheme language.

Lark's own compiles one large expression for each of its parser states, which costs more than
reading a policy. Here each terminal is compiled when it is first looked for; where several match,
the one with the highest priority is taken, among equals the longest.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, cast

from lark import Token
from lark.common import LexerConf
from lark.exceptions import UnexpectedCharacters
from lark.lexer import Lexer, LexerState

from engine.language.parser.words import beginnings, expression

_LONGEST_BEGINNING = 40
_BLANK = re.compile(r"[ \t]*")


class WordLexer(Lexer):
    """Reads the terminals that the parser's state accepts; takes the place of Lark's ContextualLexer."""

    def __init__(
        self, conf: LexerConf, states: Mapping[int, Collection[str]], always_accept: Collection[str] = ()
    ) -> None:
        del always_accept  # blanks are the only text that is passed over
        self._accepted = states
        self._priorities = {t.name: t.priority for t in conf.terminals}
        self._patterns = {t.name: t.pattern.to_regexp() for t in conf.terminals}
        ranked = sorted(self._priorities, key=lambda name: (-self._priorities[name], name))
        self._rank = {name: rank for rank, name in enumerate(ranked)}
        self.candidates = cache(self._candidates)
        self.compiled = cache(self._compiled)

    def states(self) -> Collection[int]:
        """The parser's states."""
        return self._accepted.keys()

    def knows(self, name: str) -> bool:
        """Whether the grammar uses this terminal."""
        return name in self._patterns

    def _candidates(self, state: int) -> tuple[str, ...]:
        return tuple(sorted((n for n in self._accepted[state] if n in self._rank), key=self._rank.__getitem__))

    def _compiled(self, name: str, english: bool) -> re.Pattern[str]:
        if not english and beginnings(name) is not None:
            return re.compile(expression(name, english=False), re.IGNORECASE)
        return re.compile(self._patterns[name])

    def lex(self, lexer_state: LexerState, parser_state: Any) -> Iterator[Token]:
        """The tokens of the text, each by what the parser accepts when it is asked for."""
        text = str(cast("Any", lexer_state).text.text)
        at = 0
        while (at := _end(_BLANK, text, at)) < len(text):
            token = self.next_token(text, at, self.candidates(parser_state.position))
            at = token.end_pos or len(text)
            lexer_state.last_token = token
            yield token

    def next_token(self, text: str, at: int, candidates: tuple[str, ...]) -> Token:
        """The token at `at` among these terminals; raises UnexpectedCharacters where there is none."""
        best, end, priority = "", at, 0
        english = text[at].isascii()
        begins = text[at : at + _LONGEST_BEGINNING].lower().startswith
        for name in candidates:
            spelt = beginnings(name)
            if spelt is not None and not begins(spelt):
                continue
            if best and self._priorities[name] < priority:
                break
            match = self.compiled(name, english).match(text, at)
            if match and match.end() > end:
                best, end, priority = name, match.end(), self._priorities[name]
        if not best:
            raise UnexpectedCharacters(text, at, 1, at + 1, allowed=set(candidates))
        return Token(best, text[at:end], at, 1, at + 1, 1, end + 1, end)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
