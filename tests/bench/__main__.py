"""`make bench`: rubric beside what could be used instead, in one run.

    python -m tests.bench [--pages] [tiny|small|full] [JOB ...]

Prints Markdown, in the language of RUBRIC_LANG (zh or en). `--pages` writes the tables into docs/performance.md and
its Chinese counterpart as well. Without a job, all that the size has.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import growth, machine
from tests.bench.check import ROOT
from tests.bench.scoring import job as scoring
from tests.bench.survey import job as survey
from tests.bench.words import Table, Text, markdown, said

Job = Callable[[Path], Iterable[Table | str]]


def printed(module: str, _folder: Path) -> Iterator[str]:
    """What another benchmark prints."""
    command = [sys.executable, "-m", f"tests.bench.{module}"]
    yield subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


parquet, csv = (partial(survey.compare, kind=kind) for kind in ("Parquet", "CSV"))
columns, units = (partial(scoring.compare, programs=ones) for ones in (scoring.COLUMNS, scoring.ONE_BY_ONE))
single, check = (partial(printed, module) for module in ("units", "check"))
SIZES: Mapping[str, Mapping[str, Job]] = {
    "tiny": {
        "parquet": partial(parquet, rows=3_000, rounds=1),
        "csv": partial(csv, rows=3_000, rounds=1),
        "columns": partial(columns, units=300, rounds=1),
        "units": partial(units, units=100, rounds=1),
        "growth": partial(growth.compare, rounds=1, segments=[12, 24], lines=[10, 20]),
    },
    "small": {
        "parquet": partial(parquet, rows=500_000, rounds=3),
        "csv": partial(csv, rows=100_000, rounds=3),
        "columns": partial(columns, units=100_000, rounds=3),
        "units": partial(units, units=1_000, rounds=3),
        "growth": partial(
            growth.compare,
            rounds=1,
            questionnaires=[10_000, 100_000, 1_000_000],
            segments=[12, 60, 240],
            units=[100, 1_000],
            columns=[1_000, 10_000, 100_000],
            lines=[10, 100],
        ),
    },
    "full": {
        "parquet": partial(parquet, rows=10_000_000, rounds=3),
        "csv": partial(csv, rows=1_000_000, rounds=3),
        "columns": partial(columns, units=1_000_000, rounds=3),
        "units": partial(units, units=2_000, rounds=3),
        "growth": partial(
            growth.compare,
            rounds=1,
            questionnaires=[10_000, 100_000, 1_000_000, 10_000_000],
            segments=[12, 60, 240, 1_200],
            units=[100, 1_000, 10_000],
            columns=[10_000, 100_000, 1_000_000],
            lines=[10, 100, 1_000],
        ),
        "single": single,
        "check": check,
    },
}
HEADINGS = {
    "parquet": Text("问卷，Parquet", "A survey, Parquet"),
    "csv": Text("问卷，CSV", "A survey, CSV"),
    "columns": Text("许多评价对象，按列计算", "Many units, by columns"),
    "units": Text("评价对象，逐个计算", "Units, one by one"),
    "growth": Text("规模变大时", "How it grows"),
    "single": Text("逐个评价，每一步都留", "Single assessments, every step kept"),
    "check": Text("检查方案", "Checking policies"),
}
PAGES = {"en": ROOT / "docs" / "performance.md", "zh": ROOT / "docs" / "performance.zh.md"}


def told(part: Text | Table | str, lang: str) -> str:
    """A part of a report in a language."""
    match part:
        case Table():
            return markdown(part, lang)
        case Text():
            return f"## {said(part, lang)}\n"
        case _:
            return part


def filled(page: str, job: str, parts: Iterable[Text | Table | str], lang: str) -> str:
    """A page with these figures of a job in place of the last ones."""
    marks = re.compile(f"(?<=<!-- bench {job} -->\n).*(?=<!-- /bench {job} -->)", re.DOTALL)
    figures = "\n".join(("", *(told(part, lang) for part in parts), ""))
    return marks.sub(lambda _: figures, page)


def run(name: str, job: Job, lang: str, *, pages: bool) -> None:
    """Do one job; print what is found as soon as it is known, and write it into the pages."""
    parts: list[Text | Table | str] = []
    with TemporaryDirectory() as folder:
        for part in chain((HEADINGS[name], "\n".join(machine.told()) + "\n"), job(Path(folder) / name)):
            parts.append(part)
            sys.stdout.write(told(part, lang) + "\n")
            sys.stdout.flush()
    for one, page in PAGES.items() if pages else ():
        page.write_text(filled(page.read_text("utf-8"), name, parts, one), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Do the jobs that are asked for."""
    size, *asked = [one for one in arguments if one != "--pages"] or ["small"]
    jobs = SIZES.get(size)
    if jobs is None or not jobs.keys() >= set(asked):
        sys.stderr.write(f"SIZE: {', '.join(SIZES)}; JOBS: {', '.join(jobs or HEADINGS)}\n")
        return 2
    lang = "zh" if os.environ.get("RUBRIC_LANG", "").startswith("zh") else "en"
    for name in asked or jobs:
        run(name, jobs[name], lang, pages="--pages" in arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
