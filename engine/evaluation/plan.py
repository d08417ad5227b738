"""The plan: every intermediate value of a scheme as a step with an id, inputs before what reads them.

A step's id is `path/operation` (`客观指标评价得分/产品质量/顾客投诉次数(质量)/deduction`; the rules of an item are
`path/rule 1`, `path/rule 2` …). `ladder` says which operations an indicator goes through, `formulas` holds the one
formula of each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.evaluation.ladder import (
    BESIDE_SCORE,
    LADDER,
    READING,
    Place,
    only_loses,
    parents_of,
    parts_of,
)
from engine.language.policy import CheckedScheme, Deducted, FuzzyEvaluation, Grouped, Indicator, Policy
from engine.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One intermediate value: the `operation` on the values of the steps `inputs`, for the indicator at `path`.

    `parts`: the paths behind the inputs of a combination, in their order. `rule`: which rule of the item
    (from 0) a `rule` step works, `line`: where it stands in the policy.
    """

    id: str
    operation: str
    path: str
    inputs: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    rule: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps of one scheme, inputs first, and the paths as a reader expects them, the result first.

    By path: `outputs` is the step that holds the score (of a bare measure: the value), `readings` the step that
    rules and vetoes compare, `losses` the step that holds what it takes inside a deduction.
    """

    scheme: CheckedScheme
    steps: tuple[Step, ...]
    order: tuple[str, ...]
    outputs: Mapping[str, str] = field(default_factory=dict[str, str])
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    losses: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What is known of the indicators already lowered."""

    outputs: dict[str, str] = field(default_factory=dict[str, str])
    readings: dict[str, str] = field(default_factory=dict[str, str])
    losses: dict[str, str] = field(default_factory=dict[str, str])


def lower(policy: Policy, scheme: CheckedScheme) -> Plan:
    """The plan of one scheme of a checked policy."""
    assert scheme in policy.schemes  # noqa: S101 - a scheme is evaluated under its own policy
    parents, written, steps = parents_of(scheme), _Written(), list[Step]()
    for path in _sorted(scheme):
        place = Place(scheme=scheme, indicator=scheme.indicators[path], parent=parents.get(path))
        own = tuple(_steps_of(policy.source, place, written))
        _note(place, own, written)
        steps.extend(own)
    return Plan(
        scheme=scheme,
        steps=tuple(steps),
        order=_reading_order(scheme),
        outputs=written.outputs,
        readings=written.readings,
        losses=written.losses,
    )


def _note(place: Place, own: tuple[Step, ...], written: _Written) -> None:
    """Where the score, the reading and the loss of a lowered indicator are found; what only loses is read as its
    measure, and without one as its loss.
    """
    path = place.indicator.path
    reading = next((s.id for s in reversed(own) if s.operation in READING), "")
    scores = [s.id for s in own if s.operation not in BESIDE_SCORE] if not only_loses(place.indicator) else []
    written.outputs[path] = scores[-1] if scores else reading or (own[-1].id if own else "")
    written.readings[path] = reading or written.outputs[path]
    if place.in_deduction and not place.indicator.asked:
        written.losses[path] = own[-1].id


# ---------------------------------------------------------------- the steps of one indicator


def _steps_of(source: Source, place: Place, written: _Written) -> Iterator[Step]:
    path, previous, reading = place.indicator.path, "", ""
    rules: tuple[str, ...] = ()
    for operation, applies in LADDER:
        if not applies(place):
            continue
        if operation == "rule":
            own = tuple(_rule_steps(source, place, written, reading))
            rules = tuple(step.id for step in own)
            yield from own
            continue
        step_id = f"{path}/{operation}"
        inputs, parts = _inputs(operation, place, written, previous, rules)
        yield Step(id=step_id, operation=operation, path=path, inputs=inputs, parts=parts)
        reading = step_id if operation in READING else reading
        previous = previous if operation == "grade" else step_id


def _rule_steps(source: Source, place: Place, written: _Written, reading: str) -> Iterator[Step]:
    """The steps `rule 1`, `rule 2` …: each reads its measure, and the assessor's amount where there is one."""
    indicator = place.indicator
    for number, rule in enumerate(indicator.item.rules if indicator.item else ()):
        paths = (rule.measure,) if rule.amount is None else (rule.measure, rule.amount)
        inputs = tuple(reading if path == indicator.path else written.readings[path] for path in paths)
        yield Step(
            id=f"{indicator.path}/rule {number + 1}",
            operation="rule",
            path=indicator.path,
            inputs=inputs,
            rule=number,
            line=source.line_of(rule.span.start),
        )


def _inputs(
    operation: str, place: Place, written: _Written, previous: str, rules: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The inputs of a step and the paths behind them."""
    path, value = place.indicator.path, place.indicator.value
    combines = operation == "combination" or (operation == "membership" and isinstance(value, FuzzyEvaluation))
    if combines or (operation == "loss" and isinstance(value, Grouped)):
        parts = parts_of(place.scheme, place.indicator)
        ends = written.losses if isinstance(value, Deducted | Grouped) else written.outputs
        return tuple(ends[part] for part in parts), parts
    loses = only_loses(place.indicator)
    inputs: dict[str, tuple[str, ...]] = {
        "measure": (),
        "base": rules,
        "deduction": rules if loses else (f"{path}/base", *rules),
        "score": (f"{path}/base", f"{path}/deduction", f"{path}/addition"),
        "ceiling": (previous, *rules),
        "loss": (f"{path}/deduction", f"{path}/addition") if loses else (previous,),
        "veto": (previous, *(written.readings.get(v.path, previous) for v in place.indicator.vetoes)),
    }
    return inputs.get(operation, (previous,)), ()


# ---------------------------------------------------------------- orders


def _reads(scheme: CheckedScheme, indicator: Indicator) -> tuple[str, ...]:
    rules = indicator.item.rules if indicator.item else ()
    measures = [path for r in rules for path in (r.measure, r.amount) if path is not None and path != indicator.path]
    vetoes = [veto.path for veto in indicator.vetoes if veto.path != indicator.path]
    return tuple(dict.fromkeys((*indicator.children, *parts_of(scheme, indicator), *measures, *vetoes)))


def _sorted(scheme: CheckedScheme) -> tuple[str, ...]:
    """All paths, each after what it reads; without recursion, since outlines may be deep."""
    done: dict[str, None] = {}
    for start in scheme.indicators:
        stack = [(start, iter(_reads(scheme, scheme.indicators[start])))]
        while stack:
            path, rest = stack[-1]
            following = next((p for p in rest if p not in done), None)
            if following is None:
                done[path] = None
                stack.pop()
            else:
                stack.append((following, iter(_reads(scheme, scheme.indicators[following]))))
    return tuple(done)


def _reading_order(scheme: CheckedScheme) -> tuple[str, ...]:
    below = parents_of(scheme)
    stack = [*reversed([p for p in scheme.indicators if p not in below and p != scheme.result]), scheme.result]
    seen: dict[str, None] = {}
    while stack:
        path = stack.pop()
        if path not in seen:
            seen[path] = None
            indicator = scheme.indicators[path]
            stack.extend(reversed(dict.fromkeys((*parts_of(scheme, indicator), *indicator.children))))
    return tuple(seen)


def measured_paths(plan: Plan) -> tuple[str, ...]:
    """The paths whose values are collected, in the plan's order."""
    return tuple(step.path for step in plan.steps if step.operation == "measure")
