"""What is collected for each line: survey questions or a value, of which kind, in which unit.

The kind is said, or follows from the survey sentence, the `measures:` sentence, the rules, the
target, the scale, in this order (LANGUAGE, section 5); the rest is checked against it.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from engine.language.checks.cells import Cell, CellRule
from engine.language.checks.dates import limit_of, target_of
from engine.language.checks.feeds import Feeds
from engine.language.checks.outline import Draft, Outline, default, nearest, said
from engine.language.policy import Added, Value
from engine.language.syntax import (
    AlwaysTrigger,
    ColumnStatistic,
    ConditionTrigger,
    CountDistinct,
    CountRows,
    CountTrigger,
    Kind,
    KindIs,
    LateTrigger,
    LookUp,
    MeasureSentence,
    OverUnits,
    Quotient,
    RangeTrigger,
    RateAsScore,
    RatioOfSums,
    Scale,
    ShareOfRows,
    Statistic,
    StepPercent,
    StepTrigger,
    Survey,
    TargetTrigger,
    TimeBetween,
    TimeLimit,
    Trigger,
    Unit,
    choice,
)
from engine.values import Frozen, named

Evidence = Literal["kind", "survey", "sentence", "rule", "target", "scale", "points", "amount", ""]

OF_STATISTIC = {
    Statistic.MEAN: Kind.RATING,
    Statistic.TOP_TWO: Kind.RATE,
    Statistic.NPS: Kind.INDEX,
    Statistic.DISTRIBUTION: Kind.DISTRIBUTION,
}
TIMES = (Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH)
OF_UNIT = {
    Unit.PERCENT: Kind.RATE,
    Unit.PERCENTAGE_POINT: Kind.RATE,
    Unit.POINT: Kind.SCORE,
    Unit.TIME: Kind.COUNT,
    **dict.fromkeys(TIMES, Kind.DURATION),
}
UNITS = {
    Kind.RATE: Unit.PERCENT,
    Kind.COUNT: Unit.TIME,
    Kind.SCORE: Unit.POINT,
    Kind.POINTS: Unit.POINT,
    Kind.RATING: Unit.POINT,
}


@named
class Measure(Frozen):
    """One thing that is collected.

    `line`: the path of the line it belongs to. `kind` is None where nothing says what it is;
    `evidence`: what decided it. `sentence`: how `measures:` computes it. `asked`: a rule asks
    for it beside the line's own name.
    """

    path: str
    line: str
    name: str
    kind: Kind | None
    evidence: Evidence
    unit: Unit
    sentence: MeasureSentence | None = None
    asked: bool = False


def measures_of(
    outline: Outline, cells: Mapping[str, Cell], methods: Mapping[str, Value | None], feeds: Feeds
) -> dict[str, Measure]:
    """Everything collected in a scheme, by path."""
    found: dict[str, Measure] = {}
    for path, draft in outline.drafts.items():
        if not draft.children and draft.line.formula is None:
            for measure in _of_line(outline, draft, cells.get(path), methods, feeds):
                found[measure.path] = measure
    return found


def _of_line(
    outline: Outline, draft: Draft, cell: Cell | None, methods: Mapping[str, Value | None], feeds: Feeds
) -> Iterator[Measure]:
    if cell is None or cell.reads_own:
        yield _own(outline, draft, cell, methods, feeds)
    if cell is not None:
        yield from (_asked(outline, draft, asked, cell, feeds) for asked in cell.asked)


def _own(
    outline: Outline, draft: Draft, cell: Cell | None, methods: Mapping[str, Value | None], feeds: Feeds
) -> Measure:
    sentence = feeds.sentences.get(draft.path)
    rules = tuple(r for r in cell.rules if r.measure == draft.path) if cell else ()
    kind, evidence = next(_kinds(outline, draft, rules, sentence, methods), (None, ""))
    return Measure(
        path=draft.path,
        line=draft.path,
        name=draft.head.key or draft.name,
        kind=kind,
        evidence=evidence,
        unit=_unit(outline, draft, kind, rules),
        sentence=sentence,
    )


def _asked(outline: Outline, draft: Draft, asked: tuple[str, str], cell: Cell, feeds: Feeds) -> Measure:
    path, name = asked
    sentence = feeds.sentences.get(path)
    rules = tuple(r for r in cell.rules if r.measure == path)
    kind, evidence = next(_kinds_of_asked(rules, sentence), (None, ""))
    return Measure(
        path=path,
        line=draft.path,
        name=f"{draft.head.key or draft.name}/{name}",
        kind=kind,
        evidence=evidence,
        unit=_unit(outline, draft, kind, rules),
        sentence=sentence,
        asked=True,
    )


# ---------------------------------------------------------------- kinds


def _kinds(
    outline: Outline,
    draft: Draft,
    rules: tuple[CellRule, ...],
    sentence: MeasureSentence | None,
    methods: Mapping[str, Value | None],
) -> Iterator[tuple[Kind, Evidence]]:
    """What each statement makes the line's own value, the strongest first."""
    yield from _kinds_stated(outline, draft)
    scale = said(draft.own, Scale)
    if scale is not None and (scale.low < 0 or not rules):
        yield Kind.INDEX if scale.low < 0 else Kind.RATING, "scale"
    yield from _kinds_of_asked(rules, sentence)
    if _steps_in_points(outline, draft, rules):
        yield Kind.RATE, "rule"
    if default(outline, draft, RateAsScore) is not None:
        yield Kind.RATE, "kind"
    yield from _kinds_of_target(outline, draft)
    if rules or default(outline, draft, OverUnits) is not None:
        yield Kind.NUMBER, "rule"
    if nearest(outline, draft, Scale) is not None:
        yield Kind.RATING, "scale"
    if isinstance(methods.get(draft.parent or ""), Added):
        yield Kind.POINTS, "points"


