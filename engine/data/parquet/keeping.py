"""Converted files kept in the user's cache folder: whole or not at all, nobody else's, and not without bound."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from engine.resources import cache_folder

MOST_KEPT = 4 * 1024**3  # bytes of converted files; those not used for longest go first
_IN_USE = 3600  # seconds in which a file may still be read by the run that asked for it
_LEFT = 24 * 3600  # seconds after which nobody writes into a folder of drafts any more
_SUFFIX, _DRAFTS = ".rows.parquet", "drafts-"


def own_folder() -> Path | None:
    """The cache folder, if only the user writes there: what lies in it is taken for the text it was made from."""
    folder = cache_folder()
    return folder if folder is not None and _is_own(folder, stat.S_ISDIR) else None


def kept_file(folder: Path, name: str) -> Path | None:
    """The file kept under the name, marked as used; None where there is none, or somebody else put it there."""
    path = folder / f"{name}{_SUFFIX}"
    if not _is_own(path, stat.S_ISREG):
        return None
    with suppress(OSError):
        os.utime(path)
    return path


def keep(folder: Path, name: str, make: Callable[[Path, Path], None]) -> Path:
    """The file that `make` writes, given a folder for what it needs and the path to write to; kept under the name.

    It appears as a whole, when it is done; whatever ends `make` leaves nothing of it behind. Raises `OSError` where it
    cannot be written.
    """
    _sweep(folder)
    path = folder / f"{name}{_SUFFIX}"
    with TemporaryDirectory(prefix=_DRAFTS, dir=folder, ignore_cleanup_errors=True) as work:
        draft = Path(work) / "draft.parquet"
        make(Path(work), draft)
        draft.replace(path)
    _bound(folder, path)
    return path


def _is_own(path: Path, kind: Callable[[int], bool]) -> bool:
    """Whether it is of the kind, no link, the user's, and nobody else can write to it."""
    try:
        found = path.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
    return kind(found.st_mode) and mine


def _bound(folder: Path, fresh: Path) -> None:
    """Removes the files not used for longest, until the others are within the bound."""
    found = [(path.stat().st_mtime, path.stat().st_size, path) for path in folder.glob(f"*{_SUFFIX}")]
    total = sum(size for _, size, _ in found)
    for used, size, path in sorted(found):
        if total <= MOST_KEPT:
            return
        if path != fresh and used < time() - _IN_USE:
            with suppress(OSError):
                path.unlink()
            total -= size


def _sweep(folder: Path) -> None:
    """Removes the drafts of runs that were killed."""
    from shutil import rmtree

    for work in folder.glob(f"{_DRAFTS}*"):
        with suppress(OSError):
            if work.lstat().st_mtime < time() - _LEFT:
                rmtree(work, ignore_errors=True)
