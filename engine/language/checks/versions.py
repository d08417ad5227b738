"""Versions of one policy beside each other: no day with two of them, no day without one, no version twice (E805–E808).

These checks look at several files, and only at those of one folder that have the same id.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import PurePath

from engine.diagnostics import Diagnostic
from engine.language.version import Version

_DAY = timedelta(days=1)


def versions_fit(versions: Sequence[Version]) -> tuple[Diagnostic, ...]:
    """What is wrong with the versions of every policy of which there are several in a folder."""
    families: dict[tuple[str, str], list[Version]] = {}
    for version in versions:
        families.setdefault((str(PurePath(version.effective.file).parent), version.id), []).append(version)
    return tuple(d for family in families.values() if len(family) > 1 for d in _fit(family))


def _fit(family: Sequence[Version]) -> Iterator[Diagnostic]:
    ordered = sorted(family, key=lambda one: (_begin(one), _end(one), one.effective.file))
    yield from _overlaps(ordered)
    yield from _gaps(ordered)
    yield from _twice(ordered)


def _begin(version: Version) -> date:
    return version.begin or date.min


def _end(version: Version) -> date:
    return version.end or date.max


def _overlaps(ordered: Sequence[Version]) -> Iterator[Diagnostic]:
    """E805: two versions hold on the same day. `open`: the earlier one never ends; `undated`: both have always held."""
    for earlier, later in combinations(ordered, 2):
        if _begin(later) > _end(earlier):
            continue
        args = {"version": earlier.label, "later": later.label, "day": _begin(later).isoformat()}
        if _begin(earlier) == _begin(later):
            case = "same" if later.begin else "undated"
            yield _beside("E805", later, earlier, case=case, **args)
            continue
        last = (_begin(later) - _DAY).isoformat()
        yield _beside("E805", earlier, later, case="" if earlier.end else "open", last=last, **args)


def _gaps(ordered: Sequence[Version]) -> Iterator[Diagnostic]:
    """W806: on some days between two versions none holds; either of them may accept it."""
    until = ordered[0]
    for later in ordered[1:]:
        accepted = "W806" in (*until.accepted, *later.accepted)
        if until.end is not None and until.end + _DAY < _begin(later) and not accepted:
            days = {"first": until.end + _DAY, "last": _begin(later) - _DAY}
            told = {name: day.isoformat() for name, day in days.items()}
            yield _beside("W806", later, until, version=until.label, later=later.label, **told)
        until = max(until, later, key=_end)


def _twice(ordered: Sequence[Version]) -> Iterator[Diagnostic]:
    """E808: two files call themselves the same version."""
    first: dict[str, Version] = {}
    for version in ordered:
        before = first.setdefault(version.label, version)
        if before is not version:
            args = {"version": version.label}
            yield Diagnostic(code="E808", place=version.labelled, related=(before.labelled,), args=args)


def _beside(code: str, one: Version, other: Version, *, case: str = "", **args: str) -> Diagnostic:
    return Diagnostic(code=code, case=case, place=one.effective, related=(other.effective,), args=args)
