"""Short names for the syntax that tests of sentences compare with."""

from fractions import Fraction as F

from engine.language import syntax as s
from engine.language.syntax import Side, Unit


def q(amount: str | int, unit: Unit = Unit.POINT) -> s.Quantity:
    """A quantity, in points unless said."""
    return s.Quantity(F(amount), unit)


def name(text: str) -> s.Name:
    """A name that is its own identity."""
    return s.Name(text, text.casefold())


def rule(trigger: s.Trigger, effect: s.Effect, subject: str | None = None, *, each: bool = False) -> s.Rule:
    """A rule."""
    return s.Rule(trigger, effect, name(subject) if subject else None, each)


PP = Unit.PERCENTAGE_POINT
LOW1 = s.StepTrigger(Side.LOW, q(1, PP))
ONCE = s.CountTrigger()
HALF = s.Deduct(q("0.5"))
ONE = s.Deduct(q(1))
