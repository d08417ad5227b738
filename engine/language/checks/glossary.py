"""The glossary `names:`: one to one (E310), and spelt as the scheme spells them (W307)."""

from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import nearest_name
from engine.language.checks.outline import Outline, said_all
from engine.language.checks.resolution import Resolution
from engine.language.policy import Document
from engine.language.syntax import Bands, Feedback, Fuzzy, Owner
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
    """W307: an entry that no name of the scheme has, though one without a translation is spelt nearly so."""
    header = document.header
    known = {identity(name): (name, span) for resolution in resolutions for name, span in _names(resolution.outline)}
    listed = {identity(name) for name in header.names}
    untranslated = dict(found for key, found in known.items() if key not in listed)
    for name, span in header.name_spans.items():
        if identity(name) in known:
            continue
        hint = nearest_name(name, [other for other in untranslated if _alike_enough(document, name, other)])
        if hint is not None and not any(resolution.outline.nameless for resolution in resolutions):
            place, related = (place_of(document.source, where) for where in (span, untranslated[hint]))
            yield Diagnostic(code="W307", place=place, related=(related,), hint=hint, args={"name": name})


_SHORT = 3


def _alike_enough(document: Document, name: str, other: str) -> bool:
    """Short names are alike by chance (质量, 质量部): one that stands nowhere else in the file may be misspelt."""
    return min(len(name), len(other)) > _SHORT or document.source.text.count(name) == 1


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
