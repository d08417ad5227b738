"""What English leaves unsaid: each at the end, once or each time, per day of something that is late."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from engine.language import syntax as s
from engine.language.parser.building.intervals import UNITS, spelt_unit
from engine.language.parser.building.parts import (
    Ambiguous,
    Builders,
    Misplaced,
    Parts,
    Where,
    bare_name,
    first,
    span_of,
    subject_of,
    tokens,
)
from engine.language.parser.building.worth import (
    Bare,
    begun,
    earned,
    exactly,
    instead,
    points_alone,
    verb_place,
    words_at,
    worth,
)
from engine.language.parser.tree import Token, leaves
from engine.language.seldom import Seldom
from engine.language.text import identity

# Who does or suffers it is nobody's measure (you will lose 2 points for each error).
_WHO = (
    r"(?:you|they|we|he|she|it|there|that|(?:the|your) (?:supplier|vendor|contractor|provider|student|agent|team))"
    r"(?:'ll)?(?: (?:will|shall|can|may|must|would|should|might|be|is|are))*"
)
_ACTOR = Seldom(rf"(?:(?:and|or|but|while|then|also)\b,?\s*)?(?:{_WHO}|get|receive)?", re.IGNORECASE)
# The author's words for the one who does it, behind what is asked (if the seal breaks, you will lose 3 points).
_ACTOR_BEHIND = Seldom(rf"(?:(?:,\s*|\s+)(?:then\s+)?(?:{_WHO}|an?|the)|,\s*that\s+[a-z]+)$", re.IGNORECASE)


def is_actor(words: str) -> bool:
    """Whether words only say who loses or gets the points."""
    return bool(_ACTOR.fullmatch(words))


_LINKED = Seldom(r"^(?:and|or|but|while|then|also),?\s+", re.IGNORECASE)
_LATE = Seldom(r"\b(?:late|delay(?:ed|s)?|overdue|past due|lateness|(?:after|past|beyond) the)\b", re.IGNORECASE)
_LATE_NOUN = Seldom(r"(?:late|overdue) (minute|hour|day|week|month)s?", re.IGNORECASE)
# 5+ failed jobs are things that are counted.
_NEGATED = Seldom(r"\b(?:not|no|never|without|cannot|fails?|failure|(?<!^)failed)\b|n't\b", re.IGNORECASE)
_ARTICLE = Seldom(r"an?\s+", re.IGNORECASE)
_SAME_EVERY_TIME = s.FullMarks | s.NoMarks | s.GradeAs | s.Ceiling
_TIMED = (s.Unit.SECOND, s.Unit.MINUTE, s.Unit.HOUR, s.Unit.DAY, s.Unit.WORKING_DAY, s.Unit.WEEK, s.Unit.MONTH)


class OneOrEach:
    """`for` and what happened: once, or each time."""

    __slots__ = ("start", "word")

    def __init__(self, word: Token, start: int) -> None:
        self.word, self.start = word, start


class Each:
    """`each` behind the points: what is counted stands before them; with a unit it is what is late."""

    __slots__ = ("late",)

    def __init__(self, late: s.LateTrigger | None) -> None:
        self.late = late


def whole(parts: Parts, where: Where) -> Parts:
    """The parts of a rule with what it leaves unsaid put in, or `Ambiguous` with the sentences to choose from."""
    parts = exactly(parts, where)
    one_or_each: OneOrEach | None = first(parts, OneOrEach)
    parts = [_counts_for(p, parts, where) for p in parts]
    bare: Bare | None = first(parts, Bare)
    each: Each | None = first(parts, Each)
    if one_or_each is not None:
        parts = _once(parts, one_or_each, where)
    if each is not None:
        parts = [_counted_before(parts, where) if p is each else p for p in parts]
    parts = [earned(p, parts, where) for p in parts]
    if bare is not None:
        begun(parts, where)
        trigger = next(p for p in parts if isinstance(p, s.Trigger))
        parts = [worth(bare, trigger, verb_place(parts, bare), where) if p is bare else p for p in parts]
    return parts


def _counts_for(part: Any, parts: Parts, where: Where) -> Any:
    """Each violation is worth 5 points: which may be taken or given, as where no verb is said."""
    counted = first(parts, s.CountTrigger) is not None or first(parts, Each) is not None
    if not (isinstance(part, s.Score) and counted) or not re.match(
        r"(?i:is |are )?(?i:worth)\b", words_at(part.span, where)
    ):
        return part
    at = [where.text.offsets.index(span.start) for span in (part.points.span, part.span)]
    return Bare(part.points, *at)


_NOT_COUNTED = r"(?i:zero|no|not|never|fail(?:ure|ing) to|lack of|absence of)\b"


def _once(parts: Parts, said: OneOrEach, where: Where) -> Parts:
    """No marks for plagiarism is the same once or each time, as is a thing not done; deduct 3 for complaints is not.

    Up to 3 points for poor layout is the assessor's to say, in one amount.
    """
    effect = next((p for p in parts if isinstance(p, s.Effect)), None)
    name: s.Name | None = first(parts, s.Name)
    chosen = effect is not None and (s.choice(effect) is not None or (isinstance(effect, s.Score) and name is None))
    if not chosen and not re.match(_NOT_COUNTED, said.word) and not isinstance(effect, _SAME_EVERY_TIME):
        article = _ARTICLE.match(where.text.folded, said.word.start)
        raise Ambiguous(
            where.span, *instead(where, said.start, article.end() if article else said.word.start, "for each ", "if ")
        )
    if name is not None and not is_actor(name.text):
        raise Misplaced(where.span, "E201", "subject", subject=where.words)
    trigger = s.ConditionTrigger(subject_of(said.word, where), span=span_of(said.word, where.text))
    return [trigger if p is said else p for p in parts]


def _counted_before(parts: Parts, where: Where) -> s.Trigger:
    each: Each = first(parts, Each)
    name: s.Name | None = first(parts, s.Name)
    subject = name.text if name else ""
    if each.late is not None and _LATE.search(subject):
        return each.late
    if each.late is not None or not subject or _LATE.search(subject):
        raise Misplaced(where.span, "E201", "unfinished", text=where.words, good=where.words)
    return s.CountTrigger(noun=subject, span=where.span)


_UNITED = Seldom(r"point|mark|pts?\b", re.IGNORECASE)


def bounded(parts: Parts, where: Where) -> Parts:
    """Deduct 2 if more than 2 but at most 4: what ends the range is no cap of points, unless it says points."""
    effect, trigger = first(parts, s.Effect), first(parts, s.RangeTrigger)
    cap = next((p for p in parts if isinstance(p, s.Cap | s.PeriodCap)), None)
    if effect is None or trigger is None or not isinstance(cap, s.Cap) or cap.points is None:
        return parts
    behind = effect.span.start < trigger.span.start < cap.span.start
    if not behind or trigger.interval.high is not None or _UNITED.search(words_at(cap.span, where)):
        return parts
    ended = replace(trigger, interval=replace(trigger.interval, high=cap.points, high_closed=True))
    return [ended if p is trigger else p for p in parts if p is not cap]


# if the belt slips or the load > 80: two conditions, of which only one has a number
_TWO = Seldom(r"\b(?:or|and)\b", re.IGNORECASE)


def subject_and_trigger(subject: s.Name | None, trigger: s.Trigger, where: Where) -> tuple[s.Name | None, s.Trigger]:
    """What is counted, without who loses the points for it; a range that is denied is a yes or no of all its words."""
    if subject is None or subject.quoted:
        return subject, trigger
    signs = {t.type for t in leaves(where.tree)}
    two = isinstance(trigger, s.RangeTrigger) and "IF" in signs and _TWO.search(subject.text)
    if two or ("E_UNLESS" in signs and not is_actor(subject.text)):
        raise Misplaced(where.span, "E201", "subject", subject=where.words)
    if isinstance(trigger, s.RangeTrigger):
        trigger = _asked(trigger, subject, where)
        return (None if isinstance(trigger, s.ConditionTrigger) else subject), trigger
    return (None if is_actor(subject.text) else _unlinked(subject)), trigger


def _unlinked(subject: s.Name) -> s.Name:
    """The name without the and or but that joins its rule to the one before."""
    text = _LINKED.sub("", subject.text)
    return subject if text == subject.text else replace(subject, text=text, identity=identity(text))


def without_actor(words: str) -> str:
    """What happens, without who gets or loses the points for it: a seal breaks, you will."""
    return _ACTOR_BEHIND.sub("", words)


# If not, …: not what?
_SAYS_NOTHING = Seldom(
    r"not|so|any|this|that|otherwise|else|later|thereafter|earlier|sooner"
    r"|(?:you|they|it|we) (?:do|does|did|don't|doesn't)(?: not)?(?: so)?",
    re.IGNORECASE,
)


def asked(name: s.Name, where: Where) -> s.Name:
    """What a yes/no asks, without who gets or loses the points for it."""
    text = re.sub(
        r"(?i)(?:\s+(?:and|or|but|is|are|receive|get|lose|earn|score))(?: an?)?$",
        "",
        without_actor(_LINKED.sub("", name.text)),
    )
    otherwise = re.search(r"(?i)\bor$", without_actor(name.text))  # sign it, or you will get no marks
    if otherwise or is_actor(text) or _SAYS_NOTHING.fullmatch(text):
        raise Misplaced(where.span, "E201", "unfinished", text=where.words, good=where.words)
    return name if text == name.text or name.quoted else replace(name, text=text, identity=identity(text))


def in_unit(target: s.Target, unit: s.Unit) -> s.Target:
    """A target without a unit in that of its step: per complaint above 5."""
    (dated,) = target.values
    value = dated.value
    if not isinstance(value, s.Quantity) or value.unit is not s.Unit.NUMBER or unit is s.Unit.PERCENTAGE_POINT:
        return target
    return replace(target, values=(replace(dated, value=replace(value, unit=unit)),))


def late_noun(trigger: s.CountTrigger) -> s.CountTrigger | s.LateTrigger:
    """Per late day is per day late."""
    late = _LATE_NOUN.fullmatch(trigger.noun)
    return s.LateTrigger(UNITS[late[1].upper()], trigger.per, span=trigger.span) if late else trigger


_TOLD = Seldom(r"(?:will|shall|receives?|scores?|gets?|loses?|earns?|automatic|instant|auto)\b", re.IGNORECASE)


def told(effect: s.Effect, where: Where) -> bool:
    """Whether an effect says with its own verb what it is that gets it: … will receive no marks."""
    start = where.text.offsets.index(effect.span.start)
    return isinstance(effect, _SAME_EVERY_TIME | s.Share) and bool(_TOLD.match(where.text.folded, start))


def kept_limit(parts: Parts, where: Where) -> None:
    """Per response after more than 2 hours: what is counted may name a time, no other number."""
    limit: s.Quantity | None = first(parts, s.Quantity)
    if limit is not None and limit.unit not in _TIMED:
        raise Misplaced(where.span, "E201", "count_of_value", noun=where.words)


def _asked(trigger: s.RangeTrigger, subject: s.Name, where: Where) -> s.Trigger:
    """Not answered within 4 hours asks for yes or no: read as a range it would say the opposite."""
    if not _NEGATED.search(subject.text):
        return trigger
    said = where.text.offsets.index(trigger.interval.span.start)
    start = min(said, where.text.offsets.index(subject.span.start))  # if at least one lamp fails
    end = where.text.offsets.index(trigger.span.end - 1) + 1
    return s.ConditionTrigger(bare_name(where.text.part(start, end)), span=where.span)


def parted_size(parts: Parts, where: Where) -> list[s.Quantity]:
    """The size of a step that says what part of one costs: each 0.1% (or portion thereof) below 99.9%."""
    unit = tokens(parts, "E_PP")
    amount = first(parts, Fraction)
    return [s.Quantity(Fraction(1) if amount is None else amount, spelt_unit(t), span=where.span) for t in unit]


def part_steps(parts: Parts, where: Where) -> list[s.PartSteps]:
    """What a rule says of part of its step: each full 0.1% does not count it, 1% or part thereof counts it whole."""
    said = {"E_FULL": s.Parts.NOTHING, "OR_PART": s.Parts.WHOLE}
    return [s.PartSteps(said[t.type], span=where.span) for t in tokens(parts, *said)]


def only_full(parts: Parts, where: Where) -> list[s.PartSteps]:
    """Of a delay: that only full days count; a started one is the delay's own."""
    return part_steps(list(tokens(parts, "E_FULL")), where)


