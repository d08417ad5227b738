"""The functions of formulas: exact where there is an exact value, 50 significant digits where there is none."""

from fractions import Fraction

import pytest

from engine.evaluation.functions import applied
from engine.evaluation.result import Reason

F = Fraction


@pytest.mark.parametrize(
    ("operator", "numbers", "value"),
    [
        ("median", (7, 1, 4), F(4)),
        ("median", (7, 1, 4, 10), F("5.5")),
        ("geometric mean", (4, 9), F(6)),
        ("geometric mean", (0, 9), F(0)),
        ("harmonic mean", (30, 60), F(40)),
        ("harmonic mean", (0, 60), F(0)),
        ("standard deviation", (2, 4, 4, 4, 5, 5, 7, 9), F(2)),
        ("sample standard deviation", (1, 5, 3), F(2)),
        ("square root", ("2.25",), F("1.5")),
        ("cube root", (27,), F(3)),
        ("cube root", (-27,), F(-3)),
        ("cube root", (0,), F(0)),
        ("ln", (1,), F(0)),
        ("log10", (1000,), F(3)),
        ("log10", ("0.01",), F(-2)),
        ("exp", (0,), F(1)),
        ("absolute value", (-3,), F(3)),
        ("^", ("1.1", 2), F("1.21")),
        ("^", (-2, 3), F(-8)),
        ("^", (2, -2), F("0.25")),
        ("^", (32, "0.2"), F(2)),
        ("^", (0, 2), F(0)),
        ("^", (0, 0), F(1)),
    ],
)
def test_values(operator: str, numbers: tuple[int | str, ...], value: Fraction) -> None:
    """Values that end are hit to the last digit."""
    assert applied(operator, [F(number) for number in numbers]) == value


@pytest.mark.parametrize(
    ("operator", "number", "digits"),
    [
        ("exp", 1, "2.7182818284590452353602874713526624977572470937000"),
        ("ln", 2, "0.69314718055994530941723212145817656807550013436026"),
        ("log10", 2, "0.30102999566398119521373889472449302676818988146211"),
        ("square root", 2, "1.4142135623730950488016887242096980785696718753769"),
        ("cube root", 2, "1.2599210498948731647672106072782283505702514647015"),
    ],
)
def test_fifty_digits(operator: str, number: int, digits: str) -> None:
    """e, ln 2, lg 2, √2 and ∛2 as tables of mathematics print them, to 50 significant digits, half even."""
    assert applied(operator, [F(number)]) == F(digits)


@pytest.mark.parametrize(
    ("operator", "numbers", "reason"),
    [
        ("ln", (0,), Reason.NO_LOGARITHM),
        ("log10", (-1,), Reason.NO_LOGARITHM),
        ("square root", (-1,), Reason.NO_POWER),
        ("geometric mean", (-1, 4), Reason.NO_GEOMETRIC_MEAN),
        ("harmonic mean", (-1, 4), Reason.NO_GEOMETRIC_MEAN),
        ("sample standard deviation", (4,), Reason.TOO_FEW),
        ("^", (0, -1), Reason.DIVISION_BY_ZERO),
        ("^", (-8, F(1, 3)), Reason.NO_POWER),
        ("^", (10, 10**9), Reason.TOO_LARGE),
        ("exp", (10**9,), Reason.TOO_LARGE),
    ],
)
def test_reasons(operator: str, numbers: tuple[int | Fraction, ...], reason: Reason) -> None:
    """What has no value, or one that nobody could write down, says why."""
    assert applied(operator, [F(number) for number in numbers]) is reason
