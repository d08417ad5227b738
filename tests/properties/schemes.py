"""Random checked schemes, built without text, and random measures for them, some without a value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from engine.evaluation.given import Given
from engine.evaluation.result import State
from engine.language.policy import (
    Added,
    CheckedScheme,
    Combined,
    DatedValue,
    Deducted,
    GradeBand,
    Header,
    Indicator,
    Item,
    ItemRule,
    Observed,
    Policy,
    Value,
)
from engine.language.syntax import (
    Add,
    Ceiling,
    CountTrigger,
    Deduct,
    Effect,
    FullMarks,
    Half,
    Interpolation,
    Interval,
    Kind,
    Method,
    NoMarks,
    Outcome,
    Parts,
    Proportion,
    Quantity,
    RangeTrigger,
    Rounding,
    Scale,
    Score,
    Share,
    Side,
    StepTrigger,
    TargetTrigger,
    Trigger,
    Unit,
)
from engine.source import NOWHERE, source_of

F = Fraction
HUNDRED = F(100)
POINTS = st.sampled_from([F("0.2"), F("0.5"), F(1), F(2), F(5)])
TENTHS = st.integers(0, 1000).map(lambda n: F(n, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An indicator with what is below it; its path is given when the tree is laid out."""

    indicator: Indicator
    children: tuple["Part", ...] = ()


def _measured(kind: Kind, unit: Unit, **more: object) -> Indicator:
    plain = Indicator(path="", name="", span=NOWHERE, value=Observed(measure=""), kind=kind, unit=unit)
    return replace(plain, **more)  # type: ignore[arg-type] # fields by name


def _points(amount: Fraction) -> Quantity:
    return Quantity(amount, Unit.POINT)


RATINGS = st.sampled_from([
    _measured(Kind.RATING, Unit.POINT, scale=Scale(F(1), F(5), F(20), HUNDRED)),
    _measured(Kind.RATING, Unit.POINT, scale=Scale(F(1), F(5), F(0), HUNDRED), clamped=True),
    _measured(Kind.SCORE, Unit.POINT),
    _measured(Kind.RATE, Unit.PERCENT, rate_as_score=True),
])  # fmt: skip

# Effects that cost more (or give less) the worse the value is; and any effect at all.
COSTS = st.one_of(
    st.builds(Deduct, POINTS.map(_points)),
    st.builds(Share, st.sampled_from([F(5), F(20)]), st.booleans()),
)
ANY_EFFECT: st.SearchStrategy[Effect] = st.one_of(
    COSTS,
    st.builds(Add, POINTS.map(_points)),
    st.builds(Score, POINTS.map(_points)),
    st.just(FullMarks()),
    st.just(NoMarks()),
    st.just(Proportion()),
    st.builds(Ceiling, POINTS.map(_points)),
)
STEPS = st.builds(
    StepTrigger,
    st.sampled_from(Side),
    st.sampled_from([F("0.5"), F(1), F(3)]).map(lambda n: Quantity(n, Unit.PERCENTAGE_POINT)),
)
RANGES = st.tuples(TENTHS, TENTHS).map(lambda pair: RangeTrigger(Interval(min(pair), max(pair), True, False)))
WIDE_RANGES = RANGES.filter(lambda trigger: trigger.interval.low != trigger.interval.high)
STRAIGHT = st.builds(Interpolation, POINTS, POINTS)
ANY_TRIGGER: st.SearchStrategy[Trigger] = st.one_of(
    STEPS, RANGES, st.builds(CountTrigger, st.sampled_from([F(1), F(3)])), st.builds(TargetTrigger, st.booleans())
)


def _rules(*kinds: st.SearchStrategy[ItemRule]) -> st.SearchStrategy[tuple[ItemRule, ...]]:
    return st.lists(st.one_of(*kinds), min_size=1, max_size=3).map(tuple)


