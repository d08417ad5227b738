"""The units as a lazy polars query."""

import polars as pl

from tests.bench.scoring import tree


def _mean(parts):
    """The weighted mean of the parts that are there, null where none is."""
    summed = pl.sum_horizontal([(pl.col(part) * float(weight)).fill_null(0.0) for part, weight in parts.items()])
    weights = pl.sum_horizontal([pl.col(part).is_not_null() * float(weight) for part, weight in parts.items()])
    return pl.when(weights > 0).then(summed / weights)


def query(rows):
    """Hundredths and grade of every row, and whether it has values that cannot be."""
    wrong = [(pl.col(name) < 0) | (pl.col(name) > 100) for name in tree.BOUNDED]
    wrong += [(pl.col(name) < 0) | (pl.col(name) != pl.col(name).floor()) for name in tree.WHOLE]
    lost = [
        (points * (((target - pl.col(name).fill_null(target)).clip(0) / step) + tree.LIFT).floor()).clip(
            upper_bound=most
        )
        for name, (target, step, points, most) in tree.RATES.items()
    ] + [(points * pl.col(name).fill_null(0)).clip(upper_bound=most) for name, (points, most) in tree.COUNTS.items()]
    groups = {name: _mean(parts) for name, parts in tree.GROUPS.items() if name not in tree.OVERALL}
    areas = {name: _mean(parts) for name, parts in tree.GROUPS.items() if name in tree.OVERALL}
    delivery = (100 - pl.sum_horizontal(lost)).clip(0)
    overall = _mean(tree.OVERALL)
    capped = pl.when(pl.col(tree.VETO) >= 1).then(overall.clip(upper_bound=tree.CEILING)).otherwise(overall)
    score = (capped * 100 + (0.5 + tree.LIFT)).floor().cast(pl.Int64)
    return (
        rows.with_columns(**groups, **{tree.DELIVERY: delivery}, wrong=pl.any_horizontal(wrong))
        .with_columns(**areas)
        .select("wrong", score=score)
        .with_columns(grade=pl.sum_horizontal([(pl.col("score") < 100 * cut).cast(pl.Int32) for cut in tree.CUTS]))
    )


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    found = query(pl.scan_parquet(file)).collect()
    if found["wrong"].any():
        raise ValueError("values that cannot be")
    return found["score"], found["grade"]


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return [one.to_list() for one in ran]
