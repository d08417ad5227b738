"""The scheme's text to syntax, line by line: a line that cannot be read never hides its neighbours.

A logical line is a head (names, keys, weights) and, after the first colon, a cell of sentences;
after an equals sign, a formula. A cell is cut at , ; 。 into segments and every segment is read
by the LALR(1) grammar `grammar/outline.lark`; where one says only half a thing, the next is read
together with it, so that a comma never decides.
"""

import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, LarkError

from engine.diagnostics import Diagnostic
from engine.language import syntax as s
from engine.language.build import Ambiguous, Misplaced, build
from engine.language.layout import Row, layout
from engine.language.mistakes import misread_head, misread_sentence, without_colon
from engine.language.text import Text, clean
from engine.language.words import alternatives, expression, grammar
from engine.source import Source, Span, place_of

_STARTS = ("head", "formula", "sentence", "band", "grade_value", "veto", "let")
_JOINED_AT_MOST = 4  # segments that may make one sentence: a subject, a trigger, an effect, a bound


@cache
def outline() -> Lark:
    """The grammar of the outline, built once and kept beside the compiled modules, as Python keeps those."""
    kept = Path(__file__).parent / "__pycache__"
    cached = str(kept / f"outline.{sys.implementation.cache_tag}.lark") if kept.is_dir() else False
    return Lark(grammar(), parser="lalr", start=list(_STARTS), maybe_placeholders=False, cache=cached)


def read(text: Text, start: str) -> Any:
    """What the grammar makes of a text.

    Raises LarkError where it is no `start`, `Misplaced` or `Ambiguous` where it is more than the language allows.
    """
    return build(outline().parse(text.folded, start=start), text)


# ---------------------------------------------------------------- segments


def segments(text: Text) -> list[tuple[int, int]]:
    """Where the segments of a cell stand: cut at , ; 。 outside brackets and quotes, blanks and ends trimmed."""
    cuts, depth, quoted = [-1], 0, False
    for i, c in enumerate(text.folded):
        if c == '"':
            quoted = not quoted
        elif not quoted and c in "([":
            depth += 1
        elif not quoted and c in ")]":
            depth = max(0, depth - 1)
        elif not quoted and depth == 0 and c in ",;。":
            cuts.append(i)
    cuts.append(len(text.folded))
    pieces = [(a + 1, b) for a, b in zip(cuts, cuts[1:], strict=False)]
    return [(a, b) for a, b in pieces if text.folded[a:b].strip(" .")]


@cache
def _bracketed_bound() -> re.Pattern[str]:
    bounds = "|".join(expression(t) for t in ("CAP", "CAP_ALL", "CAP_ADD", "UNTIL_GONE", "PERIOD", "PARTS_NONE", "PARTS_WHOLE", "PARTS_SHARE"))
    return re.compile(rf"\(((?:{bounds})[^()]*)\)", re.IGNORECASE)


def _opened(text: Text) -> Text:
    """每发生一次扣1分（最多扣5分）: brackets around a bound are read as commas."""
    folded = _bracketed_bound().sub(lambda m: f",{m[1]},", text.folded)
    return Text(text.shown, folded, text.offsets)


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
        for sentence in found if isinstance(found, list) else [found]:
            self.sentences.append(_of_addition(sentence, self.sentences))


def _of_addition(sentence: s.Sentence, before: list[s.Sentence]) -> s.Sentence:
    """A cap that does not say what it bounds bounds additions where the rule before it adds."""
    rules = [b for b in before if isinstance(b, s.Rule)]
    if isinstance(sentence, s.Cap) and rules and isinstance(rules[-1].effect, s.Add):
        return replace(sentence, adding=True)
    return sentence


def read_cell(text: Text, source: Source) -> Cell:
    """All sentences of a cell, and a finding for each segment that cannot be read."""
    cell = Cell(source)
    text = _opened(text)
    pieces = segments(text)
    i = 0
    while i < len(pieces):
        i += _read_segment(text, pieces[i:], cell)
    return cell


