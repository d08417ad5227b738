"""The survey as a policy: `rubric run`, every step of every node of every segment as JSON."""

import json

from tests.bench.survey import by_rubric, tree

RULES = {"answered at least 80%": "answered", "not straight-lined": "straight", "took at least 60 s": "time"}


def run(file):
    """The result of every segment of a Parquet or CSV file, written beside it."""
    return by_rubric.run(file, "json")


def answer(result):
    """What was found, in the form in which programs are compared."""
    told = json.loads(result.read_text(encoding="utf-8"))
    account = told["data"][0]
    accounts = {"valid": account["valid"], **{name: account["invalid"][rule] for rule, name in RULES.items()}}
    cells = {}
    for one in told["results"]:
        found = {node["name"]: node["score"] for node in one["nodes"]}
        cells["/".join(one["unit"].values())] = [tree.hundredths(found[node]) for node in tree.NODES]
    return {"accounts": accounts, "cells": cells}
