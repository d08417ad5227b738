"""A second evaluator, written from the language's rules and not from the engine: fractions, lists, recursion.

It takes a policy as `rubric check --format policy` prints it and the measures of some units, and says of every
indicator its state, score, loss and grade. It imports nothing of the engine. What it and the engine do not say alike
is a fault in one of the two; the rules (docs/language.md) decide in which.
"""

from dataclasses import replace
from fractions import Fraction as F
from typing import Any

from tests.reference.numbers import (
    ERROR,
    FEW,
    INAPPLICABLE,
    MISSING,
    NO_ANSWERS,
    UNRATED,
    VALUE,
    Found,
    Json,
    Stop,
    geometric,
    grade_in,
    harmonic,
    holds,
    ln,
    mean,
    middle,
    number_of,
    power_mean,
    refs,
    rounded,
    shares_in,
    spread,
    worked,
    worst_grade,
)

SCORED_KINDS = ("score", "points", "yes/no", "difference")
LOSING = ("deducted", "grouped")


def assess(scheme: Json, units: list[Json], day: str | None) -> list[dict[str, Json]]:
    """Every unit's indicators by path. A unit gives, by path, one of {"value": …}, {"cases": […]}, {"periods": {…}},
    {"shares": […]} and {"state": …} for each measure; what it does not give is missing.
    """
    group: list[Unit] = []
    group += [Unit(scheme, measures, day, group) for measures in units]
    return [{path: unit.told(path) for path in scheme["indicators"]} for unit in group]


def value_found(number: F) -> Found:
    return Found(VALUE, number)


