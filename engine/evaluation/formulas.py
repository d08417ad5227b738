"""One formula per operation of the plan, written once.

A formula takes the task (step, indicator, date) and the figures of the step's inputs in one cell. A figure without a
value passes through every step but those that say what to do about it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.evaluation.arithmetic import (
    ZERO,
    Stretch,
    clamped,
    compares,
    in_logarithms,
    mapped,
    natural_log,
    rounded,
    stretches_of,
)
from engine.evaluation.bands import grade_of, worst_of
from engine.evaluation.combination import Mix, combined, passed_on, summed_losses
from engine.evaluation.figures import Figure, are_inexact, valued, without
from engine.evaluation.fuzzy import composed, defuzzified
from engine.evaluation.items import Bases, base_of, ceilings, settled, total_cap
from engine.evaluation.ladder import only_loses, turns_scale
from engine.evaluation.plan import Step
from engine.evaluation.result import Reason, RuleLine, State
from engine.evaluation.sightings import Watch, sighted
from engine.language.policy import CheckedScheme, FuzzyEvaluation, Grouped, Indicator, Item
from engine.language.syntax import Kind, Outcome

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step, the indicator it belongs to and those behind its inputs: what is the same in every cell.

    `full`: the full marks of the indicator. `watch`: the rule of a `rule` step, `bases`: which rules set the base of a
    `base` step, `mix`: how its parts are mixed, `stretches`: of a `scale` step the map, `levels`: how many grades a
    membership has, for the step that replaces one. `prefers_low`: a low value meets the target; `settles`: a rule of
    the item costs points or adds some.
    """

    step: Step
    scheme: CheckedScheme
    indicator: Indicator
    parts: tuple[Indicator, ...]
    mix: Mix
    full: Fraction
    prefers_low: bool = False
    settles: bool = False
    watch: Watch | None = None
    bases: Bases | None = None
    stretches: tuple[Stretch, ...] = ()
    levels: int = 0


Inputs = Sequence[Figure]
Formula = Callable[[Task, Inputs], Figure]


# ---------------------------------------------------------------- from a measured value to a score


def _logarithm(task: Task, inputs: Inputs) -> Figure:
    (x,) = inputs
    if not x.is_value:
        return x
    if x.number <= 0:
        return without(State.ERROR, Reason.NO_LOGARITHM, task.indicator.path)
    return Figure(value=natural_log(x.number), inexact=True)


def _scale(task: Task, inputs: Inputs) -> Figure:
    """The place on the scale; a value outside it is an error unless the policy clamps it."""
    (x,) = inputs
    scale = task.indicator.scale
    if not x.is_value or scale is None:
        return x
    low, high = min(scale.low, scale.high), max(scale.low, scale.high)
    if not low <= x.number <= high and not task.indicator.clamped:
        return without(State.ERROR, Reason.OUT_OF_SCALE, task.indicator.path)
    value = clamped(x.number, low, high)
    if not task.indicator.log_scale:
        return valued(mapped(value, task.stretches), x)
    if low <= 0:
        return without(State.ERROR, Reason.NO_LOGARITHM, task.indicator.path)
    return Figure(value=mapped(natural_log(value), task.stretches), inexact=True)


def stretches(indicator: Indicator) -> tuple[Stretch, ...]:
    """The map of an indicator's scale, in logarithms where it says so and its values have them."""
    scale = indicator.scale
    if scale is None or (indicator.log_scale and min(scale.low, scale.high) <= 0):
        return ()
    return stretches_of(in_logarithms(scale) if indicator.log_scale else scale, reverse=turns_scale(indicator))


def _marks(task: Task, inputs: Inputs) -> Figure:
    """A value that is a score already: 是否 gives all or nothing, a rate its per cents, points count as they are."""
    (x,) = inputs
    if not x.is_value:
        return x
    i = task.indicator
    if i.kind is Kind.YES_NO:
        yes = (x.number != 0) is not i.lower_is_better
        return valued(i.full if yes else ZERO, x)
    if i.kind is Kind.RATE:
        return valued(clamped(HUNDRED - x.number if i.lower_is_better else x.number, ZERO, HUNDRED), x)
    most = max(i.full, HUNDRED) if i.kind is Kind.SCORE else i.full
    if i.kind in (Kind.SCORE, Kind.POINTS) and not ZERO <= x.number <= most:
        return without(State.ERROR, Reason.OUT_OF_RANGE, i.path)
    return valued(x.number, x)


