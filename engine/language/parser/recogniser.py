"""The two grammars as LALR(1) recognisers, and what they make of a text."""

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark

from engine.language.parser.building import build
from engine.language.parser.lexer import WordLexer
from engine.language.parser.words import digest, grammar
from engine.language.text import Text

STARTS = {
    "outline": ("head", "formula", "sentence", "band", "grade_value", "veto", "let"),
    "data": ("measure", "validity"),
}


def _cache_folder() -> Path | None:
    """Where what is built from the grammar is kept between runs: the user's cache folder, if there is one."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    folder = Path(base).expanduser() / "rubric"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home, or a read-only one: built for this run only
        return None
    return folder


def _grammar(name: str, folder: Path | None) -> str:
    """The grammar's whole text; kept under the digest of everything it is made from."""
    if folder is None:
        return grammar(name)
    kept = folder / f"{name}.{digest(name)}.lark"
    try:
        return kept.read_text(encoding="utf-8")
    except OSError:
        text = grammar(name)
        _write(kept, text)
        return text


def _write(path: Path, text: str) -> None:
    """Write at once or not at all; a folder that cannot be written to only costs the next run its time."""
    with suppress(OSError):
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)


@cache
def recogniser(name: str) -> Lark:
    """The grammar `outline` or `data`, built once; Lark keeps its tables with the grammar's digest, to build anew."""
    folder = _cache_folder()
    return Lark(
        _grammar(name, folder),
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
