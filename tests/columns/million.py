"""`make columns`: a million units under each shipped policy, by columns and exactly; every difference is told.

Values stand on the policy's bounds, on one to three decimals, on neighbours of these in the last binary digit, or
anywhere; some are missing. Exit code 1 if any state, score or grade differs.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import repeat
from math import inf, nextafter
from pathlib import Path
from random import Random

from pandas import DataFrame

import engine
from engine.evaluation.columns.chunks import columnar
from engine.insight.many import Prepared
from engine.language.policy import Policy
from engine.language.policy_file import read_policy
from engine.language.syntax import Kind
from engine.report.policy_data import policy_data
from tests.columns.test_columns import POLICIES
from tests.reference import measuring
from tests.reference.evaluator import ready as made_ready

BLOCK = 5000


def main() -> int:
    """Compare so many units under each policy, on all cores."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--units", type=int, default=1_000_000, help="how many units under each policy")
    asking.add_argument("policies", nargs="*", help="names of shipped policies (default: all)")
    asked = asking.parse_args()
    different = 0
    with ProcessPoolExecutor() as pool:
        for path in POLICIES:
            if path.stem not in (asked.policies or [path.stem]):
                continue
            blocks = range(-(-asked.units // BLOCK)) if _known(path) else range(0)
            found = list(pool.map(compared, repeat(path), blocks, chunksize=4))
            wrong, alone = sum(one for one, _ in found), sum(other for _, other in found)
            different += wrong
            units = len(blocks) * BLOCK * len(_known(path))
            told = [f"{units:,} units, {wrong} differ, {alone:,} by columns alone"] if units else []
            told += [f"{name}: all worked exactly, for {steps}" for name, steps in _apart(path).items()]
            sys.stdout.write(f"{path.stem}: {'; '.join(told)}\n")
            sys.stdout.flush()
    return min(different, 1)


@cache
def _prepared(path: Path) -> tuple[Policy, tuple[Prepared, ...]]:
    """The policy and its schemes, made ready once in a process."""
    policy = read_policy(path).policy
    assert policy is not None
    return policy, tuple(engine.prepare(policy, scheme=scheme.name) for scheme in policy.schemes)


def _apart(path: Path) -> dict[str, str]:
    """The schemes that are worked exactly as a whole, and for which steps; there is nothing to compare."""
    _, schemes = _prepared(path)
    found = {ready.scheme.name: columnar(ready.plan, ready.work).unknown for ready in schemes}
    return {name: ", ".join({step.operation: None for step in steps}) for name, steps in found.items() if steps}


def _known(path: Path) -> list[Prepared]:
    """The schemes that columns know."""
    _, schemes = _prepared(path)
    return [ready for ready in schemes if ready.scheme.name not in _apart(path)]


def compared(path: Path, block: int) -> tuple[int, int]:
    """Of one block how many units differ, and how many the columns worked alone."""
    policy, schemes = _prepared(path)
    different, alone = 0, 0
    for ready in _known(path):
        day = "" if ready.as_of is None else ready.as_of.isoformat()
        lines = made_ready(policy_data(policy)["schemes"][schemes.index(ready)], day)
        frame = DataFrame(list(_units(Random(block), ready, lines)))  # noqa: S311 - seeded chance for measures
        exact = engine.evaluate(ready, frame, indicators=True).drop(columns="exact")
        columns = engine.evaluate(ready, frame, indicators=True, exact=False)
        different += int((exact.map(str) != columns[exact.columns].map(str)).any(axis=1).sum())
        alone += len(frame) - columns.attrs.get("exactly", len(frame))
    return different, alone


def _units(random: Random, ready: Prepared, lines: measuring.Json) -> Iterator[dict[str, float | None]]:
    """Measures of the units of one block."""
    asked = {path: lines["indicators"][path] for path in ready.asked}
    cuts = {path: [float(cut) for cut in measuring.cuts(lines, line)] for path, line in asked.items()}
    ends = {path: _ends(lines, line) for path, line in asked.items()}
    for _ in range(BLOCK):
        yield {path: _value(random, ready.asked[path].kind, ends[path], cuts[path]) for path in asked}


def _ends(lines: measuring.Json, line: measuring.Json) -> tuple[float, float]:
    low, high = measuring.bounds(lines, line)
    return float(low), float(high)


def _value(random: Random, kind: Kind, ends: tuple[float, float], cuts: list[float]) -> float | None:
    low, high = ends
    if random.random() < 0.03 or kind is Kind.DISTRIBUTION:
        return None
    if kind in (Kind.COUNT, Kind.YES_NO):
        return float(random.randrange(2 if kind is Kind.YES_NO else 12))
    anywhere = round(random.uniform(low, high), random.choice((1, 1, 2, 3, 17)))
    value = random.choice(cuts) if random.random() < 0.2 else anywhere
    if random.random() < 0.1:
        value = nextafter(value, random.choice((-inf, inf)))
    return min(high, max(low, value))


if __name__ == "__main__":
    sys.exit(main())
