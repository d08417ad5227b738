"""Dates of targets and limits: in order, without holes, from the day the policy holds (E801–E804)."""

from collections.abc import Iterator
from itertools import pairwise

from engine.diagnostics import Diagnostic
from engine.language.checks.cells import Cell
from engine.language.checks.findings import both, finding
from engine.language.checks.outline import Draft
from engine.language.checks.references import let_of
from engine.language.checks.resolution import Resolution
from engine.language.policy import DataSource
from engine.language.syntax import Dated, Let, LookUp, Name, Target, TimeLimit, amounts_of

PERIODS = {
    "day": both("日", "day"),
    "week": both("周", "week"),
    "month": both("月", "month"),
    "quarter": both("季度", "quarter"),
    "year": both("年", "year"),
}


def dated_sentences(resolution: Resolution) -> Iterator[tuple[Draft | None, Target | TimeLimit | Let]]:
    """Every target, limit and 设 with its line, each once."""
    outline = resolution.outline
    for sentence in (*outline.general, *outline.each):
        if isinstance(sentence, Target | TimeLimit | Let):
            yield None, sentence
    seen: set[int] = set()
    for draft in resolution.drafts:
        for sentence in (*draft.own, *draft.each):
            if isinstance(sentence, Target | TimeLimit | Let) and id(sentence) not in seen:
                seen.add(id(sentence))
                yield draft, sentence


def later_values_are_dated(resolution: Resolution) -> Iterator[Diagnostic]:
    """E801: of several values every one after the first says from when it holds."""
    for draft, sentence in dated_sentences(resolution):
        for dated in sentence.values[1:]:
            if dated.since is None:
                yield finding(resolution.outline, "E801", dated.span, draft=draft, value=_shown(resolution, dated))


def _shown(resolution: Resolution, dated: Dated) -> str:
    span = dated.value.span
    return resolution.outline.source.text[span.start : span.end]


def dates_rise(resolution: Resolution) -> Iterator[Diagnostic]:
    """E802: values stand in the order of their dates, each date once."""
    for draft, sentence in dated_sentences(resolution):
        known = [dated for dated in sentence.values if dated.since is not None]
        for earlier, later in pairwise(known):
            if earlier.since is not None and later.since is not None and later.since <= earlier.since:
                case = "same" if later.since == earlier.since else ""
                yield finding(
                    resolution.outline,
                    "E802",
                    later.span,
                    draft=draft,
                    case=case,
                    related=(earlier.span,),
                    date=later.since.isoformat(),
                    earlier=earlier.since.isoformat(),
                )


def values_hold_from_the_start(resolution: Resolution) -> Iterator[Diagnostic]:
    """E803: the first value holds on the day the policy takes effect, else there is a time without a target."""
    start = resolution.outline.header.effective_from
    for draft, sentence in dated_sentences(resolution):
        first = sentence.values[0]
        if start is not None and first.since is not None and first.since > start:
            yield finding(
                resolution.outline,
                "E803",
                first.span,
                draft=draft,
                date=first.since.isoformat(),
                start=start.isoformat(),
                value=_shown(resolution, first),
            )


def names_hold_one_value(resolution: Resolution) -> Iterator[Diagnostic]:
    """E802: a name that stands for several dated values is not dated again beside its use."""
    for draft, sentence in dated_sentences(resolution):
        for dated in sentence.values:
            let = let_of(resolution.outline, dated.value) if isinstance(dated.value, Name) else None
            again = let is not None and len(let.values) > 1 and (dated.since is not None or len(sentence.values) > 1)
            chained = let is not None and any(isinstance(value.value, Name) for value in let.values)
            if again or chained:
                shown = _shown(resolution, dated)
                case = "chain" if chained else "name"
                yield finding(resolution.outline, "E802", dated.span, draft=draft, case=case, value=shown)


def period_caps_have_dates(resolution: Resolution) -> Iterator[Diagnostic]:
    """E804: 每月最多扣3分 needs to know in which month each case happened."""
    sources = {source.name: source for source in resolution.outline.header.data}
    for draft in resolution.leaves:
        cell = resolution.cells.get(draft.path)
        cap = cell.period_cap if cell else None
        if cell is None or cap is None:
            continue
        period = PERIODS.get(cap.period, both(cap.period, cap.period))
        for name in _undated(resolution, cell, sources):
            yield finding(
                resolution.outline, "E804", cap.span, draft=draft, name=draft.name, source=name, period=period
            )


def _undated(resolution: Resolution, cell: Cell, sources: dict[str, DataSource]) -> Iterator[str]:
    """The event and survey sources the rules of a cell read that say no date of their rows."""
    for ruled in cell.rules:
        measure = resolution.measures.get(ruled.measure)
        sentence = measure.sentence if measure else None
        for amount in amounts_of(sentence) if sentence is not None else ():
            source = sources.get(amount.source.text)
            if source is not None and source.date is None and not isinstance(amount, LookUp):
                yield source.name
