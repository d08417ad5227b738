"""Whatever a scheme says, the checks answer: with a policy that can be evaluated, or with findings that can be read."""

import re
from pathlib import Path

from hypothesis import given, strategies as st

from engine.diagnostics import message, repair, why
from engine.evaluation.assessment import score
from engine.language.checks import check
from engine.language.parser import parse_scheme
from engine.language.policy import Document
from engine.source import Span, source_of
from tests.language.checks.written import HEADER

WORKED = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "worked").glob("*.txt"))]
LINES = sorted({line for text in WORKED for line in text.splitlines() if line.strip()})
SENTENCES = sorted({part.strip() for line in LINES for part in re.split("[，；：:,;]", line) if part.strip()})
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["drop", "copy", "insert", "add", "in", "out"]), st.integers(0, 99), st.integers(0, 9999)
    ),
    min_size=1,
    max_size=4,
)


def changed(text: str, changes: list[tuple[str, int, int]]) -> str:
    """The text with lines dropped, copied, inserted, lengthened, indented or outdented."""
    lines = text.splitlines()
    for change, at, choice in changes:
        i = at % len(lines)
        match change:
            case "drop" if len(lines) > 2:
                del lines[i]
            case "copy":
                lines.insert(i, lines[choice % len(lines)])
            case "insert":
                lines.insert(i, "  " * (choice % 3) + LINES[choice % len(LINES)].strip())
            case "add":
                lines[i] += "，" + SENTENCES[choice % len(SENTENCES)]
            case "in":
                lines[i] = "  " + lines[i]
            case _:
                lines[i] = lines[i].removeprefix("  ")
    return "\n".join(lines) + "\n"


@given(st.sampled_from(WORKED), CHANGES)
def test_a_changed_procedure_is_judged_or_evaluated(text: str, changes: list[tuple[str, int, int]]) -> None:
    """Every finding has its words and a place that is not empty; a clean policy never fails later."""
    source = source_of("p.yaml", changed(text, changes))
    scheme, misread = parse_scheme(source, "scheme", Span(0, len(source.text)))
    policy, diagnostics = check(Document(source=source, header=HEADER, schemes=(scheme,)))
    for found in diagnostics:
        assert all(message(found, lang) and why(found, lang) and repair(found, lang) for lang in ("zh", "en"))
        assert (found.place.line, found.place.column) < (found.place.end_line, found.place.end_column)

    if policy is not None and not misread:
        assert score(policy, policy.schemes[0], {}).nodes
    else:
        assert misread or diagnostics
