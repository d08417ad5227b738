"""Calculations as one writes them on paper: with names, and with the numbers in their place."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from engine.language.policy import Computed, Constant, Formula, Operation, Ref
from engine.report.numbers import marked

_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3}

# All of them are in GBK, the character set of many Chinese consoles.
MINUS, TIMES, OVER = "-", "×", "÷"
_SIGNS = {"+": "+", "-": MINUS, "*": TIMES, "/": OVER}


def written(computed: Computed, spell: Callable[[str], str]) -> str:
    """The formula with each reference spelt by `spell` (its name, or its number)."""
    return _written(computed.formula, spell, 0)


def _written(formula: Formula, spell: Callable[[str], str], around: int) -> str:
    match formula:
        case Constant(amount=amount):
            return signed(amount)
        case Ref(path=path):
            return spell(path)
        case Operation(operator=operator, operands=operands):
            return _operation(operator, operands, spell, around)


def _operation(operator: str, operands: Sequence[Formula], spell: Callable[[str], str], around: int) -> str:
    if operator not in _BINDS:
        return f"{operator}({', '.join(_written(o, spell, 0) for o in operands)})"
    binds = _BINDS[operator]
    if operator == "neg":
        text = MINUS + _written(operands[0], spell, binds)
    else:
        # The right side of - and ÷ keeps its brackets: a - (b + c).
        first, *rest = operands
        told = [_written(first, spell, binds), *(_written(o, spell, binds + 1) for o in rest)]
        text = f" {_SIGNS[operator]} ".join(told)
    return f"({text})" if binds < around else text


def signed(number: Fraction) -> str:
    """A number inside a calculation: a negative one in brackets."""
    return f"({MINUS}{marked(-number)})" if number < 0 else marked(number)


def total(numbers: Sequence[Fraction]) -> str:
    """`0.5 + 1 + 0`."""
    return " + ".join(signed(number) for number in numbers)


def weighted(terms: Sequence[tuple[Fraction, Fraction]]) -> str:
    """`84 × 40% + 90 × 60%` from scores and shares of one."""
    return " + ".join(f"{signed(score)} {TIMES} {marked(share * 100)}%" for score, share in terms)


def mean(numbers: Sequence[Fraction]) -> str:
    """`(84 + 90) ÷ 2`; a single number stands alone."""
    return signed(numbers[0]) if len(numbers) == 1 else f"({total(numbers)}) {OVER} {len(numbers)}"
