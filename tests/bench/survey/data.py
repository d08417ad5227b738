"""The questionnaires: drawn by a seed, the same on every machine, written as Parquet and as CSV.

Whole numbers only, so that sums are exact in every program: answers 1 to 5 or blank, and a weight that is the number of
customers for whom the questionnaire stands.
"""

from pathlib import Path

QUESTIONS = tuple(f"Q{number}" for number in range(1, 20))
CELL = ("Brand", "Region", "Kind")
BRANDS = ("East", "West", "North", "South")
KINDS = ("large", "medium", "small")
SHARES = (0.04, 0.08, 0.22, 0.38, 0.28)  # of the answers 1 to 5
LEAST_ANSWERED, LEAST_SECONDS = 80, 60  # per cent of the questions, seconds
_CHUNK = 500_000


def write(folder: Path, rows: int, segments: int = 240) -> None:
    """`survey.parquet` and `survey.csv` with so many rows in so many segments (a multiple of 12)."""
    import duckdb
    import numpy as np

    regions = tuple(f"R{number:03}" for number in range(1, segments // 12 + 1))
    chance = np.random.default_rng(19)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for start in range(0, rows, _CHUNK):
            frame = _drawn(chance, start, min(_CHUNK, rows - start), regions)
            connection.register("drawn", frame)
            into = "INSERT INTO survey" if start else "CREATE TABLE survey AS"
            connection.execute(f"{into} SELECT * FROM drawn")
        connection.execute(f"COPY survey TO '{folder / 'survey.parquet'}' (FORMAT parquet)")
        connection.execute(f"COPY survey TO '{folder / 'survey.csv'}' (FORMAT csv)")


def _drawn(chance, start, count, regions):
    """A frame of some rows: most as they should be, a few too quick, straight-lined or half empty."""
    import numpy as np
    import pandas as pd

    blank = chance.random((19, count), dtype=np.float32) < 0.03
    blank[:, chance.random(count) < 0.02] |= chance.random((19, 1)) < 0.4
    answers = chance.choice(np.arange(1, 6, dtype=np.int8), size=(19, count), p=SHARES)
    lined = chance.random(count) < 0.02
    answers[:, lined] = answers[0, lined]
    cells = {
        name: pd.Categorical.from_codes(chance.integers(0, len(words), count), categories=words)
        for name, words in zip(CELL, (BRANDS, regions, KINDS), strict=True)
    }
    columns = {name: pd.Series(pd.array(answers[n], dtype="Int8")) for n, name in enumerate(QUESTIONS)}
    for n, name in enumerate(QUESTIONS):
        columns[name][blank[n]] = pd.NA
    seconds = chance.integers(30, 900, count).astype(np.int16)
    weight = chance.integers(1, 400, count).astype(np.int16)
    number = np.arange(start + 1, start + count + 1, dtype=np.int32)
    return pd.DataFrame({"No": number, **cells, "Seconds": seconds, "Weight": weight, **columns})
