"""A cell: its segments, and the sentence that each, alone or with the next, makes."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from engine.diagnostics import Diagnostic
from engine.language import syntax as s
from engine.language.parser.building.parts import Ambiguous, Misplaced, are_several
from engine.language.parser.building.subjects import one_and_several, told_apart
from engine.language.parser.doubts import doubts, half_between, nothing_taken, one_case
from engine.language.parser.preparing import prepared
from engine.language.parser.recogniser import read, read_sentence
from engine.language.parser.tree import Unread
from engine.language.seldom import Seldom
from engine.language.text import Text, in_english
from engine.source import Source, Span, place_of

_SIGNS = re.compile(r'[",;。.()\[\]]')
_JOINED_AT_MOST = 4  # segments that may make one sentence: a subject, a trigger, an effect, a bound
_LISTED_AT_MOST = 10  # and where commas alone part them: what a subject lists


def segments(text: Text) -> list[tuple[int, int]]:
    """Where the segments of a cell stand: cut at , ; 。 and full stops outside brackets and quotes, ends trimmed."""
    cuts, depth, quoted = [-1], 0, False
    for sign in _SIGNS.finditer(text.folded):
        c = sign[0]
        if c == '"':
            quoted = not quoted
        elif not quoted and c in "([":
            depth += 1
        elif not quoted and c in ")]":
            depth = max(0, depth - 1)
        elif not quoted and depth == 0 and (c != "." or _ends(text.folded, cuts[-1] + 1, sign.start())):
            cuts.append(sign.start())
    cuts.append(len(text.folded))
    pieces = [(a + 1, b) for a, b in pairwise(cuts)]
    return [(a, b) for a, b in pieces if text.folded[a:b].strip(" .")]


_NEXT_SENTENCE = Seldom(r"\.\s+[A-Z]|(?<=[a-z]{4})\.\s+\d")
_LISTED = Seldom(r"\s*\w{0,3}")
_SHORTENED = Seldom(r"(?:^|\W)(?:e\.g|i\.e|etc|vs|approx|no|incl|excl|max|min)$", re.IGNORECASE)


def _ends(folded: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` ends an English sentence; that behind a list's number or in e.g. does not."""
    said = folded[start:stop]
    whole = _NEXT_SENTENCE.match(folded, stop) and not _LISTED.fullmatch(said)
    return bool(whole) and not _SHORTENED.search(said)


