"""`make bench-units`: how many units of a twelve-line policy are assessed per second, every step kept.

Prints a Markdown table: the median of several runs and their spread, for measures as companies have them (counts,
rates with one decimal, survey means of whole answers) and for measures that are all different. The time of reading the
measures is in it; `with trace` makes every node of every unit as well.
"""

import platform
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from statistics import median
from time import process_time

import engine
from engine.evaluation.assessment import score
from engine.insight.many import Prepared
from engine.language.checks import check
from engine.language.reader import read_document
from engine.source import source_of

POLICY = """rubric: 1
policy: twelve
title: Twelve lines
lang: en
version: "1"
scheme: |
  - round half up to 1 decimal, grade on rounded value, missing: error, whole steps only, lower bound included
  Overall = Survey × 40% + Objective × 60%
    - bands: A (100-90); B (90-75); C (75-60); D (60 and below)
  Survey: weighted mean
    - each item: 1-5 as 20-100
    Quality 40%: mean of Q1
    Delivery 30%: mean of Q2
    Service 20%: mean of Q3
    Price 10%: mean of Q4
  Objective: deduct from 100
    First pass rate: target 98%, deduct 0.5 per 1 pp below target
    On time: target 96%, deduct 0.5 per 1 pp below target, at most 10
    Complaints: deduct 1 per occurrence, at most 20
    Returns: deduct 0.5 per occurrence
    Late answers: deduct 0.2 per occurrence
"""
UNITS, RUNS = 10_000, 5
Units = Sequence[dict[str, Fraction | int]]


def measures(fine: int) -> Units:
    """Seeded measures; `fine`: into how many parts a step of a mean and a point of a rate are split."""
    random = Random(7)  # noqa: S311 - seeded chance for measures

    def one() -> dict[str, Fraction | int]:
        means = {
            name: Fraction(random.randint(fine, 5 * fine), fine) for name in ("Quality", "Delivery", "Service", "Price")
        }
        rates = {name: Fraction(random.randint(90 * fine, 100 * fine), fine) for name in ("First pass rate", "On time")}
        counts = {name: random.randrange(12) for name in ("Complaints", "Returns", "Late answers")}
        return {**means, **rates, **counts}

    return [one() for _ in range(UNITS)]


def per_second(work: Callable[[], object], count: int) -> str:
    """The median rate of some runs, with the lowest and the highest."""
    rates: list[float] = []
    for _ in range(RUNS):
        begun = process_time()
        work()
        rates.append(count / (process_time() - begun))
    return f"{median(rates):,.0f} | {min(rates):,.0f}-{max(rates):,.0f}"


def main() -> None:
    """Measure and print."""
    document, _ = read_document(source_of("twelve.yaml", POLICY))
    assert document is not None
    policy, _ = check(document)
    assert policy is not None
    ready: Prepared = engine.prepare(policy)
    usual, fine = measures(10), measures(1_000_003)
    few = usual[:500]
    rows = {
        "one by one (`score`)": (lambda: [score(policy, policy.schemes[0], one) for one in few], len(few)),
        "`evaluate`, usual measures": (lambda: engine.evaluate(ready, usual), UNITS),
        "`evaluate`, all measures different": (lambda: engine.evaluate(ready, fine), UNITS),
        "`evaluate` with trace, usual measures": (lambda: [r.trace() for r in engine.evaluate(ready, few)], len(few)),
    }
    version = ".".join(map(str, sys.version_info[:3]))
    sys.stdout.write(
        f"{len(ready.plan.order)} lines, {len(ready.plan.steps)} steps, Python {version}, {platform.machine()}\n\n"
    )
    sys.stdout.write("| work | units per second of processor time | lowest-highest |\n| --- | ---: | ---: |\n")
    for name, (work, count) in rows.items():
        sys.stdout.write(f"| {name} | {per_second(work, count)} |\n")


if __name__ == "__main__":
    main()
