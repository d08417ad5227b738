"""A second evaluator, written from the language's rules and not from the engine: fractions, lists, one line at a time.

It takes a policy as `rubric check --format policy` prints it and the measures of some units, and says of every
indicator its state, score, loss and grade. All that makes them stands here, in `rules` (the rules of one item) and in
`figures` (numbers, rounding, formulas); `rows`, which makes measures of the rows of tables, is not needed to score.
Nothing of the engine is imported. What is not said alike is a fault in one of the two; docs/language.md says in which.

It does not say: weights and contributions, reasons and causes, the whole and subtotals made of units' scores, ranks,
comparisons, trends, small groups that are hidden, printed figures. It does not check the policy: the engine has.
"""

from fractions import Fraction as F
from math import inf
from operator import mul
from statistics import mean, pvariance, variance

from tests.reference import figures
from tests.reference.figures import ONE, ZERO, Found, Json, Stop, refs, rounded, tried, weighted
from tests.reference.rules import account, prepare

SCORED_KINDS = ("score", "points", "yes/no", "difference")
FILLED = ("missing", "no valid answers", "below minimum sample", "not rated")


def ready(scheme: Json, day: str | None) -> Json:
    """A scheme of a checked policy with what is the same for every unit: fractions, what each line is, what holds."""
    scheme = figures.read(scheme)
    lines: dict[str, Json] = scheme["indicators"]
    above = {child: line["value"] for line in lines.values() for child in line["children"]}
    for line in lines.values():
        describe(line, above.get(line["path"], {"is": "nothing"}))
        for rule in line["item"]["rules"] if line["item"] else ():
            prepare(line, lines[rule["measure"]], rule, day)
    return scheme


def describe(line: Json, heading: Json) -> None:
    """What a line is: it only takes from the deduction above, ends in a score, ends in shares of grades …"""
    value, item, kind, sort = line["value"], line["item"], line["value"]["is"], line["kind"]
    line["losing"] = kind == "grouped" or bool(item and item["full"] is None)
    line["collected"] = kind in ("observed", "answers")
    line["looked_up"] = kind == "observed" and (value["sentence"] or {"is": "look up"})["is"] == "look up"
    line["converted"] = bool(line["scale"] or line["over_units"] or line["logarithm"])
    line["graded"] = kind == "fuzzy evaluation" or "distribution" in (value.get("statistic"), sort)
    mapped = line["scale"] or line["over_units"] or line["rate_as_score"] or item or sort in SCORED_KINDS
    scored = bool(mapped) and not line["asked"] if line["collected"] else value.get("score", True)
    line["scored"] = scored and not line["losing"]
    line["marks"] = (item["full"] or F(100)) if item else line["full"]
    line["grades"] = value.get("grades") or heading.get("grades", [])
    line["bands"].sort(key=lambda band: (band["low"], band["high"]))
    line["in_deduction"] = heading["is"] in ("deducted", "grouped") and not line["asked"]
    line["bare"] = line["scored"] and line["collected"] and not (item or line["scale"] or line["over_units"])
    line["in_points"] = line["bare"] and sort == "score" and heading["is"] in ("added", "deducted", "grouped")
    line["cap"] = item["cap"] if item else inf
    line["item"] = None if kind == "grouped" else item
    ends = line["scored"] or line["graded"] or line["item"]
    line["fills"] = FILLED if ends and line["missing"] in ("zero", "full marks") else ()
    line["shares"] = figures.shares_in(value["formula"]) if "formula" in value else ONE


