"""Sentences as appraisal sheets, scorecards, inspections and service contracts have them, and what each says."""

from fractions import Fraction

import pytest

from engine.language import syntax as s
from engine.language.parser import parse_scheme, parse_sentence
from engine.language.syntax import Side, Unit
from engine.source import Span, source_of
from tests.genre.meanings import (
    DAY,
    FULL,
    GONE,
    HIGH,
    HOUR,
    LOW,
    MET,
    MISSED,
    NONE,
    ONCE,
    OTHERWISE,
    PERCENT,
    TIME,
    WEEK,
    add,
    deduct,
    late,
    most,
    name,
    per,
    points,
    rule,
    score,
    step,
    target,
    value,
    when,
)

APPRAISALS = [
    ("每迟到一次扣2分", [rule(ONCE, deduct(2))]),
    ("旷工一天扣10分", [rule(ONCE, deduct(10), "旷工")]),
    ("未按时提交月报的，每次扣3分", [rule(ONCE, deduct(3), "未按时提交月报")]),
    ("报表差错每处扣0.5分，扣完为止", [rule(ONCE, deduct("0.5"), "报表差错"), GONE]),
    ("上级交办事项未完成的，每项扣5分", [rule(ONCE, deduct(5), "上级交办事项未完成")]),
    ("受到通报批评的扣5分", [rule(when("受到通报批评"), deduct(5))]),
    ("完成率达到100%得满分，每降低1个百分点扣1分", [rule(value(100, None), FULL, "完成率"), rule(LOW, deduct(1))]),
    ("完成率低于60%的，本项不得分", [rule(value(None, 60, "()"), NONE, "完成率")]),
    ("超额完成的，每超过目标1个百分点加0.5分，最多加5分", [rule(HIGH, add("0.5"), "超额完成"), most(5, adding=True)]),
    ("合理化建议被采纳的，每条加1分，累计不超过5分", [rule(ONCE, add(1), "合理化建议被采纳"), most(5, adding=True, whole=True)]),
    ("发生泄密事件，该项不得分", [rule(when("发生泄密事件"), NONE)]),
    ("考核期内出现重大失误的，直接评为不合格", [rule(when("考核期内出现重大失误"), s.GradeAs(name("不合格")))]),
    ("会议无故缺席一次扣2分，迟到一次扣1分", [rule(ONCE, deduct(2), "会议无故缺席"), rule(ONCE, deduct(1), "迟到")]),
    ("培训考试不及格者每人次扣1分", [rule(ONCE, deduct(1), "培训考试不及格")]),
    ("达到目标值得10分，未达到不得分", [rule(MET, score(10)), rule(MISSED, NONE)]),
    ("达到95%得满分，否则不得分", [rule(value(95, None), FULL), rule(OTHERWISE, NONE)]),
    ("缺席2次及以上不得分", [rule(value(2, None, unit=TIME), NONE, "缺席")]),
    ("未签到-1分", [rule(when("未签到"), deduct(1))]),
    ("年度内被媒体曝光的，封顶60分", [rule(when("年度内被媒体曝光"), s.Ceiling(points(60)))]),
]  # fmt: skip
SUPPLIERS = [
    ("批次合格率每下降一个百分点扣2分", [rule(LOW, deduct(2), "批次合格率")]),
    ("来料合格率≥98%得满分，95%≤合格率＜98%得20分，低于95%得0分", [rule(value(98, None), FULL, "来料合格率"), rule(value(95, 98, "[)"), score(20)), rule(value(None, 95, "()"), NONE)]),
    ("每延误一天扣2分，最高扣20分", [rule(late(DAY), deduct(2)), most(20)]),
    ("逾期交货每批扣3分", [rule(ONCE, deduct(3), "逾期交货")]),
    ("因质量问题退货的，每批次扣5分", [rule(ONCE, deduct(5), "因质量问题退货")]),
    ("发生批量质量事故一次扣20分", [rule(ONCE, deduct(20), "发生批量质量事故")]),
    ("PPM超过500不得分", [rule(value(500, None, "()", Unit.NUMBER), NONE, "PPM")]),
    ("不良率高于1%时，每高0.1个百分点扣1分", [target(1), rule(step(Side.HIGH, "0.1"), deduct(1), "不良率")]),
    ("包装破损每箱扣0.5分", [rule(ONCE, deduct("0.5"), "包装破损")]),
    ("标识错误或漏贴每件扣1分，每月最多扣5分", [rule(ONCE, deduct(1), "标识错误或漏贴"), s.PeriodCap(Fraction(5), "month")]),
    ("资料不齐全每少一份扣1分", [rule(ONCE, deduct(1), "资料不齐全")]),
    ("配合度差的酌情扣1-5分", [rule(when("配合度差"), deduct(1, 5))]),
    ("交期达成率=100%得30分", [rule(value(100, 100), score(30), "交期达成率")]),
    ("及时率100%得30分", [rule(value(100, 100), score(30), "及时率")]),
    ("交付及时率在90%-95%之间得15分", [rule(value(90, 95), score(15), "交付及时率")]),
    ("一次交验合格率每低1个百分点扣1分", [rule(LOW, deduct(1), "一次交验合格率")]),
    ("整改报告逾期未交扣5分", [rule(when("整改报告逾期未交"), deduct(5))]),
]  # fmt: skip
HOSPITALS = [
    ("病历书写不规范，每份扣1分", [rule(ONCE, deduct(1), "病历书写不规范")]),
    ("甲级病案率每降低1%扣0.5分", [rule(step(Side.LOW, 1, PERCENT), deduct("0.5"), "甲级病案率")]),
    ("出现丙级病历，每份扣10分", [rule(ONCE, deduct(10), "出现丙级病历")]),
    ("抗菌药物使用率≤60%得满分，每超过1个百分点扣1分", [rule(value(None, 60), FULL, "抗菌药物使用率"), rule(HIGH, deduct(1))]),
    ("未执行手卫生一人次扣0.5分", [rule(ONCE, deduct("0.5"), "未执行手卫生")]),
    ("院感漏报一例扣2分", [rule(ONCE, deduct(2), "院感漏报")]),
    ("急救药品过期，发现一种扣5分", [rule(ONCE, deduct(5), "急救药品过期")]),
    ("患者满意度达90%以上不扣分", [rule(value(90, None), FULL, "患者满意度")]),
    ("平均住院日≤8天得10分，每延长0.5天扣1分", [rule(value(None, 8, unit=DAY), score(10), "平均住院日"), rule(step(Side.HIGH, "0.5", DAY), deduct(1))]),
    ("三查七对执行不到位，一处不符合扣1分", [rule(ONCE, deduct(1), "三查七对执行不到位")]),
    ("医疗废物混放每发现1次扣2分", [rule(ONCE, deduct(2), "医疗废物混放")]),
    ("护理操作考核不合格每人扣1分，扣完5分为止", [rule(ONCE, deduct(1), "护理操作考核不合格"), most(5)]),
]  # fmt: skip
SCHOOLS = [
    ("教案缺一节扣1分", [rule(ONCE, deduct(1), "教案缺")]),
    ("作业批改不认真，每次扣0.5分", [rule(ONCE, deduct("0.5"), "作业批改不认真")]),
    ("学生违纪每人每次扣1分", [rule(ONCE, deduct(1), "学生违纪")]),
    ("课堂打瞌睡、玩手机每人次扣0.5分", [rule(ONCE, deduct("0.5"), "课堂打瞌睡、玩手机")]),
    ("卫生死角一处扣1分", [rule(ONCE, deduct(1), "卫生死角")]),
    ("升旗仪式未参加的每缺一人扣0.5分", [rule(ONCE, deduct("0.5"), "升旗仪式未参加")]),
    ("平均分排名下降的扣2分", [rule(when("平均分排名下降"), deduct(2))]),
    ("优秀率达到30%加2分，未达到10%扣2分", [rule(value(30, None), add(2), "优秀率"), rule(value(None, 10, "()"), deduct(2))]),
    ("家长投诉属实的，每次扣3分", [rule(ONCE, deduct(3), "家长投诉属实")]),
    ("黑板报未按时更换，每期扣2分", [rule(ONCE, deduct(2), "黑板报未按时更换")]),
    ("宿舍熄灯后讲话一人扣0.2分", [rule(ONCE, deduct("0.2"), "宿舍熄灯后讲话")]),
    ("投诉0次得10分，1-2次得6分，3次及以上不得分", [rule(value(0, 0, unit=TIME), score(10), "投诉"), rule(value(1, 2, unit=TIME), score(6)), rule(value(3, None, unit=TIME), NONE)]),
]  # fmt: skip
INSPECTIONS = [
    ("安全出口堵塞的，不得分", [rule(when("安全出口堵塞"), NONE)]),
    ("灭火器失效每具扣2分，最多扣6分", [rule(ONCE, deduct(2), "灭火器失效"), most(6)]),
    ("无警示标志的每处扣1分", [rule(ONCE, deduct(1), "无警示标志")]),
    ("未佩戴安全帽，每人每次扣1分", [rule(ONCE, deduct(1), "未佩戴安全帽")]),
    ("特种作业人员无证上岗每人扣5分", [rule(ONCE, deduct(5), "特种作业人员无证上岗")]),
    ("地面积水、油污，每处扣0.5分", [rule(ONCE, deduct("0.5"), "地面积水、油污")]),
    ("发现一处乱堆乱放扣1分", [rule(ONCE, deduct(1))]),
    ("公厕有异味扣2分", [rule(when("公厕有异味"), deduct(2))]),
    ("垃圾未及时清运的每处扣1分，扣至0分为止", [rule(ONCE, deduct(1), "垃圾未及时清运"), GONE]),
    ("乱张贴每10处扣1分", [rule(per(10), deduct(1), "乱张贴")]),
    ("绿化缺株每5株扣0.5分", [rule(per(5), deduct("0.5"), "绿化缺株")]),
    ("隐患整改率达不到100%的，每低5个百分点扣1分", [target(100), rule(step(Side.LOW, 5), deduct(1), "隐患整改率")]),
    ("台账缺失一项扣2分，记录不全一处扣0.5分", [rule(ONCE, deduct(2), "台账缺失"), rule(ONCE, deduct("0.5"), "记录不全")]),
    ("重大隐患未整改的，扣该项分值的50%", [rule(when("重大隐患未整改"), s.Share(Fraction(50)))]),
    ("轻微、一般、严重缺陷分别扣1、3、5分", [rule(ONCE, deduct(1), "轻微"), rule(ONCE, deduct(3), "一般"), rule(ONCE, deduct(5), "严重缺陷")]),
    ("经营场所超范围经营，扣20分", [rule(when("经营场所超范围经营"), deduct(20))]),
    ("从业人员无健康证，每人次扣2分", [rule(ONCE, deduct(2), "从业人员无健康证")]),
    ("生熟不分扣10分", [rule(when("生熟不分"), deduct(10))]),
]  # fmt: skip
SERVICES = [
    ("接通率每低于目标值1个百分点，扣减1分", [rule(LOW, deduct(1), "接通率")]),
    ("超时响应一次扣1分", [rule(ONCE, deduct(1), "超时响应")]),
    ("超出规定时限每小时扣0.5分", [rule(late(HOUR), deduct("0.5"))]),
    ("系统中断每发生一次扣5分，每超过1小时加扣1分", [rule(ONCE, deduct(5), "系统中断"), rule(step(Side.HIGH, 1, HOUR), deduct(1))]),
    ("保洁不到位被投诉的，每次扣2分，每季度最多扣10分", [rule(ONCE, deduct(2), "保洁不到位被投诉"), s.PeriodCap(Fraction(10), "quarter")]),
    ("服务人员离岗每人次扣1分", [rule(ONCE, deduct(1), "服务人员离岗")]),
    ("满意率85%及以上不扣分，85%以下每降低1个百分点扣1分", [rule(value(85, None), FULL, "满意率"), target(85), rule(LOW, deduct(1))]),
    ("整改不及时的扣2-5分", [rule(when("整改不及时"), deduct(2, 5))]),
    ("车辆脱班每辆次扣3分", [rule(ONCE, deduct(3), "车辆脱班")]),
    ("一次性解决率每高1个百分点加0.2分，加分上限为3分", [rule(HIGH, add("0.2"), "一次性解决率"), most(3, adding=True)]),
    ("逾期不足1天按1天计", [s.PartSteps(s.Parts.WHOLE)]),
    ("每发生一次扣1分、最多扣5分", [rule(ONCE, deduct(1)), most(5)]),
]  # fmt: skip
ENGLISH = [
    ("Deduct 2 points for each late delivery", [rule(ONCE, deduct(2))]),
    ("1 point is deducted per missing label, up to 5 points", [rule(ONCE, deduct(1)), most(5)]),
    ("Lose 3 points for every customer complaint", [rule(ONCE, deduct(3))]),
    ("No marks if the permit has expired", [rule(when("the permit has expired"), NONE)]),
    ("Full marks at 98% or above", [rule(value(98, None), FULL)]),
    ("98% or higher: full marks; below 95%: no marks", [rule(value(98, None), FULL), rule(value(None, 95, "()"), NONE)]),
    ("Between 90% and 95% scores 8", [rule(value(90, 95), score(8))]),
    ("2 points off for each day late, maximum 10", [rule(late(DAY), deduct(2)), most(10)]),
    ("Deduct 1 point for every percentage point below target", [rule(LOW, deduct(1))]),
    ("Deduct 0.5 for every 1 pp under the target, no more than 10", [rule(LOW, deduct("0.5")), most(10)]),
    ("Deduct 0.5 points per 0.1 percentage point below 99.9%", [target("99.9"), rule(step(Side.LOW, "0.1"), deduct("0.5"))]),
    ("Each missed call costs 1 point", [rule(ONCE, deduct(1))]),
    ("Every repeat visit loses 1 point", [rule(ONCE, deduct(1))]),
    ("Score 10 points if response time is under 4 hours", [rule(value(None, 4, "()", HOUR), score(10), "response time")]),
    ("A deduction of 5 points applies for each missed deadline", [rule(ONCE, deduct(5))]),
    ("Minus 1 point per incorrect invoice", [rule(ONCE, deduct(1))]),
    ("Bonus of 2 points for each accepted proposal, bonus capped at 6", [rule(ONCE, add(2)), most(6, adding=True)]),
    ("Deduct 10% of its points if the report is late", [rule(when("the report is late"), s.Share(Fraction(10)))]),
    ("5 points will be deducted for any safety violation", [rule(ONCE, deduct(5))]),
    ("Zero points if the site fails the audit", [rule(when("the site fails the audit"), NONE)]),
    ("Less than 80% scores zero", [rule(value(None, 80, "()"), NONE)]),
    ("Deduct 2 per overdue action", [rule(ONCE, deduct(2))]),
    ("Deduct 1 for each hour or part of an hour of delay", [rule(late(HOUR, started=True), deduct(1))]),
    ("Deduct 2 points for each week or part week late", [rule(late(WEEK, started=True), deduct(2))]),
    ("Deduct 1 per started hour late", [rule(late(HOUR, started=True), deduct(1))]),
    ("If the target is missed, deduct 5 points", [rule(MISSED, deduct(5))]),
    ("Target met scores 10 points, otherwise no marks", [rule(MET, score(10)), rule(OTHERWISE, NONE)]),
    ("Points are reduced by 1 for each defect", [rule(ONCE, deduct(1))]),
    ("Add 1 point per improvement implemented, at most 3", [rule(ONCE, add(1)), most(3, adding=True)]),
    ("Deduct 3 points per occurrence, capped at 15", [rule(ONCE, deduct(3)), most(15)]),
    ("Deduct 2 points per breach, not exceeding 10 points per quarter", [rule(ONCE, deduct(2)), s.PeriodCap(Fraction(10), "quarter")]),
    ("Deduct 4 points when the register is not kept", [rule(when("the register is not kept"), deduct(4))]),
    ("One point off per dirty table", [rule(ONCE, deduct(1))]),
    ("Half a point off per late arrival", [rule(ONCE, deduct("0.5"))]),
    ("Marks in proportion to the target", [rule(OTHERWISE, s.Proportion())]),
    ("1 point deducted for each unanswered e-mail", [rule(ONCE, deduct(1))]),
    ("Score capped at 60 if a critical finding is open", [rule(when("a critical finding is open"), s.Ceiling(points(60)))]),
    ("More than 5 complaints: no marks", [rule(value(5, None, "()", TIME), NONE)]),
    ("Per missing document deduct 2", [rule(ONCE, deduct(2))]),
    ("Subtract 3 points for each failed test, down to zero", [rule(ONCE, deduct(3)), GONE]),
    ("First-time fix rate below 85%: deduct 5", [rule(value(None, 85, "()"), deduct(5), "First-time fix rate")]),
    ("Deduct 1 per error; maximum deduction 10", [rule(ONCE, deduct(1)), most(10)]),
    ("Deduct 20 if insurance is not in place", [rule(when("insurance is not in place"), deduct(20))]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "meaning"),
    [*APPRAISALS, *SUPPLIERS, *HOSPITALS, *SCHOOLS, *INSPECTIONS, *SERVICES, *ENGLISH],
)
def test_what_such_a_sentence_says(words: str, meaning: list[s.Sentence]) -> None:
    """Word order, measure words, commas and inflections do not decide whether a rule is understood."""
    assert parse_sentence(words) == meaning


