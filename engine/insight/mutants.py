"""What could be changed in a policy without any case noticing: mutants of the checked policy, and who survives.

A mutant differs from the policy in one number or one choice: a weight moved to its neighbour, a band's edge, which
band owns the edge, a step, a deduction, a cap, a target, a time limit, the choice on part steps, a veto's bound. It is
made from the checked policy, never from its text. A case notices a mutant when it no longer ends as expected.
(Mutation adequacy: DeMillo, Lipton and Sayward, Hints on test data selection, Computer 11(4), 1978.)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from engine.diagnostics import Refused
from engine.evaluation.assessment import Asking, Collected, collect, score, scored
from engine.insight.cases import Prepared, Trial
from engine.insight.testing import Verdict, compared, run_of, spoken_of
from engine.language.formulas import Constant, Formula, Operation
from engine.language.policy import (
    CheckedScheme,
    Computed,
    DatedValue,
    GradeBand,
    Indicator,
    ItemRule,
    Policy,
)
from engine.language.syntax import Add, CountTrigger, Deduct, Parts, Score, StepTrigger
from engine.source import Span

_MOVED = Fraction(1, 20)  # 5 % of the whole, from one weight to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of a scheme at `span`.

    `what`: weight, number (of a formula), edge, owner (of an edge), step, points, cap, target, limit, parts or veto.
    `said`: the sentence, the label or the edge it stands in. `was`, `now`: the numbers, or the choices.
    """

    what: str
    indicator: Indicator
    span: Span
    scheme: CheckedScheme
    was: Fraction | Parts | str
    now: Fraction | Parts | str
    said: str | Fraction = ""


def mutants(policy: Policy) -> tuple[Mutant, ...]:
    """All mutants of a policy, in its order."""
    begin = policy.header.effective_from
    found = [mutant for scheme in policy.schemes for mutant in _of_scheme(scheme, begin)]
    return tuple(sorted(found, key=lambda one: one.span.start))


def survivors(prepared: Prepared, verdicts: Sequence[Verdict]) -> tuple[Mutant, ...]:
    """The mutants no case notices. Only cases that end as expected can notice something; data are read once."""
    policy = prepared.policy
    if policy is None:
        return ()
    passed = sorted((v.trial for v in verdicts if v.passed), key=lambda trial: trial.folder is not None)
    data = _data(policy, passed)
    return tuple(
        mutant for mutant in mutants(policy) if not any(_notices(policy, mutant, trial, data) for trial in passed)
    )


_Data = Mapping[tuple[object, ...], Collected]


def _data(policy: Policy, trials: Sequence[Trial]) -> _Data:
    """The data of the cases; those that are refused (as expected) are refused whatever the numbers of the policy."""
    found: dict[tuple[object, ...], Collected] = {}
    for trial in trials:
        case = trial.case
        if trial.folder is None or case.refused or run_of(trial) in found:
            continue
        own = replace(policy, schemes=(trial.scheme,))
        asking = Asking(folder=trial.folder, days=(), by=case.by, encoding=case.encoding)
        try:
            found[run_of(trial)] = collect(own, asking, as_of=case.as_of, period=case.period)
        except Refused:
            continue
    return found


def _notices(policy: Policy, mutant: Mutant, trial: Trial, data: _Data) -> bool:
    if trial.scheme.name != mutant.scheme.name:
        return False
    policy = replace(policy, schemes=(mutant.scheme,))
    if trial.folder is None:
        return bool(compared(trial, score(policy, mutant.scheme, trial.measures, as_of=trial.case.as_of)).wrong)
    if run_of(trial) not in data:
        return False
    result = scored(policy, data[run_of(trial)])
    chosen = spoken_of(trial.case, result.assessments)
    return len(chosen) != 1 or bool(compared(trial, chosen[0]).wrong)


# ---------------------------------------------------------------- making them