def assess(scheme: Json, units: list[dict[str, Found]]) -> list[dict[str, Json]]:
    """All that is said of every indicator of some units, by path; parts stand before what is made of them."""
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
        self.reading, self.end, self.lost, self.told = {}, {}, {}, {}

    def work(self, line: Json, plain: Found, among: list[F]) -> None:
        """One line, from its value before units are compared to what is told of it."""
        path, rounding = line["path"], line["rounding"]
        seen = self.reading[path] = tried(on_scale, plain, line, among)
        item = tried(account, line, self.reading) if line["item"] else None
        before = tried(scored, item or seen, line)
        before = filled(line) if before.state in line["fills"] else before
        end = after = tried(self.vetoed, before, line)
        if rounding and path != self.scheme["result"]:
            end = after._replace(number=rounded(after.number, rounding))
        lost = end if line["losing"] or not end.there else Found(line["marks"] - end.number)
        self.end[path], self.lost[path] = end, lost
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
        found = self.measures.get(line["path"], Found(state="missing")) if measured else self.made(line)
        if found.there and found.sample < line["minimum_sample"]:
            raise Stop("below minimum sample")
        return Found(figures.ln(found.number)) if line["logarithm"] and found.there else found

    def made(self, line: Json) -> Found:
        """What the parts that take part make together."""
        value, full, parts = line["value"], line["full"], self.parts(line)
        xs, weights = [found.number for _, found in parts], [part["share"] for part, _ in parts]
        match value["is"]:
            case "combined":
                return Found(figures.combined(value["method"], list(zip(xs, weights, strict=True)), value["numbers"]))
            case "added":
                return Found(min(full, max(ZERO, sum(xs) * full / sum(part["full"] for part, _ in parts))))
            case "deducted":
                return Found(min(full, max(ZERO, full - sum(xs))))
            case "grouped":
                return Found(min(line["cap"], sum(xs)))
            case "fuzzy evaluation":  # B = A∘R: of each grade what the weights make of the parts' shares, together 1
                meet = min if value["operator"] == "max-min" else mul
                join = sum if value["operator"] == "weighted average" else max
                met = ([meet(part["share"] / sum(weights), r) for r in found.shares] for part, found in parts)
                b = [*map(join, zip(*met, strict=True))]
                return Found(shares=tuple(one / (sum(b) or 1) for one in b))
            case _ if line["shares"]:
                x = weighted(xs, [line["shares"][part["path"]] for part, _ in parts])
            case _:
                x = figures.worked(value["formula"], {part["path"]: found.number for part, found in parts})
        within = line["kind"] == "score" and not line["converted"]
        return Found(min(full, max(ZERO, x)) if within else x)

    def parts(self, line: Json) -> list[tuple[Json, Found]]:
        """The parts that count and are there; what may not be left out stops the whole."""
        value, ends = line["value"], self.lost if line["value"]["is"] in ("deducted", "grouped") else self.end
        below = [path for path in line["children"] if self.lines[path]["counts"] or not line["counts"]]
        every = [(self.lines[path], ends[path]) for path in (refs(value["formula"]) if "formula" in value else below)]
        absent = [stopping(found, forgiven=False) or found.state for _, found in every if not found.there]
        needed = [why for part, found in every if (why := stopping(found, forgiven=part["missing"] == "renormalise"))]
        if not needed and len(absent) == len(every):
            raise Stop("missing" if {*absent} - {"not applicable"} else "not applicable")
        if needed or (absent and not line["shares"]):
            raise Stop((needed or absent)[0])
        if len(every) - len(absent) < line["minimum_sample"]:
            raise Stop("below minimum sample")
        return [(part, found) for part, found in every if found.there]

    def vetoed(self, found: Found, line: Json) -> Found:
        """Vetoes in the written order: a score replaces, a ceiling lowers, the worst demanded grade stands."""
        x, demanded = found.number, [found.forced] if found.forced else []
        for veto in line["vetoes"]:
            watched = self.lines[veto["path"]]
            measured = watched["collected"] or watched["converted"]
            seen = found if watched is line else (self.reading if measured else self.end)[veto["path"]]
            if state := stopping(seen, forgiven=watched["missing"] in ("renormalise", "full marks")):
                raise Stop(state)
            if seen.there and figures.SIGNS[veto["comparison"]](seen.number, veto["bound"]):
                x = min(x if veto["score"] is None else veto["score"], veto["ceiling"])
                demanded += [veto["grade"]] if veto["grade"] else []
        return found._replace(number=x, forced=figures.worst_grade(line["bands"], demanded))


