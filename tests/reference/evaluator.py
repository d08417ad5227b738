"""A second evaluator, written from the language's rules and not from the engine: fractions, lists, one line at a time.

It takes a policy as `rubric check --format policy` prints it and the measures of some units, and says of every
indicator its state, score, loss and grade. It imports nothing of the engine. What it and the engine do not say alike
is a fault in one of the two; the rules (docs/language.md) decide in which.

It does not say: weights and contributions, reasons and causes, the whole and subtotals made of units' scores, ranks,
comparisons, trends, small groups that are hidden, printed figures. What the rows of tables say is read in `rows`.
"""

from fractions import Fraction as F
from operator import mul
from typing import Any

from tests.reference import figures
from tests.reference.figures import ONE, ZERO, Found, Json, Stop, ln, mean, rounded, tried, weighted
from tests.reference.rules import Item, account, look, prepare

HUNDRED = F(100)
SCORED_KINDS = ("score", "points", "yes/no", "difference")
EARNS = {"score", "full marks", "no marks", "proportion", "ceiling"}
NO_SAMPLE = ("look up", "count rows", "count distinct")
Parts = list[tuple[Json, Found]]


def ready(scheme: Json, day: str | None) -> Json:
    """A scheme of a checked policy with what is the same for every unit: fractions, what each line is, what holds."""
    scheme = figures.read(scheme)
    lines: dict[str, Json] = scheme["indicators"]
    above = {child: line["value"] for line in lines.values() for child in line["children"]}
    for line in lines.values():
        describe(line, above.get(line["path"], {"is": "nothing"}))
    for line in lines.values():
        for rule in (line["item"] or {"rules": ()})["rules"]:
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
    line["sampled"] = kind == "answers" or (sentence["is"] not in NO_SAMPLE and sentence.get("statistic") != "sum")
    line["converted"] = bool(line["scale"] or line["over_units"] or line["logarithm"])
    line["graded"] = kind == "fuzzy evaluation" or "distribution" in (value.get("statistic"), sort)
    mapped = line["scale"] or line["over_units"] or line["rate_as_score"] or item or sort in SCORED_KINDS
    scored = bool(mapped) and not line["asked"] if line["collected"] else value.get("score", True)
    line["scored"] = scored and not line["losing"]
    line["marks"] = line["full"] if item is None else HUNDRED if item["full"] is None else item["full"]
    line["grades"] = value.get("grades") or heading.get("grades", [])
    line["in_deduction"] = heading["is"] in ("deducted", "grouped") and not line["asked"]
    own = item or kind in ("added", "deducted") or sort in ("points", "yes/no")
    line["in_points"] = heading["is"] in ("added", "deducted", "grouped") and scored and not own


