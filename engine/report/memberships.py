"""Fuzzy evaluation on paper: how the parts' memberships make the whole's, and the whole's its score."""

from collections.abc import Iterator
from fractions import Fraction

from engine.evaluation.result import StepValue
from engine.language.policy import FuzzyEvaluation
from engine.language.syntax import Operator
from engine.report.case import Case
from engine.report.formulas import TIMES
from engine.report.numbers import marked, percent
from engine.report.words_of_calculations import OPERATORS


def membership(case: Case, _step: StepValue) -> Iterator[str]:
    """The share of each grade; of a composed one, from which shares and weights."""
    fuzzy = case.indicator.value
    shares = list(zip(case.grades, case.node.membership, strict=False))
    if not isinstance(fuzzy, FuzzyEvaluation):
        told = case.reads.listed(f"{case.reads.name(grade)} {marked(share)}" for grade, share in shares)
        yield case.reads.labelled(case.say("membership"), told)
        return
    yield case.reads.labelled(case.say("membership"), case.reads.either(OPERATORS[fuzzy.operator.value]))
    for number, (grade, share) in enumerate(shares):
        composed = _composed(case, fuzzy.operator, number)
        yield "  " + case.reads.labelled(case.reads.name(grade), f"{composed}{_becomes(case, fuzzy.operator, share)}")


def _composed(case: Case, operator: Operator, number: int) -> str:
    """Σ a·r, max(min(a, r)) or max(a·r) over the parts, for one grade."""
    pairs = [(part.node.membership[number], part.node.weight) for part in case.entry.parts if part.node.membership]
    told = [(marked(share), percent(weight)) for share, weight in pairs if weight is not None]
    match operator:
        case Operator.WEIGHTED_AVERAGE:
            return " + ".join(f"{share} {TIMES} {weight}" for share, weight in told)
        case Operator.MAX_MIN:
            return f"max({', '.join(f'min({weight}, {share})' for share, weight in told)})"
        case Operator.MAX_PRODUCT:
            return f"max({', '.join(f'{share} {TIMES} {weight}' for share, weight in told)})"


def _becomes(case: Case, operator: Operator, share: Fraction) -> str:
    if operator is Operator.WEIGHTED_AVERAGE:
        return f" = {marked(share)}"
    return f" → {case.say('normalised shares', share=marked(share))}"


def defuzzified(case: Case, step: StepValue) -> Iterator[str]:
    """The score: the grades' values weighted by their shares, or the value of the grade with the largest."""
    fuzzy = case.indicator.value
    if not isinstance(fuzzy, FuzzyEvaluation) or step.value is None:
        return
    if fuzzy.by_membership:
        yield f"{case.say('by membership')} = {marked(step.value)}"
        return
    terms = zip(fuzzy.grades, case.node.membership, strict=False)
    told = " + ".join(f"{marked(worth)} {TIMES} {marked(share)}" for (_, worth), share in terms)
    yield case.reads.labelled(case.say("by value"), f"{told} = {marked(step.value)}")
