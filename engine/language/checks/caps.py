"""Caps: one that hangs on the last of several rules says whether it bounds that one or all (E213)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from engine.diagnostics import Diagnostic
from engine.language.checks.cells import SORTS, Sort, bounded, sort_of
from engine.language.checks.findings import Both, both, finding
from engine.language.checks.outline import own_layers, said, said_all
from engine.language.checks.resolution import Resolution
from engine.language.syntax import Cap, Rule, Sentence


def caps_are_clear(resolution: Resolution) -> Iterator[Diagnostic]:
    """E213: 甲每次扣2分；乙每处扣0.5分，最多扣3分: three points for 乙, or for both?

    Behind rules that are separated as it is itself, a cap is the cell's: 甲每次扣2分；乙每处扣0.5分；最多扣3分.
    """
    for draft in resolution.leaves:
        if draft.unread:
            continue
        spoken = next((layer for layer in own_layers(resolution.outline, draft) if said(layer, Rule)), ())
        for sort in SORTS:
            cap = _unclear(resolution.outline.source.text, spoken, sort)
            if cap is not None:
                of_all, of_one = _readings(cap)
                yield finding(resolution.outline, "E213", cap.span, draft=draft, first=of_all, second=of_one)


def _unclear(text: str, spoken: tuple[Sentence, ...], sort: Sort) -> Cap | None:
    """The only cap of its sort, where it is closer to the last rule of that sort than the rules are to each other and
    does not say which it bounds.
    """
    caps = [cap for cap in said_all(spoken, Cap) if bounded(cap) == sort]
    rules = [rule for rule in said_all(spoken, Rule) if sort_of(rule) == sort]
    if len(caps) != 1 or len(rules) <= 1 or caps[0].span.start < rules[-1].span.start:
        return None
    cap = caps[0]
    apart = [_stands_apart(text, a.span.end, b.span.start) for a, b in pairwise(rules)]
    if not any(apart) or _stands_apart(text, rules[-1].span.end, cap.span.start):
        return None
    return None if cap.points is None or cap.whole_item or cap.own else cap


def _stands_apart(text: str, end: int, start: int) -> bool:
    """Whether more than a comma separates two sentences."""
    return any(sign in text[end:start] for sign in "；;。\n")


def _readings(cap: Cap) -> tuple[Both, Both]:
    """The cap of all rules and the cap of the last, as they are written."""
    of_all, of_one = (replace(cap, whole_item=whole, own=not whole) for whole in (True, False))
    return _written(of_all), _written(of_one)


def _written(cap: Cap) -> Both:
    from engine.language.formatter import format_cell  # only a refused policy needs it

    return both(format_cell((cap,), "zh"), format_cell((cap,), "en"))