def _points(task: Task, inputs: Inputs) -> Figure:
    """A score of 100 counts for the points of the line in the heading above."""
    (x,) = inputs
    return valued(x.number * task.indicator.full / HUNDRED, x) if x.is_value else x


# ---------------------------------------------------------------- parts


def _membership(task: Task, inputs: Inputs) -> Figure:
    value = task.indicator.value
    if isinstance(value, FuzzyEvaluation):
        return composed(task.indicator, value.operator, tuple(zip(task.parts, inputs, strict=True)))
    (x,) = inputs
    return Figure(membership=x.measured.shares) if x.is_value and x.measured is not None else x


def _defuzzification(task: Task, inputs: Inputs) -> Figure:
    (b,) = inputs
    value = task.indicator.value
    if not b.is_value or not isinstance(value, FuzzyEvaluation):
        return b
    if not any(b.membership):
        return without(State.NOT_RATED, Reason.NOTHING_LEFT, task.indicator.path)
    score = defuzzified(value.grades, b.membership, by_membership=value.by_membership)
    return b._replace(value=score)


def _combination(task: Task, inputs: Inputs) -> Figure:
    return combined(task.indicator, tuple(zip(task.parts, inputs, strict=True)), task.mix)


# ---------------------------------------------------------------- items


def _item(task: Task) -> Item:
    assert task.indicator.item is not None  # noqa: S101 - the ladder gives these steps to items only
    return task.indicator.item


def _rule(task: Task, inputs: Inputs) -> Figure:
    assert task.watch is not None  # noqa: S101 - every rule step has its rule to watch
    return sighted(task.watch, inputs)


def _lines(task: Task, rules: Inputs) -> tuple[RuleLine, ...] | Figure:
    """The lines of all rules, or why the item has no value: 满分 forgives one missing measure among several."""
    if all(figure.is_value for figure in rules):
        return tuple(figure.lines[0] for figure in rules)
    stopped = [f for f in rules if not f.is_value and f.state is not State.NOT_APPLICABLE]
    forgiven = task.indicator.missing is Outcome.FULL and len(stopped) < len(rules)
    if stopped and (not forgiven or any(f.state is State.ERROR for f in stopped)):
        return stopped[0]
    if rules and not any(f.is_value for f in rules):
        return rules[0]
    return tuple(figure.lines[0] for figure in rules)


def _base(task: Task, inputs: Inputs) -> Figure:
    lines = _lines(task, inputs)
    if isinstance(lines, Figure):
        return lines
    assert task.bases is not None  # noqa: S101 - every base step has them
    value, ends, marked = base_of(_item(task).rules, task.bases, lines, task.full, prefers_low=task.prefers_low)
    return Figure(value=value, lines=marked, final=ends, inexact=are_inexact(inputs))


def _deduction(task: Task, inputs: Inputs) -> Figure:
    """Σ of what the rules take, after all caps; the lines say what each took."""
    base, rules = (None, inputs) if only_loses(task.indicator) else (inputs[0], inputs[1:])
    lines = _lines(task, rules) if base is None else base.lines if base.is_value else base
    if isinstance(lines, Figure):
        return lines
    taken = ZERO
    if task.settles and (base is None or not base.final):
        taken, lines = settled(_item(task), task.full, task.full if base is None else base.number, lines)
    return Figure(value=taken, lines=lines, inexact=are_inexact(inputs))


def _addition(_task: Task, inputs: Inputs) -> Figure:
    (deduction,) = inputs
    if not deduction.is_value:
        return deduction
    return valued(sum([line.points for line in deduction.lines if line.effect == "add"], ZERO), deduction)


def _score(task: Task, inputs: Inputs) -> Figure:
    """Base - deductions + additions, clamped to [0, F]; 加分可超过满分 lifts the upper end."""
    base, deduction, addition = inputs
    if not base.is_value:
        return base
    value = max(ZERO, base.number - deduction.number + addition.number)
    return valued(value if _item(task).exceed else min(value, task.full), *inputs)


def _ceiling(task: Task, inputs: Inputs) -> Figure:
    score, rules = inputs[0], inputs[1:]
    lines = _lines(task, rules) if score.is_value else score
    if isinstance(lines, Figure):
        return lines
    top, grades = ceilings(_item(task).rules, lines)
    value = score.number if top is None else min(score.number, top)
    return valued(value, *inputs)._replace(forced=worst_of(task.indicator.bands, grades))


