"""Measures, combination, conventions, heads and formulas, and the sentences that are one word."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

from engine.language import syntax as s
from engine.language.parser.building.intervals import COMPARISONS
from engine.language.parser.building.parts import (
    Builders,
    Misplaced,
    Parts,
    Where,
    Words,
    first,
    label_of,
    name_of,
    number,
    span_of,
    subject_of,
    tokens,
)
from engine.language.parser.tree import Token

_STATISTICS = {
    **dict.fromkeys(("MEAN", "E_MEAN"), s.Statistic.MEAN),
    **dict.fromkeys(("TOP_TWO", "E_TOP_TWO"), s.Statistic.TOP_TWO),
    **dict.fromkeys(("NPS", "E_NPS"), s.Statistic.NPS),
    **dict.fromkeys(("DISTRIBUTION", "E_DISTRIBUTION"), s.Statistic.DISTRIBUTION),
}


def _survey(parts: Parts, where: Where) -> s.Survey:
    kind = tokens(parts, *_STATISTICS)[0].type
    names: tuple[s.Name, ...] = first(parts, tuple) or ()
    return s.Survey(names, _STATISTICS[kind], span=where.span)


def _questions(parts: Parts, where: Where) -> tuple[s.Name, ...]:
    return tuple(name_of(t, where.text) for t in tokens(parts, "QID"))


def _ends(tree_words: str, interval: s.Interval) -> tuple[Fraction, Fraction]:
    """The ends of `5-1` in the order written (a reversed scale is told, not repaired)."""
    low, high = interval.low or Fraction(0), interval.high or Fraction(0)
    written = re.match(r"\s*(-?\s*\d+(?:\.\d+)?)", tree_words)
    begins = Fraction(written[1].replace(" ", "")) if written else low
    return (low, high) if begins == low else (high, low)


def _words_of(interval: s.Interval, where: Where) -> str:
    start = where.text.offsets.index(interval.span.start)
    return where.text.folded[start:]


def _scale(parts: Parts, where: Where) -> s.Scale:
    """1-5分折合20-100分, or more points on both sides: 0-50-100折合0-60-100分."""
    one, two = (_points(part, where) for part in parts if isinstance(part, s.Interval | tuple))
    if len(one) != len(two):
        raise Misplaced(where.span, "E616", values=str(len(one)), scores=str(len(two)))
    between = tuple(zip(one[1:-1], two[1:-1], strict=True))
    return s.Scale(one[0], one[-1], two[0], two[-1], between, span=where.span)


def _points(part: Any, where: Where) -> tuple[Fraction, ...]:
    return _ends(_words_of(part, where), part) if isinstance(part, s.Interval) else part


def _answer_scale(parts: Parts, where: Where) -> s.AnswerScale:
    interval = first(parts, s.Interval)
    return s.AnswerScale(*_ends(_words_of(interval, where), interval), span=where.span)


def _placed(parts: Parts, where: Where) -> s.OverUnits:
    interval = first(parts, s.Interval)
    placing = s.Placing.RANK if tokens(parts, "RANKS") else s.Placing.MIN_MAX
    return s.OverUnits(placing, *_ends(_words_of(interval, where), interval), span=where.span)


def _share_of_units(parts: Parts, where: Where) -> s.OverUnits:
    """以各单位最优为100分, 以各单位平均为100分."""
    points = number(tokens(parts, "NUM")[0])
    if tokens(parts, "BEST_UNIT"):
        return s.OverUnits(s.Placing.BEST_SHARE, Fraction(0), points, span=where.span)
    return s.OverUnits(s.Placing.MEAN_SHARE, None, points, span=where.span)


def _dated(parts: Parts, _: Where) -> tuple[s.Dated, ...]:
    return tuple(p for p in parts if isinstance(p, s.Dated))


def _value(parts: Parts, where: Where) -> s.Dated:
    name = tokens(parts, "NAME")
    value = name_of(name[0], where.text) if name else first(parts, s.Quantity)
    return s.Dated(value, first(parts, date), span=where.span)


def _since(parts: Parts, where: Where) -> date:
    year, month, day = (int(n) for n in str(tokens(parts, "DATE")[0]).split("-"))
    try:
        since = date(year, month, day)
    except ValueError:
        raise Misplaced(where.span, "E215", value=where.words) from None
    if year not in s.YEARS:
        raise Misplaced(where.span, "E215", "year", value=where.words)
    return since


def _values(parts: Parts) -> tuple[s.Dated, ...]:
    return first(parts, tuple)


_KINDS = {
    "RATE": s.Kind.RATE,
    "COUNT": s.Kind.COUNT,
    "SCORE_KIND": s.Kind.SCORE,
    "YES_NO": s.Kind.YES_NO,
    "OBSERVED": s.Kind.POINTS,
    "DURATION": s.Kind.DURATION,
    "NUMBER_KIND": s.Kind.NUMBER,
}


def _normalise(parts: Parts, where: Where) -> s.Normalise:
    total = tokens(parts, "NUM")
    return s.Normalise(number(total[0]) if total else None, span=where.span)


def _full(parts: Parts) -> Fraction:
    stated = tokens(parts, "NUM")
    return number(stated[0]) if stated else Fraction(100)


def _power_mean(parts: Parts, where: Where) -> s.Combine:
    """3次幂平均; 平方平均 is the one of order 2, and there is none of order 0."""
    order = tokens(parts, "NUM")
    named = str(tokens(parts, "POWER_MEAN")[0]).lower() in ("平方平均", "quadratic mean")
    if not order and not named:
        raise Misplaced(where.span, "E619", "unsaid")
    found = number(order[0]) if order else Fraction(2)
    if found == 0 or (named and found != 2):
        raise Misplaced(where.span, "E619")
    return s.Combine(s.Method.POWER, (found,), span=where.span)


def _mean_of_some(parts: Parts, where: Where) -> s.Combine:
    method = s.Method.BEST_OF if tokens(parts, "BEST_OF", "E_BEST_OF") else s.Method.WORST_OF
    return s.Combine(method, (first(parts, Fraction),), span=where.span)


def _dropped(parts: Parts, _: Where) -> tuple[str, Fraction]:
    return tokens(parts, "HIGHEST", "LOWEST")[0].type, first(parts, Fraction) or Fraction(1)


def _trimmed(parts: Parts, where: Where) -> s.Combine:
    """去掉一个最高分和一个最低分后平均."""
    dropped: list[tuple[str, Fraction]] = [part for part in parts if isinstance(part, tuple)]
    highest, lowest = (sum((n for end, n in dropped if end == of), Fraction(0)) for of in ("HIGHEST", "LOWEST"))
    return s.Combine(s.Method.TRIMMED, (highest, lowest), span=where.span)


_MODES = {"HALF_UP": s.Half.UP, "HALF_EVEN": s.Half.EVEN, "ROUND_DOWN": s.Half.FLOOR, "ROUND_UP": s.Half.CEIL}
_OUTCOMES = {
    "M_ERROR": s.Outcome.ERROR,
    "M_RENORMALISE": s.Outcome.RENORMALISE,
    "M_ZERO": s.Outcome.ZERO,
    "M_FULL": s.Outcome.FULL,
}


def _free(parts: Parts, where: Where) -> str:
    token = tokens(parts, "FREE")[0]
    return where.text.part(token.start, token.end).stripped().shown


def _listed(text: str) -> tuple[str, ...]:
    """生产部、工程部; Production and Engineering."""
    return tuple(name.strip() for name in text.replace(" and ", "、").split("、") if name.strip())


def _band(parts: Parts, where: Where) -> s.Band:
    code = tokens(parts, "CODE")
    return s.Band(
        label_of(parts, where),
        first(parts, s.Interval),
        re.sub(r"[\s.、)]", "", code[0]) if code else None,
        span=where.span,
    )


def _vetoed(parts: Parts, where: Where) -> s.Reference:
    """The indicator of a veto: a name, or a path whose names are joined by dots that stand in no quotes."""
    token = tokens(parts, "VNAME")[0]
    if "." not in token:
        return s.Reference((name_of(token, where.text),), span=span_of(token, where.text))
    start = token.start
    pieces = [m.span() for m in re.finditer(r'(?:"[^"]+"|[^".])+', token)]
    names = tuple(name_of(Token("NAME", token[a:b], start + a, start + b), where.text) for a, b in pieces)
    return s.Reference(names, span=span_of(token, where.text))


def _veto_compare(parts: Parts, where: Where) -> s.VetoCondition:
    comparison = first(parts, s.Comparison) or s.Comparison.EQUAL
    return s.VetoCondition(_vetoed(parts, where), comparison, first(parts, s.Quantity), span=where.span)


def _veto_up(parts: Parts, where: Where) -> s.VetoCondition:
    return s.VetoCondition(_vetoed(parts, where), s.Comparison.AT_LEAST, first(parts, s.Quantity), span=where.span)


def _veto_happens(parts: Parts, where: Where) -> s.VetoCondition:
    """发生泄密的: what happened may be said with 的 at its end, a path may not."""
    happening = _vetoed(parts, where)
    if len(happening.names) == 1:
        happening = s.Reference((subject_of(tokens(parts, "VNAME")[0], where),), span=happening.span)
    once = s.Quantity(Fraction(1), span=happening.span)
    return s.VetoCondition(happening, s.Comparison.AT_LEAST, once, span=where.span)


_WEIGHTS = {
    "w_percent": s.WeightUnit.PERCENT,
    "w_fraction": s.WeightUnit.FRACTION,
    "w_points": s.WeightUnit.POINTS,
    "w_parts": s.WeightUnit.PARTS,
}


def _weight(parts: Parts, where: Where) -> s.Weight:
    return s.Weight(number(tokens(parts, "NUM")[0]), _WEIGHTS[where.tree.kind], span=where.span)


def _named(parts: Parts, where: Where) -> s.Head:
    key = tokens(parts, "KEY")
    name = name_of(tokens(parts, "NAME")[0], where.text)
    return s.Head(name, str(key[0])[1:-1] if key else None, first(parts, s.Weight), span=where.span)


def _binary(parts: Parts, where: Where) -> s.Binary:
    operator = tokens(parts, "PLUS", "MINUS", "SLASH", "POWER")
    sign = {"PLUS": "+", "MINUS": "-", "SLASH": "/", "POWER": "^"}[operator[0].type] if operator else "*"
    left, right = (p for p in parts if isinstance(p, s.Expression))
    return s.Binary(sign, left, right, span=where.span)


def _call(parts: Parts, where: Where) -> s.Call:
    function: s.Function = first(parts, s.Function)
    arguments = tuple(p for p in parts if isinstance(p, s.Expression))
    if function in s.OF_ONE and len(arguments) > 1:
        raise Misplaced(where.span, "E617", function=where.words.partition("(")[0].strip(), count=str(len(arguments)))
    return s.Call(function, arguments, span=where.span)


def _choice(parts: Parts, where: Where) -> s.Choice:
    left, right, then, otherwise = (p for p in parts if isinstance(p, s.Expression))
    return s.Choice(first(parts, s.Comparison), left, right, then, otherwise, span=where.span)


# Sentences that are one word: the terminal is the sentence.
WORDS: Words = {
    "PARTS_NONE": s.PartSteps(s.Parts.NOTHING),
    "PARTS_WHOLE": s.PartSteps(s.Parts.WHOLE),
    "PARTS_SHARE": s.PartSteps(s.Parts.SHARE),
    "CLAMPED": s.Clamped(),
    "LOWER_BETTER": s.LowerIsBetter(),
    "LOGARITHM": s.NaturalLog(),
    "LOG_SCALE": s.LogScale(),
    "Z_SCORE": s.OverUnits(s.Placing.Z_SCORE),
    "SAMPLE_Z_SCORE": s.OverUnits(s.Placing.SAMPLE_Z_SCORE),
    "PERCENTILE": s.OverUnits(s.Placing.PERCENTILE),
    "RATE_AS_SCORE": s.RateAsScore(),
    "WEIGHTED": s.Combine(s.Method.WEIGHTED),
    "EQUAL": s.Combine(s.Method.EQUAL),
    "WORST": s.Combine(s.Method.WORST),
    "BEST": s.Combine(s.Method.BEST),
    "GEOMETRIC": s.Combine(s.Method.GEOMETRIC),
    "HARMONIC": s.Combine(s.Method.HARMONIC),
    "MIDDLE": s.Combine(s.Method.MEDIAN),
    "PERCENT_SCORE": s.PercentScore(),
    "LOWER_OWNS": s.BoundOwner(lower=True),
    "UPPER_OWNS": s.BoundOwner(lower=False),
    "ON_ROUNDED": s.GradeOn(rounded=True),
    "ON_FULL": s.GradeOn(rounded=False),
    "STEP_IS_PP": s.StepPercent(of_target=False),
    "STEP_IS_PCT": s.StepPercent(of_target=True),
    "INFORMATION": s.InformationOnly(),
    "UNTIL_GONE": s.Cap(None),
    "EXCEED": s.MayExceed(),
}


BUILDERS: Builders = {
    "head_one": lambda p, w: (tuple(p), False),
    "head_group": lambda p, w: (tuple(h for h in p if isinstance(h, s.Head)), False),
    "head_chain": lambda p, w: (tuple(p), True),
    "named": _named,
    **dict.fromkeys(_WEIGHTS, _weight),
    "binary": _binary,
    "call": _call,
    "choice": _choice,
    "test": lambda p, w: COMPARISONS[p[0].type],
    "function": lambda p, w: s.Function[p[0].type.removeprefix("F_")],
    "negation": lambda p, w: s.Negation(first(p, s.Expression), span=w.span),
    "number": lambda p, w: s.Number(number(p[0]), len(p) > 1, span=w.span),
    "reference": lambda p, w: s.Reference(tuple(name_of(t, w.text) for t in tokens(p, "NAME")), span=w.span),
    "survey": _survey,
    "questions": _questions,
    "scale": _scale,
    "answer_scale": _answer_scale,
    "chain": lambda p, w: tuple(q.amount for q in p if isinstance(q, s.Quantity)),
    "placed": _placed,
    "share_of_units": _share_of_units,
    "minimum_sample": lambda p, w: s.MinimumSample(int(number(tokens(p, "NUM")[0])), span=w.span),
    "target": lambda p, w: s.Target(_values(p), span=w.span),
    "time_limit": lambda p, w: s.TimeLimit(_values(p), span=w.span),
    "dated": _dated,
    "value": _value,
    "since": _since,
    "kind": lambda p, w: s.KindIs(_KINDS[p[0].type], span=w.span),
    "deduct_from": lambda p, w: s.DeductFrom(_full(p), span=w.span),
    "add_up": lambda p, w: s.AddUp(_full(p), span=w.span),
    "power_mean": _power_mean,
    "mean_of_some": _mean_of_some,
    "dropped": _dropped,
    "trimmed": _trimmed,
    "normalise": _normalise,
    "item_count": lambda p, w: s.ItemCount(int(first(p, Fraction)), span=w.span),
    "rounding": lambda p, w: s.Rounding(first(p, s.Half), int(first(p, Fraction)), span=w.span),
    "to_integer": lambda p, w: s.Rounding(first(p, s.Half), 0, span=w.span),
    "no_rounding": lambda p, w: s.Rounding(s.Half.NONE, None, span=w.span),
    "mode": lambda p, w: _MODES[p[0].type],
    "missing": lambda p, w: s.Missing(first(p, s.Outcome), span=w.span),
    "outcome": lambda p, w: _OUTCOMES[p[0].type],
    "owner": lambda p, w: s.Owner(_free(p, w), span=w.span),
    "feedback": lambda p, w: s.Feedback(_listed(_free(p, w)), span=w.span),
    "basis": lambda p, w: s.Basis(_free(p, w), span=w.span),
    "band": _band,
    "grade_value": lambda p, w: (name_of(tokens(p, "LABEL")[0], w.text), number(tokens(p, "NUM")[0])),
    "veto": lambda p, w: s.Veto(p[0], p[1], span=w.span),
    "veto_compare": _veto_compare,
    "veto_up": _veto_up,
    "veto_happens": _veto_happens,
    "let": lambda p, w: (name_of(tokens(p, "NAME")[0], w.text), _values(p)),
}