def stopping(found: Found, *, forgiven: bool) -> str:
    """The state in which a part that is needed and not there leaves the whole; what does not apply is not needed."""
    if found.there or found.state == "not applicable" or (forgiven and found.state != "error"):
        return ""
    return "not rated" if found.state == "below minimum sample" else found.state


def on_scale(found: Found, line: Json, among: list[F]) -> Found:
    """What rules, vetoes and formulas see: the place among the units, straight from point to point of a scale."""
    x, s = among_units(line, found.number, among) if line["over_units"] else found.number, line["scale"]
    if not s:
        return Found(x) if line["over_units"] else found
    values, scores = zip((s["low"], s["to_low"]), *s["between"], (s["high"], s["to_high"]), strict=True)
    scores = scores[::-1] if line["lower_is_better"] and not line["over_units"] else scores
    low, high = sorted((values[0], values[-1]))
    if not line["clamped"] and not low <= x <= high:
        raise Stop("error")
    x = min(high, max(low, x))
    if line["log_scale"]:
        x, *values = map(figures.ln, (x, *values))
    n = next((n for n in range(1, len(values)) if x <= values[n]), len(values) - 1)
    return Found(weighted(scores[n - 1 : n + 1], [values[n] - x, x - values[n - 1]]))


def among_units(line: Json, x: F, values: list[F]) -> F:
    """The place of a value among those of all units; where low is best, of what lies below 0 as far as it lies above."""
    method, sign = line["over_units"], -1 if line["lower_is_better"] else 1
    if min(values) <= 0 if "share" in method else min(values) == max(values):
        raise Stop("not rated")
    bottom, top = line["over_units_to"] or (ZERO, line["full"])
    x, values = sign * x, [sign * v for v in values]
    worst, best, average = min(values), max(values), mean(values)
    place = sum(v < x for v in values) + F(values.count(x), 2)
    match method:
        case "min-max" | "ranks":
            part = (place - F(1, 2)) / (len(values) - 1) if method == "ranks" else (x - worst) / (best - worst)
            return bottom + part * (top - bottom)
        case "share of the best" | "share of the mean":
            of = best if "best" in method else average
            return top * (x / of) ** sign
        case "percentile":
            return 100 * place / len(values)
        case _:
            return (x - average) / figures.root((variance if "n-1" in method else pvariance)(values))


def scored(found: Found, line: Json) -> Found:
    """The score by itself: of the rules, the grades, or what was measured; in points where the heading counts them."""
    x, full = found.number, line["full"]
    if line["graded"] and line["scored"]:
        if not any(found.shares):
            raise Stop("not rated")
        values = [F(value) for _, value in line["grades"]]
        largest = min(v for v, one in zip(values, found.shares, strict=True) if one == max(found.shares))
        x = largest if line["value"]["by_membership"] else weighted(values, found.shares)
    match line["bare"] and line["kind"]:
        case "yes/no":
            x = full if bool(x) != line["lower_is_better"] else ZERO
        case "rate":
            x = min(F(100), max(ZERO, 100 - x if line["lower_is_better"] else x))
        case "score" | "points" as kind if not 0 <= x <= max(full, 100 if kind == "score" else 0):
            raise Stop("error")
    return found._replace(number=x * full / 100 if line["in_points"] else x)


def filled(line: Json) -> Found:
    """Full marks or zero for what is missing: of grades the best or worst, of a deduction nothing or what caps allow."""
    best, last = line["missing"] == "full marks", len(line["grades"]) - 1
    if line["graded"] and not line["scored"]:
        return Found(shares=tuple(F(n == (0 if best else last)) for n in range(last + 1)))
    if not line["losing"]:
        return Found(line["marks"] if best else ZERO)
    caps = [rule["cap"] for rule in line["item"]["rules"] if rule["does"] in ("deduct", "share")]
    most = ZERO if best else line["cap"] if line["cap"] < inf else sum(caps) or inf
    return Found(most) if most < inf else Found(state="error")
