"""The canonical words of every kind of sentence, in Chinese and in English."""

from datetime import date
from fractions import Fraction as F

import pytest

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.formatter import format_belonging, format_cell, format_measure, format_sentence, format_validity
from engine.language.parser import parse_sentence
from engine.language.syntax import Unit
from engine.language.text import identity


def q(amount: str | int, unit: Unit = Unit.POINT) -> s.Quantity:
    """A quantity, in points unless said."""
    return s.Quantity(F(amount), unit)


def name(text: str) -> s.Name:
    """The name that is spelt so."""
    return s.Name(text, identity(text))


def between(low: int | None, high: int | None, *marks: bool | None, unit: Unit = Unit.PERCENT) -> s.Interval:
    """An interval with the marks of its bounds, in per cent unless said."""
    return s.Interval(None if low is None else F(low), None if high is None else F(high), *marks, unit)


PP = Unit.PERCENTAGE_POINT
LOW = s.StepTrigger(s.Side.LOW, q(1, PP))
ONCE = s.CountTrigger()
HALF = s.Deduct(q("0.5"))


@pytest.mark.parametrize(
    ("rule", "chinese", "english"),
    [
        (s.Rule(LOW, HALF), "每低1个百分点扣0.5分", "deduct 0.5 per 1 pp below target"),
        (s.Rule(LOW, HALF, each=True), "每低1个百分点各扣0.5分", "deduct 0.5 each per 1 pp below target"),
        (s.Rule(s.StepTrigger(s.Side.HIGH, q(2, Unit.MINUTE)), HALF), "每高2分钟扣0.5分", "deduct 0.5 per 2 minutes above target"),
        (s.Rule(ONCE, HALF), "每发生一次扣0.5分", "deduct 0.5 per occurrence"),
        (s.Rule(s.CountTrigger(F(2)), s.Add(q(1))), "每发生2次加1分", "add 1 per 2 occurrences"),
        (s.Rule(ONCE, HALF, name("空岗")), "空岗每发生一次扣0.5分", "空岗: deduct 0.5 per occurrence"),
        (s.Rule(ONCE, HALF, name("Complaints")), "Complaints 每发生一次扣0.5分", "Complaints: deduct 0.5 per occurrence"),
        (s.Rule(s.LateTrigger(), HALF), "超出规定时限发生一次扣0.5分", "deduct 0.5 per occurrence over the time limit"),
        (s.Rule(s.LateTrigger(Unit.DAY), HALF), "每逾期1天扣0.5分", "deduct 0.5 per day late"),
        (s.Rule(s.LateTrigger(Unit.WEEK, F(2), started=True), HALF), "每逾期2周(含不足1周)扣0.5分", "deduct 0.5 per 2 started weeks late"),
        (s.Rule(s.RangeTrigger(between(95, None, True, False)), s.FullMarks()), "95%以上得满分", "full marks if 95% and above"),
        (s.Rule(s.RangeTrigger(between(None, 90, False, False)), s.NoMarks()), "低于90%不得分", "no marks if below 90%"),
        (s.Rule(s.RangeTrigger(between(90, 95, True, False)), s.Score(q(8))), "90%(含)至95%(不含)得8分", "score 8 if at least 90% but below 95%"),
        (s.Rule(s.RangeTrigger(between(2, 3, True, True, unit=Unit.TIME)), HALF), "2至3次扣0.5分", "deduct 0.5 if 2 to 3 occurrences"),
        (s.Rule(s.RangeTrigger(between(0, 0, True, True, unit=Unit.TIME)), s.FullMarks()), "等于0次得满分", "full marks if equal to 0 occurrences"),
        (s.Rule(s.TargetTrigger(True), s.FullMarks()), "达到目标得满分", "full marks if target met"),
        (s.Rule(s.TargetTrigger(False), HALF), "未达标扣0.5分", "deduct 0.5 if target missed"),
        (s.Rule(s.TargetTrigger(False, s.Side.HIGH), HALF), "超过目标值扣0.5分", "deduct 0.5 if above the target"),
        (s.Rule(s.ConditionTrigger(name("未公示")), HALF), "未公示的扣0.5分", "deduct 0.5 if 未公示"),
        (s.Rule(s.ConditionTrigger(name("the notice is missing")), s.NoMarks()), "the notice is missing的不得分", "no marks if the notice is missing"),
        (s.Rule(s.AlwaysTrigger(), s.Proportion()), "按比例得分", "marks in proportion"),
        (s.Rule(s.AlwaysTrigger(), s.Interpolation()), "其间按线性插值得分", "marks by linear interpolation in between"),
        (s.Rule(s.AlwaysTrigger(), s.NoMarks()), "否则不得分", "otherwise no marks"),
        (s.Rule(ONCE, s.Deduct(q(1), q(3))), "每发生一次酌情扣1至3分", "at the assessor's discretion deduct 1 to 3 per occurrence"),
        (s.Rule(ONCE, s.Share(F(20))), "每发生一次扣该项分值的20%", "deduct 20% of its points per occurrence"),
        (s.Rule(ONCE, s.Share(F(20), of_score=True)), "每发生一次扣得分的20%", "deduct 20% of the score per occurrence"),
        (s.Rule(s.TargetTrigger(False), s.GradeAs(name("不合格"))), "未达标定为不合格", "grade 不合格 if target missed"),
        (s.Rule(ONCE, s.Ceiling(q(60))), "每发生一次封顶60分", "capped at 60 per occurrence"),
        (s.Rule(ONCE, s.NoMarks(), each=True), "每发生一次各得0分", "no marks each per occurrence"),
    ],
)  # fmt: skip
def test_rules(rule: s.Rule, chinese: str, english: str) -> None:
    """Chinese says the trigger first, English the effect."""
    assert format_sentence(rule, "zh") == chinese
    assert format_sentence(rule, "en") == english