def _of_scheme(scheme: CheckedScheme, begin: date | None) -> Iterator[Mutant]:
    for indicator in scheme.indicators.values():
        yield from _weights(scheme, indicator)
        yield from _numbers(scheme, indicator)
        yield from _edges(scheme, indicator)
        yield from _dated(scheme, indicator, begin)
        yield from _items(scheme, indicator)
        yield from _vetoes(scheme, indicator)


def _changed(scheme: CheckedScheme, *indicators: Indicator) -> CheckedScheme:
    return replace(scheme, indicators={**scheme.indicators, **{each.path: each for each in indicators}})


def _weights(scheme: CheckedScheme, parent: Indicator) -> Iterator[Mutant]:
    """Of each weight 5 % of the whole (of a smaller one half) moves to the next sibling's."""
    children = [scheme.indicators[path] for path in parent.children]
    weighted = [child for child in children if child.share is not None and child.weight is not None]
    for child, next_ in zip(weighted, [*weighted[1:], *weighted[:1]], strict=True):
        if child is next_ or child.share is None or next_.share is None:
            continue
        moved = min(_MOVED, child.share / 2)
        less = replace(child, share=child.share - moved)
        more = replace(next_, share=next_.share + moved)
        yield Mutant(
            what="weight",
            indicator=child,
            span=child.span,
            scheme=_changed(scheme, less, more),
            was=child.share * 100,
            now=(child.share - moved) * 100,
            said=next_.name,
        )


def _numbers(scheme: CheckedScheme, indicator: Indicator) -> Iterator[Mutant]:
    """Each number of a formula, a twentieth more (of a number above 1: one more)."""
    if not isinstance(indicator.value, Computed):
        return
    for was, now, formula in _formulas(indicator.value.formula):
        changed = _changed(scheme, replace(indicator, value=Computed(formula=formula)))
        yield Mutant(what="number", indicator=indicator, span=indicator.span, scheme=changed, was=was, now=now)


def _formulas(formula: Formula) -> Iterator[tuple[Fraction, Fraction, Formula]]:
    """Every formula that differs in one number: what that was, what it is, the formula."""
    if isinstance(formula, Constant):
        now = formula.amount + (_MOVED if abs(formula.amount) <= 1 else 1)
        yield formula.amount, now, Constant(amount=now)
    elif isinstance(formula, Operation):
        for n, operand in enumerate(formula.operands):
            for was, now, changed in _formulas(operand):
                operands = (*formula.operands[:n], changed, *formula.operands[n + 1 :])
                yield was, now, replace(formula, operands=operands)


def _edges(scheme: CheckedScheme, indicator: Indicator) -> Iterator[Mutant]:
    """Each edge between two bands a hundredth of the scale higher, as much lower, and given to the other band."""
    step = indicator.full / 100
    for upper in indicator.bands:
        lower = next((band for band in indicator.bands if band.high is not None and band.high == upper.low), None)
        if lower is None or upper.low is None:
            continue
        given = (replace(upper, low_closed=not upper.low_closed), replace(lower, high_closed=not lower.high_closed))
        owners = (upper.label, lower.label) if upper.low_closed else (lower.label, upper.label)
        blank = Mutant(what="owner", indicator=indicator, span=upper.span, scheme=scheme, was=owners[0], now=owners[1])
        yield replace(blank, scheme=_banded(scheme, indicator, given), said=upper.low)
        for now in (upper.low + step, upper.low - step):
            moved = (replace(upper, low=now), replace(lower, high=now))
            edge = replace(blank, what="edge", was=upper.low, now=now, said=upper.label)
            yield replace(edge, scheme=_banded(scheme, indicator, moved))


def _banded(scheme: CheckedScheme, indicator: Indicator, changed: Sequence[GradeBand]) -> CheckedScheme:
    by_label = {band.label: band for band in changed}
    bands = tuple(by_label.get(band.label, band) for band in indicator.bands)
    return _changed(scheme, replace(indicator, bands=bands))


