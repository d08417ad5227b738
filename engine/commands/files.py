"""Which files of a folder are policies, and which are the tests beside them."""

import os
from collections.abc import Iterator
from pathlib import Path

_ENDINGS = (".yaml", ".yml")
_TESTS = (".test.yaml", ".test.yml")


def policies_below(folder: Path) -> Iterator[Path]:
    """The policy files of a folder in name order: every YAML file but tests beside policies and what is hidden."""
    return (path for path in _below(folder) if not is_tests(path))


def tests_below(folder: Path) -> Iterator[Path]:
    """The files of tests of a folder in name order."""
    return (path for path in _below(folder) if is_tests(path))


def is_tests(path: Path) -> bool:
    """Whether a file is called as the tests of a policy are."""
    return path.name.endswith(_TESTS)


def tests_beside(path: Path) -> list[Path]:
    """A file of tests itself; of a policy the files of tests beside it that are called after it."""
    if is_tests(path):
        return [path]
    beside = (path.with_name(f"{path.stem}{ending}") for ending in _TESTS)
    return [file for file in beside if file.is_file()]


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(_ENDINGS) and not name.startswith("."):
                yield Path(parent, name)


def _unreadable(error: OSError) -> None:
    """A folder that cannot be opened is no empty folder."""
    raise error
