"""The rules of one item, for the second evaluator: what each sees, how often it acts, what it costs.

The order of effects (docs/language.md, section 4): the base, deductions and additions under caps, ceilings, grades.
"""

from collections import Counter
from fractions import Fraction as F
from math import ceil, floor, inf

from tests.reference.figures import MINUTES, ONE, ZERO, Found, Json, Stop, inside, tried, weighted, worst_grade

REPEATING = ("step trigger", "count trigger", "late trigger")
EVENTS = ("count trigger", "late trigger", "condition trigger")
BASES = ("score", "full marks", "no marks", "proportion", "interpolation")
COSTS = ("deduct", "share")
# Where steps take above the target or give below it, low is good; so it is where the target is missed above.
COSTLY = [("above", "deduct"), ("above", "share"), ("below", "add"), ("below", "score")]
WHOLE = {"whole steps only": floor, "part steps count as whole steps": ceil, "part steps pro rata": F}


def in_force(values: list[Json], day: str | None) -> F | None:
    """The latest value whose day has come (ISO dates compare as texts)."""
    begun = [v for v in values if v["since"] is None or (day is not None and v["since"] <= day)]
    return max(begun, key=lambda v: v["since"] or "")["amount"] if begun else None


def prepare(line: Json, source: Json, rule: Json, day: str | None) -> None:
    """What a rule does; from where it counts, by what size, which side is the good one."""
    rules, trigger, effect = line["item"]["rules"], rule["trigger"], rule["effect"]
    rule["when"], rule["does"] = trigger["is"], effect["is"]
    part = {"no marks": ZERO, "share": effect.get("percent")}.get(effect["is"], F(100))
    rule["each"] = effect["points"]["amount"] if "points" in effect else line["marks"] * part / 100
    rule |= {"times": ZERO, "periods": {}, "points": ZERO}  # nothing has happened, nothing is changed
    readers = [r["trigger"] for r in rules if r["measure"] == source["path"]]
    of_late_cases = all(t["is"] == "late trigger" and t["unit"] is None for t in readers)
    rule["timed"] = source["kind"] == "duration" and not (of_late_cases and source["looked_up"])
    rule["target"] = rule["bound"] = in_force(source["target"] or line["target"], day)
    rule["size"], unit = trigger.get("per", ONE), "point" if source["converted"] else source["unit"]
    if trigger["is"] == "step trigger":
        percent = trigger["size"]["unit"] == "percent"
        rule["size"] = trigger["size"]["amount"] * (abs(rule["target"]) / 100 if percent else 1)
    if trigger["is"] == "late trigger":
        limit = in_force(source["limit"] or line["limit"], day)
        rule["bound"] = (limit or ZERO) if rule["timed"] or not trigger["unit"] else ZERO
        rule["parts"] = "part steps count as whole steps" if trigger["started"] else rule["parts"]
        unit = unit if rule["timed"] else trigger["unit"] or unit
    rule["minutes"] = MINUTES.get(unit, 1)
    sides = [(r["trigger"]["side"], r["effect"]["is"]) for r in rules if r["trigger"]["is"] == "step trigger"]
    missed_above = any(r["trigger"]["is"] == "target trigger" and r["trigger"]["side"] == "above" for r in rules)
    rule["low_is_good"] = line["lower_is_better"] or missed_above or any(one in COSTLY for one in sides)


def times(rule: Json, found: Found) -> F:
    """How often a rule acts on a single value, or on cases that are judged one by one."""
    trigger, bound, size = rule["trigger"], rule["bound"], rule["size"]
    cases = [x * rule["minutes"] for x in ([found.number] if found.cases is None else found.cases)]
    match rule["when"]:
        case "count trigger":
            return F(floor((found.number if found.cases is None else len(cases)) / size))
        case "late trigger" if trigger["unit"] is None:
            single = found.cases is None and not rule["timed"]
            return F(floor((found.number if single else sum(x > bound for x in cases)) / size))
        case "step trigger" | "late trigger":
            sign = -1 if trigger.get("side") == "below" else 1
            return sum((F(WHOLE[rule["parts"]](max(ZERO, sign * (x - bound)) / size)) for x in cases), ZERO)
        case "range trigger":
            return F(any(inside(x, trigger["interval"]) for x in cases))
        case "target trigger":
            low = rule["low_is_good"] if trigger["side"] is None else trigger["side"] == "above"
            return F(all(x <= bound if low else x >= bound for x in cases) == trigger["met"])
        case when:
            return F(when == "always trigger" or any(cases))


