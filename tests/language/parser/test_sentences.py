"""Sentences and what they say: Chinese and English, the seeds' own words, any trigger with any effect."""

from fractions import Fraction as F

import pytest

from engine.language import syntax as s
from engine.language.parser import parse_sentence
from engine.language.syntax import Kind, Method, Outcome, Side, Statistic, Unit
from tests.language.parser.said import HALF, LOW1, ONCE, ONE, name, q, rule

# ---------------------------------------------------------------- the seeds, to the letter


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("每低规定目标值一个百分点各扣0.5分", [rule(LOW1, HALF, each=True)]),
        ("每发生一次扣1分", [rule(ONCE, ONE)]),
        ("每发生一次扣0.5分", [rule(ONCE, HALF)]),
        ("超出规定响应时间发生一次扣0.2分", [rule(s.LateTrigger(), s.Deduct(q("0.2")))]),
        ("采用倒扣分的方式进行计算", [s.DeductFrom(F(100))]),
        ("满分100分,采用倒扣分的方式进行计算", [s.DeductFrom(F(100))]),
        ("计算结果采取百分制", [s.PercentScore()]),
        ("综合评价法", [s.Combine(Method.WEIGHTED)]),
    ],
)
def test_the_seeds_sentences(words: str, meaning: list[s.Sentence]) -> None:
    """The scoring sentences of the source procedures are read as they stand."""
    assert parse_sentence(words) == meaning


def test_the_seeds_grades() -> None:
    """a.非常满意(100-95);…d.不满意(60以下) gives four bands whose shared bounds are undecided."""
    (bands,) = parse_sentence("等级：a.非常满意(100-95);b.比较满意(95-80);c.一般满意(80-60);d.不满意(60以下)。")

    assert bands == s.Bands(
        (
            s.Band(name("非常满意"), s.Interval(F(95), F(100)), "a"),
            s.Band(name("比较满意"), s.Interval(F(80), F(95)), "b"),
            s.Band(name("一般满意"), s.Interval(F(60), F(80)), "c"),
            s.Band(name("不满意"), s.Interval(None, F(60)), "d"),
        )
    )


# ---------------------------------------------------------------- two languages, one meaning


