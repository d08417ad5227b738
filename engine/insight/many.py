"""Many units at once, from measures to results: for notebooks, services and what-if questions.

    results = engine.evaluate("policy.yaml", [{"On-time delivery": "97%", "Complaints": 3}, …])
    results[0].score, results[0].grade, results[0].trace().nodes

    frame = engine.evaluate("policy.yaml", measures)      # a pandas frame: a row per unit, a column per measure

The plan is made once; every unit goes through the same exact steps as in `rubric run`, digit for digit. Scores are
Python's own fractions.
"""

import gc
from collections.abc import Callable, Generator, Hashable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

from engine.diagnostics import Diagnostic, Refused, listed
from engine.evaluation.assessment import assessment_date, not_in_force, refuse
from engine.evaluation.cells import Cell
from engine.evaluation.given import Given
from engine.evaluation.needs import Asked, measures_of
from engine.evaluation.nodes import Sheet, assessed, headline, reported_score, sheets
from engine.evaluation.plan import Plan, lower
from engine.evaluation.result import Assessment, State
from engine.evaluation.scores import Work, work_of, worked
from engine.evaluation.sheets import form_of
from engine.insight.cases import meant
from engine.insight.given_units import measured_units
from engine.insight.trace import known_names
from engine.language.checks.findings import nearest_name
from engine.language.policy import CheckedScheme, Policy
from engine.language.policy_file import read_policy
from engine.source import Place, file_place

if TYPE_CHECKING:
    from pandas import DataFrame

