"""客户接触封闭管理办法2025年四个季度的手工计算：每个季度用当时的目标。"""

import csv
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import Line, Paper, half_up, lines_of, number

TOTAL = "封闭流程得分"
POINTS = {
    "倾听客户的声音/接触原因登记率": 10,
    "对客户反映的事实负责/账单疑问回复": 20,
    "简单快捷/一次解决率": 10,
    "简单快捷/重复接触率": 10,
    "共同指标/每千户账单疑问次数": 15,
    "共同指标/每千户故障报修次数": 10,
    "共同指标/每千户接触次数": 5,
    "部门协作/转办答复": 10,
    "追踪改进/改进项目按期完成率": 5,
    "追踪改进/改进项目见效率": 5,
}
# 一至四季度的目标
FIRST_TIME = [75, 75, 78, 78]
BILLING, FAULTS, CONTACTS = [12, 11, 10, 9], [10, 10, 9, 9], [45, 45, 40, 40]
# 2025年的放假安排（元旦之后的几天也列上，12月底的转办会跨过去）
HOLIDAYS = [
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
]
MADE_UP = [date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)]
GRADES = [(90, "优"), (80, "良"), (60, "合格"), (0, "不合格")]


def calculate(folder: Path, quarter: int) -> Paper:
    """One quarter of 2025, from 1 to 4."""
    first = datetime(2025, 3 * quarter - 2, 1)
    after = datetime(2025, 3 * quarter + 1, 1) if quarter < 4 else datetime(2026, 1, 1)
    ledger = contacts(folder)
    entries = [line for line in ledger if first <= moment(line["接触时间"], after) < after]
    paper = Paper()
    paper.rows["contacts"] = {"rows": len(ledger), "out": len(ledger) - len(entries), "valid": len(entries)}
    measure(folder, ledger, entries, (first, after), paper)
    lost = deductions(entries, after, quarter, paper)
    for path, points in POINTS.items():
        paper.scores[f"{TOTAL}/{path}"] = max(Fraction(0), points - lost.get(path, Fraction(0)))
    # 改进项目见效率：按比例得分，目标80%
    effect = f"{TOTAL}/追踪改进/改进项目见效率"
    paper.scores[effect] = 5 * min(Fraction(1), paper.measured[effect] / 80)
    for path in list(paper.scores):
        heading = path.rsplit("/", 1)[0]
        paper.scores[heading] = paper.scores.get(heading, Fraction(0)) + paper.scores[path]
        paper.scores[TOTAL] = paper.scores.get(TOTAL, Fraction(0)) + paper.scores[path]
    paper.score = half_up(paper.scores[TOTAL], 1)
    paper.grade = next(grade for least, grade in GRADES if paper.score >= least)
    return paper


