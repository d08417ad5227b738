"""The rules of one item at work: how much each takes or gives, within the caps, and what the item scores.

Order of effects in an item with full marks F:

1. The base is set by the first rule in the written order that acts and says 得N分, 得满分, 不得分, 按比例得分 or
   按线性插值得分.
   Something that happened (a condition, a count, a late case) and forfeits the marks (不得分) does so wherever it is
   written. Rules whose marks add up (每发生一次得2分; 有制度得4分，有记录得6分 of 10 points) hold where none of the
   others acts (少于3项不得分), each within its own cap, all within that of what is earned (最多得10分); last comes what
   has no condition (否则不得分, 按比例得分).
   If none acts, the base is F; but where a rule says what earns full marks and none says what is deducted, they were
   not earned and the base is 0.
2. 不得分 ends there. Else deductions and additions apply in the written order: the cap per period first, then
   each rule's own cap, then the item's caps; the rules written first fill a common cap first.
3. The score is clamped to [0, F]; additions may lift it above F only where the policy says so.
4. Ceilings and grades.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.evaluation.arithmetic import ONE, ZERO, less, minus, plus, times, total
from engine.evaluation.result import PeriodLine
from engine.evaluation.triggers import Firing, Yardstick, is_event
from engine.language.policy import Item, ItemRule
from engine.language.syntax import (
    Add,
    AlwaysTrigger,
    Ceiling,
    ConditionTrigger,
    CountTrigger,
    Deduct,
    Effect,
    FullMarks,
    GradeAs,
    Interpolation,
    LateTrigger,
    NoMarks,
    Proportion,
    RangeTrigger,
    Score,
    Share,
    StepTrigger,
    TargetTrigger,
    Trigger,
)

# The effects that set the base.
BASES = (Score, FullMarks, NoMarks, Proportion, Interpolation)
TRIGGERS: dict[type[Trigger], str] = {
    StepTrigger: "step",
    CountTrigger: "count",
    LateTrigger: "late",
    RangeTrigger: "range",
    TargetTrigger: "target",
    ConditionTrigger: "condition",
    AlwaysTrigger: "always",
}
EFFECTS: dict[type[Effect], str] = {
    Deduct: "deduct",
    Add: "add",
    Score: "score",
    FullMarks: "full",
    NoMarks: "none",
    Share: "share",
    Proportion: "proportion",
    Interpolation: "interpolation",
    GradeAs: "grade",
    Ceiling: "ceiling",
}

Rules = Sequence[ItemRule]
Firings = tuple[Firing, ...]


# ---------------------------------------------------------------- the base


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """Which rules of an item set its base, by number: those that do when they act, those of them whose marks add up,
    those that forfeit the marks when something happens, and what holds otherwise (否则不得分). `unset`: the
    base where none of them acts, `points`: what each rule makes of it where that is the same whenever it acts.
    """

    numbers: tuple[int, ...]
    each: frozenset[int]
    forfeiting: frozenset[int]
    otherwise: tuple[int, ...]
    unset: Fraction
    points: tuple[Fraction | None, ...]


def bases_of(rules: Rules, full: Fraction) -> Bases:
    """What the rules of an item say of its base."""
    numbers = tuple(n for n, rule in enumerate(rules) if isinstance(rule.effect, BASES))
    return Bases(
        numbers=numbers,
        each=frozenset(n for n in numbers if rules[n].adds),
        forfeiting=frozenset(n for n in numbers if isinstance(rules[n].effect, NoMarks) and is_event(rules[n].trigger)),
        otherwise=tuple(n for n in numbers if isinstance(rules[n].trigger, AlwaysTrigger)),
        unset=ZERO if must_be_earned(rules, full) else full,
        points=tuple(_fixed(rule, full) for rule in rules),
    )


def base_of(
    item: Item, bases: Bases, firings: Firings, full: Fraction, *, prefers_low: bool
) -> tuple[Fraction, bool, Firings]:
    """The base, whether it ends there (不得分), and the rules at work with the points that set it, all caps applied.

    What holds otherwise has not happened where another rule sets the base.
    """
    rules, chosen = item.rules, _base_rules(bases, firings)
    if not chosen:
        return bases.unset, False, firings
    marked, base = list(firings), ZERO
    for n in chosen:
        known, one = bases.points[n], firings[n]
        asked = _earned(rules[n], one, full, prefers_low=prefers_low) if known is None else known
        points = asked
        if isinstance(rules[n].effect, Score):
            points = _capped(asked, rules[n].cap, _rest(item.earning_cap, base))
        capped = None if points is asked or points == asked else asked
        marked[n] = one.settled(points, each=one.each, capped=capped, periods=one.periods)
        base = plus(base, points)
    for n in bases.otherwise:
        if n not in chosen:
            marked[n] = firings[n]._replace(times=ZERO, fired=False)
    return base, isinstance(rules[chosen[0]].effect, NoMarks), tuple(marked)


def _base_rules(bases: Bases, firings: Firings) -> list[int]:
    """Which rules set the base, by number: none, one, or all whose marks add up."""
    acting = [n for n in bases.numbers if firings[n].fired or n in bases.each]
    forfeits = [n for n in acting if n in bases.forfeiting] if bases.forfeiting else []
    if forfeits:
        return forfeits[:1]
    alone = [n for n in acting if n not in bases.each and n not in bases.otherwise]
    return alone[:1] or [n for n in acting if n in bases.each] or acting[:1]


def must_be_earned(rules: Rules, full: Fraction) -> bool:
    """Whether the base is 0 where no rule sets it: one says what earns full marks, none what is deducted."""
    earned = any(_gives(rule.effect, full) for rule in rules)
    return earned and not any(takes(rule.effect) for rule in rules)


def _gives(effect: Effect, full: Fraction) -> bool:
    """Whether the effect is full marks, in words or in figures."""
    return isinstance(effect, FullMarks) or (isinstance(effect, Score) and effect.points.amount == full)


def _fixed(rule: ItemRule, full: Fraction) -> Fraction | None:
    """What the rule makes of the base; None where it depends on what was seen."""
    match rule.effect:
        case Score(points=points):
            return None if rule.adds else points.amount
        case FullMarks():
            return full
        case Proportion() | Interpolation():
            return None
        case _:
            return ZERO


def _earned(rule: ItemRule, firing: Firing, full: Fraction, *, prefers_low: bool) -> Fraction:
    """Points for each, the share of the full marks by which the target is met, or those on the straight line."""
    match rule.effect:
        case Score(points=points):
            return times(points.amount, firing.times)
        case Interpolation() as line:
            slope, start = straight(line, firing.against)
            return plus(start, times(slope, firing.measured or ZERO))
        case _:
            target = firing.against.target or ZERO
            return times(full, proportion(firing.measured or ZERO, target, prefers_low=prefers_low))


def straight(line: Interpolation, against: Yardstick) -> tuple[Fraction, Fraction]:
    """Slope and intercept of p(x) = p₁ + (p₂ − p₁)(x − x₁) / (x₂ − x₁), through both ends (x, p) of a range."""
    (low, at_low), (high, at_high) = ends_of(line, against)
    slope = (at_high - at_low) / (high - low)
    return slope, at_low - slope * low


def ends_of(line: Interpolation, against: Yardstick) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]:
    """The value and the points where marks on a straight line begin, and where they end."""
    low, high, at_low, at_high = against.low, against.high, line.at_low, line.at_high
    assert low is not None and high is not None  # noqa: S101, PT018 - E508
    assert at_low is not None and at_high is not None  # noqa: S101, PT018 - E508
    return (low, at_low), (high, at_high)


def proportion(value: Fraction, target: Fraction, *, prefers_low: bool) -> Fraction:
    """min(1, x/T), where lower is better min(1, T/x), never below 0; a target of 0 is met or missed."""
    part, whole = (target, value) if prefers_low else (value, target)
    if whole <= 0:
        return ONE if part >= whole else ZERO
    return max(ZERO, min(ONE, part / whole))


# ---------------------------------------------------------------- deductions and additions


def takes(effect: Effect) -> bool:
    """Whether the effect costs points."""
    return isinstance(effect, Deduct | Share)


def settles(item: Item) -> bool:
    """Whether any rule of the item costs points or adds some."""
    return any(takes(rule.effect) or isinstance(rule.effect, Add) for rule in item.rules)


def settling_of(item: Item, full: Fraction) -> Callable[[Fraction, Firings], tuple[Fraction, Firings]]:
    """From the base and the rules at work to what the deductions take in all, and the rules with the points that each
    deduction (negative) and each addition (positive) really changes, all caps applied.
    """
    concerned = [
        (n, rule, takes(rule.effect), _each(rule.effect, full))
        for n, rule in enumerate(item.rules)
        if takes(rule.effect) or isinstance(rule.effect, Add)
    ]

    def settled(base: Fraction, firings: Firings) -> tuple[Fraction, Firings]:
        done, taken, given = list(firings), ZERO, ZERO
        left: dict[str, Fraction] = {}
        for n, rule, costs, known in concerned:
            firing = firings[n]
            each = known if firing.each is None else firing.each
            if each is None:
                each = _share_of(rule.effect, minus(plus(base, given), taken))
            asked = times(each, firing.times)
            periods = None if item.period_cap is None else _by_period(item, rule, firing, each, left)
            amount = asked if periods is None else total([period.points for period in periods])
            amount = _capped(amount, rule.cap, _rest(item.cap, taken) if costs else _rest(item.adding_cap, given))
            taken, given = (plus(taken, amount), given) if costs else (taken, plus(given, amount))
            capped = None if amount is asked or amount == asked else asked
            points = minus(ZERO, amount) if costs else amount
            done[n] = firing.settled(points, each=each, capped=capped, periods=periods or ())
        return taken, tuple(done)

    return settled


def _each(effect: Effect, full: Fraction) -> Fraction | None:
    """Points for one occurrence; None where they are a share of the score so far."""
    match effect:
        case Deduct(points=points) | Add(points=points):
            return points.amount
        case Share(percent=percent, of_score=False):
            return full * percent / 100
        case _:
            return None


def _share_of(effect: Effect, running: Fraction) -> Fraction:
    """A share of the score so far."""
    return max(ZERO, running) * effect.percent / 100 if isinstance(effect, Share) else ZERO


def _by_period(
    item: Item, rule: ItemRule, firing: Firing, each: Fraction, left: dict[str, Fraction]
) -> tuple[PeriodLine, ...] | None:
    """D = Σ_p min(c, D_p): what the rule takes in each period, of what earlier rules left of that period's cap."""
    if item.period_cap is None or takes(rule.effect) is not any(takes(r.effect) for r in item.rules):
        return None
    done: list[PeriodLine] = []
    for period in firing.periods:
        room = left.setdefault(period.period, item.period_cap)
        asked = each * period.counted
        points = min(asked, room)
        left[period.period] = room - points
        done.append(period._replace(points=points, capped=asked if points != asked else None))
    return tuple(done)


def _rest(cap: Fraction | None, used: Fraction) -> Fraction | None:
    return max(ZERO, minus(cap, used)) if cap is not None and used else cap


def _capped(amount: Fraction, *caps: Fraction | None) -> Fraction:
    for cap in caps:
        amount = cap if cap is not None and less(cap, amount) else amount
    return amount


# ---------------------------------------------------------------- the end


def total_cap(item: Item) -> Fraction | None:
    """The most that the deductions of an item can take, None where nothing bounds them."""
    if item.cap is not None:
        return item.cap
    caps = [rule.cap for rule in item.rules if takes(rule.effect)]
    bounded = [cap for cap in caps if cap is not None]
    return sum(bounded, ZERO) if caps and len(bounded) == len(caps) else item.full


def ceilings(rules: Rules, firings: Firings) -> tuple[Fraction | None, tuple[str, ...]]:
    """The lowest ceiling that acts, and the grades demanded, in the written order."""
    acting = [rule.effect for rule, firing in zip(rules, firings, strict=True) if firing.fired]
    tops = [effect.points.amount for effect in acting if isinstance(effect, Ceiling)]
    return min(tops, default=None), tuple(effect.label.text for effect in acting if isinstance(effect, GradeAs))
