"""`rubric run` on Parquet files: the same output as from text files, within limits, and nothing left behind."""

import json
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engine.commands import main
from engine.data import files
from engine.data.parquet import keeping
from tests.commands.shop import POLICY, write_shop


def in_parquet(folder: Path, arguments: list[str] | None = None) -> list[str]:
    """The shop whose survey stands in a Parquet file; every cell is text, as in the text file."""
    arguments = arguments or write_shop(folder)
    text, file = folder / "data" / "survey.csv", folder / "data" / "survey.parquet"
    with duckdb.connect() as connection:
        connection.read_csv(str(text), all_varchar=True).write_parquet(str(file))
    text.unlink()
    policy = Path(arguments[0])
    policy.write_text(policy.read_text(encoding="utf-8").replace("survey.csv", "survey.parquet"), encoding="utf-8")
    return arguments


def test_the_scores_are_those_of_the_text_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the query engine may use; its folder for what does not fit is gone afterwards."""
    arguments = in_parquet(tmp_path)
    overflow = tmp_path / "overflow"
    overflow.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(overflow))
    for limits in ([], ["--threads", "1"], ["--memory", "200", "--threads", "2"]):
        assert main(["run", *arguments, *limits]) == 0
        out = capsys.readouterr().out
        assert "北店  93.2  优" in out
        assert "南店  79.6  良" in out
    assert list(overflow.iterdir()) == []


DATED = """\
门店,日期,用时,质量
北店,2025-01-05,60,5
北店,2025-01-31,60,4
,2025-01-31,60,1
,2025-02-01,60,2
南店,2025-02-28,60,4
南店,2025-02-28,10,1
南店,2025-03-01,60,3
"""


def _counted(out: str) -> list[Any]:
    """Of every period that a run printed as JSON the results, and where the rows of the files went."""
    found = json.loads(out)
    return [
        (
            [{**account, "file": "", "sha256": ""} for account in one["data"]],
            [(result["unit"], result["exact"], result["nodes"]) for result in one["results"]],
        )
        for one in found.get("periods", [found])
    ]


ONLY_QUALITY = """\
scheme: |
  - 四舍五入保留1位小数，缺数报错
  质量：问卷Q1均值，1-5分折合20-100分
"""


@pytest.mark.parametrize(
    ("period", "record", "blank"),
    [("2025-01", 3, 1), ("2025-02", 4, 1), ("2025-01..2025-02", 3, 2), ("2025", 3, 2)],
)
def test_where_the_rows_went_is_told_as_of_the_text_file(
    period: str, record: int, blank: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows of other months, rows that took 10 seconds, rows without a shop: they are counted alike."""
    dated = "survey.csv\n    date: 日期\n    valid: [用时不少于30秒]\n"
    policy = POLICY.replace("survey.csv\n", dated).split("  kpi:")[0] + ONLY_QUALITY
    arguments = write_shop(tmp_path, policy=policy, survey=DATED)
    asked = ["run", *arguments, "--period", period, "--format", "json"]
    told: list[list[Any]] = []
    for file, row in (("survey.csv", record + 1), ("survey.parquet", record)):
        assert main(asked) == 0
        result = capsys.readouterr()
        assert f"{file}:{row}:1: W929 warning: “门店”从这里起有{blank}行没有填" in result.err
        told.append(_counted(result.out))
        if file == "survey.csv":
            in_parquet(tmp_path, arguments)
    assert told[0] == told[1]


@pytest.mark.parametrize("option", [["--memory", "0"], ["--threads", "0"], ["--memory", "many"]])
def test_limits_are_whole_numbers_above_zero(option: list[str], tmp_path: Path) -> None:
    """A limit of nothing is a slip."""
    assert main(["run", *in_parquet(tmp_path), *option]) == 2


def test_too_little_memory_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One MiB is not enough for anything: exit code 4 and a sentence, nothing on stdout."""
    assert main(["run", *in_parquet(tmp_path), "--memory", "1"]) == 4
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "rubric：--memory 1（MiB）不够用来读取数据；写大一些，或者不写\n")


# 300,000 customers, each of whom answers twice: 1 in March, then 4 in June, in no order.
TWICE = """
COPY (
  SELECT 'the customer with the number ' || (i % 300000) AS "客户", DATE '2025-03-01' + (i // 300000 * 92)::INT AS "日期",
    (1 + i // 300000 * 3)::TINYINT AS "质量"
  FROM range(600000) AS rows(i) ORDER BY hash(i)
) TO '{file}'
"""
LAST_ANSWER = """\
rubric: 1
policy: last
title: 一人一份
lang: zh
version: "1"
data:
  survey:
    kind: responses
    file: survey.parquet
    date: 日期
    questions: {Q1: 质量}
    answers: 1-5
    valid: [每个客户取最后一份]
scheme: |
  - 四舍五入保留1位小数，缺数报错
  总分：等权平均
    质量：问卷Q1均值，1-5分折合0-100分
"""


def test_what_does_not_fit_into_the_memory_is_put_on_the_disk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each customer the last answer counts: 4 of 1 to 5 is 75 of 100. Putting 600,000 records in order takes more
    than 40 MiB: without room on the disk that is refused.
    """
    policy, data = tmp_path / "last.yaml", tmp_path / "data"
    policy.write_text(LAST_ANSWER, encoding="utf-8")
    data.mkdir()
    with duckdb.connect() as connection:
        connection.execute(TWICE.format(file=data / "survey.parquet"))
    little = ["run", str(policy), "--data", str(data), "--memory", "40", "--threads", "1", "--format", "json"]
    assert main(little) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["results"][0]["score"], told["data"][0]["valid"]) == ("75.0", 300_000)
    connect, nowhere = duckdb.connect, {"temp_directory": ""}
    monkeypatch.setattr(duckdb, "connect", lambda config: connect(config=config | nowhere))
    assert main(little) == 4
    assert "--memory 40" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "survey.csv很大：先转换一次，结果留在 {folder}，下次不用再转换……"),
        ("en", "survey.csv is large: converting it once, kept in {folder} for the next time ..."),
    ],
)
def test_a_large_text_file_is_converted_once_and_says_so(
    lang: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On stderr, in the first run; the result is that of the text file read whole."""
    arguments = ["run", *write_shop(tmp_path), "--lang", lang]
    assert main(arguments) == 0
    whole = capsys.readouterr()
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(keeping, "cache_folder", lambda: folder)
    monkeypatch.setattr(files, "LARGE", 0)
    assert main(arguments) == 0
    assert capsys.readouterr() == (whole.out, told.format(folder=folder) + "\n")
    assert main(arguments) == 0
    assert capsys.readouterr() == (whole.out, "")