class Cell:
    """The reading of one cell: sentences found, and what could not be read."""

    __slots__ = ("found", "sentences", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.sentences: list[s.Sentence] = []
        self.found: list[Diagnostic] = []

    def report(self, code: str, span: Span, case: str = "", hint: str | None = None, **args: str) -> None:
        """Add a finding at a span of the source."""
        self.found.append(Diagnostic(code=code, place=place_of(self.source, span), case=case, hint=hint, args=args))

    def take(self, found: Any) -> None:
        """Add what a segment says: one sentence or a rule with its bounds."""
        for sentence in found if are_several(found) else [found]:
            self.sentences.append(_bounding(sentence, self.sentences, self.source))


_OF_DEDUCTION = Seldom("扣|减|deduct", re.IGNORECASE)


def _bounding(sentence: s.Sentence, before: list[s.Sentence], source: Source) -> s.Sentence:
    """A cap that does not say what it bounds bounds additions where the rule before it adds, marks where it gives some
    (每项得5分，最高15分).
    """
    rules = [b.effect for b in before if isinstance(b, s.Rule)]
    if not isinstance(sentence, s.Cap) or sentence.points is None or not rules:
        return sentence
    if _OF_DEDUCTION.search(source.text[sentence.span.start : sentence.span.end]):
        return sentence
    match rules[-1]:
        case s.Add():
            return replace(sentence, adding=True, earning=False)
        case s.Score():
            return replace(sentence, earning=True)
        case _:
            return sentence


def read_cell(text: Text, source: Source) -> Cell:
    """All sentences of a cell, and a finding for each segment that cannot be read."""
    cell = Cell(source)
    text = prepared(text)
    pieces = segments(text)
    i = 0
    while i < len(pieces):
        i += _read_segment(text, pieces[i:], cell)
    told = told_apart(one_and_several(cell.sentences))
    cell.sentences = nothing_taken(half_between(one_case(told, source)), source)
    for place, readings in doubts(cell.sentences, source):
        cell.report("E213", place, **readings)
    return cell


def _read_segment(text: Text, pieces: list[tuple[int, int]], cell: Cell) -> int:
    """Read the first piece, alone or with the next ones; how many were used."""
    alone = trimmed(text.part(*pieces[0]))
    for used in range(1, min(len(pieces), _LISTED_AT_MOST) + 1):
        if used > 1 and _torn(text.folded, pieces[used - 2], pieces[used - 1]):
            break
        if used > _JOINED_AT_MOST and set(text.folded[pieces[0][0] : pieces[used - 1][0]]) & set(";。"):
            break
        joined, used_all = alone if used == 1 else trimmed(_blanked(text, pieces[:used])), used
        try:
            used_all, found = _with_list(text, pieces, used, read_sentence(joined))
            if are_several(found) and any(_misspelt_effect(text.folded[slice(*piece)]) for piece in pieces[: used - 1]):
                break
            cell.take(found)
        except Unread:
            continue
        except Misplaced as wrong:
            if used == 1 and wrong.case == "no_trigger" and len(pieces) > 1:
                continue
            cell.found.append(_misplaced(alone if used == 1 else joined, wrong, cell.source))
        except Ambiguous as two:
            cell.report("E213", two.span, **two_readings(joined, two))
        return used_all
    if not _read_parted(alone, cell):
        from engine.language.parser.mistakes import misread_sentence  # only what cannot be read needs it

        cell.found.append(misread_sentence(alone, cell.source))
    return 1


def _misspelt_effect(piece: str) -> bool:
    """Whether a segment that would become part of a subject is an effect but for one slip (不得份；…的，扣2分)."""
    from engine.language.parser.spellings import nearly_an_effect  # only several segments together need it

    return nearly_an_effect(piece.strip())


_LAST_OF_LIST = r"\s*(?i:or|and|nor)\s"


def _with_list(text: Text, pieces: list[tuple[int, int]], used: int, found: Any) -> tuple[int, Any]:
    """Deduct 2 if it leaks, smells, or drips: what was read, with the pieces that go on with its condition."""
    if not _is_asked(found):
        return used, found
    for more in range(used + 1, min(len(pieces), used + _LISTED_AT_MOST) + 1):
        if text.folded[pieces[more - 2][1]] != ",":
            break
        if re.match(_LAST_OF_LIST, text.folded[slice(*pieces[more - 1])]):
            try:
                longer = read_sentence(trimmed(_blanked(text, pieces[:more])))
            except (Unread, Misplaced, Ambiguous):
                break
            return (more, longer) if _is_asked(longer) else (used, found)
    return used, found


def _is_asked(found: Any) -> bool:
    """Whether a sentence is one rule that ends with what it asks or counts."""
    rule = found[0] if are_several(found) and len(found) == 1 else None
    return (
        isinstance(rule, s.Rule)
        and isinstance(rule.trigger, s.ConditionTrigger | s.CountTrigger)
        and rule.effect.span.start < rule.trigger.span.start
    )


_ENUMERATION = Seldom("、")
# and lose 2 points, where a rule ends and another begins
_AND = Seldom(r"\s(?:and|but|while)(?:\s+then)?(?=\s)", re.IGNORECASE)


def _read_parted(text: Text, cell: Cell) -> bool:
    """按修约值定级、缺数报错; add 2 per idea and deduct 3 per error: a comma, where each part is a sentence."""
    for sign in (_ENUMERATION, _AND):
        cuts = [(m.start(), m.end()) for m in sign.finditer(text.folded)]
        ends = [(0, 0), *cuts, (len(text.folded), 0)]
        parts = [trimmed(text.part(a[1], b[0])) for a, b in pairwise(ends)]
        try:
            found = [read(part, "sentence") for part in parts] if cuts else []
        except (Unread, Misplaced, Ambiguous):
            continue
        for sentence in found:
            cell.take(sentence)
        if found:
            return True
    return False


def _misplaced(text: Text, wrong: Misplaced, source: Source) -> Diagnostic:
    """What makes no sense as it stands: the misspelt keyword that made it so, if there is one, else what is wrong."""
    from engine.language.parser.mistakes import misspelt_word  # only what cannot be read needs it

    misspelt = misspelt_word(text, source, "sentence") if wrong.code == "E201" else None
    place = place_of(source, wrong.span)
    return misspelt or Diagnostic(code=wrong.code, place=place, case=wrong.case, args=wrong.values)


def two_readings(text: Text, two: Ambiguous) -> dict[str, str]:
    """Both sentences to choose from: 每投诉2次扣5分 and 投诉2次以上扣5分, in the words of the text."""
    if two.readings:
        return dict(zip(("first", "second"), two.readings, strict=True))
    end = text.offsets.index(two.span.end - 1) + 1
    when, then = text.shown[:end], text.shown[end:]
    if in_english(text.shown):
        then = then.strip(" ,:")
        return {"first": f"{then} per {when}", "second": f"{then} if {when} and above"}
    return {"first": f"每{text.shown}", "second": f"{when}以上{then}"}


def _torn(folded: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the separator tears a number from its sign or verb (扣，5分; 98，%): nothing is joined over that."""
    left, right = folded[slice(*before)].rstrip(), folded[slice(*after)].lstrip()
    return right[:1] == "%" or (right[:1].isdigit() and left[-1:] in "扣减加得罚奖0123456789")


def trimmed(text: Text) -> Text:
    """Without blanks and the full stop at its end."""
    text = text.stripped()
    while text.folded.endswith((".", "。", "!")):
        text = text.part(0, len(text.folded) - 1).stripped()
    return text


def _blanked(text: Text, pieces: list[tuple[int, int]]) -> Text:
    start, end = pieces[0][0], pieces[-1][1]
    whole = text.part(start, end)
    for _, stop in pieces[:-1]:
        whole = whole.blanked(stop - start)
    return whole


def read_part(cell: Cell, text: Text, start: str, code: str = "E201") -> Any:
    """Read one part; a finding and None where it cannot be read."""
    text = trimmed(text)
    try:
        return read(text, start)
    except Unread:
        from engine.language.parser.mistakes import misread_sentence  # only what cannot be read needs it

        cell.found.append(misread_sentence(text, cell.source, code, start))
    except Misplaced as wrong:
        cell.report(wrong.code, wrong.span, wrong.case, **wrong.values)
    except Ambiguous as two:
        cell.report("E213", two.span, **two_readings(text, two))
    return None
