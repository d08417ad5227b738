"""Where data and policy speak of different units and columns: weights nobody has, segments nobody collected."""

from collections.abc import Iterator

from engine.data.contract import Records, ValueRow
from engine.data.headers import closest
from engine.diagnostics import Diagnostic, listed
from engine.evaluation.result import Result
from engine.language.policy import Header, Policy
from engine.source import NOWHERE, Place, Span, file_place, place_of

_MOST = 6  # units that are listed


def unlike_the_policy(policy: Policy, records: Records, result: Result) -> Iterator[Diagnostic]:
    """W935 weights and units that do not match, W936 a segment column in no file, W937 values of half a unit."""
    yield from _weights(policy, result)
    known = {column for assessment in result.assessments for column in assessment.segment}
    for column in policy.header.report.segments:
        if column not in known:
            yield Diagnostic(code="W936", place=_place(policy, "segments"), args={"column": column})
    yield from _half_units(policy.header, records.values)


def _weights(policy: Policy, result: Result) -> Iterator[Diagnostic]:
    """At the weight, where no data speak of its unit; at `total`, where units have no weight."""
    header = policy.header
    weights = [name for name, weight in header.units_weights.items() if weight]
    columns = len(header.units)
    units = list(dict.fromkeys("/".join(a.unit.values()) for a in result.assessments if len(a.unit) == columns))
    bare = [unit for unit in units if unit not in header.units_weights]
    meant = {name: closest(name, bare) for name in weights if name not in units}
    for name, unit in meant.items():
        place = place_of(policy.source, header.units_spans.get(name, NOWHERE))
        yield Diagnostic(code="W935", place=place, args={"name": name}, hint=unit)
    others = [f"“{unit}”" for unit in bare if unit not in meant.values()]
    if weights and others:
        place = place_of(policy.source, header.units_spans.get("total", NOWHERE))
        yield Diagnostic(code="W935", case="bare", place=place, args={"units": listed(others, _MOST)})


def _half_units(header: Header, rows: tuple[ValueRow, ...]) -> Iterator[Diagnostic]:
    """The first value whose unit is named in part; the first columns alone name a subtotal where there are any."""
    for row in rows:
        texts = [row.unit.get(column, "") for column in header.units if row.unit]
        filled = [text for text in texts if text]
        is_subtotal = header.units_subtotals and texts[: len(filled)] == filled
        if filled and len(filled) < len(texts) and not is_subtotal:
            blank = next(column for column, text in zip(header.units, texts, strict=True) if not text)
            yield Diagnostic(code="W937", place=row.place, args={"column": blank, "measure": row.measure})
            return


def _place(policy: Policy, key: str) -> Place:
    span: Span | None = policy.header.report.spans.get(key)
    return file_place(policy.source.name) if span is None else place_of(policy.source, span)
