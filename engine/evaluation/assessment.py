"""The way into the evaluation: a policy and a data folder (or records, or given measures) become results.

The assessment date decides which targets and limits are in force. It never comes from the clock: it is the date
asked for, else the last day of the assessed period, else the day the policy takes effect.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from engine import __version__
from engine.data.contract import Reading, Records
from engine.data.periods import Period, parse_period
from engine.data.records import read_records
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.benchmarks import Again, read_benchmarks
from engine.evaluation.cells import WHOLE, unit_of
from engine.evaluation.comparison import compared
from engine.evaluation.controls import control_findings
from engine.evaluation.given import Given, given_measures
from engine.evaluation.labels import strange_labels
from engine.evaluation.measures import Measuring, measured
from engine.evaluation.needs import needs_of
from engine.evaluation.nodes import assessed, sheets
from engine.evaluation.plan import lower
from engine.evaluation.privacy import shielded
from engine.evaluation.ranking import ranked
from engine.evaluation.remarks import unlike_the_policy
from engine.evaluation.result import Assessment, Result
from engine.evaluation.scores import run
from engine.evaluation.triggers import in_force
from engine.evaluation.whole import in_order_of_units, whole_of
from engine.language.policy import CheckedScheme, DatedValue, Policy
from engine.language.reporting import own_sources
from engine.source import NOWHERE, Span, file_place, place_of


def assess(  # noqa: PLR0913 - what a run can be asked, one name each
    policy: Policy,
    folder: Path,
    *,
    as_of: date | None = None,
    period: str | None = None,
    by: Sequence[str] = (),
    encoding: str | None = None,
    scheme: str | None = None,
) -> Result:
    """Reads the data below `folder` and assesses every unit under every scheme (or the one named).

    `period`: 2025, 2025-03, 2025-Q1 …, else the policy's own. `by`: columns whose values are assessed as segments,
    beside those that the policy's report names.
    Raises `Refused` with all diagnostics where data, date or period do not allow an assessment.
    """
    policy = replace(policy, schemes=tuple(one for one in policy.schemes if scheme in (None, one.name)))
    asked = _period(policy, period)
    day = assessment_date(policy, asked, as_of)
    _refuse(_not_in_force(policy, day))
    if not policy.header.data:
        _refuse([_finding(policy, "E930", NOWHERE, name=policy.header.id)])
    columns = dict.fromkeys((*policy.header.report.segments, *by))
    reading = Reading(
        folder=folder,
        units=policy.header.units,
        segments=tuple(column for column in columns if column not in policy.header.units),
        period=asked,
        encoding=encoding,
        whole=policy.header.units_whole,
        policy=policy.source,
    )
    own = replace(policy, header=replace(policy.header, data=own_sources(policy.header)))
    result, records = _read_and_evaluated(own, reading, day)

    def again(other: Path) -> Result:
        return assess(_alone(own), other, as_of=day, period=period, by=by, encoding=encoding)

    if policy.header.report.compare:
        result = _beside_others(policy, result, reading, day, again)
    controls = control_findings(policy, records, result.assessments)
    return replace(result, warnings=(*result.warnings, *controls))


def _alone(policy: Policy) -> Policy:
    """The policy for another company's data: what is printed of ours, and with whom we are compared, is not for it."""
    header = policy.header
    data = tuple(source for source in header.data if source.kind != "control")
    report = replace(header.report, compare=())
    return replace(policy, header=replace(header, data=data, controls=(), report=report))


def _read_and_evaluated(policy: Policy, reading: Reading, day: date | None) -> tuple[Result, Records]:
    """The result of the policy's own data, and these; raises `Refused` where they are faulty."""
    needs, wanted = needs_of(policy.header, [lower(policy, one) for one in policy.schemes])
    records, findings = read_records(policy.header, needs, wanted, reading)
    if records is None:
        raise Refused(findings)
    result = evaluate(policy, records, as_of=day, by=reading.segments)
    warnings = (*findings, *strange_labels(policy, records), *unlike_the_policy(policy, records, result))
    return replace(result, warnings=warnings), records


def _beside_others(policy: Policy, result: Result, reading: Reading, day: date | None, again: Again) -> Result:
    """The result beside its benchmarks, with their files among its data and what there was to remark on them."""
    read = read_benchmarks(policy, reading, result.assessments, day, again)
    found = compared(policy, result, {name: one.others for name, one in read.items()})
    return replace(
        found,
        data=(*found.data, *(account for one in read.values() for account in one.accounts)),
        warnings=(*found.warnings, *(warning for one in read.values() for warning in one.warnings)),
    )


