"""Which periods the data speak of, found from dates and period columns alone: nothing is assessed."""

from dataclasses import replace
from pathlib import Path

from engine.data.contract import Need, Reading, Records
from engine.data.periods import LENGTHS, Period, parse_period, period_of
from engine.data.records import read_history
from engine.diagnostics import Refused
from engine.evaluation.needs import needs_of
from engine.evaluation.plan import lower
from engine.language.policy import DataSource, Policy


def periods_found(policy: Policy, folder: Path, length: str, encoding: str | None) -> tuple[Period, ...]:
    """The periods of the length in which there is a row of any source that the policy reads, the earliest first.

    Rows count whether they are valid or not. Raises `Refused` where dates or values cannot be read.
    """
    header = replace(policy.header, data=tuple(_bare(source) for source in policy.header.data))
    needs, wanted = needs_of(header, [lower(policy, one) for one in policy.schemes])
    dated = {source.name for source in header.data if source.date is not None}
    asked = [Need(source=need.source, periods=(length,)) for need in needs if need.source in dated]
    reading = Reading(folder=folder, encoding=encoding, policy=policy.source, units=header.units)
    history, findings = read_history(header, asked, wanted, reading)
    if history is None:
        raise Refused(findings)
    return _in_order(history[0], length)


def _bare(source: DataSource) -> DataSource:
    """The source without what decides on its rows: all of them are looked at."""
    return replace(source, valid=(), key=None, weight=None)


def _in_order(records: Records, length: str) -> tuple[Period, ...]:
    texts = {text for table in records.tables.values() for text in table.texts(table.column("period", length))}
    found = {period for text in texts if (period := parse_period(text)) is not None}
    found |= {
        period_of(row.period.begin, length)
        for row in records.values
        if row.period is not None and LENGTHS.index(row.period.length) <= LENGTHS.index(length)
    }
    return tuple(sorted(found, key=lambda period: period.begin))
