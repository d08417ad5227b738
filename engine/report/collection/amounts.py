"""The form of values that a company states itself: one row for each, or one column for each indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.data.amounts import BOUNDS
from engine.data.contract import Wanted
from engine.data.controls import HEADERS as CONTROL_HEADERS
from engine.data.headers import plain as plainly
from engine.data.periods import Period, periods_within
from engine.data.values import HEADERS, Names, by_name
from engine.evaluation.comparison import wanted_of
from engine.evaluation.ladder import is_looked_up
from engine.evaluation.needs import Asked, measures_of, wanted_for
from engine.evaluation.plan import Plan, lower
from engine.evaluation.triggers import in_force, prefers_low
from engine.language.policy import CheckedScheme, DataSource, Indicator, ItemRule
from engine.language.syntax import ConditionTrigger, Kind, choice
from engine.report.collection.forms import (
    Commission,
    Field,
    Filling,
    Form,
    Row,
    Told,
    clause_of,
    lineage,
    names_of,
    owners_of,
)
from engine.report.collection.words import HEADERS as OUR_HEADERS, UNITS_OF_KINDS, UNITS_OF_TIME, phrase
from engine.report.names import amount
from engine.report.numbers import plain
from engine.report.words import word

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A value to be stated: what the sheet calls it, what may be typed, what is said about it, and for which periods.

    `tail`: its unit behind the name, where no column says it.
    """

    name: str
    filling: Filling
    told: Told
    periods: tuple[Period | None, ...]
    tail: str = ""


def values_form(commission: Commission, source: DataSource, wants: Sequence[Wanted]) -> Form:
    """The form of a `values` source. `wants`: what is looked up in it."""
    return _form(commission, source, list(_lines(commission, source, wants)))


def benchmark_form(commission: Commission, source: DataSource) -> Form:
    """The form of a `values` source that holds another's scores, to compare with."""
    names = by_name(wants := wanted_of(commission.policy, source.name))
    lines = [_scored(commission, _called((w.also[-1:] or ("",))[0], w, names)) for w in wants]
    return _form(commission, source, lines)


def control_form(commission: Commission, source: DataSource) -> Form:
    """The form of printed figures: by indicator, with a column for each sort of figure that the policy names."""
    lang = commission.reads.lang
    names = by_name(wants := wanted_of(commission.policy, source.name))
    lines = [_scored(commission, _called((w.also[-1:] or ("",))[0], w, names)) for w in wants]
    if source.layout == "wide":
        return _form(commission, source, lines)
    roles = [role for role in CONTROL_HEADERS if role in source.columns and role not in ("indicator", "period")]
    headers = [source.columns[role] for role in roles] or [word(OUR_HEADERS["score"], lang)]
    form = _form(commission, source, lines)
    told = Told(how=phrase("number", lang))
    figures = tuple(Field(header=header, filling=Filling(sort="number"), told=told) for header in headers)
    given = tuple(f for f in form.fields if f.header in (_header(commission, source, "indicator"), *_split(commission)))
    period = tuple(f for f in form.fields if f.header == _header(commission, source, "period"))
    return Form(source=source, fields=(*given, *period, *figures), rows=form.rows)


# ---------------------------------------------------------------- the sheet


def _form(commission: Commission, source: DataSource, lines: Sequence[_Line]) -> Form:
    lines = lines if _has_unit_column(commission, source) else [_tailed(line) for line in lines]
    return (_wide if source.layout == "wide" else _long)(commission, source, lines)


def _tailed(line: _Line) -> _Line:
    """The line with its unit behind its name where the value could not be read without it."""
    return replace(line, name=f"{line.name}({line.tail})") if line.tail else line


def _long(commission: Commission, source: DataSource, lines: Sequence[_Line]) -> Form:
    lang = commission.reads.lang
    split, dated = _split(commission), any(period for line in lines for period in line.periods)
    name, value, period, unit = (_header(commission, source, r) for r in ("indicator", "value", "period", "unit"))
    given = [name, *([period] if dated else [])]
    fields = [Field(header=header, filling=_free(commission, n)) for n, header in enumerate(split)]
    fields += [Field(header=header) for header in given]
    fields.append(Field(header=value, filling=Filling(sort="number")))
    fields += [Field(header=unit)] if _has_unit_column(commission, source) else []
    taken = {field.header for field in fields} | set(commission.reading.segments)
    info = [(key, phrase(key, lang)) for key in ("target", "how", "owners", "clause")]
    info = [(key, header) for key, header in info if header not in taken]
    rows = [
        Row(
            given=dict(zip(split, texts, strict=True))
            | {name: line.name, period: at.text if at else "", unit: line.told.unit}
            | {header: _info(commission, key, line.told) for key, header in info},
            name=line.name,
            filling=line.filling,
            told=line.told,
        )
        for texts in _units(commission)
        for at, line in _in_order(lines)
    ]
    return Form(
        source=source, fields=(*fields, *(Field(header=header) for _, header in info)), rows=tuple(rows), value=value
    )


