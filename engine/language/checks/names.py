"""Names: unknown, ambiguous, said twice, going round in a circle, unused (E301–E304, W305, E310)."""

from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import finding, listed, near_names, nearest_name
from engine.language.checks.outline import Draft, Outline, matches, said_all
from engine.language.checks.references import constant_of, let_of, meant, references_in
from engine.language.checks.resolution import Resolution
from engine.language.syntax import (
    Bands,
    Dated,
    GradeAs,
    Let,
    Name,
    Reference,
    Rule,
    Target,
    TimeLimit,
    Veto,
)
from engine.source import Span


def written_references(draft: Draft) -> list[Reference]:
    """Every name a line writes for another line: in its formula and in its vetoes."""
    in_formula = list(references_in(draft.line.formula)) if draft.line.formula is not None else []
    return in_formula + [veto.trigger.subject for veto in said_all(draft.own, Veto)]


def unknown_names(resolution: Resolution) -> Iterator[Diagnostic]:
    """E301: a name in a formula or a veto must be the name of a line."""
    outline = resolution.outline
    if outline.nameless:  # the name may stand on the line that could not be read
        return
    for draft in resolution.drafts:
        for reference in written_references(draft):
            if meant(outline, draft, reference) or constant_of(outline, reference) is not None:
                continue
            dated = len(reference.names) == 1 and let_of(outline, reference.names[0]) is not None
            yield _unknown(outline, draft, reference, case="dated" if dated else "")


def _unknown(outline: Outline, draft: Draft, reference: Reference, *, case: str) -> Diagnostic:
    name = ".".join(part.text for part in reference.names)
    span = reference.names[0].span.to(reference.names[-1].span)
    last = reference.names[-1]
    others = {
        other.name: other.head.name.span
        for other in _below(outline, reference.names[:-1])
        if other is not draft and other.head.name.identity != last.identity
    }
    near = [] if case else near_names(last.text, list(others))
    hint = near[0] if len(near) == 1 else None
    related = tuple(others[name] for name in near)  # the slip may be there
    return finding(outline, "E301", span, draft=draft, case=case, hint=hint, related=related, name=name)


def _below(outline: Outline, names: tuple[Name, ...]) -> list[Draft]:
    """The lines that a name may mean behind these headings (客观指标.产品质量); without one, and of none, all lines."""
    headings = [outline.drafts[path] for path in matches(outline, names)] if names else []
    return [outline.drafts[path] for heading in headings for path in heading.children] or list(outline.drafts.values())


def ambiguous_names(resolution: Resolution) -> Iterator[Diagnostic]:
    """E303: a name that several lines have must be written with its heading: 客观指标.产品质量."""
    outline = resolution.outline
    for draft in resolution.drafts:
        for reference in written_references(draft):
            found = meant(outline, draft, reference)
            if len(found) > 1:
                span = reference.names[0].span.to(reference.names[-1].span)
                choices = listed([path.strip().replace("/", ".") for path in found])
                related = tuple(outline.drafts[path].head.name.span for path in found)
                name = reference.names[-1].text
                yield finding(outline, "E303", span, draft=draft, related=related, name=name, choices=choices)


def repeated_names(resolution: Resolution) -> Iterator[Diagnostic]:
    """E302: below one heading every name stands once; a `设` and a grade also have one meaning each."""
    outline = resolution.outline
    for first, head in outline.repeated:
        line = outline.source.line_of(first.name.span.start)
        related = (first.name.span,)
        yield finding(outline, "E302", head.name.span, related=related, name=head.name.text, line=line)
    seen: dict[str, Let] = {}
    for let in outline.lets:
        first = seen.setdefault(let.name.identity, let)
        if first is not let:
            line = outline.source.line_of(first.span.start)
            related = (first.name.span,)
            yield finding(outline, "E302", let.name.span, case="let", related=related, name=let.name.text, line=line)
    for draft in resolution.drafts:
        yield from _repeated_grades(outline, draft)


def _repeated_grades(outline: Outline, draft: Draft) -> Iterator[Diagnostic]:
    for bands in said_all(draft.own, Bands):
        seen: dict[str, Name] = {}
        for band in bands.bands:
            first = seen.setdefault(band.label.identity, band.label)
            if first is not band.label:
                name = band.label.text
                related = (first.span,)
                yield finding(outline, "E302", band.label.span, draft=draft, case="grade", related=related, name=name)