def _steps_in_points(outline: Outline, draft: Draft, rules: tuple[CellRule, ...]) -> bool:
    """Whether the line steps in %, and the policy says that this means percentage points: its value is a rate."""
    meaning = nearest(outline, draft, StepPercent)
    steps = (ruled.rule.trigger for ruled in rules)
    in_per_cent = any(isinstance(step, StepTrigger) and step.size.unit is Unit.PERCENT for step in steps)
    return in_per_cent and meaning is not None and not meaning.of_target


def _kinds_stated(outline: Outline, draft: Draft) -> Iterator[tuple[Kind, Evidence]]:
    if (stated := default(outline, draft, KindIs)) is not None:
        yield stated.kind, "kind"
    if (survey := default(outline, draft, Survey)) is not None:
        yield OF_STATISTIC[survey.statistic], "survey"


def _kinds_of_asked(rules: tuple[CellRule, ...], sentence: MeasureSentence | None) -> Iterator[tuple[Kind, Evidence]]:
    kind = of_sentence(sentence)
    if any(_is_amount(r) for r in rules):
        yield Kind.POINTS, "amount"
    if kind is not None:
        yield kind, "sentence"
    for kind in (of_trigger(r.rule.trigger) for r in rules):
        if kind is not None:
            yield kind, "rule"


def _is_amount(ruled: CellRule) -> bool:
    """What is collected is the assessor's choice itself: 酌情扣a至b分 for a happening."""
    chosen = choice(ruled.rule.effect) is not None
    return chosen and isinstance(ruled.rule.trigger, ConditionTrigger | CountTrigger | AlwaysTrigger)


def of_sentence(sentence: MeasureSentence | None) -> Kind | None:
    """The kind of what a `measures:` sentence computes; None where it leaves it open."""
    match sentence:
        case CountRows() | CountDistinct():
            return Kind.COUNT
        case RatioOfSums() | ShareOfRows() | Quotient(per=None):
            return Kind.RATE
        case TimeBetween():
            return Kind.DURATION
        case ColumnStatistic() | LookUp() | Quotient() | None:
            return None


def of_trigger(trigger: Trigger) -> Kind | None:
    """The kind of value a trigger asks for; None where any will do."""
    match trigger:
        case StepTrigger(size=size):  # a step in per cent may be per cent of a target in any unit
            return OF_UNIT.get(size.unit) if size.unit is not Unit.PERCENT else None
        case CountTrigger():
            return Kind.COUNT
        case LateTrigger():
            return Kind.DURATION
        case RangeTrigger(interval=interval):
            return OF_UNIT.get(interval.unit)
        case ConditionTrigger():
            return Kind.YES_NO
        case TargetTrigger() | AlwaysTrigger():
            return None


def _kinds_of_target(outline: Outline, draft: Draft) -> Iterator[tuple[Kind, Evidence]]:
    for value in target_of(outline, draft):
        if value.unit in OF_UNIT:
            yield OF_UNIT[value.unit], "target"
    if default(outline, draft, TimeLimit) is not None:
        yield Kind.DURATION, "target"


# ---------------------------------------------------------------- units


def _unit(outline: Outline, draft: Draft, kind: Kind | None, rules: tuple[CellRule, ...]) -> Unit:
    if kind is not Kind.DURATION:
        return UNITS.get(kind, Unit.NUMBER) if kind else Unit.NUMBER
    return next(_times(outline, draft, rules), Unit.NUMBER)


def _times(outline: Outline, draft: Draft, rules: tuple[CellRule, ...]) -> Iterator[Unit]:
    """The units of time a line speaks in: of its limit, its target, its rules."""
    for value in (*limit_of(outline, draft), *target_of(outline, draft)):
        if value.unit in TIMES:
            yield value.unit
    for ruled in rules:
        match ruled.rule.trigger:
            case StepTrigger(size=size) if size.unit in TIMES:
                yield size.unit
            case LateTrigger(unit=unit) if unit is not None:
                yield unit
            case RangeTrigger(interval=interval) if interval.unit in TIMES:
                yield interval.unit
            case _:
                continue
