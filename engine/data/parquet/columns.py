"""Columns of a Parquet file as the plan reads them: exact numbers as the file stores them, all other cells by a list
of the distinct ones, each of which is read once as if it stood in a sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from engine.data.cells import ERRORS, Problem, read_answer
from engine.data.columns import MOST, Converted, answer_column, number_column, time_column
from engine.data.faults import NAMED, NONE, Faults
from engine.data.parquet.files import Typed
from engine.data.queries import count_of, every, failing, given, named, rows_as_asked, rows_of, whole
from engine.data.sheets import INVISIBLE, Sheet, value_place
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, answers_to

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

_FEW = 12  # so many distinct cells are told apart within the query, more of them by a table beside it
_CHOICES = 1000  # a range of whole numbers that is worth trying out
_MANY = 10_000  # so many different texts are looked at one by one
_PLACES = 9  # decimals of a binary number that are looked for
_EXACT = 10**15  # a binary number tells all decimals of so many digits apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What each distinct cell of a column was read as: `cells` (as texts, NULL for a blank) and `values` in order."""

    name: str
    key: exp.Expr
    cells: Sequence[str | None]
    values: "Mapping[str, Sequence[Any]]"

    def frame(self) -> "DataFrame":
        """The table that the query joins."""
        from pandas import DataFrame, Series

        columns = {name: Series(list(values)) for name, values in self.values.items()}
        return DataFrame({"cell": Series(list(self.cells), dtype=object), **columns})


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A column as an expression over the rows of the file. `skipped`: whether the question was not put.

    `least`: no stored number is smaller, `largest`: none is larger, whatever its sign; None where nobody has looked.
    `lookups`: tables the expression looks into. `faults`: cells not understood.
    """

    value: exp.Expr
    scale: int = 0
    percent: bool = False
    least: int | None = None
    largest: int | None = None
    skipped: exp.Expr | None = None
    lookups: tuple[Lookup, ...] = ()
    faults: Faults = NONE


def joined(query: exp.Select, lookups: Sequence[Lookup]) -> exp.Select:
    """The query with the tables it looks into: a cell, blank or not, finds the one row of its like."""
    for lookup in lookups:
        on = exp.NullSafeEQ(this=lookup.key.copy(), expression=named("cell", lookup.name))
        query = query.join(exp.to_table(lookup.name, quoted=True), on=on, join_type="left")
    return query


@dataclass(slots=True)
class Reader:
    """One file being read: the connection that sees it, its rows, the number of a row (from 1), and how many tables
    were made for it.
    """

    connection: "DuckDBPyConnection"
    file: str
    rows: exp.Table
    row: exp.Expr
    prefix: str
    made: int = 0
    kept: dict[int, "Distinct"] = field(default_factory=dict[int, "Distinct"])

    def ask(
        self, *terms: exp.Expr, where: exp.Expr | None = None, groups: int = 0, lookups: Sequence[Lookup] = ()
    ) -> list[tuple[Any, ...]]:
        """The rows of a query over the file, grouped by the first so many terms."""
        query = exp.select(*(term.copy() for term in terms)).from_(self.rows.copy())
        query = query.where(where.copy()) if where is not None else query
        query = query.group_by(*(exp.Literal.number(n + 1) for n in range(groups))) if groups else query
        return rows_of(self.connection, self._looking(query, lookups))

    def first(self, where: exp.Expr, lookups: Sequence[Lookup] = ()) -> list[int]:
        """The numbers, from 1, of the first hundred records of which something holds."""
        query = exp.select(self.row.copy()).from_(self.rows.copy()).where(where.copy())
        query = query.order_by(exp.Literal.number(1)).limit(NAMED)
        return [int(row[0]) for row in rows_as_asked(self.connection, self._looking(query, lookups))]

    def _looking(self, query: exp.Select, lookups: Sequence[Lookup]) -> exp.Select:
        for lookup in lookups:
            self.connection.register(lookup.name, lookup.frame())
        return joined(query, lookups)

    def tidied(self, column: Typed) -> Typed:
        """The column, of which it is known that its texts need no trimming where it has few different ones."""
        if column.family != "text" or column.tidy:
            return column
        cell = exp.cast(column.cell, exp.DataType.Type.VARCHAR)
        query = exp.select(cell).distinct().from_(self.rows.copy()).limit(_MANY + 1)
        found = [row[0] for row in rows_as_asked(self.connection, query)]
        tidy = len(found) <= _MANY and all(text is None or (text and text == text.strip(INVISIBLE)) for text in found)
        return replace(column, tidy=tidy)

    def lookup(self, key: exp.Expr, cells: Sequence[str | None], **values: Sequence[Any]) -> Lookup:
        """A new table of what cells were read as."""
        self.made += 1
        return Lookup(name=f"{self.prefix}_{self.made}", key=key, cells=cells, values=values)


# ---------------------------------------------------------------- distinct cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """The different cells of a column as a sheet of one column, the rows those where each stands first; how often."""

    sheet: Sheet
    counts: Sequence[int]

    @property
    def texts(self) -> list[str]:
        """The cells; blank is ''."""
        return self.sheet.columns[0]


def distinct_cells(reader: Reader, column: Typed) -> Distinct:
    """The different cells of a column, in the order in which they first appear."""
    if column.position in reader.kept:
        return reader.kept[column.position]
    found = reader.ask(column.text, exp.Min(this=reader.row.copy()), exp.Count(this=exp.Star()), groups=1)
    found.sort(key=lambda row: row[1])
    sheet = Sheet(
        file=reader.file,
        header_row=0,
        headers=(column.name,),
        rows=[int(row[1]) for row in found],
        columns={0: [row[0] or "" for row in found]},
        lineless=True,
        most=len(found),
    )
    reader.kept[column.position] = distinct = Distinct(sheet=sheet, counts=[int(row[2]) for row in found])
    return distinct


def faults_everywhere(reader: Reader, column: Typed, distinct: Distinct, judged: Faults) -> Faults:
    """The faults of the distinct cells, at the first hundred places where those cells stand; the others counted."""
    if not judged:
        return NONE
    numbers = {row: n for n, row in enumerate(distinct.sheet.rows)}
    wrong = {distinct.texts[numbers[d.place.line]]: d for d in judged.named}
    count = sum(distinct.counts[numbers[d.place.line]] for d in judged.named)
    bad = [exp.Literal.string(text) for text in wrong if text]
    holds: list[exp.Expr] = [exp.In(this=column.text, expressions=bad)] if bad else []
    holds += [exp.Is(this=column.text, expression=exp.Null())] if "" in wrong else []
    found = reader.ask(reader.row, column.text, where=first_hundred(reader, exp.or_(*holds)))
    places = [(value_place(reader.file, int(row), column.position), wrong[text or ""]) for row, text in found]
    found_here = tuple(replace(d, place=place) for place, d in places[:NAMED])
    return Faults(named=found_here, more=max(0, count - len(found_here)))


def first_hundred(reader: Reader, holds: exp.Expr, lookups: Sequence[Lookup] = ()) -> exp.Expr:
    """Whether a record is one of the first hundred of which something holds."""
    rows = reader.first(holds, lookups)
    return every([holds, exp.LTE(this=reader.row.copy(), expression=whole(rows[-1] if rows else 0))])


def looked_up(
    reader: Reader, column: Typed, distinct: Distinct, values: Sequence[Any]
) -> tuple[exp.Expr, tuple[Lookup, ...]]:
    """An expression that gives for each row what its cell was read as; a whole number, a truth or a text."""
    cells = [text or None for text in distinct.texts]
    if len(cells) > _FEW:
        table = reader.lookup(column.text, cells, value=values)
        return named("value", table.name), (table,)
    case = exp.Case()
    for cell, value in zip(cells, values, strict=True):
        same: exp.Expr = exp.Is(this=column.text, expression=exp.Null())
        if cell is not None:
            same = exp.EQ(this=column.text, expression=exp.Literal.string(cell))
        case = case.when(same, _literal(value))
    return (case.else_(exp.Null()) if cells else exp.cast(exp.Null(), exp.DataType.Type.BIGINT)), ()


def _literal(value: object) -> exp.Expr:
    if value is None:
        return exp.Null()
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    return whole(value) if isinstance(value, int) else exp.Literal.string(str(value))


def _converted(reader: Reader, column: Typed, distinct: Distinct, converted: Converted) -> Read:
    """The column by its distinct cells, as a sheet's functions have read them."""
    series = converted.values
    values = [None if missing else int(v) for v, missing in zip(series, series.isna(), strict=True)]
    value, lookups = looked_up(reader, column, distinct, values)
    faults = faults_everywhere(reader, column, distinct, converted.faults)
    known = [abs(v) for v in values if v is not None]
    skipped: exp.Expr | None = None
    if converted.skipped is not None:
        texts = [exp.Literal.string(t) for t, skip in zip(distinct.texts, converted.skipped, strict=True) if skip]
        skipped = exp.In(this=column.text, expressions=texts)
    return Read(
        value=exp.cast(value, exp.DataType.Type.BIGINT),
        scale=converted.scale,
        percent=converted.percent,
        largest=max(known, default=0),
        skipped=skipped,
        lookups=lookups,
        faults=faults,
    )


