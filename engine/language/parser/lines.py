"""Indicator lines: a head before the first colon or equals sign, a cell or a formula after it."""

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from engine.diagnostics import Diagnostic
from engine.language import syntax as s
from engine.language.parser.alone import CONVENTIONS, convention_words, is_of_bullet, read_body
from engine.language.parser.building.parts import Ambiguous, Misplaced
from engine.language.parser.cells import Cell, read_part, segments, trimmed
from engine.language.parser.layout import Row
from engine.language.parser.lost_signs import without_colon
from engine.language.parser.recogniser import KEPT, read
from engine.language.parser.structure import misplaced, words_astray
from engine.language.parser.tree import Unread
from engine.language.seldom import Seldom
from engine.language.text import Text, blanks, clean, in_english
from engine.source import Source, source_of


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
# 得分=30分×(1-批退率), score = (lowest price / price) x 40: what a line scores, calculated in its cell.
_SCORED = Seldom(
    r"\s*(?:(?:该项|本项|此项|指标|考核|实际|最终|价格|投标|评标)?(?:得分|分数|评分|分值)"
    r"|(?i:(?:(?:the|its|bid|price|final) )*(?:score|points|marks)))\s*=(?=.*[*×÷/xX])",
    signs=("marks", "points", "score", "分值", "分数", "得分", "评分"),
)
_POINTS = Seldom(r"(?<=\d)\s*(?:分|(?i:points?|marks?|pts?))(?=\s*(?:[*×÷/+\-)xX]|$))")
_TIMES = Seldom(r"(?<=[\d)])(\s*)[xX](?=\s*[\d(])|(?<=\s)()[xX](?=\s+[\d(])")
_PROSE_SHARES = re.compile(r"(?:占|权重)(?:比)?(?:为)?(?=\s*\d+(?:\.\d+)?\s*%)")
_RULE_WORDS = Seldom(r"每|扣|折合|问卷|均值|\bper\b|\bdeduct\b|\bmean of\b|[≥≤<>]", re.IGNORECASE)


def _formula_in(body: Text) -> tuple[Text, Text] | None:
    """The formula and the cell after it, where a cell begins with a sum of shares (总分：甲X40%+乙X60%) or 得分=…."""
    scored = _SCORED.match(body.folded)
    if scored:
        return _scored(body.part(scored.end(), len(body.folded)))
    weights = _weights_in_english(body)
    if weights:
        return weights, body.part(len(body.folded), len(body.folded))
    if not _SHARES.search(body.folded) and not _PROSE_SHARES.search(body.folded):
        return None
    pieces = segments(body)
    if not pieces:
        return None
    first = body.part(*pieces[0])
    rest = (
        body.part(pieces[1][0], len(body.folded)) if len(pieces) > 1 else body.part(len(body.folded), len(body.folded))
    )
    words = re.sub('"[^"]*"', '""', first.folded)  # what a quoted name holds is no share
    shares = len(_SHARES.findall(words))
    # A name may hold the words of a rule (问卷得分X40%+每日巡检率X60%); a sum of several shares is no rule.
    if shares > 1 or (shares and not _RULE_WORDS.search(words)):
        return _scored(body) if _POINTS.search(words) else (first, rest)
    in_prose = [_PROSE_SHARES.search(body.folded[a:b]) for a, b in pieces]
    if all(in_prose) and not _RULE_WORDS.search(body.folded) and len(pieces) > 1:
        folded = _PROSE_SHARES.sub(lambda m: "*".ljust(len(m[0])), body.folded)
        folded = "".join("+" if c in ",;" else c for c in folded).rstrip("+ 。.").ljust(len(folded))
        return Text(body.shown, folded, body.offsets), body.part(len(body.folded), len(body.folded))
    return None


_WEIGHTS = Seldom(
    r"\s*(?:weights?|weight(?:ing|age)s?|weighted (?:average|mean))\s*:", re.IGNORECASE, signs=("weight",)
)
_WEIGHT = Seldom(
    r"\s*([a-z][a-z &/'-]*?)\s*(?:\(|[:=-]|(?:is|at|accounts? for|counts? for|makes? up|weighted(?: at)?)\b)?\s*"
    r"(\d+(?:\.\d+)?)\s*%\s*\)?(?:\s+of the (?:(?:total|overall|final) )?(?:score|grade|mark))?[\s.]*",
    re.IGNORECASE,
)