@pytest.mark.parametrize(
    ("chinese", "english", "meaning"),
    [
        ("每低1个百分点扣0.5分", "deduct 0.5 per 1 pp below target", [rule(LOW1, HALF)]),
        ("每低于目标值1个百分点扣0.5分", "lose 0.5 points for each percentage point below the target", [rule(LOW1, HALF)]),
        ("每超1分钟扣2分", "deduct 2 per 1 minute above target", [rule(s.StepTrigger(Side.HIGH, q(1, Unit.MINUTE)), s.Deduct(q(2)))]),
        ("每发生一次扣1分", "deduct 1 per occurrence", [rule(ONCE, ONE)]),
        ("每缺一项扣1分", "1 point off per missing item", [rule(ONCE, ONE)]),
        ("每处破损扣1分", "1 point will be deducted for each damaged label", [rule(ONCE, ONE)]),
        ("每发生2次扣1分", "deduct 1 per 2 complaints", [rule(s.CountTrigger(F(2)), ONE)]),
        ("超出规定时限发生一次扣1分", "deduct 1 per occurrence over the time limit", [rule(s.LateTrigger(), ONE)]),
        ("每逾期1天扣1分", "deduct 1 per day late", [rule(s.LateTrigger(Unit.DAY), ONE)]),
        ("95%以上得1分", "95% and above scores 1", [rule(s.RangeTrigger(s.Interval(F(95), None, True, False, Unit.PERCENT)), s.Score(q(1)))]),
        ("低于90%不得分", "below 90% no marks", [rule(s.RangeTrigger(s.Interval(None, F(90), False, False, Unit.PERCENT)), s.NoMarks())]),
        ("达标得满分", "target met: full marks", [rule(s.TargetTrigger(True), s.FullMarks())]),
        ("未达标扣1分", "deduct 1 if target missed", [rule(s.TargetTrigger(False), ONE)]),
        ("最多扣10分", "at most 10", [s.Cap(F(10))]),
        ("每月最多扣3分", "at most 3 per month", [s.PeriodCap(F(3), "month")]),
        ("扣完为止", "not below 0", [s.Cap(None)]),
        ("不足一步不扣分", "whole steps only", [s.PartSteps(s.Parts.NOTHING)]),
        ("不足一步按一步计", "part steps count as whole steps", [s.PartSteps(s.Parts.WHOLE)]),
        ("不足一步按比例扣分", "part steps pro rata", [s.PartSteps(s.Parts.SHARE)]),
        ("规定时限24小时", "time limit 24 hours", [s.TimeLimit((s.Dated(q(24, Unit.HOUR)),))]),
        ("问卷Q1、Q2均值", "mean of Q1 and Q2", [s.Survey((name("q1"), name("q2")), Statistic.MEAN)]),
        ("问卷Q10前两档比例", "top 2 box of Q10", [s.Survey((name("q10"),), Statistic.TOP_TWO)]),
        ("问卷Q9净推荐值", "NPS of Q9", [s.Survey((name("q9"),), Statistic.NPS)]),
        ("问卷C11分布", "distribution of C11", [s.Survey((name("c11"),), Statistic.DISTRIBUTION)]),
        ("问卷同名题均值", "mean of its own question", [s.Survey((), Statistic.MEAN)]),
        ("调查表的同名题目净推荐值", "NPS of the question of that name", [s.Survey((), Statistic.NPS)]),
        ("反馈部门：生产部、工程部", "fed back to 生产部 and 工程部", [s.Feedback(("生产部", "工程部"))]),
        ("1-5分折合20-100分", "1-5 as 20-100", [s.Scale(F(1), F(5), F(20), F(100))]),
        ("-100至100折合0-100分", "-100 to 100 as 0-100", [s.Scale(F(-100), F(100), F(0), F(100))]),
        ("1-5分制", "1-5 scale", [s.AnswerScale(F(1), F(5))]),
        ("百分率", "rate", [s.KindIs(Kind.RATE)]),
        ("次数", "count", [s.KindIs(Kind.COUNT)]),
        ("是否", "yes/no", [s.KindIs(Kind.YES_NO)]),
        ("实得分", "observed points", [s.KindIs(Kind.POINTS)]),
        ("时长", "duration", [s.KindIs(Kind.DURATION)]),
        ("按百分制计分", "rate as score", [s.RateAsScore()]),
        ("满分100分，倒扣分", "deduct from 100", [s.DeductFrom(F(100))]),
        ("满分100分，逐项得分", "add up to 100", [s.AddUp(F(100))]),
        ("加权平均", "weighted mean", [s.Combine(Method.WEIGHTED)]),
        ("等权平均", "equal weights", [s.Combine(Method.EQUAL)]),
        ("取最低分", "worst of all", [s.Combine(Method.WORST)]),
        ("取最高分", "best of all", [s.Combine(Method.BEST)]),
        ("几何平均", "geometric mean", [s.Combine(Method.GEOMETRIC)]),
        ("权重合计50%，归一", "weights total 50%, normalise", [s.Normalise(F(50))]),
        ("共4项", "4 items", [s.ItemCount(4)]),
        ("四舍五入保留1位小数", "round half up to 1 decimal", [s.Rounding(s.Half.UP, 1)]),
        ("四舍六入五成双保留2位小数", "round half even to 2 decimals", [s.Rounding(s.Half.EVEN, 2)]),
        ("舍去保留2位小数", "round down to 2 decimals", [s.Rounding(s.Half.FLOOR, 2)]),
        ("进一保留2位小数", "round up to 2 decimals", [s.Rounding(s.Half.CEIL, 2)]),
        ("不修约", "no rounding", [s.Rounding(s.Half.NONE, None)]),
        ("缺数报错", "missing: error", [s.Missing(Outcome.ERROR)]),
        ("缺数按其余权重归一", "missing: renormalise", [s.Missing(Outcome.RENORMALISE)]),
        ("缺数计零分", "missing: zero", [s.Missing(Outcome.ZERO)]),
        ("缺数计满分", "missing: full marks", [s.Missing(Outcome.FULL)]),
        ("等级边界含下限", "lower bound included", [s.BoundOwner(True)]),
        ("等级边界含上限", "upper bound included", [s.BoundOwner(False)]),
        ("按修约值定级", "grade on rounded value", [s.GradeOn(True)]),
        ("按全数值定级", "grade on full value", [s.GradeOn(False)]),
        ("仅供参考", "for information only", [s.InformationOnly()]),
        ("越低越好", "lower is better", [s.LowerIsBetter()]),
        ("限幅", "clamped", [s.Clamped()]),
        ("取自然对数", "natural log", [s.NaturalLog()]),
        ("以各单位最低至最高折合0-100分", "min-max over units as 0-100", [s.OverUnits(s.Placing.MIN_MAX, F(0), F(100))]),
        ("数值", "number", [s.KindIs(s.Kind.NUMBER)]),
        ("按对数折合", "on a log scale", [s.LogScale()]),
        ("0-50-100分折合0-60-100分", "0 to 50 to 100 as 0 to 60 to 100",
         [s.Scale(F(0), F(100), F(0), F(100), ((F(50), F(60)),))]),
        ("0、50、100折合100、60、0分", "0-50-100 as 100-60-0", [s.Scale(F(0), F(100), F(100), F(0), ((F(50), F(60)),))]),
        ("按各单位名次折合0-100分", "ranks over units as 0-100", [s.OverUnits(s.Placing.RANK, F(0), F(100))]),
        ("调和平均", "harmonic mean", [s.Combine(s.Method.HARMONIC)]),
        ("取中位数", "median of all", [s.Combine(s.Method.MEDIAN)]),
        ("取最高3项平均", "mean of the best 3", [s.Combine(s.Method.BEST_OF, (F(3),))]),
        ("取得分最低的两项的平均", "average of the worst 2", [s.Combine(s.Method.WORST_OF, (F(2),))]),
        ("去掉一个最高分和一个最低分后平均", "mean without the highest and the lowest",
         [s.Combine(s.Method.TRIMMED, (F(1), F(1)))]),
        ("去掉2个最高分、2个最低分，取平均分", "drop the 2 highest and the 2 lowest, then the mean",
         [s.Combine(s.Method.TRIMMED, (F(2), F(2)))]),
        ("去掉最低分后平均", "mean without the lowest", [s.Combine(s.Method.TRIMMED, (F(0), F(1)))]),
        ("3次幂平均", "power mean of order 3", [s.Combine(s.Method.POWER, (F(3),))]),
        ("平方平均", "quadratic mean", [s.Combine(s.Method.POWER, (F(2),))]),
        ("以各单位最优为100分", "best over units as 100", [s.OverUnits(s.Placing.BEST_SHARE, F(0), F(100))]),
        ("以各单位平均值折合100分", "mean over units as 100", [s.OverUnits(s.Placing.MEAN_SHARE, None, F(100))]),
        ("按各单位百分位", "percentile over units", [s.OverUnits(s.Placing.PERCENTILE)]),
        ("按各单位标准化（样本标准差）", "z-score over units with sample standard deviation",
         [s.OverUnits(s.Placing.SAMPLE_Z_SCORE)]),
        ("按各单位标准化", "z-score over units", [s.OverUnits(s.Placing.Z_SCORE)]),
        ("至少30个有效值，否则不评", "at least 30 valid values, else not rated", [s.MinimumSample(30)]),
        ("步长的%指百分点", "step percent means percentage points", [s.StepPercent(False)]),
        ("加分可超过满分", "may exceed full marks", [s.MayExceed()]),
    ],
)  # fmt: skip
def test_one_meaning_in_both_languages(chinese: str, english: str, meaning: list[s.Sentence]) -> None:
    """Chinese and English sentences say the same."""
    assert parse_sentence(chinese) == meaning
    assert parse_sentence(english) == meaning


