"""`make columns`: a million units under each shipped policy, by columns and exactly; every difference is told.

Values stand on the policy's bounds, on one to three decimals, on neighbours of these in the last binary digit, or
anywhere; some are missing. Exit code 1 if any state, score or grade differs.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from math import inf, nextafter
from pathlib import Path
from random import Random

from pandas import DataFrame

import engine
from engine.evaluation.columns.chunks import columnar
from engine.insight.many import Prepared
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
    units = asking.parse_args().units
    different = 0
    with ProcessPoolExecutor() as pool:
        for path in POLICIES:
            blocks = range(-(-units // BLOCK))
            wrong = sum(pool.map(compared, repeat(path), blocks, chunksize=4))
            different += wrong
            sys.stdout.write(f"{path.stem}: {len(blocks) * BLOCK} units, {wrong} differ{_apart(path)}\n")
    return min(different, 1)


def _apart(path: Path) -> str:
    """Which steps of the policy only the exact arithmetic knows."""
    policy = read_policy(path).policy
    assert policy is not None
    plans = [engine.prepare(policy, scheme=scheme.name) for scheme in policy.schemes]
    steps = [step.operation for ready in plans for step in columnar(ready.plan, ready.work).unknown]
    return f"; worked exactly for: {', '.join(dict.fromkeys(steps))}" if steps else ""


def compared(path: Path, block: int) -> int:
    """Of one block how many units differ."""
    policy = read_policy(path).policy
    assert policy is not None
    different = 0
    for number, scheme in enumerate(policy.schemes):
        ready = engine.prepare(policy, scheme=scheme.name)
        day = "" if ready.as_of is None else ready.as_of.isoformat()
        lines = made_ready(policy_data(policy)["schemes"][number], day)
        frame = DataFrame(list(_units(Random(block), ready, lines)))  # noqa: S311 - seeded chance for measures
        exact = engine.evaluate(ready, frame, indicators=True).drop(columns="exact")
        columns = engine.evaluate(ready, frame, indicators=True, exact=False)
        different += int((exact.map(str) != columns[exact.columns].map(str)).any(axis=1).sum())
    return different


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
