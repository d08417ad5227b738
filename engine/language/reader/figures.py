"""Numbers, dates and ranges from the text of a value. YAML never types anything: `12:30` is not 750 here."""

import re
from datetime import date, timedelta
from fractions import Fraction

from engine.language.text import narrow

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?")
_RANGE = re.compile(rf"({_NUMBER.pattern}) ?(?:[-~至]|to) ?({_NUMBER.pattern})")
_LONGEST_RANGE = 366  # days


def number(text: str) -> Fraction | None:
    """`5`, `-0.5`; `60%` is 60/100. None for anything else."""
    plain = narrow(text)
    amount = _NUMBER.fullmatch(plain.removesuffix("%"))
    if amount is None:
        return None
    return Fraction(amount[0]) / (100 if plain.endswith("%") else 1)


def interval(text: str) -> tuple[Fraction, Fraction] | None:
    """`1-5`, `0至10`: both ends, the lower first; None unless the first is below the second."""
    found = _RANGE.fullmatch(narrow(text))
    low, high = (Fraction(found[1]), Fraction(found[2])) if found else (Fraction(0), Fraction(0))
    return (low, high) if low < high else None


def day(text: str) -> date | None:
    """`2025-01-01`; None where the calendar has no such day."""
    try:
        return date(*map(int, narrow(text).split("-")))
    except (TypeError, ValueError):
        return None


def days(text: str) -> tuple[date, ...] | None:
    """A day, or all days of `2025-10-01/2025-10-08`; None for a day in no calendar or an odd range."""
    begin, slash, end = narrow(text).partition("/")
    first, last = day(begin), day(end if slash else begin)
    if first is None or last is None or not 0 <= (last - first).days < _LONGEST_RANGE:
        return None
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def percentage(share: Fraction) -> str:
    """A sum of numbers above as per cent, exactly: 3/5 is `60%`."""
    amount, decimals = share * 100, 0
    while (amount * 10**decimals).denominator != 1:
        decimals += 1
    digits = str(int(amount * 10**decimals)).rjust(decimals + 1, "0")
    return (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits) + "%"
