"""Quantities and intervals: 98%, 95%以上, 90%(含)-95%, [80, 90), 90%≤x＜95%."""

import re
from dataclasses import replace
from fractions import Fraction

from engine.language import syntax as s
from engine.language.parser.building.parts import Builders, Misplaced, Parts, Where, first, number, tokens
from engine.language.parser.tree import Token
from engine.source import Span

UNITS = {
    "PP": s.Unit.PERCENTAGE_POINT,
    "PCT": s.Unit.PERCENT,
    "POINTS": s.Unit.POINT,
    "SECONDS": s.Unit.SECOND,
    "MINUTE": s.Unit.MINUTE,
    "HOUR": s.Unit.HOUR,
    "DAY": s.Unit.DAY,
    "WORKING_DAY": s.Unit.WORKING_DAY,
    "WEEK": s.Unit.WEEK,
    "MONTH": s.Unit.MONTH,
    "TIMES": s.Unit.TIME,
}


_SPELT = {
    "percentage point": s.Unit.PERCENTAGE_POINT,
    "pp": s.Unit.PERCENTAGE_POINT,
    "point": s.Unit.POINT,
    "degree": s.Unit.NUMBER,
    "%": s.Unit.PERCENT,
    "percent": s.Unit.PERCENT,
    "per cent": s.Unit.PERCENT,
    "second": s.Unit.SECOND,
    "minute": s.Unit.MINUTE,
    "hour": s.Unit.HOUR,
    "working day": s.Unit.WORKING_DAY,
    "business day": s.Unit.WORKING_DAY,
    "calendar day": s.Unit.DAY,
    "day": s.Unit.DAY,
    "week": s.Unit.WEEK,
    "month": s.Unit.MONTH,
}


_FIGURE = (
    r"\b(?i:d?ppm|ppb|score|rating|ratio|index|mean|average|stars?|years?|thousand|million|billion|lakhs?|crores?)\b"
)
_MEASURED_IN = (
    r"(?i:[cf]|ms|milliseconds?|[mck]?m|(?:milli|centi|kilo)?met(?:er|re)s?|km/h|mph|miles?|feet|ft|inch(?:es)?"
    r"|[mk]?g|(?:kilo)?grams?|tons?|tonnes?|lbs?|pounds?|lit(?:er|re)s?|[kmgt]b|degrees?(?: [a-z]+)?|db|[kmg]?hz|k?wh?)"
)


def is_unit(word: Token) -> bool:
    """Whether the words behind a number are a unit of measurement that the language does not reckon with: 30 ms."""
    return bool(re.fullmatch(_MEASURED_IN, word))


def is_figure(word: Token) -> bool:
    """Whether the words behind a number name a figure (50 PPM) and nothing that is counted."""
    return bool(re.search(_FIGURE, word)) or is_unit(word)


def _number_of(parts: Parts, _: Where) -> Fraction:
    return number(parts[0])


def spelt_unit(token: Token) -> s.Unit:
    """The unit of a unit's token; E_UNIT and E_PP are English ones before late, below or that."""
    if token.type not in ("E_UNIT", "E_PP"):
        return UNITS[token.type]
    return _SPELT.get(str(token).lower().rstrip("s"), s.Unit.TIME)


def _unit(parts: Parts, _: Where) -> s.Unit:
    return spelt_unit(parts[0])


def _quantity(parts: Parts, where: Where) -> s.Quantity:
    sign = -1 if tokens(parts, "MINUS") else 1
    return s.Quantity(sign * number(tokens(parts, "NUM")[0]), first(parts, s.Unit) or s.Unit.NUMBER, span=where.span)


def _unit_of(quantities: list[s.Quantity]) -> s.Unit:
    return next((q.unit for q in reversed(quantities) if q.unit is not s.Unit.NUMBER), s.Unit.NUMBER)


def _quantities(parts: Parts) -> list[s.Quantity]:
    return [p for p in parts if isinstance(p, s.Quantity)]


