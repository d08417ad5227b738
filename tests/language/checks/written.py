"""Policies for the tests of the checks, written as scheme lines with the smallest header around them.

Where a finding must stand is marked in the text itself: `总分 = ⟦服物⟧×100%`. The marks are taken
out before the scheme is read.
"""

import re
from dataclasses import replace

from engine.diagnostics import Diagnostic, message, repair, why
from engine.language.checks import check
from engine.language.parser import parse_scheme
from engine.language.policy import CheckedScheme, Document, Header, Observed, Policy
from engine.source import Span, source_of

HEADER = Header(id="p", title={"zh": "方案"}, lang="zh", version="1", document={})
DECIDED = "- 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限\n"


def document_of(text: str, header: Header = HEADER) -> Document:
    """The document of a scheme that must be readable."""
    source = source_of("p.yaml", text)
    scheme, misread = parse_scheme(source, "scheme", Span(0, len(text)))
    assert misread == (), [f"{d.place} {d.code} {d.args}" for d in misread]
    return Document(source=source, header=header, schemes=(scheme,))


def checked(text: str, header: Header = HEADER) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """What the checks make of a scheme."""
    return check(document_of(text, header))


def found(text: str, header: Header = HEADER) -> list[str]:
    """The findings as `code line:column-end_column` (with `/case` where it has one), in the order of the file."""
    _, diagnostics = checked(text, header)
    return [
        f"{d.code}{'/' + d.case if d.case else ''} {d.place.line}:{d.place.column}-{d.place.end_column}"
        for d in diagnostics
    ]


def places(marked: str) -> tuple[str, list[str]]:
    """The text without its marks, and the marked places as `line:column-end_column`."""
    places: list[str] = []
    lines: list[str] = []
    for number, line in enumerate(marked.split("\n"), 1):
        plain = line
        while (match := re.search("⟦([^⟦⟧]*)⟧", plain)) is not None:
            places.append(f"{number}:{match.start() + 1}-{match.end() - 1}")
            plain = plain[: match.start()] + match[1] + plain[match.end() :]
        lines.append(plain)
    return "\n".join(lines), places


def assert_found(marked: str, *codes: str, header: Header = HEADER, decided: bool = True) -> tuple[Diagnostic, ...]:
    """Exactly these findings (`code` or `code/case`) stand at the marks, in their order.

    `decided`: the usual conventions are put before the text.
    """
    text, marks = places(DECIDED + marked if decided else marked)
    _, diagnostics = checked(text, header)
    seen = found(text, header)
    assert seen == [f"{code} {place}" for code, place in zip(codes, marks, strict=True)], (seen, marks)
    for diagnostic in diagnostics:
        for lang in ("zh", "en"):
            assert message(diagnostic, lang)
            assert why(diagnostic, lang)
            assert repair(diagnostic, lang)
    return diagnostics


def assert_clean(text: str, header: Header = HEADER) -> CheckedScheme:
    """The text with the usual conventions before it has no finding; its checked scheme."""
    return scheme_of(DECIDED + text, header)


def scheme_of(text: str, header: Header = HEADER) -> CheckedScheme:
    """The checked scheme of a text without findings."""
    policy, diagnostics = checked(text, header)
    assert [f"{d.place} {d.code} {d.args}" for d in diagnostics] == []
    assert policy is not None
    return policy.schemes[0]


def observed(scheme: CheckedScheme, path: str) -> Observed:
    """Where the value of a collected indicator comes from."""
    value = scheme.indicators[path].value
    assert isinstance(value, Observed)
    return value


def in_english(header: Header = HEADER) -> Header:
    """The same header, of a policy written in English."""
    return replace(header, lang="en")


def checked_broken(text: str) -> list[str]:
    """The findings of the checks beside what the parser could not read in the text."""
    source = source_of("p.yaml", text)
    scheme, misread = parse_scheme(source, "scheme", Span(0, len(text)))
    assert misread != ()
    policy, diagnostics = check(Document(source=source, header=HEADER, schemes=(scheme,)))
    assert policy is None
    return [f"{d.code} {d.place.line}:{d.place.column}-{d.place.end_column}" for d in diagnostics]
