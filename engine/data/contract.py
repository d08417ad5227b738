"""What the plan asks of the data, and what it gets: needs in, records out.

The evaluation says which columns of which source it reads (`Need`) and which values it looks up
(`Wanted`); `records.read_records(header, needs, wanted, reading)` answers with `Records` or with diagnostics.
Numbers are exact: a number column holds whole numbers, value × 10**scale, never a float.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.data.periods import Period
from engine.language.syntax import Kind, Unit
from engine.source import Place, Source

if TYPE_CHECKING:
    from pandas import DataFrame

    from engine.data.queries import Scan

ColumnKind = Literal["text", "number", "time", "answer", "weight", "period", "repeat", "row", "count"]


# ---------------------------------------------------------------- asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What the plan reads of one `responses` or `events` source.

    `questions`: ids of the policy's `questions:`. `texts`, `numbers`, `times`: column headers
    as the policy writes them; one header may be asked for as several kinds. `spans`: the pairs of times between which
    time is measured: no row may end before it begins (E916), or end without a beginning (E923). `periods`: lengths
    (`month`, `week`, …) by whose name every row is to be labelled, from the source's date.
    `repeats`: columns and days; every row is labelled 1 where an earlier one, of whatever period, has the same texts in
    the columns at most so many days before, else 0.
    Unit and segment columns are not listed here: `Reading` asks for them of every source.
    """

    source: str
    questions: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    spans: tuple[tuple[str, str], ...] = ()
    periods: tuple[str, ...] = ()
    repeats: tuple[tuple[tuple[str, ...], int], ...] = ()


def repetition(columns: tuple[str, ...], days: int) -> str:
    """The name of the column that labels repeated rows."""
    return f"{'、'.join(columns)} {days}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One value looked up in the `values` sources (`source` None: in all of them).

    `measure`: name or key, as the data write it; `also`: other names by which the data may call it where
    no other measure is called so: the name of one with a key, what a condition asks. `kind` decides how a
    cell is read: a rate is in per cent, a count is whole, yes/no is 1 or 0. `low` and `high` bound it
    where given, in the measure's own unit (a rate and a count need not say: 0-100 and 0 up).
    """

    measure: str
    kind: Kind
    also: tuple[str, ...] = ()
    source: str | None = None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the query engine may use: `memory` in MiB and processor `threads`; None: as much as it finds fit. `tell` is
    told what takes its time: the key of a phrase, and what stands in its places.

    No digit of a result depends on them.
    """

    memory: int | None = None
    threads: int | None = None
    tell: "Callable[[str, Mapping[str, str]], None] | None" = field(default=None, repr=False)


