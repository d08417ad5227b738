"""Several periods of one policy: which are asked for, which version holds for each, and what each of them comes to.

No period is ever guessed: a policy that is assessed every quarter is run for the quarter asked for, for all of a
range, or for each quarter the data have; else the run is refused with the list of those (E939).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from engine.data.contract import UNLIMITED, Limits
from engine.data.periods import Period, each_length, parse_periods, periods_before, periods_within
from engine.diagnostics import Diagnostic, Refused, listed
from engine.evaluation.assessment import (
    Asking,
    alone,
    assess_each,
    assessment_date,
    not_in_force,
    period_of_policy,
    policy_finding,
    refuse,
)
from engine.evaluation.result import Result
from engine.evaluation.spans import periods_found
from engine.evaluation.versions import in_order_of_effect, no_version, straddling, version_for
from engine.language.policy import Policy
from engine.source import NOWHERE

_TOLD = 24  # periods named in a refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What a run is asked. `versions`: the policy, or all its versions. `period`: as it is typed (2025-Q1,
    2024-Q1..2025-Q4, each), None: the policy's own. `as_of`: the date for all periods, None: each period's own.
    `limits`: of the query engine. `keep`: a file to count the records of the one period into.
    """

    versions: Sequence[Policy]
    folder: Path
    period: str | None = None
    as_of: date | None = None
    by: Sequence[str] = ()
    encoding: str | None = None
    limits: Limits = UNLIMITED
    scheme: str | None = None
    keep: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodResult:
    """One period (None: all rows) under the version in force for it; `policy` has the schemes that were assessed."""

    period: Period | None
    policy: Policy
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What came out. `asked`: one for each period asked for, the earliest first. Beside a single one stand `earlier`,
    the periods before it that `report.trend` asks for, and `within`, the shorter ones of `report.summary`: without
    those for which the policy was not in force.
    """

    asked: tuple[PeriodResult, ...]
    earlier: tuple[PeriodResult, ...] = ()
    within: tuple[PeriodResult, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def assess_history(inquiry: Inquiry) -> History:
    """Assesses every period asked for by the version in force on its last day (or on `as_of`).

    Raises `Refused` with all diagnostics where data, dates, versions or periods do not allow an assessment.
    """
    inquiry = replace(inquiry, versions=in_order_of_effect(inquiry.versions))
    asked = _asked(inquiry)
    chosen = [(period, _version(inquiry, period)) for period in asked]
    refuse([found for period, policy in chosen for found in not_in_force(policy, _day(inquiry, period, policy))])
    warnings = [found for period, policy in chosen for found in _straddled(inquiry, period, policy)]
    period, policy = chosen[0]
    if len(chosen) > 1 or period is None:
        found = _assessed(inquiry, chosen)
        return History(asked=found, warnings=_warnings(found, warnings))
    before = _in_force(inquiry, periods_before(period, policy.header.report.trend))
    months = periods_within(period, summary) if (summary := policy.header.report.summary) else ()
    found = _assessed(inquiry, chosen)
    try:
        earlier, within = _others(inquiry, before), _others(inquiry, _in_force(inquiry, months))
    except Refused as refusal:
        if {one.code for one in refusal.diagnostics} != {"E938"}:
            raise
        warnings += [replace(one, code="W938") for one in refusal.diagnostics]
        earlier, within = (), ()
    return History(asked=found, earlier=earlier, within=within, warnings=_warnings(found, warnings))


def _others(inquiry: Inquiry, pairs: Sequence[tuple[Period | None, Policy]]) -> tuple[PeriodResult, ...]:
    """Periods that stand beside the one asked for; nothing is compared there, nor held against printed figures."""
    return _assessed(inquiry, pairs, beside=True)


def _warnings(found: Sequence[PeriodResult], first: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Every warning once, whatever the number of periods that gave it."""
    unique: list[Diagnostic] = []
    for warning in (*first, *(warning for one in found for warning in one.result.warnings)):
        if warning not in unique:
            unique.append(warning)
    return tuple(unique)


# ---------------------------------------------------------------- which periods


