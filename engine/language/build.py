"""From what the grammar recognised to syntax: one small function per alias of `outline.lark`.

A tree's span is taken from its tokens through the `Text` it was read from. Functions are
written by token type, not by position, so that word order stays the grammar's affair.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from lark import Token, Tree

from engine.language import syntax as s
from engine.language.text import Text, identity
from engine.source import Span

Built = Any
Parts = list[Any]


class Ambiguous(Exception):
    """A rule that can be read in two ways; carries both sentences in the author's words."""

    def __init__(self, span: Span, first: str, second: str) -> None:
        super().__init__(first, second)
        self.span, self.first, self.second = span, first, second


class Misplaced(Exception):
    """A part that makes no sense where it stands: the code and case of the finding, and its span."""

    def __init__(self, span: Span, code: str, case: str = "", **args: str) -> None:
        super().__init__(code, case)
        self.span, self.code, self.case, self.args = span, code, case, args


def build(tree: Tree[Token] | Token, text: Text) -> Built:
    """The syntax node (for a rule: the list of sentences) that a tree stands for.

    Raises `Ambiguous` or `Misplaced` where the grammar allows more than the language does.
    """
    if isinstance(tree, Token):
        make = _WORDS.get(tree.type)
        return replace(make, span=_span(tree, text)) if make else tree
    parts = [build(child, text) for child in tree.children]
    return _BUILDERS[str(tree.data)](parts, _Where(tree, text))


class _Where:
    """The span and the words of a tree, found only when asked for."""

    __slots__ = ("text", "tree")

    def __init__(self, tree: Tree[Token], text: Text) -> None:
        self.tree, self.text = tree, text

    @property
    def ends(self) -> tuple[int, int]:
        tokens = list(self.tree.scan_values(lambda _: True))
        return (tokens[0].start_pos or 0, tokens[-1].end_pos or 0) if tokens else (0, 0)

    @property
    def span(self) -> Span:
        return self.text.span(*self.ends)

    @property
    def words(self) -> str:
        return self.text.shown[slice(*self.ends)]


def _span(token: Token, text: Text) -> Span:
    return text.span(token.start_pos or 0, token.end_pos or 0)


def name_of(token: Token, text: Text) -> s.Name:
    """The name a token stands for, sliced from the original text."""
    start, end = token.start_pos or 0, token.end_pos or 0
    stripped = text.part(start, end).stripped()
    quoted = stripped.folded.startswith('"')
    shown = stripped.shown[1:-1].strip() if quoted else stripped.shown
    return s.Name(shown, identity(shown), quoted, span=text.span(start, start + len(text.folded[start:end].rstrip())))


# ---------------------------------------------------------------- small parts


def tokens(parts: Parts, *types: str) -> list[Token]:
    """The tokens of these types, in order."""
    return [p for p in parts if isinstance(p, Token) and p.type in types]


def first(parts: Parts, kind: Any) -> Any:
    """The first part of this class, or None."""
    return next((p for p in parts if isinstance(p, kind)), None)


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


