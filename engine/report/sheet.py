"""Results on one page: score and grade, the indicators with what each contributes, and where every row went."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.data.periods import LENGTHS, parse_period
from engine.diagnostics import Lang
from engine.evaluation.arithmetic import rounded
from engine.evaluation.ladder import parts_of
from engine.evaluation.result import Account, Assessment, NodeResult, Result, State
from engine.insight.trace import Entry, besides, trace
from engine.language.policy import CheckedScheme, Header, Policy
from engine.report.courses import courses
from engine.report.names import Reader, changed_by_veto, reader, scheme_of, score_text, title, unit_text, value_text
from engine.report.numbers import marked, percent, shown
from engine.report.standings import benchmarks, gap_cells, gap_head, rank_cell, ranked_rows, sample_text
from engine.report.tables import Align, Row, draw, draw_markdown, escaped
from engine.report.text import COLUMNS
from engine.report.words import LENGTHS as LENGTH_WORDS, REASONS, STATES, say, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the sheet, and the heading above it ("" for none)."""

    heading: str
    head: Row
    rows: Sequence[Row]
    align: Sequence[Align]


def render_table(policy: Policy, result: Result, lang: Lang) -> str:
    """The sheet for a terminal of 80 columns."""
    head = "\n".join([heading(policy, lang), *facts(policy, result, lang)])
    return f"{head}\n" + "".join(f"\n{drawn(table)}" for table in _tables(policy, result, lang))


def render_results(policy: Policy, result: Result, lang: Lang) -> str:
    """Only what each unit comes to, for a terminal of 80 columns."""
    head = "\n".join([heading(policy, lang), *facts(policy, result, lang)])
    tables = "".join(f"\n{drawn(table)}" for table in _results(policy, result, reader(policy, lang)))
    return f"{head}\n{tables}"


def _results(policy: Policy, result: Result, reads: Reader) -> Iterator[Table]:
    for scheme in policy.schemes:
        own = [a for a in result.assessments if a.scheme == scheme.name and not a.segment]
        heading = say("scheme", reads.lang, name=reads.name(scheme.name)) if len(policy.schemes) > 1 else ""
        yield _units(scheme, own, policy.header, reads, heading)


def render_markdown(policy: Policy, result: Result, lang: Lang) -> str:
    """The sheet as Markdown."""
    told = "".join(f"\n{escaped(fact)}\n" for fact in facts(policy, result, lang))
    tables = "".join(f"\n{marked_down(table)}" for table in _tables(policy, result, lang, None))
    return f"# {escaped(heading(policy, lang))}\n{told}{tables}"


def drawn(table: Table) -> str:
    """A table for a terminal, below its heading."""
    heading = f"{table.heading}\n\n" if table.heading else ""
    return heading + draw(table.head, table.rows, table.align)


def marked_down(table: Table) -> str:
    """A table in Markdown, below its heading."""
    heading = f"## {escaped(table.heading)}\n\n" if table.heading else ""
    return heading + draw_markdown(table.head, table.rows, table.align)


def filled(table: Table) -> Table:
    """The table without the columns that say nothing."""
    kept = [i for i in range(len(table.head)) if any(row[i] for row in table.rows)]
    return replace(
        table,
        head=[table.head[i] for i in kept],
        rows=[[row[i] for i in kept] for row in table.rows],
        align=[table.align[i] for i in kept],
    )


def heading(policy: Policy, lang: Lang) -> str:
    """The policy's title and version."""
    return f"{title(policy.header, lang)}  {policy.header.version}".rstrip()


def facts(policy: Policy, result: Result, lang: Lang) -> list[str]:
    """A line with the date and the period of the assessment, where there are any; one more where the period is longer
    than the policy's own, since it is then assessed as one.
    """
    periods = dict.fromkeys(a.period for a in result.assessments if a.period)
    told = [say("as of", lang, date=result.as_of)] if result.as_of else []
    told += [say("period", lang, period="、".join(periods) if lang == "zh" else ", ".join(periods))] if periods else []
    lines = ["  ".join(told)] if told else []
    every = policy.header.period_every
    longer = [p for p in map(parse_period, periods) if p and every and LENGTHS.index(p.length) > LENGTHS.index(every)]
    if longer and every:
        lines.append(say("as one", lang, period=longer[0].text, every=word(LENGTH_WORDS[every], lang)))
    return lines


