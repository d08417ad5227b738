"""From what a grammar recognised to syntax: one small function per alias of its rules.

A tree's span is taken from its tokens through the `Text` it was read from. Functions are written
by token type, not by position, so that word order stays the grammar's affair.
"""

from dataclasses import replace
from typing import Any

from engine.language.parser.building import data, intervals, rules, scheme
from engine.language.parser.building.parts import Builders, Where, Words, span_of
from engine.language.parser.tree import Token, Tree
from engine.language.text import Text

# For each grammar: a builder for every alias, and the sentences that are one word.
_GRAMMARS: dict[str, tuple[Builders, Words]] = {
    "outline": ({**scheme.BUILDERS, **intervals.BUILDERS, **rules.BUILDERS}, scheme.WORDS),
    "data": (data.BUILDERS, {}),
}


def build(tree: Tree | Token, text: Text, grammar: str = "outline") -> Any:
    """The syntax node (for a rule: the list of sentences) that a tree of this grammar stands for.

    Raises `Ambiguous` or `Misplaced` where the grammar allows more than the language does.
    """
    return _built(tree, text, *_GRAMMARS[grammar])


def _built(tree: Tree | Token, text: Text, builders: Builders, words: Words) -> Any:
    if isinstance(tree, Token):
        sentence = words.get(tree.type)
        return replace(sentence, span=span_of(tree, text)) if sentence else tree
    parts = [
        part if isinstance(part, Token) and part.type not in words else _built(part, text, builders, words)
        for part in tree.parts
    ]
    return builders[tree.kind](parts, Where(tree, text))
