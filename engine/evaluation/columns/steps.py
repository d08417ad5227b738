"""Every operation of a plan over columns: the counterpart of `formulas.FORMULAS`, a function for each.

A function makes a step ready once, with its numbers and codes; None stands for what columns do not know. What comes
of it works on the columns of one chunk after the other.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np

from engine.evaluation.arithmetic import ONE, ZERO
from engine.evaluation.columns import items, means, parts, rules
from engine.evaluation.columns.edges import Doubts, equals, outside, reaches, rounded
from engine.evaluation.columns.formulas import compared, formula
from engine.evaluation.columns.grading import graded
from engine.evaluation.columns.legend import (
    FAILED,
    LACKING,
    Legend,
    blanked,
    demanded,
    first,
    gaps_at,
    gaps_of,
    lacking,
)
from engine.evaluation.columns.numbers import (
    HALF_STEP,
    Column,
    Gaps,
    chosen,
    clamped,
    common,
    constant,
    double,
    larger,
    mixed,
    put_in,
    replaced,
)
from engine.evaluation.columns.parts import Formula, Inputs
from engine.evaluation.formulas import HUNDRED
from engine.evaluation.items import total_cap
from engine.evaluation.ladder import marks_of, only_loses
from engine.evaluation.result import Reason, State
from engine.evaluation.tasks import Task
from engine.language.policy import Computed, Grouped
from engine.language.syntax import Half, Kind, Outcome

Maker = Callable[[Task, Legend], Formula | None]


# ---------------------------------------------------------------- from a measured value to a score


def _logarithm(task: Task, legend: Legend) -> Formula:
    """Ln x for x > 0."""
    code = legend.lack(State.ERROR, Reason.NO_LOGARITHM, task.indicator.path)

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        (x,) = inputs
        positive = reaches(doubts, x, ZERO, closed=False)
        return lacking(means.logarithm(x), ~positive & ~np.isnan(x.values), code)

    return found


def _scale(task: Task, legend: Legend) -> Formula | None:
    """S = c + (x - a)(d - c)/(b - a), on each part of a broken line; it has no jump, so nothing is decided there."""
    indicator, scale = task.indicator, task.indicator.scale
    if scale is None or not task.stretches or any(one.high <= one.low for one in task.stretches):
        return None
    first, *others = task.stretches
    low, high = min(scale.low, scale.high), max(scale.low, scale.high)
    code = legend.lack(State.ERROR, Reason.OUT_OF_SCALE, indicator.path)

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        (x,) = inputs
        x = clamped(x, low, high) if indicator.clamped else _between(x, low, high, code, doubts)
        lacks = x.lacks
        if indicator.log_scale:
            x = means.logarithm(clamped(x, low, high))
        value = mixed([(first.slope, x)], first.shift)
        for one in others:
            on = mixed([(one.slope, x)], one.shift)
            value = chosen(x.values > double(one.low), on, value)
        return value._replace(lacks=lacks)

    return found


def _between(x: Column, low: Fraction, high: Fraction, code: int, doubts: Doubts) -> Column:
    """The column without the values that lie below or above two bounds."""
    beyond = outside(doubts, x, low, high)
    return x if beyond is None else lacking(x, beyond & np.isfinite(x.values), code)


def _marks(task: Task, legend: Legend) -> Formula:
    """A value that is a score already: 是否 gives all or nothing, a rate its per cents, points count as they are."""
    i = task.indicator
    code = legend.lack(State.ERROR, Reason.OUT_OF_RANGE, i.path)
    most = max(i.full, HUNDRED) if i.kind is Kind.SCORE else i.full

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        (x,) = inputs
        if i.kind is Kind.YES_NO:
            yes = equals(doubts, x, ZERO) if i.lower_is_better else ~equals(doubts, x, ZERO)
            size = len(x.values)
            return blanked(chosen(yes, constant(i.full, size), constant(ZERO, size)), gaps_of(x))
        if i.kind is Kind.RATE:
            rate = mixed([(-ONE, x)], HUNDRED) if i.lower_is_better else x
            return clamped(rate, ZERO, HUNDRED)._replace(lacks=x.lacks)
        return _between(x, ZERO, most, code, doubts) if i.kind in (Kind.SCORE, Kind.POINTS) else x

    return found


def _points(task: Task, _legend: Legend) -> Formula:
    """A score of 100 counts for the points of the line in the heading above."""
    part = task.indicator.full / HUNDRED
    return lambda inputs, _doubts: mixed([(part, inputs[0])])._replace(lacks=inputs[0].lacks)


def _combination(task: Task, legend: Legend) -> Formula | None:
    value = task.indicator.value
    return formula(task, legend, value.formula) if isinstance(value, Computed) else means.combination(task, legend)


def _loss(task: Task, legend: Legend) -> Formula:
    """What the heading above loses: deductions less additions, the losses of a group, or full marks less the score."""
    if isinstance(task.indicator.value, Grouped):
        return parts.summed_losses(task, legend)
    if only_loses(task.indicator):
        return items.own_loss(task)
    full = marks_of(task.indicator)
    return lambda inputs, _doubts: mixed([(-ONE, inputs[0])], full)._replace(lacks=inputs[0].lacks)


# ---------------------------------------------------------------- missing values


def _substitute(task: Task, _legend: Legend) -> Formula | None:
    """零分 or 满分 in the place of what is missing."""
    value = marks_of(task.indicator) if task.indicator.missing is Outcome.FULL else ZERO
    return None if task.levels else _replacing(value, said=True)


def _substituted_loss(task: Task, legend: Legend) -> Formula:
    """满分: nothing deducted; 零分: the whole cap, and without a cap an error."""
    item = task.indicator.item
    cap = None if item is None else total_cap(item)
    if task.indicator.missing is Outcome.FULL:
        return _replacing(ZERO, said=False)
    if cap is not None:
        return _replacing(cap, said=False)
    code = legend.lack(State.ERROR, Reason.NO_CAP, task.indicator.path)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        (x,) = inputs
        gaps = gaps_of(x)
        if gaps is None:
            return x
        missing = (gaps.codes >= LACKING) & (gaps.codes < FAILED)
        return x._replace(lacks=Gaps(gaps.rows, np.where(missing, np.uint16(code), gaps.codes)))

    return found


def _replacing(value: Fraction, *, said: bool) -> Formula:
    """A value in the place of what is missing. `said`: as a score, which says what it stands for, but no loss."""
    put = double(value)

    def found(inputs: Inputs, _doubts: Doubts) -> Column:
        (x,) = inputs
        if x.lacks is None:
            return x
        if isinstance(x.lacks, int) and LACKING <= x.lacks < FAILED:
            values, lacks, instead = put_in(put, x, x.values), None, gaps_of(x) if said else None
        elif (gaps := gaps_of(x)) is not None:
            missing = (gaps.codes >= LACKING) & (gaps.codes < FAILED)
            instead, lacks = gaps_at(gaps.rows, gaps.codes * missing), gaps_at(gaps.rows, gaps.codes * ~missing)
            values = x.values if instead is None else replaced(x.values, instead.rows, put)
        else:
            return x
        return x._replace(
            values=values,
            error=larger(x.error, HALF_STEP * abs(put)),
            most=larger(x.most, abs(put)),
            grid=common(x.grid, value.denominator),
            least=min(x.least, put),
            told=False,
            lacks=lacks,
            instead=instead,
            added=None,
        )

    return found


# ---------------------------------------------------------------- the end of a node


def _veto(task: Task, legend: Legend) -> Formula:
    """Each veto in the written order: a fixed score replaces, a ceiling lowers, of demanded grades the worst stands."""
    vetoes = task.indicator.vetoes
    grades = [legend.grade(veto.grade) if veto.grade is not None else 0 for veto in vetoes]
    ranks = legend.ranks(task.indicator.bands)
    forgiving = (Outcome.RENORMALISE, Outcome.FULL)
    watched_by = [task.scheme.indicators[veto.path] for veto in vetoes]
    stops = [FAILED if seen.missing in forgiving else LACKING for seen in watched_by]

    def found(inputs: Inputs, doubts: Doubts) -> Column:
        score, *watched = inputs
        value, forced, lacks = score, score.forced, gaps_of(score)
        for veto, seen, stop, grade in zip(vetoes, watched, stops, grades, strict=True):
            acts = compared(doubts, seen, veto.comparison, veto.bound)
            gaps = gaps_of(seen)
            if gaps is not None:
                acts[gaps.rows] = False
                lacks = first(lacks, gaps_at(gaps.rows, legend.passed(gaps.codes, stop)))
            if not acts.any():
                continue
            if veto.score is not None:
                value = chosen(acts, constant(veto.score, len(acts)), value)
            if veto.ceiling is not None:
                value = chosen(acts, clamped(value, None, veto.ceiling), value)
            if grade:
                forced = demanded(forced, acts, grade, ranks)
        return blanked(value, lacks)._replace(instead=score.instead, forced=forced)

    return found


def _rounding(task: Task, _legend: Legend) -> Formula:
    rounding = task.indicator.rounding
    if rounding is None or rounding.mode is Half.NONE:
        return lambda inputs, _doubts: inputs[0]
    return lambda inputs, doubts: rounded(doubts, inputs[0], rounding)


MAKERS: Mapping[str, Maker] = {
    "logarithm": _logarithm,
    "scale": _scale,
    "marks": _marks,
    "combination": _combination,
    "rule": rules.rule,
    "base": items.base,
    "deduction": items.deduction,
    "addition": items.addition,
    "score": items.score,
    "ceiling": items.ceiling,
    "points": _points,
    "substitute": _substitute,
    "veto": _veto,
    "rounding": _rounding,
    "grade": graded,
    "loss": _loss,
    "substituted loss": _substituted_loss,
    "rounded loss": _rounding,
}
