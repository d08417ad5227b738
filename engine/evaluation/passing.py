"""Which rows of a warehouse's table count: the validity sentences and classes of a source, asked of raw columns.

What is asked of answers and keys is the same as of rows in a file (`data.passing`); what single cells say is not: a
file's different cells are read one by one beforehand, a warehouse's cannot be.

A blank is a missing value or one of the texts by which survey platforms mark one. A cell that has to be a number or a
moment to be compared, and is none, ends the query with the warehouse's own error; it is never taken for something else.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from engine.data.cells import Problem, folded, is_unanswered, read_number, read_time
from engine.data.passing import Answer, answered_at_least, first_of, straight_lined
from engine.data.vendors import SKIPPED, UNANSWERED
from engine.language.policy import DataSource, answers_to
from engine.language.syntax import (
    AnsweredAtLeast,
    Comparison,
    Condition,
    ListedIn,
    NotStraightLined,
    TookAtLeast,
)

# Columns that a file has without naming them, and a table has to have where a sentence asks for them.
ROW, SECONDS = "rubric_row", "rubric_seconds"
_COMPARED: Mapping[Comparison, type[exp.Binary]] = {
    Comparison.LESS: exp.LT,
    Comparison.AT_MOST: exp.LTE,
    Comparison.EQUAL: exp.EQ,
    Comparison.NOT_EQUAL: exp.NEQ,
    Comparison.AT_LEAST: exp.GTE,
    Comparison.MORE: exp.GT,
}
_NUMBER = "DECIMAL(38, 9)"
_ANSWER, _FIRST = "rubric_answer", "rubric_first"
_BLANKS = ("", "(空)", "(跳过)")


# ---------------------------------------------------------------- columns and cells


def quoted(name: str) -> exp.Identifier:
    """A name, quoted."""
    return exp.to_identifier(name, quoted=True)


def column_of(name: str) -> exp.Column:
    """A column of a table by its header, quoted."""
    return exp.column(quoted(name))


def cast_as(expression: exp.Expr, kind: str) -> exp.Expr:
    """The expression as another type."""
    return exp.cast(expression, kind)


def text_of(name: str) -> exp.Expr:
    """What stands in a column, as text."""
    return cast_as(column_of(name), "TEXT")


def _missing(expression: exp.Expr) -> exp.Expr:
    return exp.Is(this=expression, expression=exp.Null())


def is_blank(name: str, blanks: tuple[str, ...] = _BLANKS) -> exp.Expr:
    """Whether nothing stands in the column, or one of the texts that stand for nothing."""
    text = exp.Coalesce(this=text_of(name), expressions=[exp.Literal.string("")])
    return exp.In(this=text, expressions=[exp.Literal.string(word) for word in ("", *(b for b in blanks if b))])


def _literal(number: Fraction | Decimal | int) -> exp.Expr:
    """A number, written out; one that no decimal can hold as a quotient."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return exp.Literal.number(exact.numerator) if exact >= 0 else exp.Neg(this=exp.Literal.number(-exact.numerator))
    return cast_as(exp.Literal.string(str(Decimal(exact.numerator) / Decimal(exact.denominator))), _NUMBER)


# ---------------------------------------------------------------- validity sentences


def passes(
    source: DataSource, rule: AnsweredAtLeast | NotStraightLined | TookAtLeast | ListedIn | Condition
) -> exp.Expr:
    """Whether a row passes a sentence that looks at the row alone."""
    match rule:
        case AnsweredAtLeast(percent=percent):
            return answered_at_least(_answered(source), percent)
        case NotStraightLined():
            return exp.not_(straight_lined(_answered(source), exp.column(_FIRST)))
        case TookAtLeast(seconds=seconds):
            least = _literal(seconds)
            return exp.GTE(this=cast_as(column_of(SECONDS), _NUMBER), expression=least)
        case ListedIn(column=column, source=other):
            name = column.text
            listed = (
                exp.select(text_of(name))
                .from_(exp.Table(this=quoted(other.text)))
                .where(exp.not_(is_blank(name, ("",))))
            )
            return exp.In(this=text_of(name), query=listed.subquery())
        case Condition(column=column):
            return _holds(column.text, rule)