DATED = (s.Dated(q(95, Unit.PERCENT), date(2024, 1, 1)), s.Dated(q(96, Unit.PERCENT), date(2025, 1, 1)))


@pytest.mark.parametrize(
    ("sentence", "chinese", "english"),
    [
        (s.PartSteps(s.Parts.NOTHING), "不足一步不扣分", "whole steps only"),
        (s.PartSteps(s.Parts.WHOLE), "不足一步按一步计", "part steps count as whole steps"),
        (s.PartSteps(s.Parts.SHARE), "不足一步按比例扣分", "part steps pro rata"),
        (s.Cap(F(10)), "最多扣10分", "at most 10"),
        (s.Cap(F(3), adding=True), "最多加3分", "add at most 3"),
        (s.Cap(F(10), whole_item=True), "本项最多扣10分", "total deduction at most 10"),
        (s.Cap(None), "扣完为止", "not below 0"),
        (s.PeriodCap(F(3), "month"), "每月最多扣3分", "at most 3 per month"),
        (s.MayExceed(), "加分可超过满分", "may exceed full marks"),
        (s.StepPercent(False), "步长的%指百分点", "a step of 1% means one percentage point"),
        (s.StepPercent(True), "步长的%指目标的百分之几", "a step of 1% means 1% of the target"),
        (s.Target(DATED), "目标95%自2024-01-01起、96%自2025-01-01起", "target 95% from 2024-01-01 then 96% from 2025-01-01"),
        (s.Target((s.Dated(name("Queue target")),)), "目标Queue target", "target Queue target"),
        (s.Let(name("X"), (s.Dated(q(98, Unit.PERCENT)),)), "设X = 98%", "let X = 98%"),
        (s.TimeLimit((s.Dated(q(24, Unit.HOUR)),)), "规定时限24小时", "time limit 24 hours"),
        (s.TimeLimit((s.Dated(q(5, Unit.WORKING_DAY)),)), "规定时限5个工作日", "time limit 5 working days"),
        (s.Survey((name("Q1"), name("Q2")), s.Statistic.MEAN), "问卷Q1、Q2均值", "mean of Q1 and Q2"),
        (s.Survey((), s.Statistic.MEAN), "问卷同名题均值", "mean of its own question"),
        (s.Survey((name("Q10"),), s.Statistic.TOP_TWO), "问卷Q10前两档比例", "top 2 box of Q10"),
        (s.Survey((name("Q9"),), s.Statistic.NPS), "问卷Q9净推荐值", "NPS of Q9"),
        (s.Survey((name("C11"),), s.Statistic.DISTRIBUTION), "问卷C11分布", "distribution of C11"),
        (s.Scale(F(1), F(5), F(20), F(100)), "1-5分折合20-100分", "1-5 as 20-100"),
        (s.Scale(F(-100), F(100), F(0), F(100)), "-100至100分折合0-100分", "-100 to 100 as 0-100"),
        (s.AnswerScale(F(1), F(5)), "1-5分制", "1-5 scale"),
        (s.KindIs(s.Kind.RATE), "百分率", "rate"),
        (s.KindIs(s.Kind.COUNT), "次数", "count"),
        (s.KindIs(s.Kind.SCORE), "得分", "score"),
        (s.KindIs(s.Kind.YES_NO), "是否", "yes/no"),
        (s.KindIs(s.Kind.POINTS), "实得分", "observed points"),
        (s.KindIs(s.Kind.DURATION), "时长", "duration"),
        (s.RateAsScore(), "按百分制计分", "rate as score"),
        (s.Clamped(), "限幅", "clamped"),
        (s.LowerIsBetter(), "越低越好", "lower is better"),
        (s.NaturalLog(), "取自然对数", "natural log"),
        (s.OverUnits(s.Placing.Z_SCORE), "按各单位标准化", "z-score over units"),
        (s.OverUnits(s.Placing.MIN_MAX, F(0), F(100)), "以各单位最低至最高折合0-100分", "min-max over units as 0-100"),
        (s.MinimumSample(30), "至少30个有效值，否则不评", "at least 30 valid values, else not rated"),
        (s.DeductFrom(F(100)), "满分100分，倒扣分", "deduct from 100"),
        (s.AddUp(F(100)), "满分100分，逐项得分", "add up to 100"),
        (s.Combine(s.Method.WEIGHTED), "加权平均", "weighted mean"),
        (s.Combine(s.Method.EQUAL), "等权平均", "equal weights"),
        (s.Combine(s.Method.WORST), "取最低分", "worst of all"),
        (s.Combine(s.Method.BEST), "取最高分", "best of all"),
        (s.Combine(s.Method.GEOMETRIC), "几何平均", "geometric mean"),
        (s.Normalise(F(50)), "权重合计50%，归一", "weights total 50%, normalise"),
        (s.Normalise(), "归一", "normalise weights"),
        (s.ItemCount(4), "共4项", "4 items"),
        (s.PercentScore(), "计算结果采取百分制", "score from 0 to 100"),
        (s.Rounding(s.Half.UP, 1), "四舍五入保留1位小数", "round half up to 1 decimal"),
        (s.Rounding(s.Half.EVEN, 2), "四舍六入五成双保留2位小数", "round half even to 2 decimals"),
        (s.Rounding(s.Half.FLOOR, 0), "舍去取整", "round down to the nearest integer"),
        (s.Rounding(s.Half.CEIL, 2), "进一保留2位小数", "round up to 2 decimals"),
        (s.Rounding(s.Half.NONE, None), "不修约", "no rounding"),
        (s.Missing(s.Outcome.ERROR), "缺数报错", "missing: error"),
        (s.Missing(s.Outcome.RENORMALISE), "缺数按其余权重归一", "missing: renormalise"),
        (s.Missing(s.Outcome.ZERO), "缺数计零分", "missing: zero"),
        (s.Missing(s.Outcome.FULL), "缺数计满分", "missing: full marks"),
        (s.BoundOwner(lower=True), "等级边界含下限", "lower bound included"),
        (s.BoundOwner(lower=False), "等级边界含上限", "upper bound included"),
        (s.GradeOn(rounded=True), "按修约值定级", "grade on rounded value"),
        (s.GradeOn(rounded=False), "按全数值定级", "grade on full value"),
        (s.Each((s.Scale(F(1), F(5), F(20), F(100)), s.Clamped())), "各项：1-5分折合20-100分，限幅", "each item: 1-5 as 20-100, clamped"),
        (s.Owner("质量部"), "收集部门：质量部", "collected by 质量部"),
        (s.Feedback(("生产部", "工程部")), "反馈部门：生产部、工程部", "fed back to 生产部 and 工程部"),
        (s.Basis("5.3.3"), "依据5.3.3", "basis 5.3.3"),
        (s.Note("由本公司决定。"), "注：由本公司决定。", "note: 由本公司决定。"),
        (s.InformationOnly(), "仅供参考", "for information only"),
        (s.Accept("W305", "见附录"), "认可W305：见附录", "accept W305: 见附录"),
    ],
)  # fmt: skip
def test_sentences_beside_the_rules(sentence: s.Sentence, chinese: str, english: str) -> None:
    """The table of the language: one canonical sentence for each kind."""
    assert format_sentence(sentence, "zh") == chinese
    assert format_sentence(sentence, "en") == english


