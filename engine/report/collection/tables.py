"""The form of a survey, a ledger or a list: one column for each question and for each thing that is read of a row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from engine.data.amounts import NO, YES
from engine.data.cells import CHOICES, Problem, read_number, read_time
from engine.data.collection import sheet_of
from engine.data.contract import Need
from engine.data.opening import Request
from engine.data.tables import columns_asked
from engine.data.validity import wording
from engine.data.vendors import DURATION_HEADERS
from engine.evaluation.needs import amounts_read, columns_of, conditions_of, measures_of
from engine.evaluation.plan import lower
from engine.language.policy import DataSource, Indicator, Policy
from engine.language.syntax import (
    AnsweredAtLeast,
    Comparison,
    Condition,
    ListedIn,
    NotStraightLined,
    OnePer,
    TookAtLeast,
    amounts_of,
)
from engine.report.collection.forms import Commission, Field, Filling, Form, Told, clause_of, names_of, owners_of
from engine.report.collection.words import phrase
from engine.report.numbers import plain

_SECONDS = {"zh": DURATION_HEADERS[0], "en": "Duration (in seconds)"}
_ZERO = Fraction(0)


def table_form(commission: Commission, source: DataSource, need: Need) -> Form:
    """The form of a `responses` or `events` source. `need`: what the plans read of it."""
    request = Request(header=commission.policy.header, source=source, need=need, reading=commission.reading)
    asked = [one.header for one in columns_asked(request) if not one.question]
    optional = [] if source.kind == "events" else [s for s in commission.reading.segments if s not in source.classes]
    if any(isinstance(rule, TookAtLeast) for rule in source.valid):
        asked.append(_SECONDS[commission.reads.lang])
    first = [h for h in (source.key, source.date) if h]
    headers = list(dict.fromkeys([*first, *commission.reading.units, *asked, *optional]))
    other = [h for h in headers if h not in source.classes and h not in source.questions.values()]
    fields = [_field(commission, source, need, header) for header in other]
    questions = [_question(commission, source, question) for question in source.questions]
    answers = [Field(header=h, filling=Filling(sort="text"), told=_open(commission)) for h in source.texts]
    later = [field for field in fields if field.header[:1].isdigit()]  # a question that gives no score: 16(价格)
    fields = [field for field in fields if field not in later]
    fields = [*fields, *questions, *later, *(a for a in answers if a.header not in headers)]
    if source.kind == "events" and fields[:1]:
        fields = [_first(commission, fields[0]), *fields[1:]]
    owners = source_owners(commission, source)
    return Form(source=source, fields=tuple(_owned(field, owners) for field in fields))


def _first(commission: Commission, field: Field) -> Field:
    """The first column of a ledger, where one may say that nothing happened."""
    filling = field.filling
    return (
        field
        if filling is None
        else replace(field, filling=replace(filling, nothing=phrase("none", commission.reads.lang)))
    )


def _owned(field: Field, owners: tuple[str, ...]) -> Field:
    """A column that belongs to no indicator alone is filled in by those whose indicators the sheet serves."""
    if field.told is None or field.told.owners:
        return field
    return replace(field, told=replace(field.told, owners=owners))


def _open(commission: Commission) -> Told:
    return Told(how=phrase("open question", commission.reads.lang))


# ---------------------------------------------------------------- questions


def _question(commission: Commission, source: DataSource, question: str) -> Field:
    lang = commission.reads.lang
    scale = source.question_scales.get(question, source.scale)
    words = source.answers if question not in source.question_scales else dict[str, Fraction]()
    low, high = scale if scale is not None and not words else (None, None)
    whole = low is not None and high is not None and _is_short(low, high)
    filling = Filling(sort="choice" if words else "whole" if whole else "number", low=low, high=high)
    listed = commission.reads.listed(phrase("words mean", lang, word=w, number=plain(n)) for w, n in words.items())
    told = phrase("number", lang) if low is None or high is None else _between(commission, low, high, whole=whole)
    how = [phrase("one of", lang, choices=listed) if words else told, phrase("answer", lang)]
    reading = [one for one in _readers(commission.policy) if question in _questions_of(one[1])]
    return Field(
        header=source.questions[question],
        filling=replace(filling, choices=tuple(words)),
        told=_told(commission, _sentences(commission, how), reading),
    )


def _is_short(low: Fraction, high: Fraction) -> bool:
    return low.denominator == high.denominator == 1 and high - low <= CHOICES


def _between(commission: Commission, low: Fraction, high: Fraction, *, whole: bool) -> str:
    key = "whole between" if whole else "between"
    return phrase(key, commission.reads.lang, low=plain(low), high=plain(high))


def _questions_of(indicator: Indicator) -> Sequence[str]:
    return getattr(indicator.value, "questions", ())


# ---------------------------------------------------------------- other columns


def _field(commission: Commission, source: DataSource, need: Need, header: str) -> Field:
    reading = [one for one in _readers(commission.policy) if header in _columns_of(source, one[1], commission.policy)]
    filling, how = _typed(commission, source, need, header)
    rules = [rule for rule in source.valid if getattr(getattr(rule, "column", None), "text", None) == header]
    if header in DURATION_HEADERS:
        rules = [rule for rule in source.valid if isinstance(rule, TookAtLeast)]
    how += [_valid(commission, rule) for rule in rules]
    return Field(header=header, filling=filling, told=_told(commission, _sentences(commission, how), reading))


def _valid(commission: Commission, rule: object) -> str:
    lang = commission.reads.lang
    if isinstance(rule, ListedIn):
        return phrase("listed", lang, sheet=sheet_of(rule.source.text))
    assert isinstance(rule, Condition | OnePer | TookAtLeast | AnsweredAtLeast | NotStraightLined)  # noqa: S101 - the rest
    return phrase("validity", lang, text=wording(rule, commission.policy.source, commission.policy.header.lang))


def _typed(commission: Commission, source: DataSource, need: Need, header: str) -> tuple[Filling, list[str]]:
    """What is typed into a column that is no question, and the words for it."""
    lang = commission.reads.lang
    if header in commission.reading.units:
        return _unit(commission, commission.reading.units.index(header)), [phrase("unit column", lang)]
    if header == source.weight:
        return Filling(sort="number", low=_ZERO), [phrase("weight", lang)]
    if header == source.key:
        return Filling(sort="text"), [phrase("identifier", lang)]
    if header in need.times:
        return Filling(sort="moment"), [phrase("dated moment" if header == source.date else "moment", lang)]
    if header == source.date:
        return Filling(sort="date"), [phrase("date", lang)]
    if header in need.numbers:
        return Filling(sort="number"), [phrase("number", lang)]
    if header == _SECONDS[lang]:
        return Filling(sort="number", low=_ZERO), [phrase("seconds", lang)]
    labels = _labels(commission.policy, source, header)
    if labels:
        told = phrase("for instance", lang, choices=commission.reads.listed(labels))
        if any(_is_measured(label) for label in labels):  # 1 stands beside 0, a date beside others
            return Filling(sort="text"), [told]
        return Filling(sort="choice", choices=labels, open=True), [told]
    key = "segment" if header in commission.reading.segments else "text"
    return Filling(sort="text"), [phrase(key, lang)]


def _unit(commission: Commission, column: int) -> Filling:
    choices = tuple(dict.fromkeys(unit[column] for unit in commission.units))
    return Filling(sort="choice" if choices else "text", choices=choices, open=True)


def _labels(policy: Policy, source: DataSource, header: str) -> tuple[str, ...]:
    """The labels by which conditions tell rows apart."""
    sentences = [a for s in policy.header.measures.values() for a in amounts_of(s) if a.source.text == source.name]
    conditions: list[object] = [each for sentence in sentences for each in conditions_of(sentence)]
    conditions += [rule for rule in source.valid if isinstance(rule, Condition)]
    conditions += [each for rules in source.classes.values() for rule in rules.values() for each in rule.where]
    values = [c.value for c in conditions if isinstance(c, Condition) and c.column.text == header and _is_equal(c)]
    labels = tuple(dict.fromkeys(value for value in values if value))
    return tuple(dict.fromkeys((*labels, *_opposites(labels))))


def _is_equal(condition: Condition) -> bool:
    return condition.comparison in (Comparison.EQUAL, Comparison.NOT_EQUAL)


def _is_measured(label: str) -> bool:
    return not isinstance(read_number(label), Problem) or not isinstance(read_time(label, None), Problem)


def _opposites(labels: Iterable[str]) -> Iterator[str]:
    """Of a column that says yes or no the other of the two."""
    for label in labels:
        for these, those in ((YES, NO), (NO, YES)):
            if label.casefold() in these[:2]:  # 是, yes
                yield those[these.index(label.casefold())]


# ---------------------------------------------------------------- who reads it, who collects it


def _readers(policy: Policy) -> Iterator[tuple[int, Indicator]]:
    """Every measured indicator with the number of its scheme."""
    for number, scheme in enumerate(policy.schemes):
        yield from ((number, asked.indicator) for asked in measures_of(lower(policy, scheme)))


def _columns_of(source: DataSource, indicator: Indicator, policy: Policy) -> set[str]:
    """The columns of the source that the measure of an indicator is read from."""
    sentences = [one for found, one in amounts_read(policy.header, indicator) if found.name == source.name and one]
    return {name for sentence in sentences for _, name in columns_of(sentence)}


def _told(commission: Commission, how: str, reading: Sequence[tuple[int, Indicator]]) -> Told:
    schemes = commission.policy.schemes
    owners = [owner for number, one in reading for owner in owners_of(schemes[number], one)]
    clauses = [clause_of(schemes[number], one) for number, one in reading]
    names = ["/".join(map(commission.reads.name, names_of(schemes[number], one))) for number, one in reading]
    return Told(
        how=how,
        owners=tuple(dict.fromkeys(owners)),
        clause=commission.reads.listed(dict.fromkeys(clauses)),
        purpose=commission.reads.listed(dict.fromkeys(names)),
    )


def _sentences(commission: Commission, texts: Sequence[str]) -> str:
    return ("；" if commission.reads.lang == "zh" else "; ").join(text for text in texts if text)


def source_owners(commission: Commission, source: DataSource) -> tuple[str, ...]:
    """The departments whose indicators are computed from the source."""
    found: Mapping[str, None] = {
        owner: None
        for number, one in _readers(commission.policy)
        if any(read.name == source.name for read, _ in amounts_read(commission.policy.header, one))
        for owner in owners_of(commission.policy.schemes[number], one)
    }
    return tuple(found)
