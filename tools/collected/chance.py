"""Seeded chance, by `Random.random()` alone, which every version of Python computes alike."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


def pick(chance: Random, among: Sequence[T]) -> T:
    """One of several, by `random()` alone, which every version of Python computes alike."""
    return among[int(chance.random() * len(among))]


def between(chance: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(chance.random() * (high - low + 1))


def moment(chance: Random, first: datetime, days: int) -> datetime:
    """A time between eight and twenty-one o'clock on one of `days` days."""
    return first + timedelta(days=between(chance, 0, days - 1), seconds=between(chance, 8 * 3600, 21 * 3600))


def opinion(chance: Random, expected: Sequence[float], low: int, high: int) -> list[int]:
    """A respondent's answers: one mood for all questions, some noise for each."""
    mood = (chance.random() + chance.random() + chance.random() - 1.5) * (high - low) / 4
    answers = (each + mood + (chance.random() - 0.5) * (high - low) / 2 for each in expected)
    return [min(high, max(low, int(answer + 0.5))) for answer in answers]


def midnight(time: datetime) -> datetime:
    """The day of a time, as ledgers write it."""
    return datetime(time.year, time.month, time.day)