def assess(scheme: Json, units: list[dict[str, Found]]) -> list[dict[str, Json]]:
    """What there is to say of every indicator of some units, by path, from their measures; what is not given is
    missing. Parts stand before what is made of them, so one pass is enough.
    """
    sheets = [Sheet(scheme, measures) for measures in units]
    for line in scheme["indicators"].values():
        plain = [tried(sheet.plain, line) for sheet in sheets]
        among = sorted(found.number for found in plain if found.there)
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
        path, item, nothing = line["path"], None, Found(state="missing")
        self.reading[path] = before = after = score = tried(on_scale, line, plain, among)
        if line["item"] and line["value"]["is"] != "grouped":
            seen = [(r, self.reading[r["measure"]], self.reading.get(r["amount"])) for r in line["item"]["rules"]]
            item = tried(account, line, [tried(look, line, *one) for one in seen])
        if line["scored"] or (line["graded"] and not line["losing"]):
            before = substituted(line, tried(scored, line, before, item))
            after = score = tried(self.vetoed, line, before)
            if line["rounding"] and path != self.scheme["result"]:
                score = after._replace(number=rounded(after.number, line["rounding"]))
        if line["in_deduction"]:
            self.lost[path] = tried(self.loss, line, score, item)
        lost = self.lost.get(path, nothing)
        self.end[path] = lost if line["value"]["is"] == "grouped" else score
        end = lost if line["losing"] else score
        there = line["scored"] and end.there
        reported = rounded(end.number, line["rounding"] or self.scheme["rounding"])
        read = reported if self.scheme["grade_on_rounded"] else end.number
        self.told[path] = {
            "state": end.state,
            "score": end.number if there else None,
            "reported": reported if there else None,
            "loss": lost.number if lost.there else None,
            "grade": end.forced or (figures.grade_in(line["bands"], read) if there and line["bands"] else None),
            "shares": end.shares,
            "before_veto": before.number if there and before.number != after.number else None,
            "rules": item.rules if isinstance(item, Item) else None,
        }

    # ------------------------------------------------------------ what is measured, what is made of parts

    def plain(self, line: Json) -> Found:
        """The value before units are compared."""
        found = self.measures.get(line["path"], Found(state="missing"))
        make = getattr(self, f"_{line['value']['is'].split()[0]}", None)
        if make is not None:
            found = make(line)
        elif line["sampled"] and found.there and found.sample is not None and found.sample < line["minimum_sample"]:
            raise Stop("below minimum sample")
        return Found(ln(found.number)) if line["logarithm"] and found.there else found

    def parts(self, line: Json) -> Parts:
        """What a line is made of: the names of its formula, or the lines below but those for information only."""
        paths = [path for path in line["children"] if self.lines[path]["counts"] or not line["counts"]]
        paths = figures.refs(line["value"]["formula"]) if line["value"]["is"] == "computed" else paths
        return [(self.lines[path], self.end[path]) for path in paths]

    def kept(self, line: Json) -> Parts:
        """The parts that take part; a part that may not be left out stops the whole."""
        every = self.parts(line)
        for part, found in every:
            forgiven = part["missing"] == "renormalise" and found.state != "error"
            if not (found.there or forgiven or found.state == "not applicable"):
                raise Stop(passed_up(found.state))
        kept = [(part, found) for part, found in every if found.there]
        if not kept:
            nowhere = every and all(found.state == "not applicable" for _, found in every)
            raise Stop("not applicable" if nowhere else "missing")
        if len(kept) < line["minimum_sample"]:
            raise Stop("below minimum sample")
        return kept

    def _combined(self, line: Json) -> Found:
        pairs = [(found.number, ONE if part["share"] is None else part["share"]) for part, found in self.kept(line)]
        scores, weights = [x for x, w in pairs if w], [w for _, w in pairs if w]
        if not weights:
            raise Stop("missing")
        return Found(figures.MEANS[line["value"]["method"]](scores, weights, line["value"]["numbers"]))

    def _added(self, line: Json) -> Found:
        kept, full = self.kept(line), line["full"]
        total, reachable = sum(found.number for _, found in kept), sum(part["full"] for part, _ in kept)
        if not reachable:
            raise Stop("missing")
        everything = len(kept) == len(self.parts(line))
        return Found(min(full, max(ZERO, total if everything else total * full / reachable)))

    def losses(self, line: Json) -> F:
        every = [self.lost[part["path"]] for part, _ in self.parts(line)]
        for found in every:
            if not found.there and found.state != "not applicable":
                raise Stop(passed_up(found.state))
        if every and not any(found.there for found in every):
            raise Stop("not applicable")
        total = sum((found.number for found in every if found.there), ZERO)
        return min(total, line["item"]["cap"]) if line["item"] and line["item"]["cap"] is not None else total

    def _deducted(self, line: Json) -> Found:
        return Found(min(line["full"], max(ZERO, line["full"] - self.losses(line))))

    def _computed(self, line: Json) -> Found:
        formula, known = line["value"]["formula"], {part["path"]: found.number for part, found in self.kept(line)}
        absent = [found.state for part, found in self.parts(line) if part["path"] not in known]
        if absent:
            shares = tried(lambda: list(figures.shares_in(formula)))
            if isinstance(shares, Found) or sum(share for _, share in shares) != 1:
                raise Stop(passed_up(absent[0]))
            known_shares = [share if path in known else ZERO for path, share in shares]
            if not sum(known_shares):
                raise Stop("missing")
            x = weighted([known.get(path, ZERO) for path, _ in shares], known_shares)
        else:
            x = figures.worked(formula, known)
        within = line["kind"] == "score" and not line["converted"]
        return Found(min(line["full"], max(ZERO, x)) if within else x)

    def _fuzzy(self, line: Json) -> Found:
        """B = A∘R: of each grade what the weights make of the parts' shares, together 1."""
        kept = self.kept(line)
        weights: list[F] = [ONE if part["share"] is None else part["share"] for part, _ in kept]
        whole = sum(weights, ZERO)
        if not whole:
            raise Stop("missing")
        ways: dict[str, tuple[Any, Any]] = {
            "weighted average": (sum, mul),
            "max-min": (max, min),
            "max-product": (max, mul),
        }
        join, meet = ways[line["value"]["operator"]]
        columns = zip(*(found.shares for _, found in kept), strict=True)
        b = [join([meet(w / whole, r) for w, r in zip(weights, column, strict=True)]) for column in columns]
        return Found(shares=tuple(one / (sum(b, ZERO) or 1) for one in b))

    # ------------------------------------------------------------ vetoes, losses

    def vetoed(self, line: Json, found: Found) -> Found:
        """Vetoes in the written order: a score replaces, a ceiling lowers, the worst demanded grade stands."""
        if not line["vetoes"] or not found.there:
            return found
        x, demanded = found.number, [found.forced]
        for veto in line["vetoes"]:
            watched = self.lines[veto["path"]]
            measured = watched["collected"] or watched["converted"]
            seen = found if watched is line else (self.reading if measured else self.end)[veto["path"]]
            if seen.there and figures.SIGNS[veto["comparison"]](seen.number, veto["bound"]):
                x = x if veto["score"] is None else veto["score"]
                x = x if veto["ceiling"] is None else min(x, veto["ceiling"])
                demanded.append(veto["grade"] or "")
            forgiven = watched["missing"] in ("renormalise", "full marks") and seen.state != "error"
            if not (seen.there or forgiven or seen.state == "not applicable"):
                raise Stop(passed_up(seen.state))
        return found._replace(number=x, forced=figures.worst_grade(line["bands"], demanded))

    def loss(self, line: Json, score: Found, item: Item | Found) -> Found:
        """What the deduction above loses."""
        if not line["losing"]:
            return Found(line["marks"] - score.number) if score.there else score
        if line["value"]["is"] == "grouped":
            lost = self.losses(line)
        elif isinstance(item, Item):
            lost = item.loss
        elif item.state in ("error", "not applicable") or line["missing"] not in ("zero", "full marks"):
            return item
        else:
            lost = ZERO if line["missing"] == "full marks" else most_lost(line["item"])
        return Found(rounded(lost, line["rounding"]) if line["rounding"] else lost)


