"""One program in a process of its own: a first call with its imports, then the same call again, then its answer.

    python -m tests.bench.worker MODULE GIVEN CALLS TIMES [ANSWER]

TIMES becomes a line of JSON: wall seconds of the first call; the best wall seconds and processor seconds of the calls
after it; the peak of memory in MiB, before the answer is told. Where the program cannot be run here: the package that
is missing, or the words of the exception.
"""

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path


def timed(module: str, given: Path, calls: int, answer: Path | None) -> dict[str, float]:
    """Run the program so many times and write what it found."""
    begun = time.perf_counter()
    program = import_module(module)
    ran = program.run(given)
    told = {"first": time.perf_counter() - begun}
    for _ in range(calls - 1):
        wall, cpu = time.perf_counter(), time.process_time()
        ran = program.run(given)
        told["again"] = min(told.get("again", float("inf")), time.perf_counter() - wall)
        told["cpu"] = min(told.get("cpu", float("inf")), time.process_time() - cpu)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told["peak"] = used / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    if answer is not None:
        answer.write_text(json.dumps(program.answer(ran)), encoding="utf-8")
    return told


def main(module: str, given: str, calls: str, times: str, answer: str = "") -> None:
    """What became of it, for the process that asked."""
    told: dict[str, object]
    try:
        told = {**timed(module, Path(given), int(calls), Path(answer) if answer else None)}
    except ModuleNotFoundError as missing:
        told = {"missing": missing.name}
    except Exception as failed:  # noqa: BLE001 - whatever a program may raise is told in its row
        told = {"failed": f"{type(failed).__name__}: {failed}"}
    Path(times).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
