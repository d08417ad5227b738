"""The units in pandas as most would write it: whole columns, `round(2)` and `cut`."""

import pandas as pd

from tests.bench.scoring import data, tree


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    return scored(pd.read_parquet(file))


def scored(frame):
    """Scores and grades of every unit."""
    bounded, whole = frame[list(tree.BOUNDED)], frame[list(tree.WHOLE)]
    if (frame < 0).any(axis=None) or (bounded > 100).any(axis=None) or (whole % 1 > 0).any(axis=None):
        raise ValueError("values that cannot be")
    given = frame.copy()
    for name, parts in tree.GROUPS.items():
        given[name] = _mean(given, parts)
    lost = pd.Series(0.0, index=frame.index)
    for name, (target, step, points, most) in tree.RATES.items():
        lost += (points * ((target - given[name]).clip(lower=0) // step)).clip(upper=most).fillna(0)
    for name, (points, most) in tree.COUNTS.items():
        lost += (points * given[name]).clip(upper=most).fillna(0)
    given[tree.DELIVERY] = (100 - lost).clip(lower=0)
    overall = _mean(given, tree.OVERALL)
    overall = overall.where(given[tree.VETO] < 1, overall.clip(upper=tree.CEILING)).round(2)
    grades = pd.cut(overall, [-1, *reversed(tree.CUTS), 101], right=False, labels=list(reversed(data.GRADES)))
    return overall, grades


def _mean(given, parts):
    """The weighted mean of the parts that are there."""
    weights = pd.Series(parts)
    values = given[list(parts)]
    return values.mul(weights).sum(axis=1) / values.notna().mul(weights).sum(axis=1)


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    overall, grades = ran
    return [round(score * 100) for score in overall], [data.GRADES.index(grade) for grade in grades]
