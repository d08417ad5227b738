"""`make differential`: the engine against the second evaluator over a million drawn policies and data, or as many as asked.

Prints every difference with the policy and the measures that made it (exit code 1 if there is one), and of which kinds
the cases were.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from random import Random
from time import monotonic

from tests.columns.compare import search as columns_beside_exact
from tests.reference import drawing
from tests.reference.compare import Compared, drawn, policy_of
from tests.reference.shares import Shares, rendered

UNITS = 20
BY_COLUMNS = 16


def judged(seed: int, units: int) -> Compared:
    """The differences over the policy drawn from a seed; of one in so many also those of the columns."""
    found, shares = drawn(seed, units)
    if seed % BY_COLUMNS != BY_COLUMNS // 2:
        return found, shares
    shares["measured", "by columns"] += units
    return found + columns_beside_exact(policy_of(drawing.draw(Random(seed))), seed, units)[0], shares


def main() -> int:
    """Search so many pairs from a seed on, on all cores or on so many."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--pairs", type=int, default=1_000_000, help="how many policies with data")
    asking.add_argument("--seed", type=int, default=0, help="the first policy's seed; the next ones count on from it")
    asking.add_argument("--processes", type=int, help="on so many cores, not on all")
    asked = asking.parse_args()
    policies = -(-asked.pairs // UNITS)
    begun, differing, shares = monotonic(), 0, Shares()
    with ProcessPoolExecutor(asked.processes) as pool:
        seeds = range(asked.seed, asked.seed + policies)
        for lines, more in pool.map(judged, seeds, repeat(UNITS), chunksize=8):
            differing += bool(lines)
            shares.update(more)
            sys.stdout.write("".join(f"{line}\n" for line in lines))
    pairs = sum(count for (kind, _), count in shares.items() if kind == "result")
    told = f"{policies} policies, {pairs} pairs from seed {asked.seed}: {differing} policies with differences"
    sys.stdout.write(rendered(shares))
    sys.stdout.write(f"{told}, {monotonic() - begun:.0f} s\n")
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main())
