"""Bands: gaps, overlaps, undecided bounds, bounds off the scale, a letter left out (E501–E506)."""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import Both, both, finding, interval_words, number, sentence_in
from engine.language.checks.outline import Draft, nearest, said, said_all
from engine.language.checks.ranges import Marks
from engine.language.checks.resolution import Resolution
from engine.language.checks.tiling import Convention, Flaw, Tiling, tile
from engine.language.syntax import (
    Band,
    Bands,
    BoundOwner,
    Ceiling,
    GradeOn,
    Rounding,
    Score,
    Veto,
)
from engine.source import Span


def bands_tile(resolution: Resolution) -> Iterator[Diagnostic]:
    """E501–E504: every score from 0 to full marks belongs to exactly one band."""
    for draft in resolution.drafts:
        for bands in said_all(draft.own, Bands):
            tiling = tiling_of(resolution, draft, bands)
            if tiling is not None:
                yield from _flaws(resolution, draft, tiling)


def tiling_of(resolution: Resolution, draft: Draft, bands: Bands) -> Tiling | None:
    """How the bands of a line lie on its scale; None where the line has no score (E506)."""
    marks = resolution.marks.get(draft.path)
    return tile(bands, marks, convention_of(resolution, draft, bands)) if marks is not None else None


def convention_of(resolution: Resolution, draft: Draft, bands: Bands) -> Convention:
    """Who owns a shared bound, and how far two rounded scores are apart where grades are read off rounded ones."""
    owner = bands.owner or nearest(resolution.outline, draft, BoundOwner)
    graded = nearest(resolution.outline, draft, GradeOn)
    rounding = rounding_of(resolution, draft)
    rounded = graded is not None and graded.rounded and rounding is not None and rounding.decimals is not None
    step = Fraction(1, 10 ** (rounding.decimals or 0)) if rounded and rounding is not None else None
    return Convention(lower_owns=owner.lower if owner else None, step=step)


def rounding_of(resolution: Resolution, draft: Draft) -> Rounding | None:
    """How a line's score is rounded where it is shown and graded: as it says itself, else as the policy says."""
    return said(draft.own, Rounding) or said(resolution.outline.general, Rounding)


def _flaws(resolution: Resolution, draft: Draft, tiling: Tiling) -> Iterator[Diagnostic]:
    marks = resolution.marks.get(draft.path) or Marks(low=None, high=None)
    undecided = [flaw for flaw in tiling.flaws if flaw.kind in ("undecided", "undecided below")]
    for flaw in tiling.flaws:
        if flaw not in undecided:
            yield _flaw(resolution, draft, flaw, marks)
    if undecided:
        yield _undecided(resolution, draft, undecided)


def _flaw(resolution: Resolution, draft: Draft, flaw: Flaw, marks: Marks) -> Diagnostic:
    code, case = {
        "off scale": ("E504", ""),
        "gap": ("E501", "" if flaw.other else _end(marks)),
        "point gap": ("E501", "point" if flaw.other else "end point"),
        "overlap": ("E502", ""),
        "point overlap": ("E502", "point"),
    }[flaw.kind]
    return finding(
        resolution.outline,
        code,
        _span(flaw.band),
        draft=draft,
        case=case,
        related=(_span(flaw.other),) if flaw.other else (),
        band=flaw.band.label.text,
        range=interval_words(flaw.band.interval),
        other=flaw.other.label.text if flaw.other else "",
        other_range=interval_words(flaw.other.interval) if flaw.other else "",
        low=number(flaw.low),
        high=number(flaw.high),
        scale=_scale(marks),
        line=draft.name,
    )


def _end(marks: Marks) -> str:
    """A number without full marks has no last band: the outermost stays open at its end."""
    return "open end" if marks.low is None or marks.high is None else "end"


def _span(band: Band) -> Span:
    return band.interval.span if band.interval.span.end else band.span


def _scale(marks: Marks) -> Both:
    if marks.low is None or marks.high is None:
        return both("没有上下限", "no lowest and highest value")
    return both(f"{number(marks.low)}至{number(marks.high)}分", f"{number(marks.low)} to {number(marks.high)}")


def _undecided(resolution: Resolution, draft: Draft, flaws: list[Flaw]) -> Diagnostic:
    """E503, once for all bounds of a list of bands."""
    falling = sorted(flaws, key=lambda flaw: -flaw.low)
    first = next((flaw for flaw in falling if flaw.kind == "undecided below"), falling[0])
    bounds = [number(flaw.low) for flaw in falling]
    return finding(
        resolution.outline,
        "E503",
        _span(first.band),
        draft=draft,
        case="law" if first.kind == "undecided below" else "",
        hint=sentence_in(resolution.outline, "等级边界含下限", "lower bound included"),
        related=(_span(first.other),) if first.other else (),
        band=first.band.label.text,
        other=first.other.label.text if first.other else "",
        range=interval_words(first.band.interval),
        other_range=interval_words(first.other.interval) if first.other else "",
        bound=number(first.low),
        bounds=both("、".join(bounds), ", ".join(bounds)),
    )


def bands_have_a_score(resolution: Resolution) -> Iterator[Diagnostic]:
    """E506: bands and vetoes stand where there is a score to grade."""
    for draft in resolution.drafts:
        for sentence in draft.own:
            if isinstance(sentence, Bands | Veto) and resolution.marks.get(draft.path) is None:
                case = "" if isinstance(sentence, Bands) else "veto"
                yield finding(resolution.outline, "E506", sentence.span, draft=draft, case=case, name=draft.name)


def vetoes_stay_on_scale(resolution: Resolution) -> Iterator[Diagnostic]:
    """E504: the score or ceiling that a veto sets lies between 0 and full marks."""
    for draft in resolution.drafts:
        marks = resolution.marks.get(draft.path)
        for veto in said_all(draft.own, Veto):
            if marks is not None and isinstance(veto.effect, Score | Ceiling):
                points = veto.effect.points
                if marks.high is not None and points.amount > marks.high:
                    yield finding(
                        resolution.outline,
                        "E504",
                        points.span,
                        draft=draft,
                        case="veto",
                        line=draft.name,
                        value=number(points.amount),
                        scale=_scale(marks),
                    )


def letters_follow(resolution: Resolution) -> Iterator[Diagnostic]:
    """W505: after a. and b. comes c.; a letter left out is a band left out in copying."""
    for draft in resolution.drafts:
        for bands in said_all(draft.own, Bands):
            expected = ""
            for band in bands.bands:
                code = (band.code or "").strip()
                if expected and code and code != expected:
                    yield finding(
                        resolution.outline, "W505", band.span, draft=draft, code_found=code, code_expected=expected
                    )
                expected = _next(code)


def _next(code: str) -> str:
    """The letter or number after this one, "" where there is none."""
    if code.isdigit():
        return str(int(code) + 1)
    return chr(ord(code) + 1) if len(code) == 1 and (code.isalpha() or "①" <= code < "⑩") else ""
