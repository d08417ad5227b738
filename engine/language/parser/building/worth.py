"""Points without a verb (98%: 10 points), and what exactly so many are worth: a score, or taken or given."""

import re
from typing import Any

from engine.language import syntax as s
from engine.language.parser.building.parts import Ambiguous, Misplaced, Parts, Where, first, number, span_of, tokens
from engine.language.parser.tree import Token
from engine.language.seldom import Seldom
from engine.language.text import in_english
from engine.source import Span


class Bare:
    """Points without a verb, where they stand, and where a verb for them would."""

    __slots__ = ("place", "points", "start")

    def __init__(self, points: s.Quantity, start: int, place: int | None = None) -> None:
        self.points, self.start, self.place = points, start, start if place is None else place


def points_alone(parts: Parts, where: Where) -> Bare:
    """The builder of points that stand without a verb."""
    points = number(tokens(parts, "NUM_BARE", "NUM_WORTH", "MARKS")[0])
    return Bare(s.Quantity(points, s.Unit.POINT, span=where.span), where.ends[0])


def words_at(span: Span, where: Where) -> str:
    """The author's words at a span of the source."""
    offsets = where.text.offsets
    return where.text.shown[offsets.index(span.start) : offsets.index(span.end - 1) + 1]


class Exactly:
    """2 complaints, of which marks say what exactly so many are worth, and other effects are asked back."""

    __slots__ = ("otherwise", "quantity", "span")

    def __init__(self, quantity: s.Quantity, otherwise: s.Trigger | Exception, span: Span) -> None:
        self.quantity, self.otherwise, self.span = quantity, otherwise, span


def exactly(parts: Parts, where: Where) -> Parts:
    """The trigger that 2 complaints are: exactly two before marks, per complaint for one before another effect."""
    said: Exactly | None = first(parts, Exactly)
    if said is None:
        return parts
    name: s.Name | None = first(parts, s.Name)
    if name and ":" not in words_at(Span(name.span.end - 1, said.span.end), where):  # ISO 9001 certified
        raise Misplaced(said.span, "E201", "bare_quantity", value=str(said.quantity.amount))
    if first(parts, Bare) or first(parts, s.Score):
        amount = said.quantity.amount
        interval = s.Interval(amount, amount, True, True, said.quantity.unit, span=said.span)
        return [s.RangeTrigger(interval, span=said.span) if p is said else p for p in parts]
    if isinstance(said.otherwise, Exception):
        raise said.otherwise
    return [said.otherwise if p is said else p for p in parts if p not in tokens(parts, "E_WORD")]


def earned(part: Any, parts: Parts, where: Where) -> Any:
    """98% or above earns 30 points: what a value earns is its score, unless the points are a bonus."""
    if not isinstance(part, s.Add) or first(parts, s.RangeTrigger) is None:
        return part
    words = words_at(part.span, where)
    given = re.search(r"(?i:earn|award|given)", words) and not re.search(r"(?i:bonus|extra|additional|\+)", words)
    return s.Score(part.points, span=part.span) if given and part.most is None else part


_GOES_ON = Seldom(r"\b(?:of|by|to|at|with|carries|has|have|is|are)$", re.IGNORECASE)
# Employees may receive 1 point for …: what is done with the points is said, in words that are none of the language.
_DONE = Seldom(
    r"\b(?:(?:may|can|could|might|must|should|will|shall|would) (?:be )?[a-z]+"
    r"|(?:receive|get|give|take|assign|award|assess|charge|apply|impose|accrue|accumulate)s?)$",
    re.IGNORECASE,
)


def begun(parts: Parts, where: Where) -> None:
    """Each leak has a value of 5 points: no verb can be put between these words and the points."""
    said = first(parts, s.Name)
    if said is not None and _DONE.search(said.text):
        raise Misplaced(where.span, "E201", text=where.words)
    if first(parts, s.RangeTrigger) is not None:  # Queue time of 4 minutes or less: 9 points
        return
    noun = next((p.noun for p in parts if isinstance(p, s.CountTrigger)), "")
    if _GOES_ON.search(noun) or (said is not None and _GOES_ON.search(said.text)):
        raise Misplaced(where.span, "E201", text=where.words)


