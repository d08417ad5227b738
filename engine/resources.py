"""Where the files that travel with the engine are: the grammar and the shipped policies.

In a wheel they lie inside the package (`engine/_grammar`, `engine/_policies`); in a
checkout and in an editable install they lie beside it. This is the only place that knows.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(folder: str, *names: str) -> Path:
    """The path of a shipped file, e.g. `resource("grammar", "words.yaml")`."""
    inside = _PACKAGE / f"_{folder}"
    return (inside if inside.is_dir() else _PACKAGE.parent / folder).joinpath(*names)
