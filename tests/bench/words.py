"""What the tables say, in both languages."""

from dataclasses import dataclass
from typing import NamedTuple


class Text(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its title. A cell of plain text is the same in both languages; columns but the first are figures,
    and `words` says how many of the last ones are words.
    """

    title: Text
    head: tuple[Text | str, ...]
    rows: tuple[tuple[Text | str, ...], ...]
    words: int = 0


def said(text: Text | str, lang: str) -> str:
    """The text in a language."""
    return text if isinstance(text, str) else getattr(text, lang)


def markdown(table: Table, lang: str) -> str:
    """The table as Markdown, with its title as a heading."""
    figures = len(table.head) - 1 - table.words
    rule = ("---", *("---:",) * figures, *("---",) * table.words)
    rows = [" | ".join(said(cell, lang) for cell in row) for row in (table.head, *table.rows)]
    lines = (f"| {rows[0]} |", f"|{'|'.join(rule)}|", *(f"| {row} |" for row in rows[1:]))
    return f"### {said(table.title, lang)}\n\n" + "\n".join(lines) + "\n"