def _weights_in_english(body: Text) -> Text | None:
    """Quality 40%, Delivery (35%) and Price 25%: the sum that these shares of 100% are; None for other words."""
    if "%" not in body.folded or not in_english(body.shown):
        return None
    heading = _WEIGHTS.match(body.folded)
    start = heading.end() if heading else 0
    cuts = [(m.start(), m.end()) for m in re.finditer(r"[,;](?:\s*and\b)?|\band\b", body.folded) if m.start() >= start]
    ends = list(pairwise([(0, start), *cuts, (len(body.folded), 0)]))
    found = [_WEIGHT.fullmatch(body.folded[a[1] : b[0]]) for a, b in ends]
    said = [m for m in found if m]
    if not cuts or len(said) < len(found) or sum(Fraction(m[2]) for m in said) != _WHOLE:
        return None
    folded = " " * start
    for (a, b), m in zip(ends, said, strict=True):
        folded = folded.rstrip(" ").ljust(a[0]) + "+".rjust(a[1] - a[0]) if a[0] else folded
        folded += f"{m[0][: m.end(1)]}{'*'.rjust(m.start(2) - m.end(1))}{m[2]}%".ljust(b[0] - a[1])
    return Text(body.shown, folded, body.offsets)


_WHOLE = 100


def _scored(body: Text) -> tuple[Text, Text] | None:
    """What the points are calculated by, and the cell after it; its strokes divide, and its 分 say nothing."""
    pieces = segments(body)
    if not pieces:
        return None
    start, end = pieces[0]
    folded = _TIMES.sub(r"\1*", _POINTS.sub(blanks, body.folded[:end].replace("/", "÷")))
    formula = Text(body.shown, folded + body.folded[end:], body.offsets).part(start, end)
    return formula, body.part(min(end + 1, len(body.folded)), len(body.folded))


_WEIGHT_FIRST = re.compile(
    r"(?:权重|占比|占|比重|weight)?\s*[:=]?\s*\d+(?:\.\d+)?\s*(?:%|分|points?)?\s*", re.IGNORECASE
)


def _weight_first(body: Text) -> tuple[Text, Text] | None:
    """The weight that wrongly begins a cell, and what follows it."""
    if not _WEIGHT_FIRST.match(body.folded.lstrip(" ,;。.")):
        return None
    pieces = segments(body)
    first = body.part(*pieces[0]).stripped() if pieces else None
    if first is None or not _WEIGHT_FIRST.fullmatch(first.folded):
        return None
    return first, body.part(pieces[1][0], len(body.folded)) if len(pieces) > 1 else body.part(
        len(body.folded), len(body.folded)
    )


def _letter_for_a_digit(head: s.Head) -> bool:
    """资料摆放 l0分, 医疗 6O分: whether a name ends in what would be its weight, but for a letter."""
    if head.weight is not None:
        return head.name.text[-2:] in (" l", " I", " O", " o")
    number = re.search(r"\s([\dlIOo.]+)\s*(?:分|points?)$", head.name.text) if not head.name.quoted else None
    return number is not None and any(digit.isdigit() for digit in number[1])