def _in_order(lines: Sequence[_Line]) -> Iterator[tuple[Period | None, _Line]]:
    """Period by period, in each the lines in the policy's order; longer periods first."""
    periods = dict.fromkeys(period for line in lines for period in line.periods)
    for period in sorted(periods, key=_place):
        yield from ((period, line) for line in lines if period in line.periods)


def _place(period: Period | None) -> tuple[str, str]:
    return ("", "") if period is None else (period.begin.isoformat(), f"{9999999 - (period.end - period.begin).days}")


def _wide(commission: Commission, source: DataSource, lines: Sequence[_Line]) -> Form:
    split, period = _split(commission), _header(commission, source, "period")
    spans = list(dict.fromkeys(at for at, _ in _in_order(lines)))
    dated = any(spans)
    fields = [Field(header=header, filling=_free(commission, n)) for n, header in enumerate(split)]
    fields += [Field(header=period)] if dated else []
    fields += [Field(header=line.name, filling=line.filling, told=line.told) for line in map(_tailed, lines)]
    rows = [
        Row(given=dict(zip(split, texts, strict=True)) | ({period: at.text} if at else {}))
        for texts in _units(commission)
        for at in spans
    ]
    return Form(source=source, fields=tuple(fields), rows=tuple(rows) if split or dated else ())


def _split(commission: Commission) -> tuple[str, ...]:
    return commission.reading.units


def _units(commission: Commission) -> Sequence[tuple[str, ...]]:
    """The units that are known, else a blank one for each of their columns."""
    return commission.units or [("",) * len(commission.reading.units)]


def _free(commission: Commission, column: int) -> Filling:
    choices = tuple(dict.fromkeys(unit[column] for unit in commission.units))
    return Filling(sort="choice" if choices else "text", choices=choices, open=True)


def _header(commission: Commission, source: DataSource, role: str) -> str:
    return source.columns.get(role) or word(OUR_HEADERS[role], commission.reads.lang)


def _has_unit_column(commission: Commission, source: DataSource) -> bool:
    """Whether a column can say the unit of measurement: not where results are split by a column of such a name."""
    if source.layout == "wide":
        return True  # the names carry it there
    taken = {*commission.reading.units, *commission.reading.segments}
    return "unit" in source.columns or not taken & set(HEADERS["unit"])


def _info(commission: Commission, key: str, told: Told) -> str:
    texts = {"target": told.target, "how": told.how, "clause": told.clause}
    return texts.get(key, commission.reads.listed(commission.reads.name(owner) for owner in told.owners))


# ---------------------------------------------------------------- the lines


def _lines(commission: Commission, source: DataSource, wants: Sequence[Wanted]) -> Iterator[_Line]:
    names = by_name(wants)
    seen: set[str] = set()
    for scheme in commission.policy.schemes:
        plan = lower(commission.policy, scheme)
        for asked in measures_of(plan):
            want = _want(plan, asked, wants)
            if want is not None and want.measure not in seen and want.source in (None, source.name):
                seen.add(want.measure)
                yield _line(commission, scheme, asked, want, names)


def _want(plan: Plan, asked: Asked, wants: Sequence[Wanted]) -> Wanted | None:
    if not is_looked_up(asked.indicator):
        return None
    own = wanted_for(plan, asked)
    return next((want for want in wants if (want.measure, want.source) == (own.measure, own.source)), None)


def _line(commission: Commission, scheme: CheckedScheme, asked: Asked, want: Wanted, names: Names) -> _Line:
    indicator, reads = asked.indicator, commission.reads
    rule = next((r for r in _rules(scheme, indicator) if indicator.path in (r.measure, r.amount)), None)
    filling, how = _typed(commission, indicator, asked.kind, want, rule)
    unit = reads.either(UNITS_OF_KINDS.get(asked.kind, ("", "")))
    if asked.kind is Kind.DURATION and indicator.unit in UNITS_OF_TIME:
        unit = reads.either(UNITS_OF_TIME[indicator.unit])
    told = Told(
        how=how,
        unit=unit,
        target=_target(commission, indicator),
        owners=owners_of(scheme, indicator),
        clause=clause_of(scheme, indicator),
        purpose=reads.name((lineage(scheme, indicator)[1:2] or (indicator,))[0].name),
    )
    name = "/".join(names_of(scheme, indicator))
    tail = unit if asked.kind in (Kind.RATE, Kind.DURATION) else ""
    return _Line(
        name=_called(name, want, names), filling=filling, told=told, periods=_periods(commission, asked), tail=tail
    )


