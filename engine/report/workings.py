"""How one indicator's number comes about: a line of paper arithmetic for each step of the plan.

The values are the evaluation's; what is written around them is the formula that leads to them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.evaluation.result import Measurement, NodeResult, StepValue
from engine.insight.trace import Entry
from engine.language.policy import (
    Added,
    Answers,
    CheckedScheme,
    Combined,
    Computed,
    Deducted,
    FuzzyEvaluation,
    GradeBand,
    Grouped,
    Indicator,
    Observed,
    Policy,
)
from engine.language.syntax import Method, Rounding
from engine.report.formulas import MINUS, OVER, TIMES, mean, signed, total, weighted, written
from engine.report.names import Reader, amount
from engine.report.numbers import marked, plain, shown
from engine.report.rule_lines import rule_text
from engine.report.words import METHODS, OPERATORS, ROUNDINGS, STATISTICS, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One indicator that is being explained, and to whom. `grades`: of a fuzzy evaluation it stands in."""

    policy: Policy
    scheme: CheckedScheme
    entry: Entry
    reads: Reader
    grades: tuple[str, ...] = ()

    @property
    def indicator(self) -> Indicator:
        """What the policy says."""
        return self.entry.indicator

    @property
    def node(self) -> NodeResult:
        """What the evaluation found."""
        return self.entry.node

    def say(self, key: str, **values: object) -> str:
        """A phrase in the reader's language."""
        return say(key, self.reads.lang, **values)


def workings(case: Case) -> Iterator[str]:
    """The lines of one indicator, in the order of the calculation."""
    ruled = False
    for step in case.node.steps:
        if step.operation != "rule":
            yield from _WORKINGS.get(step.operation, _plain)(case, step)
        elif not ruled:
            ruled = True
            yield from (text for line in case.node.lines for text in rule_text(line, case.reads))
    yield from _final_rounding(case)
    yield from _standing(case)


def _plain(case: Case, step: StepValue) -> Iterator[str]:
    """A step whose name says it all."""
    if step.value is not None:
        yield f"{case.say(step.operation)} = {marked(step.value)}"


def _change(case: Case, step: StepValue) -> Iterator[str]:
    """What the rules start from, take and give, where it is anything."""
    several = len(case.node.lines) > 1 or step.operation == "base"
    if step.value and several:
        yield f"{case.say(step.operation)} = {marked(abs(step.value))}"


def _points(case: Case, step: StepValue) -> Iterator[str]:
    yield f"{case.say('points', full=marked(case.indicator.full))} = {_text(step.value)}"


def _over_units(case: Case, step: StepValue) -> Iterator[str]:
    yield f"{case.say(case.indicator.over_units)} = {_text(step.value)}"


def _rounded(case: Case, step: StepValue) -> Iterator[str]:
    if case.indicator.rounding is not None:
        yield f"{rounding_text(case.indicator.rounding, case.reads)} = {_text(step.value)}"


def _graded(_case: Case, _step: StepValue) -> Iterator[str]:
    """The grade is told last, with the bands."""
    return iter(())


def _text(value: Fraction | None) -> str:
    return "" if value is None else marked(value)


# ---------------------------------------------------------------- what was measured


def _measured(case: Case, step: StepValue) -> Iterator[str]:
    if step.value is None:
        return
    found = amount(step.value, case.node.unit, case.reads)
    measured = case.node.measurement
    if isinstance(case.indicator.value, Answers):
        yield from _answered(case, case.indicator.value, measured, found)
    else:
        yield from _observed(case, measured, found)


def _answered(case: Case, answers: Answers, measured: Measurement | None, found: str) -> Iterator[str]:
    questions = measured.questions if measured else ()
    sentence = case.reads.either(STATISTICS[answers.statistic.value])
    if len(questions) > 1:
        for question in questions:
            name = sentence.format(questions=question.question)
            yield f"{name} = {_text(question.value)}  {_answers(case, question.valid, question.weight)}"
        numbers = [question.value for question in questions if question.value is not None]
        yield f"{mean(numbers)} = {found}"
        return
    name = sentence.format(questions=answers.questions[0])
    count = _answers(case, questions[0].valid, questions[0].weight) if questions else ""
    yield f"{name} = {found}  {count}".rstrip()


