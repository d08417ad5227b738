"""How one indicator's number comes about: a line of paper arithmetic for each step of the plan.

The values are the evaluation's; what is written around them is the formula that leads to them.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from engine.evaluation.result import NodeResult, StepValue
from engine.evaluation.terms import computed, is_exact
from engine.insight.trace import Entry
from engine.language.policy import (
    Added,
    Combined,
    Computed,
    Deducted,
    GradeBand,
    Grouped,
)
from engine.language.syntax import Method, Rounding
from engine.report.case import Case
from engine.report.formulas import (
    MINUS,
    TIMES,
    Spelling,
    inverses,
    mean,
    power_mean,
    powers,
    signed,
    total,
    weighted,
    written,
)
from engine.report.measurements import measured, placed, scaled
from engine.report.memberships import defuzzified, membership
from engine.report.names import Reader, changed_by_veto, value_text
from engine.report.numbers import known, marked, percent, plain, shown
from engine.report.rule_lines import rules_text
from engine.report.standings import standing_lines
from engine.report.words_of_calculations import METHODS, ROUNDINGS

_MOST_UNITS = 12  # more of them are not written out: the table of results lists them


def workings(case: Case) -> Iterator[str]:
    """The lines of one indicator, in the order of the calculation."""
    yield from _whole(case)
    ruled = False
    for step in case.node.steps:
        if step.operation != "rule":
            yield from _WORKINGS.get(step.operation, _plain)(case, step)
        elif not ruled:
            ruled = True
            yield from rules_text(case.node.lines, case.node.full, case.reads)
    yield from _final_rounding(case)
    yield from _standing(case)
    yield from standing_lines(case)


def _whole(case: Case) -> Iterator[str]:
    """What the units bring to the whole."""
    units = case.node.units
    if not units:
        return
    every = sum(part.weight for part in units)
    value = case.node.loss if case.node.score is None else case.node.score
    terms = [
        f"{case.reads.name(part.unit)} {signed(part.points)} {TIMES} {percent(part.weight / every)}" for part in units
    ]
    told = " + ".join(terms) if len(units) <= _MOST_UNITS else case.say("units", count=len(units))
    yield f"{told} = {known(value)}"


def _plain(case: Case, step: StepValue) -> Iterator[str]:
    """A step whose name says it all."""
    if step.value is not None:
        yield f"{case.say(step.operation)} = {marked(step.value)}"


def _change(case: Case, step: StepValue) -> Iterator[str]:
    """What the rules start from, take and give, where it is anything."""
    said_below = any(each.operation == "score" for each in case.node.steps)
    if step.value and len(case.node.lines) > 1 and not said_below:
        yield f"{case.say(step.operation)} = {marked(abs(step.value))}"


def _marks(case: Case, step: StepValue) -> Iterator[str]:
    """A score that is the measured value itself needs no words."""
    if step.value != case.node.value:
        yield from _plain(case, step)


def _points(case: Case, step: StepValue) -> Iterator[str]:
    yield f"{case.say('points', full=marked(case.indicator.full))} = {known(step.value)}"


def _rounded(case: Case, step: StepValue) -> Iterator[str]:
    if case.indicator.rounding is not None:
        yield f"{rounding_text(case.indicator.rounding, case.reads)} = {known(step.value)}"


def _graded(_case: Case, _step: StepValue) -> Iterator[str]:
    """The grade is told last, with the bands."""
    return iter(())


# ---------------------------------------------------------------- how parts combine


def _called(case: Case) -> dict[str, str]:
    """What the parts of a formula are called: by their names, or where two have the same one, by their paths."""
    names = {part.indicator.path: case.reads.name(part.indicator.name) for part in case.entry.parts}
    called = list(names.values())
    return {path: name if called.count(name) == 1 else _whole_path(case, path) for path, name in names.items()}


def _whole_path(case: Case, path: str) -> str:
    return ".".join(case.reads.name(part) for part in path.split("/"))


def _combined(case: Case, step: StepValue) -> Iterator[str]:
    value = step.value
    if value is None:
        return
    there = [part for part in case.entry.parts if _counts(part.node) is not None]
    match case.indicator.value:
        case Combined(method=method, numbers=numbers):
            digits = f"  ({case.say('fifty digits')})" if method in (Method.GEOMETRIC, Method.POWER) else ""
            line = f"{_mean(method, numbers, there)} = {known(value)}{digits}"
            said = case.reads.either(METHODS[method.value]).format(*map(plain, numbers))
            yield case.reads.labelled(said, line)
        case Added():
            added = [_number(part.node) for part in there]
            reached = sum(added, Fraction(0)) if len(there) == len(case.entry.parts) else value
            yield f"{total(added)} = {_bounded(reached, value, _limits(case))}"
        case Deducted():
            losses = [part.node.loss for part in case.entry.parts if part.node.loss is not None]
            left = case.indicator.full - sum(losses, Fraction(0))
            taken = marked(case.indicator.full) + "".join(_taken(loss) for loss in losses)
            yield f"{taken} = {_bounded(left, value, _limits(case))}"
        case Computed() as formula:
            yield from _calculated(case, formula, value, there)
        case _:
            yield known(value)


def _calculated(case: Case, made: Computed, value: Fraction, there: list[Entry]) -> Iterator[str]:
    """The formula with names, then with numbers; one part without a value leaves nothing to compare the result with."""
    names, lang = _called(case), case.reads.lang
    values = {part.indicator.path: _number(part.node) for part in there}
    signs = {path: signed(number) for path, number in values.items()}
    reached = computed(made.formula, values)
    digits = "" if is_exact(made.formula) else f"  ({case.say('fifty digits')})"
    result = _bounded(reached if isinstance(reached, Fraction) else value, value, _limits(case))
    yield written(made, Spelling(names.__getitem__, lang))
    yield f"= {written(made, Spelling(signs.__getitem__, lang))} = {result}{digits}"


def _bounded(reached: Fraction, value: Fraction, bound: str) -> str:
    """What was reached; where a bound changed it, what it became and why."""
    return marked(value) if reached == value else f"{marked(reached)} → {marked(value)}  ({bound})"


def _limits(case: Case) -> str:
    """What a score is kept between."""
    return case.say("bounded", full=marked(case.indicator.full))


def _taken(loss: Fraction) -> str:
    return f" + {marked(-loss)}" if loss < 0 else f" {MINUS} {marked(loss)}"


_FUNCTIONS = {Method.WORST: "min", Method.BEST: "max", Method.MEDIAN: "median"}


_OF_SOME = (Method.BEST_OF, Method.WORST_OF, Method.TRIMMED)


def _mean(method: Method, of: tuple[Fraction, ...], there: list[Entry]) -> str:
    there = [part for part in there if method not in _OF_SOME or part.node.weight]
    numbers = [_number(part.node) for part in there]
    if method in _FUNCTIONS:
        listed = ", ".join(marked(number) for number in numbers)
        return f"{_FUNCTIONS[method]}({listed})"
    shares = [part.node.weight for part in there if part.node.weight is not None]
    if len(shares) < len(numbers):
        return ", ".join(marked(number) for number in numbers)
    if method is Method.HARMONIC:
        return inverses(list(zip(numbers, shares, strict=True)))
    if method is Method.POWER:
        return power_mean(list(zip(numbers, shares, strict=True)), *of)
    if method is Method.GEOMETRIC:
        return powers(list(zip(numbers, shares, strict=True)))
    if len(set(shares)) == 1:
        return mean(numbers)
    return weighted(list(zip(numbers, shares, strict=True)))


def _counts(node: NodeResult) -> Fraction | None:
    """What others read of an indicator: its score, of a bare measure its value."""
    return node.value if node.score is None else node.score


def _number(node: NodeResult) -> Fraction:
    return _counts(node) or Fraction(0)


# ---------------------------------------------------------------- rules, vetoes, grades


def _item_score(case: Case, step: StepValue) -> Iterator[str]:
    if step.value is None:
        return
    values = {each.operation: each.value or Fraction(0) for each in case.node.steps}
    added = values.get("addition", Fraction(0))
    plus = f" + {marked(added)}" if added else ""
    base, taken = values.get("base", Fraction(0)), abs(values.get("deduction", Fraction(0)))
    bound = case.say("bounded", full=marked(case.node.full or case.indicator.full))
    told = _bounded(base - taken + added, step.value, bound)
    yield case.reads.labelled(case.say("item score"), f"{marked(base)} {MINUS} {marked(taken)}{plus} = {told}")


def _loss(case: Case, step: StepValue) -> Iterator[str]:
    value = step.value
    if value is None:
        return
    losses = [part.node.loss for part in case.entry.parts if part.node.loss is not None]
    if isinstance(case.indicator.value, Grouped):
        item = case.indicator.item
        cap = "" if item is None or item.cap is None else case.say("capped at", cap=marked(item.cap))
        told = _bounded(sum(losses, Fraction(0)), value, cap)
        listed = f"{total(losses)} = {told}" if len(losses) > 1 else told
        yield case.reads.labelled(case.say("sum of losses"), listed)
    elif case.node.score is not None:
        yield f"{case.say('gain' if value < 0 else 'loss')} = {marked(abs(value))}"


def _vetoes(case: Case, _step: StepValue) -> Iterator[str]:
    for veto, subject in case.entry.vetoes:
        number = _counts(subject)
        indicator = case.scheme.indicators[subject.path]
        value = "" if number is None else value_text(number, indicator, subject.unit, case.reads)
        fired = case.node.veto == veto.sentence
        if fired and not changed_by_veto(case.node):
            yield case.say("veto needless", sentence=veto.sentence, value=value)
            continue
        before = case.reads.listed([known(case.node.before_veto), case.reads.name(case.node.grade_before_veto or "")])
        yield case.say("veto fired" if fired else "veto idle", sentence=veto.sentence, value=value, before=before)


def _final_rounding(case: Case) -> Iterator[str]:
    """The result is rounded once, at the end."""
    score, reported, rounding = case.node.score, case.node.reported, case.scheme.rounding
    if case.indicator.path != case.scheme.result or score is None or reported is None or rounding.decimals is None:
        return
    line = f"{marked(score)} → {shown(reported, rounding.decimals)}"
    yield case.reads.labelled(rounding_text(rounding, case.reads), line)


def rounding_text(rounding: Rounding, reads: Reader) -> str:
    """四舍五入保留1位小数."""
    plural = "" if rounding.decimals == 1 else "s"
    return reads.either(ROUNDINGS[rounding.mode.value]).format(decimals=rounding.decimals, s=plural)


def _standing(case: Case) -> Iterator[str]:
    standing, reads = case.entry.standing, case.reads
    if not case.indicator.bands:
        return
    listed = ("；" if reads.lang == "zh" else "; ").join(
        f"{reads.name(b.label)} {band_text(b)}" for b in case.indicator.bands
    )
    yield case.say("bands", bands=listed)
    if standing is None:
        return
    band = standing.band
    told = [case.say("stands", value=marked(standing.value), label=reads.name(band.label), range=band_text(band))]
    if standing.higher is not None and band.high is not None:
        distance = marked(band.high - standing.value)
        told.append(case.say("to higher", label=reads.name(standing.higher.label), distance=distance))
    if standing.lower is not None and band.low is not None:
        told.append(case.say("to lower", distance=marked(standing.value - band.low)))
    yield reads.listed(told)


def band_text(band: GradeBand) -> str:
    """`[80, 95)`, `(<60)`: the values a grade owns."""
    if band.low is None or band.high is None:
        above = "" if band.low is None else f"{'≥' if band.low_closed else '>'}{plain(band.low)}"
        below = "" if band.high is None else f"{'≤' if band.high_closed else '<'}{plain(band.high)}"
        return f"({above or below})"
    low, high = "[" if band.low_closed else "(", "]" if band.high_closed else ")"
    return f"{low}{plain(band.low)}, {plain(band.high)}{high}"


# What is written for each operation of the plan; the others only name themselves.
_WORKINGS: Mapping[str, Callable[[Case, StepValue], Iterator[str]]] = {
    "measure": measured,
    "over units": placed,
    "scale": scaled,
    "marks": _marks,
    "membership": membership,
    "defuzzification": defuzzified,
    "combination": _combined,
    "base": _change,
    "deduction": _change,
    "addition": _change,
    "score": _item_score,
    "points": _points,
    "veto": _vetoes,
    "rounding": _rounded,
    "grade": _graded,
    "loss": _loss,
    "substituted loss": _loss,
    "rounded loss": _rounded,
}
