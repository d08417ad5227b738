"""The rules of one line as one cell: what each rule asks about, and which cap bounds what.

A cell is everything a line says about points: rules in the order written, with their caps.
Several subjects in a cell are several things to collect: with one, the line's own name stands for
it, unless the one is a condition that denies it.
"""

import re
from collections.abc import Iterable
from typing import Literal

from engine.language.checks.outline import Draft, Outline, default, own_layers, said, said_all
from engine.language.seldom import Seldom
from engine.language.syntax import (
    Add,
    AlwaysTrigger,
    Cap,
    ConditionTrigger,
    CountTrigger,
    Deduct,
    LateTrigger,
    MayExceed,
    PeriodCap,
    Proportion,
    RangeTrigger,
    Rule,
    Score,
    Sentence,
    Share,
    StepTrigger,
    Unit,
    choice,
)
from engine.language.text import fold, identity
from engine.values import Frozen, named

# Words of a count that name nothing in particular: verbs of happening, measure words, numbers.
_GENERAL = Seldom(
    r"(?:发生|出现|发现|有|每|次数?|起|例|件|单|项|笔|宗|条|处|个|人|次|[一二两三四五六七八九十半\d.]+"
    r"|occurrences?|times?|cases?|incidents?|events?|instances?|one|each|per|an?|\s)*",
    re.IGNORECASE,
)
_DENIAL = Seldom(r"[未没不无缺漏非]|\b(?:no|not|without|missing|fails?|failed)\b", re.IGNORECASE)
_OWN = ("本项", "该项", "此项", "this item", "the item")


@named
class CellRule(Frozen):
    """A rule, the path of the measure it reads, and the cap that is its alone."""

    rule: Rule
    measure: str
    cap: Cap | None = None


@named
class Cell(Frozen):
    """The rules of a line and their common bounds.

    `asked`: measure path and name of each thing the rules ask about beside the line's own name.
    `reads_own`: some rule reads the line's own measure. `cap`, `adding_cap`, `earning_cap`: the most that the rules
    together take, add to the marks, or give as marks.
    """

    rules: tuple[CellRule, ...]
    asked: tuple[tuple[str, str], ...]
    reads_own: bool
    cap: Cap | None = None
    adding_cap: Cap | None = None
    earning_cap: Cap | None = None
    period_cap: PeriodCap | None = None
    exceed: bool = False


def cell_of(outline: Outline, draft: Draft) -> Cell | None:
    """The cell of a line: its own rules, else those of the nearest 各项; None where there are none."""
    spoken = next((layer for layer in own_layers(outline, draft) if said(layer, Rule) is not None), None)
    if spoken is None or draft.children:
        return None
    rules = said_all(spoken, Rule)
    names = _asked_names(draft, rules)
    caps = _caps(outline, draft, spoken)
    return Cell(
        rules=tuple(
            CellRule(rule=rule, measure=f"{draft.path}/{name}" if name else draft.path, cap=caps.own.get(i))
            for i, (rule, name) in enumerate(zip(rules, names, strict=True))
        ),
        asked=tuple((f"{draft.path}/{name}", name) for name in dict.fromkeys(names) if name),
        reads_own="" in names,
        cap=caps.whole["taken"],
        adding_cap=caps.whole["added"],
        earning_cap=caps.whole["earned"],
        period_cap=default(outline, draft, PeriodCap),
        exceed=default(outline, draft, MayExceed) is not None,
    )


# ---------------------------------------------------------------- what a rule asks about


