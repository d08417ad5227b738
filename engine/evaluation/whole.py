"""How units make subtotals and the whole where the policy says `mean` or gives weights: node by node, over scores.

Contributions are averaged like scores, so they still add up; what is measured stays with the units.
"""

from collections.abc import Sequence
from fractions import Fraction

from engine.evaluation.arithmetic import ONE, weighted_mean
from engine.evaluation.bands import grade_of
from engine.evaluation.cells import place_among_units
from engine.evaluation.combination import left_out
from engine.evaluation.figures import Figure
from engine.evaluation.formulas import reported
from engine.evaluation.result import Assessment, NodeResult, Reason, State, UnitPart
from engine.language.policy import CheckedScheme, Header, Indicator


def whole_of(header: Header, scheme: CheckedScheme, units: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The whole, and the whole of each segment, from the assessments of the units; () where it is not asked for.

    With several columns and subtotals also those of the units that share their first columns.
    """
    if header.units_total not in ("mean", "weights") or not header.units:
        return ()
    groups: dict[tuple[int, tuple[tuple[int, str], ...], tuple[tuple[str, str], ...]], list[Assessment]] = {}
    for assessment in units:
        for shared in range(len(header.units) if header.units_subtotals else 1):
            texts = tuple(assessment.unit.values())[:shared]
            key = (-shared, place_among_units(texts), tuple(assessment.segment.items()))
            groups.setdefault(key, []).append(assessment)
    return tuple(_together(header, scheme, groups[key], -key[0]) for key in sorted(groups))


def in_order_of_units(assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Units by name, a subtotal after its units, the whole last; what belongs to one of them stays in its order."""
    return tuple(sorted(assessments, key=lambda assessment: place_among_units(tuple(assessment.unit.values()))))


def _together(header: Header, scheme: CheckedScheme, group: Sequence[Assessment], shared: int) -> Assessment:
    """The units of a group as one; `shared`: so many first columns they have in common."""
    weights, problem = _weights(header, group, shared)
    columns = list(zip(*(assessment.nodes for assessment in group), strict=True))
    units = list(zip(_names(group), weights, strict=True)) if problem is None else []
    nodes = tuple(problem or _node(scheme, scheme.indicators[column[0].path], units, column) for column in columns)
    if problem is not None:
        nodes = tuple(node._replace(path=column[0].path) for node, column in zip(nodes, columns, strict=True))
    result = nodes[0]
    return group[0]._replace(
        unit=dict(list(group[0].unit.items())[:shared]),
        state=result.state,
        score=result.reported,
        exact=result.score,
        grade=result.grade,
        nodes=nodes,
    )


def _weights(header: Header, group: Sequence[Assessment], shared: int) -> tuple[list[Fraction], NodeResult | None]:
    """Equal under `mean`, else as written; a unit without a weight, or a weight without its unit, leaves no whole."""
    names = _names(group)
    start = "".join(f"{text}/" for text in list(group[0].unit.values())[:shared])
    if header.units_total == "mean":
        return [ONE] * len(names), None
    for name in names:
        if name not in header.units_weights:
            return [], NodeResult(path="", state=State.ERROR, reason=Reason.NO_WEIGHT.value, cause=name)
    for name, weight in header.units_weights.items():
        if weight and name.startswith(start) and name not in names:
            return [], NodeResult(path="", state=State.MISSING, reason=Reason.NOT_COLLECTED.value, cause=name)
    return [header.units_weights[name] for name in names], None


def _names(group: Sequence[Assessment]) -> list[str]:
    return ["/".join(assessment.unit.values()) for assessment in group]


def _node(
    scheme: CheckedScheme, indicator: Indicator, units: Sequence[tuple[str, Fraction]], column: Sequence[NodeResult]
) -> NodeResult:
    """S = Σ wᵤSᵤ / Σ wᵤ, for scores and losses alike; a unit without a value is left out as a part would be."""
    pairs = [(w, node) for (_, w), node in zip(units, column, strict=True) if w]
    stops = [n for _, n in pairs if n.state is not State.VALUE and not left_out(indicator, Figure(state=n.state))]
    kept = [(w, node) for w, node in pairs if node.state is State.VALUE]
    if stops or not kept:
        blamed = stops[0] if stops else column[0]
        reason = blamed.reason or Reason.NOTHING_LEFT.value
        state = State.NOT_RATED if blamed.state is State.VALUE else blamed.state
        return NodeResult(path=indicator.path, state=state, reason=reason, cause=blamed.cause or indicator.path)
    score = _mean([(weight, node.score) for weight, node in kept])
    return NodeResult(
        path=indicator.path,
        state=State.VALUE,
        unit=indicator.unit,
        score=score,
        full=kept[0][1].full,
        loss=_mean([(weight, node.loss) for weight, node in kept]),
        reported=None if score is None else reported(scheme, indicator, score),
        grade=_grade(scheme, indicator, score),
        weight=_common([node.weight for _, node in kept]),
        effective=_common([node.effective for _, node in kept]),
        contribution=_mean([(weight, node.contribution) for weight, node in kept]),
        valid=_together_valid([node.valid for _, node in kept]),
        inexact=any(node.inexact for _, node in kept),
        units=_parts(units, column),
    )


def _parts(units: Sequence[tuple[str, Fraction]], column: Sequence[NodeResult]) -> tuple[UnitPart, ...]:
    """What each unit with a weight and a value brings."""
    points = [node.loss if node.score is None else node.score for node in column]
    return tuple(
        UnitPart(unit=name, weight=weight, points=brought)
        for (name, weight), brought in zip(units, points, strict=True)
        if weight and brought is not None
    )


def _together_valid(valid: Sequence[int | None]) -> int | None:
    known = [count for count in valid if count is not None]
    return sum(known) if len(known) == len(valid) else None


def _mean(pairs: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    known = [(weight, number) for weight, number in pairs if number is not None]
    if len(known) < len(pairs):
        return None
    return weighted_mean([number for _, number in known], [weight for weight, _ in known])


def _common(weights: Sequence[Fraction | None]) -> Fraction | None:
    """A weight that is the same in every unit; None where what was left out made them differ."""
    return weights[0] if len(set(weights)) == 1 else None


def _grade(scheme: CheckedScheme, indicator: Indicator, score: Fraction | None) -> str | None:
    if score is None or not indicator.bands:
        return None
    return grade_of(indicator.bands, reported(scheme, indicator, score) if scheme.grade_on_rounded else score)
