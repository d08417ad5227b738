"""How much of a list of sentences the language understands, and how: a table by kind.

    python -m tools.genre sentences.tsv

Each line of the list: a sentence as found, its meaning written as a plain sentence of the language (left empty where
it must be asked back), its kind; parted by tabs. Two sentences mean the same where their syntax is the same. Lists of
other people's sentences stay outside the repository; those of the project's own stand in tests/genre.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.diagnostics import Diagnostic
from engine.language.parser import parse_scheme, parse_sentence
from engine.report.tables import Align, draw
from engine.source import Span, source_of

OUTCOMES = ("right", "wrong", "asked back as it must be", "asked back with a hint", "asked back", "meaning unread")


def found_in(words: str) -> list[Diagnostic]:
    """What a line with this cell is told."""
    text = f"甲 10分：{words}\n"
    _, found = parse_scheme(source_of("list", text), "scheme", Span(0, len(text)))
    return [finding for finding in found if finding.severity == "error"]


def outcome(words: str, meaning: str) -> str:
    """One of OUTCOMES, for a sentence and what it must mean; a meaning that cannot be read judges nothing."""
    if meaning and found_in(meaning):
        return "meaning unread"
    found = found_in(words)
    if not found:
        return "right" if meaning and parse_sentence(words) == parse_sentence(meaning) else "wrong"
    if not meaning:
        return "asked back as it must be"
    return "asked back with a hint" if any(finding.hint for finding in found) else "asked back"


def rows(lines: Iterator[str]) -> Iterator[list[str]]:
    """The table: a kind, its sentences, how many of each outcome; last the whole."""
    counted: dict[str, Counter[str]] = {}
    for line in lines:
        words, meaning, kind = (*line.rstrip("\n").split("\t"), "", "")[:3]
        counted.setdefault(kind, Counter())[outcome(words, meaning)] += 1
    whole = sum(counted.values(), Counter[str]())
    for kind, number in [*sorted(counted.items()), ("all", whole)]:
        yield [kind, str(number.total()), *(str(number[name]) for name in OUTCOMES)]


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as sentences:
        table = list(rows(sentences))
    numbers: list[Align] = ["right"] * (1 + len(OUTCOMES))
    sys.stdout.write(draw(["kind", "sentences", *OUTCOMES], table, ["left", *numbers]))