def _read_segment(text: Text, pieces: list[tuple[int, int]], cell: Cell) -> int:
    """Read the first piece, alone or with the next ones; how many were used."""
    alone = _trimmed(text.part(*pieces[0]))
    for used in range(1, min(len(pieces), _JOINED_AT_MOST) + 1):
        joined = _trimmed(_blanked(text, pieces[:used]))
        try:
            cell.take(read(joined, "sentence"))
        except LarkError:
            continue
        except Misplaced as wrong:
            if used == 1 and wrong.case == "no_trigger" and len(pieces) > 1:
                continue
            cell.report(wrong.code, wrong.span, wrong.case, **wrong.args)
        except Ambiguous as two:
            cell.report("E213", two.span, first=two.first, second=two.second)
        return used
    cell.found.append(misread_sentence(alone, cell.source))
    return 1


def _trimmed(text: Text) -> Text:
    text = text.stripped()
    while text.folded.endswith((".", "。")):
        text = text.part(0, len(text.folded) - 1).stripped()
    return text


def _blanked(text: Text, pieces: list[tuple[int, int]]) -> Text:
    start, end = pieces[0][0], pieces[-1][1]
    whole = text.part(start, end)
    for _, stop in pieces[:-1]:
        whole = whole.blanked(stop - start)
    return whole


# ---------------------------------------------------------------- sentences alone on their line


@cache
def _leading(terminal: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{expression(terminal)})\s*:?\s*", re.IGNORECASE)


def read_body(text: Text, source: Source) -> Cell:
    """A bullet, or what stands after a line's colon."""
    for terminal, reader in _ALONE:
        match = _leading(terminal).match(text.folded)
        if match:
            return reader(text, text.part(match.end(), len(text.folded)), source)
    if _VETO_INSIDE().search(text.folded):
        return _veto(text, text, source)
    prose = _prose_bands(text, source)
    return prose or read_cell(text, source)


def _one(cell: Cell, text: Text, start: str, make: Any, code: str = "E201") -> Any:
    """Read one part; a finding and None where it cannot be read."""
    text = _trimmed(text)
    try:
        return make(read(text, start))
    except LarkError:
        cell.found.append(misread_sentence(text, cell.source, code))
    except Misplaced as wrong:
        cell.report(wrong.code, wrong.span, wrong.case, **wrong.args)
    except Ambiguous as two:
        cell.report("E213", two.span, first=two.first, second=two.second)
    return None


def _band_pieces(text: Text) -> list[Text]:
    """The bands of a list: cut at ; 。 and, where each piece is label and range, at , and 、."""
    pieces = [text.part(a, b) for a, b in segments(text)]
    parts: list[Text] = []
    for piece in pieces:
        start = 0
        for match in re.finditer(r"、(?=\s*[^\d、]+\()|、(?=\s*\d)", piece.folded):
            parts.append(piece.part(start, match.start()))
            start = match.end()
        parts.append(piece.part(start, len(piece.folded)))
    return [p for p in parts if p.folded.strip()]


