"""Which operations an indicator goes through, in which order.

`LADDER` is the whole list; an indicator takes the rungs that apply to it, each on the result of the one before.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.language.formulas import Formula, Operation, Ref
from engine.language.policy import (
    Added,
    Answers,
    CheckedScheme,
    Combined,
    Computed,
    Deducted,
    FuzzyEvaluation,
    Grouped,
    Indicator,
    ItemRule,
    Observed,
)
from engine.language.syntax import (
    Ceiling,
    ColumnStatistic,
    CountDistinct,
    CountRows,
    FullMarks,
    GradeAs,
    Interpolation,
    Kind,
    LateTrigger,
    LookUp,
    NoMarks,
    Outcome,
    Proportion,
    Score,
    Statistic,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An indicator with the heading it stands under, None for an outermost line."""

    scheme: CheckedScheme
    indicator: Indicator
    parent: Indicator | None

    @property
    def in_deduction(self) -> bool:
        """The heading above sums what its parts take."""
        return self.parent is not None and isinstance(self.parent.value, Deducted | Grouped)

    @property
    def in_points(self) -> bool:
        """Its score counts in points of the heading above, not on the common scale."""
        return self.parent is not None and isinstance(self.parent.value, Added | Deducted | Grouped)


# ---------------------------------------------------------------- what an indicator is made of


def references(formula: Formula) -> tuple[str, ...]:
    """The paths a formula reads, each once, in the order of the formula."""
    match formula:
        case Ref(path=path):
            return (path,)
        case Operation(operands=operands):
            return tuple(dict.fromkeys(path for operand in operands for path in references(operand)))
        case _:
            return ()


def parents_of(scheme: CheckedScheme) -> Mapping[str, Indicator]:
    """The indicator each child belongs to, by the child's path."""
    return {child: parent for parent in scheme.indicators.values() for child in parent.children}


def parts_of(scheme: CheckedScheme, indicator: Indicator) -> tuple[str, ...]:
    """The paths that make up an indicator: what its formula reads, or its children but those for information only."""
    if isinstance(indicator.value, Computed):
        return references(indicator.value.formula)
    return tuple(p for p in indicator.children if scheme.indicators[p].counts or not indicator.counts)


# ---------------------------------------------------------------- what an indicator is

MARKED_KINDS = (Kind.SCORE, Kind.POINTS, Kind.YES_NO, Kind.DIFFERENCE)
_NEEDS_MARKS = (Score, FullMarks, NoMarks, Proportion, Interpolation, Ceiling)


def is_measured(indicator: Indicator) -> bool:
    """Whether its value is collected: answers or an observation, and something reads it."""
    if not isinstance(indicator.value, Answers | Observed):
        return False
    rules = indicator.item.rules if indicator.item else ()
    return not rules or any(indicator.path in (rule.measure, rule.amount) for rule in rules)


def is_looked_up(indicator: Indicator) -> bool:
    """Whether the value stands in a `values` source."""
    return isinstance(indicator.value, Observed) and isinstance(indicator.value.sentence, LookUp | None)


def is_sampled(indicator: Indicator) -> bool:
    """Whether the value is a statistic of answers or rows, so that a minimum sample can be asked of it: a count, a sum
    and a value that is looked up are the same whatever they rest on.
    """
    value = indicator.value
    if isinstance(value, Observed):
        is_sum = isinstance(value.sentence, ColumnStatistic) and value.sentence.statistic == "sum"
        return not is_sum and not isinstance(value.sentence, CountRows | CountDistinct | LookUp | None)
    return True


def kind_of(indicator: Indicator, rules: Iterable[ItemRule]) -> Kind:
    """The kind of its data: where the rules that read it only ask about late cases (超时发生一次), a value that is
    looked up is their number.
    """
    triggers = [rule.trigger for rule in rules if rule.measure == indicator.path]
    late = bool(triggers) and all(isinstance(t, LateTrigger) and t.unit is None for t in triggers)
    return Kind.COUNT if late and is_looked_up(indicator) else indicator.kind


def is_scored(indicator: Indicator) -> bool:
    """Whether the indicator ends in a score; a bare measure (a count for a veto) does not."""
    if not isinstance(indicator.value, Answers | Observed):
        return not isinstance(indicator.value, Grouped)
    if indicator.asked:
        return False
    mapped = indicator.scale is not None or bool(indicator.over_units) or indicator.rate_as_score
    return mapped or indicator.item is not None or indicator.kind in MARKED_KINDS


