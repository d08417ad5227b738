"""Versions of one policy: which of them is in force on a date, and for a period."""

from collections.abc import Sequence
from datetime import date

from engine.data.periods import Period
from engine.diagnostics import Diagnostic, listed
from engine.evaluation.assessment import policy_finding
from engine.language.policy import Policy
from engine.source import NOWHERE, file_place


def in_order_of_effect(versions: Sequence[Policy]) -> tuple[Policy, ...]:
    """The versions by the day from which they hold; one that has always held comes first."""
    return tuple(sorted(versions, key=lambda one: (one.header.effective_from or date.min, one.source.name)))


def version_for(versions: Sequence[Policy], period: Period | None, as_of: date | None) -> Policy | None:
    """The version in force on the date asked for, else on the period's last day, else on the latest day of the period
    that has one; None where there is none.

    A single version is taken as it is: whether it holds is judged with its date.
    """
    if len(versions) == 1:
        return versions[0]
    if as_of is not None:
        return next((one for one in reversed(versions) if _holds(one, as_of, as_of)), None)
    if period is None:
        return None
    last = [one for one in versions if _holds(one, period.end, period.end)]
    during = [one for one in versions if _holds(one, period.begin, period.end)]
    return next(iter([*reversed(last), *reversed(during)]), None)


def _holds(policy: Policy, begin: date, end: date) -> bool:
    """Whether the policy is in force on one of the days."""
    first, last = policy.header.effective_from, policy.header.effective_to
    return (first is None or first <= end) and (last is None or begin <= last)


def no_version(versions: Sequence[Policy], day: date) -> Diagnostic:
    """E932: none of the versions is in force on the day."""
    told = [f"{one.header.version} {_span(one)}" for one in versions]
    return policy_finding(versions[-1], "E932", NOWHERE, case="versions", day=day.isoformat(), versions=listed(told))


def _span(policy: Policy) -> str:
    begin, end = policy.header.effective_from, policy.header.effective_to
    return f"({begin or '…'} - {end or '…'})"


def straddling(versions: Sequence[Policy], used: Policy, period: Period) -> tuple[Diagnostic, ...]:
    """W807 where another version is in force on some days of the period."""
    others = [one for one in versions if one is not used and _holds(one, period.begin, period.end)]
    if not others:
        return ()
    args = {
        "period": period.text,
        "version": used.header.version,
        "others": listed([one.header.version for one in others]),
    }
    place, related = file_place(used.source.name), tuple(file_place(one.source.name) for one in others)
    return (Diagnostic(code="W807", place=place, args=args, related=related),)
