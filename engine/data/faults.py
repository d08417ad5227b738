"""What is wrong in a data file, with its address: the first hundred faults are named, the rest are counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.diagnostics import Diagnostic
from engine.source import Place

NAMED = 100
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """The faults of one file: those named, in reading order, and how many more there are."""

    named: tuple[Diagnostic, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.named)


NONE = Faults()


def gathered(parts: Iterable[Faults], place: Place) -> tuple[Diagnostic, ...]:
    """All faults of a file by row and column, the first hundred of them, and how many were left out (E927)."""
    named: list[Diagnostic] = []
    more = 0
    for part in parts:
        named += part.named
        more += part.more
    named.sort(key=lambda d: (d.place.line, d.place.column, d.code))
    more += max(0, len(named) - NAMED)
    rest = (Diagnostic(code="E927", place=place, args={"count": more}),) if more else ()
    return (*named[:NAMED], *rest)


def shown(text: str) -> str:
    """A cell's text as a message quotes it: on one line, at most 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
