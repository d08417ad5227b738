"""A formula whose names are resolved: constants, references by path, operations."""

from fractions import Fraction

from engine.values import Frozen, named


@named
class Constant(Frozen):
    """A number in a formula; percentages are already divided by 100."""

    amount: Fraction


@named
class Ref(Frozen):
    """The score (or, for a bare measure, the value) of the indicator at `path`."""

    path: str


@named
class Operation(Frozen):
    """`operator` over its operands in order: one of + - * / ^, neg, the value of a `syntax.Function`, or `if` and a
    comparison (`if >=`: left, right, what holds then, what holds otherwise).
    """

    operator: str
    operands: tuple["Formula", ...]


Formula = Constant | Ref | Operation