def _said_in_words(parts: Parts, where: Where) -> list[s.Quantity]:
    """两次以上, 超过三天: an amount written as a word, with its unit."""
    unit = next((UNITS[p.type] for p in parts if isinstance(p, Token) and p.type in UNITS), s.Unit.NUMBER)
    return [s.Quantity(number(word), unit, span=where.span) for word in tokens(parts, "CNUM")]


def _from_on(parts: Parts, where: Where) -> s.Interval:
    quantity = (_quantities(parts) or _said_in_words(parts, where))[0]
    closed = False if tokens(parts, "EXCLUDED") else True if tokens(parts, "INCLUDED", "PLUS") else None
    return s.Interval(quantity.amount, None, closed, None, quantity.unit, span=where.span)


def _up_to(parts: Parts, where: Where) -> s.Interval:
    quantity = (_quantities(parts) or _said_in_words(parts, where))[0]
    closed = False if tokens(parts, "EXCLUDED") else True if tokens(parts, "INCLUDED") else None
    return s.Interval(None, quantity.amount, None, closed, quantity.unit, span=where.span)


def _between(parts: Parts, where: Where) -> s.Interval:
    """(100-95), 90%(含)-95%(不含); the larger number is the upper bound, whichever comes first."""
    inner: s.Interval | None = first(parts, s.Interval)
    marks: list[bool | None] = [None, None]
    if inner is not None:
        low, high, unit = inner.low, inner.high, inner.unit
        if tokens(parts, "INCLUDED", "EXCLUDED"):
            marks[1] = not tokens(parts, "EXCLUDED")
        reversed_order = where.text.folded[slice(*where.ends)].lstrip().startswith(_plain(high))
    else:
        a, b = _quantities(parts)
        one, two = _alike(a, b, where)
        unit, reversed_order = _unit_of([one, two]), one.amount > two.amount
        low, high = sorted((one.amount, two.amount))
        position = 0
        for part in parts:
            if isinstance(part, s.Quantity):
                position = 0 if part is a else 1
            elif isinstance(part, Token) and part.type in ("INCLUDED", "EXCLUDED"):
                marks[position] = part.type == "INCLUDED"
    lower, upper = reversed(marks) if reversed_order else marks
    return s.Interval(low, high, lower, upper, unit, span=where.span)


_SECONDS_IN = {s.Unit.SECOND: 1, s.Unit.MINUTE: 60, s.Unit.HOUR: 3600, s.Unit.DAY: 86400, s.Unit.WEEK: 604800}


def _alike(a: s.Quantity, b: s.Quantity, where: Where) -> tuple[s.Quantity, s.Quantity]:
    """Both ends of a range in one unit: 15 minutes to 2 hours, which are 120 minutes."""
    if s.Unit.NUMBER in (a.unit, b.unit) or a.unit is b.unit:
        return a, b
    if a.unit not in _SECONDS_IN or b.unit not in _SECONDS_IN:
        raise Misplaced(where.span, "E201")
    unit = min(a.unit, b.unit, key=lambda one: _SECONDS_IN[one])
    one, two = (replace(q, amount=q.amount * _SECONDS_IN[q.unit] / _SECONDS_IN[unit], unit=unit) for q in (a, b))
    return one, two


def _plain(value: Fraction | None) -> str:
    return str(value) if value is not None and value.denominator == 1 else "?"


def _bracketed(parts: Parts, where: Where) -> s.Interval:
    a, b = _quantities(parts)
    words = where.text.folded[slice(*where.ends)]
    before = where.text.folded[: where.ends[0]].rstrip()
    after = where.text.folded[where.ends[1] :].lstrip()
    opened, closed = (words[0] if words[0] in "[(" else before[-1:]), (words[-1] if words[-1] in ")]" else after[:1])
    return s.Interval(a.amount, b.amount, opened == "[", closed == "]", _unit_of([a, b]), span=where.span)


