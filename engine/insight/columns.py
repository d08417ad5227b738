"""Very many units of a frame: the same states, scores and grades by columns, where only the last doubts are exact."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.evaluation.columns.chunks import Run, columnar, decimals_of
from engine.evaluation.columns.measures import Measure, absent, numbers_of, of_measured
from engine.evaluation.columns.told import told
from engine.evaluation.ladder import is_scored, only_loses
from engine.evaluation.needs import Asked
from engine.insight.given_values import Unreadable, checked_number, wanted_of
from engine.insight.many import Prepared, measure_path, measured_units

if TYPE_CHECKING:
    from pandas import DataFrame


def framed_by_columns(ready: Prepared, frame: "DataFrame", *, indicators: bool) -> "DataFrame | None":
    """A frame of results beside the frame of measures; None for a policy whose scores are not rounded."""
    asked = told_indicators(ready) if indicators else [ready.scheme.result]
    if any(decimals_of(ready.plan, path) is None for path in asked):
        return None
    columns = {measure_path(ready, str(name)): frame[name] for name in frame.columns}
    measures = {
        path: _measure(ready, one, columns[path]) if path in columns else absent(len(frame))
        for path, one in ready.asked.items()
    }
    made = columnar(ready.plan, ready.work)
    scored = Run(made, measures, asked).scored(0, len(frame))
    bare = {path for path, reported in scored.scores.items() if not reported.has.any()}
    found = {name: column for name, column in told(made, scored).items() if name not in bare}
    return type(frame)(found, index=frame.index, dtype=object)


def told_indicators(ready: Prepared) -> list[str]:
    """The indicators that have scores, the result first."""
    every = ready.scheme.indicators
    return [path for path in ready.plan.order if is_scored(every[path]) and not only_loses(every[path])]


def _measure(ready: Prepared, asked: Asked, column: Any) -> Measure:  # noqa: ANN401 - a pandas column
    """A column of plain numbers as it is, if every one can be; of anything else each value as a cell would be read."""
    numbers = numbers_of(column)
    if numbers is not None:
        wanted = wanted_of(asked)
        extremes = [checked_number(wanted, Fraction(str(end))) for end in numbers.ends]
        if not any(isinstance(found, Unreadable) for found in extremes):
            return numbers
    return of_measured(measured_units(ready, asked, list(column), list(column.index)))
