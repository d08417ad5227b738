"""The way into the evaluation: a policy and a data folder (or records, or given measures) become results.

The assessment date decides which targets and limits are in force. It never comes from the clock: it is the date
asked for, else the last day of the assessed period, else the day the policy takes effect.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from engine import __version__
from engine.data.contract import UNLIMITED, Column, Limits, Reading, Records, Table
from engine.data.periods import Period, parse_period
from engine.data.records import read_history
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.benchmarks import read_benchmarks
from engine.evaluation.cells import WHOLE, unit_of
from engine.evaluation.comparison import compared
from engine.evaluation.controls import control_findings
from engine.evaluation.given import Given, given_measures
from engine.evaluation.keeping import keep_counts
from engine.evaluation.labels import strange_labels
from engine.evaluation.measures import Blank, Measurements, Measuring, measured
from engine.evaluation.needs import needs_of
from engine.evaluation.nodes import assessed, sheets
from engine.evaluation.plan import lower
from engine.evaluation.privacy import shielded
from engine.evaluation.ranking import ranked
from engine.evaluation.remarks import unlike_the_policy
from engine.evaluation.result import Assessment, Result
from engine.evaluation.scores import run
from engine.evaluation.sheets import form_of
from engine.evaluation.triggers import in_force
from engine.evaluation.whole import in_order_of_units, whole_of
from engine.language.policy import CheckedScheme, DatedValue, Policy
from engine.language.reporting import own_sources
from engine.source import NOWHERE, Span, file_place, place_of

# A period (None: all rows) and the date whose targets hold for it.
Day = tuple[Period | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked of a policy: one result for each of `days`. `apart`: they stand beside other periods. `keep`:
    a file to count the records into.
    """

    folder: Path
    days: Sequence[Day]
    apart: bool = False
    by: Sequence[str] = ()
    encoding: str | None = None
    limits: Limits = UNLIMITED
    keep: Path | None = None


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
    asked = period_of_policy(policy, period)
    day = assessment_date(policy, asked, as_of)
    refuse(not_in_force(policy, day))
    (result,) = assess_each(policy, Asking(folder=folder, days=((asked, day),), by=by, encoding=encoding))
    return result


def assess_each(policy: Policy, asking: Asking) -> tuple[Result, ...]:
    """One result for each period asked for; the policy's own files are read once, whatever their number.

    Each period's rows are then measured by themselves, since an open case runs until that period's own date.
    Raises `Refused`.
    """
    reading = _reading(policy, asking)
    own = _with_own_sources(policy)
    history = _read_and_evaluated(own, reading, asking.days)
    if asking.keep is not None:
        for _, records in history:
            keep_counts(own, records, reading.segments, asking.limits, asking.keep)
    return tuple(
        _beside_others(policy, result, records, replace(reading, periods=(day[0],) if day[0] else ()), asking, day)
        for day, (result, records) in zip(asking.days, history, strict=True)
    )


def _with_own_sources(policy: Policy) -> Policy:
    return replace(policy, header=replace(policy.header, data=own_sources(policy.header)))


def _reading(policy: Policy, asking: Asking) -> Reading:
    """How the policy's files are read; refuses a policy without files."""
    header = policy.header
    if not header.data:
        refuse([policy_finding(policy, "E930", NOWHERE, name=header.id)])
    columns = dict.fromkeys((*header.report.segments, *asking.by))
    return Reading(
        folder=asking.folder,
        units=header.units,
        segments=tuple(column for column in columns if column not in header.units),
        periods=tuple(period for period, _ in asking.days if period is not None),
        apart=asking.apart,
        encoding=asking.encoding,
        limits=asking.limits,
        whole=header.units_whole,
        policy=policy.source,
    )


def alone(policy: Policy) -> Policy:
    """The policy for other data than ours of the period: what is printed of ours, and with whom we are compared, is
    not for them.
    """
    header = policy.header
    data = tuple(source for source in own_sources(header) if source.kind != "control")
    report = replace(header.report, compare=())
    return replace(policy, header=replace(header, data=data, controls=(), report=report))


