"""The rules of one item, for the second evaluator: what each sees, how often it acts, what it costs.

The order of effects (docs/language.md, section 4): the base; deductions and additions as written, each period's cap,
then the rule's, then the item's; the score within [0, F]; ceilings and grades last.
"""

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction as F
from math import ceil, floor

from tests.reference.figures import MINUTES, ONE, ZERO, Found, Json, Stop, divided, inside, worst_grade

EACH = ("step trigger", "count trigger", "late trigger")
EVENTS = ("count trigger", "late trigger", "condition trigger")
BASES = ("score", "full marks", "no marks", "proportion")
COSTS = ("deduct", "share")
WHOLE = {"whole steps only": floor, "part steps count as whole steps": ceil, "part steps pro rata": F}


@dataclass(eq=False)
class Use:
    """One rule at work: how often it acts (in each period too), the value and the points of one time, what it changed."""

    rule: Json
    times: F = ZERO
    x: F = ZERO
    each: F = ZERO
    periods: dict[str, F] = field(default_factory=dict[str, F])
    points: F = ZERO


def in_unit(amount: F, unit: str, wanted: str) -> F:
    """An amount of time in another unit; of anything else as it is."""
    timed = unit in MINUTES and wanted in MINUTES
    return amount * MINUTES[unit] / MINUTES[wanted] if timed else amount


def in_force(values: list[Json], day: str | None, unit: str) -> F | None:
    """The latest value whose day has come (ISO dates compare as texts)."""
    begun = [v for v in values if v["since"] is None or (day is not None and v["since"] <= day)]
    latest = max(begun, key=lambda v: v["since"] or "", default=None)
    return None if latest is None else in_unit(latest["amount"], latest["unit"], unit)


def prepare(line: Json, source: Json, rule: Json, day: str | None) -> None:
    """Says in the unit of what a rule sees from where it counts and by what size, and which side is the good one."""
    rules, trigger, parts = line["item"]["rules"], rule["trigger"], rule["parts"]
    unit = "point" if source["converted"] else source["unit"]
    target, limit = (in_force(source[one] or line[one], day, unit) for one in ("target", "limit"))
    late = [r["trigger"]["is"] == "late trigger" and r["trigger"]["unit"] is None for r in rules]
    readers = [is_late for r, is_late in zip(rules, late, strict=True) if r["measure"] == source["path"]]
    timed = source["kind"] == "duration" and not (any(readers) and all(readers) and source["looked_up"])
    size, bound = ONE, target
    match trigger["is"]:
        case "step trigger" if trigger["size"]["unit"] == "percent":
            size = abs(target or ZERO) * trigger["size"]["amount"] / 100
        case "step trigger":
            size = in_unit(trigger["size"]["amount"], trigger["size"]["unit"], unit)
        case "late trigger":
            size = trigger["per"] * (in_unit(ONE, trigger["unit"], unit) if timed and trigger["unit"] else ONE)
            bound = (limit or ZERO) if timed or trigger["unit"] is None else ZERO
            parts = "part steps count as whole steps" if trigger["started"] else parts
        case "range trigger":
            span = trigger["interval"]
            span |= {end: in_unit(span[end], span["unit"], unit) for end in ("low", "high")}
        case _:
            size = trigger.get("per")
    low = line["lower_is_better"] or any(above_is_bad(one) for one in rules)
    rule |= {"target": target, "bound": bound, "size": size, "parts": parts, "timed": timed, "low_is_good": low}
    points = rule["effect"].get("points", {"amount": line["marks"]})["amount"]
    rule |= {"does": rule["effect"]["is"], "when": trigger["is"], "points": points}


def above_is_bad(rule: Json) -> bool:
    """A rule takes above the target, gives below it, or calls it missed above."""
    said = (rule["trigger"]["is"], rule["trigger"].get("side"), rule["effect"]["is"])
    steps = (("step trigger", "above", "deduct"), ("step trigger", "below", "add"))
    return said in steps or said[:2] == ("target trigger", "above")


def times(rule: Json, found: Found) -> F:
    """How often a rule acts on a single value, or on cases that are judged one by one."""
    trigger, bound, size, xs = rule["trigger"], rule["bound"], rule["size"], found.cases
    cases = [found.number] if xs is None else xs
    match rule["when"]:
        case "count trigger":
            return F(floor((found.number if xs is None else len(xs)) / size))
        case "late trigger" if trigger["unit"] is None:
            late = found.number if xs is None and not rule["timed"] else F(sum(x > bound for x in cases))
            return F(floor(late / size))
        case "step trigger" | "late trigger":
            sign = -1 if trigger.get("side") == "below" else 1
            steps = [divided(max(ZERO, sign * (x - bound)), size) for x in cases]
            return sum((F(WHOLE[rule["parts"]](step)) for step in steps), ZERO)
        case "range trigger":
            return F(any(inside(x, trigger["interval"]) for x in cases))
        case "target trigger":
            low = rule["low_is_good"] if trigger["side"] is None else trigger["side"] == "above"
            return F(all(x <= bound if low else x >= bound for x in cases) == trigger["met"])
        case "condition trigger":
            return F(any(cases))
        case _:
            return ONE