# ---------------------------------------------------------------- any trigger with any effect

TRIGGERS: dict[str, s.Trigger] = {
    "每低1个百分点": LOW1,
    "每发生一次": ONCE,
    "每缺一项": ONCE,
    "每处破损": ONCE,
    "每辆次": ONCE,
    "每人每例": ONCE,
    "发现一处": ONCE,
    "每逾期1天": s.LateTrigger(Unit.DAY),
    "逾期一天": s.LateTrigger(Unit.DAY),
    "超时每小时": s.LateTrigger(Unit.HOUR),
    "95%以上": s.RangeTrigger(s.Interval(F(95), None, True, False, Unit.PERCENT)),
    "90%(含)-95%": s.RangeTrigger(s.Interval(F(90), F(95), True, True, Unit.PERCENT)),
    "低于90%": s.RangeTrigger(s.Interval(None, F(90), False, False, Unit.PERCENT)),
    "2-3例": s.RangeTrigger(s.Interval(F(2), F(3), True, True, Unit.TIME)),
    "90%≤x＜95%": s.RangeTrigger(s.Interval(F(90), F(95), True, False, Unit.PERCENT)),
    "达到目标": s.TargetTrigger(True),
    "未达标": s.TargetTrigger(False),
    "未公示的": s.ConditionTrigger(name("未公示")),
    "发生泄密的": s.ConditionTrigger(name("发生泄密")),
}
EFFECTS: dict[str, s.Effect] = {
    "扣2分": s.Deduct(q(2)),
    "扣减2分": s.Deduct(q(2)),
    "扣两分": s.Deduct(q(2)),
    "-2分": s.Deduct(q(2)),
    "加2分": s.Add(q(2)),
    "+2分": s.Add(q(2)),
    "奖励2分": s.Add(q(2)),
    "得8分": s.Score(q(8)),
    "计8分": s.Score(q(8)),
    "得满分": s.FullMarks(),
    "不得分": s.NoMarks(),
    "得0分": s.NoMarks(),
    "该项不得分": s.NoMarks(),
    "扣该项分值的20%": s.Share(F(20)),
    "扣得分的20%": s.Share(F(20), True),
    "按比例得分": s.Proportion(),
    "按线性插值得分": s.Interpolation(),
    "定为不合格": s.GradeAs(name("不合格")),
    "封顶60分": s.Ceiling(q(60)),
    "酌情扣1至3分": s.Deduct(q(1), q(3)),
    "酌情加1至3分": s.Add(q(1), q(3)),
}


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("between", ["", "，"])
def test_any_trigger_with_any_effect(trigger: str, effect: str, between: str) -> None:
    """Each trigger stands with each effect, with and without a comma between them."""
    assert parse_sentence(f"{trigger}{between}{effect}") == [rule(TRIGGERS[trigger], EFFECTS[effect])]


