"""A company's complaints of 2025: the ledger with a time for every stage, the call-backs, the quarterly sheet."""

from datetime import date, datetime, timedelta
from random import Random

from collected.chance import between, moment, pick
from collected.sheets import Cell, Row, Sheet

STAGES = ["受理时间", "确认时间", "评估时间", "首次告知时间", "调查完成时间", "答复时间", "通知时间", "结束时间"]
KINDS = {
    "产品质量": ["接头渗漏", "表面划伤", "尺寸超差"],
    "交付": ["到货延迟", "少发一箱", "发错型号"],
    "服务": ["电话无人接听", "上门未按约定", "答复前后不一"],
    "帐单价格": ["对帐单价有误", "重复收取运费"],
}
WORDS = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
OFF = [
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
]
EXPORTED = datetime(2026, 1, 9, 17)


def later(chance: Random, since: datetime, low: int, high: int) -> datetime:
    """Some hours later; what falls on a day off is done the next morning."""
    done = since + timedelta(minutes=between(chance, low * 60, high * 60))
    while done.weekday() > 4 or any(first <= done.date() <= last for first, last in OFF):
        done = datetime(done.year, done.month, done.day, 9) + timedelta(days=1, minutes=between(chance, 0, 90))
    return done


def handled(chance: Random, received: datetime, severity: str) -> list[datetime]:
    """The moments of the eight stages; a serious complaint is looked into at once."""
    confirmed = received + timedelta(minutes=between(chance, 10, 1200 if chance.random() < 0.9 else 2600))
    assessed = later(chance, confirmed, 1, 30 if chance.random() < 0.85 else 70)
    quick = severity == "重大"
    found = later(chance, assessed, 10, 90 if quick else 190 if chance.random() < 0.93 else 330)
    told = later(chance, confirmed, 20, 130 if chance.random() < 0.9 else 240)
    answered = later(chance, found, 2, 60 if chance.random() < 0.93 else 320)
    return [received, confirmed, assessed, told, found, answered, answered, answered]


def ledger(seed: int) -> list[Row]:
    """Complaints received from December 2024 to the day the ledger was exported, the latest still open."""
    chance = Random(seed)
    begun = sorted(moment(chance, datetime(2024, 12, 10), 392).replace(second=0) for _ in range(196))
    rows: list[Row] = []
    for number, received in enumerate(begun, start=1):
        kind, severity = pick(chance, [*KINDS]), pick(chance, ["一般"] * 7 + ["较重"] * 4 + ["重大"])
        # Four complaints in ten come from the customers who complain again and again.
        customer = f"C{between(chance, 1, 7) if chance.random() < 0.4 else between(chance, 10, 240):04d}"
        moments = handled(chance, received, severity)
        moments[6] = later(chance, moments[5], 1, 26)
        moments[7] = later(chance, moments[6], 4, 400)
        result = pick(chance, ["接受"] * 17 + ["不接受"] * 2 + ["诉诸外部"])
        stages: Row = [each if each <= EXPORTED else None for each in moments]
        if None in stages[5:7]:
            stages[5:] = [None, None, None]
        if stages[7] is None:
            result = "处理中"
        head: Row = [
            f"TS{number:04d}",
            customer,
            pick(chance, ["电话", "电话", "网站", "微信", "门店"]),
            kind,
            severity,
        ]
        rows.append([*head, pick(chance, KINDS[kind]), *stages, result])
    return rows


def complaints(seed: int) -> Sheet:
    """The ledger; two complaints were acknowledged after 24 hours to the minute and a minute later."""
    rows = ledger(seed)
    autumn = [row for row in rows if isinstance(row[6], datetime) and row[6] >= datetime(2025, 10, 1)]
    for row, minutes in zip(autumn, (0, 1), strict=False):
        if isinstance(row[6], datetime):
            confirmed = row[6] + timedelta(hours=24, minutes=minutes)
            row[7:14] = [max(each, confirmed) if isinstance(each, datetime) else each for each in row[7:14]]
            row[7] = confirmed
    header = ["投诉编号", "客户号", "渠道", "投诉类别", "严重度", "投诉内容", *STAGES, "处理结果"]
    return Sheet(name="投诉台账", header=header, rows=rows, time_format="yyyy/m/d h:mm")


def followup(seed: int) -> Sheet:
    """Call-backs after a complaint was closed: words for answers, some incomplete, some asked twice, one unknown."""
    chance = Random(seed + 1)
    rows: list[Row] = []
    for row in ledger(seed):
        number, received, closed = row[0], row[6], row[13]
        if not isinstance(closed, datetime) or chance.random() < 0.3:
            continue
        mood = 0.4 if row[14] == "接受" else -1.4
        answers: list[Cell] = [
            WORDS[min(5, max(1, int(each + mood + (chance.random() - 0.5) * 3 + 0.5)))] for each in (4.2, 3.6, 4.3, 3.9)
        ]
        called = closed + timedelta(days=between(chance, 1, 5))
        if chance.random() < 0.06:
            answers[1:3] = [None, None]
        remark = pick(chance, ["希望答复再快些", "态度很好", "问题又出现了一次"]) if chance.random() < 0.2 else None
        rows.append([number, received, called, row[3], *answers, remark])
        if chance.random() < 0.05:
            rows.append([number, received, called + timedelta(days=2), row[3], "满意", "满意", "满意", "满意", None])
    rows.append(["TS9001", datetime(2025, 11, 20, 10), datetime(2025, 11, 28, 10), "服务", *["满意"] * 4, None])
    rows.sort(key=lambda each: (str(each[2]), str(each[0])))
    header = ["序号", "投诉编号", "受理时间", "回访时间", "投诉类别", "1、投诉是否方便", "2、处理是否及时"]
    header += ["3、处理人员的态度", "4、处理的结果", "5、您的意见"]
    numbered: list[Row] = [[number, *row] for number, row in enumerate(rows, start=1)]
    return Sheet(name="回访", header=header, rows=numbered, time_format="yyyy/m/d h:mm")


def indicators() -> Sheet:
    """What the quality department reports every quarter."""
    done = [0.931, 0.958, 0.962, 0.924]
    rows: list[Row] = []
    for quarter, share in enumerate(done, start=1):
        rows.append(["纠正预防措施按期完成率", share, "%", f"2025年第{quarter}季度", "质量部"])
        rows.append(["泄露投诉人信息次数", 1 if quarter == 2 else 0, "次", f"2025年第{quarter}季度", "客户服务部"])
    return Sheet(
        name="统计表",
        header=["指标", "值", "单位", "期间", "填报部门"],
        rows=rows,
        percents=frozenset((row, 2) for row in (1, 3, 5, 7)),
    )
