"""Printed figures held against the result: a deviation is a warning at the printed figure, and never changes a score.

A figure is compared as it was printed: with the reported (rounded) score, with full marks less that score, with the
place among the others. Where it can be told why the two differ, the warning says so.
"""

from collections.abc import Iterator, Mapping, Sequence

from engine.data.contract import Printed, Records
from engine.data.headers import closest, plain
from engine.data.periods import parse_period
from engine.diagnostics import Diagnostic
from engine.evaluation.deviations import Held, deviation, unprinted_ranks
from engine.evaluation.ranking import indicators_ranked, units_ranked
from engine.evaluation.result import Assessment
from engine.language.policy import CheckedScheme, Policy
from engine.source import place_of


def control_findings(policy: Policy, records: Records, assessments: Sequence[Assessment]) -> tuple[Diagnostic, ...]:
    """W951-W954 for printed figures that are not what the data give, W955 for those that speak of nothing assessed.

    Figures of another period than the assessed one are left alone; those of the policy are of its own period.
    """
    assessed = records.period.text if records.period is not None else None
    every = (*_of_policy(policy), *records.printed)
    printed = [figure for figure in every if figure.period is None or assessed in (None, figure.period.text)]
    if not printed:
        return ()
    ranked = [one for scheme in policy.schemes for one in _ranked(policy, scheme, assessments)]
    found: list[Diagnostic] = []
    held: list[Held] = []
    for figure in printed:
        matches = [match for scheme in policy.schemes for match in _matches(policy, scheme, figure, ranked)]
        held += [Held(printed=figure, scheme=s, assessment=a, path=path) for s, a, path in matches]
        if not matches:
            found.append(_astray(policy, figure))
    for one in held:
        found += deviation(one, held, records.values)
    return (*_once(found), *unprinted_ranks(held))


def _ranked(policy: Policy, scheme: CheckedScheme, assessments: Sequence[Assessment]) -> list[Assessment]:
    """The assessments of a scheme with all ranks, whether the report shows them or not."""
    own = tuple(a for a in assessments if a.scheme == scheme.name)
    return [indicators_ranked(scheme, a) for a in units_ranked(len(policy.header.units), own)]


def _of_policy(policy: Policy) -> Iterator[Printed]:
    """The figures of the policy's `control:`; `check` has seen to its weights."""
    period = parse_period(policy.header.period_on or "")
    for control in policy.header.controls:
        if control.role not in ("weight", "weights"):
            yield Printed(
                source="",
                name=control.name,
                role=control.role,
                amount=control.amount,
                text=control.text,
                place=place_of(policy.source, control.span),
                name_place=place_of(policy.source, control.name_span),
                unit=control.unit,
                period=period,
                scheme=control.scheme,
            )


# ---------------------------------------------------------------- of what a figure speaks


def _matches(
    policy: Policy, scheme: CheckedScheme, figure: Printed, assessments: Sequence[Assessment]
) -> Iterator[tuple[CheckedScheme, Assessment, str]]:
    """The assessments of a scheme, each with the indicator, that the figure speaks of."""
    path = _path(scheme, figure.name) if figure.scheme in (None, scheme.name) else None
    if path is None:
        return
    own = [a for a in assessments if a.scheme == scheme.name]
    for assessment in own:
        alone = len(own) == 1 or not policy.header.units
        same_unit = dict(assessment.unit) == dict(figure.unit) or (alone and not figure.unit)
        same_segment = dict(assessment.segment) == dict(figure.segment)
        if same_unit and same_segment:
            yield scheme, assessment, path


def _path(scheme: CheckedScheme, name: str) -> str | None:
    """The one indicator called so: by its path, the end of it, its key or its name."""
    wanted = plain(name)
    found = [path for path, spellings in _spellings(scheme).items() if wanted in spellings]
    return found[0] if len(found) == 1 else None


def _spellings(scheme: CheckedScheme) -> Mapping[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for path, indicator in scheme.indicators.items():
        parts = path.split("/")
        ends = ["/".join(parts[n:]) for n in range(len(parts))]
        named[path] = tuple(plain(name) for name in (*ends, indicator.name, indicator.key) if name)
    return named


def _astray(policy: Policy, figure: Printed) -> Diagnostic:
    """W955: nothing assessed is called so, or there is no result for its unit."""
    schemes = [s for s in policy.schemes if figure.scheme in (None, s.name)]
    if any(_path(scheme, figure.name) is not None for scheme in schemes):
        unit = "/".join((*figure.unit.values(), *figure.segment.values()))
        args = {"name": figure.name, "unit": unit}
        case = "unit" if unit else "whole"
        return Diagnostic(code="W955", case=case, place=figure.name_place, args=args)
    names = {plain(i.name): i.name for scheme in schemes for i in scheme.indicators.values()}
    close = closest(plain(figure.name), list(names))
    hint = names[close] if close else None
    return Diagnostic(code="W955", place=figure.name_place, args={"name": figure.name}, hint=hint)


def _once(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once: a name that stands nowhere has several figures."""
    return tuple({(str(d.place), d.code, d.case): d for d in found}.values())