# ---------------------------------------------------------------- by what is asked for


def answers_of(reader: Reader, column: Typed, source: DataSource, question: str) -> Read:
    """The answers to a question; whole numbers that are all on the scale stand for themselves."""
    if column.family == "whole":
        bounds = _bounds(reader, column)
        if bounds and _stand_for_themselves(*bounds, source, question):
            return Read(value=column.cell, largest=max(map(abs, bounds)))  # as narrow as stored: quickly compared
    distinct = distinct_cells(reader, column)
    return _converted(reader, column, distinct, answer_column(distinct.sheet, 0, source, question))


def _stand_for_themselves(low: int, high: int, source: DataSource, question: str) -> bool:
    """Whether every whole number from low to high is an answer that counts as what it says."""
    words, scale = answers_to(source, question)
    if high - low > _CHOICES or words:
        return False
    reads = (read_answer(str(n), words, scale) for n in range(low, high + 1))
    return all(not isinstance(r, Problem) and r == n for n, r in zip(range(low, high + 1), reads, strict=True))


def numbers_of(reader: Reader, column: Typed, *, required: bool = False) -> Read:
    """The numbers of a column, exactly as stored; blank is null, and a fault where one is `required` (E923)."""
    stored = stored_numbers(reader, column, required=required)
    if stored is None:
        distinct = distinct_cells(reader, column)
        return _converted(reader, column, distinct, number_column(distinct.sheet, 0, required=required))
    return stored


