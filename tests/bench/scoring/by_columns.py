"""The units as a policy: `engine.evaluate` on a frame without the fractions, worked in columns."""

import engine
from tests.bench.scoring import by_rubric


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    import pandas as pd

    return scored(pd.read_parquet(file))


def scored(frame):
    """Scores and grades of every unit of a frame."""
    return engine.evaluate(by_rubric.POLICY, frame, exact=False)


answer = by_rubric.answer
