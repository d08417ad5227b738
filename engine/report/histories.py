"""A policy over several periods: what each came to, the indicators over time, and where every row went."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.diagnostics import Lang
from engine.evaluation.result import Assessment
from engine.insight.course import merged_accounts, with_others
from engine.language.policy import CheckedScheme
from engine.report.courses import change_text, courses, span_text
from engine.report.names import Reader, reader, scheme_of, score_text
from engine.report.sheet import Table, accounts_table, drawn, filled, heading, marked_down, remark
from engine.report.tables import Align, Row, escaped
from engine.report.text import COLUMNS
from engine.report.words import say

if TYPE_CHECKING:
    from engine.evaluation.histories import History, PeriodResult


def in_course(history: "History") -> "tuple[PeriodResult, ...]":
    """The periods asked for, each beside the ones before it: those of the policy's `trend`, of several asked for at
    least the one before; a single one also beside the shorter periods within it.
    """
    if len(history.asked) == 1:
        (only,) = history.asked
        earlier, within = ([one.result for one in found] for found in (history.earlier, history.within))
        return (replace(only, result=with_others(only.result, earlier=earlier, within=within)),)
    results = [one.result for one in history.asked]
    return tuple(
        replace(one, result=with_others(one.result, earlier=results[max(0, n - _depth(one)) : n]))
        for n, one in enumerate(history.asked)
    )


def _depth(one: "PeriodResult") -> int:
    return max(1, one.policy.header.report.trend)


def render_table(history: "History", lang: Lang) -> str:
    """The history for a terminal of 80 columns."""
    head = "\n".join([heading(history.asked[-1].policy, lang), *_facts(history, lang)])
    return f"{head}\n" + "".join(f"\n{drawn(table)}" for table in _tables(history, lang, COLUMNS))


def render_markdown(history: "History", lang: Lang) -> str:
    """The history as Markdown."""
    told = "".join(f"\n{escaped(fact)}\n" for fact in _facts(history, lang))
    tables = "".join(f"\n{marked_down(table)}" for table in _tables(history, lang, None))
    return f"# {escaped(heading(history.asked[-1].policy, lang))}\n{told}{tables}"


RENDERERS: "Mapping[str, Callable[[History, Lang], str]]" = {"table": render_table, "md": render_markdown}


def _facts(history: "History", lang: Lang) -> list[str]:
    """From which period to which, by which targets, and by which versions."""
    names = [one.period.text for one in history.asked if one.period is not None]
    told = [say("periods", lang, first=names[0], last=names[-1], count=len(names))]
    dates = {one.result.as_of for one in history.asked}
    told += [say("as of each end", lang) if len(dates) > 1 else say("as of", lang, date=dates.pop())]
    versions: dict[str, list[str]] = {}
    for one in history.asked:
        versions.setdefault(one.policy.header.version, []).append(one.period.text if one.period else "")
    if len(versions) > 1:
        told += [say("by version", lang, version=v, periods=span_text(held, lang)) for v, held in versions.items()]
    return told


def _tables(history: "History", lang: Lang, room: int | None) -> Iterator[Table]:
    periods = in_course(history)
    for name in dict.fromkeys(scheme.name for one in periods for scheme in one.policy.schemes):
        several = len({scheme.name for one in periods for scheme in one.policy.schemes}) > 1
        yield _results(periods, name, lang, say("scheme", lang, name=name) if several else "")
        yield from _course(history, name, lang, room)
    yield accounts_table(merged_accounts([one.result for one in history.asked]), lang)


def _course(history: "History", name: str, lang: Lang, room: int | None) -> Iterator[Table]:
    """The indicators over all periods asked for, where there is one unit; of many units the results have to do."""
    last, before = history.asked[-1], [one.result for one in history.asked[:-1]]
    assessments = [a for a in with_others(last.result, earlier=before).assessments if a.scheme == name]
    alone = [one for one in assessments if not one.segment]
    if len(alone) == 1:
        for course in courses(last.policy, alone, reader(last.policy, lang), room=room):
            yield Table(heading=course.heading, head=course.head, rows=course.rows, align=course.align)


# ---------------------------------------------------------------- what each period came to


def _results(periods: "Sequence[PeriodResult]", name: str, lang: Lang, heading: str) -> Table:
    """One line for each period and unit."""
    found = [(one, a) for one in periods for a in one.result.assessments if a.scheme == name]
    columns = list(dict.fromkeys(c for _, a in found for c in (*a.unit, *a.segment)))
    last = reader(periods[-1].policy, lang)
    versions = len({one.policy.header.version for one in periods}) > 1
    rows = [_row(one, a, columns, versions=versions, lang=lang) for one, a in found]
    head: Row = [
        say("period name", lang),
        *(last.name(column) for column in columns),
        *([say("version name", lang)] if versions else []),
        *(say(key, lang) for key in ("score", "change", "grade", "remark")),
    ]
    left: list[Align] = ["left"] * (len(head) - 4)
    align: list[Align] = [*left, "right", "right", "left", "left"]
    return filled(Table(heading=heading, head=head, rows=rows, align=align))


def _row(one: "PeriodResult", a: Assessment, columns: Sequence[str], *, versions: bool, lang: Lang) -> Row:
    reads, scheme = reader(one.policy, lang), scheme_of(one.policy, a)
    return [
        one.period.text if one.period else "",
        *_unit(a, columns, reads),
        *([one.policy.header.version] if versions else []),
        *_outcome(scheme, a, reads),
    ]


def _unit(a: Assessment, columns: Sequence[str], reads: Reader) -> list[str]:
    told = {**a.unit, **a.segment}
    cells = [reads.name(told.get(column, "")) for column in columns]
    return cells if any(cells) or not columns else [say("whole", reads.lang), *cells[1:]]


def _outcome(scheme: CheckedScheme, a: Assessment, reads: Reader) -> list[str]:
    node = a.nodes[0]
    changed = change_text(node) if node.earlier else ""
    score = score_text(scheme, scheme.indicators[scheme.result], node)
    return [score, changed, reads.name(a.grade or ""), remark(node, scheme, reads)]
