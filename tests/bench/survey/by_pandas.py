"""The survey in pandas, vectorised: no loop over rows, no `apply`."""

import numpy as np
import pandas as pd

from tests.bench.survey import data, tree

Q = list(data.QUESTIONS)
READ = [*data.CELL, "Seconds", "Weight", *Q]


def run(file):
    """The scores of every segment of a Parquet or CSV file."""
    if file.suffix == ".csv":
        return scored(pd.read_csv(file, usecols=READ, engine="pyarrow"))
    return scored(pd.read_parquet(file, columns=READ))


def scored(frame):
    """The scores of every segment of a frame."""
    answers = frame[Q]
    most, least = answers.max(axis=1), answers.min(axis=1)
    if (most > 5).any() or (least < 1).any():
        raise ValueError("answers off the scale")
    tests = {
        "answered": answers.notna().sum(axis=1) * 100 < data.LEAST_ANSWERED * len(Q),
        "straight": most == least,
        "time": ~(frame["Seconds"] >= data.LEAST_SECONDS),
    }
    fate = np.select([test.to_numpy() for test in tests.values()], list(tests), default="valid")
    accounts = dict.fromkeys(("valid", *tests), 0) | pd.Series(fate).value_counts().to_dict()
    valid = frame[fate == "valid"]
    keys = [valid[name] for name in data.CELL]
    products = valid[Q].mul(valid["Weight"], axis=0)
    weighted = products.groupby(keys, observed=True).sum()
    weights = valid[Q].notna().mul(valid["Weight"], axis=0).groupby(keys, observed=True).sum()
    found = tree.scores(weighted.to_numpy(float), weights.to_numpy(float))
    return accounts, list(weighted.index), found


def answer(ran):
    """What was found, in the form in which programs are compared."""
    return tree.answered(*ran)
