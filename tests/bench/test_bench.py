"""The benchmark compares programs that do the same work: on small data they agree in every figure."""

import json
from pathlib import Path

import duckdb
import pytest
from pandas import DataFrame

import engine
from tests.bench import installing, lines, racing, worker
from tests.bench.__main__ import PAGES, SIZES, filled
from tests.bench.scoring import (
    by_columns as scoring_columns,
    by_duckdb as scoring_duckdb,
    by_file_traced as scoring_file,
    by_numpy as scoring_numpy,
    by_pandas as scoring_pandas,
    by_rubric as scoring_rubric,
    data as units,
    exact,
    job as scoring,
)
from tests.bench.survey import (
    by_duckdb as survey_duckdb,
    by_pandas as survey_pandas,
    by_rubric as survey_rubric,
    by_rubric_traced as survey_traced,
    data as questionnaires,
    job as survey,
)
from tests.bench.words import Text, markdown


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Small data of both jobs."""
    made = tmp_path_factory.mktemp("bench")
    questionnaires.write(made, 1200, segments=12)
    units.write(made / "units.parquet", 400)
    return made


def test_every_program_finds_the_same_of_a_survey(folder: Path) -> None:
    """SQL, pandas and rubric give the same 12 × 29 scores and the same accounts, from Parquet and from CSV."""
    for kind in ("parquet", "csv"):
        file = folder / f"survey.{kind}"
        frame = duckdb.sql(f"FROM '{file}'").df()
        told = {
            "traced": survey_traced.answer(survey_traced.run(file)),
            "rubric": survey_rubric.answer(survey_rubric.run(file)),
            "sql": survey_duckdb.answer(survey_duckdb.run(file)),
            "pandas": survey_pandas.answer(survey_pandas.scored(frame)),
        }
        assert sum(told["traced"]["accounts"].values()) == 1200
        figures = {name: survey.difference(one, told["traced"]).en.split(",")[0] for name, one in told.items()}
        assert figures == {
            "traced": "352 figures",
            "rubric": "348 figures",
            "sql": "352 figures",
            "pandas": "352 figures",
        }


def test_a_score_that_differs_is_told(folder: Path) -> None:
    """One hundredth in one cell is one figure, a row of the accounts another."""
    one = {"accounts": {"valid": 3}, "cells": {"a": [1, 2], "b": [3, 4]}}
    other = {"accounts": {"valid": 2}, "cells": {"a": [1, 2], "b": [3, 5]}}
    assert survey.difference(one, other).en == "2 of 5 **differ**"


def test_every_program_finds_the_same_of_units(folder: Path) -> None:
    """Rubric, numpy and SQL give the exact score and grade of 400 units."""
    file = folder / "units.parquet"
    frame = duckdb.sql(f"FROM '{file}'").df()
    right = exact.run(file)
    answers = {
        "rubric": scoring_rubric.answer(scoring_rubric.run(file)),
        "columns": scoring_columns.answer(scoring_columns.scored(frame)),
        "file": scoring_file.answer(scoring_file.run(file)),
        "numpy": scoring_numpy.answer(scoring_numpy.scored({name: frame[name].to_numpy() for name in frame})),
        "sql": scoring_duckdb.answer(scoring_duckdb.run(file)),
    }
    for one in answers.values():
        assert [scoring.wrong(*pair) for pair in zip(one, right, strict=True)] == [0, 0]


@pytest.mark.parametrize(("name", "value"), [("M7", 100.1), ("On time", -0.1), ("Claims", 1.5), ("Leaks", -1.0)])
def test_no_program_takes_a_value_that_cannot_be(folder: Path, tmp_path: Path, name: str, value: float) -> None:
    """A score above 100, a rate below 0, half a claim, fewer leaks than none."""
    file = tmp_path / "units.parquet"
    frame = duckdb.sql(f"FROM '{folder / 'units.parquet'}' LIMIT 20").df()
    frame.loc[7, name] = value
    duckdb.sql(f"COPY (FROM frame) TO '{file}' (FORMAT parquet)")
    with pytest.raises(ValueError, match="cannot be"):
        scoring_numpy.scored({one: frame[one].to_numpy() for one in frame})
    with pytest.raises(ValueError, match="cannot be"):
        scoring_pandas.scored(frame)
    with pytest.raises(ValueError, match="cannot be"):
        scoring_duckdb.run(file)


def test_rubric_names_a_value_that_cannot_be(folder: Path) -> None:
    """A score above 100 in the state of its unit, half a claim by refusing the data."""
    frame = duckdb.sql(f"FROM '{folder / 'units.parquet'}' LIMIT 20").df()
    assert scoring_columns.scored(frame.assign(M7=100.1))["state"].to_list() == ["error"] * 20
    with pytest.raises(engine.Refused) as refused:
        scoring_columns.scored(frame.assign(Claims=1.5))
    assert refused.value.diagnostics[0].code == "E920"


def test_a_wrong_score_is_counted() -> None:
    """82.425 is 82.43 rounded half up; pandas rounds halves to the even neighbour, and that is one wrong score."""
    measures = dict.fromkeys(units.SCORES, 80.0) | {"M1": 80.1, "M19": 80.5}  # 0.1 × 10 % and 0.5 × 3 % more: 0.025
    measures |= {"On time": 95.0, "First pass": 98.0, "Complaints": 0.0, "Returns": 0.0, "Late answers": 0.0}
    measures |= {"Claims": 4.0, "Leaks": 0.0}  # 88 points for Delivery: 56 + 26.4 + 0.025
    right = exact.score(measures)
    found, _ = scoring_pandas.answer(scoring_pandas.scored(DataFrame([measures])))
    assert (right, found, scoring.wrong(found, [right[0]])) == ((8243, 1), [8242], 1)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (8270, 1)),  # 70 % of 80 and 30 % of 89
        ({"Leaks": 1.0}, (5900, 3)),  # the veto: no more than 59
        (dict.fromkeys(("M19", "M20", "M21", "M22", "M23")), (8300, 1)),  # (60 × 80 + 30 × 89) / 90
        ({"Claims": None}, (8360, 1)),  # 3 points more of Delivery: 30 % of 92
    ],
)
def test_the_reference_calculates_as_on_paper(changed, expected) -> None:
    """All scores 80; Delivery loses 2 × 0.5, 2 × 0.4, 3 × 1, 4 × 0.5, 6 × 0.2 and 1 × 3 points: 89 are left."""
    measures = dict.fromkeys(units.SCORES, 80.0)
    measures |= {"On time": 92.5, "First pass": 96.9, "Complaints": 3.0, "Returns": 4.0, "Late answers": 6.0}
    assert exact.score(measures | {"Claims": 1.0, "Leaks": 0.0} | changed) == expected


def test_a_policy_of_so_many_lines_is_assessed(tmp_path: Path) -> None:
    """Thirty lines: the result, three headings, and what stands below them; every unit gets a score."""
    assert len(lines.scheme(30).splitlines()) == len(lines.HEAD.splitlines()) + 29
    assert len(lines.answer(lines.run(tmp_path / "30.yaml"))) == lines.UNITS


def test_a_program_that_is_not_installed_is_told_in_its_row(tmp_path: Path) -> None:
    """A missing package is no failure of the benchmark."""
    worker.main("no_such_program", str(tmp_path), "1", str(tmp_path / "times"))
    told = json.loads((tmp_path / "times").read_text())
    assert told == {"missing": "no_such_program"}


def test_a_row_tells_medians_and_the_multiple() -> None:
    """Medians of the rounds, the spread, and the processor time beside another program's."""
    fast = racing.Outcome(first=[1, 2, 3], again=[0.5, 0.25, 1], cpu=[0.5, 0.5, 0.5], peak=[99, 100, 101], agrees="yes")
    slow = racing.Outcome(first=[9, 9, 9], again=[1, 2, 3], cpu=[1, 2, 3], peak=[200, 201, 400], agrees="no")
    gone = racing.Outcome(failed=Text("没有", "not here"))
    names = [Text("快", "fast"), Text("慢", "slow"), Text("无", "gone")]
    outcomes = dict(zip(names, (fast, slow, gone), strict=True))
    table = racing.table(Text("题", "title"), outcomes, beside=names[0], judged=Text("对", "agrees"))
    assert markdown(table, "en").splitlines()[4:] == [
        "| fast | 2.00 | 0.500 | 0.250–1.00 | 0.500 | 100 | 1.00 | yes |",
        "| slow | 9.00 | 2.00 | 1.00–3.00 | 2.00 | 201 | 4.00 | no |",
        "| gone |  |  |  |  |  |  | not here |",
    ]
    assert markdown(table, "zh").splitlines()[0] == "### 题"


