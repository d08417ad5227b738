"""Plain frozen data: the decorator and base of the house's many small classes.

`@dataclass(frozen=True)` writes and compiles six methods anew for each class; with the hundred
kinds of node of the language that was a third of what `rubric check` may take. Here equality,
hash, text and frozenness are written once, and only `__init__` is left to the decorator. Every
room on the path of `check` uses it; data and evaluation, which load far more, keep the plain decorator.
"""

from dataclasses import FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, cast, dataclass_transform

T = TypeVar("T")


class Frozen:
    """Equal to its like when all fields that compare are; a field is set once and never again."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, name):
            raise FrozenInstanceError(name)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _said(self) == _said(other)

    def __hash__(self) -> int:
        return hash((type(self), *_said(self)))

    def __repr__(self) -> str:
        said = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(cast("Any", self)) if f.repr)
        return f"{type(self).__name__}({said})"


def _said(value: object) -> tuple[object, ...]:
    """What two equal values have in common: all fields but those that do not compare."""
    return tuple(getattr(value, f.name) for f in fields(cast("Any", value)) if f.compare)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def positional(kind: type[T]) -> type[T]:
    """A frozen, slotted value whose fields may be given by position."""
    return dataclass(slots=True, eq=False, repr=False)(kind)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def named(kind: type[T]) -> type[T]:
    """A frozen, slotted value whose fields are given by name."""
    return dataclass(slots=True, eq=False, repr=False, kw_only=True)(kind)
