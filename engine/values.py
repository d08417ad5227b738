"""Plain frozen data: the decorators and base of the house's many small classes.

`@dataclass(frozen=True)` writes and compiles seven methods anew for each class; with the hundred
kinds of node of the language that was a third of what `rubric check` may take. Here they are written
once, and the decorator of the standard library only collects the fields. Every room on the path of
`check` uses it; data and evaluation, which load far more, keep the plain decorator.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

_put = object.__setattr__


class Frozen:
    """Equal to its like when all fields that compare are; a field is set once and never again."""

    __slots__ = ()

    _fields: ClassVar[tuple[str, ...]]
    _compared: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[Mapping[str, object]]
    _made_afresh: ClassVar[Mapping[str, Callable[[], object]]]
    __match_args__: ClassVar[tuple[str, ...]]  # the fields that may be given by position

    def __init__(self, *given: object, **named: object) -> None:
        if given:
            for name, value in zip(self.__match_args__[: len(given)], given, strict=True):
                _put(self, name, value)
        for name, value in named.items():
            _put(self, name, value)
        if len(given) + len(named) != len(self._fields):
            self._complete({*self.__match_args__[: len(given)], *named}, len(given) + len(named))

    def _complete(self, said: set[str], count: int) -> None:
        """Give the fields of which nothing was said their defaults."""
        for name in self._fields:
            if name in said:
                continue
            if name in self._defaults:
                _put(self, name, self._defaults[name])
            elif name in self._made_afresh:
                _put(self, name, self._made_afresh[name]())
            else:
                raise TypeError(f"{type(self).__name__} is not given {name}")
        if len(said) != count:
            raise TypeError(f"{type(self).__name__} is given more than its fields")

    def __setattr__(self, name: str, value: object) -> None:
        if hasattr(self, name):
            raise FrozenInstanceError(name)
        _put(self, name, value)

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(getattr(self, n) == getattr(other, n) for n in self._compared)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self._compared)))

    def __repr__(self) -> str:
        said = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(cast("Any", self)) if f.repr)
        return f"{type(self).__name__}({said})"

    @classmethod
    def describe(cls) -> None:
        """Note on the class what its instances must know of its fields."""
        every = fields(cast("Any", cls))
        cls._fields = tuple(f.name for f in every)
        cls._compared = tuple(f.name for f in every if f.compare)
        cls._defaults = {f.name: f.default for f in every if f.default is not MISSING}
        cls._made_afresh = {f.name: f.default_factory for f in every if f.default_factory is not MISSING}


T = TypeVar("T", bound=Frozen)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def positional(kind: type[T]) -> type[T]:
    """A frozen, slotted value whose fields may be given by position."""
    made = dataclass(init=False, slots=True, eq=False, repr=False)(kind)
    made.describe()
    return made


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def named(kind: type[T]) -> type[T]:
    """A frozen, slotted value whose fields are given by name."""
    made = dataclass(init=False, slots=True, eq=False, repr=False, kw_only=True)(kind)
    made.describe()
    return made
