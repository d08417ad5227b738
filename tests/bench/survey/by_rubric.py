"""The survey as a policy: `rubric run`, the score of every node of every segment as CSV."""

import csv
from pathlib import Path

from engine.commands import main
from tests.bench.survey import data, tree

POLICY = Path(__file__).parent / "policy.yaml"


def run(file, form="csv"):
    """The result of every segment of a Parquet or CSV file, written beside it."""
    policy, result = file.with_suffix(".yaml"), file.with_name(f"result.{form}")
    policy.write_text(POLICY.read_text("utf-8").replace("survey.parquet", file.name), encoding="utf-8")
    order = ["run", str(policy), "--data", str(file.parent), "--format", form, "--lang", "en"]
    if code := main([*order, "--output", str(result)]):
        raise SystemExit(code)
    return result


def answer(result):
    """What was found, in the form in which programs are compared; the CSV tells no accounts."""
    cells = {}
    with result.open(encoding="utf-8-sig", newline="") as lines:
        for line in csv.DictReader(lines):
            found = cells.setdefault("/".join(line[name] for name in data.CELL), {})
            found[line["indicator"]] = tree.hundredths(line["score"])
    return {"accounts": None, "cells": {cell: [found[node] for node in tree.NODES] for cell, found in cells.items()}}
