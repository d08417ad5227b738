"""The metal products company: quarterly survey in words, indicator sheet by quarter, complaint ledger."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, midnight, moment, opinion, pick
from collected.questionnaires import EXPORT, Questionnaire, again, export, spoil
from collected.sheets import Row, Sheet

REGIONS = ["华东", "华北", "华东", "华南"]
WORDS = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
QUESTIONS = [
    "1、您对我公司产品质量的满意程度",
    "2、您对我公司产品广告的满意程度",
    "3、您对我公司技术服务的满意程度",
    "4、您对我公司员工工作态度的满意程度",
    "5、您对我公司员工工作方式的满意程度",
    "6、我公司满足您要求的程度",
    "7、您的意见和建议",
]
EXPECTED = [4.14, 3.62, 4.02, 4.30, 3.86, 4.02]
REMARKS = ["表面毛刺偶有发生", "希望缩短打样周期", "送货及时，望保持", "技术员很耐心", "样册更新慢"]


def survey(seed: int) -> Sheet:
    """The fourth quarter's questionnaires with answers in words."""
    chance = Random(seed)
    forms = [
        Questionnaire(
            at=moment(chance, datetime(2025, 10, 9), 80),
            seconds=between(chance, 35, 240),
            facts=[f"K{1000 + number}", REGIONS[number % 4]],
            answers=list(opinion(chance, EXPECTED, 1, 5)),
            remark=pick(chance, REMARKS) if chance.random() < 0.2 else "",
        )
        for number in range(228)
    ]
    spoil(chance, forms, {"hurried": 8, "broken off": 7, "one left out": 11})
    again(chance, forms, 9, lambda: opinion(chance, EXPECTED, 1, 5))
    for form in forms[:3]:
        form.at -= timedelta(days=95)  # of the third quarter
    header = [*EXPORT, "客户号", "地区", *QUESTIONS]
    return Sheet(name="Sheet1", header=header, rows=export(chance, forms, lambda a: WORDS[a] if a else "(空)"))


def indicators() -> Sheet:
    """The quality department's sheet, a row for each indicator and quarter."""
    figures: list[tuple[float, float]] = [(0.9861, 31), (0.9794, 34), (0.9912, 30), (0.9885, 33)]
    rows: list[Row] = []
    for quarter, (rate, days) in enumerate(figures, start=1):
        rows.append(["出厂检验合格率", "≥98%", rate, "%", f"2025年第{quarter}季度", "质检部"])
        rows.append(["平均交货周期", "≤35", days, "天", f"2025年第{quarter}季度", "生产部"])
    return Sheet(
        name="2025年",
        above=["金属制品公司质量指标统计表"],
        header=["指标", "目标值", "值", "单位", "期间", "填报部门"],
        rows=rows,
        percents=frozenset((row, 3) for row in range(1, 9, 2)),
    )


def complaints() -> Sheet:
    """The complaint ledger of the whole year."""
    chance = Random(5130)
    texts = {
        "质量": ["镀层起泡", "尺寸超差", "表面划伤"],
        "服务": ["答复不及时", "技术员未按约到场"],
        "包装": ["外箱破损"],
    }
    received = sorted(moment(chance, datetime(2025, 1, 6), 355) for _ in range(41))
    rows: list[Row] = []
    for number, day in enumerate(received, start=1):
        kind = pick(chance, ["质量", "质量", "质量", "服务", "服务", "包装"])
        finished = day + timedelta(days=between(chance, 1, 12))
        severity = pick(chance, ["一般", "一般", "一般", "较重"])
        text = pick(chance, texts[kind])
        customer = between(chance, 0, 227)
        if number == 18:
            kind, severity, text = "质量", "重大事故", "吊环断裂，停线"
        who: Row = [f"K{1000 + customer}", REGIONS[customer % 4]]
        rows.append([number, midnight(day), *who, kind, severity, text, midnight(finished), "已关闭"])
    header = ["序号", "受理日期", "客户号", "地区", "类别", "严重度", "投诉内容", "关闭日期", "状态"]
    return Sheet(name="投诉台帐", header=header, rows=rows)
