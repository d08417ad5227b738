"""One formula per operation of the plan, written once.

`FORMULAS` names for each operation what makes its steps ready: from the task, what is the same in every cell, to a
function of the figures of the step's inputs in one cell. A figure without a value passes through every step but those
that say what to do about it.
"""

from collections.abc import Mapping
from fractions import Fraction

from engine.evaluation import marking
from engine.evaluation.arithmetic import (
    ZERO,
    clamped,
    comparing,
    mapping,
    minus,
    natural_log,
    rounded,
    rounding_to,
    times,
    within,
)
from engine.evaluation.bands import grading, worst_of
from engine.evaluation.combination import combining_of, passed_on
from engine.evaluation.figures import VALUE, Figure, Formula, Inputs, without
from engine.evaluation.fuzzy import composed, defuzzified
from engine.evaluation.items import total_cap
from engine.evaluation.result import Reason, State
from engine.evaluation.tasks import Maker, Task
from engine.language.policy import CheckedScheme, FuzzyEvaluation, Indicator
from engine.language.syntax import Kind, Outcome

HUNDRED = Fraction(100)


# ---------------------------------------------------------------- from a measured value to a score


def _logarithm(task: Task) -> Formula:
    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        if not x.is_value:
            return x
        if x.number <= 0:
            return without(State.ERROR, Reason.NO_LOGARITHM, task.indicator.path)
        return Figure(value=natural_log(x.number), inexact=True)

    return found


def _scale(task: Task) -> Formula:
    """The place on the scale; a value outside it is an error unless the policy clamps it."""
    indicator, scale = task.indicator, task.indicator.scale
    assert scale is not None  # noqa: S101 - the ladder gives this step to scales only
    low, high = min(scale.low, scale.high), max(scale.low, scale.high)
    inside, place = within(low, high, low_closed=True, high_closed=True), mapping(task.stretches)
    logarithmic = indicator.log_scale

    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        if x.state is not VALUE:
            return x
        value = x.number
        if not inside(value):
            if not indicator.clamped:
                return without(State.ERROR, Reason.OUT_OF_SCALE, indicator.path)
            value = clamped(value, low, high)
        if not logarithmic:
            return Figure(VALUE, place(value), x.inexact)
        if low <= 0:
            return without(State.ERROR, Reason.NO_LOGARITHM, indicator.path)
        return Figure(value=place(natural_log(value)), inexact=True)

    return found


def _marks(task: Task) -> Formula:
    """A value that is a score already: 是否 gives all or nothing, a rate its per cents, points count as they are."""
    i = task.indicator
    most = max(i.full, HUNDRED) if i.kind is Kind.SCORE else i.full
    possible = within(ZERO, most, low_closed=True, high_closed=True)

    def yes_or_no(value: Fraction) -> Fraction:
        return i.full if (value != 0) is not i.lower_is_better else ZERO

    def rate(value: Fraction) -> Fraction:
        return clamped(minus(HUNDRED, value) if i.lower_is_better else value, ZERO, HUNDRED)

    def points(value: Fraction) -> Fraction | None:
        return value if possible(value) else None

    worth = {Kind.YES_NO: yes_or_no, Kind.RATE: rate, Kind.SCORE: points, Kind.POINTS: points}.get(i.kind)

    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        if x.state is not VALUE:
            return x
        value = x.number if worth is None else worth(x.number)
        if value is None:
            return without(State.ERROR, Reason.OUT_OF_RANGE, i.path)
        return Figure(VALUE, value, x.inexact)

    return found


def _points(task: Task) -> Formula:
    """A score of 100 counts for the points of the line in the heading above."""
    part = task.indicator.full / HUNDRED

    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        return Figure(VALUE, times(x.number, part), x.inexact) if x.is_value else x

    return found


# ---------------------------------------------------------------- parts


def _membership(task: Task) -> Formula:
    value = task.indicator.value

    def found(inputs: Inputs) -> Figure:
        if isinstance(value, FuzzyEvaluation):
            return composed(task.indicator, value.operator, tuple(zip(task.parts, inputs, strict=True)))
        (x,) = inputs
        return Figure(membership=x.measured.shares) if x.is_value and x.measured is not None else x

    return found


def _defuzzification(task: Task) -> Formula:
    value = task.indicator.value

    def found(inputs: Inputs) -> Figure:
        (b,) = inputs
        if not b.is_value or not isinstance(value, FuzzyEvaluation):
            return b
        if not any(b.membership):
            return without(State.NOT_RATED, Reason.NOTHING_LEFT, task.indicator.path)
        score = defuzzified(value.grades, b.membership, by_membership=value.by_membership)
        return b._replace(value=score)

    return found