# that the report is: what falls below the target, or is late
_WHAT = Seldom(
    r"(?:(?:that|by which|of|in)\s+)?(?:(?:the|an?)\s+)?(.*?)"
    r"(?:\s+(?:is|are|was|were|falls?|drops?|goes|remains?))?\s*$",
    re.IGNORECASE | re.DOTALL,
)


def that(parts: Parts) -> list[Token]:
    """What a rule's `that … is` names."""
    found = [(t, _WHAT.match(str(t))) for t in tokens(parts, "E_THAT")]
    return [Token("WORD", m[1], t.start + m.start(1), t.start + m.end(1)) for t, m in found if m]


def _one_or_each(parts: Parts, where: Where) -> OneOrEach:
    return OneOrEach(tokens(parts, "WORD")[0], where.ends[0])


def _each_one(parts: Parts, where: Where) -> Each:
    if str(parts[0]).lower() not in ("each", "for each"):
        raise Misplaced(where.span, "E201", "unfinished", text=where.words, good=where.words)
    return Each(None)


def _fail(_: Parts, where: Where) -> s.GradeAs:
    """An automatic fail is the grade Fail; what the bands call it is checked."""
    said = where.words.lower()
    at, end = (said.index("fail"), said.index("fail") + len("fail")) if "fail" in said else (len(said) - 1, len(said))
    return s.GradeAs(bare_name(where.text.part(where.ends[0] + at, where.ends[0] + end)), span=where.span)