def instead(where: Where, start: int, end: int, *words: str) -> tuple[str, ...]:
    """The rule with each of these words in place of what stands between two offsets."""
    begin, stop = where.ends
    shown = where.text.shown
    rest = shown[end:stop]
    rest = f"{rest[:1].lower()}{rest[1:]}" if start == begin else rest
    return tuple(f"{shown[begin:start]}{word}{rest}" for word in words)


def verb_place(parts: Parts, bare: Bare) -> int:
    """Where a verb would stand before the points: instead of carries, if it is said."""
    carries = tokens(parts, "RESULTS")
    return carries[0].start if carries else bare.place


# Words for what is never worth points: those behind them are taken.
_WRONG = (
    r"(?i:(?:the )?(?:fail(?:ure|ing)|penalt(?:y|ies)|violations?|deductions?|loss|(?:points|marks) (?:lost|deducted)))"
    r"\b"
)


def worth(bare: Bare, trigger: s.Trigger, place: int, where: Where) -> s.Effect:
    """98%: 10 points is a score (of what is counted: beside others); 5 points per visit may be taken or given."""
    if not bare.points.amount:
        return s.NoMarks(span=bare.points.span)
    if isinstance(trigger, s.LateTrigger) or re.match(_WRONG, where.words):
        return s.Deduct(bare.points, span=bare.points.span)
    english = in_english(where.words)
    if english and isinstance(trigger, s.ConditionTrigger):  # what stands beside it says whether they are given
        return s.Score(bare.points, span=bare.points.span)
    if isinstance(trigger, s.RangeTrigger) and (english or trigger.interval.unit is not s.Unit.TIME):
        return s.Score(bare.points, span=bare.points.span)
    marks = isinstance(trigger, s.RangeTrigger | s.ConditionTrigger)
    if english and not marks and (kind := taken_or_given(where.words)):
        return kind(bare.points, span=bare.points.span)
    verbs = ("deduct ", "score " if marks else "add ") if english else ("扣", "得" if marks else "加")
    raise Ambiguous(where.span, *instead(where, place, bare.start, *verbs))


# What is counted, where it leaves no doubt: nobody gives points per missing label, or takes them per passed module;
# an error that is found or corrected may be worth something.
_BAD = (
    r"\b(?:miss(?:ed|ing)|late|errors?|mistakes?|defects?|violations?|non-?conformit(?:y|ies)|non-?complian(?:ce|t)"
    r"|complaints?|fail(?:ed|ures?)|incorrect|wrong|broken|damaged|dirty|expired|absen(?:t|ces?)|tard(?:y|iness)"
    r"|unexcused|unsigned|unlabell?ed|without|not|lack|breach(?:es)?|infractions?|rejected|incomplete|unsafe|warnings?)\b"
)
_GOOD = (
    r"\b(?:correct|completed|achieved|passed|qualified|certifi(?:ed|cates?|cations?)|accepted|approved|adopted"
    r"|implemented|attended|awards?|years?|similar|successful(?:ly)?|suggestions?|improvements?)\b"
)
_EITHER = (
    r"\b(?:found|report(?:ed|ing)|identified|detected|corrected|resolved|fixed|closed|solved|prevented|avoided"
    r"|eliminated|free|zero|reduced|no)\b"
)


def taken_or_given(words: str) -> type[s.Deduct | s.Add] | None:
    """What happens to points without a verb, if the words beside them say so."""
    bad, good = (bool(re.search(kind, words, re.IGNORECASE)) for kind in (_BAD, _GOOD))
    if bad == good or re.search(_EITHER, words, re.IGNORECASE):
        return None
    return s.Deduct if bad else s.Add


def either_way(parts: Parts, where: Where) -> Parts:
    """The chief attends: 6 points; whether they are given is seen beside the other marks of the cell."""
    bare: Bare | None = first(parts, Bare) or next((_alone(t, where) for t in tokens(parts, "MARKS")), None)
    if bare is None:
        return parts
    begun(parts, where)
    said: s.Name | None = first(parts, s.Name)
    kind = s.Deduct if said and re.match(_WRONG, said.text) else s.Score
    effect = kind(bare.points, span=bare.points.span) if bare.points.amount else s.NoMarks(span=bare.points.span)
    return [effect, *(p for p in parts if p is not bare and p not in tokens(parts, "MARKS"))]


def _alone(marks: Token, where: Where) -> Bare:
    """Marks without even their unit: compliant: 10."""
    return Bare(s.Quantity(number(marks), s.Unit.POINT, span=span_of(marks, where.text)), marks.start)
