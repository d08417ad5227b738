"""The tree as a `Header`. What has the wrong shape is left out; `shape` has said so."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.policy import Calendar, Header
from engine.language.reader.controls import controls_of
from engine.language.reader.figures import day, days, number, percentage
from engine.language.reader.reporting import dates_of_goals, report_of
from engine.language.reader.sources import Classed, Parse, data_sources
from engine.language.reader.tree import Section, Text, Tree, child, entries, first_line, pairs, texts, words, written
from engine.language.syntax import YEARS, MeasureSentence
from engine.language.text import narrow
from engine.source import Source, place_of

_WEEKDAYS = {
    name: number
    for names in (
        ("1", "2", "3", "4", "5", "6", "7"),
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    )
    for number, name in enumerate(names, 1)
}

Measure = Callable[[Text], MeasureSentence | None]


def header_of(tree: Tree, measure: Measure, validity: Parse, belonging: Classed) -> Header:
    """The policy's header; the others read the sentences of `measures:`, `valid:` and `classes:`."""
    said = pairs(tree)
    lang = said.get("lang", "zh")
    identifier = said.get("policy", "")
    units, period, report = child(tree, "units"), child(tree, "period"), child(tree, "report")
    weights = child(child(units, "total"), "weights")
    measures = {key.text: sentence for key, value in _sentences(tree) if (sentence := measure(value)) is not None}
    return Header(
        id=identifier,
        title=_title(child(tree, "title"), lang) or {lang: identifier},
        lang=lang,
        version=said.get("version", ""),
        document=pairs(child(tree, "document")),
        effective_from=day(pairs(child(tree, "effective")).get("from", "")),
        effective_to=day(pairs(child(tree, "effective")).get("to", "")),
        names=pairs(child(tree, "names")),
        name_spans={key.text: key.span for key, _ in entries(child(tree, "names"))},
        units=words(child(units, "by") if isinstance(units, Section) else units),
        units_whole=written(child(units, "whole")) or "",
        units_total="weights" if weights else written(child(units, "total")) or "",
        units_weights=_shares(pairs(weights)),
        units_subtotals=written(child(units, "subtotals")) == "true",
        units_spans={key.text: key.span for part in (units, weights) for key, _ in entries(part)},
        period_every=written(child(period, "every")),
        period_on=_folded(written(child(period, "on"))),
        calendar=_calendar(child(tree, "calendar")),
        data=data_sources(child(tree, "data"), validity, belonging),
        measures=measures,
        measure_spans={key.text: key.span for key, _ in _sentences(tree)},
        controls=controls_of(child(tree, "control")),
        report=report_of(report),
    )


def _sentences(tree: Tree) -> Iterator[tuple[Text, Text]]:
    for key, value in entries(child(tree, "measures")):
        if isinstance(value, Text) and not value.empty:
            yield key, value


def _title(tree: Tree | None, lang: str) -> dict[str, str]:
    return {lang: tree.text} if isinstance(tree, Text) and not tree.empty else pairs(tree)


def _folded(text: str | None) -> str | None:
    return narrow(text) if text else None


def _calendar(tree: Tree | None) -> Calendar:
    weekend = child(tree, "weekend")
    chosen = sorted(_WEEKDAYS[name] for name in words(weekend) if name in _WEEKDAYS)
    return Calendar(
        weekend=Calendar().weekend if weekend is None else tuple(dict.fromkeys(chosen)),
        holidays=_all_days(child(tree, "holidays")),
        workdays=_all_days(child(tree, "workdays")),
    )


def _all_days(tree: Tree | None) -> tuple[date, ...]:
    return tuple(sorted({one for text in words(tree) for one in days(text) or ()}))


def _shares(written: Mapping[str, str]) -> dict[str, Fraction]:
    """The weights of the units; none of them where one cannot be read, since the rest would not add up."""
    shares = {name: number(text) for name, text in written.items()}
    known = {name: share for name, share in shares.items() if share is not None}
    return known if len(known) == len(shares) else {}


# ---------------------------------------------------------------- what no schema can say


