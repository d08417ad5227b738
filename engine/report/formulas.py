"""Calculations as one writes them on paper: with names, and with the numbers in their place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.diagnostics import Lang
from engine.language.formulas import Constant, Formula, Operation, Ref
from engine.language.policy import Computed
from engine.report.numbers import marked
from engine.report.words import word
from engine.report.words_of_calculations import FUNCTIONS

_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4}

# All of them are in GBK, the character set of many Chinese consoles.
MINUS, TIMES, OVER = "-", "×", "÷"
_SIGNS = {"+": "+", "-": MINUS, "*": TIMES, "/": OVER, "^": "^"}
_COMPARISONS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a reference is spelt (its name, or its number), and in which language functions are named."""

    reference: Callable[[str], str]
    lang: Lang


def written(computed: Computed, spelling: Spelling) -> str:
    """The formula of an indicator as one line."""
    return _written(computed.formula, spelling, 0)


def _written(formula: Formula, spelling: Spelling, around: int) -> str:
    match formula:
        case Constant(amount=amount):
            return signed(amount)
        case Ref(path=path):
            return spelling.reference(path)
        case Operation(operator=operator, operands=operands):
            return _operation(operator, operands, spelling, around)


def _operation(operator: str, operands: Sequence[Formula], spelling: Spelling, around: int) -> str:
    if operator in FUNCTIONS:
        inside = ", ".join(_written(operand, spelling, 0) for operand in operands)
        return f"{word(FUNCTIONS[operator], spelling.lang)}({inside})"
    if operator.startswith("if "):
        left, right, *cases = (_written(operand, spelling, 0) for operand in operands)
        sign = operator.removeprefix("if ")
        inside = ", ".join((f"{left} {_COMPARISONS.get(sign, sign)} {right}", *cases))
        return f"{word(FUNCTIONS['if'], spelling.lang)}({inside})"
    binds = _BINDS[operator]
    if operator == "^":
        base, exponent = operands
        text = f"{_written(base, spelling, binds + 1)}^{_written(exponent, spelling, binds)}"
    elif operator == "neg":
        text = MINUS + _written(operands[0], spelling, binds)
    else:
        # The right side of - and ÷ keeps its brackets: a - (b + c).
        first, *rest = operands
        told = [_written(first, spelling, binds), *(_written(operand, spelling, binds + 1) for operand in rest)]
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


def powers(terms: Sequence[tuple[Fraction, Fraction]]) -> str:
    """`80^60% × 50^40%` from scores and shares of one, `(80 × 50)^(1 ÷ 2)` where the shares are the same."""
    if len(terms) > 1 and len({share for _, share in terms}) == 1:
        return f"({f' {TIMES} '.join(signed(score) for score, _ in terms)})^(1 {OVER} {len(terms)})"
    return f" {TIMES} ".join(f"{signed(score)}^{marked(share * 100)}%" for score, share in terms)


def inverses(terms: Sequence[tuple[Fraction, Fraction]]) -> str:
    """`1 ÷ (40% ÷ 80 + 60% ÷ 50)` from scores and shares of one, `2 ÷ (1 ÷ 80 + 1 ÷ 50)` where these are the same."""
    alike = len({share for _, share in terms}) == 1
    summed = " + ".join(f"{1 if alike else f'{marked(share * 100)}%'} {OVER} {signed(score)}" for score, share in terms)
    return f"{len(terms) if alike else 1} {OVER} ({summed})"


def power_mean(terms: Sequence[tuple[Fraction, Fraction]], order: Fraction) -> str:
    """`((80^2 + 50^2) ÷ 2)^(1 ÷ 2)` from scores and shares of one, `(40% × 80^2 + 60% × 50^2)^(1 ÷ 2)` with weights."""
    alike = len({share for _, share in terms}) == 1
    of = marked(order)
    summed = " + ".join(
        f"{signed(score)}^{of}" if alike else f"{marked(share * 100)}% {TIMES} {signed(score)}^{of}"
        for score, share in terms
    )
    inside = f"({summed}) {OVER} {len(terms)}" if alike and len(terms) > 1 else summed
    return f"({inside})^(1 {OVER} {of})"


def mean(numbers: Sequence[Fraction]) -> str:
    """`(84 + 90) ÷ 2`; a single number stands alone."""
    return signed(numbers[0]) if len(numbers) == 1 else f"({total(numbers)}) {OVER} {len(numbers)}"
