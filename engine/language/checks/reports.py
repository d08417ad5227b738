"""What `report:` and `units:` ask for can be done: W716 a setting without effect, E717–E719 comparisons and weights."""

from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import both, nearest_name
from engine.language.checks.outline import Draft, default
from engine.language.checks.resolution import Resolution
from engine.language.checks.sources import KINDS
from engine.language.policy import Document
from engine.language.reporting import INDICATORS, UNITS, Benchmark
from engine.language.syntax import Statistic, Survey
from engine.language.text import identity
from engine.source import Span, place_of

_FEWEST = 2  # so many can be ranked, and so many respondents can be too few


def settings_have_effect(document: Document, resolutions: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """W716: ranks need something to rank, subtotals a second column, small groups a survey."""
    header = document.header
    report = header.report
    if UNITS in report.rank and not header.units:
        yield _without_effect(document, "", report.spans.get("rank"))
    if INDICATORS in report.rank and all(len(resolution.leaves) < _FEWEST for resolution in resolutions):
        yield _without_effect(document, "indicators", report.spans.get("rank"))
    if header.units_subtotals and len(header.units) < _FEWEST:
        yield _without_effect(document, "subtotals", header.units_spans.get("subtotals"))
    surveyed = any(source.kind == "responses" for source in header.data)
    if report.suppress_below and header.data and not surveyed:
        yield _without_effect(document, "suppress", report.spans.get("suppress"))
    if report.deviation and not any(_asks_for_a_mean(resolution) for resolution in resolutions):
        yield _without_effect(document, "deviation", report.spans.get("deviation"))
    if report.suppress_below == 1:
        yield _without_effect(document, "one", report.spans.get("suppress"))


def _asks_for_a_mean(resolution: Resolution) -> bool:
    surveys = [default(resolution.outline, draft, Survey) for draft in resolution.leaves]
    return any(survey is not None and survey.statistic is Statistic.MEAN for survey in surveys)


def _without_effect(document: Document, case: str, span: Span | None) -> Diagnostic:
    return Diagnostic(code="W716", case=case, place=place_of(document.source, span or Span(0, 0)))


def comparisons_say_with_what(document: Document, _: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E717: each entry of `compare` has a name of its own and either data or goals; its source holds values."""
    sources = {source.name: source for source in document.header.data}
    names: dict[str, Benchmark] = {}
    for benchmark in document.header.report.compare:
        if names.setdefault(identity(benchmark.name), benchmark) is not benchmark:
            yield _entry(document, benchmark, "twice", "name")
        if bool(benchmark.data) is bool(benchmark.goals):
            yield _entry(document, benchmark, "both" if benchmark.data else "", "name")
        source = sources.get(benchmark.data)
        if source is not None and source.kind != "values":
            yield _entry(document, benchmark, "kind", "data", KINDS.get(source.kind))


def _entry(
    document: Document, benchmark: Benchmark, case: str, part: str, kind: dict[str, str] | None = None
) -> Diagnostic:
    span = benchmark.spans.get(part, benchmark.span)
    args = {"name": benchmark.name, "data": benchmark.data, "kind": kind or both("", "")}
    return Diagnostic(code="E717", case=case, place=place_of(document.source, span), args=args)


def weights_name_their_units(document: Document, _: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E718: a unit told apart by several columns is called `a/b` among the weights."""
    header = document.header
    for name in header.units_weights:
        written = [part for part in name.split("/") if part]
        if len(header.units) > 1 and len(written) != len(header.units):
            columns = "/".join(header.units)
            place = place_of(document.source, header.units_spans.get(name, Span(0, 0)))
            args = {"name": name, "columns": columns, "count": len(header.units)}
            yield Diagnostic(code="E718", place=place, args=args)


def goals_are_of_indicators(document: Document, resolutions: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E719: a goal is of an indicator of the scheme, called by its name, key or path."""
    if any(resolution.outline.nameless for resolution in resolutions):
        return
    drafts = [draft for resolution in resolutions for draft in resolution.outline.drafts.values()]
    known = {identity(name) for draft in drafts for name in _names(draft)}
    for benchmark in document.header.report.compare:
        for name in benchmark.goals:
            if identity(name) not in known:
                place = place_of(document.source, benchmark.spans[f"values/{name}"])
                lines = {draft.name: draft.head.name.span for draft in drafts}
                hint = nearest_name(name, list(lines))
                related = (place_of(document.source, lines[hint]),) if hint else ()  # the slip may be there
                args = {"name": name, "benchmark": benchmark.name}
                yield Diagnostic(code="E719", place=place, args=args, hint=hint, related=related)


def _names(draft: Draft) -> Iterator[str]:
    yield from (draft.name, draft.path)
    if draft.head.key:
        yield draft.head.key
