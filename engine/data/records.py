"""The way into the data room: all that the plan needs, read, checked and accounted for, or every fault found."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from engine.data.contract import Account, Need, Printed, Reading, Records, Table, ValueRow, Wanted
from engine.data.controls import read_controls
from engine.data.headers import plain
from engine.data.opening import Findings, Request
from engine.data.tables import read_table
from engine.data.values import Stray, Values, read_values
from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource, Header
from engine.source import Place


def read_records(
    header: Header, needs: Sequence[Need], wanted: Sequence[Wanted], reading: Reading
) -> tuple[Records | None, tuple[Diagnostic, ...]]:
    """Reads what the plan needs from the files below `reading.folder`.

    `needs`: one for each `responses` or `events` source read. `wanted`: the values looked up in `values` sources.
    With any error (E9xx) there are no records; the warnings (W9xx) that come with records leave them usable.
    Sources nobody needs are not opened, but for those with printed figures.
    """
    findings: list[Diagnostic] = []
    tables: dict[str, Table] = {}
    accounts: dict[str, Account] = {}
    collected: list[Values] = []
    asked = {need.source: need for need in needs}
    for source in header.data:
        if source.name in asked:
            request = Request(header=header, source=source, need=asked[source.name], reading=reading)
            table, used, found = read_table(request)
            if table:
                tables[source.name] = table
            for account in used:
                if account.source == source.name or account.source not in accounts:
                    accounts[account.source] = account
        elif source.kind == "values" and (wants := _of(source, wanted)):
            values, found = read_values(source, wants, reading)
            if values:
                collected.append(values)
                accounts[source.name] = values.account
        else:
            continue
        findings += found
    printed, found = _printed(header, reading, accounts)
    findings += found
    rows = tuple(row for values in collected for row in values.rows)
    findings += [*_twice(rows), *_misspelt(wanted, rows, collected)]
    if any(f.severity == "error" for f in findings):
        return None, tuple(findings)
    records = Records(
        tables=tables,
        values=rows,
        accounts=_in_order(header.data, accounts),
        period=reading.period,
        printed=printed,
    )
    return records, tuple(findings)


def _printed(header: Header, reading: Reading, accounts: dict[str, Account]) -> tuple[tuple[Printed, ...], Findings]:
    """The printed figures of all `control` sources; their accounts are entered."""
    printed: list[Printed] = []
    findings: list[Diagnostic] = []
    for source in (source for source in header.data if source.kind == "control"):
        figures, found = read_controls(source, reading)
        findings += found
        if figures:
            printed += figures.printed
            accounts[source.name] = figures.account
    return tuple(printed), tuple(findings)


def _of(source: DataSource, wanted: Sequence[Wanted]) -> list[Wanted]:
    return [want for want in wanted if want.source in (None, source.name)]


def _in_order(sources: Sequence[DataSource], accounts: Mapping[str, Account]) -> tuple[Account, ...]:
    return tuple(accounts[source.name] for source in sources if source.name in accounts)


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