def _size(parts: Parts, where: Where) -> s.Quantity:
    amount = first(parts, Fraction)
    unit = spelt_unit(tokens(parts, "E_UNIT")[0])
    return s.Quantity(Fraction(1) if amount is None else amount, unit, span=where.span)


def _late_first(parts: Parts, where: Where) -> list[Any]:
    size: s.Quantity = first(parts, s.Quantity)
    unit = None if size.unit is s.Unit.TIME else size.unit
    if size.unit in (s.Unit.PERCENT, s.Unit.PERCENTAGE_POINT):
        raise Misplaced(where.span, "E201", "unfinished", text=where.words)
    started = bool(tokens(parts, "STARTED", "OR_PART"))
    return [s.LateTrigger(unit, size.amount, started, span=where.span), *only_full(parts, where), *that(parts)]


BUILDERS: Builders = {
    "e_size": _size,
    "late_first": _late_first,
    "bare": points_alone,
    "one_or_each": _one_or_each,
    "each_one": _each_one,
    "fail": _fail,
}


# Per day for the first five days if late: not for what is late, but how long.
_NOT_ALL = Seldom(r"\b(?:first|last|next|if|when|after|until|unless|except|up to)\b", re.IGNORECASE)


def each_late(late: s.LateTrigger, parts: Parts, where: Where) -> list[Any]:
    """Per day, of what is said before to be late; per day for late reports says it itself."""
    said = tokens(parts, "WORD")
    if said and (not _LATE.search(said[0]) or _NOT_ALL.search(said[0])):
        raise Misplaced(where.span, "E201", "unfinished", text=where.words, good=where.words)
    return [late, *said] if said else [Each(late)]
