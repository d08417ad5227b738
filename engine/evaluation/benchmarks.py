"""What the report sets the results beside, read: goals, a source with another's scores, a folder with its data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from engine.data.contract import Account, Reading
from engine.data.records import read_records
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.comparison import Others, assessed_alike, goals, scores_in, wanted_of
from engine.evaluation.result import Assessment, Result
from engine.language.policy import Policy
from engine.language.reporting import Benchmark
from engine.source import place_of

# The same assessment of the data in another folder.
Again = Callable[[Path], Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A benchmark as read: what it says, where the rows of its files went, what there was to remark."""

    others: Others
    accounts: tuple[Account, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def read_benchmarks(
    policy: Policy, reading: Reading, assessments: Sequence[Assessment], as_of: date | None, again: Again
) -> Mapping[str, Read]:
    """All benchmarks by name. Raises `Refused` for a folder that is not there (E717), or data that are faulty."""
    return {one.name: _read(policy, one, reading, assessments, as_of, again) for one in policy.header.report.compare}


def _read(  # noqa: PLR0913, PLR0917 - whatever the three kinds of benchmark need
    policy: Policy,
    benchmark: Benchmark,
    reading: Reading,
    assessments: Sequence[Assessment],
    as_of: date | None,
    again: Again,
) -> Read:
    if benchmark.goals:
        return Read(others=goals(benchmark.goals, as_of))
    if any(source.name == benchmark.data for source in policy.header.data):
        return _of_source(policy, benchmark, reading, assessments)
    return _of_folder(policy, benchmark, reading, again)


def _of_source(policy: Policy, benchmark: Benchmark, reading: Reading, assessments: Sequence[Assessment]) -> Read:
    sources = tuple(source for source in policy.header.data if source.name == benchmark.data)
    header = replace(policy.header, data=sources)
    records, findings = read_records(header, (), wanted_of(policy, benchmark.data), reading)
    if records is None:
        raise Refused(findings)
    columns = len(header.units)
    units = list({tuple(a.unit.items()): a.unit for a in assessments if columns and len(a.unit) == columns}.values())
    return Read(others=scores_in(policy, records, units), accounts=records.accounts, warnings=findings)


def _of_folder(policy: Policy, benchmark: Benchmark, reading: Reading, again: Again) -> Read:
    own = reading.folder if reading.folder.is_dir() else reading.folder.parent  # beside a collection workbook
    folder = own / benchmark.data
    if not folder.is_dir() or not folder.resolve().is_relative_to(own.resolve()):
        place = place_of(policy.source, benchmark.spans.get("data", benchmark.span))
        args = {"name": benchmark.name, "data": benchmark.data}
        raise Refused((Diagnostic(code="E717", case="folder", place=place, args=args),))
    try:
        result = again(folder)
    except Refused as refusal:
        raise Refused(_below(policy, benchmark, refusal.diagnostics)) from None
    accounts = tuple(replace(account, file=f"{benchmark.data}/{account.file}") for account in result.data)
    return Read(others=assessed_alike(result), accounts=accounts, warnings=_below(policy, benchmark, result.warnings))


def _below(policy: Policy, benchmark: Benchmark, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings, their files named as they lie below the data folder."""
    return tuple(
        d
        if d.place.file == policy.source.name
        else replace(d, place=replace(d.place, file=f"{benchmark.data}/{d.place.file}"))
        for d in found
    )
