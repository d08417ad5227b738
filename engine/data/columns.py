"""Columns: the texts of a sheet converted once, under the policy's contract, each distinct text a single time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.data.cells import ERRORS, Problem, folded, read_answer, read_number, read_time
from engine.data.faults import NAMED, NONE, Faults, shown
from engine.data.sheets import Sheet, record_place
from engine.data.vendors import SKIPPED
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, answers_to

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray
    from pandas import Series

MOST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A column of a sheet, one value per record: text (object, None), Int64 scaled by 10**scale, or datetime64[s].

    `skipped`: records to whom the question was not put. `faults`: cells that could not be read; their values are null.
    """

    values: "Series[Any]"
    scale: int = 0
    percent: bool = False
    skipped: "Series[Any] | None" = None
    faults: Faults = NONE


def text_column(sheet: Sheet, position: int) -> Converted:
    """The texts, blank as None; a cell merged downwards speaks for all its rows."""
    from pandas import Series

    texts: list[str | None] = [text or None for text in sheet.columns[position]]
    for first, last in sheet.merged.get(position, ()):
        texts[first : last + 1] = [texts[first]] * (last - first + 1)
    wrong = ERRORS.intersection(texts)
    records = [record for record, text in enumerate(texts) if text in wrong] if wrong else []
    named = tuple(_diagnostic(sheet, position, r, _error(texts[r] or "")) for r in records[:NAMED])
    faults = Faults(named=named, more=max(0, len(records) - NAMED))
    return Converted(values=Series(texts, dtype=object), faults=faults)


def number_column(sheet: Sheet, position: int, *, required: bool = False) -> Converted:
    """The numbers, blank as null. Per cents and plain numbers do not mix (E914); `required` ones are there (E923)."""
    distinct = distinct_column(sheet, position, lambda text: read_number(text) if text else None)
    marked = {i for i, read in enumerate(distinct.reads) if isinstance(read, tuple) and read[1]}
    plain = {i for i, read in enumerate(distinct.reads) if isinstance(read, tuple) and read[0] and not read[1]}
    reads: list[Any] = [read[0] if isinstance(read, tuple) else read for read in distinct.reads]
    if marked and plain:
        for i in plain:
            reads[i] = Problem(code="E914", case="mixed", args={"text": shown(distinct.texts[i])})
    if required:
        reads = [Problem(code="E923") if read is None else read for read in reads]
    return _scaled(sheet, position, distinct, reads, percent=bool(marked))


def answer_column(sheet: Sheet, position: int, source: DataSource, question: str) -> Converted:
    """The answers to a question as numbers, by its own words or scale, else the source's; blank is null."""
    from numpy import array
    from pandas import Series

    words, scale = answers_to(source, question)
    distinct = distinct_column(sheet, position, lambda text: read_answer(text, words, scale))
    converted = _scaled(sheet, position, distinct, list(distinct.reads))
    skips = [
        folded(text) in SKIPPED and read is None for text, read in zip(distinct.texts, distinct.reads, strict=True)
    ]
    skipped = Series(array(skips)[distinct.codes]) if any(skips) else None
    return Converted(values=converted.values, scale=converted.scale, skipped=skipped, faults=converted.faults)


def time_column(sheet: Sheet, position: int, order: str = "", *, required: bool = False) -> Converted:
    """The moments, to the second, dates in the order the policy states; blank is null unless required (E923)."""
    from numpy import array
    from pandas import Series

    distinct = distinct_column(sheet, position, lambda text: read_time(text, sheet.epoch, order) if text else None)
    reads = [Problem(code="E923") if read is None and required else read for read in distinct.reads]
    moments = array([read if isinstance(read, datetime) else "NaT" for read in reads], dtype="datetime64[s]")
    values = Series(moments[distinct.codes] if reads else moments)
    return Converted(values=values, faults=faults_of(sheet, position, distinct.codes, reads))


# ---------------------------------------------------------------- one conversion for each distinct text


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """A column's distinct texts in order of appearance, what each was read as, and each record's number among them."""

    texts: Sequence[str]
    reads: Sequence[Any]
    codes: "NDArray[intp]"


def distinct_column(sheet: Sheet, position: int, read: Callable[[str], Any]) -> Distinct:
    """The column at the position, each distinct text read once."""
    from numpy import array
    from pandas import factorize

    codes, found = factorize(array(sheet.columns[position], dtype=object))
    texts = [str(text) for text in found]
    reads = [_error(text) if text in ERRORS else read(text) for text in texts]
    return Distinct(texts=texts, reads=reads, codes=codes)


def _error(text: str) -> Problem:
    return Problem(code="E912", args={"text": text})


def _scaled(sheet: Sheet, position: int, distinct: Distinct, reads: list[Any], *, percent: bool = False) -> Converted:
    from numpy import array
    from pandas import Series, array as nullable

    scale = max([_decimals(read) for read in reads if isinstance(read, Decimal | Fraction)], default=0)
    for i, read in enumerate(reads):
        if isinstance(read, Decimal | Fraction) and abs(Fraction(read) * 10**scale) > MOST:
            reads[i] = Problem(code="E917", case="wide", args={"text": shown(distinct.texts[i]), "decimals": scale})
    whole = [int(Fraction(read) * 10**scale) if isinstance(read, Decimal | Fraction) else None for read in reads]
    numbers = nullable(array([*whole, None], dtype=object)[:-1], dtype="Int64")
    faults = faults_of(sheet, position, distinct.codes, reads)
    merged = _merged(sheet, position)
    values = Series(numbers.take(distinct.codes) if reads else numbers)
    return Converted(
        values=values,
        scale=scale,
        percent=percent,
        faults=Faults(named=faults.named + merged.named, more=faults.more + merged.more),
    )


def _decimals(number: Decimal | Fraction) -> int:
    """How many decimals the number needs; one that no decimal can hold (an answer worth 1/3) has none to offer."""
    rest, count = Fraction(number), 0
    while rest.denominator != 1 and count < 18:
        rest, count = rest * 10, count + 1
    return count


def faults_of(sheet: Sheet, position: int, codes: "NDArray[intp]", reads: Sequence[Any]) -> Faults:
    """A diagnostic for each record whose text is a problem: the first hundred, and how many more."""
    from numpy import flatnonzero, isin

    bad = [i for i, read in enumerate(reads) if isinstance(read, Problem)]
    if not bad:
        return Faults()
    records = flatnonzero(isin(codes, bad))
    named = tuple(_diagnostic(sheet, position, int(r), reads[int(codes[r])]) for r in records[: sheet.most])
    return Faults(named=named, more=max(0, len(records) - sheet.most))


def _diagnostic(sheet: Sheet, position: int, record: int, problem: Problem) -> Diagnostic:
    args = {"column": sheet.headers[position].strip(), **problem.args}
    place = record_place(sheet, record, position)
    return Diagnostic(code=problem.code, case=problem.case, place=place, args=args, hint=problem.hint)


def _merged(sheet: Sheet, position: int) -> Faults:
    """E918 for each number that is merged over several rows: it would count once, and look as if it counted for all."""
    ranges = sheet.merged.get(position, ())
    args = {"column": sheet.headers[position].strip()}
    named = tuple(
        Diagnostic(code="E918", place=record_place(sheet, first, position), args={**args, "rows": last - first + 1})
        for first, last in ranges[:NAMED]
    )
    return Faults(named=named, more=max(0, len(ranges) - NAMED))
