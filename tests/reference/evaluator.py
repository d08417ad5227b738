"""A second evaluator, written from the language's rules and not from the engine: fractions, lists, one line at a time.

It takes a policy as `rubric check --format policy` prints it and the measures of some units, and says of every
indicator its state, score, loss and grade. It imports nothing of the engine. What it and the engine do not say alike
is a fault in one of the two; the rules (docs/language.md) decide in which.

It does not say: weights and contributions, reasons and causes, the whole and subtotals made of units' scores, ranks,
comparisons, trends, small groups that are hidden, printed figures. What the rows of tables say is read in `rows`.
"""

from fractions import Fraction as F
from math import inf
from operator import mul
from typing import Any

from tests.reference import figures
from tests.reference.figures import ONE, ZERO, Found, Json, Stop, refs, rounded, tried, weighted
from tests.reference.rules import account, look, prepare

HUNDRED = F(100)
SCORED_KINDS = ("score", "points", "yes/no", "difference")
EARNS = {"score", "full marks", "no marks", "proportion", "ceiling"}
UNSAMPLED = ("look up", "count rows", "count distinct")
OPERATORS: dict[str, tuple[Any, Any]] = {
    "weighted average": (sum, mul),
    "max-min": (max, min),
    "max-product": (max, mul),
}
MISSING = Found(state="missing")


def ready(scheme: Json, day: str | None) -> Json:
    """A scheme of a checked policy with what is the same for every unit: fractions, what each line is, what holds."""
    scheme = figures.read(scheme)
    lines: dict[str, Json] = scheme["indicators"]
    above = {child: line["value"] for line in lines.values() for child in line["children"]}
    for line in lines.values():
        describe(line, above.get(line["path"], {"is": "nothing"}))
    for line in lines.values():
        for rule in line["item"]["rules"] if line["item"] else ():
            prepare(line, lines[rule["measure"]], rule, day)
    return scheme


def describe(line: Json, heading: Json) -> None:
    """What a line is: it only takes from the deduction above, ends in a score, ends in shares of grades …"""
    value, item, kind, sort = line["value"], line["item"], line["value"]["is"], line["kind"]
    effects = {rule["effect"]["is"] for rule in item["rules"]} if item else set[str]()
    sentence = value.get("sentence") or {"is": "look up"}
    line["losing"] = kind == "grouped" or bool(item and item["full"] is None and not effects & EARNS)
    line["collected"] = kind in ("observed", "answers")
    line["looked_up"] = kind == "observed" and sentence["is"] == "look up"
    line["sampled"] = kind == "answers" or (sentence["is"] not in UNSAMPLED and sentence.get("statistic") != "sum")
    line["converted"] = bool(line["scale"] or line["over_units"] or line["logarithm"])
    line["graded"] = kind == "fuzzy evaluation" or "distribution" in (value.get("statistic"), sort)
    mapped = line["scale"] or line["over_units"] or line["rate_as_score"] or item or sort in SCORED_KINDS
    scored = bool(mapped) and not line["asked"] if line["collected"] else value.get("score", True)
    line["scored"] = scored and not line["losing"]
    line["marks"] = (item["full"] or HUNDRED) if item else line["full"]
    line["grades"] = value.get("grades") or heading.get("grades", [])
    line["bands"].sort(key=lambda band: (band["low"], band["high"]))
    line["in_deduction"] = heading["is"] in ("deducted", "grouped") and not line["asked"]
    own = item or kind in ("added", "deducted") or sort in ("points", "yes/no")
    line["in_points"] = heading["is"] in ("added", "deducted", "grouped") and scored and not own
    line["cap"] = item["cap"] if item else inf
    line["item"] = None if kind == "grouped" else item
    line["filled"] = line["missing"] in ("zero", "full marks") and bool(
        line["scored"] or line["graded"] or line["item"]
    )


def assess(scheme: Json, units: list[dict[str, Found]]) -> list[dict[str, Json]]:
    """What there is to say of every indicator of some units, by path, from their measures; what is not given is
    missing. Parts stand before what is made of them, so one pass is enough.
    """
    sheets = [Sheet(scheme, measures) for measures in units]
    for line in scheme["indicators"].values():
        plain = [tried(sheet.plain, line) for sheet in sheets]
        among = [found.number for found in plain if found.there]
        for sheet, found in zip(sheets, plain, strict=True):
            sheet.work(line, found, among)
    return [sheet.told for sheet in sheets]


