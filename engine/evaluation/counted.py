"""The way from rows counted elsewhere to results: the counts stand for the tables, the rest is read from the files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from engine.data.contract import Reading, Records
from engine.data.counts import Counted, read_counts
from engine.data.periods import Period
from engine.data.records import read_history
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.assessment import (
    alone,
    assessment_date,
    evaluate,
    not_in_force,
    period_of_policy,
    policy_finding,
    refuse,
)
from engine.evaluation.histories import History, PeriodResult
from engine.evaluation.labels import strange_labels
from engine.evaluation.needs import needs_of, read_by_sentences
from engine.evaluation.plan import lower
from engine.evaluation.remarks import unlike_the_policy
from engine.evaluation.warehouse import Counting, Statement, statement_of
from engine.language.policy import Policy
from engine.source import NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of counts. `period`: one, as typed; None: the policy's own. `by`: further columns to split by.

    `folder`: where the values that are looked up by name lie, None where the policy needs none. `without`: pairs of a
    table and a segment that the table does not have.
    """

    policy: Policy
    period: str | None = None
    as_of: date | None = None
    by: Sequence[str] = ()
    scheme: str | None = None
    encoding: str | None = None
    folder: Path | None = None
    without: frozenset[tuple[str, str]] = frozenset()


def query_for(question: Question) -> Statement:
    """The query that counts, for whoever has the records in a warehouse. Raises `Refused`."""
    policy = _own(question)
    plans = [lower(policy, scheme) for scheme in policy.schemes]
    counting = Counting(
        header=policy.header,
        plans=plans,
        period=_period(policy, question),
        segments=_segments(policy, question.by),
        policy=policy.source,
        without=question.without,
    )
    return statement_of(counting)


def assess_counts(question: Question, file: Path) -> History:
    """The result of a file of counts. What is compared with others, or held against printed figures, is left out.

    Raises `Refused` with all diagnostics where the file, the period or the date does not allow an assessment.
    """
    policy = _own(question)
    period = _period(policy, question)
    day = assessment_date(policy, period, question.as_of)
    refuse(not_in_force(policy, day))
    segments = _segments(policy, question.by)
    records, findings = _records(question, policy, file, period, segments)
    result = evaluate(policy, records, as_of=day, by=segments)
    warnings = (*findings, *strange_labels(policy, records), *unlike_the_policy(policy, records, result))
    result = replace(result, warnings=warnings)
    return History(asked=(PeriodResult(period=period, policy=policy, result=result),), warnings=warnings)


def _own(question: Question) -> Policy:
    """The policy with the scheme asked for, and only the sources that are counted or looked up."""
    schemes = tuple(one for one in question.policy.schemes if question.scheme in (None, one.name))
    policy = alone(replace(question.policy, schemes=schemes))
    if not policy.header.data:
        refuse([policy_finding(policy, "E930", NOWHERE, name=policy.header.id)])
    return policy


def _period(policy: Policy, question: Question) -> Period | None:
    """The period asked for, else the policy's; a policy that is assessed every quarter has to be told which."""
    found = period_of_policy(policy, question.period)
    if found is None and policy.header.period_every is not None:
        refuse([policy_finding(policy, "E992", NOWHERE, case="which")])
    return found


def segments_of_question(question: Question) -> tuple[str, ...]:
    """The columns that results are split by besides units."""
    return _segments(question.policy, question.by)


def _segments(policy: Policy, by: Sequence[str]) -> tuple[str, ...]:
    header = policy.header
    return tuple(c for c in dict.fromkeys((*header.report.segments, *by)) if c not in header.units)


def _records(
    question: Question, policy: Policy, file: Path, period: Period | None, segments: Sequence[str]
) -> tuple[Records, tuple[Diagnostic, ...]]:
    """The tables from the counts, the values from the folder; raises `Refused` where either is faulty."""
    header, plans = policy.header, [lower(policy, scheme) for scheme in policy.schemes]
    needs, wanted = needs_of(header, plans)
    reading = Reading(
        folder=question.folder or Path(),
        units=header.units,
        segments=tuple(segments),
        periods=(period,) if period else (),
        encoding=question.encoding,
        whole=header.units_whole,
        policy=policy.source,
    )
    looked_up = any(source.kind == "values" for source in header.data) and wanted
    if looked_up and question.folder is None:
        names = next(source.name for source in header.data if source.kind == "values")
        raise Refused((policy_finding(policy, "E993", NOWHERE, source=names),))
    sentences = frozenset(source.name for source in header.data if read_by_sentences(header, plans, source))
    tables, found = read_counts(Counted(header=header, needs=needs, sentences=sentences, file=file), reading)
    values, also = read_history(header, (), wanted if looked_up else (), reading)
    if tables is None or values is None:
        raise Refused((*found, *also))
    both = replace(values[0], tables=tables.tables, accounts=(*tables.accounts, *values[0].accounts))
    return both, (*found, *also)
