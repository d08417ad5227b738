"""The `report:` part of a policy file. What has the wrong shape is left out; `shape` has said so."""

from collections.abc import Iterator

from engine.language.reader.figures import day, number
from engine.language.reader.tree import Listing, Text, Tree, child, entries, pairs, words, written
from engine.language.reporting import INDICATORS, UNITS, Benchmark, Goal, Report
from engine.source import Span


def report_of(tree: Tree | None) -> Report:
    """How results are shown: segments, ranks, comparisons, other periods, and from how many respondents on."""
    below = number(written(child(child(tree, "suppress"), "below")) or "")
    return Report(
        segments=words(child(tree, "segments")),
        rank=_ranked(words(child(tree, "rank"))),
        compare=tuple(_benchmarks(child(tree, "compare"))),
        suppress_below=int(below or 0),
        trend=int(number(written(child(child(tree, "trend"), "previous")) or "") or 0),
        summary=written(child(tree, "summary")),
        deviation=written(child(tree, "deviation")) == "true",
        spans={key.text: key.span for key, _ in entries(tree)},
    )


def _ranked(said: tuple[str, ...]) -> tuple[str, ...]:
    """`true` ranks the units."""
    meant = {UNITS if word == "true" else word for word in said}
    return tuple(word for word in (UNITS, INDICATORS) if word in meant)


def _benchmarks(tree: Tree | None) -> Iterator[Benchmark]:
    for entry in tree.values if isinstance(tree, Listing) else ():
        said, goals = pairs(entry), child(entry, "values")
        if "name" in said:
            yield Benchmark(
                name=said["name"],
                data=said.get("data", ""),
                goals={key.text: _goals(value) for key, value in entries(goals)},
                span=entry.span,
                spans={**_spans(entry), **{f"values/{key.text}": key.span for key, _ in entries(goals)}},
            )


def _spans(entry: Tree) -> dict[str, Span]:
    return {key.text: value.span for key, value in entries(entry) if isinstance(value, Text)}


def dates_of_goals(report: Tree | None) -> tuple[Text, ...]:
    """The days from which goals hold, as written."""
    compare = child(report, "compare")
    goals = [child(entry, "values") for entry in (compare.values if isinstance(compare, Listing) else ())]
    return tuple(since for goal in goals for _, dated in entries(goal) for since, _ in entries(dated))


def _goals(tree: Tree) -> tuple[Goal, ...]:
    """One number, or one for each day from which it holds, in the order of the days."""
    single = number(written(tree) or "")
    if single is not None:
        return (Goal(amount=single),)
    dated = [(day(since), number(amount)) for since, amount in pairs(tree).items()]
    known = [Goal(amount=amount, since=since) for since, amount in dated if since is not None and amount is not None]
    return tuple(sorted(known, key=lambda goal: str(goal.since)))