class Unit:
    """One unit under one scheme. Every point of the calculation is worked once and kept."""

    def __init__(self, scheme: Json, measures: Json, day: str | None, group: "list[Unit]") -> None:
        self.scheme, self.measures, self.day, self.group = scheme, measures, day, group
        self.lines: dict[str, Json] = scheme["indicators"]
        self.above = {child: line for line in self.lines.values() for child in line["children"]}
        self.kept: dict[tuple[str, str], Any] = {}

    def once(self, what: str, path: str) -> Any:
        if (what, path) not in self.kept:
            try:
                self.kept[what, path] = getattr(self, f"_{what}")(path)
            except Stop as stop:
                self.kept[what, path] = Found(stop.state)
        return self.kept[what, path]

    # ------------------------------------------------------------ what is told of an indicator

    def told(self, path: str) -> Json:
        line = self.lines[path]
        end: Found = self.once("loss" if self.losing_only(line) else "score", path)
        if not line["children"] and not self.is_scored(line) and not self.of_grades(line):
            end = self.once("reading", path)
        if self.losing_only(line) and path not in self.above:
            end = Found(MISSING)
        has_score = self.is_scored(line) and not self.losing_only(line)
        score = end.number if has_score and end.there else None
        took = self.in_deduction(path) and not line["asked"]
        loss: Found | None = self.once("loss", path) if took else None
        reported = None if score is None else self.reported(line, score)
        return {
            "state": end.state,
            "score": score,
            "reported": reported,
            "loss": loss.number if loss is not None and loss.there else None,
            "grade": self.grade(line, end),
            "shares": end.shares,
            "before_veto": self.before_veto(line, end),
            "rules": self.account(path),
        }

    def reported(self, line: Json, score: F) -> F:
        return rounded(score, line["rounding"] or self.scheme["rounding"])

    def grade(self, line: Json, end: Found) -> str | None:
        if end.forced or not line["bands"] or self.losing_only(line) or not end.there or end.number is None:
            return end.forced or None
        read = self.reported(line, end.number) if self.scheme["grade_on_rounded"] else end.number
        return grade_in(line["bands"], read)

    def before_veto(self, line: Json, end: Found) -> F | None:
        if self.losing_only(line) or not line["vetoes"] or not self.is_scored(line):
            return None
        before: Found = self.once("unvetoed", line["path"])
        after: Found = self.once("vetoed", line["path"])
        return before.number if end.there and before.number != after.number else None

    def account(self, path: str) -> list[tuple[F, F]] | None:
        """How often each rule acted and what it changed, where the item could be worked."""
        if not self.lines[path]["item"] or self.lines[path]["value"]["is"] == "grouped":
            return None
        found = self.once("item", path)
        return None if isinstance(found, Found) else found["rules"]

    # ------------------------------------------------------------ what an indicator is

    def losing_only(self, line: Json) -> bool:
        """It only takes from the deduction above: a heading in it, or a line without points that needs none."""
        if line["value"]["is"] == "grouped":
            return True
        if line["item"] is None or line["item"]["full"] is not None:
            return False
        effects = {rule["effect"]["is"] for rule in line["item"]["rules"]}
        return not effects & {"score", "full marks", "no marks", "proportion", "ceiling"}

    def is_scored(self, line: Json) -> bool:
        """It ends in a score; what is only asked, counted or measured for others does not."""
        kind = line["value"]["is"]
        if kind in ("observed", "answers"):
            converted = line["scale"] or line["over_units"] or line["rate_as_score"] or line["item"]
            return not line["asked"] and bool(converted or line["kind"] in SCORED_KINDS)
        return bool(kind != "grouped")

    def in_deduction(self, path: str) -> bool:
        return path in self.above and self.above[path]["value"]["is"] in LOSING

    def full(self, line: Json) -> F:
        if line["item"] is None:
            return F(line["full"])
        return F(100) if line["item"]["full"] is None else F(line["item"]["full"])

    def of_grades(self, line: Json) -> bool:
        value = line["value"]
        if value["is"] == "answers":
            return bool(value["statistic"] == "distribution")
        return bool(value["is"] == "fuzzy evaluation" or line["kind"] == "distribution")

    # ------------------------------------------------------------ what was measured

    def _measured(self, path: str) -> Found:
        line, given = self.lines[path], self.measures.get(path, {"state": MISSING})
        if "state" in given:
            return Found(given["state"], raw=given)
        if "shares" in given:
            return Found(VALUE, shares=tuple(F(s) for s in given["shares"]))
        if "periods" in given:
            return Found(VALUE, sum((F(n) for n in given["periods"].values()), F(0)), raw=given)
        if "cases" in given:
            cases = [F(c) for c in given["cases"]]
            if not cases:
                return Found(NO_ANSWERS, raw=given)
            sampled = line["value"].get("sentence") is not None
            state = FEW if sampled and len(cases) < line["minimum_sample"] else VALUE
            return Found(state, mean(cases), raw=given)
        return Found(VALUE, F(given["value"]), raw=given)

    def _start(self, path: str) -> Found:
        """The value before any conversion: measured, or made of parts."""
        line = self.lines[path]
        kind = line["value"]["is"]
        if kind in ("observed", "answers"):
            return self.once("measured", path)
        found = {
            "combined": self.combined,
            "added": self.added,
            "deducted": self.deducted,
            "computed": self.computed,
            "fuzzy evaluation": self.fuzzy,
        }[kind](line)
        return self.logarithm(line, found)

    def logarithm(self, line: Json, found: Found) -> Found:
        return value_found(ln(found.number)) if line["logarithm"] and found.number is not None else found

    def _plain(self, path: str) -> Found:
        """Before units are compared."""
        line = self.lines[path]
        found: Found = self.once("start", path)
        if line["value"]["is"] in ("observed", "answers") and found.there:
            return self.logarithm(line, found)
        return found

    def _reading(self, path: str) -> Found:
        """What rules, vetoes and formulas see: the value on the scale of the line."""
        line = self.lines[path]
        found: Found = self.once("plain", path)
        if not found.there:
            return found
        if line["over_units"]:
            found = value_found(self.among_units(line, found.number or F(0)))
        if line["scale"] and found.number is not None:
            return value_found(self.on_scale(line, found.number))
        return found

    def on_scale(self, line: Json, x: F) -> F:
        """Straight from point to point; lower is better reads the scores backwards."""
        s = line["scale"]
        points = [(s["low"], s["to_low"]), *s["between"], (s["high"], s["to_high"])]
        values, scores = [F(v) for v, _ in points], [F(t) for _, t in points]
        if line["lower_is_better"] and not line["over_units"]:
            scores.reverse()
        low, high = min(values[0], values[-1]), max(values[0], values[-1])
        if not line["clamped"] and not low <= x <= high:
            raise Stop(ERROR)
        x = min(high, max(low, x))
        if line["log_scale"]:
            x, values = ln(x), [ln(v) for v in values]
        n = 1
        while n < len(values) - 1 and x > values[n]:
            n += 1
        return scores[n - 1] + (x - values[n - 1]) * (scores[n] - scores[n - 1]) / (values[n] - values[n - 1])

    def among_units(self, line: Json, x: F) -> F:
        """The place of a value among those of all units."""
        plain: list[Found] = [unit.once("plain", line["path"]) for unit in self.group]
        values = sorted(found.number for found in plain if found.number is not None and found.there)
        shares = "share" in line["over_units"]
        if (values[0] == values[-1] and not shares) or (shares and values[0] <= 0):
            raise Stop(UNRATED)
        turned = line["lower_is_better"]
        bottom, top = [F(n) for n in line["over_units_to"] or (0, line["full"])]
        worse = sum(1 for v in values if (v > x if turned else v < x))
        equal = values.count(x)
        match line["over_units"]:
            case "min-max":
                part = (values[-1] - x if turned else x - values[0]) / (values[-1] - values[0])
                return bottom + part * (top - bottom)
            case "share of the best":
                return top * (values[0] / x if turned else x / values[-1])
            case "share of the mean":
                return top * (mean(values) / x if turned else x / mean(values))
            case "percentile":
                return 100 * (worse + F(equal, 2)) / len(values)
            case "ranks":
                return bottom + (worse + F(equal - 1, 2)) / (len(values) - 1) * (top - bottom)
            case _:
                z = (x - mean(values)) / spread(values, 1 if "n-1" in line["over_units"] else 0)
                return -z if turned else z

    # ------------------------------------------------------------ parts

    def parts(self, line: Json) -> list[Json]:
        if line["value"]["is"] == "computed":
            return [self.lines[path] for path in refs(line["value"]["formula"])]
        children = [self.lines[path] for path in line["children"]]
        return [child for child in children if child["counts"] or not line["counts"]]

    def left_out(self, part: Json, found: Found) -> bool:
        if found.state == INAPPLICABLE:
            return True
        return found.state not in (VALUE, ERROR) and part["missing"] == "renormalise"

    def kept_parts(self, line: Json) -> list[tuple[Json, Found]]:
        """The parts that take part; a part that may not be left out stops the whole."""
        every: list[tuple[Json, Found]] = [(part, self.end(part)) for part in self.parts(line)]
        for part, found in every:
            if not found.there and not self.left_out(part, found):
                raise Stop(passed_up(found.state))
        kept = [(part, found) for part, found in every if found.there]
        if not kept:
            every_inapplicable = bool(every) and all(found.state == INAPPLICABLE for _, found in every)
            raise Stop(INAPPLICABLE if every_inapplicable else MISSING)
        if len(kept) < line["minimum_sample"]:
            raise Stop(FEW)
        return kept

    def end(self, part: Json) -> Found:
        """What a mean, a sum or a formula takes from a part: its score, or what was measured where it has none."""
        if part["value"]["is"] == "grouped":
            return self.once("loss", part["path"])
        bare = not self.is_scored(part) or self.losing_only(part)
        return self.once("reading" if bare and not self.of_grades(part) else "score", part["path"])

    def combined(self, line: Json) -> Found:
        kept = self.kept_parts(line)
        method = line["value"]["method"]
        numbers = [F(n) for n in line["value"]["numbers"]]
        kept = self.some_of(method, numbers, kept)
        scores = [found.number or F(0) for _, found in kept]
        if method in ("worst of all", "best of all", "median of all", "median"):
            pick = {"worst of all": min, "best of all": max}.get(method, middle)
            return value_found(pick(scores))
        equal = method == "equal weights"
        weights = [F(1) if equal or part["share"] is None else F(part["share"]) for part, _ in kept]
        if not sum(weights):
            raise Stop(MISSING)
        if method == "power mean":
            return value_found(power_mean(scores, weights, numbers[0]))
        if method == "geometric mean":
            return value_found(
                geometric([s for s, w in zip(scores, weights, strict=True) if w], [w for w in weights if w])
            )
        if method == "harmonic mean":
            return value_found(
                harmonic([s for s, w in zip(scores, weights, strict=True) if w], [w for w in weights if w])
            )
        return value_found(sum((s * w for s, w in zip(scores, weights, strict=True)), F(0)) / sum(weights))

    def some_of(self, method: str, numbers: list[F], kept: list[tuple[Json, Found]]) -> list[tuple[Json, Found]]:
        """The best or the worst so many, or those left without the highest and the lowest."""
        falling = sorted(kept, key=lambda pair: -(pair[1].number or F(0)))
        if method == "mean of the best":
            return falling[: int(numbers[0])]
        if method == "mean of the worst":
            return falling[-int(numbers[0]) :]
        return falling[int(numbers[0]) : len(falling) - int(numbers[1])] if method == "trimmed mean" else kept

    def added(self, line: Json) -> Found:
        kept = self.kept_parts(line)
        full, reachable = F(line["full"]), sum((F(part["full"]) for part, _ in kept), F(0))
        if not reachable:
            raise Stop(MISSING)
        total = sum((found.number or F(0) for _, found in kept), F(0))
        if len(kept) < len(self.parts(line)):
            total = total * full / reachable
        return value_found(min(full, max(F(0), total)))

    def losses(self, line: Json) -> F:
        every: list[Found] = [self.once("loss", part["path"]) for part in self.parts(line)]
        for found in every:
            if not found.there and found.state != INAPPLICABLE:
                raise Stop(passed_up(found.state))
        if every and not any(found.there for found in every):
            raise Stop(INAPPLICABLE)
        total = sum((found.number or F(0) for found in every if found.there), F(0))
        cap = number_of(line["item"]["cap"]) if line["item"] else None
        return total if cap is None else min(cap, total)

    def deducted(self, line: Json) -> Found:
        full = F(line["full"])
        return value_found(min(full, max(F(0), full - self.losses(line))))

    def computed(self, line: Json) -> Found:
        formula, kept = line["value"]["formula"], self.kept_parts(line)
        known = {part["path"]: found.number or F(0) for part, found in kept}
        absent = [self.end(part) for part in self.parts(line) if part["path"] not in known]
        if not absent:
            x = worked(formula, known)
        else:
            shares = shares_in(formula)
            if shares is None or sum(shares.values()) != 1:
                raise Stop(passed_up(absent[0].state))
            rest = sum((shares[path] for path in known), F(0))
            if not rest:
                raise Stop(MISSING)
            x = sum((shares[path] * known[path] for path in known), F(0)) / rest
        converted = line["scale"] or line["over_units"] or line["logarithm"]
        if line["kind"] == "score" and not converted:
            x = min(F(line["full"]), max(F(0), x))
        return value_found(x)

    def fuzzy(self, line: Json) -> Found:
        kept = self.kept_parts(line)
        weights = [F(1) if part["share"] is None else F(part["share"]) for part, _ in kept]
        if not sum(weights):
            raise Stop(MISSING)
        weights = [w / sum(weights) for w in weights]
        grades = range(len(line["value"]["grades"]))
        pairs = [[(w, found.shares[j]) for w, (_, found) in zip(weights, kept, strict=True)] for j in grades]
        b = {
            "weighted average": [sum((w * r for w, r in column), F(0)) for column in pairs],
            "max-min": [max(min(w, r) for w, r in column) for column in pairs],
            "max-product": [max(w * r for w, r in column) for column in pairs],
        }[line["value"]["operator"]]
        if sum(b):
            b = [one / sum(b) for one in b]
        return Found(VALUE, shares=tuple(b))

    # ------------------------------------------------------------ a score, its conversion and its end

    def _unvetoed(self, path: str) -> Found:
        line = self.lines[path]
        found: Found = self.scored(line)
        lost = found.state not in (VALUE, ERROR, INAPPLICABLE)
        if lost and line["missing"] in ("zero", "full marks") and (self.is_scored(line) or self.of_grades(line)):
            return self.substitute(line)
        return found

    def scored(self, line: Json) -> Found:
        """The score by itself; ends with a state where there is none."""
        try:
            found: Found = self.item_score(line) if line["item"] else self.once("reading", line["path"])
            if not found.there:
                return found
            value = line["value"]
            if value["is"] == "fuzzy evaluation" and value["score"]:
                found = self.defuzzified(line, found)
            collected = value["is"] in ("observed", "answers")
            if collected and not (line["item"] or line["scale"] or line["over_units"] or self.of_grades(line)):
                found = value_found(self.marked(line, found.number or F(0)))
            return self.in_points(line, found)
        except Stop as stop:
            return Found(stop.state)

    def marked(self, line: Json, x: F) -> F:
        """A value that is a score already."""
        full, turned = F(line["full"]), line["lower_is_better"]
        if line["kind"] == "yes/no":
            return full if (x != 0) != turned else F(0)
        if line["kind"] == "rate":
            return min(F(100), max(F(0), 100 - x if turned else x))
        most = {"score": max(full, F(100)), "points": full}.get(line["kind"])
        if most is not None and not 0 <= x <= most:
            raise Stop(ERROR)
        return x

    def in_points(self, line: Json, found: Found) -> Found:
        """Of 100, where the heading above counts points."""
        above = self.above.get(line["path"])
        own = line["item"] or line["value"]["is"] in ("added", "deducted") or line["kind"] in ("points", "yes/no")
        if above is None or above["value"]["is"] not in ("added", *LOSING) or own or not self.is_scored(line):
            return found
        return replace(found, number=(found.number or F(0)) * F(line["full"]) / 100)

    def defuzzified(self, line: Json, found: Found) -> Found:
        values = [F(value) for _, value in line["value"]["grades"]]
        if not any(found.shares):
            raise Stop(UNRATED)
        if line["value"]["by_membership"]:
            number = min(v for v, b in zip(values, found.shares, strict=True) if b == max(found.shares))
        else:
            number = sum((v * b for v, b in zip(values, found.shares, strict=True)), F(0)) / sum(found.shares)
        return replace(found, number=number)

    def substitute(self, line: Json) -> Found:
        best = line["missing"] == "full marks"
        value = line["value"]
        if self.of_grades(line) and not (value["is"] == "fuzzy evaluation" and value["score"]):
            grades = len(self.above[line["path"]]["value"]["grades"])
            return Found(VALUE, shares=tuple(F(n == (0 if best else grades - 1)) for n in range(grades)))
        return value_found(self.full(line) if best else F(0))

    def _vetoed(self, path: str) -> Found:
        """Vetoes in the written order: a score replaces, a ceiling lowers, the worst demanded grade stands."""
        line, found = self.lines[path], self.once("unvetoed", path)
        if not line["vetoes"] or not found.there:
            return found
        x, demanded = found.number, [found.forced] if found.forced else []
        for veto in line["vetoes"]:
            watched = self.lines[veto["path"]]
            seen: Found = found if veto["path"] == path else self.watched(watched)
            if not seen.there:
                forgiven = watched["missing"] in ("renormalise", "full marks") and seen.state != ERROR
                if seen.state == INAPPLICABLE or forgiven:
                    continue
                raise Stop(passed_up(seen.state))
            if holds(seen.number or F(0), veto["comparison"], F(veto["bound"])):
                x = F(veto["score"]) if veto["score"] is not None else x
                x = min(x, F(veto["ceiling"])) if veto["ceiling"] is not None else x
                demanded += [veto["grade"]] if veto["grade"] is not None else []
        return replace(found, number=x, forced=worst_grade(line["bands"], demanded))

    def watched(self, line: Json) -> Found:
        """What was measured, of a heading its score."""
        converted = line["scale"] or line["over_units"] or line["logarithm"]
        measured = line["value"]["is"] in ("observed", "answers") or converted
        return self.once("reading", line["path"]) if measured else self.end(line)

    def _score(self, path: str) -> Found:
        line, found = self.lines[path], self.once("vetoed", path)
        if line["rounding"] and path != self.scheme["result"] and found.number is not None:
            return replace(found, number=rounded(found.number, line["rounding"]))
        return found

    def _loss(self, path: str) -> Found:
        """What the deduction above loses."""
        line = self.lines[path]
        if not self.losing_only(line):
            score: Found = self.once("score", path)
            return value_found(self.full(line) - (score.number or F(0))) if score.there else Found(score.state)
        found = self.own_loss(line)
        if line["rounding"] and found.number is not None:
            found = replace(found, number=rounded(found.number, line["rounding"]))
        return found

    def own_loss(self, line: Json) -> Found:
        if line["value"]["is"] == "grouped":
            return value_found(self.losses(line))
        account = self.once("item", line["path"])
        if not isinstance(account, Found):
            return value_found(account["taken"] - account["given"])
        if account.state in (ERROR, INAPPLICABLE) or line["missing"] not in ("zero", "full marks"):
            return account
        if line["missing"] == "full marks":
            return value_found(F(0))
        return value_found(self.most_lost(line["item"]))

    def most_lost(self, item: Json) -> F:
        """All that the caps allow; without a cap nobody can say."""
        if item["cap"] is not None:
            return F(item["cap"])
        caps = [rule["cap"] for rule in item["rules"] if rule["effect"]["is"] in ("deduct", "share")]
        if caps and None not in caps:
            return sum((F(cap) for cap in caps), F(0))
        if item["full"] is None:
            raise Stop(ERROR)
        return F(item["full"])

    def item_score(self, line: Json) -> Found:
        account = self.once("item", line["path"])
        if isinstance(account, Found):
            return account
        full = self.full(line)
        x = max(F(0), account["base"] - account["taken"] + account["given"])
        x = x if line["item"]["exceed"] else min(full, x)
        x = min([x, *account["ceilings"]])
        return Found(VALUE, x, forced=worst_grade(line["bands"], account["grades"]))

    def _item(self, path: str) -> Any:
        from tests.reference.items import account

        return account(self, self.lines[path])


def passed_up(state: str) -> str:
    """What a part's state makes of the whole."""
    return UNRATED if state in (FEW, UNRATED) else state
