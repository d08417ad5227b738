"""What went wrong on a line that cannot be read, and what to write instead.

`grammar/mistakes.yaml` lists malformed forms, each with its code and the sentence to write; where none
fits, a misspelt keyword is looked for; last, the closest canonical sentence. A hint is given only where
it reads and keeps every number and the direction of what was written: a hint never changes the meaning.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from engine.diagnostics import Diagnostic
from engine.language.parser.building.parts import Ambiguous, Misplaced
from engine.language.parser.recogniser import read, reads, recognised
from engine.language.parser.spellings import EFFECTS, one_slip, spellings
from engine.language.parser.tree import Unread, leaves
from engine.language.parser.words import expression, words
from engine.language.text import Text, clean, fold, placed
from engine.resources import resource
from engine.source import Source, source_of

_NUMBERS = re.compile(r"\d+(?:\.\d+)?\s*(?:%|个?百分点|分钟|分|次|小时|天|个?工作日|points?|pp|hours?|days?)?")
# The words that carry an effect or a direction: a hint must have the same ones as the faulty text, in order.
_MEANING = re.compile(
    r"扣|减|加|奖|得|计|满分|低|高|超|少|多|上|下|不|未|至少|最多|deduct|lose|minus|add|plus|bonus|above|below|over|under|least|most|not\b|no\b",
    re.IGNORECASE,
)
# One of these more or less is the opposite (达达到 for 达到, not 达不到), or a range (扣1分至4分): no hint puts one in
# or takes one out.
_NEGATION = re.compile(r"[不未没无非至]|\bnot?\b", re.IGNORECASE)
_LIKENESS = 0.85
# A word this long (Chinese, English) is looked for where reading stopped, and anywhere.
_RECOGNISED, _RECOGNISED_ANYWHERE = (3, 4), (4, 5)


@cache
def _table() -> Mapping[str, Any]:
    import yaml  # a clean policy needs no list of mistakes

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(resource("grammar", "mistakes.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - our own file, every scalar a text


# ---------------------------------------------------------------- sentences


def misread_sentence(text: Text, source: Source, code: str = "E201", start: str = "sentence") -> Diagnostic:
    """The finding for a segment that the grammar does not read as `start`."""
    finders: tuple[Callable[[Text, Source, str], Diagnostic | None], ...] = (
        _bracket,
        _form,
        _blank_inside,
        misspelt_word,
        _glued,
        _closest,
    )
    for finder in finders:
        found = finder(text, source, start)
        if found:
            return found
    at = _stopped_at(text, start)
    good, rest = text.shown[:at].strip(), text.shown[at:].strip()
    case = "" if code != "E201" or not good else "partly" if rest else "unfinished"
    return Diagnostic(
        code=code, case=case, place=placed(text, source), args={"text": text.shown, "good": good, "rest": rest}
    )


def _bracket(text: Text, source: Source, start: str) -> Diagnostic | None:
    """E208: a bracket or quote without its other half; where it closes decides what a formula says."""
    at = unpaired(text.folded)
    if at is None:
        return None
    sign = text.shown[at]
    inside = text.part(0, len(text.folded.rstrip(" ,;。"))).shown
    closed = f"{inside}{_PAIRS[text.folded[at]]}" if text.folded[at] in _PAIRS else None
    hint = closed if closed and start != "formula" and reads(closed, start) is not None else None
    return Diagnostic(code="E208", place=placed(text, source, at, at + 1), hint=hint, args={"sign": sign})


_PAIRS = {"(": ")", "[": "]"}


def unpaired(folded: str) -> int | None:
    """Where a bracket or quote stands that has no other half; None where all are paired."""
    waiting: list[int] = []
    for i, c in enumerate(folded):
        if c in "([":
            waiting.append(i)
        elif c in ")]":
            # an interval may close with the other bracket: [80, 90)
            if not waiting:
                return i
            waiting.pop()
    if waiting:
        return waiting[0]
    quotes = [i for i, c in enumerate(folded) if c == '"']
    return quotes[-1] if len(quotes) % 2 else None


def _form(text: Text, source: Source, start: str) -> Diagnostic | None:
    for form in _table()["forms"]:
        match = re.search(form["pattern"], text.folded, re.IGNORECASE)
        if match is None:
            continue
        hint = form["hint"].format_map(_shown_groups(match, text)) if "hint" in form else None
        if form["code"] == "E206" and (hint is None or not _is_body(hint)):  # a name that only begins with the word
            continue
        keeps = hint is not None and (form["code"] == "E206" or _keeps(text.shown, hint, start))
        return Diagnostic(
            code=form["code"],
            case=form.get("case", ""),
            place=placed(text, source, *match.span()),
            hint=hint if keeps else None,
            args={"text": text.shown},
        )
    return None


def _is_body(words: str) -> bool:
    """Whether words read as a bullet."""
    from engine.language.parser.alone import read_body  # it asks here what is wrong with its parts

    cell = read_body(clean(words, 0), source_of("<body>", words))
    return bool(cell.sentences) and not cell.found


def _blank_inside(text: Text, source: Source, start: str) -> Diagnostic | None:
    """E201 with the sentence without the one blank inside a keyword that keeps it from being read."""
    said: list[str] = []
    for at in (match.start() for match in re.finditer(r"(?<=\w)\s(?=\w)", text.folded)):
        joined = f"{text.shown[:at]}{text.shown[at + 1 :]}"
        if reads(joined, start) is not None and _is_keyword(fold(joined), start, at - 1, at + 1):
            said.append(joined)
    if len(said) != 1:
        return None
    args = {"text": text.shown, "good": "", "rest": text.shown}
    return Diagnostic(code="E201", place=placed(text, source), hint=said[0], args=args)


def _shown_groups(match: re.Match[str], text: Text) -> dict[str, str]:
    return {name: text.shown[slice(*match.span(name))] for name in match.groupdict()}


def _keeps(written: str, hint: str, start: str) -> bool:
    """Whether a hint reads and keeps the numbers and the words that carry the meaning."""
    folded = clean(written, 0).folded
    same = _numbers(written) == _numbers(hint) and _words(written) == _words(hint)
    return same and _TORN_NUMBER.search(folded) is None and reads(hint, start) is not None


# .66, I.34, 1O: digits were lost, or are letters; no hint says which number was meant.
_TORN_NUMBER = re.compile(r"(?<![\d\s])\.\d|(?:^|\s)\.\d|(?<![A-Za-z])[lIOo][.\d]|\d[lIOo](?![A-Za-z])")


def _numbers(text: str) -> list[str]:
    return [re.sub(r"\s", "", n) for n in _NUMBERS.findall(clean(text, 0).folded)]


def _words(text: str) -> list[str]:
    return [w.lower() for w in _MEANING.findall(clean(text, 0).folded)]


def misspelt_word(text: Text, source: Source, start: str) -> Diagnostic | None:
    """E202: one word that is nearly a keyword, where only one reading makes the segment read.

    What is a keyword as it stands (不得分 without its condition) is not misspelt.
    """
    if any(re.fullmatch(expression(w), text.folded.strip(), re.IGNORECASE) for w in EFFECTS):
        return None
    at = _stopped_at(text, start)
    near = list(_near_words(text.folded))
    here = [n for n in near if n[0] <= at <= n[1] or at == len(text.folded)]
    return _repair(text, source, start, here) or _repair(
        text, source, start, [n for n in near if _long(n[2], _RECOGNISED_ANYWHERE)]
    )


def _long(word: str, least: tuple[int, int]) -> bool:
    return len(word) >= least[word.isascii()]


def _repair(text: Text, source: Source, start: str, near: list[tuple[int, int, str]]) -> Diagnostic | None:
    found: list[tuple[Any, int, int, str]] = []
    for begin, end, word in near:
        repaired = f"{text.folded[:begin]}{word}{text.folded[end:]}"
        meaning = reads(repaired, start)
        kept = meaning is not None and _numbers(repaired) == _numbers(text.folded)
        kept = kept and _TORN_NUMBER.search(text.folded) is None
        kept = kept and len(_NEGATION.findall(repaired)) == len(_NEGATION.findall(text.folded))
        if kept and _is_keyword(repaired, start, begin, begin + len(word)):
            # of two spellings with one meaning (个百分点, 百分点) the shorter names the slip better
            found = [f for f in found if f[0] != meaning]
            found.append((meaning, begin, end, word))
    if len(found) != 1:
        return None
    _, begin, end, word = found[0]
    hint = f"{text.shown[:begin]}{word}{text.shown[end:]}"
    place = placed(text, source, begin, end)
    return Diagnostic(code="E202", place=place, hint=hint, args={"word": text.shown[begin:end], "meant": word})


def _is_keyword(folded: str, start: str, begin: int, end: int) -> bool:
    """Whether the stretch is read as a keyword, and no number or limit as a name (规定时限限24小时)."""
    try:
        found = list(leaves(recognised(folded, start)))
    except Unread:  # read only after its ends were trimmed
        return False
    if any(t.type == "NAME" for t in found) and start == "sentence":
        return False
    return any(t.type in words() and t.start <= begin and t.end >= end for t in found)


def _near_words(folded: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of the text that differ from a keyword by one slip and are no keyword themselves."""
    letters, known = set(folded.lower()), frozenset(spellings())
    anywhere = range(len(folded) + 1)
    between_words = [at for at in anywhere if not _in_a_word(folded[max(0, at - 1) : at + 1])]
    for word in (w for w in spellings() if _long(w, _RECOGNISED)):
        if sum(c not in letters for c in word) > 1:
            continue
        size = len(word)
        cuts = between_words if word.isascii() else anywhere
        for length in (size, size - 1, size + 1):
            for begin in cuts:
                piece = folded[begin : begin + length].lower()
                if begin + length not in cuts or piece[0] != piece[0].strip() or piece in known:
                    continue
                if one_slip(piece, word):
                    yield begin, begin + length, word


