"""The checked policy: every open question decided, every name resolved, every default in place.

`checks.check` makes it out of a `Document`; whoever holds a `Policy` needs no further check.
Indicators are addressed by path (`客观指标评价得分/产品质量/准时交付率`): the names from the
outermost line down, joined by `/`. Percentages stay as written (98 % is 98).
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from engine.language.controls import Control
from engine.language.formulas import Formula
from engine.language.grading import GradeBand, VetoRule
from engine.language.reporting import Report
from engine.language.syntax import (
    Accept,
    Belonging,
    Effect,
    Kind,
    MeasureSentence,
    Method,
    Operator,
    Outcome,
    Parts,
    Placing,
    Rounding,
    Scale,
    Scheme,
    Statistic,
    Trigger,
    Unit,
    ValiditySentence,
    Weight,
)
from engine.source import Source, Span
from engine.values import Frozen, named

# ---------------------------------------------------------------- what stands around the scheme


@named
class DataSource(Frozen):
    """One entry of `data:`: a file that is collected, and its contract.

    `kind` is responses, values, events or control. `questions` maps a question id to its column
    header. `answers` maps the text of an answer to its number (`{很满意: 5, …}`) or is empty;
    `scale` is the interval of valid numeric answers (`answers: 1-5`), per question where
    `question_scales` or `question_answers` say so; `question_spans`: where each id stands.
    `header` is the row of the header, its first where it ends on a later one, `header_end`. `dates`: the order in
    which dates are written, `mdy` or `dmy`; "" is the year first.
    `columns` maps the standard columns of a values file (indicator, value, period) to its own headers; `layout` is
    long or wide. `classes`: columns that the file does not have, each with its classes and what belongs to them.
    """

    name: str
    kind: str
    file: str
    span: Span
    sheet: str | None = None
    encoding: str | None = None
    header: int | None = None
    header_end: int | None = None
    key: str | None = None
    weight: str | None = None
    date: str | None = None
    dates: str = ""
    layout: str = "long"
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    questions: Mapping[str, str] = field(default_factory=dict[str, str])
    answers: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])
    scale: tuple[Fraction, Fraction] | None = None
    question_scales: Mapping[str, tuple[Fraction, Fraction]] = field(
        default_factory=dict[str, tuple[Fraction, Fraction]]
    )
    question_answers: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict[str, Mapping[str, Fraction]])
    question_spans: Mapping[str, Span] = field(default_factory=dict[str, Span])
    texts: tuple[str, ...] = ()
    valid: tuple[ValiditySentence, ...] = ()
    classes: Mapping[str, Mapping[str, Belonging]] = field(default_factory=dict[str, Mapping[str, Belonging]])


def answers_to(source: DataSource, question: str) -> tuple[Mapping[str, Fraction], tuple[Fraction, Fraction] | None]:
    """What may be answered to a question: words with their numbers, and the interval of numbers; its own go first."""
    if question in source.question_answers:
        return source.question_answers[question], None
    if question in source.question_scales:
        return {}, source.question_scales[question]
    return source.answers, source.scale


@named
class Calendar(Frozen):
    """Which days are working days: ISO weekdays that are not (6, 7), holidays, and make-up days."""

    weekend: tuple[int, ...] = (6, 7)
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()


@named
class Header(Frozen):
    """Everything of the policy file but its schemes; positions are spans in the file.

    `units_total`: "", pooled, mean or weights; `units_weights` as parts of 1 (`60%` is 3/5), a unit of several columns
    called `a/b`; `units_subtotals`: units that share their first columns are also assessed together; `units_spans`:
    where the keys of `units` and its weights stand. `units_whole`: what the data write in a unit column for the whole.
    """

    id: str
    title: Mapping[str, str]
    lang: str
    version: str
    document: Mapping[str, str]
    effective_from: date | None = None
    effective_to: date | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    name_spans: Mapping[str, Span] = field(default_factory=dict[str, Span])
    units: tuple[str, ...] = ()
    units_whole: str = ""
    units_total: str = ""
    units_weights: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])
    units_subtotals: bool = False
    units_spans: Mapping[str, Span] = field(default_factory=dict[str, Span])
    period_every: str | None = None
    period_on: str | None = None
    calendar: Calendar = Calendar()
    data: tuple[DataSource, ...] = ()
    measures: Mapping[str, MeasureSentence] = field(default_factory=dict[str, MeasureSentence])
    measure_spans: Mapping[str, Span] = field(default_factory=dict[str, Span])
    controls: tuple[Control, ...] = ()
    report: Report = Report()


@named
class Document(Frozen):
    """A policy file as read: header and schemes, not yet checked."""

    source: Source
    header: Header
    schemes: tuple[Scheme, ...]


# ---------------------------------------------------------------- where a value comes from


@named
class Answers(Frozen):
    """Survey questions and what is made of their valid answers.

    MEAN: the mean over questions of the mean over answers. TOP_TWO and NPS: per cent.
    `scale` is the answers' own interval, needed by TOP_TWO and DISTRIBUTION.
    """

    questions: tuple[str, ...]
    statistic: Statistic
    scale: tuple[Fraction, Fraction] | None = None


@named
class Observed(Frozen):
    """A value collected by the company, looked up by `measure` (name or key, as in the data).

    `sentence`: the `measures:` sentence that computes it; None: a row of a `values` source.
    """

    measure: str
    sentence: MeasureSentence | None = None


@named
class Checklist(Frozen):
    """A cell whose rules ask about several things (`病历首页漏项，每处扣0.5分；医嘱未签名，每处扣1分`).

    The line has no value of its own: each thing asked is an indicator below it, at
    `indicator/subject`, with `Observed` and `asked` set, and a rule names it as its `measure`.
    """


@named
class Combined(Frozen):
    """A mean (or worst, best, geometric mean) of the children's scores.

    `normalise`: weights are divided by their sum. `numbers`: those of the method (`syntax.Combine`).
    """

    method: Method
    normalise: bool = False
    numbers: tuple[Fraction, ...] = ()


@named
class Added(Frozen):
    """The sum of the children's points, full marks F."""


