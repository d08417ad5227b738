"""What the cases of a policy do not test: what none of them reaches, and what could change without one noticing."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from engine.diagnostics import Lang
from engine.insight.coverage import Unreached
from engine.insight.mutants import Mutant
from engine.language.grading import GradeBand
from engine.language.policy import Policy
from engine.language.syntax import Parts
from engine.report.findings import shown_place
from engine.report.names import Reader, reader
from engine.report.numbers import marked, plain
from engine.report.phrases_of_tests import PARTS, UNNOTICED, UNREACHED, gap, told
from engine.report.text import indented, visible
from engine.report.workings import band_text
from engine.source import place_of

Gap = Unreached | Mutant


def gaps_text(
    policy: Policy,
    unreached: Sequence[Unreached] | None,
    unnoticed: Sequence[Mutant] | None,
    changes: int,
    lang: Lang,
) -> Iterator[str]:
    """Both lists with the line of the policy and the case to add; one line where there is nothing to add.

    Places and sentences are never folded, like those of findings.
    """
    if unreached is not None:
        head = told("unreached" if unreached else "all reached", lang, count=len(unreached))
        yield from (*indented(head, "  "), *_listed(policy, unreached, lang))
    if unnoticed is not None:
        plural = "" if changes == 1 else "s"
        key = "unnoticed" if unnoticed else "all noticed"
        head = told(key, lang, changes=changes, count=len(unnoticed), s=plural)
        yield from (*indented(head, "  "), *_listed(policy, unnoticed, lang))


def _listed(policy: Policy, gaps: Sequence[Gap], lang: Lang) -> Iterator[str]:
    for one in gaps:
        what, add = _sentences(policy, one, lang)
        yield f"    {_place(policy, one)}: {visible(what)}"
        yield f"      = {visible(add)}"


def _place(policy: Policy, one: Gap) -> str:
    return shown_place(place_of(policy.source, one.span)).rpartition(":")[0]


def _sentences(policy: Policy, one: Gap, lang: Lang) -> tuple[str, str]:
    """What is not tested, and the case that would test it."""
    reads = reader(policy, lang)
    pairs = (UNREACHED if isinstance(one, Unreached) else UNNOTICED)[one.what]
    values = _of_unreached(one, reads) if isinstance(one, Unreached) else _of_mutant(one, reads)
    return gap(pairs[0], lang, values), gap(pairs[1], lang, values)


def _of_unreached(one: Unreached, reads: Reader) -> Mapping[str, object]:
    return {
        "name": reads.name(one.indicator.name),
        "said": reads.name(one.said),
        "amount": "" if one.amount is None else marked(one.amount),
        "range": "" if one.band is None else _owned(one.band, reads),
    }


def _owned(band: GradeBand, reads: Reader) -> str:
    """`[80, 95)`; of a band with one end only 低于60 or below 60."""
    if band.high is None and band.low is not None:
        return reads.either(("不低于{}", "at least {}") if band.low_closed else ("高于{}", "above {}")).format(
            plain(band.low)
        )
    if band.low is None and band.high is not None:
        return reads.either(("不高于{}", "at most {}") if band.high_closed else ("低于{}", "below {}")).format(
            plain(band.high)
        )
    return reads.either(("在{}", "in {}")).format(band_text(band))


def _of_mutant(one: Mutant, reads: Reader) -> Mapping[str, object]:
    return {
        "name": reads.name(one.indicator.name),
        "said": _written(one.said, reads),
        "was": _written(one.was, reads),
        "now": _written(one.now, reads),
    }


def _written(value: Fraction | Parts | str, reads: Reader) -> str:
    if isinstance(value, Fraction):
        return marked(value)
    return reads.either(PARTS[value.value]) if isinstance(value, Parts) else reads.name(value)


def gaps_data(policy: Policy | None, gaps: Sequence[Gap] | None, lang: Lang) -> list[dict[str, Any]] | None:
    """The same for programs; None where nobody asked."""
    if policy is None or gaps is None:
        return None
    return [_data(policy, one, lang) for one in gaps]


def _data(policy: Policy, one: Gap, lang: Lang) -> dict[str, Any]:
    place = place_of(policy.source, one.span)
    what, add = _sentences(policy, one, lang)
    data = {"what": one.what, "path": one.indicator.path, "file": place.file, "line": place.line}
    return {**data, "message": what, "repair": add}
