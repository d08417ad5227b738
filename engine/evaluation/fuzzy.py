"""Fuzzy comprehensive evaluation: memberships composed up the tree, and the score taken from them."""

from collections.abc import Sequence
from fractions import Fraction

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.combination import Parts, usable
from engine.evaluation.figures import Figure, without
from engine.evaluation.result import Reason, State
from engine.language.policy import Indicator
from engine.language.syntax import Operator


def composed(indicator: Indicator, operator: Operator, parts: Parts) -> Figure:
    """B = A∘R: weighted average bⱼ = Σ aᵢrᵢⱼ; max-min bⱼ = maxᵢ min(aᵢ, rᵢⱼ); max-product bⱼ = maxᵢ aᵢrᵢⱼ,
    the last two divided by Σ bⱼ.
    """
    uses = usable(indicator, parts)
    if isinstance(uses, Figure):
        return uses
    kept = [(part, figure.membership) for use, (part, figure) in zip(uses, parts, strict=True) if use]
    raw = [ONE if part.share is None else part.share for part, _ in kept]
    total = sum(raw, ZERO)
    if total == 0:
        return without(State.MISSING, Reason.NOTHING_LEFT, indicator.path)
    weights = [weight / total for weight in raw]
    columns = list(zip(*(row for _, row in kept), strict=True))
    shares = tuple(_composed(operator, weights, column) for column in columns)
    whole = sum(shares, ZERO)
    spread = iter(weights)
    return Figure(
        membership=tuple(b / whole for b in shares) if whole else shares,
        shares=tuple(next(spread) if use else ZERO for use in uses),
    )


def _composed(operator: Operator, weights: Sequence[Fraction], column: Sequence[Fraction]) -> Fraction:
    pairs = list(zip(weights, column, strict=True))
    match operator:
        case Operator.WEIGHTED_AVERAGE:
            return sum((a * r for a, r in pairs), ZERO)
        case Operator.MAX_MIN:
            return max(min(a, r) for a, r in pairs)
        case Operator.MAX_PRODUCT:
            return max(a * r for a, r in pairs)


def defuzzified(
    grades: Sequence[tuple[str, Fraction]], membership: Sequence[Fraction], *, by_membership: bool
) -> Fraction:
    """Σ bⱼvⱼ/Σ bⱼ, or the value of the largest bⱼ (of equal ones, the lower grade's)."""
    values = [value for _, value in grades]
    if by_membership:
        largest = max(membership)
        return min(value for value, b in zip(values, membership, strict=True) if b == largest)
    return sum((b * v for b, v in zip(membership, values, strict=True)), ZERO) / sum(membership, ZERO)
