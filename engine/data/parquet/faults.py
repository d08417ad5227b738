"""Faults of a Parquet file that no single cell shows: notes among the records, keys that stand twice, weights below
zero.
"""

from sqlglot import exp

from engine.data.faults import NAMED, Faults
from engine.data.parquet.columns import Read, Reader, first_hundred
from engine.data.parquet.files import Typed
from engine.data.queries import count_of, given, rows_as_asked, rows_of, whole
from engine.data.sheets import NOTE, value_place
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource
from engine.language.syntax import OnePer


def notes_in(reader: Reader, first: Typed) -> Faults:
    """E924 for totals and notes among the records, which would be counted as records."""
    if first.family != "text":
        return Faults()
    pattern = exp.Literal.string(f"^(?:{NOTE.pattern})")
    note = exp.Anonymous(this="regexp_matches", expressions=[first.text, pattern, exp.Literal.string("i")])
    count = int(reader.ask(count_of(note))[0][0] or 0)
    rows = reader.first(note) if count else []
    named_here = tuple(Diagnostic(code="E924", place=value_place(reader.file, row, first.position)) for row in rows)
    return Faults(named=named_here, more=count - len(named_here))


def keys_twice(reader: Reader, source: DataSource, typed: Typed | None) -> Faults:
    """E922 for a key that stands twice, unless a validity sentence chooses between its rows."""
    if typed is None or any(isinstance(r, OnePer) and r.column.text == source.key for r in source.valid):
        return Faults()
    key = exp.alias_(typed.text, "k")
    often = exp.GT(this=exp.Count(this=exp.Star()), expression=whole(1))
    twice = exp.select(
        key, exp.alias_(exp.Min(this=reader.row.copy()), "first"), exp.alias_(exp.Count(this=exp.Star()), "n")
    )
    twice = twice.from_(reader.rows.copy()).where(given(typed.text)).group_by(exp.Literal.number(1)).having(often)
    told = exp.select(exp.Sum(this=exp.Sub(this=exp.column("n"), expression=whole(1)))).from_(twice.subquery("t"))
    more = int(rows_of(reader.connection, told)[0][0] or 0)
    if not more:
        return Faults()
    again = exp.select(reader.row.copy(), typed.text, exp.column("first", "t")).from_(reader.rows.copy())
    again = again.join(twice.subquery("t"), on=exp.EQ(this=exp.column("k", "t"), expression=typed.text))
    again = again.where(exp.GT(this=reader.row.copy(), expression=exp.column("first", "t")))
    again = again.order_by(exp.Literal.number(1)).limit(NAMED)
    found = rows_as_asked(reader.connection, again)
    named_here = tuple(_again(reader, typed, int(row), str(text), int(first)) for row, text, first in found)
    return Faults(named=named_here, more=more - len(named_here))


def _again(reader: Reader, typed: Typed, row: int, key: str, first: int) -> Diagnostic:
    place, before = (value_place(reader.file, n, typed.position) for n in (row, first))
    args = {"column": typed.name.strip(), "key": key, "first": first}
    return Diagnostic(code="E922", place=place, related=(before,), args=args)


def weights_below_zero(reader: Reader, weight: Read, typed: Typed) -> Faults:
    """E920 for respondent weights below zero, looked for only where the file does not say that it has none."""
    if weight.least is not None and weight.least >= 0:
        return Faults()
    below, lookups = exp.LT(this=weight.value, expression=whole(0)), weight.lookups
    count = int(reader.ask(count_of(below), lookups=lookups)[0][0] or 0)
    where = first_hundred(reader, below, lookups) if count else below
    found = reader.ask(reader.row, typed.text, where=where, lookups=lookups) if count else []
    named_here = tuple(
        Diagnostic(
            code="E920",
            case="weight",
            place=value_place(reader.file, int(row), typed.position),
            args={"text": text},
        )
        for row, text in found
    )
    return Faults(named=named_here, more=count - len(named_here))
