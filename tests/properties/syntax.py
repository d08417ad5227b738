"""Random sentences, formulas, lines and schemes: whatever the language can say, in any combination."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from engine.language import syntax as s
from engine.language.syntax import Unit
from engine.language.text import identity

# Names that hold the words of sentences, signs, both scripts, and what only quotes make a name.
NAMES = (
    "每日巡检率", "目标达成率", "一票否决事项", "顾客投诉次数(质量)", "退货/索赔次数", "4S店回访", "On-time delivery", "超过",
    "扣分台帐", "平均响应时间", "权重复核", "等级评审", "满分奖励", "加权平均数", "缺数登记", "B2B orders", "问卷回收", "3G业务",
    "Mean time to repair", "不得分事项", "超过时限的整改", "质量", "A类设备", "第一次交验", "合计", "自查", "X光检查", "各科室",
    "低于目标值的批次", "平均(本月)", "10086热线", "质量：入厂", "甲，乙", "甲、乙", "a.b", "扣2分", "每发生一次扣1分", "95%以上",
    "自2025-01-01起", "# 备注", "——", "得分 40%", "Queue target", "deduct 1 per occurrence", "at least 3", "per day late",
    "Grade A if target met", "mean of Q1 and Q2", "missing: error", "[80, 90)", "均不合格", "没有公示", "发生", "Staff & co",
)  # fmt: skip

_SIGNS = "，：；、。（）()[]%#-—.=×/+*~一二的各每扣得分低高于以上年月天目标Ab 09'·&"


def name_of(text: str) -> s.Name:
    """The name that is spelt so."""
    return s.Name(text, identity(text))


def _is_name(text: str) -> bool:
    return bool(identity(text)) and text == text.strip()


NAME = st.one_of(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.text(_SIGNS, min_size=1, max_size=6).filter(_is_name)
).map(name_of)
# What an open word, a note or a department may be called without any quotes.
TEXT = st.sampled_from(["质量部", "5.3.2a", "销售部和质检部", "Quality department", "表2-4"])


# ---------------------------------------------------------------- numbers, units, intervals

AMOUNT = st.one_of(st.integers(1, 120).map(Fraction), st.integers(1, 9999).map(lambda n: Fraction(n, 100)))
WHOLE = st.integers(1, 40)
SIGNED = st.one_of(AMOUNT, AMOUNT.map(lambda n: -n), st.just(Fraction(0)))
SEVERAL = st.integers(1, 9).map(Fraction)
_NUMBERED = (s.Method.POWER, s.Method.BEST_OF, s.Method.WORST_OF, s.Method.TRIMMED)
UNIT = st.sampled_from([unit for unit in Unit if unit is not Unit.NUMBER])
ANY_UNIT = st.sampled_from(list(Unit))
QUANTITY = st.builds(s.Quantity, SIGNED, ANY_UNIT)
POINTS = st.builds(s.Quantity, AMOUNT, st.sampled_from([Unit.POINT, Unit.POINT, Unit.PERCENT, Unit.PERCENTAGE_POINT]))
DATED = st.lists(
    st.builds(s.Dated, st.one_of(QUANTITY, NAME), st.none() | st.dates(date(2000, 1, 1), date(2040, 12, 31))),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def intervals(draw: st.DrawFn, marks: st.SearchStrategy[bool | None]) -> s.Interval:
    """An interval that is bounded on at least one side; `marks`: whether a bound belongs to it."""
    low, high = sorted((draw(SIGNED), draw(SIGNED)))
    unit, sides = draw(ANY_UNIT), draw(st.sampled_from(["low", "high", "both"]))
    if sides == "low":
        return s.Interval(low, None, draw(marks), None, unit)
    if sides == "high":
        return s.Interval(None, high, None, draw(marks), unit)
    if low == high:
        high += 1
    return s.Interval(low, high, draw(marks), draw(marks), unit)


def _decided(interval: s.Interval) -> s.Interval:
    """In a rule a bound that is not there is not closed."""
    low, high = interval.low is not None and interval.low_closed, interval.high is not None and interval.high_closed
    return s.Interval(interval.low, interval.high, low, high, interval.unit)


# ---------------------------------------------------------------- rules

RANGE = st.one_of(
    intervals(st.booleans()).map(_decided),
    st.builds(lambda n, unit: s.Interval(n, n, True, True, unit), AMOUNT, ANY_UNIT),
).map(s.RangeTrigger)
LATE = st.one_of(
    st.builds(s.LateTrigger, st.none(), WHOLE.map(Fraction)),
    st.builds(
        s.LateTrigger,
        st.sampled_from([Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH]),
        AMOUNT,
        st.booleans(),
    ),
)
COUNTED = st.one_of(
    st.builds(s.StepTrigger, st.sampled_from(s.Side), st.builds(s.Quantity, AMOUNT, UNIT)),
    st.builds(s.CountTrigger, WHOLE.map(Fraction), st.sampled_from(["", "一天", "10分钟", "accumulated week"])),
    LATE,
    RANGE,
    st.sampled_from([s.TargetTrigger(True), *(s.TargetTrigger(False, side) for side in (None, *s.Side))]),
)
DISCRETION = st.builds(
    lambda a, b: s.Deduct(s.Quantity(min(a, b), Unit.POINT), s.Quantity(max(a, b), Unit.POINT)), AMOUNT, AMOUNT
)
EFFECT = st.one_of(
    st.builds(s.Deduct, POINTS),
    DISCRETION,
    st.builds(s.Add, POINTS),
    st.builds(s.Score, POINTS),
    st.just(s.FullMarks()),
    st.just(s.NoMarks()),
    st.builds(s.Share, AMOUNT, st.booleans()),
    st.just(s.Proportion()),
    st.just(s.Interpolation()),
    st.builds(s.GradeAs, NAME),
    st.builds(s.Ceiling, POINTS),
)
ALWAYS = st.one_of(
    DISCRETION,
    st.sampled_from([s.Proportion(), s.Interpolation(), s.FullMarks(), s.NoMarks()]),
    st.builds(s.Score, POINTS),
).map(lambda effect: s.Rule(s.AlwaysTrigger(), effect))
RULE = st.one_of(
    st.builds(s.Rule, COUNTED, EFFECT, st.none() | NAME, st.booleans()),
    st.builds(s.Rule, st.builds(s.ConditionTrigger, NAME), EFFECT, st.none(), st.booleans()),
    ALWAYS,
)
BOUNDED = st.sampled_from([{}, {"adding": True}, {"earning": True}])
BOUND = st.one_of(
    st.builds(lambda points, about, whole: s.Cap(points, whole_item=whole, **about), AMOUNT, BOUNDED, st.booleans()),
    st.builds(lambda points, about: s.Cap(points, own=True, **about), AMOUNT, BOUNDED),
    st.just(s.Cap(None)),
    st.builds(s.PeriodCap, AMOUNT, st.sampled_from(["day", "week", "month", "quarter", "year"])),
    st.just(s.MayExceed()),
    st.builds(s.PartSteps, st.sampled_from(s.Parts)),
)


# ---------------------------------------------------------------- all other sentences


def _fractions(numbers: tuple[int, ...]) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, numbers))


def _spoken(kind: type[s.Node], values: st.SearchStrategy[object]) -> st.SearchStrategy[s.Node]:
    return st.builds(kind, values)


MEASURES = st.one_of(
    _spoken(s.Target, DATED),
    _spoken(s.TimeLimit, DATED),
    st.builds(s.Survey, st.lists(NAME, max_size=3).map(tuple), st.sampled_from(s.Statistic)),
    st.builds(s.Scale, SIGNED, SIGNED, SIGNED, SIGNED),
    st.builds(
        s.Scale, SIGNED, SIGNED, SIGNED, SIGNED, st.lists(st.tuples(SIGNED, SIGNED), min_size=1, max_size=3).map(tuple)
    ),
    st.builds(s.AnswerScale, SIGNED, SIGNED),
    _spoken(
        s.KindIs,
        st.sampled_from(
            [
                s.Kind.RATE,
                s.Kind.COUNT,
                s.Kind.SCORE,
                s.Kind.YES_NO,
                s.Kind.POINTS,
                s.Kind.DURATION,
                s.Kind.NUMBER,
            ]
        ),
    ),
    st.sampled_from([s.RateAsScore(), s.Clamped(), s.LowerIsBetter(), s.NaturalLog(), s.LogScale()]),
    _spoken(s.OverUnits, st.sampled_from([s.Placing.Z_SCORE, s.Placing.SAMPLE_Z_SCORE, s.Placing.PERCENTILE])),
    st.builds(s.OverUnits, st.sampled_from([s.Placing.MIN_MAX, s.Placing.RANK]), SIGNED, SIGNED),
    st.builds(s.OverUnits, st.just(s.Placing.BEST_SHARE), st.just(Fraction(0)), AMOUNT),
    st.builds(s.OverUnits, st.just(s.Placing.MEAN_SHARE), st.none(), AMOUNT),
    _spoken(s.MinimumSample, WHOLE),
)
COMBINATION = st.one_of(
    _spoken(s.DeductFrom, AMOUNT),
    _spoken(s.AddUp, AMOUNT),
    _spoken(s.Combine, st.sampled_from([m for m in s.Method if m not in _NUMBERED])),
    st.builds(s.Combine, st.sampled_from([s.Method.BEST_OF, s.Method.WORST_OF]), st.tuples(SEVERAL)),
    st.builds(s.Combine, st.just(s.Method.POWER), st.tuples(AMOUNT.filter(bool))),
    st.builds(s.Combine, st.just(s.Method.TRIMMED), st.sampled_from([(0, 1), (1, 0), (1, 1), (2, 1)]).map(_fractions)),
    _spoken(s.Normalise, st.none() | AMOUNT),
    _spoken(s.ItemCount, WHOLE),
    st.just(s.PercentScore()),
)
CONVENTION = st.one_of(
    st.builds(s.Rounding, st.sampled_from([h for h in s.Half if h is not s.Half.NONE]), st.integers(0, 9)),
    st.just(s.Rounding(s.Half.NONE, None)),
    _spoken(s.Missing, st.sampled_from(s.Outcome)),
    _spoken(s.BoundOwner, st.booleans()),
    _spoken(s.GradeOn, st.booleans()),
    _spoken(s.StepPercent, st.booleans()),
    _spoken(s.Owner, TEXT),
    _spoken(s.Feedback, st.lists(TEXT, min_size=1, max_size=3).map(tuple)),
    _spoken(s.Basis, TEXT),
    st.just(s.InformationOnly()),
)
PLAIN = st.one_of(RULE, RULE, BOUND, MEASURES, COMBINATION, CONVENTION)

# The sentences of which a line holds one at most; any number may stand of the others.
_ONCE = (
    (s.Target,), (s.TimeLimit,), (s.Survey, s.KindIs), (s.Scale, s.OverUnits), (s.Combine, s.DeductFrom, s.AddUp, s.Fuzzy),
    (s.Rounding,), (s.Missing,), (s.GradeOn,), (s.BoundOwner,), (s.Bands,), (s.Normalise,), (s.ItemCount,), (s.StepPercent,),
    (s.MinimumSample,),
)  # fmt: skip


def _once(sentences: list[s.Sentence]) -> tuple[s.Sentence, ...]:
    kept: list[s.Sentence] = []
    adding = False
    for sentence in sentences:
        adding = isinstance(sentence.effect, s.Add) if isinstance(sentence, s.Rule) else adding
        if adding and isinstance(sentence, s.Cap) and sentence.earning:
            continue  # behind an addition 最多得N分 bounds the addition
        group = next((kinds for kinds in _ONCE if isinstance(sentence, kinds)), ())
        if sentence not in kept and not any(isinstance(other, group) for other in kept):
            kept.append(sentence)
    return tuple(kept)


CELL = st.lists(PLAIN, min_size=1, max_size=4).map(_once)


# ---------------------------------------------------------------- sentences that stand alone


def _below(bands: list[s.Band]) -> s.Bands:
    """Bands as they are read: one without an upper bound stands first, for behind another it ends where that begins."""
    open_above = [band for band in bands if band.interval.high is None]
    return s.Bands((*open_above[:1], *(band for band in bands if band.interval.high is not None)))


BAND = st.builds(
    s.Band,
    NAME,
    intervals(st.sampled_from([None, True, False])),
    st.none() | st.sampled_from(["a", "B", "1", "12", "①"]),
)
BANDS = st.builds(
    lambda bands, owner: s.Bands(_below(bands).bands, owner),
    st.lists(BAND, min_size=1, max_size=4),
    st.none() | st.builds(s.BoundOwner, st.booleans()),
)
REFERENCE = st.one_of(
    st.builds(lambda name: s.Reference((name,)), NAME),
    st.lists(st.sampled_from(["质量", "准时交付率", "Staff attitude"]).map(name_of), min_size=2, max_size=3).map(
        lambda names: s.Reference(tuple(names))
    ),
)
VETO = st.builds(
    s.Veto,
    st.builds(
        s.VetoCondition,
        REFERENCE,
        st.sampled_from([c for c in s.Comparison if c is not s.Comparison.NOT_EQUAL]),
        QUANTITY,
    ),
    st.one_of(
        st.builds(s.Score, POINTS), st.builds(s.GradeAs, NAME), st.builds(s.Ceiling, POINTS), st.just(s.NoMarks())
    ),
)
FUZZY = st.builds(
    s.Fuzzy,
    st.lists(st.tuples(NAME, AMOUNT), min_size=2, max_size=5).map(tuple),
    st.sampled_from(s.Operator),
    st.booleans(),
)
NOTE = st.sampled_from(["程序没有写明，由本公司决定。", "取自2025年质量目标；每年评审", "decided by management: yes"])
ALONE = st.one_of(
    BANDS,
    VETO,
    FUZZY,
    st.builds(s.Each, CELL),
    st.builds(s.Let, NAME, DATED),
    st.builds(s.Note, NOTE),
    st.builds(s.Accept, st.sampled_from(["W305", "W607"]), NOTE),
)


# ---------------------------------------------------------------- formulas, lines, schemes

NUMBER = st.builds(s.Number, AMOUNT | st.just(Fraction(0)), st.booleans())
EXPRESSION = st.recursive(
    st.one_of(NUMBER, REFERENCE),
    lambda inner: st.one_of(
        st.builds(s.Binary, st.sampled_from("+-*/^"), inner, inner),
        st.builds(s.Negation, inner),
        st.builds(
            s.Call,
            st.sampled_from([f for f in s.Function if f not in s.OF_ONE]),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(s.Call, st.sampled_from(s.OF_ONE), st.tuples(inner)),
        st.builds(
            s.Choice, st.sampled_from([c for c in s.Comparison if c is not s.Comparison.NOT_EQUAL]), *[inner] * 4
        ),
    ),
    max_leaves=8,
)
HEAD = st.builds(
    s.Head,
    NAME,
    st.none() | st.sampled_from(["K1", "a_b", "x.y"]),
    st.none() | st.builds(s.Weight, AMOUNT, st.sampled_from(s.WeightUnit)),
)
BULLETS = st.lists(st.one_of(PLAIN, ALONE), max_size=3).map(_once)


def _measuring(sentence: s.Sentence) -> bool:
    return isinstance(sentence, s.Survey | s.KindIs | s.Target | s.TimeLimit | s.Rule)


@st.composite
def lines(draw: st.DrawFn, depth: int = 0) -> s.Line:
    """A line that has parts, a formula, or sentences of its own."""
    bullets = draw(BULLETS)
    kind = draw(st.sampled_from(["parts", "formula", "cell", "group", "bare"] if depth < 2 else ["cell", "bare"]))
    if kind == "parts":
        parts = tuple(draw(st.lists(lines(depth + 1), min_size=1, max_size=3)))
        said = tuple(x for x in draw(CELL) if not _measuring(x))
        return s.Line((draw(HEAD),), None, _new(said, bullets), bullets, parts)
    if kind == "formula":
        said = draw(st.one_of(st.just(()), CELL))
        return s.Line((draw(HEAD),), draw(EXPRESSION), _new(said, bullets), bullets)
    if kind == "group":
        heads = tuple(draw(st.lists(HEAD, min_size=2, max_size=3)))
        return s.Line(heads, None, _new(draw(CELL), bullets), bullets, chain=draw(st.booleans()))
    said = draw(st.one_of(CELL, ALONE.map(lambda x: (x,)))) if kind == "cell" else ()
    return s.Line((draw(HEAD),), None, _new(said, bullets), bullets)


def _new(sentences: tuple[s.Sentence, ...], bullets: tuple[s.Sentence, ...]) -> tuple[s.Sentence, ...]:
    """The sentences that the bullets of the line do not say already."""
    both = _once([*bullets, *sentences])
    return tuple(x for x in both[len(bullets) :])


SCHEME = st.builds(s.Scheme, st.just("scheme"), BULLETS, st.lists(lines(), min_size=1, max_size=3).map(tuple))


# ---------------------------------------------------------------- data sentences

SOURCE = st.sampled_from(["complaints", "kpi", "客户投诉台帐", "corrections2025"]).map(name_of)
COLUMN = st.sampled_from([
    "类别", "严重度", "合格批数", "收到时间", "返工工时(h)", "城市", "Class", "Time to answer", "客户的编号", "平均分", "不同渠道",
]).map(name_of)  # fmt: skip
CONDITION = st.builds(
    s.Condition,
    COLUMN,
    st.sampled_from(s.Comparison),
    st.sampled_from(["质量", "3", "2025-01-01", "重大事故", "Quality and safety", "已结案的", "是"]),
)
REPEATED = st.builds(s.Repeated, st.lists(COLUMN, min_size=1, max_size=2, unique=True).map(tuple), st.integers(1, 90))
WHERE = st.lists(st.one_of(CONDITION, REPEATED), max_size=2).map(tuple)
TOTAL = st.one_of(
    st.builds(s.CountRows, SOURCE, WHERE),
    st.builds(s.ColumnStatistic, SOURCE, COLUMN, st.sampled_from(["sum", "mean", "min", "max", "median"]), WHERE),
    st.builds(s.CountDistinct, SOURCE, COLUMN, WHERE),
)
MEASURE = st.one_of(
    TOTAL,
    st.builds(s.Quotient, TOTAL, TOTAL, st.one_of(st.none(), st.integers(1, 10000))),
    st.builds(s.RatioOfSums, SOURCE, COLUMN, COLUMN, WHERE),
    st.builds(s.ShareOfRows, SOURCE, st.lists(st.one_of(CONDITION, REPEATED), min_size=1, max_size=2).map(tuple)),
    st.builds(s.TimeBetween, SOURCE, COLUMN, COLUMN, st.sampled_from(["", "mean", "max", "median"]), WHERE),
    st.builds(s.LookUp, SOURCE),
)
VALIDITY = st.one_of(
    st.builds(s.AnsweredAtLeast, AMOUNT),
    st.just(s.NotStraightLined()),
    st.builds(s.TookAtLeast, AMOUNT),
    st.builds(s.ListedIn, COLUMN, SOURCE),
    st.builds(s.OnePer, COLUMN, st.booleans()),
    CONDITION,
)
BELONGING = st.builds(s.Belonging, st.lists(CONDITION, min_size=1, max_size=3).map(tuple))
