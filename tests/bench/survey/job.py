"""A survey of nineteen questions with weights and validity rules, scored in 240 segments: the programs, and whether
they agree in every figure.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.racing import Outcome, answer_of, apart, race, table
from tests.bench.survey import data

SQL = "DuckDB, SQL by hand"
RUBRIC = "rubric run, scores as CSV"
PROGRAMS = {
    RUBRIC: "tests.bench.survey.by_rubric",
    "rubric run, every step as JSON": "tests.bench.survey.by_rubric_traced",
    SQL: "tests.bench.survey.by_duckdb",
    "polars, lazy and streamed": "tests.bench.survey.by_polars",
    "pandas, vectorised": "tests.bench.survey.by_pandas",
}


def tables(folder: Path, *, parquet: int, csv: int, rounds: int) -> Iterator[str]:
    """The lines of both tables, for so many rows each."""
    for rows, kind in ((parquet, "parquet"), (csv, "csv")):
        below = folder / kind
        below.mkdir()
        apart(data.write, below, rows)
        given = below / f"survey.{kind}"
        outcomes = race(PROGRAMS, given, rounds=rounds)
        apart_judged(outcomes, given)
        size = given.stat().st_size / (1 << 20)
        yield f"### {rows:,} questionnaires from {'Parquet' if kind == 'parquet' else 'CSV'} ({size:,.0f} MiB)"
        yield ""
        yield from table(outcomes, beside=SQL, judged="scores and accounts")
        yield ""


def apart_judged(outcomes: Mapping[str, Outcome], given: Path) -> None:
    """Say of each answer whether it is rubric's in every figure."""
    ran = [name for name, outcome in outcomes.items() if not outcome.failed]
    for name, words in apart(compared, {name: answer_of(PROGRAMS[name], given) for name in ran}).items():
        outcomes[name].agrees = words


def compared(answers: Mapping[str, Path]) -> dict[str, str]:
    """What each answer is beside that of rubric with every step, which is the first that tells its accounts."""
    told = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in answers.items()}
    measure = next(one for one in told.values() if one["accounts"] is not None)
    return {name: difference(one, measure) for name, one in told.items()}


def difference(one, measure) -> str:
    """In how many figures an answer differs from another."""
    figures = {(cell, n): score for cell, row in one["cells"].items() for n, score in enumerate(row)}
    others = {(cell, n): score for cell, row in measure["cells"].items() for n, score in enumerate(row)}
    if one["accounts"] is not None:
        figures |= one["accounts"]
        others |= measure["accounts"]
    wrong = sum(figures.get(key) != others.get(key) for key in figures.keys() | others.keys())
    return f"{len(others):,} equal" if not wrong else f"{wrong:,} of {len(others):,} DIFFER"
