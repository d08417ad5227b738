"""Ctrl+C and SIGTERM while a query runs, or a text is converted: the run ends at once and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from tests.commands.shop import write_shop
from tests.commands.test_parquet import in_parquet

# The query of the measures counts pairs that nobody can wait for.
QUERY = """
import sys
from sqlglot import parse_one
from engine.commands import run
from engine.evaluation import measures

def endless(*_):
    print("running", flush=True)
    pairs = "SELECT sum(a.range * b.range) AS n FROM range(10000000) AS a, range(10000000) AS b"
    return parse_one(pairs, dialect="duckdb")

measures.cells_query = endless
sys.argv[1:] = ["run", *sys.argv[1:]]
run()
"""
# The text that is converted has no end.
TEXT = """
import sys
from engine.commands import run
from engine.data import files
from engine.data.parquet import texts

def lines(self):
    yield "门店,质量\\n"
    print("running", flush=True)
    while True:
        yield "北店,5\\n"

files.LARGE = 0
texts.Text.lines = lines
sys.argv[1:] = ["run", *sys.argv[1:]]
run()
"""


@pytest.mark.parametrize("ended", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("what", ["query", "text"])
def test_nothing_is_left_behind(what: str, ended: signal.Signals, tmp_path: Path) -> None:
    """Exit code 130, one sentence, no folder for what does not fit into the memory, no draft in the cache."""
    arguments = write_shop(tmp_path)
    if what == "query":
        in_parquet(tmp_path, arguments)
    overflow, cache = tmp_path / "overflow", tmp_path / "cache"
    for folder in (overflow, cache):
        folder.mkdir(mode=0o700)
    surroundings = {**os.environ, "TMPDIR": str(overflow), "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(
        [sys.executable, "-c", QUERY if what == "query" else TEXT, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=surroundings,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "running\n"
        sleep(1)  # the query is under way
        run.send_signal(ended)
        _, told = run.communicate(timeout=120)
    assert (run.returncode, told.splitlines()[-1]) == (130, "rubric：已中断")
    assert list(overflow.iterdir()) == []
    assert [path for path in (cache / "rubric").iterdir() if path.is_dir() or path.suffix == ".parquet"] == []
