"""The way into the data room: all that the plan needs, read, checked and accounted for, or every fault found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from engine.data.collection import as_collected, with_collection
from engine.data.contract import Account, Need, Reading, Records, ValueRow, Wanted
from engine.data.controls import Figures, read_controls
from engine.data.files import is_large_text
from engine.data.headers import plain
from engine.data.opening import Findings, Request, is_for_queries
from engine.data.periods import Period
from engine.data.tables import Split, read_table
from engine.data.values import Stray, Values, read_values
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, Header
from engine.source import Place


def read_records(
    header: Header, needs: Sequence[Need], wanted: Sequence[Wanted], reading: Reading
) -> tuple[Records | None, tuple[Diagnostic, ...]]:
    """Reads what the plan needs from the files below `reading.folder`, for one period at most.

    `needs`: one for each `responses` or `events` source read. `wanted`: the values looked up in `values` sources.
    With any error (E9xx) there are no records; the warnings (W9xx) that come with records leave them usable.
    Sources nobody needs are not opened, but for those with printed figures.
    """
    history, findings = read_history(header, needs, wanted, reading)
    if history is None:
        return None, findings
    (records,) = history
    return records, findings


def read_history(
    header: Header, needs: Sequence[Need], wanted: Sequence[Wanted], reading: Reading
) -> tuple[tuple[Records, ...] | None, tuple[Diagnostic, ...]]:
    """Like `read_records`, with the records of each of `reading.periods`; every file is read once.

    `reading.folder` may be a collection workbook, or hold one for the files that are missing (see `data.collection`).
    """
    collected, refusal = with_collection(header, reading)
    if collected is None:
        return None, refusal
    history, findings = _read_history(collected.header, needs, wanted, collected.reading)
    return history, as_collected(collected, findings)


def _read_history(
    header: Header, needs: Sequence[Need], wanted: Sequence[Wanted], reading: Reading
) -> tuple[tuple[Records, ...] | None, Findings]:
    findings: list[Diagnostic] = []
    tables: dict[str, Split] = {}
    collected: dict[str, Values] = {}
    asked = {need.source: need for need in needs}
    for source in header.data:
        if source.name in asked:
            request = Request(header=header, source=source, need=asked[source.name], reading=reading)
            split, found = _table(request)
            if split:
                tables[source.name] = split
        elif source.kind == "values" and (wants := _of(source, wanted)):
            values, found = read_values(source, wants, reading)
            if values:
                collected[source.name] = values
        else:
            continue
        findings += found
    printed, found = _printed(header, reading)
    findings += found
    rows = tuple(row for values in collected.values() for row in values.rows)
    findings += [*_twice(rows), *_misspelt(wanted, rows, tuple(collected.values()))]
    if any(f.severity == "error" for f in findings):
        return None, tuple(findings)
    spans, read = reading.periods or (None,), _Sources(tables=tables, values=collected, printed=printed)
    return tuple(_records(header, read, n, span) for n, span in enumerate(spans)), tuple(findings)


def _table(request: Request) -> tuple[Split | None, Findings]:
    """The rows of a source: of a Parquet file, and of a text file that is large, they stay where they are, where
    nothing stands against it.
    """
    if not is_for_queries(request.source, request.need):
        return read_table(request)
    if request.source.file.lower().endswith(".parquet"):
        from engine.data.parquet.tables import scan_table  # loads the query engine

        return scan_table(request)
    if is_large_text(request.reading.folder, request.source.file):
        from engine.data.parquet.tables import scan_text

        return scan_text(request) or read_table(request)
    return read_table(request)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What was read of each source by name, for all periods."""

    tables: Mapping[str, Split]
    values: Mapping[str, Values]
    printed: Mapping[str, Figures]


