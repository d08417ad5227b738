"""Which names need quotes: those that the grammar does not read as themselves where they stand.

A name may hold any word, so no list of words can tell. What is printed is read back; where it says
something else, all names are put in quotes, and those that can be are taken out of them again.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import TypeVar, cast

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.formatter.speech import Speech

T = TypeVar("T", bound=s.Node)


def spelt(node: T, lang: Lang, write: Callable[[T, Speech], str], read: Callable[[str], object]) -> str:
    """What `write` makes of the node, with as few names in quotes as `read` needs to give the node back."""
    names = list(dict.fromkeys(name.identity for name in _names_in(node)))
    text = write(node, Speech(lang))
    if not names or read(text) == node:
        return text
    quoted = frozenset(names)
    for name in names if len(names) > 1 else ():
        fewer = quoted - {name}
        if read(write(node, Speech(lang, fewer))) == node:
            quoted = fewer
    return write(node, Speech(lang, quoted))


def _names_in(part: object) -> Iterator[s.Name]:
    if isinstance(part, s.Name):
        yield part
    elif isinstance(part, tuple):
        for item in cast("tuple[object, ...]", part):
            yield from _names_in(item)
    elif isinstance(part, s.Condition):
        yield from (part.column, value_name(part))
    elif isinstance(part, s.Node):
        for field in fields(part):
            yield from _names_in(getattr(part, field.name))


def value_name(condition: s.Condition) -> s.Name:
    """The value of a condition, which may need quotes as a name does."""
    return s.Name(condition.value, condition.value)