def contacts(folder: Path) -> list[Line]:
    """接触台账，GBK编码的文本文件。"""
    with (folder / "接触台账.csv").open(encoding="gbk", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def moment(cell: object, running: datetime) -> datetime:
    """A moment of the ledger; what has no answer yet counts as running until the quarter is over."""
    return datetime.strptime(str(cell), "%Y-%m-%d %H:%M") if cell else running


def measure(
    folder: Path, ledger: list[Line], entries: list[Line], span: tuple[datetime, datetime], paper: Paper
) -> None:
    """各指标的实际值。"""

    def times(reason: str) -> Fraction:
        return Fraction(sum(line["接触原因"] == reason for line in entries))

    def share(hits: int, among: list[Line]) -> Fraction:
        return Fraction(100 * hits, len(among))

    months = [line for line in lines_of(folder / "月末客户数.xlsx") if within(line["月份"], span)]
    customers = sum((number(line["月末客户数"]) for line in months), Fraction(0)) / len(months)
    projects = [line for line in lines_of(folder / "改进项目台账.xlsx") if within(line["计划完成日期"], span)]
    measured = {
        "倾听客户的声音/接触原因登记率": share(sum(line["接触原因"] != "未登记" for line in entries), entries),
        "简单快捷/一次解决率": share(sum(line["一次解决"] == "是" for line in entries), entries),
        "简单快捷/重复接触率": share(sum(again(line, ledger, span[1]) for line in entries), entries),
        "共同指标/每千户账单疑问次数": times("账单疑问") / customers * 1000,
        "共同指标/每千户故障报修次数": times("故障报修") / customers * 1000,
        "共同指标/每千户接触次数": len(entries) / customers * 1000,
        "追踪改进/改进项目按期完成率": share(sum(line["按期完成"] == "是" for line in projects), projects),
        "追踪改进/改进项目见效率": share(sum(line["见效"] == "是" for line in projects), projects),
    }
    paper.measured = {f"{TOTAL}/{path}": value for path, value in measured.items()}
    reasons = ["账单疑问", "故障报修", "业务办理", "咨询", "投诉"]
    paper.measured |= {"接触次数": Fraction(len(entries)), **{f"{reason}次数": times(reason) for reason in reasons}}


def within(cell: object, span: tuple[datetime, datetime]) -> bool:
    """The day lies in the quarter."""
    return isinstance(cell, datetime) and span[0] <= cell < span[1]


def again(line: Line, ledger: list[Line], after: datetime) -> bool:
    """30天内同一客户为同一原因来过，同一时刻的看台账先后。"""
    at = moment(line["接触时间"], after)
    for other in ledger:
        if (other["客户号"], other["接触原因"]) == (line["客户号"], line["接触原因"]):
            before = moment(other["接触时间"], after)
            earlier = (before, str(other["接触编号"])) < (at, str(line["接触编号"]))
            if earlier and (at.date() - before.date()).days <= 30:
                return True
    return False


def working_days(begin: datetime, end: datetime) -> Fraction:
    """The time that falls on working days, in days of 24 hours."""
    worked, day = timedelta(), begin.date()
    while day <= end.date():
        off = day.weekday() >= 5 or any(first <= day <= last for first, last in HOLIDAYS)
        if day in MADE_UP or not off:
            midnight = datetime.combine(day, time())
            worked += min(end, midnight + timedelta(days=1)) - max(begin, midnight)
        day += timedelta(days=1)
    return Fraction(int(worked.total_seconds()), 86400)


def deductions(entries: list[Line], after: datetime, quarter: int, paper: Paper) -> dict[str, Fraction]:
    """低于（高于）目标按比例扣，超时按次扣。"""
    lost: dict[str, Fraction] = {}

    def missed(path: str, target: int, points: str, *, low: bool) -> None:
        value = paper.measured[f"{TOTAL}/{path}"]
        gap = target - value if low else value - target
        lost[path] = max(Fraction(0), gap) * Fraction(points)

    missed("倾听客户的声音/接触原因登记率", 98, "2", low=True)
    missed("简单快捷/一次解决率", FIRST_TIME[quarter - 1], "1", low=True)
    missed("简单快捷/重复接触率", 2, "1", low=False)
    missed("共同指标/每千户账单疑问次数", BILLING[quarter - 1], "3", low=False)
    missed("共同指标/每千户故障报修次数", FAULTS[quarter - 1], "2", low=False)
    missed("共同指标/每千户接触次数", CONTACTS[quarter - 1], "0.5", low=False)
    missed("追踪改进/改进项目按期完成率", 90, "0.2", low=True)
    spans = [(line, moment(line["接触时间"], after), moment(line["回复时间"], after)) for line in entries]
    slow = sum(end - begin > timedelta(hours=24) for line, begin, end in spans if line["接触原因"] == "账单疑问")
    lost["对客户反映的事实负责/账单疑问回复"] = Fraction(2 * slow)
    waited = sum(working_days(begin, end) > 2 for line, begin, end in spans if line["转办"] == "是")
    lost["部门协作/转办答复"] = Fraction(waited)
    return lost
