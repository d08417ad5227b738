"""Validity sentences over rows that stay in their file: each row is charged to the first one it fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlglot import exp

from engine.data.cells import Problem, read_seconds
from engine.data.parquet.columns import Read, Reader, judged, stored_numbers
from engine.data.parquet.files import Typed
from engine.data.passing import Answer, answered_at_least, first_of, place_among, straight_lined
from engine.data.queries import every, failing, given, named, whole
from engine.data.validity import holds
from engine.language.syntax import (
    AnsweredAtLeast,
    Condition,
    ListedIn,
    NotStraightLined,
    OnePer,
    TookAtLeast,
    ValiditySentence,
)

ROW, MOMENT, STAGE, FIRST = "row", "moment", "stage", "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """What the sentences look at. `columns` of the file by the sentence's spelling; `duration`: how long a record took;
    `listed`: for each (column, source) the texts that stand there.
    """

    columns: Mapping[str, Typed]
    duration: Typed | None
    listed: Mapping[tuple[str, str], frozenset[str]]


def evidence(reader: Reader, rules: Sequence[ValiditySentence], looking: Looking) -> list[Read]:
    """What each sentence looks at in a row, beside the answers: whether it holds, or the text of a key."""
    return [_evidence(reader, rule, looking) for rule in rules]


def _evidence(reader: Reader, rule: ValiditySentence, looking: Looking) -> Read:
    match rule:
        case AnsweredAtLeast() | NotStraightLined():
            return Read(value=exp.true())
        case TookAtLeast():
            assert looking.duration is not None  # noqa: S101 - the column is asked for with the rule
            return _took(reader, looking.duration, rule.seconds)
        case ListedIn(column=column, source=source):
            typed = looking.columns[column.text]
            texts = sorted(looking.listed[column.text, source.text])
            table = reader.lookup(typed.text, texts, value=[True] * len(texts))
            return Read(value=given(named("value", table.name)), lookups=(table,))
        case OnePer(column=column):
            return Read(value=looking.columns[column.text].text)
        case Condition(column=column):
            return judged(reader, looking.columns[column.text], lambda text: holds(text, rule))


def _took(reader: Reader, column: Typed, least: Fraction) -> Read:
    """Whether a record took so many seconds; one that does not say cannot be judged (E923)."""
    numbers = stored_numbers(reader, column, required=True)
    if numbers is not None and numbers.least is not None and numbers.least >= 0:
        top, bottom = (least * 10**numbers.scale).as_integer_ratio()
        scaled = exp.Mul(this=numbers.value, expression=whole(bottom))
        return Read(value=exp.GTE(this=scaled, expression=whole(top)), faults=numbers.faults)

    def judge(text: str) -> bool | Problem:
        read = read_seconds(text) if text else Problem(code="E923")
        return read if isinstance(read, Problem) else read >= least

    return judged(reader, column, judge)


def evidence_id(number: int) -> str:
    """What a row's evidence for the sentence of that number is called."""
    return f"evidence_{number}"


def staged(rows: exp.Select, rules: Sequence[ValiditySentence], answers: Sequence[Answer]) -> exp.Select:
    """The rows with their stage: the number of the first sentence they fail, or that of the sentences."""
    pairs: list[tuple[exp.Expr, exp.Expr]] = []
    if any(isinstance(rule, NotStraightLined) for rule in rules):
        rows = _with(rows, first_of(answers), FIRST)
    for number, rule in enumerate(rules):
        if isinstance(rule, OnePer):
            rows, pairs = _one_per(rows, pairs, number, last=rule.last)
        else:
            pairs.append((_failing(rule, number, answers), whole(number)))
    return _with(rows, _first(pairs, whole(len(rules))), STAGE)


def _first(pairs: Sequence[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expr:
    if not pairs:
        return otherwise
    case = exp.Case()
    for condition, then in pairs:
        case = case.when(condition, then)
    return case.else_(otherwise)


def _with(rows: exp.Select, expression: exp.Expr, called: str) -> exp.Select:
    """The rows with one more column."""
    added = exp.alias_(expression, exp.to_identifier(called, quoted=True))
    return exp.select(exp.Star(), added).from_(rows.subquery("r"))


def _one_per(
    rows: exp.Select, pairs: Sequence[tuple[exp.Expr, exp.Expr]], number: int, *, last: bool
) -> tuple[exp.Select, list[tuple[exp.Expr, exp.Expr]]]:
    """Of the rows still valid that share a key, the last (first) by date, then by row; a blank key is nobody's."""
    before, place, key = f"before_{number}", f"place_{number}", named(evidence_id(number))
    rows = _with(rows, _first(pairs, exp.Null()), before)
    lost = given(named(before))
    numbered = place_among([key.copy(), lost.copy()], [named(MOMENT), named(ROW)], last=last)
    rows = _with(rows, numbered, place)
    later = every([given(key), exp.GT(this=named(place), expression=whole(1))])
    return rows, [(lost, named(before)), (later, whole(number))]


def _failing(rule: ValiditySentence, number: int, answers: Sequence[Answer]) -> exp.Expr:
    """Whether a row fails a sentence that looks at the row alone."""
    match rule:
        case AnsweredAtLeast(percent=percent):
            return failing(answered_at_least(answers, percent))
        case NotStraightLined():
            return straight_lined(answers, named(FIRST))
        case _:
            return failing(exp.Coalesce(this=named(evidence_id(number)), expressions=[exp.false()]))
