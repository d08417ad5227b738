"""What is assessed: one cell for each unit, for subtotals and the whole, and for each segment of any of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Cell(NamedTuple):
    """One row of stage 2. `unit`: the unit's texts in the order of the policy's columns, only the first of them for
    a subtotal, None for the whole; `segment`: pairs of segment column and text, () for all of it. A tuple, because
    there is one for every unit.
    """

    unit: tuple[str, ...] | None
    segment: tuple[tuple[str, str], ...] = ()


WHOLE = Cell(unit=None)


def cells_of(
    units: Sequence[tuple[str, ...]],
    segments: Sequence[tuple[tuple[str, str], ...]],
    *,
    whole: bool,
    subtotals: bool = False,
) -> tuple[Cell, ...]:
    """Units in the order of their texts, a subtotal after its units, the whole last; each followed by its segments."""
    wanted: set[tuple[str, ...]] = set(units)
    if subtotals:
        wanted |= {start for unit in units for start in starts_of(unit)}
    owners: list[tuple[str, ...] | None] = [*sorted(wanted, key=place_among_units)]
    if whole:
        owners.append(None)
    return tuple(Cell(unit=unit, segment=segment) for unit in owners for segment in ((), *sorted(segments)))


def starts_of(unit: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The subtotals a unit belongs to: the first of its texts, the first two, …"""
    return tuple(tuple(unit[:n]) for n in range(1, len(unit)))


def place_among_units(unit: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """What units are sorted by: their texts; a subtotal comes after its units, the whole after all."""
    return (*((0, text) for text in unit), (1, ""))


def unit_of(columns: Sequence[str], cell: Cell) -> Mapping[str, str]:
    """The unit of a cell by column, of a subtotal its first columns; {} for the whole."""
    return {} if cell.unit is None else dict(zip(columns, cell.unit, strict=False))