@pytest.mark.parametrize(
    ("words", "code", "case"),
    [
        ("省级加10分", "E201", "no_trigger"),
        ("不整齐的床扣5分", "E201", "no_trigger"),
        ("有杂物处扣3分", "E201", "no_trigger"),
        ("每月景多扣5分", "E202", ""),
        ("每迟交l天扣1分", "E209", "letter"),
        ("其余扣5分", "E201", "no_trigger"),
        ("发生医疗事故的，一票否决", "E205", "veto"),
        ("重复投诉加倍扣分", "E205", "points"),
        ("药占比超过规定值1个百分点扣1分", "E201", "bare_quantity"),
        ("低于80分的不予评优", "E201", "partly"),
        ("Between 3 and 5 complaints: 8 points", "E213", ""),
        ("deduct 1 per occurrence over the tim limit", "E202", ""),
        ("deduct 1 per occurrence Order delivery", "E201", "count_of_value"),
        ("deduct 3 points for repeated complaints", "E213", ""),
    ],
)
def test_what_is_asked_back(words: str, code: str, case: str) -> None:
    """What may mean two things, or something the language has no word for, is never taken for something else."""
    text = f"甲：{words}\n"
    _, found = parse_scheme(source_of("p.yaml", text), "scheme", Span(0, len(text)))

    assert [(d.code, d.case) for d in found][:1] == [(code, case)]
