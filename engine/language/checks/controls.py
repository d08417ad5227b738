"""`control:` and the scheme: each figure speaks of something (E409), and weights are those that are printed (W409)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import listed, nearest_name, number
from engine.language.checks.outline import Draft
from engine.language.checks.resolution import Resolution
from engine.language.controls import Control
from engine.language.policy import Document
from engine.language.syntax import Weight, WeightUnit
from engine.language.text import identity
from engine.source import Span, place_of


def controls_are_of_lines(document: Document, resolutions: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E409: a printed figure speaks of one line of a scheme, and of a unit by the policy's columns."""
    if any(resolution.outline.nameless for resolution in resolutions):
        return
    lines = {draft.name: draft.head.name.span for resolution in resolutions for draft in resolution.drafts}
    schemes = [resolution.outline.scheme.name for resolution in resolutions]
    for control in document.header.controls:
        if control.scheme is not None and control.scheme not in schemes:
            hint = nearest_name(control.scheme, schemes)
            yield _at(document, control.name_span, "E409", case="scheme", hint=hint, name=control.scheme)
            continue
        for column in control.unit:
            if column not in document.header.units:
                hint = nearest_name(column, list(document.header.units))
                at = document.source.text.find(hint) if hint else -1
                related = (Span(at, at + len(hint)),) if hint and at >= 0 else ()  # the slip may be there
                yield _at(document, control.name_span, "E409", case="unit", hint=hint, related=related, name=column)
        meant = [_lines(resolution, control) for resolution in _schemes(control, resolutions)]
        if not any(meant):
            hint = nearest_name(control.name, list(lines))
            related = (lines[hint],) if hint else ()  # the slip may be there
            yield _at(document, control.name_span, "E409", hint=hint, related=related, name=control.name)
        for drafts in meant:
            if len(drafts) > 1:
                choices = listed([draft.path for draft in drafts])
                yield _at(document, control.name_span, "E409", case="several", name=control.name, choices=choices)


def printed_weights_are_written(document: Document, resolutions: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """W409: a weight, and the sum of the weights below a line, are in the policy what they are in print."""
    for control in document.header.controls:
        if control.role not in ("weight", "weights"):
            continue
        for resolution in _schemes(control, resolutions):
            for draft in _lines(resolution, control)[:1]:
                yield from _weight(document, resolution, control, draft)


def _weight(document: Document, resolution: Resolution, control: Control, draft: Draft) -> Iterator[Diagnostic]:
    below = [resolution.outline.drafts[path] for path in draft.children]
    weights = [one.head.weight for one in (below if control.role == "weights" else [draft])]
    written = _sum(weights)
    name, as_printed = draft.name, control.text
    if written is None:
        yield _at(document, control.span, "W409", case="none", name=name, printed=as_printed)
        return
    fractions = any(weight is not None and weight.unit is WeightUnit.FRACTION for weight in weights)
    printed = control.amount * 100 if fractions and not control.text.endswith(("%", "％")) else control.amount
    if printed != written:
        unit = "" if any(w is not None and w.unit in (WeightUnit.POINTS, WeightUnit.PARTS) for w in weights) else "%"
        case = "sum" if control.role == "weights" else ""
        shown = number(written) + unit
        yield _at(document, control.span, "W409", case=case, written=shown, name=name, printed=as_printed)


def _sum(weights: Sequence[Weight | None]) -> Fraction | None:
    """The sum of the weights as written, of percentages and parts of 1 in per cent; None where one lacks."""
    total = Fraction(0)
    for weight in weights:
        if weight is None:
            return None
        total += weight.amount * 100 if weight.unit is WeightUnit.FRACTION else weight.amount
    return total if weights else None


def _schemes(control: Control, resolutions: Sequence[Resolution]) -> list[Resolution]:
    return [r for r in resolutions if control.scheme in (None, r.outline.scheme.name)]


def _lines(resolution: Resolution, control: Control) -> list[Draft]:
    """The lines a figure may speak of: by path, the end of it, name or key."""
    wanted = identity(control.name)
    return [draft for draft in resolution.drafts if wanted in _spellings(draft)]


def _spellings(draft: Draft) -> set[str]:
    parts = draft.path.split("/")
    ends = ["/".join(parts[n:]) for n in range(len(parts))]
    return {identity(name) for name in (*ends, draft.name, draft.head.key) if name}


def _at(  # noqa: PLR0913 - a finding has that many parts; all but the first three by name
    document: Document,
    span: Span,
    code: str,
    *,
    case: str = "",
    hint: str | None = None,
    related: tuple[Span, ...] = (),
    **args: object,
) -> Diagnostic:
    place, others = place_of(document.source, span), tuple(place_of(document.source, other) for other in related)
    return Diagnostic(code=code, case=case, place=place, hint=hint, related=others, args=args)