def _bands(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    bands: list[s.Band] = []
    owner: s.BoundOwner | None = None
    for piece in _band_pieces(body):
        trimmed = _trimmed(piece)
        said = re.search(rf"\s*(?:{alternatives('LOWER_OWNS')}|{alternatives('UPPER_OWNS')})\s*$", trimmed.folded, re.IGNORECASE)
        if said:
            owner = _one(cell, trimmed.part(said.start(), said.end()), "sentence", lambda found: found) or owner
            trimmed = _trimmed(trimmed.part(0, said.start()))
        if trimmed.folded:
            band = _one(cell, trimmed, "band", lambda found: found)
            bands += [band] if band else []
    if bands and not cell.found:
        cell.take(s.Bands(_descending(tuple(bands)), owner, span=text.span(0, len(text.shown))))
    return cell


def _descending(bands: tuple[s.Band, ...]) -> tuple[s.Band, ...]:
    """优秀（90以上）、良好（80以上）: each 以上 after a higher one ends where that begins."""
    closed: list[s.Band] = []
    for band in bands:
        above = closed[-1].interval if closed else None
        interval = band.interval
        if above and above.low is not None and interval.high is None and interval.low is not None and interval.low < above.low:
            interval = replace(interval, high=above.low, high_closed=None if above.low_closed is None else not above.low_closed)
        closed.append(replace(band, interval=interval))
    return tuple(closed)


def _prose_bands(text: Text, source: Source) -> Cell | None:
    """90分(含)以上为优秀，80-89分为良好…: bands without the word 等级; None where it is something else."""
    if not re.search(r"[为是]|\(\s*[\d<>≥≤]", text.folded) or not re.search(r"\d", text.folded):
        return None
    pieces = _band_pieces(text)
    if len(pieces) < 2:
        return None
    try:
        for piece in pieces:
            read(_trimmed(piece), "band")
    except (LarkError, Misplaced, Ambiguous):
        return None
    return _bands(text, text, source)


@cache
def _VETO_INSIDE() -> re.Pattern[str]:
    return re.compile(rf"[,;\s]\s*(?:{alternatives('VETO')})\s*[,:;]?", re.IGNORECASE)


def _veto(text: Text, body: Text, source: Source) -> Cell:
    """一票否决：trigger, effect; 发生X的，一票否决，得0分: the separators are read as blanks."""
    cell = Cell(source)
    folded = _VETO_INSIDE().sub(lambda m: " " * len(m[0]), body.folded)
    blanked = Text(body.shown, re.sub(r"[,;]", " ", folded), body.offsets)
    veto = _one(cell, blanked, "veto", lambda found: found)
    if veto:
        cell.take(replace(veto, span=text.span(0, len(text.shown))))
    return cell


def _fuzzy(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    grades: list[tuple[s.Name, Any]] = []
    operator, membership = s.Operator.WEIGHTED_AVERAGE, False
    for start, end in segments(body):
        piece = _trimmed(body.part(start, end))
        known = _fuzzy_word(piece.folded)
        if isinstance(known, s.Operator):
            operator = known
        elif known is not None:
            membership = known
        else:
            for a, b in _enumerated(piece.folded):
                grade = _one(cell, piece.part(a, b), "grade_value", lambda found: found)
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
    cuts = [-1, *(m.start() for m in re.finditer("、", folded)), len(folded)]
    return [(a + 1, b) for a, b in zip(cuts, cuts[1:], strict=False)]


def _each(text: Text, body: Text, source: Source) -> Cell:
    cell = read_cell(body, source)
    if cell.sentences:
        cell.sentences = [s.Each(tuple(cell.sentences), span=text.span(0, len(text.shown)))]
    return cell


def _let(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    made = _one(cell, body, "let", lambda found: s.Let(*found, span=text.span(0, len(text.shown))))
    if made:
        cell.take(made)
    return cell


def _note(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    cell.take(s.Note(body.shown.strip(), span=text.span(0, len(text.shown))))
    return cell


def _accept(text: Text, body: Text, source: Source) -> Cell:
    cell = Cell(source)
    match = re.match(r"([EWew]\d{3})\s*[:,]?\s*", body.folded)
    code, reason = (match[1].upper(), body.shown[match.end() :].strip()) if match else ("", "")
    cell.take(s.Accept(code, reason, span=text.span(0, len(text.shown))))
    return cell


_ALONE = (
    ("BANDS", _bands),
    ("VETO", _veto),
    ("FUZZY", _fuzzy),
    ("EACH_ITEM", _each),
    ("LET", _let),
    ("NOTE", _note),
    ("ACCEPT", _accept),
)


# ---------------------------------------------------------------- lines


def _split(folded: str) -> tuple[int, str]:
    """Where the head ends and by which sign: the first : or = outside quotes and brackets."""
    depth, quoted = 0, False
    for i, c in enumerate(folded):
        if c == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif c in "([":
            depth += 1
        elif c in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and c in ":=":
            return i, c
    return len(folded), ""


_SHARES = re.compile(r"(?:[*×]|[xX](?=\s*(?:\d+(?:\.\d+)?\s*%|0?\.\d))|义(?=\s*\d+(?:\.\d+)?\s*%))\s*\d")
_PROSE_SHARES = re.compile(r"(?:占|权重)(?:比)?(?:为)?(?=\s*\d+(?:\.\d+)?\s*%)")
_RULE_WORDS = re.compile(r"每|扣|折合|问卷|均值|\bper\b|\bdeduct\b|\bmean of\b|[≥≤<>]", re.IGNORECASE)


def _formula_in(body: Text) -> tuple[Text, Text] | None:
    """总分：甲X40%+乙X60%; …: the formula and the cell after it, where a cell begins with a sum of shares."""
    pieces = segments(body)
    if not pieces:
        return None
    first = body.part(*pieces[0])
    rest = body.part(pieces[1][0], len(body.folded)) if len(pieces) > 1 else body.part(len(body.folded), len(body.folded))
    if _SHARES.search(first.folded) and not _RULE_WORDS.search(first.folded):
        return first, rest
    shares = [_PROSE_SHARES.search(body.folded[a:b]) for a, b in pieces]
    if all(shares) and not _RULE_WORDS.search(body.folded) and len(pieces) > 1:
        folded = _PROSE_SHARES.sub(lambda m: "*".ljust(len(m[0])), body.folded)
        folded = "".join("+" if c in ",;" else c for c in folded).rstrip("+ 。.").ljust(len(folded))
        return Text(body.shown, folded, body.offsets), body.part(len(body.folded), len(body.folded))
    return None


class _Reading:
    """One scheme being read: its source and everything that could not be."""

    __slots__ = ("found", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Diagnostic] = []

    def line(self, row: Row) -> s.Line | None:
        """One indicator line with its bullets and everything below it."""
        before = len(self.found)
        at, sign = _split(row.text.folded)
        heads, chain = self.heads(row, at, sign)
        formula, sentences = self.after(row.text.part(min(at + 1, len(row.text.folded)), len(row.text.folded)), sign)
        bullets = [x for r in row.rows if r.bullet for x in self.bullet(r)]
        broken = len(self.found) > before
        children = tuple(x for r in row.rows if not r.bullet and (x := self.line(r)))
        if heads is None:
            return None if not children else s.Line((), None, (), (), children, span=row.span, broken=True)
        return s.Line(heads, formula, tuple(sentences), tuple(bullets), children, chain, broken, span=row.span)

    def heads(self, row: Row, at: int, sign: str) -> tuple[tuple[s.Head, ...] | None, bool]:
        text = row.text.part(0, at).stripped()
        missing = without_colon(row.text, self.source) if not sign else None
        if missing:
            self.found.append(missing)
            return None, False
        try:
            return read(text, "head")
        except (LarkError, Misplaced):
            self.found.append(misread_head(text, row.text, self.source))
            return None, False

    def after(self, body: Text, sign: str) -> tuple[s.Expression | None, list[s.Sentence]]:
        body = body.stripped()
        if not sign or not body.folded:
            return None, []
        split = _formula_in(body)
        if sign == "=":
            pieces = segments(body)
            cut = pieces[0][1] if pieces else len(body.folded)
            split = split or (body.part(0, cut), body.part(min(cut + 1, len(body.folded)), len(body.folded)))
        if split is None:
            return None, self.cell(read_body(body, self.source))
        formula = self.formula(split[0])
        return formula, self.cell(read_body(split[1].stripped(), self.source)) if split[1].folded.strip() else []

    def formula(self, text: Text) -> s.Expression | None:
        cell = Cell(self.source)
        found = _one(cell, text, "formula", lambda made: made, "E210")
        self.found += cell.found
        return found

    def cell(self, cell: Cell) -> list[s.Sentence]:
        self.found += cell.found
        return cell.sentences

    def bullet(self, row: Row) -> list[s.Sentence]:
        return self.cell(read_body(row.text, self.source))


def parse_scheme(source: Source, name: str, block: Span) -> tuple[s.Scheme, tuple[Diagnostic, ...]]:
    """One scheme block of a policy file.

    `block`: the block's lines in `source.text`. Returns the scheme, with what could not be read
    left out and marked `broken`, and the findings (E1xx, E2xx, W1xx) in the order found.
    """
    rows, found = layout(source, block)
    reading = _Reading(source)
    bullets = [x for row in rows if row.bullet for x in reading.bullet(row)]
    broken = bool(reading.found)
    lines = tuple(x for row in rows if not row.bullet and (x := reading.line(row)))
    return s.Scheme(name, tuple(bullets), lines, broken, span=block), (*found, *reading.found)


def parse_sentence(words: str) -> list[s.Sentence]:
    """One cell by itself, as `explain --rule` reads it; raises ValueError where it cannot be read."""
    from engine.source import source_of

    source = source_of("<rule>", words)
    cell = read_body(clean(words, 0), source)
    if cell.found:
        raise ValueError(words)
    return cell.sentences
