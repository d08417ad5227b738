"""On what the figures were measured: versions, processors, memory."""

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from engine import __version__

PACKAGES = (
    "duckdb",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "openfisca-core",
    "zen-engine",
    "rule-engine",
    "sqlglot",
)


def told() -> Iterator[str]:
    """Two sentences."""
    memory = f", {_memory():.0f} GiB of memory" if _memory() else ""
    yield (
        f"rubric {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors{memory}."
    )
    yield ", ".join(f"{name} {_version(name)}" for name in PACKAGES) + "."


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _memory() -> float:
    """In GiB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
