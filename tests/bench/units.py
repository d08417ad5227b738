"""`make bench-units`: how many units of a twelve-line policy are assessed per second, every step kept.

Prints a Markdown table: the median of several runs and their spread, of measures as a file has them (survey means of
whole answers and rates of one decimal, so that many are the same), of measures that are all different (two to four
decimals), and of fractions that nobody measures, the worst there is. The time of reading the measures is in it; `with
trace` makes every node of every unit as well.
"""

import platform
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from statistics import median
from time import process_time

import engine
from engine.evaluation.assessment import score
from engine.insight.many import Prepared, UnitResult
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
    - veto: Complaints ≥ 10, capped at 59
  Survey: weighted mean
    - each item: 1-5 as 20-100
    Quality 50%: mean of Q1
    Delivery 30%: mean of Q2
    Service 20%: mean of Q3
  Objective: weighted mean
    On time 30%: 98% and above scores 100, 95% to 98% scores 80, 90% to 95% scores 60, below 90% no marks
    Process 70%: deduct from 100
      First pass rate: target 98%, deduct 0.5 per 1 pp below target, at most 10
      Complaints: deduct 1 per occurrence, at most 20
      Returns: deduct 0.5 per occurrence
      Late answers: deduct 0.2 per occurrence
"""
MEANS, RATES = ("Quality", "Delivery", "Service"), ("First pass rate", "On time")
COUNTS = ("Complaints", "Returns", "Late answers")
UNITS, RUNS = 10_000, 5
Number = Fraction | Decimal | int
Units = Sequence[dict[str, Number]]


def units(between: Callable[[Random, int, int], Number]) -> Units:
    """Seeded measures; `between`: a number from the one whole number to the other."""
    random = Random(7)  # noqa: S311 - seeded chance for measures

    def one() -> dict[str, Number]:
        means = {name: between(random, 1, 5) for name in MEANS}
        rates = {name: between(random, 86, 100) for name in RATES}
        return {**means, **rates, **{name: random.randrange(12) for name in COUNTS}}

    return [one() for _ in range(UNITS)]


def tenths(random: Random, low: int, high: int) -> Number:
    """A number of one decimal."""
    return Decimal(random.randint(low * 10, high * 10)) / 10


def decimals(random: Random, low: int, high: int) -> Number:
    """A number of two to four decimals."""
    parts = random.choice((100, 1_000, 10_000))
    return Decimal(random.randint(low * parts, high * parts)) / parts


def fractions(random: Random, low: int, high: int) -> Number:
    """A number that has no end in decimals: so many parts of 1,000,003."""
    return Fraction(random.randint(low * 1_000_003, high * 1_000_003), 1_000_003)


def trace(results: Sequence[UnitResult]) -> None:
    """Every node and step of every unit, looked at one after another and let go."""
    for one in results:
        one.trace()


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
    drawn = {
        "of one decimal": units(tenths),
        "all different, of two to four decimals": units(decimals),
        "arbitrary fractions": units(fractions),
    }
    few = [{name: Fraction(number) for name, number in one.items()} for one in drawn["of one decimal"][:500]]
    version = ".".join(map(str, sys.version_info[:3]))
    sys.stdout.write(
        f"{len(ready.plan.order)} lines, {len(ready.plan.steps)} steps, Python {version}, {platform.machine()}\n\n"
    )
    sys.stdout.write("| work | units per second of processor time | lowest-highest |\n| --- | ---: | ---: |\n")
    alone = per_second(lambda: [score(policy, policy.schemes[0], one) for one in few], len(few))
    sys.stdout.write(f"| one by one (`score`) | {alone} |\n")
    for name, every in drawn.items():
        plain = per_second(lambda every=every: engine.evaluate(ready, every), UNITS)
        traced = per_second(lambda every=every: trace(engine.evaluate(ready, every)), UNITS)
        sys.stdout.write(f"| `evaluate`, measures {name} | {plain} |\n")
        sys.stdout.write(f"| the same, with trace | {traced} |\n")


if __name__ == "__main__":
    main()
