"""The rules of one item, for the second evaluator: what each sees, how often it acts, what it costs.

The order of effects (docs/language.md, section 4): the base; deductions and additions as written, each period's cap,
then the rule's, then the item's; the score within [0, F]; ceilings and grades last.
"""

from fractions import Fraction as F
from math import ceil, floor
from typing import TYPE_CHECKING

from tests.reference.numbers import ERROR, INAPPLICABLE, MISSING, Found, Json, Stop, in_unit, inside, number_of

if TYPE_CHECKING:
    from tests.reference.evaluator import Unit

Seen = list[tuple[F, int]]
EACH = ("step trigger", "count trigger", "late trigger")
EVENTS = ("count trigger", "late trigger", "condition trigger")


class Sight:
    """What one rule looks at: values, each so often, against its target and its limit."""

    def __init__(self, unit: "Unit", line: Json, rule: Json) -> None:
        source = unit.lines[rule["measure"]]
        converted = source["scale"] or source["over_units"] or source["logarithm"]
        self.rule, self.trigger = rule, rule["trigger"]
        self.unit = "point" if converted else source["unit"]
        self.target = in_force(source["target"] or line["target"], unit.day, self.unit)
        self.limit = in_force(source["limit"] or line["limit"], unit.day, self.unit) or F(0)
        self.turned = turned(line)
        readers = [r["trigger"] for r in line["item"]["rules"] if r["measure"] == source["path"]]
        counts_cases = all(t["is"] == "late trigger" and t["unit"] is None for t in readers)
        looked_up = source["value"]["is"] == "observed" and not (
            source["value"]["sentence"] and source["value"]["sentence"]["is"] != "look up"
        )
        self.timed = source["kind"] == "duration" and not (readers and counts_cases and looked_up)

    def times(self, values: Seen, single: bool) -> F:
        """How often the rule acts on these values; a single value is judged as it is, cases one by one."""
        trigger = self.trigger
        match trigger["is"]:
            case "step trigger":
                size, sign = self.step(), 1 if trigger["side"] == "below" else -1
                return sum((n * whole(max(F(0), sign * (self.goal() - x)) / size, self.rule) for x, n in values), F(0))
            case "count trigger":
                return F(floor((values[0][0] if single else F(sum(n for _, n in values))) / F(trigger["per"])))
            case "late trigger":
                return self.late(values, single)
            case "range trigger":
                return F(any(self.lies(x) for x, _ in values))
            case "target trigger":
                return F(all(self.meets(x) for x, _ in values) == trigger["met"])
            case "condition trigger":
                return F(any(x != 0 for x, _ in values))
            case _:
                return F(1)

    def goal(self) -> F:
        if self.target is None:
            raise Stop(ERROR)
        return self.target

    def step(self) -> F:
        size = self.trigger["size"]
        amount = F(size["amount"])
        found = (
            abs(self.goal()) * amount / 100 if size["unit"] == "percent" else in_unit(amount, size["unit"], self.unit)
        )
        if not found:
            raise Stop(ERROR)
        return found

    def late(self, values: Seen, single: bool) -> F:
        per, trigger = F(self.trigger["per"]), self.trigger
        if trigger["unit"] is None:
            counted = single and not self.timed
            late = values[0][0] if counted else F(sum(n for x, n in values if x > self.limit))
            return F(floor(late / per))
        size = per * in_unit(F(1), trigger["unit"], self.unit if self.timed else trigger["unit"])
        over = [(max(F(0), x - (self.limit if self.timed else 0)) / size, n) for x, n in values]
        return sum((n * (F(ceil(k)) if trigger["started"] else whole(k, self.rule)) for k, n in over), F(0))

    def lies(self, x: F) -> bool:
        span = self.trigger["interval"]
        low, high = (None if span[k] is None else in_unit(F(span[k]), span["unit"], self.unit) for k in ("low", "high"))
        return inside(x, low, high, span["low_closed"] is not False, span["high_closed"] is not False)

    def meets(self, x: F) -> bool:
        low = self.turned if self.trigger["side"] is None else self.trigger["side"] == "above"
        return x <= self.goal() if low else x >= self.goal()