def _rule(triggers: st.SearchStrategy[Trigger], effects: st.SearchStrategy[Effect]) -> st.SearchStrategy[ItemRule]:
    caps = st.one_of(st.none(), st.integers(1, 20).map(F))
    return st.builds(
        ItemRule,
        trigger=triggers,
        effect=effects,
        measure=st.just(""),
        parts=st.sampled_from(Parts),
        cap=caps,
        sentence=st.just("规则"),
        span=st.just(NOWHERE),
        adds=st.booleans(),
    ).map(lambda rule: replace(rule, adds=rule.adds and isinstance(rule.effect, Score)))


def _item(
    base: Indicator, rules: st.SearchStrategy[tuple[ItemRule, ...]], full: Fraction | None
) -> st.SearchStrategy[Part]:
    caps = st.one_of(st.none(), st.integers(1, 30).map(F))
    made = st.builds(Item, rules=rules, full=st.just(full), cap=caps, adding_cap=caps, earning_cap=caps)
    return made.map(lambda item: Part(indicator=replace(base, item=item, full=full or HUNDRED)))


def _rate(target: int) -> Indicator:
    return _measured(Kind.RATE, Unit.PERCENT, target=(DatedValue(amount=F(target), unit=Unit.PERCENT),))


COUNT = _measured(Kind.COUNT, Unit.TIME, target=(DatedValue(amount=F(4), unit=Unit.TIME),))
ITEMS = st.one_of(
    st.integers(0, 100).flatmap(
        lambda target: _item(
            _rate(target), _rules(_rule(ANY_TRIGGER, ANY_EFFECT), _rule(WIDE_RANGES, STRAIGHT)), HUNDRED
        )
    ),
    _item(COUNT, _rules(_rule(st.builds(CountTrigger, st.just(F(1))), ANY_EFFECT)), HUNDRED),
)
LOSSES = st.one_of(
    st.integers(0, 100).flatmap(lambda target: _item(_rate(target), _rules(_rule(STEPS, COSTS)), None)),
    _item(COUNT, _rules(_rule(st.builds(CountTrigger, st.sampled_from([F(1), F(2)])), COSTS)), None),
)
COMPLAINTS = _item(COUNT, _rules(_rule(st.builds(CountTrigger, st.sampled_from([F(1), F(3)])), COSTS)), None)