def _tables(policy: Policy, result: Result, lang: Lang, room: int | None = COLUMNS) -> Iterator[Table]:
    reads = reader(policy, lang)
    by_scheme = [(s, [a for a in result.assessments if a.scheme == s.name]) for s in policy.schemes]
    used = [(scheme, assessments) for scheme, assessments in by_scheme if assessments]
    for scheme, assessments in used:
        heading = say("scheme", lang, name=reads.name(scheme.name)) if len(used) > 1 else ""
        header = policy.header
        alone = [a for a in assessments if not a.segment]
        if len(alone) == 1:
            yield _indicators(scheme, alone[0], reads, heading)
            yield from _ranked_indicators(scheme, alone[0], reads)
            yield from _indicators_beside(scheme, alone[0], reads)
            yield from _over_time(policy, alone, reads, room)
            if len(assessments) > 1:
                segments = [a for a in assessments if a.segment]
                yield _segments(scheme, segments, header, reads)
                beside = reads.labelled(say("comparison", lang), say("by segment", lang))
                yield from _results_beside(scheme, segments, header, reads, beside)
        else:
            yield _units(scheme, assessments, header, reads, heading)
            yield from _over_time(policy, assessments, reads, room)
            yield from _results_beside(scheme, assessments, header, reads, say("comparison", lang))
    if result.data:
        yield accounts_table(result.data, lang)


# ---------------------------------------------------------------- many results, one line each


def _units(
    scheme: CheckedScheme, assessments: Sequence[Assessment], header: Header, reads: Reader, heading: str
) -> Table:
    head, called = _called(assessments, header, reads)
    rows = [[*cells, *_outcome(scheme, a, header, reads)] for a, cells in zip(assessments, called, strict=True)]
    left: list[Align] = ["left"] * len(head)
    head += [say(key, reads.lang) for key in ("score", "grade", "rank", "remark")]
    return filled(Table(heading=heading, head=head, rows=rows, align=[*left, "right", "left", "right", "left"]))


def _segments(scheme: CheckedScheme, assessments: Sequence[Assessment], header: Header, reads: Reader) -> Table:
    """The segments of one unit by their result; where none has one (part of it is not collected by segment), by those
    of its parts that have a score.
    """
    heading, top = say("by segment", reads.lang), scheme.indicators[scheme.result]
    parts = [part for part in parts_of(scheme, top) if any(_scored(a, part) for a in assessments)]
    if not parts or any(_scored(a, scheme.result) for a in assessments):
        return _units(scheme, assessments, header, reads, heading)
    head, called = _called(assessments, header, reads)
    align: list[Align] = [*["left" for _ in head], *["right" for _ in parts], "left"]
    rows = [
        [
            *cells,
            *(score_text(scheme, scheme.indicators[p], _node_at(a, p)) for p in parts),
            remark(a.nodes[0], scheme, reads),
        ]
        for a, cells in zip(assessments, called, strict=True)
    ]
    head += [*(reads.name(scheme.indicators[part].name) for part in parts), say("remark", reads.lang)]
    return filled(Table(heading=heading, head=head, rows=rows, align=align))


def _node_at(assessment: Assessment, path: str) -> NodeResult:
    return next(node for node in assessment.nodes if node.path == path)


def _scored(assessment: Assessment, path: str) -> bool:
    return _node_at(assessment, path).score is not None


def _called(assessments: Sequence[Assessment], header: Header, reads: Reader) -> tuple[list[str], list[list[str]]]:
    """What the results are called: the head of the columns, and for each result its cells."""
    columns = list(dict.fromkeys(c for a in assessments for c in (*a.unit, *a.segment)))
    periods = len({a.period for a in assessments}) > 1
    head = [reads.name(column) for column in columns] or [say("unit", reads.lang)]
    head += [say("period name", reads.lang)] if periods else []
    cells = [
        [*_unit_cells(a, columns, header.units, reads), *([a.period or ""] if periods else [])] for a in assessments
    ]
    return head, cells