@named
class Deducted(Frozen):
    """F less the losses of all leaves below, at least 0, at most F.

    Inside another deduction (`质量 40分` above deducting lines) it takes what it lost: F less its score.
    """


@named
class Grouped(Frozen):
    """A heading inside a deduction: the sum of the losses below it.

    Where the heading says 最多扣N分, its indicator's `item` has no rules and that cap.
    """


@named
class Computed(Frozen):
    """A formula over other indicators."""

    formula: Formula


@named
class FuzzyEvaluation(Frozen):
    """B = A∘R over the children's memberships; the score is taken at the node that names the grades.

    `grades`: label and value, first the highest; `score`: this node defuzzifies.
    """

    grades: tuple[tuple[str, Fraction], ...]
    operator: Operator
    by_membership: bool
    score: bool


Value = Answers | Observed | Checklist | Combined | Added | Deducted | Grouped | Computed | FuzzyEvaluation


# ---------------------------------------------------------------- rules of an item


@named
class ItemRule(Frozen):
    """One rule with everything it needs.

    `measure`: the path of the measure it reads: the indicator's own, or `indicator/subject`.
    `trigger`: a step in per cent (`每低1%`) is here either a step in percentage points, or, where the
    policy says that it means per cent of the target, still one in PERCENT: its size is that part of the target.
    `cap`: the most this one rule takes or gives. `sentence`: the rule as the procedure writes it.
    `amount`: the path of the measure that holds the assessor's choice (酌情扣a至b分); None: `measure`
    itself is that amount (0: nothing happened), as for a condition or a count.
    `adds`: the marks that it earns add up with those of the other rules that earn some.
    """

    trigger: Trigger
    effect: Effect
    measure: str
    parts: Parts
    cap: Fraction | None
    sentence: str
    span: Span
    amount: str | None = None
    adds: bool = False


@named
class DatedValue(Frozen):
    """A target or limit in force from `since` on (None: from the beginning), in `unit`."""

    amount: Fraction
    unit: Unit
    since: date | None = None


@named
class Item(Frozen):
    """The rules of one indicator and their common bounds.

    `full`: its full marks; None inside a deduction whose items have no points of their own.
    `cap` / `adding_cap` / `earning_cap`: the most the rules together take / add / earn. `period_cap`: the most in
    each `period`. `exceed`: additions may lift the score above full marks.
    """

    rules: tuple[ItemRule, ...]
    full: Fraction | None
    cap: Fraction | None = None
    adding_cap: Fraction | None = None
    earning_cap: Fraction | None = None
    period_cap: Fraction | None = None
    period: str | None = None
    exceed: bool = False


# ---------------------------------------------------------------- indicators


@named
class Indicator(Frozen):
    """One line of the scheme, with every default resolved.

    `weight`: as written. `share`: its part of the parent's mean, the shares of siblings sum
    to 1; None where the parent does not weight. `kind` and `unit`: of its value before scale
    and rules. `full`: the full marks of its score. `logarithm`: the value is replaced by its
    logarithm, `log_scale`: the scale map is straight in it. `over_units`: how the value is placed among the units.
    `counts`: it takes part in the result.
    `over_units_to`: the scores of the worst and the best unit under min-max and ranks (None: 0 and `full`), of 0 and
    of the best unit (or the mean of all) where values are a share of it.
    `asked`: not a line of the scheme but something a rule of the line above asks about (`Checklist`).
    """

    path: str
    name: str
    span: Span
    value: Value
    kind: Kind
    unit: Unit = Unit.NUMBER
    key: str | None = None
    children: tuple[str, ...] = ()
    weight: Weight | None = None
    share: Fraction | None = None
    full: Fraction = Fraction(100)
    scale: Scale | None = None
    clamped: bool = False
    logarithm: bool = False
    log_scale: bool = False
    over_units: Placing | None = None
    over_units_to: tuple[Fraction, Fraction] | None = None
    lower_is_better: bool = False
    rate_as_score: bool = False
    target: tuple[DatedValue, ...] = ()
    limit: tuple[DatedValue, ...] = ()
    item: Item | None = None
    minimum_sample: int = 0
    missing: Outcome = Outcome.ERROR
    rounding: Rounding | None = None
    bands: tuple[GradeBand, ...] = ()
    vetoes: tuple[VetoRule, ...] = ()
    clause: str | None = None
    owner: str | None = None
    feedback: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: bool = True
    asked: bool = False


@named
class CheckedScheme(Frozen):
    """One scheme: its indicators by path, children before parents, and the path of its result.

    `rounding`: what the result is rounded to and every score is shown with.
    `grade_on_rounded`: grades are read off the rounded value.
    """

    name: str
    result: str
    indicators: Mapping[str, Indicator]
    rounding: Rounding
    grade_on_rounded: bool
    accepted: tuple[Accept, ...] = ()


@named
class Policy(Frozen):
    """A checked policy; `schemes` in the order of the file."""

    source: Source
    header: Header
    schemes: tuple[CheckedScheme, ...]