class Reading:
    """One scheme being read: its source and everything that could not be."""

    __slots__ = ("found", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Diagnostic] = []

    def erred(self, before: int) -> bool:
        """Whether anything could not be read since so many findings."""
        return any(finding.severity == "error" for finding in self.found[before:])

    def line(self, row: Row) -> s.Line | None:
        """One indicator line with its bullets and everything below it."""
        before = len(self.found)
        at, sign = _split(row.text.folded)
        heads, chain = self.heads(row, at, sign)
        formula, sentences = self.after(
            row.text.part(0, at).stripped(),
            row.text.part(min(at + 1, len(row.text.folded)), len(row.text.folded)),
            sign,
        )
        bullets = [x for r in row.rows if r.bullet for x in self.bullet(r)]
        broken = self.erred(before)
        children = tuple(x for r in row.rows if not r.bullet and (x := self.line(r)))
        if heads is None:
            return s.Line((), None, (), (), children, span=row.span, broken=True)
        line = s.Line(heads, formula, tuple(sentences), tuple(bullets), children, chain, broken, span=row.span)
        self.found += misplaced(line, empty=sign == ":" and not row.text.folded[at + 1 :].strip(), source=self.source)
        return line

    def heads(self, row: Row, at: int, sign: str) -> tuple[tuple[s.Head, ...] | None, bool]:
        """What stands before the colon, and whether it is a chain; None where it cannot be read."""
        text = row.text.part(0, at).stripped()
        if (sign == ":" and is_of_bullet(text.folded)) or self.is_convention(row.text):
            from engine.language.parser.line_mistakes import lost_dash  # only what cannot be read needs it

            self.found.append(lost_dash(text, row.text, self.source))
            return None, False
        missing = (
            without_colon(row.text, self.source, lambda cell: not read_body(cell, self.source).found)
            if not sign
            else None
        )
        if missing:
            self.found.append(missing)
            return None, False
        try:
            heads, chain = read(text, "head")
        except (Unread, Misplaced):
            from engine.language.parser.line_mistakes import misread_head  # only what cannot be read needs it

            self.found.append(misread_head(text, row.text, self.source))
            return None, False
        if _letter_for_a_digit(heads[-1]):
            from engine.language.parser.line_mistakes import letter_in  # only what cannot be read needs it

            wrong = letter_in(text, self.source)
            self.found += [wrong] if wrong else []
        return heads, chain

    def is_convention(self, text: Text) -> bool:
        """Whether a line says nothing but how the whole policy is calculated: 四舍五入保留1位小数，缺数报错."""
        if not text.folded.lower().startswith(convention_words()) or not _begins_as_sentence(text):
            return False
        cell = read_body(text, self.source)
        return not cell.found and all(isinstance(sentence, CONVENTIONS) for sentence in cell.sentences)

    def after(self, head: Text, body: Text, sign: str) -> tuple[s.Expression | None, list[s.Sentence]]:
        """The formula and the sentences that stand after the sign."""
        body = body.stripped()
        if not sign or not body.folded:
            return None, []
        weight = _weight_first(body)
        if sign == ":" and weight is not None:
            cell, rest = weight
            from engine.language.parser.line_mistakes import weight_in_cell  # only what cannot be read needs it

            self.found.append(weight_in_cell(head, cell, rest, self.source, cell.span(0, len(cell.shown))))
            return None, []
        split = _formula_in(body)
        if sign == "=":
            pieces = segments(body)
            cut = pieces[0][1] if pieces else len(body.folded)
            split = split or (body.part(0, cut), body.part(min(cut + 1, len(body.folded)), len(body.folded)))
        if split is None:
            return None, self.cell(body)
        formula = self.formula(split[0])
        return formula, self.cell(split[1].stripped()) if split[1].folded.strip() else []

    def formula(self, text: Text) -> s.Expression | None:
        """What an indicator is computed by; None where it cannot be read."""
        cell = Cell(self.source)
        found = read_part(cell, text, "formula", "E210")
        self.found += cell.found
        return found

    def cell(self, text: Text) -> list[s.Sentence]:
        """The sentences of a cell or bullet; what could not be read in it is reported.

        A cell in which all is well and that was read before in this run is not read again.
        """
        before, at = _place_of_cell(text.shown, text.folded), text.offsets[0]
        whole = isinstance(text.offsets, range)  # nothing was cut out of it
        if before and whole:
            begun, sentences = before[0]
            return [sentence.moved(at - begun) for sentence in sentences]
        cell = read_body(text, self.source)
        found = [*cell.found, *words_astray(cell.sentences, self.source, _is_cell)]
        if whole and not found:
            before.append((at, tuple(cell.sentences)))
        self.found += found
        return cell.sentences

    def bullet(self, row: Row) -> list[s.Sentence]:
        """The sentences of a bullet."""
        return self.cell(row.text)


@lru_cache(KEPT)
def _place_of_cell(_shown: str, _folded: str) -> list[tuple[int, tuple[s.Sentence, ...]]]:
    """Where what a cell says is kept once it has been read, with the offset at which it began; empty before."""
    return []


def _is_cell(words: str) -> bool:
    """Whether words by themselves are what may stand behind a name and its colon."""
    cell = read_body(clean(words, 0), source_of("<cell>", words))
    return bool(cell.sentences) and not cell.found


def _begins_as_sentence(text: Text) -> bool:
    """Whether the first piece of a line is a sentence: asked first, since what is wrong with one takes long to say."""
    start, end = next(iter(segments(text)), (0, 0))
    first, _, _ = text.folded[start:end].partition("、")
    try:
        read(trimmed(text.part(start, start + len(first))), "sentence")
    except (Unread, Misplaced, Ambiguous):
        return False
    return True
