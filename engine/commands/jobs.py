"""The same work on many files, in one process or spread over several: the same results in the same order."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from engine.commands.usage import Misused

File = TypeVar("File")
Read = TypeVar("Read")

MOST_JOBS = 61  # more processes than Windows can wait for
_PORTION = 16  # files handed over at once: one interrupted, or out of work, waits for no more than these


def jobs_of(context: click.Context, _: click.Parameter, value: str) -> int:
    """What `--jobs` says, as a number."""
    jobs = int(value) if value.isascii() and value.isdigit() and len(value) < 3 else 0
    if not 1 <= jobs <= MOST_JOBS:
        chinese = f"--jobs 后面应是1到{MOST_JOBS}的整数，不能是“{value}”"
        raise Misused(chinese, f"--jobs takes a whole number from 1 to {MOST_JOBS}, not “{value}”", context)
    return jobs


@contextmanager
def spread(work: Callable[[File], Read], files: Sequence[File], jobs: int) -> Generator[Iterator[Read]]:
    """`work` done on each file, in the order of the files, by at most `jobs` processes.

    `work` must be a function of a module, and what it gives must be able to travel between processes. What
    it raises is raised here; a process that dies raises MemoryError, for that is what they die of.
    """
    jobs = min(jobs, len(files))
    if jobs <= 1:
        yield map(work, files)
        return
    from concurrent.futures import ProcessPoolExecutor  # 20 ms that one process need not wait for
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_first)
    try:
        yield pool.map(work, files, chunksize=min(_PORTION, -(-len(files) // jobs)))
    except BrokenProcessPool as error:
        raise MemoryError from error
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_first() -> None:
    import signal  # not for one process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
