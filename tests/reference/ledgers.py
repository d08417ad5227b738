"""Policies drawn with what is collected for them: questionnaires, a ledger, a sheet of values; and their files."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from textwrap import indent

from tests.reference.drawing import BANDS, MISSING, PARTS, ROUNDINGS
from tests.reference.rows import Tables

HEAD = """\
rubric: 1
policy: drawn
title: Drawn
lang: en
version: "1"
effective: {from: 2024-01-01}
period: {every: year, on: 2025}
calendar: {weekend: [sat, sun], holidays: [2025-05-01/2025-05-05], workdays: [2025-04-27]}
"""
VALID = (
    "answered at least 60%",
    "not straight-lined",
    "took at least 30 s",
    "Customer listed in customers",
    "last per Customer",
    "first per Customer",
    "Class = A",
)
SURVEYED = (
    "mean of Q1, 1-5 as 20-100",
    "mean of Q1 and Q2, 1-5 as 0-100",
    "mean of Q2 and Q3, 1-5 as 20-100, at least 3 valid answers, else not rated",
    "top 2 box of Q3, 1-5 scale, rate as score",
    "NPS of Q9, -100 to 100 as 0-100",
)
AMOUNTS = (
    "sum of Amount in events",
    "mean of Amount in events",
    "min of Amount in events",
    "max of Amount in events",
    "median of Amount in events where Class = B",
    "count of events where Class = A and Severity >= 2",
    "count of events where Class ≠ A",
    "distinct Customer in events",
    "count of survey / count of customers",
    "count of events where Class = A / mean of Base in events per 1000",
    "mean time from Raised to Closed in events",
    "median time from Raised to Closed in events where Severity <= 2",
)
RATES = (
    "sum of Amount / sum of Base in events",
    "share of events where Class = A",
    "share of events where Severity = 3 and repeated within 20 days by Customer",
    "share of survey where Class = B",
)
COUNTED = (
    "count of events where Class = A",
    "count of events where repeated within 30 days by Customer, Class",
    "count of events where Severity > 1",
    "distinct Customer in events where Day >= 2025-06-01",
)
LIMITS = (
    "time limit 24 hours, deduct 0.2 per occurrence over the time limit",
    "time limit 3 days, deduct 0.5 per started day late, at most 20",
    "time limit 2 working days, deduct 0.5 per working day late, part steps pro rata",
    "time limit 5 working days, deduct 1 per occurrence over the time limit, at most 8",
)
FUZZY = (
    "  Image",
    "    - fuzzy evaluation: I = 100, II = 80, III = 60, IV = 40, V = 20; weighted average operator; by grade values",
    "    Known 40%: distribution of Q1",
    "    Liked 60%: distribution of Q2 and Q3",
)


def draw(random: Random) -> tuple[str, Tables]:
    """The text of a policy file and the rows of its tables."""
    one, chance = random.choice, random.random
    measures, below, deducted = list[str](), list[str](), list[str]()

    def named(sentence: str, line: str, to: list[str]) -> None:
        name = f"Z{chr(97 + len(measures))}"
        measures.append(f"{name}: {sentence}" if sentence else "")
        to.append(f"{name}: {line}")

    for sentence in random.sample(SURVEYED, random.randint(1, 3)):
        named("", sentence, below)
    for sentence in random.sample(AMOUNTS, random.randint(0, 2)):
        named(sentence, "number, 0-50 as 0-100, clamped", below)
    for sentence in random.sample(RATES, random.randint(0, 2)):
        named(sentence, f"rate, rate as score{one(('', ', lower is better'))}", below)
    for sentence in random.sample(COUNTED, random.randint(1, 2)):
        named(
            sentence,
            f"deduct {one(('0.5', '1', '3'))} per occurrence{one(('', ', at most 4 per month', ', at most 10'))}",
            deducted,
        )
    for sentence in random.sample(LIMITS, random.randint(0, 2)):
        named("time from Raised to Closed in events", sentence, deducted)
    deducted += [
        "Visits: deduct 1 per occurrence, at most 3 per month",
        "Share: target 95%, deduct 1 per 1 pp below target",
    ]
    missing = one(MISSING)
    own = ", missing: error" if missing in ("renormalise", "zero") else ""
    scheme = [
        f"- {one(ROUNDINGS)}, grade on {one(('rounded', 'full'))} value, missing: {missing}",
        f"- {one(PARTS)}, {one(('lower', 'upper'))} bound included",
        "Total: equal weights",
        *([f"  - bands: {one(BANDS)}"] if chance() < 0.7 else []),
        *(f"  {line}" for line in below),
        *(FUZZY if chance() < 0.3 else ()),
        f"  Rest: deduct from 100{own}",
        *(f"    {line}" for line in deducted),
    ]
    valid = ", ".join(random.sample(VALID, random.randint(1, 4)))
    weight = one(("", "weight: Weight, "))
    text = (
        f"{HEAD}units: {{by: [Unit]{one((', total: pooled', ''))}}}\n"
        "data:\n"
        f"  survey: {{kind: responses, file: survey.csv, date: Submitted, {weight}answers: 1-5, columns: {{duration: Seconds}},\n"
        "    questions: {Q1: One, Q2: Two, Q3: Three, Q9: {column: Nine, answers: 0-10}},\n"
        f"    valid: [{valid}]}}\n"
        "  customers: {kind: events, file: customers.csv}\n"
        "  events: {kind: events, file: events.csv, date: Day}\n"
        "  sheet: {kind: values, file: sheet.csv}\n"
        "measures:\n"
        + indent("".join(f"{line}\n" for line in measures if line), "  ")
        + "scheme: |\n"
        + indent("\n".join(scheme) + "\n", "  ")
    )
    return text, tables(random)


def tables(random: Random) -> Tables:
    """Rows of some units, some of them in other years, some cells blank."""
    one = random.choice

    def day(last: int = 400) -> str:
        return (date(2024, 12, 15) + timedelta(days=random.randint(0, last))).isoformat()

    def some(*among: str) -> str:
        return one((*among, *among, *among, *among, ""))

    def later(begin: str) -> str:
        return one(("", *[(date.fromisoformat(begin[:10]) + timedelta(days=random.randint(1, 9))).isoformat()] * 4))

    units, customers = [f"U{n:02}" for n in range(19)], [f"C{n}" for n in range(30)]
    survey = [
        {
            "Unit": one(units), "Submitted": day(), "Weight": one(("1", "2", "0.5", "1.25")), "Seconds": str(one((10, 29, 30, 95))),
            "Customer": some(*customers), "Class": some("A", "B"), "One": some("1", "3", "4", "5"), "Two": some("2", "5"),
            "Three": some("1", "4", "5"), "Nine": some("0", "6", "7", "9", "10"),
        }
        for _ in range(random.choice((0, 3, 40, 120, 250)))
    ]  # fmt: skip
    events: list[dict[str, str]] = []
    for _ in range(random.choice((0, 3, 30, 100))):
        raised = f"{day()}{one(('', ' 08:30', ' 17:00'))}"
        events.append({
            "Unit": one(units), "Day": day(), "Class": some("A", "B", "C"), "Severity": some("1", "2", "3"),
            "Amount": some("0", "3", "7.25", "12.5"), "Base": some("10", "40.5"), "Customer": some(*customers[:9]),
            "Raised": raised, "Closed": later(raised),
        })  # fmt: skip
    sheet = [
        {"indicator": "Share", "value": some("97%", "94.9%", "80%"), "period": "2025", "Unit": unit}
        for unit in units
        if random.random() < 0.8
    ]
    sheet += [
        {"indicator": "Visits", "value": some("0", "1", "4"), "period": f"2025-{month:02}", "Unit": unit}
        for unit in units for month in range(1, random.randint(1, 4))
    ]  # fmt: skip
    found = {
        "survey": survey,
        "customers": [{"Customer": name, "Unit": one(units)} for name in customers[::2]],
        "events": events,
    }
    return {**found, "sheet": sheet}


COLUMNS = {
    "survey": "Unit Submitted Weight Seconds Customer Class One Two Three Nine",
    "customers": "Customer Unit",
    "events": "Unit Day Class Severity Amount Base Customer Raised Closed",
    "sheet": "indicator value period Unit",
}


def write(found: Tables, folder: Path) -> None:
    """The tables as the files that the policy names."""
    for name, columns in COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns.split())
            writer.writeheader()
            writer.writerows(found[name])