def look(line: Json, rule: Json, readings: dict[str, Found]) -> Json:
    """A rule with how often it acts on what it sees, in each period where that counts, and the points of one time."""
    seen, chosen = readings[rule["measure"]], readings.get(rule["amount"])
    most, proportional = rule["effect"].get("most"), rule["does"] == "proportion"
    if proportional or (rule["when"] == "range trigger" and rule["does"] in ("score", "full marks", "interpolation")):
        seen = seen._replace(cases=None)  # marks are given for one value: of cases, their mean
    for found in (seen, chosen or seen):
        if not found.there and found.cases != []:
            raise Stop(found.state)
    often, each, x = times(rule, seen), rule["each"], (chosen or seen).number
    if proportional:
        part, of = (x * rule["minutes"], rule["target"])[:: -1 if rule["low_is_good"] else 1]
        each *= max(ZERO, min(ONE, part / of)) if of > 0 else part >= of
    elif rule["does"] == "interpolation":
        span, ends, x = rule["trigger"]["interval"], rule["effect"], x * rule["minutes"]
        each = weighted([ends["at_low"], ends["at_high"]], [span["high"] - x, x - span["low"]])
    elif most:
        fewest, many = (often, often) if chosen else (F(x != 0), inf if rule["when"] in REPEATING else 1)
        if not each * fewest <= x <= most["amount"] * many:
            raise Stop("error")
        often, each = F(x != 0), x
    elif line["item"]["period_cap"] < inf:
        if seen.periods is None:
            raise Stop("missing")
        periods = {name: times(rule, one) for name, one in seen.periods.items() if one.there or one.cases is not None}
        return rule | {"times": sum(periods.values(), ZERO), "periods": periods}
    return rule | {"times": often, "each": each, "periods": {"": often}}


def account(line: Json, readings: dict[str, Found]) -> Found:
    """The score of the item, or what it takes from a deduction; it stops where a rule that matters sees nothing."""
    item, full, rules = line["item"], line["marks"], line["item"]["rules"]
    looks = [tried(look, line, rule, readings) for rule in rules]
    lost = [found.state for found in looks if isinstance(found, Found)]
    unknown = [state for state in lost if state != "not applicable"]
    forgiven = line["missing"] == "full marks" and len(unknown) < len(rules) and "error" not in unknown
    if (unknown and not forgiven) or len(lost) == len(rules):
        raise Stop((unknown if unknown and not forgiven else lost)[0])
    uses = [{**rule} if isinstance(one, Found) else one for rule, one in zip(rules, looks, strict=True)]
    base, ends = (full, False) if line["losing"] else set_base(uses, item, full)
    taken, given = (ZERO, ZERO) if ends else settle(uses, item, base)
    score = max(ZERO, base - taken + given)
    ceilings = [use["each"] for use in uses if use["does"] == "ceiling" and use["times"]]
    score = min([score if item["exceed"] else min(full, score), *ceilings])
    grades = [use["effect"]["label"] for use in uses if use["does"] == "grade as" and use["times"]]
    told = [(use["times"], use["points"]) for use in uses]
    return Found(taken - given if line["losing"] else score, forced=worst_grade(line["bands"], grades), rules=told)


def set_base(uses: list[Json], item: Json, full: F) -> tuple[F, bool]:
    """What the item starts from, and whether that is the end (no marks)."""
    acting, base = [use for use in uses if use["does"] in BASES and (use["times"] or use["adds"])], ZERO
    if not acting:
        earned = any(use["does"] in ("full marks", "score") and use["each"] == full for use in uses)
        return (ZERO if earned and not any(use["does"] in COSTS for use in uses) else full), False
    alone = [use for use in acting if not use["adds"] and use["when"] != "always trigger"]
    forfeited = [use for use in alone if use["does"] == "no marks" and use["when"] in EVENTS]
    first = (forfeited or alone or [use for use in acting if use["adds"]] or acting)[0]
    for use in acting:
        if use is first or (first["adds"] and use["adds"]):
            most = min(use["cap"], item["earning_cap"] - base) if use["does"] == "score" else inf
            use["points"] = min(most, use["each"] * (use["times"] if use["adds"] else 1))
            base += use["points"]
        elif use["when"] == "always trigger":
            use["times"] = ZERO  # what holds otherwise has not happened
    return base, first["does"] == "no marks"


def settle(uses: list[Json], item: Json, base: F) -> tuple[F, F]:
    """Deductions and additions in the written order under all their caps: how much is taken and given."""
    costly = any(use["does"] in COSTS for use in uses)
    used, total = Counter[tuple[bool, str]](), {True: ZERO, False: ZERO}
    for use in (use for use in uses if use["does"] in ("add", *COSTS)):
        takes = use["does"] in COSTS
        if use["effect"].get("of_score"):
            use["each"] = max(ZERO, base - total[True] + total[False]) * use["effect"]["percent"] / 100
        cap = item["period_cap"] if takes == costly else inf
        parts = {(takes, name): min(use["each"] * n, cap - used[takes, name]) for name, n in use["periods"].items()}
        used.update(parts)
        amount = min(sum(parts.values(), ZERO), use["cap"], item["cap" if takes else "adding_cap"] - total[takes])
        total[takes] += amount
        use["points"] = -amount if takes else amount
    return total[True], total[False]