def _dated(scheme: CheckedScheme, indicator: Indicator, begin: date | None) -> Iterator[Mutant]:
    """Each target and time limit one more and one less; not those replaced before the policy itself is in force."""
    for what, values in (("target", indicator.target), ("limit", indicator.limit)):
        for number, value in enumerate(values):
            for by in () if _past(value, values, begin) else (1, -1):
                changed: tuple[DatedValue, ...] = tuple(
                    replace(each, amount=each.amount + by) if n == number else each for n, each in enumerate(values)
                )
                mutated = replace(indicator, **{what: changed})
                yield Mutant(
                    what=what,
                    indicator=indicator,
                    span=indicator.span,
                    scheme=_changed(scheme, mutated),
                    was=value.amount,
                    now=value.amount + by,
                )


def _past(value: DatedValue, values: Sequence[DatedValue], begin: date | None) -> bool:
    """Whether a later value holds already when the policy takes effect."""
    since = value.since or date.min
    return begin is not None and any(since < (other.since or date.min) <= begin for other in values)


# ---------------------------------------------------------------- rules


def _items(scheme: CheckedScheme, indicator: Indicator) -> Iterator[Mutant]:
    item = indicator.item
    if item is None:
        return
    blank = Mutant(what="cap", indicator=indicator, span=indicator.span, scheme=scheme, was="", now="")
    for name in ("cap", "adding_cap", "earning_cap", "period_cap"):
        cap: Fraction | None = getattr(item, name)
        if cap is not None:
            higher = replace(indicator, item=replace(item, **{name: cap + 1}))
            yield replace(blank, scheme=_changed(scheme, higher), was=cap, now=cap + 1)
    for number, rule in enumerate(item.rules):
        for what, was, now, other in _rules(rule):
            rules = (*item.rules[:number], other, *item.rules[number + 1 :])
            changed = _changed(scheme, replace(indicator, item=replace(item, rules=rules)))
            yield replace(blank, what=what, span=rule.span, scheme=changed, was=was, now=now, said=rule.sentence)


def _rules(rule: ItemRule) -> Iterator[tuple[str, Fraction | Parts, Fraction | Parts, ItemRule]]:
    """A rule with another step, with other points, another cap, and another choice on part steps."""
    trigger, effect = rule.trigger, rule.effect
    if isinstance(trigger, StepTrigger):
        size = trigger.size.amount
        wider = replace(trigger, size=replace(trigger.size, amount=size * 2))
        yield "step", size, size * 2, replace(rule, trigger=wider)
        for parts in Parts:
            if parts is not rule.parts:
                yield "parts", rule.parts, parts, replace(rule, parts=parts)
    if isinstance(trigger, CountTrigger):
        yield "step", trigger.per, trigger.per + 1, replace(rule, trigger=replace(trigger, per=trigger.per + 1))
    if isinstance(effect, Deduct | Add | Score):
        points = effect.points.amount
        more = replace(effect, points=replace(effect.points, amount=points * 2))
        yield "points", points, points * 2, replace(rule, effect=more)
    if rule.cap is not None:
        yield "cap", rule.cap, rule.cap + 1, replace(rule, cap=rule.cap + 1)


def _vetoes(scheme: CheckedScheme, indicator: Indicator) -> Iterator[Mutant]:
    """Each veto with a bound one higher and one lower."""
    for number, veto in enumerate(indicator.vetoes):
        for by in (1, -1):
            other = replace(veto, bound=veto.bound + by)
            vetoes = (*indicator.vetoes[:number], other, *indicator.vetoes[number + 1 :])
            yield Mutant(
                what="veto",
                indicator=indicator,
                span=veto.span,
                scheme=_changed(scheme, replace(indicator, vetoes=vetoes)),
                was=veto.bound,
                now=veto.bound + by,
                said=veto.sentence,
            )