def most_lost(item: Json) -> F:
    """All that the caps allow; without a cap nobody can say."""
    caps = [rule["cap"] for rule in item["rules"] if rule["effect"]["is"] in ("deduct", "share")]
    known = item["cap"] if item["cap"] is not None else sum(caps, ZERO) if caps and None not in caps else item["full"]
    if known is None:
        raise Stop("error")
    return known


def passed_up(state: str) -> str:
    """What a part's state makes of the whole."""
    return "not rated" if state == "below minimum sample" else state


# ---------------------------------------------------------------- conversions


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
        x, values = ln(x), [ln(v) for v in values]
    n = next((n for n in range(1, len(values)) if x <= values[n]), len(values) - 1)
    rise = (scores[n] - scores[n - 1]) / (values[n] - values[n - 1])
    return Found(scores[n - 1] + (x - values[n - 1]) * rise)


def among_units(line: Json, x: F, values: list[F]) -> F:
    """The place of a value among those of all units, from the lowest to the highest."""
    method, low_is_best, size = line["over_units"], line["lower_is_better"], len(values)
    if values[0] <= 0 if "share" in method else values[0] == values[-1]:
        raise Stop("not rated")
    bottom, top = line["over_units_to"] or (ZERO, line["full"])
    worse, equal = sum(v > x if low_is_best else v < x for v in values), values.count(x)
    match method:
        case "min-max":
            part = (values[-1] - x if low_is_best else x - values[0]) / (values[-1] - values[0])
            return bottom + part * (top - bottom)
        case "share of the best" | "share of the mean":
            best = mean(values) if "mean" in method else values[0 if low_is_best else -1]
            return top * (best / x if low_is_best else x / best)
        case "percentile":
            return 100 * (worse + F(equal, 2)) / size
        case "ranks":
            return bottom + (worse + F(equal - 1, 2)) / (size - 1) * (top - bottom)
        case _:
            z = (x - mean(values)) / figures.spread(values, sample="n-1" in method)
            return -z if low_is_best else z


def scored(line: Json, found: Found, item: Item | Found | None) -> Found:
    """The score by itself: of the rules, the grades, or what was measured; in points where the heading counts them."""
    if isinstance(item, Item):
        found = Found(item.score, forced=figures.worst_grade(line["bands"], item.grades))
    found = item if isinstance(item, Found) else found
    if not found.there:
        return found
    if line["graded"] and line["scored"]:
        values, b = [F(value) for _, value in line["grades"]], found.shares
        if not any(b):
            raise Stop("not rated")
        by_largest = min(v for v, one in zip(values, b, strict=True) if one == max(b))
        found = found._replace(number=by_largest if line["value"]["by_membership"] else weighted(values, b))
    if line["collected"] and not (item or line["scale"] or line["over_units"] or line["graded"]):
        found = Found(marked(line, found.number))
    return found._replace(number=found.number * line["full"] / 100) if line["in_points"] else found


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


def substituted(line: Json, found: Found) -> Found:
    """Full marks or zero for what is missing; of grades the best or the worst."""
    if found.state in ("value", "error", "not applicable") or line["missing"] not in ("zero", "full marks"):
        return found
    best, last = line["missing"] == "full marks", len(line["grades"]) - 1
    if line["graded"] and not line["scored"]:
        return Found(shares=tuple(F(n == (0 if best else last)) for n in range(last + 1)))
    return Found(line["marks"] if best else ZERO)
