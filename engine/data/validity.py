"""Which rows count: the policy's validity sentences in the order written, each row charged to the first it fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.data.cells import Problem, folded, read_number, read_time
from engine.data.columns import Converted
from engine.language.syntax import (
    AnsweredAtLeast,
    Comparison,
    Condition,
    ListedIn,
    NotStraightLined,
    OnePer,
    TookAtLeast,
    ValiditySentence,
)
from engine.source import NOWHERE, Source

if TYPE_CHECKING:
    from pandas import Series

    Mask = Series[bool]


_BLANK = ("", "(空)", "(跳过)")  # as survey platforms write what was not answered
_SIGNS = {
    Comparison.LESS: (-1,),
    Comparison.AT_MOST: (-1, 0),
    Comparison.EQUAL: (0,),
    Comparison.NOT_EQUAL: (-1, 1),
    Comparison.AT_LEAST: (0, 1),
    Comparison.MORE: (1,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the sentences look at, one value per record.

    `answers`: all questions of the source. `milliseconds`: how long each record took. `texts`: columns by the
    sentence's spelling. `listed`: for each `ListedIn` (column, source), the texts of the other source.
    `dates`: the source's date, for the order of `OnePer`.
    """

    answers: Sequence[Converted] = ()
    milliseconds: "Series[Any] | None" = None
    texts: Mapping[str, "Series[Any]"]
    listed: Mapping[tuple[str, str], frozenset[str]]
    dates: "Series[Any] | None" = None


def apply_rules(
    rules: Sequence[ValiditySentence], evidence: Evidence, in_period: "Mask"
) -> tuple["Mask", tuple[int, ...]]:
    """The records that are in the period and pass every rule, and how many each rule turned away first."""
    valid, failed = in_period, list[int]()
    for rule in rules:
        passing = valid & _passing(rule, evidence, valid)
        failed.append(int(valid.sum() - passing.sum()))
        valid = passing
    return valid, tuple(failed)


def _passing(rule: ValiditySentence, evidence: Evidence, valid: "Mask") -> "Mask":
    match rule:
        case AnsweredAtLeast(percent=percent):
            return _answered_at_least(evidence.answers, percent, valid)
        case NotStraightLined():
            return ~_straight_lined(evidence.answers, valid)
        case TookAtLeast(seconds=seconds):
            assert evidence.milliseconds is not None  # noqa: S101 - the column is asked for with the rule
            least = seconds * 1000
            return evidence.milliseconds * least.denominator >= least.numerator
        case ListedIn(column=column, source=source):
            return evidence.texts[column.text].isin(evidence.listed[column.text, source.text])
        case OnePer(column=column, last=last):
            return _one_per(evidence.texts[column.text], evidence.dates, valid, last=last)
        case Condition(column=column):
            texts = evidence.texts[column.text]
            holding = {text for text in texts.dropna().unique() if holds(text, rule) is True}
            return texts.isin(holding) | (texts.isna() & (holds("", rule) is True))


def _answered_at_least(answers: Sequence[Converted], percent: Fraction, valid: "Mask") -> "Mask":
    """Answered of the questions put: one that was skipped by the questionnaire's own logic was not put."""
    answered, put = valid.astype("int64") * 0, valid.astype("int64") * 0
    for column in answers:
        given = column.values.notna()
        answered = answered + given
        put = put + (given | ~column.skipped if column.skipped is not None else 1)
    share = Fraction(percent, 100)
    return answered * share.denominator >= put * share.numerator


def _straight_lined(answers: Sequence[Converted], valid: "Mask") -> "Mask":
    """Two answers or more, and all the same number."""
    from numpy import iinfo, int64, maximum, minimum, zeros
    from pandas import Series

    scale = max((column.scale for column in answers), default=0)
    bounds = iinfo(int64)
    count = zeros(len(valid), dtype=int64)
    lowest, highest = count + bounds.max, count + bounds.min
    for column in answers:
        numbers = column.values * 10 ** (scale - column.scale)
        count += numbers.notna().to_numpy()
        lowest = minimum(lowest, numbers.fillna(bounds.max).to_numpy(dtype=int64))
        highest = maximum(highest, numbers.fillna(bounds.min).to_numpy(dtype=int64))
    return Series((count > 1) & (lowest == highest), index=valid.index)


