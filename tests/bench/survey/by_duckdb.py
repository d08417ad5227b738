"""The survey in SQL written by hand: one query to the sums of each segment, with what became of every row."""

import duckdb
import numpy as np

from tests.bench.survey import data, tree

Q = data.QUESTIONS
FATES = ("valid", "answered", "straight", "time")


def query(file):
    """The query over a file."""
    given = " + ".join(f"({q} IS NOT NULL)::INT" for q in Q)
    wrong = " OR ".join(f"{q} NOT BETWEEN 1 AND 5" for q in Q)
    sums = ", ".join(
        f"sum(Weight::BIGINT * {q}) AS x{n}, sum(CASE WHEN {q} IS NOT NULL THEN Weight END) AS w{n}"
        for n, q in enumerate(Q)
    )
    return f"""
        WITH judged AS (
          SELECT *, CASE WHEN 100 * ({given}) < {data.LEAST_ANSWERED * len(Q)} THEN 1
                         WHEN greatest({", ".join(Q)}) = least({", ".join(Q)}) THEN 2
                         WHEN Seconds IS NULL OR Seconds < {data.LEAST_SECONDS} THEN 3 ELSE 0 END AS fate
          FROM '{file}')
        SELECT Brand, Region, Kind, fate, count(*) AS n, count(CASE WHEN {wrong} THEN 1 END) AS wrong, {sums}
        FROM judged GROUP BY Brand, Region, Kind, fate ORDER BY Brand, Region, Kind, fate"""


def run(file):
    """The scores of every segment of a Parquet or CSV file."""
    with duckdb.connect() as connection:
        found = connection.execute(query(file)).fetchnumpy()
    if found["wrong"].sum():
        raise ValueError("answers off the scale")
    accounts = {fate: found["n"][found["fate"] == number].sum() for number, fate in enumerate(FATES)}
    valid = found["fate"] == 0
    sums = [np.stack([np.asarray(found[f"{a}{n}"][valid], float) for n in range(len(Q))], axis=1) for a in "xw"]
    names = list(zip(*(found[name][valid] for name in data.CELL), strict=True))
    return accounts, names, tree.scores(*sums)


def answer(ran):
    """What was found, in the form in which programs are compared."""
    return tree.answered(*ran)