def _in_a_word(two: str) -> bool:
    """Whether both of two neighbouring characters are English letters: no word of ours begins or ends between them."""
    return len(two) > 1 and two.isascii() and two.isalpha()


def _glued(text: Text, source: Source, start: str) -> Diagnostic | None:
    """E201: two whole sentences without a comma between them; with a colon the second is another line's."""
    at = _stopped_at(text, start)
    one, two = text.shown[:at].strip(), text.shown[at:].strip()
    if start != "sentence" or not one or not two or ":" in text.folded[at:]:
        return None
    if reads(one) is None or reads(two) is None:
        return None
    hint = f"{one}{', ' if text.shown.isascii() else '，'}{two}"
    args = {"text": text.shown, "good": one, "rest": two}
    return Diagnostic(code="E201", case="partly", place=placed(text, source), hint=hint, args=args)


_NEGATIVE = re.compile(r"(?<![\d分%])\s*-\s*\d")


def _closest(text: Text, source: Source, start: str) -> Diagnostic | None:
    """E201 with the closest canonical sentence and the author's numbers; never for a rule."""
    if start != "sentence" or re.search(r"每|\bper\b|\beach\b", text.folded, re.IGNORECASE):
        return None
    numbers = re.findall(r"\d+(?:\.\d+)?", text.folded)
    if _NEGATIVE.search(text.folded):  # the canonical sentences have no negative numbers
        return None
    from difflib import SequenceMatcher  # only what cannot be read needs it

    likeness: dict[str, float] = {}
    for sentence in _table()["sentences"]:
        if len(re.findall(r"\d+(?:\.\d+)?", sentence)) != len(numbers):
            continue
        remaining = iter(numbers)
        filled = re.sub(r"\d+(?:\.\d+)?", lambda _, left=remaining: next(left), sentence)
        likeness[filled] = SequenceMatcher(None, filled.lower(), text.folded.lower()).ratio()
    nearest = max(likeness.values(), default=0.0)
    near = [filled for filled, ratio in likeness.items() if ratio == nearest > _LIKENESS]
    if len(near) != 1:  # 权平均 may be 加权平均 or 等权平均
        return None
    (best,) = near
    if not (
        _same_letters(text.folded, best) and _nothing_dropped(text.folded, best) and _keeps(text.shown, best, start)
    ):
        return None
    return Diagnostic(
        code="E201", place=placed(text, source), hint=best, args={"text": text.shown, "good": "", "rest": text.shown}
    )


def _same_letters(folded: str, filled: str) -> bool:
    """In a Chinese sentence a Latin letter may be a lost digit (折合2x-100分): it is never dropped."""
    return folded.isascii() or re.findall(r"[A-Za-z]+", folded) == re.findall(r"[A-Za-z]+", filled)


_DROPPED_AT_MOST = 2


def _nothing_dropped(folded: str, filled: str) -> bool:
    """A second sentence in the text, or in the hint only, is neither dropped nor added, nor a word (deduct from 2)."""
    said = clean(filled, 0).folded
    return (
        len(said.split()) <= len(folded.split())
        and len(folded) - len(said) <= _DROPPED_AT_MOST * (1 + folded.isascii())
        and all((sign in folded) == (sign in said) for sign in ":、,")
    )


def _stopped_at(text: Text, start: str) -> int:
    """Where reading stopped: all before it makes sense so far."""
    try:
        read(text, start)
    except Unread as stopped:
        return stopped.at
    except (Misplaced, Ambiguous):  # it reads to its end, but makes no sense
        return len(text.folded)
    return len(text.folded)
