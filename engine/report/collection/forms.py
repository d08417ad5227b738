"""What a collection workbook is made of: a form for each source, fields in it, and what may be typed into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from engine.data.contract import Reading
from engine.data.periods import Period
from engine.evaluation.ladder import parts_of
from engine.language.policy import CheckedScheme, DataSource, Indicator, Policy
from engine.report.names import Reader

Sort = Literal["text", "number", "whole", "choice", "date", "moment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What may be typed into a cell. `low`, `high`: bounds of a number; `or_zero`: 0 may stand below them too.

    `choices`: the words to choose from; `open`: others are taken after a question. `inapplicable`: the cell may also
    say that the question does not arise. `nothing`: the word that says that there was nothing.
    """

    sort: Sort
    low: Fraction | None = None
    high: Fraction | None = None
    or_zero: bool = False
    choices: tuple[str, ...] = ()
    open: bool = False
    inapplicable: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said about something to be filled in: how, in which unit, its target, by whom, by which clause of the
    procedure, and what it is for.
    """

    how: str
    unit: str = ""
    target: str = ""
    owners: tuple[str, ...] = ()
    clause: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its header, and what is typed below it; `filling` None: it is given."""

    header: str
    filling: Filling | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that stands ready: the texts that are given by header, and what is typed into its value."""

    given: dict[str, str]
    name: str = ""
    filling: Filling | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of one source. `value`: the header below which each of its rows has a filling of its own, or ""."""

    source: DataSource
    fields: tuple[Field, ...]
    rows: tuple[Row, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """For what a workbook is written: which periods and units, as far as they are known, who reads it, and until when
    it is wanted back. `day`: whose targets it shows.
    """

    policy: Policy
    reads: Reader
    reading: Reading
    periods: tuple[Period, ...] = ()
    units: tuple[tuple[str, ...], ...] = ()
    day: date | None = None
    due: date | None = None


def owners_of(scheme: CheckedScheme, indicator: Indicator) -> tuple[str, ...]:
    """Who collects it: its own department, else that of the nearest heading that names one."""
    found = next((one.owner for one in lineage(scheme, indicator) if one.owner), None)
    return (found,) if found else ()


def clause_of(scheme: CheckedScheme, indicator: Indicator) -> str:
    """The clause it rests on: its own, else the nearest heading's."""
    return next((one.clause for one in lineage(scheme, indicator) if one.clause), None) or ""


def names_of(scheme: CheckedScheme, indicator: Indicator) -> tuple[str, ...]:
    """The name of an indicator; of something that a line asks about, the line's before it."""
    return (lineage(scheme, indicator)[1].name, indicator.name) if indicator.asked else (indicator.name,)


def lineage(scheme: CheckedScheme, indicator: Indicator) -> Sequence[Indicator]:
    """The indicator and what it belongs to, the nearest first: the line that asks about it, headings, formulas."""
    found = [indicator]
    while True:
        above = _above(scheme, found[-1])
        if above is None or above in found:
            return found
        found.append(above)


def _above(scheme: CheckedScheme, indicator: Indicator) -> Indicator | None:
    path = indicator.path
    heading = next((one for one in scheme.indicators.values() if path in one.children), None)
    heading = heading or scheme.indicators.get(path.rpartition("/")[0])
    return heading or next((one for one in scheme.indicators.values() if path in parts_of(scheme, one)), None)
