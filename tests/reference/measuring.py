"""Measures drawn for a checked policy, aimed at where a mistake would show: on every bound and just beside it.

A fifth of the cases has its result exactly on a cut (a band's bound or an edge of the rounding), a fifth within a
ten-millionth of one; single measures stand on targets, whole steps, range bounds, limits and ends of scales.
"""

from collections import Counter
from copy import copy
from fractions import Fraction as F
from math import inf
from random import Random
from statistics import mean

from tests.reference.evaluator import Sheet
from tests.reference.figures import MINUTES, ONE, SIGNS, ZERO, Found, Json, refs, tried

NEAR = F(1, 10_000_000)
STATES = ("missing", "no valid answers", "below minimum sample", "not applicable")
MOST = {"rate": 100, "yes/no": 1, "count": 1_000_000}
MANY = (7, 1_000_000)
# How much of a unit's measures is missing; where something is, there is often no result that could lie on a cut.
GAPS = (*[0.0] * 18, 0.05, 0.2, 0.4, 0.6, 0.8, 1.0)
# How far beside a cut a case lies that is aimed at one: on it or within a ten-millionth.
BESIDE = (ZERO, ZERO, NEAR, -NEAR, F(1, 3 * 10**9), -F(1, 3 * 10**9))
# So often a measure may fail to bring the result to a cut before others are tried first.
PATIENCE = 4
Measures = dict[str, Found]


# ---------------------------------------------------------------- what is measured


def is_read(line: Json) -> bool:
    """Something needs the value of a collected line."""
    rules = line["item"]["rules"] if line["item"] else []
    read = not rules or any(line["path"] in (rule["measure"], rule["amount"]) for rule in rules)
    return line["collected"] and read


def counts_late(line: Json) -> bool:
    """A single value is the number of late cases, not a time."""
    triggers = [rule["trigger"] for rule in line["item"]["rules"]] if line["item"] else []
    return bool(triggers) and all(t["is"] == "late trigger" and t["unit"] is None for t in triggers)


def cuts(scheme: Json, line: Json) -> list[F]:
    """The values at which something changes."""
    found = [v["amount"] / MINUTES.get(line["unit"], 1) for v in (*line["target"], *line["limit"])]
    found += [veto["bound"] for veto in vetoes(scheme, line)]
    for rule in readers(scheme, line):
        trigger, effect = rule["trigger"], rule["effect"]
        if trigger["is"] == "range trigger":
            found += [end for end in (trigger["interval"]["low"], trigger["interval"]["high"]) if abs(end) < inf]
        if trigger["is"] == "step trigger":
            found += [t + k * trigger["size"]["amount"] for t in list(found) for k in (-3, -2, -1, 1, 2)]
        if effect.get("most"):
            found += [effect["points"]["amount"], effect["most"]["amount"]]
    scale = line["scale"]
    if scale:
        found += [scale["low"], scale["high"], *(v for v, _ in scale["between"]), (scale["low"] + scale["high"]) / 2]
    return found or [ZERO, F(60), F(75), F(161, 2), F(90), F(100)]


def readers(scheme: Json, line: Json) -> list[Json]:
    """The rules that read a line."""
    every = (rule for other in scheme["indicators"].values() if other["item"] for rule in other["item"]["rules"])
    return [rule for rule in every if line["path"] in (rule["measure"], rule["amount"])]


def bounds(scheme: Json, line: Json) -> tuple[F, F]:
    """The values that the line may have at all; of a distribution what its best grade has, the worst has the rest."""
    if line["scale"]:
        low, high = sorted((line["scale"]["low"], line["scale"]["high"]))
        return (low, high) if not line["clamped"] else (low - 1, high + 1)
    chosen = [rule["effect"]["most"]["amount"] for rule in readers(scheme, line) if rule["effect"].get("most")]
    if line["graded"] or chosen:
        return ZERO, max(chosen, default=ONE)
    return ZERO, line["full"] if line["kind"] == "points" else F(MOST.get(line["kind"], 100))


def vetoes(scheme: Json, line: Json) -> list[Json]:
    """The vetoes that watch a line."""
    return [v for reader in scheme["indicators"].values() for v in reader["vetoes"] if v["path"] == line["path"]]


