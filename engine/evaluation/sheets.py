"""The figures of one cell as a row beside the plan, and where in that row each indicator stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.evaluation.arithmetic import rounding_to
from engine.evaluation.figures import Figure
from engine.evaluation.ladder import is_scored, marks_of, only_loses
from engine.evaluation.plan import Plan, Step
from engine.evaluation.result import State
from engine.evaluation.scores import Scores
from engine.evaluation.sightings import Said, said_of
from engine.evaluation.triggers import in_force
from engine.language.policy import Grouped, Indicator

# A row ends with a figure without a value: it is read wherever an indicator has no such step.
NOTHING = Figure(state=State.MISSING)
NOWHERE = -1

Row = tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator in every row. `steps`: the id and operation of its own, which stand from `first` to before `last`;
    `rules`: those of its rules, `reads`: what these read, `said`: what they say. The others are the place of one figure
    each, `NOWHERE` without such a step.

    `end`: how it ended, its loss where it has no score, else its score; `unvetoed`: what its vetoes looked at.
    `full`: its full marks, `shown`: from its score to the score as shown; `target`, `limit`: in force on the assessment
    date.
    """

    indicator: Indicator
    steps: tuple[tuple[str, str], ...]
    first: int
    last: int
    rules: tuple[int, ...]
    reads: tuple[int, ...]
    said: tuple[Said, ...]
    measure: int
    output: int
    end: int
    score: int
    loss: int
    grade: int
    veto: int
    unvetoed: int
    deduction: int
    placed: int
    full: Fraction | None
    shown: Callable[[Fraction], Fraction]
    target: Fraction | None
    limit: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What all rows of a plan share on an assessment date: the place of each step, and by path the lines, in the order
    of a reader.
    """

    plan: Plan
    as_of: date | None
    places: Mapping[str, int]
    lines: Mapping[str, Line]

    @property
    def result(self) -> Line:
        """The line of the result."""
        return self.lines[self.plan.scheme.result]

    def __reduce__(self) -> "tuple[Callable[[Plan, date | None], Form], tuple[object, ...]]":
        """Another process makes it ready again: functions do not travel."""
        return form_of, (self.plan, self.as_of)


def form_of(plan: Plan, as_of: date | None) -> Form:
    """The form of a plan's rows on an assessment date."""
    places = {step.id: n for n, step in enumerate(plan.steps)}
    own: dict[str, list[Step]] = {path: [] for path in plan.order}
    for step in plan.steps:
        own[step.path].append(step)
    lines = {path: _line(plan, plan.scheme.indicators[path], own[path], places, as_of) for path in plan.order}
    return Form(plan=plan, as_of=as_of, places=places, lines=lines)


def rows_of(form: Form, scores: Scores, count: int) -> list[Row]:
    """The figures of every cell, each in the order of the steps."""
    columns = [scores[step.id] for step in form.plan.steps]
    return list(zip(*columns, [NOTHING] * count, strict=True))


def _line(plan: Plan, indicator: Indicator, own: Sequence[Step], places: Mapping[str, int], as_of: date | None) -> Line:
    path = indicator.path
    output, loss = (places.get(ends.get(path, ""), NOWHERE) for ends in (plan.outputs, plan.losses))
    scored = is_scored(indicator) and not only_loses(indicator)
    veto = next((step for step in own if step.operation == "veto"), None)
    first = places[own[0].id] if own else 0
    ruling = [step for step in own if step.operation == "rule"]
    rules = indicator.item.rules if indicator.item and ruling else ()

    def place(operation: str) -> int:
        return places.get(f"{path}/{operation}", NOWHERE)

    return Line(
        indicator=indicator,
        steps=tuple((step.id, step.operation) for step in own),
        first=first,
        last=first + len(own),
        rules=tuple(places[step.id] for step in ruling),
        reads=tuple(places[step.inputs[0]] for step in ruling),
        said=tuple(said_of(rule, step.line) for rule, step in zip(rules, ruling, strict=True)),
        measure=place("measure"),
        output=output,
        end=loss if isinstance(indicator.value, Grouped) or only_loses(indicator) else output,
        score=output if scored else NOWHERE,
        loss=loss,
        grade=place("grade"),
        veto=place("veto"),
        unvetoed=NOWHERE if veto is None else places[veto.inputs[0]],
        deduction=place("deduction"),
        placed=place("over units"),
        full=marks_of(indicator) if scored else None,
        shown=rounding_to(indicator.rounding or plan.scheme.rounding),
        target=in_force(indicator.target, as_of, indicator.unit),
        limit=in_force(indicator.limit, as_of, indicator.unit),
    )
