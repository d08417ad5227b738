"""Where files are: those that travel with the engine, the grammar and the shipped policies, and those it keeps.

In a wheel they lie inside the package (`engine/_grammar`, `engine/_policies`); in a
checkout and in an editable install they lie beside it. This is the only place that knows.
"""

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(folder: str, *names: str) -> Path:
    """The path of a shipped file, e.g. `resource("grammar", "words.yaml")`."""
    inside = _PACKAGE / f"_{folder}"
    return (inside if inside.is_dir() else _PACKAGE.parent / folder).joinpath(*names)


@cache
def cache_folder() -> Path | None:
    """The user's cache folder for rubric, made if need be; None where there can be none."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    folder = Path(base).expanduser() / "rubric"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder
