"""The telecom company: half-yearly survey of three brands, call centre's sheet and complaint ledger."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, midnight, moment, opinion, pick
from collected.questionnaires import EXPORT, Questionnaire, again, export, spoil
from collected.sheets import Row, Sheet

NETWORK = ["通话质量", "网络覆盖", "边界漫游质量", "漫游通信质量"]
HOTLINE = ["易接通程度", "话务员服务态度", "语音提示操作的便利性", "话务员解决问题的能力"]
HALL = [
    "营业网点的便利性",
    "营业员的仪表仪容",
    "营业员的服务态度",
    "营业员的服务主动性",
    "营业员的解决问题的能力",
    "业务手续方便程度",
]
NEW = ["告知客户新业务的及时性", "新业务费用的合理性", "新业务的实用性", "新业务操作的方便性"]
IMAGE = [
    "与顾客是伙伴关系",
    "与顾客是朋友关系",
    "以提高顾客生活素质为宗旨",
    "有先进的技术",
    "是移动电话服务的领导者",
    "是可信赖的",
    "拥有全面的营销网络",
    "是规模宏大的",
    "它的客户是较高档次的",
    "拥有很多客户",
    "很多顾客的亲友都使用它的服务",
]
BRANDS = {"全球通": 0.15, "动感地带": -0.1, "神州行": 0.05}


def survey(seed: int) -> Sheet:
    """Half a year's questionnaires of three brands; services from 1 to 5, the image from 1 to 10."""
    chance = Random(seed)
    services = [3.75 + (number * 7 % 10) / 12 for number in range(18)]
    image = [7.1 + (number * 3 % 7) / 4 for number in range(11)]
    forms: list[Questionnaire] = []
    for number in range(372):
        brand = pick(chance, [*BRANDS])
        lift = BRANDS[brand]
        answers = opinion(chance, [each + lift for each in services], 1, 5)
        answers += opinion(chance, [each + 2 * lift for each in image], 1, 10)
        at, seconds = moment(chance, datetime(2025, 7, 2), 178), between(chance, 95, 620)
        forms.append(
            Questionnaire(at=at, seconds=seconds, facts=[f"M{20000 + number * 7}", brand], answers=list(answers))
        )
    spoil(chance, forms, {"hurried": 11, "straight": 10, "broken off": 12, "one left out": 60})
    again(chance, forms, 12, lambda: opinion(chance, services, 1, 5) + opinion(chance, image, 1, 10))
    for form in forms[:5]:
        form.at -= timedelta(days=190)
    header = [*EXPORT, "客户号", "品牌"]
    header += [f"{number}、{text}" for number, text in enumerate([*NETWORK, *HOTLINE, *HALL, *NEW, *IMAGE], start=1)]
    return Sheet(name="Sheet1", header=[*header, "30、您的其他意见"], rows=export(chance, forms, lambda answer: answer))


def indicators() -> Sheet:
    """The call centre's sheet, a row for each brand and half-year."""
    rates = {"全球通": (0.9312, 0.9468), "动感地带": (0.8874, 0.9021), "神州行": (0.9047, 0.9155)}
    rows: list[Row] = [
        ["热线接通率", brand, pair[half], "%", period, "客服中心"]
        for half, period in enumerate(["2025年上半年", "2025年下半年"])
        for brand, pair in rates.items()
    ]
    return Sheet(
        name="服务指标",
        header=["指标", "品牌", "值", "单位", "期间", "填报部门"],
        rows=rows,
        percents=frozenset((row, 3) for row in range(1, 7)),
    )


def complaints() -> Sheet:
    """Complaints taken by the hotline during the year."""
    chance = Random(1008)
    kinds = {"网络": "弱覆盖", "资费": "边界漫游话费争议", "营业厅": "排队时间长", "新业务": "未经确认开通"}
    received = sorted(moment(chance, datetime(2025, 1, 3), 360) for _ in range(126))
    rows: list[Row] = []
    for number, day in enumerate(received, start=1):
        kind = pick(chance, [*kinds])
        rows.append(
            [
                number,
                midnight(day),
                f"M{20000 + between(chance, 0, 371) * 7}",
                pick(chance, [*BRANDS]),
                kind,
                kinds[kind],
            ]
        )
    return Sheet(name="热线台帐", header=["序号", "受理日期", "客户号", "品牌", "类别", "投诉内容"], rows=rows)
