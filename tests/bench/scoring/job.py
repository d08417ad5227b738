"""Units of thirty measures through a tree of three levels with deductions, missing values, a veto and bands: the
programs, and how many of their scores and grades are not those of a calculation in fractions.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.racing import Outcome, answer_of, apart, race, table
from tests.bench.scoring import data, exact

NUMPY = "numpy by hand, in chunks"
RUBRIC = "rubric, engine.evaluate"
COLUMNS = {
    RUBRIC: "tests.bench.scoring.by_rubric",
    NUMPY: "tests.bench.scoring.by_numpy",
    "polars": "tests.bench.scoring.by_polars",
    "DuckDB, SQL by hand": "tests.bench.scoring.by_duckdb",
    "pandas, round and cut": "tests.bench.scoring.by_pandas",
    "OpenFisca-Core": "tests.bench.scoring.by_openfisca",
}
ONE_BY_ONE = {
    RUBRIC: "tests.bench.scoring.by_rubric",
    NUMPY: "tests.bench.scoring.by_numpy",
    "zen-engine": "tests.bench.scoring.by_zen",
    "rule-engine": "tests.bench.scoring.by_rule_engine",
    "fractions by hand": "tests.bench.scoring.exact",
}


def tables(folder: Path, *, many: int, few: int, rounds: int) -> Iterator[str]:
    """The lines of both tables: programs over columns with many units, programs unit by unit with few."""
    for units, programs in ((many, COLUMNS), (few, ONE_BY_ONE)):
        given = folder / f"units{units}.parquet"
        apart(data.write, given, units)
        outcomes = race(programs, given, rounds=rounds)
        judge(programs, outcomes, given)
        yield f"### {units:,} units of {len(data.MEASURES)} measures"
        yield ""
        yield from table(outcomes, beside=NUMPY, judged="wrong scores, wrong grades")
        yield ""


def judge(programs: Mapping[str, str], outcomes: Mapping[str, Outcome], given: Path) -> None:
    """Say of each answer how much of it is wrong."""
    answers = {name: answer_of(programs[name], given) for name, outcome in outcomes.items() if not outcome.failed}
    for name, words in apart(compared, answers, given).items():
        outcomes[name].agrees = words


def compared(answers: Mapping[str, Path], given: Path) -> dict[str, str]:
    """How many scores and grades of each answer are not the exact ones."""
    right = exact.run(given)
    told = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in answers.items()}
    return {name: ", ".join(str(wrong(*pair)) for pair in zip(one, right, strict=True)) for name, one in told.items()}


def wrong(found, right) -> int:
    """How many figures differ."""
    return sum(a != b for a, b in zip(found, right, strict=True))
