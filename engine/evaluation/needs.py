"""What the plans ask of the data: columns of the sources, and values looked up by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from engine.data.cells import Problem, read_number, read_time
from engine.data.contract import Need, Wanted
from engine.evaluation.ladder import is_looked_up, kind_of, parents_of
from engine.evaluation.plan import Plan, measured_paths
from engine.language.policy import Answers, DataSource, Header, Indicator, Observed
from engine.language.syntax import (
    ColumnStatistic,
    Comparison,
    Condition,
    ConditionTrigger,
    CountDistinct,
    CountRows,
    FromRows,
    Kind,
    LookUp,
    RatioOfSums,
    Repeated,
    RowCondition,
    ShareOfRows,
    TimeBetween,
    amounts_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One measure of a plan: the indicator, the kind of its data, the length of the periods a cap splits it into."""

    indicator: Indicator
    kind: Kind
    period: str | None


@dataclass(slots=True, kw_only=True)
class _Columns:
    questions: dict[str, None] = field(default_factory=dict[str, None])
    texts: dict[str, None] = field(default_factory=dict[str, None])
    numbers: dict[str, None] = field(default_factory=dict[str, None])
    times: dict[str, None] = field(default_factory=dict[str, None])
    spans: dict[tuple[str, str], None] = field(default_factory=dict[tuple[str, str], None])
    repeats: dict[tuple[tuple[str, ...], int], None] = field(default_factory=dict[tuple[tuple[str, ...], int], None])
    periods: dict[str, None] = field(default_factory=dict[str, None])


def measures_of(plan: Plan) -> tuple[Asked, ...]:
    """Everything a plan has to have measured, in its order."""
    parents = parents_of(plan.scheme)
    found: list[Asked] = []
    for path in measured_paths(plan):
        indicator = plan.scheme.indicators[path]
        owner = parents[path] if indicator.asked and path in parents else indicator
        rules = owner.item.rules if owner.item else ()
        period = owner.item.period if owner.item and owner.item.period_cap is not None else None
        found.append(Asked(indicator=indicator, kind=kind_of(indicator, rules), period=period))
    return tuple(found)


def amounts_read(header: Header, indicator: Indicator) -> tuple[tuple[DataSource, FromRows | None], ...]:
    """The tables that the measure is computed from, each with the sentence (None: the survey's) that is asked of it:
    of the questions, or those its sentence names; a quotient reads two. Empty: it is looked up.
    """
    value = indicator.value
    if isinstance(value, Answers):
        return tuple((s, None) for s in header.data if set(value.questions) <= set(s.questions))[:1]
    if not isinstance(value, Observed) or value.sentence is None:
        return ()
    amounts = [amount for amount in amounts_of(value.sentence) if not isinstance(amount, LookUp)]
    return tuple((s, amount) for amount in amounts for s in header.data if s.name == amount.source.text)


def read_by_sentences(header: Header, plans: Sequence[Plan], source: DataSource) -> bool:
    """Whether a sentence of `measures:` counts rows of the source."""
    return any(
        read.name == source.name and sentence is not None
        for plan in plans
        for asked in measures_of(plan)
        for read, sentence in amounts_read(header, asked.indicator)
    )


def needs_of(header: Header, plans: Sequence[Plan]) -> tuple[tuple[Need, ...], tuple[Wanted, ...]]:
    """What the plans together read of each table, in the policy's order of sources, and the values they look up."""
    columns: dict[str, _Columns] = {}
    wanted: dict[tuple[str, str | None], Wanted] = {}
    for plan, asked in ((p, asked) for p in plans for asked in measures_of(p)):
        amounts = amounts_read(header, asked.indicator)
        for source, sentence in amounts:
            _add(columns.setdefault(source.name, _Columns()), asked, sentence)
        if not amounts and is_looked_up(asked.indicator):
            want = wanted_for(plan, asked)
            wanted.setdefault((want.measure, want.source), want)
    needs = [_need(source.name, columns[source.name]) for source in header.data if source.name in columns]
    return tuple(needs), tuple(wanted.values())


