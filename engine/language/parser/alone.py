"""Sentences that stand alone on their line: bands, vetoes, fuzzy evaluation, defaults, names, notes."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from engine.language import syntax as s
from engine.language.parser.bands import UNQUOTED, band_pieces, bands_in_prose, listed_bands
from engine.language.parser.cells import Cell, read_cell, read_part, segments, trimmed
from engine.language.parser.lost_signs import decimal_sign
from engine.language.parser.plain_english import plain_english
from engine.language.parser.recogniser import reads
from engine.language.parser.words import alternatives, beginnings, expression
from engine.language.text import Text, blanks
from engine.source import Source


@cache
def _beginnings() -> tuple[str, ...]:
    """What a sentence that stands alone can begin with."""
    return tuple(begin for terminal, _ in _ALONE for begin in beginnings(terminal) or ())


@cache
def _leading(terminal: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{expression(terminal)})\s*:?\s*", re.IGNORECASE)


def read_body(text: Text, source: Source) -> Cell:
    """A bullet, or what stands after a line's colon."""
    text = plain_english(text)
    wrong = decimal_sign(text, source)
    if wrong:
        cell = Cell(source)
        cell.found.append(wrong)
        return cell
    lost = _lost_colon(text, source)
    if lost:
        return lost
    lowered = text.folded.lower()
    for terminal, reader in _ALONE if lowered.startswith(_beginnings()) else ():
        match = _leading(terminal).match(text.folded)
        if match:
            return reader(text, text.part(match.end(), len(text.folded)), source)
    if any(word in lowered for word in beginnings("VETO") or ()) and _veto_inside().search(text.folded):
        return _veto(text, text, source)
    return bands_in_prose(text, source) or read_cell(text, source)


def _lost_colon(text: Text, source: Source) -> Cell | None:
    """E206: 等级 优秀(100-90)…, 等级优秀(100-90)…: a list of grades without the colon after its word.

    等级A(100-90)；等级B(90-80) are grades that are called so.
    """
    if not text.folded.lower().startswith(_beginnings()):
        return None
    match = re.match(
        rf"((?P<bands>{alternatives('BANDS')})|{alternatives('FUZZY')})(?P<gap>\s*)(?=[^:;,(\[=]{{1,40}}[(\[=])",
        text.folded,
        re.IGNORECASE,
    )
    if match is None or (not match["gap"] and all(p.folded.lstrip().startswith(match[1]) for p in band_pieces(text))):
        return None
    body = text.part(match.end(), len(text.folded))
    said = (listed_bands if match["bands"] else _fuzzy)(text, body, source)
    if said.found:  # a name that begins so: 等级评审每逾期1周(含不足1周)扣1分
        return None
    cell = Cell(source)
    word = text.shown[: match.end(1)]
    hint = f"{word}{': ' if word.isascii() else '：'}{body.shown}"
    cell.report("E206", text.span(0, match.end(1)), "keyword", hint, text=word)
    return cell


@cache
def _without_dash() -> re.Pattern[str]:
    return re.compile("|".join(alternatives(t) for t in ("BANDS", "VETO", "FUZZY", "EACH_ITEM", "NOTE")), re.IGNORECASE)


def is_of_bullet(folded: str) -> bool:
    """Whether these words begin a bullet and are no indicator's name: 等级, 一票否决, 各项, 注."""
    return folded.lower().startswith(_beginnings()) and _without_dash().fullmatch(folded) is not None


# How the whole policy is calculated; a line of its own that says only this has lost its dash.
CONVENTIONS = (s.Rounding, s.Missing, s.GradeOn, s.BoundOwner, s.PartSteps, s.StepPercent)
_CONVENTION_WORDS = (
    "HALF_UP", "HALF_EVEN", "ROUND_DOWN", "ROUND_UP", "NO_ROUNDING", "MISSING", "ON_ROUNDED", "ON_FULL",
    "LOWER_OWNS", "UPPER_OWNS", "PARTS_NONE", "PARTS_WHOLE", "PARTS_SHARE", "STEP_IS_PP", "STEP_IS_PCT",
)  # fmt: skip


@cache
def convention_words() -> tuple[str, ...]:
    """What such a line begins with."""
    return tuple(begin for terminal in _CONVENTION_WORDS for begin in beginnings(terminal) or ())


@cache
def _next_bullet() -> re.Pattern[str]:
    return re.compile(rf"(?:[。.;,]|\s)\s*(-\s*(?:{_without_dash().pattern})\s*:)", re.IGNORECASE)


@cache
def _veto_inside() -> re.Pattern[str]:
    return re.compile(rf"[,;\s]\s*(?:{alternatives('VETO')})\s*[,:;]?", re.IGNORECASE)


@cache
def _outcome(*, english: bool) -> re.Pattern[str]:
    words = (alternatives(t, english=english) for t in ("SCORES", "NONE", "GRADES_AS", "CEILING", "CAP_EARN"))
    return re.compile("|".join(words), re.IGNORECASE)


