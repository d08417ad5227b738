"""Lines that do not say what they are (E714), and sentences that change nothing where they stand (W711)."""

from collections.abc import Callable, Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.cells import bounded, sort_of
from engine.language.checks.choices import needs_target
from engine.language.checks.findings import finding
from engine.language.checks.marks import scale_of
from engine.language.checks.methods import in_deduction
from engine.language.checks.outline import Draft, Outline, default, of_value, said
from engine.language.checks.resolution import Resolution
from engine.language.policy import Added, Combined, Deducted, Grouped
from engine.language.syntax import (
    AddUp,
    AnswerScale,
    Cap,
    Clamped,
    Combine,
    DeductFrom,
    ItemCount,
    Kind,
    LateTrigger,
    LogScale,
    LowerIsBetter,
    MayExceed,
    MinimumSample,
    NaturalLog,
    Normalise,
    OverUnits,
    PeriodCap,
    RateAsScore,
    Rule,
    Scale,
    Sentence,
    Survey,
    Target,
    TimeLimit,
)


def leaves_say_their_value(resolution: Resolution) -> Iterator[Diagnostic]:
    """E714: a line with nothing below says what is collected for it; a heading has lines below."""
    for draft in resolution.leaves:
        measure = resolution.measures.get(draft.path)
        undecided = measure is not None and measure.kind is None and not in_deduction(draft, resolution.methods)
        if undecided and not (_is_unsure(draft) or resolution.outline.scheme.broken or _is_empty(resolution, draft)):
            combining = said(draft.own, Combine) or said(draft.own, DeductFrom) or said(draft.own, AddUp)
            case = "heading" if combining else ""
            yield finding(resolution.outline, "E714", draft.head.name.span, draft=draft, case=case, name=draft.name)


def _is_unsure(draft: Draft) -> bool:
    """The line, or one right below it, could not be read: what seems to be lacking may stand there."""
    return draft.unread or any(line.broken for line in draft.line.children)


def _is_empty(resolution: Resolution, draft: Draft) -> bool:
    """A colon with nothing behind it, which the parser has reported."""
    span = draft.line.span
    return resolution.outline.source.text[span.start : span.end].rstrip().endswith((":", "："))


# ---------------------------------------------------------------- said in vain


def sentences_have_effect(resolution: Resolution) -> Iterator[Diagnostic]:
    """W711: a sentence that changes nothing where it stands is in the wrong place, or something else is missing."""
    for draft in resolution.drafts:
        measure = resolution.measures.get(draft.path)
        undecided = measure is not None and measure.kind is None  # E714, E713
        if _is_unsure(draft) or undecided:
            continue
        for sentence in draft.own:
            works = WORKS.get(type(sentence))
            if works is not None and not (works(resolution, draft) and _bounds_something(resolution, draft, sentence)):
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


def _bounds_something(resolution: Resolution, draft: Draft, sentence: Sentence) -> bool:
    """Of a cap: some rule takes, adds or earns what it bounds."""
    cell = resolution.cells.get(draft.path)
    if cell is None or not isinstance(sentence, Cap) or sentence.points is None:
        return True
    return any(sort_of(ruled.rule) == bounded(sentence) for ruled in cell.rules)


def _is_ruled(resolution: Resolution, draft: Draft) -> bool:
    return draft.path in resolution.cells


def _has_value(resolution: Resolution, draft: Draft) -> bool:
    """A number that is converted: collected, or the outcome of a formula."""
    return draft.path in resolution.measures or draft.line.formula is not None


def _is_counted(resolution: Resolution, draft: Draft) -> bool:
    """There is something of which there may be too few: answers, rows, or the parts of a mean."""
    made = isinstance(resolution.methods.get(draft.path), Combined | Added)
    return draft.path in resolution.measures or made


def _is_surveyed(resolution: Resolution, draft: Draft) -> bool:
    return any(default(resolution.outline, leaf, Survey) is not None for leaf in _leaves(resolution.outline, draft))


def _is_mapped(resolution: Resolution, draft: Draft) -> bool:
    outline = resolution.outline
    mapped = default(outline, draft, Scale) is not None or default(outline, draft, OverUnits) is not None
    measure = resolution.measures.get(draft.path)
    direct = measure is not None and measure.kind in (Kind.RATE, Kind.YES_NO)
    return mapped or direct or _is_ruled(resolution, draft)


def _is_converted(resolution: Resolution, draft: Draft) -> bool:
    measure = resolution.measures.get(draft.path)
    scale = scale_of(resolution.outline, draft, measure.kind if measure else None)
    return scale is not None and of_value(resolution.outline, draft, OverUnits) is None


def _is_rate(resolution: Resolution, draft: Draft) -> bool:
    measure = resolution.measures.get(draft.path)
    return measure is not None and measure.kind is Kind.RATE


def _combines(_: Resolution, draft: Draft) -> bool:
    return bool(draft.children) and draft.line.formula is None


def _is_full(resolution: Resolution, draft: Draft) -> bool:
    """满分10分，倒扣分 on a line with rules states its full marks."""
    return _combines(resolution, draft) or _is_ruled(resolution, draft)


# Where a sentence works. What is not listed works everywhere; an undecided line is told so instead (E714).
WORKS: dict[type, Callable[[Resolution, Draft], bool]] = {
    Target: _target_works,
    TimeLimit: _limit_works,
    Cap: _cap_works,
    PeriodCap: _cap_works,
    MayExceed: _is_ruled,
    AnswerScale: _is_surveyed,
    Clamped: _is_mapped,
    LowerIsBetter: _is_mapped,
    NaturalLog: _has_value,
    LogScale: _is_converted,
    OverUnits: _has_value,
    RateAsScore: _is_rate,
    MinimumSample: _is_counted,
    Normalise: _combines,
    ItemCount: _combines,
    Combine: _combines,
    DeductFrom: _is_full,
    AddUp: _is_full,
}
