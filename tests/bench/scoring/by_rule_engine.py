"""The units in rule-engine (PyPI): one compiled expression for each node, unit by unit. It calculates in decimals."""

import pyarrow.parquet as pq
import rule_engine

from tests.bench.scoring import data, tree


def _key(name):
    return name.replace(" ", "_")


def _mean(parts):
    """The weighted mean of the parts that are there, null where none is."""
    summed = " + ".join(f"({_key(part)} == null ? 0 : {_key(part)} * {weight})" for part, weight in parts.items())
    weights = " + ".join(f"({_key(part)} == null ? 0 : {weight})" for part, weight in parts.items())
    return f"({weights}) == 0 ? null : ({summed}) / ({weights})"


def _expressions():
    found = {name: _mean(parts) for name, parts in tree.GROUPS.items()}
    lost = [
        f"({_key(name)} == null ? 0 : $min([{points} * ($max([{target} - {_key(name)}, 0]) // {step}), {most}]))"
        for name, (target, step, points, most) in tree.RATES.items()
    ] + [
        f"({_key(name)} == null ? 0 : $min([{points} * {_key(name)}, {most}]))"
        for name, (points, most) in tree.COUNTS.items()
    ]
    found[tree.DELIVERY] = f"$max([100 - ({' + '.join(lost)}), 0])"
    found[tree.RESULT] = _mean(tree.OVERALL)
    found["Capped"] = f"{tree.VETO} >= 1 ? $min([Overall, {tree.CEILING}]) : Overall"
    found["score"] = "(Capped * 100 + 0.5) // 1"
    grade = str(len(tree.CUTS))
    for place, cut in reversed(list(enumerate(tree.CUTS))):
        grade = f"(score >= {cut * 100} ? {place} : {grade})"
    return found | {"grade": grade}


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    rules = {_key(name): rule_engine.Rule(text) for name, text in _expressions().items()}
    rows = pq.read_table(file).rename_columns([_key(name) for name in data.MEASURES]).to_pylist()
    for row in rows:
        for name, rule in rules.items():
            row[name] = rule.evaluate(row)
    return rows


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return [int(one["score"]) for one in ran], [int(one["grade"]) for one in ran]