def _answers(case: Case, valid: int, weight: Fraction) -> str:
    key = "answered" if weight == valid else "weighted answers"
    return f"({case.say(key, count=valid, weight=marked(weight))})"


def _observed(case: Case, measured: Measurement | None, found: str) -> Iterator[str]:
    value = case.indicator.value
    sentence = case.say("collected")
    if isinstance(value, Observed) and value.sentence is not None:
        sentence = case.policy.source.text[value.sentence.span.start : value.sentence.span.end] or sentence
    if measured is None:
        yield f"{sentence} = {found}"
        return
    ratio = ""
    if measured.numerator is not None and measured.denominator is not None:
        ratio = f"{marked(measured.numerator)} {OVER} {marked(measured.denominator)} = "
    told = measured.valid is not None and measured.valid != measured.value
    count = f"  ({case.say('rows used', count=measured.valid)})" if told else ""
    yield f"{sentence} = {ratio}{found}{count}"
    if measured.late is not None:
        unfinished = case.say("open cases", count=measured.open) if measured.open else ""
        yield case.reads.listed([case.say("late cases", count=measured.late), unfinished])
    for period, number in measured.periods:
        yield f"  {period}  {marked(number)}"


def _scaled(case: Case, step: StepValue) -> Iterator[str]:
    scale, measured = case.indicator.scale, _before(case, "scale")
    if scale is None or measured is None:
        return
    ends = {k: plain(getattr(scale, k)) for k in ("low", "high", "to_low", "to_high")}
    stretch = f"({ends['to_high']} {MINUS} {ends['to_low']}) {OVER} ({ends['high']} {MINUS} {ends['low']})"
    working = f"{ends['to_low']} + ({signed(measured)} {MINUS} {ends['low']}) {TIMES} {stretch}"
    yield case.reads.labelled(case.say("scale", **ends), f"{working} = {_text(step.value)}")


def _before(case: Case, operation: str) -> Fraction | None:
    """The value of the step before the first one of this operation."""
    before: Fraction | None = None
    for step in case.node.steps:
        if step.operation == operation:
            break
        before = step.value
    return before


# ---------------------------------------------------------------- how parts combine


def _combined(case: Case, step: StepValue) -> Iterator[str]:
    value = step.value
    if value is None:
        return
    there = [part for part in case.entry.parts if _counts(part.node) is not None]
    match case.indicator.value:
        case Combined(method=method):
            line = f"{_mean(method, there)} = {_text(value)}"
            yield case.reads.labelled(case.reads.either(METHODS[method.value]), line)
        case Added():
            yield f"{total([_number(part.node) for part in there])} = {_text(value)}"
        case Deducted():
            taken = "".join(_taken(part.node.loss) for part in case.entry.parts if part.node.loss is not None)
            bounds = "" if _adds_up(case, value) else f"  ({case.say('bounded', full=marked(case.indicator.full))})"
            yield f"{marked(case.indicator.full)}{taken} = {_text(value)}{bounds}"
        case Computed() as computed:
            names = {part.indicator.path: case.reads.name(part.indicator.name) for part in case.entry.parts}
            numbers = {part.indicator.path: signed(_number(part.node)) for part in there}
            yield written(computed, lambda path: names[path])
            yield f"= {written(computed, lambda path: numbers[path])} = {_text(value)}"
        case _:
            yield _text(value)


def _adds_up(case: Case, value: Fraction) -> bool:
    """Whether a deduction's score is its full marks less what was taken, without a bound in between."""
    losses = [part.node.loss for part in case.entry.parts if part.node.loss is not None]
    return value == case.indicator.full - sum(losses, Fraction(0))


def _taken(loss: Fraction) -> str:
    return f" + {marked(-loss)}" if loss < 0 else f" {MINUS} {marked(loss)}"


def _mean(method: Method, there: list[Entry]) -> str:
    numbers = [_number(part.node) for part in there]
    if method in (Method.WORST, Method.BEST):
        listed = ", ".join(marked(number) for number in numbers)
        return f"{'min' if method is Method.WORST else 'max'}({listed})"
    shares = [part.node.weight for part in there if part.node.weight is not None]
    if method is Method.GEOMETRIC or len(shares) < len(numbers):
        return ", ".join(marked(number) for number in numbers)
    if len(set(shares)) == 1:
        return mean(numbers)
    return weighted(list(zip(numbers, shares, strict=True)))


