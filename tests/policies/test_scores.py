"""`rubric run` on the shipped policies gives, to the last digit, what the calculation by hand gives."""

import json
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.cases.page import run
from tests.policies.by_hand import (
    auto_dealer,
    bank,
    closing_loop,
    complaints,
    expectation_gap,
    manufacturer,
    metal_products,
    post,
    survey_management,
    telecom,
)
from tests.policies.by_hand.paper import Paper

POLICIES = Path(__file__).resolve().parents[2] / "policies"
PAPERS: dict[str, dict[str, Paper]] = {
    "metal_products": metal_products.calculate(POLICIES / "data" / "metal_products"),
    "manufacturer": {"": manufacturer.calculate(POLICIES / "data" / "manufacturer")},
    "telecom": telecom.calculate(POLICIES / "data" / "telecom"),
    "complaints": {"": complaints.calculate(POLICIES / "data" / "complaints")},
    "survey_management": survey_management.calculate(POLICIES / "data" / "survey_management"),
    "expectation_gap": expectation_gap.calculate(POLICIES / "data" / "expectation_gap"),
    "bank": bank.calculate(POLICIES / "data" / "bank"),
    "post": post.calculate(POLICIES / "data" / "post"),
    "auto_dealer": auto_dealer.calculate(POLICIES / "data" / "auto_dealer"),
    "closing_loop": {"": closing_loop.calculate(POLICIES / "data" / "closing_loop", 4)},
}
# How they are run: by which groups, and the one with a scheme for the year and one for the quarters by the former.
OPTIONS = {"metal_products": "--by 地区", "post": "--by 客户状态", "survey_management": "--scheme 年度全面调查"}
# Scores made of survey questions alone, each with an effective weight in the total.
SURVEYS = [(policy, unit) for policy in ("metal_products", "bank") for unit in PAPERS[policy]] + [
    ("telecom", unit) for unit in telecom.BRANDS
]
UNITS = [(policy, unit) for policy, papers in PAPERS.items() for unit in papers]


@cache
def printed(policy: str) -> dict[str, Any]:
    """What the command prints for a shipped policy."""
    options = OPTIONS.get(policy, "")
    return json.loads(run(f"rubric run {policy}.yaml --data data/{policy} {options} --format json", POLICIES))


def result(policy: str, unit: str) -> dict[str, Any]:
    """The result of one brand or region; "" is the whole."""
    return next(
        each for each in printed(policy)["results"] if "".join((each["unit"] | each["segment"]).values()) == unit
    )


def exact(number: dict[str, str] | None) -> Fraction | None:
    """The exact fraction of a printed number."""
    return None if number is None else Fraction(number["exact"])


@pytest.mark.parametrize(("policy", "unit"), UNITS)
def test_score_and_grade(policy: str, unit: str) -> None:
    """The reported score and the grade are those on paper."""
    paper, got = PAPERS[policy][unit], result(policy, unit)
    assert (got["state"], Fraction(got["score"]), got["grade"]) == ("value", paper.score, paper.grade)


@pytest.mark.parametrize(("policy", "unit"), UNITS)
def test_every_score_on_the_way(policy: str, unit: str) -> None:
    """Each indicator's score is the fraction on paper, and no indicator has a score that is not on paper."""
    got = {node["path"]: Fraction(node["exact"]) for node in result(policy, unit)["nodes"] if node["exact"]}
    assert got == PAPERS[policy][unit].scores


@pytest.mark.parametrize(("policy", "unit"), UNITS)
def test_every_measured_value_and_deduction(policy: str, unit: str) -> None:
    """Rates, counts and the points they cost are those on paper; a heading costs what its lines cost."""
    paper, nodes = PAPERS[policy][unit], {node["path"]: node for node in result(policy, unit)["nodes"]}
    assert {path: exact(nodes[path]["value"]) for path in paper.measured} == paper.measured
    losses = {path: exact(nodes[path]["loss"]) for path in nodes if nodes[path]["loss"]}
    assert {path: losses[path] for path in paper.losses} == paper.losses
    for heading in losses.keys() - paper.losses.keys():
        below = [loss for path, loss in paper.losses.items() if path.startswith(f"{heading}/")]
        assert losses[heading] == sum(below, Fraction(0)), heading