def _veto(text: Text, body: Text, source: Source) -> Cell:
    """一票否决：trigger, effect; 发生X的，一票否决，得0分: the separators are read as blanks."""
    cell = Cell(source)
    folded = _veto_inside().sub(blanks, body.folded)
    blanked = Text(body.shown, re.sub(r"[,;]", " ", folded), body.offsets)
    if not _outcome(english=bool(re.search("[A-Za-z]", body.folded))).search(blanked.folded):
        cell.report("E205", text.span(0, len(text.shown)), "veto", text=text.shown)
        return cell
    veto = read_part(cell, blanked, "veto")
    if veto:
        cell.take(replace(veto, span=text.span(0, len(text.shown))))
    return cell


def _fuzzy(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    grades: list[tuple[s.Name, Any]] = []
    operator, membership = s.Operator.WEIGHTED_AVERAGE, False
    for start, end in segments(body):
        piece = trimmed(body.part(start, end))
        known = _fuzzy_word(piece.folded)
        if isinstance(known, s.Operator):
            operator = known
        elif known is not None:
            membership = known
        else:
            for a, b in _enumerated(piece.folded):
                grade = read_part(cell, piece.part(a, b), "grade_value")
                grades += [grade] if grade else []
    if not cell.found:
        cell.take(s.Fuzzy(tuple(grades), operator, membership, span=text.span(0, len(text.shown))))
    return cell


def _fuzzy_word(folded: str) -> s.Operator | bool | None:
    words: tuple[tuple[str, s.Operator | bool], ...] = (
        ("WEIGHTED_AVERAGE_OPERATOR", s.Operator.WEIGHTED_AVERAGE),
        ("MAX_MIN_OPERATOR", s.Operator.MAX_MIN),
        ("MAX_PRODUCT_OPERATOR", s.Operator.MAX_PRODUCT),
        ("BY_GRADE_VALUES", False),
        ("BY_MEMBERSHIP", True),
    )
    return next((v for t, v in words if re.fullmatch(expression(t), folded.strip(), re.IGNORECASE)), None)


def _enumerated(folded: str) -> list[tuple[int, int]]:
    cuts = [-1, *(m.start() for m in re.finditer(f"、{UNQUOTED}", folded)), len(folded)]
    return [(a + 1, b) for a, b in pairwise(cuts)]


def _each(text: Text, body: Text, source: Source) -> Cell:
    cell = read_cell(body, source)
    if cell.sentences:
        cell.sentences = [s.Each(tuple(cell.sentences), span=text.span(0, len(text.shown)))]
    return cell


def _let(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    named = read_part(cell, body, "let")
    if named:
        cell.take(s.Let(*named, span=text.span(0, len(text.shown))))
    return cell


def _note(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    swallowed = _next_bullet().search(body.folded) if "-" in body.folded else None
    if swallowed:
        words = body.shown[swallowed.start(1) :]
        cell.report("E105", body.span(swallowed.start(1), len(body.shown)), "note", line=words)
    else:
        _report_swallowed_line(cell, body)
    cell.take(s.Note(body.shown.strip(), span=text.span(0, len(text.shown))))
    return cell


# Where a line may begin that a note has swallowed: behind a full stop or several blanks; its head, and its cell.
_SWALLOWED = r"(?:(?<=[。.;!?])\s*|\s{2,})(?=\S)(?P<head>[^\s,;:。!?][^,;:。!?]{0,400}?)(?:$|:\s*(?P<cell>\S.*))"


def _report_swallowed_line(cell: Cell, body: Text) -> None:
    """W110: an indicator's whole line behind the words of a note; what a note says is never calculated."""
    if not re.search(r":|———|(?:%|分|points?)\s*$", body.folded):
        return
    line = re.search(_SWALLOWED, body.folded)
    if line is None:
        return
    heads, chain = reads(body.shown[slice(*line.span("head"))], "head") or ((), False)
    said = read_body(body.part(*line.span("cell")), cell.source) if line["cell"] else None
    if heads and ((said and said.sentences and not said.found) or (said is None and (chain or heads[-1].weight))):
        place = body.span(line.start("head"), len(body.shown))
        cell.report("W110", place, "note", line=body.shown[line.start("head") :])


def _accept(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    match = re.match(r"([EWew]\d{3})\s*[:,]?\s*", body.folded)
    code, reason = (match[1].upper(), body.shown[match.end() :].strip()) if match else ("", "")
    cell.take(s.Accept(code, reason, span=text.span(0, len(text.shown))))
    return cell


_ALONE = (
    ("BANDS", listed_bands),
    ("VETO", _veto),
    ("FUZZY", _fuzzy),
    ("EACH_ITEM", _each),
    ("LET", _let),
    ("NOTE", _note),
    ("ACCEPT", _accept),
)
