"""What is assessed: one cell for each unit, for the whole, and for each segment of either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One row of stage 2. `unit`: the unit's texts in the order of the policy's columns, None for the whole;
    `segment`: pairs of segment column and text, () for all of it.
    """

    unit: tuple[str, ...] | None
    segment: tuple[tuple[str, str], ...] = ()


WHOLE = Cell(unit=None)


def cells_of(
    units: Sequence[tuple[str, ...]], segments: Sequence[tuple[tuple[str, str], ...]], *, whole: bool
) -> tuple[Cell, ...]:
    """Units in the order of their texts, the whole last; each followed by its segments."""
    wanted: list[tuple[str, ...] | None] = [*sorted(units)]
    if whole:
        wanted.append(None)
    return tuple(Cell(unit=unit, segment=segment) for unit in wanted for segment in ((), *sorted(segments)))


def unit_of(columns: Sequence[str], cell: Cell) -> Mapping[str, str]:
    """The unit of a cell by column; {} for the whole."""
    return {} if cell.unit is None else dict(zip(columns, cell.unit, strict=True))