def _unit_cells(assessment: Assessment, columns: Sequence[str], units: Sequence[str], reads: Reader) -> list[str]:
    told = {**assessment.unit, **assessment.segment}
    cells = [reads.name(told.get(column, "")) for column in columns]
    blank = next((n for n, c in enumerate(columns) if c in units and c not in told), None)
    if blank is None:
        return cells if any(cells) else [say("whole", reads.lang), *cells[1:]]
    cells[blank] = say("subtotal" if assessment.unit else "whole", reads.lang)
    return cells


def _outcome(scheme: CheckedScheme, assessment: Assessment, header: Header, reads: Reader) -> list[str]:
    node = assessment.nodes[0]
    score = score_text(scheme, scheme.indicators[scheme.result], node)
    return [score, reads.name(assessment.grade or ""), rank_cell(header, assessment), remark(node, scheme, reads)]


# ---------------------------------------------------------------- beside others, and ranked


def _ranked_indicators(scheme: CheckedScheme, assessment: Assessment, reads: Reader) -> Iterator[Table]:
    rows = ranked_rows(scheme, assessment, reads)
    if rows:
        head = [say(key, reads.lang) for key in ("rank", "indicator", "score")]
        heading = say("ranked indicators", reads.lang)
        yield Table(heading=heading, head=head, rows=rows, align=["right", "left", "right"])


def _indicators_beside(scheme: CheckedScheme, assessment: Assessment, reads: Reader) -> Iterator[Table]:
    """One result beside others, indicator by indicator."""
    names = benchmarks([assessment])
    head = [say(key, reads.lang) for key in ("indicator", "score")] + gap_head(names, reads)
    rows = [
        ["  " * depth + reads.name(entry.indicator.name), _own(scheme, entry.node), *beside]
        for depth, entry in _entries(trace(scheme, assessment), 0)
        if any(beside := gap_cells(scheme, entry.node, names, reads))
    ]
    if rows:
        right: list[Align] = ["right"] * (len(head) - 1)
        yield Table(heading=say("comparison", reads.lang), head=head, rows=rows, align=["left", *right])


def _entries(entry: Entry, depth: int) -> Iterator[tuple[int, Entry]]:
    yield depth, entry
    for part in entry.parts:
        yield from _entries(part, depth + 1)


def _results_beside(
    scheme: CheckedScheme, assessments: Sequence[Assessment], header: Header, reads: Reader, heading: str
) -> Iterator[Table]:
    """The results of several units beside others."""
    names = list(dict.fromkeys(gap.name for a in assessments for gap in a.nodes[0].gaps))
    if not names:
        return
    head, called = _called(assessments, header, reads)
    left: list[Align] = ["left"] * len(head)
    rows = [
        [*cells, _own(scheme, a.nodes[0]), *gap_cells(scheme, a.nodes[0], names, reads)]
        for a, cells in zip(assessments, called, strict=True)
    ]
    head += [say("score", reads.lang), *gap_head(names, reads)]
    right: list[Align] = ["right"] * (len(head) - len(left))
    yield Table(heading=heading, head=head, rows=rows, align=[*left, *right])


def _own(scheme: CheckedScheme, node: NodeResult) -> str:
    return score_text(scheme, scheme.indicators[node.path], node)


# ---------------------------------------------------------------- one result, one line for each indicator


def _indicators(scheme: CheckedScheme, assessment: Assessment, reads: Reader, heading: str) -> Table:
    unit = unit_text(assessment, reads, "")
    rows = list(_rows(scheme, trace(scheme, assessment), reads, 0))
    for entry in besides(scheme, assessment):
        first, *rest = _rows(scheme, entry, reads, 0)
        rows += [[*first[:-1], reads.listed([first[-1], say("not counted", reads.lang)])], *rest]
    head = [say(key, reads.lang) for key in ("indicator", "measured", "score", "own weight", "contribution", "remark")]
    align: list[Align] = ["left", "right", "right", "right", "right", "left"]
    return filled(Table(heading="\n".join(filter(None, (heading, unit))), head=head, rows=rows, align=align))