def _called(name: str, want: Wanted, names: Names) -> str:
    """The name of the value, where nothing else in the sheet is called so; else what the policy tells it by."""
    found = names.get(plainly(name), ())
    return name if name and [w.measure for w in found] == [want.measure] else want.measure


def _rules(scheme: CheckedScheme, indicator: Indicator) -> tuple[ItemRule, ...]:
    """The rules that read the indicator: its own, or those of the line that asks about it."""
    found = [one for one in lineage(scheme, indicator)[:2] if one.item is not None]
    return tuple(rule for one in found if one.item for rule in one.item.rules)


def _typed(
    commission: Commission, indicator: Indicator, kind: Kind, want: Wanted, rule: ItemRule | None
) -> tuple[Filling, str]:
    lang = commission.reads.lang
    inapplicable = phrase("inapplicable", lang)
    if kind is Kind.YES_NO:
        words = (phrase("yes", lang), phrase("no", lang), inapplicable)
        asked = rule.trigger.text.text if rule is not None and isinstance(rule.trigger, ConditionTrigger) else ""
        how = phrase("condition", lang, text=asked) if asked else phrase("yes/no", lang)
        return Filling(sort="choice", choices=words), how
    low, high = BOUNDS.get(kind, (None, None))
    least = Fraction(low) if want.low is None and low is not None else want.low
    most = Fraction(high) if want.high is None and high is not None else want.high
    if (chosen := _chosen(indicator, rule)) is not None:
        texts = {"low": plain(chosen[0]), "high": plain(chosen[1])}
        filling = Filling(sort="number", low=chosen[0], high=chosen[1], or_zero=True, inapplicable=inapplicable)
        return filling, phrase("amount", lang, **texts)
    sort = "whole" if kind is Kind.COUNT else "number"
    filling = Filling(sort=sort, low=least, high=most, inapplicable=inapplicable)
    return filling, _how(commission, kind, least, most)


def _how(commission: Commission, kind: Kind, low: Fraction | None, high: Fraction | None) -> str:
    lang = commission.reads.lang
    if kind in (Kind.RATE, Kind.COUNT, Kind.DURATION):
        return phrase(kind.value, lang)
    if kind in (Kind.SCORE, Kind.POINTS) and high is not None:
        return phrase("points", lang, high=plain(high))
    if low is None or high is None:
        return phrase("number", lang)
    return phrase("between", lang, low=plain(low), high=plain(high))


def _chosen(indicator: Indicator, rule: ItemRule | None) -> tuple[Fraction, Fraction] | None:
    """The bounds of an amount that the assessor chooses (酌情扣a至b分)."""
    bounds = choice(rule.effect) if rule is not None else None
    if rule is None or bounds is None:
        return None
    if rule.amount not in (None, indicator.path) or indicator.kind not in (Kind.POINTS, Kind.SCORE, Kind.NUMBER):
        return None
    return bounds[0].amount, bounds[1].amount


def _target(commission: Commission, indicator: Indicator) -> str:
    """The target or time limit in force on the workbook's day, with its side."""
    reads = commission.reads
    for dated, sign in ((indicator.target, "≤" if prefers_low(indicator) else "≥"), (indicator.limit, "≤")):
        if dated:
            found = in_force(dated, commission.day, dated[0].unit)
            return "" if found is None else f"{sign}{amount(found, dated[0].unit, reads)}"
    return ""


def _periods(commission: Commission, asked: Asked) -> tuple[Period | None, ...]:
    """For which periods the value is stated: where a cap goes by the month, or results are summed up by the month, for
    each of its months; what does not add up is stated for the whole as well.
    """
    if not commission.periods:
        return (None,)
    lengths = [length for length in (asked.period, commission.policy.header.report.summary) if length]
    adds = asked.kind is Kind.COUNT
    found: list[Period | None] = []
    for period in commission.periods:
        parts = list(dict.fromkeys(part for length in lengths for part in periods_within(period, length)))
        shortest = [part for part in parts if part.length == parts[-1].length] if adds and parts else parts
        found += ([] if adds and parts else [period]) + shortest
    return tuple(dict.fromkeys(found))


def _scored(commission: Commission, name: str) -> _Line:
    """A score that somebody else states, or that is printed."""
    lang = commission.reads.lang
    filling = Filling(sort="number", low=_ZERO, inapplicable=phrase("inapplicable", lang))
    told = Told(how=phrase("number", lang), unit=commission.reads.either(UNITS_OF_KINDS[Kind.SCORE]))
    return _Line(name=name, filling=filling, told=told, periods=commission.periods or (None,))
