"""One query for those whose records lie in a warehouse: how often each combination of what the policy reads occurs.

A warehouse has the raw tables, one for each `responses` or `events` source, called as the policy calls it, with the
columns the policy names. The query takes the rows of the period that pass the validity sentences and counts them;
cells stay texts, so that every one of them is still judged by the contract when the counts are read (`data.counts`).
Counting is all that is left to the warehouse: there is no sum that an engine could round.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from sqlglot import exp

from engine.data.contract import Need
from engine.data.counts import ALL, DATE, MEASURE, OPEN, ROWS, SOURCE, TERMS, VALUE, WEIGHT, terms_of
from engine.data.passing import place_among
from engine.data.periods import Period
from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.needs import needs_of, read_by_sentences
from engine.evaluation.passing import (
    ROW,
    SECONDS,
    answer_columns,
    cast_as,
    class_of,
    column_of,
    first_answer,
    is_blank,
    passes,
    quoted,
    reads_answers,
    text_of,
)
from engine.evaluation.plan import Plan
from engine.language.policy import DataSource, Header
from engine.language.syntax import AnsweredAtLeast, ListedIn, NotStraightLined, OnePer, TookAtLeast
from engine.source import Source, file_place, place_of

DIALECTS = ("duckdb", "spark", "postgres", "snowflake", "bigquery", "clickhouse")
_QUESTIONS, _PLACE = "rubric_questions", "rubric_place"
Query = exp.Select | exp.Union


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What is counted: what the plans read, in one period (None: all rows), split by the segments too. `without`: pairs
    of a table and a segment that the table does not have.
    """

    header: Header
    plans: Sequence[Plan]
    period: Period | None
    segments: Sequence[str]
    policy: Source
    without: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The query, and by table the columns it reads, each with what it holds: `text`, `number`, `time`, `answer`, or
    `row` and `seconds` for the two columns that a file has without naming them.
    """

    tree: Query
    tables: Mapping[str, Mapping[str, str]]

    def text(self, dialect: str) -> str:
        """The query in one of `DIALECTS`."""
        return self.tree.sql(dialect=dialect, pretty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """The counts of one source. `name`: of its steps. `layout`: the columns of every line, in their order."""

    job: Counting
    source: DataSource
    need: Need
    name: str
    layout: Sequence[str] = field(default=())


def statement_of(job: Counting) -> Statement:
    """The query for all tables of the policy; refuses what no such query can count (E990)."""
    needs, _ = needs_of(job.header, job.plans)
    if not needs:
        raise Refused((Diagnostic(code="E990", case="values", place=file_place(job.policy.name)),))
    layout = layout_of(job.header, job.segments, needs)
    sources = {source.name: source for source in job.header.data}
    counts = [
        _Count(job=job, source=sources[need.source], need=need, name=f"rubric_{n}", layout=layout)
        for n, need in enumerate(needs)
    ]
    if repeats := [count for count in counts if count.need.repeats]:
        raise Refused(tuple(not_counted(job.policy, count.source) for count in repeats))
    chains = [list(_steps(count)) for count in counts]
    lines = [line for count, chain in zip(counts, chains, strict=True) for line in _lines(count, chain[-1][0])]
    tree: Query = reduce(lambda above, below: exp.union(above, below, distinct=False), lines[1:], lines[0])
    for name, step in (step for chain in chains for step in chain):
        tree = tree.with_(name, as_=step)
    return Statement(tree=tree, tables=_tables(counts))


def not_counted(policy: Source, source: DataSource) -> Diagnostic:
    """E990: what was repeated cannot be told from how often rows occur."""
    return Diagnostic(code="E990", place=place_of(policy, source.span), args={"source": source.name})


def _tables(counts: Sequence[_Count]) -> dict[str, dict[str, str]]:
    """By table the columns it has to have."""
    tables = {count.source.name: _columns(count) for count in counts}
    for rule in (rule for count in counts for rule in count.source.valid if isinstance(rule, ListedIn)):
        tables.setdefault(rule.source.text, {}).setdefault(rule.column.text, "text")
    return tables


# ---------------------------------------------------------------- columns


def _keys(count: _Count) -> tuple[str, ...]:
    """What the rows of a table are told apart by: units, and the segments it has."""
    return tuple(dict.fromkeys((*count.job.header.units, *_segments(count))))


def _segments(count: _Count) -> tuple[str, ...]:
    return tuple(name for name in count.job.segments if (count.source.name, name) not in count.job.without)


def layout_of(header: Header, segments: Sequence[str], needs: Sequence[Need]) -> tuple[str, ...]:
    """The columns of the file of counts: of all sources together, each as often as it has to stand there."""
    read = dict.fromkeys(name for need in needs for name in (*need.texts, *need.numbers, *need.times))
    keys = tuple(dict.fromkeys((*header.units, *segments)))
    dated = (DATE,) if any(need.periods for need in needs) else ()
    weighted = (WEIGHT,) if any(source.weight for source in header.data) else ()
    return (SOURCE, MEASURE, *keys, *dated, VALUE, *weighted, *(name for name in read if name not in keys), ROWS)


def _columns(count: _Count) -> dict[str, str]:
    """The columns of the table, each once, with what it holds; of a class those its conditions look at."""
    source, need = count.source, count.need
    found: dict[str, str] = {}
    rules = source.valid
    for question in source.questions if reads_answers(source) else need.questions:
        found[source.questions[question]] = "answer"
    for kind, names in (("number", need.numbers), ("time", need.times), ("text", (*need.texts, *_keys(count)))):
        for name in names:
            for header, what in _behind(source, name, kind):
                found.setdefault(header, what)
    for rule in rules:
        if not isinstance(rule, AnsweredAtLeast | NotStraightLined | TookAtLeast):
            found.setdefault(rule.column.text, "text")
    found |= {source.date: "time"} if source.date and _is_dated(count) else {}
    found |= {source.weight: "number"} if source.weight else {}
    found |= {ROW: "row"} if any(isinstance(rule, OnePer) for rule in rules) else {}
    return found | ({SECONDS: "seconds"} if any(isinstance(rule, TookAtLeast) for rule in rules) else {})


def _behind(source: DataSource, name: str, kind: str) -> Iterator[tuple[str, str]]:
    """The columns of the table behind a name of the policy: itself, or those that the conditions of a class name."""
    if name not in source.classes:
        yield name, kind
        return
    for condition in (each for belonging in source.classes[name].values() for each in belonging.where):
        header = condition.column.text
        yield (source.questions[header], "answer") if header in source.questions else (header, "text")


def _is_dated(count: _Count) -> bool:
    """Whether a row's date matters: for the period, for the periods of a cap, for who comes last."""
    chosen = any(isinstance(rule, OnePer) for rule in count.source.valid)
    return count.job.period is not None or bool(count.need.periods) or chosen