def _read_and_evaluated(policy: Policy, reading: Reading, days: Sequence[Day]) -> tuple[tuple[Result, Records], ...]:
    """The results of the policy's own data, and these, by period; raises `Refused`."""
    history, findings = _read(policy, reading)
    strange = tuple(strange_labels(policy, _together(history)))
    measures = [
        _measured(policy, records, as_of=day, by=reading.segments, limits=reading.limits)
        for (_, day), records in zip(days, history, strict=True)
    ]
    blank = _without_unit([one.found for one in measures])
    found: list[tuple[Result, Records]] = []
    for one, records in zip(measures, history, strict=True):
        result = scored(policy, one)
        warnings = (*findings, *blank, *strange, *unlike_the_policy(policy, records, result))
        found.append((replace(result, warnings=warnings), records))
    return tuple(found)


def _without_unit(history: Sequence[Measurements]) -> tuple[Diagnostic, ...]:
    """W929 where valid rows of any period name no unit: they count for the company as a whole and for no unit."""
    blanks: dict[tuple[str, str], list[Blank]] = {}
    for blank in (blank for one in history for blank in one.blanks):
        blanks.setdefault((blank.source, blank.column), []).append(blank)
    return tuple(
        Diagnostic(
            code="W929",
            place=min((one.place for one in found), key=lambda place: place.line),
            args={"column": column, "count": sum(one.count for one in found)},
        )
        for (_, column), found in blanks.items()
    )


def _read(policy: Policy, reading: Reading) -> tuple[tuple[Records, ...], tuple[Diagnostic, ...]]:
    """The policy's own data by period, and what there is to remark on them; raises `Refused` where they are faulty."""
    needs, wanted = needs_of(policy.header, [lower(policy, one) for one in policy.schemes])
    history, findings = read_history(policy.header, needs, wanted, reading)
    if history is None:
        raise Refused(findings)
    return history, findings


def _together(history: Sequence[Records]) -> Records:
    """The rows of all periods as if they were one."""
    if len(history) == 1:
        return history[0]
    return replace(
        history[0], tables={name: _joined([one.tables[name] for one in history]) for name in history[0].tables}
    )


def _joined(tables: Sequence[Table]) -> Table:
    """The rows of all tables as one, as far as their texts go."""
    from pandas import concat

    frames = [table.frame for table in tables if table.frame is not None]
    if frames:
        return replace(tables[0], frame=concat(frames))

    def labels(of: Column) -> tuple[str, ...]:
        return tuple(sorted({text for table in tables for text in table.texts(of)}))

    return replace(tables[0], labels=labels)


def _beside_others(  # noqa: PLR0913, PLR0917 - a result and all that its benchmarks are read by
    policy: Policy, result: Result, records: Records, reading: Reading, asking: Asking, day: Day
) -> Result:
    """The result beside its benchmarks, with their files among its data and what there was to remark on them; printed
    figures are held against it last.
    """

    def again(folder: Path) -> Result:
        return assess_each(alone(policy), replace(asking, folder=folder, days=(day,), keep=None))[0]

    if policy.header.report.compare:
        read = read_benchmarks(policy, reading, result.assessments, day[1], again)
        found = compared(policy, result, {name: one.others for name, one in read.items()})
        result = replace(
            found,
            data=(*found.data, *(account for one in read.values() for account in one.accounts)),
            warnings=(*found.warnings, *(warning for one in read.values() for warning in one.warnings)),
        )
    controls = control_findings(policy, records, result.assessments)
    return replace(result, warnings=(*result.warnings, *controls))


