"""认可W305：reason — warnings that the policy accepts, and acceptances that accept nothing (W712)."""

from collections.abc import Iterator, Sequence

from engine.diagnostics import FAMILIES, Diagnostic, catalogue
from engine.language.checks.findings import finding
from engine.language.checks.outline import Draft, Outline, outline_of, said_all
from engine.language.policy import Document
from engine.language.syntax import Accept
from engine.source import Span

# What reading and parsing find; an acceptance of one of these may be right though no check sees it.
ELSEWHERE = ("0", "1", "2", "9")
BESIDE_OTHERS = ("W806",)  # found only where the versions of a policy are checked together


def without_accepted(document: Document, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings less the warnings that an acceptance in the document speaks for; errors always stay.

    For the findings of reading and parsing; `check` has done it for its own.
    """
    if not any(d.severity == "warning" for d in found):
        return tuple(found)
    outlines = tuple(outline_of(document, scheme) for scheme in document.schemes)
    return _judged(outlines, found)[0]


def accepted(outline: Outline) -> tuple[Accept, ...]:
    """What a scheme accepts anywhere, each once."""
    return tuple(dict.fromkeys(accept for accept, _, _ in _acceptances(outline)))


def judged(outlines: tuple[Outline, ...], found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings of the checks less the accepted warnings, with a warning for every acceptance of nothing."""
    kept, idle = _judged(outlines, found)
    return (*kept, *(d for outline, accept in idle for d in _idle(outline, accept)))


def _judged(
    outlines: tuple[Outline, ...], found: Sequence[Diagnostic]
) -> tuple[tuple[Diagnostic, ...], list[tuple[Outline, Accept]]]:
    kept = list(found)
    idle: list[tuple[Outline, Accept]] = []
    for outline in outlines:
        for accept, first, last in _acceptances(outline):
            spoken_for = [
                d for d in kept if d.code == accept.code and d.severity == "warning" and first <= d.place.line <= last
            ]
            kept = [d for d in kept if d not in spoken_for]
            if not spoken_for:
                idle.append((outline, accept))
    return tuple(kept), idle


def _acceptances(outline: Outline) -> Iterator[tuple[Accept, int, int]]:
    """Every acceptance with the first and the last line it speaks for: a line with all below it, or the whole file."""
    for accept in said_all(outline.general, Accept):
        yield accept, 1, len(outline.source.starts)
    seen: set[int] = set()
    for draft in outline.drafts.values():
        for accept in said_all(draft.own, Accept):
            if id(accept) not in seen:
                seen.add(id(accept))
                yield accept, *_lines(outline, draft)


def _lines(outline: Outline, draft: Draft) -> tuple[int, int]:
    spans, source = list(_spans(outline, draft)), outline.source
    return min(source.line_of(s.start) for s in spans), max(source.line_of(max(s.start, s.end - 1)) for s in spans)


def _spans(outline: Outline, draft: Draft) -> Iterator[Span]:
    """Where a line, its bullets and everything below it stand."""
    yield draft.head.name.span
    for sentence in (*draft.own, *draft.each):
        yield sentence.span
    for path in draft.children:
        yield from _spans(outline, outline.drafts[path])


def _idle(outline: Outline, accept: Accept) -> Iterator[Diagnostic]:
    code = accept.code
    if code.startswith("E"):
        case = "error"
    elif code[1:2] not in FAMILIES or code not in catalogue(code[1]):
        case = "unknown"
    elif code[1] in ELSEWHERE or code in BESIDE_OTHERS:
        return
    else:
        case = ""
    yield finding(outline, "W712", accept.span, case=case, accepted=code)
