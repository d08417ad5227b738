"""`make bench`: rubric beside what could be used instead, in one run.

    python -m tests.bench [tiny|small|full] [--pages]

Prints Markdown, in the language of RUBRIC_LANG (zh or en). `--pages` writes the tables into docs/performance.md and
its Chinese counterpart as well.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import growth, machine
from tests.bench.check import ROOT
from tests.bench.scoring import job as scoring
from tests.bench.survey import job as survey
from tests.bench.words import Table, Text, markdown, said

# Rows of the survey as Parquet and as CSV; units for programs over columns and for those unit by unit; of growth, rows,
# segments, units and lines; whether the benchmarks of `check` and of single assessments are run as well.
SIZES: Mapping[str, Mapping[str, Any]] = {
    "tiny": {
        "survey": {"parquet": 3_000, "csv": 3_000, "rounds": 1},
        "scoring": {"many": 300, "few": 100, "rounds": 1},
        "growth": {
            "rows": [1_000, 2_000],
            "segments": [12, 24],
            "units": [10, 20],
            "columns": [100, 200],
            "lines": [10, 20],
            "rounds": 1,
        },
        "parts": (),
    },
    "small": {
        "survey": {"parquet": 500_000, "csv": 100_000, "rounds": 3},
        "scoring": {"many": 100_000, "few": 1_000, "rounds": 3},
        "growth": {
            "rows": [10_000, 100_000, 1_000_000],
            "segments": [12, 60, 240],
            "units": [100, 1_000],
            "columns": [1_000, 10_000, 100_000],
            "lines": [10, 100],
            "rounds": 1,
        },
        "parts": ("units",),
    },
    "full": {
        "survey": {"parquet": 10_000_000, "csv": 1_000_000, "rounds": 3},
        "scoring": {"many": 1_000_000, "few": 2_000, "rounds": 3},
        "growth": {
            "rows": [10_000, 100_000, 1_000_000, 10_000_000],
            "segments": [12, 60, 240, 1_200],
            "units": [100, 1_000, 10_000],
            "columns": [10_000, 100_000, 1_000_000],
            "lines": [10, 100, 1_000],
            "rounds": 1,
        },
        "parts": ("units", "check"),
    },
}
PAGES = {"en": ROOT / "docs" / "performance.md", "zh": ROOT / "docs" / "performance.zh.md"}
FIGURES = re.compile(r"(?<=<!-- bench -->\n).*(?=<!-- /bench -->)", re.DOTALL)
HEADINGS = {
    "survey": Text("问卷", "A survey"),
    "scoring": Text("许多评价对象", "Many units"),
    "growth": Text("规模变大时", "How it grows"),
    "units": Text("逐个评价，每一步都留", "Single assessments, every step kept"),
    "check": Text("检查方案", "Checking policies"),
}


def report(size: Mapping[str, Any], folder: Path) -> Iterator[Text | Table | str]:
    """What is found, each table as soon as it is known."""
    yield "\n\n".join(machine.told()) + "\n"
    yield HEADINGS["survey"]
    yield from survey.tables(folder, **size["survey"])
    yield HEADINGS["scoring"]
    yield from scoring.tables(folder, **size["scoring"])
    yield HEADINGS["growth"]
    yield from growth.tables(folder / "growth", **size["growth"])
    for part in size["parts"]:
        yield HEADINGS[part]
        command = [sys.executable, "-m", f"tests.bench.{part}"]
        yield subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def told(part: Text | Table | str, lang: str) -> str:
    """A part of the report in a language."""
    match part:
        case Table():
            return markdown(part, lang)
        case Text():
            return f"## {said(part, lang)}\n"
        case _:
            return part


def filled(page: str, parts: Iterable[Text | Table | str], lang: str) -> str:
    """A page with these figures in place of the last ones."""
    figures = "\n".join(("", *(told(part, lang) for part in parts), ""))
    return FIGURES.sub(lambda _: figures, page)


def main(arguments: list[str]) -> int:
    """Measure and print."""
    names = [one for one in arguments if one != "--pages"] or ["small"]
    if names[0] not in SIZES:
        sys.stderr.write(f"SIZE: {', '.join(SIZES)}; not {names[0]}\n")
        return 2
    lang = "zh" if os.environ.get("RUBRIC_LANG", "").startswith("zh") else "en"
    parts: list[Text | Table | str] = []
    with TemporaryDirectory() as folder:
        for part in report(SIZES[names[0]], Path(folder)):
            parts.append(part)
            sys.stdout.write(told(part, lang) + "\n")
            sys.stdout.flush()
    if "--pages" in arguments:
        for lang, page in PAGES.items():
            page.write_text(filled(page.read_text("utf-8"), parts, lang), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
