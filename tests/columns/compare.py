"""The columns beside the exact arithmetic: every unit that does not come to the same is told with its measures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction as F
from random import Random

from engine.evaluation.columns.chunks import Columnar, Run, Scored, columnar, decimals_of
from engine.evaluation.columns.measures import of_measured
from engine.evaluation.given import Given, measured_of
from engine.evaluation.nodes import reported_score
from engine.evaluation.result import State
from engine.insight.columns import told_indicators
from engine.insight.many import Prepared, UnitResult, evaluate, prepare
from engine.language.policy import Policy
from engine.report.policy_data import policy_data
from tests.reference import measuring
from tests.reference.compare import given
from tests.reference.evaluator import ready as made_ready

Units = Sequence[Mapping[str, Given]]


def nearest(value: Given) -> Given:
    """A number as a binary one tells it: the shortest decimal of the nearest, so that no unit is exact from the start."""
    return F(str(value.numerator / value.denominator)) if isinstance(value, F) else value


def drawn_units(policy: Policy, ready: Prepared, random: Random, count: int) -> Units:
    """Units aimed at every bound of the policy, each number a binary one."""
    number = policy.schemes.index(ready.scheme)
    data = policy_data(policy)["schemes"][number]
    day = None if ready.as_of is None else ready.as_of.isoformat()
    scheme = measuring.with_followers(made_ready(data, day))
    drawn = (measuring.draw(random, scheme) for _ in range(count))
    return [{path: nearest(given(one)) for path, one in measures.items()} for measures in drawn]


def by_columns(ready: Prepared, units: Units) -> tuple[Columnar, Scored]:
    """The units by columns, with the score of every indicator that is rounded."""
    measures = {
        path: of_measured([measured_of(asked, unit.get(path)) for unit in units]) for path, asked in ready.asked.items()
    }
    made = columnar(ready.plan, ready.work)
    asked = [path for path in told_indicators(ready) if decimals_of(ready.plan, path) is not None]
    return made, Run(made, measures, asked).scored(len(units))


def differences(ready: Prepared, units: Units) -> list[str]:
    """What the two do not say alike, as lines to read."""
    exact = evaluate(ready, units)
    made, scored = by_columns(ready, units)
    return [
        f"{dict(unit)}: {what}: exact {one}, columns {other}"
        for row, (unit, result) in enumerate(zip(units, exact, strict=True))
        for what, one, other in _beside(made, scored, row, result)
        if one != other
    ]


def _beside(made: Columnar, scored: Scored, row: int, result: UnitResult) -> Iterator[tuple[str, object, object]]:
    """The same fact twice, by name."""
    lack = made.legend.lacks.get(int(scored.lacks[row] or scored.instead[row]))
    reason = "" if lack is None or lack.reason is None else lack.reason.value
    state = lack.state if lack is not None and scored.lacks[row] else State.VALUE
    yield "state", result.state, state
    yield "reason", (result.reason, result.cause), (reason, "" if lack is None else lack.cause)
    yield "grade", result.grade, made.legend.grades[scored.grade[row]] or None
    for path, reported in scored.scores.items():
        units, places = int(reported.units[row]), decimals_of(made.plan, path) or 0
        yield path, reported_score(result.sheet, path), F(units) / F(10) ** places if reported.has[row] else None


def search(policy: Policy, seed: int, count: int, day: date | None = None) -> tuple[list[str], int]:
    """The differences over drawn units under each scheme of a policy, and how many units the columns worked alone."""
    found: list[str] = []
    alone = 0
    for scheme in policy.schemes:
        ready = prepare(policy, scheme=scheme.name, as_of=day)
        units = drawn_units(policy, ready, Random(seed), count)  # noqa: S311 - seeded chance for measures
        found += differences(ready, units)
        _, scored = by_columns(ready, units)
        alone += count - int(scored.exactly.sum())
    return found, alone