def _combination(task: Task) -> Formula:
    return combining_of(task.indicator, task.parts, task.mix)


# ---------------------------------------------------------------- missing values


def _substitute(task: Task) -> Formula:
    """零分 or 满分 in the place of what is missing."""
    full, levels = task.indicator.missing is Outcome.FULL, range(task.levels)
    value = None if levels else task.full if full else ZERO
    membership = tuple(Fraction(int(n == (0 if full else task.levels - 1))) for n in levels)

    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        if not _is_missing(x):
            return x
        return Figure(value=value, membership=membership, reason=x.reason, cause=x.cause, substituted=True)

    return found


def _substituted_loss(task: Task) -> Formula:
    """满分: nothing deducted; 零分: the whole cap, and without a cap an error."""
    cap = ZERO if task.indicator.missing is Outcome.FULL else total_cap(marking.item_of(task))

    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        if not _is_missing(x):
            return x
        if cap is None:
            return without(State.ERROR, Reason.NO_CAP, task.indicator.path)
        return Figure(value=cap, reason=x.reason, cause=x.cause, substituted=True)

    return found


def _is_missing(figure: Figure) -> bool:
    return not figure.is_value and figure.state not in (State.ERROR, State.NOT_APPLICABLE)


# ---------------------------------------------------------------- the end of a node


def _veto(task: Task) -> Formula:
    """Each veto in the written order: a fixed score replaces, a ceiling lowers, of demanded grades the worst stands."""
    vetoes, bands = task.indicator.vetoes, task.indicator.bands
    watched_by = [task.scheme.indicators[rule.path] for rule in vetoes]
    acts = [comparing(rule.comparison, rule.bound) for rule in vetoes]

    def found(inputs: Inputs) -> Figure:
        score, watched = inputs[0], inputs[1:]
        if score.state is not VALUE:
            return score
        value, forced, acted = score.number, [score.forced] if score.forced else [], list[str]()
        for rule, indicator, holds, seen in zip(vetoes, watched_by, acts, watched, strict=True):
            if seen.state is not VALUE:
                if not _is_forgiven(indicator, seen):
                    return passed_on(seen)._replace(reason=seen.reason or Reason.VETO_WITHOUT_VALUE)
            elif holds(seen.number):
                acted.append(rule.sentence)
                value = rule.score if rule.score is not None else value
                value = min(value, rule.ceiling) if rule.ceiling is not None else value
                forced += [rule.grade] if rule.grade is not None else []
        if not acted and not forced:
            return score
        return score._replace(value=value, forced=worst_of(bands, forced), veto="；".join(acted))

    return found


def _is_forgiven(watched: Indicator, figure: Figure) -> bool:
    """Whether a veto without its measure does not act: not applicable, or forgiven by the policy (归一, 满分)."""
    if figure.state is State.NOT_APPLICABLE:
        return True
    return figure.state is not State.ERROR and watched.missing in (Outcome.RENORMALISE, Outcome.FULL)


def _rounding(task: Task) -> Formula:
    assert task.indicator.rounding is not None  # noqa: S101 - the ladder gives this step to such lines only
    shown = rounding_to(task.indicator.rounding)

    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        return x if x.value is None else x._replace(value=shown(x.value))

    return found


def _grade(task: Task) -> Formula:
    """Read off the rounded or the full value, as the scheme says; a grade demanded by a rule or veto stands."""
    graded, shown = grading(task.indicator.bands), rounding_to(task.indicator.rounding or task.scheme.rounding)
    on_rounded = task.scheme.grade_on_rounded

    def found(inputs: Inputs) -> Figure:
        (x,) = inputs
        if x.value is None:
            return x
        grade = x.forced or graded(shown(x.value) if on_rounded else x.value)
        return Figure(x.state, x.value, x.inexact, grade=grade)

    return found


def reported(scheme: CheckedScheme, indicator: Indicator, value: Fraction) -> Fraction:
    """The score as shown: rounded as the line says, else as the scheme says."""
    return rounded(value, indicator.rounding or scheme.rounding)


FORMULAS: Mapping[str, Maker] = {
    "logarithm": _logarithm,
    "scale": _scale,
    "marks": _marks,
    "membership": _membership,
    "defuzzification": _defuzzification,
    "combination": _combination,
    "rule": marking.rule,
    "base": marking.base,
    "deduction": marking.deduction,
    "addition": marking.addition,
    "score": marking.score,
    "ceiling": marking.ceiling,
    "points": _points,
    "substitute": _substitute,
    "veto": _veto,
    "rounding": _rounding,
    "grade": _grade,
    "loss": marking.loss,
    "substituted loss": _substituted_loss,
    "rounded loss": _rounding,
}