# ---------------------------------------------------------------- the rows that count


def _steps(count: _Count) -> Iterator[tuple[str, exp.Select]]:
    """From the table to the rows that count, one step for each sentence that chooses among rows and one for the rest:
    the sentences hold in their order, since who comes last is asked of those that are left.
    """
    source, answers = count.source, reads_answers(count.source)
    columns = [*(column_of(name) for name in _columns(count)), *(answer_columns(source) if answers else ())]
    selects = [exp.select(*columns).from_(quoted_table(source.name)).where(*_in_period(count))]
    if answers:
        selects.append(_next(count, selects, first_answer(source)))
    waiting: list[exp.Expr] = []
    for number, rule in enumerate(source.valid):
        if not isinstance(rule, OnePer):
            waiting.append(passes(source, rule))
            continue
        place = f"{_PLACE}_{number}"
        selects.append(_next(count, selects, exp.alias_(_place(count, rule), place)).where(*waiting))
        first = exp.EQ(this=exp.column(place), expression=exp.Literal.number(1))
        waiting = [exp.or_(is_blank(rule.column.text), first)]
    classes = [exp.alias_(class_of(source, name), quoted(name)) for name in _classes(count)]
    if waiting or classes:
        selects.append(_next(count, selects, *classes).where(*waiting))
    return ((_name(count, number), select) for number, select in enumerate(selects))


def _next(count: _Count, before: Sequence[exp.Select], *columns: exp.Expr) -> exp.Select:
    """A step on the last one: its rows, with further columns."""
    return exp.select("*", *columns).from_(_name(count, len(before) - 1))


def _name(count: _Count, number: int) -> str:
    return f"{count.name}_{number}"


def quoted_table(name: str) -> exp.Table:
    """A table by its name, quoted."""
    return exp.Table(this=quoted(name))


