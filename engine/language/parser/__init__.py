"""Text to syntax, line by line: a line that cannot be read never hides its neighbours.

`layout` makes lines and their tree, `lines` reads a line's head and cell, `cells` and `alone` the
sentences, `recogniser` runs the LALR(1) grammars `grammar/outline.lark` and `grammar/data.lark` whose
keywords `words` takes from one table (`tables` keeps what Lark makes of them, and what `signs` tells of
each expression), `building` turns what they recognised into syntax. `lost_signs` looks at what is not yet
read; `mistakes` and `line_mistakes` say what was meant where nothing was recognised, and only then.
"""

from dataclasses import replace
from typing import Any

from engine.diagnostics import Diagnostic
from engine.language import syntax as s
from engine.language.parser.alone import read_body
from engine.language.parser.building.parts import Misplaced
from engine.language.parser.layout import layout
from engine.language.parser.lines import Reading
from engine.language.parser.recogniser import read
from engine.language.parser.structure import said_twice
from engine.language.parser.tree import Unread
from engine.language.text import clean
from engine.source import Source, Span, place_of, source_of


def parse_scheme(source: Source, name: str, block: Span) -> tuple[s.Scheme, tuple[Diagnostic, ...]]:
    """One scheme block of a policy file.

    `block`: the block's lines in `source.text`. Returns the scheme, with what could not be read
    left out and marked `broken`, and the findings (E1xx, E2xx, W1xx) in the order found.
    """
    rows, found = layout(source, block)
    reading = Reading(source)
    bullets = [x for row in rows if row.bullet for x in reading.bullet(row)]
    reading.found += said_twice(tuple(bullets), source)
    broken = reading.erred(0)
    lines = tuple(x for row in rows if not row.bullet and (x := reading.line(row)))
    return s.Scheme(name, tuple(bullets), lines, broken, span=block), (*found, *reading.found)


def parse_sentence(words: str) -> list[s.Sentence]:
    """One cell by itself, as it would be read below an indicator; raises ValueError where it cannot be read."""
    source = source_of("<rule>", words)
    cell = read_body(clean(words, 0), source)
    if cell.found:
        raise ValueError(words)
    return cell.sentences


def _data_sentence(source: Source, span: Span, start: str) -> tuple[Any, tuple[Diagnostic, ...]]:
    text = clean(source.text[span.start : span.end], span.start).stripped()
    try:
        return replace(read(text, start, "data"), span=text.span(0, len(text.shown))), ()
    except (Unread, Misplaced):
        place = place_of(source, text.span(0, len(text.shown)))
        return None, (Diagnostic(code="E214", case=start, place=place, args={"text": text.shown}),)


def parse_measure(source: Source, span: Span) -> tuple[s.MeasureSentence | None, tuple[Diagnostic, ...]]:
    """A sentence of `measures:`; `span` covers the scalar's content without quotes."""
    return _data_sentence(source, span, "measure")


def parse_validity(source: Source, span: Span) -> tuple[s.ValiditySentence | None, tuple[Diagnostic, ...]]:
    """A sentence of `valid:`; `span` covers the scalar's content without quotes."""
    return _data_sentence(source, span, "validity")


def parse_belonging(source: Source, span: Span) -> tuple[s.Belonging | None, tuple[Diagnostic, ...]]:
    """What belongs to a class of `classes:`; `span` covers the scalar's content without quotes."""
    return _data_sentence(source, span, "belonging")
