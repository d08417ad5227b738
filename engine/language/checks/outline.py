"""The outline, flattened: one `Draft` per indicator with its path and everything said about it.

A draft decides nothing. It says what stands on the line itself, what `各项` says for the
leaves below, and (through `layers`) who else may speak for it: the nearest statement wins.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from engine.language.policy import Document, Header
from engine.language.syntax import (
    AddUp,
    Bands,
    DeductFrom,
    Each,
    Fuzzy,
    Head,
    InformationOnly,
    ItemCount,
    Let,
    Line,
    Name,
    PercentScore,
    Scheme,
    Sentence,
    Veto,
)
from engine.source import Source
from engine.values import Frozen, named

S = TypeVar("S")
ByKind = Mapping[type, Sentence]

# Said before the first line, these still speak of one line: the result.
OF_THE_RESULT = (Bands, Veto, Fuzzy, DeductFrom, AddUp, PercentScore, ItemCount)


@named
class Draft(Frozen):
    """One indicator as the outline has it.

    `own`: the sentences on its line and in its bullets; `each`: what its `各项` says for the
    leaves below. `children`: paths, in the order of the file.
    """

    path: str
    head: Head
    line: Line
    parent: str | None
    children: tuple[str, ...]
    own: tuple[Sentence, ...]
    each: tuple[Sentence, ...]

    @property
    def name(self) -> str:
        """The name as its author spelt it."""
        return self.head.name.text

    @property
    def unread(self) -> bool:
        """Something on the line, or the name of one below it, could not be read: what lacks may stand there."""
        return self.line.broken or any(not line.heads for line in self.line.children)


@named
class Handed(Frozen):
    """What a heading (or the policy) hands down, the nearest statement of each kind.

    `leaves`: to leaves, `headings`: to headings, `each`: to leaves by 各项 alone.
    """

    leaves: ByKind
    headings: ByKind
    each: ByKind


@named
class Outline(Frozen):
    """One scheme's drafts by path, parents before children, in the order of the file.

    `unread`: something in the scheme could not be read, `nameless`: not even the name of a line; what is missing may
    stand there. `result`: the path of the first line, None for a scheme without lines. `general`, `each`: the
    policy-wide sentences and the policy-wide `各项`. `named`: the paths that end in a name, by its
    identity. `spoken`: what each line says itself, `handed`: what each heading hands down, None for the policy;
    both by kind of sentence. `repeated`: heads whose name already stands at the same place, with the first one.
    """

    source: Source
    header: Header
    scheme: Scheme
    result: str | None
    drafts: Mapping[str, Draft]
    general: tuple[Sentence, ...]
    each: tuple[Sentence, ...]
    lets: tuple[Let, ...]
    named: Mapping[str, tuple[str, ...]]
    repeated: tuple[tuple[Head, Head], ...]
    unread: bool
    nameless: bool
    spoken: Mapping[str, ByKind]
    handed: Mapping[str | None, Handed]


def outline_of(document: Document, scheme: Scheme) -> Outline:
    """The outline of one scheme of the document."""
    drafts: dict[str, Draft] = {}
    repeated: list[tuple[Head, Head]] = []
    _enter(scheme.lines, None, drafts, repeated)
    result = next(iter(drafts), None)
    general, each = _apart(scheme.bullets)
    if result is not None:
        spoken = tuple(s for s in general if isinstance(s, OF_THE_RESULT))
        drafts[result] = replace(drafts[result], own=(*drafts[result].own, *spoken))
    return Outline(
        source=document.source,
        header=document.header,
        scheme=scheme,
        result=result,
        drafts=drafts,
        general=tuple(s for s in general if not isinstance(s, OF_THE_RESULT)),
        each=each,
        lets=tuple(_lets(general, drafts.values())),
        named=_by_identity(drafts.values()),
        repeated=tuple(repeated),
        unread=scheme.broken or any(line.broken for line in _all_lines(scheme.lines)),
        nameless=any(not line.heads for line in _all_lines(scheme.lines)),
        spoken={path: _by_kind(draft.own) for path, draft in drafts.items()},
        handed=_handed_down(drafts, general, each),
    )


def _enter(
    lines: tuple[Line, ...], parent: str | None, drafts: dict[str, Draft], repeated: list[tuple[Head, Head]]
) -> tuple[str, ...]:
    """Enters the lines below `parent` and what is below them; their paths."""
    paths: list[str] = []
    seen: dict[str, Head] = {}
    for line in lines:
        if not line.heads:  # what stands below a name that could not be read is still known by its own
            _enter(line.children, parent, drafts, repeated)
        for head in line.heads:
            first = seen.setdefault(head.name.identity, head)
            if first is not head:
                repeated.append((first, head))
            path = _free(head.name.text if parent is None else f"{parent}/{head.name.text}", drafts)
            own, each = _apart((*line.sentences, *line.bullets))
            draft = Draft(path=path, head=head, line=line, parent=parent, children=(), own=own, each=each)
            drafts[path] = draft
            children = _enter(line.children, path, drafts, repeated)
            drafts[path] = replace(draft, children=children)
            paths.append(path)
    return tuple(paths)


def _by_kind(sentences: tuple[Sentence, ...]) -> ByKind:
    """The first sentence of each kind."""
    return {type(sentence): sentence for sentence in reversed(sentences)}


def _handed_down(
    drafts: Mapping[str, Draft], general: tuple[Sentence, ...], each: tuple[Sentence, ...]
) -> dict[str | None, Handed]:
    """What every heading hands down: 各项 before its own words, its own before those of the heading above."""
    policy, below = _by_kind(general), _by_kind(each)
    handed: dict[str | None, Handed] = {None: Handed(leaves={**policy, **below}, headings=policy, each=below)}
    for path, draft in drafts.items():
        if draft.line.children:
            above, own, defaults = handed[draft.parent], _by_kind(draft.own), _by_kind(draft.each)
            handed[path] = Handed(
                leaves={**above.leaves, **own, **defaults},
                headings={**above.headings, **own},
                each={**above.each, **defaults},
            )
    return handed


def _all_lines(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _all_lines(line.children)


def _free(path: str, drafts: Mapping[str, Draft]) -> str:
    """A path nobody has yet; a name said twice is reported and still keeps its own place."""
    return path if path not in drafts else _free(path + " ", drafts)


def _apart(sentences: Iterable[Sentence]) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """What is said here, and what `各项` says for the leaves below."""
    here, below = list[Sentence](), list[Sentence]()
    for sentence in sentences:
        if isinstance(sentence, Each):
            below.extend(sentence.sentences)
        else:
            here.append(sentence)
    return tuple(here), tuple(below)


def _lets(general: tuple[Sentence, ...], drafts: Iterable[Draft]) -> Iterator[Let]:
    yield from said_all(general, Let)
    lines: set[int] = set()
    for draft in drafts:
        if id(draft.line) not in lines:  # the heads of a group line share one line
            lines.add(id(draft.line))
            yield from said_all(draft.own, Let)


def _by_identity(drafts: Iterable[Draft]) -> dict[str, tuple[str, ...]]:
    named: dict[str, list[str]] = {}
    for draft in drafts:
        named.setdefault(draft.head.name.identity, []).append(draft.path)
    return {identity: tuple(paths) for identity, paths in named.items()}


# ---------------------------------------------------------------- what was said


def said(sentences: Iterable[Sentence], kind: type[S]) -> S | None:
    """The first of the sentences that is of this kind."""
    for sentence in sentences:  # asked of every line many times: as fast as can be
        if isinstance(sentence, kind):
            return sentence
    return None


def said_all(sentences: Iterable[Sentence], kind: type[S]) -> tuple[S, ...]:
    """All of the sentences that are of this kind."""
    return tuple([s for s in sentences if isinstance(s, kind)])


def layers(outline: Outline, draft: Draft) -> Iterator[tuple[Sentence, ...]]:
    """Who may speak for the draft, the nearest first: its line, then 各项 and heading above it, and so on outward."""
    leaf = not draft.children
    yield draft.own
    for above in ancestors(outline, draft):
        if leaf:
            yield above.each
        yield above.own
    if leaf:
        yield outline.each
    yield outline.general


def nearest(outline: Outline, draft: Draft, kind: type[S]) -> S | None:
    """The nearest statement of this kind: line, then 各项, then heading, outward, then policy."""
    found = outline.spoken[draft.path].get(kind)
    if found is None:
        handed = outline.handed[draft.parent]
        found = (handed.headings if draft.children else handed.leaves).get(kind)
    return found if isinstance(found, kind) else None


def default(outline: Outline, draft: Draft, kind: type[S]) -> S | None:
    """What the line says, else what the nearest 各项 says for its leaves; headings do not speak for it."""
    found = outline.spoken[draft.path].get(kind)
    if found is None and not draft.children:
        found = outline.handed[draft.parent].each.get(kind)
    return found if isinstance(found, kind) else None


def of_value(outline: Outline, draft: Draft, kind: type[S]) -> S | None:
    """What is said of the line's own value: a formula's on its line alone, a leaf's by 各项 too; a heading has none."""
    if draft.line.formula is not None:
        return said(draft.own, kind)
    return None if draft.children else default(outline, draft, kind)