def _classes(count: _Count) -> list[str]:
    names = dict.fromkeys((*count.need.texts, *_keys(count)))
    return [name for name in names if name in count.source.classes]


def _in_period(count: _Count) -> list[exp.Expr]:
    """The rows of the period; those without a date are no rows of any."""
    period, name = count.job.period, count.source.date
    if period is None or name is None:
        return []
    day = cast_as(column_of(name), "DATE")
    bounds = [cast_as(exp.Literal.string(bound.isoformat()), "DATE") for bound in (period.begin, period.end)]
    return [exp.GTE(this=day, expression=bounds[0]), exp.LTE(this=day.copy(), expression=bounds[1])]


def _place(count: _Count, rule: OnePer) -> exp.Window:
    """The row's place among those of its key."""
    by = [column_of(count.source.date)] if count.source.date else []
    return place_among([text_of(rule.column.text)], [*by, column_of(ROW)], last=rule.last)


# ---------------------------------------------------------------- lines


def _lines(count: _Count, rows: str) -> Iterator[exp.Select]:
    """The lines of one source: on what terms rows count, how many there are and could not be judged, and the counts."""
    terms = {MEASURE: exp.Literal.string(TERMS), VALUE: exp.Literal.string(terms_of(count.source))}
    yield _line(count, {**terms, ROWS: exp.Literal.number(0)})
    period = count.job.period.text if count.job.period else ""
    total = {MEASURE: exp.Literal.string(ALL), VALUE: exp.Literal.string(period)}
    total |= {segment: exp.Literal.string(ALL) for segment in _segments(count)}
    yield _line(count, total).from_(rows)
    if unknown := _unjudged(count):
        open_ = {MEASURE: exp.Literal.string(OPEN)}
        yield _line(count, open_).from_(quoted_table(count.source.name)).where(exp.or_(*unknown))
    keys = {name: text_of(name) for name in _keys(count)}
    if count.need.periods and count.source.date:
        keys[DATE] = cast_as(cast_as(column_of(count.source.date), "DATE"), "TEXT")
    if count.need.questions:
        yield _answers(count, rows, keys)
    if read_by_sentences(count.job.header, count.job.plans, count.source):
        read = {name: text_of(name) for name in (*count.need.texts, *count.need.numbers, *count.need.times)}
        yield _grouped(count, {**keys, **read}).from_(rows)


def _unjudged(count: _Count) -> list[exp.Expr]:
    """Rows of which nobody can say whether they count: without the date or the time taken that is asked for."""
    source = count.source
    needed = [source.date] if source.date and (count.job.period or count.need.periods) else []
    needed += [SECONDS] if any(isinstance(rule, TookAtLeast) for rule in source.valid) else []
    return [is_blank(name) for name in needed]


def _answers(count: _Count, rows: str, keys: Mapping[str, exp.Expr]) -> exp.Select:
    """Every row beside every question, so that the rows are read once, whatever the number of questions."""
    source, need = count.source, count.need
    names = [exp.select(exp.alias_(exp.Literal.string(question), MEASURE)) for question in need.questions]
    questions: Query = reduce(lambda above, below: exp.union(above, below, distinct=False), names[1:], names[0])
    measure = exp.column(MEASURE, _QUESTIONS)
    value = exp.Case()
    for question in need.questions:
        same = exp.EQ(this=measure.copy(), expression=exp.Literal.string(question))
        value = value.when(same, text_of(source.questions[question]))
    named = {MEASURE: cast_as(measure, "TEXT"), **keys, VALUE: value}
    if source.weight:
        named[WEIGHT] = text_of(source.weight)
    asked = questions.subquery(_QUESTIONS)
    return _grouped(count, named).from_(rows).join(asked, join_type="cross")


def _grouped(count: _Count, values: Mapping[str, exp.Expr]) -> exp.Select:
    places = [exp.Literal.number(n) for n, name in enumerate(count.layout, 1) if name in values]
    return _line(count, values).group_by(*places)


def _line(count: _Count, values: Mapping[str, exp.Expr]) -> exp.Select:
    """The columns of a line; what it says nothing of is missing."""
    known = {SOURCE: exp.Literal.string(count.source.name), ROWS: exp.Count(this=exp.Star()), **values}
    nothing = cast_as(exp.Null(), "TEXT")
    return exp.select(*(exp.alias_(known.get(name, nothing).copy(), quoted(name)) for name in count.layout))
