"""Validity sentences over rows that stay in their file: each row is charged to the first one it fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlglot import exp

from engine.data.cells import Problem, read_seconds
from engine.data.parquet.columns import Read, Reader, judged
from engine.data.parquet.files import Typed
from engine.data.queries import choose, every, failing, given, named, whole
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

ROW, MOMENT, STAGE = "row", "moment", "stage"
OUTSIDE = -1  # the stage of a row that is out of the period; that of a valid one is the number of sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """An answer's id among the rows, its scale, and the id of whether its question was not put."""

    id: str
    scale: int
    skipped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """What the sentences look at. `columns` of the file by the sentence's spelling; `duration`: how long a record took;
    `listed`: for each (column, source) the texts that stand there.
    """

    columns: Mapping[str, Typed]
    duration: Typed | None
    listed: Mapping[tuple[str, str], frozenset[str]]


def evidence(reader: Reader, rules: Sequence[ValiditySentence], looking: Looking) -> list[Read]:
    """What each sentence looks at in a row, beside the answers: a truth, milliseconds, or the text of a key."""
    return [_evidence(reader, rule, looking) for rule in rules]


def _evidence(reader: Reader, rule: ValiditySentence, looking: Looking) -> Read:
    match rule:
        case AnsweredAtLeast() | NotStraightLined():
            return Read(value=exp.true())
        case TookAtLeast():
            assert looking.duration is not None  # noqa: S101 - the column is asked for with the rule
            return judged(reader, looking.duration, _milliseconds)
        case ListedIn(column=column, source=source):
            typed = looking.columns[column.text]
            texts = sorted(looking.listed[column.text, source.text])
            table = reader.lookup(typed.text, texts, value=[True] * len(texts))
            return Read(value=given(named("value", table.name)), lookups=(table,))
        case OnePer(column=column):
            return Read(value=looking.columns[column.text].text)
        case Condition(column=column):
            return judged(reader, looking.columns[column.text], lambda text: holds(text, rule))


def _milliseconds(text: str) -> int | Problem:
    read = read_seconds(text) if text else Problem(code="E923")
    return read if isinstance(read, Problem) else int(read * 1000)


def evidence_id(number: int) -> str:
    """What a row's evidence for the sentence of that number is called."""
    return f"evidence_{number}"


def staged(
    rows: exp.Select, rules: Sequence[ValiditySentence], answers: Sequence[Answers], inside: exp.Expr
) -> exp.Select:
    """The rows with their stage: out of the period, the number of the first sentence they fail, or past them all."""
    pairs: list[tuple[exp.Expr, exp.Expr]] = [(failing(inside), whole(OUTSIDE))]
    for number, rule in enumerate(rules):
        if isinstance(rule, OnePer):
            rows, pairs = _one_per(rows, pairs, number, last=rule.last)
        else:
            passing = exp.Coalesce(this=_passing(rule, number, answers), expressions=[exp.false()])
            pairs.append((failing(passing), whole(number)))
    return _with(rows, _first(pairs, whole(len(rules))), STAGE)


def _first(pairs: Sequence[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expr:
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
    order = exp.Order(
        expressions=[
            exp.Ordered(this=named(MOMENT), desc=last, nulls_first=not last),
            exp.Ordered(this=named(ROW), desc=last, nulls_first=not last),
        ]
    )
    numbered = exp.Window(this=exp.RowNumber(), partition_by=[key.copy(), lost.copy()], order=order)
    rows = _with(rows, numbered, place)
    later = every([given(key), exp.GT(this=named(place), expression=whole(1))])
    return rows, [(lost, named(before)), (later, whole(number))]


def _passing(rule: ValiditySentence, number: int, answers: Sequence[Answers]) -> exp.Expr:
    found = named(evidence_id(number))
    match rule:
        case AnsweredAtLeast(percent=percent):
            return _answered_at_least(answers, percent)
        case NotStraightLined():
            return failing(_straight_lined(answers))
        case TookAtLeast(seconds=seconds):
            top, bottom = (seconds * 1000).as_integer_ratio()
            return exp.GTE(this=exp.Mul(this=found, expression=whole(bottom)), expression=whole(top))
        case _:
            return found


def _sum(terms: Sequence[exp.Expr]) -> exp.Expr:
    total: exp.Expr = whole(0)
    for term in terms:
        total = exp.Add(this=total, expression=term)
    return exp.Paren(this=total)


def _answered_at_least(answers: Sequence[Answers], percent: Fraction) -> exp.Expr:
    """Answered of the questions put: one that was skipped by the questionnaire's own logic was not put."""
    answered = [choose(given(named(one.id)), whole(1), whole(0)) for one in answers]
    put = [whole(1) if one.skipped is None else choose(named(one.skipped), whole(0), whole(1)) for one in answers]
    share = Fraction(percent, 100)
    left = exp.Mul(this=_sum(answered), expression=whole(share.denominator))
    return exp.GTE(this=left, expression=exp.Mul(this=_sum(put), expression=whole(share.numerator)))


def _straight_lined(answers: Sequence[Answers]) -> exp.Expr:
    """Two answers or more, and all the same number."""
    if len(answers) < 2:
        return exp.false()
    scale = max(one.scale for one in answers)
    numbers: list[exp.Expr] = [
        named(one.id)
        if one.scale == scale
        else exp.Mul(this=named(one.id), expression=whole(10 ** (scale - one.scale)))
        for one in answers
    ]
    count = _sum([choose(given(named(one.id)), whole(1), whole(0)) for one in answers])
    lowest = exp.Least(this=numbers[0], expressions=[n.copy() for n in numbers[1:]], ignore_nulls=True)
    highest = exp.Greatest(this=numbers[0].copy(), expressions=[n.copy() for n in numbers[1:]], ignore_nulls=True)
    return every([exp.GT(this=count, expression=whole(1)), exp.EQ(this=lowest, expression=highest)])
