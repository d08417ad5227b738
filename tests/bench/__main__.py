"""`make bench`: rubric beside what could be used instead, in one run. Prints Markdown.

python -m tests.bench [small|full]
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import machine
from tests.bench.scoring import job as scoring
from tests.bench.survey import job as survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Rows of the survey as Parquet and as CSV, units for programs over columns and for those unit by unit, rounds."""

    parquet: int
    csv: int
    many: int
    few: int
    rounds: int


SIZES = {
    "tiny": Size(parquet=3_000, csv=3_000, many=300, few=100, rounds=1),
    "small": Size(parquet=500_000, csv=100_000, many=20_000, few=1_000, rounds=3),
    "full": Size(parquet=10_000_000, csv=1_000_000, many=1_000_000, few=2_000, rounds=3),
}


def report(size: Size, folder: Path) -> Iterator[str]:
    """The lines, each as soon as it is known."""
    yield from machine.told()
    yield ""
    yield "## A survey"
    yield ""
    yield from survey.tables(folder, parquet=size.parquet, csv=size.csv, rounds=size.rounds)
    yield "## Many units"
    yield ""
    yield from scoring.tables(folder, many=size.many, few=size.few, rounds=size.rounds)


def main(name: str = "small") -> int:
    """Measure and print."""
    if name not in SIZES:
        sys.stderr.write(f"SIZE is one of {', '.join(SIZES)}, not {name}\n")
        return 2
    with TemporaryDirectory() as folder:
        for line in report(SIZES[name], Path(folder)):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
