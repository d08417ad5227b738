"""Many units through a plan: chunk by chunk over columns, and what is in doubt there by the exact arithmetic."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.cells import Cell
from engine.evaluation.columns.edges import Doubts, rounded
from engine.evaluation.columns.legend import Legend, gaps_of
from engine.evaluation.columns.measures import STATES, Measure, exact_measures, source_of
from engine.evaluation.columns.numbers import Codes, Column, Floats, Labels, Mask, Rows, double, replaced
from engine.evaluation.columns.parts import Formula
from engine.evaluation.columns.steps import MAKERS
from engine.evaluation.given import REASONS
from engine.evaluation.nodes import Sheet, headline, reported_score, sheets
from engine.evaluation.plan import Plan, Step
from engine.evaluation.result import Reason, State
from engine.evaluation.scores import Work, worked
from engine.evaluation.sheets import form_of
from engine.language.syntax import Half

CHUNK = 1 << 16  # what a step reads and writes of so many units stays near the processor
PIECE = 1 << 12  # of so many units the exact arithmetic keeps every step at a time
_LARGE = 10**18


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The reported scores of one indicator, as whole numbers of units of the last decimal; 0 where there is none.

    `exact`: of an indicator that is not rounded the exact scores in their place, None where there is none. `large`: by
    unit the scores of more than 18 digits, for which 0 stands in `units`.
    """

    units: NDArray[np.int64]
    has: Mask
    exact: tuple[Fraction | None, ...] | None = None
    large: Mapping[int, Fraction] = field(default_factory=dict[int, Fraction])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What became of some units. `lacks`, `instead`, `grade`: codes of the legend. `scores`: by path, the result first.
    `exactly`: the units that the exact arithmetic worked. `steps`: the values of the steps that were asked for.
    """

    lacks: Codes
    instead: Codes
    grade: Labels
    scores: Mapping[str, Reported]
    exactly: Mask
    steps: Mapping[str, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columnar:
    """A plan made ready for columns: the formula of each step but the measures. `unknown`: the steps that only the
    exact arithmetic knows; with one of them it works all units.
    """

    plan: Plan
    work: Sequence[Work]
    legend: Legend
    formulas: tuple[Formula | None, ...]
    missing: Mapping[str, Codes]
    unknown: tuple[Step, ...]


def columnar(plan: Plan, work: Sequence[Work]) -> Columnar:
    """The plan made ready, once for any number of units. `work`: the same for the exact arithmetic."""
    legend, formulas, unknown = Legend(), list[Formula | None](), list[Step]()
    missing: dict[str, Codes] = {}
    for each in work:
        step = each.task.step
        maker = MAKERS.get(step.operation)
        formulas.append(None if maker is None else maker(each.task, legend))
        if step.operation == "measure":
            missing[step.id] = _lacks_of(step, legend)
        elif formulas[-1] is None:
            unknown.append(step)
    return Columnar(
        plan=plan, work=work, legend=legend, formulas=tuple(formulas), missing=missing, unknown=tuple(unknown)
    )


def _lacks_of(step: Step, legend: Legend) -> Codes:
    """By the number of a state the code of the measure's lack."""
    of = [state for state in STATES if state is not State.VALUE]
    codes = {state: legend.lack(state, REASONS.get(state, Reason.OUT_OF_RANGE), step.path) for state in of}
    return np.array([codes.get(state, 0) for state in STATES], dtype=np.uint16)


# ---------------------------------------------------------------- units


def decimals_of(plan: Plan, path: str) -> int | None:
    """To how many decimals the score of an indicator is reported; None where it is not rounded."""
    rounding = plan.scheme.indicators[path].rounding or plan.scheme.rounding
    return None if rounding.mode is Half.NONE else rounding.decimals


