"""The values of one measure for many units, as callers have them: numbers of any kind, texts, lists, nothing."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Any, TypeVar, cast

from engine.data.amounts import fitting
from engine.data.contract import Wanted
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.arithmetic import lowest_terms
from engine.evaluation.figures import VALUE, Measured
from engine.evaluation.given import Given, measured_of
from engine.evaluation.needs import Asked
from engine.evaluation.result import State
from engine.insight.given_values import Unreadable, checked_number, given_text, wanted_of
from engine.source import NOWHERE, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A measure whose values are given: what is asked, what a number of it can be, and where the value of a unit
    stands.
    """

    asked: Asked
    wanted: Wanted
    fits: Callable[[Fraction], bool]
    place: Callable[[Hashable], Place]


def measured_units(
    asked: Asked, values: Sequence[Any], labels: Iterable[Hashable], place: Callable[[Hashable], Place]
) -> list[Measured]:
    """One measurement per unit; equal values are one measurement. `place`: where the value of a label stands.

    Raises `Refused` for a value that cannot be (E914, E919, E920, E944).
    """
    wanted = wanted_of(asked)
    column = _Column(asked=asked, wanted=wanted, fits=fitting(wanted), place=place)
    done: dict[tuple[type, Hashable], Measured] = {}
    found: list[Measured] = []
    for value, kind, label in zip(values, map(type, values), labels, strict=True):
        # Python takes longer over the hash of a fraction than over that of its two numbers.
        key = None if kind.__hash__ is None else (kind, value.as_integer_ratio() if kind is Fraction else value)
        known = None if key is None else done.get(key)
        if known is None:
            number = _plain_number(kind, value)
            if number is not None and column.fits(number):
                known = Measured(VALUE, None, number)
            else:
                known = measured_of(column.asked, _given(column, value, label))
            if key is not None:
                done[key] = known
        found.append(known)
    return found


def _plain_number(kind: type, value: Any) -> Fraction | None:  # noqa: ANN401 - whatever a caller has
    """A number of Python's own, as most values are; None for anything else, which is looked at more closely."""
    if kind is float:
        value, kind = Decimal(repr(value)), Decimal
    if kind is int or (kind is Decimal and value.is_finite()):
        return lowest_terms(*value.as_integer_ratio())
    return value if kind is Fraction else None


def _given(column: _Column, value: Any, label: Hashable) -> Given:  # noqa: ANN401 - whatever a caller has
    """The value as it is meant, checked against what the indicator can measure."""
    if isinstance(value, Rational) or (isinstance(value, Decimal) and value.is_finite()):
        return _checked(column, Fraction(value), label)
    if isinstance(value, State):
        return value
    if isinstance(value, list | tuple):
        return [_number(column, one, label) for one in cast("Sequence[Any]", value)]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {str(period): _checked(column, _number(column, one, label), label) for period, one in pairs}
    if _is_nothing(value):
        return State.MISSING
    if isinstance(value, str):
        return _accepted(column, given_text(column.asked, value), label)
    return _checked(column, _number(column, value, label), label)


def _is_nothing(value: Any) -> bool:  # noqa: ANN401 - whatever a caller has
    """None, NaN and what frames write for them."""
    return value is None or type(value).__name__ in ("NAType", "NaTType") or bool(value != value)  # noqa: PLR0124 - NaN


def _number(column: _Column, value: Any, label: Hashable) -> Fraction:  # noqa: ANN401 - whatever a caller has
    """A number; a binary one is the decimal it prints. What is none, or infinite, is refused (E914)."""
    try:
        return Fraction(value if isinstance(value, Rational) else str(value))
    except ValueError:
        args = {"column": column.wanted.measure, "text": str(value)}
        return _accepted(column, Unreadable(code="E914", span=NOWHERE, args=args), label)


def _checked(column: _Column, number: Fraction, label: Hashable) -> Fraction:
    return _accepted(column, checked_number(column.wanted, number), label)


def _accepted(column: _Column, read: T | Unreadable, label: Hashable) -> T:
    if isinstance(read, Unreadable):
        place = column.place(label)
        raise Refused((Diagnostic(code=read.code, case=read.case, place=place, hint=read.hint, args=read.args),))
    return read
