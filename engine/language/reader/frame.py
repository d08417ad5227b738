"""YAML's events as a tree. Only what a policy needs is taken: sections, lists and texts.

The C parser's event stream is as safe as the pure one (it never recurses; the C *loader* crashes on
100,000 brackets) and fifteen times faster. Depth and size are counted here, on an own stack, so
that a hostile file is left after 64 levels; anchors are never followed, so nothing can multiply.
"""

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from engine.diagnostics import Diagnostic
from engine.language.reader.files import DIRECTION, FORBIDDEN, INVISIBLE, named
from engine.language.reader.lines import Page
from engine.language.reader.tree import Listing, Section, Text, Tree, Unread
from engine.language.text import identity, pinyin
from engine.source import Span, place_of

DEEPEST = 64  # levels
MOST = 50_000  # values and keys
LONGEST = 64 * 1024  # characters of one value

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Event: TypeAlias = Any  # PyYAML does not say what its events carry


@dataclass(slots=True, kw_only=True)
class _Open:
    """A list or section still being read; `key` is the key whose value comes next."""

    start: int
    inline: bool
    section: bool
    values: list[Tree] = field(default_factory=list[Tree])
    entries: list[tuple[Text, Tree]] = field(default_factory=list[tuple[Text, Tree]])
    seen: dict[str, Text] = field(default_factory=dict[str, Text])
    key: Text | Unread | None = None
    whole: bool = True


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What is open, what has been counted and found, and the finished tree."""

    page: Page
    stack: list[_Open] = field(default_factory=list[_Open])
    found: list[Diagnostic] = field(default_factory=list[Diagnostic])
    count: int = 0
    whole: Tree | None = None


class _Enough(Exception):
    """Nothing further is read: a second document, or a budget is exceeded."""


def read_frame(page: Page) -> tuple[Tree | None, list[Diagnostic]]:
    """The tree of the one document on the page; None for an empty one or when YAML cannot be read.

    Refused: E002 what YAML cannot read, E003 a key said twice, E004 anchors, aliases and merge keys, E005 tags and
    directives, E006 over a budget, E010 a second document, E019 a key that is not one text.
    """
    reading = _Reading(page=page)
    try:
        events = _LOADER("\n".join(page.given).replace("\t", " ") + "\n")  # the two parsers differ on tabs
        while events.check_event():
            event: Event = events.get_event()
            handle = _HANDLERS.get(event.__class__, _ignore)
            handle(reading, event)
    except _Enough:
        return None, reading.found
    except yaml.MarkedYAMLError as error:  # the only kind left: characters YAML does not read are refused before
        from engine.language.reader.misreadings import misread  # only what YAML cannot read needs it

        begun, spot = _spot(error.context_mark), _spot(error.problem_mark)
        return None, [*reading.found, misread(page, error.context or "", begun, error.problem or "", spot)]
    return reading.whole, reading.found


def _spot(mark: Event) -> tuple[int, int] | None:
    return (mark.line, mark.column) if mark else None


def _ignore(reading: _Reading, event: Event) -> None:
    """Stream and document ends carry nothing."""


def _offset(reading: _Reading, mark: Event) -> int:
    return reading.page.offset(mark.line, mark.column)


def _report(reading: _Reading, code: str, span: Span, case: str = "", **args: str) -> None:
    place = place_of(reading.page.source, span)
    reading.found.append(Diagnostic(code=code, case=case, place=place, args=args))


def _first(reading: _Reading, event: Event) -> Span:
    start = _offset(reading, event.start_mark)
    return Span(start, min(start + 1, len(reading.page.source.text)))


def _document(reading: _Reading, event: Event) -> None:
    span = _first(reading, event)
    if reading.whole is not None:
        _report(reading, "E010", span)
        raise _Enough
    if event.version or event.tags:
        _report(reading, "E005", span, "directive")


def _refuse_marks(reading: _Reading, event: Event) -> None:
    """E004 for an anchor, E005 for a tag, at the value that carries it."""
    if event.anchor:
        _report(reading, "E004", _first(reading, event), name=f"&{event.anchor}")
    if event.tag:
        first = _first(reading, event)
        tag = re.match(r"(?:&\S+\s+)?(\S*)", reading.page.source.text[first.start :])
        _report(reading, "E005", first, tag=tag[1] if tag else event.tag)


def _counted(reading: _Reading, event: Event) -> None:
    reading.count += 1
    if reading.count > MOST:
        _report(reading, "E006", _first(reading, event), "values")
        raise _Enough


def _opened(reading: _Reading, event: Event) -> None:
    _counted(reading, event)
    _refuse_marks(reading, event)
    if len(reading.stack) >= DEEPEST:
        _report(reading, "E006", _first(reading, event), "depth")
        raise _Enough
    section = isinstance(event, yaml.MappingStartEvent)
    start = _offset(reading, event.start_mark)
    reading.stack.append(_Open(start=start, inline=bool(event.flow_style), section=section))


def _closed(reading: _Reading, event: Event) -> None:
    done = reading.stack.pop()
    span = Span(done.start, max(done.start, _offset(reading, event.end_mark)))
    if done.section:
        _place(reading, Section(entries=tuple(done.entries), span=span, whole=done.whole))
    else:
        _place(reading, Listing(values=tuple(done.values), span=span))


def _alias(reading: _Reading, event: Event) -> None:
    _counted(reading, event)
    span = Span(_offset(reading, event.start_mark), _offset(reading, event.end_mark))
    _report(reading, "E004", span, "alias", name=f"*{event.anchor}")
    _place(reading, Unread(span=span))


def _scalar(reading: _Reading, event: Event) -> None:
    _counted(reading, event)
    if event.anchor or event.tag:
        _refuse_marks(reading, event)
    page, first, last = reading.page, event.start_mark, event.end_mark
    start, end = page.offset(first.line, first.column), page.offset(last.line, last.column)
    style, value = event.style or "", event.value
    quote = 1 if style in ("'", '"') else 0
    span = Span(start + quote, max(start + quote, end - quote))
    if len(value) > LONGEST:
        _report(reading, "E006", span, "text")
        _place(reading, Unread(span=span))
        return
    inline = bool(reading.stack) and reading.stack[-1].inline
    raw = page.source.text[span.start : span.end]
    verbatim = raw == value
    if "\t" in raw and style not in ("|", ">"):
        at = span.start + raw.index("\t")
        _report(reading, "E013", Span(at, at + 1), character="U+0009")
    text = value if verbatim and value.isascii() else _visible(reading, value, span, verbatim)
    _place(reading, Text(text=text, span=span, style=style, inline=inline, verbatim=verbatim))


def _visible(reading: _Reading, text: str, span: Span, verbatim: bool) -> str:
    """The text without characters nobody sees (W103) and pasted pinyin (W107).

    E013 where an escape stands for a refused character.
    """
    refused = None if verbatim else (FORBIDDEN.search(text) or DIRECTION.search(text))
    if refused:
        _report(reading, "E013", span, "escape", character=named(refused[0]))
        return text
    if INVISIBLE.search(text):
        hidden = list(INVISIBLE.finditer(text))
        start = span.start + (hidden[0].start() if verbatim else 0)
        characters = " ".join(dict.fromkeys(named(match[0]) for match in hidden))
        _report(reading, "W103", Span(start, start + 1), characters=characters, count=str(len(hidden)))
        text = INVISIBLE.sub("", text)
    pasted = pinyin(text)
    if pasted and _top_key(reading) not in _AS_IN_THE_DATA:
        _report(reading, "W107", span, pinyin=" ".join(text[a:b] for a, b in pasted))
        for start, end in reversed(pasted):
            text = text[:start] + text[end:]
    return text


# Below these keys texts are compared with the heads of columns and the names of files, which are as they are.
_AS_IN_THE_DATA = ("data", "units", "report")


def _top_key(reading: _Reading) -> str:
    """The outermost key below which something stands."""
    key = reading.stack[0].key if reading.stack else None
    return key.text if isinstance(key, Text) else ""


def _place(reading: _Reading, tree: Tree) -> None:
    """Put a finished value where it belongs: the whole, a list, a key, or a key's value."""
    if not reading.stack:
        reading.whole = tree
        return
    parent = reading.stack[-1]
    if not parent.section:
        parent.values.append(tree)
    elif parent.key is None:
        parent.key = _key(reading, parent, tree)
    else:
        if isinstance(parent.key, Text):
            parent.entries.append((parent.key, tree))
        else:
            parent.whole = False
        parent.key = None


