"""A telecom branch's contacts of five quarters, its customers at the end of each month, its improvement projects."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, moment, pick
from collected.sheets import Row, Sheet

# How often each reason came up in the quarters from 2024-Q4 to 2025-Q4.
REASONS = {
    "账单疑问": [54, 52, 47, 42, 35],
    "故障报修": [44, 41, 43, 38, 40],
    "业务办理": [36, 38, 33, 40, 37],
    "咨询": [39, 35, 37, 31, 33],
    "投诉": [11, 12, 9, 9, 7],
    "未登记": [9, 7, 5, 3, 2],
}
CUSTOMERS = [4010, 4025, 4031, 4018, 4044, 4060, 4073, 4069, 4080, 4102, 4118, 4125, 4140, 4133, 4151]
OWNERS = {
    "账单疑问": "计费中心",
    "故障报修": "运维部",
    "业务办理": "客户服务部",
    "咨询": "客户服务部",
    "投诉": "质量管理部",
}


def quarter(number: int) -> datetime:
    """The first day of the quarter, from 2024-Q4 on."""
    return datetime(2024 + (number + 3) // 4, (number + 3) % 4 * 3 + 1, 1)


def contacts() -> Sheet:
    """Every contact; a few customers come back for the same reason, a few are still without an answer."""
    chance = Random(5004)
    rows: list[Row] = []
    for number in range(5):
        for reason, counts in REASONS.items():
            moments = [moment(chance, quarter(number), 90).replace(second=0) for _ in range(counts[number])]
            rows += [_contact(chance, at, reason) for at in moments]
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    header = ["接触编号", "接触时间", "客户号", "渠道", "接触原因", "一次解决", "转办", "转办部门", "回复时间"]
    numbered: list[Row] = [[f"J{n:05d}", *row] for n, row in enumerate(rows, start=1)]
    return Sheet(name="接触台账", header=header, rows=numbered, encoding="gbk")


def _contact(chance: Random, at: datetime, reason: str) -> Row:
    # One contact in four comes from the twenty customers with most to ask.
    customer = between(chance, 1, 20) if chance.random() < 0.24 else between(chance, 100, 4000)
    first = chance.random() < 0.79
    forwarded = not first and chance.random() < 0.7 and reason in OWNERS
    hours = 0.1 if first else between(chance, 2, 30) if chance.random() < 0.93 else between(chance, 40, 130)
    answered = at + timedelta(minutes=int(hours * 60))
    return [
        f"{at:%Y-%m-%d %H:%M}",
        f"Y{customer:04d}",
        pick(chance, ["热线", "热线", "热线", "营业厅", "网站", "微信"]),
        reason,
        "是" if first else "否",
        "是" if forwarded else "否",
        OWNERS[reason] if forwarded else None,
        None if answered > datetime(2026, 1, 4) else f"{answered:%Y-%m-%d %H:%M}",
    ]


def customers() -> Sheet:
    """Customers at the end of each month."""
    ends = [quarter(0) + timedelta(days=31 * (month + 1) + 3) for month in range(15)]
    days = [datetime(end.year, end.month, 1) - timedelta(days=1) for end in ends]
    return Sheet(
        name="月末客户数", header=["月份", "月末客户数"], rows=[[d, c] for d, c in zip(days, CUSTOMERS, strict=True)]
    )


def projects() -> Sheet:
    """Improvement projects, each against one reason of contact."""
    texts = {
        "账单疑问": ["账单增加费用说明", "套餐变更短信提醒", "账单样式重新设计", "境外流量实时提醒"],
        "故障报修": ["老旧光缆更换", "报修进度短信", "机房电源改造"],
        "业务办理": ["营业厅无纸化", "网上营业厅销户"],
        "投诉": ["投诉首问负责制", "费用争议先行退还"],
    }
    chance = Random(5006)
    rows: list[Row] = []
    for number in range(5):
        for reason in ["账单疑问", "账单疑问", "故障报修", "业务办理", "投诉"]:
            due = quarter(number) + timedelta(days=between(chance, 20, 85))
            late, effect = chance.random() < 0.2, "是" if chance.random() < 0.7 else "否"
            done = due + timedelta(days=between(chance, 3, 20) if late else -between(chance, 0, 12))
            names = [pick(chance, texts[reason]), reason, OWNERS[reason]]
            rows.append([*names, due, done, "否" if late else "是", effect])
    header = ["序号", "改进项目", "接触原因", "责任部门", "计划完成日期", "实际完成日期", "按期完成", "见效"]
    return Sheet(name="改进项目", header=header, rows=[[n, *row] for n, row in enumerate(rows, start=1)])
