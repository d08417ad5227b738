"""Very many units of a frame: the same states, scores and grades by columns, where only the last doubts are exact."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.data.contract import UNLIMITED, Limits
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.columns.chunks import Columnar, Run, columnar, compares, decimals_of
from engine.evaluation.columns.files import RESULTS, opened, results_of
from engine.evaluation.columns.measures import Measure, absent, numbers_of, of_measured
from engine.evaluation.columns.reading import Block, Rows, UnitsFile, units_file
from engine.evaluation.columns.told import told
from engine.evaluation.ladder import is_scored, only_loses
from engine.evaluation.needs import Asked
from engine.evaluation.plan import Plan
from engine.insight.given_units import measured_units
from engine.insight.given_values import Unreadable, checked_number, wanted_of
from engine.insight.many import Prepared, columns_by_path, row_place
from engine.source import Place, file_place

if TYPE_CHECKING:
    from pandas import DataFrame

    from engine.data.parquet.files import Typed

# What the measures say themselves.
_AS_MEASURED = ("measure", "marks")


def framed_by_columns(ready: Prepared, frame: "DataFrame", *, indicators: bool) -> "DataFrame | None":
    """A frame of results beside the frame of measures; None for a policy whose scores are not rounded."""
    asked = told_indicators(ready) if indicators else [ready.scheme.result]
    if any(decimals_of(ready.plan, path) is None for path in asked):
        return None
    headers = {str(name): name for name in frame.columns}
    columns = {path: frame[headers[name]] for path, name in columns_by_path(ready, map(str, frame.columns)).items()}
    measures = {
        path: _measure(one, columns[path], frame.index, partial(row_place, ready))
        if path in columns
        else absent(len(frame))
        for path, one in ready.asked.items()
    }
    made = columnar(ready.plan, ready.work)
    scored = Run(made, measures, asked).scored(len(frame))
    names, rows = told(made, scored)
    results = type(frame)(rows.T, index=frame.index, columns=names, dtype=object, copy=False)
    results.attrs |= {"exactly": int(scored.exactly.sum()), "exactly for": apart(made)}
    return results


def apart(made: Columnar) -> tuple[str, ...]:
    """The indicators for which every unit is worked exactly: columns do not know how they are calculated."""
    return tuple(dict.fromkeys(step.path for step in made.unknown))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many units were assessed, how many of them have a score, and how many were worked exactly: those too near an
    edge, or all of them for the indicators at `apart`, which columns do not know.
    """

    units: int = 0
    scored: int = 0
    exactly: int = 0
    apart: tuple[str, ...] = ()


def evaluate_file(
    ready: Prepared, file: Path, output: Path, *, steps: bool = False, limits: Limits = UNLIMITED
) -> Tally:
    """The results of all units of a Parquet or text file, written to `output` (.parquet or .csv) in the order of its
    rows.

    `file`: a row for each unit; the columns of `units: by:` are carried over, all others are measures. Written are
    `state`, `score` with the policy's decimals (the exact fraction, as a text, if it does not round) and `grade`; with
    `steps` also what every indicator that is no plain measure came to, and what it takes inside a deduction: a binary
    number near the exact one, under the step's id. A Parquet file says so in its metadata, and how many units were
    worked exactly.

    Raises `Refused` like `evaluate`; E922, E923 for a unit that stands twice or has no name; E970, E980 for a file that
    cannot be read; E972 for a score of more than 18 digits. Then nothing is written.
    """
    made = columnar(ready.plan, ready.work)
    kept = _kept(ready.plan) if steps else ()
    tally = Tally(apart=apart(made))
    units = units_file(file, limits)
    owners = [column for column in units.columns if column.name in ready.policy.header.units]
    typed = {column.name: column for column in units.columns if column not in owners}
    if taken := [column for column in owners if column.name in (*RESULTS, *kept)]:
        args = {"column": taken[0].name}
        raise Refused((Diagnostic(code="E971", case="taken", place=file_place(file.name), args=args),))
    columns = {path: typed[name] for path, name in columns_by_path(ready, typed).items()}
    with opened(units, output, limits) as (connection, results):
        rows = Rows(connection, units, owners)
        rows.check()
        for block in rows.blocks(list(typed.values()), together=compares(ready.plan)):
            measures = _measures(ready, units, columns, block)
            scored = Run(made, measures, [ready.scheme.result], kept).scored(block.size)
            if scored.scores[ready.scheme.result].large:
                args = {"measure": ready.scheme.result}
                raise Refused((Diagnostic(code="E972", place=file_place(file.name), args=args),))
            found, decimals = results_of(made, scored)
            results.add(block.owners, found, decimals)
            tally = Tally(
                units=tally.units + block.size,
                scored=tally.scored + int(scored.scores[ready.scheme.result].has.sum()),
                exactly=tally.exactly + int(scored.exactly.sum()),
                apart=tally.apart,
            )
        results.write(_said(ready, tally, steps=steps))
    return tally


def _measures(ready: Prepared, units: UnitsFile, columns: "Mapping[str, Typed]", block: Block) -> Mapping[str, Measure]:
    """The measures of some units; one that the file does not have is missing in all."""
    labels = range(block.first, block.first + block.size)
    return {
        path: _measure(asked, block.measures[columns[path].name], labels, partial(_place, units, columns[path]))
        if path in columns
        else absent(block.size)
        for path, asked in ready.asked.items()
    }


def _place(units: UnitsFile, column: "Typed", label: Hashable) -> Place:
    assert isinstance(label, int)  # noqa: S101 - the rows of a file are numbered
    return units.place(label, column)


def _said(ready: Prepared, tally: Tally, *, steps: bool) -> Mapping[str, str]:
    """What a file of results tells of itself."""
    header = ready.policy.header
    return {
        "policy": f"{header.id} {header.version}",
        "scheme": ready.scheme.name,
        "units": str(tally.units),
        "worked exactly": str(tally.exactly),
        **({"worked exactly for": ", ".join(tally.apart)} if tally.apart else {}),
        "score": "exact, as the policy rounds",
        **({"steps": "binary numbers of 64 bits, near the exact ones"} if steps else {}),
    }


def _kept(plan: Plan) -> tuple[str, ...]:
    """The steps in which indicators end, in the order of the plan."""
    ends = {*plan.outputs.values(), *plan.losses.values()}
    return tuple(step.id for step in plan.steps if step.id in ends and step.operation not in _AS_MEASURED)


def told_indicators(ready: Prepared) -> list[str]:
    """The indicators that have scores, the result first."""
    every = ready.scheme.indicators
    return [path for path in ready.plan.order if is_scored(every[path]) and not only_loses(every[path])]


def _measure(
    asked: Asked,
    column: Any,  # noqa: ANN401 - a pandas column, or an array
    labels: Iterable[Hashable],
    place: Callable[[Hashable], Place],
) -> Measure:
    """A column of plain numbers as it is, if every one can be; of anything else each value as a cell would be read."""
    numbers = numbers_of(column)
    if numbers is not None:
        wanted = wanted_of(asked)
        extremes = [checked_number(wanted, Fraction(str(end))) for end in numbers.ends]
        if not any(isinstance(found, Unreadable) for found in extremes):
            return numbers
    return of_measured(measured_units(asked, column.tolist(), labels, place))
