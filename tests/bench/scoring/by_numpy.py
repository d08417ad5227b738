"""The units in numpy by hand: columns, so many rows at a time as stay near the processor."""

from types import MappingProxyType

import numpy as np

from tests.bench.scoring import data, tree

CHUNK = 16_384


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    return scored(columns_of(file))


def columns_of(file):
    """The measures of a Parquet file."""
    import pyarrow.parquet as pq

    table = pq.read_table(file, columns=list(data.MEASURES))
    return {name: table[name].to_numpy() for name in data.MEASURES}


def scored(columns, kept=MappingProxyType({})):
    """Scores and grades of every unit; NaN is missing. `kept`: arrays to be filled with nodes and deductions."""
    count = len(columns[tree.VETO])
    hundredths, grades = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int8)
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        given = {name: column[part] for name, column in columns.items()}
        if any(map(_cannot_be, given.items())):
            raise ValueError("values that cannot be")
        hundredths[part], grades[part] = _scored(given)
        for name in kept:
            kept[name][part] = given[name]
    return hundredths, grades


def _cannot_be(measure):
    """Whether any value of a measure is none that it can have."""
    name, values = measure
    beyond = values > 100 if name in tree.BOUNDED else values - np.floor(values) > 0
    return beyond.any() or (values < 0).any()


def _scored(given):
    """Scores and grades of some units; every node and deduction is put beside the measures in `given`."""
    for name, parts in tree.GROUPS.items():
        given[name] = _mean(given, parts)
    lost = np.zeros(len(given[tree.VETO]))
    for name, (target, step, points, most) in tree.RATES.items():
        below = np.floor(np.maximum(target - np.nan_to_num(given[name], nan=target), 0) / step + tree.LIFT)
        given[f"{name}, lost"] = np.minimum(points * below, most)
        lost += given[f"{name}, lost"]
    for name, (points, most) in tree.COUNTS.items():
        given[f"{name}, lost"] = np.minimum(points * np.nan_to_num(given[name]), most)
        lost += given[f"{name}, lost"]
    given[tree.DELIVERY] = np.maximum(100 - lost, 0)
    given[tree.RESULT] = overall = _mean(given, tree.OVERALL)
    overall = np.where(given[tree.VETO] >= 1, np.minimum(overall, tree.CEILING), overall)
    hundredths = np.floor(overall * 100 + (0.5 + tree.LIFT)).astype(np.int64)
    return hundredths, sum(hundredths < 100 * cut for cut in tree.CUTS)


def _mean(given, parts):
    """The weighted mean of the parts that are there, NaN where none is."""
    summed, weights = 0.0, 0.0
    for part, weight in parts.items():
        there = given[part] == given[part]
        summed += np.where(there, given[part] * weight, 0)
        weights += there * float(weight)
    with np.errstate(invalid="ignore"):
        return summed / weights


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return [one.tolist() for one in ran]