class Run:
    """Units on their way through a plan. `asked`: the indicators whose scores are reported, the
    result first; one that is not rounded is worked exactly; `kept`: the steps whose values are wanted.
    """

    def __init__(
        self, ready: Columnar, measures: Mapping[str, Measure], asked: Sequence[str], kept: Sequence[str] = ()
    ) -> None:
        self.ready, self.asked, self.kept = ready, tuple(asked), tuple(kept)
        paths = {step.path: step.id for step in ready.plan.steps if step.operation == "measure"}
        self.sources = {
            path: source_of(measures[path], ready.missing[name], number)
            for number, (path, name) in enumerate(paths.items())
        }
        result, outputs = ready.plan.scheme.result, ready.plan.outputs
        self.ends = _ends(ready.plan, {*kept, f"{result}/grade", *(outputs[path] for path in (result, *asked))})

    def scored(self, size: int) -> Scored:
        """All units: so many."""
        found = _Found(self, size)
        if self.ready.unknown or found.exact:
            found.exactly[:] = True
        else:
            with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
                self._by_columns(found, size)
        for source in self.sources.values():
            found.exactly[list(source.measure.others)] = True
        self._exactly(found)
        return found.scored()

    def _by_columns(self, found: "_Found", size: int) -> None:
        """Chunk by chunk, and then once more those units that a chunk has left for later."""
        later, tied = [np.empty(0, dtype=np.intp)], dict[int, list[Rows]]()
        for start in range(0, size, CHUNK):
            units = slice(start, min(start + CHUNK, size))
            doubts = Doubts(units.stop - start, last=False)
            self._chunk(found, units, doubts)
            later.append(start + np.flatnonzero(doubts.later))
            for rows, of in doubts.tied:
                tied.setdefault(of, []).append(start + rows)
        left = np.concatenate(later)
        for start in range(0, len(left), CHUNK):
            units = left[start : start + CHUNK]
            doubts = Doubts(len(units), last=True)
            self._chunk(found, units, doubts)
            for rows, of in doubts.tied:
                tied.setdefault(of, []).append(units[rows])
        self._check_decimals(found, {of: np.concatenate(rows) for of, rows in tied.items()})

    def _chunk(self, found: "_Found", units: Rows | slice, doubts: Doubts) -> None:
        columns: dict[str, Column] = {}
        for step, formula in zip(self.ready.plan.steps, self.ready.formulas, strict=True):
            if formula is None:
                columns[step.id] = self.sources[step.path].column(units)
            else:
                columns[step.id] = formula([columns[name] for name in step.inputs], doubts)
                doubts.check(columns[step.id])
            for name in self.ends.get(step.id, ()):
                del columns[name]
        found.enter(columns, doubts, units)
        found.exactly[units] = doubts.unsure

    def _check_decimals(self, found: "_Found", tied: Mapping[int, Rows]) -> None:
        """Ties that rest on decimals which a measure does not have are none."""
        for of, units in tied.items():
            for source in self.sources.values():
                if source.bit & of:
                    found.exactly[units[~source.has_decimals(units)]] = True

    def _exactly(self, found: "_Found") -> None:
        """The units that are in doubt."""
        rows = np.flatnonzero(found.exactly).tolist()
        size = max(len(rows), 1) if compares(self.ready.plan) else PIECE
        form = form_of(self.ready.plan, None)
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            measures = {path: exact_measures(source.measure, some) for path, source in self.sources.items()}
            scores = worked(self.ready.work, [Cell(unit=(str(row),)) for row in some], measures)
            for row, sheet in zip(some, sheets(form, scores, len(some)), strict=True):
                found.enter_exact(row, sheet)


def compares(plan: Plan) -> bool:
    """Whether units are placed among each other (min-max, ranks …), so that they are worked all together."""
    return any(step.operation == "over units" for step in plan.steps)


def _ends(plan: Plan, kept: Collection[str]) -> Mapping[str, Sequence[str]]:
    """By step the steps whose values nothing reads after it."""
    last: dict[str, str] = {}
    for step in plan.steps:
        last |= dict.fromkeys((step.id, *step.inputs), step.id)
    ends: dict[str, list[str]] = {}
    for name, reader in last.items():
        if name not in kept:
            ends.setdefault(reader, []).append(name)
    return ends


