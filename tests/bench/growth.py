"""How what rubric takes grows: with questionnaires, with segments, with units, with the lines of a policy."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import racing
from tests.bench.racing import Outcome, race
from tests.bench.scoring import job as scoring
from tests.bench.survey import job as survey
from tests.bench.words import Table, Text

ROWS_OF_SEGMENTS = 100_000


def tables(
    folder: Path,
    *,
    rows: Sequence[int],
    segments: Sequence[int],
    units: Sequence[int],
    columns: Sequence[int],
    lines: Sequence[int],
    rounds: int,
) -> Iterator[Table]:
    """A table for each."""
    folder.mkdir()
    program = survey.PROGRAMS[survey.RUBRIC]
    found = {n: _one(program, survey.made(folder / f"rows{n}", n), rounds) for n in rows}
    yield _table(Text("问卷（240个客户群）", "Questionnaires (240 segments)"), Text("问卷", "questionnaires"), found)
    found = {n: _one(program, survey.made(folder / f"segments{n}", ROWS_OF_SEGMENTS, n), rounds) for n in segments}
    title = Text(f"客户群（{ROWS_OF_SEGMENTS:,}份问卷）", f"Segments ({ROWS_OF_SEGMENTS:,} questionnaires)")
    yield _table(title, Text("客户群", "segments"), found)
    for module, sizes, title in (
        (scoring.EXACT, units, Text("评价对象（30个测量值，每一步都留）", "Units (30 measures, every step kept)")),
        (scoring.BY_COLUMNS, columns, Text("评价对象（30个测量值，exact=False）", "Units (30 measures, exact=False)")),
    ):
        found = {n: _one(module, scoring.made(folder, n), rounds) for n in sizes}
        yield _table(title, Text("评价对象", "units"), found)
    found = {n: _one("tests.bench.lines", _policy(folder, n), rounds) for n in lines}
    title = Text("方案的行数（100个评价对象，每一步都留）", "Lines of a policy (100 units, every step kept)")
    yield _table(title, Text("行", "lines"), found)


def _one(module: str, given: Path, rounds: int) -> Outcome:
    """One program, alone."""
    name = Text(module, module)
    return race({name: module}, given, rounds=rounds)[name]


def _policy(folder: Path, lines: int) -> Path:
    """The path of a policy to be written: its program knows by the name how long it is."""
    return folder / f"{lines}.yaml"


def _table(title: Text, what: Text, found: dict[int, Outcome]) -> Table:
    return racing.growth(title, what, {f"{size:,}": outcome for size, outcome in found.items()})
