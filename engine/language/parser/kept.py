"""What is made from the grammar once and kept between runs, in the user's cache folder.

Everything is kept under the check sums of the files it was made from, so it never has to be thrown away by
hand; where nothing can be kept (no home, a read-only one) it is made anew in each run.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from engine.resources import cache_folder


def kept(name: str, made_from: tuple[Path, ...], make: Callable[[], str]) -> str:
    """The text that `make` makes of these files: as kept when they were the same, else made and kept now.

    It is plain ASCII: half a megabyte of it is read ten times as fast as text that may hold anything.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    sums = "-".join(f"{crc32(path.read_bytes()):08x}" for path in made_from)
    path = folder / f"{name}.{sums}"
    try:
        return path.read_bytes().decode("ascii")
    except OSError:
        text = make()
        _write(path, text)
        return text


def _write(path: Path, text: str) -> None:
    """Write at once or not at all; a folder that cannot be written to only costs the next run its time."""
    with suppress(OSError):
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(text.encode("ascii"))
        fresh.replace(path)
