"""The units as a policy: `engine.evaluate` on a frame without the fractions, worked in columns."""

import engine
from tests.bench.scoring import by_rubric


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    return engine.evaluate(by_rubric.POLICY, by_rubric.frame(file), exact=False)


answer = by_rubric.answer