def evaluate(
    policy: Policy,
    records: Records,
    *,
    as_of: date | None,
    by: Sequence[str] = (),
    limits: Limits = UNLIMITED,
) -> Result:
    """The result of records that are already read. `limits`: of the query engine; they change no digit."""
    return scored(policy, _measured(policy, records, as_of=as_of, by=by, limits=limits))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Data that are read and measured: all that scoring them needs, whatever the weights, rules and bands.

    `found`: the measures of every cell, and where the rows went. `period`: the assessed one, None for all.
    """

    found: Measurements
    period: str | None
    as_of: date | None


def collect(policy: Policy, asking: Asking, *, as_of: date | None = None, period: str | None = None) -> Collected:
    """Reads and measures the policy's own data of one period once, to be `scored` several times.

    `asking`: folder, segments and encoding; its days are those of `period` and `as_of`, as in `assess`. Refuses what
    `assess` refuses.
    """
    asked = period_of_policy(policy, period)
    day = assessment_date(policy, asked, as_of)
    refuse(not_in_force(policy, day))
    reading = _reading(policy, replace(asking, days=((asked, day),)))
    own = _with_own_sources(policy)
    history, _ = _read(own, reading)
    return _measured(own, history[0], as_of=day, by=reading.segments, limits=reading.limits)


def _measured(
    policy: Policy, records: Records, *, as_of: date | None, by: Sequence[str], limits: Limits = UNLIMITED
) -> Collected:
    plans = [lower(policy, scheme) for scheme in policy.schemes]
    job = Measuring(header=policy.header, plans=plans, records=records, by=by, as_of=as_of, limits=limits)
    period = records.period.text if records.period is not None else None
    return Collected(found=measured(job), period=period, as_of=as_of)


def scored(policy: Policy, data: Collected) -> Result:
    """The result of data already measured, for the policy they were measured for or one that measures the same."""
    found, as_of = data.found, data.as_of
    assessments: list[Assessment] = []
    for plan in (lower(policy, scheme) for scheme in policy.schemes):
        scores = run(plan, found.cells, found.measures[plan.scheme.name], as_of)
        units = [
            assessed(sheet, unit=unit_of(policy.header.units, cell), segment=dict(cell.segment), period=data.period)
            for cell, sheet in zip(found.cells, sheets(form_of(plan, as_of), scores, len(found.cells)), strict=True)
        ]
        found_here = in_order_of_units([*units, *whole_of(policy.header, plan.scheme, units)])
        assessments += ranked(policy.header, plan.scheme, shielded(policy.header, found_here))
    return Result(
        engine=__version__,
        policy=_named(policy),
        as_of=as_of.isoformat() if as_of is not None else "",
        data=found.accounts,
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
    return assessed(sheets(form_of(plan, day), scores, 1)[0], unit={}, segment={}, period=None)


# ---------------------------------------------------------------- period and date


def period_of_policy(policy: Policy, text: str | None) -> Period | None:
    """The period asked for, else the policy's; None where neither knows one. Refuses what is no period (E931)."""
    wanted = text if text is not None else policy.header.period_on
    if wanted is None:
        return None
    found = parse_period(wanted)
    if found is None:
        refuse([policy_finding(policy, "E931", NOWHERE, period=wanted)])
    return found


def assessment_date(policy: Policy, period: Period | None, as_of: date | None) -> date | None:
    """The date asked for, else the period's last day (or the policy's, if that lies within the period), else the
    policy's first day; None where there is none of them.
    """
    last = policy.header.effective_to
    if as_of is not None or period is None:
        return as_of or policy.header.effective_from
    return last if last is not None and period.begin <= last < period.end else period.end


# ---------------------------------------------------------------- refusals


def refuse(diagnostics: Sequence[Diagnostic]) -> None:
    """Raise `Refused` where there is anything to refuse for."""
    if diagnostics:
        raise Refused(tuple(diagnostics))


def not_in_force(policy: Policy, day: date | None) -> list[Diagnostic]:
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
        return [policy_finding(policy, "E933", span, name=name) for span, name, _ in dated[:1]]
    begin, end = header.effective_from, header.effective_to
    if (begin is not None and day < begin) or (end is not None and day > end):
        return [
            policy_finding(policy, "E932", NOWHERE, day=day.isoformat(), begin=str(begin or "…"), end=str(end or "…"))
        ]
    return [
        policy_finding(policy, "E934", span, name=name, day=day.isoformat(), since=_first(values).isoformat())
        for span, name, values in dated
        if in_force(values, day, values[0].unit) is None
    ]


def _first(values: Sequence[DatedValue]) -> date:
    return min(value.since for value in values if value.since is not None)


def policy_finding(policy: Policy, code: str, span: Span, *, case: str = "", **args: object) -> Diagnostic:
    """A finding about the policy, at the span, or about the file as a whole."""
    place = place_of(policy.source, span) if span != NOWHERE else file_place(policy.source.name)
    return Diagnostic(code=code, case=case, place=place, args=args)


def _named(policy: Policy) -> Mapping[str, str]:
    header = policy.header
    return {
        "id": header.id,
        "version": header.version,
        "file": policy.source.name,
        "sha256": policy.source.digest,
    }
