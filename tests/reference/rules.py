"""The rules of one item, for the second evaluator: what each sees, how often it acts, what it costs.

The order of effects (docs/language.md, section 4): the base; deductions and additions as written, each period's cap,
then the rule's, then the item's; the score within [0, F]; ceilings and grades last.
"""

from collections import Counter
from fractions import Fraction as F
from math import ceil, floor
from typing import NamedTuple

from tests.reference.figures import ONE, ZERO, Found, Json, Stop, divided, in_unit, inside

EACH = ("step trigger", "count trigger", "late trigger")
EVENTS = ("count trigger", "late trigger", "condition trigger")
BASES = ("score", "full marks", "no marks", "proportion")
COSTS = ("deduct", "share")


class Look(NamedTuple):
    """How often a rule acts, in each period too; the points of one time where the assessor chose them."""

    times: F = ZERO
    x: F = ZERO
    each: F | None = None
    periods: dict[str, F] = {}  # noqa: RUF012 - nobody writes into it


class Item(NamedTuple):
    """An item at work: its score, what it takes from a deduction, by rule how often and what it changed, its grades."""

    score: F
    loss: F
    rules: list[tuple[F, F]]
    grades: list[str]


def in_force(values: list[Json], day: str | None, unit: str) -> F | None:
    """The latest value whose day has come (ISO dates compare as texts)."""
    begun = [v for v in values if v["since"] is None or (day is not None and v["since"] <= day)]
    latest = max(begun, key=lambda v: v["since"] or "", default=None)
    return None if latest is None else in_unit(latest["amount"], latest["unit"], unit)


def prepare(line: Json, source: Json, rule: Json, day: str | None) -> None:
    """Gives a rule the unit of what it sees, the target and limit in force, and which side is the good one."""
    rules, trigger = line["item"]["rules"], rule["trigger"]
    rule["unit"] = unit = "point" if source["converted"] else source["unit"]
    rule["target"] = in_force(source["target"] or line["target"], day, unit)
    rule["limit"] = in_force(source["limit"] or line["limit"], day, unit) or ZERO
    readers = [r["trigger"] for r in rules if r["measure"] == source["path"]]
    of_late_cases = bool(readers) and all(t["is"] == "late trigger" and t["unit"] is None for t in readers)
    rule["timed"] = source["kind"] == "duration" and not (of_late_cases and source["looked_up"])
    rule["parts"] = "part steps count as whole steps" if trigger.get("started") else rule["parts"]
    if "interval" in trigger:
        ends = {end: trigger["interval"][end] for end in ("low", "high") if trigger["interval"][end] is not None}
        trigger["interval"] |= {end: in_unit(x, trigger["interval"]["unit"], unit) for end, x in ends.items()}
    # low is good: said, or a rule takes above the target, gives below it, calls it missed above
    said = {(r["trigger"]["is"], r["trigger"].get("side"), r["effect"]["is"]) for r in rules}
    costly = {("step trigger", "above", "deduct"), ("step trigger", "below", "add")}
    missed = any(one[:2] == ("target trigger", "above") for one in said)
    rule["low_is_good"] = bool(said & costly) or missed or line["lower_is_better"]


def whole(steps: F, parts: str) -> F:
    """The steps that count: whole ones, started ones, or to the last part."""
    counted = {"whole steps only": floor, "part steps count as whole steps": ceil}
    return F(counted[parts](steps)) if parts in counted else steps


def times(rule: Json, found: Found) -> F:
    """How often a rule acts on a single value, or on cases that are judged one by one."""
    trigger, unit, target, limit, timed = rule["trigger"], rule["unit"], rule["target"], rule["limit"], rule["timed"]
    xs, single = [found.number] if found.cases is None else found.cases, found.cases is None
    match trigger["is"]:
        case "step trigger":
            size, sign = trigger["size"], 1 if trigger["side"] == "below" else -1
            percent = size["unit"] == "percent"
            step = abs(target) * size["amount"] / 100 if percent else in_unit(size["amount"], size["unit"], unit)
            return sum((whole(divided(max(ZERO, sign * (target - x)), step), rule["parts"]) for x in xs), ZERO)
        case "count trigger":
            return whole((xs[0] if single else F(len(xs))) / trigger["per"], "whole steps only")
        case "late trigger" if trigger["unit"] is None:
            late = xs[0] if single and not timed else F(sum(x > limit for x in xs))
            return whole(late / trigger["per"], "whole steps only")
        case "late trigger":
            size = trigger["per"] * in_unit(ONE, trigger["unit"], unit if timed else trigger["unit"])
            return sum((whole(max(ZERO, x - (limit if timed else 0)) / size, rule["parts"]) for x in xs), ZERO)
        case "range trigger":
            return F(any(inside(x, trigger["interval"]) for x in xs))
        case "target trigger":
            low = rule["low_is_good"] if trigger["side"] is None else trigger["side"] == "above"
            return F(all(x <= target if low else x >= target for x in xs) == trigger["met"])
        case "condition trigger":
            return F(any(xs))
        case _:
            return ONE