def whole(k: F, rule: Json) -> F:
    """The steps that count: whole ones, started ones, or to the last part."""
    if rule["parts"] == "whole steps only":
        return F(floor(k))
    return F(ceil(k)) if rule["parts"] == "part steps count as whole steps" else k


def in_force(values: list[Json], day: str | None, unit: str) -> F | None:
    """The latest value whose day has come (ISO dates compare as texts)."""
    begun = [v for v in values if v["since"] is None or (day is not None and v["since"] <= day)]
    if not begun:
        return None
    latest = max(begun, key=lambda v: v["since"] or "")
    return in_unit(F(latest["amount"]), latest["unit"], unit)


def turned(line: Json) -> bool:
    """A low value is the good one: said, or a rule takes above the target (gives below it, calls it missed above)."""
    for rule in line["item"]["rules"]:
        side, effect = rule["trigger"].get("side"), rule["effect"]["is"]
        if rule["trigger"]["is"] == "step trigger" and (side, effect) in (("above", "deduct"), ("below", "add")):
            return True
        if rule["trigger"]["is"] == "target trigger" and side == "above":
            return True
    return bool(line["lower_is_better"])


# ---------------------------------------------------------------- one rule


def look(unit: "Unit", line: Json, rule: Json) -> Json:
    """How often one rule acts, in all and by period, and the points of one time where the assessor chose them."""
    seen: Found = unit.once("reading", rule["measure"])
    raw = seen.raw
    by_period = line["item"]["period_cap"] is not None
    if not seen.there and not (seen.state != ERROR and raw.get("cases") == []):
        raise Stop(seen.state)
    chosen: Found | None = unit.once("reading", rule["amount"]) if rule["amount"] else None
    if chosen is not None and not chosen.there:
        raise Stop(chosen.state)
    sight = Sight(unit, line, rule)
    if rule["trigger"]["is"] in ("step trigger", "target trigger") or rule["effect"]["is"] == "proportion":
        sight.goal()
    single = "cases" not in raw
    values: Seen = [(seen.number or F(0), 1)] if single else [(F(c), 1) for c in raw["cases"]]
    if rule["effect"]["is"] == "deduct" and rule["effect"]["most"] is not None:
        return chosen_by_assessor(rule, sight.times(values, single), seen.number if single else None, chosen)
    times = sight.times(values, single)
    periods: dict[str, F] | None = None
    if by_period:
        if "periods" not in raw:
            raise Stop(MISSING)
        periods = {name: sight.times([(F(n), 1)], True) for name, n in sorted(raw["periods"].items())}
        times = sum(periods.values(), F(0))
    return {"times": times, "each": None, "periods": periods, "x": seen.number if single else None, "sight": sight}


def chosen_by_assessor(rule: Json, times: F, own: F | None, chosen: Found | None) -> Json:
    """酌情扣a至b分: between a and b for each time; the measure itself is the amount where no other one is asked for."""
    low, high = F(rule["effect"]["points"]["amount"]), F(rule["effect"]["most"]["amount"])
    amount = (own if chosen is None else chosen.number) or F(0)
    if chosen is not None:
        fits = low * times <= amount <= high * times
    else:
        fits = amount == 0 or (low <= amount and (amount <= high or rule["trigger"]["is"] in EACH))
    if not fits:
        raise Stop(ERROR)
    return {"times": F(bool(amount)), "each": amount, "periods": None, "x": own, "sight": None}


# ---------------------------------------------------------------- the item