# What a measure may be: beside `Given`, a binary or decimal number, and any text that a file of tests may have (97%).
Value = Given | float | Decimal
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """The result of one unit. `unit`: its row's label in the frame, else its number from 0.

    `score` as reported (rounded), `exact` the full value; both None where `state` is not VALUE, `reason` then says why
    and `cause` names the path it speaks of.
    """

    unit: Hashable
    state: State
    score: Fraction | None
    exact: Fraction | None
    grade: str | None
    reason: str
    cause: str
    sheet: Sheet = field(repr=False, compare=False)

    def trace(self) -> Assessment:
        """Every indicator and every step of the calculation, as `rubric explain` tells them."""
        return assessed(self.sheet, unit={}, segment={}, period=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A scheme of a policy made ready for one assessment date; to be used again and again."""

    policy: Policy
    scheme: CheckedScheme
    as_of: date | None
    plan: Plan = field(repr=False)
    work: tuple[Work, ...] = field(repr=False, compare=False)
    asked: Mapping[str, Asked] = field(repr=False)

    def __reduce__(self) -> "tuple[Callable[[Policy, CheckedScheme, date | None], Prepared], tuple[object, ...]]":
        """Another process makes the steps ready again: functions do not travel."""
        return _prepared, (self.policy, self.scheme, self.as_of)


def prepare(policy: Policy | Path | str, *, scheme: str | None = None, as_of: date | None = None) -> Prepared:
    """A policy, or the path of its file, made ready. `scheme`: which one of several; `as_of`: else the first day on
    which the policy holds.

    Raises `Refused` for a policy with errors, a scheme it does not have (E947), a date on which it does not hold.
    """
    if not isinstance(policy, Policy):
        read = read_policy(Path(policy))
        if read.policy is None:
            raise Refused(read.diagnostics)
        policy = read.policy
    chosen = _scheme(policy, scheme)
    day = assessment_date(policy, None, as_of)
    refuse(not_in_force(policy, day))
    return _prepared(policy, chosen, day)


def _prepared(policy: Policy, scheme: CheckedScheme, day: date | None) -> Prepared:
    plan = lower(policy, scheme)
    asked = {each.indicator.path: each for each in measures_of(plan)}
    return Prepared(policy=policy, scheme=scheme, as_of=day, plan=plan, work=work_of(plan, day), asked=asked)


@overload
def evaluate(
    policy: Prepared | Policy | Path | str,
    units: "DataFrame",
    *,
    scheme: str | None = None,
    as_of: date | None = None,
    indicators: bool = False,
    exact: bool = True,
) -> "DataFrame": ...


@overload
def evaluate(
    policy: Prepared | Policy | Path | str,
    units: Iterable[Mapping[str, Value]],
    *,
    scheme: str | None = None,
    as_of: date | None = None,
) -> tuple[UnitResult, ...]: ...


def evaluate(  # noqa: PLR0913 - a keyword for each choice
    policy: Prepared | Policy | Path | str,
    units: "DataFrame | Iterable[Mapping[str, Value]]",
    *,
    scheme: str | None = None,
    as_of: date | None = None,
    indicators: bool = False,
    exact: bool = True,
) -> "DataFrame | tuple[UnitResult, ...]":
    """The results of many units from their measures.

    `units`: a mapping for each unit, or a pandas frame with one row per unit; measures are named as in the policy, by
    name, key or path. A number is in the indicator's own unit (a rate of 97 % is 97), a binary number counts as the
    decimal it prints; a text is read as in a data file (`97%`); None and NaN are missing; a list is single elapsed
    times or the shares of a distribution, a mapping the value of each period. A measure that is not given is missing.

    A frame gives a frame with the same index: `state`, `score` (a Decimal as reported), `exact` (a fraction in text),
    `grade`; with `indicators` the score of every other indicator as well, under its path. With `exact=False` a frame
    is given without the fractions, and many units take a small part of the time: they are worked in columns of binary
    numbers, and those near any edge exactly, so that every state, score and grade is the same.

    Conversions over units (min-max, ranks …) compare the given units. Raises `Refused`: see `prepare`; E942, E943 for
    a name that is no measure of the policy or that of several; E914, E919, E920, E944 for a value that cannot be.
    """
    ready = policy if isinstance(policy, Prepared) else prepare(policy, scheme=scheme, as_of=as_of)
    if hasattr(units, "columns") and hasattr(units, "index"):
        frame = cast("DataFrame", units)
        found = None if exact else _by_columns(ready, frame, indicators=indicators)
        return _framed(ready, frame, indicators=indicators, exact=exact) if found is None else found
    rows = list(cast("Iterable[Mapping[str, Value]]", units))
    return _results(ready, _by_path(ready, rows), range(len(rows)))


# ---------------------------------------------------------------- measures


def _by_path(ready: Prepared, rows: Sequence[Mapping[str, Value]]) -> dict[str, Sequence[Any]]:
    """The values of each measure, one per unit."""
    names = {name: measure_path(ready, name) for name in dict.fromkeys(name for row in rows for name in row)}
    columns: dict[str, Sequence[Any]] = {}
    for name, path in names.items():
        column = [row.get(name) for row in rows]
        before = columns.get(path)
        columns[path] = (
            column if before is None else [b if a is None else a for a, b in zip(column, before, strict=True)]
        )
    return columns


def measure_path(ready: Prepared, name: str) -> str:
    """The measure meant by a name; of several of one name the one that is collected."""
    every = meant(ready.policy, ready.scheme, name)
    paths = [indicator.path for indicator in every if indicator.path in ready.asked]
    if len(paths) == 1:
        return paths[0]
    place = file_place(ready.policy.source.name)
    if len(paths) > 1:
        args = {"name": name, "paths": listed(paths, most=3)}
        raise Refused((Diagnostic(code="E943", place=place, hint=paths[0], args=args),))
    if every:
        raise Refused((Diagnostic(code="E942", case="measure", place=place, args={"name": name}),))
    hint = nearest_name(name, list(known_names(ready.scheme)))
    raise Refused((Diagnostic(code="E942", place=place, hint=hint, args={"name": name}),))


def columns_by_path(ready: Prepared, names: Iterable[str]) -> dict[str, str]:
    """By path the column that gives the measure; raises `Refused` (E942, E943; E971 for two that give the same)."""
    found: dict[str, str] = {}
    for name in names:
        path = measure_path(ready, name)
        if path in found:
            args = {"column": name, "other": found[path], "measure": path}
            raise Refused((Diagnostic(code="E971", place=file_place(ready.policy.source.name), args=args),))
        found[path] = name
    return found


def row_place(ready: Prepared, label: Hashable) -> Place:
    """Where the values of a row stand that no file has: beside the policy, under the row's label."""
    return file_place(f"{ready.policy.source.name}[{label}]")


# ---------------------------------------------------------------- results


def _results(
    ready: Prepared, columns: Mapping[str, Sequence[Any]], labels: Sequence[Hashable]
) -> tuple[UnitResult, ...]:
    nothing, place = [None] * len(labels), partial(row_place, ready)
    with _collecting_later():
        measures = {
            path: measured_units(asked, columns.get(path, nothing), labels, place)
            for path, asked in ready.asked.items()
        }
        cells = [Cell(unit=(str(number),)) for number in range(len(labels))]
        scores = worked(ready.work, cells, measures)
        every = sheets(form_of(ready.plan, ready.as_of), scores, len(cells))
        return tuple([_result(label, sheet) for label, sheet in zip(labels, every, strict=True)])


@contextmanager
def _collecting_later() -> Generator[None]:
    """Python's collector rests: all that is made here is kept, and looking through it again and again for what is not
    would take a third of the time. What was made joins the old objects, so that it is not looked through at once.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        if collects:
            gc.enable()


def _result(label: Hashable, sheet: Sheet) -> UnitResult:
    top = headline(sheet)
    return UnitResult(
        unit=label,
        state=top.state,
        score=top.reported,
        exact=top.exact,
        grade=top.grade,
        reason=top.reason,
        cause=top.cause,
        sheet=sheet,
    )


def _scheme(policy: Policy, name: str | None) -> CheckedScheme:
    """The scheme of that name, or the only one."""
    names = [scheme.name for scheme in policy.schemes]
    place = file_place(policy.source.name)
    if name is None and len(names) > 1:
        args = {"known": listed(names)}
        raise Refused((Diagnostic(code="E947", case="unsaid", place=place, hint=f"scheme: {names[0]}", args=args),))
    if name is not None and name not in names:
        args = {"name": name, "known": listed(names)}
        raise Refused((Diagnostic(code="E947", place=place, hint=nearest_name(name, names), args=args),))
    return next(scheme for scheme in policy.schemes if name in (None, scheme.name))


# ---------------------------------------------------------------- frames


def _by_columns(ready: Prepared, frame: "DataFrame", *, indicators: bool) -> "DataFrame | None":
    """The frame of results by columns; None where the policy cannot be worked so."""
    from engine.insight.columns import framed_by_columns

    return framed_by_columns(ready, frame, indicators=indicators)


def _framed(ready: Prepared, frame: "DataFrame", *, indicators: bool, exact: bool) -> "DataFrame":
    """A frame of results beside the frame of measures, row by row."""
    headers = {str(name): name for name in frame.columns}
    columns = {
        path: list(frame[headers[name]]) for path, name in columns_by_path(ready, map(str, frame.columns)).items()
    }
    labels: list[Hashable] = list(frame.index)
    results = _results(ready, columns, labels)
    told: dict[str, list[Any]] = {
        "state": [one.state.value for one in results],
        "score": [_decimal(one.score) for one in results],
        **({"exact": [None if one.exact is None else str(one.exact) for one in results]} if exact else {}),
        "grade": [one.grade for one in results],
    }
    if indicators:
        others = [path for path in ready.plan.order if path != ready.scheme.result and not _is_bare(results, path)]
        told |= {path: [_decimal(reported_score(one.sheet, path)) for one in results] for path in others}
    return type(frame)(told, index=frame.index, dtype=object)


def _is_bare(results: Sequence[UnitResult], path: str) -> bool:
    """No unit has a score there: it is only counted or measured."""
    return all(reported_score(one.sheet, path) is None for one in results)


def _decimal(number: Fraction | None) -> Decimal | None:
    """The number in decimal digits: all of them, or 50 where they do not end."""
    if number is None:
        return None
    from decimal import ROUND_HALF_EVEN, Context

    return Context(prec=50, rounding=ROUND_HALF_EVEN).divide(Decimal(number.numerator), Decimal(number.denominator))
