"""How parts become one: means, sums, deductions and formulas, with states.

A part without a value is left out where its own policy says 归一 (or it is not applicable), and stops the whole
otherwise; 零分 and 满分 were put in its place before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.evaluation.arithmetic import (
    ONE,
    ZERO,
    clamped,
    divided,
    geometric_mean,
    harmonic_mean,
    less,
    median,
    minus,
    power_mean,
    times,
    total,
    weighing,
)
from engine.evaluation.figures import VALUE, Figure, Formula, Inputs, are_inexact, are_values, without
from engine.evaluation.result import Reason, State
from engine.evaluation.terms import computed, is_exact, linear_terms
from engine.language.formulas import Formula as Written
from engine.language.policy import Added, Combined, Computed, Deducted, Grouped, Indicator
from engine.language.syntax import Kind, Method, Outcome

Parts = Sequence[tuple[Indicator, Figure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How parts are mixed, as far as it is the same in every cell.

    While all parts have a value, `factors`: by what each counts in a weighted mean or sum, `shares`: their weights
    among each other. Of a formula, `terms`: its factors by path where it is a weighted sum, `whole`: they add up to 1,
    `exact`: no step of it is irrational.
    """

    factors: tuple[Fraction, ...] | None = None
    shares: tuple[Fraction, ...] | None = None
    terms: Mapping[str, Fraction] | None = None
    whole: bool = False
    exact: bool = True


def mix_of(indicator: Indicator, parts: Sequence[Indicator]) -> Mix:
    """How a heading or a formula mixes its parts."""
    match indicator.value:
        case Combined(method=(Method.WEIGHTED | Method.EQUAL) as method) if len(parts) >= indicator.minimum_sample:
            shares = _shares([_weight(part, method) for part in parts])
            return Mix(factors=shares, shares=shares)
        case Added() if len(parts) >= indicator.minimum_sample:
            shares = _shares([part.full for part in parts])
            return Mix(factors=None if shares is None else (ONE,) * len(parts), shares=shares)
        case Deducted() | Grouped():
            return Mix(factors=(ONE,) * len(parts))
        case Computed(formula=formula):
            terms, exact = linear_terms(formula), is_exact(formula)
            if terms is None:
                return Mix(exact=exact)
            factors = tuple(terms[part.path] for part in parts) if len(parts) >= indicator.minimum_sample else None
            return Mix(factors=factors, shares=factors, terms=terms, whole=total(terms.values()) == 1, exact=exact)
        case _:
            return Mix()


