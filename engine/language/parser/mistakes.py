"""What went wrong on a line that cannot be read, and what to write instead.

`grammar/mistakes.yaml` lists malformed forms, each with its code and the sentence to write; where none
fits, a misspelt keyword is looked for; a hint is given only where it reads and keeps every number and
the effect of what was written.
"""

from engine.diagnostics import Diagnostic
from engine.language.text import Text
from engine.source import Source, place_of


def misread_sentence(text: Text, source: Source, code: str = "E201") -> Diagnostic:
    """The finding for a segment that is no sentence."""
    return Diagnostic(code=code, place=place_of(source, text.span(0, len(text.shown))), args={"text": text.shown})


def misread_head(text: Text, line: Text, source: Source) -> Diagnostic:
    """The finding for a line head that is no name."""
    return Diagnostic(
        code="E201", case="head", place=place_of(source, text.span(0, len(text.shown))), args={"text": text.shown}
    )


def without_colon(line: Text, source: Source) -> Diagnostic | None:
    """E206 where a line without a colon holds a rule."""
    return None