def _records(header: Header, read: _Sources, number: int, period: Period | None) -> Records:
    """What belongs to the period of that number; a source without dates or periods speaks of the only one."""
    accounts: dict[str, Account] = {}
    for name, split in read.tables.items():
        accounts |= {other.source: other for other in split.others if other.source not in accounts}
        if split.accounts:
            accounts[name] = split.accounts[min(number, len(split.accounts) - 1)]
    accounts |= {name: values.accounts[number] for name, values in read.values.items()}
    accounts |= {name: figures.accounts[number] for name, figures in read.printed.items()}
    return Records(
        tables={name: split.tables[min(number, len(split.tables) - 1)] for name, split in read.tables.items()},
        values=tuple(
            row
            for values in read.values.values()
            for row in values.rows
            if row.period is None or period is None or period.holds(row.period)
        ),
        accounts=in_order_of_sources(header, accounts),
        period=period,
        printed=tuple(
            figure
            for figures in read.printed.values()
            for figure in figures.printed
            if figure.period is None or period is None or period.holds(figure.period)
        ),
    )


def _printed(header: Header, reading: Reading) -> tuple[dict[str, Figures], Findings]:
    """The printed figures of all `control` sources."""
    printed: dict[str, Figures] = {}
    findings: list[Diagnostic] = []
    for source in (source for source in header.data if source.kind == "control"):
        figures, found = read_controls(source, reading)
        findings += found
        if figures:
            printed[source.name] = figures
    return printed, tuple(findings)


def _of(source: DataSource, wanted: Sequence[Wanted]) -> list[Wanted]:
    return [want for want in wanted if want.source in (None, source.name)]


def in_order_of_sources(header: Header, accounts: Mapping[str, Account]) -> tuple[Account, ...]:
    """The accounts as the policy names their sources."""
    return tuple(accounts[source.name] for source in header.data if source.name in accounts)


def _twice(rows: Sequence[ValueRow]) -> Findings:
    """E921 for a value that stands twice for the same unit, segment and period; the company has to say which holds."""
    first: dict[tuple[object, ...], Place] = {}
    found: list[Diagnostic] = []
    for row in rows:
        key = (row.measure, *row.unit.items(), *row.segment.items(), row.period.text if row.period else "")
        if key in first:
            args = {"measure": row.measure, "first": str(first[key])}
            found.append(Diagnostic(code="E921", place=row.place, related=(first[key],), args=args))
        first.setdefault(key, row.place)
    return tuple(found)


def _misspelt(wanted: Sequence[Wanted], rows: Sequence[ValueRow], collected: Sequence[Values]) -> Findings:
    """W928 where a wanted value is absent and the sheet has a name, used by nobody, that is spelt almost like it."""
    strays: dict[str, list[Stray]] = {}
    for stray in (stray for values in collected for stray in values.unused):
        strays.setdefault(plain(stray.name), []).append(stray)
    found: list[Diagnostic] = []
    for want in {want.measure: want for want in wanted}.values():
        given = [row for row in rows if row.measure == want.measure]
        instead = next((s for name in _like(want, strays) for s in strays[name] if _lacks(given, s)), None)
        if instead is not None:
            args = {"name": instead.name, "measure": want.measure}
            found.append(Diagnostic(code="W928", place=instead.place, args=args, hint=want.measure))
    return tuple(found)


def _like(want: Wanted, names: Mapping[str, object]) -> list[str]:
    """The names spelt almost like the wanted one, or like its other name."""
    spelt = [plain(name) for name in (want.measure, *want.also)]
    return list(dict.fromkeys(name for own in spelt for name in get_close_matches(own, list(names), n=3, cutoff=0.6)))


def _lacks(given: Sequence[ValueRow], stray: Stray) -> bool:
    """Whether the values lack one where the stray stands: for its unit and segment, or for its period among others."""
    here = [row for row in given if (*row.unit.items(), *row.segment.items()) == stray.group]
    if not here or stray.period is None:
        return not here
    alike = [row.period.text for row in here if row.period and row.period.length == stray.period.length]
    return bool(alike) and stray.period.text not in alike