COMPARISONS = {
    **dict.fromkeys(("AT_LEAST", "GE"), s.Comparison.AT_LEAST),
    **dict.fromkeys(("AT_MOST", "LE"), s.Comparison.AT_MOST),
    **dict.fromkeys(("MORE", "GT"), s.Comparison.MORE),
    **dict.fromkeys(("LESS", "LT"), s.Comparison.LESS),
    **dict.fromkeys(("EQUALS", "EQ"), s.Comparison.EQUAL),
    "NE": s.Comparison.NOT_EQUAL,
}


def _compare(parts: Parts, _: Where) -> s.Comparison:
    return COMPARISONS[parts[0].type]


def _comparison(parts: Parts, where: Where) -> s.Interval:
    quantity = (_quantities(parts) or _said_in_words(parts, where))[0]
    found = one_sided(first(parts, s.Comparison), quantity, where.span)
    said = tokens(parts, "UP", "DOWN")  # 达到95%以上: the same side said twice, never the other
    if said and (found.high if said[0].type == "UP" else found.low) is not None:
        raise Misplaced(where.span, "E201")
    return found


def _equals(parts: Parts, where: Where) -> s.Interval:
    quantity: s.Quantity = first(parts, s.Quantity)
    return one_sided(s.Comparison.EQUAL, quantity, where.span)


def one_sided(comparison: s.Comparison, quantity: s.Quantity, span: Span) -> s.Interval:
    """What lies on one side of a value, or is equal to it."""
    value, unit = quantity.amount, quantity.unit
    match comparison:
        case s.Comparison.AT_LEAST | s.Comparison.MORE:
            return s.Interval(value, None, comparison is s.Comparison.AT_LEAST, None, unit, span=span)
        case s.Comparison.AT_MOST | s.Comparison.LESS:
            return s.Interval(None, value, None, comparison is s.Comparison.AT_MOST, unit, span=span)
        case _:
            return s.Interval(value, value, True, True, unit, span=span)


_FLIPPED = {
    s.Comparison.AT_MOST: s.Comparison.AT_LEAST,
    s.Comparison.LESS: s.Comparison.MORE,
    s.Comparison.AT_LEAST: s.Comparison.AT_MOST,
    s.Comparison.MORE: s.Comparison.LESS,
}


def _double(parts: Parts, where: Where) -> s.Interval:
    """90%≤x<95%: `quantity compare name compare quantity`."""
    left, right = _quantities(parts)
    a, b = (p for p in parts if isinstance(p, s.Comparison))
    first_side = one_sided(_FLIPPED.get(a, a), left, where.span)
    return _meet(first_side, one_sided(b, right, where.span), _unit_of([left, right]), where)


def _both(parts: Parts, where: Where) -> s.Interval:
    one, two = (p for p in parts if isinstance(p, s.Interval))
    return _meet(one, two, one.unit if two.unit is s.Unit.NUMBER else two.unit, where)


def _half_open(parts: Parts, where: Where) -> s.Interval:
    """80 to less than 90: what begins at one number, and how it ends at the other."""
    one, two = _quantities(parts)
    low, high = _alike(one, two, where)
    begins = one_sided(s.Comparison.AT_LEAST, low, where.span)
    return _meet(begins, one_sided(first(parts, s.Comparison), high, where.span), _unit_of([low, high]), where)


def _meet(one: s.Interval, two: s.Interval, unit: s.Unit, where: Where) -> s.Interval:
    lows, highs = [i for i in (one, two) if i.low is not None], [i for i in (one, two) if i.high is not None]
    if len(lows) != 1 or len(highs) != 1:
        raise Misplaced(where.span, "E201")
    return s.Interval(lows[0].low, highs[0].high, lows[0].low_closed, highs[0].high_closed, unit, span=where.span)


BUILDERS: Builders = {
    "number_of": _number_of,
    "unit": _unit,
    "quantity": _quantity,
    "from_on": _from_on,
    "up_to": _up_to,
    "between": _between,
    "bracketed": _bracketed,
    "compare": _compare,
    "comparison": _comparison,
    "equals": _equals,
    "double": _double,
    "half_open": _half_open,
    "both": _both,
}
