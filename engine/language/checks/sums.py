"""Sums that must hold beside the weights: shares of a formula, points, numbers of lines (E404–E406, W413)."""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import finding, listed, number
from engine.language.checks.marks import points_of
from engine.language.checks.outline import Draft, Outline, parts, said
from engine.language.checks.references import references_in, resolved
from engine.language.checks.resolution import Resolution
from engine.language.checks.weights import lines_with_weights, weights_below, whole
from engine.language.policy import Added, Deducted, Grouped
from engine.language.syntax import (
    AddUp,
    Binary,
    Combine,
    DeductFrom,
    Expression,
    ItemCount,
    Kind,
    Method,
    Number,
    Reference,
)

ONE, HUNDRED = Fraction(1), Fraction(100)

# ---------------------------------------------------------------- parts that are chosen

_CHOOSING = (Method.BEST_OF, Method.WORST_OF, Method.TRIMMED)


def chosen_parts_are_there(resolution: Resolution) -> Iterator[Diagnostic]:
    """E620: fewer parts are chosen than there are, and after some are dropped one is left."""
    for draft in resolution.headings:
        said_here = said(draft.own, Combine)
        if said_here is None or said_here.method not in _CHOOSING or not whole(draft):
            continue
        count = len(parts(resolution.outline, draft))
        taken = sum(said_here.numbers, Fraction(0))
        if taken.denominator != 1 or not 0 < taken < count:
            yield finding(
                resolution.outline,
                "E620",
                said_here.span,
                draft=draft,
                parent=draft.name,
                count=str(count),
                sentence=resolution.outline.source.text[said_here.span.start : said_here.span.end],
            )


# ---------------------------------------------------------------- formulas


def shares_add_up(resolution: Resolution) -> Iterator[Diagnostic]:
    """E404: in a sum of name × share the shares are 1 together."""
    for draft in resolution.drafts:
        formula = draft.line.formula
        shares = shares_of(formula) if formula is not None and not of_numbers(resolution, draft) else None
        if formula is not None and shares is not None and sum(shares, Fraction(0)) != ONE:
            total = sum(shares, Fraction(0))
            yield finding(
                resolution.outline,
                "E404",
                formula.span,
                draft=draft,
                name=draft.name,
                sum=f"{number(total * 100)}%",
                shares=" + ".join(f"{number(share * 100)}%" for share in shares),
            )


def shares_have_their_sign(resolution: Resolution) -> Iterator[Diagnostic]:
    """E404: 甲×40% + 乙×60, where the shares are 1 together once each has its per cent sign."""
    for draft in resolution.drafts:
        terms = (_terms(draft.line.formula) if draft.line.formula is not None else None) or []
        factors = [factor for term in terms if (factor := _factor(term)) is not None]
        bare = [factor for factor in factors if not factor.percent]
        whole = sum((factor.amount for factor in factors), Fraction(0))
        if len(factors) == len(terms) and 0 < len(bare) < len(factors) and whole == HUNDRED:
            for factor in bare:
                share = number(factor.amount)
                yield finding(
                    resolution.outline,
                    "E404",
                    factor.span,
                    draft=draft,
                    case="sign",
                    hint=f"{share}%",
                    name=draft.name,
                    share=share,
                )


def of_numbers(resolution: Resolution, draft: Draft) -> bool:
    """Whether a formula reads plain numbers alone (数值): their factors are no shares of a score."""
    outline, formula = resolution.outline, draft.line.formula
    paths = [resolved(outline, draft, r) for r in references_in(formula)] if formula is not None else []
    kinds = [measure.kind for path in paths if path and (measure := resolution.measures.get(path)) is not None]
    unscored = all(path is not None and resolution.marks.get(path) is None for path in paths)
    return bool(paths) and unscored and len(kinds) == len(paths) and set(kinds) == {Kind.NUMBER}


def shares_of(formula: Expression) -> list[Fraction] | None:
    """The shares of a sum of name × share, from left to right; None for any other formula.

    A share is a percentage or a number below 1 beside a name; a term without one stands for itself
    (a bonus) and is not counted.
    """
    terms = _terms(formula)
    if terms is None or len(terms) < 2:
        return None
    found = [_share(term) for term in terms]
    shares = [share for share in found if share is not None]
    others = [term for term, share in zip(terms, found, strict=True) if share is None]
    return shares if shares and all(isinstance(term, Reference) for term in others) else None


def _terms(formula: Expression) -> list[Expression] | None:
    match formula:
        case Binary(operator="+", left=left, right=right):
            first, second = _terms(left), _terms(right)
            return None if first is None or second is None else first + second
        case Binary(operator="*") | Reference():
            return [formula]
        case _:
            return None