def _counts(node: NodeResult) -> Fraction | None:
    """What others read of an indicator: its score, of a bare measure its value."""
    return node.value if node.score is None else node.score


def _number(node: NodeResult) -> Fraction:
    return _counts(node) or Fraction(0)


# ---------------------------------------------------------------- fuzzy evaluation


def _membership(case: Case, _step: StepValue) -> Iterator[str]:
    told = [f"{case.reads.name(g)} {marked(s)}" for g, s in zip(case.grades, case.node.membership, strict=False)]
    how = ""
    if isinstance(case.indicator.value, FuzzyEvaluation):
        how = f" ({case.reads.either(OPERATORS[case.indicator.value.operator.value])})"
    if told:
        yield case.reads.labelled(case.say("membership") + how, case.reads.listed(told))


def _defuzzified(case: Case, step: StepValue) -> Iterator[str]:
    fuzzy = case.indicator.value
    if not isinstance(fuzzy, FuzzyEvaluation) or step.value is None:
        return
    if fuzzy.by_membership:
        yield f"{case.say('by membership')} = {marked(step.value)}"
        return
    terms = zip(fuzzy.grades, case.node.membership, strict=False)
    told = " + ".join(f"{marked(worth)} {TIMES} {marked(share)}" for (_, worth), share in terms)
    yield case.reads.labelled(case.say("by value"), f"{told} = {marked(step.value)}")


# ---------------------------------------------------------------- rules, vetoes, grades


def _item_score(case: Case, step: StepValue) -> Iterator[str]:
    if step.value is None:
        return
    values = {each.operation: each.value or Fraction(0) for each in case.node.steps}
    added = values.get("addition", Fraction(0))
    plus = f" + {marked(added)}" if added else ""
    base, taken = values.get("base", Fraction(0)), abs(values.get("deduction", Fraction(0)))
    line = f"{marked(base)} {MINUS} {marked(taken)}{plus} = {marked(step.value)}"
    yield case.reads.labelled(case.say("item score"), line)


def _loss(case: Case, step: StepValue) -> Iterator[str]:
    value = step.value
    losses = [part.node.loss for part in case.entry.parts if part.node.loss is not None]
    if isinstance(case.indicator.value, Grouped):
        item = case.indicator.item
        bound = "" if item is None or item.cap is None else f"  ({case.say('capped at', cap=marked(item.cap))})"
        taken = f"{total(losses)} = {_text(value)}" if len(losses) > 1 else _text(value)
        yield case.reads.labelled(case.say("sum of losses"), f"{taken}{bound}")
    elif value is not None and case.node.score is not None:
        yield f"{case.say('gain' if value < 0 else 'loss')} = {marked(abs(value))}"


def _vetoes(case: Case, _step: StepValue) -> Iterator[str]:
    for veto, subject in case.entry.vetoes:
        number = _counts(subject)
        value = "" if number is None else amount(number, subject.unit, case.reads)
        fired = case.node.veto == veto.sentence
        before = case.reads.listed([_text(case.node.before_veto), case.reads.name(case.node.grade_before_veto or "")])
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
    return reads.either(ROUNDINGS[rounding.mode.value]).format(decimals=rounding.decimals)


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
    """`[80, 95)`, `(< 60)`: the values a grade owns."""
    if band.low is None or band.high is None:
        above = "" if band.low is None else f"{'≥' if band.low_closed else '>'} {plain(band.low)}"
        below = "" if band.high is None else f"{'≤' if band.high_closed else '<'} {plain(band.high)}"
        return f"({above or below})"
    low, high = "[" if band.low_closed else "(", "]" if band.high_closed else ")"
    return f"{low}{plain(band.low)}, {plain(band.high)}{high}"


# What is written for each operation of the plan; the others only name themselves.
_WORKINGS: Mapping[str, Callable[[Case, StepValue], Iterator[str]]] = {
    "measure": _measured,
    "over units": _over_units,
    "scale": _scaled,
    "membership": _membership,
    "defuzzification": _defuzzified,
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
}