def test_growth_tells_how_many_times_the_size_before() -> None:
    """Ten times the rows in four times the processor time."""
    found = {"10": racing.Outcome(cpu=[1, 1, 5], peak=[10]), "100": racing.Outcome(cpu=[4], peak=[20])}
    table = racing.growth(Text("题", "title"), Text("行", "rows"), found)
    assert markdown(table, "zh").splitlines()[4:] == ["| 10 | 1.00 |  | 10 |", "| 100 | 4.00 | 4.0 | 20 |"]


def test_figures_go_between_the_marks_of_a_page() -> None:
    """What stands around the marks of a job stays, and what stood between them goes."""
    page = "# Title\n<!-- bench csv -->\nold\n<!-- /bench csv -->\n<!-- bench units -->\n<!-- /bench units -->\n"
    written = filled(page, "csv", (Text("问卷", "A survey"),), "en")
    assert written == page.replace("old\n", "\n## A survey\n\n")


def test_both_pages_have_room_for_every_job() -> None:
    """The figures of each job stand in both languages."""
    for page in PAGES.values():
        text = page.read_text(encoding="utf-8")
        assert [job for job in SIZES["full"] if text.count(f"<!-- bench {job} -->\n") != 1] == []
        assert [job for job in SIZES["full"] if text.count(f"<!-- /bench {job} -->\n") != 1] == []


def test_a_lock_file_is_taken_apart_by_package() -> None:
    """Versions for different Pythons belong to one package; comments to none."""
    lock = "# locked\na==1 ; python < '3'\n    --hash=x\na==2\n    --hash=y\nb.c-d==3 \\\n    --hash=z\n"
    assert installing.packages(lock) == {
        "a": "a==1 ; python < '3'\n    --hash=x\na==2\n    --hash=y\n",
        "b.c-d": "b.c-d==3 \\\n    --hash=z\n",
    }
