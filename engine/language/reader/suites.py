"""A file of tests: text, tree, shape, cases. What has the wrong shape is left out; `shape` has said so."""

from collections.abc import Iterator
from fractions import Fraction

from engine.diagnostics import Diagnostic, in_order
from engine.language.reader.figures import day, number
from engine.language.reader.frame import read_frame
from engine.language.reader.lines import page_of
from engine.language.reader.shape import shape_findings
from engine.language.reader.slips import repair_slips
from engine.language.reader.tree import Listing, Section, Text, Tree, child, entries, first_line, pairs, texts, words
from engine.language.reader.writing import writing_findings
from engine.language.suite import FIGURES, WORDS, Case, Expected, ExpectedFinding, Subject, Suite
from engine.language.text import narrow
from engine.source import Source, Span, place_of


def read_suite(source: Source) -> tuple[Suite | None, tuple[Diagnostic, ...]]:
    """The file of tests and everything wrong with its form, in the order of the file; no tests beside errors."""
    page, found = page_of(source)
    slips = repair_slips(page, {})
    tree, unread = read_frame(page)
    if tree is None:
        kept = [finding for finding in unread if finding.code != "E002" or not (found or slips)]
        return None, in_order([*found, *slips, *kept]) or (_nothing(source),)
    written = list(writing_findings(source, tree))
    places = {finding.place for finding in written}
    shape = [finding for finding in shape_findings(source, tree, "test") if finding.place not in places]
    findings = [*found, *slips, *unread, *written, *shape, *_intervals(source, tree), *_dates(source, tree)]
    broken = any(finding.severity == "error" for finding in findings)
    return (None if broken else _suite(source, tree)), in_order(findings)


def _nothing(source: Source) -> Diagnostic:
    return Diagnostic(code="E009", case="test", place=place_of(source, Span(0, min(1, len(source.text)))))


def _suite(source: Source, tree: Tree) -> Suite:
    policy = child(tree, "policy")
    assert isinstance(policy, Text)  # noqa: S101 - the shape was right
    return Suite(source=source, policy=policy, cases=tuple(_case(each) for each in _cases(tree)))


def _cases(tree: Tree) -> tuple[Tree, ...]:
    cases = child(tree, "cases")
    return cases.values if isinstance(cases, Listing) else ()


# ---------------------------------------------------------------- one case


def _case(tree: Tree) -> Case:
    said = pairs(tree)
    name, expect, measures = child(tree, "name"), child(tree, "expect"), child(tree, "measures")
    return Case(
        name=pairs(name) or {"": said.get("name", "")},
        span=name.span if name is not None else tree.span,
        data=_text(child(tree, "data")),
        measures=None if measures is None else tuple(entries(measures)),
        period=narrow(said["period"]) if "period" in said else None,
        as_of=day(said.get("as-of", "")),
        by=words(child(tree, "by")),
        scheme=_text(child(tree, "scheme")),
        encoding=said.get("encoding"),
        unit=pairs(child(tree, "unit")),
        segment=pairs(child(tree, "segment")),
        subjects=tuple(_subjects(expect)),
        refused=_codes(child(expect, "refused")),
        findings=_codes(child(expect, "findings")),
        keys={key.text: key.span for key, _ in entries(tree)},
    )


def _text(tree: Tree | None) -> Text | None:
    return tree if isinstance(tree, Text) and not tree.empty else None


def _subjects(expect: Tree | None) -> Iterator[Subject]:
    own = tuple(_expected(expect))
    if own:
        yield Subject(name=None, expected=own)
    for name, tree in entries(child(expect, "nodes")):
        said = _expected(tree) if isinstance(tree, Section) else (_figure("score", tree),)
        yield Subject(name=name, expected=tuple(said))


def _expected(tree: Tree | None) -> Iterator[Expected]:
    for key, value in entries(tree):
        if key.text in FIGURES:
            yield _figure(key.text, value)
        elif key.text in WORDS and isinstance(value, Text):
            yield Expected(about=key.text, written=value.text, span=value.span)


def _figure(about: str, tree: Tree) -> Expected:
    """A number, a number that was rounded (≈81.1255), or an interval with both ends."""
    ends = [amount for text in texts(tree) if (amount := _amount(text.text)) is not None]
    first, *more = (text.text for text in texts(tree))
    written = f"[{', '.join([first, *more])}]" if more else first
    percent = narrow(first).endswith("%")
    places = len(narrow(first).removesuffix("%").partition(".")[2]) if first.startswith("≈") else None
    return Expected(
        about=about, written=written, span=tree.span, low=ends[0], high=ends[-1], places=places, percent=percent
    )


def _amount(text: str) -> Fraction | None:
    return number(narrow(text).removeprefix("≈").removesuffix("%"))


def _codes(tree: Tree | None) -> tuple[ExpectedFinding, ...] | None:
    if tree is None:
        return None
    if isinstance(tree, Section):
        return tuple(ExpectedFinding(code=key, places=words(value)) for key, value in tree.entries)
    return tuple(ExpectedFinding(code=code) for code in texts(tree))


# ---------------------------------------------------------------- what no schema can say


def _intervals(source: Source, tree: Tree) -> Iterator[Diagnostic]:
    """E946 for a list that is no interval: not two numbers, the lower first, without ≈."""
    for case in _cases(tree):
        expect = child(case, "expect")
        nodes = [value for _, value in entries(child(expect, "nodes"))]
        for subject in (expect, *nodes):
            listed = [subject] if isinstance(subject, Listing) else []
            for value in (*listed, *(value for key, value in entries(subject) if key.text in FIGURES)):
                if isinstance(value, Listing) and not _is_interval(value):
                    place = place_of(source, first_line(source, value.span))
                    yield Diagnostic(code="E946", case="interval", place=place)


def _is_interval(tree: Listing) -> bool:
    ends = [_amount(text.text) for text in texts(tree) if not text.text.startswith("≈")]
    return len(ends) == len(tree.values) == 2 and None not in ends and sorted(e for e in ends if e is not None) == ends


def _dates(source: Source, tree: Tree) -> Iterator[Diagnostic]:
    """E011 for a date that no calendar has."""
    for case in _cases(tree):
        value = child(case, "as-of")
        if isinstance(value, Text) and len(value.text) == 10 and day(value.text) is None:
            yield Diagnostic(code="E011", case="none", place=place_of(source, value.span), args={"value": value.text})
