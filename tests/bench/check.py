"""What `rubric check` takes, as whole processes and in its parts: `make bench-check` prints it as a Markdown table.

A benchmark, no test: it judges nothing; the budgets stand beside what was measured. Processor time and peak memory
are the system's own accounting of the finished process; the runs of all rows alternate, so that a machine that slows
down slows all of them.
"""

import gc
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from engine import __version__

ROOT = Path(__file__).resolve().parents[2]
RUNS, LONG_RUNS = 21, 3
MANY = 1000
COLLECT_EVERY = 100_000  # objects: as the command line has it
HEAD = 'rubric: 1\npolicy: large\ntitle: 例\nlang: zh\nversion: "1"\n'
CONVENTIONS = ("  - 四舍五入保留1位小数，缺数报错，不足一步不扣分", "  总分：等权平均")


class Run(NamedTuple):
    """One run: processor and wall seconds, and the peak in MiB."""

    cpu: float
    wall: float
    peak: float


def outline(lines: int, *, alike: bool = True) -> str:
    """A scheme of so many lines: headings of nine indicators with the usual kinds of rule.

    `alike`: the figures are the same everywhere, as procedures mostly have them; else no two cells are.
    """
    rules = (
        "目标9{}%；每低规定目标值一个百分点扣{}分，收集部门：质量部",
        "每发生一次扣{}分，最多扣{}分，依据5.3.3表第1项",
        "超出规定响应时间发生一次扣{}分，规定时限2{}小时",
    )
    body = [
        f"    指标{i}：{rules[i % len(rules)].format(*(['5'] if alike else [f'5.{i:04}']) * 2)}"
        if i % 10
        else f"    类别{i}：满分100分，采用倒扣分的方式进行计算"
        for i in range(lines - len(CONVENTIONS))
    ]
    return "\n".join((*CONVENTIONS, *(f"  {line}" if i % 10 else line for i, line in enumerate(body)))) + "\n"


def process(arguments: list[str]) -> Run:
    """One run of a program to its end, its output thrown away."""
    begun = time.perf_counter()
    away = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    number = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=away)
    _, status, used = os.wait4(number, 0)
    wall = time.perf_counter() - begun
    if status:
        raise SystemExit(f"exit {os.waitstatus_to_exitcode(status)}: {' '.join(arguments)}")
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def inside(work: Callable[[], object]) -> float:
    """The processor seconds of some work in this process."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def check(*arguments: str) -> list[str]:
    """The command line of `rubric check`."""
    return [sys.executable, str(ROOT / "cli.py"), "check", *arguments]


def told(what: str, runs: Sequence[Run], budget: str = "") -> str:
    """A row: the budget, medians, with the lowest and highest processor time."""
    cpu = [run.cpu * 1000 for run in runs]
    wall, peak = median(run.wall for run in runs) * 1000, median(run.peak for run in runs)
    spread = f"{min(cpu):.0f} to {max(cpu):.0f}"
    return f"| {what} | {budget} | {len(runs)} | {median(cpu):.0f} | {spread} | {wall:.0f} | {peak:.1f} |"


def processes(folder: Path) -> Iterator[str]:
    """The rows of whole processes."""
    one, large, many = ROOT / "policies" / "manufacturer.yaml", folder / "large.yaml", folder / "many"
    large.write_text(f"{HEAD}scheme: |\n{outline(200 - HEAD.count(chr(10)) - 1)}", encoding="utf-8")
    many.mkdir()
    for i in range(MANY):
        many.joinpath(f"{i:04}.yaml").write_text(another(one.read_text(encoding="utf-8"), i), encoding="utf-8")
    short = {
        "Python alone": ([sys.executable, "-c", "pass"], ""),
        "Python, click and yaml": ([sys.executable, "-c", "import click, yaml"], ""),
        f"check of {one.name}": (check(str(one)), "160 ms wall, 45 MB"),
        "check of a policy of 200 lines": (check(str(large)), "160 ms wall, 45 MB"),
    }
    for command, _ in short.values():
        process(command)  # what is kept between runs is kept from now on
    rounds = [[process(command) for command, _ in short.values()] for _ in range(RUNS)]
    for (what, (_, budget)), runs in zip(short.items(), zip(*rounds, strict=True), strict=True):
        yield told(what, runs, budget)
    for jobs in sorted({1, os.cpu_count() or 1}):
        runs = [process(check("--jobs", str(jobs), str(many))) for _ in range(LONG_RUNS)]
        yield told(f"check of {MANY} policies, --jobs {jobs}", runs, "10,000 ms wall" if jobs > 1 else "")


def another(policy: str, number: int) -> str:
    """The policy as one of its own: another id, and deductions that no other has."""
    own = re.sub(r"(?m)^policy: *(\w+)", rf"policy: \g<1>_{number}", policy)
    return re.sub(r"扣(\d+)分", rf"扣\g<1>.{number + 1:04}分", own)


def parts(folder: Path) -> Iterator[str]:
    """The rows of two parts of the work, in this process; until then it stays small, for no peak reads below its own."""
    from engine.language.parser import parse_scheme
    from engine.language.reader.files import read_source
    from engine.language.reader.frame import read_frame
    from engine.language.reader.lines import page_of
    from engine.source import Span, source_of

    path = folder / "long.yaml"
    path.write_text("names:\n" + "".join(f"  指标{i}: Indicator {i}\n" for i in range(1999)), encoding="utf-8")
    source, _ = read_source(path)
    alike, unlike = (source_of("outline", outline(5000, alike=alike)) for alike in (True, False))
    works: dict[str, tuple[Callable[[], object], str]] = {
        "2,000 lines of YAML, read with positions": (lambda: source and read_frame(page_of(source)[0]), "20 ms"),
        "5,000 lines of outline, parsed": (lambda: parse_scheme(alike, "scheme", Span(0, len(alike.text))), "350 ms"),
        "the same, no two cells alike": (lambda: parse_scheme(unlike, "scheme", Span(0, len(unlike.text))), ""),
    }
    gc.set_threshold(COLLECT_EVERY)
    for what, (work, budget) in works.items():
        work()
        taken = [inside(work) * 1000 for _ in range(7)]
        yield f"| {what} | {budget} | {len(taken)} | {median(taken):.0f} | {min(taken):.0f} to {max(taken):.0f} | | |"


def table() -> Iterator[str]:
    """The lines of the table, each as soon as it is known."""
    yield f"rubric {__version__}, Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors"
    yield ""
    yield "| what | budget | runs | cpu ms, median | lowest to highest | wall ms, median | peak MiB |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    with TemporaryDirectory() as folder:
        yield from processes(Path(folder))
        yield from parts(Path(folder))


if __name__ == "__main__":
    for line in table():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
