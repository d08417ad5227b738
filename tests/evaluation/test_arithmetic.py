"""Rounding, comparing, mapping, and the three operations that have no exact value."""

from fractions import Fraction

import pytest

from engine.evaluation.arithmetic import (
    clamped,
    compares,
    counted,
    geometric_mean,
    mapping,
    natural_log,
    power,
    power_mean,
    rounded,
    square_root,
    stretches_of,
    weighted_mean,
    within,
)
from engine.language.syntax import Comparison, Half, Parts, Rounding, Scale

F = Fraction


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("12.1498", 1, "12.1"),  # GB/T 8170, 3.2.1
        ("12.1498", 0, "12"),
        ("1268", -2, "1300"),  # 3.2.2
        ("10.5002", 0, "11"),  # 3.2.3
        ("1.050", 1, "1.0"),  # 3.2.4, interval 0.1
        ("0.35", 1, "0.4"),
        ("2500", -3, "2000"),  # interval 1000
        ("3500", -3, "4000"),
        ("0.0325", 3, "0.032"),  # interval 0.001
        ("32500", -3, "32000"),
        ("-355", -1, "-360"),  # 3.2.5
        ("-325", -1, "-320"),
        ("-365", -1, "-360"),
        ("15.4546", 0, "15"),  # 3.3: in one go, never 15.4546 → 15.455 → 15.46 → 15.5 → 16
    ],
)
def test_half_even_is_that_of_the_standard(value: str, decimals: int, expected: str) -> None:
    """四舍六入五成双 gives the examples of GB/T 8170."""
    assert rounded(F(value), Rounding(Half.EVEN, decimals)) == F(expected)


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        ("84.95", Half.UP, "85.0"),
        ("84.85", Half.UP, "84.9"),
        ("84.849", Half.UP, "84.8"),
        ("-84.85", Half.UP, "-84.9"),
        ("84.89", Half.FLOOR, "84.8"),
        ("-84.89", Half.FLOOR, "-84.8"),
        ("84.8", Half.CEIL, "84.8"),
        ("84.801", Half.CEIL, "84.9"),
        ("-84.801", Half.CEIL, "-84.9"),
        ("84.8765", Half.NONE, "84.8765"),
        ("0", Half.UP, "0"),
    ],
)
def test_other_roundings(value: str, mode: Half, expected: str) -> None:
    """Half up, down and up work on the absolute value; none leaves the number alone."""
    assert rounded(F(value), Rounding(mode, None if mode is Half.NONE else 1)) == F(expected)


@pytest.mark.parametrize(("parts", "expected"), [(Parts.NOTHING, F(1)), (Parts.WHOLE, F(2)), (Parts.SHARE, F("1.7"))])
def test_part_steps(parts: Parts, expected: Fraction) -> None:
    """1.7 steps cost 1, 2 or 1.7 steps."""
    assert counted(F("1.7"), parts) == expected


@pytest.mark.parametrize("parts", list(Parts))
def test_whole_steps_are_the_same_under_every_choice(parts: Parts) -> None:
    """Two whole steps are two steps."""
    assert counted(F(2), parts) == 2


@pytest.mark.parametrize(
    ("comparison", "holding"),
    [
        (Comparison.LESS, (True, False, False)),
        (Comparison.AT_MOST, (True, True, False)),
        (Comparison.EQUAL, (False, True, False)),
        (Comparison.NOT_EQUAL, (True, False, True)),
        (Comparison.AT_LEAST, (False, True, True)),
        (Comparison.MORE, (False, False, True)),
    ],
)
def test_comparisons(comparison: Comparison, holding: tuple[bool, bool, bool]) -> None:
    """1, 2 and 3 against 2."""
    assert tuple(compares(F(x), comparison, F(2)) for x in (1, 2, 3)) == holding