def test_bands() -> None:
    """Undecided bounds stand as 95-80, decided ones in brackets; letters, labels and the owner of the bounds stay."""
    bands = s.Bands(
        (
            s.Band(name("优秀"), between(90, 100, True, True, unit=Unit.NUMBER), "a"),
            s.Band(name("良好"), between(80, 90, None, None, unit=Unit.NUMBER), "b"),
            s.Band(name("不合格"), between(None, 80, None, None, unit=Unit.NUMBER), "c"),
        ),
        s.BoundOwner(lower=True),
    )

    assert format_sentence(bands, "zh") == "等级：a.优秀 [90, 100]；b.良好(90-80)；c.不合格(80以下)；含下限"
    assert (
        format_sentence(bands, "en")
        == "bands: a.优秀 [90, 100]; b.良好 (90-80); c.不合格 (80 and below); lower bound included"
    )


def test_vetoes() -> None:
    """A veto compares an indicator, by name or by path; a name that holds a comparison stands in quotes."""
    accident = s.VetoCondition(s.Reference((name("严重质量事故次数"),)), s.Comparison.AT_LEAST, q(1, Unit.NUMBER))
    above = s.VetoCondition(s.Reference((name("质量"), name("超过时限的整改"))), s.Comparison.MORE, q(3, Unit.TIME))

    assert (
        format_sentence(s.Veto(accident, s.GradeAs(name("不满意"))), "zh") == "一票否决：严重质量事故次数≥1，定为不满意"
    )
    assert format_sentence(s.Veto(accident, s.NoMarks()), "en") == "veto: 严重质量事故次数 ≥ 1, no marks"
    assert format_sentence(s.Veto(above, s.Ceiling(q(59))), "zh") == "一票否决：质量.“超过时限的整改”>3次，封顶59分"


