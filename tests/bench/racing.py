"""Programs that do the same work, each in fresh processes, in turns: what they take and whether they agree.

This process stays small and loads nothing heavy: a child's peak is never read below its parent's own.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar

from tests.bench.check import process

T = TypeVar("T")
HEAD = (
    "| program | first call, s | again, s | lowest to highest | processor, s | peak MiB | beside {} | {} |",
    "|---|---:|---:|---:|---:|---:|---:|---|",
)


@dataclass(slots=True)
class Outcome:
    """What the runs of one program took; `failed` says why there are none. `agrees`: what became of its answer."""

    first: list[float] = field(default_factory=list[float])
    again: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])
    peak: list[float] = field(default_factory=list[float])
    failed: str = ""
    agrees: str = ""


def apart(work: Callable[..., T], *given: object) -> T:
    """What a function gives in a process of its own, which keeps this one small."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def race(programs: Mapping[str, str], given: Path, *, rounds: int, calls: int = 3) -> dict[str, Outcome]:
    """Run the programs (name → module) in turns, each round beginning with another. Answers lie beside `given`."""
    found = {name: Outcome() for name in programs}
    names = list(programs)
    for number in range(rounds):
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            if not found[name].failed:
                _run(programs[name], given, calls, found[name])
    return found


def answer_of(module: str, given: Path) -> Path:
    """Where a program's answer lies."""
    return given.with_name(f"{given.name}.{module.rsplit('.', 1)[-1]}.answer")


def _run(module: str, given: Path, calls: int, outcome: Outcome) -> None:
    times, answer = given.with_name("times.json"), answer_of(module, given)
    wanted = [] if answer.exists() else [str(answer)]
    times.unlink(missing_ok=True)
    order = [sys.executable, "-m", "tests.bench.worker", module, str(given), str(calls), str(times), *wanted]
    try:
        used = process(order)
    except SystemExit as killed:
        outcome.failed = str(killed).partition(":")[0]
        return
    told = json.loads(times.read_text(encoding="utf-8"))
    if "failed" in told:
        outcome.failed = told["failed"]
        return
    outcome.first.append(told["first"])
    if "again" in told:
        outcome.again.append(told["again"])
        outcome.cpu.append(told["cpu"])
    outcome.peak.append(used.peak)


def table(outcomes: Mapping[str, Outcome], *, beside: str, judged: str) -> Iterator[str]:
    """The rows, with the processor time of each as a multiple of that of the program `beside`."""
    yield from (line.format(beside, judged) for line in HEAD)
    measure = outcomes[beside].cpu
    for name, outcome in outcomes.items():
        if outcome.failed:
            yield f"| {name} | {outcome.failed} | | | | | | |"
            continue
        ratio = f"{median(outcome.cpu) / median(measure):.2f}" if measure else ""
        yield f"| {name} | {' | '.join(_figures(outcome))} | {ratio} | {outcome.agrees} |"


def _figures(outcome: Outcome) -> Sequence[str]:
    again, cpu = outcome.again, outcome.cpu
    return (
        seconds(median(outcome.first)),
        seconds(median(again)),
        f"{seconds(min(again))} to {seconds(max(again))}",
        seconds(median(cpu)),
        f"{median(outcome.peak):.0f}",
    )


def seconds(number: float) -> str:
    """A time with three digits that count."""
    return f"{number:.3g}" if number < 100 else f"{number:.0f}"