def _need(source: str, columns: _Columns) -> Need:
    return Need(
        source=source,
        questions=tuple(columns.questions),
        texts=tuple(columns.texts),
        numbers=tuple(columns.numbers),
        times=tuple(columns.times),
        spans=tuple(columns.spans),
        repeats=tuple(columns.repeats),
        periods=tuple(columns.periods),
    )


def _add(columns: _Columns, asked: Asked, sentence: FromRows | None) -> None:
    if asked.period is not None:
        columns.periods[asked.period] = None
    value = asked.indicator.value
    if isinstance(value, Answers):
        columns.questions.update(dict.fromkeys(value.questions))
    elif sentence is not None:
        for kind, name in columns_of(sentence):
            getattr(columns, kind)[name] = None
        for condition in conditions_of(sentence):
            if isinstance(condition, Repeated):
                columns.repeats[tuple(name.text for name in condition.columns), condition.days] = None
        if isinstance(sentence, TimeBetween):
            columns.spans[sentence.begin.text, sentence.end.text] = None


def columns_of(sentence: FromRows) -> Iterator[tuple[str, str]]:
    """The columns a sentence reads, each with how it is read."""
    for condition in conditions_of(sentence):
        if isinstance(condition, Repeated):
            yield from (("texts", column.text) for column in condition.columns)
            continue
        yield "texts", condition.column.text
        if (kind := compared_as(condition)) is not None:
            yield kind, condition.column.text
    match sentence:
        case RatioOfSums(numerator=numerator, denominator=denominator):
            yield from (("numbers", numerator.text), ("numbers", denominator.text))
        case ColumnStatistic(column=column):
            yield "numbers", column.text
        case TimeBetween(begin=begin, end=end):
            yield from (("times", begin.text), ("times", end.text))
        case CountDistinct(column=column):
            yield "texts", column.text
        case CountRows() | ShareOfRows():
            return


def conditions_of(sentence: FromRows | LookUp) -> tuple[RowCondition, ...]:
    """All conditions of a sentence."""
    if isinstance(sentence, ShareOfRows):
        return (*sentence.where, *sentence.base)
    return () if isinstance(sentence, LookUp) else sentence.where


def compared_as(condition: Condition) -> str | None:
    """`numbers` or `times` where more or less is asked of a number or a moment; None where texts are compared."""
    if condition.comparison in (Comparison.EQUAL, Comparison.NOT_EQUAL):
        return None
    if not isinstance(read_number(condition.value), Problem):
        return "numbers"
    return None if isinstance(read_time(condition.value, None), Problem) else "times"


def wanted_for(plan: Plan, asked: Asked) -> Wanted:
    """What a measure that is looked up asks of the `values` sources."""
    value = asked.indicator.value
    assert isinstance(value, Observed)  # noqa: S101 - answers are never looked up
    source = value.sentence.source.text if isinstance(value.sentence, LookUp) else None
    high = asked.indicator.full if asked.kind in (Kind.SCORE, Kind.POINTS) and not asked.indicator.asked else None
    if asked.kind is Kind.SCORE and high is not None:
        high = max(high, Fraction(100))
    also = tuple(name for name in _names_of(plan, asked.indicator) if name != value.measure)
    return Wanted(measure=value.measure, also=also, kind=asked.kind, source=source, high=high)


def _names_of(plan: Plan, indicator: Indicator) -> tuple[str, ...]:
    """What the data may call a measure without its key: its name, `line/thing asked`, or what its condition asks."""
    if indicator.asked:
        line = plan.scheme.indicators[indicator.path.removesuffix(f"/{indicator.name}")]
        return f"{line.name}/{indicator.name}", indicator.name
    triggers = [rule.trigger for rule in indicator.item.rules] if indicator.item else []
    return indicator.name, *(t.text.text for t in triggers if isinstance(t, ConditionTrigger))
