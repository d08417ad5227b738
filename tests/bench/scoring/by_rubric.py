"""The units as a policy: `engine.evaluate` on a frame."""

from pathlib import Path

import engine
from tests.bench.scoring import data

POLICY = Path(__file__).parent / "policy.yaml"


def frame(file):
    """A Parquet file as a frame."""
    import duckdb

    with duckdb.connect() as connection:
        return connection.execute(f"FROM '{file}'").df()


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    return engine.evaluate(POLICY, frame(file))


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return [int(score * 100) for score in ran["score"]], [data.GRADES.index(grade) for grade in ran["grade"]]
