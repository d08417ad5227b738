"""What may stand where: lines under lines, and each thing said once (E106 to E109)."""

import re
from collections.abc import Callable, Iterable, Mapping

from engine.diagnostics import Diagnostic, listed
from engine.language import syntax as s
from engine.language.parser.recogniser import reads
from engine.language.text import fold
from engine.source import Source, place_of

# Sentences that fill the same place: saying two of one group leaves open which holds.
_ONCE: tuple[tuple[type[s.Node], ...], ...] = (
    (s.Rounding,),
    (s.Missing,),
    (s.Target,),
    (s.TimeLimit,),
    (s.Survey, s.KindIs),
    (s.Scale,),
    (s.OverUnits,),
    (s.Combine, s.DeductFrom, s.AddUp, s.Fuzzy),
    (s.Normalise,),
    (s.ItemCount,),
    (s.GradeOn,),
    (s.BoundOwner,),
    (s.Bands,),
    (s.StepPercent,),
    (s.MinimumSample,),
)
_PLACES: Mapping[type[s.Node], int] = {kind: place for place, group in enumerate(_ONCE) for kind in group}
# Sentences of which there may be several, but no two that say the same.
_NEVER_AGAIN: tuple[type[s.Node], ...] = (s.Rule, s.Veto)
_MEASURING = (s.Survey, s.KindIs, s.Target, s.TimeLimit, s.Rule)


def misplaced(line: s.Line, *, empty: bool, source: Source) -> list[Diagnostic]:
    """E106 to E109 of one line; `empty`: a colon stands with nothing behind it."""
    found = said_twice((*line.sentences, *line.bullets), source)
    if line.children:
        child = line.children[0]
        measuring = next((x for x in line.sentences if isinstance(x, _MEASURING)), None)
        if len(line.heads) > 1:
            found.append(Diagnostic(code="E106", place=place_of(source, child.span), args={"group": _named(line)}))
        elif measuring is not None:
            place, related = place_of(source, child.span), (place_of(source, measuring.span),)
            found.append(Diagnostic(code="E107", place=place, related=related, args={"name": _named(line)}))
    elif empty and not line.bullets and not line.broken:
        found.append(Diagnostic(code="E108", place=place_of(source, line.span), args={"name": _named(line)}))
    return found


def _named(line: s.Line) -> Mapping[str, str]:
    return listed(head.name.text for head in line.heads)


# What no clause and no department is called: the sign of a formula, a colon (but that of ISO 9001:2015), a dash with a
# blank.
_RUN_ON = re.compile(r"=|:(?!\d{4}\b)|-\s")


def words_astray(sentences: Iterable[s.Sentence], source: Source, is_cell: Callable[[str], bool]) -> list[Diagnostic]:
    """E208, E231, W110: the words of a clause or a department with half a pair of brackets, or with the next line.

    E231 where what stands behind the sign is what a line has there: a formula, or a cell. A bracket that closes what
    was not opened is no fault: 依据5.1 a).
    """
    found: list[Diagnostic] = []
    for told in sentences:
        match told:
            case s.Basis(text=words) | s.Owner(text=words):
                pass
            case s.Feedback(departments=departments):
                words = "、".join(departments)
            case _:
                continue
        line, folded = source.text[told.span.start : told.span.end], fold(words)
        sign = _RUN_ON.search(folded)
        if folded.count("(") > folded.count(")"):
            found.append(Diagnostic(code="E208", place=place_of(source, told.span), args={"sign": "("}))
        elif sign:
            rest = words[sign.end() :]
            whole = reads(rest, "formula") is not None if sign[0] == "=" else is_cell(rest)
            code, case = ("E231", "") if whole else ("W110", "words")
            found.append(Diagnostic(code=code, case=case, place=place_of(source, told.span), args={"line": line}))
    return found


def said_twice(sentences: tuple[s.Sentence, ...], source: Source) -> list[Diagnostic]:
    """E109: two sentences of one line that answer the same question."""
    found: list[Diagnostic] = []
    places = [_PLACES.get(type(x)) for x in sentences]
    for place in sorted({place for place in places if place is not None and places.count(place) > 1}):
        said = [x for x, its in zip(sentences, places, strict=True) if its == place]
        found += [_again(said[0], again, source) for again in said[1:]]
    found += _twice_on_a_scale(sentences, source)
    for kind in _NEVER_AGAIN:
        seen: list[s.Sentence] = []
        for again in [x for x in sentences if isinstance(x, kind)]:
            if again in seen and not _of_other_things(seen[seen.index(again)], again):
                found.append(_again(seen[seen.index(again)], again, source))
            seen.append(again)
    for each in (x for x in sentences if isinstance(x, s.Each)):
        found += said_twice(each.sentences, source)
    return found


def _of_other_things(one: s.Sentence, two: s.Sentence) -> bool:
    """缺一项扣1分，错一处扣1分: the same points, but what is counted differs."""
    nouns = [x.trigger.noun for x in (one, two) if isinstance(x, s.Rule) and isinstance(x.trigger, s.CountTrigger)]
    return len(set(nouns)) > 1


def _again(first: s.Node, again: s.Node, source: Source) -> Diagnostic:
    place, before = place_of(source, again.span), place_of(source, first.span)
    return Diagnostic(code="E109", place=place, related=(before,), args={"first": str(before.line)})


def _twice_on_a_scale(sentences: tuple[s.Sentence, ...], source: Source) -> list[Diagnostic]:
    """A place among the units that says its points (以各单位最低至最高折合0-100分) leaves a scale nothing to say."""
    maps = [x for x in sentences if isinstance(x, s.Scale) or (isinstance(x, s.OverUnits) and x.to_low is not None)]
    return [_again(maps[0], again, source) for again in maps[1:] if type(again) is not type(maps[0])]