def test_bounds_belong_as_said() -> None:
    """A closed bound belongs, an open one does not, no bound excludes nothing."""
    assert within(F(80), F(95), low_closed=True, high_closed=False)(F(80))
    assert not within(F(80), F(95), low_closed=True, high_closed=False)(F(95))
    assert not within(F(80), F(95), low_closed=False, high_closed=True)(F(80))
    assert within(F(80), F(95), low_closed=False, high_closed=True)(F(95))
    assert within(None, F(60), low_closed=False, high_closed=False)(F(-5))
    assert within(F(95), None, low_closed=True, high_closed=False)(F(500))


def test_a_scale_maps_linearly() -> None:
    """1-5 as 20-100: 4.35 is 87; lower is better turns the scale round: 1 is 100, 4.35 is 33."""
    scale = Scale(F(1), F(5), F(20), F(100))
    assert mapping(stretches_of(scale))(F("4.35")) == 87
    assert mapping(stretches_of(scale, reverse=True))(F(1)) == 100
    assert mapping(stretches_of(scale, reverse=True))(F("4.35")) == 33


def test_clamping() -> None:
    """Beyond a bound stands the bound."""
    assert [clamped(F(x), F(0), F(100)) for x in (-1, 0, 50, 101)] == [0, 0, 50, 100]


def test_the_weighted_mean_divides_by_its_weights() -> None:
    """(5·90 + 4·60) / 9 = 230/3."""
    assert weighted_mean([F(90), F(60)], [F(5), F(4)]) == F(230, 3)


def test_the_logarithm_has_fifty_digits() -> None:
    """Ln 2 and ln(3/2) to 50 significant digits (published values)."""
    assert natural_log(F(2)) == F("0.69314718055994530941723212145817656807550013436026")
    assert natural_log(F(3, 2)) == F("0.40546510810816438197801311546434913657199042346249")
    assert natural_log(F(1)) == 0


def test_the_logarithm_keeps_its_digits_near_one() -> None:
    """ln(1 + 10⁻³⁰) = 10⁻³⁰ - 10⁻⁶⁰/2 + 10⁻⁹⁰/3 …, to 50 significant digits."""
    tiny = F(1, 10**30)
    assert natural_log(1 + tiny) == tiny - tiny**2 / 2


def test_the_square_root_has_fifty_digits() -> None:
    """√2 to 50 significant digits (published value); √(9/4) exactly."""
    assert square_root(F(2)) == F("1.4142135623730950488016887242096980785696718753769")
    assert square_root(F(9, 4)) == F(3, 2)
    assert square_root(F(0)) == 0


@pytest.mark.parametrize(("digits", "rounded"), [(465, 460), (475, 480)])
def test_a_tie_at_the_fiftieth_digit(digits: int, rounded: int) -> None:
    """Any mean of one number is that number. Of 51 digits the last one is a 5: 100…0465 lies half-way between …0460 and
    …0470, and the even one is taken: 46; of 100…0475 it is 48. So does the root of its square.
    """
    number, fifty = F(10**50 + digits), F(10**50 + rounded)
    assert geometric_mean([number], [F(1)]) == fifty
    assert power_mean([number], [F(1)], F(2)) == fifty
    assert power(number**3, F(1, 3)) == fifty
    assert square_root(number**2) == fifty


def test_the_geometric_mean() -> None:
    """√(90·40) = 60; equal values give the value; ³√(100·10·1) = 10; one 0 gives 0, unless it has no weight."""
    assert geometric_mean([F(90), F(40)], [F(1), F(1)]) == 60
    assert geometric_mean([F(80), F(80), F(80)], [F(1, 3)] * 3) == 80
    assert geometric_mean([F(100), F(10), F(1)], [F(1)] * 3) == 10
    assert geometric_mean([F(80), F(0)], [F(1), F(1)]) == 0
    assert geometric_mean([F(80), F(0)], [F(1), F(0)]) == 80


def test_the_weighted_geometric_mean() -> None:
    """16^(3/4) · 81^(1/4) = 8 · 3 = 24."""
    assert geometric_mean([F(16), F(81)], [F(3), F(1)]) == 24
