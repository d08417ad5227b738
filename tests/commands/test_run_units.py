"""`rubric run --units`: very many units from a Parquet file."""

from pathlib import Path

import duckdb
import pytest

from engine.commands import main
from tests.columns.test_columns import SCHEME
from tests.evaluation.schemes import ONE_DECIMAL

HEAD = 'rubric: 1\npolicy: p\ntitle: p\nlang: {lang}\nversion: "1"\nunits: {{by: [店]}}\nscheme: |\n'


def _policy(folder: Path, lang: str = "zh") -> Path:
    file = folder / "p.yaml"
    lines = (ONE_DECIMAL + SCHEME.strip("\n")).splitlines()
    file.write_text(HEAD.format(lang=lang) + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    return file


def _units(folder: Path, rate: str = "98.0") -> Path:
    file = folder / "units.parquet"
    rows = "FROM (VALUES ('甲', 96.3::DOUBLE, 3), ('乙', RATE::DOUBLE, 25)) t(店, otd, 投诉次数)"
    relation = duckdb.sql(rows.replace("RATE", rate))
    assert relation is not None
    relation.write_parquet(str(file))
    return file


def _run(*arguments: object) -> int:
    return main(["run", *map(str, arguments)])


def test_units_to_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """96.3 % is one step below 98, 3 complaints cost 3: 96.5; the tally goes to stderr."""
    output = tmp_path / "out.csv"
    assert _run(_policy(tmp_path), "--units", _units(tmp_path), "--output", output) == 0
    assert output.read_text(encoding="utf-8") == "店,state,grade,score\n甲,value,优,96.5\n乙,value,差,75.0\n"
    assert capsys.readouterr() == ("", "2个评价对象，2个有得分；离界限太近的0个按分数精确计算\n")


def test_a_unit_without_a_score(tmp_path: Path) -> None:
    """Exit code 3, and the file says why."""
    output = tmp_path / "out.csv"
    assert _run(_policy(tmp_path), "--units", _units(tmp_path, "NULL"), "--output", output, "--steps") == 3
    assert output.read_text(encoding="utf-8").splitlines()[-1].startswith("乙,missing,,,")


def test_what_is_missing_or_too_much(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file for the results, a file of another type, data besides; a value that cannot be is 3."""
    policy, units = _policy(tmp_path, "en"), _units(tmp_path)
    assert _run(policy, "--units", units, "--lang", "en") == 2
    assert "--output" in capsys.readouterr().err
    assert _run(policy, "--units", units, "--output", tmp_path / "out.xlsx", "--lang", "en") == 2
    assert ".parquet or .csv" in capsys.readouterr().err
    assert _run(policy, "--units", units, "--output", tmp_path / "o.csv", "--data", tmp_path, "--lang", "en") == 2
    assert "goes without" in capsys.readouterr().err
    for other in (["--keep", tmp_path / "kept.csv"], ["--engine", "spark"]):
        assert _run(policy, "--units", units, "--output", tmp_path / "o.csv", *other, "--lang", "en") == 2
        assert "goes without --keep" in capsys.readouterr().err
    assert _run(policy, "--data", tmp_path, "--steps", "--lang", "en") == 2
    assert "--steps goes with --units" in capsys.readouterr().err
    assert _run(policy, "--units", _units(tmp_path, "101"), "--output", tmp_path / "o.csv", "--lang", "en") == 3
    assert not (tmp_path / "o.csv").exists()


def test_what_columns_do_not_know_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A policy that places units among each other is worked exactly, and the tally names the line."""
    policy = tmp_path / "p.yaml"
    scheme = ONE_DECIMAL + "总分：等权平均\n  产出：数值，以各单位最低至最高折合0-100分\n"
    policy.write_text(HEAD.format(lang="zh") + "".join(f"  {line}\n" for line in scheme.splitlines()), encoding="utf-8")
    units = tmp_path / "units.csv"
    units.write_text("店,产出\n甲,10\n乙,20\n丙,15\n", encoding="utf-8")
    assert _run(policy, "--units", units, "--output", tmp_path / "out.csv") == 0
    assert capsys.readouterr().err == "3个评价对象，3个有得分；总分/产出不能按列计算，所以全部按分数精确计算\n"


def test_a_style_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written is said by the name of the file, so --format would say it twice."""
    policy, units = _policy(tmp_path), _units(tmp_path)
    assert _run(policy, "--units", units, "--output", tmp_path / "o.csv", "--format", "csv") == 2
    assert "--format" in capsys.readouterr().err
