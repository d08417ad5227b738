"""Indicators over periods: one line for each indicator, one column for each period, and what changed since the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.diagnostics import Lang
from engine.evaluation.result import Assessment, Beside, NodeResult, State
from engine.insight.course import change
from engine.insight.trace import Entry, besides, trace
from engine.language.policy import CheckedScheme, Indicator, Policy
from engine.report.names import Reader, scheme_of, score_text, value_text
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


def courses(policy: Policy, one: Assessment, reads: Reader, *, room: int | None = COLUMNS) -> Iterator[Course]:
    """The indicators of a result in the periods before it, and in the shorter ones within it; no table for none.

    `room`: columns of the terminal; what does not fit beside each other stands in several tables. None: no end.
    """
    top, scheme = one.nodes[0], scheme_of(policy, one)
    if top.earlier:
        yield from _split(_earlier(policy, one, reads), room)
    if top.within:
        yield from _split(_within(scheme, one, reads), room)


def _earlier(policy: Policy, one: Assessment, reads: Reader) -> Course:
    """The periods before, this one, and the change between the last two."""
    scheme, before = scheme_of(policy, one), tuple(reversed(one.nodes[0].earlier))
    periods = [*(beside.period for beside in before), one.period or ""]
    rows = [
        [
            *_row(line, scheme, reads, tuple(reversed(line[0].node.earlier))),
            figure_text(line[0].node, scheme, line[0].indicator, reads),
            change_text(line[0].node),
        ]
        for line in _lines_of(scheme, one)
    ]
    told = [say("course", reads.lang), *_other_versions(policy, before, reads)]
    return _course(reads.listed(told), [*periods, say("change", reads.lang)], rows, reads)


def _other_versions(policy: Policy, before: Sequence[Beside], reads: Reader) -> Iterator[str]:
    """Which of the periods were scored by another version of the policy, and so by other rules."""
    versions: dict[str, list[str]] = {}
    for beside in before:
        versions.setdefault(beside.version, []).append(beside.period)
    for version, periods in versions.items():
        if version != policy.header.version:
            yield say("by version", reads.lang, version=version, periods=span_text(periods, reads.lang))


def span_text(periods: Sequence[str], lang: Lang) -> str:
    """From which period to which; of one its name."""
    return periods[0] if len(periods) == 1 else say("span", lang, first=periods[0], last=periods[-1])


def _within(scheme: CheckedScheme, one: Assessment, reads: Reader) -> Course:
    periods = [beside.period for beside in one.nodes[0].within]
    rows = [_row(line, scheme, reads, line[0].node.within) for line in _lines_of(scheme, one)]
    return _course(say("within", reads.lang), periods, rows, reads)


def _course(heading: str, columns: Sequence[str], rows: Sequence[Row], reads: Reader) -> Course:
    align: list[Align] = ["left", *("right" for _ in columns)]
    return Course(heading=heading, head=[say("indicator", reads.lang), *columns], rows=rows, align=align)


def _lines_of(scheme: CheckedScheme, one: Assessment) -> list[tuple[Entry, int]]:
    return [line for entry in (trace(scheme, one), *besides(scheme, one)) for line in _lines(entry, 0)]


def _lines(entry: Entry, depth: int) -> Iterator[tuple[Entry, int]]:
    """Every indicator once, with how deep it stands."""
    if not entry.again:
        yield entry, depth
        for part in entry.parts:
            yield from _lines(part, depth + 1)


def _row(line: tuple[Entry, int], scheme: CheckedScheme, reads: Reader, besides: Sequence[Beside]) -> list[str]:
    entry, depth = line
    name = "  " * depth + reads.name(entry.indicator.name)
    return [name, *(beside_text(one, scheme, entry.indicator, reads) for one in besides)]


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
