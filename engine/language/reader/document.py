"""One policy file: text, blocks, frame, shape, header, schemes. Every step adds what it finds."""

from dataclasses import field, replace

from engine.diagnostics import Diagnostic, in_order
from engine.language.parser import parse_belonging, parse_measure, parse_scheme, parse_validity
from engine.language.policy import Document, Header
from engine.language.reader.blocks import Block, find_blocks
from engine.language.reader.files import refused_characters
from engine.language.reader.frame import read_frame
from engine.language.reader.header import header_findings, header_of
from engine.language.reader.lines import Page, page_of
from engine.language.reader.shape import known_keys, shape_findings
from engine.language.reader.slips import repair_slips
from engine.language.reader.sources import source_findings
from engine.language.reader.tree import Text, Tree, child, entries, first_line
from engine.language.reader.writing import LONGEST, sentence_findings, writing_findings
from engine.language.syntax import Belonging, MeasureSentence, Scheme, ValiditySentence
from engine.source import Source, Span, place_of
from engine.values import Frozen, named

_MOST_LINES = 10_000  # of one scheme
# What the outline says about lines whose indentation is already in question.
_OF_INDENTATION = ("E104", "E105", "E106", "E107", "E108", "E112", "W110")


@named
class _Sentences(Frozen):
    """Reads the sentences around the schemes and keeps what is wrong with them."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def measure(self, value: Text) -> MeasureSentence | None:
        if not self._readable(value):
            return None
        sentence, found = parse_measure(self.source, value.span)
        self.found.extend(found)
        return sentence

    def validity(self, value: Text) -> ValiditySentence | None:
        if not self._readable(value):
            return None
        sentence, found = parse_validity(self.source, value.span)
        self.found.extend(found)
        return sentence

    def belonging(self, value: Text) -> Belonging | None:
        if not self._readable(value):
            return None
        sentence, found = parse_belonging(self.source, value.span)
        self.found.extend(found)
        return sentence

    def _readable(self, value: Text) -> bool:
        found = list(sentence_findings(self.source, value))
        self.found.extend(found)
        return not found and value.verbatim and value.style in ("", "'", '"')


def read_document(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The policy file as header and schemes, and everything wrong with its form, in the order of the file.

    The document is there whenever its schemes can be judged further, even beside errors: the caller must look at
    the diagnostics before it uses the outcome. Where the header has errors, the document's data and measures are
    empty, so that nothing is said about names that only seem unknown.
    """
    refused = refused_characters(source)
    if refused:
        return None, refused
    page, found = page_of(source)
    blocks, misplaced = find_blocks(page, known_keys())
    slips = repair_slips(page, blocks)
    before = [*found, *misplaced, *slips]
    tree, unread = read_frame(page)
    if tree is None:
        return None, in_order([*before, *(_kept(unread, before) or _nothing(source, before, unread))])
    sentences = _Sentences(source=source)
    header = header_of(tree, sentences.measure, sentences.validity, sentences.belonging)
    around = [*unread, *_around(source, tree), *sentences.found]
    schemes, within = _schemes(source, page, tree, blocks)
    intact = all(block.intact for block in blocks.values())
    errors = any(finding.severity == "error" for finding in (*found, *slips, *around))
    document = Document(source=source, header=_without_data(header) if errors else header, schemes=tuple(schemes))
    return (document if schemes and intact else None), in_order([*before, *around, *within])


def _around(source: Source, tree: Tree) -> list[Diagnostic]:
    """What is wrong with the values around the schemes; what two checks say of one place is said once."""
    written = list(writing_findings(source, tree))
    places = {finding.place for finding in written}
    shape = [f for f in shape_findings(source, tree) if f.place not in places]
    shaped = {finding.place for finding in shape}
    further = [*source_findings(source, child(tree, "data")), *header_findings(source, tree)]
    return [*written, *shape, *(finding for finding in further if finding.place not in shaped)]


def _kept(unread: list[Diagnostic], before: list[Diagnostic]) -> list[Diagnostic]:
    """What YAML stumbles over, unless a slip found before explains it."""
    return [finding for finding in unread if finding.code != "E002" or not before]


def _nothing(source: Source, before: list[Diagnostic], unread: list[Diagnostic]) -> list[Diagnostic]:
    """E009 for a file in which nothing is written."""
    if before or unread:
        return []
    return [Diagnostic(code="E009", case="nothing", place=place_of(source, Span(0, min(1, len(source.text)))))]


def _without_data(header: Header) -> Header:
    return replace(header, data=(), measures={}, measure_spans={})


# ---------------------------------------------------------------- schemes


def _schemes(source: Source, page: Page, tree: Tree, blocks: dict[int, Block]) -> tuple[list[Scheme], list[Diagnostic]]:
    """Every scheme that stands in a block or on one line, in the order of the file."""
    named = [("scheme", child(tree, "scheme")), *((key.text, value) for key, value in entries(child(tree, "schemes")))]
    schemes: list[Scheme] = []
    found: list[Diagnostic] = []
    for name, value in named:
        if not isinstance(value, Text):
            continue
        block = blocks.get(source.line_of(value.span.start) - 1)
        scheme, findings = _in_block(source, page, name, block) if block else _on_one_line(source, name, value)
        schemes += [scheme] if scheme else []
        found += findings
    return schemes, found


def _in_block(source: Source, page: Page, name: str, block: Block) -> tuple[Scheme | None, list[Diagnostic]]:
    ends = (*source.starts, len(source.text))
    span = Span(ends[block.first], ends[block.last])
    if not source.text[span.start : span.end].strip():
        place = place_of(source, page.span(block.head))
        return None, [Diagnostic(code="E009", case="scheme", place=place, args={"key": name})]
    over = _over_budget(source, page, block)
    if over:
        return None, [over]
    scheme, found = parse_scheme(source, name, span)
    return scheme, [f for f in found if block.intact or f.code not in _OF_INDENTATION]


def _over_budget(source: Source, page: Page, block: Block) -> Diagnostic | None:
    if block.last - block.first > _MOST_LINES:
        return Diagnostic(code="E006", case="lines", place=place_of(source, page.span(block.first + _MOST_LINES)))
    long = (n for n in range(block.first, block.last) if len(page.lines[n]) > LONGEST)
    number = next(long, None)
    return None if number is None else Diagnostic(code="E006", case="line", place=place_of(source, page.span(number)))


def _on_one_line(source: Source, name: str, value: Text) -> tuple[Scheme | None, list[Diagnostic]]:
    """A scheme of one line; E113 where it is a quoted text over lines or with escapes."""
    if value.empty:
        return None, []
    if not value.verbatim or value.style in ("|", ">"):
        place = place_of(source, first_line(source, value.span))
        return None, [Diagnostic(code="E113", case="scheme", place=place, args={"key": name}, hint=f"{name}: |")]
    if len(value.text) > LONGEST:
        return None, [Diagnostic(code="E006", case="line", place=place_of(source, value.span))]
    scheme, found = parse_scheme(source, name, value.span)
    return scheme, list(found)
