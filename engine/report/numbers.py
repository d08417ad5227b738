"""Exact numbers as people read them: no float, no locale, the same text on every machine."""

from fractions import Fraction

_FULL = 6  # a decimal that ends within these places is printed in full
_SHORT = 4  # any other is rounded to these, a small one to as many significant digits
_SMALL, _SMALLEST = Fraction(1, 1000), 20


def places(number: Fraction) -> int | None:
    """How many decimals write the number exactly; None when more than six are needed."""
    return next((p for p in range(_FULL + 1) if (number * 10**p).denominator == 1), None)


def fixed(number: Fraction, decimals: int) -> str:
    """The number with exactly `decimals` places, halves away from zero."""
    scaled = (abs(number) * 10**decimals + Fraction(1, 2)).__floor__()
    digits = str(scaled).rjust(decimals + 1, "0")
    sign = "-" if number < 0 and scaled else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def plain(number: Fraction) -> str:
    """The number in full where it ends within six decimals, else with four; below 0.001 with four significant ones."""
    exact = places(number)
    return fixed(number, _shortened(number) if exact is None else exact)


def _shortened(number: Fraction) -> int:
    """How many decimals show four digits that are not leading zeros; four for a number without any within twenty."""
    zeros = next((n for n in range(_SMALLEST) if abs(number) * 10 ** (n + 1) >= 1), 0)
    return zeros + _SHORT if abs(number) < _SMALL else _SHORT


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