def stored_numbers(reader: Reader, column: Typed, *, required: bool = False) -> Read | None:
    """Whole numbers, decimals of up to 18 digits, and binary numbers of 64 bits that all stand for few decimals; a
    fault where one is `required` (E923) and blank. None for any other column.
    """
    if column.family not in ("whole", "decimal", "real") or column.digits > 18:
        return None
    places = _decimals(reader, column) if column.family == "real" else column.scale
    bounds = _bounds(reader, column) if places is not None else None
    if places is None or bounds is None:
        return None
    largest = max(abs(bounds[0]), abs(bounds[1])) * 10**places
    if largest > MOST:
        return None
    number = exp.Mul(this=column.cell, expression=exp.Literal.number(10**places)) if places else column.cell
    if column.family == "real":
        number = exp.Anonymous(this="round", expressions=[number])
    return Read(
        value=exp.cast(number, exp.DataType.Type.BIGINT),
        scale=places,
        least=bounds[0] * 10**places,
        largest=largest,
        faults=_absent(reader, column) if required else NONE,
    )


def _bounds(reader: Reader, column: Typed) -> tuple[int, int] | None:
    """Whole numbers between which all numbers of the column lie; None where it has none (or one is no number)."""
    low, high = reader.ask(exp.Min(this=column.cell), exp.Max(this=column.cell))[0]
    return None if low is None else (floor(low), ceil(high))


