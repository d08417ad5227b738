"""A small manufacturer, built by hand: its policy, and the results as worked out on paper.

Survey: Q1 has the mean 4.2, Q2 4.5 (10 answers each). 1-5 as 20-100: 20 + 3.2 x 20 = 84, 20 + 3.5 x 20 = 90, mean 87.
Objective: 96.3 % against 98 % lacks 1.7 pp, one whole step, 0.5 points; 3 complaints, 3 points: 100 - 3.5 = 96.5.
Total: 87 x 40 % + 96.5 x 60 % = 34.8 + 57.9 = 92.7, between 80 and 95.
"""

from dataclasses import replace
from fractions import Fraction

from engine.data.contract import Account
from engine.evaluation.result import (
    Assessment,
    Measurement,
    NodeResult,
    QuestionMean,
    Reason,
    Result,
    RuleLine,
    State,
    StepValue,
)
from engine.language.formulas import Constant, Operation, Ref
from engine.language.policy import (
    Answers,
    CheckedScheme,
    Combined,
    Computed,
    DatedValue,
    Deducted,
    GradeBand,
    Grouped,
    Header,
    Indicator,
    Item,
    ItemRule,
    Observed,
    Policy,
    VetoRule,
)
from engine.language.syntax import (
    Comparison,
    CountTrigger,
    Deduct,
    Half,
    Kind,
    Method,
    Parts,
    Quantity,
    Rounding,
    Scale,
    Side,
    Statistic,
    StepTrigger,
    Unit,
)
from engine.source import NOWHERE, Span, source_of

F = Fraction

TEXT = """\
rubric: 1
scheme: |
  - 四舍五入保留2位小数
  总分 = 调查得分×40% + 客观得分×60%
    - 等级：满意[95, 100]；比较满意[80, 95)；不满意[0, 80)
    - 一票否决：严重事故≥1，定为不满意
  调查得分：等权平均
    质量：问卷Q1均值
    交付：问卷Q2均值
  客观得分：满分100分，倒扣分
    产品
      合格率：目标98%，每低一个百分点扣0.5分
      投诉/退货次数：每发生一次扣1分
  严重事故：次数
"""
SOURCE = source_of("policies/sample.yaml", TEXT)
RATE_RULE, COUNT_RULE = "每低一个百分点扣0.5分", "每发生一次扣1分"


def _span(text: str) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text))


def _indicator(name, value, *, path="", kind=Kind.SCORE, **more):
    return Indicator(path=path or name, name=name, span=_span(f"  {name}"), value=value, kind=kind, **more)


def _answers(name, question):
    value = Answers(questions=(question,), statistic=Statistic.MEAN, scale=(F(1), F(5)))
    scale = Scale(F(1), F(5), F(20), F(100))
    return _indicator(
        name, value, path=f"调查得分/{name}", kind=Kind.RATING, share=F(1, 2), scale=scale, clause=f"5.3.2 {name}"
    )


def _rule(trigger, points, measure, sentence):
    return ItemRule(
        trigger=trigger,
        effect=Deduct(Quantity(points, Unit.POINT)),
        measure=measure,
        parts=Parts.NOTHING,
        cap=None,
        sentence=sentence,
        span=_span(sentence),
    )


def _band(label, low, high, *, top=False):
    return GradeBand(label=label, low=F(low), high=F(high), low_closed=True, high_closed=top, span=NOWHERE)


TOTAL, SURVEY, OBJECTIVE = "总分", "调查得分", "客观得分"
QUALITY, DELIVERY, PRODUCT = "调查得分/质量", "调查得分/交付", "客观得分/产品"
RATE, COMPLAINTS, ACCIDENTS = "客观得分/产品/合格率", "客观得分/产品/投诉/退货次数", "严重事故"

