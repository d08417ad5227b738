"""The checks, in the order of their codes, and the one function that runs them."""

from collections.abc import Callable, Iterator

from engine.diagnostics import Diagnostic, in_order
from engine.language.checks import bands, names, sums, weights
from engine.language.checks.build import build
from engine.language.checks.resolution import Resolution, resolve
from engine.language.policy import Document, Policy

Check = Callable[[Resolution], Iterator[Diagnostic]]
DocumentCheck = Callable[[Document, tuple[Resolution, ...]], Iterator[Diagnostic]]

# Of one scheme.
CHECKS: tuple[Check, ...] = (
    names.unknown_names,
    names.unknown_values,
    names.unknown_grades,
    names.ambiguous_names,
    names.repeated_names,
    names.circles,
    names.unused_lines,
    weights.weights_add_up,
    weights.weights_are_alike,
    weights.weights_are_complete,
    weights.weights_are_used,
    weights.normalised_total,
    sums.shares_add_up,
    sums.points_add_up,
    sums.headings_keep_their_points,
    sums.lines_are_counted,
    bands.bands_tile,
    bands.bands_have_a_score,
    bands.vetoes_stay_on_scale,
    bands.letters_follow,
)


def check(document: Document) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """The checked policy, None where there is an error; and every finding, in the order of the file."""
    resolutions = tuple(resolve(document, scheme) for scheme in document.schemes)
    found = [d for resolution in resolutions for one in CHECKS for d in one(resolution)]
    diagnostics = in_order(found)
    if any(d.severity == "error" for d in diagnostics) or not all(r.outline.result for r in resolutions):
        return None, diagnostics
    return Policy(
        source=document.source, header=document.header, schemes=tuple(build(r) for r in resolutions)
    ), diagnostics
