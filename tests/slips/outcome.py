"""What becomes of a policy with a slip in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from engine.diagnostics import Diagnostic
from engine.language.policy import CheckedScheme, Computed, Indicator, Policy
from engine.language.policy_file import PolicyFile, read_policy
from engine.language.syntax import Kind
from engine.language.text import identity
from engine.source import Source, Span
from engine.values import Frozen
from tests.slips.kinds import Edit

UNDERSTOOD, TOLD, WARNED, PLAIN, OTHER, MISPLACED = OUTCOMES = (
    "understood as meant",
    "error within one line",
    "warning within one line",
    "silent: a name or number",
    "silent: other",
    "error elsewhere",
)
# What is no part of the meaning: where a thing stands, how the policy words it, and notes.
_NO_MEANING = frozenset({"sentence", "source", "notes"})
# Who collects, who is told, which clause: words, said or not.
_WORDS = frozenset({"owner", "feedback", "clause"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip in a text, what was found, and what became of it (one of OUTCOMES)."""

    lines: range
    found: tuple[Diagnostic, ...]
    outcome: str


def meaning(policy: Policy, *, in_order: bool = True) -> Any:
    """What a checked policy says, without places and wording; names as the language compares them.

    `in_order`: lines side by side as they follow each other; else by their names.
    """
    schemes = tuple(_scheme(scheme, in_order=in_order) for scheme in policy.schemes)
    return (_meant(policy.header, {}), schemes)


def _scheme(scheme: CheckedScheme, *, in_order: bool) -> Any:
    """A formula says itself what it is made of, and a line for information is part of nothing.

    Where such a line stands is layout, so it has its name for its path where no other line is called so.
    """
    indicators = scheme.indicators
    computed = [one for one in indicators.values() if isinstance(one.value, Computed)]
    free = {path for path, one in indicators.items() if not one.counts or "/" not in path}
    free |= {child for one in computed for child in one.children}
    called = Counter(one.name for one in indicators.values())
    names = {path: indicators[path].name for path in free if called[indicators[path].name] == 1}

    def below(one: Indicator) -> tuple[str, ...]:
        counted = [] if one in computed else [child for child in one.children if child not in free]
        return tuple(counted if in_order else sorted(counted, key=identity))

    ordered = sorted(indicators.values(), key=lambda one: one.path in free)
    lines = [_meant(replace(one, children=below(one)), names) for one in ordered]
    said = tuple(_meant(one, names) for one in (scheme.result, scheme.rounding, scheme.grade_on_rounded))
    return (identity(scheme.name), *said, tuple(lines if in_order else sorted(lines, key=repr)))


def _meant(thing: object, names: Mapping[str, str]) -> Any:
    """`names`: what the indicators of these paths are called."""
    match thing:
        case Frozen():
            told = ((f.name, getattr(thing, f.name)) for f in fields(cast("Any", thing)) if f.name not in _NO_MEANING)
            worded = ((name, _worded(value) if name in _WORDS else value) for name, value in told)
            kept = ((name, _meant(value, names)) for name, value in worded if not name.endswith(("span", "spans")))
            return (type(thing).__name__, *kept)
        case Mapping():
            pairs = cast("Mapping[object, object]", thing)
            return tuple((_meant(key, names), _meant(value, names)) for key, value in pairs.items())
        case tuple():
            return tuple(_meant(one, names) for one in cast("tuple[object, ...]", thing))
        case str():
            return identity(names.get(thing, thing))
        case Kind.POINTS:  # the observed points of a line are its score
            return Kind.SCORE
        case Span() | Source():
            return None
        case _:
            return thing


def _worded(said: object) -> str:
    return "、".join(cast("tuple[str, ...]", said)) if isinstance(said, tuple) else str(said or "")


def _differences(one: object, other: object) -> Iterator[tuple[object, object]]:
    """The leaves in which two meanings differ; where their shapes differ, the whole."""
    a, b = _parts(one), _parts(other)
    if a and len(a) == len(b):
        for x, y in zip(a, b, strict=True):
            yield from _differences(x, y)
    elif one != other or type(one) is not type(other):
        yield one, other


def _parts(thing: object) -> tuple[object, ...]:
    return cast("tuple[object, ...]", thing) if isinstance(thing, tuple) else ()


def _plain(differences: Iterable[tuple[object, object]]) -> bool:
    """Whether nothing but names, numbers and days differ."""
    return all(
        (type(a) is type(b) and isinstance(a, str | Fraction | int | date) and not isinstance(a, bool))
        or (_of_days(a) and _of_days(b))
        for a, b in differences
    )


def _of_days(thing: object) -> bool:
    """The days of a calendar: a range with another end has more or fewer of them."""
    return isinstance(thing, tuple) and all(isinstance(one, date) for one in _parts(cast("object", thing)))


def _near(found: Iterable[Diagnostic], lines: range) -> bool:
    """Whether a finding, or a place it names besides its own, is on the slip's lines or beside them."""
    return any(lines.start - 1 <= place.line <= lines.stop for one in found for place in (one.place, *one.related))


def read(path: Path, text: str) -> PolicyFile:
    """A text as a policy file."""
    path.write_text(text, encoding="utf-8", newline="")
    return read_policy(path)


def outcome(path: Path, text: str, meant: Policy, edit: Edit) -> Slip:
    """What becomes of a text with this slip, beside what the policy means without it."""
    slipped = edit.made(text)
    first = text.count("\n", 0, edit.start) + 1
    lines = range(first, first + edit.typed.count("\n") + 1)
    got = read(path, slipped)
    return Slip(lines=lines, found=got.diagnostics, outcome=_judged(got, meant, lines))


def _judged(got: PolicyFile, meant: Policy, lines: range) -> str:
    if got.policy is None:
        return TOLD if _near(got.diagnostics, lines) else MISPLACED
    change = changed(meant, got.policy)
    return WARNED if change is not UNDERSTOOD and _near(got.diagnostics, lines) else change


def changed(meant: Policy, said: Policy) -> str:
    """What of a policy is changed in another: nothing, names and numbers alone, or more."""
    if meaning(said) == meaning(meant) or meaning(said, in_order=False) == meaning(meant, in_order=False):
        return UNDERSTOOD
    return PLAIN if _plain(_differences(meaning(meant), meaning(said))) else OTHER
