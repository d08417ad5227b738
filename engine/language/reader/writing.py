"""How values are written: on one line, in straight quotes, with half-width commas between them."""

import re
from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.reader.tree import Listing, Section, Text, Tree, first_line
from engine.language.seldom import Seldom
from engine.source import Source, Span, place_of

LONGEST = 4096  # characters of one sentence
_CURLY = Seldom("(?:“([^“”]*)”|‘([^‘’]*)’|「([^「」]*)」|『([^『』]*)』|＂([^＂]*)＂|＇([^＇]*)＇)", signs="‘“「『＂＇")
_NEXT_PAIR = Seldom("，[^，：:]*[：:]", signs="，")


def writing_findings(source: Source, tree: Tree) -> Iterator[Diagnostic]:
    """E111 a full-width comma between values, E113 a value over several lines, E014 full-width quotes around one."""
    if isinstance(tree, Section):
        for key, value in tree.entries:
            if key.text not in ("scheme", "schemes"):
                yield from writing_findings(source, value)
                yield from _curly(source, key)
    elif isinstance(tree, Listing):
        for value in tree.values:
            comma = isinstance(value, Text) and value.inline and not value.style and "，" in value.text
            if isinstance(value, Text) and comma:
                yield _comma(source, value)
            yield from writing_findings(source, value)
    elif isinstance(tree, Text):
        if tree.inline and not tree.style and _NEXT_PAIR.search(tree.text):
            yield _comma(source, tree)
        yield from _curly(source, tree)
        literal = tree.style in ("|", ">") and tree.text != ""  # the text of a scheme is not in the tree
        if literal or (tree.style not in ("|", ">") and "\n" in source.text[tree.span.start : tree.span.end]):
            yield _several_lines(source, tree)


def _comma(source: Source, value: Text) -> Diagnostic:
    start = value.span.start + source.text[value.span.start : value.span.end].index("，")
    hint = re.sub("，\\s*", ", ", value.text)
    return Diagnostic(code="E111", case="comma", place=place_of(source, Span(start, start + 1)), hint=hint)


def _curly(source: Source, value: Text) -> Iterator[Diagnostic]:
    found = _CURLY.fullmatch(value.text) if not value.style else None
    if found:
        inner = next(group for group in found.groups() if group is not None)
        hint = f"'{inner}'" if '"' in inner or "\\" in inner else f'"{inner}"'
        yield Diagnostic(code="E014", place=place_of(source, value.span), args={"text": inner}, hint=hint)


def _several_lines(source: Source, value: Text) -> Diagnostic:
    place = place_of(source, first_line(source, value.span))
    joined = " ".join(value.text.split())
    return Diagnostic(code="E113", case="lines", place=place, hint=joined if len(joined) <= 200 else None)


def sentence_findings(source: Source, value: Text) -> Iterator[Diagnostic]:
    """E113 a sentence with escapes, whose places would be wrong; E006 one that is too long."""
    written = source.text[value.span.start : value.span.end]
    if "\n" in written or value.style in ("|", ">"):
        return  # already said by `writing_findings`
    if not value.verbatim:
        place = place_of(source, value.span)
        yield Diagnostic(code="E113", case="escape", place=place, hint=_quoted(value.text))
    if len(written) > LONGEST:
        yield Diagnostic(code="E006", case="sentence", place=place_of(source, value.span))


def _quoted(text: str) -> str | None:
    """The text in quotes that need no escapes; None where it holds both kinds."""
    if not text.isprintable():
        return None
    return f"'{text}'" if "'" not in text else f'"{text}"' if '"' not in text and "\\" not in text else None
