"""The calculation as a tree: each indicator beside its result, above what it is made of.

Nothing is computed again: an entry only brings together what the policy says and what the
evaluation found, in the order in which somebody would check it with a pencil.
"""

from dataclasses import dataclass
from fractions import Fraction

from engine.evaluation.ladder import parts_of
from engine.evaluation.result import Assessment, NodeResult
from engine.language.policy import CheckedScheme, GradeBand, Indicator, VetoRule
from engine.language.text import identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a graded value lies in its band.

    `value`: what the grade is read off. `lower` / `higher`: the neighbouring bands, None at the ends of the scale.
    """

    value: Fraction
    band: GradeBand
    lower: GradeBand | None
    higher: GradeBand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One indicator of the calculation.

    `parts`: what its score is made of. `vetoes`: what each veto looks at. `again`: it was shown before, with its
    parts, and is only named here.
    """

    indicator: Indicator
    node: NodeResult
    parts: tuple["Entry", ...] = ()
    vetoes: tuple[tuple[VetoRule, NodeResult], ...] = ()
    standing: Standing | None = None
    again: bool = False


def trace(scheme: CheckedScheme, assessment: Assessment, path: str | None = None) -> Entry:
    """The calculation of the indicator at `path` (None: of the result)."""
    nodes = {node.path: node for node in assessment.nodes}
    return _entry(scheme, nodes, path or scheme.result, set())


def besides(scheme: CheckedScheme, assessment: Assessment) -> tuple[Entry, ...]:
    """What was measured but is no part of the result: what vetoes look at, and what is for information only."""
    nodes = {node.path: node for node in assessment.nodes}
    shown: set[str] = set()
    _entry(scheme, nodes, scheme.result, shown)
    below = {part for indicator in scheme.indicators.values() for part in parts_of(scheme, indicator)}
    heads = [path for path in nodes if path not in shown | below and not scheme.indicators[path].asked]
    return tuple(_entry(scheme, nodes, path, shown) for path in heads)


def _entry(scheme: CheckedScheme, nodes: dict[str, NodeResult], path: str, shown: set[str]) -> Entry:
    indicator, node = scheme.indicators[path], nodes[path]
    if path in shown:
        return Entry(indicator=indicator, node=node, again=True)
    shown.add(path)
    return Entry(
        indicator=indicator,
        node=node,
        parts=tuple(_entry(scheme, nodes, part, shown) for part in parts_of(scheme, indicator)),
        vetoes=tuple((veto, nodes[veto.path]) for veto in indicator.vetoes),
        standing=standing(scheme, indicator, node),
    )


def standing(scheme: CheckedScheme, indicator: Indicator, node: NodeResult) -> Standing | None:
    """Where the graded value lies among the indicator's bands; None without grade or where a veto forced it."""
    graded = node.reported if scheme.grade_on_rounded else node.score
    if graded is None or node.grade_before_veto not in (None, node.grade):
        return None
    band = next((band for band in indicator.bands if band.label == node.grade), None)
    if band is None:
        return None
    touching = [b for b in indicator.bands if b is not band]
    return Standing(
        value=graded,
        band=band,
        lower=next((b for b in touching if b.high is not None and b.high == band.low), None),
        higher=next((b for b in touching if b.low is not None and b.low == band.high), None),
    )


def find(scheme: CheckedScheme, text: str) -> tuple[Indicator, ...]:
    """The indicators meant by a path (its steps joined by / or .), a key, a name or the end of a path; several may
    share a name.
    """
    for spelling in (_path, _key, _name):
        found = tuple(i for i in scheme.indicators.values() if spelling(i) == _step(text))
        if found:
            return found
    return tuple(i for i in scheme.indicators.values() if _path(i).endswith(f"/{_step(text)}"))


def known_names(scheme: CheckedScheme) -> tuple[str, ...]:
    """Every name, key and path that `find` knows, each once."""
    return tuple({name: None for i in scheme.indicators.values() for name in (i.name, i.key, i.path) if name})


def _step(text: str) -> str:
    return identity(text).replace(".", "/")


def _path(indicator: Indicator) -> str:
    return _step(indicator.path)


def _key(indicator: Indicator) -> str | None:
    return _step(indicator.key) if indicator.key else None


def _name(indicator: Indicator) -> str:
    return _step(indicator.name)
