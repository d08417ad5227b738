"""The numbers of the engine: exact fractions.

They are those of quicktions, the standard library's fractions compiled: the same operations with the same digits, equal
to them and of the same hash, in an eighth of the time. Numbers of others and texts come in through `fraction_of`.
"""

from decimal import Decimal
from numbers import Rational
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction  # noqa: TID251 - whoever checks types may take them for Python's own
else:
    from quicktions import Fraction

__all__ = ["Fraction", "fraction_of"]


def fraction_of(number: Rational | Decimal | int | str) -> Fraction:
    """A number of any library, or a text that is one, as the engine's own. Raises `ValueError` for any other text.

    Texts are read here and nowhere else: quicktions 1.24 writes the digit of a text of one character into an object
    that belongs to Python (all of it has one `bytes(1)`), so that such a text must not reach it.
    """
    if isinstance(number, str):
        return Fraction(int(number) if len(number) == 1 else number)
    if isinstance(number, Fraction | Decimal):
        return Fraction(number)
    return Fraction(int(number.numerator), int(number.denominator))
