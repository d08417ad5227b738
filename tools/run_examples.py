"""The examples of findings that a run gives before it reads its files: a policy, perhaps a data file, and options.

An example begins with `run:` and its options; a data file may follow (`file:` its name, its rows), then the policy.
"""

import shlex
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.assessment import assess
from engine.language.policy_file import read_policy


def is_run_example(example: str) -> bool:
    """Whether the example is a run."""
    return example.startswith("run:")


def findings_of_run(example: str) -> tuple[Diagnostic, ...]:
    """What is found when the example is run."""
    first, rest = example.split("\n", 1)
    words = shlex.split(first.removeprefix("run:"))
    options = dict(zip(words[::2], words[1::2], strict=True))
    data, policy = rest[: rest.index("rubric: 1")], rest[rest.index("rubric: 1") :]
    with TemporaryDirectory() as name:
        folder = Path(name)
        if data:
            header, rows = data.split("\n", 1)
            (folder / header.removeprefix("file: ")).write_text(rows, encoding="utf-8")
        path = folder / "example.yaml"
        path.write_text(policy, encoding="utf-8")
        return _findings(path, options)


def _findings(path: Path, options: dict[str, str]) -> tuple[Diagnostic, ...]:
    read = read_policy(path)
    if read.policy is None:
        return read.diagnostics
    as_of = date.fromisoformat(options["--as-of"]) if "--as-of" in options else None
    try:
        result = assess(read.policy, path.parent, as_of=as_of, period=options.get("--period"))
    except Refused as refusal:
        return refusal.diagnostics
    return (*read.diagnostics, *result.warnings)
