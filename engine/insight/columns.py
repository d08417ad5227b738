"""Very many units of a frame: the same states, scores and grades by columns, where only the last doubts are exact."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.contract import UNLIMITED, Limits
from engine.evaluation.columns.chunks import Run, columnar, decimals_of
from engine.evaluation.columns.files import columns_of, opened
from engine.evaluation.columns.measures import Measure, absent, numbers_of, of_measured
from engine.evaluation.columns.told import told
from engine.evaluation.ladder import is_scored, only_loses
from engine.evaluation.needs import Asked
from engine.evaluation.plan import Plan
from engine.insight.given_values import Unreadable, checked_number, wanted_of
from engine.insight.many import Prepared, measure_path, measured_units

if TYPE_CHECKING:
    from pandas import DataFrame

# What the measures say themselves.
_AS_MEASURED = ("measure", "marks")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many units were assessed, how many of them have a score, and how many were worked exactly to be sure."""

    units: int = 0
    scored: int = 0
    exactly: int = 0


def evaluate_file(
    ready: Prepared, file: Path, output: Path, *, steps: bool = False, limits: Limits = UNLIMITED
) -> Tally:
    """The results of all units of a Parquet file, written to `output` (.parquet or .csv) in the order of its rows.

    `file`: a row for each unit; the columns of `units: by:` are carried over, all others are measures. Written are
    `state`, `score` with the policy's decimals (the exact fraction, as a text, if it does not round) and `grade`; with
    `steps` also what every indicator that is no plain measure came to, and what it takes inside a deduction: a binary
    number near the exact one, under the step's id.

    Raises `Refused` like `evaluate`, for a file that cannot be read (E980); then nothing is written.
    """
    made = columnar(ready.plan, ready.work)
    kept = _kept(ready.plan) if steps else ()
    tally = Tally()
    with opened(file, output, limits) as table:
        owners = [name for name in table.columns if name in ready.policy.header.units]
        names = {measure_path(ready, name): name for name in table.columns if name not in owners}
        for block in table.blocks(together=_compares(ready.plan)):
            measures = {
                path: _measure(ready, one, block[names[path]]) if path in names else absent(len(block))
                for path, one in ready.asked.items()
            }
            scored = Run(made, measures, [ready.scheme.result], kept).scored(0, len(block))
            results, decimals = columns_of(made, scored)
            table.add({**{name: block[name].to_numpy() for name in owners}, **results}, decimals)
            tally = Tally(
                units=tally.units + len(block),
                scored=tally.scored + int(scored.scores[ready.scheme.result].has.sum()),
                exactly=tally.exactly + int(scored.exactly.sum()),
            )
    return tally


def _compares(plan: Plan) -> bool:
    """Whether units are placed among each other (min-max, ranks …)."""
    return any(step.operation == "over units" for step in plan.steps)


def _kept(plan: Plan) -> tuple[str, ...]:
    """The steps in which indicators end, in the order of the plan."""
    ends = {*plan.outputs.values(), *plan.losses.values()}
    return tuple(step.id for step in plan.steps if step.id in ends and step.operation not in _AS_MEASURED)


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
