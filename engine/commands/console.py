"""Where the process meets the world: exit codes, streams, files, and a word to somebody who waits."""

import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from engine.diagnostics import Diagnostic

FINE, FINDINGS, USAGE, REFUSED, BUDGET, INTERNAL, INTERRUPTED, UNREAD = 0, 1, 2, 3, 4, 70, 130, 141

# Findings that say: this is more than the program takes on.
_BUDGETS = frozenset({"E006", "E904"})

_PATIENCE = 2.0  # seconds before a waiting user is told what takes so long


def exit_code(diagnostics: Iterable[Diagnostic], *, refused: bool = False) -> int:
    """The exit code that findings call for; `refused`: they are about data, or about policy and data together."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    if any(error.code in _BUDGETS for error in errors):
        return BUDGET
    if not errors:
        return FINE
    return REFUSED if refused else FINDINGS


def prepare() -> None:
    """Let the streams write a `?` for what the console's encoding lacks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def complain(text: str) -> None:
    """A line for people, on stderr."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def deliver(text: str, *, encoding: str | None = None) -> None:
    """Data on stdout; with an `encoding` the same bytes on every machine, whatever the console's own."""
    raw = getattr(sys.stdout, "buffer", None)  # a notebook's stdout has none
    if encoding is None or raw is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    raw.write(text.encode(encoding, errors="replace"))
    raw.flush()


def write_whole(path: Path, content: str | bytes, *, encoding: str = "utf-8") -> None:
    """Write a file so that nobody ever sees half of it; line ends stay as they are."""
    from tempfile import NamedTemporaryFile  # every run would wait for it

    with NamedTemporaryFile("wb", dir=path.parent, delete=False) as draft:
        draft.write(content if isinstance(content, bytes) else content.encode(encoding))
    written = Path(draft.name)
    written.chmod(0o644)
    written.replace(path)


@contextmanager
def orderly() -> Generator[None]:
    """Work that SIGTERM ends as Ctrl+C does: with what it has opened put away, its files for the time being gone."""
    import signal
    from threading import current_thread, main_thread

    if current_thread() is not main_thread():  # only there can one listen
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def patience(text: str) -> Generator[None]:
    """Tell somebody who watches what takes so long, if it takes longer than two seconds."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    timer = Timer(_PATIENCE, complain, (text,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
