"""The scheme and its data: each value has a source, each source and question exists (E301–E303, E305–E308)."""

from collections.abc import Iterator

from engine.diagnostics import Diagnostic
from engine.language.checks.findings import Both, both, finding, listed, nearest_name
from engine.language.checks.measures import Measure
from engine.language.checks.outline import Draft, Outline, default
from engine.language.checks.resolution import Resolution
from engine.language.checks.surveys import questions_of
from engine.language.policy import DataSource, Document
from engine.language.reporting import own_sources
from engine.language.syntax import FromRows, ListedIn, LookUp, Name, Repeated, Survey, amounts_of
from engine.language.text import identity
from engine.source import Span, place_of

KINDS: dict[str, Both] = {
    "responses": both("问卷", "responses"),
    "values": both("指标值表", "values"),
    "events": both("台账", "events"),
    "control": both("照印的表", "control"),
}


# ---------------------------------------------------------------- of one scheme


def questions_are_declared(resolution: Resolution) -> Iterator[Diagnostic]:
    """E301, E303: a survey question of the scheme stands in one `responses` source, where the policy has data."""
    outline = resolution.outline
    if not outline.header.data:
        return
    known = [question for source in outline.header.data for question in source.questions]
    asked = [
        (draft, question)
        for draft in resolution.leaves
        if (survey := default(outline, draft, Survey))
        for question in questions_of(draft, survey)
    ]
    for draft, question in asked:
        times = known.count(question.text)
        if times == 0:
            yield _unknown_question(outline, draft, question, {other.text for _, other in asked})
        elif times > 1:
            holding = [source.name for source in outline.header.data if question.text in source.questions]
            yield finding(
                outline,
                "E303",
                question.span,
                draft=draft,
                case="question",
                name=question.text,
                choices=listed(holding),
            )


def _unknown_question(outline: Outline, draft: Draft, question: Name, asked: set[str]) -> Diagnostic:
    """E301, with the nearest question that no line asks: the slip may be here or there."""
    sources = outline.header.data
    hint = nearest_name(question.text, [key for source in sources for key in source.questions if key not in asked])
    related = tuple(
        source.question_spans[hint] for source in sources if hint is not None and hint in source.question_spans
    )
    span = question.span
    if draft.head.key is not None and span == draft.head.name.span:  # its [key], behind its name
        start = outline.source.text.index(draft.head.key, span.end)
        span = Span(start, start + len(draft.head.key))
    return finding(outline, "E301", span, draft=draft, case="question", hint=hint, related=related, name=question.text)


def values_have_a_source(resolution: Resolution) -> Iterator[Diagnostic]:
    """E305: where the policy has data, a value that no `measures:` sentence makes is looked up in a `values` source."""
    outline = resolution.outline
    kinds = [source.kind for source in own_sources(outline.header)]
    if not outline.header.data or "values" in kinds:
        return
    for measure in _looked_up(resolution):
        draft = outline.drafts[measure.line]
        yield finding(outline, "E305", draft.head.name.span, draft=draft, name=measure.name)


def values_are_told_apart(resolution: Resolution) -> Iterator[Diagnostic]:
    """W306: two lines that look up the same name read the same row twice; a [key] tells them apart."""
    outline = resolution.outline
    seen: dict[str, Measure] = {}
    for measure in _looked_up(resolution):
        first = seen.setdefault(identity(measure.name), measure)
        draft, other = outline.drafts[measure.line], outline.drafts[first.line]
        # Below one heading the name itself is refused, below a group the line.
        if first is not measure and draft.parent != other.parent and draft.line is not other.line:
            related = (other.head.name.span,)
            line = outline.source.line_of(other.head.name.span.start)
            span = draft.head.name.span
            yield finding(outline, "W306", span, draft=draft, related=related, name=measure.name, line=line)


def _looked_up(resolution: Resolution) -> Iterator[Measure]:
    """What is collected as a value of its own, not by a survey and not by a `measures:` sentence."""
    for measure in resolution.measures.values():
        survey = default(resolution.outline, resolution.outline.drafts[measure.line], Survey)
        unread = measure.path in resolution.feeds.unread
        if measure.sentence is None and not unread and (survey is None or measure.asked):
            yield measure


# ---------------------------------------------------------------- of the document


