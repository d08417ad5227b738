"""What the parts count in the result: weights and factors handed down from it, combination by combination."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from engine.evaluation.arithmetic import ONE
from engine.evaluation.figures import VALUE
from engine.evaluation.ladder import parents_of
from engine.evaluation.plan import Step
from engine.evaluation.sheets import Form, Row
from engine.language.policy import Indicator

_COMBINING = ("combination", "membership", "loss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a node brings: `factor` is by what its score (or loss) reaches the result, None where it does not
    linearly; `weight` among its siblings, `effective` down from the result.
    """

    factor: Fraction | None = None
    weight: Fraction | None = None
    effective: Fraction | None = None


NO_STANDING = Standing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a plan hands weights down. `combining`: the steps that do, from the result on, with their own place and that
    of their indicator's score; `parents`: the heading above each path; `done`: what was handed down before.
    """

    form: Form
    combining: Sequence[tuple[Step, int, int]]
    parents: Mapping[str, Indicator]
    done: dict[object, Mapping[str, Standing]] = field(default_factory=dict[object, Mapping[str, Standing]])


def ways_of(form: Form) -> Ways:
    """The ways down in a form."""
    steps = [step for step in reversed(form.plan.steps) if step.operation in _COMBINING and step.parts]
    combining = [(step, form.places[step.id], form.lines[step.path].output) for step in steps]
    return Ways(form=form, combining=combining, parents=parents_of(form.plan.scheme))


def standings(ways: Ways, row: Row) -> Mapping[str, Standing]:
    """Down from the result: every combination hands its factor and its effective weight to its parts. The same weights
    in every combination hand down the same.
    """
    figures = [(row[own], row[end].substituted) for _, own, end in ways.combining]
    key = tuple([(id(f.weights), id(f.shares), f.state is VALUE, substituted) for f, substituted in figures])
    known = ways.done.get(key)
    if known is None:
        known = ways.done[key] = _handed_down(ways, row)
    return known


def _handed_down(ways: Ways, row: Row) -> Mapping[str, Standing]:
    found = {ways.form.plan.scheme.result: Standing(factor=ONE, effective=ONE)}
    for step, own, end in ways.combining:
        if step.path in found and row[own].is_value and not row[end].substituted:
            _hand_down(ways, step, row, found)
    return found


def _hand_down(ways: Ways, step: Step, row: Row, found: dict[str, Standing]) -> None:
    above, figure = found[step.path], row[ways.form.places[step.id]]
    reach = _times(above.factor, _own_factor(ways.form, step.path))
    weights: Sequence[Fraction | None] = figure.weights if figure.weights is not None else [None] * len(step.parts)
    shares: Sequence[Fraction | None] = figure.shares if figure.shares is not None else [None] * len(step.parts)
    for path, weight, share in zip(step.parts, weights, shares, strict=True):
        before = found.get(path, NO_STANDING)
        is_child = path in ways.parents and ways.parents[path].path == step.path
        found[path] = Standing(
            factor=_plus(before.factor, _times(reach, weight)),
            weight=share if is_child or before.weight is None else before.weight,
            effective=_plus(before.effective, _times(above.effective, share)),
        )


def _own_factor(form: Form, path: str) -> Fraction:
    """What a node's combination is multiplied by to become its score: its points where 100 count for them."""
    return form.lines[path].indicator.full / 100 if f"{path}/points" in form.places else ONE


def _times(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    return right if left == 1 else left if right == 1 else left * right


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return right if left is None else left if right is None else left + right
