"""The command line: one file per verb, each arguments, one engine call, print, exit code.

Exit codes: 0 fine, 1 findings, 2 usage, 3 data refused, 4 a budget exceeded, 70 internal
error, 130 interrupted, 141 the reader of the output went away.
"""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

# A command makes many small objects that live as long as it does; looking through them for garbage every
# 700 of them took a seventh of the time of `check`. Every 100,000 still bounds what a long run can hold.
_COLLECT_EVERY = 100_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `rubric` with the arguments (None: the process's own) and return the exit code.

    Nothing but the exit code leaves this function: every failure is worded on stderr.
    """
    gc.set_threshold(_COLLECT_EVERY)
    from engine.commands.console import prepare
    from engine.commands.guard import guarded

    prepare()
    return guarded(list(sys.argv[1:] if arguments is None else arguments))


def run() -> NoReturn:
    """The process's own entry: `main`, and out at once.

    Taking a hundred thousand objects apart one by one before the process ends helps nobody and
    took a tenth of the time of `check`; all that matters, the streams, is flushed.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # somebody closed it: `guarded` has said so
            stream.flush()
    os._exit(code)
