"""Measures drawn for a checked policy, aimed at where a mistake would show: on every bound and just beside it.

A fifth of the cases has its result exactly on a cut (a band's bound or a rounding's tie), a fifth within a
ten-millionth of one; single measures stand on targets, whole steps, range bounds, limits and ends of scales.
"""

from fractions import Fraction as F
from random import Random

from tests.reference.evaluator import assess
from tests.reference.figures import ZERO, Found, Json, mean

NEAR = F(1, 10_000_000)
STATES = ("missing", "no valid answers", "below minimum sample", "not applicable")
MOST = {"rate": 100, "yes/no": 1, "count": 1_000_000}


def is_read(scheme: Json, line: Json) -> bool:
    """Something needs the value of a collected line."""
    if line["value"]["is"] not in ("observed", "answers"):
        return False
    rules = line["item"]["rules"] if line["item"] else []
    return not rules or any(line["path"] in (rule["measure"], rule["amount"]) for rule in rules)


def counts_late(line: Json) -> bool:
    """A single value is the number of late cases, not a time."""
    triggers = [rule["trigger"] for rule in line["item"]["rules"]] if line["item"] else []
    return bool(triggers) and all(t["is"] == "late trigger" and t["unit"] is None for t in triggers)


def cuts(scheme: Json, line: Json) -> list[F]:
    """The values at which something changes."""
    found = [F(v["amount"]) for v in (*line["target"], *line["limit"])]
    for reader in scheme["indicators"].values():
        found += [F(veto["bound"]) for veto in reader["vetoes"] if veto["path"] == line["path"]]
        for rule in reader["item"]["rules"] if reader["item"] else []:
            trigger = rule["trigger"]
            if rule["measure"] != line["path"]:
                continue
            if trigger["is"] == "range trigger":
                found += [
                    F(trigger["interval"][end]) for end in ("low", "high") if trigger["interval"][end] is not None
                ]
            if trigger["is"] == "step trigger":
                size = F(trigger["size"]["amount"])
                found += [t + k * size for t in list(found) for k in (-3, -2, -1, 1, 2)]
            if rule["effect"]["is"] == "deduct" and rule["effect"]["most"]:
                found += [F(rule["effect"][end]["amount"]) for end in ("points", "most")]
    scale = line["scale"]
    if scale:
        found += [F(scale["low"]), F(scale["high"]), *(F(v) for v, _ in scale["between"])]
    return found or [F(0), F(100)]


def bounds(line: Json) -> tuple[F, F]:
    """The values that the line may have at all."""
    if line["scale"]:
        ends = sorted((F(line["scale"]["low"]), F(line["scale"]["high"])))
        return (ends[0], ends[1]) if not line["clamped"] else (ends[0] - 1, ends[1] + 1)
    if line["kind"] == "points":
        return F(0), F(line["full"])
    return F(0), F(MOST.get(line["kind"], 100))


def number(random: Random, scheme: Json, line: Json) -> F:
    """One value: on a cut, beside one, or anywhere."""
    low, high = bounds(line)
    if line["kind"] == "yes/no":
        return F(random.randrange(2))
    at = random.choice(cuts(scheme, line))
    if line["kind"] == "count":
        return F(max(0, random.choice((0, 1, 2, 3, 7, 1_000_000, int(at), int(at) + 1))))
    where = random.randrange(5)
    if where == 0:
        x = at
    elif where == 1:
        x = at + random.choice((-1, 1)) * NEAR
    else:
        x = low + (high - low) * F(random.randrange(0, 1001), 1000)
    return min(high, max(low, x))