def _decimals(reader: Reader, column: Typed) -> int | None:
    """How many decimals bring back every binary number of the column exactly; None where so few do not.

    k/10ⁿ with k < 10¹⁵ is told apart from every other decimal of 15 digits, so what is written in the file as 0.1 is
    one tenth.
    """
    cell = column.cell

    def lost(n: int) -> exp.Expr:
        scaled = exp.Mul(this=cell.copy(), expression=exp.cast(exp.Literal.number(10**n), exp.DataType.Type.DOUBLE))
        nearest = exp.Anonymous(this="round", expressions=[scaled])
        back = exp.Div(this=nearest, expression=exp.cast(exp.Literal.number(10**n), exp.DataType.Type.DOUBLE))
        same = every(
            [
                exp.EQ(this=back, expression=cell.copy()),
                exp.LT(this=exp.Abs(this=nearest.copy()), expression=whole(_EXACT)),
            ]
        )
        return count_of(every([given(column.cell), failing(same)]))

    found = reader.ask(*(lost(n) for n in range(_PLACES + 1)))[0]
    return next((n for n, count in enumerate(found) if not count), None)


def moments_of(reader: Reader, column: Typed, order: str = "", *, required: bool = False) -> Read:
    """The moments, to the second; blank is null, and a fault where one is `required` (E923)."""
    kind = exp.DataType.Type.TIMESTAMP_S
    if column.family == "moment":
        second = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string("second"), column.cell])
        return Read(value=exp.cast(second, kind), faults=_absent(reader, column) if required else NONE)
    distinct = distinct_cells(reader, column)
    converted = time_column(distinct.sheet, 0, order, required=required)
    texts = [None if missing else str(m) for m, missing in zip(converted.values, converted.values.isna(), strict=True)]
    value, lookups = looked_up(reader, column, distinct, texts)
    faults = faults_everywhere(reader, column, distinct, converted.faults)
    return Read(value=exp.cast(value, kind), lookups=lookups, faults=faults)


def texts_of(reader: Reader, column: Typed) -> Read:
    """The texts, blank as null; the words that a spreadsheet writes for an error are faults (E912)."""
    if column.family != "text":
        return Read(value=column.text)
    wrong = exp.In(this=column.text, expressions=[exp.Literal.string(text) for text in sorted(ERRORS)])
    marked = exp.Anonymous(this="contains", expressions=[column.text, exp.Literal.string("#")])  # quickly told
    count = reader.ask(exp.Count(this=exp.Star()), where=every([marked, wrong]))[0][0] or 0
    rows = reader.ask(reader.row, column.text, where=first_hundred(reader, wrong)) if count else []
    named_here = tuple(
        Diagnostic(
            code="E912",
            place=value_place(reader.file, int(row), column.position),
            args={"column": column.name.strip(), "text": text},
        )
        for row, text in rows
    )
    return Read(value=column.text, faults=Faults(named=named_here, more=count - len(named_here)))


def judged(reader: Reader, column: Typed, read: Callable[[str], bool | int | Problem]) -> Read:
    """What a function says of every cell: a truth or a whole number; what it cannot say is a fault."""
    distinct = distinct_cells(reader, column)
    found = [Problem(code="E912", args={"text": text}) if text in ERRORS else read(text) for text in distinct.texts]
    faults = tuple(
        Diagnostic(
            code=problem.code,
            case=problem.case,
            place=value_place(reader.file, distinct.sheet.rows[n], column.position),
            args={"column": column.name.strip(), **problem.args},
            hint=problem.hint,
        )
        for n, problem in enumerate(found)
        if isinstance(problem, Problem)
    )
    values = [None if isinstance(one, Problem) else one for one in found]
    value, lookups = looked_up(reader, column, distinct, values)
    return Read(value=value, lookups=lookups, faults=faults_everywhere(reader, column, distinct, Faults(named=faults)))


def _absent(reader: Reader, column: Typed) -> Faults:
    """E923 for records without a value that is needed."""
    blank = exp.Is(this=column.cell, expression=exp.Null())
    count = reader.ask(count_of(blank))[0][0] or 0
    args = {"column": column.name.strip()}
    places = [value_place(reader.file, row, column.position) for row in (reader.first(blank) if count else [])]
    named_here = tuple(Diagnostic(code="E923", place=place, args=args) for place in places)
    return Faults(named=named_here, more=max(0, count - len(named_here)))
