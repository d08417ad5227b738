"""Ranks: of units among each other, and of the indicators of one result.

Standard competition ranking (1, 2, 2, 4) on what is reported, so that who reads equal figures reads equal places. A
score is the better the higher it is: an indicator that is better low (越低越好) has been turned before. Without a score
there is no rank: not for what is not rated, nor for a bare measure, nor for what only deducts.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from engine.evaluation.result import Assessment, NodeResult, Rank
from engine.language.policy import Answers, CheckedScheme, Checklist, Header, Observed
from engine.language.reporting import INDICATORS, UNITS

Figures = Mapping[str, Fraction]


def ranks(figures: Figures) -> Mapping[str, Rank]:
    """The rank of each figure, the highest first."""
    every = list(figures.values())
    return {
        name: Rank(place=1 + sum(other > figure for other in every), of=len(every)) for name, figure in figures.items()
    }


def ranked(header: Header, scheme: CheckedScheme, assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The assessments of one scheme with the ranks that the policy's report asks for."""
    found = tuple(assessments)
    if UNITS in header.report.rank:
        found = units_ranked(len(header.units), found)
    if INDICATORS in header.report.rank:
        found = tuple(indicators_ranked(scheme, assessment) for assessment in found)
    return found


# ---------------------------------------------------------------- units


def units_ranked(columns: int, assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Every scored indicator of a unit beside the same one of the other units, within its period and segment."""
    found = list(assessments)
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, assessment in enumerate(assessments):
        if columns and len(assessment.unit) == columns:
            groups.setdefault((assessment.period, *assessment.segment.items()), []).append(number)
    for numbers in groups.values():
        for number, after in zip(numbers, _together([assessments[n] for n in numbers]), strict=True):
            found[number] = after
    return tuple(found)


def _together(group: Sequence[Assessment]) -> list[Assessment]:
    columns = [_column(nodes) for nodes in zip(*(assessment.nodes for assessment in group), strict=True)]
    return [
        assessment._replace(nodes=nodes) for assessment, nodes in zip(group, zip(*columns, strict=True), strict=True)
    ]


def _column(nodes: Sequence[NodeResult]) -> list[NodeResult]:
    known = {str(n): node.reported for n, node in enumerate(nodes) if node.reported is not None}
    found = ranks(known)
    return [node._replace(rank_among_units=found.get(str(n))) for n, node in enumerate(nodes)]


# ---------------------------------------------------------------- indicators


def indicators_ranked(scheme: CheckedScheme, assessment: Assessment) -> Assessment:
    """The indicators at the ends of the tree that count, by the part of their full marks they reach."""
    parts = {
        node.path: node.reported / (node.full or 100)
        for node in assessment.nodes
        if node.reported is not None and _is_collected(scheme, node.path)
    }
    found = ranks(parts)
    return assessment._replace(nodes=tuple(node._replace(rank=found.get(node.path)) for node in assessment.nodes))


def _is_collected(scheme: CheckedScheme, path: str) -> bool:
    indicator = scheme.indicators[path]
    return indicator.counts and not indicator.asked and isinstance(indicator.value, Answers | Observed | Checklist)
