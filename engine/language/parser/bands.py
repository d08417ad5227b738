"""Grades and their ranges: listed behind 等级, or told in prose (得分在85分以上的为优秀，…)."""

import re
from dataclasses import replace

from engine.language import syntax as s
from engine.language.parser.building.parts import Ambiguous, Misplaced
from engine.language.parser.cells import Cell, read_part, segments, trimmed
from engine.language.parser.labels import labelled
from engine.language.parser.recogniser import read
from engine.language.parser.tree import Unread
from engine.language.parser.words import alternatives
from engine.language.seldom import Seldom
from engine.language.text import Text, blanks, in_english
from engine.source import Source

UNQUOTED = r'(?=(?:[^"]*"[^"]*")*[^"]*$)'  # behind it stand whole pairs of quotes


# What is graded, before its range: 考核得分在90分以上, 优秀：得分≥95. It is the line's own score.
_GRADED = Seldom(
    r"(?:^|(?<=:))\s*(?i:(?:an? |the )?(?:[a-z]+ )?(?:scores?|scoring) (?:of |from |between )?)"
    r"(?=[\d≥≤<>]|(?i:below|above|under|over|at)\b)|"
    r"(?:^|(?<=:))\s*[^\W\da-zA-Z_]{0,6}(?:得分|总分|分数|评分|成绩|考核分|分值|积分)\s*(?:在|为|是|达到|达|介于)?\s*"
    r"(?=[\d≥≤<>]|(?:大于|小于|低于|高于|不低于|不高于|不足|未满|超过)\s*\d)",
    signs=("scor", "分值", "分数", "得分", "总分", "成绩", "积分", "考核分", "评分"),
)
# 90分以上的，评为优秀; 90-100：优秀: what joins a grade to its range is read as 为.
_CALLED = Seldom(
    r"(?<=[\d分上下内)])(?:的|者|时)?[\s,]*[则即]?(?:评定|评|认定|确定|判定|判|定|列|记|视)?[为是](?=[^\W\d_])"
    r"|(?<=[\d分上下内)])(?:(?:的|者)?[\s,]*(?:属于|属)|\s*:\s*)(?=[^\W\d_])|(?i:(?<=above|under|lower)|(?<=below|fewer)|(?<=more|over|less))\s*:\s*(?=[^\W\d_])",
    signs=(":", "above", "below", "fewer", "less", "lower", "more", "over", "under", "为", "属", "是"),
)
_SAID = re.compile(r"[为是属]|\(\s*[\d<>≥≤]|(?:得分|总分|分数|成绩)\s*[<>≥≤]")
_SCORING = re.compile("[每扣减加计记]|得(?!分)")
_NUMBER = re.compile(r"[\d一二两三四五六七八九十半]")  # no range is without one


_OF_A_RULE = r"\b(?:marks?|points?|pts?|credit|zero|nothing|none|deduct|lose|minus|add|plus)\b"


def band_pieces(text: Text) -> list[Text]:
    """The bands of a list: cut at ; 。 and, where each piece is label and range, at , and 、."""
    text = labelled(text)
    text = Text(text.shown, _CALLED.sub(lambda m: "为".rjust(len(m[0])), text.folded), text.offsets)
    pieces = [text.part(a, b) for a, b in segments(text)]
    parts: list[Text] = []
    for piece in pieces:
        start = 0
        for match in re.finditer(rf"、(?=\s*(?:[^\d、]+\(|\d|[^\W\d_]+\s*:?\s*[\d<>≥≤])){UNQUOTED}", piece.folded):
            parts.append(piece.part(start, match.start()))
            start = match.end()
        parts.append(piece.part(start, len(piece.folded)))
    return [_bare(p) for p in parts if p.folded.strip()]


def _bare(piece: Text) -> Text:
    """A band without the words for what is graded."""
    return Text(piece.shown, _GRADED.sub(blanks, piece.folded), piece.offsets)


def listed_bands(text: Text, body: Text, source: Source) -> Cell:
    """The bands of a list: `body` is what stands behind its word, `text` all of it."""
    cell = Cell(source)
    bands: list[s.Band] = []
    owner: s.BoundOwner | None = None
    for piece in band_pieces(body):
        words = trimmed(piece)
        said = re.search(
            rf"\s*(?:{alternatives('LOWER_OWNS')}|{alternatives('UPPER_OWNS')})\s*$", words.folded, re.IGNORECASE
        )
        if said:
            owner = read_part(cell, words.part(said.start(), said.end()), "sentence") or owner
            words = trimmed(words.part(0, said.start()))
        if words.folded:
            band = read_part(cell, words, "band")
            bands += [band] if band else []
    if bands and not cell.found:
        cell.take(s.Bands(_closed(tuple(bands)), owner, span=text.span(0, len(text.shown))))
    return cell


def _closed(bands: tuple[s.Band, ...]) -> tuple[s.Band, ...]:
    """优秀（90以上）、良好（80以上）: each 以上 ends where the next higher one begins."""
    closed: list[s.Band] = []
    for n, band in enumerate(bands):
        interval = band.interval
        others = [*bands[:n], *(later for later in bands[n:] if later.interval.high is None)]
        begins = {other.interval.low: other.interval.low_closed for other in others}
        higher = [low for low in begins if low is not None and interval.low is not None and low > interval.low]
        if interval.high is None and higher:
            owned = begins[min(higher)]
            interval = replace(interval, high=min(higher), high_closed=None if owned is None else not owned)
        closed.append(replace(band, interval=interval))
    return tuple(closed)


def bands_in_prose(text: Text, source: Source) -> Cell | None:
    """90分(含)以上为优秀，80-89分为良好…; A: 90 to 100, B: 80 to 89: bands without their word, or None."""
    said = _SAID.search(text.folded)
    pieces = band_pieces(text) if said or not _SCORING.search(text.folded) else []
    if len(pieces) < 2 or not all(_NUMBER.search(piece.folded) for piece in pieces):
        return None
    try:
        bands = [read(trimmed(piece), "band") for piece in pieces]
    except (Unread, Misplaced, Ambiguous):
        return None
    begun = all(re.match(r"\s*[\d<>≥≤]", piece.folded) for piece in pieces)
    named = in_english(text.shown) and not re.search(_OF_A_RULE, text.folded, re.IGNORECASE)
    if not (said or begun or named or all(band.interval.unit is s.Unit.POINT for band in bands)):
        return None
    return listed_bands(text, text, source)
