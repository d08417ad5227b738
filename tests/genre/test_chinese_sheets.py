"""Cells of Chinese sheets as they are filled in: lists, brackets, line ends, words around the rule."""

import pytest

from engine.language import syntax as s
from engine.language.parser import parse_sentence
from engine.language.syntax import Side
from tests.genre.meanings import (
    DAY,
    FULL,
    LOW,
    NONE,
    ONCE,
    deduct,
    most,
    rule,
    score,
    step,
    target,
    value,
    when,
)

HOW_IT_IS_FOUND_OUT = [
    ("查资料。缺一项记录扣1分", [rule(ONCE, deduct(1))]),
    ("查记录和现场。不符合要求一处扣0.5分", [rule(ONCE, deduct("0.5"), "不符合要求")]),
    ("查阅台账、档案；合格率每低于1个百分点扣2分", [rule(LOW, deduct(2), "合格率")]),
    ("（早退每次扣0.5分；旷课每次扣2分）", [rule(ONCE, deduct("0.5"), "早退"), rule(ONCE, deduct(2), "旷课")]),
    ("少一人扣1分，以此类推", [rule(ONCE, deduct(1))]),
    ("每月不按时上报报表每次扣3分", [rule(ONCE, deduct(3), "每月不按时上报报表")]),
    ("实行一窗式全程办理的，得5分", [rule(when("实行一窗式全程办理"), score(5))]),
    ("对来访者提供一站式接待的得4分", [rule(when("对来访者提供一站式接待"), score(4))]),
    ("如实上报并及时处置的不扣分", [rule(when("如实上报并及时处置"), FULL)]),
    ("乱丢垃圾的扣2分，本项10分扣完为止", [rule(when("乱丢垃圾"), deduct(2)), most(10, whole=True)]),
    ("如无投诉，则不予扣分", [rule(when("无投诉"), FULL)]),
    ("违反操作规定，根据情节轻重扣2-6分", [rule(when("违反操作规定"), deduct(2, 6))]),
    ("服务热线的接通率92%每降低1个百分点扣0.5分", [target(92), rule(LOW, deduct("0.5"), "服务热线的接通率")]),
    (
        "家长满意率低于85%的，扣4分，每低5个百分点增扣1分",
        [rule(value(None, 85, "()"), deduct(4), "家长满意率"), rule(step(Side.LOW, 5), deduct(1))],
    ),
    ("省级、市级试点每项分别得4分、2分", [rule(ONCE, score(4), "省级"), rule(ONCE, score(2), "市级试点")]),
]
A_COLON_AFTER_THE_SUBJECT = [
    ("同类项目：每提供一个得2分，最高8分", [rule(ONCE, score(2), "同类项目"), most(8, earning=True)]),
    (
        "近三年承担过同类项目的，每项得3分，最高9分",
        [rule(ONCE, score(3), "近三年承担过同类项目"), most(9, earning=True)],
    ),
    ("每获得一项省级奖励得2分，最高得6分", [rule(ONCE, score(2)), most(6, earning=True)]),
    ("培训记录：缺一次扣1分", [rule(ONCE, deduct(1), "培训记录")]),
    ("接通率：低于85%扣3分", [rule(value(None, 85, "()"), deduct(3), "接通率")]),
]
BRACKETS_AND_QUOTES = [
    ("迟交两天以上（扣4分）", [rule(value(2, None, unit=DAY), deduct(4), "迟交")]),
    ("漏项每处扣1分（如缺签名、缺日期）", [rule(ONCE, deduct(1), "漏项")]),
    ("不符合GB规定（见AQ/T9004）的扣2分", [rule(when("不符合GB规定（见AQ/T9004）"), deduct(2))]),
    ("未宣传“安全月”活动的扣1分", [rule(when("未宣传“安全月”活动"), deduct(1))]),
]
WHAT_ELSE_FOLLOWS = [
    ("违规操作的，扣责任人4分并通报批评", [rule(when("违规操作"), deduct(4))]),
    ("晚点一次扣除所在班组1分，并责令整改", [rule(ONCE, deduct(1), "晚点")]),
    ("弄丢钥匙的，扣3分，同时赔偿", [rule(when("弄丢钥匙"), deduct(3))]),
    ("缺勤2天以上，按旷工处理，扣8分", [rule(value(2, None, unit=DAY), deduct(8), "缺勤")]),
    ("每发现一起扣当月考核分2分", [rule(ONCE, deduct(2))]),
]
WITHOUT_A_VERB_BESIDE_NOTHING = [
    ("有预案8分，无预案0分", [rule(when("有预案"), score(8)), rule(when("无预案"), NONE)]),
    ("按时交付6分，逾期交付0分", [rule(when("按时交付"), score(6)), rule(when("逾期交付"), NONE)]),
    (
        "全部建档10分，建档率80%以上6分，建档率低于80%为0分",
        [
            rule(when("全部建档"), score(10)),
            rule(value(80, None), score(6), "建档率"),
            rule(value(None, 80, "()"), NONE, "建档率"),
        ],
    ),
]
ALL_GONE_IN_OTHER_WORDS = [
    ("漏报重大隐患的，本项清零", [rule(when("漏报重大隐患"), NONE)]),
    ("未验收的，该项考核得分清零", [rule(when("未验收"), NONE)]),
    ("有弄虚作假的，本项得分清零", [rule(when("有弄虚作假"), NONE)]),
]
A_LIST_IN_A_CELL = [
    ("1.未挂牌扣1分；2.未上锁扣3分", [rule(when("未挂牌"), deduct(1)), rule(when("未上锁"), deduct(3))]),
    ("（1）无台账不得分（2）账目不清扣2分", [rule(when("无台账"), NONE), rule(when("账目不清"), deduct(2))]),
    (
        "①物料未标识扣1分；②物料混放每处扣0.5分",
        [rule(when("物料未标识"), deduct(1)), rule(ONCE, deduct("0.5"), "物料混放")],
    ),
]
A_LINE_END_IN_A_CELL = [
    ("有计划，得3分 无，不得分", [rule(when("有计划"), score(3)), rule(when("无"), NONE)]),
    (
        "完好率≥97%，得满分 完好率＜97%，不得分",
        [rule(value(97, None), FULL, "完好率"), rule(value(None, 97, "()"), NONE, "完好率")],
    ),
    ("每漏检一件扣2分 最多扣8分", [rule(ONCE, deduct(2)), most(8)]),
]


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        *HOW_IT_IS_FOUND_OUT,
        *A_COLON_AFTER_THE_SUBJECT,
        *BRACKETS_AND_QUOTES,
        *WHAT_ELSE_FOLLOWS,
        *WITHOUT_A_VERB_BESIDE_NOTHING,
        *ALL_GONE_IN_OTHER_WORDS,
        *A_LIST_IN_A_CELL,
        *A_LINE_END_IN_A_CELL,
    ],
)
def test_what_such_a_cell_says(words: str, meaning: list[s.Sentence]) -> None:
    """A cell says what it says, however it is filled in."""
    assert parse_sentence(words) == meaning
