"""A policy of so many lines, written and then read and assessed for a hundred units; every step is kept."""

from random import Random

import engine

UNITS = 100
HEAD = """rubric: 1
policy: lines
title: Many lines
lang: en
version: "1"
scheme: |
  - round half up to 1 decimal, grade on rounded value, missing: error, whole steps only
  Overall: equal weights
"""
COUNT = "deduct 1 per occurrence, at most 5"
RATE = "target 98%, deduct 0.5 per 1 pp below target, at most 10"


def scheme(lines: int) -> str:
    """The result and headings of nine indicators each: counts and rates by turns."""
    kinds = ["H" if n % 10 == 0 else "CR"[n % 2] for n in range(lines - 1)]
    rules = {"H": "    H{}: deduct from 100", "C": f"      C{{}}: {COUNT}", "R": f"      R{{}}: {RATE}"}
    return HEAD + "".join(f"{rules[kind].format(n)}\n" for n, kind in enumerate(kinds))


def run(file):
    """The results of units with drawn measures; the name of the file says of how many lines its policy is."""
    file.write_text(scheme(int(file.stem)), encoding="utf-8")
    ready = engine.prepare(file)
    chance = Random(11)  # noqa: S311 - seeded chance for measures
    names = [path.rpartition("/")[2] for path in ready.asked]
    units = [{name: chance.randrange(6 if name.startswith("C") else 100) for name in names} for _ in range(UNITS)]
    return engine.evaluate(ready, units)


def answer(ran):
    """The scores in tenths."""
    return [int(one.score * 10) for one in ran]
