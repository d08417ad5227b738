"""The second half of the job as one writes it by hand: from the sums of each segment to its scores.

Shared by the programs that are written by hand. Scores are whole hundredths, rounded half up; a thousand-millionth is
added because a binary number may lie just below the half that it stands for.
"""

from decimal import Decimal

import numpy as np

# Each heading: its name, and its parts with their weights.
HEADINGS = (
    ("Goods", {"S1": 40, "S2": 30, "S3": 20, "S4": 10}),
    ("Papers", {"S5": 50, "S6": 30, "S7": 20}),
    ("Staff", {"S8": 50, "S9": 25, "S10": 25}),
    ("Repair", {"S11": 40, "S12": 40, "S13": 20}),
    ("Name", {"S14": 60, "S15": 20, "S16": 20}),
    ("Price", {"S17": 70, "S18": 20, "S19": 10}),
    ("Product", {"Goods": 60, "Papers": 40}),
    ("Service", {"Staff": 70, "Repair": 30}),
    ("Image", {"Name": 50, "Price": 50}),
    ("Satisfaction", {"Product": 50, "Service": 30, "Image": 20}),
)
NODES = (*(f"S{number}" for number in range(1, 20)), *(name for name, _ in HEADINGS))
MISSING = -1


def scores(weighted, weights):
    """Hundredths of every node, in the order of `NODES`, from Σ weight × answer and Σ weight of each question.

    Both: one row per segment, one column per question. Gives one row per segment, `MISSING` where nobody answered.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        means = weighted / weights
    found = {f"S{n + 1}": means[:, n] * 20 for n in range(19)}
    for name, parts in HEADINGS:
        values = np.stack([found[part] for part in parts], axis=1)
        there = ~np.isnan(values)
        shares = there * np.array(list(parts.values()), dtype=float)
        with np.errstate(invalid="ignore"):
            found[name] = np.nansum(values * shares, axis=1) / shares.sum(axis=1)
    exact = np.stack([found[name] for name in NODES], axis=1)
    return np.where(np.isnan(exact), MISSING, np.floor(np.nan_to_num(exact) * 100 + 0.5 + 1e-9)).astype(np.int64)


def hundredths(text):
    """A score as it is printed, in hundredths."""
    return int(Decimal(text) * 100) if text else MISSING


def answered(accounts, names, found):
    """The answer in the form in which programs are compared.

    `accounts`: rows by what became of them; `names`: the segment of each row of `found`.
    """
    cells = {"/".join(name): [int(score) for score in row] for name, row in zip(names, found, strict=True)}
    return {"accounts": {name: int(count) for name, count in accounts.items()}, "cells": cells}
