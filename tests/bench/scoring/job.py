"""Units of thirty measures through a tree of three levels with deductions, missing values, a veto and bands: the
programs, and how many of their scores and grades are not those of a calculation in fractions.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.racing import answer_of, apart, race, table
from tests.bench.scoring import data, exact
from tests.bench.words import Table, Text

NUMPY = Text("手写numpy，分块", "numpy by hand, in chunks")
EXACT = "tests.bench.scoring.by_rubric"
BY_COLUMNS = "tests.bench.scoring.by_columns"
COLUMNS = {
    Text("rubric，evaluate(exact=False)", "rubric, evaluate(exact=False)"): BY_COLUMNS,
    Text("rubric run --units，存成Parquet", "rubric run --units, to Parquet"): "tests.bench.scoring.by_file",
    Text("rubric run --units --steps", "rubric run --units --steps"): "tests.bench.scoring.by_file_traced",
    NUMPY: "tests.bench.scoring.by_numpy",
    Text(
        "手写numpy，每个节点存成Parquet", "numpy by hand, every node to Parquet"
    ): "tests.bench.scoring.by_numpy_traced",
    Text("polars", "polars"): "tests.bench.scoring.by_polars",
    Text("手写SQL（DuckDB）", "SQL by hand (DuckDB)"): "tests.bench.scoring.by_duckdb",
    Text("pandas，round和cut", "pandas, round and cut"): "tests.bench.scoring.by_pandas",
    Text("OpenFisca-Core", "OpenFisca-Core"): "tests.bench.scoring.by_openfisca",
}
ONE_BY_ONE = {
    Text("rubric，evaluate，每一步都留", "rubric, evaluate, every step kept"): EXACT,
    NUMPY: "tests.bench.scoring.by_numpy",
    Text("zen-engine", "zen-engine"): "tests.bench.scoring.by_zen",
    Text("rule-engine", "rule-engine"): "tests.bench.scoring.by_rule_engine",
    Text("手写分数计算", "fractions by hand"): "tests.bench.scoring.exact",
}
CHECKED = 100_000  # so many units are calculated in fractions as well


def compare(folder: Path, *, programs: Mapping[Text, str], units: int, rounds: int) -> Iterator[Table]:
    """The table of so many units; `programs`: `COLUMNS` or `ONE_BY_ONE`."""
    given = made(folder, units)
    outcomes = race(programs, given, rounds=rounds)
    ran = {name: answer_of(programs[name], given) for name, outcome in outcomes.items() if not outcome.failed}
    for name, words in apart(compared, ran, given).items():
        outcomes[name].agrees = words
    first = min(units, CHECKED)
    judged = Text(f"错的得分、等级（前{first:,}个）", f"wrong scores, grades of {first:,}")
    title = Text(f"{units:,}个评价对象，各30个测量值，{rounds}轮", f"{units:,} units of 30 measures, rounds: {rounds}")
    yield table(title, outcomes, beside=NUMPY, judged=judged)


def made(folder: Path, units: int) -> Path:
    """A new folder with so many units; the path of their file."""
    folder.mkdir(parents=True)
    file = folder / "units.parquet"
    apart(data.write, file, units)
    return file


def compared(answers: Mapping[Text, Path], given: Path) -> dict[Text, str]:
    """How many scores and grades of each answer are not the exact ones."""
    right = exact.run(given, CHECKED)
    told = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in answers.items()}
    return {name: ", ".join(f"{wrong(*pair):,}" for pair in zip(one, right, strict=True)) for name, one in told.items()}


def wrong(found, right) -> int:
    """How many figures differ from the right ones; those without a right one beside them are not looked at."""
    return sum(a != b for a, b in zip(found, right, strict=False))
