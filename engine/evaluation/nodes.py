"""From the figures of one cell to what is said of every indicator: score, state, weights, contributions, lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.evaluation.arithmetic import ZERO, minus, rounded, times
from engine.evaluation.bands import grade_of
from engine.evaluation.figures import VALUE, Figure, Measured
from engine.evaluation.result import Assessment, Measurement, NodeResult, RuleLine, State, StepValue, from_fields
from engine.evaluation.scores import Scores, are_unlike
from engine.evaluation.sheets import Form, Line, Row, rows_of
from engine.evaluation.sightings import told
from engine.evaluation.standings import NO_STANDING, Standing, Ways, standings, ways_of

_ROOTS = ("logarithm", "over units", "combination")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What was said of the cells so far. Figures know no cell: the same figures are the same node, in every cell.

    `nodes`: of each path by its standing and figures; None where most cells have figures of their own.
    """

    ways: Ways
    nodes: Mapping[str, dict[object, NodeResult] | None]


class Sheet(NamedTuple):
    """The figures of one cell in their form; a tuple, because there is one for every unit."""

    form: Form
    row: Row
    done: _Done

    def figure(self, step: str) -> Figure:
        """The figure of a step."""
        return self.row[self.form.places[step]]


class Headline(NamedTuple):
    """What there is to say of the result alone."""

    state: State
    reported: Fraction | None
    exact: Fraction | None
    grade: str | None
    reason: str
    cause: str


def headline(sheet: Sheet) -> Headline:
    """The result without its parts; `assessed` says the same of it, and all about the others."""
    row, line = sheet.row, sheet.form.result
    end, score = row[line.end], _number(row[line.score])
    reported = None if score is None else rounded(score, line.rounding)
    reason = "" if end.reason is None else end.reason.value
    return Headline(end.state, reported, score, _grade(line, row), reason, end.cause)


def reported_score(sheet: Sheet, path: str) -> Fraction | None:
    """The score of one indicator as shown; None where there is none."""
    line = sheet.form.lines[path]
    score = _number(sheet.row[line.score])
    return None if score is None else rounded(score, line.rounding)


def sheets(form: Form, scores: Scores, count: int) -> tuple[Sheet, ...]:
    """One sheet per cell."""
    unlike = {path for path, line in form.lines.items() if any(are_unlike(scores[step]) for step, _ in line.steps)}
    done = _Done(ways=ways_of(form), nodes={path: None if path in unlike else {} for path in form.lines})
    return tuple([Sheet(form, row, done) for row in rows_of(form, scores, count)])


def assessed(sheet: Sheet, *, unit: Mapping[str, str], segment: Mapping[str, str], period: str | None) -> Assessment:
    """The assessment of one cell: the result's score and grade, and every node."""
    form, row, done = sheet
    found = standings(done.ways, row)
    nodes = tuple(
        [
            _known_node(form, line, row, found.get(path, NO_STANDING), done.nodes[path])
            for path, line in form.lines.items()
        ]
    )
    result = nodes[0]
    return Assessment(
        scheme=form.plan.scheme.name,
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


def _known_node(
    form: Form, line: Line, row: Row, standing: Standing, done: dict[object, NodeResult] | None
) -> NodeResult:
    own = row[line.first : line.last]
    if done is None:
        return _node(form, line, row, own, standing)
    key = (id(standing), *map(id, own))
    known = done.get(key)
    if known is None:
        known = done[key] = _node(form, line, row, own, standing)
    return known


def _node(form: Form, line: Line, row: Row, own: Sequence[Figure], standing: Standing) -> NodeResult:
    end, seen, veto = row[line.end], row[line.measure], row[line.veto].veto
    score = None if line.score < 0 else _number(row[line.score])
    loss = None if line.loss < 0 else _number(row[line.loss])
    measured = seen.measured
    steps = [
        _step(step, operation, figure)
        if figure.inexact or figure.state is not VALUE
        else from_fields(StepValue, (step, operation, figure.value, figure.grade))
        for (step, operation), figure in zip(line.steps, own, strict=True)
    ]
    # fmt: off
    return from_fields(NodeResult, (
        line.indicator.path, end.state,
        None if measured is None else _number(seen), line.indicator.unit,
        score, line.full, loss, None if score is None else rounded(score, line.rounding), _grade(line, row),
        standing.weight, standing.effective, _contribution(line, standing, score, loss),
        None if measured is None else measured.valid, None if measured is None else _measurement(measured, line.limit),
        row[line.output].membership, line.target, line.limit,
        _lines(line, row) if line.said else (), tuple(steps),
        _before_veto(line, row) if veto else None, _grade_before_veto(form, line, row) if veto else None, veto or None,
        "" if end.reason is None else end.reason.value, end.cause, end.substituted, end.inexact,
        (), None, None, (), row[line.placed].spread, (), (),
    ))
    # fmt: on


def _number(figure: Figure) -> Fraction | None:
    return figure.value if figure.state is VALUE else None


def _grade(line: Line, row: Row) -> str | None:
    return (row[line.output].forced if line.grade < 0 else row[line.grade].grade) or None


def _before_veto(line: Line, row: Row) -> Fraction | None:
    """The score that a veto replaced; None where it demanded a grade only."""
    before = row[line.unvetoed].value
    return before if before != row[line.veto].value else None


def _grade_before_veto(form: Form, line: Line, row: Row) -> str | None:
    before = row[line.unvetoed]
    if not line.indicator.bands or before.value is None:
        return None
    read = rounded(before.value, line.rounding) if form.plan.scheme.grade_on_rounded else before.value
    return before.forced or grade_of(line.indicator.bands, read)


def _lines(line: Line, row: Row) -> tuple[RuleLine, ...]:
    settled = row[line.deduction]
    firings = settled.rules if settled.state is VALUE else [one for place in line.rules for one in row[place].rules]
    read = [row[place] for place in line.reads]
    return tuple(map(told, line.said, firings, read))


def _step(step: str, operation: str, figure: Figure) -> StepValue:
    """A step without a value, or one whose value was kept to 50 digits."""
    if figure.state is not VALUE:
        return StepValue(step, operation, None, figure.grade if operation == "grade" else figure.state.value)
    return StepValue(step, operation, figure.value, "50 digits" if operation in _ROOTS else figure.grade)


def _measurement(measured: Measured, limit: Fraction | None) -> Measurement:
    late = None
    if measured.cases is not None and limit is not None:
        late = sum(n for elapsed, n in measured.cases if elapsed > limit)
    _, _, value, valid, numerator, denominator, questions, _, _, still_open, periods = measured
    of_periods = _of_periods(periods) if periods else ()
    return from_fields(Measurement, (value, valid, numerator, denominator, questions, of_periods, late, still_open))


def _of_periods(periods: Mapping[str, Measured]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((name, one.value) for name, one in sorted(periods.items()) if one.value is not None)


def _contribution(line: Line, standing: Standing, score: Fraction | None, loss: Fraction | None) -> Fraction | None:
    """The points a node brings into the result; a loss takes them."""
    if standing.factor is None:
        return None
    if line.loss >= 0:
        return None if loss is None else minus(ZERO, times(loss, standing.factor))
    return None if score is None else times(score, standing.factor)