def circles(resolution: Resolution) -> Iterator[Diagnostic]:
    """E304: no score may rest on itself, directly or through others."""
    outline = resolution.outline
    for cycle in resolution.references.cycles:
        names = " → ".join(outline.drafts[path].name for path in cycle)
        draft = outline.drafts[cycle[0]]
        related = tuple(outline.drafts[path].head.name.span for path in cycle[1:-1])
        yield finding(outline, "E304", _edge(outline, cycle), draft=draft, related=related, cycle=names)


def _edge(outline: Outline, cycle: tuple[str, ...]) -> Span:
    """Where the first line of a circle names the second: a reference, else the line's own name."""
    draft = outline.drafts[cycle[0]]
    for reference in written_references(draft):
        if cycle[1] in meant(outline, draft, reference):
            return reference.names[0].span.to(reference.names[-1].span)
    return draft.head.name.span


def unknown_values(resolution: Resolution) -> Iterator[Diagnostic]:
    """E301: a name in a target or a time limit must be the name of a `设`."""
    outline = resolution.outline
    for draft, values in _dated_values(resolution):
        for dated in values:
            name = dated.value
            if isinstance(name, Name) and let_of(outline, name) is None:
                lets = {let.name.text: let.name.span for let in outline.lets}
                hint = nearest_name(name.text, list(lets))
                related = (lets[hint],) if hint else ()
                yield finding(
                    outline, "E301", name.span, draft=draft, case="value", hint=hint, related=related, name=name.text
                )


def _dated_values(resolution: Resolution) -> Iterator[tuple[Draft | None, tuple[Dated, ...]]]:
    """Every target, limit and `设` of the scheme with its line."""
    outline = resolution.outline
    for sentence in (*outline.general, *outline.each):
        if isinstance(sentence, Target | TimeLimit | Let):
            yield None, sentence.values
    for draft in resolution.drafts:
        for sentence in (*draft.own, *draft.each):
            if isinstance(sentence, Target | TimeLimit | Let):
                yield draft, sentence.values


def unknown_grades(resolution: Resolution) -> Iterator[Diagnostic]:
    """E301: a grade that a veto or a rule gives must be one of the line's bands."""
    outline = resolution.outline
    for draft in resolution.drafts:
        labels = [band.label for bands in said_all(draft.own, Bands) for band in bands.bands]
        known = {label.identity for label in labels}
        for given in _given_grades(draft):
            if given.identity not in known:
                hint = nearest_name(given.text, [label.text for label in labels])
                related = tuple(label.span for label in labels if label.text == hint)
                case = "grade" if labels else "no grades"
                yield finding(
                    outline, "E301", given.span, draft=draft, case=case, hint=hint, related=related, name=given.text
                )


def _given_grades(draft: Draft) -> Iterator[Name]:
    for sentence in draft.own:
        if isinstance(sentence, Veto | Rule) and isinstance(sentence.effect, GradeAs):
            yield sentence.effect.label


def unused_lines(resolution: Resolution) -> Iterator[Diagnostic]:
    """W305: a line that takes no part in the result is a name forgotten in a formula, or is for information only."""
    if _names_missing(resolution):
        return
    outline, references = resolution.outline, resolution.references
    used = references.reached | references.informed
    for draft in resolution.drafts:
        idle_above = draft.parent is not None and draft.parent not in used
        if draft.path not in used and not idle_above:
            result = outline.drafts[outline.result].name if outline.result else ""
            yield finding(outline, "W305", draft.head.name.span, draft=draft, name=draft.name, result=result)
        elif not idle_above and _stands_wrong(resolution, draft):
            above = outline.drafts[draft.parent or ""].name
            yield finding(
                outline, "W305", draft.head.name.span, draft=draft, case="below", name=draft.name, result=above
            )


def _stands_wrong(resolution: Resolution, draft: Draft) -> bool:
    """Whether a line stands below a formula that does not need it: the indentation says what the formula does not.

    A line for information below one that counts is no part of it on purpose.
    """
    outline, references = resolution.outline, resolution.references
    heading = outline.drafts[draft.parent] if draft.parent is not None else None
    if heading is None or heading.line.formula is None:
        return False
    if draft.path not in references.reached and heading.path in references.reached:
        return False
    beside = [outline.drafts[path] for path in heading.children if path != draft.path]
    needing = [heading, *beside, *(outline.drafts[path] for other in beside for path in other.children)]
    return not any(draft.path in meant(outline, other, one) for other in needing for one in written_references(other))


def _names_missing(resolution: Resolution) -> bool:
    """A name that leads nowhere, or a line that could not be read, may be why others seem unused."""
    outline = resolution.outline
    if outline.unread:
        return True
    references = ((draft, r) for draft in resolution.drafts for r in written_references(draft))
    return any(len(meant(outline, draft, r)) != 1 and constant_of(outline, r) is None for draft, r in references)
