"""Values collected by the company: which rows of the `values` sources speak of a cell, and what they say together.

A row of the asked period (or without one) is the value. Rows of shorter periods add up where they are counts;
a rate of the year does not follow from the rates of its months. The same holds for the whole and its units.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from engine.data.contract import ValueRow
from engine.data.periods import LENGTHS, Period, period_of
from engine.evaluation.arithmetic import ZERO
from engine.evaluation.cells import Cell
from engine.evaluation.durations import converted
from engine.evaluation.figures import Measured
from engine.evaluation.needs import Asked
from engine.evaluation.result import Reason, State
from engine.language.policy import Observed
from engine.language.syntax import Kind, LookUp

Rows = Sequence[ValueRow]


def rows_for(rows: Rows, asked: Asked) -> Rows:
    """The rows of one measure."""
    value = asked.indicator.value
    if not isinstance(value, Observed):
        return ()
    source = value.sentence.source.text if isinstance(value.sentence, LookUp) else None
    return [row for row in rows if row.measure == value.measure and source in (None, row.source)]


def looked_up(rows: Rows, asked: Asked, cell: Cell, period: Period | None) -> Measured:
    """The value of one cell. `rows`: those of the measure. `period`: the assessed one."""
    of_unit = _of_unit(rows, cell)
    if not of_unit:
        reason = Reason.NO_POOL if rows and cell.unit is None else Reason.NOT_COLLECTED
        return Measured(state=State.MISSING, reason=reason)
    found = _of_segment(of_unit, cell)
    if not found:
        return Measured(state=State.MISSING, reason=Reason.NO_SPLIT if cell.segment else Reason.NO_POOL)
    if not any(row.applicable for row in found):
        return Measured(state=State.NOT_APPLICABLE, reason=Reason.NOT_APPLICABLE)
    found = [row for row in found if row.applicable]
    addable = asked.kind is Kind.COUNT
    if not addable and _is_split(found, cell):
        return Measured(state=State.MISSING, reason=Reason.NO_POOL)
    measured = _over_time(found, asked, period, addable=addable)
    return measured if asked.period is None else _with_periods(measured, found, asked, asked.period)


def segments_of(rows: Rows) -> list[tuple[str, str]]:
    """The segments the rows speak of: pairs of column and text."""
    return sorted({(name, text) for row in rows for name, text in row.segment.items() if text})


def unit_of_row(row: ValueRow, columns: Sequence[str]) -> tuple[str, ...] | None:
    """The unit a row speaks of; None for a subtotal and the whole."""
    texts = tuple(row.unit.get(column, "") for column in columns)
    return texts if texts and all(texts) else None


# ---------------------------------------------------------------- units and segments


def _of_unit(rows: Rows, cell: Cell) -> Rows:
    """The rows of a unit; of a subtotal and the whole their own rows, else the rows of all their units together."""
    own = cell.unit or ()
    within = [row for row in rows if tuple(row.unit.values())[: len(own)] == own]
    return [row for row in within if not any(tuple(row.unit.values())[len(own) :])] or [
        row for row in within if all(row.unit.values())
    ]


def _of_segment(rows: Rows, cell: Cell) -> Rows:
    """The rows of a segment; outside any segment those without one, else the rows of all segments together."""
    if cell.segment:
        return [row for row in rows if all(row.segment.get(name) == text for name, text in cell.segment)]
    return [row for row in rows if not any(row.segment.values())] or rows


def _is_split(rows: Rows, cell: Cell) -> bool:
    """Whether the rows speak of several units or segments, not of the cell itself."""
    segments = {tuple(row.segment.items()) for row in rows}
    pooled = any(any(tuple(row.unit.values())[len(cell.unit or ()) :]) for row in rows)
    return pooled or (not cell.segment and any(any(text for _, text in segment) for segment in segments))


# ---------------------------------------------------------------- periods


def _over_time(rows: Rows, asked: Asked, period: Period | None, *, addable: bool) -> Measured:
    whole = [row for row in rows if row.period is None or (period is not None and row.period.text == period.text)]
    if whole:
        return _added(whole, asked) if addable else _single(whole, asked)
    if addable:
        return _added(rows, asked)
    if period is None and len(rows) == 1:
        return _single(rows, asked)
    return Measured(state=State.MISSING, reason=Reason.ONLY_PERIODS if period is not None else Reason.AMBIGUOUS)


def _amount(row: ValueRow, asked: Asked) -> Fraction | None:
    return None if row.amount is None else converted(row.amount, row.written, asked.indicator.unit)


def _single(rows: Rows, asked: Asked) -> Measured:
    amounts = {_amount(row, asked) for row in rows}
    if len(amounts) > 1:
        return Measured(state=State.ERROR, reason=Reason.AMBIGUOUS)
    amount = _amount(rows[0], asked)
    if amount is None:
        return Measured(state=State.MISSING, reason=Reason.NOT_COLLECTED)
    return Measured(value=amount, valid=1)


def _added(rows: Rows, asked: Asked) -> Measured:
    """Counts add up over units, segments and periods; one that is not collected leaves the sum open."""
    amounts = [_amount(row, asked) for row in rows]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return Measured(state=State.MISSING, reason=Reason.NOT_COLLECTED)
    return Measured(value=sum(known, ZERO), valid=len(known))


def _with_periods(measured: Measured, rows: Rows, asked: Asked, length: str) -> Measured:
    """The measure with its value in every period of the cap; where shorter or equal periods are given."""
    groups: dict[str, list[ValueRow]] = {}
    for row in rows:
        if row.period is None or LENGTHS.index(row.period.length) > LENGTHS.index(length):
            continue
        groups.setdefault(period_of(row.period.begin, length).text, []).append(row)
    if not groups:
        return measured
    addable = asked.kind is Kind.COUNT
    periods: Mapping[str, Measured] = {
        name: _added(group, asked) if addable else _single(group, asked) for name, group in sorted(groups.items())
    }
    broken = next((m for m in periods.values() if m.state is not State.VALUE), None)
    if broken is not None:
        return broken
    return measured._replace(periods=periods)
