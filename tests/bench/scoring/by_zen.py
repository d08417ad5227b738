"""The units in zen-engine (GoRules): a decision of one node of expressions and one table of grades, unit by unit."""

import json
from itertools import pairwise

import pyarrow.parquet as pq
import zen

from tests.bench.scoring import data, tree


def _key(name):
    return name.replace(" ", "_")


def _mean(parts):
    """The weighted mean of the parts that are there, null where none is."""
    summed = " + ".join(f"({_of(part)} == null ? 0 : {_of(part)} * {weight})" for part, weight in parts.items())
    weights = " + ".join(f"({_of(part)} == null ? 0 : {weight})" for part, weight in parts.items())
    return f"({weights}) == 0 ? null : ({summed}) / ({weights})"


def _of(name):
    """A measure of the unit, or a node calculated before."""
    return _key(name) if name in data.MEASURES else f"$.{_key(name)}"


def _expressions():
    found = {name: _mean(parts) for name, parts in tree.GROUPS.items()}
    lost = [
        f"min([{points} * floor(max([{target} - ({_key(name)} ?? {target}), 0]) / {step}), {most}])"
        for name, (target, step, points, most) in tree.RATES.items()
    ] + [f"min([{points} * ({_key(name)} ?? 0), {most}])" for name, (points, most) in tree.COUNTS.items()]
    found[tree.DELIVERY] = f"max([100 - ({' + '.join(lost)}), 0])"
    found[tree.RESULT] = _mean(tree.OVERALL)
    found["Capped"] = f"{tree.VETO} >= 1 ? min([$.Overall, {tree.CEILING}]) : $.Overall"
    found["score"] = "floor($.Capped * 100 + 0.5)"
    return [{"id": name, "key": name, "value": text} for name, text in found.items()]


def decision():
    """The decision as GoRules stores one."""
    cuts = [f">= {cut * 100}" for cut in tree.CUTS]
    rules = [{"_id": str(n), "score": cut, "grade": str(n)} for n, cut in enumerate([*cuts, ""])]
    grades = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [{"id": "score", "name": "score", "field": "score"}],
        "outputs": [{"id": "grade", "name": "grade", "field": "grade"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "scores", "type": "expressionNode", "name": "scores", "content": {"expressions": _expressions()}},
        {"id": "grades", "type": "decisionTableNode", "name": "grades", "content": grades},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    way = ["in", "scores", "grades", "out"]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairwise(way)]
    return json.dumps({"nodes": nodes, "edges": edges})


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    made = zen.ZenEngine().create_decision(zen.ZenDecisionContent(decision()))
    rows = pq.read_table(file).rename_columns([_key(name) for name in data.MEASURES]).to_pylist()
    return [made.evaluate(row)["result"] for row in rows]


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return [int(one["score"]) for one in ran], [int(one["grade"]) for one in ran]
