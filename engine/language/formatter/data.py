"""The sentences of `measures:` and `valid:` as text."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.formatter.quoting import spelt, value_name
from engine.language.formatter.speech import Speech, figure
from engine.language.parser import parse_belonging, parse_measure, parse_validity
from engine.source import Span, source_of

# ---------------------------------------------------------------- conditions

_COMPARISONS = {">=": "≥", "<=": "≤", "!=": "≠"}


def _condition(condition: s.Condition, speech: Speech) -> str:
    sign = _COMPARISONS.get(condition.comparison.value, condition.comparison.value)
    value = speech.name(value_name(condition))
    return f"{speech.name(condition.column)}{speech.say(sign, f' {sign} ')}{value}"


def _repeated(repeated: s.Repeated, speech: Speech) -> str:
    columns = speech.say("、", ", ").join(speech.name(column) for column in repeated.columns)
    return speech.say(f"{repeated.days}天内{columns}重复", f"repeated within {repeated.days} days by {columns}")


def _conditions(conditions: tuple[s.RowCondition, ...], speech: Speech) -> str:
    said = (_repeated(c, speech) if isinstance(c, s.Repeated) else _condition(c, speech) for c in conditions)
    return speech.say("且", " and ").join(said)


def _of(sentence: s.FromRows, speech: Speech) -> str:
    """The source and its rows, before what is asked of them: complaints, complaints中类别=质量."""
    source = speech.name(sentence.source)
    return f"{source}中{_conditions(sentence.where, speech)}" if sentence.where else source


def _in(sentence: s.FromRows, speech: Speech) -> str:
    """The source and its rows behind what is asked of them: complaints, complaints where Class = Quality."""
    source = speech.name(sentence.source)
    return f"{source} where {_conditions(sentence.where, speech)}" if sentence.where else source


# ---------------------------------------------------------------- measures


def _count_rows(sentence: s.CountRows, speech: Speech) -> str:
    return speech.say(f"{_of(sentence, speech)}的次数", f"count of {_in(sentence, speech)}")


def _ratio(sentence: s.RatioOfSums, speech: Speech) -> str:
    above, below = speech.name(sentence.numerator), speech.name(sentence.denominator)
    return speech.say(
        f"{_of(sentence, speech)}的{above}合计÷{below}合计",
        f"sum of {above} / sum of {below} in {_in(sentence, speech)}",
    )


def _share(sentence: s.ShareOfRows, speech: Speech) -> str:
    return speech.say(f"{_of(sentence, speech)}的占比", f"share of {_in(sentence, speech)}")


_STATISTICS = {
    "sum": ("合计", "sum of"),
    "mean": ("均值", "mean of"),
    "min": ("最小值", "min of"),
    "max": ("最大值", "max of"),
    "median": ("中位数", "median of"),
}


def _column_statistic(sentence: s.ColumnStatistic, speech: Speech) -> str:
    chinese, english = _STATISTICS[sentence.statistic]
    column = speech.name(sentence.column)
    return speech.say(f"{_of(sentence, speech)}的{column}{chinese}", f"{english} {column} in {_in(sentence, speech)}")


_TIMES = {
    "": ("", ""),
    "mean": ("均值", "mean "),
    "min": ("最小值", "min "),
    "max": ("最大值", "max "),
    "median": ("中位数", "median "),
}


def _time_between(sentence: s.TimeBetween, speech: Speech) -> str:
    chinese, english = _TIMES[sentence.statistic]
    begin, end = speech.name(sentence.begin), speech.name(sentence.end)
    return speech.say(
        f"{_of(sentence, speech)}从{begin}到{end}的时长{chinese}",
        f"{english}time from {begin} to {end} in {_in(sentence, speech)}",
    )


def _distinct(sentence: s.CountDistinct, speech: Speech) -> str:
    column = speech.name(sentence.column)
    rows = f"{_of(sentence, speech)}的" if sentence.where else f"{speech.name(sentence.source)}中"
    return speech.say(f"{rows}不同{column}的个数", f"distinct {column} in {_in(sentence, speech)}")


def _look_up(sentence: s.LookUp, speech: Speech) -> str:
    source = speech.name(sentence.source)
    return speech.say(f"{source}的值", f"value in {source}")


def _quotient(sentence: s.Quotient, speech: Speech) -> str:
    above, below = (_MEASURES[type(total)](total, speech) for total in (sentence.above, sentence.below))
    per = speech.say(f"×{sentence.per}", f" per {sentence.per}") if sentence.per is not None else ""
    return f"{above}{speech.say('÷', ' / ')}{below}{per}"


_MEASURES: Mapping[type[s.Node], Callable[[Any, Speech], str]] = {
    s.CountRows: _count_rows,
    s.RatioOfSums: _ratio,
    s.ShareOfRows: _share,
    s.ColumnStatistic: _column_statistic,
    s.TimeBetween: _time_between,
    s.CountDistinct: _distinct,
    s.LookUp: _look_up,
    s.Quotient: _quotient,
}


def format_measure(measure: s.MeasureSentence, lang: Lang) -> str:
    """A sentence of `measures:`, e.g. complaints中类别=质量的次数, count of complaints where 类别 = 质量."""
    return spelt(measure, lang, _MEASURES[type(measure)], _read_measure)


def _read_measure(text: str) -> s.MeasureSentence | None:
    return parse_measure(source_of("", text), Span(0, len(text)))[0]


# ---------------------------------------------------------------- validity


def _took(sentence: s.TookAtLeast, speech: Speech) -> str:
    seconds = figure(sentence.seconds)
    return speech.say(f"用时不少于{seconds}秒", f"took at least {seconds} s")


def _listed(sentence: s.ListedIn, speech: Speech) -> str:
    column, source = speech.name(sentence.column), speech.name(sentence.source)
    return speech.say(f"{column}属于{source}", f"{column} listed in {source}")


def _one_per(sentence: s.OnePer, speech: Speech) -> str:
    column = speech.name(sentence.column)
    if sentence.last:
        return speech.say(f"每个{column}取最后一份", f"last per {column}")
    return speech.say(f"每个{column}取第一份", f"first per {column}")


_VALIDITY: Mapping[type[s.Node], Callable[[Any, Speech], str]] = {
    s.AnsweredAtLeast: lambda x, speech: speech.say("作答率不低于", "answered at least ") + f"{figure(x.percent)}%",
    s.NotStraightLined: lambda _, speech: speech.say("非雷同作答", "not straight-lined"),
    s.TookAtLeast: _took,
    s.ListedIn: _listed,
    s.OnePer: _one_per,
    s.Condition: _condition,
}


def format_validity(validity: s.ValiditySentence, lang: Lang) -> str:
    """A sentence of `valid:`, e.g. 作答率不低于80%, answered at least 80%."""
    return spelt(validity, lang, _VALIDITY[type(validity)], _read_validity)


def _read_validity(text: str) -> s.ValiditySentence | None:
    return parse_validity(source_of("", text), Span(0, len(text)))[0]


# ---------------------------------------------------------------- classes


def format_belonging(belonging: s.Belonging, lang: Lang) -> str:
    """What belongs to a class of `classes:`, e.g. Q8≥7且抱怨=没有, Q8 >= 7 and Complained = no."""
    return spelt(belonging, lang, lambda x, speech: _conditions(x.where, speech), _read_belonging)


def _read_belonging(text: str) -> s.Belonging | None:
    return parse_belonging(source_of("", text), Span(0, len(text)))[0]
