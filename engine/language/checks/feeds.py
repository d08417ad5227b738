"""Which `measures:` sentence feeds which line: keys are names, paths or [keys] of a scheme."""

from collections.abc import Iterator, Mapping

from engine.language.checks.cells import Cell
from engine.language.checks.outline import Outline
from engine.language.syntax import MeasureSentence
from engine.language.text import identity
from engine.values import Frozen, named


@named
class Feeds(Frozen):
    """The `measures:` part as one scheme sees it.

    `sentences`: by the path of the measure it computes. `meant`: for each key the paths it may
    mean, none or several of which are reported. `unread`: the paths whose sentence could not be read.
    """

    sentences: Mapping[str, MeasureSentence]
    meant: Mapping[str, tuple[str, ...]]
    unread: frozenset[str]


def feeds_of(outline: Outline, cells: Mapping[str, Cell]) -> Feeds:
    """The keys of `measures:` resolved in one scheme."""
    known: dict[str, list[str]] = {}
    for path, spelling in _spellings(outline, cells):
        paths = known.setdefault(identity(spelling), [])
        if path not in paths:
            paths.append(path)
    meant = {key: tuple(known.get(identity(key), ())) for key in outline.header.measures}
    return Feeds(
        sentences={paths[0]: outline.header.measures[key] for key, paths in meant.items() if len(paths) == 1},
        meant=meant,
        unread=frozenset(
            path
            for key in outline.header.measure_spans
            if key not in outline.header.measures
            for path in known.get(identity(key), ())
        ),
    )


def _spellings(outline: Outline, cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    """Each measure's path with everything a policy may call it."""
    for path, draft in outline.drafts.items():
        if draft.children or draft.line.formula is not None:
            continue
        cell = cells.get(path)
        if cell is None or cell.reads_own:
            yield from ((path, spelling) for spelling in (path, path.replace("/", "."), draft.name))
            if draft.head.key is not None:
                yield path, draft.head.key
        for asked, name in cell.asked if cell else ():
            yield from ((asked, spelling) for spelling in (asked, f"{draft.name}/{name}", f"{draft.name}.{name}", name))
