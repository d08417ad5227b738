"""Survey questions: means, top-2-box shares, net promoter scores and distributions of the valid answers.

Each respondent counts with the weight the source names (1 where it names none). A measure over several
questions is the mean over the questions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlglot import exp

from engine.data.contract import Column, Table
from engine.data.queries import whole
from engine.evaluation.arithmetic import ZERO, square_root
from engine.evaluation.figures import Measured
from engine.evaluation.reductions import HUNDRED, Sums, Tally, none_valid, sums
from engine.evaluation.result import QuestionMean, Reason
from engine.evaluation.sql import column, multiplied, number_of_values, present, product, total, wide
from engine.language.policy import Answers, DataSource, answers_to
from engine.language.syntax import Statistic

# The net promoter score is asked on 0-10: 9 and 10 promote, 0 to 6 detract.
_PROMOTES, _DETRACTS = 9, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a measure: its column, its own additive terms, and how its statistic comes from their sums."""

    id: str
    column: Column
    terms: tuple[exp.Expr, ...]
    statistic: Callable[[Sums, Fraction], tuple[Fraction, ...]]
    squares: bool = False


def tally_of(table: Table, source: DataSource, answers: Answers, *, deviation: bool = False) -> Tally:
    """The tally of a survey measure: per question the valid answers, their weight, and the statistic's own terms.

    `deviation`: of means, the sum of the squares too.
    """
    questions = [_question(table, source, answers, name) for name in answers.questions]
    if deviation and answers.statistic is Statistic.MEAN:
        questions = [_squared(table, question) for question in questions]
    weight = table.column("weight")
    times = table.find("count", "answers")
    terms = [term for q in questions for term in (*_basis(q.column, weight, times), *q.terms)]

    def finish(merged: Sums) -> Measured:
        return _finished(questions, Fraction(1, 10**weight.scale), answers.statistic, merged)

    return sums(*terms, finish=finish)


def _squared(table: Table, question: Question) -> Question:
    """With Σ w·x² behind its terms."""
    of, weight = column(question.column), table.column("weight")
    square = exp.Mul(this=exp.Mul(this=wide(column(weight)), expression=of), expression=of.copy())
    return replace(question, terms=(*question.terms, total(None, square, table.find("count", "answers"))), squares=True)


def _basis(answer: Column, weight: Column, times: Column | None) -> tuple[exp.Expr, exp.Expr]:
    """How many gave an answer, and their weight; every row has a weight, or reading would have been refused."""
    return number_of_values(answer, times), total(present(answer), column(weight), times)


def _question(table: Table, source: DataSource, answers: Answers, name: str) -> Question:
    of, weight = table.column("answer", name), table.column("weight")
    unit, times = Fraction(1, 10**of.scale), table.find("count", "answers")

    def having(operator: type[exp.Binary], level: Fraction) -> exp.Expr:
        return total(_compared(operator, of, level), column(weight), times)

    match answers.statistic:
        case Statistic.MEAN:
            terms = (total(None, product(weight, of), times),)
            return Question(id=name, column=of, terms=terms, statistic=lambda s, w: (Fraction(s[0] or 0) * unit / w,))
        case Statistic.TOP_TWO:
            terms = (having(exp.GTE, top_of(source, answers, name) - 1),)
            return Question(id=name, column=of, terms=terms, statistic=lambda s, w: _per_cent(s[0], w))
        case Statistic.NPS:
            terms = (having(exp.GTE, Fraction(_PROMOTES)), having(exp.LTE, Fraction(_DETRACTS)))
            return Question(id=name, column=of, terms=terms, statistic=_net)
        case Statistic.DISTRIBUTION:
            levels = levels_of(source, answers, name)
            terms = tuple(having(exp.EQ, level) for level in levels)
            return Question(id=name, column=of, terms=terms, statistic=_shares)


def _net(sums: Sums, weight: Fraction) -> tuple[Fraction, ...]:
    return _per_cent((sums[0] or 0) - (sums[1] or 0), weight)


def _shares(sums: Sums, weight: Fraction) -> tuple[Fraction, ...]:
    return tuple(Fraction(part or 0) / weight for part in sums)


def _per_cent(part: int | None, weight: Fraction) -> tuple[Fraction, ...]:
    return (HUNDRED * (part or 0) / weight,)


def _compared(operator: type[exp.Binary], of: Column, level: Fraction) -> exp.Expr:
    """Whether an answer compares with a level so."""
    top, bottom = (level * 10**of.scale).as_integer_ratio()
    return operator(this=multiplied(of, bottom), expression=whole(top))


def scale_of(source: DataSource, answers: Answers, question: str) -> tuple[Fraction, Fraction] | None:
    """The interval of the answers: as the scheme says, else as the source says."""
    words, declared = answers_to(source, question)
    if answers.scale is not None or declared is not None:
        return answers.scale or declared
    return (min(words.values()), max(words.values())) if words else None


def top_of(source: DataSource, answers: Answers, question: str) -> Fraction:
    """B of the scale a-b; 5 where nothing says."""
    scale = scale_of(source, answers, question)
    return scale[1] if scale is not None else Fraction(5)


def levels_of(source: DataSource, answers: Answers, question: str) -> Sequence[Fraction]:
    """The answers there are, the highest first: the words' numbers, else the whole numbers of the scale (of 1-5 where
    nothing says).
    """
    if source.answers:
        return sorted(set(source.answers.values()), reverse=True)
    low, high = scale_of(source, answers, question) or (Fraction(1), Fraction(5))
    return [high - n for n in range(int(high - low) + 1)]


# ---------------------------------------------------------------- what the sums mean


def _finished(questions: Sequence[Question], unit: Fraction, statistic: Statistic, merged: Sums) -> Measured:
    means: list[QuestionMean] = []
    results: list[tuple[Fraction, ...]] = []
    position = 0
    for question in questions:
        count, raw = merged[position] or 0, merged[position + 1] or 0
        own = merged[position + 2 : position + 2 + len(question.terms)]
        position += 2 + len(question.terms)
        found = question.statistic(own, Fraction(raw)) if raw else ()
        single = found[0] if found and statistic is not Statistic.DISTRIBUTION else None
        spread = _deviation(question, own, Fraction(raw), count) if question.squares else None
        means.append(QuestionMean(question=question.id, value=single, valid=count, weight=raw * unit, deviation=spread))
        results.append(found)
    if not all(results):
        return none_valid(Reason.NO_ANSWERS)._replace(questions=tuple(means))
    shares = tuple(sum(column, ZERO) / len(results) for column in zip(*results, strict=True))
    valid = min(mean.valid for mean in means)
    if statistic is Statistic.DISTRIBUTION:
        return Measured(valid=valid, questions=tuple(means), shares=shares)
    return Measured(value=shares[0], valid=valid, questions=tuple(means))


def _deviation(question: Question, own: Sums, weight: Fraction, count: int) -> Fraction | None:
    """S with s² = n/(n - 1) · Σw(x - m)²/Σw of n answers and their weights w, to 50 significant digits.

    Where all weights are the same it is the deviation of a sample, s² = Σ(x - m)²/(n - 1). One answer has none.
    """
    if count < 2 or not weight:
        return None
    unit = Fraction(1, 10**question.column.scale)
    mean, of_squares = Fraction(own[0] or 0) * unit / weight, Fraction(own[1] or 0) * unit**2 / weight
    return square_root((of_squares - mean**2) * count / (count - 1))