class _Found:
    """What is found of the units of one block."""

    def __init__(self, run: Run, size: int) -> None:
        self.run, self.plan, self.legend = run, run.ready.plan, run.ready.legend
        self.lacks: Codes = np.zeros(size, dtype=np.uint16)
        self.instead: Codes = np.zeros(size, dtype=np.uint16)
        self.grade: Labels = np.zeros(size, dtype=np.uint8)
        self.exactly: Mask = np.zeros(size, dtype=np.bool_)
        self.units = {path: np.zeros(size, dtype=np.int64) for path in run.asked}
        self.has = {path: np.zeros(size, dtype=np.bool_) for path in run.asked}
        bare = [path for path in run.asked if decimals_of(self.plan, path) is None]
        self.exact: dict[str, list[Fraction | None]] = {path: [None] * size for path in bare}
        self.large = {path: dict[int, Fraction]() for path in run.asked}
        self.steps = {name: np.empty(size) for name in run.kept}  # every unit is entered, by columns or exactly

    def enter(self, columns: Mapping[str, Column], doubts: Doubts, units: Rows | slice) -> None:
        """What became of one chunk."""
        result = self.plan.scheme.result
        end = columns[self.plan.outputs[result]]
        lacks, grade = gaps_of(end), columns.get(f"{result}/grade")
        if grade is not None and grade.grade is not None:
            labels = grade.grade
            if lacks is not None:
                labels[lacks.rows] = 0
            self.grade[units] = labels
        for codes, gaps in ((self.lacks, lacks), (self.instead, end.instead)):
            if gaps is not None:
                some = np.zeros(len(end.values), dtype=np.uint16)
                some[gaps.rows] = gaps.codes
                codes[units] = some
        for path in self.run.asked:
            column = grade if path == result and grade is not None else columns[self.plan.outputs[path]]
            self._report(path, column, doubts, units)
        for name, values in self.steps.items():
            values[units] = columns[name].values

    def _report(self, path: str, column: Column, doubts: Doubts, units: Rows | slice) -> None:
        scheme = self.plan.scheme
        if column.reported is None:
            column = rounded(doubts, column, scheme.indicators[path].rounding or scheme.rounding)
        assert column.reported is not None  # noqa: S101 - it has just been rounded
        reported, has = column.reported, np.ones(len(column.reported), dtype=np.bool_)
        if (lacks := gaps_of(column)) is not None:
            reported, has[lacks.rows] = replaced(reported, lacks.rows, 0), False
        self.units[path][units], self.has[path][units] = reported, has

    def enter_exact(self, row: int, sheet: Sheet) -> None:
        """What the exact arithmetic found of one unit."""
        top = headline(sheet)
        reason = Reason(top.reason) if top.reason else None
        lack = 0 if top.state is State.VALUE else self.legend.lack(top.state, reason, top.cause)
        replaced = top.state is State.VALUE and reason is not None
        self.lacks[row] = lack
        self.instead[row] = self.legend.lack(State.MISSING, reason, top.cause) if replaced else 0
        self.grade[row] = self.legend.grade(top.grade or "")
        for path, units in self.units.items():
            score = reported_score(sheet, path)
            self.has[path][row] = score is not None
            if path in self.exact:
                self.exact[path][row] = score
            elif score is not None:
                whole = int(score * Fraction(10) ** (decimals_of(self.plan, path) or 0))
                units[row] = whole if abs(whole) < _LARGE else 0
                if abs(whole) >= _LARGE:
                    self.large[path][row] = score
        for name, values in self.steps.items():
            figure = sheet.figure(name)
            values[row] = double(figure.number) if figure.is_value and figure.value is not None else np.nan

    def scored(self) -> Scored:
        """All of it, put together."""
        scores = {
            path: Reported(
                units=units,
                has=self.has[path],
                exact=tuple(self.exact[path]) if path in self.exact else None,
                large=self.large[path],
            )
            for path, units in self.units.items()
        }
        return Scored(
            lacks=self.lacks,
            instead=self.instead,
            grade=self.grade,
            scores=scores,
            exactly=self.exactly,
            steps=self.steps,
        )
