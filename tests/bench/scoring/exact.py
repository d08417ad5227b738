"""The reference: every score in fractions, unit by unit, as one would calculate on paper. It uses no part of rubric."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import floor

from tests.bench.scoring import data, tree

STEPS = {name: tuple(Fraction(str(one)) for one in rule) for name, rule in tree.RATES.items()}
EACH = {name: tuple(Fraction(str(one)) for one in rule) for name, rule in tree.COUNTS.items()}


def score(measures: Mapping[str, float | None]) -> tuple[int, int]:
    """The score in hundredths and the grade as its place among A, B, C, D."""
    given = {name: None if value is None else printed(value) for name, value in measures.items()}
    for name, parts in tree.GROUPS.items():
        given[name] = mean(given, parts)
    given[tree.DELIVERY] = max(Fraction(0), 100 - sum(deductions(given)))
    overall = mean(given, tree.OVERALL)
    assert overall is not None
    if (given[tree.VETO] or 0) >= 1:
        overall = min(overall, Fraction(tree.CEILING))
    hundredths = floor(overall * 100 + Fraction(1, 2))
    return hundredths, sum(hundredths < 100 * cut for cut in tree.CUTS)


@cache
def printed(number: float) -> Fraction:
    """A binary number as the decimal that it prints."""
    return Fraction(str(number))


def mean(given: Mapping[str, Fraction | None], parts: Mapping[str, int]) -> Fraction | None:
    """The weighted mean of the parts that there are."""
    found = [(weight, value) for part, weight in parts.items() if (value := given[part]) is not None]
    return sum((weight * value for weight, value in found), Fraction(0)) / sum(w for w, _ in found) if found else None


def deductions(given: Mapping[str, Fraction | None]) -> list[Fraction]:
    """What each rule takes; a missing measure takes nothing."""
    taken: list[Fraction] = []
    for name, (target, step, points, most) in STEPS.items():
        value = given[name]
        steps = 0 if value is None else floor(max(Fraction(0), target - value) / step)
        taken.append(min(most, points * steps))
    taken += [min(most, points * (given[name] or 0)) for name, (points, most) in EACH.items()]
    return taken


def run(file, most=1_000_000_000):
    """Scores and grades of the units of a Parquet file, of the first so many."""
    import duckdb

    with duckdb.connect() as connection:
        rows = connection.execute(f"FROM '{file}' LIMIT {most}").fetchall()
    found = [score(dict(zip(data.MEASURES, row, strict=True))) for row in rows]
    return [one for one, _ in found], [grade for _, grade in found]


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return ran
