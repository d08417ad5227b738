"""Programs that do the same work, each in fresh processes, in turns: what they take and whether they agree.

This process stays small and loads nothing heavy: a child's peak is never read below its parent's own.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from math import floor, log10
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar

from tests.bench.check import process
from tests.bench.words import Table, Text

T = TypeVar("T")
HEAD = (
    Text("程序", "program"),
    Text("第一次，秒", "first call, s"),
    Text("再一次，秒", "again, s"),
    Text("最少到最多", "lowest to highest"),
    Text("处理器，秒", "processor, s"),
    Text("内存峰值，MiB", "peak MiB"),
)
BESIDE = Text("处理器时间是“{}”的几倍", "processor time, times “{}”")


@dataclass(slots=True)
class Outcome:
    """What the runs of one program took; `failed` says why there are none. `agrees`: what became of its answer."""

    first: list[float] = field(default_factory=list[float])
    again: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])
    peak: list[float] = field(default_factory=list[float])
    failed: Text | str = ""
    agrees: Text | str = ""


def apart(work: Callable[..., T], *given: object) -> T:
    """What a function gives in a process of its own, which keeps this one small."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def race(programs: Mapping[Text, str], given: Path, *, rounds: int, calls: int = 2) -> dict[Text, Outcome]:
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
        process(order)
    except SystemExit as killed:
        code = str(killed).partition(":")[0]
        outcome.failed = Text(f"中断（{code}）", f"ended early ({code})")
        return
    told = json.loads(times.read_text(encoding="utf-8"))
    if "missing" in told:
        outcome.failed = Text(f"此处没有安装{told['missing']}", f"not installed here: {told['missing']}")
        return
    if "failed" in told:
        outcome.failed = told["failed"]
        return
    outcome.first.append(told["first"])
    if "again" in told:
        outcome.again.append(told["again"])
        outcome.cpu.append(told["cpu"])
    outcome.peak.append(told["peak"])


def table(title: Text, outcomes: Mapping[Text, Outcome], *, beside: Text, judged: Text) -> Table:
    """A row for each program, with its processor time as a multiple of that of the program `beside`."""
    multiple = Text(*(one.format(name) for one, name in zip(BESIDE, beside, strict=True)))
    rows = tuple((name, *_figures(outcome, outcomes[beside])) for name, outcome in outcomes.items())
    return Table(title=title, head=(*HEAD, multiple, judged), rows=rows, words=1)


def _figures(outcome: Outcome, beside: Outcome) -> Sequence[Text | str]:
    """The cells of a row after its name."""
    if outcome.failed:
        return (*("",) * 6, outcome.failed)
    again, cpu = outcome.again, outcome.cpu
    return (
        seconds(median(outcome.first)),
        seconds(median(again)),
        f"{seconds(min(again))}–{seconds(max(again))}",
        seconds(median(cpu)),
        f"{median(outcome.peak):.0f}",
        f"{median(cpu) / median(beside.cpu):.2f}" if beside.cpu else "",
        outcome.agrees,
    )


def growth(title: Text, what: Text, outcomes: Mapping[str, Outcome]) -> Table:
    """A row for each size: its processor time, how many times that of the size before, and the peak."""
    rows, before = [], 0.0
    for size, outcome in outcomes.items():
        if outcome.failed:
            rows.append((size, outcome.failed, "", ""))
            continue
        taken = median(outcome.cpu)
        rows.append((size, seconds(taken), f"{taken / before:.1f}" if before else "", f"{median(outcome.peak):.0f}"))
        before = taken
    head = (what, HEAD[4], Text("是上一行的几倍", "times the row above"), HEAD[5])
    return Table(title=title, head=head, rows=tuple(rows))


def seconds(number: float) -> str:
    """A time with three digits that count."""
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.{2 - max(-3, floor(log10(number)))}f}"
