"""投诉处理程序2025年第4季度的手工计算：按钟点和工作日一宗一宗数。"""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import Line, Paper, half_up, lines_of, mean, number

LIMITS, OUTCOME, PLEASED = "处理时限得分", "处理效果得分", "投诉人满意度"
FIRST, END = datetime(2025, 10, 1), datetime(2026, 1, 1)
QUESTIONS = {
    "投诉方便": "1、投诉是否方便",
    "处理及时": "2、处理是否及时",
    "人员态度": "3、处理人员的态度",
    "处理结果": "4、处理的结果",
}
POINTS = {"很满意": 5, "满意": 4, "一般": 3, "不满意": 2, "很不满意": 1}
# 国庆节、中秋节放假8天，元旦放假3天；这一季度和以后几天里调休上班的日子
OFF = [date(2025, 10, day) for day in range(1, 9)] + [date(2026, 1, day) for day in range(1, 4)]
MADE_UP = [date(2025, 10, 11), date(2026, 1, 4)]


def calculate(folder: Path) -> Paper:
    """三部分：时限40%、效果30%、投诉人满意度30%。"""
    paper = Paper()
    ledger = lines_of(folder / "投诉台账.xlsx")
    entries = [line for line in ledger if FIRST <= at(line, "受理时间") < END]
    paper.rows["complaints"] = {"rows": len(ledger), "out": len(ledger) - len(entries), "valid": len(entries)}

    # 二2 各步骤的时限
    late_stages(entries, paper)
    limits = 100 - sum(paper.losses.values(), Fraction(0))
    # 二3 分类、结束、接受、纠正预防措施
    before = set(paper.losses)
    outcomes(folder, ledger, entries, paper)
    outcome = 100 - sum((loss for path, loss in paper.losses.items() if path not in before), Fraction(0))
    # 二3(3) 投诉人满意度
    pleased(folder, ledger, paper)
    satisfied = mean([paper.scores[f"{PLEASED}/{name}"] for name in QUESTIONS])

    total = limits * Fraction(40, 100) + outcome * Fraction(30, 100) + satisfied * Fraction(30, 100)
    paper.scores |= {"投诉处理得分": total, LIMITS: limits, OUTCOME: outcome, PLEASED: satisfied}
    paper.score = half_up(total, 1)
    # 本季度没有泄露投诉人信息，不触发一票否决
    assert paper.measured["泄露投诉人信息次数"] == 0
    grades = [(90, "优"), (80, "良"), (60, "合格"), (0, "不合格")]
    paper.grade = next(grade for least, grade in grades if paper.score >= least)
    return paper


def at(line: Line, column: str) -> datetime:
    """A moment of the ledger; what has not happened counts as running until the quarter's last day is over."""
    cell = line[column]
    if cell is None:
        return END
    assert isinstance(cell, datetime)
    return cell


def hours(begin: datetime, end: datetime) -> Fraction:
    """Hours by the clock."""
    return Fraction(int((end - begin).total_seconds()), 3600)


def days(begin: datetime, end: datetime) -> Fraction:
    """Days of 24 hours."""
    return hours(begin, end) / 24


def working_days(begin: datetime, end: datetime) -> Fraction:
    """Day by day: the hours that fall on days on which people work, 24 of them a working day."""
    worked, day = Fraction(0), begin.date()
    while day <= end.date():
        weekend = day.weekday() >= 5
        if day in MADE_UP or not (weekend or day in OFF):
            midnight = datetime.combine(day, time())
            worked += hours(max(begin, midnight), min(end, midnight + timedelta(days=1)))
        day += timedelta(days=1)
    return worked / 24


def late_stages(entries: list[Line], paper: Paper) -> None:
    """超出规定时限发生一次扣几分，最多扣几分。"""
    serious = [line for line in entries if line["严重度"] == "重大"]
    others = [line for line in entries if line["严重度"] != "重大"]
    answered = [line for line in entries if line["处理结果"] != "处理中"]
    stages = [
        ("确认", entries, "受理时间", "确认时间", hours, 24, "1", 20),
        ("评估", entries, "确认时间", "评估时间", working_days, 1, "1", 15),
        ("首次告知进展", entries, "受理时间", "首次告知时间", working_days, 5, "0.5", 10),
        ("调查(重大)", serious, "评估时间", "调查完成时间", working_days, 3, "5", 100),
        ("调查(其他)", others, "评估时间", "调查完成时间", working_days, 7, "1", 15),
        ("答复", entries, "受理时间", "答复时间", working_days, 10, "2", 20),
        ("通知", answered, "答复时间", "通知时间", working_days, 1, "1", 10),
        ("结束", entries, "受理时间", "结束时间", days, 30, "2", 20),
    ]
    for name, cases, begin, end, counted, limit, points, most in stages:
        late = sum(counted(at(line, begin), at(line, end)) > limit for line in cases)
        paper.losses[f"{LIMITS}/{name}"] = min(late * Fraction(points), Fraction(most))