def _weighted(children: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    weights = st.lists(st.integers(0, 5), min_size=1, max_size=4).filter(any)
    return weights.flatmap(
        lambda drawn: st.tuples(*(children for _ in drawn)).map(lambda parts: weighted(parts, drawn))
    )


def weighted(parts: tuple[Part, ...], weights: list[int]) -> Part:
    """A weighted mean of the parts."""
    shared = tuple(
        replace(part, indicator=replace(part.indicator, share=F(w, sum(weights))))
        for part, w in zip(parts, weights, strict=True)
    )
    return heading(Combined(method=Method.WEIGHTED), shared)


def heading(value: Value, parts: tuple[Part, ...], full: Fraction = HUNDRED) -> Part:
    """A heading over the parts."""
    made = Indicator(path="", name="", span=NOWHERE, value=value, kind=Kind.SCORE, unit=Unit.POINT, full=full)
    return Part(indicator=made, children=parts)


def _alike(method: Method, children: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    return st.lists(children, min_size=1, max_size=3).map(lambda parts: heading(Combined(method=method), tuple(parts)))


def _deducted(children: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    return st.lists(children, min_size=1, max_size=4).map(lambda parts: heading(Deducted(), tuple(parts)))


def _added(children: st.SearchStrategy[Indicator]) -> st.SearchStrategy[Part]:
    def together(drawn: list[Indicator]) -> Part:
        full = F(100, len(drawn))
        return heading(Added(), tuple(Part(indicator=_out_of(i, full)) for i in drawn))

    return st.lists(children, min_size=1, max_size=4).map(together)


def _out_of(indicator: Indicator, full: Fraction) -> Indicator:
    """The indicator with so many points; a scale gives them, a score out of 100 is converted."""
    if indicator.scale is None:
        return replace(indicator, full=full)
    low, high = (score * full / HUNDRED for score in (indicator.scale.to_low, indicator.scale.to_high))
    return replace(indicator, full=full, scale=replace(indicator.scale, to_low=low, to_high=high))


def trees(leaves: st.SearchStrategy[Part], bottoms: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    """Means of leaves and other headings, down to three levels."""
    low = st.one_of(leaves, bottoms)
    return st.recursive(
        low,
        lambda below: st.one_of(_weighted(below), _alike(Method.EQUAL, below), _alike(Method.WORST, below)),
        max_leaves=8,
    )


LEAVES = RATINGS.map(lambda indicator: Part(indicator=indicator))
PARTS = trees(
    st.one_of(LEAVES, ITEMS), st.one_of(_deducted(LOSSES), _added(RATINGS.filter(lambda i: i.kind is not Kind.RATE)))
)
# Every measure is a rating or counts complaints: better answers and fewer complaints can only help.
MONOTONE = trees(LEAVES, _deducted(COMPLAINTS))
LINEAR = st.recursive(LEAVES, lambda below: st.one_of(_weighted(below), _alike(Method.EQUAL, below)), max_leaves=8)

BANDS = tuple(
    GradeBand(label=label, low=F(low), high=F(high), low_closed=True, high_closed=high == 100, span=NOWHERE)
    for label, low, high in (("优", 90, 100), ("良", 60, 90), ("差", 0, 60))
)


def laid_out(part: Part, missing: Outcome = Outcome.ERROR) -> Policy:
    """The policy whose one scheme is the tree; names are positions, children stand before parents."""
    indicators: dict[str, Indicator] = {}
    _enter(part, "总分", missing, indicators)
    result = replace(indicators["总分"], bands=BANDS)
    rounding = Rounding(Half.UP, 1)
    scheme = CheckedScheme(
        name="scheme",
        result="总分",
        indicators={**indicators, "总分": result},
        rounding=rounding,
        grade_on_rounded=True,
    )
    header = Header(id="drawn", title={"zh": "例"}, lang="zh", version="1", document={})
    return Policy(source=source_of("drawn.yaml", ""), header=header, schemes=(scheme,))


def _enter(part: Part, path: str, missing: Outcome, indicators: dict[str, Indicator]) -> None:
    children = tuple(f"{path}/{child.indicator.name or number}" for number, child in enumerate(part.children))
    for child, below in zip(part.children, children, strict=True):
        _enter(child, below, missing, indicators)
    value: Value = Observed(measure=path) if isinstance(part.indicator.value, Observed) else part.indicator.value
    item = part.indicator.item
    if item is not None:
        item = replace(item, rules=tuple(replace(rule, measure=path) for rule in item.rules))
    indicators[path] = replace(
        part.indicator, path=path, name=path, value=value, item=item, children=children, missing=missing
    )


def measures_of(policy: Policy, *, gaps: bool = False) -> st.SearchStrategy[Mapping[str, Given]]:
    """A valid value for every measure; with `gaps` any of them may be missing or not applicable."""
    leaves = [i for i in policy.schemes[0].indicators.values() if isinstance(i.value, Observed)]
    nothing = st.sampled_from([None, State.NO_VALID_ANSWERS, State.NOT_APPLICABLE])
    return st.fixed_dictionaries({i.path: st.one_of(value_of(i), nothing) if gaps else value_of(i) for i in leaves})


def value_of(indicator: Indicator) -> st.SearchStrategy[Fraction]:
    """A valid value of a measure."""
    if indicator.kind is Kind.RATING:
        return st.integers(10, 50).map(lambda n: F(n, 10))
    if indicator.kind is Kind.COUNT:
        return st.integers(0, 30).map(F)
    if indicator.kind is Kind.SCORE:
        return st.integers(0, 1000).map(lambda n: F(n, 1000) * indicator.full)
    return TENTHS
