"""Exact numbers as people read them: no float, no locale, the same text on every machine."""

from fractions import Fraction

_FULL = tuple(10**places for places in range(7))  # a decimal that ends within six places is printed in full
_SHORT = 4  # any other is rounded to these, a small one to as many significant digits
_SMALL, _SMALLEST = 1000, 20  # smaller than one of so many parts; no digit within so many places


def places(number: Fraction) -> int | None:
    """How many decimals write the number exactly; None when more than six are needed."""
    parts = number.denominator
    return next((places for places, whole in enumerate(_FULL) if whole % parts == 0), None)


def fixed(number: Fraction, decimals: int) -> str:
    """The number with exactly `decimals` places, halves away from zero."""
    scaled = (2 * abs(number.numerator) * 10**decimals + number.denominator) // (2 * number.denominator)
    digits = str(scaled).rjust(decimals + 1, "0")
    sign = "-" if number < 0 and scaled else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def plain(number: Fraction) -> str:
    """The number in full where it ends within six decimals, else with four; below 0.001 with four significant ones."""
    exact = places(number)
    return fixed(number, _shortened(number) if exact is None else exact)


def _shortened(number: Fraction) -> int:
    """How many decimals show four digits that are not leading zeros; four for a number without any within twenty."""
    counted, parts = abs(number.numerator), number.denominator
    if counted * _SMALL >= parts:
        return _SHORT
    return _SHORT + next((zeros for zeros in range(_SMALLEST) if counted * 10 ** (zeros + 1) >= parts), 0)


def marked(number: Fraction) -> str:
    """As `plain`, with `≈` before a number that had to be rounded."""
    return plain(number) if places(number) is not None else f"≈{plain(number)}"


def known(number: Fraction | None) -> str:
    """As `marked`; "" where there is no number."""
    return "" if number is None else marked(number)


def shown(number: Fraction, decimals: int | None) -> str:
    """A reported score: with the policy's decimals (92.10 stays 92.10), in full where it has none."""
    exact = places(number)
    if decimals is None or exact is None or exact > decimals:
        return plain(number)
    return fixed(number, decimals)


def percent(share: Fraction) -> str:
    """A share of one as a percentage, `≈` where it had to be rounded."""
    return f"{marked(share * 100)}%"
