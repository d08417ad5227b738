"""Cells: lists of rules, subjects, caps, bands and vetoes, and what is no sentence."""

from fractions import Fraction as F

import pytest

from engine.language import syntax as s
from engine.language.parser import parse_scheme, parse_sentence
from engine.language.syntax import Side, Unit
from engine.source import Span, source_of
from tests.language.parser.said import HALF, LOW1, ONCE, ONE, PP, name, q, rule

# ---------------------------------------------------------------- cells


def test_a_cell_is_a_list_of_rules() -> None:
    """达到98%得满分，每低1个百分点扣2分，低于90%不得分: three rules of one indicator."""
    assert parse_sentence("达到98%得满分，每低1个百分点扣2分，低于90%不得分") == [
        rule(s.RangeTrigger(s.Interval(F(98), None, True, False, Unit.PERCENT)), s.FullMarks()),
        rule(LOW1, s.Deduct(q(2))),
        rule(s.RangeTrigger(s.Interval(None, F(90), False, False, Unit.PERCENT)), s.NoMarks()),
    ]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("空岗一人扣2分", "空岗"),
        ("投诉一次扣2分", "投诉"),
        ("首页漏项，每处扣2分", "首页漏项"),
        ("医嘱未签名每处扣2分", "医嘱未签名"),
        ("“每日巡检”每缺一次扣2分", "每日巡检"),
        ("未及时响应扣2分/次", "未及时响应"),
        ("缺失页，每页扣2分", "缺失页"),
        ("missing signature, deduct 2 per occurrence", "missing signature"),
    ],
)
def test_subjects(words: str, subject: str) -> None:
    """Words before a trigger name what is counted."""
    assert parse_sentence(words) == [rule(ONCE, s.Deduct(q(2)), subject)]


def test_a_sentence_before_others_keeps_its_words() -> None:
    """A step of 1% means 1% of the target: behind a range the last three words are left out, but not here."""
    words = "a step of 1% means 1% of the target, may exceed full marks"
    assert parse_sentence(words) == [s.StepPercent(True), s.MayExceed()]


def test_classes() -> None:
    """轻、中、重度分别扣5、10、20分: three counts."""
    assert parse_sentence("轻、中、重度分别扣5、10、20分") == [
        rule(ONCE, s.Deduct(q(5)), "轻度"),
        rule(ONCE, s.Deduct(q(10)), "中度"),
        rule(ONCE, s.Deduct(q(20)), "重度"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "每发生一次扣1分，最多扣5分",
        "每发生一次扣1分（最多扣5分）",
        "每发生一次扣1分最多扣5分",
        "每发生一次扣1分，封顶5分",
        "每发生一次扣1分；扣完5分为止",
    ],
)
def test_caps_in_other_words(words: str) -> None:
    """A cap may follow after a comma, in brackets, or at once."""
    assert parse_sentence(words) == [rule(ONCE, ONE), s.Cap(F(5))]


def test_a_cap_after_an_addition_bounds_the_addition() -> None:
    """Add 0.5 per occurrence, at most 3: what is added is at most 3."""
    assert parse_sentence("add 0.5 per occurrence, at most 3") == [
        rule(ONCE, s.Add(q("0.5"))),
        s.Cap(F(3), adding=True),
    ]


def test_the_target_may_stand_in_the_rule() -> None:
    """低于98%每1个百分点扣1分 names its target."""
    assert parse_sentence("低于98%每1个百分点扣1分") == [s.Target((s.Dated(q(98, Unit.PERCENT)),)), rule(LOW1, ONE)]


@pytest.mark.parametrize(
    ("words", "unit"),
    [("每低1%扣1分", Unit.PERCENT), ("每低1分扣1分", Unit.POINT), ("每低1个百分点扣1分", PP)],
)
def test_units_of_steps_are_kept(words: str, unit: Unit) -> None:
    """`%`, 分 and 个百分点 are different units; whether they fit is for the checks to say."""
    assert parse_sentence(words) == [rule(s.StepTrigger(Side.LOW, q(1, unit)), ONE)]


