"""The units in numpy by hand, every node and every deduction of every unit written to a Parquet file."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.bench.scoring import by_numpy, tree

NODES = (*tree.GROUPS, tree.DELIVERY, tree.RESULT, *(f"{name}, lost" for name in (*tree.RATES, *tree.COUNTS)))


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    columns = by_numpy.columns_of(file)
    kept = {name: np.empty(len(columns[tree.VETO])) for name in NODES}
    hundredths, grades = by_numpy.scored(columns, kept)
    pq.write_table(pa.table({"score": hundredths, "grade": grades, **kept}), file.with_name("traced.parquet"))
    return hundredths, grades


answer = by_numpy.answer