def is_distribution(indicator: Indicator) -> bool:
    """Whether the value is a membership of the grades."""
    value = indicator.value
    if isinstance(value, Answers):
        return value.statistic is Statistic.DISTRIBUTION
    return isinstance(value, FuzzyEvaluation) or indicator.kind is Kind.DISTRIBUTION


def turns_scale(indicator: Indicator) -> bool:
    """Whether 越低越好 turns the scale round; the place among the units has turned it already."""
    return indicator.lower_is_better and indicator.over_units is None


def only_loses(indicator: Indicator) -> bool:
    """Whether its rules only take from (or give to) the deduction above: no points of its own, none needed."""
    item = indicator.item
    if item is None or item.full is not None or isinstance(indicator.value, Grouped):
        return False
    return not any(isinstance(rule.effect, _NEEDS_MARKS) for rule in item.rules)


def marks_of(indicator: Indicator) -> Fraction:
    """F, the full marks: of an item its points, or 100; of any other score its own."""
    if indicator.item is None:
        return indicator.full
    return indicator.item.full if indicator.item.full is not None else Fraction(100)


# ---------------------------------------------------------------- the rungs


def _has_rules(place: Place) -> bool:
    return place.indicator.item is not None and not isinstance(place.indicator.value, Grouped)


def _has_marks(place: Place) -> bool:
    return _has_rules(place) and not only_loses(place.indicator)


def _is_marked(place: Place) -> bool:
    """A measured value becomes a score without scale and without rules."""
    i = place.indicator
    if i.item is not None or i.scale is not None or i.over_units or is_distribution(i):
        return False
    return isinstance(i.value, Answers | Observed) and is_scored(i)


def _is_converted(place: Place) -> bool:
    """A collected score, which is on the scale 0-100, counts for points of a heading that adds up or deducts.

    What a scale, a formula or a mean gives is in the line's points already (E608).
    """
    i = place.indicator
    return place.in_points and i.full != Fraction(100) and i.kind is Kind.SCORE and _is_marked(place)


def _is_substituted(place: Place) -> bool:
    i = place.indicator
    ends = is_scored(i) or is_distribution(i)
    return ends and not isinstance(i.value, Grouped) and i.missing in (Outcome.ZERO, Outcome.FULL)


def _defuzzifies(indicator: Indicator) -> bool:
    return isinstance(indicator.value, FuzzyEvaluation) and indicator.value.score


def _is_capped(place: Place) -> bool:
    item = place.indicator.item
    return _has_marks(place) and item is not None and any(isinstance(r.effect, Ceiling | GradeAs) for r in item.rules)


def _is_rounded(place: Place) -> bool:
    return place.indicator.rounding is not None and place.indicator.path != place.scheme.result


def _loses(place: Place) -> bool:
    """It has no score of its own, only what it takes from the deduction above."""
    return isinstance(place.indicator.value, Grouped) or only_loses(place.indicator)


LADDER: tuple[tuple[str, Callable[[Place], bool]], ...] = (
    ("measure", lambda place: is_measured(place.indicator)),
    ("combination", lambda place: isinstance(place.indicator.value, Combined | Added | Deducted | Computed)),
    ("logarithm", lambda place: place.indicator.logarithm),
    ("over units", lambda place: place.indicator.over_units is not None),
    ("scale", lambda place: place.indicator.scale is not None),
    ("marks", _is_marked),
    ("membership", lambda place: is_distribution(place.indicator)),
    ("defuzzification", lambda place: _defuzzifies(place.indicator)),
    ("rule", _has_rules),
    ("base", _has_marks),
    ("deduction", _has_rules),
    ("addition", _has_rules),
    ("score", _has_marks),
    ("ceiling", _is_capped),
    ("points", _is_converted),
    ("substitute", lambda place: _is_substituted(place) and not only_loses(place.indicator)),
    ("veto", lambda place: bool(place.indicator.vetoes) and not _loses(place)),
    ("rounding", lambda place: _is_rounded(place) and not _loses(place)),
    ("grade", lambda place: bool(place.indicator.bands) and not _loses(place)),
    ("loss", lambda place: place.in_deduction and not place.indicator.asked),
    ("substituted loss", lambda place: _is_substituted(place) and only_loses(place.indicator)),
    ("rounded loss", lambda place: _is_rounded(place) and _loses(place)),
)

# What rules, vetoes and formulas read of a collected value.
READING = ("measure", "logarithm", "over units", "scale")
# Steps that say something about a score without being it.
BESIDE_SCORE = ("grade", "loss", "substituted loss", "rounded loss")