ENGLISH_AFTER: dict[str, s.Trigger] = {
    "per 1 pp below target": LOW1,
    "per occurrence": ONCE,
    "for each missing label": ONCE,
    "per day late": s.LateTrigger(Unit.DAY),
    "per started week late": s.LateTrigger(Unit.WEEK, started=True),
    "per occurrence over the time limit": s.LateTrigger(),
    "if below 90%": s.RangeTrigger(s.Interval(None, F(90), False, False, Unit.PERCENT)),
    "if target missed": s.TargetTrigger(False),
    "if the notice is not posted": s.ConditionTrigger(name("the notice is not posted")),
}
ENGLISH_EFFECTS: dict[str, s.Effect] = {
    "deduct 2": s.Deduct(q(2)),
    "lose 2 points": s.Deduct(q(2)),
    "minus 2": s.Deduct(q(2)),
    "2 points off": s.Deduct(q(2)),
    "2 points will be deducted": s.Deduct(q(2)),
    "add 2": s.Add(q(2)),
    "plus 2": s.Add(q(2)),
    "scores 8": s.Score(q(8)),
    "full marks": s.FullMarks(),
    "no marks": s.NoMarks(),
    "deduct 20% of its points": s.Share(F(20)),
    "deduct 20% of the score": s.Share(F(20), True),
    "marks in proportion": s.Proportion(),
    "marks by linear interpolation": s.Interpolation(),
    "capped at 60": s.Ceiling(q(60)),
}


@pytest.mark.parametrize("effect", ENGLISH_EFFECTS)
@pytest.mark.parametrize("trigger", ENGLISH_AFTER)
def test_any_english_trigger_after_any_effect(trigger: str, effect: str) -> None:
    """In English the trigger stands after the effect."""
    assert parse_sentence(f"{effect} {trigger}") == [rule(ENGLISH_AFTER[trigger], ENGLISH_EFFECTS[effect])]