INDICATORS = (
    _indicator(
        TOTAL,
        Computed(
            formula=Operation(
                operator="+",
                operands=(
                    Operation(operator="*", operands=(Ref(path=SURVEY), Constant(amount=F(2, 5)))),
                    Operation(operator="*", operands=(Ref(path=OBJECTIVE), Constant(amount=F(3, 5)))),
                ),
            )
        ),
        clause="5.4.3",
        owner="销售部",
        bands=(_band("满意", 95, 100, top=True), _band("比较满意", 80, 95), _band("不满意", 0, 80)),
        vetoes=(
            VetoRule(
                path=ACCIDENTS,
                comparison=Comparison.AT_LEAST,
                bound=F(1),
                sentence="一票否决：严重事故≥1，定为不满意",
                span=_span("一票否决：严重事故≥1，定为不满意"),
                grade="不满意",
            ),
        ),
    ),
    _indicator(SURVEY, Combined(method=Method.EQUAL), children=(QUALITY, DELIVERY)),
    _answers("质量", "Q1"),
    _answers("交付", "Q2"),
    _indicator(OBJECTIVE, Deducted(), children=(PRODUCT,)),
    _indicator("产品", Grouped(), path=PRODUCT, children=(RATE, COMPLAINTS)),
    _indicator(
        "合格率",
        Observed(measure="合格率"),
        path=RATE,
        kind=Kind.RATE,
        unit=Unit.PERCENT,
        target=(DatedValue(amount=F(98), unit=Unit.PERCENT),),
        item=Item(
            rules=(_rule(StepTrigger(Side.LOW, Quantity(F(1), Unit.PERCENTAGE_POINT)), F(1, 2), RATE, RATE_RULE),),
            full=None,
        ),
    ),
    _indicator(
        "投诉/退货次数",
        Observed(measure="投诉/退货次数"),
        path=COMPLAINTS,
        kind=Kind.COUNT,
        unit=Unit.TIME,
        item=Item(rules=(_rule(CountTrigger(), F(1), COMPLAINTS, COUNT_RULE),), full=None),
    ),
    _indicator(ACCIDENTS, Observed(measure=ACCIDENTS), kind=Kind.COUNT, unit=Unit.TIME, counts=False),
)

SCHEME = CheckedScheme(
    name="",
    result=TOTAL,
    indicators={indicator.path: indicator for indicator in INDICATORS},
    rounding=Rounding(Half.UP, 2),
    grade_on_rounded=True,
)
HEADER = Header(
    id="sample",
    title={"zh": "顾客满意度程序", "en": "Customer satisfaction procedure"},
    lang="zh",
    version="2025.1",
    document={"name": "顾客满意度程序"},
    names={"总分": "Overall", "调查得分": "Survey", "质量": "Quality", "比较满意": "Satisfied", "销售部": "Sales"},
)
POLICY = Policy(source=SOURCE, header=HEADER, schemes=(SCHEME,))


def _step(path, operation, value):
    return StepValue(id=f"{path}/{operation}", operation=operation, value=value)


def _survey_node(path, mean, score, question):
    measured = Measurement(
        value=mean, valid=10, questions=(QuestionMean(question=question, value=mean, valid=10, weight=F(10)),)
    )
    return NodeResult(
        path=path,
        state=State.VALUE,
        value=mean,
        score=score,
        reported=score,
        full=F(100),
        weight=F(1, 2),
        effective=F(1, 5),
        contribution=score / 5,
        valid=10,
        measurement=measured,
        steps=(_step(path, "measure", mean), _step(path, "scale", score)),
    )


def _ruled_node(path, value, unit, line, loss):
    return NodeResult(
        path=path,
        state=State.VALUE,
        value=value,
        unit=unit,
        loss=loss,
        contribution=-loss * F(3, 5),
        lines=(line,),
        measurement=Measurement(value=value),
        steps=(
            _step(path, "measure", value),
            _step(path, "rule", -loss),
            _step(path, "deduction", loss),
            _step(path, "addition", F(0)),
            _step(path, "loss", loss),
        ),
    )


