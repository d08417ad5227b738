"""Scales: from answers to points, in the right direction, on the answers as they are given (W604, E606, E612)."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from engine.diagnostics import Diagnostic, listed
from engine.language.checks.findings import finding, number, sentence_in
from engine.language.checks.marks import points_of, scale_of
from engine.language.checks.outline import Draft, default, of_value, said_all
from engine.language.checks.resolution import Resolution
from engine.language.checks.surveys import NPS_ANSWERS, Ends, declared_scale, questions_of, stated_scale
from engine.language.syntax import AnswerScale, Fuzzy, Kind, LogScale, NaturalLog, OverUnits, Scale, Statistic, Survey


def scales_rise(resolution: Resolution) -> Iterator[Diagnostic]:
    """E606: the lowest answer stands first and gives the fewest points."""
    for draft, scale in _scales(resolution):
        values = [value for value, _ in scale.points]
        down = not scale.between and scale.to_low >= scale.to_high  # with points in between it may fall, rise and fall
        if down or any(later <= earlier for earlier, later in pairwise(values)):
            yield _falling(resolution, draft, scale)
    for draft in resolution.drafts:
        for fuzzy in said_all(draft.own, Fuzzy):
            values = [value for _, value in fuzzy.grades]
            if any(later >= earlier for earlier, later in pairwise(values)):
                yield finding(resolution.outline, "E606", fuzzy.span, draft=draft, case="grades", scale="")


FULL = Fraction(100)


def _falling(resolution: Resolution, draft: Draft | None, scale: Scale) -> Diagnostic:
    straight = not scale.between
    same = straight and scale.low > scale.high and scale.to_low > scale.to_high  # 5-1 as 100-20 is 1-5 as 20-100
    turned = (number(scale.high), number(scale.low), number(scale.to_high), number(scale.to_low))
    hint = None
    if same:
        a, b, c, d = turned
        hint = sentence_in(resolution.outline, f"{a}-{b}分折合{c}-{d}分", f"{a}-{b} as {c}-{d}")
    elif (
        straight and scale.low < scale.high and FULL >= scale.to_low > scale.to_high
    ):  # 1-5 as 200-100 is a slip, not a direction
        a, b, c, d = number(scale.low), number(scale.high), number(scale.to_high), number(scale.to_low)
        hint = sentence_in(
            resolution.outline, f"{a}-{b}分折合{c}-{d}分，越低越好", f"{a}-{b} as {c}-{d}, lower is better"
        )
    values, scores = zip(*scale.points, strict=True)
    shown = f"{'-'.join(map(number, values))} → {'-'.join(map(number, scores))}"
    return finding(resolution.outline, "E606", scale.span, draft=draft, hint=hint, scale=shown)


def scales_are_usual(resolution: Resolution) -> Iterator[Diagnostic]:
    """W604: answers usually become 0–100 points or their share of 100; anything else may be a slip."""
    used = {id(scale): draft for draft in resolution.leaves if (scale := _used(resolution, draft)) is not None}
    for draft, scale in _scales(resolution):
        leaf = used.get(id(scale), draft)
        if scale.between or (leaf is not None and not _is_of_answers(resolution, leaf)):
            continue
        points = points_of(leaf) if leaf is not None else None
        hundred = Fraction(100)
        top = points if points is not None and scale.to_high != hundred else hundred
        rising = scale.low < scale.high and scale.to_low < scale.to_high
        share = scale.low * top / scale.high if scale.high else Fraction(0)
        if rising and (scale.to_high != top or scale.to_low not in (0, share)):
            shown = f"{number(scale.to_low)}-{number(scale.to_high)}"
            yield finding(
                resolution.outline,
                "W604",
                scale.span,
                draft=draft,
                low=number(scale.low),
                high=number(scale.high),
                points=shown,
                top=number(top),
                share=number(share),
            )


def _is_of_answers(resolution: Resolution, draft: Draft) -> bool:
    """Goalposts of a number, a place among the units or a formula are the procedure's own; answers have usual ones."""
    measure = resolution.measures.get(draft.path)
    placed = of_value(resolution.outline, draft, OverUnits) is not None
    return draft.line.formula is None and not placed and not (measure and measure.kind is Kind.NUMBER)


def _used(resolution: Resolution, draft: Draft) -> Scale | None:
    measure = resolution.measures.get(draft.path)
    return scale_of(resolution.outline, draft, measure.kind if measure else None)


def _scales(resolution: Resolution) -> Iterator[tuple[Draft | None, Scale]]:
    """Every scale sentence with its line; those after a logarithm speak of logarithms and are left alone."""
    outline = resolution.outline
    for scale in said_all((*outline.general, *outline.each), Scale):
        yield None, scale
    for draft in resolution.drafts:
        if default(outline, draft, NaturalLog) is None:
            for scale in said_all((*draft.own, *draft.each), Scale):
                yield draft, scale


def answers_are_on_their_scale(resolution: Resolution) -> Iterator[Diagnostic]:
    """E612: the scheme speaks of the same answers as the data contract; a net promoter score needs 0–10."""
    for draft in resolution.leaves:
        survey = default(resolution.outline, draft, Survey)
        declared = declared_scale(resolution, draft, survey) if survey is not None else None
        if survey is None or declared is None or _is_moved(resolution, draft):
            continue
        wanted = NPS_ANSWERS if survey.statistic is Statistic.NPS else stated_scale(resolution, draft, survey)
        if wanted is not None and wanted != declared:
            yield _other_answers(resolution, draft, survey, wanted, declared)


def _is_moved(resolution: Resolution, draft: Draft) -> bool:
    """The scale speaks of what was made of the answers: their logarithm, their place among the units."""
    outline = resolution.outline
    return any(of_value(outline, draft, kind) is not None for kind in (NaturalLog, OverUnits))


def _other_answers(resolution: Resolution, draft: Draft, survey: Survey, wanted: Ends, declared: Ends) -> Diagnostic:
    spoken = said_all(draft.own, Scale) or said_all(draft.own, AnswerScale)
    nps = survey.statistic is Statistic.NPS
    return finding(
        resolution.outline,
        "E612",
        survey.span if nps or not spoken else spoken[0].span,
        draft=draft,
        case="nps" if nps else "",
        name=draft.name,
        questions=listed(question.text for question in questions_of(draft, survey)),
        wanted=f"{number(wanted[0])}-{number(wanted[1])}",
        declared=f"{number(declared[0])}-{number(declared[1])}",
    )


def log_scales_are_above_zero(resolution: Resolution) -> Iterator[Diagnostic]:
    """E618: 按对数折合 takes the logarithm of the ends of its scale, which only numbers above 0 have."""
    for draft in resolution.drafts:
        scale = _used(resolution, draft)
        if scale is not None and scale.low <= 0 and of_value(resolution.outline, draft, LogScale) is not None:
            low = number(scale.low)
            yield finding(resolution.outline, "E618", scale.span, draft=draft, name=draft.name, low=low)
