"""A grid: the cells of a file before anyone has said which row is the header; and the finding of that row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.data.headers import find_column, find_question, nearest_header
from engine.data.sheets import Sheet
from engine.diagnostics import Diagnostic, listed
from engine.source import Place

TOP = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A column somebody needs: its header as the policy writes it; a question may be named by its number."""

    header: str
    question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to read of a grid: the records below the header's row, with the columns at these positions."""

    row: int
    headers: tuple[str, ...]
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A file opened as far as its first rows, twenty or up to the header that the policy names.

    `top`: number and cells of each of those rows that is not blank. `load` reads a selection of the records.
    `address(row, position)` gives a cell's place. Of a text file, what it was `decoded_as` and its `delimiter`.
    """

    top: tuple[tuple[int, tuple[str, ...]], ...]
    load: Callable[[Selection], Sheet] = field(repr=False)
    address: Callable[[int, int], Place] = field(repr=False)
    decoded_as: str = ""
    delimiter: str = ""


def header_of(grid: Grid, row: int | None) -> tuple[int, tuple[str, ...]] | None:
    """Number and cells of the header: the row the policy names, else the first that is not blank."""
    return next((r for r in grid.top if row is None or r[0] == row), None)


def matched(headers: Sequence[str], asked: Sequence[Asked]) -> int:
    """How many of the columns asked for stand in the row, each exactly once."""
    return sum(len(_find(headers, a)) == 1 for a in asked)


def positions_of(
    grid: Grid, row: int, headers: tuple[str, ...], asked: Sequence[Asked]
) -> tuple[dict[Asked, int], tuple[Diagnostic, ...]]:
    """Where each column asked for stands; a missing (E908) or doubled (E909) one is named with the nearest header.

    Where another row among the first twenty holds more of them, the header is probably there: that is the one
    finding (E907).
    """
    matches = {a: _find(headers, a) for a in asked}
    found = {a: positions[0] for a, positions in matches.items() if len(positions) == 1}
    if len(found) == len(matches):
        return found, ()
    best = max(grid.top, key=lambda r: matched(r[1], asked))
    if best[0] != row and matched(best[1], asked) > len(found):
        place = grid.address(best[0], 0)
        args = {"row": best[0], "taken": row}
        return {}, (Diagnostic(code="E907", place=place, hint=f"header: {best[0]}", args=args),)
    findings: list[Diagnostic] = []
    for a, positions in matches.items():
        if not positions:
            findings.append(_missing(grid, row, headers, a))
        elif len(positions) > 1:
            places = tuple(grid.address(row, p) for p in positions)
            findings.append(Diagnostic(code="E909", place=places[1], related=places[:1], args={"column": a.header}))
    return found, tuple(findings)


def _find(headers: Sequence[str], asked: Asked) -> tuple[int, ...]:
    return (find_question if asked.question else find_column)(headers, asked.header)


def _missing(grid: Grid, row: int, headers: tuple[str, ...], asked: Asked) -> Diagnostic:
    nearest = nearest_header(headers, asked.header)
    named = [h.strip() for h in headers if h.strip()]
    case = "encoding" if grid.decoded_as == "gb18030" and nearest is None else ""
    args = {"column": asked.header, "columns": listed(named, 8)}
    return Diagnostic(code="E908", place=grid.address(row, 0), case=case, hint=nearest, args=args)
