"""Everything that can be said of one scheme before it is judged, in the order in which it follows."""

from collections.abc import Mapping

from engine.language.checks.cells import Cell, cell_of
from engine.language.checks.feeds import Feeds, feeds_of
from engine.language.checks.marks import marks_of
from engine.language.checks.measures import Measure, measures_of
from engine.language.checks.methods import methods_of
from engine.language.checks.outline import Draft, Outline, outline_of
from engine.language.checks.ranges import Marks
from engine.language.checks.references import References, references_of
from engine.language.policy import Document, Value
from engine.language.syntax import Scheme
from engine.values import Frozen, named


@named
class Resolution(Frozen):
    """One scheme, resolved as far as it can be: what could not be is None or absent, and reported by a check.

    `methods`: how each heading combines; `cells`: the rules of each line; `measures`: what is
    collected; `marks`: the range of each score. All by path.
    """

    outline: Outline
    references: References
    methods: Mapping[str, Value | None]
    cells: Mapping[str, Cell]
    feeds: Feeds
    measures: Mapping[str, Measure]
    marks: Mapping[str, Marks | None]

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All lines, in the order of the file."""
        return tuple(self.outline.drafts.values())

    @property
    def leaves(self) -> tuple[Draft, ...]:
        """The lines with neither lines below nor a formula."""
        return tuple(draft for draft in self.drafts if not draft.children and draft.line.formula is None)

    @property
    def headings(self) -> tuple[Draft, ...]:
        """The lines with lines below and no formula."""
        return tuple(draft for draft in self.drafts if draft.children and draft.line.formula is None)


def resolve(document: Document, scheme: Scheme) -> Resolution:
    """The resolution of one scheme; never fails."""
    outline = outline_of(document, scheme)
    references = references_of(outline)
    methods = methods_of(outline)
    cells = {path: cell for path, draft in outline.drafts.items() if (cell := cell_of(outline, draft)) is not None}
    feeds = feeds_of(outline, cells)
    measures = measures_of(outline, cells, methods, feeds)
    return Resolution(
        outline=outline,
        references=references,
        methods=methods,
        cells=cells,
        feeds=feeds,
        measures=measures,
        marks=marks_of(outline, references, methods, cells, measures),
    )
