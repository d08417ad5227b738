"""The engine beside the second evaluator: one difference in any digit, state or grade is told with all that made it."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction as F
from random import Random

from engine.diagnostics import message
from engine.evaluation.assessment import score
from engine.evaluation.given import Given
from engine.evaluation.result import NodeResult, State
from engine.language.checks import check
from engine.language.policy import Policy
from engine.language.reader import read_document
from engine.report.policy_data import policy_data
from engine.source import source_of
from tests.reference import drawing, measuring
from tests.reference.evaluator import assess
from tests.reference.numbers import Json

DAYS = ("2024-06-30", "2024-12-31", "2025-01-01", "2025-06-30")


def policy_of(text: str) -> Policy:
    """A drawn policy, which must check clean."""
    document, found = read_document(source_of("drawn.yaml", text))
    policy, more = (None, ()) if document is None else check(document)
    errors = [f"{d.place} {d.code} {message(d, 'en')}" for d in (*found, *more) if d.severity == "error"]
    assert not errors, "\n".join([*errors, text])
    assert policy is not None
    return policy


def given(measure: Json) -> Given:
    """A measure as the engine takes it."""
    if "state" in measure:
        return State(measure["state"])
    if "value" in measure:
        return F(measure["value"])
    if "periods" in measure:
        return {name: F(n) for name, n in measure["periods"].items()}
    return [F(n) for n in (measure["cases"] if "cases" in measure else measure["shares"])]


def differences(policy: Policy, data: Json, number: int, measures: Json, day: str) -> list[str]:
    """What the two do not say alike of one unit under scheme `number`, as lines to read."""
    taken = {path: given(measure) for path, measure in measures.items()}
    ours = score(policy, policy.schemes[number], taken, as_of=date.fromisoformat(day))
    theirs = assess(data["schemes"][number], [measures], day)[0]
    lines = [
        f"{node.path}: {what}: engine {_plain(one)}, reference {_plain(other)}"
        for node in ours.nodes
        for what, one, other in _beside(node, theirs[node.path])
        if one != other
    ]
    return [*lines, f"day {day}", json.dumps(measures, ensure_ascii=False)] if lines else []


def _beside(node: NodeResult, told: Json) -> Iterator[tuple[str, object, object]]:
    """The same fact twice, by name."""
    yield "state", node.state.value, told["state"]
    yield "score", node.score, told["score"]
    yield "reported", node.reported, told["reported"]
    yield "loss", node.loss, told["loss"]
    yield "grade", node.grade, told["grade"]
    yield "shares", node.membership, told["shares"]
    yield "before the veto", node.before_veto, told["before_veto"]
    if told["rules"] is not None:
        yield "rules", [(line.counted, line.points) for line in node.lines], told["rules"]


def _plain(value: object) -> str:
    return ", ".join(map(_plain, value)) if isinstance(value, list | tuple) else str(value)


def search(text: str, seed: int, data_sets: int) -> list[str]:
    """A policy with so many drawn data sets, under each of its schemes: all differences, with what made them."""
    policy = policy_of(text)
    data = policy_data(policy)
    random = Random(seed)
    found: list[str] = []
    for number in range(data_sets):
        scheme = number % len(policy.schemes)
        day = random.choice(DAYS)
        measures = measuring.draw(random, data["schemes"][scheme], day)
        lines = differences(policy, data, scheme, measures, day)
        if lines:
            found += [f"seed {seed}", *lines, text]
    return found


def drawn(seed: int, data_sets: int) -> list[str]:
    """The differences over the policy drawn from a seed."""
    return search(drawing.draw(Random(seed)), seed, data_sets)
