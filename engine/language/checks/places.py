"""Sentences in their places: lines under measured ones, empty headings, said twice, in vain (E107–E109, W711)."""

from collections.abc import Callable, Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.choices import needs_target
from engine.language.checks.findings import finding
from engine.language.checks.methods import in_deduction
from engine.language.checks.outline import Draft, Outline, default, said
from engine.language.checks.resolution import Resolution
from engine.language.policy import Deducted, Grouped
from engine.language.syntax import (
    AddUp,
    AnswerScale,
    Bands,
    BoundOwner,
    Cap,
    Clamped,
    Combine,
    DeductFrom,
    GradeOn,
    ItemCount,
    Kind,
    KindIs,
    LateTrigger,
    LowerIsBetter,
    MayExceed,
    MinimumSample,
    Missing,
    NaturalLog,
    Normalise,
    OverUnits,
    PartSteps,
    PeriodCap,
    RateAsScore,
    Rounding,
    Rule,
    Scale,
    Sentence,
    StepPercent,
    Survey,
    Target,
    TimeLimit,
)

MEASURED = (Survey, KindIs)
ONCE = (
    PartSteps,
    StepPercent,
    Target,
    TimeLimit,
    Survey,
    Scale,
    AnswerScale,
    KindIs,
    OverUnits,
    MinimumSample,
    DeductFrom,
    AddUp,
    Normalise,
    ItemCount,
    Rounding,
    Missing,
    BoundOwner,
    GradeOn,
    Bands,
)


def measured_lines_are_leaves(resolution: Resolution) -> Iterator[Diagnostic]:
    """E107: a line that is measured has no lines below; a line with lines below is made of them."""
    for draft in resolution.drafts:
        measured = next((s for s in draft.own if isinstance(s, MEASURED)), None)
        if measured is not None and draft.children and draft.line.formula is None:
            below = resolution.outline.drafts[draft.children[0]]
            related = (measured.span,)
            span = below.head.name.span
            yield finding(
                resolution.outline, "E107", span, draft=draft, related=related, name=draft.name, below=below.name
            )


def leaves_say_their_value(resolution: Resolution) -> Iterator[Diagnostic]:
    """E108: a line with nothing below says what is collected for it; a heading has lines below."""
    for draft in resolution.leaves:
        measure = resolution.measures.get(draft.path)
        undecided = measure is not None and measure.kind is None and not in_deduction(draft, resolution.methods)
        if undecided and not draft.line.broken and not resolution.outline.scheme.broken:
            combining = said(draft.own, Combine) or said(draft.own, DeductFrom) or said(draft.own, AddUp)
            case = "heading" if combining else ""
            yield finding(resolution.outline, "E108", draft.head.name.span, draft=draft, case=case, name=draft.name)


def sentences_stand_once(resolution: Resolution) -> Iterator[Diagnostic]:
    """E109: one line says one thing once; which of two targets holds nobody can know."""
    outline = resolution.outline
    for draft, sentences in _cells(resolution):
        seen: dict[type, Sentence] = {}
        for sentence in sentences:
            if isinstance(sentence, ONCE):
                first = seen.setdefault(type(sentence), sentence)
                if first is not sentence:
                    text = outline.source.text[sentence.span.start : sentence.span.end]
                    earlier = outline.source.text[first.span.start : first.span.end]
                    same = first == sentence
                    yield finding(
                        outline,
                        "E109",
                        sentence.span,
                        draft=draft,
                        case="same" if same else "",
                        related=(first.span,),
                        text=text,
                        first=earlier,
                    )


def _cells(resolution: Resolution) -> Iterator[tuple[Draft | None, tuple[Sentence, ...]]]:
    outline = resolution.outline
    yield None, outline.general
    yield None, outline.each
    for draft in resolution.drafts:
        yield draft, draft.own
        yield draft, draft.each


# ---------------------------------------------------------------- said in vain


def sentences_have_effect(resolution: Resolution) -> Iterator[Diagnostic]:
    """W711: a sentence that changes nothing where it stands is in the wrong place, or something else is missing."""
    for draft in resolution.drafts:
        if draft.line.broken:
            continue
        for sentence in draft.own:
            works = WORKS.get(type(sentence))
            if works is not None and not works(resolution, draft):
                text = resolution.outline.source.text[sentence.span.start : sentence.span.end]
                yield finding(resolution.outline, "W711", sentence.span, draft=draft, name=draft.name, text=text)


def _rules(resolution: Resolution, draft: Draft) -> tuple[Rule, ...]:
    """The rules of a line, or of all lines below a heading."""
    cells = [resolution.cells[d.path] for d in _leaves(resolution.outline, draft) if d.path in resolution.cells]
    return tuple(ruled.rule for cell in cells for ruled in cell.rules)


def _leaves(outline: Outline, draft: Draft) -> Iterator[Draft]:
    if not draft.children:
        yield draft
    for path in draft.children:
        yield from _leaves(outline, outline.drafts[path])


def _target_works(resolution: Resolution, draft: Draft) -> bool:
    return any(needs_target(rule) for rule in _rules(resolution, draft))


def _limit_works(resolution: Resolution, draft: Draft) -> bool:
    return any(isinstance(rule.trigger, LateTrigger) for rule in _rules(resolution, draft))


def _cap_works(resolution: Resolution, draft: Draft) -> bool:
    if draft.children:
        return isinstance(resolution.methods.get(draft.path), Grouped | Deducted)
    return draft.path in resolution.cells


def _is_ruled(resolution: Resolution, draft: Draft) -> bool:
    return draft.path in resolution.cells


def _is_measured(resolution: Resolution, draft: Draft) -> bool:
    return draft.path in resolution.measures


def _is_surveyed(resolution: Resolution, draft: Draft) -> bool:
    return any(default(resolution.outline, leaf, Survey) is not None for leaf in _leaves(resolution.outline, draft))


def _is_mapped(resolution: Resolution, draft: Draft) -> bool:
    outline = resolution.outline
    mapped = default(outline, draft, Scale) is not None or default(outline, draft, OverUnits) is not None
    measure = resolution.measures.get(draft.path)
    direct = measure is not None and measure.kind in (Kind.RATE, Kind.YES_NO)
    return mapped or direct or _is_ruled(resolution, draft)


def _is_scaled(_: Resolution, draft: Draft) -> bool:
    return draft.line.formula is None


def _is_rate(resolution: Resolution, draft: Draft) -> bool:
    measure = resolution.measures.get(draft.path)
    return measure is not None and measure.kind is Kind.RATE


def _combines(_: Resolution, draft: Draft) -> bool:
    return bool(draft.children) and draft.line.formula is None


def _is_full(resolution: Resolution, draft: Draft) -> bool:
    """满分10分，倒扣分 on a line with rules states its full marks."""
    return _combines(resolution, draft) or _is_ruled(resolution, draft)


# Where a sentence works. What is not listed works everywhere; an undecided line is told so instead (E108).
WORKS: dict[type, Callable[[Resolution, Draft], bool]] = {
    Target: _target_works,
    TimeLimit: _limit_works,
    Cap: _cap_works,
    PeriodCap: _cap_works,
    MayExceed: _is_ruled,
    AnswerScale: _is_surveyed,
    Clamped: _is_mapped,
    LowerIsBetter: _is_mapped,
    NaturalLog: _is_measured,
    OverUnits: _is_measured,
    RateAsScore: _is_rate,
    MinimumSample: _is_measured,
    Scale: _is_scaled,
    Normalise: _combines,
    ItemCount: _combines,
    Combine: _combines,
    DeductFrom: _is_full,
    AddUp: _is_full,
}