def header_findings(source: Source, tree: Tree) -> Iterator[Diagnostic]:
    """E011 days in no calendar or in the wrong order, E012 a period of another length, E401 weights of units."""
    effective, calendar = child(tree, "effective"), child(tree, "calendar")
    single = [child(effective, "from"), child(effective, "to"), child(child(tree, "document"), "issued")]
    several = [*texts(child(calendar, "holidays")), *texts(child(calendar, "workdays"))]
    several += dates_of_goals(child(tree, "report"))
    for value in [*single, *several]:
        case = _wrong_days(value.text) if isinstance(value, Text) and _dated(value.text) else None
        if value is not None and case is not None:
            args = {"value": written(value)}
            yield Diagnostic(code="E011", case=case, place=place_of(source, value.span), args=args)
    yield from _order(source, single[0], single[1])
    yield from _workday_twice(source, calendar)
    yield from _period(source, child(tree, "period"))
    yield from _summary(source, child(child(tree, "report"), "summary"), child(child(tree, "period"), "every"))
    yield from _weights_of_units(source, child(child(child(tree, "units"), "total"), "weights"))


def _weights_of_units(source: Source, weights: Tree | None) -> Iterator[Diagnostic]:
    """The weights of the units make the whole: together 100 %, whether written as per cent or as parts of 1."""
    shares = {name: number(text) for name, text in pairs(weights).items()}
    known = {name: share for name, share in shares.items() if share is not None}
    total = sum(known.values(), Fraction(0))
    if weights is not None and known and len(known) == len(shares) and total != 1:
        place = place_of(source, first_line(source, weights.span))
        written = [f"{name} {percentage(share)}" for name, share in known.items()]
        args = {"sum": percentage(total), "lines": {"zh": "、".join(written), "en": ", ".join(written)}}
        yield Diagnostic(code="E401", case="units", place=place, args=args)


def _dated(text: str) -> bool:
    return all(len(part) == 10 and part.count("-") == 2 for part in narrow(text).split("/"))


def _wrong_days(text: str) -> str | None:
    """What is wrong with a day or a range of days: no such day, no such range, a year that cannot be right."""
    read = days(text)
    if read is None:
        return "range" if "/" in narrow(text) else "none"
    return "year" if read[0].year not in YEARS else None


def _order(source: Source, begin: Tree | None, end: Tree | None) -> Iterator[Diagnostic]:
    first, last = day(written(begin) or ""), day(written(end) or "")
    if isinstance(end, Text) and first and last and last < first:
        args = {"value": end.text, "first": first.isoformat()}
        yield Diagnostic(code="E011", case="order", place=place_of(source, end.span), args=args)


def _workday_twice(source: Source, calendar: Tree | None) -> Iterator[Diagnostic]:
    off = {one: value.span for value in texts(child(calendar, "holidays")) for one in days(value.text) or ()}
    for value in texts(child(calendar, "workdays")):
        both = sorted(off.keys() & (days(value.text) or ()))
        if both:
            place, related = place_of(source, value.span), place_of(source, off[both[0]])
            args = {"value": both[0].isoformat()}
            yield Diagnostic(code="E011", case="both", place=place, related=(related,), args=args)


def _period(source: Source, period: Tree | None) -> Iterator[Diagnostic]:
    every, on = child(period, "every"), child(period, "on")
    if isinstance(every, Text) and isinstance(on, Text) and (length := _length(narrow(on.text))):
        year = narrow(on.text)[:4]
        wrong_day = length == "day" and day(on.text) is None
        wrong_year = year.isdigit() and int(year) not in YEARS
        if wrong_day or wrong_year:
            case = "none" if wrong_day else "year"
            yield Diagnostic(code="E011", case=case, place=place_of(source, on.span), args={"value": on.text})
        elif length != every.text and every.text in _EXAMPLES:
            args = {"value": on.text, "every": every.text, "example": _EXAMPLES[every.text]}
            yield Diagnostic(code="E012", case="period", place=place_of(source, on.span), args=args)


def _summary(source: Source, summary: Tree | None, every: Tree | None) -> Iterator[Diagnostic]:
    """A period is summed up by shorter ones that make it up."""
    lengths = {length: number for number, length in enumerate(_EXAMPLES)}
    shorter, whole = written(summary) or "", written(every) or ""
    known = shorter in lengths and whole in lengths
    if isinstance(summary, Text) and known and lengths[shorter] >= lengths[whole]:
        args = {"value": shorter, "every": whole}
        yield Diagnostic(code="E012", case="summary", place=place_of(source, summary.span), args=args)


_EXAMPLES = {
    "day": "2025-03-02",
    "week": "2025-W07",
    "month": "2025-03",
    "quarter": "2025-Q1",
    "half": "2025-H1",
    "year": "2025",
}


def _length(on: str) -> str | None:
    """The length of the period a text names; None where it names none."""
    for marks, length in (("Q季", "quarter"), ("H半", "half"), ("W周", "week"), ("月", "month")):
        if any(mark in on for mark in marks):
            return length
    return {0: "year", 1: "month", 2: "day"}.get(on.count("-"))