def test_fuzzy_evaluation() -> None:
    """Grades with their values, the operator, and how the score is taken."""
    fuzzy = s.Fuzzy(((name("满意"), F(100)), (name("一般"), F(60))), s.Operator.MAX_MIN, by_membership=True)

    assert format_sentence(fuzzy, "zh") == "模糊综合评价：满意=100、一般=60；取大取小算子；按最大隶属度"
    assert (
        format_sentence(fuzzy, "en") == "fuzzy evaluation: 满意=100, 一般=60; max-min operator; by maximum membership"
    )


def test_a_cap_of_deductions_behind_an_addition_says_so() -> None:
    """At most 5 behind a rule that adds would bound the addition."""
    cell = (s.Rule(ONCE, HALF), s.Rule(s.TargetTrigger(True), s.Add(q(1))), s.Cap(F(5)))

    assert format_cell(cell, "zh") == "每发生一次扣0.5分，达到目标加1分，最多扣5分"
    assert format_cell(cell, "en") == "deduct 0.5 per occurrence, add 1 if target met, maximum deduction of 5"


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("空岗", "空岗每发生一次扣0.5分"),
        ("每日巡检", "“每日巡检”每发生一次扣0.5分"),
        ("10086热线", "“10086热线”每发生一次扣0.5分"),
        ("质量：入厂", "“质量：入厂”每发生一次扣0.5分"),
        ("备注 #2", "“备注 #2”每发生一次扣0.5分"),
    ],
)
def test_quotes_only_where_they_are_needed(text: str, chinese: str) -> None:
    """A subject that the grammar reads as itself needs no quotes."""
    assert format_sentence(s.Rule(ONCE, HALF, name(text)), "zh") == chinese


def test_only_the_name_that_needs_quotes_has_them() -> None:
    """Beside a name with a dash and a blank, the others stay bare."""
    survey = s.Survey((name("Q1"), name("1、产品质量"), name("Q3")), s.Statistic.MEAN)

    assert format_sentence(survey, "zh") == "问卷Q1、“1、产品质量”、Q3均值"
    assert format_sentence(survey, "en") == 'mean of Q1 and "1、产品质量" and Q3'


WHERE = (
    s.Condition(name("类别"), s.Comparison.EQUAL, "质量"),
    s.Condition(name("严重度"), s.Comparison.AT_LEAST, "2"),
)
COMPLAINTS = name("complaints")


