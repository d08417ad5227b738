"""The house's frozen values: what a field is given, compared by and kept as."""

import copy
import pickle
from dataclasses import FrozenInstanceError, field, replace

import pytest

from engine.values import Frozen, named, positional


@positional
class Pair(Frozen):
    """Two numbers, and a remark that does not compare."""

    low: int
    high: int = 9
    remark: str = field(default="", compare=False, kw_only=True)


@named
class Bag(Frozen):
    """Things by name."""

    name: str
    things: list[int] = field(default_factory=list[int])


def test_fields_are_given_by_position_or_by_name() -> None:
    """What is left out has its default."""
    assert repr(Pair(1)) == "Pair(low=1, high=9, remark='')"
    assert repr(Pair(1, high=2, remark="x")) == "Pair(low=1, high=2, remark='x')"
    assert Pair(1, 2) == Pair(high=2, low=1)


def test_a_fresh_default_belongs_to_one_value() -> None:
    """Two bags do not share their things."""
    one, two = Bag(name="one"), Bag(name="two")
    one.things.append(1)
    assert (one.things, two.things) == ([1], [])


@pytest.mark.parametrize(
    ("given", "by_name", "error"),
    [((), {}, "Pair is not given low"), ((1, 2, "x"), {}, None), ((1,), {"wide": 3}, None)],
)
def test_what_is_missing_or_too_much_is_refused(given, by_name, error: str | None) -> None:
    """A field without a value, a value without a field."""
    with pytest.raises((TypeError, ValueError, AttributeError), match=error):
        Pair(*given, **by_name)


def test_named_fields_are_given_by_name_only() -> None:
    """A value without the name of its field is refused."""
    with pytest.raises((TypeError, ValueError)):
        Bag("one")


def test_a_field_is_set_once() -> None:
    """Neither changed nor deleted, and no other is added."""
    pair = Pair(1, 2)
    with pytest.raises(FrozenInstanceError):
        pair.low = 3
    with pytest.raises(FrozenInstanceError):
        del pair.low
    with pytest.raises(AttributeError):
        pair.wide = 3
    assert replace(pair, low=3) == Pair(3, 2)


def test_equality_and_hash_leave_out_what_does_not_compare() -> None:
    """A remark makes no difference, a class does."""
    assert Pair(1, 2, remark="x") == Pair(1, 2, remark="y")
    assert len({Pair(1, 2, remark="x"), Pair(1, 2)}) == 1
    assert Pair(1, 2) != Pair(1, 3)
    assert Pair(1, 2) != (1, 2)


def test_a_value_travels_whole() -> None:
    """Copied or sent to another process it is the same."""
    for pair in (pickle.loads(pickle.dumps(Pair(1, remark="x"))), copy.deepcopy(Pair(1, remark="x"))):  # noqa: S301 - our own
        assert (pair, pair.remark) == (Pair(1), "x")