def _factor(term: Expression) -> Number | None:
    """The number of name × number."""
    match term:
        case Binary(operator="*", left=Reference(), right=Number() as factor):
            return factor
        case Binary(operator="*", left=Number() as factor, right=Reference()):
            return factor
        case _:
            return None


def _share(term: Expression) -> Fraction | None:
    share = _factor(term)
    if share is None or not (share.percent or share.amount < 1):
        return None
    return share.amount / 100 if share.percent else share.amount


def lines_count_once(resolution: Resolution) -> Iterator[Diagnostic]:
    """W413: a sum of name × share names a line and also the heading it is a part of: the line counts twice."""
    outline = resolution.outline
    for draft in resolution.drafts:
        formula = draft.line.formula
        if formula is None or shares_of(formula) is None:
            continue
        named = {path: one for one in references_in(formula) if (path := resolved(outline, draft, one)) is not None}
        for path, reference in named.items():
            heading = next((above for above in _above(outline, outline.drafts[path]) if above in named), None)
            if heading is not None and resolution.marks.get(path) is not None:  # without a score: E603
                yield finding(
                    outline,
                    "W413",
                    reference.span,
                    draft=draft,
                    related=(outline.drafts[path].head.name.span,),
                    name=outline.drafts[path].name,
                    heading=outline.drafts[heading].name,
                )


def _above(outline: Outline, draft: Draft) -> Iterator[str]:
    while draft.parent is not None:
        yield draft.parent
        draft = outline.drafts[draft.parent]


# ---------------------------------------------------------------- points and numbers of lines


def points_add_up(resolution: Resolution) -> Iterator[Diagnostic]:
    """E405: the points of the lines are the full marks of their heading together."""
    for draft in resolution.headings:
        method = resolution.methods.get(draft.path)
        full = _full_of(draft)
        if not isinstance(method, Added | Deducted) or full is None or not whole(draft):
            continue
        points = [points_of(part) for part in parts(resolution.outline, draft)]
        known = [amount for amount in points if amount is not None]
        total = sum(known, Fraction(0))
        if known and len(known) == len(points) and total != full:
            yield finding(
                resolution.outline,
                "E405",
                draft.head.name.span,
                draft=draft,
                related=tuple(weight.span for weight in weights_below(resolution, draft)),
                parent=draft.name,
                sum=number(total),
                full=number(full),
                lines=lines_with_weights(resolution, draft),
            )


def _full_of(draft: Draft) -> Fraction | None:
    """The full marks a heading states: in its sentence, else as its points."""
    sentence = said(draft.own, AddUp) or said(draft.own, DeductFrom)
    return sentence.full if sentence else points_of(draft)


def headings_keep_their_points(resolution: Resolution) -> Iterator[Diagnostic]:
    """E405: a heading with points (服务 30分) whose sentence states full marks states the same number."""
    for draft in resolution.headings:
        sentence = said(draft.own, AddUp) or said(draft.own, DeductFrom)
        points = points_of(draft)
        if sentence is not None and points is not None and sentence.full != points:
            yield finding(
                resolution.outline,
                "E405",
                sentence.span,
                draft=draft,
                case="heading",
                parent=draft.name,
                points=number(points),
                full=number(sentence.full),
            )


def lines_are_counted(resolution: Resolution) -> Iterator[Diagnostic]:
    """E406: the control number (共4项) is the number of lines below; below grouping headings the lines they group."""
    for draft in resolution.drafts:
        count = said(draft.own, ItemCount)
        if count is None or not draft.children or not whole(draft):
            continue
        found = len(parts(resolution.outline, draft))
        if count.count not in (found, _grouped(resolution, draft)):
            names = listed([part.name for part in parts(resolution.outline, draft)])
            yield finding(
                resolution.outline,
                "E406",
                count.span,
                draft=draft,
                related=tuple(part.head.name.span for part in _about(resolution, draft)),
                parent=draft.name,
                written=count.count,
                found=found,
                lines=names,
            )


def _about(resolution: Resolution, draft: Draft) -> Iterator[Draft]:
    """The lines that are counted, and the last below each of them: where a line slipped one level down."""
    for part in parts(resolution.outline, draft):
        yield part
        if part.children:
            yield resolution.outline.drafts[part.children[-1]]


def _grouped(resolution: Resolution, draft: Draft) -> int:
    """How many lines stand below, those below grouping headings counted one by one."""
    total = 0
    for part in parts(resolution.outline, draft):
        grouping = isinstance(resolution.methods.get(part.path), Grouped)
        total += _grouped(resolution, part) if grouping else 1
    return total
