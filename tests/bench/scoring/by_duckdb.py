"""The units in SQL written by hand, one query per level of the tree."""

import duckdb

from tests.bench.scoring import tree


def _mean(parts):
    """The weighted mean of the parts that are there, NULL where none is."""
    summed = " + ".join(f'coalesce("{part}" * {weight}e0, 0e0)' for part, weight in parts.items())
    weights = " + ".join(f'CASE WHEN "{part}" IS NULL THEN 0e0 ELSE {weight}e0 END' for part, weight in parts.items())
    return f"({summed}) / nullif({weights}, 0e0)"


def query(file):
    """Hundredths and grade of every row of a file, and whether it has values that cannot be."""
    groups = [f'{_mean(parts)} AS "{name}"' for name, parts in tree.GROUPS.items() if next(iter(parts)).startswith("M")]
    areas = [f'{_mean(tree.GROUPS[name])} AS "{name}"' for name in tree.OVERALL if name in tree.GROUPS]
    lost = [
        f'least({points}e0 * floor(greatest({target}e0 - coalesce("{name}", {target}e0), 0e0) / {step}e0'
        f" + {tree.LIFT}), {most}e0)"
        for name, (target, step, points, most) in tree.RATES.items()
    ] + [f'least({points}e0 * coalesce("{name}", 0e0), {most}e0)' for name, (points, most) in tree.COUNTS.items()]
    wrong = [f'coalesce("{name}" < 0e0 OR "{name}" > 100e0, false)' for name in tree.BOUNDED]
    wrong += [f'coalesce("{name}" < 0e0 OR "{name}" <> floor("{name}"), false)' for name in tree.WHOLE]
    grade = " ".join(f"WHEN score >= {cut * 100} THEN {place}" for place, cut in enumerate(tree.CUTS))
    return f"""
        WITH groups AS (
          SELECT {", ".join(groups)}, greatest(100e0 - ({" + ".join(lost)}), 0e0) AS "{tree.DELIVERY}", "{tree.VETO}",
            {" OR ".join(wrong)} AS wrong
          FROM '{file}'),
        areas AS (SELECT {", ".join(areas)}, "{tree.DELIVERY}", "{tree.VETO}", wrong FROM groups),
        overall AS (SELECT {_mean(tree.OVERALL)} AS full_value, "{tree.VETO}", wrong FROM areas),
        capped AS (
          SELECT CASE WHEN "{tree.VETO}" >= 1 THEN least(full_value, {tree.CEILING}e0) ELSE full_value END AS value, wrong
          FROM overall),
        rounded AS (SELECT floor(value * 100e0 + {0.5 + tree.LIFT!r}e0)::BIGINT AS score, wrong FROM capped)
        SELECT score, CASE {grade} ELSE {len(tree.CUTS)} END AS grade, wrong FROM rounded"""


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    with duckdb.connect() as connection:
        found = connection.execute(query(file)).fetchnumpy()
    if found["wrong"].any():
        raise ValueError("values that cannot be")
    return found["score"], found["grade"]


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return [one.tolist() for one in ran]