def _asked_names(draft: Draft, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """For each rule the name of the thing it asks about, "" for the line's own measure."""
    names = _carried(rules, [_subject(draft, rule) for rule in rules])
    nouns = [_noun(draft, rule) if not name else "" for rule, name in zip(rules, names, strict=True)]
    subjects = {identity(name) for name in names if name}
    names = [noun if noun and identity(noun) in subjects else name for name, noun in zip(names, nouns, strict=True)]
    if _nouns_differ(rules, names, nouns):
        names = [name or noun for name, noun in zip(names, nouns, strict=True)]
    names = _with_the_others(rules, _one_spelling(names))
    asked = len(set(names)) > 1 or any(_denies(draft, rule) for rule in rules)
    return tuple(names) if asked else ("",) * len(names)


def _carried(rules: tuple[Rule, ...], names: list[str]) -> list[str]:
    """合格率≥98%得满分，每低1个百分点扣2分，低于90%不得分: what is compared stays the same until another is named."""
    carried: list[str] = []
    value = ""
    for rule, name in zip(rules, names, strict=True):
        compares = isinstance(rule.trigger, RangeTrigger | StepTrigger)
        if name:
            value = name if compares else ""
        carried.append(name or (value if compares else ""))
    return carried


def _with_the_others(rules: tuple[Rule, ...], names: list[str]) -> list[str]:
    """有预案得10分，其余情况不得分: the rest of the cases is the rest of what the rule before it asks about."""
    found: list[str] = []
    for rule, name in zip(rules, names, strict=True):
        rest = isinstance(rule.trigger, AlwaysTrigger) and not isinstance(rule.effect, Proportion)
        found.append(found[-1] if found and rest and choice(rule.effect) is None else name)
    return found


def _denies(draft: Draft, rule: Rule) -> bool:
    """Whether a condition turns its line's name round: `公示：未公示的`, where 公示 yes would read as not posted."""
    if not isinstance(rule.trigger, ConditionTrigger):
        return False
    asked = rule.trigger.text
    return draft.head.name.identity in asked.identity and _DENIAL.search(fold(asked.text)) is not None


def _subject(draft: Draft, rule: Rule) -> str:
    """The subject of a rule and the text of its condition, as one name; "" where it speaks of the line itself."""
    words = [rule.subject.text] if rule.subject is not None and not _is_own(draft, rule.subject.identity) else []
    if isinstance(rule.trigger, ConditionTrigger) and not _is_own(draft, rule.trigger.text.identity):
        words.append(rule.trigger.text.text)
    return _joined(words)


def _is_own(draft: Draft, name: str) -> bool:
    return name == draft.head.name.identity or name in _OWN


def _joined(words: list[str]) -> str:
    blank = " " if words and words[0].isascii() else ""
    return blank.join(words)


def _noun(draft: Draft, rule: Rule) -> str:
    """What a count counts, where its words name something: `每缺一项` asks about 缺."""
    if not isinstance(rule.trigger, CountTrigger):
        return ""
    noun = rule.trigger.noun.strip()
    general = _GENERAL.fullmatch(fold(noun)) is not None or _is_own(draft, identity(noun))
    return "" if general else noun


def _nouns_differ(rules: tuple[Rule, ...], names: list[str], nouns: list[str]) -> bool:
    """Whether the rules without a subject ask about more than one thing."""
    own = [i for i, name in enumerate(names) if not name]
    different = {identity(nouns[i]) for i in own if nouns[i]}
    return len(different) > 1 or (len(different) == 1 and any(not nouns[i] and not _may_count(rules[i]) for i in own))


def _may_count(rule: Rule) -> bool:
    """Whether a rule without words of its own may speak of the number that a count beside it counts."""
    match rule.trigger:
        case RangeTrigger(interval=interval):
            return interval.unit in (Unit.TIME, Unit.NUMBER)
        case CountTrigger():
            return False
        case LateTrigger(unit=unit):
            return unit is None
        case _:
            return False


def _one_spelling(names: list[str]) -> list[str]:
    """The same name in the spelling of its first mention."""
    first: dict[str, str] = {}
    return [first.setdefault(identity(name), name) for name in names]


# ---------------------------------------------------------------- caps


# What a rule, or a cap, is about: points that are taken, added to the marks, or earned as marks.
Sort = Literal["taken", "added", "earned"]
SORTS: tuple[Sort, ...] = ("taken", "added", "earned")


@named
class _Caps(Frozen):
    own: dict[int, Cap]
    whole: dict[Sort, Cap | None]


def _caps(outline: Outline, draft: Draft, spoken: tuple[Sentence, ...]) -> _Caps:
    """Which cap bounds which rule, and which the whole cell.

    A cap that says 本项, 合计, 累计 or 扣完为止, or the only one of its sort behind all rules of that sort, bounds the
    cell; of several each belongs to the rule right before it, and so does one that says 该条 or stands between rules.
    """
    placed = _placed(spoken) or _placed(next((s for s in own_layers(outline, draft) if said(s, Cap)), ()))
    rules, own = said_all(spoken, Rule), dict[int, Cap]()
    whole: dict[Sort, Cap | None] = {}
    for sort in SORTS:
        last = max((n for n, rule in enumerate(rules) if sort_of(rule) == sort), default=-1)
        whole[sort], of_rules = _shared([(cap, i) for cap, i, about in placed if about == sort], last)
        own |= {n: cap for n, cap in of_rules.items() if sort_of(rules[n]) == sort}
    return _Caps(own=own, whole=whole)


def _placed(sentences: Iterable[Sentence]) -> list[tuple[Cap, int, Sort]]:
    """Each cap, the number of the rule right before it, and what it bounds."""
    placed: list[tuple[Cap, int, Sort]] = []
    before, number = None, -1
    for sentence in sentences:
        if isinstance(sentence, Rule):
            before, number = sentence, number + 1
        elif isinstance(sentence, Cap):
            beside_addition = before is not None and isinstance(before.effect, Add)
            placed.append((sentence, max(number, 0), "added" if beside_addition else bounded(sentence)))
    return placed


def bounded(cap: Cap) -> Sort:
    """What a cap bounds by its own words."""
    return "added" if cap.adding else "earned" if cap.earning else "taken"


def sort_of(rule: Rule) -> Sort | None:
    """What a rule does with points; None where no cap bounds it."""
    match rule.effect:
        case Deduct() | Share():
            return "taken"
        case Add():
            return "added"
        case Score():
            return "earned"
        case _:
            return None


def _shared(caps: list[tuple[Cap, int]], last: int) -> tuple[Cap | None, dict[int, Cap]]:
    """The cap of the whole cell, and the caps of single rules by their number."""
    if len(caps) == 1 and not caps[0][0].own and (_of_all(caps[0][0]) or caps[0][1] >= last):
        return caps[0][0], {}
    whole = next((cap for cap, _ in caps if _of_all(cap)), None)
    return whole, {number: cap for cap, number in caps if cap is not whole}


def _of_all(cap: Cap) -> bool:
    return cap.whole_item or cap.points is None