def measure(random: Random, scheme: Json, line: Json, gaps: float) -> Found:
    """What is given for one measure."""
    if random.random() < gaps:
        return Found(state=random.choice(STATES))
    if line["kind"] == "distribution" or line["value"].get("statistic") == "distribution":
        grades = next(len(i["value"]["grades"]) for i in scheme["indicators"].values() if line["path"] in i["children"])
        parts = [random.choice((0, 0, 1, 2, 3, 10)) for _ in range(grades)]
        parts[random.randrange(grades)] += 1
        return Found(shares=tuple(F(part, sum(parts)) for part in parts))
    owner = next((i for i in scheme["indicators"].values() if line["asked"] and line["path"] in i["children"]), line)
    if owner["item"] and owner["item"]["period_cap"] is not None:
        return by_period({f"2025-{m:02}": number(random, scheme, line) for m in range(1, random.randint(2, 5))})
    if line["kind"] == "duration" and random.random() < 0.6:
        return of_cases([number(random, scheme, line) for _ in range(random.randint(0, 4))])
    return Found(F(random.choice((0, 1, 2, 5))) if counts_late(line) else number(random, scheme, line))


def of_cases(cases: list[F]) -> Found:
    """Single elapsed times, or the shares of grades."""
    return Found(mean(cases), cases=cases, sample=len(cases)) if cases else Found(state="no valid answers", cases=[])


def by_period(values: dict[str, F]) -> Found:
    """A value for each period."""
    return Found(sum(values.values(), ZERO), periods={name: Found(x) for name, x in values.items()})


def draw(random: Random, scheme: Json) -> dict[str, Found]:
    """Measures of one unit, by path."""
    gaps = random.choice((0, 0, 0, 0, 0, 0.05, 0.2, 0.6, 1.0))
    lines = [line for line in scheme["indicators"].values() if is_read(scheme, line)]
    drawn = {line["path"]: measure(random, scheme, line, gaps) for line in lines}
    place = random.randrange(5)
    if place < 2:
        return on_a_cut(random, scheme, drawn, F(0) if place else random.choice((-1, 1)) * NEAR)
    return drawn


# ---------------------------------------------------------------- the result on a cut


def straight(line: Json) -> bool:
    """Its values may be any number."""
    return line["kind"] not in ("count", "yes/no") and not counts_late(line)


def on_a_cut(random: Random, scheme: Json, drawn: dict[str, Found], beside: F) -> dict[str, Found]:
    """One measure changed so that the result lies on a cut (or so far beside it), where the result follows it in a
    straight line; else the measures as they were.
    """
    free = [
        p
        for p, given in drawn.items()
        if given.there
        and given.cases is None
        and given.periods is None
        and not given.shares
        and straight(scheme["indicators"][p])
    ]
    random.shuffle(free)
    for path in free[:4]:
        line = scheme["indicators"][path]
        low, high = bounds(line)
        span = sorted(low + (high - low) * F(random.randrange(1, 100), 100) for _ in range(2))
        ends = [result(scheme, drawn, path, x) for x in span]
        if span[0] == span[1] or None in ends or ends[0] == ends[1]:
            continue
        slope = (ends[1] - ends[0]) / (span[1] - span[0])  # type: ignore[operator] # None is left out above
        wanted = cut_near(random, scheme, ends[0]) + beside  # type: ignore[arg-type] # as above
        x = span[0] + (wanted - ends[0]) / slope  # type: ignore[operator] # as above
        if low <= x <= high and result(scheme, drawn, path, x) == wanted:
            return {**drawn, path: Found(x)}
    return drawn


def result(scheme: Json, drawn: dict[str, Found], path: str, x: F) -> F | None:
    told = assess(scheme, [{**drawn, path: Found(x)}])[0][scheme["result"]]
    found: F | None = told["score"]
    return found


def cut_near(random: Random, scheme: Json, score: F) -> F:
    """A bound of a band, or the tie between two roundings next to the score."""
    bands = scheme["indicators"][scheme["result"]]["bands"]
    bound = [F(band[end]) for band in bands for end in ("low", "high") if band[end] is not None]
    decimals = scheme["rounding"]["decimals"]
    half = F(1, 2 * 10 ** (decimals or 0))
    if bound and random.random() < 0.6:
        return random.choice(bound) - random.choice((F(0), half))
    return (int(score / half / 2) * 2 + random.choice((0, 1))) * half