def account(unit: "Unit", line: Json) -> Json | Found:
    """Base, points taken and given, ceilings and grades, and of every rule how often it acted and what it changed."""
    item, rules = line["item"], line["item"]["rules"]
    looks: list[Json | Found] = []
    for rule in rules:
        try:
            looks.append(look(unit, line, rule))
        except Stop as stop:
            looks.append(Found(stop.state))
    lost = [found for found in looks if isinstance(found, Found) and found.state != INAPPLICABLE]
    forgiven = line["missing"] == "full marks" and len(lost) < len(rules)
    if lost and (not forgiven or any(found.state == ERROR for found in lost)):
        return lost[0]
    if all(isinstance(found, Found) for found in looks):
        return looks[0]
    nothing: Json = {"times": F(0), "each": None, "periods": {}, "x": None, "sight": None}
    seen: list[Json] = [nothing if isinstance(found, Found) else found for found in looks]
    full = unit.full(line)
    points = [F(0)] * len(rules)
    base, ends = full, False
    if not unit.losing_only(line):
        base, ends = set_base(line, seen, full, points)
    taken = given = F(0)
    if not ends:
        taken, given = settle(item, seen, full, base, points)
    acting = [rule["effect"] for rule, one in zip(rules, seen, strict=True) if one["times"] > 0]
    return {
        "base": base,
        "taken": taken,
        "given": given,
        "rules": [(one["times"], change) for one, change in zip(seen, points, strict=True)],
        "ceilings": [F(effect["points"]["amount"]) for effect in acting if effect["is"] == "ceiling"],
        "grades": [effect["label"] for effect in acting if effect["is"] == "grade as"],
    }


def set_base(line: Json, seen: list[Json], full: F, points: list[F]) -> tuple[F, bool]:
    """What the item starts from, and whether that is the end (no marks)."""
    rules = line["item"]["rules"]
    effects = [rule["effect"]["is"] for rule in rules]
    each = [e == "score" and rule["trigger"]["is"] in EACH for e, rule in zip(effects, rules, strict=True)]
    setting = ("score", "full marks", "no marks", "proportion")
    acting = [n for n, e in enumerate(effects) if e in setting and (seen[n]["times"] > 0 or each[n])]
    forfeited = [n for n in acting if effects[n] == "no marks" and rules[n]["trigger"]["is"] in EVENTS]
    if forfeited:
        return F(0), True
    if not acting:
        whole_marks = [
            e == "full marks" or (e == "score" and F(rule["effect"]["points"]["amount"]) == full)
            for e, rule in zip(effects, rules, strict=True)
        ]
        unearned = any(whole_marks) and not any(e in ("deduct", "share") for e in effects)
        return (F(0) if unearned else full), False
    first = acting[0]
    if effects[first] == "no marks":
        return F(0), True
    if each[first]:
        for n in (n for n in acting if each[n]):
            points[n] = F(rules[n]["effect"]["points"]["amount"]) * seen[n]["times"]
        return sum(points, F(0)), False
    if effects[first] == "proportion":
        points[first] = full * proportion(line, seen[first])
    else:
        points[first] = full if effects[first] == "full marks" else F(rules[first]["effect"]["points"]["amount"])
    return points[first], False


def proportion(line: Json, one: Json) -> F:
    """Value by target (where low is good, target by value), from 0 to 1."""
    above, below = one["x"] or F(0), one["sight"].target or F(0)
    if turned(line):
        above, below = below, above
    if below <= 0:
        return F(above >= below)
    return max(F(0), min(F(1), above / below))


def settle(item: Json, seen: list[Json], full: F, base: F, points: list[F]) -> tuple[F, F]:
    """Deductions and additions in the written order under all their caps: how much is taken and given."""
    costly = any(rule["effect"]["is"] in ("deduct", "share") for rule in item["rules"])
    used: dict[str, F] = {}
    total = {True: F(0), False: F(0)}
    for n, rule in enumerate(item["rules"]):
        effect, one = rule["effect"], seen[n]
        if effect["is"] not in ("deduct", "share", "add"):
            continue
        takes = effect["is"] != "add"
        if effect["is"] == "share":
            of = max(F(0), base - total[True] + total[False]) if effect["of_score"] else full
            each = of * F(effect["percent"]) / 100
        else:
            each = F(effect["points"]["amount"]) if one["each"] is None else one["each"]
        amount = each * one["times"]
        if item["period_cap"] is not None and takes == costly:
            amount = F(0)
            for name, times in (one["periods"] or {}).items():
                part = min(each * times, F(item["period_cap"]) - used.get(name, F(0)))
                used[name] = used.get(name, F(0)) + part
                amount += part
        common = number_of(item["cap" if takes else "adding_cap"])
        for cap in (number_of(rule["cap"]), None if common is None else max(F(0), common - total[takes])):
            amount = amount if cap is None else min(cap, amount)
        total[takes] += amount
        points[n] = -amount if takes else amount
    return total[True], total[False]