def evaluate(
    policy: Policy,
    records: Records,
    *,
    as_of: date | None,
    by: Sequence[str] = (),
    threads: int | None = None,
) -> Result:
    """The result of records that are already read. `threads`: of the query engine; their number changes no digit."""
    plans = [lower(policy, scheme) for scheme in policy.schemes]
    job = Measuring(header=policy.header, plans=plans, records=records, by=by, as_of=as_of, threads=threads)
    found = measured(job)
    period = records.period.text if records.period is not None else None
    assessments: list[Assessment] = []
    for plan in plans:
        scores = run(plan, found.cells, found.measures[plan.scheme.name], as_of)
        units = [
            assessed(sheet, unit=unit_of(policy.header.units, cell), segment=dict(cell.segment), period=period)
            for cell, sheet in zip(found.cells, sheets(plan, scores, len(found.cells), as_of), strict=True)
        ]
        found_here = in_order_of_units([*units, *whole_of(policy.header, plan.scheme, units)])
        assessments += ranked(policy.header, plan.scheme, shielded(policy.header, found_here))
    return Result(
        engine=__version__,
        policy=_named(policy),
        as_of=as_of.isoformat() if as_of is not None else "",
        data=records.accounts,
        assessments=tuple(assessments),
    )


def score(
    policy: Policy, scheme: CheckedScheme, measures: Mapping[str, Given], *, as_of: date | None = None
) -> Assessment:
    """The assessment of one unit from measures given by path, name or key; what is not given is missing.

    See `given.Given` for what a measure may be. `as_of`: else the day the policy takes effect.
    """
    plan = lower(policy, scheme)
    day = assessment_date(policy, None, as_of)
    scores = run(plan, (WHOLE,), given_measures(plan, measures), day)
    return assessed(sheets(plan, scores, 1, day)[0], unit={}, segment={}, period=None)


# ---------------------------------------------------------------- period and date


def _period(policy: Policy, text: str | None) -> Period | None:
    """The period asked for, else the policy's."""
    wanted = text if text is not None else policy.header.period_on
    if wanted is None:
        return None
    found = parse_period(wanted)
    if found is None:
        _refuse([_finding(policy, "E931", NOWHERE, period=wanted)])
    return found


def assessment_date(policy: Policy, period: Period | None, as_of: date | None) -> date | None:
    """The date asked for, else the period's last day (or the policy's, if that is earlier), else the policy's first
    day; None where there is none of them.
    """
    header = policy.header
    if as_of is not None or period is None:
        return as_of or header.effective_from
    return min(period.end, header.effective_to) if header.effective_to is not None else period.end


# ---------------------------------------------------------------- refusals


def _refuse(diagnostics: Sequence[Diagnostic]) -> None:
    if diagnostics:
        raise Refused(tuple(diagnostics))


def _not_in_force(policy: Policy, day: date | None) -> list[Diagnostic]:
    """E932 where the policy does not hold on the date; E933 where a date is needed and there is none; E934 for
    every target or limit that is not yet in force.
    """
    header = policy.header
    dated = [
        (indicator.span, indicator.name, values)
        for scheme in policy.schemes
        for indicator in scheme.indicators.values()
        for values in (indicator.target, indicator.limit)
        if any(value.since is not None for value in values)
    ]
    if day is None:
        return [_finding(policy, "E933", span, name=name) for span, name, _ in dated[:1]]
    begin, end = header.effective_from, header.effective_to
    if (begin is not None and day < begin) or (end is not None and day > end):
        return [_finding(policy, "E932", NOWHERE, day=day.isoformat(), begin=str(begin or "…"), end=str(end or "…"))]
    return [
        _finding(policy, "E934", span, name=name, day=day.isoformat(), since=_first(values).isoformat())
        for span, name, values in dated
        if in_force(values, day, values[0].unit) is None
    ]


def _first(values: Sequence[DatedValue]) -> date:
    return min(value.since for value in values if value.since is not None)


def _finding(policy: Policy, code: str, span: Span, **args: object) -> Diagnostic:
    place = place_of(policy.source, span) if span != NOWHERE else file_place(policy.source.name)
    return Diagnostic(code=code, place=place, args=args)


def _named(policy: Policy) -> Mapping[str, str]:
    header = policy.header
    return {
        "id": header.id,
        "version": header.version,
        "file": policy.source.name,
        "sha256": policy.source.digest,
    }
