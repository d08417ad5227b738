"""The two grammars as LALR(1) recognisers, and what they make of a text."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark

from engine.language.parser.building import build
from engine.language.parser.lexer import WordLexer
from engine.language.parser.words import grammar
from engine.language.text import Text

STARTS = {
    "outline": ("head", "formula", "sentence", "band", "grade_value", "veto", "let"),
    "data": ("measure", "validity"),
}


def _kept(name: str) -> str | bool:
    """Where the built tables of a grammar are kept between runs: the user's cache folder, if there is one.

    Lark writes the grammar's digest beside them and builds anew when it differs.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    folder = Path(base).expanduser() / "rubric"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home, or a read-only one: built for this run only
        return False
    return str(folder / f"{name}.{sys.implementation.cache_tag}.tables")


@cache
def recogniser(name: str) -> Lark:
    """The grammar `outline` or `data`, built once."""
    return Lark(
        grammar(name),
        parser="lalr",
        start=list(STARTS[name]),
        maybe_placeholders=False,
        cache=_kept(name),
        _plugins={"ContextualLexer": WordLexer},
    )


def read(text: Text, start: str, name: str = "outline") -> Any:
    """What the grammar makes of a text.

    Raises LarkError where it is no `start`, `Misplaced` or `Ambiguous` where it is more than the language allows.
    """
    return build(recogniser(name).parse(text.folded, start=start), text, name)
