"""`make differential`: the engine against the second evaluator over a million drawn policies and data, or as many as asked.

Prints every difference with the policy and the measures that made it; exit code 1 if there is one.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from time import monotonic

from tests.reference.compare import drawn

UNITS = 20


def main() -> int:
    """Search so many pairs from a seed on, on all cores."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--pairs", type=int, default=1_000_000, help="how many policies with data")
    asking.add_argument("--seed", type=int, default=0, help="the first policy's seed; the next ones count on from it")
    asked = asking.parse_args()
    policies = -(-asked.pairs // UNITS)
    begun, differing = monotonic(), 0
    with ProcessPoolExecutor() as pool:
        seeds = range(asked.seed, asked.seed + policies)
        for lines in pool.map(drawn, seeds, repeat(UNITS), chunksize=8):
            differing += bool(lines)
            sys.stdout.write("".join(f"{line}\n" for line in lines))
    told = f"{policies} policies x {UNITS} units from seed {asked.seed}: {differing} policies with differences"
    sys.stdout.write(f"{told}, {monotonic() - begun:.0f} s\n")
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main())
