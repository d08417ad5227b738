"""The units: thirty measures each, drawn by a seed, the same on every machine, written as Parquet.

Scores and rates have one decimal and stand in the file as companies have them, as binary numbers; some are missing.
"""

from pathlib import Path

SCORES = tuple(f"M{number}" for number in range(1, 24))
RATES, COUNTS = ("On time", "First pass"), ("Complaints", "Returns", "Late answers", "Claims")
VETO = "Leaks"
MEASURES = (*SCORES, *RATES, *COUNTS, VETO)
GRADES = ("A", "B", "C", "D")


def write(file: Path, units: int) -> None:
    """A row for each unit, a column for each measure."""
    import duckdb
    import numpy as np
    import pandas as pd

    chance = np.random.default_rng(30)
    level = chance.normal(80, 9, units)  # some units are good at everything
    columns = {name: np.clip(np.rint((level + chance.normal(0, 8, units)) * 10), 0, 1000) / 10 for name in SCORES}
    columns |= {name: np.rint(1000 - chance.exponential(30, units).clip(0, 400)) / 10 for name in RATES}
    columns |= {
        name: chance.poisson(mean, units).astype(float) for name, mean in zip(COUNTS, (4, 3, 12, 1), strict=True)
    }
    for name in columns:
        columns[name][chance.random(units) < 0.04] = np.nan
    columns[VETO] = (chance.random(units) < 0.01).astype(float)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("drawn", pd.DataFrame(columns))
        connection.execute(f"COPY (SELECT * FROM drawn) TO '{file}' (FORMAT parquet)")