class Sheet:
    """One unit under one scheme. By path: what rules and vetoes read, what means and formulas take, what is lost."""

    def __init__(self, scheme: Json, measures: dict[str, Found]) -> None:
        self.scheme, self.lines, self.measures = scheme, scheme["indicators"], measures
        self.reading, self.end, self.lost = dict[str, Found](), dict[str, Found](), dict[str, Found]()
        self.told: dict[str, Json] = {}

    def work(self, line: Json, plain: Found, among: list[F]) -> None:
        """One line, from its value before units are compared to what is told of it."""
        path, rounding = line["path"], line["rounding"]
        seen = self.reading[path] = tried(on_scale, line, plain, among)
        item = tried(self.item, line) if line["item"] else None
        before = tried(filled, line, tried(scored, line, seen, item))
        end = after = tried(self.vetoed, line, before)
        if rounding and (line["scored"] or line["losing"]) and path != self.scheme["result"]:
            end = after._replace(number=rounded(after.number, rounding))
        self.end[path] = lost = end
        if not line["losing"]:
            lost = Found(line["marks"] - end.number) if end.there else end
        if line["in_deduction"]:
            self.lost[path] = lost
        there = line["scored"] and end.there
        reported = rounded(end.number, rounding or self.scheme["rounding"])
        read = reported if self.scheme["grade_on_rounded"] else end.number
        self.told[path] = {
            "state": end.state,
            "score": end.number if there else None,
            "reported": reported if there else None,
            "loss": lost.number if line["in_deduction"] and lost.there else None,
            "grade": end.forced or (figures.grade_in(line["bands"], read) if there and line["bands"] else None),
            "shares": end.shares,
            "before_veto": before.number if there and before.number != after.number else None,
            "rules": item and item.rules,
        }

    def plain(self, line: Json) -> Found:
        """The value before units are compared: as measured, or made of parts."""
        measured = line["collected"] or line["value"]["is"] == "checklist"
        found = self.measures.get(line["path"], MISSING) if measured else self.made(line)
        if line["sampled"] and found.there and found.sample < line["minimum_sample"]:
            raise Stop("below minimum sample")
        return Found(figures.ln(found.number)) if line["logarithm"] and found.there else found

    def made(self, line: Json) -> Found:
        """What the parts that take part make together."""
        value, full, kept = line["value"], line["full"], self.kept(line)
        xs = [found.number for _, found in kept]
        weights = [ONE if part["share"] is None else part["share"] for part, _ in kept]
        match value["is"]:
            case "combined":
                return Found(figures.combined(value["method"], list(zip(xs, weights, strict=True)), value["numbers"]))
            case "added":
                return Found(min(full, max(ZERO, sum(xs) * full / sum(part["full"] for part, _ in kept))))
            case "deducted":
                return Found(min(full, max(ZERO, full - sum(xs))))
            case "grouped":
                return Found(min(line["cap"], sum(xs)))
            case "fuzzy evaluation":  # B = A∘R: of each grade what the weights make of the parts' shares, together 1
                join, meet = OPERATORS[value["operator"]]
                columns = zip(*(found.shares for _, found in kept), strict=True)
                b = [
                    join([meet(w / sum(weights), r) for w, r in zip(weights, column, strict=True)])
                    for column in columns
                ]
                return Found(shares=tuple(one / (sum(b) or 1) for one in b))
            case _:
                x = self.computed(line, {part["path"]: found.number for part, found in kept})
                within = line["kind"] == "score" and not line["converted"]
                return Found(min(full, max(ZERO, x)) if within else x)

    def parts(self, line: Json) -> list[tuple[Json, Found]]:
        """What a line is made of: the names of its formula, or the lines below but those for information only."""
        value, found = line["value"], self.lost if line["value"]["is"] in ("deducted", "grouped") else self.end
        below = [path for path in line["children"] if self.lines[path]["counts"] or not line["counts"]]
        return [(self.lines[path], found[path]) for path in (refs(value["formula"]) if "formula" in value else below)]

    def kept(self, line: Json) -> list[tuple[Json, Found]]:
        """The parts that take part; a part that may not be left out stops the whole."""
        every = self.parts(line)
        for part, found in every:
            stop_at(found, forgiven=part["missing"] == "renormalise")
        kept = [(part, found) for part, found in every if found.there]
        if not kept:
            raise Stop("missing" if any(found.state != "not applicable" for _, found in every) else "not applicable")
        if len(kept) < line["minimum_sample"]:
            raise Stop("below minimum sample")
        return kept

    def computed(self, line: Json, known: dict[str, F]) -> F:
        """The value of a formula; where a name is left out, the other shares make up the whole."""
        formula, absent = line["value"]["formula"], [found for _, found in self.parts(line) if not found.there]
        if not absent:
            return figures.worked(formula, known)
        shares = tried(figures.shares_in, formula)
        if isinstance(shares, Found) or sum(shares.values()) != 1:
            raise Stop(passed_up(absent[0].state))
        return weighted(list(known.values()), [shares[path] for path in known])

    def item(self, line: Json) -> Found:
        """What the rules of a line make of what they see."""
        seen = [
            (rule, self.reading[rule["measure"]], self.reading.get(rule["amount"])) for rule in line["item"]["rules"]
        ]
        return account(line, [tried(look, line, *one) for one in seen])

    def vetoed(self, line: Json, found: Found) -> Found:
        """Vetoes in the written order: a score replaces, a ceiling lowers, the worst demanded grade stands."""
        if not line["vetoes"] or not found.there:
            return found
        x, demanded = found.number, [found.forced]
        for veto in line["vetoes"]:
            watched = self.lines[veto["path"]]
            measured = watched["collected"] or watched["converted"]
            seen = found if watched is line else (self.reading if measured else self.end)[veto["path"]]
            stop_at(seen, forgiven=watched["missing"] in ("renormalise", "full marks"))
            if seen.there and figures.SIGNS[veto["comparison"]](seen.number, veto["bound"]):
                x = min(x if veto["score"] is None else veto["score"], veto["ceiling"])
                demanded.append(veto["grade"] or "")
        return found._replace(number=x, forced=figures.worst_grade(line["bands"], demanded))


