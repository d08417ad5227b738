"""Records counted in a warehouse: the query, and the same result as from the files."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlglot

from engine.diagnostics import Refused
from engine.evaluation.counted import Question, assess_counts, query_for
from engine.evaluation.histories import Inquiry, assess_history
from engine.evaluation.warehouse import DIALECTS
from engine.language.policy import Policy
from engine.language.policy_file import read_policy
from engine.report.result_data import render_json
from engine.resources import resource
from tests.evaluation.warehouse import count_into, lacking

# The shipped policies whose records a query can count; of closing the loop and complaints repeats are counted.
COUNTED = (
    "auto_dealer", "bank", "expectation_gap", "manufacturer", "metal_products", "post", "survey_management", "telecom",
    "telecom_fuzzy",
)  # fmt: skip


def _shipped(name: str) -> tuple[Policy, Path]:
    policy = read_policy(Path(str(resource("policies", f"{name}.yaml")))).policy
    assert policy is not None
    return policy, Path(str(resource("policies", "data", name)))


@pytest.mark.parametrize("name", COUNTED)
def test_counts_give_the_result_of_the_files(name: str, tmp_path: Path) -> None:
    """For every unit, segment and node of a shipped policy: files and counts of the same records say the same."""
    policy, folder = _shipped(name)
    question = Question(policy=policy, folder=folder, without=lacking(policy, folder))
    count_into(tmp_path / "counts.csv", question)
    counted = assess_counts(question, tmp_path / "counts.csv").asked[0]
    read = assess_history(Inquiry(versions=[policy], folder=folder)).asked[0]
    results = [json.loads(render_json(one.policy, one.result))["results"] for one in (read, counted)]
    assert results[0] == results[1]


def test_counts_of_other_terms_are_refused(tmp_path: Path) -> None:
    """Without its validity sentences the policy counts other rows: the file says on which terms it was counted."""
    policy, folder = _shipped("manufacturer")
    question = Question(policy=policy, folder=folder, without=lacking(policy, folder))
    count_into(tmp_path / "counts.csv", question)
    data = tuple(replace(source, valid=()) for source in policy.header.data)
    other = replace(policy, header=replace(policy.header, data=data))
    with pytest.raises(Refused) as refusal:
        assess_counts(replace(question, policy=other), tmp_path / "counts.csv")
    assert ("E991", "terms") in {(one.code, one.case) for one in refusal.value.diagnostics}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_query_is_read_again_in_its_dialect(dialect: str) -> None:
    """Each dialect's text is one statement of that dialect, and says the same when it is read and written again."""
    policy, _ = _shipped("manufacturer")
    text = query_for(Question(policy=policy)).text(dialect)
    (again,) = sqlglot.parse(text, dialect=dialect)
    assert again is not None
    assert again.sql(dialect=dialect, pretty=True) == text


def test_the_query_counts_and_never_sums() -> None:
    """What an engine could round is not asked of it: counting is the only aggregate."""
    policy, _ = _shipped("bank")
    tree = query_for(Question(policy=policy)).tree
    assert {type(found).__name__ for found in tree.find_all(sqlglot.exp.AggFunc)} <= {"Count", "RowNumber"}


@pytest.mark.parametrize(("name", "period", "case"), [("complaints", None, ""), ("telecom_hall", None, "values")])
def test_what_no_query_counts_is_refused(name: str, period: str | None, case: str) -> None:
    """Repeated records, and policies that only look values up, are named instead of counted wrongly."""
    policy, _ = _shipped(name)
    with pytest.raises(Refused) as refusal:
        query_for(Question(policy=policy, period=period))
    assert {(one.code, one.case) for one in refusal.value.diagnostics} == {("E990", case)}
