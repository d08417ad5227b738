"""Formulas: their value, and the factors of those that are sums of indicators times numbers."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from engine.evaluation.result import Reason
from engine.evaluation.terms import computed, linear_terms
from engine.language.formulas import Constant, Formula, Operation, Ref

F = Fraction
A, B = Ref(path="甲"), Ref(path="乙")
VALUES = {"甲": F(60), "乙": F(90)}


def _number(amount: str) -> Constant:
    return Constant(amount=Fraction(amount))


def _of(operator: str, *operands: Formula) -> Operation:
    return Operation(operator=operator, operands=operands)


@pytest.mark.parametrize(
    ("formula", "value", "terms"),
    [
        (_of("+", _of("*", A, _number("0.4")), _of("*", _number("0.6"), B)), F(78), {"甲": F("0.4"), "乙": F("0.6")}),
        (_of("-", A, B), F(-30), {"甲": F(1), "乙": F(-1)}),
        (_of("-", A, _of("neg", B)), F(150), {"甲": F(1), "乙": F(1)}),
        (_of("/", _of("+", A, A), _number("4")), F(30), {"甲": F(1, 2)}),
        (_of("mean", A, B, B), F(80), {"甲": F(1, 3), "乙": F(2, 3)}),
        (_of("*", A, _of("-", _number("1"), _number("0.5"))), F(30), {"甲": F("0.5")}),
        (_of("min", A, B), F(60), None),
        (_of("max", A, B), F(90), None),
        (_of("*", A, B), F(5400), None),
        (_of("/", A, B), F(2, 3), None),
        (_of("+", A, _number("5")), F(65), None),
        (_of("mean", A, _of("max", A, B)), F(75), None),
        (_of("/", A, _number("0")), Reason.DIVISION_BY_ZERO, None),
        (_of("+", A, Ref(path="丙")), Reason.PART_WITHOUT_VALUE, {"甲": F(1), "丙": F(1)}),
    ],
)
def test_values_and_factors(formula: Formula, value: Fraction | Reason, terms: Mapping[str, Fraction] | None) -> None:
    """甲 = 60, 乙 = 90."""
    assert computed(formula, VALUES) == value
    assert linear_terms(formula) == terms