def stop_at(found: Found, *, forgiven: bool) -> None:
    """What is needed and not there stops what is made of it; what does not apply is not needed."""
    if not found.there and found.state != "not applicable" and (not forgiven or found.state == "error"):
        raise Stop(passed_up(found.state))


def passed_up(state: str) -> str:
    """What a part's state makes of the whole."""
    return "not rated" if state == "below minimum sample" else state


# ---------------------------------------------------------------- from a value to a score


def on_scale(line: Json, found: Found, among: list[F]) -> Found:
    """What rules, vetoes and formulas see: the place among the units, straight from point to point of a scale."""
    if not found.there or not (line["over_units"] or line["scale"]):
        return found
    x, s = among_units(line, found.number, among) if line["over_units"] else found.number, line["scale"]
    if not s:
        return Found(x)
    values, scores = zip((s["low"], s["to_low"]), *s["between"], (s["high"], s["to_high"]), strict=True)
    scores = scores[::-1] if line["lower_is_better"] and not line["over_units"] else scores
    low, high = sorted((values[0], values[-1]))
    if not line["clamped"] and not low <= x <= high:
        raise Stop("error")
    x = min(high, max(low, x))
    if line["log_scale"]:
        x, *values = map(figures.ln, (x, *values))
    n = next((n for n in range(1, len(values)) if x <= values[n]), len(values) - 1)
    rise = (scores[n] - scores[n - 1]) / (values[n] - values[n - 1])
    return Found(scores[n - 1] + (x - values[n - 1]) * rise)


def among_units(line: Json, x: F, values: list[F]) -> F:
    """The place of a value among those of all units; where low is best, of what lies below 0 as far as it lies above."""
    method, sign = line["over_units"], -1 if line["lower_is_better"] else 1
    if min(values) <= 0 if "share" in method else min(values) == max(values):
        raise Stop("not rated")
    bottom, top = line["over_units_to"] or (ZERO, line["full"])
    x, values = sign * x, [sign * v for v in values]
    worst, best, average = min(values), max(values), figures.mean(values)
    place = sum(v < x for v in values) + F(values.count(x), 2)
    match method:
        case "min-max":
            return bottom + (x - worst) / (best - worst) * (top - bottom)
        case "share of the best" | "share of the mean":
            of = best if "best" in method else average
            return top * (x / of) ** sign
        case "percentile":
            return 100 * place / len(values)
        case "ranks":
            return bottom + (place - F(1, 2)) / (len(values) - 1) * (top - bottom)
        case _:
            return (x - average) / figures.spread(values, sample="n-1" in method)


def scored(line: Json, seen: Found, item: Found | None) -> Found:
    """The score by itself: of the rules, the grades, or what was measured; in points where the heading counts them."""
    found, full = item or seen, line["full"]
    if not found.there or not (item or line["scored"]):
        return found
    x = found.number
    if line["graded"]:
        if not any(found.shares):
            raise Stop("not rated")
        values = [F(value) for _, value in line["grades"]]
        largest = min(v for v, one in zip(values, found.shares, strict=True) if one == max(found.shares))
        x = largest if line["value"]["by_membership"] else weighted(values, found.shares)
    elif line["collected"] and not (item or line["scale"] or line["over_units"]):
        x = marked(line, x)
    return found._replace(number=x * full / 100 if line["in_points"] else x)


def marked(line: Json, x: F) -> F:
    """A value that is a score already."""
    full, low_is_best, kind = line["full"], line["lower_is_better"], line["kind"]
    if kind == "yes/no":
        return full if bool(x) != low_is_best else ZERO
    if kind == "rate":
        return min(HUNDRED, max(ZERO, 100 - x if low_is_best else x))
    if kind in ("score", "points") and not 0 <= x <= (full if kind == "points" else max(full, HUNDRED)):
        raise Stop("error")
    return x


def filled(line: Json, found: Found) -> Found:
    """Full marks or zero for what is missing: of grades the best or the worst, of a deduction nothing or all that its
    caps allow; without a cap nobody can say.
    """
    if not line["filled"] or found.state in ("value", "error", "not applicable"):
        return found
    best = line["missing"] == "full marks"
    if line["graded"] and not line["scored"]:
        return Found(shares=tuple(F(n == (0 if best else len(line["grades"]) - 1)) for n in range(len(line["grades"]))))
    if best or not line["losing"]:
        return Found(line["marks"] if best and not line["losing"] else ZERO)
    caps = [rule["cap"] for rule in line["item"]["rules"] if rule["does"] in ("deduct", "share")]
    known = [cap for cap in (line["cap"], sum(caps) or inf, line["item"]["full"] or inf) if cap < inf]
    if not known:
        raise Stop("error")
    return Found(known[0])
