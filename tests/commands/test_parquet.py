"""`rubric run` on Parquet files: the same output as from text files, within limits, and nothing left behind."""

import tempfile
from pathlib import Path

import duckdb
import pytest

from engine.commands import main
from tests.commands.shop import write_shop


def _in_parquet(folder: Path) -> list[str]:
    """The shop whose survey stands in a Parquet file; every cell is text, as in the text file."""
    arguments = write_shop(folder)
    text, file = folder / "data" / "survey.csv", folder / "data" / "survey.parquet"
    with duckdb.connect() as connection:
        connection.read_csv(str(text), all_varchar=True).write_parquet(str(file))
    text.unlink()
    policy = Path(arguments[0])
    policy.write_text(policy.read_text(encoding="utf-8").replace("survey.csv", "survey.parquet"), encoding="utf-8")
    return arguments


def test_the_scores_are_those_of_the_text_file(tmp_path: Path, capsys, monkeypatch) -> None:
    """Whatever the query engine may use; its folder for what does not fit is gone afterwards."""
    arguments = _in_parquet(tmp_path)
    overflow = tmp_path / "overflow"
    overflow.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(overflow))
    for limits in ([], ["--threads", "1"], ["--memory", "200", "--threads", "2"]):
        assert main(["run", *arguments, *limits]) == 0
        out = capsys.readouterr().out
        assert "北店  93.2  优" in out
        assert "南店  79.6  良" in out
    assert list(overflow.iterdir()) == []


@pytest.mark.parametrize("option", [["--memory", "0"], ["--threads", "0"], ["--memory", "many"]])
def test_limits_are_whole_numbers_above_zero(option: list[str], tmp_path: Path) -> None:
    """A limit of nothing is a slip."""
    assert main(["run", *_in_parquet(tmp_path), *option]) == 2


def test_too_little_memory_is_told(tmp_path: Path, capsys) -> None:
    """One MiB is not enough for anything: exit code 4 and a sentence, nothing on stdout."""
    assert main(["run", *_in_parquet(tmp_path), "--memory", "1"]) == 4
    assert capsys.readouterr().out == ""
