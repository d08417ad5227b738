"""Formulas over indicators: their value, and their factors where they are weighted sums."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from engine.evaluation.arithmetic import ONE, ZERO, compares
from engine.evaluation.functions import applied, is_exact as function_is_exact
from engine.evaluation.result import Reason
from engine.language.formulas import Constant, Formula, Operation, Ref
from engine.language.syntax import Comparison


def linear_terms(formula: Formula) -> Mapping[str, Fraction] | None:
    """The factor of each path where the formula is a sum of paths times numbers; None where it is anything else."""
    match formula:
        case Ref(path=path):
            return {path: ONE}
        case Operation(operator="+" | "-" as sign, operands=(left, right)):
            return _added(linear_terms(left), linear_terms(right), ONE if sign == "+" else -ONE)
        case Operation(operator="neg", operands=(operand,)):
            return _added({}, linear_terms(operand), -ONE)
        case Operation(operator="*" | "/" as sign, operands=(left, right)):
            return _scaled(sign, left, right)
        case Operation(operator="mean", operands=operands) if operands:
            return _averaged([linear_terms(operand) for operand in operands])
        case _:
            return None


def _added(
    left: Mapping[str, Fraction] | None, right: Mapping[str, Fraction] | None, sign: Fraction
) -> Mapping[str, Fraction] | None:
    if left is None or right is None:
        return None
    paths = dict.fromkeys((*left, *right))
    return {path: left.get(path, ZERO) + sign * right.get(path, ZERO) for path in paths}


def _scaled(sign: str, left: Formula, right: Formula) -> Mapping[str, Fraction] | None:
    number = _number(right)
    terms = linear_terms(left)
    if sign == "*" and number is None:
        number, terms = _number(left), linear_terms(right)
    if number is None or terms is None or (sign == "/" and number == 0):
        return None
    factor = number if sign == "*" else 1 / number
    return {path: factor * term for path, term in terms.items()}


def _averaged(terms: Sequence[Mapping[str, Fraction] | None]) -> Mapping[str, Fraction] | None:
    total: Mapping[str, Fraction] | None = {}
    for each in terms:
        total = _added(total, each, ONE)
    return None if total is None else {path: factor / len(terms) for path, factor in total.items()}


def _number(formula: Formula) -> Fraction | None:
    """The value of a formula without names."""
    found = computed(formula, {})
    return found if isinstance(found, Fraction) else None


def computed(formula: Formula, values: Mapping[str, Fraction]) -> Fraction | Reason:
    """The value of a formula; a reason where it divides by zero or a name has no value."""
    match formula:
        case Constant(amount=amount):
            return amount
        case Ref(path=path):
            return values.get(path, Reason.PART_WITHOUT_VALUE)
        case Operation(operator=operator, operands=operands) if operator.startswith("if "):
            return _chosen(operator.removeprefix("if "), operands, values)
        case Operation(operator=operator, operands=operands):
            found = [computed(operand, values) for operand in operands]
            numbers = [number for number in found if isinstance(number, Fraction)]
            if len(numbers) < len(found):
                return next(reason for reason in found if isinstance(reason, Reason))
            return _operated(operator, numbers)


def _chosen(comparison: str, operands: Sequence[Formula], values: Mapping[str, Fraction]) -> Fraction | Reason:
    """What stands for the case that holds; the other one is not looked at."""
    left, right, then, otherwise = operands
    one, other = computed(left, values), computed(right, values)
    if isinstance(one, Reason) or isinstance(other, Reason):
        return one if isinstance(one, Reason) else other
    return computed(then if compares(one, Comparison(comparison), other) else otherwise, values)


def is_exact(formula: Formula) -> bool:
    """Whether every step of a formula keeps all digits."""
    if not isinstance(formula, Operation):
        return True
    if formula.operator == "^":
        exponent = _number(formula.operands[1])
        if exponent is None or exponent.denominator != 1:
            return False
    return function_is_exact(formula.operator) and all(is_exact(operand) for operand in formula.operands)


def _operated(operator: str, numbers: Sequence[Fraction]) -> Fraction | Reason:
    match operator, numbers:
        case "+", (left, right):
            return left + right
        case "-", (left, right):
            return left - right
        case "*", (left, right):
            return left * right
        case "/", (left, right):
            return left / right if right else Reason.DIVISION_BY_ZERO
        case "neg", (operand,):
            return -operand
        case _:
            return applied(operator, numbers)
