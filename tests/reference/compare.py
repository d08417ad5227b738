"""The engine beside the second evaluator: one difference in any digit, state or grade is told with all that made it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import cast

from engine.diagnostics import Refused, message
from engine.evaluation.assessment import assess as assess_files
from engine.evaluation.given import Given
from engine.evaluation.result import Assessment, NodeResult, State
from engine.insight.many import evaluate, prepare
from engine.language.checks import check
from engine.language.policy import CheckedScheme, Policy
from engine.language.reader import read_document
from engine.report.policy_data import policy_data
from engine.source import source_of
from tests.reference import drawing, ledgers, measuring
from tests.reference.evaluator import assess, ready as made_ready
from tests.reference.figures import Found, Json
from tests.reference.measuring import Measures
from tests.reference.rows import collected, measured
from tests.reference.shares import Shares, kinds

Compared = tuple[list[str], Shares]
WITH_TABLES = 16
DAYS = ("2024-06-30", "2024-12-31", "2025-01-01", "2025-06-30")


def policy_of(text: str) -> Policy:
    """A drawn policy, which must check clean."""
    document, found = read_document(source_of("drawn.yaml", text))
    policy, more = (None, ()) if document is None else check(document)
    errors = [f"{d.place} {d.code} {message(d, 'en')}" for d in (*found, *more) if d.severity == "error"]
    if errors or policy is None:
        raise ValueError("\n".join([*errors, text]))
    return policy


def given(measure: Found) -> Given:
    """A measure as the engine takes it."""
    if measure.cases is not None:
        return measure.cases
    if not measure.there:
        return State(measure.state)
    if measure.periods is not None:
        return {name: found.number for name, found in measure.periods.items()}
    return list(measure.shares) or measure.number


def differences(policy: Policy, scheme: CheckedScheme, ready: Json, units: list[Measures], day: str) -> Compared:
    """What the two do not say alike of some units that are assessed together, and what kinds of cases they were."""
    prepared = prepare(policy, scheme=scheme.name, as_of=date.fromisoformat(day))
    # What is missing is said so, and in every second unit not given at all.
    told = [[(path, one) for path, one in m.items() if n % 2 or one.state != "missing"] for n, m in enumerate(units)]
    ours = evaluate(prepared, [{path: given(one) for path, one in measures} for measures in told])
    found, shares = list[str](), Shares()
    for measures, result, theirs in zip(units, ours, assess(ready, units), strict=True):
        shares.update({**kinds(ready, measures, theirs), ("measured", "given"): 1})
        lines = unlike(result.trace().nodes, theirs)
        found += [*lines, f"day {day}", _measures(measures)] if lines else []
    return found, shares


def unlike(nodes: Sequence[NodeResult], theirs: dict[str, Json]) -> list[str]:
    """What is not the same, as lines to read."""
    return [
        f"{node.path}: {what}: engine {_plain(one)}, reference {_plain(other)}"
        for node in nodes
        for what, one, other in _beside(node, theirs[node.path])
        if one != other
    ]


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


def _measures(measures: Measures) -> str:
    """What was given, as the engine takes it."""
    return "; ".join(f"{path} = {_plain(given(found))}" for path, found in measures.items())


def _plain(value: object) -> str:
    return ", ".join(map(_plain, cast("Sequence[object]", value))) if isinstance(value, list | tuple) else str(value)


def search(text: str, seed: int, units: int) -> Compared:
    """A policy with so many drawn units, under each of its schemes: all differences, with what made them."""
    policy, random = policy_of(text), Random(seed)
    found, shares = list[str](), Shares()
    for scheme, data in zip(policy.schemes, policy_data(policy)["schemes"], strict=True):
        begin = policy.header.effective_from
        day = max(random.choice(DAYS), begin.isoformat() if begin else "")
        ready = measuring.with_followers(made_ready(data, day))
        lines, more = differences(policy, scheme, ready, [measuring.draw(random, ready) for _ in range(units)], day)
        found += [f"seed {seed}", *lines, text] if lines else []
        shares.update(more)
    return found, shares


def by_files(policy: Policy, folder: Path) -> Sequence[Assessment]:
    """What the engine makes of the files in a folder."""
    return assess_files(policy, folder).assessments


def from_files(seed: int, assessed: Callable[[Policy, Path], Sequence[Assessment]] = by_files) -> Compared:
    """A policy drawn with its tables: what comes of their files beside what their rows say, in every unit and of all."""
    text, tables = ledgers.draw(Random(seed))
    policy, day = policy_of(text), "2025-12-31"
    with TemporaryDirectory() as folder:
        ledgers.write(tables, Path(folder))
        ours = assessed(policy, Path(folder))
    data = policy_data(policy)
    ready = measuring.with_followers(made_ready(data["schemes"][0], day))
    rows = collected(data["header"], tables, "2025-01-01", day)
    units = [measured(rows, ready, dict(one.unit)) for one in ours]
    found, shares = list[str](), Shares()
    for one, measures, theirs in zip(ours, units, assess(ready, units), strict=True):
        shares.update({**kinds(ready, measures, theirs), ("measured", "from rows"): 1})
        lines = unlike(one.nodes, theirs)
        found += [f"seed {seed} {dict(one.unit)}", *lines, text] if lines else []
    return found, shares


def drawn(seed: int, units: int) -> Compared:
    """The differences over the policy drawn from a seed, one in so many with tables; an error in it is one."""
    try:
        return search(drawing.draw(Random(seed)), seed, units) if seed % WITH_TABLES else from_files(seed)
    except (ValueError, Refused) as error:
        return [f"seed {seed}", str(error)], Shares()
