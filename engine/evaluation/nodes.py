"""From the figures of one cell to what is said of every indicator: score, state, weights, contributions, lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from engine.evaluation.arithmetic import ONE
from engine.evaluation.bands import grade_of
from engine.evaluation.figures import Figure, Measured
from engine.evaluation.formulas import reported
from engine.evaluation.ladder import is_scored, marks_of, only_loses, parents_of
from engine.evaluation.plan import Plan, Step
from engine.evaluation.result import Assessment, Measurement, NodeResult, RuleLine, State, StepValue
from engine.evaluation.scores import Scores
from engine.evaluation.triggers import in_force
from engine.language.policy import Grouped, Indicator

_NONE = Figure(state=State.MISSING)
_ROOTS = ("logarithm", "over units")
_COMBINING = ("combination", "membership", "loss")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What a node brings: `factor` is by what its score (or loss) reaches the result, None where it does not
    linearly; `weight` among its siblings, `effective` down from the result.
    """

    factor: Fraction | None = None
    weight: Fraction | None = None
    effective: Fraction | None = None


_NOWHERE = _Standing()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What was said of the cells so far. Figures know no cell: the same figures are the same node, in every cell."""

    nodes: dict[object, NodeResult] = field(default_factory=dict[object, NodeResult])
    standings: dict[object, Mapping[str, _Standing]] = field(default_factory=dict[object, Mapping[str, _Standing]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The figures of one cell by step, beside the plan. `own`: the steps of each path, in order; `bounds`: its target
    and its limit in force; `parents`: the heading above each path; `combining`: the steps that hand weights down, from
    the result on.
    """

    plan: Plan
    own: Mapping[str, Sequence[Step]]
    bounds: Mapping[str, tuple[Fraction | None, Fraction | None]]
    parents: Mapping[str, Indicator]
    combining: Sequence[Step]
    figures: Mapping[str, Figure]
    done: _Done

    def at(self, path: str, operation: str) -> Figure | None:
        """The figure of one step of a path, None where there is no such step."""
        return self.figures.get(f"{path}/{operation}")


