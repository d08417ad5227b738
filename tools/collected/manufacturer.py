"""The manufacturer: yearly survey with key customers, indicator sheet, four ledgers, customer file."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, midnight, moment, opinion, pick
from collected.questionnaires import EXPORT, Questionnaire, again, export, spoil
from collected.sheets import Row, Sheet

TOPICS = ["产品质量", "交付及时性", "售后服务", "包装", "运输", "标识", "产品价格"]
TOPICS_EXPECTED = [4.35, 3.95, 4.10, 4.25, 4.05, 4.30, 3.55]
PRODUCT_LINES = ["连接器", "线束", "壳体"]
TOPIC_REMARKS = ["交期再稳定些", "价格偏高", "标签条码有时扫不出", "售后响应快", "木托盘希望加固"]


def customers() -> list[Row]:
    """The customer file: number, class, region, weight (key customers count twice)."""
    chance = Random(7040)
    rows: list[Row] = []
    for number in range(1, 251):
        key = chance.random() < 0.16
        rows.append(
            [f"C{number:04d}", "重点" if key else "一般", pick(chance, ["华东", "华南", "西南"]), 2 if key else 1]
        )
    return rows


def survey(seed: int) -> Sheet:
    """The yearly survey with answers 1 to 5, sent in autumn, some returned after the year's end."""
    chance = Random(seed)
    forms = [
        Questionnaire(
            at=moment(chance, datetime(2025, 11, 3), 45),
            seconds=between(chance, 42, 400),
            facts=[number, region, weight],
            answers=list(opinion(chance, TOPICS_EXPECTED, 1, 5)),
            remark=pick(chance, TOPIC_REMARKS) if chance.random() < 0.25 else "",
        )
        for number, _, region, weight in customers()
        if chance.random() < 0.94
    ]
    spoil(chance, forms, {"hurried": 9, "straight": 8, "broken off": 8, "one left out": 14})
    again(chance, forms, 10, lambda: opinion(chance, TOPICS_EXPECTED, 1, 5))
    for number in range(6):
        form = pick(chance, forms)
        forms.append(
            Questionnaire(
                at=form.at + timedelta(hours=3),
                seconds=75,
                facts=[f"D{number:03d}", "华东", 1],
                answers=list(form.answers),
            )
        )
    for form in forms[:4]:
        form.at = moment(chance, datetime(2026, 1, 5), 9)
    header = [*EXPORT, "客户号", "地区", "客户权重"]
    header += [f"{number}、{topic}" for number, topic in enumerate(TOPICS, start=1)] + ["8、您最希望我公司改进的方面"]
    return Sheet(name="Sheet1", header=header, rows=export(chance, forms, lambda answer: answer))


def indicators() -> Sheet:
    """The indicator sheet: title rows on top, percentages as cells and as plain numbers, last year below."""
    return Sheet(
        name="统计表",
        above=["客观评价指标统计表", "编制：销售部    统计期：2025年    编制日期：2026/1/8"],
        header=["指标", "目标值", "值", "单位", "期间", "填报部门"],
        rows=[
            ["产品发货一次检验合格率", "≥98%", 0.9842, "%", "2025年", "质量部"],
            ["准时交付率", "≥96%", 93.6, "%", "2025年", "销售部"],
            ["产品发货一次检验合格率", "≥98%", 0.9715, "%", "2024年", "质量部"],
            ["准时交付率", "≥95%", 95.8, "%", "2024年", "销售部"],
        ],
        percents=frozenset({(1, 3), (3, 3)}),
    )


def customer_file() -> Sheet:
    """The customer file as a sheet."""
    return Sheet(name="客户档案", header=["客户号", "客户类别", "地区", "客户权重"], rows=customers())


def inspections() -> Sheet:
    """Lots submitted and accepted, per month and product line, from December before to January after."""
    chance = Random(5331)
    rows: list[Row] = []
    for month in range(14):
        first = datetime(2024 + (month + 11) // 12, (month + 11) % 12 + 1, 1)
        for line in PRODUCT_LINES:
            lots = between(chance, 28, 61)
            refused = sum(chance.random() < 0.034 for _ in range(lots))
            rows.append([first + timedelta(days=24 + between(chance, 0, 3)), line, lots, lots - refused])
    return Sheet(name="交验记录", header=["交验日期", "产品线", "交验批数", "合格批数"], rows=rows)


def complaints() -> Sheet:
    """The complaint ledger with the neighbouring years' entries."""
    chance = Random(5217)
    texts = {"质量": "端子压接不良", "服务": "客服未回电", "交付": "到货延迟", "价格": "对帐单价有误"}
    kinds = ["质量"] * 9 + ["服务"] * 4 + ["交付"] * 5 + ["价格"] * 2
    entries = [(moment(chance, datetime(2025, 1, 6), 355), kind) for kind in kinds]
    entries += [(datetime(2024, 12, 19), "质量"), (datetime(2024, 12, 30), "服务"), (datetime(2026, 1, 4), "质量")]
    rows: list[Row] = []
    for number, (day, kind) in enumerate(sorted(entries), start=1):
        customer = f"C{between(chance, 1, 250):04d}"
        severity = pick(chance, ["一般", "一般", "严重"]) if kind == "质量" else "一般"
        department = "质量部" if kind == "质量" else "销售部"
        rows.append([number, midnight(day), customer, kind, severity, texts[kind], department, "已结案"])
    header = ["序号", "受理日期", "客户号", "类别", "严重度", "投诉内容", "责任部门", "状态"]
    return Sheet(name="台帐", header=header, rows=rows)


def returns() -> Sheet:
    """Returns and claims."""
    chance = Random(5332)
    kinds = ["退货", "退货", "索赔", "退货", "索赔", "退货"]
    days = [datetime(2024, 11, 27), *sorted(midnight(moment(chance, datetime(2025, 1, 6), 355)) for _ in range(5))]
    rows: list[Row] = [
        [number, day, f"C{between(chance, 1, 250):04d}", kind, between(chance, 40, 900)]
        for number, (day, kind) in enumerate(zip(days, kinds, strict=True), start=1)
    ]
    return Sheet(name="退货索赔", header=["序号", "发生日期", "客户号", "类型", "数量"], rows=rows)


def corrections() -> Sheet:
    """Nonconformities raised by customers: when raised, when put right; one in exactly 24 hours."""
    chance = Random(5333)
    hours = [24.0, 31.5, 26.25, 24.5, 47.0, 25.75, 72.25]
    hours += [2 + int(chance.random() * 84) / 4 for _ in range(31)]
    raised = sorted(moment(chance, datetime(2025, 1, 6), 350).replace(second=0) for _ in hours)
    rows: list[Row] = []
    for number, begin in enumerate(raised, start=1):
        elapsed = hours[(number * 11) % len(hours)]
        rows.append(
            [
                number,
                f"C{between(chance, 1, 250):04d}",
                pick(chance, TOPICS[:6]),
                begin,
                begin + timedelta(hours=elapsed),
            ]
        )
    header = ["序号", "客户号", "不符合项", "提出时间", "完成时间"]
    return Sheet(name="整改台帐", header=header, rows=rows, time_format="yyyy/m/d h:mm")
