"""A survey of nineteen questions with weights and validity rules, scored in 240 segments: the programs, and whether
they agree in every figure.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.racing import answer_of, apart, race, table
from tests.bench.survey import data
from tests.bench.words import Table, Text

SQL = Text("手写SQL（DuckDB）", "SQL by hand (DuckDB)")
RUBRIC = Text("rubric run，得分存成CSV", "rubric run, scores as CSV")
PROGRAMS = {
    RUBRIC: "tests.bench.survey.by_rubric",
    Text("rubric run，每一步存成JSON", "rubric run, every step as JSON"): "tests.bench.survey.by_rubric_traced",
    SQL: "tests.bench.survey.by_duckdb",
    Text("polars，惰性、流式", "polars, lazy and streamed"): "tests.bench.survey.by_polars",
    Text("pandas，整列计算", "pandas, whole columns"): "tests.bench.survey.by_pandas",
}
JUDGED = Text("得分和去向", "scores and accounts")


def compare(folder: Path, *, kind: str, rows: int, rounds: int) -> Iterator[Table]:
    """The table of so many questionnaires; `kind`: Parquet or CSV."""
    given = made(folder, rows).with_suffix(f".{kind.lower()}")
    outcomes = race(PROGRAMS, given, rounds=rounds)
    ran = {name: answer_of(PROGRAMS[name], given) for name, outcome in outcomes.items() if not outcome.failed}
    for name, words in apart(compared, ran).items():
        outcomes[name].agrees = words
    size = given.stat().st_size / (1 << 20)
    title = Text(
        f"{rows:,}份问卷，{kind}（{size:,.0f} MiB），{rounds}轮",
        f"{rows:,} questionnaires, {kind} ({size:,.0f} MiB), rounds: {rounds}",
    )
    yield table(title, outcomes, beside=SQL, judged=JUDGED)


def made(folder: Path, rows: int, segments: int = 240) -> Path:
    """A new folder with so many questionnaires; the path of its Parquet file."""
    folder.mkdir(parents=True)
    apart(data.write, folder, rows, segments)
    return folder / "survey.parquet"


def compared(answers: Mapping[Text, Path]) -> dict[Text, Text]:
    """What each answer is beside the first that tells its accounts: that of rubric with every step."""
    told = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in answers.items()}
    measures = [one for one in told.values() if one["accounts"] is not None]
    return {name: difference(one, measures[0]) for name, one in told.items() if measures}


def difference(one, measure) -> Text:
    """In how many figures an answer differs from another."""
    figures = {(cell, n): score for cell, row in one["cells"].items() for n, score in enumerate(row)}
    others = {(cell, n): score for cell, row in measure["cells"].items() for n, score in enumerate(row)}
    if one["accounts"] is not None:
        figures |= one["accounts"]
        others |= measure["accounts"]
    wrong = sum(figures.get(key) != others.get(key) for key in figures.keys() | others.keys())
    if wrong:
        return Text(f"{len(others):,}个数里有{wrong:,}个**不同**", f"{wrong:,} of {len(others):,} **differ**")
    return Text(f"{len(others):,}个数全部相同", f"{len(others):,} figures, all equal")
