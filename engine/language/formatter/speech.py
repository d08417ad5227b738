"""The language that is printed, and what every sentence is made of: numbers, units, names, dated values, intervals."""

from fractions import Fraction

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.syntax import Unit
from engine.values import Frozen, positional


@positional
class Speech(Frozen):
    """The language that is printed, and the identities of the names that are put in quotes."""

    lang: Lang
    quoted: frozenset[str] = frozenset()

    def say(self, chinese: str, english: str) -> str:
        """The words of this language."""
        return chinese if self.lang == "zh" else english

    def name(self, name: s.Name) -> str:
        """The name as its author spelt it, in quotes where it is to have them."""
        if name.identity not in self.quoted:
            return name.text
        return f"“{name.text}”" if self.lang == "zh" else f'"{name.text}"'


def figure(amount: Fraction) -> str:
    """The number in full, `0.5`; one whose decimals do not end, which no text can give, as a fraction."""
    places = next((p for p in range(amount.denominator.bit_length() + 1) if 10**p % amount.denominator == 0), None)
    if places is None:
        return f"{amount.numerator}/{amount.denominator}"
    digits = str(abs(amount.numerator) * 10**places // amount.denominator).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if amount < 0 else text


# ---------------------------------------------------------------- units and quantities

_CHINESE = {
    Unit.NUMBER: "",
    Unit.PERCENT: "%",
    Unit.PERCENTAGE_POINT: "个百分点",
    Unit.POINT: "分",
    Unit.TIME: "次",
    Unit.SECOND: "秒",
    Unit.MINUTE: "分钟",
    Unit.HOUR: "小时",
    Unit.DAY: "天",
    Unit.WORKING_DAY: "个工作日",
    Unit.WEEK: "周",
    Unit.MONTH: "个月",
}
_ENGLISH = {
    Unit.POINT: "point",
    Unit.TIME: "occurrence",
    Unit.SECOND: "second",
    Unit.MINUTE: "minute",
    Unit.HOUR: "hour",
    Unit.DAY: "day",
    Unit.WORKING_DAY: "working day",
    Unit.WEEK: "week",
    Unit.MONTH: "month",
}


def counted(amount: Fraction, word: str) -> str:
    """An English word with its number: 1 hour, 24 hours."""
    return f"{figure(amount)} {word}" if amount == 1 else f"{figure(amount)} {word}s"


def unit_word(unit: Unit, speech: Speech) -> str:
    """The unit by itself: 天, day."""
    return speech.say(_CHINESE[unit], _ENGLISH.get(unit, ""))


def measured(amount: Fraction, unit: Unit, speech: Speech) -> str:
    """A number with its unit: 98%, 0.5个百分点, 24 hours."""
    if speech.lang == "zh" or unit in (Unit.NUMBER, Unit.PERCENT):
        return f"{figure(amount)}{_CHINESE[unit]}"
    return f"{figure(amount)} pp" if unit is Unit.PERCENTAGE_POINT else counted(amount, _ENGLISH[unit])


def quantity(value: s.Quantity, speech: Speech) -> str:
    """A quantity as it is written."""
    return measured(value.amount, value.unit, speech)


def points(value: s.Quantity, speech: Speech) -> str:
    """What a rule gives or takes: 0.5分, in English the number alone."""
    return figure(value.amount) if value.unit is Unit.POINT and speech.lang == "en" else quantity(value, speech)


def dated(values: tuple[s.Dated, ...], speech: Speech) -> str:
    """95%自2024-01-01起、96%自2025-01-01起; 95% from 2024-01-01 then 96% from 2025-01-01."""
    return speech.say("、", " then ").join(_in_force(value, speech) for value in values)


def _in_force(dated_value: s.Dated, speech: Speech) -> str:
    value = dated_value.value
    words = speech.name(value) if isinstance(value, s.Name) else quantity(value, speech)
    if dated_value.since is None:
        return words
    day = dated_value.since.isoformat()
    return words + speech.say(f"自{day}起", f" from {day}")


# ---------------------------------------------------------------- intervals


def ends(points: tuple[Fraction, ...], speech: Speech) -> str:
    """The ends of a scale, or all its points, as they were written: 1-5; -100至100, -100 to 100; 0-50-100."""
    between = "-" if min(points) >= 0 else speech.say("至", " to ")
    return between.join(figure(point) for point in points)


def interval(between: s.Interval, speech: Speech) -> str:
    """The values of an interval in words: 90%以上, 低于60, 80至90; a bound that says nothing of itself is left so."""
    low, high = between.low, between.high
    if low is None:
        return "" if high is None else _up_to(measured(high, between.unit, speech), between.high_closed, speech)
    if high is None:
        return _from(measured(low, between.unit, speech), between.low_closed, speech)
    begin = figure(low) + ("%" if between.unit is Unit.PERCENT else "") + _mark(between.low_closed, speech)
    end = measured(high, between.unit, speech) + _mark(between.high_closed, speech)
    return speech.say(f"{begin}至{end}", f"{begin} to {end}")


def _from(value: str, closed: bool | None, speech: Speech) -> str:
    if closed is None:
        return speech.say(f"{value}以上", f"{value} and above")
    return speech.say(f"不低于{value}", f"at least {value}") if closed else speech.say(f"超过{value}", f"above {value}")


def _up_to(value: str, closed: bool | None, speech: Speech) -> str:
    if closed is None:
        return speech.say(f"{value}以下", f"{value} and below")
    return (
        speech.say(f"不高于{value}", f"not above {value}") if closed else speech.say(f"低于{value}", f"below {value}")
    )


def _mark(closed: bool | None, speech: Speech) -> str:
    if closed is None:
        return ""
    return speech.say("(含)", " inclusive") if closed else speech.say("(不含)", " exclusive")