def look(line: Json, rule: Json, seen: Found, chosen: Found | None) -> Use:
    """What one rule makes of what was seen, and of the assessor's amount where that is a measure of its own."""
    for found in (seen, chosen or seen):
        if not found.there and (found.cases != [] or rule["does"] == "proportion"):
            raise Stop(found.state)
    if rule["target"] is None and (rule["when"] in ("step trigger", "target trigger") or rule["does"] == "proportion"):
        raise Stop("error")
    effect, often = rule["effect"], times(rule, seen)
    use = Use(rule, often, seen.number, rule["points"])
    if effect.get("most"):
        low, high, use.each = use.each, effect["most"]["amount"], (chosen or seen).number
        if chosen is None:
            fits = use.x == 0 or (low <= use.x and (use.x <= high or rule["when"] in EACH))
        else:
            fits = low * often <= use.each <= high * often
        if not fits:
            raise Stop("error")
        use.times = F(bool(use.each))
    elif line["item"]["period_cap"] is not None:
        if seen.periods is None:
            raise Stop("missing")
        known = {name: found for name, found in seen.periods.items() if found.there or found.cases is not None}
        use.periods = {name: times(rule, found) for name, found in known.items()}
        use.times = sum(use.periods.values(), ZERO)
    return use


def account(line: Json, attempts: list[Use | Found]) -> Found:
    """The score of the item, or what it takes from a deduction; it stops where a rule that matters sees nothing."""
    item, full, rules = line["item"], line["marks"], line["item"]["rules"]
    lost = [found.state for found in attempts if isinstance(found, Found)]
    unknown = [state for state in lost if state != "not applicable"]
    forgiven = line["missing"] == "full marks" and len(unknown) < len(rules) and "error" not in unknown
    if (unknown and not forgiven) or len(lost) == len(rules):
        raise Stop((unknown if unknown and not forgiven else lost)[0])
    uses = [
        Use(rule, each=rule["points"]) if isinstance(one, Found) else one
        for rule, one in zip(rules, attempts, strict=True)
    ]
    base, ends = (full, False) if line["losing"] else set_base(uses, full)
    taken, given = (ZERO, ZERO) if ends else settle(uses, item, full, base)
    score = max(ZERO, base - taken + given)
    ceilings = [use.each for use in uses if use.rule["does"] == "ceiling" and use.times]
    score = min([score if item["exceed"] else min(full, score), *ceilings])
    grades = [use.rule["effect"]["label"] for use in uses if use.rule["does"] == "grade as" and use.times]
    told = [(use.times, use.points) for use in uses]
    return Found(taken - given if line["losing"] else score, forced=worst_grade(line["bands"], grades), rules=told)


def set_base(uses: list[Use], full: F) -> tuple[F, bool]:
    """What the item starts from, and whether that is the end (no marks)."""
    each = [use for use in uses if use.rule["does"] == "score" and use.rule["when"] in EACH]
    acting = [use for use in uses if use.rule["does"] in BASES and (use.times or use in each)]
    forfeited = [use for use in acting if use.rule["does"] == "no marks" and use.rule["when"] in EVENTS]
    if not acting:
        earned = any(u.rule["does"] == "full marks" or (u.rule["does"] == "score" and u.each == full) for u in uses)
        return (ZERO if earned and not any(use.rule["does"] in COSTS for use in uses) else full), False
    first = (forfeited or acting)[0]
    setting = each if first in each else [first]
    for use in acting:
        if use.rule["when"] == "always trigger" and use not in setting:
            use.times = ZERO  # what holds otherwise has not happened
    for use in setting:
        use.points = use.each * (use.times if use in each else 1)
    if first.rule["does"] == "proportion":
        part, of = (first.x, first.rule["target"])[:: -1 if first.rule["low_is_good"] else 1]
        first.points = full * (max(ZERO, min(ONE, part / of)) if of > 0 else part >= of)
    if first.rule["does"] == "no marks":
        first.points = ZERO
    return sum((use.points for use in setting), ZERO), first.rule["does"] == "no marks"


def settle(uses: list[Use], item: Json, full: F, base: F) -> tuple[F, F]:
    """Deductions and additions in the written order under all their caps: how much is taken and given."""
    costly = any(use.rule["does"] in COSTS for use in uses)
    used, total = Counter[str](), {True: ZERO, False: ZERO}
    for use in (use for use in uses if use.rule["does"] in ("add", *COSTS)):
        effect, takes, each = use.rule["effect"], use.rule["does"] in COSTS, use.each
        if use.rule["does"] == "share":
            each = (
                (max(ZERO, base - total[True] + total[False]) if effect["of_score"] else full) * effect["percent"] / 100
            )
        amount = each * use.times
        if item["period_cap"] is not None and takes == costly:
            parts = {name: min(each * often, item["period_cap"] - used[name]) for name, often in use.periods.items()}
            used.update(parts)
            amount = sum(parts.values(), ZERO)
        common = item["cap" if takes else "adding_cap"]
        amount = min(amount, use.rule["cap"], max(ZERO, common - total[takes]))
        total[takes] += amount
        use.points = -amount if takes else amount
    return total[True], total[False]
