"""Several periods on the command line: what programs and spreadsheets get, and what is refused.

The shop of `shop`, each quarter with its own rows: North has 90 and 98 in the first, 93.2 (see there), and in the second
answers of 4 (80) and 98 % (100): 80 x 60 % + 100 x 40 % = 88.
"""

import csv
import io
import json
from pathlib import Path

import pytest

from engine.commands import main
from tests.commands.shop import POLICY, write_shop

QUARTERLY = POLICY.replace("units: {by: [门店]}\n", "period: {every: quarter}\n").replace(
    "    file: survey.csv\n", "    file: survey.csv\n    date: 日期\n"
)
SURVEY = "质量,日期\n5,2025-01-07\n4,2025-02-07\n4,2025-05-07\n4,2025-06-07\n1,2024-06-07\n"
KPI = "指标,值,期间\n准时率,97%,2025-Q1\n准时率,98%,2025-Q2\n"


def _shop(folder: Path, policy: str = QUARTERLY) -> list[str]:
    return write_shop(folder, policy=policy, survey=SURVEY, kpi=KPI)


def test_every_result_of_a_history_says_its_period_date_and_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON: one result for each period, each beside the one before; the accounts count every row once."""
    assert main(["run", *_shop(tmp_path), "--period", "2025-Q1..2025-Q2", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    told = [(r["period"], r["as_of"], r["policy"]["version"], r["score"]) for r in said["results"]]
    assert told == [("2025-Q1", "2025-03-31", "1", "93.2"), ("2025-Q2", "2025-06-30", "1", "88.0")]
    first, second = (r["nodes"][0] for r in said["results"])
    assert (first["earlier"], first["change"]) == ([], None)
    assert second["change"] == {"decimal": "-5.2", "exact": "-26/5"}
    assert [(e["period"], e["version"], e["state"], e["score"]) for e in second["earlier"]] == [
        ("2025-Q1", "1", "value", "93.2")
    ]
    assert said["as_of"] is None
    assert [(a["rows"], a["valid"], a["out_of_period"]) for a in said["data"]] == [(5, 4, 1), (2, 2, 0)]


def test_a_spreadsheet_has_a_row_for_every_indicator_of_every_period(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """CSV: with the version, and with the change since the period before."""
    assert main(["run", *_shop(tmp_path), "--period", "2025-Q1..2025-Q2", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    told = [(r["期间"], r["版本"], r["指标"], r["得分"], r["比上期"]) for r in rows]
    assert told == [
        ("2025-Q1", "1", "总分", "93.2", ""),
        ("2025-Q1", "1", "质量", "90.0", ""),
        ("2025-Q1", "1", "交付", "98.0", ""),
        ("2025-Q1", "1", "准时率", "", ""),
        ("2025-Q2", "1", "总分", "88.0", "-5.2"),
        ("2025-Q2", "1", "质量", "80.0", "-10"),
        ("2025-Q2", "1", "交付", "100.0", "2"),
        ("2025-Q2", "1", "准时率", "", "2"),
    ]


def test_a_trend_stands_in_columns_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV of one period: the change, then each earlier period under its name; JSON: under `earlier`."""
    arguments = _shop(tmp_path, QUARTERLY.replace("scheme: |", "report: {trend: {previous: 1}}\nscheme: |"))
    assert main(["run", *arguments, "--period", "2025-Q2", "--format", "csv"]) == 0
    (total, *_) = csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff")))
    assert (total["得分"], total["比上期"], total["2025-Q1"]) == ("88.0", "-5.2", "93.2")


def test_an_explanation_of_every_period(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each period is explained by itself, the second beside the first."""
    assert main(["explain", *_shop(tmp_path), "--period", "2025-Q1..2025-Q2", "准时率"]) == 0
    told = capsys.readouterr().out
    assert told.index("期间：2025-Q1") < told.index("扣2分") < told.index("期间：2025-Q2")
    assert "前几期：2025-Q1 -2；比上期+2" in told


def test_a_folder_of_different_policies_is_no_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only versions of one policy can be chosen between; which are meant otherwise is for the user to say."""
    arguments = _shop(tmp_path)
    (tmp_path / "other.yaml").write_text(QUARTERLY.replace("policy: shop", "policy: other"), encoding="utf-8")
    assert main(["run", str(tmp_path), *arguments[1:], "--period", "2025"]) == 2
    assert "different policies (other, shop)" in _english(capsys, [str(tmp_path), *arguments[1:]])
    (tmp_path / "empty").mkdir()
    assert main(["run", str(tmp_path / "empty"), *arguments[1:]]) == 2


def _english(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> str:
    capsys.readouterr()
    main(["run", *arguments, "--lang", "en"])
    return capsys.readouterr().err


def test_a_period_nobody_can_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, before anything is read."""
    assert main(["run", *_shop(tmp_path), "--period", "去年..今年"]) == 3
    assert "E931" in capsys.readouterr().err
