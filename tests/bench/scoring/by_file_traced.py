"""The units as a policy: `rubric run --units --steps`, with what every line came to."""

from tests.bench.scoring import by_file


def run(file):
    """The path of the results of every unit of a Parquet file."""
    return by_file.run(file, "--steps")


answer = by_file.answer
