"""The engine and an evaluator that shares nothing with it but the checked policy say the same."""

import ast
from collections.abc import Sequence
from fractions import Fraction as F
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from engine.evaluation.counted import Question, assess_counts
from engine.evaluation.result import Assessment, State
from engine.language.policy import Policy
from engine.report.policy_data import policy_data
from engine.report.words import STATES
from tests.evaluation.warehouse import count_into
from tests.reference import ledgers, measuring
from tests.reference.compare import drawn, from_files, search
from tests.reference.evaluator import assess, ready
from tests.reference.figures import Found, Json
from tests.reference.shares import Shares, part
from tests.test_language_reference import CALCULATED, Example, checked, first_line, given, policy_text

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = [Path(__file__).with_name(name) for name in ("figures.py", "rules.py", "evaluator.py", "rows.py")]
POLICIES = sorted(path for path in (ROOT / "policies").rglob("*.yaml") if not path.name.endswith(".test.yaml"))

# Drawn tables in which nobody looks for repetitions, which no query counts.
COUNTABLE = [seed for seed in range(24) if "repeated" not in ledgers.draw(Random(seed))[0]]
FILLED = [seed for seed in COUNTABLE if all(ledgers.draw(Random(seed))[1].values())]


def test_the_second_evaluator_shares_nothing_with_the_engine() -> None:
    """It imports the standard library and itself."""
    imported = {
        name
        for path in REFERENCE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
    }
    assert [name for name in imported if name.split(".")[0] == "engine"] == []


def _measure(line: Json, value: Any) -> Found:
    """A value of the language reference's tables, as the second evaluator takes it."""
    if isinstance(value, dict):
        return measuring.by_period(cast("dict[str, F]", value))
    if isinstance(value, list):
        numbers = cast("list[F]", value)
        return Found(shares=tuple(numbers)) if line["graded"] else measuring.of_cases(numbers)
    return Found(state=value.value) if isinstance(value, State) else Found(value)


def _line(scheme: Json, name: str) -> Json:
    """The indicator of that name, key, path or end of a path."""
    return next(
        line for path, line in scheme["indicators"].items() if line["key"] == name or f"/{path}".endswith(f"/{name}")
    )


@pytest.mark.parametrize("example", CALCULATED, ids=first_line)
def test_the_second_evaluator_knows_the_language(example: Example) -> None:
    """Each calculation of the language reference, done by hand there, is what the second evaluator says as well."""
    policy = checked(policy_text(example))[1]
    assert policy is not None
    for cell, expected in example.rows:
        values, day = given(cell)
        scheme = ready(policy_data(policy)["schemes"][0], None if day is None else day.isoformat())
        lines = [(_line(scheme, name), value) for name, value in values.items()]
        measures = {line["path"]: _measure(line, value) for line, value in lines}
        told = assess(scheme, [measures])[0][scheme["result"]]
        number, _, grade = expected.partition(" ")
        if told["score"] is None:
            assert (cell, expected in STATES[told["state"]]) == (cell, True)
        else:
            assert (cell, told["reported"], told["grade"] or "") == (cell, F(number), grade)


@pytest.mark.parametrize("seed", range(0, 160, 8))
def test_drawn_policies_and_data(seed: int) -> None:
    """Policies of every kind, with data on every bound and beside it, say the same in every digit, state and grade."""
    assert [line for one in range(seed, seed + 8) for line in drawn(one, 3)[0]] == []


@pytest.mark.parametrize("seed", range(0, 24, 4))
def test_drawn_policies_and_their_tables(seed: int) -> None:
    """What is counted, averaged and timed from the rows of files is what the rows say, in every unit and of all."""
    assert [line for one in range(seed, seed + 4) for line in from_files(one)[0]] == []


@pytest.mark.parametrize("seed", COUNTABLE[:4])
def test_drawn_tables_in_a_warehouse(seed: int, tmp_path: Path) -> None:
    """The query for a warehouse counts the same tables, and the counts come to what the rows say."""

    def counted(policy: Policy, folder: Path) -> Sequence[Assessment]:
        question = Question(policy=policy, folder=folder)
        count_into(tmp_path / "counts.csv", question)
        return assess_counts(question, tmp_path / "counts.csv").asked[0].result.assessments

    assert from_files(seed, counted)[0] == []


def test_the_cases_lie_where_mistakes_would_show() -> None:
    """A fifth of the cases lies exactly on a cut and a fifth within a ten-millionth of one; policies go from one level
    to six, nothing to everything is missing, counts are 0, 1, 2 and a million, and scores are rounded in every way.
    """
    shares = Shares()
    for seed in range(64):
        shares.update(drawn(seed, 20)[1])
    assert part(shares, "cut", "on") >= F(1, 5)
    assert part(shares, "cut", "within 1e-7") >= F(1, 5)
    for kind, names, least in (
        ("levels", ("1", "2", "3", "4", "5", "6"), F(1, 20)),
        ("missing", ("none", "some", "half or more", "all"), F(1, 50)),
        ("counts", ("0", "1", "2", "a million"), F(1, 50)),
        ("rounding", ("half up", "half even", "down", "up", "none"), F(1, 20)),
    ):
        assert [name for name in names if part(shares, kind, name) < least] == []


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_shipped_policies(path: Path) -> None:
    """So do the shipped policies, with drawn measures."""
    assert search(path.read_text(encoding="utf-8"), 0, 12)[0] == []
