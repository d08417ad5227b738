"""The two grammars as LALR(1) recognisers, and what they make of a text."""

import sys
from functools import cache
from typing import Any

from lark import Lark

from engine.language.parser.building import build
from engine.language.parser.kept import cache_folder
from engine.language.parser.lexer import WordLexer
from engine.language.parser.words import grammar
from engine.language.text import Text

STARTS = {
    "outline": ("head", "formula", "sentence", "band", "grade_value", "veto", "let"),
    "data": ("measure", "validity"),
}


@cache
def recogniser(name: str) -> Lark:
    """The grammar `outline` or `data`, built once; Lark keeps its tables with the grammar's digest, to build anew."""
    folder = cache_folder()
    return Lark(
        grammar(name),
        parser="lalr",
        start=list(STARTS[name]),
        maybe_placeholders=False,
        cache=str(folder / f"{name}.{sys.implementation.cache_tag}.tables") if folder else False,
        _plugins={"ContextualLexer": WordLexer},
    )


def read(text: Text, start: str, name: str = "outline") -> Any:
    """What the grammar makes of a text.

    Raises LarkError where it is no `start`, `Misplaced` or `Ambiguous` where it is more than the language allows.
    """
    lark: Any = recogniser(name)
    return build(lark.parse(text.folded, start=start), text, name)