def number(random: Random, scheme: Json, line: Json) -> F:
    """One value: on a cut, beside one, or anywhere."""
    low, high = bounds(scheme, line)
    if line["kind"] == "yes/no":
        return F(random.randrange(2))
    watching = vetoes(scheme, line)
    harmless = [
        x for x in (ZERO, high) if watching and not any(SIGNS[v["comparison"]](x, v["bound"]) for v in watching)
    ]
    if harmless and random.random() < 0.7:
        return random.choice(harmless)
    at = random.choice(cuts(scheme, line))
    if line["kind"] == "count":
        return F(max(0, random.choice((0, 0, 0, 1, 1, 2, 2, 3, int(at), int(at) + 1, random.choice(MANY)))))
    where = random.randrange(5)
    if where > 2:
        at = low + (high - low) * F(random.randrange(0, 1001), 1000)
    away = (ZERO, random.choice((-1, 1)) * NEAR, F(random.randrange(-60, 61), 20), ZERO, ZERO)[where]
    return min(high, max(low, at + away))


def measure(random: Random, scheme: Json, line: Json, gaps: float) -> Found:
    """What is given for one measure."""
    if random.random() < gaps:
        return Found(state=random.choice(STATES))
    if line["graded"]:
        parts = [random.choice((0, 0, 1, 2, 3, 10)) for _ in line["grades"]]
        parts[random.randrange(len(parts))] += 1
        return Found(shares=tuple(F(part, sum(parts)) for part in parts))
    owner = next((i for i in scheme["indicators"].values() if line["asked"] and line["path"] in i["children"]), line)
    if owner["item"] and owner["item"]["period_cap"] < inf:
        return by_period({f"2025-{m:02}": number(random, scheme, line) for m in range(1, random.randint(2, 5))})
    if line["kind"] == "duration" and random.random() < 0.6:
        return of_cases([number(random, scheme, line) for _ in range(random.randint(0, 4))])
    return Found(F(random.choice((0, 1, 2, 5))) if counts_late(line) else number(random, scheme, line))


def of_cases(cases: list[F]) -> Found:
    """Single elapsed times."""
    return Found(mean(cases), cases=cases) if cases else Found(state="no valid answers", cases=[])


def by_period(values: dict[str, F]) -> Found:
    """A value for each period."""
    return Found(sum(values.values(), ZERO), periods={name: Found(x) for name, x in values.items()})


def draw(random: Random, scheme: Json) -> Measures:
    """Measures of one unit, by path."""
    gaps, beside, read = random.choice(GAPS), random.choice(BESIDE), [*filter(is_read, scheme["indicators"].values())]
    while True:
        drawn = {line["path"]: measure(random, scheme, line, gaps) for line in read}
        on = aimed(random, scheme, drawn, beside)
        scheme["missed"][""] += 1 if on is None else -1
        if on is not None or gaps or scheme["missed"][""] > 2 * PATIENCE or random.random() < 0.1:
            return on or drawn


# ---------------------------------------------------------------- the result on a cut


def cuts_near(scheme: Json, line: Json, *scores: F) -> list[F]:
    """The inner bounds of a line's bands, and the edges of its rounding next to some scores."""
    how = line["rounding"] or scheme["rounding"]
    found = [band[end] for band in line["bands"] for end in ("low", "high") if abs(band[end]) < inf]
    if how["mode"] != "none":
        unit = F(1, 10 ** how["decimals"])
        first = unit / 2 if how["mode"].startswith("half") else ZERO
        found += [first + unit * round((score - first) / unit) for score in scores]
    return [cut for cut in dict.fromkeys(found) if 0 < cut < line["full"]]


def distance(scheme: Json, told: dict[str, Json]) -> F | None:
    """How far the result, or another line that is graded or rounded by itself, lies from its nearest cut; None where
    none of them has a score and a cut, or all are 0 or full.
    """
    found: list[F] = []
    for path, line in scheme["indicators"].items():
        score = told[path]["score"]
        if (
            score is not None
            and 0 < score < line["full"]
            and (path == scheme["result"] or line["bands"] or line["rounding"])
        ):
            found += [abs(cut - score) for cut in cuts_near(scheme, line, score)]
    return min(found, default=None)


