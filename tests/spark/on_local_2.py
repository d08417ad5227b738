"""Spark on two threads of this machine: the same counts as DuckDB, line for line, and the same result as the files.

Not collected with the others, since it needs Java and the extra: `make test-spark`.
"""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from engine.commands import main
from engine.diagnostics import Refused
from engine.evaluation.counted import Question, assess_counts, query_for
from engine.evaluation.histories import Inquiry, assess_history
from engine.evaluation.result import Assessment
from engine.evaluation.spark import count_with_spark
from engine.language.policy import Policy
from engine.language.policy_file import read_policy
from engine.report.result_data import render_json
from engine.resources import resource
from tests.evaluation.warehouse import frame_of, headers_of, lacking
from tests.reference.compare import from_files
from tests.reference.test_reference import FILLED

MASTER = "local[2]"


def _in_parquet(name: str, folder: Path) -> tuple[Policy, Path, Question]:
    """A shipped policy with its data folder, and what is asked when its files are Parquet in `folder`."""
    policy = read_policy(Path(str(resource("policies", f"{name}.yaml")))).policy
    assert policy is not None
    data = Path(str(resource("policies", "data", name)))
    return policy, data, _stored(policy, data, folder)


def _stored(policy: Policy, data: Path, folder: Path) -> Question:
    """What is asked when the policy's files are Parquet in `folder`."""
    absent = lacking(policy, data)
    tables = query_for(Question(policy=policy, without=absent)).tables
    for source in policy.header.data:
        if source.name not in tables:
            continue
        frame = frame_of(source, data, dict(tables[source.name]))
        headers = [header.strip() for header in headers_of(source, data) if header.strip()]
        seconds = ["rubric_seconds"] if "rubric_seconds" in frame else []
        duckdb.from_df(frame[[*headers, *seconds]]).write_parquet(str(folder / f"{source.name}.parquet"))
    sources = tuple(replace(source, file=f"{source.name}.parquet") for source in policy.header.data)
    stored = replace(policy, header=replace(policy.header, data=sources))
    return Question(policy=stored, folder=folder, without=absent)


def _counted_by_duckdb(question: Question) -> list[list[str]]:
    statement, connection = query_for(question), duckdb.connect()
    for name in statement.tables:
        path = str(question.folder / f"{name}.parquet") if question.folder else ""
        rows = connection.read_parquet(path, file_row_number=True).project("*, file_row_number AS rubric_row")
        rows.create_view(name)
    found = connection.execute(statement.text("duckdb")).fetchall()
    return sorted(["" if cell is None else str(cell) for cell in row] for row in found)


@pytest.mark.parametrize("name", ["manufacturer", "bank", "telecom", "auto_dealer", "telecom_fuzzy"])
def test_spark_counts_what_duckdb_counts(name: str, tmp_path: Path) -> None:
    """Every line of the counts is the same, and they give the result of the files, for every unit and node."""
    policy, data, question = _in_parquet(name, tmp_path)
    count_with_spark(question, MASTER, tmp_path / "counts.csv")
    with (tmp_path / "counts.csv").open(encoding="utf-8", newline="") as stream:
        _, *lines = csv.reader(stream)
    assert lines == _counted_by_duckdb(question)
    counted = assess_counts(replace(question, folder=data, policy=policy), tmp_path / "counts.csv").asked[0]
    read = assess_history(Inquiry(versions=[policy], folder=data)).asked[0]
    results = [json.loads(render_json(one.policy, one.result))["results"] for one in (read, counted)]
    assert results[0] == results[1]


@pytest.mark.parametrize("seed", FILLED[:4])
def test_drawn_tables_come_to_what_their_rows_say(seed: int, tmp_path: Path) -> None:
    """Policies drawn with their tables: what Spark counts, scored, and what the second evaluator makes of the rows."""

    def counted(policy: Policy, folder: Path) -> Sequence[Assessment]:
        count_with_spark(_stored(policy, folder, tmp_path), MASTER, tmp_path / "counts.csv")
        return (
            assess_counts(Question(policy=policy, folder=folder), tmp_path / "counts.csv").asked[0].result.assessments
        )

    assert from_files(seed, counted)[0] == []


POLICY = """\
rubric: 1
policy: shops
title: 门店
lang: zh
version: "1"
data:
  survey: {kind: responses, file: survey.parquet, date: 日期, questions: {Q1: 服务态度}, answers: 1-5}
scheme: |
  - 四舍五入保留1位小数，缺数报错
  服务态度：问卷Q1均值，1-5分折合20-100分
"""


def test_the_command_counts_scores_and_keeps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A 5, a 4 and a 3 are 4 in the mean, 80 points; the counts are kept, and scored again without Spark."""
    (tmp_path / "shops.yaml").write_text(POLICY, encoding="utf-8")
    rows = duckdb.connect().sql("SELECT DATE '2025-03-01' AS 日期, unnest([5, 4, 3]) AS 服务态度")
    rows.write_parquet(str(tmp_path / "survey.parquet"))
    policy, kept = str(tmp_path / "shops.yaml"), tmp_path / "kept.csv"
    asked = ["--engine", "spark", "--spark-master", MASTER, "--period", "2025", "--keep", str(kept), "--format", "csv"]
    assert main(["run", policy, "--data", str(tmp_path), *asked]) == 0
    by_spark = capsys.readouterr().out
    head, terms, *lines = kept.read_text(encoding="utf-8").splitlines()
    assert head == "rubric_source,rubric_measure,rubric_value,rubric_rows"
    assert terms.startswith("survey,#,")
    assert lines == [
        "survey,*,2025,3",
        "survey,?,,0",
        "survey,Q1,3,1",
        "survey,Q1,4,1",
        "survey,Q1,5,1",
    ]
    assert main(["run", policy, "--cells", str(kept), "--period", "2025", "--format", "csv"]) == 0
    assert capsys.readouterr().out == by_spark
    assert "80.0" in by_spark


@pytest.mark.parametrize(
    ("columns", "codes"),
    [
        ("DATE '2025-03-01' AS 日期, 5 AS 态度", {("E908", "")}),
        ("'三月一日' AS 日期, 5 AS 服务态度", {("E994", "stopped")}),
    ],
)
def test_what_spark_cannot_count_is_refused(columns: str, codes: set[tuple[str, str]], tmp_path: Path) -> None:
    """A column that is missing is named; a text that is no date ends the query, and is told in Spark's words."""
    (tmp_path / "shops.yaml").write_text(POLICY, encoding="utf-8")
    duckdb.connect().sql(f"SELECT {columns}").write_parquet(str(tmp_path / "survey.parquet"))
    policy = read_policy(tmp_path / "shops.yaml").policy
    assert policy is not None
    with pytest.raises(Refused) as refusal:
        count_with_spark(Question(policy=policy, folder=tmp_path, period="2025"), MASTER, tmp_path / "counts.csv")
    assert {(one.code, one.case) for one in refusal.value.diagnostics} == codes
    assert not (tmp_path / "counts.csv").exists()