@pytest.mark.parametrize(
    "words",
    [
        "每低１个百分点扣０.５分",
        "每低 1 个百分点 扣 0.5 分",
        "每低1個百分點扣0.5分",
        "每低1个百分点，扣0.5分。",
        "每降低1个百分点减0.5分",
        "每下降一个百分点扣减0.5分",
        "目标值每低1个百分点扣0.5分",
        "比目标值每低1个百分点扣0.5分",
    ],
)
def test_how_it_is_typed_never_decides(words: str) -> None:
    """Full-width forms, traditional characters, blanks, commas and inflections make no difference."""
    assert parse_sentence(words) == [rule(LOW1, HALF)]


# ---------------------------------------------------------------- bands and vetoes


@pytest.mark.parametrize(
    "words",
    [
        "等级：优秀 [90, 100]；良好 [80, 90)；合格 [60, 80)；不合格 [0, 60)",
        "bands: 优秀 [90, 100]; 良好 [80, 90); 合格 [60, 80); 不合格 [0, 60)",
    ],
)
def test_bracketed_bands(words: str) -> None:
    """[ and ) say which band owns a bound."""
    (bands,) = parse_sentence(words)

    assert bands == s.Bands(
        (
            s.Band(name("优秀"), s.Interval(F(90), F(100), True, True)),
            s.Band(name("良好"), s.Interval(F(80), F(90), True, False)),
            s.Band(name("合格"), s.Interval(F(60), F(80), True, False)),
            s.Band(name("不合格"), s.Interval(F(0), F(60), True, False)),
        )
    )


def test_bands_in_prose() -> None:
    """90分(含)以上为优秀，80-89分为良好: bands without the word for them."""
    (bands,) = parse_sentence("90分(含)以上为优秀，80-89分为良好，60分以下为不合格")

    assert bands == s.Bands(
        (
            s.Band(name("优秀"), s.Interval(F(90), None, True, None, Unit.POINT)),
            s.Band(name("良好"), s.Interval(F(80), F(89), None, None, Unit.POINT)),
            s.Band(name("不合格"), s.Interval(None, F(60), None, None, Unit.POINT)),
        )
    )


def test_lower_bounds_alone_end_at_the_band_above() -> None:
    """优秀（90分以上）、良好（80分以上）: good ends where excellent begins."""
    (bands,) = parse_sentence("优秀（90分以上）、良好（80分以上）")

    assert isinstance(bands, s.Bands)
    assert [(b.interval.low, b.interval.high) for b in bands.bands] == [(90, None), (80, 90)]


@pytest.mark.parametrize(
    ("words", "effect"),
    [
        ("一票否决：严重质量事故次数≥1，定为不满意", s.GradeAs(name("不满意"))),
        ("一票否决：严重质量事故次数大于等于1，得0分", s.NoMarks()),
        ("一票否决：严重质量事故次数达到1次，封顶59分", s.Ceiling(q(59))),
        ("veto: 严重质量事故次数 ≥ 1, grade 不满意", s.GradeAs(name("不满意"))),
        ("发生严重质量事故次数的，一票否决，得0分", s.NoMarks()),
    ],
)
def test_vetoes(words: str, effect: s.Effect) -> None:
    """A veto has a trigger and an effect."""
    (veto,) = parse_sentence(words)

    assert isinstance(veto, s.Veto)
    assert veto.trigger.subject == s.Reference((name("严重质量事故次数"),))
    assert (veto.trigger.comparison, veto.trigger.bound.amount) == (s.Comparison.AT_LEAST, 1)
    assert veto.effect == effect


# ---------------------------------------------------------------- what is not a sentence


@pytest.mark.parametrize(
    "words", ["质量扣2分", "投诉2次扣5分", "每发生一次扣5元", "每发生一次扣分", "每氐1个百分点扣1分", "按情况评定"]
)
def test_what_is_refused(words: str) -> None:
    """What has no trigger, two readings, money, no amount, or a misspelt side is never understood as something."""
    with pytest.raises(ValueError, match=r".*"):
        parse_sentence(words)


# ---------------------------------------------------------------- both languages say the same


