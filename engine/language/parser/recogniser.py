"""The two grammars as LALR(1) recognisers, and what they make of a text."""

import sys
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark

from engine.language.parser.building import build
from engine.language.parser.words import grammar
from engine.language.text import Text

_STARTS = {
    "outline": ("head", "formula", "sentence", "band", "grade_value", "veto", "let"),
    "data": ("measure", "validity"),
}


@cache
def recogniser(name: str) -> Lark:
    """The grammar `outline` or `data`, built once and kept beside the compiled modules, as Python keeps those."""
    kept = Path(__file__).parent / "__pycache__"
    cached = str(kept / f"{name}.{sys.implementation.cache_tag}.lark") if kept.is_dir() else False
    return Lark(grammar(name), parser="lalr", start=list(_STARTS[name]), maybe_placeholders=False, cache=cached)


def read(text: Text, start: str, name: str = "outline") -> Any:
    """What the grammar makes of a text.

    Raises LarkError where it is no `start`, `Misplaced` or `Ambiguous` where it is more than the language allows.
    """
    return build(recogniser(name).parse(text.folded, start=start), text, name)
