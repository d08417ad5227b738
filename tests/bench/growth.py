"""How what rubric takes grows: with questionnaires, with segments, with units, with the lines of a policy."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import racing
from tests.bench.racing import race
from tests.bench.scoring import job as scoring
from tests.bench.survey import job as survey
from tests.bench.words import Table, Text

ROWS_OF_SEGMENTS = 100_000


def _questionnaires(folder: Path, rows: int) -> Path:
    return survey.made(folder, rows)


def _segments(folder: Path, segments: int) -> Path:
    return survey.made(folder, ROWS_OF_SEGMENTS, segments)


def _policy(folder: Path, lines: int) -> Path:
    """The path of a policy to be written: its program knows by the name how long it is."""
    folder.mkdir(parents=True)
    return folder / f"{lines}.yaml"


# What grows: its name, the title of its table, the program, and what makes the data of a size.
KINDS: Mapping[str, tuple[Text, Text, str, Callable[[Path, int], Path]]] = {
    "questionnaires": (
        Text("问卷", "questionnaires"),
        Text("问卷（240个客户群）", "Questionnaires (240 segments)"),
        survey.PROGRAMS[survey.RUBRIC],
        _questionnaires,
    ),
    "segments": (
        Text("客户群", "segments"),
        Text(f"客户群（{ROWS_OF_SEGMENTS:,}份问卷）", f"Segments ({ROWS_OF_SEGMENTS:,} questionnaires)"),
        survey.PROGRAMS[survey.RUBRIC],
        _segments,
    ),
    "units": (
        Text("评价对象", "units"),
        Text("评价对象（30个测量值，每一步都留）", "Units (30 measures, every step kept)"),
        scoring.EXACT,
        scoring.made,
    ),
    "columns": (
        Text("评价对象", "units"),
        Text("评价对象（30个测量值，exact=False）", "Units (30 measures, exact=False)"),
        scoring.BY_COLUMNS,
        scoring.made,
    ),
    "lines": (
        Text("行", "lines"),
        Text("方案的行数（100个评价对象，每一步都留）", "Lines of a policy (100 units, every step kept)"),
        "tests.bench.lines",
        _policy,
    ),
}


def compare(folder: Path, *, rounds: int, **sizes: Sequence[int]) -> Iterator[Table]:
    """A table for each kind that has sizes."""
    for kind, asked in sizes.items():
        what, title, module, made = KINDS[kind]
        outcomes = {}
        for size in asked:
            given = made(folder / f"{kind}{size}", size)
            outcomes[f"{size:,}"] = race({what: module}, given, rounds=rounds)[what]
        yield racing.growth(title, what, outcomes)
