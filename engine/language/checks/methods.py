"""How each heading makes one score of its lines: said, handed down from above, or still open.

A heading says its method itself; below a deduction it only groups, below points it adds up,
below a fuzzy evaluation it is one level of it; lines that all carry weights make a weighted mean.
"""

from collections.abc import Mapping

from engine.language.checks.outline import Draft, Outline, parts, said
from engine.language.policy import Added, Combined, Deducted, FuzzyEvaluation, Grouped, Value
from engine.language.syntax import AddUp, Combine, DeductFrom, Fuzzy, Method, Normalise, WeightUnit

SHARES = (WeightUnit.PERCENT, WeightUnit.FRACTION, WeightUnit.PARTS)


def methods_of(outline: Outline) -> dict[str, Value | None]:
    """The method of every heading by path, None where nothing decides it; parents before children."""
    methods: dict[str, Value | None] = {}
    for path, draft in outline.drafts.items():
        if draft.children and draft.line.formula is None:
            methods[path] = _method(outline, draft, methods)
    return methods


def _method(outline: Outline, draft: Draft, above: Mapping[str, Value | None]) -> Value | None:
    if said(draft.own, Combine) is not None and isinstance(above.get(draft.parent or ""), FuzzyEvaluation):
        return _handed_down(draft, above)  # 等权平均 there weights a level of the evaluation
    return _spoken(draft) or _handed_down(draft, above) or _by_weights(outline, draft) or _general(outline)


def _spoken(draft: Draft) -> Value | None:
    """What the heading says itself; the first of several, which the parser reports."""
    normalise = said(draft.own, Normalise) is not None
    for sentence in draft.own:
        match sentence:
            case DeductFrom():
                return Deducted()
            case AddUp():
                return Added()
            case Combine(method=method, numbers=numbers):
                return Combined(method=method, normalise=normalise, numbers=numbers)
            case Fuzzy():
                return FuzzyEvaluation(
                    grades=tuple((label.text, value) for label, value in sentence.grades),
                    operator=sentence.operator,
                    by_membership=sentence.by_membership,
                    score=True,
                )
            case _:
                continue
    return Combined(method=Method.WEIGHTED, normalise=True) if normalise else None


def _handed_down(draft: Draft, above: Mapping[str, Value | None]) -> Value | None:
    """What the heading above makes of this one."""
    match above.get(draft.parent) if draft.parent is not None else None:
        case Deducted() | Grouped():
            return Deducted() if _in_points(draft) else Grouped()
        case Added() if _in_points(draft):
            return Added()
        case FuzzyEvaluation(grades=grades, operator=operator, by_membership=by_membership):
            return FuzzyEvaluation(grades=grades, operator=operator, by_membership=by_membership, score=False)
        case _:
            return None


def _in_points(draft: Draft) -> bool:
    return draft.head.weight is not None and draft.head.weight.unit is WeightUnit.POINTS


def _by_weights(outline: Outline, draft: Draft) -> Value | None:
    """Lines that carry weights make a weighted mean; lines with points could deduct or add up (E708)."""
    weights = [part.head.weight for part in parts(outline, draft)]
    if any(weight is not None and weight.unit in SHARES for weight in weights):
        return Combined(method=Method.WEIGHTED)
    return None


def _general(outline: Outline) -> Value | None:
    """加权平均 or 等权平均 said once for the whole policy."""
    combine = said(outline.general, Combine)
    normalise = said(outline.general, Normalise) is not None
    return Combined(method=combine.method, normalise=normalise, numbers=combine.numbers) if combine else None


def in_deduction(draft: Draft, methods: Mapping[str, Value | None]) -> bool:
    """The line stands below a deduction, with nothing but grouping headings between."""
    return isinstance(methods.get(draft.parent or ""), Deducted | Grouped)


def deduction_above(outline: Outline, draft: Draft, methods: Mapping[str, Value | None]) -> Draft | None:
    """The heading from whose full marks the line deducts."""
    path = draft.parent
    while path is not None and isinstance(methods.get(path), Grouped):
        path = outline.drafts[path].parent
    return outline.drafts[path] if path is not None and isinstance(methods.get(path), Deducted) else None
