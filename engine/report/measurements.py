"""What was measured and how it became a score, on paper: answers, ratios, cases, the map, the place among the units."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from engine.evaluation.arithmetic import stretch_of, stretches_of
from engine.evaluation.ladder import is_sampled, turns_scale
from engine.evaluation.result import Measurement, QuestionMean, Spread, StepValue
from engine.language.policy import Answers, Observed
from engine.language.syntax import CountRows, Placing, Quotient, TimeBetween
from engine.report.case import Case
from engine.report.formulas import MINUS, OVER, TIMES, mean, signed
from engine.report.names import value_text
from engine.report.numbers import known, marked, plain
from engine.report.words_of_calculations import STATISTICS


def measured(case: Case, step: StepValue) -> Iterator[str]:
    """The value, and what it was counted from: answers question by question, sums, rows, late cases."""
    if step.value is None:
        yield from _distributed(case)
        return
    found = value_text(step.value, case.indicator, case.node.unit, case.reads)
    if isinstance(case.indicator.value, Answers):
        yield from _answered(case, case.indicator.value, found)
    else:
        yield from _observed(case, case.node.measurement, found)
    if case.indicator.minimum_sample and case.node.valid is not None and is_sampled(case.indicator):
        yield case.say("enough", valid=case.node.valid, least=case.indicator.minimum_sample)


def _distributed(case: Case) -> Iterator[str]:
    """How many answers a distribution rests on; the shares are told with the membership."""
    value, seen = case.indicator.value, case.node.measurement
    if isinstance(value, Answers) and seen is not None and case.node.membership:
        sentence = case.reads.either(STATISTICS[value.statistic.value])
        for question in seen.questions:
            name = sentence.format(questions=question.question)
            yield f"{name}  {_answers(case, question)}"


def _answered(case: Case, answers: Answers, found: str) -> Iterator[str]:
    questions = case.node.measurement.questions if case.node.measurement else ()
    sentence = case.reads.either(STATISTICS[answers.statistic.value])
    if len(questions) > 1:
        for question in questions:
            name = sentence.format(questions=question.question)
            yield f"{name} = {known(question.value)}  {_answers(case, question)}"
        numbers = [question.value for question in questions if question.value is not None]
        yield f"{mean(numbers)} = {found}"
        return
    name = sentence.format(questions=answers.questions[0])
    count = _answers(case, questions[0]) if questions else ""
    yield f"{name} = {found}  {count}".rstrip()


def _answers(case: Case, question: QuestionMean) -> str:
    key = "answered" if question.weight == question.valid else "weighted answers"
    told = case.say(key, count=question.valid, weight=marked(question.weight))
    spread = "" if question.deviation is None else case.say("deviation", deviation=known(question.deviation))
    return f"({case.reads.listed([told, spread])})"


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
    """The value on its new scale: c + (x - a) × (d - c) ÷ (b - a), between the points next to it."""
    scale, value = case.indicator.scale, _before(case, "scale")
    if scale is None or value is None:
        return
    kept = min(max(value, scale.low), scale.high) if case.indicator.clamped else value
    if kept != value:
        yield case.reads.labelled(case.say("clamped"), f"{marked(value)} → {marked(kept)}")
    low, to_low, high, to_high, *_ = stretch_of(kept, stretches_of(scale, reverse=turns_scale(case.indicator)))
    working = f"{plain(to_low)} + {_stretched(case, kept, (low, high), (to_low, to_high))}"
    ends = {"low": plain(low), "high": plain(high), "to_low": plain(to_low), "to_high": plain(to_high)}
    digits = f"  ({case.say('fifty digits')})" if case.indicator.log_scale else ""
    yield case.reads.labelled(case.say("scale", **ends), f"{working} = {known(step.value)}{digits}")


def _stretched(case: Case, value: Fraction, of: tuple[Fraction, Fraction], to: tuple[Fraction, Fraction]) -> str:
    """(x - a) × (d - c) ÷ (b - a), or the same with logarithms."""
    x, a, b = signed(value), signed(of[0]), plain(of[1])
    if case.indicator.log_scale:
        x, a, b = (f"ln {plain(number)}" for number in (value, *of))
    return f"({x} {MINUS} {a}) {TIMES} ({plain(to[1])} {MINUS} {signed(to[0])}) {OVER} ({b} {MINUS} {a})"


def placed(case: Case, step: StepValue) -> Iterator[str]:
    """The value among those of all units: what is to be known of them, and the calculation."""
    spread, value, indicator = case.node.spread, _before(case, "over units"), case.indicator
    if spread is None or value is None or indicator.over_units is None:
        return
    method = indicator.over_units
    yield case.reads.labelled(case.say(method.value), _among(case, spread, method))
    yield f"{_PLACED[method](case, spread, value)} = {known(step.value)}"


def _among(case: Case, spread: Spread, method: Placing) -> str:
    """What the calculation needs to know of the units."""
    if method in (Placing.PERCENTILE, Placing.RANK):
        worse = spread.count - spread.below - spread.equal if case.indicator.lower_is_better else spread.below
        return case.say("among ranked", count=spread.count, worse=worse, equal=max(spread.equal - 1, 0))
    if method is Placing.BEST_SHARE:
        best, unit = _best(case, spread)
        return case.say("among best", count=spread.count, best=f"{plain(best)} {_of_unit(case, unit)}".rstrip())
    if method is Placing.MEAN_SHARE:
        return case.say("among mean", count=spread.count, mean=marked(spread.mean))
    if method is Placing.MIN_MAX:
        low = f"{plain(spread.low)} {_of_unit(case, spread.lowest)}".rstrip()
        high = f"{plain(spread.high)} {_of_unit(case, spread.highest)}".rstrip()
        return case.say("among ends", count=spread.count, low=low, high=high)
    deviation = known(spread.deviation)
    return case.say("among standard", count=spread.count, mean=marked(spread.mean), deviation=deviation)


def _of_unit(case: Case, unit: str) -> str:
    return f"({case.reads.name(unit)})" if unit else ""


def _by_ends(case: Case, spread: Spread, value: Fraction) -> str:
    low, high = (spread.high, spread.low) if case.indicator.lower_is_better else (spread.low, spread.high)
    kept = min(max(value, spread.low), spread.high)
    part = f"({signed(kept)} {MINUS} {signed(low)}) {OVER} ({plain(high)} {MINUS} {signed(low)})"
    return f"{part} {TIMES} {_width(case)}"


def _width(case: Case) -> str:
    """From the worst to the best: `100`, or `(90 - 10) + 10` where the worst has points."""
    worst, best = case.indicator.over_units_to or (Fraction(0), case.indicator.full)
    return plain(best) if worst == 0 else f"({plain(best)} {MINUS} {signed(worst)}) + {signed(worst)}"


def _by_deviation(case: Case, spread: Spread, value: Fraction) -> str:
    deviation = known(spread.deviation)
    if case.indicator.lower_is_better:
        return f"({marked(spread.mean)} {MINUS} {signed(value)}) {OVER} {deviation}"
    return f"({signed(value)} {MINUS} {signed(spread.mean)}) {OVER} {deviation}"


def _by_percentile(case: Case, spread: Spread, _: Fraction) -> str:
    worse = spread.count - spread.below - spread.equal if case.indicator.lower_is_better else spread.below
    return f"100 {TIMES} ({worse} + {spread.equal} {OVER} 2) {OVER} {spread.count}"


def _by_rank(case: Case, spread: Spread, _: Fraction) -> str:
    worse = spread.count - spread.below - spread.equal if case.indicator.lower_is_better else spread.below
    others = max(spread.equal - 1, 0)
    return f"({worse} + {others} {OVER} 2) {OVER} ({spread.count} {MINUS} 1) {TIMES} {_width(case)}"


def _best(case: Case, spread: Spread) -> tuple[Fraction, str]:
    """The best value of the units and whose it is."""
    return (spread.low, spread.lowest) if case.indicator.lower_is_better else (spread.high, spread.highest)


def _by_best(case: Case, spread: Spread, value: Fraction) -> str:
    best, _ = _best(case, spread)
    kept = min(max(value, spread.low), spread.high)
    over, under = (best, kept) if case.indicator.lower_is_better else (kept, best)
    return f"{signed(over)} {OVER} {signed(under)} {TIMES} {_width(case)}"


def _by_mean(case: Case, spread: Spread, value: Fraction) -> str:
    over, under = (spread.mean, value) if case.indicator.lower_is_better else (value, spread.mean)
    return f"{signed(over)} {OVER} {signed(under)} {TIMES} {_width(case)}"


_PLACED: Mapping[Placing, Callable[[Case, Spread, Fraction], str]] = {
    Placing.MIN_MAX: _by_ends,
    Placing.Z_SCORE: _by_deviation,
    Placing.SAMPLE_Z_SCORE: _by_deviation,
    Placing.PERCENTILE: _by_percentile,
    Placing.RANK: _by_rank,
    Placing.BEST_SHARE: _by_best,
    Placing.MEAN_SHARE: _by_mean,
}


def _before(case: Case, operation: str) -> Fraction | None:
    """The value of the step before the first one of this operation."""
    before: Fraction | None = None
    for step in case.node.steps:
        if step.operation == operation:
            break
        before = step.value
    return before