def _one_per(keys: "Series[Any]", dates: "Series[Any] | None", valid: "Mask", *, last: bool) -> "Mask":
    """Of the records still valid that share a key, the last (first) by date, then by row; a blank key is nobody's."""
    rivals = keys[valid & keys.notna()]
    if dates is not None:
        rivals = rivals[dates[rivals.index].sort_values(kind="stable", na_position="first").index]
    kept = rivals.drop_duplicates(keep="last" if last else "first").index
    return keys.isna() | keys.index.isin(kept)


def holds(text: str, condition: Condition) -> bool | Problem:
    """Whether a cell satisfies the condition.

    Numbers compare as numbers, dates as dates, other texts are equal or not; a blank cell, or one that a survey
    platform marks as blank, satisfies only ≠. A text that has to be a number or a date to be compared, and is none, is
    a problem (E914, E916).
    """
    value, comparison = "" if condition.value in _BLANK else condition.value, condition.comparison
    if text in _BLANK:
        return comparison is Comparison.NOT_EQUAL and value != ""
    sign = _sign(text, _comparable(value))
    if isinstance(sign, Problem) and comparison in (Comparison.EQUAL, Comparison.NOT_EQUAL):
        sign = int(folded(text) != folded(value))
    return sign if isinstance(sign, Problem) else ordered(sign, comparison)


def ordered(sign: int, comparison: Comparison) -> bool:
    """Whether a value that is less (-1), equal (0) or more (1) satisfies the comparison."""
    return sign in _SIGNS[comparison]


def _comparable(value: str) -> Decimal | datetime | str:
    """The condition's value; one that begins with a needless zero is a number's name (客户号=007), not its amount."""
    number = read_number(value)
    if not isinstance(number, Problem) and not (value.startswith("0") and value[1:2].isdigit()):
        return number[0]
    moment = read_time(value, None)
    return folded(value) if isinstance(moment, Problem) else moment


def _sign(text: str, bound: Decimal | datetime | str) -> int | Problem:
    """-1, 0 or 1 as the cell, read as what the bound is, is less, equal or more."""
    if isinstance(bound, datetime):
        moment = read_time(text, None)
        return moment if isinstance(moment, Problem) else (moment > bound) - (moment < bound)
    if isinstance(bound, Decimal):
        number = read_number(text)
        return number if isinstance(number, Problem) else (number[0] > bound) - (number[0] < bound)
    return (folded(text) > bound) - (folded(text) < bound)


def wording(rule: ValiditySentence, policy: Source | None, lang: str) -> str:
    """The rule as the policy writes it; where its text is not at hand, in the language's plain form."""
    if policy is not None and rule.span != NOWHERE:
        return policy.text[rule.span.start : rule.span.end]
    chinese = lang == "zh"
    match rule:
        case AnsweredAtLeast(percent=percent):
            return f"作答率不低于{percent}%" if chinese else f"answered at least {percent}%"
        case NotStraightLined():
            return "非雷同作答" if chinese else "not straight-lined"
        case TookAtLeast(seconds=seconds):
            return f"用时不少于{seconds}秒" if chinese else f"took at least {seconds} s"
        case ListedIn(column=column, source=source):
            return f"{column.text}属于{source.text}" if chinese else f"{column.text} listed in {source.text}"
        case OnePer(column=column, last=last):
            if chinese:
                return f"每个{column.text}取{'最后' if last else '第'}一份"
            return f"{'last' if last else 'first'} per {column.text}"
        case Condition(column=column, comparison=comparison, value=value):
            return f"{column.text} {comparison.value} {value}"