def _key(reading: _Reading, parent: _Open, tree: Tree) -> Text | Unread:
    """The key, or what stands for one that was refused."""
    if isinstance(tree, Unread):
        return tree
    if not isinstance(tree, Text) or tree.style in ("|", ">") or tree.empty:
        _report(reading, "E019", tree.span)
        return Unread(span=tree.span)
    if tree.text == "<<" and not tree.style:
        _report(reading, "E004", tree.span, "merge")
        return Unread(span=tree.span)
    before = parent.seen.setdefault(identity(tree.text), tree)
    if before is tree:
        return tree
    case = "" if before.text == tree.text else "alike"
    related = (place_of(reading.page.source, before.span),)
    args = {"key": tree.text, "other": before.text, "line": related[0].line}
    place = place_of(reading.page.source, tree.span)
    reading.found.append(Diagnostic(code="E003", case=case, place=place, args=args, related=related))
    return Unread(span=tree.span)


_HANDLERS: dict[type[Any], Any] = {
    yaml.DocumentStartEvent: _document,
    yaml.MappingStartEvent: _opened,
    yaml.SequenceStartEvent: _opened,
    yaml.MappingEndEvent: _closed,
    yaml.SequenceEndEvent: _closed,
    yaml.ScalarEvent: _scalar,
    yaml.AliasEvent: _alias,
}