UNLIMITED = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read: the data folder, what results are split by, and for which periods.

    `units`: columns that every source must have; a row without a unit counts for the company as a whole only (W929).
    `segments`: columns read where a source has them; a blank belongs to no segment.
    `periods`: () takes all rows; they do not overlap. `apart`: they stand beside others, so every source has to say of
    which period its rows are (E938). `encoding`: for every CSV file, over the policy's own.
    `whole`: what stands in a unit column for the whole. `sheets`: sources that are sheets of a collection workbook.
    `policy`: the policy's text, from which the accounts quote the validity sentences. `limits`: of the query engine.
    """

    folder: Path
    units: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    apart: bool = False
    encoding: str | None = None
    whole: str = ""
    sheets: frozenset[str] = frozenset()
    policy: Source | None = None
    limits: Limits = UNLIMITED


# ---------------------------------------------------------------- delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table's frame.

    `name`: as asked for (header, question id, length of a period). `id`: the column's label in
    the frame: plain ASCII, unique whatever the case, safe in SQL. `scale`: a number or answer
    or weight is the stored whole number / 10**scale. `percent`: its cells are per cents (97.2 for `97.2%`).
    `largest`: no stored number is larger, whatever its sign; None where nobody has looked.
    """

    name: str
    kind: ColumnKind
    id: str
    scale: int = 0
    percent: bool = False
    largest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """How far the rows of a scan come, which is counted with what they are measured for: a file is read once.

    `column`: of the scan; the number of the first validity sentence that a row fails, `valid` where it fails none.
    `account`: where all rows of the file went, from how many of the period there are of each stage. `address`: of a
    cell, by the header of its column and the number of its row.
    """

    column: str
    valid: int
    account: "Callable[[Mapping[int, int]], Account]" = field(repr=False)
    address: Callable[[str, int], Place] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The valid rows, within the period, of one `responses` or `events` source.

    `frame` has one column per entry of `columns`, labelled by its `id`: text is str or None,
    number, answer and weight are nullable Int64 (scaled), time is datetime64[s], period is text
    (`2025-03`) or None, row is the row's number in the file (Int64, always there, ascending). An answer
    not given is null. The weight column is always there for `responses` (1 when the source names none).
    Where rows were counted elsewhere, a row stands for several: `count` columns called `answers` and `rows` say for
    how many questionnaires it holds an answer, and for how many rows it speaks to sentences (Int64, always there).
    Rows that stay in their file have a `scan` with the same columns instead of a frame, of all rows of the period;
    `stages` says which of them are valid. `labels` gives the different texts of a column of these.
    """

    source: str
    kind: str
    columns: tuple[Column, ...]
    frame: "DataFrame | None" = None
    scan: "Scan | None" = None
    stages: Stages | None = None
    labels: Callable[[Column], tuple[str, ...]] | None = field(default=None, repr=False)

    def texts(self, of: Column) -> tuple[str, ...]:
        """The different texts of a column, in order."""
        if self.frame is not None:
            return tuple(sorted(str(text) for text in self.frame[of.id].dropna().unique()))
        return self.labels(of) if self.labels is not None else ()

    def find(self, kind: ColumnKind, name: str = "") -> Column | None:
        """The column asked for under this name as this kind (`weight` and `row` have no name); None if absent."""
        return next((c for c in self.columns if c.kind == kind and (c.name == name or not name)), None)

    def column(self, kind: ColumnKind, name: str = "") -> Column:
        """Like `find`, for a column that was asked for: it is there, or reading would have been refused."""
        found = self.find(kind, name)
        assert found is not None, (kind, name)  # noqa: S101 - a need not stated is a fault of the plan, not of the data
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One value of a `values` source.

    `measure`: as asked for in `Wanted`. `unit`: the assessed unit's columns, {} where the sheet
    has none. `segment`: segment columns the sheet has. `period`: the row's own period within the asked one, None
    where the sheet has no period column. `amount`: None is not collected (an empty cell); a rate in
    per cent, yes/no as 1 or 0, a duration in `written` (Unit.NUMBER: the indicator's own unit). `applicable`:
    False where the cell says 不适用; there is no amount then.
    """

    source: str
    measure: str
    amount: Fraction | None
    applicable: bool = True
    written: Unit = Unit.NUMBER
    unit: Mapping[str, str] = field(default_factory=dict[str, str])
    segment: Mapping[str, str] = field(default_factory=dict[str, str])
    period: Period | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One printed figure of a `control` source, to be held against the result.

    `name`: of the indicator, as the sheet writes it; `name_place`: where. `role`: one of `controls.ROLES`. `amount`:
    as printed, 60 for `60%`; `text`: the cell. `unit`, `segment`, `period`: of its row, as for a `ValueRow`.
    """

    source: str
    name: str
    role: str
    amount: Fraction
    text: str
    place: Place
    name_place: Place
    unit: Mapping[str, str] = field(default_factory=dict[str, str])
    segment: Mapping[str, str] = field(default_factory=dict[str, str])
    period: Period | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where the rows of one file went: `rows` = `valid` + all of `invalid` + `out_of_period`.

    `invalid`: the validity sentence as the policy words it, and how many rows failed it first, in the
    policy's order (sentences nothing failed are listed with 0).
    """

    source: str
    file: str
    sha256: str
    rows: int
    valid: int
    out_of_period: int = 0
    invalid: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All that was asked for: tables by source name, values in file and row order, printed figures, and where every
    row went; of tables with `stages` that is known when they have been measured.
    """

    tables: Mapping[str, Table]
    values: tuple[ValueRow, ...]
    accounts: tuple[Account, ...]
    period: Period | None = None
    printed: tuple[Printed, ...] = ()
