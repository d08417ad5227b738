"""Policies for the tests of the checks, written as scheme lines with the smallest header around them."""

from dataclasses import replace

from engine.diagnostics import Diagnostic
from engine.language.checks import check
from engine.language.parser import parse_scheme
from engine.language.policy import CheckedScheme, Document, Header, Policy
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


def scheme_of(text: str, header: Header = HEADER) -> CheckedScheme:
    """The checked scheme of a text without findings."""
    policy, diagnostics = checked(text, header)
    assert [f"{d.place} {d.code} {d.args}" for d in diagnostics] == []
    assert policy is not None
    return policy.schemes[0]


def in_english(header: Header = HEADER) -> Header:
    """The same header, of a policy written in English."""
    return replace(header, lang="en")
