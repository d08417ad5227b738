"""The engine's fractions beside Python's own: the same digits, the same hash, and they mix."""

import pickle
from decimal import Decimal
from fractions import Fraction as Python
from itertools import product
from operator import add, eq, floordiv, ge, gt, le, lt, mod, mul, ne, sub, truediv

import pytest

from engine.exact import Fraction, fraction_of

NUMBERS = ((0, 1), (1, 3), (-7, 2), (973, 10), (123_456_789, 1_000_003), (2**80 + 1, 3**50))


@pytest.mark.parametrize("operation", [add, sub, mul, truediv, floordiv, mod, eq, ne, lt, le, gt, ge])
def test_every_operation_gives_what_pythons_gives(operation) -> None:
    """Also where one of the two numbers is Python's, on either side."""
    for left, right in product(NUMBERS, repeat=2):
        if right[0] == 0 and operation in {truediv, floordiv, mod}:
            continue
        expected = operation(Python(*left), Python(*right))
        for one, other in product((Fraction, Python), repeat=2):
            assert operation(one(*left), other(*right)) == expected


def test_equal_numbers_are_one_key() -> None:
    """Whose fraction it is does not matter in a set; texts are the same, and a pickle gives the number again."""
    for number in NUMBERS:
        ours, theirs = Fraction(*number), Python(*number)
        assert len({ours, theirs}) == 1
        assert (str(ours), float(ours), Python(ours)) == (str(theirs), float(theirs), theirs)
        assert pickle.loads(pickle.dumps(ours)) == theirs  # noqa: S301 - written one line above


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (3, (3, 1)),
        (True, (1, 1)),
        (Python(-7, 2), (-7, 2)),
        (Fraction(1, 3), (1, 3)),
        (Decimal("97.25"), (389, 4)),
        ("3", (3, 1)),
        ("３", (3, 1)),
        ("97.25", (389, 4)),
        ("278/3", (278, 3)),
        ("-1e-3", (-1, 1000)),
    ],
)
def test_numbers_of_others_and_texts(number, expected) -> None:
    """What comes from outside is the engine's own number, with whole numbers of Python above and below."""
    found = fraction_of(number)
    assert isinstance(found, Fraction)
    assert (found.numerator, found.denominator) == expected
    assert (type(found.numerator), type(found.denominator)) == (int, int)


@pytest.mark.parametrize("text", ["", " ", "x", "1/", "nan", "-", "1.2.3"])
def test_a_text_that_is_no_number(text: str) -> None:
    """It is refused as Python's fractions refuse it."""
    with pytest.raises(ValueError):
        fraction_of(text)


def test_a_digit_leaves_nothing_behind() -> None:
    """A text of one character is read without touching the byte that all of Python shares."""
    assert [fraction_of(digit) for digit in "0123456789"] == list(range(10))
    assert list(b"\0") == [0]
