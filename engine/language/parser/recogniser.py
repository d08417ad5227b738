"""The two grammars as LALR(1) recognisers, and what they make of a text."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from engine.language.parser.building import build
from engine.language.parser.building.parts import Ambiguous, Misplaced, are_several
from engine.language.parser.labels import labelled
from engine.language.parser.lexer import Lexer
from engine.language.parser.plain_english import plain_english
from engine.language.parser.tables import END, tables
from engine.language.parser.tree import Token, Tree, Unread
from engine.language.text import Text, clean

KEPT = 2048  # sentences, and cells: a procedure of some thousand lines says most of them many times


def read(text: Text, start: str, name: str = "outline") -> Any:
    """What the grammar makes of a text.

    Raises `Unread` where it is no `start`, `Misplaced` or `Ambiguous` where it is more than the language allows.
    """
    return build(recognised(text.folded, start, name), text, name)


def read_sentence(text: Text) -> Any:
    """What a sentence says, as `read` reads it; words that were read before in this run are not read again."""
    if not isinstance(text.offsets, range):  # something was cut out of it
        return read(text, "sentence")
    before, at = _place_of_sentence(text.shown, text.folded), text.offsets.start
    if not before:
        before.append((at, read(text, "sentence")))
    begun, said = before[0]
    if at == begun:
        return said
    return [part.moved(at - begun) for part in said] if are_several(said) else said.moved(at - begun)


@lru_cache(KEPT)
def _place_of_sentence(_shown: str, _folded: str) -> list[tuple[int, Any]]:
    """Where what a sentence says is kept once it has been read, with the offset at which it began; empty before."""
    return []


def reads(sentence: str, start: str = "sentence") -> Any:
    """What these words say by themselves; None where they do not read. Separators stand as blanks."""
    try:
        return read(plain_english(labelled(clean(re.sub(r"[,，;；]", " ", sentence), 0))), start)
    except (Unread, Misplaced, Ambiguous):
        return None


@cache
def lexer(name: str) -> Lexer:
    """The lexer of the grammar `outline` or `data`."""
    return Lexer(tables(name))


def recognised(words: str, start: str, name: str = "outline") -> Tree | Token:
    """The tree of these words; raises `Unread` where they are no `start` of the grammar.

    The LALR(1) machine: a path of states, and beside it what was recognised on the way.
    """
    known, next_token = tables(name), lexer(name).token
    state, last = known.starts[start]
    path, found = [state], list[Tree | Token]()
    accepts, goes, completes = known.states[state]
    token = next_token(words, 0, accepts)
    while True:
        to = goes.get(token.type, completes)
        if to is None:
            raise Unread(token.start)
        if to >= 0:
            path.append(to)
            found.append(token)
            accepts, goes, completes = known.states[to]
            token = next_token(words, token.end, accepts)
            continue
        size, origin, kind, parts, alone = known.rules[-1 - to]
        taken = found[-size:] if size else []
        if size:
            del path[-size:], found[-size:]
        found.append(_tree(kind, taken if parts is None else _staying(taken, parts), alone=alone))
        path.append(known.states[path[-1]][1][origin])
        if token.type == END and path[-1] == last:
            return found[-1]
        accepts, goes, completes = known.states[path[-1]]


def _tree(kind: str, parts: list[Tree | Token], *, alone: bool) -> Tree | Token:
    return parts[0] if alone and len(parts) == 1 else Tree(kind, parts)


def _staying(taken: list[Tree | Token], parts: Sequence[int]) -> list[Tree | Token]:
    """The symbols that stay in the tree; of those counted from -1 downwards, their own parts."""
    staying: list[Tree | Token] = []
    for i in parts:
        part = taken[i if i >= 0 else -1 - i]
        staying += part.parts if i < 0 and isinstance(part, Tree) else [part]
    return staying
