"""What a heading makes one score of: scores, all out of the same full marks (E603, E608, E609)."""

from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import both, finding, number, sentence_in
from engine.language.checks.kinds import KINDS
from engine.language.checks.marks import points_of
from engine.language.checks.methods import in_deduction
from engine.language.checks.outline import Draft, of_value, parts, said
from engine.language.checks.references import references_in, resolved
from engine.language.checks.resolution import Resolution
from engine.language.checks.sums import of_numbers, shares_of
from engine.language.policy import Added, Combined, Deducted, FuzzyEvaluation, Grouped
from engine.language.syntax import InformationOnly, Kind, OverUnits, Placing, Survey
from engine.source import Span


def means_are_of_scores(resolution: Resolution) -> Iterator[Diagnostic]:
    """E603: a mean, a sum of points and a formula of shares are made of scores; a rate only where it is called one."""
    for draft in resolution.drafts:
        for part in scored_parts(resolution, draft):
            pointless = isinstance(resolution.methods.get(draft.path), Added) and points_of(part) is None  # E402, E403
            if resolution.marks.get(part.path) is None and not pointless and not _told_elsewhere(resolution, part):
                yield _no_score(resolution, draft, part)


def scored_parts(resolution: Resolution, draft: Draft) -> tuple[Draft, ...]:
    """The lines whose scores a line is made of."""
    if draft.line.formula is not None:
        if shares_of(draft.line.formula) is None or of_numbers(resolution, draft):
            return ()
        found = (resolved(resolution.outline, draft, r) for r in references_in(draft.line.formula))
        return tuple(resolution.outline.drafts[path] for path in found if path is not None)
    made = isinstance(resolution.methods.get(draft.path), Combined | Added)
    return parts(resolution.outline, draft) if made else ()


def _told_elsewhere(resolution: Resolution, part: Draft) -> bool:
    """Why the line has no score is said by another finding: unread, undecided, or only its scale is missing (E706)."""
    measure = resolution.measures.get(part.path)
    if part.unread or (part.children and resolution.methods.get(part.path) is None):
        return True
    if measure is None:
        return False
    return measure.kind in (None, Kind.RATING, Kind.INDEX, Kind.DISTRIBUTION)


def _no_score(resolution: Resolution, draft: Draft, part: Draft) -> Diagnostic:
    measure = resolution.measures.get(part.path)
    kind = measure.kind if measure and measure.kind else Kind.SCORE
    rate = kind is Kind.RATE and points_of(part) is None
    group = isinstance(resolution.methods.get(part.path), Grouped | FuzzyEvaluation)
    return finding(
        resolution.outline,
        "E603",
        part.head.name.span,
        draft=part,
        case="group" if group else "" if rate else "number" if kind is Kind.NUMBER else "kind",
        hint=sentence_in(resolution.outline, "按百分制计分", "rate as score") if rate else None,
        name=part.name,
        kind=KINDS[kind],
        parent=draft.name,
    )


def something_counts(resolution: Resolution) -> Iterator[Diagnostic]:
    """E603: a heading is made of its lines; where all of them are for information only, of nothing.

    A formula says itself what it is made of.
    """
    for draft in resolution.drafts:
        formula = draft.line.formula is not None
        below = [] if formula else [resolution.outline.drafts[path] for path in draft.children]
        if below and not parts(resolution.outline, draft) and said(draft.own, InformationOnly) is None:
            kind = KINDS[Kind.SCORE]
            span = draft.head.name.span
            yield finding(
                resolution.outline, "E603", span, draft=draft, case="nothing", name=draft.name, kind=kind, parent=""
            )


def result_is_a_score(resolution: Resolution) -> Iterator[Diagnostic]:
    """E603: the first line is the result, and a result is a score."""
    outline = resolution.outline
    result = outline.drafts[outline.result] if outline.result else None
    if result is None or resolution.marks.get(result.path) is not None or _told_elsewhere(resolution, result):
        return
    measure = resolution.measures.get(result.path)
    kind = KINDS[measure.kind if measure and measure.kind else Kind.NUMBER]
    yield finding(
        outline, "E603", result.head.name.span, draft=result, case="result", name=result.name, kind=kind, parent=""
    )


