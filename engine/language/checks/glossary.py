"""The glossary `names:`: one to one (E310), and spelt as the scheme spells them (E230, E231, W307)."""

import re
from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import nearest_name, one_slip_away
from engine.language.checks.outline import Outline, said_all
from engine.language.checks.resolution import Resolution
from engine.language.policy import Document
from engine.language.syntax import Bands, Basis, Feedback, Fuzzy, Owner
from engine.language.text import identity
from engine.source import Span, place_of


def shared_translations(document: Document, _: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E310: the glossary is one to one, else translating back would join two names."""
    seen: dict[str, str] = {}
    header = document.header
    for name, translation in header.names.items():
        first = seen.setdefault(identity(translation), name)
        if first != name and name in header.name_spans:
            yield _shared(document, name, first, translation)


def _shared(document: Document, name: str, first: str, translation: str) -> Diagnostic:
    spans = document.header.name_spans
    related = (place_of(document.source, spans[first]),) if first in spans else ()
    place = place_of(document.source, spans[name])
    args = {"name": name, "first": first, "translation": translation}
    return Diagnostic(code="E310", place=place, related=related, args=args)


def misspelt_entries(document: Document, resolutions: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E230, E231, W307: an entry that no name of the scheme has, though one without a translation is spelt nearly so.

    One slip apart they are one name, and one of the two is misspelt (E230); else, and where names are short or differ
    in a number, it may be another name (W307): 新客户 and 大客户, 第一季度 and 第二季度. An entry whose name ends the
    words of a clause was a line that is now part of them (E231).
    """
    header = document.header
    known = {identity(name): (name, span) for resolution in resolutions for name, span in _names(resolution.outline)}
    if any(resolution.outline.nameless for resolution in resolutions):  # the name may stand on the line not read
        return
    listed = {identity(name) for name in header.names}
    untranslated = dict(found for key, found in known.items() if key not in listed)
    for name, span in header.name_spans.items():
        if identity(name) in known:
            continue
        alike = [other for other in untranslated if _alike_enough(document, name, other)]
        slip = next((other for other in alike if _must_be_one(identity(name), identity(other))), None)
        told = (one for resolution in resolutions for one in _told(resolution.outline))
        swallowed = next((one for one in told if _ends_in(document, one, (name, span))), None)
        hint = nearest_name(name, alike)
        if slip is not None:
            yield _in_two_ways(document, (name, span), (slip, untranslated[slip]))
        elif swallowed is not None:
            yield _swallowed(document, (name, span), swallowed)
        elif hint is not None:
            place, related = (place_of(document.source, where) for where in (span, untranslated[hint]))
            yield Diagnostic(code="W307", place=place, related=(related,), hint=hint, args={"name": name})


def _must_be_one(one: str, other: str) -> bool:
    """Whether two spellings can hardly be two names."""
    if min(len(one), len(other)) <= _SHORT or not one_slip_away(one, other):
        return False
    differing = [a + b for a, b in zip(one, other, strict=False) if a != b]
    return len(one) != len(other) or len(differing) > 1 or not _NUMERALS.issuperset(differing[0])


def _in_two_ways(document: Document, entry: tuple[str, Span], line: tuple[str, Span]) -> Diagnostic:
    """E230 at the spelling that stands less often in the file; of two alike at the scheme's, which says what counts."""
    text = document.source.text
    more = _stands(text, line[0], but_in=entry[0]) > _stands(text, entry[0], but_in=line[0])
    often, seldom = (line, entry) if more else (entry, line)
    place, related = (place_of(document.source, span) for _, span in (seldom, often))
    args = {"name": seldom[0], "other": often[0], "line": str(related.line)}
    return Diagnostic(code="E230", place=place, related=(related,), args=args)


def _swallowed(document: Document, entry: tuple[str, Span], told: tuple[str, Span]) -> Diagnostic:
    """E231 at the clause or the department behind whose words the indicator stands."""
    place, related = (place_of(document.source, span) for _, span in (told, entry))
    args = {"name": entry[0], "line": told[0]}
    return Diagnostic(code="E231", case="heading", place=place, related=(related,), args=args)


def _ends_in(document: Document, told: tuple[str, Span], entry: tuple[str, Span]) -> bool:
    """Whether a name stands behind other words, and nowhere in the file by itself (as a column does, or a unit)."""
    (words, said), (name, place) = told, entry
    if len(words) <= len(name) or not identity(words).endswith(identity(name)):
        return False
    text = document.source.text
    first, last = sorted((said, place), key=lambda span: span.start)
    others = f"{text[: first.start]}\n{text[first.end : last.start]}\n{text[last.end :]}"
    return re.search(rf"(?<![\w(（]){re.escape(name)}(?![\w)）])", others) is None


def _stands(text: str, name: str, but_in: str) -> int:
    """How often a name stands in a text, but for where it is part of the other spelling."""
    return text.count(name) - text.count(but_in) * but_in.count(name)


_SHORT = 3
_NUMERALS = frozenset("0123456789〇一二三四五六七八九十")


def _alike_enough(document: Document, name: str, other: str) -> bool:
    """Short names are alike by chance (质量, 质量部): one that stands nowhere else in the file may be misspelt."""
    return min(len(name), len(other)) > _SHORT or document.source.text.count(name) == 1


def _told(outline: Outline) -> Iterator[tuple[str, Span]]:
    """The words of clauses and of who collects, with the place of their sentence."""
    said = [*outline.general, *(one for draft in outline.drafts.values() for one in (*draft.own, *draft.each))]
    yield from ((one.text, one.span) for one in said if isinstance(one, Basis | Owner))


def _names(outline: Outline) -> Iterator[tuple[str, Span]]:
    """Every name a translation may be wanted for, with its place: of lines, grades, departments, defined values."""
    yield from ((let.name.text, let.name.span) for let in outline.lets)
    for draft in outline.drafts.values():
        yield draft.name, draft.head.name.span
        yield from ((band.label.text, band.label.span) for bands in said_all(draft.own, Bands) for band in bands.bands)
        yield from ((label.text, label.span) for fuzzy in said_all(draft.own, Fuzzy) for label, _ in fuzzy.grades)
        yield from ((owner.text, owner.span) for owner in said_all((*draft.own, *draft.each), Owner))
        told = said_all((*draft.own, *draft.each), Feedback)
        yield from ((name, feedback.span) for feedback in told for name in feedback.departments)
