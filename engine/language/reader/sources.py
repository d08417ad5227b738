"""`data:` as `DataSource` values. What has the wrong shape is left out; `shape` has said so."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.policy import DataSource
from engine.language.reader.figures import interval, number
from engine.language.reader.tree import Section, Text, Tree, child, entries, pairs, texts, words, written
from engine.language.syntax import Belonging, ValiditySentence
from engine.language.text import narrow
from engine.source import Source, Span, place_of

Parse = Callable[[Text], ValiditySentence | None]
Classed = Callable[[Text], Belonging | None]
_ORDERS = {"month-day-year": "mdy", "月-日-年": "mdy", "day-month-year": "dmy", "日-月-年": "dmy"}


def data_sources(data: Tree | None, parse: Parse, classed: Classed) -> tuple[DataSource, ...]:
    """The entries of `data:` in the order of the file; `parse` reads `valid:`, `classed` reads `classes:`."""
    return tuple(_source(name, tree, parse, classed) for name, tree in entries(data))


def _source(name: Text, tree: Tree, parse: Parse, classed: Classed) -> DataSource:
    said = pairs(tree)
    sentences = tuple(parse(value) for value in texts(child(tree, "valid")))
    header = _rows(said.get("header", ""))
    return DataSource(
        name=name.text,
        kind=said.get("kind", ""),
        file=said.get("file", ""),
        span=name.span,
        sheet=said.get("sheet"),
        encoding=said.get("encoding"),
        header=header[0],
        header_end=header[1],
        key=said.get("key"),
        weight=said.get("weight"),
        date=said.get("date"),
        dates=_ORDERS.get(said.get("dates", ""), ""),
        layout=said.get("layout", "long"),
        columns=pairs(child(tree, "columns")),
        questions={narrow(key.text): column.text for key, column in _columns(child(tree, "questions"))},
        answers=_numbers(child(tree, "answers")),
        scale=interval(written(child(tree, "answers")) or ""),
        question_scales=_intervals(child(tree, "questions")),
        question_answers=_worded(child(tree, "questions")),
        question_spans={narrow(key.text): key.span for key, _ in _columns(child(tree, "questions"))},
        texts=words(child(tree, "texts")),
        valid=tuple(sentence for sentence in sentences if sentence is not None),
        classes={key.text: _classes(value, classed) for key, value in entries(child(tree, "classes"))},
    )


def _classes(tree: Tree, classed: Classed) -> dict[str, Belonging]:
    """The classes of one column, in the order in which they are tried."""
    read = {label.text: classed(value) for label, value in entries(tree) if isinstance(value, Text) and not value.empty}
    return {label: rule for label, rule in read.items() if rule is not None}


def _rows(text: str) -> tuple[int | None, int | None]:
    """The row of the header, and its last one where it has several: `3`, `1-3`."""
    first, several = number(text), interval(text)
    if several is not None:
        return int(several[0]), int(several[1])
    return (int(first) if first else None), None


def _numbers(tree: Tree | None) -> dict[str, Fraction]:
    amounts = {name: number(text) for name, text in pairs(tree).items()}
    return {name: amount for name, amount in amounts.items() if amount is not None}


def _columns(questions: Tree | None) -> Iterator[tuple[Text, Text]]:
    """Questions with their columns: `Q1: column`, or `Q1: {column: …, answers: …}`."""
    for key, value in entries(questions):
        column = child(value, "column") if isinstance(value, Section) else value
        if isinstance(column, Text) and not column.empty:
            yield key, column


def _intervals(questions: Tree | None) -> dict[str, tuple[Fraction, Fraction]]:
    scales = {narrow(key.text): interval(written(child(value, "answers")) or "") for key, value in entries(questions)}
    return {name: scale for name, scale in scales.items() if scale is not None}


def _worded(questions: Tree | None) -> dict[str, dict[str, Fraction]]:
    words = {narrow(key.text): _numbers(child(value, "answers")) for key, value in entries(questions)}
    return {name: answers for name, answers in words.items() if answers}


def source_findings(source: Source, data: Tree | None) -> Iterator[Diagnostic]:
    """E003 one column for two questions, E012 a range that is none."""
    for _, tree in entries(data):
        questions = child(tree, "questions")
        yield from _one_column_each(source, questions)
        ranges = (child(tree, "answers"), *(child(value, "answers") for _, value in entries(questions)))
        for answers in (*ranges, _several(child(tree, "header"))):
            yield from _range(source, answers)


def _one_column_each(source: Source, questions: Tree | None) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for key, column in _columns(questions):
        if seen.setdefault(column.text, column.span) is not column.span:
            first = place_of(source, seen[column.text])
            args = {"key": key.text, "other": column.text, "line": first.line}
            place = place_of(source, column.span)
            yield Diagnostic(code="E003", case="column", place=place, args=args, related=(first,))


def _several(header: Tree | None) -> Tree | None:
    """A header that says it has several rows."""
    return header if isinstance(header, Text) and number(header.text) is None else None


def _range(source: Source, value: Tree | None) -> Iterator[Diagnostic]:
    """A range whose first number is not below its second; another form was refused before."""
    if not isinstance(value, Text) or interval(value.text) is not None:
        return
    ends = narrow(value.text).replace(" ", "")
    turned = [f"{b}-{a}" for a, b in [ends.split("-", 1)] if interval(f"{b}-{a}")] if ends.count("-") == 1 else []
    place = place_of(source, value.span)
    yield Diagnostic(code="E012", case="range", place=place, args={"value": value.text}, hint="".join(turned) or None)