@pytest.mark.parametrize("policy", PAPERS)
def test_every_row_is_accounted_for(policy: str) -> None:
    """Valid rows, rows of other periods and invalid ones, by the reason that came first, are those on paper."""
    paper = next(paper for paper in PAPERS[policy].values() if paper.rows)
    accounts = {account["source"]: account for account in printed(policy)["data"]}
    for source, count in paper.rows.items():
        account, reasons = accounts[source], [name for name in count if name not in {"rows", "valid", "out"}]
        assert (account["rows"], account["valid"], account["out_of_period"]) == (
            count["rows"],
            count["valid"],
            count["out"],
        )
        assert list(account["invalid"].values()) == [count[reason] for reason in reasons]


@pytest.mark.parametrize(("policy", "unit"), SURVEYS)
def test_effective_weights_rebuild_the_total(policy: str, unit: str) -> None:
    """The surveyed indicators' scores, each times its effective weight, add up to the total; so do the weights to 1."""
    got = result(policy, unit)
    leaves = [node for node in got["nodes"] if node["kind"] == "rating" and node["counts"]]
    weights = [Fraction(node["weight"]["effective"]["exact"]) for node in leaves]
    assert sum(weights) == 1
    assert sum(weight * Fraction(node["exact"]) for weight, node in zip(weights, leaves, strict=True)) == Fraction(
        got["exact"]
    )


@pytest.mark.parametrize("point", PAPERS["expectation_gap"])
def test_the_gap_of_the_whole_is_the_mean_gap(point: str) -> None:
    """With equal weights on both sides, perceived less expected is also the mean of the eleven gaps."""
    scores = {
        node["path"]: node["exact"] and Fraction(node["exact"]) for node in result("expectation_gap", point)["nodes"]
    }
    gaps = [gap for path, gap in scores.items() if path.endswith("的差距") and gap is not None]
    assert len(gaps) == 11
    assert scores["顾客满意程度"] == sum(gaps, Fraction(0)) / 11


def test_the_whole_shows_what_each_brand_brings() -> None:
    """Each score of the whole lists the brands' scores with the weights of table 2-5."""
    for node in result("telecom", "")["nodes"]:
        brought = {part["unit"]: (exact(part["weight"]), exact(part["points"])) for part in node["units"]}
        scores = {brand: PAPERS["telecom"][brand].scores.get(node["path"]) for brand in telecom.BRANDS}
        assert brought == {
            brand: (telecom.BRANDS[brand], score) for brand, score in scores.items() if score is not None
        }


def test_the_special_survey_of_a_quarter() -> None:
    """The other scheme of the survey procedure, for the third quarter."""
    data = POLICIES / "data" / "survey_management"
    papers = survey_management.special(data, datetime(2025, 7, 1), datetime(2025, 10, 1))
    asked = "--scheme 季度专项调查 --period 2025-Q3 --format json"
    results = json.loads(run(f"rubric run survey_management.yaml --data data/survey_management {asked}", POLICIES))
    for got in results["results"]:
        paper = papers["".join(got["unit"].values())]
        assert (Fraction(got["score"]), got["grade"]) == (paper.score, paper.grade)
        assert {node["path"]: Fraction(node["exact"]) for node in got["nodes"]} == paper.scores


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_the_earlier_quarters_have_their_own_targets(quarter: int) -> None:
    """Contacts of the first three quarters of 2025, under the targets in force in each."""
    paper = closing_loop.calculate(POLICIES / "data" / "closing_loop", quarter)
    asked = f"rubric run closing_loop.yaml --data data/closing_loop --period 2025-Q{quarter} --format json"
    got = json.loads(run(asked, POLICIES))["results"][0]
    assert (Fraction(got["score"]), got["grade"]) == (paper.score, paper.grade)
    assert {node["path"]: Fraction(node["exact"]) for node in got["nodes"] if node["exact"]} == paper.scores
