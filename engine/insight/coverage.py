"""What of a policy no case reaches: lines, rules, caps, bands and vetoes that never came into play."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.evaluation.result import NodeResult, RuleLine, State
from engine.insight.testing import Verdict
from engine.language.policy import CheckedScheme, GradeBand, Indicator, Policy
from engine.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Something the policy says at `span` that no case brought into play.

    `what`: line (its indicator never had a value), rule, rule cap, cap, adding cap, period cap, band or veto.
    `said`: the rule's or veto's sentence, the band's label. `amount`: the points of a cap. `band`: of a band.
    """

    what: str
    indicator: Indicator
    span: Span
    said: str = ""
    amount: Fraction | None = None
    band: GradeBand | None = None


def unreached(policy: Policy, verdicts: Sequence[Verdict]) -> tuple[Unreached, ...]:
    """Everything no case reaches, in the order of the policy. What a case compares counts, not the units beside it."""
    found: list[Unreached] = []
    for scheme in policy.schemes:
        seen: dict[str, list[NodeResult]] = {path: [] for path in scheme.indicators}
        for verdict in verdicts:
            if verdict.assessment is not None and verdict.trial.scheme.name == scheme.name:
                for node in verdict.assessment.nodes:
                    seen[node.path].append(node)
        found += _of_scheme(scheme, seen)
    return tuple(sorted(found, key=lambda one: one.span.start))


def _of_scheme(scheme: CheckedScheme, seen: dict[str, list[NodeResult]]) -> Iterator[Unreached]:
    for path, indicator in scheme.indicators.items():
        nodes = seen[path]
        if not indicator.asked and all(node.state is not State.VALUE for node in nodes):
            yield Unreached(what="line", indicator=indicator, span=indicator.span)
            continue
        yield from _rules(indicator, nodes)
        yield from _caps(indicator, nodes)
        yield from _bands(indicator, nodes)
        for veto in indicator.vetoes:
            if all(node.veto != veto.sentence for node in nodes):
                yield Unreached(what="veto", indicator=indicator, span=veto.span, said=veto.sentence)


def _rules(indicator: Indicator, nodes: Sequence[NodeResult]) -> Iterator[Unreached]:
    """The rules that never acted, and the caps of single rules that never held."""
    for number, rule in enumerate(indicator.item.rules if indicator.item else ()):
        lines = [node.lines[number] for node in nodes if number < len(node.lines)]
        if not any(line.fired or line.points for line in lines):
            yield Unreached(what="rule", indicator=indicator, span=rule.span, said=rule.sentence)
        elif rule.cap is not None and not any(_held(line, rule.cap) for line in lines):
            yield Unreached(what="rule cap", indicator=indicator, span=rule.span, said=rule.sentence, amount=rule.cap)


def _held(line: RuleLine, cap: Fraction) -> bool:
    return line.capped is not None and abs(line.points) == cap


def _caps(indicator: Indicator, nodes: Sequence[NodeResult]) -> Iterator[Unreached]:
    """The caps over all rules of an item, or over the lines below a heading, that never held though something acted."""
    item = indicator.item
    if item is None or not any(node.loss or any(line.fired for line in node.lines) for node in nodes):
        return
    taken = [_together(node, -1) or abs(node.loss or 0) for node in nodes]
    given = [_together(node, 1) for node in nodes]
    earned = [sum((line.points for line in node.lines if line.effect == "score"), Fraction(0)) for node in nodes]
    caps = (item.cap, item.adding_cap, item.earning_cap)
    for what, cap, reached in zip(("cap", "adding cap", "earning cap"), caps, (taken, given, earned), strict=True):
        if cap is not None and cap not in reached:
            yield Unreached(what=what, indicator=indicator, span=indicator.span, amount=cap)
    if item.period_cap is not None:
        periods = [period for node in nodes for line in node.lines for period in line.periods]
        if all(period.capped is None for period in periods):
            yield Unreached(what="period cap", indicator=indicator, span=indicator.span, amount=item.period_cap)


def _together(node: NodeResult, sign: int) -> Fraction:
    """What the rules of an item take (-1) or give (1) together."""
    points = [line.points for line in node.lines if line.effect in ("deduct", "share", "add")]
    return abs(sum((each for each in points if each * sign > 0), Fraction(0)))


def _bands(indicator: Indicator, nodes: Sequence[NodeResult]) -> Iterator[Unreached]:
    """The bands no value lay in; a grade that a veto forced says nothing about its band."""
    reached = {node.grade if node.veto is None else node.grade_before_veto for node in nodes}
    for band in indicator.bands:
        if band.label not in reached:
            yield Unreached(what="band", indicator=indicator, span=band.span, said=band.label, band=band)