@pytest.mark.parametrize(
    ("chinese", "english", "meaning"),
    [
        ("每逾期1天各扣1分", "deduct 1 each per day late", [rule(s.LateTrigger(Unit.DAY), ONE, each=True)]),
        (
            "未达标各定为不合格",
            'grade "不合格" each if target missed',
            [rule(s.TargetTrigger(False), s.GradeAs(name("不合格")), each=True)],
        ),
        (
            "每逾期1周(含不足1周)扣1分",
            "deduct 1 per started week late",
            [rule(s.LateTrigger(Unit.WEEK, started=True), ONE)],
        ),
        ("每逾期1.5天扣1分", "deduct 1 per 1.5 days late", [rule(s.LateTrigger(Unit.DAY, F("1.5")), ONE)]),
        ("未达标得0分", "scores 0 if target missed", [rule(s.TargetTrigger(False), s.NoMarks())]),
        (
            "每发生一次加1分，最多扣5分",
            "add 1 per occurrence, maximum deduction of 5",
            [rule(ONCE, s.Add(q(1))), s.Cap(F(5))],
        ),
        ("每发生一次加1分，扣完为止", "add 1 per occurrence, not below 0", [rule(ONCE, s.Add(q(1))), s.Cap(None)]),
        ("累计最多加3分", "in total add at most 3", [s.Cap(F(3), adding=True, whole_item=True)]),
        ("本项最多扣5分", "total deduction at most 5", [s.Cap(F(5), whole_item=True)]),
    ],
)
def test_what_was_said_in_one_language_only(chinese: str, english: str, meaning: list[s.Sentence]) -> None:
    """Each, started weeks, scores of 0 and caps that say what they bound mean the same in both languages."""
    assert parse_sentence(chinese) == meaning
    assert parse_sentence(english) == meaning


def test_a_mark_behind_both_bounds() -> None:
    """90-95(含): the bound it stands behind belongs, the other is undecided."""
    (bands,) = parse_sentence("等级：良好(90-95(含))")

    assert bands == s.Bands((s.Band(name("良好"), s.Interval(F(90), F(95), None, True)),))


def test_a_veto_may_name_a_path_with_quotes() -> None:
    """质量.“超过时限的整改”: a dot in quotes joins nothing."""
    (veto,) = parse_sentence("一票否决：质量.“超过3.5天的整改”≥1，得0分")

    assert isinstance(veto, s.Veto)
    assert veto.trigger.subject == s.Reference((name("质量"), name("超过3.5天的整改")))


def test_commas_in_quoted_labels() -> None:
    """A 、 in quotes separates no bands and no grades."""
    (bands,) = parse_sentence("等级：“好、很好”(100-60)；差(60-0)")
    (fuzzy,) = parse_sentence("模糊综合评价：“好、很好”=100、差=0")

    assert isinstance(bands, s.Bands)
    assert isinstance(fuzzy, s.Fuzzy)
    assert [band.label for band in bands.bands] == [name("好、很好"), name("差")]
    assert fuzzy.grades == ((name("好、很好"), 100), (name("差"), 0))


def test_a_share_in_a_quoted_name_is_no_formula() -> None:
    """What looks like a sum of shares in quotes is a name."""
    text = "质量：“甲×9、乙×9”每发生一次扣1分\n"
    scheme, found = parse_scheme(source_of("p", text), "scheme", Span(0, len(text)))

    assert found == ()
    assert scheme.lines[0].formula is None
    assert scheme.lines[0].sentences == (rule(ONCE, ONE, "甲×9、乙×9"),)


def test_words_said_again_stand_where_they_are() -> None:
    """Equal cells say the same, each part in its own place; so does one with a sign cut out that nobody sees."""
    cell = "目标98%，每低1个百分点扣0.5分"
    unseen = cell.replace("百分", "百\u200b分")
    text = f"甲：{cell}\n乙：{cell}\n丙：{unseen}\n"
    scheme, _ = parse_scheme(source_of("p.yaml", text), "scheme", Span(0, len(text)))

    def written(node: s.Node) -> str:
        return text[node.span.start : node.span.end].replace("\u200b", "")

    assert len({line.sentences for line in scheme.lines}) == 1
    for number, line in enumerate(scheme.lines):
        target, said = line.sentences
        assert isinstance(target, s.Target)
        assert isinstance(said, s.Rule)
        assert isinstance(said.effect, s.Deduct)
        parts = (target, target.values[0], said, said.trigger, said.effect, said.effect.points)
        assert [written(x) for x in parts] == [
            "目标98%",
            "98%",
            "每低1个百分点扣0.5分",
            "每低1个百分点",
            "扣0.5分",
            "0.5分",
        ]
        assert [text.count("\n", 0, x.span.start) for x in parts] == [number] * 6
