"""The units as a policy: `rubric run --units`, from a Parquet file to a Parquet file of results."""

from engine.commands import main
from tests.bench.scoring import by_rubric, data


def run(file, *options):
    """The path of the results of every unit of a Parquet file."""
    results = file.with_name("results.parquet")
    if code := main(["run", str(by_rubric.POLICY), "--units", str(file), "--output", str(results), *options]):
        raise SystemExit(code)
    return results


def answer(results):
    """Hundredths, and the grade as its place among A, B, C, D."""
    import duckdb

    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT score, grade FROM '{results}'").fetchall()
    return [int(score * 100) for score, _ in found], [data.GRADES.index(grade) for _, grade in found]
