"""The words of the reports cover everything the engine can say."""

from enum import Enum
from string import Formatter

import pytest

from engine.evaluation.ladder import LADDER
from engine.evaluation.result import Reason, State
from engine.language.syntax import Half, Kind, Method, Operator, Parts, Statistic, Unit
from engine.report.words import (
    KINDS,
    PARTS,
    PHRASES,
    REASONS,
    STATES,
    UNITS,
)
from engine.report.words_of_calculations import METHODS, OPERATORS, ROUNDINGS, STATISTICS


@pytest.mark.parametrize(
    ("words", "enum"),
    [
        (STATES, State),
        (REASONS, Reason),
        (KINDS, Kind),
        (UNITS, Unit),
        (METHODS, Method),
        (ROUNDINGS, Half),
        (STATISTICS, Statistic),
        (OPERATORS, Operator),
        (PARTS, Parts),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_value_has_its_words(words: dict[str, tuple[str, str]], enum: type[Enum]) -> None:
    """No value of an enum is without a Chinese and an English word, and no word is left over."""
    assert set(words) == {member.value for member in enum}


def test_both_sides_speak_of_the_same() -> None:
    """The Chinese and the English sentence have the same places to fill."""

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert {key: places(zh) ^ places(en) for key, (zh, en) in PHRASES.items() if places(zh) != places(en)} == {}


def test_every_step_of_the_plan_can_be_told() -> None:
    """An operation has its own working in the explanation or a phrase that names it."""
    from engine.report.workings import _WORKINGS

    assert {operation for operation, _ in LADDER} - set(_WORKINGS) - set(PHRASES) - {"rule"} == set()