def look(line: Json, rule: Json, seen: Found, chosen: Found | None) -> Look:
    """What one rule makes of what was seen, and of the assessor's amount where that is a measure of its own."""
    for found in (seen, chosen or seen):
        if not found.there and (found is chosen or found.state == "error" or found.cases != []):
            raise Stop(found.state)
    effect, kind, x = rule["effect"], rule["trigger"]["is"], seen.number if seen.cases is None else ZERO
    if rule["target"] is None and (kind in ("step trigger", "target trigger") or effect["is"] == "proportion"):
        raise Stop("error")
    acting = times(rule, seen)
    if effect.get("most") is not None:
        low, high = effect["points"]["amount"], effect["most"]["amount"]
        amount, fits = x, x == 0 or (low <= x and (x <= high or kind in EACH))
        if chosen is not None:
            amount, fits = chosen.number, low * acting <= chosen.number <= high * acting
        if not fits:
            raise Stop("error")
        return Look(F(bool(amount)), x, amount)
    if line["item"]["period_cap"] is None:
        return Look(acting, x)
    if seen.periods is None:
        raise Stop("missing")
    known = {name: found for name, found in seen.periods.items() if found.there or found.cases is not None}
    periods = {name: times(rule, found) for name, found in sorted(known.items())}
    return Look(sum(periods.values(), ZERO), x, None, periods)


def account(line: Json, attempts: list[Look | Found]) -> Item:
    """The item from what its rules see; it stops where one that matters sees nothing."""
    item, full, rules = line["item"], line["marks"], line["item"]["rules"]
    lost = [found.state for found in attempts if isinstance(found, Found)]
    unknown = [state for state in lost if state != "not applicable"]
    forgiven = line["missing"] == "full marks" and len(unknown) < len(rules) and "error" not in unknown
    if (unknown and not forgiven) or len(lost) == len(rules):
        raise Stop((unknown if unknown and not forgiven else lost)[0])
    seen = [Look() if isinstance(found, Found) else found for found in attempts]
    points = [ZERO] * len(rules)
    base, ends = (full, False) if line["losing"] else set_base(rules, seen, full, points)
    taken, given = (ZERO, ZERO) if ends else settle(item, seen, full, base, points)
    acting = [rule["effect"] for rule, one in zip(rules, seen, strict=True) if one.times > 0]
    score = max(ZERO, base - taken + given)
    ceilings = [effect["points"]["amount"] for effect in acting if effect["is"] == "ceiling"]
    score = min([score if item["exceed"] else min(full, score), *ceilings])
    told = [(one.times, changed) for one, changed in zip(seen, points, strict=True)]
    return Item(score, taken - given, told, [effect["label"] for effect in acting if effect["is"] == "grade as"])


def set_base(rules: list[Json], seen: list[Look], full: F, points: list[F]) -> tuple[F, bool]:
    """What the item starts from, and whether that is the end (no marks)."""
    effects = [rule["effect"]["is"] for rule in rules]
    stated = [rule["effect"]["points"]["amount"] if rule["effect"]["is"] == "score" else full for rule in rules]
    each = [rule["effect"]["is"] == "score" and rule["trigger"]["is"] in EACH for rule in rules]
    acting = [n for n, effect in enumerate(effects) if effect in BASES and (seen[n].times > 0 or each[n])]
    forfeited = [n for n in acting if effects[n] == "no marks" and rules[n]["trigger"]["is"] in EVENTS]
    first = next(iter(forfeited or acting), None)
    if first is None:
        earned = any(e in ("full marks", "score") and p == full for e, p in zip(effects, stated, strict=True))
        return (ZERO if earned and not set(effects) & set(COSTS) else full), False
    setting = [n for n in acting if each[n]] if each[first] else [first]
    for n in {n for n in acting if rules[n]["trigger"]["is"] == "always trigger"} - {*setting}:
        seen[n] = Look()  # what holds otherwise has not happened
    if effects[first] == "no marks":
        return ZERO, True
    for n in setting:
        points[n] = stated[n] * (seen[n].times if each[n] else 1)
    if effects[first] == "proportion":
        part, of = (seen[first].x, rules[first]["target"])[:: -1 if rules[first]["low_is_good"] else 1]
        points[first] = full * (max(ZERO, min(ONE, part / of)) if of > 0 else part >= of)
    return sum(points, ZERO), False


def settle(item: Json, seen: list[Look], full: F, base: F, points: list[F]) -> tuple[F, F]:
    """Deductions and additions in the written order under all their caps: how much is taken and given."""
    costly = any(rule["effect"]["is"] in COSTS for rule in item["rules"])
    used, total = Counter[str](), {True: ZERO, False: ZERO}
    for n, (rule, one) in enumerate(zip(item["rules"], seen, strict=True)):
        effect, takes = rule["effect"], rule["effect"]["is"] in COSTS
        if effect["is"] == "share":
            of = max(ZERO, base - total[True] + total[False]) if effect["of_score"] else full
            each = of * effect["percent"] / 100
        elif effect["is"] in ("deduct", "add"):
            each = effect["points"]["amount"] if one.each is None else one.each
        else:
            continue
        amount = each * one.times
        if item["period_cap"] is not None and takes == costly:
            parts = {name: min(each * often, item["period_cap"] - used[name]) for name, often in one.periods.items()}
            used.update(parts)
            amount = sum(parts.values(), ZERO)
        common = item["cap" if takes else "adding_cap"]
        left = None if common is None else max(ZERO, common - total[takes])
        amount = min([amount, *(cap for cap in (rule["cap"], left) if cap is not None)])
        total[takes] += amount
        points[n] = -amount if takes else amount
    return total[True], total[False]
