"""Small groups: where fewer respondents than the policy says stand behind a figure, no figure is shown.

A group is left out whole, whichever of its questions too few people answered. One group alone could be worked out from
the total and the others, so the smallest of these is left out with it, until what can be worked out stands for enough
respondents and for more than one group; what belongs to a group that is left out is left out too. This is cell
suppression as statistical offices do it (Hundepool et al., Statistical Disclosure Control, 2012, chapter 4).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.evaluation.result import Assessment, NodeResult, Reason, State
from engine.language.policy import Header

Segment = tuple[tuple[str, str], ...]
Group = tuple[tuple[str, ...], Segment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A group and those it is divided into."""

    parent: Group
    parts: tuple[Group, ...]


def shielded(header: Header, assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The assessments of one scheme, those of too few respondents without any figure."""
    below = header.report.suppress_below
    if not below:
        return tuple(assessments)
    hidden: set[tuple[str | None, Group]] = set()
    for period in dict.fromkeys(a.period for a in assessments):
        among = {_group(a): a for a in assessments if a.period == period}
        hidden |= {(period, group) for group in _hidden(len(header.units), among, below)}
    shown = {a.period: [_group(b) for b in assessments if (b.period, _group(b)) in hidden] for a in assessments}
    return tuple(
        _without_figures(a) if (a.period, _group(a)) in hidden else _without_parts(a, shown[a.period])
        for a in assessments
    )


def _group(assessment: Assessment) -> Group:
    return tuple(assessment.unit.values()), tuple(assessment.segment.items())


# ---------------------------------------------------------------- how many answered


def _answered(assessment: Assessment) -> Mapping[str, int]:
    """By question, how many valid answers its figures rest on."""
    measured = [node.measurement for node in assessment.nodes if node.measurement is not None]
    return {question.question: question.valid for one in measured for question in one.questions}


def _counts(columns: int, among: Mapping[Group, Assessment]) -> dict[Group, Mapping[str, int]]:
    """By group and question; a whole made of scores has the answers of its units."""
    own = {group: _answered(assessment) for group, assessment in among.items()}
    found: dict[Group, Mapping[str, int]] = {}
    for (unit, segment), answered in own.items():
        within = [own[u, s] for u, s in own if len(u) == columns and s == segment and u[: len(unit)] == unit]
        added = {q: sum(one.get(q, 0) for one in within) for one in within for q in one}
        found[unit, segment] = answered or added
    return found


# ---------------------------------------------------------------- which groups are left out


def _families(columns: int, groups: Sequence[Group]) -> Iterator[Family]:
    """The whole and its units (or subtotals, and these and their units); each of them and its segments by a column."""
    lengths = sorted({len(unit) for unit, _ in groups})
    for unit, segment in groups:
        deeper = next((n for n in lengths if n > len(unit)), columns + 1)
        parts = tuple(g for g in groups if len(g[0]) == deeper and g[0][: len(unit)] == unit and g[1] == segment)
        if parts:
            yield Family(parent=(unit, segment), parts=parts)
    for unit in dict.fromkeys(unit for unit, segment in groups if not segment):
        split = [g for g in groups if g[0] == unit and g[1]]
        for column in dict.fromkeys(g[1][0][0] for g in split):
            yield Family(parent=(unit, ()), parts=tuple(g for g in split if g[1][0][0] == column))


def _hidden(columns: int, among: Mapping[Group, Assessment], below: int) -> set[Group]:
    counts = _counts(columns, among)
    hidden = {group for group, answered in counts.items() if any(0 < n < below for n in answered.values())}
    families = list(_families(columns, list(among)))
    before = -1
    while before < len(hidden):
        before = len(hidden)
        for family in families:
            _protect(family, counts, hidden, below)
    return hidden


def _protect(family: Family, counts: Mapping[Group, Mapping[str, int]], hidden: set[Group], below: int) -> None:
    """Leave out more of a family, until nothing that is left out can be worked out from what is shown."""
    there = [group for group in family.parts if any(counts[group].values())]
    if family.parent in hidden:
        hidden.update(there)
    while family.parent not in hidden and _leaks(family, counts, hidden, below):
        others = [group for group in there if group not in hidden]
        hidden.add(min(others, key=lambda group: max(counts[group].values())) if others else family.parent)


def _leaks(family: Family, counts: Mapping[Group, Mapping[str, int]], hidden: set[Group], below: int) -> bool:
    """Whether the total less what is shown is one group, or fewer respondents than may be shown."""
    for question, total in counts[family.parent].items():
        out = [n for group in family.parts if group in hidden and (n := counts[group].get(question, 0))]
        rest = total - sum(counts[group].get(question, 0) for group in family.parts if group not in hidden)
        if out and (rest < below or [rest] == out):
            return True
    return False


# ---------------------------------------------------------------- without figures


def _without_figures(assessment: Assessment) -> Assessment:
    state, reason = State.NOT_RATED, Reason.SMALL_GROUP.value
    nodes = tuple(NodeResult(path=node.path, state=state, reason=reason, unit=node.unit) for node in assessment.nodes)
    return assessment._replace(state=state, score=None, exact=None, grade=None, nodes=nodes)


def _without_parts(assessment: Assessment, hidden: Sequence[Group]) -> Assessment:
    """A whole does not say what a unit that is left out brings to it, nor another unit what lies among their values."""
    unit, segment = _group(assessment)
    if hidden:
        assessment = assessment._replace(nodes=tuple(node._replace(spread=None) for node in assessment.nodes))
    if not any(u[: len(unit)] == unit and s == segment for u, s in hidden):
        return assessment
    return assessment._replace(nodes=tuple(node._replace(units=()) for node in assessment.nodes))