def number(token: Token) -> Fraction:
    """The value of a number token, `12.5` or 十二; 半 is one half."""
    if token.type != "CNUM":
        return Fraction(str(token))
    word = str(token)
    if word == "半":
        return Fraction(1, 2)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return Fraction(_DIGITS[word])
    return Fraction((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


_UNITS = {
    "PP": s.Unit.PERCENTAGE_POINT,
    "PCT": s.Unit.PERCENT,
    "POINTS": s.Unit.POINT,
    "MINUTE": s.Unit.MINUTE,
    "HOUR": s.Unit.HOUR,
    "DAY": s.Unit.DAY,
    "WORKING_DAY": s.Unit.WORKING_DAY,
    "WEEK": s.Unit.WEEK,
    "MONTH": s.Unit.MONTH,
    "TIMES": s.Unit.TIME,
}


def _number_of(parts: Parts, _: _Where) -> Fraction:
    return number(parts[0])


def _unit(parts: Parts, _: _Where) -> s.Unit:
    return _UNITS[parts[0].type]


def _quantity(parts: Parts, where: _Where) -> s.Quantity:
    sign = -1 if tokens(parts, "MINUS") else 1
    return s.Quantity(sign * number(tokens(parts, "NUM")[0]), first(parts, s.Unit) or s.Unit.NUMBER, span=where.span)


def _points(parts: Parts, where: _Where) -> s.Quantity:
    unit = next((_UNITS[p.type] for p in tokens(parts, "POINTS", "PCT", "PP")), s.Unit.POINT)
    return s.Quantity(number(tokens(parts, "NUM", "CNUM")[0]), unit, span=where.span)


def _bare_points(parts: Parts, where: _Where) -> s.Quantity:
    return s.Quantity(number(tokens(parts, "NUM", "CNUM", "NUM_OFF", "NUM_ON")[0]), s.Unit.POINT, span=where.span)


def _named_subject(token: Token, where: _Where) -> s.Name:
    """A subject or condition: the open words without 的, 者 or 时 at their end and 如, 若 before them."""
    found = name_of(token, where.text)
    shown = found.text if found.quoted else re.sub(r"^(如果|如有|如|若有|若|凡)(?=\S)|(的|者|时|情况|情形)+$", "", found.text).strip()
    return replace(found, text=shown, identity=identity(shown))


# ---------------------------------------------------------------- rules


def _rule(parts: Parts, where: _Where) -> list[s.Sentence]:
    words = tokens(parts, "WORD")
    trigger = next(p for p in parts if isinstance(p, s.Trigger))
    subject = _named_subject(words[0], where) if words else None
    return _with_bounds(trigger, subject, parts, where)


def _condition_rule(parts: Parts, where: _Where) -> list[s.Sentence]:
    word = tokens(parts, "WORD")[0]
    said = tokens(parts, "IF", "CONDITIONAL") or _CONDITION.search(str(word))
    if not said:
        raise Misplaced(_span(word, where.text), "E201", "no_trigger", subject=str(word).strip(), effect=where.words[len(word) :].strip())
    trigger = s.ConditionTrigger(_named_subject(word, where), span=_span(word, where.text))
    return _with_bounds(trigger, None, parts, where)


# What makes open words a condition rather than a bare name before a deduction.
_CONDITION = re.compile(
    r"(的|者|时|情况|情形)\s*$|^(发生|出现|存在|有|无|未|没|不|缺|漏|违|擅自|拒|弄虚|虚报|瞒报|泄露|丢失|逾|超|凡|如|若|经|被|因)|[未没不无缺漏违]|\b(no|not|missing|without|any|is|are|was|were|fails?|failed)\b",
    re.IGNORECASE,
)


def _with_bounds(trigger: s.Trigger, subject: s.Name | None, parts: Parts, where: _Where) -> list[s.Sentence]:
    effect = next(p for p in parts if isinstance(p, s.Effect))
    each = bool(tokens(parts, "EACH_SIGN")) or (bool(tokens(parts, "EVERY")) and isinstance(trigger, s.StepTrigger))
    bounds = [p for p in parts if isinstance(p, s.Cap | s.PeriodCap | s.PartSteps | s.MayExceed)]
    target = [p for p in parts if isinstance(p, s.Target)]
    return [*target, s.Rule(trigger, effect, subject, each, span=where.span), *bounds]


def _per_rule(parts: Parts, where: _Where) -> list[s.Sentence]:
    """扣2分/次, 未及时响应扣1分/次: a count of the indicator or of the subject before it."""
    inner: list[Any] = next(p for p in parts if isinstance(p, list))
    return _rule([*parts, *inner], where)


def _per(parts: Parts, where: _Where) -> list[Any]:
    points = first(parts, s.Quantity) or _bare_points(tokens(parts, "NUM"), where)
    noun = str(tokens(parts, "TIMES", "WORD")[0])
    return [s.CountTrigger(Fraction(1), noun, span=where.span), s.Deduct(points, span=where.span)]


def _always(parts: Parts, where: _Where) -> list[s.Sentence]:
    effects = [p if isinstance(p, s.Effect) else s.Proportion(span=where.span) for p in parts[:1]]
    return _with_bounds(s.AlwaysTrigger(span=where.span), None, [*effects, *parts[1:]], where)


def _classes(parts: Parts, where: _Where) -> list[s.Sentence]:
    """轻、中、重度分别扣5、10、20分: one count per class."""
    names, points = tokens(parts, "WORD"), tokens(parts, "NUM")
    if len(names) != len(points):
        raise Misplaced(where.span, "E201", "classes", classes=str(len(names)), amounts=str(len(points)))
    last = str(names[-1]).strip()
    ending = last[-1] if len(last) > 1 and all(len(str(n).strip()) == len(last) - 1 for n in names[:-1]) else ""
    rules: list[s.Sentence] = []
    for i, (name, amount) in enumerate(zip(names, points, strict=True)):
        subject = _named_subject(name, where)
        text = subject.text + (ending if i < len(names) - 1 else "")
        quantity = s.Quantity(number(amount), s.Unit.POINT, span=_span(amount, where.text))
        named = replace(subject, text=text, identity=identity(text))
        rules.append(s.Rule(s.CountTrigger(span=where.span), s.Deduct(quantity, span=where.span), named, span=where.span))
    return rules


def _step(parts: Parts, where: _Where) -> s.StepTrigger | list[Any]:
    size = first(parts, s.Quantity)
    side = first(parts, s.Side)
    if side is None:
        side = s.Side.LOW if tokens(parts, "UNMET") else s.Side.HIGH
    return s.StepTrigger(side, size, span=where.span)


def _step_from(parts: Parts, where: _Where) -> list[Any]:
    """低于98%每1个百分点: the target stands in the rule."""
    interval: s.Interval = first(parts, s.Interval)
    low = interval.high is not None
    bound = interval.high if low else interval.low
    if bound is None:
        raise Misplaced(where.span, "E201")
    unit = interval.unit
    target = s.Target((s.Dated(s.Quantity(bound, unit, span=interval.span), span=interval.span),), span=interval.span)
    return [s.StepTrigger(s.Side.LOW if low else s.Side.HIGH, first(parts, s.Quantity), span=where.span), target]


def _size(parts: Parts, where: _Where) -> s.Quantity:
    amount = first(parts, Fraction)
    return s.Quantity(Fraction(1) if amount is None else amount, first(parts, s.Unit), span=where.span)


def _side(parts: Parts, _: _Where) -> s.Side:
    return s.Side.LOW if parts[0].type in ("STEP_LOW", "E_LOW", "UNMET") else s.Side.HIGH


def _e_side(parts: Parts, where: _Where) -> s.Side | list[Any]:
    side = _side(parts, where)
    limit = tokens(parts, "NUM")
    if not limit:
        return side
    value = s.Quantity(number(limit[0]), first(parts, s.Unit) or s.Unit.NUMBER, span=where.span)
    return [side, s.Target((s.Dated(value, span=where.span),), span=where.span)]


def _counted(parts: Parts, where: _Where) -> s.CountTrigger:
    amount = first(parts, Fraction)
    return s.CountTrigger(Fraction(1) if amount is None else amount, where.words, span=where.span)


def _count(parts: Parts, where: _Where) -> s.CountTrigger:
    trigger: s.CountTrigger = first(parts, s.CountTrigger)
    if trigger.per.denominator != 1:
        raise Misplaced(where.span, "E201", "half_count")
    return replace(trigger, span=where.span)


def _count_one(parts: Parts, where: _Where) -> s.CountTrigger:
    """发现一处, 投诉一次: per occurrence; 投诉2次 may be per two or from two on."""
    quantity: s.Quantity | None = first(parts, s.Quantity)
    amount = first(parts, Fraction) or (number(cnum[0]) if (cnum := tokens(parts, "CNUM")) else None)
    if quantity is not None:
        if quantity.unit is not s.Unit.TIME or quantity.amount.denominator != 1:
            raise Misplaced(where.span, "E201", "bare_quantity", value=where.words)
        amount = quantity.amount
    if amount != 1:
        raise Ambiguous(where.span, f"每{where.words}", f"{where.words}以上")
    return s.CountTrigger(Fraction(1), where.words, span=where.span)


_DURATIONS = {"TIMES": None, **{k: v for k, v in _UNITS.items() if k in ("MINUTE", "HOUR", "DAY", "WORKING_DAY", "WEEK", "MONTH")}}


def _duration(parts: Parts, _: _Where) -> tuple[s.Unit | None]:
    return (_DURATIONS[parts[0].type],)


def _late(parts: Parts, where: _Where) -> s.LateTrigger:
    (unit,) = next(p for p in parts if isinstance(p, tuple))
    amount = first(parts, Fraction)
    return s.LateTrigger(unit, Fraction(1) if amount is None else amount, bool(tokens(parts, "STARTED")), span=where.span)


def _aim(parts: Parts, where: _Where) -> s.TargetTrigger:
    kind = parts[0].type
    side = s.Side.HIGH if kind == "OVER_AIM" else s.Side.LOW if re.search("低于|不及|未及|below|under", str(parts[0])) else None
    return s.TargetTrigger(kind == "MET", side, span=where.span)


def _trigger_only(parts: Parts, _: _Where) -> Built:
    return next(p for p in parts if isinstance(p, s.Trigger))


def _condition(parts: Parts, where: _Where) -> s.ConditionTrigger:
    return s.ConditionTrigger(_named_subject(tokens(parts, "WORD")[0], where), span=where.span)


def _range(parts: Parts, where: _Where) -> list[Any]:
    interval: s.Interval = first(parts, s.Interval)
    both = replace(
        interval,
        low_closed=interval.low is not None and interval.low_closed is not False,
        high_closed=interval.high is not None and interval.high_closed is not False,
    )
    subject = tokens(parts, "WORD")
    return [s.RangeTrigger(both, span=where.span), *subject]


# ---------------------------------------------------------------- effects and bounds


def _deduct(parts: Parts, where: _Where) -> s.Effect:
    between = first(parts, s.Deduct)
    return between or s.Deduct(first(parts, s.Quantity) or _bare_points(parts, where), span=where.span)


def _discretion(parts: Parts, where: _Where) -> s.Deduct:
    least, most = (s.Quantity(number(t), s.Unit.POINT, span=_span(t, where.text)) for t in tokens(parts, "NUM"))
    return s.Deduct(least, most, span=where.span)


def _add(parts: Parts, where: _Where) -> s.Add:
    return s.Add(first(parts, s.Quantity) or _bare_points(parts, where), span=where.span)


def _share(parts: Parts, where: _Where) -> s.Share:
    return s.Share(number(tokens(parts, "NUM")[0]), bool(tokens(parts, "THE_SCORE")), span=where.span)


def _label(parts: Parts, where: _Where) -> s.Name:
    return name_of(tokens(parts, "LABEL")[0], where.text)


def _cap(parts: Parts, where: _Where, *, adding: bool = False, whole: bool = False) -> s.Cap:
    said = bool(re.search("本项|该项|此项|合计|累计|总计|共计|total", where.words))
    return s.Cap(number(tokens(parts, "NUM", "CNUM")[0]), adding, whole or said, span=where.span)


_PERIODS = {"月": "month", "季": "quarter", "年": "year", "周": "week", "日": "day", "天": "day"}


def _period_cap(parts: Parts, where: _Where) -> s.PeriodCap:
    word = str(tokens(parts, "PERIOD", "E_PERIOD")[0]).lower()
    period = next((v for k, v in _PERIODS.items() if k in word), None) or word.split()[-1]
    return s.PeriodCap(number(tokens(parts, "NUM")[0]), period, span=where.span)


# ---------------------------------------------------------------- intervals


def _unit_of(quantities: list[s.Quantity]) -> s.Unit:
    return next((q.unit for q in reversed(quantities) if q.unit is not s.Unit.NUMBER), s.Unit.NUMBER)


def _quantities(parts: Parts) -> list[s.Quantity]:
    return [p for p in parts if isinstance(p, s.Quantity)]


def _from_on(parts: Parts, where: _Where) -> s.Interval:
    quantity = _quantities(parts)[0]
    closed = False if tokens(parts, "EXCLUDED") else True if tokens(parts, "INCLUDED", "PLUS") else None
    return s.Interval(quantity.amount, None, closed, None, quantity.unit, span=where.span)


def _up_to(parts: Parts, where: _Where) -> s.Interval:
    quantity = _quantities(parts)[0]
    closed = False if tokens(parts, "EXCLUDED") else True if tokens(parts, "INCLUDED") else None
    return s.Interval(None, quantity.amount, None, closed, quantity.unit, span=where.span)


def _between(parts: Parts, where: _Where) -> s.Interval:
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
        unit, reversed_order = _unit_of([a, b]), a.amount > b.amount
        low, high = sorted((a.amount, b.amount))
        position = 0
        for part in parts:
            if isinstance(part, s.Quantity):
                position = 0 if part is a else 1
            elif isinstance(part, Token) and part.type in ("INCLUDED", "EXCLUDED"):
                marks[position] = part.type == "INCLUDED"
    lower, upper = reversed(marks) if reversed_order else marks
    return s.Interval(low, high, lower, upper, unit, span=where.span)


def _plain(value: Fraction | None) -> str:
    return str(value) if value is not None and value.denominator == 1 else "?"


def _bracketed(parts: Parts, where: _Where) -> s.Interval:
    a, b = _quantities(parts)
    words = where.text.folded[slice(*where.ends)]
    before = where.text.folded[: where.ends[0]].rstrip()
    after = where.text.folded[where.ends[1] :].lstrip()
    opened, closed = (words[0] if words[0] in "[(" else before[-1:]), (words[-1] if words[-1] in ")]" else after[:1])
    return s.Interval(a.amount, b.amount, opened == "[", closed == "]", _unit_of([a, b]), span=where.span)


_COMPARE = {
    **dict.fromkeys(("AT_LEAST", "GE"), s.Comparison.AT_LEAST),
    **dict.fromkeys(("AT_MOST", "LE"), s.Comparison.AT_MOST),
    **dict.fromkeys(("MORE", "GT"), s.Comparison.MORE),
    **dict.fromkeys(("LESS", "LT"), s.Comparison.LESS),
    **dict.fromkeys(("EQUALS", "EQ"), s.Comparison.EQUAL),
}


def _compare(parts: Parts, _: _Where) -> s.Comparison:
    return _COMPARE[parts[0].type]


def _comparison(parts: Parts, where: _Where) -> s.Interval:
    return _one_sided(first(parts, s.Comparison), first(parts, s.Quantity), where.span)


def _one_sided(comparison: s.Comparison, quantity: s.Quantity, span: Span) -> s.Interval:
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


def _double(parts: Parts, where: _Where) -> s.Interval:
    """90%≤x<95%: `quantity compare name compare quantity`."""
    left, right = _quantities(parts)
    a, b = (p for p in parts if isinstance(p, s.Comparison))
    first_side = _one_sided(_FLIPPED.get(a, a), left, where.span)
    return _meet(first_side, _one_sided(b, right, where.span), _unit_of([left, right]), where)


def _both(parts: Parts, where: _Where) -> s.Interval:
    one, two = (p for p in parts if isinstance(p, s.Interval))
    return _meet(one, two, one.unit if two.unit is s.Unit.NUMBER else two.unit, where)


def _meet(one: s.Interval, two: s.Interval, unit: s.Unit, where: _Where) -> s.Interval:
    lows, highs = [i for i in (one, two) if i.low is not None], [i for i in (one, two) if i.high is not None]
    if len(lows) != 1 or len(highs) != 1:
        raise Misplaced(where.span, "E201")
    return s.Interval(lows[0].low, highs[0].high, lows[0].low_closed, highs[0].high_closed, unit, span=where.span)


# ---------------------------------------------------------------- measures, combination, conventions


_STATISTICS = {
    **dict.fromkeys(("MEAN", "E_MEAN"), s.Statistic.MEAN),
    **dict.fromkeys(("TOP_TWO", "E_TOP_TWO"), s.Statistic.TOP_TWO),
    **dict.fromkeys(("NPS", "E_NPS"), s.Statistic.NPS),
    **dict.fromkeys(("DISTRIBUTION", "E_DISTRIBUTION"), s.Statistic.DISTRIBUTION),
}


def _survey(parts: Parts, where: _Where) -> s.Survey:
    kind = tokens(parts, *_STATISTICS)[0].type
    names: tuple[s.Name, ...] = next(p for p in parts if isinstance(p, tuple))
    return s.Survey(names, _STATISTICS[kind], span=where.span)


def _questions(parts: Parts, where: _Where) -> tuple[s.Name, ...]:
    return tuple(name_of(t, where.text) for t in tokens(parts, "QID"))


def _ends(tree_words: str, interval: s.Interval) -> tuple[Fraction, Fraction]:
    """The ends of `5-1` in the order written (a reversed scale is told, not repaired)."""
    low, high = interval.low or Fraction(0), interval.high or Fraction(0)
    written = re.match(r"\s*(-?\s*\d+(?:\.\d+)?)", tree_words)
    begins = Fraction(written[1].replace(" ", "")) if written else low
    return (low, high) if begins == low else (high, low)


def _words_of(interval: s.Interval, where: _Where) -> str:
    start = where.text.offsets.index(interval.span.start)
    return where.text.folded[start:]


def _scale(parts: Parts, where: _Where) -> s.Scale:
    one, two = (p for p in parts if isinstance(p, s.Interval))
    return s.Scale(*_ends(_words_of(one, where), one), *_ends(_words_of(two, where), two), span=where.span)


def _answer_scale(parts: Parts, where: _Where) -> s.AnswerScale:
    interval = first(parts, s.Interval)
    return s.AnswerScale(*_ends(_words_of(interval, where), interval), span=where.span)


def _min_max(parts: Parts, where: _Where) -> s.OverUnits:
    interval = first(parts, s.Interval)
    return s.OverUnits("min-max", *_ends(_words_of(interval, where), interval), span=where.span)


def _dated(parts: Parts, _: _Where) -> tuple[s.Dated, ...]:
    return tuple(p for p in parts if isinstance(p, s.Dated))


def _value(parts: Parts, where: _Where) -> s.Dated:
    name = tokens(parts, "NAME")
    value = name_of(name[0], where.text) if name else first(parts, s.Quantity)
    return s.Dated(value, first(parts, date), span=where.span)


def _since(parts: Parts, where: _Where) -> date:
    year, month, day = (int(n) for n in str(tokens(parts, "DATE")[0]).split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        raise Misplaced(where.span, "E203", "date", value=where.words) from None


def _values(parts: Parts) -> tuple[s.Dated, ...]:
    return next(p for p in parts if isinstance(p, tuple))


_KINDS = {
    "RATE": s.Kind.RATE,
    "COUNT": s.Kind.COUNT,
    "SCORE_KIND": s.Kind.SCORE,
    "YES_NO": s.Kind.YES_NO,
    "OBSERVED": s.Kind.POINTS,
    "DURATION": s.Kind.DURATION,
}


def _normalise(parts: Parts, where: _Where) -> s.Normalise:
    total = tokens(parts, "NUM")
    return s.Normalise(number(total[0]) if total else None, span=where.span)


def _full(parts: Parts) -> Fraction:
    stated = tokens(parts, "NUM")
    return number(stated[0]) if stated else Fraction(100)


_MODES = {"HALF_UP": s.Half.UP, "HALF_EVEN": s.Half.EVEN, "ROUND_DOWN": s.Half.FLOOR, "ROUND_UP": s.Half.CEIL}
_OUTCOMES = {
    "M_ERROR": s.Outcome.ERROR,
    "M_RENORMALISE": s.Outcome.RENORMALISE,
    "M_ZERO": s.Outcome.ZERO,
    "M_FULL": s.Outcome.FULL,
}


def _free(parts: Parts) -> str:
    return str(tokens(parts, "FREE")[0]).strip()


# ---------------------------------------------------------------- alone on their line, heads, formulas


def _band(parts: Parts, where: _Where) -> s.Band:
    code = tokens(parts, "CODE")
    return s.Band(_label(parts, where), first(parts, s.Interval), re.sub(r"[\s.、)]", "", code[0]) if code else None, span=where.span)


def _reference(name: s.Name, where: _Where) -> s.Reference:
    if name.quoted or "." not in name.text:
        return s.Reference((name,), span=name.span)
    pieces = [p.strip() for p in name.text.split(".")]
    return s.Reference(tuple(s.Name(p, identity(p), span=name.span) for p in pieces), span=where.span)


def _veto_compare(parts: Parts, where: _Where) -> s.VetoCondition:
    name = name_of(tokens(parts, "VNAME")[0], where.text)
    comparison = first(parts, s.Comparison) or s.Comparison.EQUAL
    return s.VetoCondition(_reference(name, where), comparison, first(parts, s.Quantity), span=where.span)


def _veto_up(parts: Parts, where: _Where) -> s.VetoCondition:
    name = name_of(tokens(parts, "VNAME")[0], where.text)
    return s.VetoCondition(_reference(name, where), s.Comparison.AT_LEAST, first(parts, s.Quantity), span=where.span)


def _veto_happens(parts: Parts, where: _Where) -> s.VetoCondition:
    name = _named_subject(tokens(parts, "VNAME")[0], where)
    return s.VetoCondition(_reference(name, where), s.Comparison.AT_LEAST, s.Quantity(Fraction(1), span=name.span), span=where.span)


_WEIGHTS = {
    "w_percent": s.WeightUnit.PERCENT,
    "w_fraction": s.WeightUnit.FRACTION,
    "w_points": s.WeightUnit.POINTS,
    "w_parts": s.WeightUnit.PARTS,
}


def _weight(parts: Parts, where: _Where) -> s.Weight:
    return s.Weight(number(tokens(parts, "NUM")[0]), _WEIGHTS[str(where.tree.data)], span=where.span)


def _named(parts: Parts, where: _Where) -> s.Head:
    key = tokens(parts, "KEY")
    name = name_of(tokens(parts, "NAME")[0], where.text)
    return s.Head(name, str(key[0])[1:-1] if key else None, first(parts, s.Weight), span=where.span)


def _binary(parts: Parts, where: _Where) -> s.Binary:
    operator = tokens(parts, "PLUS", "MINUS", "SLASH")
    sign = {"PLUS": "+", "MINUS": "-", "SLASH": "/"}[operator[0].type] if operator else "*"
    left, right = (p for p in parts if isinstance(p, s.Expression))
    return s.Binary(sign, left, right, span=where.span)


def _call(parts: Parts, where: _Where) -> s.Call:
    function = {"F_MEAN": "mean", "F_MIN": "min", "F_MAX": "max"}[tokens(parts, "F_MEAN", "F_MIN", "F_MAX")[0].type]
    return s.Call(function, tuple(p for p in parts if isinstance(p, s.Expression)), span=where.span)


# Sentences that are one word: the terminal is the sentence.
_WORDS: Mapping[str, Any] = {
    "PARTS_NONE": s.PartSteps(s.Parts.NOTHING),
    "PARTS_WHOLE": s.PartSteps(s.Parts.WHOLE),
    "PARTS_SHARE": s.PartSteps(s.Parts.SHARE),
    "CLAMPED": s.Clamped(),
    "LOWER_BETTER": s.LowerIsBetter(),
    "LOGARITHM": s.NaturalLog(),
    "Z_SCORE": s.OverUnits("z-score"),
    "RATE_AS_SCORE": s.RateAsScore(),
    "WEIGHTED": s.Combine(s.Method.WEIGHTED),
    "EQUAL": s.Combine(s.Method.EQUAL),
    "WORST": s.Combine(s.Method.WORST),
    "BEST": s.Combine(s.Method.BEST),
    "GEOMETRIC": s.Combine(s.Method.GEOMETRIC),
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


def _flat(parts: Parts) -> Parts:
    """Parts with the lists that a trigger or side made in them opened."""
    return [q for p in parts for q in (_flat(p) if isinstance(p, list) else [p])]


_BUILDERS: Mapping[str, Callable[[Parts, _Where], Built]] = {
    "head_one": lambda p, w: (tuple(p), False),
    "head_group": lambda p, w: (tuple(h for h in p if isinstance(h, s.Head)), False),
    "head_chain": lambda p, w: (tuple(p), True),
    "named": _named,
    **dict.fromkeys(_WEIGHTS, _weight),
    "binary": _binary,
    "call": _call,
    "negation": lambda p, w: s.Negation(first(p, s.Expression), span=w.span),
    "number": lambda p, w: s.Number(number(p[0]), len(p) > 1, span=w.span),
    "reference": lambda p, w: s.Reference(tuple(name_of(t, w.text) for t in tokens(p, "NAME")), span=w.span),
    "rule": lambda p, w: _rule(_flat(p), w),
    "condition_rule": _condition_rule,
    "per_rule": _per_rule,
    "always": _always,
    "classes": _classes,
    "per": _per,
    "step": lambda p, w: _stepped(_flat(p), w),
    "step_from": _step_from,
    "count": _count,
    "counted": _counted,
    "count_one": _count_one,
    "late": _late,
    "duration": _duration,
    "range": _range,
    "aim": _aim,
    "trigger": _trigger_only,
    "target_after": _trigger_only,
    "condition": _condition,
    "side": _side,
    "e_side": _e_side,
    "size": _size,
    "number_of": _number_of,
    "unit": _unit,
    "quantity": _quantity,
    "points": _points,
    "deduct": _deduct,
    "discretion": _discretion,
    "add": _add,
    "score": lambda p, w: s.Score(first(p, s.Quantity), span=w.span),
    "full": lambda p, w: s.FullMarks(span=w.span),
    "none": lambda p, w: s.NoMarks(span=w.span),
    "share": _share,
    "proportion": lambda p, w: s.Proportion(span=w.span),
    "grade_as": lambda p, w: s.GradeAs(_label(p, w), span=w.span),
    "ceiling": lambda p, w: s.Ceiling(first(p, s.Quantity), span=w.span),
    "cap": _cap,
    "cap_all": lambda p, w: _cap(p, w, whole=True),
    "cap_add": lambda p, w: _cap(p, w, adding=True),
    "period_cap": _period_cap,
    "until_gone": lambda p, w: p[0],
    "exceed": lambda p, w: p[0],
    "from_on": _from_on,
    "up_to": _up_to,
    "between": _between,
    "bracketed": _bracketed,
    "compare": _compare,
    "comparison": _comparison,
    "double": _double,
    "both": _both,
    "survey": _survey,
    "questions": _questions,
    "scale": _scale,
    "answer_scale": _answer_scale,
    "min_max": _min_max,
    "minimum_sample": lambda p, w: s.MinimumSample(int(number(tokens(p, "NUM")[0])), span=w.span),
    "target": lambda p, w: s.Target(_values(p), span=w.span),
    "time_limit": lambda p, w: s.TimeLimit(_values(p), span=w.span),
    "dated": _dated,
    "value": _value,
    "since": _since,
    "kind": lambda p, w: s.KindIs(_KINDS[p[0].type], span=w.span),
    "deduct_from": lambda p, w: s.DeductFrom(_full(p), span=w.span),
    "add_up": lambda p, w: s.AddUp(_full(p), span=w.span),
    "normalise": _normalise,
    "item_count": lambda p, w: s.ItemCount(int(first(p, Fraction)), span=w.span),
    "rounding": lambda p, w: s.Rounding(first(p, s.Half), int(first(p, Fraction)), span=w.span),
    "to_integer": lambda p, w: s.Rounding(first(p, s.Half), 0, span=w.span),
    "no_rounding": lambda p, w: s.Rounding(s.Half.NONE, None, span=w.span),
    "mode": lambda p, w: _MODES[p[0].type],
    "missing": lambda p, w: s.Missing(first(p, s.Outcome), span=w.span),
    "outcome": lambda p, w: _OUTCOMES[p[0].type],
    "owner": lambda p, w: s.Owner(_free(p), span=w.span),
    "basis": lambda p, w: s.Basis(_free(p), span=w.span),
    "band": _band,
    "grade_value": lambda p, w: (name_of(tokens(p, "LABEL")[0], w.text), number(tokens(p, "NUM")[0])),
    "veto": lambda p, w: s.Veto(p[0], p[1], span=w.span),
    "veto_compare": _veto_compare,
    "veto_up": _veto_up,
    "veto_happens": _veto_happens,
    "let": lambda p, w: (name_of(tokens(p, "NAME")[0], w.text), _values(p)),
}


def _stepped(parts: Parts, where: _Where) -> list[Any]:
    """A step, with the target that its side may name and the words 各 or each before it."""
    extra = [p for p in parts if isinstance(p, s.Target)]
    each = [p for p in tokens(parts, "EVERY")[:-1] if str(p).lower() == "each"]
    return [_step(parts, where), *extra, *each]