def _over_time(policy: Policy, shown: Sequence[Assessment], reads: Reader, room: int | None) -> Iterator[Table]:
    """The indicators of a result, or several results, beside those of other periods, where the policy asks for them."""
    for course in courses(policy, shown, reads, room=room):
        yield Table(heading=course.heading, head=course.head, rows=course.rows, align=course.align)


def _rows(scheme: CheckedScheme, entry: Entry, reads: Reader, depth: int) -> Iterator[Row]:
    node, indicator = entry.node, entry.indicator
    score = _loss(node.loss) if node.score is None and node.loss is not None else score_text(scheme, indicator, node)
    yield [
        "  " * depth + reads.name(indicator.name),
        "" if node.value is None else value_text(node.value, indicator, node.unit, reads),
        score,
        "" if node.weight is None else percent(node.weight),
        "" if node.contribution is None else marked(node.contribution),
        reads.listed([reads.name(node.grade or ""), remark(node, scheme, reads)]),
    ]
    for part in entry.parts:
        yield from _rows(scheme, part, reads, depth + 1)


def _loss(loss: Fraction) -> str:
    """What a line takes inside a deduction, as a change of the score."""
    return f"+{marked(-loss)}" if loss < 0 else marked(-loss)


def remark(node: NodeResult, scheme: CheckedScheme, reads: Reader) -> str:
    """What else there is to say of a node: why it has no value, what replaced it, what a veto did."""
    told: list[str] = []
    if node.state is not State.VALUE:
        told.append(because(node, scheme, reads))
    if node.substituted:
        told.append(say("substituted", reads.lang))
    if node.veto is not None and changed_by_veto(node):
        told.append(say("vetoed", reads.lang, before=before_veto(node, scheme, reads)))
    return reads.listed(told)


def because(node: NodeResult, scheme: CheckedScheme, reads: Reader) -> str:
    """Why a node has no value, and which indicator is at fault."""
    few = sample_text(node, scheme.indicators[node.path], reads)
    reason = few or reads.either(REASONS[node.reason] if node.reason else STATES[node.state.value])
    if not node.cause or node.cause == node.path or node.cause not in scheme.indicators:
        return reason
    return say("because of", reads.lang, reason=reason, cause=reads.name(scheme.indicators[node.cause].name))


def before_veto(node: NodeResult, scheme: CheckedScheme, reads: Reader) -> str:
    """The score and the grade without the veto."""
    rounding = scheme.indicators[node.path].rounding or scheme.rounding
    score = "" if node.before_veto is None else shown(rounded(node.before_veto, rounding), rounding.decimals)
    return " ".join(filter(None, (score, reads.name(node.grade_before_veto or ""))))


# ---------------------------------------------------------------- where the rows went


def accounts_table(accounts: Sequence[Account], lang: Lang) -> Table:
    """Where the rows of each file went."""
    rows: list[Row] = []
    for account in accounts:
        counts = (account.rows, account.valid, sum(account.invalid.values()), account.out_of_period)
        rows.append([f"{account.source}  {account.file}", *map(str, counts)])
        rows += [[f"    {sentence}", "", "", str(count), ""] for sentence, count in account.invalid.items() if count]
    head = [say(key, lang) for key in ("data", "rows", "valid", "invalid", "out of period")]
    return Table(heading="", head=head, rows=rows, align=["left", "right", "right", "right", "right"])


def accounts_text(result: Result, lang: Lang) -> str:
    """Where the rows went, as a table for a terminal."""
    return drawn(accounts_table(result.data, lang))


def unassessed(policy: Policy, result: Result, lang: Lang) -> list[str]:
    """A sentence for each unit whose score could not be given because data are missing or wrong.

    A segment is a view of its unit, not everything is collected by it: its line in the table says why it has no score.
    """
    reads = reader(policy, lang)
    return [
        say(
            "no result",
            lang,
            unit=unit_text(assessment, reads, say("whole", lang)),
            reason=because(assessment.nodes[0], scheme_of(policy, assessment), reads),
        )
        for assessment in result.assessments
        if assessment.state in (State.ERROR, State.MISSING) and not assessment.segment
    ]


RENDERERS: dict[str, Callable[[Policy, Result, Lang], str]] = {"table": render_table, "md": render_markdown}
