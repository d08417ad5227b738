"""The glossary `names:`: one to one (E310), and spelt as the scheme spells them (W307)."""

from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import nearest_name
from engine.language.checks.outline import Outline, said_all
from engine.language.checks.resolution import Resolution
from engine.language.policy import Document
from engine.language.syntax import Bands, Feedback, Fuzzy, Owner
from engine.language.text import identity
from engine.source import place_of


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
    known = {identity(name): name for resolution in resolutions for name in _names(resolution.outline)}
    listed = {identity(name) for name in header.names}
    untranslated = [name for key, name in known.items() if key not in listed and len(name) > 3]
    for name, span in header.name_spans.items():
        hint = nearest_name(name, untranslated) if identity(name) not in known and len(name) > 3 else None
        if hint is not None and not any(resolution.outline.nameless for resolution in resolutions):
            place = place_of(document.source, span)
            yield Diagnostic(code="W307", place=place, hint=hint, args={"name": name})


def _names(outline: Outline) -> Iterator[str]:
    """Every name a translation may be wanted for: of lines, grades, departments and defined values."""
    yield from (let.name.text for let in outline.lets)
    for draft in outline.drafts.values():
        yield draft.name
        yield from (band.label.text for bands in said_all(draft.own, Bands) for band in bands.bands)
        yield from (label.text for fuzzy in said_all(draft.own, Fuzzy) for label, _ in fuzzy.grades)
        yield from (owner.text for owner in said_all((*draft.own, *draft.each), Owner))
        yield from (name for told in said_all((*draft.own, *draft.each), Feedback) for name in told.departments)
