"""Indicators over periods: one line for each indicator, one column for each period, and what changed since the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.diagnostics import Lang
from engine.evaluation.result import Assessment, Beside, NodeResult, State
from engine.insight.course import change
from engine.insight.trace import Entry, besides, trace
from engine.language.policy import CheckedScheme, Indicator, Policy
from engine.report.names import Reader, scheme_of, score_text, unit_text, value_text
from engine.report.numbers import marked
from engine.report.tables import GAP, Align, Row
from engine.report.text import COLUMNS, width
from engine.report.words import STATES, say

_NOTHING = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A table of indicators over periods, and the heading above it."""

    heading: str
    head: Row
    rows: Sequence[Row]
    align: Sequence[Align]


# What a line is called, its node in the period shown, and what the policy says of it.
Line = tuple[str, NodeResult, Indicator]


def courses(
    policy: Policy, shown: Sequence[Assessment], reads: Reader, *, room: int | None = COLUMNS
) -> Iterator[Course]:
    """The periods before a result, and the shorter ones within it, of one result indicator by indicator, of several
    (of one scheme) result by result; no table where there are none.

    `room`: columns of the terminal; what does not fit beside each other stands in several tables. None: no end.
    """
    top, scheme, several = shown[0].nodes[0], scheme_of(policy, shown[0]), len(shown) > 1
    lines = _results(scheme, shown, reads) if several else _indicators(scheme, shown[0], reads)
    first = say("unit" if several else "indicator", reads.lang)
    if top.earlier:
        told = [say("course", reads.lang), *_other_versions(policy, top.earlier, reads)]
        head = [first, *(one.period for one in reversed(top.earlier)), shown[0].period or "", say("change", reads.lang)]
        rows = [_earlier(line, scheme, reads) for line in lines]
        yield from _split(_course(reads.listed(told), head, rows), room)
    if top.within:
        rows = [_others(line, scheme, reads, line[1].within) for line in lines]
        head = [first, *(one.period for one in top.within)]
        yield from _split(_course(say("within", reads.lang), head, rows), room)


def _course(heading: str, head: Row, rows: Sequence[Row]) -> Course:
    return Course(heading=heading, head=head, rows=rows, align=["left", *("right" for _ in head[1:])])


def _other_versions(policy: Policy, earlier: Sequence[Beside], reads: Reader) -> Iterator[str]:
    """Which of the periods were scored by another version of the policy, and so by other rules."""
    versions: dict[str, list[str]] = {}
    for beside in reversed(earlier):
        versions.setdefault(beside.version, []).append(beside.period)
    for version, periods in versions.items():
        if version != policy.header.version:
            yield say("by version", reads.lang, version=version, periods=span_text(periods, reads.lang))


def span_text(periods: Sequence[str], lang: Lang) -> str:
    """From which period to which; of one its name."""
    return periods[0] if len(periods) == 1 else say("span", lang, first=periods[0], last=periods[-1])


# ---------------------------------------------------------------- lines


def _indicators(scheme: CheckedScheme, one: Assessment, reads: Reader) -> list[Line]:
    """Every indicator of a result once, its name as deep as it stands."""
    entries = [line for entry in (trace(scheme, one), *besides(scheme, one)) for line in _entries(entry, 0)]
    return [("  " * depth + reads.name(entry.indicator.name), entry.node, entry.indicator) for entry, depth in entries]


def _entries(entry: Entry, depth: int) -> Iterator[tuple[Entry, int]]:
    if not entry.again:
        yield entry, depth
        for part in entry.parts:
            yield from _entries(part, depth + 1)


def _results(scheme: CheckedScheme, shown: Sequence[Assessment], reads: Reader) -> list[Line]:
    """The results of units and segments."""
    indicator = scheme.indicators[scheme.result]
    return [(unit_text(one, reads, say("whole", reads.lang)), one.nodes[0], indicator) for one in shown]


def _earlier(line: Line, scheme: CheckedScheme, reads: Reader) -> Row:
    """The periods before, this one, and the change between the last two."""
    _, node, indicator = line
    before = _others(line, scheme, reads, tuple(reversed(node.earlier)))
    return [*before, figure_text(node, scheme, indicator, reads), change_text(node)]


def _others(line: Line, scheme: CheckedScheme, reads: Reader, others: Sequence[Beside]) -> Row:
    name, _, indicator = line
    return [name, *(beside_text(one, scheme, indicator, reads) for one in others)]


# ---------------------------------------------------------------- room


def _split(course: Course, room: int | None) -> Iterator[Course]:
    """The table in as few parts as fit into the room, all about as wide; the first column stands in each of them."""
    last = len(course.head) - 1
    parts = 1 if room is None else next((n for n in range(1, last) if _fits(course, n, room)), last)
    for number, (begin, end) in enumerate(_edges(last, parts)):
        yield Course(
            heading="" if number else course.heading,
            head=[course.head[0], *course.head[begin:end]],
            rows=[[row[0], *row[begin:end]] for row in course.rows],
            align=[course.align[0], *course.align[begin:end]],
        )


def _edges(columns: int, parts: int) -> list[tuple[int, int]]:
    """Which columns stand in which part; the first one stands in all."""
    return [(1 + n * columns // parts, 1 + (n + 1) * columns // parts) for n in range(parts)]


def _fits(course: Course, parts: int, room: int) -> bool:
    wide = [max(width(row[i]) for row in (course.head, *course.rows)) + GAP for i in range(len(course.head))]
    return all(wide[0] - GAP + sum(wide[begin:end]) <= room for begin, end in _edges(len(wide) - 1, parts))


# ---------------------------------------------------------------- figures


def beside_text(beside: Beside, scheme: CheckedScheme, indicator: Indicator, reads: Reader) -> str:
    """What is shown of an indicator in another period; — where the period does not have it."""
    return _NOTHING if beside.node is None else figure_text(beside.node, scheme, indicator, reads)


def figure_text(node: NodeResult, scheme: CheckedScheme, indicator: Indicator, reads: Reader) -> str:
    """The reported score, else what the line takes, else its value; else in a word why there is none, never 0."""
    if node.state is not State.VALUE:
        return reads.either(STATES[node.state.value])
    if score := score_text(scheme, indicator, node):
        return score
    if node.loss is not None:
        return signed(-node.loss) if node.loss else "0"
    return "" if node.value is None else value_text(node.value, indicator, node.unit, reads)


def change_text(node: NodeResult) -> str:
    """What changed since the period before, with its sign; — where there is nothing to compare."""
    found = change(node)
    return _NOTHING if found is None else signed(found)


def signed(number: Fraction) -> str:
    """A change: +1.5, -0.5, 0."""
    return f"+{marked(number)}" if number > 0 else marked(number)
