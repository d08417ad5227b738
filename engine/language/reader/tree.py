"""A policy file's YAML as a tree of texts with their positions. Nothing has a type yet: every value is text."""

from collections.abc import Iterator

from engine.source import Source, Span
from engine.values import Frozen, named


@named
class Text(Frozen):
    """A value or a key: its text, the span of its content without quotes, and how it was written.

    `style`: "" plain, `'` or `"` quoted, `|` or `>` a block. `inline`: between [ ] or { }.
    `verbatim`: the text is what stands in the file, on one line and without escapes.
    """

    text: str
    span: Span
    style: str = ""
    inline: bool = False
    verbatim: bool = True

    @property
    def empty(self) -> bool:
        """Nothing was written where a value should stand, or one of YAML's words for nothing."""
        return not self.style and self.text in ("", "~", "null", "Null", "NULL")


@named
class Listing(Frozen):
    """`[a, b]`, or lines with dashes."""

    values: tuple["Tree", ...]
    span: Span


@named
class Section(Frozen):
    """`key: value` lines, or `{key: value}`; `whole`: no entry had to be left out."""

    entries: tuple[tuple[Text, "Tree"], ...]
    span: Span
    whole: bool = True


@named
class Unread(Frozen):
    """Something already refused; nobody needs to complain again."""

    span: Span


Tree = Text | Listing | Section | Unread


def entries(tree: "Tree | None") -> Iterator[tuple[Text, Tree]]:
    """Keys and values of a section; nothing for anything else."""
    if isinstance(tree, Section):
        yield from tree.entries


def child(tree: "Tree | None", key: str) -> Tree | None:
    """The value of a key, if the tree is a section that has it."""
    return next((value for name, value in entries(tree) if name.text == key), None)


def written(tree: "Tree | None") -> str | None:
    """The text of a value; None where there is no text."""
    return tree.text if isinstance(tree, Text) and not tree.empty else None


def texts(tree: "Tree | None") -> tuple[Text, ...]:
    """The texts of a list, or the one text that stands for a list of one."""
    values = tree.values if isinstance(tree, Listing) else (tree,)
    return tuple(value for value in values if isinstance(value, Text) and not value.empty)


def words(tree: "Tree | None") -> tuple[str, ...]:
    """`texts` without their positions."""
    return tuple(value.text for value in texts(tree))


def pairs(tree: "Tree | None") -> dict[str, str]:
    """The keys of a section whose values are texts."""
    return {key.text: value.text for key, value in entries(tree) if isinstance(value, Text) and not value.empty}


def first_line(source: Source, span: Span) -> Span:
    """What of a span stands on its first line, without blanks at the end."""
    end = source.text.find("\n", span.start, span.end)
    text = source.text[span.start : span.end if end < 0 else end]
    return Span(span.start, span.start + len(text.rstrip()))