def deductions_are_of_losses(resolution: Resolution) -> Iterator[Diagnostic]:
    """E603: below a deduction stand lines that deduct; what a mean or a formula takes nobody has said."""
    for draft in resolution.drafts:
        scored = draft.line.formula is not None or isinstance(resolution.methods.get(draft.path), Combined)
        if scored and in_deduction(draft, resolution.methods):
            parent = resolution.outline.drafts[draft.parent or ""].name
            span = draft.head.name.span
            kind = KINDS[Kind.SCORE]
            yield finding(
                resolution.outline, "E603", span, draft=draft, case="loss", name=draft.name, kind=kind, parent=parent
            )


def full_marks_are_alike(resolution: Resolution) -> Iterator[Diagnostic]:
    """E608: the scores of one mean are out of the same full marks; of a sum, out of their points."""
    for draft in resolution.drafts:
        if isinstance(resolution.methods.get(draft.path), Added):
            yield from _off_points(resolution, draft)
        else:
            yield from _unlike(resolution, draft)


def _unlike(resolution: Resolution, draft: Draft) -> Iterator[Diagnostic]:
    below = [part for part in scored_parts(resolution, draft) if points_of(part) is None or part.parent != draft.path]
    lines = [(part, marks) for part in below if (marks := resolution.marks.get(part.path))]
    first = lines[0] if lines else None
    endless = next((part for part, marks in lines if marks.high is None and _over_units(resolution, part)), None)
    bounded = next((part for part, marks in lines if marks.high is not None), None)
    if endless is not None and bounded is not None:
        args = {"name": endless.name, "other": bounded.name, "parent": draft.name}
        place, related = endless.head.name.span, (bounded.head.name.span,)
        over = of_value(resolution.outline, endless, OverUnits)
        case = "relative" if over is not None and over.method is Placing.MEAN_SHARE else "endless"
        yield finding(resolution.outline, "E608", place, draft=endless, case=case, related=related, **args)
        return
    for part, marks in lines:
        if first is not None and None not in (first[1].high, marks.high) and marks.high != first[1].high:
            yield finding(
                resolution.outline,
                "E608",
                part.head.name.span,
                draft=part,
                related=(first[0].head.name.span,),
                name=part.name,
                full=number(marks.full),
                other=first[0].name,
                other_full=number(first[1].full),
                parent=draft.name,
            )
            return


def _over_units(resolution: Resolution, draft: Draft) -> bool:
    """Whether a value is placed among the units; without ends (标准化) it has no full marks."""
    return of_value(resolution.outline, draft, OverUnits) is not None


def _off_points(resolution: Resolution, draft: Draft) -> Iterator[Diagnostic]:
    for part in parts(resolution.outline, draft):
        points, marks = points_of(part), resolution.marks.get(part.path)
        if points is None or marks is None or marks.high == points or _said_as_points(resolution, part):
            continue
        yield finding(
            resolution.outline,
            "E608",
            part.head.name.span,
            draft=part,
            case="heading" if part.children and part.line.formula is None else "points",
            name=part.name,
            full=number(marks.full),
            points=number(points),
            parent=draft.name,
        )


def _said_as_points(resolution: Resolution, part: Draft) -> bool:
    """A heading that states other full marks than its points is told so already (E405)."""
    return isinstance(resolution.methods.get(part.path), Added | Deducted)


# ---------------------------------------------------------------- fuzzy evaluation


def distributions_belong_to_fuzzy(resolution: Resolution) -> Iterator[Diagnostic]:
    """E609: a fuzzy evaluation is made of distributions of answers, and nothing else is."""
    outline = resolution.outline
    for draft in resolution.leaves:
        measure = resolution.measures.get(draft.path)
        if measure is None or draft.unread:
            continue
        inside = isinstance(resolution.methods.get(draft.parent or ""), FuzzyEvaluation)
        if inside and measure.kind is not Kind.DISTRIBUTION:
            case = ""
        elif not inside and measure.kind is Kind.DISTRIBUTION:
            case = "outside"
        else:
            continue
        kind = KINDS[measure.kind] if measure.kind else both("没有写明", "not said")
        span = _of_value(draft)
        yield finding(outline, "E609", span, draft=draft, case=case, name=draft.name, kind=kind)


def _of_value(draft: Draft) -> Span:
    """Where the line says what it measures, else its name."""
    survey = said(draft.own, Survey)
    return survey.span if survey else draft.head.name.span
