"""The first sheet of a collection workbook: for which policy and period, how it is filled in, by whom, and what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.data.collection import GUIDES, POLICY_ID, sheet_of
from engine.report.collection.forms import Commission, Form, Told
from engine.report.collection.template import Template, fields_of
from engine.report.collection.words import SIDE, phrase
from engine.report.names import title


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the guide. `part`: title, fact, heading, text, head or row. `sheet`: the one that its first cell leads
    to.
    """

    part: str
    cells: tuple[str, ...]
    sheet: str = ""


def guide_name(commission: Commission) -> str:
    """What the guide is called in the reader's language."""
    return GUIDES[SIDE[commission.reads.lang]]


def guide_lines(template: Template) -> Iterator[Line]:
    """The guide from top to bottom."""
    commission = template.commission
    lang, header = commission.reads.lang, commission.policy.header
    yield Line(part="title", cells=(phrase("title", lang, title=title(header, lang)),))
    for label, text in _facts(commission):
        yield Line(part="fact", cells=(label, text))
    yield Line(part="heading", cells=(phrase("use", lang),))
    for number in range(1, 6):
        yield Line(part="text", cells=(f"{number}. {phrase(f'use {number}', lang)}",))
    yield Line(part="heading", cells=(phrase("sheets", lang),))
    yield Line(part="head", cells=tuple(phrase(key, lang) for key in ("sheet", "holds", "owners", "fields")))
    for form in template.forms:
        name = sheet_of(form.source.name)
        cells = (name, _holds(commission, form), _owners(commission, form), str(fields_of(form)))
        yield Line(part="row", cells=cells, sheet=name)
    yield Line(part="heading", cells=(phrase("items", lang),))
    keys = ("sheet", "item", "owners", "how", "unit", "target", "purpose", "clause")
    yield Line(part="head", cells=tuple(phrase(key, lang) for key in keys))
    for form in template.forms:
        for item, told in _items(form):
            name = sheet_of(form.source.name)
            yield Line(part="row", cells=(name, item, *_told(commission, told)), sheet=name)


def _facts(commission: Commission) -> Iterator[tuple[str, str]]:
    lang, header = commission.reads.lang, commission.policy.header
    yield phrase("policy", lang), title(header, lang)
    yield POLICY_ID[SIDE[lang]], header.id
    yield phrase("version", lang), header.version
    if [scheme.name for scheme in commission.policy.schemes] != ["scheme"]:
        yield phrase("scheme", lang), commission.reads.listed(scheme.name for scheme in commission.policy.schemes)
    yield phrase("period", lang), _period(commission)
    if commission.units:
        yield phrase("units", lang), commission.reads.listed("/".join(unit) for unit in commission.units)
    yield phrase("due", lang), commission.due.isoformat() if commission.due else phrase("open due", lang)


def _period(commission: Commission) -> str:
    lang, periods = commission.reads.lang, commission.periods
    if not periods:
        return phrase("any period", lang)
    first, last = periods[0], periods[-1]
    text = first.text if first == last else phrase("several", lang, first=first.text, last=last.text)
    return phrase("days", lang, text=text, begin=first.begin.isoformat(), end=last.end.isoformat())


def _holds(commission: Commission, form: Form) -> str:
    source, lang = form.source, commission.reads.lang
    beside = next((one for one in commission.policy.header.report.compare if one.data == source.name), None)
    if beside is not None:
        return phrase("benchmark", lang, name=beside.name)
    return phrase(f"{source.kind} wide" if (source.kind, source.layout) == ("values", "wide") else source.kind, lang)


def _owners(commission: Commission, form: Form) -> str:
    owners = dict.fromkeys(owner for _, told in _items(form) for owner in told.owners)
    return commission.reads.listed(commission.reads.name(owner) for owner in owners)


def _items(form: Form) -> Sequence[tuple[str, Told]]:
    """What is to be filled in, each once, whatever the number of units and periods."""
    if not form.value:
        return [(field.header, field.told) for field in form.fields if field.filling and field.told]
    return list({row.name: row.told for row in form.rows if row.told}.items())


def _told(commission: Commission, told: Told) -> tuple[str, ...]:
    owners = commission.reads.listed(commission.reads.name(owner) for owner in told.owners)
    return owners, told.how, told.unit, told.target, told.purpose, told.clause