RATE_LINE = RuleLine(
    sentence=RATE_RULE,
    line=12,
    effect="deduct",
    trigger="step",
    measure=RATE,
    unit=Unit.PERCENT,
    measured=F("96.3"),
    target=F(98),
    shortfall=F("1.7"),
    steps=F("1.7"),
    counted=F(1),
    each=F(1, 2),
    fired=True,
    points=F(-1, 2),
)
COUNT_LINE = RuleLine(
    sentence=COUNT_RULE,
    line=13,
    effect="deduct",
    trigger="count",
    measure=COMPLAINTS,
    unit=Unit.TIME,
    measured=F(3),
    steps=F(3),
    counted=F(3),
    each=F(1),
    fired=True,
    points=F(-3),
)

NODES = (
    NodeResult(
        path=TOTAL,
        state=State.VALUE,
        score=F("92.7"),
        reported=F("92.7"),
        full=F(100),
        grade="比较满意",
        effective=F(1),
        contribution=F("92.7"),
        steps=(_step(TOTAL, "combination", F("92.7")), _step(TOTAL, "veto", F("92.7")), _step(TOTAL, "grade", None)),
    ),
    NodeResult(
        path=SURVEY,
        state=State.VALUE,
        score=F(87),
        reported=F(87),
        full=F(100),
        weight=F(2, 5),
        effective=F(2, 5),
        contribution=F("34.8"),
        steps=(_step(SURVEY, "combination", F(87)),),
    ),
    _survey_node(QUALITY, F("4.2"), F(84), "Q1"),
    _survey_node(DELIVERY, F("4.5"), F(90), "Q2"),
    NodeResult(
        path=OBJECTIVE,
        state=State.VALUE,
        score=F("96.5"),
        reported=F("96.5"),
        full=F(100),
        weight=F(3, 5),
        effective=F(3, 5),
        contribution=F("57.9"),
        steps=(_step(OBJECTIVE, "combination", F("96.5")),),
    ),
    NodeResult(
        path=PRODUCT,
        state=State.VALUE,
        loss=F("3.5"),
        contribution=F("-2.1"),
        steps=(_step(PRODUCT, "loss", F("3.5")),),
    ),
    _ruled_node(RATE, F("96.3"), Unit.PERCENT, RATE_LINE, F(1, 2)),
    _ruled_node(COMPLAINTS, F(3), Unit.TIME, COUNT_LINE, F(3)),
    NodeResult(
        path=ACCIDENTS,
        state=State.VALUE,
        value=F(0),
        unit=Unit.TIME,
        measurement=Measurement(value=F(0), valid=1),
        steps=(_step(ACCIDENTS, "measure", F(0)),),
    ),
)

ASSESSMENT = Assessment(
    scheme="",
    unit={},
    segment={},
    period="2025",
    state=State.VALUE,
    score=F("92.7"),
    exact=F("92.7"),
    grade="比较满意",
    nodes=NODES,
)
ACCOUNT = Account(
    source="survey",
    file="调查表.xlsx",
    sha256="0" * 64,
    rows=15,
    valid=10,
    out_of_period=2,
    invalid={"作答率不低于80%": 3, "非雷同作答": 0},
)
RESULT = Result(
    engine="0.1.0",
    policy={"id": "sample", "version": "2025.1", "file": "policies/sample.yaml", "sha256": "1" * 64},
    as_of="2025-12-31",
    data=(ACCOUNT,),
    assessments=(ASSESSMENT,),
)


def with_units(**names: str) -> Result:
    """The same result for units of those names, and one more whose rate was not collected."""
    told = tuple(ASSESSMENT._replace(unit={"事业部": name}) for name in names.values())
    lost = NODES[0]._replace(
        state=State.MISSING,
        score=None,
        reported=None,
        grade=None,
        reason=Reason.NOT_COLLECTED.value,
        cause=RATE,
    )
    missing = ASSESSMENT._replace(
        unit={"事业部": "三部"},
        state=State.MISSING,
        score=None,
        exact=None,
        grade=None,
        nodes=(lost, *NODES[1:]),
    )
    return replace(RESULT, assessments=(*told, missing))
