"""The survey as a lazy polars query, streamed."""

import polars as pl

from tests.bench.survey import data, tree

Q = data.QUESTIONS
FATES = ("valid", "answered", "straight", "time")


def query(rows):
    """The sums of each segment, by what became of its rows."""
    answers = [pl.col(q) for q in Q]
    most, least = pl.max_horizontal(answers), pl.min_horizontal(answers)
    given = pl.sum_horizontal([a.is_not_null().cast(pl.Int32) for a in answers])
    fate = (
        pl.when(given * 100 < data.LEAST_ANSWERED * len(Q)).then(1)
        .when(most == least).then(2)
        .when((pl.col("Seconds") >= data.LEAST_SECONDS).fill_null(value=False)).then(0)
        .otherwise(3)
    )  # fmt: skip
    weight = pl.col("Weight").cast(pl.Int64)
    judged = rows.with_columns(fate=fate, wrong=(most > 5) | (least < 1))
    return judged.group_by(*data.CELL, "fate").agg(
        pl.len().alias("n"),
        pl.col("wrong").sum(),
        *((weight * pl.col(q).cast(pl.Int64)).sum().alias(f"x{n}") for n, q in enumerate(Q)),
        *(weight.filter(pl.col(q).is_not_null()).sum().alias(f"w{n}") for n, q in enumerate(Q)),
    )


def run(file):
    """The scores of every segment of a Parquet or CSV file."""
    rows = pl.scan_csv(file) if file.suffix == ".csv" else pl.scan_parquet(file)
    found = query(rows).collect(engine="streaming")
    if found["wrong"].sum():
        raise ValueError("answers off the scale")
    accounts = {fate: found.filter(pl.col("fate") == number)["n"].sum() for number, fate in enumerate(FATES)}
    valid = found.filter(pl.col("fate") == 0)
    sums = [valid.select(f"{a}{n}" for n in range(len(Q))).to_numpy().astype(float) for a in "xw"]
    return accounts, valid.select(data.CELL).rows(), tree.scores(*sums)


def answer(ran):
    """What was found, in the form in which programs are compared."""
    return tree.answered(*ran)