def aimed(random: Random, scheme: Json, drawn: Measures, beside: F) -> Measures | None:
    """One measure changed so that the result lies on a cut (or so far beside it), where there is such a value."""
    sheet = worked(Sheet(scheme, drawn), list(scheme["indicators"].values()))
    free = [path for path in drawn if is_free(scheme, path, drawn[path])]
    random.shuffle(free)
    missed: Counter[str] = scheme["missed"]
    for path in [path for path in free if missed[path] < PATIENCE][:4]:
        low, high = bounds(scheme, scheme["indicators"][path])
        ends = [(x, result(sheet, path, x)) for x in (low + (high - low) * F(n, 100) for n in (3, 97))]
        scores = sorted(score for _, score in ends if score is not None)
        missed[path] += 1
        if len(scores) < 2 or scores[0] == scores[1]:
            continue
        between = scores[0] + (scores[1] - scores[0]) * F(random.randrange(1, 100), 100)
        goals = [
            cut
            for cut in cuts_near(scheme, scheme["indicators"][scheme["result"]], between)
            if scores[0] < cut + beside < scores[1]
        ]
        cut = random.choice(goals) if goals else ZERO
        x = found_at(sheet, path, ends, cut, beside) if goals else None
        x = found_at(sheet, path, ends, cut, NEAR) if goals and x is None and not beside else x
        if x is not None:
            missed[path] -= 2
            return {**drawn, path: given_as(scheme["indicators"][path], x)}
    return None


def found_at(sheet: Sheet, path: str, ends: list[tuple[F, F]], cut: F, beside: F) -> F | None:
    """The value between two others at which the result lies so far beside a cut: where the straight line between them
    says, again and again. Where the way is not straight, anywhere within a ten-millionth is near enough to be near.
    """
    goal = cut + beside
    for _ in range(4):
        (a, at_a), (b, at_b) = ends
        x = a + (goal - at_a) / (at_b - at_a) * (b - a)
        x = x if x.denominator < 10**15 else F(round(x * 10**15), 10**15)
        score = result(sheet, path, x)
        if score is None or score in (at_a, at_b):
            return None
        if score == goal or (beside and 0 < abs(score - cut) <= NEAR):
            return x
        ends = [(x, score), ends[1]] if (score < goal) == (at_a < goal) else [ends[0], (x, score)]
    return None


def is_free(scheme: Json, path: str, given: Found) -> bool:
    """It is one number that may be any, and no unit's result depends on another's."""
    line = scheme["indicators"][path]
    plain = given.there and given.cases is None and given.periods is None
    alone = not any(other["over_units"] for other in scheme["after"][path])
    return plain and alone and line["kind"] not in ("count", "yes/no") and not counts_late(line)


def given_as(line: Json, x: F) -> Found:
    """A number as what the line measures: itself, or the share of the best grade beside the worst."""
    return Found(shares=(x, *[ZERO] * (len(line["grades"]) - 2), 1 - x)) if line["graded"] else Found(x)


def result(sheet: Sheet, path: str, x: F) -> F | None:
    """The score of the result with another value of one measure."""
    fresh = copy(sheet)
    fresh.reading, fresh.end, fresh.lost, fresh.told = (
        dict(found) for found in (sheet.reading, sheet.end, sheet.lost, sheet.told)
    )
    fresh.measures = {**sheet.measures, path: given_as(sheet.lines[path], x)}
    return worked(fresh, sheet.scheme["after"][path]).told[sheet.scheme["result"]]["score"]


def worked(sheet: Sheet, lines: list[Json]) -> Sheet:
    """A sheet of a unit that stands alone, with these lines worked (anew)."""
    for line in lines:
        plain = tried(sheet.plain, line)
        sheet.work(line, plain, [plain.number] if plain.there else [])
    return sheet


def with_followers(scheme: Json) -> Json:
    """The scheme, with `after`: by path the lines that depend on it, itself among them, in their order."""
    lines = list(scheme["indicators"].values())
    scheme["after"], scheme["missed"] = {}, Counter()
    for start in lines:
        reached = {start["path"]}
        for line in lines:
            if sources(line) & reached:
                reached.add(line["path"])
        scheme["after"][start["path"]] = [line for line in lines if line["path"] in reached]
    return scheme


def sources(line: Json) -> set[str]:
    """The paths a line looks at."""
    rules = line["item"]["rules"] if line["item"] else []
    formula = line["value"].get("formula", {"is": "nothing"})
    read = {path for rule in rules for path in (rule["measure"], rule["amount"]) if path}
    return {*line["children"], *refs(formula), *(veto["path"] for veto in line["vetoes"]), *read}