def reads_answers(source: DataSource) -> bool:
    """Whether a sentence looks at the whole questionnaire: its rows then need `answer_columns`."""
    return any(isinstance(rule, AnsweredAtLeast | NotStraightLined) for rule in source.valid)


def answer_columns(source: DataSource) -> list[exp.Expr]:
    """Every answer as the number it counts as, missing where none is given."""
    return [
        exp.alias_(_answer(source, question), f"{_ANSWER}_{number}") for number, question in enumerate(source.questions)
    ]


def first_answer(source: DataSource) -> exp.Expr:
    """The first answer that is given, of rows that have `answer_columns`."""
    return exp.alias_(first_of(_answered(source)), _FIRST)


def _answered(source: DataSource) -> list[Answer]:
    columns = [exp.column(f"{_ANSWER}_{number}") for number in range(len(source.questions))]
    return [
        Answer(value=column, skipped=exp.and_(_missing(column), _is_skipped(header)))
        for column, header in zip(columns, source.questions.values(), strict=True)
    ]


def _is_skipped(header: str) -> exp.Expr:
    words = [exp.Literal.string(word) for word in SKIPPED]
    return exp.In(this=exp.Coalesce(this=text_of(header), expressions=[exp.Literal.string("")]), expressions=words)


def _answer(source: DataSource, question: str) -> exp.Expr:
    """The answer as the number it counts as; missing where none is given."""
    header, (words, scale) = source.questions[question], answers_to(source, question)
    unanswered = (word for word in (*UNANSWERED, *SKIPPED) if is_unanswered(word, scale))
    found = exp.Case().when(is_blank(header, tuple(unanswered)), exp.Null())
    for word, number in words.items():
        found = found.when(exp.EQ(this=text_of(header), expression=exp.Literal.string(word)), _literal(number))
    return found.else_(cast_as(column_of(header), _NUMBER))


# ---------------------------------------------------------------- conditions and classes


def class_of(source: DataSource, name: str) -> exp.Expr:
    """The first class whose conditions a row fulfils; missing where it fulfils none's."""
    found = exp.Case()
    for label, belonging in source.classes[name].items():
        held = exp.and_(*(_fulfilled(source, condition) for condition in belonging.where))
        found = found.when(held, exp.Literal.string(label))
    return found.else_(exp.Null())


def _fulfilled(source: DataSource, condition: Condition) -> exp.Expr:
    """A condition of a class; one that names a question compares the numbers that answers count as."""
    question = condition.column.text
    if question not in source.questions:
        return _holds(question, condition)
    words, _ = answers_to(source, question)
    read = read_number(condition.value)
    bound = next((n for word, n in words.items() if folded(word) == folded(condition.value)), None)
    if bound is None and not isinstance(read, Problem):
        bound = Fraction(read[0])
    answer = _answer(source, question)
    given = exp.not_(_missing(answer))
    if bound is None:
        return given if condition.comparison is Comparison.NOT_EQUAL else exp.false()
    compared = _COMPARED[condition.comparison](this=answer.copy(), expression=_literal(bound))
    return exp.Case().when(given, compared).else_(exp.false())


def _holds(name: str, condition: Condition) -> exp.Expr:
    """Whether a cell satisfies the condition: as number, moment or text, whichever its value is; a blank only ≠."""
    value = "" if condition.value in _BLANKS else condition.value
    of_blank = exp.true() if condition.comparison is Comparison.NOT_EQUAL and value else exp.false()
    if not value:
        compared: exp.Expr = exp.true() if condition.comparison is Comparison.NOT_EQUAL else exp.false()
        return exp.Case().when(is_blank(name), of_blank).else_(compared)
    left, right = _sides(name, value)
    return exp.Case().when(is_blank(name), of_blank).else_(_COMPARED[condition.comparison](this=left, expression=right))


def _sides(name: str, value: str) -> tuple[exp.Expr, exp.Expr]:
    number = read_number(value)
    if not isinstance(number, Problem) and not (value.startswith("0") and value[1:2].isdigit()):
        return cast_as(column_of(name), _NUMBER), _literal(number[0])
    moment = read_time(value, None)
    if not isinstance(moment, Problem):
        written = exp.Literal.string(moment.isoformat(sep=" "))
        return cast_as(column_of(name), "TIMESTAMP"), cast_as(written, "TIMESTAMP")
    return text_of(name), exp.Literal.string(value)