@pytest.mark.parametrize(
    ("measure", "chinese", "english"),
    [
        (s.CountRows(COMPLAINTS), "complaints的次数", "count of complaints"),
        (s.CountRows(COMPLAINTS, WHERE), "complaints中类别=质量且严重度≥2的次数", "count of complaints where 类别 = 质量 and 严重度 ≥ 2"),
        (s.RatioOfSums(COMPLAINTS, name("合格批数"), name("交验批数")), "complaints的合格批数合计÷交验批数合计", "sum of 合格批数 / sum of 交验批数 in complaints"),
        (s.Quotient(s.CountRows(COMPLAINTS), s.CountDistinct(name("orders"), name("客户号"))), "complaints的次数÷orders中不同客户号的个数", "count of complaints / distinct 客户号 in orders"),
        (s.Quotient(s.CountRows(COMPLAINTS, WHERE[:1]), s.ColumnStatistic(name("base"), name("户数"), "mean"), 1000), "complaints中类别=质量的次数÷base的户数均值×1000", "count of complaints where 类别 = 质量 / mean of 户数 in base per 1000"),
        (s.ShareOfRows(COMPLAINTS, WHERE[:1]), "complaints中类别=质量的占比", "share of complaints where 类别 = 质量"),
        (s.CountRows(COMPLAINTS, (s.Repeated((name("客户号"), name("类别")), 30),)), "complaints中30天内客户号、类别重复的次数", "count of complaints where repeated within 30 days by 客户号, 类别"),
        (s.ColumnStatistic(COMPLAINTS, name("工时"), "sum"), "complaints的工时合计", "sum of 工时 in complaints"),
        (s.ColumnStatistic(COMPLAINTS, name("工时"), "median", WHERE[:1]), "complaints中类别=质量的工时中位数", "median of 工时 in complaints where 类别 = 质量"),
        (s.TimeBetween(COMPLAINTS, name("提出时间"), name("完成时间")), "complaints从提出时间到完成时间的时长", "time from 提出时间 to 完成时间 in complaints"),
        (s.TimeBetween(COMPLAINTS, name("提出时间"), name("完成时间"), "mean"), "complaints从提出时间到完成时间的时长均值", "mean time from 提出时间 to 完成时间 in complaints"),
        (s.CountDistinct(COMPLAINTS, name("客户号")), "complaints中不同客户号的个数", "distinct 客户号 in complaints"),
        (s.LookUp(name("kpi")), "kpi的值", "value in kpi"),
    ],
)  # fmt: skip
def test_measures(measure: s.MeasureSentence, chinese: str, english: str) -> None:
    """The sentences of `measures:`."""
    assert format_measure(measure, "zh") == chinese
    assert format_measure(measure, "en") == english


def test_what_belongs_to_a_class() -> None:
    """The conditions of `classes:`, joined by 且 or and."""
    belonging = s.Belonging(
        (
            s.Condition(name("Q8"), s.Comparison.LESS, "7"),
            s.Condition(name("抱怨"), s.Comparison.EQUAL, "有"),
        )
    )
    assert format_belonging(belonging, "zh") == "Q8<7且抱怨=有"
    assert format_belonging(belonging, "en") == "Q8 < 7 and 抱怨 = 有"


@pytest.mark.parametrize(
    ("validity", "chinese", "english"),
    [
        (s.AnsweredAtLeast(F(80)), "作答率不低于80%", "answered at least 80%"),
        (s.NotStraightLined(), "非雷同作答", "not straight-lined"),
        (s.TookAtLeast(F(30)), "用时不少于30秒", "took at least 30 s"),
        (s.ListedIn(name("客户号"), name("customers")), "客户号属于customers", "客户号 listed in customers"),
        (s.OnePer(name("客户号"), last=True), "每个客户号取最后一份", "last per 客户号"),
        (s.OnePer(name("客户号"), last=False), "每个客户号取第一份", "first per 客户号"),
        (s.Condition(name("城市"), s.Comparison.EQUAL, "上海"), "城市=上海", "城市 = 上海"),
    ],
)
def test_validity(validity: s.ValiditySentence, chinese: str, english: str) -> None:
    """The sentences of `valid:`."""
    assert format_validity(validity, "zh") == chinese
    assert format_validity(validity, "en") == english


@pytest.mark.parametrize(
    "unit", [Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH]
)
@pytest.mark.parametrize("started", [False, True])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lateness_in_any_unit_reads_back(unit: Unit, *, started: bool, lang: Lang) -> None:
    """What is printed of lateness says the same again, in whole and in started units."""
    rules = [s.Rule(s.LateTrigger(unit, F(2), started), s.NoMarks())]

    assert parse_sentence(format_cell(rules, lang)) == rules