class _Row(Mapping[str, Figure]):
    """One cell's figures by step, read off the columns."""

    __slots__ = ("_n", "_scores")

    def __init__(self, scores: Scores, n: int) -> None:
        self._scores, self._n = scores, n

    def __getitem__(self, step: str) -> Figure:
        return self._scores[step][self._n]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scores)

    def __len__(self) -> int:
        return len(self._scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What there is to say of the result alone."""

    state: State
    reported: Fraction | None
    exact: Fraction | None
    grade: str | None
    reason: str
    cause: str


def headline(sheet: Sheet) -> Headline:
    """The result without its parts; `assessed` says the same of it, and all about the others."""
    plan = sheet.plan
    indicator = plan.scheme.indicators[plan.scheme.result]
    end, score = _end(sheet, indicator), _score(sheet, indicator)
    return Headline(
        state=end.state,
        reported=None if score is None else reported(plan.scheme, indicator, score),
        exact=score,
        grade=_grade(sheet, indicator.path),
        reason=end.reason.value if end.reason is not None else "",
        cause=end.cause,
    )


def reported_score(sheet: Sheet, path: str) -> Fraction | None:
    """The score of one indicator as shown; None where there is none."""
    indicator = sheet.plan.scheme.indicators[path]
    score = _score(sheet, indicator)
    return None if score is None else reported(sheet.plan.scheme, indicator, score)


def sheets(plan: Plan, scores: Scores, count: int, as_of: date | None) -> tuple[Sheet, ...]:
    """One sheet per cell."""
    own: dict[str, list[Step]] = {path: [] for path in plan.order}
    for step in plan.steps:
        own[step.path].append(step)
    bounds = {
        path: (in_force(i.target, as_of, i.unit), in_force(i.limit, as_of, i.unit))
        for path, i in plan.scheme.indicators.items()
    }
    parents, done = parents_of(plan.scheme), _Done()
    combining = [step for step in reversed(plan.steps) if step.operation in _COMBINING and step.parts]
    return tuple(
        Sheet(
            plan=plan,
            own=own,
            bounds=bounds,
            parents=parents,
            combining=combining,
            figures=_Row(scores, n),
            done=done,
        )
        for n in range(count)
    )


def assessed(sheet: Sheet, *, unit: Mapping[str, str], segment: Mapping[str, str], period: str | None) -> Assessment:
    """The assessment of one cell: the result's score and grade, and every node."""
    standings = _standings(sheet)
    nodes = tuple(_known_node(sheet, path, standings.get(path, _NOWHERE)) for path in sheet.plan.order)
    result = nodes[0]
    return Assessment(
        scheme=sheet.plan.scheme.name,
        unit=unit,
        segment=segment,
        period=period,
        state=result.state,
        score=result.reported,
        exact=result.score,
        grade=result.grade,
        nodes=nodes,
    )


# ---------------------------------------------------------------- one node


def _known_node(sheet: Sheet, path: str, standing: _Standing) -> NodeResult:
    figures = sheet.figures
    key = (path, id(standing), *[id(figures[step.id]) for step in sheet.own[path]])
    known = sheet.done.nodes.get(key)
    if known is None:
        known = sheet.done.nodes[key] = _node(sheet, path, standing)
    return known


def _node(sheet: Sheet, path: str, standing: _Standing) -> NodeResult:
    scheme = sheet.plan.scheme
    indicator = scheme.indicators[path]
    end = _end(sheet, indicator)
    measured = sheet.at(path, "measure")
    score = _score(sheet, indicator)
    loss = _number(sheet.figures.get(sheet.plan.losses.get(path, "")))
    veto = sheet.at(path, "veto") or _NONE
    membership = sheet.figures.get(sheet.plan.outputs[path], _NONE).membership
    return NodeResult(
        path=path,
        state=end.state,
        value=_number(measured),
        unit=indicator.unit,
        score=score,
        full=_full(indicator),
        loss=loss,
        reported=None if score is None else reported(scheme, indicator, score),
        grade=_grade(sheet, path),
        weight=standing.weight,
        effective=standing.effective,
        contribution=_contribution(sheet, path, standing, score, loss),
        valid=measured.measured.valid if measured is not None and measured.measured is not None else None,
        measurement=_measurement(measured, sheet.bounds[path][1]),
        membership=membership,
        target=sheet.bounds[path][0],
        limit=sheet.bounds[path][1],
        lines=_lines(sheet, path),
        steps=tuple(_step(sheet, step) for step in sheet.own[path]),
        before_veto=_before_veto(sheet, path),
        grade_before_veto=_grade_before_veto(sheet, indicator),
        veto=veto.veto or None,
        reason=end.reason.value if end.reason is not None else "",
        cause=end.cause,
        substituted=end.substituted,
        inexact=end.inexact,
        spread=(sheet.at(path, "over units") or _NONE).spread,
    )


def _number(figure: Figure | None) -> Fraction | None:
    return figure.value if figure is not None and figure.is_value else None


def _end(sheet: Sheet, indicator: Indicator) -> Figure:
    """The figure that says how the node ended: its loss where it has no score, else its score."""
    plan, path = sheet.plan, indicator.path
    if isinstance(indicator.value, Grouped) or only_loses(indicator):
        return sheet.figures.get(plan.losses.get(path, ""), _NONE)
    return sheet.figures.get(plan.outputs[path], _NONE)


def _score(sheet: Sheet, indicator: Indicator) -> Fraction | None:
    if not is_scored(indicator) or only_loses(indicator):
        return None
    return _number(sheet.figures.get(sheet.plan.outputs[indicator.path]))


def _full(indicator: Indicator) -> Fraction | None:
    if not is_scored(indicator) or only_loses(indicator):
        return None
    return marks_of(indicator)


def _grade(sheet: Sheet, path: str) -> str | None:
    read = sheet.at(path, "grade")
    if read is not None:
        return read.grade or None
    return sheet.figures.get(sheet.plan.outputs[path], _NONE).forced or None


def _vetoed(sheet: Sheet, path: str) -> tuple[Figure, Figure] | None:
    """The figures before and after the vetoes, where one acted."""
    after = sheet.at(path, "veto")
    if after is None or not after.veto:
        return None
    step = next(s for s in sheet.own[path] if s.operation == "veto")
    return sheet.figures[step.inputs[0]], after


def _before_veto(sheet: Sheet, path: str) -> Fraction | None:
    vetoed = _vetoed(sheet, path)
    return vetoed[0].value if vetoed is not None and vetoed[0].value != vetoed[1].value else None


def _grade_before_veto(sheet: Sheet, indicator: Indicator) -> str | None:
    vetoed = _vetoed(sheet, indicator.path)
    if vetoed is None or not indicator.bands or vetoed[0].value is None:
        return None
    scheme, value = sheet.plan.scheme, vetoed[0].value
    read = reported(scheme, indicator, value) if scheme.grade_on_rounded else value
    return vetoed[0].forced or grade_of(indicator.bands, read)


def _lines(sheet: Sheet, path: str) -> tuple[RuleLine, ...]:
    settled = sheet.at(path, "deduction")
    if settled is not None and settled.is_value:
        return settled.lines
    rules = (sheet.figures[s.id] for s in sheet.own[path] if s.operation == "rule")
    return tuple(line for figure in rules for line in figure.lines)


def _step(sheet: Sheet, step: Step) -> StepValue:
    figure = sheet.figures[step.id]
    text = figure.grade if step.operation == "grade" else "" if figure.is_value else figure.state.value
    if figure.is_value and figure.inexact and step.operation in (*_ROOTS, "combination"):
        text = "50 digits"
    return StepValue(id=step.id, operation=step.operation, value=_number(figure), text=text)


def _measurement(figure: Figure | None, limit: Fraction | None) -> Measurement | None:
    if figure is None or figure.measured is None:
        return None
    measured: Measured = figure.measured
    late = None
    if measured.cases is not None and limit is not None:
        late = sum(n for elapsed, n in measured.cases if elapsed > limit)
    return Measurement(
        value=measured.value,
        valid=measured.valid,
        numerator=measured.numerator,
        denominator=measured.denominator,
        questions=measured.questions,
        periods=tuple((name, m.value) for name, m in sorted((measured.periods or {}).items()) if m.value is not None),
        late=late,
        open=measured.open,
    )


# ---------------------------------------------------------------- weights and contributions


def _contribution(
    sheet: Sheet, path: str, standing: _Standing, score: Fraction | None, loss: Fraction | None
) -> Fraction | None:
    """The points a node brings into the result; a loss takes them."""
    if standing.factor is None:
        return None
    if path in sheet.plan.losses:
        return None if loss is None else -loss * standing.factor
    return None if score is None else score * standing.factor


def _standings(sheet: Sheet) -> Mapping[str, _Standing]:
    """Down from the result: every combination hands its factor and its effective weight to its parts."""
    figures = [(sheet.figures[step.id], _end_of(sheet, step.path)) for step in sheet.combining]
    key = tuple((id(f.weights), id(f.shares), f.is_value, end.substituted) for f, end in figures)
    known = sheet.done.standings.get(key)
    if known is None:
        known = sheet.done.standings[key] = _handed_down(sheet)
    return known


def _handed_down(sheet: Sheet) -> Mapping[str, _Standing]:
    found: dict[str, _Standing] = {sheet.plan.scheme.result: _Standing(factor=ONE, effective=ONE)}
    for step in sheet.combining:
        if step.path in found:
            _hand_down(sheet, step, found)
    return found


def _end_of(sheet: Sheet, path: str) -> Figure:
    return sheet.figures.get(sheet.plan.outputs[path], _NONE)


def _hand_down(sheet: Sheet, step: Step, found: dict[str, _Standing]) -> None:
    above, figure = found[step.path], sheet.figures[step.id]
    if not figure.is_value or _end_of(sheet, step.path).substituted:
        return
    reach = _times(above.factor, _own_factor(sheet, step.path))
    weights: Sequence[Fraction | None] = figure.weights if figure.weights is not None else [None] * len(step.parts)
    shares: Sequence[Fraction | None] = figure.shares if figure.shares is not None else [None] * len(step.parts)
    for path, weight, share in zip(step.parts, weights, shares, strict=True):
        before = found.get(path, _NOWHERE)
        is_child = path in sheet.parents and sheet.parents[path].path == step.path
        found[path] = _Standing(
            factor=_plus(before.factor, _times(reach, weight)),
            weight=share if is_child or before.weight is None else before.weight,
            effective=_plus(before.effective, _times(above.effective, share)),
        )


def _own_factor(sheet: Sheet, path: str) -> Fraction:
    """What a node's combination is multiplied by to become its score: its points where 100 count for them."""
    indicator = sheet.plan.scheme.indicators[path]
    return indicator.full / 100 if f"{path}/points" in sheet.figures else ONE


def _times(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    return right if left == 1 else left if right == 1 else left * right


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return right if left is None else left if right is None else left + right
