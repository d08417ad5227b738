"""认可W305：reason — warnings that the policy accepts, and acceptances that accept nothing (W712)."""

from collections.abc import Iterator, Sequence

from engine.diagnostics import FAMILIES, Diagnostic, catalogue
from engine.language.checks.findings import finding
from engine.language.checks.outline import Draft, said_all
from engine.language.checks.resolution import Resolution
from engine.language.policy import Document
from engine.language.syntax import Accept
from engine.source import Span

# What reading and parsing find is accepted here too, though it is found elsewhere.
ELSEWHERE = ("0", "1", "2", "9")


def without_accepted(
    document: Document, resolutions: tuple[Resolution, ...], found: Sequence[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """The findings less the accepted warnings, and a warning for every acceptance that accepts none of them."""
    kept = list(found)
    idle: list[Diagnostic] = []
    for resolution in resolutions:
        for accept, first, last in _acceptances(document, resolution):
            accepted = [d for d in kept if d.code == accept.code and first <= d.place.line <= last]
            warnings = [d for d in accepted if d.severity == "warning"]
            kept = [d for d in kept if d not in warnings]
            if not warnings:
                idle.extend(_idle(resolution, accept, found))
    return (*kept, *idle)


def _acceptances(document: Document, resolution: Resolution) -> Iterator[tuple[Accept, int, int]]:
    """Every acceptance with the first and the last line it speaks for: a line with all below it, or the scheme."""
    outline = resolution.outline
    for accept in said_all(outline.general, Accept):
        yield accept, 1, len(document.source.starts)
    seen: set[int] = set()
    for draft in resolution.drafts:
        for accept in said_all(draft.own, Accept):
            if id(accept) not in seen:
                seen.add(id(accept))
                yield accept, *_lines(document, resolution, draft)


def _lines(document: Document, resolution: Resolution, draft: Draft) -> tuple[int, int]:
    spans = list(_spans(resolution, draft))
    source = document.source
    return min(source.line_of(s.start) for s in spans), max(source.line_of(max(s.start, s.end - 1)) for s in spans)


def _spans(resolution: Resolution, draft: Draft) -> Iterator[Span]:
    """Where a line, its bullets and everything below it stand."""
    yield draft.head.name.span
    for sentence in (*draft.own, *draft.each):
        yield sentence.span
    for path in draft.children:
        yield from _spans(resolution, resolution.outline.drafts[path])


def _idle(resolution: Resolution, accept: Accept, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    code = accept.code
    if code.startswith("E"):
        case = "error"
    elif code[1:2] not in FAMILIES or code not in catalogue(code[1]):
        case = "unknown"
    elif code[1] in ELSEWHERE or any(d.code == code for d in found):
        return
    else:
        case = ""
    yield finding(resolution.outline, "W712", accept.span, case=case, accepted=code)
