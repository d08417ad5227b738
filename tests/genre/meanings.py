"""Short names for what the rules of the genre mean."""

from fractions import Fraction as F

from engine.language import syntax as s
from engine.language.syntax import Side, Unit
from engine.language.text import identity

DAY, HOUR, WEEK, PP, PERCENT, TIME = (
    Unit.DAY,
    Unit.HOUR,
    Unit.WEEK,
    Unit.PERCENTAGE_POINT,
    Unit.PERCENT,
    Unit.TIME,
)


def points(amount: str | int) -> s.Quantity:
    """So many points."""
    return s.Quantity(F(amount), Unit.POINT)


def name(text: str) -> s.Name:
    """A name as it is written."""
    return s.Name(text, identity(text))


def rule(trigger: s.Trigger, effect: s.Effect, subject: str = "") -> s.Rule:
    """A rule, with what it is about where it says so."""
    return s.Rule(trigger, effect, name(subject) if subject else None)


def step(side: Side, size: str | int = 1, unit: Unit = PP) -> s.StepTrigger:
    """For each step below or above the target."""
    return s.StepTrigger(side, s.Quantity(F(size), unit))


def per(number: int) -> s.CountTrigger:
    """For each so many."""
    return s.CountTrigger(F(number))


def late(unit: Unit, *, started: bool = False) -> s.LateTrigger:
    """For each day, week … beyond the limit."""
    return s.LateTrigger(unit, F(1), started)


def value(low: int | None, high: int | None, bounds: str = "[]", unit: Unit = PERCENT) -> s.RangeTrigger:
    """When the value lies between; a bound that is not there does not belong."""
    interval = s.Interval(
        None if low is None else F(low),
        None if high is None else F(high),
        low is not None and bounds[0] == "[",
        high is not None and bounds[1] == "]",
        unit,
    )
    return s.RangeTrigger(interval)


def when(text: str) -> s.ConditionTrigger:
    """When the yes/no of this name is yes."""
    return s.ConditionTrigger(name(text))


def deduct(least: str | int, most: str | int | None = None) -> s.Deduct:
    """Take points; with two numbers the assessor chooses."""
    return s.Deduct(points(least), None if most is None else points(most))


def add(least: str | int, most: str | int | None = None) -> s.Add:
    """Give points; with two numbers the assessor chooses."""
    return s.Add(points(least), None if most is None else points(most))


def score(amount: str | int) -> s.Score:
    """The marks of the item."""
    return s.Score(points(amount))


def target(amount: str | int, unit: Unit = PERCENT) -> s.Target:
    """A target, in per cent unless said."""
    return s.Target((s.Dated(s.Quantity(F(amount), unit)),))


ONCE = s.CountTrigger()
LOW, HIGH = step(Side.LOW), step(Side.HIGH)
MET, MISSED = s.TargetTrigger(True), s.TargetTrigger(False)
OTHERWISE = s.AlwaysTrigger()
FULL, NONE, STRAIGHT = s.FullMarks(), s.NoMarks(), s.Interpolation()
GONE = s.Cap(None)


def most(amount: int, *, adding: bool = False, whole: bool = False, earning: bool = False) -> s.Cap:
    """At most so many points."""
    return s.Cap(F(amount), adding, whole, earning=earning)