def _shares(weights: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    whole = total(weights)
    return tuple([divided(weight, whole) for weight in weights]) if whole else None


def combining_of(indicator: Indicator, parts: Sequence[Indicator], mix: Mix) -> Formula:
    """The score of a heading or formula from its parts, in its own points."""
    if isinstance(indicator.value, Deducted):
        return losing_of(indicator, parts, mix)
    mixed = _mixing_of(indicator, mix)

    def combined(inputs: Inputs) -> Figure:
        if mixed is not None and are_values(inputs):
            return mixed(inputs)
        return _combined(indicator, tuple(zip(parts, inputs, strict=True)), mix)

    return combined


def _combined(indicator: Indicator, parts: Parts, mix: Mix) -> Figure:
    match indicator.value:
        case Combined() as how:
            return _mean(indicator, how, parts)
        case Added():
            return _sum(indicator, parts)
        case Computed(formula=formula):
            return _formula(indicator, formula, mix, parts)
        case _:
            return _stopped(indicator, parts)


def _mixing_of(indicator: Indicator, mix: Mix) -> Formula | None:
    """The weighted mean or sum of parts that all have a value; None where they are mixed in another way."""
    factors, shares = mix.factors, mix.shares
    if not factors:
        return None
    weighted = weighing(factors)

    def mixed(parts: Inputs) -> Figure:
        value = weighted([figure.number for figure in parts])
        return Figure(VALUE, value, not mix.exact or are_inexact(parts), (), None, factors, shares)

    match indicator.value:
        case Computed():
            return lambda parts: _within_marks(indicator, mixed(parts))
        case Added():
            return lambda parts: _within_sum(indicator, mixed(parts))
        case _:
            return mixed


def _within_sum(indicator: Indicator, figure: Figure) -> Figure:
    """A sum of points stays between 0 and the full marks."""
    value = clamped(figure.number, ZERO, indicator.full)
    return figure if value is figure.value else figure._replace(value=value)


# ---------------------------------------------------------------- parts without a value


def left_out(part: Indicator, figure: Figure) -> bool:
    """Whether a part without a value is dropped and its weight shared among the others."""
    if figure.state is State.NOT_APPLICABLE:
        return True
    return figure.state not in (State.VALUE, State.ERROR) and part.missing is Outcome.RENORMALISE


def usable(indicator: Indicator, parts: Parts) -> list[bool] | Figure:
    """Which parts take part, or why the whole has no value."""
    uses = [figure.is_value for _, figure in parts]
    if any(not use and not left_out(part, figure) for use, (part, figure) in zip(uses, parts, strict=True)):
        return _stopped(indicator, parts)
    if not any(uses):
        inapplicable = bool(parts) and all(figure.state is State.NOT_APPLICABLE for _, figure in parts)
        state = State.NOT_APPLICABLE if inapplicable else State.MISSING
        return without(state, Reason.NOT_APPLICABLE if inapplicable else Reason.NOTHING_LEFT, indicator.path)
    if sum(uses) < indicator.minimum_sample:
        return without(State.BELOW_MINIMUM_SAMPLE, Reason.SMALL_SAMPLE, indicator.path)
    return uses


def _stopped(indicator: Indicator, parts: Parts) -> Figure:
    """The first part that stops the whole decides its state; a part not rated leaves the whole not rated."""
    blamed = next((f for part, f in parts if not f.is_value and not left_out(part, f)), None)
    if blamed is None:
        return without(State.ERROR, Reason.PART_WITHOUT_VALUE, indicator.path)
    return passed_on(blamed)


def passed_on(figure: Figure) -> Figure:
    """What the state of a part means for the whole above it."""
    unrated = figure.state in (State.BELOW_MINIMUM_SAMPLE, State.NOT_RATED)
    state = State.NOT_RATED if unrated else figure.state
    return Figure(state=state, reason=figure.reason, cause=figure.cause)


# ---------------------------------------------------------------- means and sums


def _mean(indicator: Indicator, how: Combined, parts: Parts) -> Figure:
    """S = Σ wᵢSᵢ / Σ wᵢ over the parts in use; or the worst, the best, the geometric mean of them."""
    uses, method = usable(indicator, parts), how.method
    if isinstance(uses, Figure):
        return uses
    uses = _chosen(how, uses, [figure for _, figure in parts])
    kept = [(part, figure) for use, (part, figure) in zip(uses, parts, strict=True) if use]
    scores = [figure.number for _, figure in kept]
    inexact = any(figure.inexact for _, figure in kept)
    if method in _OF_ALL:
        return Figure(value=_OF_ALL[method](scores), inexact=inexact)
    raw = [_weight(part, method) if use else ZERO for use, (part, _) in zip(uses, parts, strict=True)]
    whole = total(raw)
    if whole == 0:
        return without(State.MISSING, Reason.NOTHING_LEFT, indicator.path)
    shares = tuple(raw) if whole == 1 else tuple([divided(weight, whole) for weight in raw])
    if method in (Method.GEOMETRIC, Method.HARMONIC, Method.POWER):
        return _positive(indicator, how, shares, parts)
    return Figure(value=_weighted_sum(shares, parts), inexact=inexact, weights=shares, shares=shares)


def _weighted_sum(weights: Sequence[Fraction], parts: Parts) -> Fraction:
    """Σ wᵢSᵢ over the parts that have a weight."""
    pairs = [(weight, figure.number) for weight, (_, figure) in zip(weights, parts, strict=True) if weight]
    return weighing([weight for weight, _ in pairs])([value for _, value in pairs])


# Of these the scores count as they are, without weights.
_OF_ALL: Mapping[Method, Callable[[Sequence[Fraction]], Fraction]] = {
    Method.WORST: min,
    Method.BEST: max,
    Method.MEDIAN: median,
}


def _chosen(how: Combined, uses: list[bool], figures: Sequence[Figure]) -> list[bool]:
    """Which of the parts in use count: the best or the worst k, or what is left without the highest and the lowest.

    Which of two equal parts is taken does not change the mean; it is the one that stands first among the best.
    """
    if how.method not in (Method.BEST_OF, Method.WORST_OF, Method.TRIMMED):
        return uses
    falling = sorted((n for n, use in enumerate(uses) if use), key=lambda n: -figures[n].number)
    most, *rest = (int(number) for number in how.numbers)
    match how.method:
        case Method.BEST_OF:
            kept = falling[:most]
        case Method.WORST_OF:
            kept = falling[-most:]
        case _:
            kept = falling[most : len(falling) - rest[0]]
    return [n in kept for n in range(len(uses))]


def _weight(part: Indicator, method: Method) -> Fraction:
    """Equal weights count 1 each; without written weights so does every other method."""
    return ONE if method is Method.EQUAL or part.share is None else part.share


def _positive(indicator: Indicator, how: Combined, shares: tuple[Fraction, ...], parts: Parts) -> Figure:
    """The geometric mean, the harmonic one or one of powers, which only scores from 0 up have."""
    scores = [figure.number if share else ZERO for share, (_, figure) in zip(shares, parts, strict=True)]
    if any(score < 0 for score in scores):
        return without(State.ERROR, Reason.NO_GEOMETRIC_MEAN, indicator.path)
    if how.method is Method.POWER:
        return Figure(value=power_mean(scores, shares, *how.numbers), shares=shares, inexact=True)
    if how.method is Method.HARMONIC:
        inexact = any(figure.inexact for _, figure in parts)
        return Figure(value=harmonic_mean(scores, shares), shares=shares, inexact=inexact)
    return Figure(value=geometric_mean(scores, shares), shares=shares, inexact=True)


def _sum(indicator: Indicator, parts: Parts) -> Figure:
    """S = Σ Sᵢ; where parts are left out, F·ΣSᵢ/Σwᵢ over the others."""
    uses = usable(indicator, parts)
    if isinstance(uses, Figure):
        return uses
    points = [part.full if use else ZERO for use, (part, _) in zip(uses, parts, strict=True)]
    whole = total(points)
    if whole == 0:
        return without(State.MISSING, Reason.NOTHING_LEFT, indicator.path)
    factor = ONE if all(uses) else divided(indicator.full, whole)
    value = times(factor, total([figure.number for use, (_, figure) in zip(uses, parts, strict=True) if use]))
    return Figure(
        value=clamped(value, ZERO, indicator.full),
        weights=tuple(factor if use else ZERO for use in uses),
        shares=tuple([divided(p, whole) for p in points]),
        inexact=any(figure.inexact for _, figure in parts),
    )


# ---------------------------------------------------------------- deductions


def losing_of(indicator: Indicator, parts: Sequence[Indicator], mix: Mix) -> Formula:
    """What the parts of a group take, min(cap, Σ Dₗ), or what they leave of a heading's full marks,
    S = min(F, max(0, F - Σ Dₗ)). One that is not applicable takes nothing.
    """
    cap = indicator.item.cap if indicator.item else None
    group, full = isinstance(indicator.value, Grouped), indicator.full

    def lost(inputs: Inputs) -> Figure:
        if not are_values(inputs) and (stopped := _without_loss(indicator, parts, inputs)) is not None:
            return stopped
        losses = [figure.number for figure in inputs if figure.state is VALUE]
        factors = mix.factors if len(losses) == len(inputs) else tuple([ONE if f.is_value else ZERO for f in inputs])
        whole = total(losses)
        taken = cap if cap is not None and less(cap, whole) else whole
        left = taken if group else minus(full, taken)
        value = left if group else clamped(left, ZERO, full)
        linear = taken is whole and value is left
        return Figure(VALUE, value, are_inexact(inputs), (), None, factors if linear else None)

    return lost


def _without_loss(indicator: Indicator, parts: Sequence[Indicator], inputs: Inputs) -> Figure | None:
    """Why there is no sum of what the parts take; None where those without a value are not applicable."""
    if any(not figure.is_value and figure.state is not State.NOT_APPLICABLE for figure in inputs):
        strict = [replace(part, missing=Outcome.ERROR) for part in parts]
        return _stopped(indicator, tuple(zip(strict, inputs, strict=True)))
    if not any(figure.is_value for figure in inputs):
        return without(State.NOT_APPLICABLE, Reason.NOT_APPLICABLE, indicator.path)
    return None


# ---------------------------------------------------------------- formulas


def _formula(indicator: Indicator, formula: Written, mix: Mix, parts: Parts) -> Figure:
    """The formula's value; where it is a weighted sum, parts left out give their weight to the others."""
    uses = usable(indicator, parts)
    if isinstance(uses, Figure):
        return uses
    terms = mix.terms
    if not all(uses) and not mix.whole:
        return passed_on(next(figure for use, (_, figure) in zip(uses, parts, strict=True) if not use))
    inexact = any(figure.inexact for _, figure in parts) or not mix.exact
    if terms is not None:
        return _within_marks(indicator, _weighted(indicator, terms, parts, uses)._replace(inexact=inexact))
    value = computed(formula, {part.path: figure.number for part, figure in parts})
    if isinstance(value, Reason):
        return without(State.ERROR, value, indicator.path)
    return _within_marks(indicator, Figure(value=value, inexact=inexact))


def _within_marks(indicator: Indicator, figure: Figure) -> Figure:
    """A score stays between 0 and its full marks; a difference, or a number that is no score, stays as it is."""
    converted = indicator.scale is not None or indicator.over_units is not None or indicator.logarithm
    if figure.value is None or indicator.kind is not Kind.SCORE or converted:
        return figure
    value = clamped(figure.value, ZERO, indicator.full)
    return figure if value is figure.value else figure._replace(value=value, weights=None)


def _weighted(indicator: Indicator, terms: Mapping[str, Fraction], parts: Parts, uses: Sequence[bool]) -> Figure:
    """Σ factor × part; the factors of parts left out go to the others."""
    rest = sum((terms[part.path] for use, (part, _) in zip(uses, parts, strict=True) if use), ZERO)
    if not all(uses) and rest == 0:
        return without(State.MISSING, Reason.NOTHING_LEFT, indicator.path)
    factors = [terms[part.path] if use else ZERO for use, (part, _) in zip(uses, parts, strict=True)]
    weights = tuple(factors) if all(uses) else tuple(factor / rest for factor in factors)
    return Figure(value=_weighted_sum(weights, parts), weights=weights, shares=weights)