def _loss(task: Task, inputs: Inputs) -> Figure:
    """What the heading above loses: deductions less additions, the losses of a group, or full marks less the score."""
    i = task.indicator
    if isinstance(i.value, Grouped):
        return summed_losses(i, tuple(zip(task.parts, inputs, strict=True)), task.mix)
    if only_loses(i):
        deduction, addition = inputs
        return valued(deduction.number - addition.number, *inputs) if deduction.is_value else deduction
    (score,) = inputs
    if not score.is_value:
        return score
    return valued(task.full - score.number, score)


# ---------------------------------------------------------------- missing values


def _substitute(task: Task, inputs: Inputs) -> Figure:
    """零分 or 满分 in the place of what is missing."""
    (x,) = inputs
    if not _is_missing(x):
        return x
    full = task.indicator.missing is Outcome.FULL
    found = Figure(reason=x.reason, cause=x.cause, substituted=True)
    if task.levels:
        best = range(task.levels)
        return found._replace(membership=tuple(Fraction(int(n == (0 if full else task.levels - 1))) for n in best))
    return found._replace(value=task.full if full else ZERO)


def _substituted_loss(task: Task, inputs: Inputs) -> Figure:
    """满分: nothing deducted; 零分: the whole cap, and without a cap an error."""
    (x,) = inputs
    if not _is_missing(x):
        return x
    if task.indicator.missing is Outcome.FULL:
        return Figure(value=ZERO, reason=x.reason, cause=x.cause, substituted=True)
    cap = total_cap(_item(task))
    if cap is None:
        return without(State.ERROR, Reason.NO_CAP, task.indicator.path)
    return Figure(value=cap, reason=x.reason, cause=x.cause, substituted=True)


def _is_missing(figure: Figure) -> bool:
    return not figure.is_value and figure.state not in (State.ERROR, State.NOT_APPLICABLE)


# ---------------------------------------------------------------- the end of a node


def _veto(task: Task, inputs: Inputs) -> Figure:
    """Each veto in the written order: a fixed score replaces, a ceiling lowers, of demanded grades the worst stands."""
    score, watched = inputs[0], inputs[1:]
    if not score.is_value:
        return score
    value, forced, acted = score.number, [score.forced] if score.forced else [], list[str]()
    for rule, seen in zip(task.indicator.vetoes, watched, strict=True):
        if not seen.is_value and not _is_forgiven(task.scheme.indicators[rule.path], seen):
            return passed_on(seen)._replace(reason=seen.reason or Reason.VETO_WITHOUT_VALUE)
        if seen.is_value and compares(seen.number, rule.comparison, rule.bound):
            acted.append(rule.sentence)
            value = rule.score if rule.score is not None else value
            value = min(value, rule.ceiling) if rule.ceiling is not None else value
            forced += [rule.grade] if rule.grade is not None else []
    grade = worst_of(task.indicator.bands, forced)
    return score._replace(value=value, forced=grade, veto="；".join(acted))


def _is_forgiven(watched: Indicator, figure: Figure) -> bool:
    """Whether a veto without its measure does not act: not applicable, or forgiven by the policy (归一, 满分)."""
    if figure.state is State.NOT_APPLICABLE:
        return True
    return figure.state is not State.ERROR and watched.missing in (Outcome.RENORMALISE, Outcome.FULL)


def _rounding(task: Task, inputs: Inputs) -> Figure:
    (x,) = inputs
    rounding = task.indicator.rounding
    return x._replace(value=rounded(x.number, rounding)) if x.value is not None and rounding else x


def reported(scheme: CheckedScheme, indicator: Indicator, value: Fraction) -> Fraction:
    """The score as shown: rounded as the line says, else as the scheme says."""
    return rounded(value, indicator.rounding or scheme.rounding)


def _grade(task: Task, inputs: Inputs) -> Figure:
    """Read off the rounded or the full value, as the scheme says; a grade demanded by a rule or veto stands."""
    (x,) = inputs
    if x.value is None:
        return x
    read = reported(task.scheme, task.indicator, x.value) if task.scheme.grade_on_rounded else x.value
    return x._replace(grade=x.forced or grade_of(task.indicator.bands, read))


FORMULAS: Mapping[str, Formula] = {
    "logarithm": _logarithm,
    "scale": _scale,
    "marks": _marks,
    "membership": _membership,
    "defuzzification": _defuzzification,
    "combination": _combination,
    "rule": _rule,
    "base": _base,
    "deduction": _deduction,
    "addition": _addition,
    "score": _score,
    "ceiling": _ceiling,
    "points": _points,
    "substitute": _substitute,
    "veto": _veto,
    "rounding": _rounding,
    "grade": _grade,
    "loss": _loss,
    "substituted loss": _substituted_loss,
    "rounded loss": _rounding,
}