def own_layers(outline: Outline, draft: Draft) -> Iterator[tuple[Sentence, ...]]:
    """The line and every 各项 above it, the nearest first."""
    yield draft.own
    if not draft.children:
        for above in ancestors(outline, draft):
            yield above.each
        yield outline.each


def ancestors(outline: Outline, draft: Draft) -> Iterator[Draft]:
    """The headings above the draft, the nearest first."""
    path = draft.parent
    while path is not None:
        above = outline.drafts[path]
        yield above
        path = above.parent


# ---------------------------------------------------------------- names


def matches(outline: Outline, names: tuple[Name, ...]) -> tuple[str, ...]:
    """The paths a written name may mean: the last name's lines that stand below all the others, in order."""
    candidates = outline.named.get(names[-1].identity, ())
    if len(names) == 1:
        return candidates
    return tuple(path for path in candidates if _stands_below(outline, path, names[:-1]))


def _stands_below(outline: Outline, path: str, names: tuple[Name, ...]) -> bool:
    wanted = list(reversed(names))
    for above in ancestors(outline, outline.drafts[path]):
        if wanted and above.head.name.identity == wanted[0].identity:
            wanted.pop(0)
    return not wanted


def parts(outline: Outline, draft: Draft) -> tuple[Draft, ...]:
    """The lines below that count: those said to be for information only do not."""
    below = (outline.drafts[path] for path in draft.children)
    return tuple(part for part in below if said(part.own, InformationOnly) is None)