def again(line: Line, ledger: list[Line]) -> bool:
    """同一客户30天内就同一类别投诉过，上一季度的也算。"""
    since = [
        at(line, "受理时间").date() - at(other, "受理时间").date()
        for other in ledger
        if (other["客户号"], other["投诉类别"]) == (line["客户号"], line["投诉类别"])
        and at(other, "受理时间") < at(line, "受理时间")
    ]
    return any(gap <= timedelta(days=30) for gap in since)


def outcomes(folder: Path, ledger: list[Line], entries: list[Line], paper: Paper) -> None:
    """分类计次扣分；各比率每低1个百分点扣分，不足一步按比例。"""

    def short(name: str, target: int, rate: Fraction, points: str, most: int) -> None:
        paper.measured[f"{OUTCOME}/{name}"] = rate
        loss = max(Fraction(0), target - rate) * Fraction(points)
        paper.losses[f"{OUTCOME}/{name}"] = min(loss, Fraction(most))

    cost = Fraction(0)
    for severity, points in {"一般": "0.05", "较重": "0.2", "重大": "2"}.items():
        times = Fraction(sum(line["严重度"] == severity for line in entries))
        paper.measured[f"{OUTCOME}/投诉次数/{severity}"] = times
        cost += times * Fraction(points)
    paper.losses[f"{OUTCOME}/投诉次数"] = cost

    def share(*results: str) -> Fraction:
        return Fraction(100 * sum(line["处理结果"] in results for line in entries), len(entries))

    short("结束率", 90, share("接受", "不接受", "诉诸外部"), "1", 30)
    short("接受率", 75, share("接受"), "0.5", 20)
    repeated = Fraction(100 * sum(again(line, ledger) for line in entries), len(entries))
    paper.measured[f"{OUTCOME}/重复投诉率"] = repeated
    paper.losses[f"{OUTCOME}/重复投诉率"] = min(max(Fraction(0), repeated - 5) * 2, Fraction(20))
    sheet = lines_of(folder / "投诉管理指标统计表.xlsx")
    quarter = {str(line["指标"]): number(line["值"]) for line in sheet if line["期间"] == "2025年第4季度"}
    short("纠正预防措施按期完成率", 95, quarter["纠正预防措施按期完成率"] * 100, "1", 20)
    paper.measured["泄露投诉人信息次数"] = quarter["泄露投诉人信息次数"]
    paper.measured["诉诸外部次数"] = Fraction(sum(line["处理结果"] == "诉诸外部" for line in entries))


def pleased(folder: Path, ledger: list[Line], paper: Paper) -> None:
    """回访问卷：编号在台账里，四题答了三题以上，同一宗投诉取最后一份；很满意100分，很不满意20分。"""
    forms = lines_of(folder / "投诉回访问卷.xlsx")
    known = {line["投诉编号"] for line in ledger}
    count = paper.rows["followup"] = {"rows": len(forms), "out": 0, "不在台账": 0, "作答率": 0, "重复": 0, "valid": 0}
    kept: dict[object, Line] = {}
    for form in forms:
        given = sum(form[column] is not None for column in QUESTIONS.values())
        if not FIRST <= at(form, "受理时间") < END:
            count["out"] += 1
        elif form["投诉编号"] not in known:
            count["不在台账"] += 1
        elif given * 100 < 4 * 75:
            count["作答率"] += 1
        else:
            count["重复"] += form["投诉编号"] in kept
            kept[form["投诉编号"]] = form
    count["valid"] = len(kept)
    for name, column in QUESTIONS.items():
        answers = [POINTS[str(form[column])] for form in kept.values() if form[column] is not None]
        paper.scores[f"{PLEASED}/{name}"] = mean([Fraction(answer * 20) for answer in answers])
