"""Weights: their sum, their kind, that each line has one and that it is used (E401–E403, E407, E408)."""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import Both, both, finding, number, sentence_in
from engine.language.checks.outline import Draft, parts, said
from engine.language.checks.resolution import Resolution
from engine.language.policy import Added, Combined, Deducted, FuzzyEvaluation, Grouped
from engine.language.syntax import Combine, Method, Normalise, Weight, WeightUnit

WEIGHTED = (Method.WEIGHTED, Method.GEOMETRIC, Method.HARMONIC, Method.POWER)
ONE, HUNDRED = Fraction(1), Fraction(100)


def is_weighted(resolution: Resolution, draft: Draft) -> bool:
    """The heading's lines count by their weights."""
    match resolution.methods.get(draft.path):
        case Combined(method=Method.WEIGHTED):
            return True
        case FuzzyEvaluation():
            combine = said(draft.own, Combine)
            return combine is None or combine.method is not Method.EQUAL
        case Combined(method=Method.GEOMETRIC | Method.HARMONIC | Method.POWER):
            return any(part.head.weight is not None for part in parts(resolution.outline, draft))
        case _:
            return False


def whole(draft: Draft) -> bool:
    """Every line below was understood, so that what is missing is really missing."""
    return not draft.line.broken and not any(line.broken for line in draft.line.children)


def weights_below(resolution: Resolution, draft: Draft) -> list[Weight]:
    """The weights of the lines below, where they have one."""
    return [part.head.weight for part in parts(resolution.outline, draft) if part.head.weight is not None]


def _consistent(resolution: Resolution, draft: Draft) -> bool:
    """All lines below carry a weight, and all in the same way."""
    weights = weights_below(resolution, draft)
    complete = len(weights) == len(parts(resolution.outline, draft))
    return complete and len({weight.unit for weight in weights}) == 1 and whole(draft)


def lines_with_weights(resolution: Resolution, draft: Draft) -> Both:
    """The lines below with their weights, as the message lists them."""
    lines = parts(resolution.outline, draft)
    shown = [f"{part.name} {written(part.head.weight)}" for part in lines if part.head.weight is not None]
    return both("、".join(shown), ", ".join(shown))


def written(weight: Weight | None) -> str:
    """A weight as it is written in a message."""
    if weight is None:
        return ""
    return number(weight.amount) + ("%" if weight.unit is WeightUnit.PERCENT else "")


# ---------------------------------------------------------------- weights


def weights_add_up(resolution: Resolution) -> Iterator[Diagnostic]:
    """E401: the weights below a weighted mean are 100 % (or 1) together, unless the policy says they are normalised."""
    for draft in resolution.headings:
        if not is_weighted(resolution, draft) or not _consistent(resolution, draft):
            continue
        weights = weights_below(resolution, draft)
        total = sum((weight.amount for weight in weights), Fraction(0))
        if said(draft.own, Normalise) is not None or _normalised(resolution, draft):
            if total == 0:
                yield _sum(resolution, draft, total, case="zero")
        elif weights[0].unit is WeightUnit.PARTS:
            if total not in (ONE, HUNDRED):
                yield _sum(resolution, draft, total, case="parts")
        elif total != (ONE if weights[0].unit is WeightUnit.FRACTION else HUNDRED):
            yield _sum(resolution, draft, total, case="")


def _normalised(resolution: Resolution, draft: Draft) -> bool:
    method = resolution.methods.get(draft.path)
    return isinstance(method, Combined) and method.normalise


def _sum(resolution: Resolution, draft: Draft, total: Fraction, *, case: str) -> Diagnostic:
    outline = resolution.outline
    weights = weights_below(resolution, draft)
    percent = weights[0].unit is WeightUnit.PERCENT
    shown = number(total) + ("%" if percent else "")
    as_percent = number(total if percent else total * 100)
    hint = {
        "": sentence_in(outline, f"权重合计{as_percent}%，归一", f"weights total {as_percent}%, normalise"),
        "parts": sentence_in(outline, "归一", "normalise weights"),
        "zero": None,
    }[case]
    related = tuple(weight.span for weight in weights)
    return finding(
        outline,
        "E401",
        draft.head.name.span,
        draft=draft,
        case=case,
        hint=hint,
        related=related,
        parent=draft.name,
        sum=shown,
        expected="100%" if percent else "1",
        lines=lines_with_weights(resolution, draft),
    )


def weights_are_alike(resolution: Resolution) -> Iterator[Diagnostic]:
    """E402: lines of one heading are weighted in one way: all in per cent, all as fractions, or all in points."""
    for draft in resolution.headings:
        kinds = [part.head.weight for part in parts(resolution.outline, draft) if part.head.weight is not None]
        if kinds:
            odd = _odd(resolution, draft, kinds)
            if odd is not None:
                weight, case = odd
                yield finding(
                    resolution.outline,
                    "E402",
                    weight.span,
                    draft=draft,
                    case=case,
                    related=tuple(w.span for w in kinds if w.unit is not weight.unit)[:1],
                    parent=draft.name,
                    weight=_spoken(weight),
                    other=_spoken(next((w for w in kinds if w.unit is not weight.unit), kinds[0])),
                )


def _spoken(weight: Weight) -> Both:
    amount = number(weight.amount)
    return {
        WeightUnit.PERCENT: both(f"{amount}%", f"{amount}%"),
        WeightUnit.FRACTION: both(amount, amount),
        WeightUnit.POINTS: both(f"{amount}分", f"{amount} points"),
        WeightUnit.PARTS: both(f"权重{amount}", f"weight {amount}"),
    }[weight.unit]


