"""Damaged files: the reader never raises, and always has something to show."""

from pathlib import Path
from random import Random

import pytest
import yaml

from engine.language.policy import Document
from engine.language.reader import read_document, read_source
from tests.language.whole_policy import WHOLE

PIECES = (
    *(
        "\t",
        "　",
        "：",
        "，",
        "“",
        "”",
        "｛",
        "｜",
        "－",
        "#",
        "|",
        ">",
        "&a",
        "*a",
        "!x",
        "<<: ",
        "? ",
        ": ",
        "- ",
        "\n",
        "\r",
        "\r\n",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "\\",
        "\\x41",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "~",
        "\0",
        "\x85",
        "\u2028",
        "\u202e",
        "\u200b",
        "\ufeff",
    ),
    *("scheme: |\n", "schemes:\n", "总分：得分\n", "  ", "\n\n", "é", "\U0001f600", "data: {}", "0", "９"),
)
ROUNDS = 40


def damaged(chance: Random) -> bytes:
    """The whole policy after a few deletions, insertions, exchanges, repetitions and perhaps a truncation."""
    content = WHOLE.encode()
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(content) + 1), chance.randint(1, 12)
        what = chance.choice(("delete", "insert", "exchange", "repeat", "cut", "garbage"))
        piece = chance.choice(PIECES).encode()
        if what == "delete":
            content = content[:at] + content[at + length :]
        elif what == "insert":
            content = content[:at] + piece + content[at:]
        elif what == "exchange":
            content = content[:at] + piece + content[at + len(piece) :]
        elif what == "repeat":
            content = content[: at + length] + content[at:]
        elif what == "garbage":
            content = content[:at] + chance.randbytes(length) + content[at:]
        elif chance.random() < 0.3:
            content = content[:at]
    return content


def assert_as_yaml_reads_it(document: Document) -> None:
    """Where the reader finds nothing, YAML itself gives the same lines for each scheme."""
    text = document.source.text.replace("\t", " ")  # PyYAML's own parser refuses tabs that YAML allows
    whole = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - plain texts only
    schemes = whole.get("schemes") or {"scheme": whole["scheme"]}
    assert [scheme.name for scheme in document.schemes] == list(schemes)
    for scheme, lines in zip(document.schemes, schemes.values(), strict=True):
        ours = text[scheme.span.start : scheme.span.end]
        assert [line.strip() for line in ours.split("\n") if line.strip()] == [
            line.strip() for line in lines.split("\n") if line.strip()
        ]


@pytest.mark.parametrize("seed", range(25))
def test_the_reader_never_raises(seed: int, tmp_path: Path) -> None:
    """Whatever the bytes: a document or a finding, and every finding stands inside the file."""
    chance = Random(seed)  # noqa: S311 - damage that comes again, no secret
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.yaml"
        path.write_bytes(damaged(chance))
        source, found = read_source(path)
        if source is None:
            assert found
            assert all(d.place.line >= 1 and d.place.column >= 1 for d in found)
            continue
        document, found = read_document(source)
        assert document is not None or found
        if document is not None and not found:
            assert_as_yaml_reads_it(document)
        for finding in found:
            for place in (finding.place, *finding.related):
                assert 1 <= place.line <= place.end_line <= len(source.starts), finding
                assert 1 <= place.column <= len(source.line_text(place.line)) + 1, finding
                assert place.text == source.line_text(place.line)