def measures_are_of_lines(document: Document, resolutions: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E301, E303: a key of `measures:` is the name, the path or the [key] of one line that is collected."""
    if any(resolution.outline.nameless for resolution in resolutions):
        return
    measures = [measure for resolution in resolutions for measure in resolution.measures.values()]
    unfed = {measure.name: measure.line for measure in measures if measure.sentence is None}
    for key in document.header.measures:
        meant = [resolution.feeds.meant[key] for resolution in resolutions if resolution.feeds.meant[key]]
        span = document.header.measure_spans.get(key, Span(0, 0))
        if not meant:
            case = "computed" if _is_computed(key, resolutions) else "measure"
            hint = nearest_name(key, list(unfed)) if case == "measure" else None
            related = _lines(unfed[hint], resolutions) if hint else ()  # the slip may be there
            yield _at(document, span, "E301", case=case, hint=hint, related=related, name=key)
        elif any(len(paths) > 1 for paths in meant):
            paths = next(paths for paths in meant if len(paths) > 1)
            yield _at(document, span, "E303", case="measure", name=key, choices=listed(list(paths)))


def _lines(path: str, resolutions: tuple[Resolution, ...]) -> tuple[Span, ...]:
    """Where the line stands that is called so."""
    drafts = (resolution.outline.drafts.get(path) for resolution in resolutions)
    return tuple(draft.head.name.span for draft in drafts if draft is not None)


def _is_computed(key: str, resolutions: tuple[Resolution, ...]) -> bool:
    """The key names a line that is computed from others."""
    return any(identity(key) in resolution.outline.named for resolution in resolutions)


def _at(  # noqa: PLR0913 - a finding has that many parts; all but the first three by name
    document: Document,
    span: Span,
    code: str,
    *,
    case: str,
    hint: str | None = None,
    related: tuple[Span, ...] = (),
    **args: object,
) -> Diagnostic:
    place, others = place_of(document.source, span), tuple(place_of(document.source, other) for other in related)
    return Diagnostic(code=code, place=place, case=case, hint=hint, related=others, args=args)


def named_sources_exist(document: Document, _: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E301: a `measures:` or `valid:` sentence speaks of a source that `data:` declares."""
    known = [source.name for source in document.header.data]
    for name in _named_sources(document):
        if identity(name.text) not in [identity(other) for other in known]:
            hint = nearest_name(name.text, known)
            related = tuple(source.span for source in document.header.data if source.name == hint)
            case = "source" if known else "no data"
            yield _at(document, name.span, "E301", case=case, hint=hint, related=related, name=name.text)


def _named_sources(document: Document) -> Iterator[Name]:
    for sentence in document.header.measures.values():
        yield from (amount.source for amount in amounts_of(sentence))
    for source in document.header.data:
        for rule in source.valid:
            if isinstance(rule, ListedIn):
                yield rule.source


def sources_are_of_their_kind(document: Document, _: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E308: values are looked up in a `values` source; counts, sums and times are made from rows."""
    sources = {identity(source.name): source for source in document.header.data}
    for key, amount in _amounts(document):
        source = sources.get(identity(amount.source.text))
        if source is None:
            continue
        looked_up = isinstance(amount, LookUp)
        if looked_up is not (source.kind == "values"):
            yield _wrong_kind(document, key, amount.source, source, case="lookup" if looked_up else "")


def _amounts(document: Document) -> Iterator[tuple[str, FromRows | LookUp]]:
    """What each sentence of `measures:` reads from one source."""
    for key, sentence in document.header.measures.items():
        yield from ((key, amount) for amount in amounts_of(sentence))


def repetitions_have_dates(document: Document, _: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E630: 30天内客户号重复 needs to know on which day each row happened."""
    sources = {identity(source.name): source for source in document.header.data}
    for key, amount in _amounts(document):
        source = sources.get(identity(amount.source.text))
        if isinstance(amount, LookUp) or source is None or source.kind == "values" or source.date is not None:
            continue
        for condition in amount.where:
            if isinstance(condition, Repeated):
                yield _at(document, condition.span, "E630", case="", name=key, source=source.name, days=condition.days)


def _wrong_kind(document: Document, key: str, name: Name, source: DataSource, *, case: str) -> Diagnostic:
    kind = KINDS.get(source.kind, both(source.kind, source.kind))
    return _at(document, name.span, "E308", case=case, name=key, source=source.name, kind=kind)


def columns_stand_once(document: Document, _: tuple[Resolution, ...]) -> Iterator[Diagnostic]:
    """E302: a column by which results are split is named once."""
    seen: set[str] = set()
    for column in (*document.header.units, *document.header.report.segments):
        if identity(column) in seen:
            yield _at(document, _find(document, column), "E302", case="column", name=column)
        seen.add(identity(column))


def _find(document: Document, column: str) -> Span:
    """The last place where the column's name stands in the file."""
    start = document.source.text.rfind(column)
    return Span(start, start + len(column)) if start >= 0 else Span(0, 0)
