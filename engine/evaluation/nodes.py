"""From the figures of one cell to what is said of every indicator: score, state, weights, contributions, lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.evaluation.arithmetic import ZERO, minus, times
from engine.evaluation.bands import grade_of
from engine.evaluation.figures import VALUE, Figure, Measured
from engine.evaluation.result import Assessment, Measurement, NodeResult, RuleLine, State, StepValue, from_fields
from engine.evaluation.scores import Scores, are_unlike
from engine.evaluation.sheets import Form, Line, Row, rows_of
from engine.evaluation.sightings import told
from engine.evaluation.standings import NO_STANDING, Standing, Ways, standings, ways_of

_ROOTS = ("logarithm", "over units", "combination")

# An indicator made ready to be told: from the figures of one cell and what it brings there to its node.
_Telling = Callable[[Row, Standing], NodeResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tellings:
    """How all cells of a form are told; `unlike`: the paths whose figures most cells have for themselves."""

    ways: Ways
    unlike: frozenset[str]
    nodes: Mapping[str, _Telling]

    def __reduce__(self) -> "tuple[Callable[[Form, frozenset[str]], _Tellings], tuple[object, ...]]":
        """Another process makes them ready again: functions do not travel."""
        return _tellings, (self.ways.form, self.unlike)


class Sheet(NamedTuple):
    """The figures of one cell in their form; a tuple, because there is one for every unit."""

    form: Form
    row: Row
    tellings: _Tellings

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
    end, score = row[line.end], row[line.score].value
    reported = None if score is None else line.shown(score)
    grade = row[line.grade].grade or row[line.output].forced or None
    return Headline(end.state, reported, score, grade, "" if end.reason is None else end.reason.value, end.cause)


def reported_score(sheet: Sheet, path: str) -> Fraction | None:
    """The score of one indicator as shown; None where there is none."""
    line = sheet.form.lines[path]
    score = sheet.row[line.score].value
    return None if score is None else line.shown(score)


def sheets(form: Form, scores: Scores, count: int) -> tuple[Sheet, ...]:
    """One sheet per cell."""
    unlike = [path for path, line in form.lines.items() if any(are_unlike(scores[step]) for step, _ in line.steps)]
    tellings = _tellings(form, frozenset(unlike))
    return tuple([Sheet(form, row, tellings) for row in rows_of(form, scores, count)])


def _tellings(form: Form, unlike: frozenset[str]) -> _Tellings:
    nodes = {path: _telling(line, on_rounded=form.plan.scheme.grade_on_rounded) for path, line in form.lines.items()}
    alike = {path: _once_each(nodes[path], line) for path, line in form.lines.items() if path not in unlike}
    return _Tellings(ways=ways_of(form), unlike=unlike, nodes={**nodes, **alike})


def assessed(sheet: Sheet, *, unit: Mapping[str, str], segment: Mapping[str, str], period: str | None) -> Assessment:
    """The assessment of one cell: the result's score and grade, and every node."""
    form, row, tellings = sheet
    found = standings(tellings.ways, row)
    nodes = tuple([telling(row, found.get(path, NO_STANDING)) for path, telling in tellings.nodes.items()])
    result = nodes[0]
    # fmt: off
    return from_fields(Assessment, (
        form.plan.scheme.name, unit, segment, period,
        result.state, result.reported, result.score, result.grade, nodes,
    ))
    # fmt: on


# ---------------------------------------------------------------- one node


def _once_each(telling: _Telling, line: Line) -> _Telling:
    """Figures know no cell: the same figures are the same node, in every cell. What its rules read may stand in other
    lines.
    """
    done: dict[object, NodeResult] = {}
    first, last, beyond = line.first, line.last, [n for n in line.reads if not line.first <= n < line.last]

    def known(row: Row, standing: Standing) -> NodeResult:
        key = (id(standing), *map(id, row[first:last]), *[id(row[n]) for n in beyond])
        node = done.get(key)
        if node is None:
            node = done[key] = telling(row, standing)
        return node

    return known


def _telling(line: Line, *, on_rounded: bool) -> _Telling:
    """What is the same of an indicator in every cell stands ready."""
    path, unit, full, target, limit = line.indicator.path, line.indicator.unit, line.full, line.target, line.limit
    measuring, scoring, losing, ending, output = line.measure, line.score, line.loss, line.end, line.output
    vetoing, grading, placing, shown, ruled = line.veto, line.grade, line.placed, line.shown, bool(line.said)
    steps = [(line.first + number, step, operation) for number, (step, operation) in enumerate(line.steps)]

    def node(row: Row, standing: Standing) -> NodeResult:
        end, seen, veto, measured = row[ending], row[measuring], row[vetoing].veto, row[measuring].measured
        score, loss, factor = row[scoring].value, row[losing].value, standing.factor
        points = score if loss is None else minus(ZERO, loss)
        before, grade_before = _before_veto(line, row, on_rounded=on_rounded) if veto else (None, None)
        own = [
            _step(step, operation, figure)
            if (figure := row[place]).inexact or figure.state is not VALUE
            else from_fields(StepValue, (step, operation, figure.value, figure.grade))
            for place, step, operation in steps
        ]
        # fmt: off
        return from_fields(NodeResult, (
            path, end.state, seen.value, unit,
            score, full, loss, None if score is None else shown(score),
            row[grading].grade or row[output].forced or None,  # as the bands say, else as a rule or veto demands
            standing.weight, standing.effective, None if points is None or factor is None else times(points, factor),
            None if measured is None else measured.valid, None if measured is None else _measurement(measured, limit),
            row[output].membership, target, limit,
            _lines(line, row) if ruled else (), tuple(own),
            before, grade_before, veto or None,
            "" if end.reason is None else end.reason.value, end.cause, end.substituted, end.inexact,
            (), None, None, (), row[placing].spread, (), (),
        ))
        # fmt: on

    return node


def _before_veto(line: Line, row: Row, *, on_rounded: bool) -> tuple[Fraction | None, str | None]:
    """The score that a veto replaced, None where it demanded a grade only; and the grade without it."""
    before, bands = row[line.unvetoed], line.indicator.bands
    replaced = before.value if before.value != row[line.veto].value else None
    if not bands or before.value is None:
        return replaced, None
    return replaced, before.forced or grade_of(bands, line.shown(before.value) if on_rounded else before.value)


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