def _odd(resolution: Resolution, draft: Draft, weights: list[Weight]) -> tuple[Weight, str] | None:
    """The first weight that does not fit the heading's method or the others, and which of the two it is."""
    in_points = [weight for weight in weights if weight.unit is WeightUnit.POINTS]
    others = [weight for weight in weights if weight.unit is not WeightUnit.POINTS]
    match resolution.methods.get(draft.path):
        case Added():
            wrong, case = others, "points"
        case Deducted() | Grouped():
            wrong, case = others, "deduction"
        case Combined() | FuzzyEvaluation() if not others:
            wrong, case = in_points, "shares"
        case _:
            usual = max((weight.unit for weight in weights), key=[weight.unit for weight in weights].count)
            wrong, case = [weight for weight in weights if weight.unit is not usual], ""
    return (wrong[0], case) if wrong else None


def weights_are_complete(resolution: Resolution) -> Iterator[Diagnostic]:
    """E403: where lines count by weight or by points, every line has one."""
    for draft in resolution.headings:
        by_points = isinstance(resolution.methods.get(draft.path), Added)
        if not (by_points or is_weighted(resolution, draft)) or not whole(draft):
            continue
        lines = parts(resolution.outline, draft)
        without = [part for part in lines if part.head.weight is None]
        if by_points or len(without) < len(lines):
            for part in without:
                case = "points" if by_points else ""
                hint = None if by_points else _rest(resolution, draft, without)
                span = part.head.name.span
                yield finding(
                    resolution.outline,
                    "E403",
                    span,
                    draft=part,
                    case=case,
                    hint=hint,
                    name=part.name,
                    parent=draft.name,
                )
        elif without:
            yield finding(resolution.outline, "E403", draft.head.name.span, draft=draft, case="all", parent=draft.name)


def _rest(resolution: Resolution, draft: Draft, without: list[Draft]) -> str | None:
    """The only weight that the one line without one can have."""
    weights = weights_below(resolution, draft)
    unit = weights[0].unit
    rest = (HUNDRED if unit is WeightUnit.PERCENT else ONE) - sum((w.amount for w in weights), Fraction(0))
    if len(without) > 1 or rest <= 0 or unit not in (WeightUnit.PERCENT, WeightUnit.FRACTION):
        return None
    name = without[0].name
    return f"{name} {number(rest)}" + ("%" if unit is WeightUnit.PERCENT else "")


def weights_are_used(resolution: Resolution) -> Iterator[Diagnostic]:
    """E408: 等权平均, 取最低分, 取最高分 and methods that choose some lines do not look at weights: there are none."""
    for draft in resolution.headings:
        method = _combining(resolution, draft)
        weighted = [part for part in parts(resolution.outline, draft) if part.head.weight is not None]
        if method is None or method in WEIGHTED or not weighted:
            continue
        first, spans = weighted[0], [weight.span for weight in weights_below(resolution, draft)]
        yield finding(
            resolution.outline,
            "E408",
            spans[0],
            draft=first,
            related=tuple(spans[1:]),
            name=first.name,
            parent=draft.name,
            weight=_spoken(weights_below(resolution, draft)[0]),
            method=_method_name(method),
        )


def _combining(resolution: Resolution, draft: Draft) -> Method | None:
    """How the lines below are combined; None where they are added or deducted."""
    match resolution.methods.get(draft.path):
        case Combined(method=method):
            return method
        case FuzzyEvaluation():
            return Method.WEIGHTED if is_weighted(resolution, draft) else Method.EQUAL
        case _:
            return None


def _method_name(method: Method) -> Both:
    return {
        Method.EQUAL: both("等权平均", "equal weights"),
        Method.WORST: both("取最低分", "worst of all"),
        Method.BEST: both("取最高分", "best of all"),
        Method.WEIGHTED: both("加权平均", "weighted mean"),
        Method.GEOMETRIC: both("几何平均", "geometric mean"),
        Method.HARMONIC: both("调和平均", "harmonic mean"),
        Method.MEDIAN: both("取中位数", "median of all"),
        Method.POWER: both("幂平均", "power mean"),
        Method.BEST_OF: both("取最高几项平均", "mean of the best"),
        Method.WORST_OF: both("取最低几项平均", "mean of the worst"),
        Method.TRIMMED: both("去掉最高分、最低分后平均", "mean without the highest and the lowest"),
    }[method]


def normalised_total(resolution: Resolution) -> Iterator[Diagnostic]:
    """E407: weights that are normalised state their total, as a control: 权重合计50%，归一."""
    for draft in resolution.headings:
        normalise = said(draft.own, Normalise)
        if normalise is None or not _consistent(resolution, draft):
            continue
        weights = weights_below(resolution, draft)
        total = sum((weight.amount for weight in weights), Fraction(0))
        percent = total * 100 if weights[0].unit is WeightUnit.FRACTION else total
        needed = weights[0].unit is not WeightUnit.PARTS and percent != HUNDRED
        if (normalise.total is None and needed) or normalise.total not in (None, percent):
            shown = number(percent)
            total = sentence_in(resolution.outline, f"权重合计{shown}%，归一", f"weights total {shown}%, normalise")
            yield finding(
                resolution.outline,
                "E407",
                normalise.span,
                draft=draft,
                case="unsaid" if normalise.total is None else "",
                hint=total if normalise.total is None else None,  # a stated total is the control: a weight may be wrong
                related=tuple(weight.span for weight in weights),
                parent=draft.name,
                sum=shown,
                written="" if normalise.total is None else number(normalise.total),
                lines=lines_with_weights(resolution, draft),
            )
