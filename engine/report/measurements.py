"""What was measured and how it became a score, on paper: answers, ratios, cases, the map to another scale."""

from collections.abc import Iterator
from fractions import Fraction

from engine.evaluation.result import Measurement, StepValue
from engine.language.policy import Answers, Observed
from engine.language.syntax import CountRows, Quotient, TimeBetween
from engine.report.case import Case
from engine.report.formulas import MINUS, OVER, TIMES, mean, signed
from engine.report.names import value_text
from engine.report.numbers import known, marked, plain
from engine.report.words import STATISTICS


def measured(case: Case, step: StepValue) -> Iterator[str]:
    """The value, and what it was counted from: answers question by question, sums, rows, late cases."""
    if step.value is None:
        return
    found = value_text(step.value, case.indicator, case.node.unit, case.reads)
    if isinstance(case.indicator.value, Answers):
        yield from _answered(case, case.indicator.value, found)
    else:
        yield from _observed(case, case.node.measurement, found)


def _answered(case: Case, answers: Answers, found: str) -> Iterator[str]:
    questions = case.node.measurement.questions if case.node.measurement else ()
    sentence = case.reads.either(STATISTICS[answers.statistic.value])
    if len(questions) > 1:
        for question in questions:
            name = sentence.format(questions=question.question)
            yield f"{name} = {known(question.value)}  {_answers(case, question.valid, question.weight)}"
        numbers = [question.value for question in questions if question.value is not None]
        yield f"{mean(numbers)} = {found}"
        return
    name = sentence.format(questions=answers.questions[0])
    count = _answers(case, questions[0].valid, questions[0].weight) if questions else ""
    yield f"{name} = {found}  {count}".rstrip()


def _answers(case: Case, valid: int, weight: Fraction) -> str:
    key = "answered" if weight == valid else "weighted answers"
    return f"({case.say(key, count=valid, weight=marked(weight))})"


def _observed(case: Case, seen: Measurement | None, found: str) -> Iterator[str]:
    value = case.indicator.value
    sentence, made = case.say("collected"), value.sentence if isinstance(value, Observed) else None
    if isinstance(value, Observed) and value.sentence is not None:
        sentence = case.policy.source.text[value.sentence.span.start : value.sentence.span.end] or sentence
    if seen is None:
        yield f"{sentence} = {found}"
        return
    ratio = ""
    if seen.numerator is not None and seen.denominator is not None:
        per = f" {TIMES} {made.per}" if isinstance(made, Quotient) and made.per is not None else ""
        ratio = f"{marked(seen.numerator)} {OVER} {marked(seen.denominator)}{per} = "
    told = seen.valid is not None and not isinstance(made, CountRows)  # where rows are counted, they are the value
    count = f"  ({case.say('rows used', count=seen.valid)})" if told else ""
    if isinstance(made, TimeBetween) and not made.statistic and (seen.valid or 0) > 1:
        found = case.say("on average", amount=found)
    yield f"{sentence} = {ratio}{found}{count}"
    if seen.late is not None:
        unfinished = case.say("open cases", count=seen.open) if seen.open else ""
        yield case.reads.listed([case.say("late cases", count=seen.late), unfinished])
    for period, number in seen.periods:
        yield f"  {period}  {marked(number)}"


def scaled(case: Case, step: StepValue) -> Iterator[str]:
    """The value on its new scale: c + (x - a) × (d - c) ÷ (b - a)."""
    scale, value = case.indicator.scale, _before(case, "scale")
    if scale is None or value is None:
        return
    ends = {
        "low": plain(scale.low),
        "high": plain(scale.high),
        "to_low": plain(scale.to_low),
        "to_high": plain(scale.to_high),
    }
    low, to_low = signed(scale.low), signed(scale.to_low)
    stretch = f"({ends['to_high']} {MINUS} {to_low}) {OVER} ({ends['high']} {MINUS} {low})"
    kept = min(max(value, scale.low), scale.high) if case.indicator.clamped else value
    if kept != value:
        yield case.reads.labelled(case.say("clamped"), f"{marked(value)} → {marked(kept)}")
    working = f"{ends['to_low']} + ({signed(kept)} {MINUS} {low}) {TIMES} {stretch}"
    yield case.reads.labelled(case.say("scale", **ends), f"{working} = {known(step.value)}")


def _before(case: Case, operation: str) -> Fraction | None:
    """The value of the step before the first one of this operation."""
    before: Fraction | None = None
    for step in case.node.steps:
        if step.operation == operation:
            break
        before = step.value
    return before