def _asked(inquiry: Inquiry) -> tuple[Period | None, ...]:
    """The periods asked for, else the policy's own; (None,) where neither the run nor the policy knows periods."""
    newest = version_for(inquiry.versions, None, inquiry.as_of)
    if inquiry.period is None:
        if newest is None:
            refuse([_which_version(inquiry)])
        return (own_period(newest or inquiry.versions[-1], inquiry.folder, inquiry.encoding),)
    policy = newest or inquiry.versions[-1]
    length = each_length(inquiry.period)
    if length is not None:
        return _each(inquiry, policy, length or policy.header.period_every or "")
    periods = parse_periods(inquiry.period)
    if isinstance(periods, str):
        refuse([policy_finding(policy, "E931", NOWHERE, case=periods, period=inquiry.period)])
        return ()
    return periods


def own_period(policy: Policy, folder: Path, encoding: str | None) -> Period | None:
    """The period the policy names, None where it knows none; E939 where it only says how often, with the periods that
    the data have. Raises `Refused`.
    """
    header = policy.header
    if header.period_on is not None or header.period_every is None:
        return period_of_policy(policy, None)
    found = periods_found(policy, folder, header.period_every, encoding)
    args = {"periods": listed([one.text for one in found], _TOLD), "last": found[-1].text if found else ""}
    refuse([policy_finding(policy, "E939", NOWHERE, case="" if found else "none", **args)])
    return None


def _each(inquiry: Inquiry, policy: Policy, length: str) -> tuple[Period, ...]:
    """Every period of the length that the data have (E939 where there is none, or no length)."""
    if not length:
        refuse([policy_finding(policy, "E939", NOWHERE, case="length", period=inquiry.period)])
    found = periods_found(policy, inquiry.folder, length, inquiry.encoding)
    if not found:
        refuse([policy_finding(policy, "E939", NOWHERE, case="none")])
    return found


def _which_version(inquiry: Inquiry) -> Diagnostic:
    """E939: several versions and nothing that says which; E932 where none holds on the date."""
    if inquiry.as_of is not None:
        return no_version(inquiry.versions, inquiry.as_of)
    told = listed([one.header.version for one in inquiry.versions])
    return policy_finding(inquiry.versions[-1], "E939", NOWHERE, case="versions", versions=told)


# ---------------------------------------------------------------- which version, which date


def _version(inquiry: Inquiry, period: Period | None) -> Policy:
    """The version for a period (E932 where there is none)."""
    found = version_for(inquiry.versions, period, inquiry.as_of)
    if found is None and (day := inquiry.as_of or (period.end if period else None)) is not None:
        refuse([no_version(inquiry.versions, day)])
    return found or inquiry.versions[-1]


def _day(inquiry: Inquiry, period: Period | None, policy: Policy) -> date | None:
    return assessment_date(policy, period, inquiry.as_of)


def _straddled(inquiry: Inquiry, period: Period | None, policy: Policy) -> tuple[Diagnostic, ...]:
    if period is None or inquiry.as_of is not None:
        return ()
    return straddling(inquiry.versions, policy, period)


def _in_force(inquiry: Inquiry, periods: Sequence[Period]) -> list[tuple[Period | None, Policy]]:
    """The periods for which a version and all its dated targets are in force, each with its version."""
    pairs = [(period, version_for(inquiry.versions, period, inquiry.as_of)) for period in periods]
    return [(p, one) for p, one in pairs if one is not None and not not_in_force(one, _day(inquiry, p, one))]


# ---------------------------------------------------------------- assessing


def _assessed(
    inquiry: Inquiry, pairs: Sequence[tuple[Period | None, Policy]], *, beside: bool = False
) -> tuple[PeriodResult, ...]:
    """The results in the order of the pairs; the files are read once for each version."""
    apart = beside or len(pairs) > 1
    found: dict[tuple[Period | None, int], PeriodResult] = {}
    for version in inquiry.versions:
        own = [period for period, policy in pairs if policy is version]
        if not own:
            continue
        schemes = tuple(one for one in version.schemes if inquiry.scheme in (None, one.name))
        policy = replace(version, schemes=schemes)
        days = [(period, _day(inquiry, period, policy)) for period in own]
        asking = Asking(
            folder=inquiry.folder,
            days=days,
            apart=apart,
            by=inquiry.by,
            encoding=inquiry.encoding,
            limits=inquiry.limits,
            keep=None if beside else inquiry.keep,
        )
        for period, result in zip(own, assess_each(alone(policy) if beside else policy, asking), strict=True):
            found[period, id(version)] = PeriodResult(period=period, policy=policy, result=result)
    return tuple(found[period, id(policy)] for period, policy in pairs)
