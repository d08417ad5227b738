"""Patterns of Chinese appraisal sheets, inspections and contracts, each with sentences of its own and their meaning."""

from fractions import Fraction

import pytest

from engine.language import syntax as s
from engine.language.parser import parse_sentence
from engine.language.syntax import Side, Unit
from tests.genre.meanings import (
    DAY,
    FULL,
    GONE,
    HIGH,
    HOUR,
    LOW,
    NONE,
    ONCE,
    OTHERWISE,
    TIME,
    add,
    deduct,
    late,
    most,
    name,
    rule,
    score,
    step,
    target,
    value,
    when,
)

FEWER, FURTHER = step(Side.LOW, unit=TIME), step(Side.HIGH, unit=TIME)

SEVERAL_THINGS_IN_ONE_CONDITION = [
    ("采购、验收未分离的，扣4分", [rule(when("采购、验收未分离"), deduct(4))]),
    ("合同、发票、签收单不一致，扣3分", [rule(when("合同、发票、签收单不一致"), deduct(3))]),
    ("通道、消防口被占用的，不得分", [rule(when("通道、消防口被占用"), NONE)]),
    ("每缺一份合同、附件扣2分", [rule(ONCE, deduct(2))]),
]
MARKS_EARNED = [
    ("巡检记录完整，得4分", [rule(when("巡检记录完整"), score(4))]),
    ("按时提交年度计划，得2分；未提交，不得分", [rule(when("按时提交年度计划"), score(2)), rule(when("未提交"), NONE)]),
    ("现场整洁、标识清楚得满分，否则不得分", [rule(when("现场整洁、标识清楚"), FULL), rule(OTHERWISE, NONE)]),
    (
        "优得10分，良得8分，中得5分",
        [rule(when("优"), score(10)), rule(when("良"), score(8)), rule(when("中"), score(5))],
    ),
    ("零缺陷得满分，发生一般缺陷扣2分", [rule(when("零缺陷"), FULL), rule(when("发生一般缺陷"), deduct(2))]),
    ("有方案，得3分；无，不得分", [rule(when("有方案"), score(3)), rule(when("无"), NONE)]),
]
AMOUNTS_IN_WORDS = [
    ("迟到三次以上不得分", [rule(value(3, None, unit=TIME), NONE, "迟到")]),
    ("投诉超过两起扣10分", [rule(value(2, None, "()", TIME), deduct(10), "投诉")]),
    ("返工两次或以上的扣6分", [rule(value(2, None, unit=TIME), deduct(6), "返工")]),
    ("发现2处以上扣5分", [rule(value(2, None, unit=TIME), deduct(5), "发现")]),
    ("返修三次以下扣1分", [rule(value(None, 3, unit=TIME), deduct(1), "返修")]),
    ("返工少于两次得满分", [rule(value(None, 2, "()", TIME), FULL, "返工")]),
]
STEPS_IN_CASES = [
    ("巡查少于4次的，每少一次扣2分", [target(4, TIME), rule(FEWER, deduct(2), "巡查")]),
    ("演练不少于2次，每少一次扣3分", [target(2, TIME), rule(FEWER, deduct(3), "演练")]),
    ("差错超过3处的，每多一处扣1分", [target(3, TIME), rule(FURTHER, deduct(1), "差错")]),
    ("合格率不低于95%，每低1个百分点扣1分", [target(95), rule(LOW, deduct(1), "合格率")]),
    ("设备完好率未达98%，每降1个百分点扣2分", [target(98), rule(LOW, deduct(2), "设备完好率")]),
]
CLASSES = [
    (
        "金奖、银奖、铜奖分别加8分、5分、2分",
        [rule(ONCE, add(8), "金奖"), rule(ONCE, add(5), "银奖"), rule(ONCE, add(2), "铜奖")],
    ),
    ("市级、省级表彰分别加2、5分", [rule(ONCE, add(2), "市级"), rule(ONCE, add(5), "省级表彰")]),
    (
        "优、良、中分别得10、8、6分",
        [rule(when("优"), score(10)), rule(when("良"), score(8)), rule(when("中"), score(6))],
    ),
    ("一般、重大差错每起分别扣1分、5分", [rule(ONCE, deduct(1), "一般"), rule(ONCE, deduct(5), "重大差错")]),
]
LACKING = [
    ("缺一份扣2分，错一处扣1分", [rule(ONCE, deduct(2), "缺份"), rule(ONCE, deduct(1), "错处")]),
    ("少一人扣0.5分", [rule(ONCE, deduct("0.5"))]),
    ("记录缺少一次扣1分", [rule(ONCE, deduct(1), "记录缺少")]),
    ("出现1例差错扣2分", [rule(ONCE, deduct(2))]),
    ("若缺少附件，每缺一个扣1分", [rule(ONCE, deduct(1), "缺少附件")]),
    ("凡未登记的，每人次扣1分", [rule(ONCE, deduct(1), "未登记")]),
    ("未公示的，每村每发现一次扣1分", [rule(ONCE, deduct(1), "未公示")]),
    ("未在规定时间内反馈的，每次扣1分", [rule(ONCE, deduct(1), "未在规定时间内反馈")]),
    ("标签脱落，有一处扣0.3分", [rule(ONCE, deduct("0.3"), "标签脱落")]),
]
NO_MARKS_AND_ALL_GONE = [
    ("抄袭他人成果的，该题得0分", [rule(when("抄袭他人成果"), NONE)]),
    ("伪造数据的，此项不得分", [rule(when("伪造数据"), NONE)]),
    ("拒绝检查的，本项目不得分", [rule(when("拒绝检查"), NONE)]),
    ("每发现一次扣2分，直至扣完", [rule(ONCE, deduct(2)), GONE]),
    ("每处扣1分，扣完此项分为止", [rule(ONCE, deduct(1)), GONE]),
    ("每提交一篇得1分，最多得3分", [rule(ONCE, score(1)), most(3, earning=True)]),
]
WITHIN_A_TIME = [
    ("危急值未在30分钟内报告的，每例扣2分", [rule(ONCE, deduct(2), "危急值未在30分钟内报告")]),
    ("未在三个工作日内答复的扣1分", [rule(when("未在三个工作日内答复"), deduct(1))]),
    ("报修后2小时内未到场，每次扣1分", [rule(ONCE, deduct(1), "报修后2小时内未到场")]),
    ("延迟3天以上不得分", [rule(value(3, None, unit=DAY), NONE, "延迟")]),
    (
        "按时完成得满分，每延期1天扣2分，延期5天以上不得分",
        [rule(when("按时完成"), FULL), rule(late(DAY), deduct(2)), rule(value(5, None, unit=DAY), NONE, "延期")],
    ),
]
OTHER_CASES_COUNTED = [
    ("其他1处不符合要求扣0.5分", [rule(ONCE, deduct("0.5"), "其他")]),
    ("发生一次差错、事故扣10分", [rule(ONCE, deduct(10))]),
    ("必备岗位缺1个岗位，不得分", [rule(ONCE, NONE, "必备岗位缺")]),
]
ONE_RULE_S_OWN_CAP = [
    (
        "漏检每次扣2分，错检每次扣1分，该条最多扣3分",
        [rule(ONCE, deduct(2), "漏检"), rule(ONCE, deduct(1), "错检"), s.Cap(Fraction(3), own=True)],
    ),
    (
        "投诉每件扣2分，差评每条扣1分，本项最多扣6分",
        [rule(ONCE, deduct(2), "投诉"), rule(ONCE, deduct(1), "差评"), most(6, whole=True)],
    ),
    (
        "建议每条加1分，专利每项加5分，该条最多加10分",
        [rule(ONCE, add(1), "建议"), rule(ONCE, add(5), "专利"), s.Cap(Fraction(10), adding=True, own=True)],
    ),
]
WORDS_THAT_ONLY_LOOK_LIKE_A_RULE = [
    ("各站水质全部达标得8分", [rule(when("各站水质全部达标"), score(8))]),
    ("只要有1名司机无证，不得分", [rule(ONCE, NONE)]),
    ("次数达标但质量不高得2分", [rule(when("次数达标但质量不高"), score(2))]),
    ("不遵守规则，每次扣1分", [rule(ONCE, deduct(1), "不遵守规则")]),
    ("整改未达标或反弹的，扣3分", [rule(when("整改未达标或反弹"), deduct(3))]),
    ("有一处不达标扣1分", [rule(ONCE, deduct(1))]),
    ("发生三级事件扣5分", [rule(when("发生三级事件"), deduct(5))]),
    ("获得客户表扬的加2分", [rule(when("获得客户表扬"), add(2))]),
    ("根据情节轻重酌情扣1-5分", [rule(OTHERWISE, deduct(1, 5))]),
    ("安全目标未分解的，扣2分", [rule(when("安全目标未分解"), deduct(2))]),
    ("每组织一次活动加1分", [rule(ONCE, add(1))]),
    ("8D报告未按时回复，每次扣4分", [rule(ONCE, deduct(4), "8D报告未按时回复")]),
    ("P1故障未通报，每起扣6分", [rule(ONCE, deduct(6), "P1故障未通报")]),
    ("7S检查不合格每项扣1分", [rule(ONCE, deduct(1), "7S检查不合格")]),
]
LEFT_TO_THE_ASSESSOR = [
    ("酌情加1-3分", [rule(OTHERWISE, add(1, 3))]),
    ("拾金不昧者，酌情加0.5至2分", [rule(when("拾金不昧"), add("0.5", 2))]),
    ("损坏器材，视其情况，扣2-6分", [rule(when("损坏器材"), deduct(2, 6))]),
    ("泄露客户信息，视情节轻重扣5-10分", [rule(when("泄露客户信息"), deduct(5, 10))]),
]
PER_HEAD = [
    ("未戴工牌，扣0.5分/人/次", [rule(ONCE, deduct("0.5"), "未戴工牌")]),
    ("收到表扬信，加2分/封", [rule(ONCE, add(2), "收到表扬信")]),
    ("晚归扣1分/人/晚", [rule(ONCE, deduct(1), "晚归")]),
]
FEWER_CASES_GIVE_MORE = [
    (
        "差评0次得10分，1次得6分，2次及以上得0分",
        [
            rule(value(0, 0, unit=TIME), score(10), "差评"),
            rule(value(1, 1, unit=TIME), score(6)),
            rule(value(2, None, unit=TIME), NONE),
        ],
    ),
    (
        "返工1次得5分，3次以上不得分",
        [rule(value(1, 1, unit=TIME), score(5), "返工"), rule(value(3, None, unit=TIME), NONE)],
    ),
    ("缺1份扣1分，缺4份以上不得分", [rule(ONCE, deduct(1)), rule(value(4, None, unit=TIME), NONE)]),
]
A_STANDARD_BEFORE_A_STEP = [
    ("检出率以96%为标准，每降低1个百分点扣2分", [target(96), rule(LOW, deduct(2), "检出率")]),
    ("收缴率98%以上为合格，每降1个百分点扣1分", [target(98), rule(LOW, deduct(1), "收缴率")]),
    ("以3%为基准，每升高1个百分点扣4分", [target(3), rule(HIGH, deduct(4))]),
]
CASES_IN_A_RANGE = [
    ("散落纸屑超过5片的，每处扣0.5分", [rule(ONCE, deduct("0.5"), "散落纸屑超过5片")]),
    ("到岗晚于规定15分钟以内每次扣1分", [rule(ONCE, deduct(1), "到岗晚于规定15分钟以内")]),
    ("缺岗超过20分钟，一次扣4分", [rule(ONCE, deduct(4), "缺岗超过20分钟")]),
    ("缺岗5-20分钟，发现一次扣2分", [rule(ONCE, deduct(2), "缺岗5-20分钟")]),
]
WITHIN = [
    ("损耗率在2%以内得8分，超过2%得0分", [rule(value(None, 2), score(8), "损耗率"), rule(value(2, None, "()"), NONE)]),
    ("到货周期7天内得满分", [rule(value(None, 7, unit=DAY), FULL, "到货周期")]),
    ("在规定时间内提交得4分", [rule(when("在规定时间内提交"), score(4))]),
]
NAMES_WITH_WORDS_OF_A_RULE = [
    ("产量目标达成率低于85%扣5分", [rule(value(None, 85, "()"), deduct(5), "产量目标达成率")]),
    ("平均得分低于70分，不得分", [rule(value(None, 70, "()", Unit.POINT), NONE, "平均得分")]),
    ("交接记录不全扣1分", [rule(when("交接记录不全"), deduct(1))]),
    ("未每周巡查的，扣2分", [rule(when("未每周巡查"), deduct(2))]),
    ("未达到合同要求的，扣3分", [rule(when("未达到合同要求"), deduct(3))]),
    ("低于上年同期的扣4分", [rule(when("低于上年同期"), deduct(4))]),
    ("十二处以上不得分", [rule(value(12, None, unit=TIME), NONE)]),
    ("每差一项扣1分，最低分为0分", [rule(ONCE, deduct(1)), GONE]),
    (
        "安排不当，分工不清，记录不全，签字不全，归档不及时，扣5分",
        [rule(when("安排不当，分工不清，记录不全，签字不全，归档不及时"), deduct(5))],
    ),
]
BETWEEN_TWO_BOUNDS = [
    ("70分以上85分以下得6分", [rule(value(70, 85, unit=Unit.POINT), score(6))]),
    ("80%以上不足90%的得4分", [rule(value(80, 90, "[)"), score(4))]),
    ("返工2次以上4次以下扣3分", [rule(value(2, 4, unit=TIME), deduct(3), "返工")]),
    ("停机超过1小时3小时以下扣2分", [rule(value(1, 3, "(]", HOUR), deduct(2), "停机")]),
]
ONE_OR_THE_OTHER = [
    ("抽检率＜80%，或未抽检，不得分", [rule(value(None, 80, "()"), NONE, "抽检率"), rule(when("未抽检"), NONE)]),
    (
        "床位数≤5张或≥40张，不得分",
        [rule(value(None, 5, unit=TIME), NONE, "床位数"), rule(value(40, None, unit=TIME), NONE, "床位数")],
    ),
    (
        "低于75%或弄虚作假的，定为不合格",
        [rule(value(None, 75, "()"), s.GradeAs(name("不合格"))), rule(when("弄虚作假"), s.GradeAs(name("不合格")))],
    ),
]
A_SHARE_OF_WHAT_IS_REQUIRED = [
    ("门诊量≥规定数的90%，得2分", [rule(value(90, None), score(2), "门诊量占规定数的比例")]),
    ("带教人数低于要求数的50%，不得分", [rule(value(None, 50, "()"), NONE, "带教人数占要求数的比例")]),
    (
        "＜规定数的40%，或未登记，不得分",
        [rule(value(None, 40, "()"), NONE, "占规定数的比例"), rule(when("未登记"), NONE)],
    ),
]
WHAT_IS_COUNTED_BEHIND_ITS_RANGE = [
    ("年内培养2名以上技师得3分", [rule(value(2, None, unit=TIME), score(3), "年内培养技师")]),
    ("少于3个班次不得分", [rule(value(None, 3, "()", TIME), NONE, "班次")]),
    ("出现4次以上投诉扣6分", [rule(value(4, None, unit=TIME), deduct(6), "出现投诉")]),
]
POINTS_WITHOUT_A_VERB = [
    (
        "合格率在98%以上12分，95%以上8分，低于95%0分",
        [
            rule(value(98, None), score(12), "合格率"),
            rule(value(95, None), score(8)),
            rule(value(None, 95, "()"), NONE),
        ],
    ),
    (
        "完成90%以上为6分，完成低于90%为0分",
        [rule(value(90, None), score(6), "完成"), rule(value(None, 90, "()"), NONE, "完成")],
    ),
    (
        "差错率2%以内评价为5分，超过2%不得分",
        [rule(value(None, 2), score(5), "差错率"), rule(value(2, None, "()"), NONE)],
    ),
]
AT_A_RATE = [
    ("未归档的按0.5分/份扣分", [rule(ONCE, deduct("0.5"), "未归档")]),
    ("引进客户按2分/家进行加分，最多加8分", [rule(ONCE, add(2), "引进客户"), most(8, adding=True)]),
    ("每缺一人扣0.5分至4分扣完", [rule(ONCE, deduct("0.5")), most(4)]),
    ("每发现一处扣0.5分，3分扣完为止", [rule(ONCE, deduct("0.5")), most(3)]),
]
BEYOND_DOUBT = [
    ("缺主管签字的记录扣2分", [rule(when("缺主管签字的记录"), deduct(2))]),
    ("值班员擅自离岗扣3-6分", [rule(when("值班员擅自离岗"), deduct(3, 6))]),
    ("缺2021年度报告的扣1分", [rule(when("缺2021年度报告"), deduct(1))]),
    ("发现1人“三违”不得分，缺少一项记录的，扣1分", [rule(ONCE, NONE, "三违"), rule(ONCE, deduct(1), "缺少记录")]),
    ("三天内未录入扣2分", [rule(when("三天内未录入"), deduct(2))]),
    ("保洁员无健康证的发现一例扣3分", [rule(ONCE, deduct(3), "保洁员无健康证")]),
    ("旷工1天扣8分", [rule(ONCE, deduct(8), "旷工")]),
    ("上报延迟天数每增加1天扣1分", [rule(step(Side.HIGH, unit=DAY), deduct(1), "上报延迟天数")]),
    ("每少完成5个百分点扣1分", [rule(step(Side.LOW, 5), deduct(1))]),
]
TIME_THAT_IS_COUNTED = [
    ("每脱岗一小时扣3分", [rule(ONCE, deduct(3))]),
    ("无故停机的，一分钟扣0.5分", [rule(ONCE, deduct("0.5"), "无故停机")]),
    ("每早退10分钟扣1分", [rule(s.CountTrigger(Fraction(10)), deduct(1))]),
    ("缺勤一天扣2分", [rule(ONCE, deduct(2), "缺勤")]),
]
WHERE_IT_IS_FOUND = [
    ("夜间巡查每发现一处漏水扣1分", [rule(ONCE, deduct(1), "夜间巡查漏水")]),
    ("飞行检查中每出现一例超限扣4分", [rule(ONCE, deduct(4), "飞行检查中超限")]),
    (
        "抽查每发现一件错装扣2分，抽查每发现一件漏装扣3分",
        [rule(ONCE, deduct(2), "抽查错装"), rule(ONCE, deduct(3), "抽查漏装")],
    ),
    (
        "受客户每书面表扬一次加1分，受客户每点名批评一次扣2分",
        [rule(ONCE, add(1), "受客户书面表扬"), rule(ONCE, deduct(2), "受客户点名批评")],
    ),
    ("尾气超标每次扣2分", [rule(ONCE, deduct(2), "尾气超标")]),
    ("未达标的每项扣1分", [rule(ONCE, deduct(1))]),
    ("每超过目标值1次扣1分", [rule(FURTHER, deduct(1))]),
    ("人员未到齐的，少一名扣1分", [rule(ONCE, deduct(1), "人员未到齐")]),
]
WORDS_WITHIN_OTHERS = [
    ("不文明行为，每次扣1分", [rule(ONCE, deduct(1), "不文明行为")]),
    ("每批评一次扣1分", [rule(ONCE, deduct(1))]),
    ("按规定值守，缺一次扣2分", [rule(ONCE, deduct(2), "按规定值守")]),
    ("班组出现质量事故扣5分", [rule(when("班组出现质量事故"), deduct(5))]),
    ("车间存在隐患的，一律不得分", [rule(when("车间存在隐患"), NONE)]),
    ("回访率大于95%，可得满分", [rule(value(95, None, "()"), FULL, "回访率")]),
]


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        *TIME_THAT_IS_COUNTED,
        *WHERE_IT_IS_FOUND,
        *WORDS_WITHIN_OTHERS,
        *BETWEEN_TWO_BOUNDS,
        *ONE_OR_THE_OTHER,
        *A_SHARE_OF_WHAT_IS_REQUIRED,
        *WHAT_IS_COUNTED_BEHIND_ITS_RANGE,
        *POINTS_WITHOUT_A_VERB,
        *AT_A_RATE,
        *BEYOND_DOUBT,
        *CASES_IN_A_RANGE,
        *WITHIN,
        *NAMES_WITH_WORDS_OF_A_RULE,
        *SEVERAL_THINGS_IN_ONE_CONDITION,
        *MARKS_EARNED,
        *AMOUNTS_IN_WORDS,
        *STEPS_IN_CASES,
        *CLASSES,
        *LACKING,
        *NO_MARKS_AND_ALL_GONE,
        *WITHIN_A_TIME,
        *OTHER_CASES_COUNTED,
        *ONE_RULE_S_OWN_CAP,
        *WORDS_THAT_ONLY_LOOK_LIKE_A_RULE,
        *LEFT_TO_THE_ASSESSOR,
        *PER_HEAD,
        *FEWER_CASES_GIVE_MORE,
        *A_STANDARD_BEFORE_A_STEP,
    ],
)
def test_what_such_a_sentence_says(words: str, meaning: list[s.Sentence]) -> None:
    """What stands in a company's sheet is read as its author means it."""
    assert parse_sentence(words) == meaning
