"""What a table holds, whether its rows were read or stay in their file."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from engine.data.contract import Account, Records
from engine.data.queries import connected


def valid_rows(records: Records | None, source: str, *, numbered: bool = False) -> list[tuple[Any, ...]]:
    """Every valid row in order, its numbers as fractions; the number of the row only where they are `numbered`."""
    assert records is not None
    table = records.tables[source]
    if table.scan is None:
        assert table.frame is not None
        frame = table.frame
        cells = [list(frame[c.id].astype(object).where(frame[c.id].notna(), None)) for c in table.columns]
        rows = [tuple(row) for row in zip(*cells, strict=True)]
    else:
        assert table.stages is not None
        with connected({}, {"t": table.scan}) as connection:
            found = connection.execute("SELECT * FROM t").fetchall()
        rows = [row[:-1] for row in found if row[-1] == table.stages.valid]
        number = table.columns.index(table.column("row"))
        rows.sort(key=lambda row: row[number])
    kinds = [c.kind for c in table.columns]
    units = [Fraction(1, 10**c.scale) for c in table.columns]
    plain = [zip(row, kinds, units, strict=True) for row in rows]
    return [tuple(_plain(*one) for one in row if numbered or one[1] != "row") for row in plain]


def all_accounts(records: Records) -> list[Account]:
    """Where the rows went: of a table that stays in its file, by the stages of its rows."""
    found = {account.source: account for account in records.accounts}
    for table in records.tables.values():
        if table.scan is not None and table.stages is not None:
            with connected({}, {"t": table.scan}) as connection:
                counts = connection.execute("SELECT stage, count(*) FROM t GROUP BY 1").fetchall()
            found[table.source] = table.stages.account(dict(counts))
    return [replace(found[name], file="", sha256="") for name in sorted(found, reverse=True)]


def _plain(cell: Any, kind: str, unit: Fraction) -> Any:
    if cell is None or kind in ("text", "period"):
        return cell
    return str(cell) if kind == "time" else cell * unit
