"""Results beside others: another company's scores, its data assessed by the same policy, or goals.

A gap is the difference of what both report: own score less the other's. Who subtracts the printed figures gets it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from engine.data.contract import Records, Wanted
from engine.evaluation.arithmetic import weighted_mean
from engine.evaluation.cells import Cell
from engine.evaluation.formulas import reported
from engine.evaluation.ladder import is_scored, only_loses
from engine.evaluation.lookups import looked_up, rows_for
from engine.evaluation.needs import Asked
from engine.evaluation.result import Assessment, Gap, NodeResult, Reason, Result
from engine.language.policy import CheckedScheme, Header, Indicator, Observed, Policy
from engine.language.reporting import Goal
from engine.language.syntax import Kind, Unit
from engine.language.text import identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """What stands beside one indicator: its reported score, or why there is none."""

    score: Fraction | None = None
    reason: str = ""


# What a benchmark says of an indicator of an assessment; None where it does not speak of it.
Others = Callable[[Assessment, Indicator], Other | None]


def compared(policy: Policy, result: Result, benchmarks: Mapping[str, Others]) -> Result:
    """The result with its gaps to each benchmark, by name."""
    schemes = {scheme.name: scheme for scheme in policy.schemes}
    found = tuple(_beside(schemes[one.scheme], one, benchmarks) for one in result.assessments)
    return replace(result, assessments=found)


def _beside(scheme: CheckedScheme, assessment: Assessment, benchmarks: Mapping[str, Others]) -> Assessment:
    def with_gaps(node: NodeResult) -> NodeResult:
        indicator = scheme.indicators[node.path]
        if not _has_score(indicator):
            return node
        said = [(name, others(assessment, indicator)) for name, others in benchmarks.items()]
        return node._replace(gaps=tuple(_gap(name, node, other) for name, other in said if other is not None))

    return assessment._replace(nodes=tuple(with_gaps(node) for node in assessment.nodes))


def _has_score(indicator: Indicator) -> bool:
    return is_scored(indicator) and not only_loses(indicator)


def _gap(name: str, node: NodeResult, other: Other) -> Gap:
    own = node.reported
    difference = None if own is None or other.score is None else own - other.score
    return Gap(name=name, other=other.score, difference=difference, reason=other.reason)


# ---------------------------------------------------------------- goals


def goals(said: Mapping[str, Sequence[Goal]], as_of: date | None) -> Others:
    """The goals in force on the day, the same for every unit."""
    by_name = {identity(name): goal for name, goal in said.items()}

    def of(_: Assessment, indicator: Indicator) -> Other | None:
        names = [identity(name) for name in (indicator.path, indicator.key, indicator.name) if name]
        dated = next((by_name[name] for name in names if name in by_name), None)
        if dated is None:
            return None
        holding = [g for g in dated if g.since is None or (as_of is not None and g.since <= as_of)]
        return Other(score=holding[-1].amount) if holding else Other(reason=Reason.NOT_IN_FORCE.value)

    return of


# ---------------------------------------------------------------- the same policy on other data


def assessed_alike(other: Result) -> Others:
    """The scores of another result of the same policy: unit by unit, segment by segment."""
    nodes = {(_address(a), node.path): node for a in other.assessments for node in a.nodes}

    def of(assessment: Assessment, indicator: Indicator) -> Other:
        node = nodes.get((_address(assessment), indicator.path))
        if node is None or node.reported is None:
            return Other(reason=(node.reason if node else "") or Reason.NOT_COLLECTED.value)
        return Other(score=node.reported)

    return of


def _address(assessment: Assessment) -> tuple[object, ...]:
    told = (tuple(assessment.unit.items()), tuple(assessment.segment.items()))
    return (assessment.scheme, assessment.period, *told)


# ---------------------------------------------------------------- scores in a `values` source


def wanted_of(policy: Policy, source: str) -> tuple[Wanted, ...]:
    """What is looked up there: each score of the policy, by path, [key] or name."""
    indicators = {i.path: i for scheme in policy.schemes for i in scheme.indicators.values() if _has_score(i)}
    return tuple(
        Wanted(measure=i.path, also=tuple(name for name in (i.key, i.name) if name), source=source, kind=Kind.SCORE)
        for i in indicators.values()
    )


def scores_in(policy: Policy, records: Records, units: Sequence[Mapping[str, str]]) -> Others:
    """The scores a source states; a whole it does not state follows from its units as the policy's own whole does.

    `units`: those assessed.
    """
    schemes = {scheme.name: scheme for scheme in policy.schemes}
    stated = {row.measure for row in records.values}

    def stated_for(indicator: Indicator, unit: tuple[str, ...], segment: Mapping[str, str]) -> Other:
        asked = Asked(indicator=_as_collected(indicator), kind=Kind.SCORE, period=None)
        cell = Cell(unit=unit or None, segment=tuple(segment.items()))
        found = looked_up(rows_for(records.values, asked), asked, cell, records.period)
        return Other(score=found.value, reason=found.reason.value if found.reason else "")

    def of(assessment: Assessment, indicator: Indicator) -> Other | None:
        scheme = schemes[assessment.scheme]
        if indicator.path not in stated and indicator.path != scheme.result:
            return None
        own = tuple(assessment.unit.values())
        found = stated_for(indicator, own, assessment.segment)
        parts = [tuple(unit.values()) for unit in units if tuple(unit.values())[: len(own)] == own]
        if found.score is not None or own in parts or not parts:
            return found
        shares = [_share(policy.header, part) for part in parts]
        scores = [stated_for(indicator, part, assessment.segment).score for part in parts]
        together = _together(shares, scores)
        return found if together is None else Other(score=reported(scheme, indicator, together))

    return of


def _as_collected(indicator: Indicator) -> Indicator:
    """The indicator as somebody else's sheet states it: a score as it is."""
    return replace(indicator, value=Observed(measure=indicator.path), kind=Kind.SCORE, unit=Unit.NUMBER)


def _share(header: Header, unit: tuple[str, ...]) -> Fraction | None:
    """A unit's share of the whole; None where the whole does not follow from scores."""
    if header.units_total == "mean":
        return Fraction(1)
    return header.units_weights.get("/".join(unit)) if header.units_total == "weights" else None


def _together(shares: Sequence[Fraction | None], scores: Sequence[Fraction | None]) -> Fraction | None:
    """Σ wS / Σ w; None unless every unit with a share has a score."""
    pairs = [(share, score) for share, score in zip(shares, scores, strict=True) if share != 0]
    known = [(share, score) for share, score in pairs if share is not None and score is not None]
    if not pairs or len(known) < len(pairs):
        return None
    return weighted_mean([score for _, score in known], [share for share, _ in known])
