"""金属制品公司《顾客满意度测量控制程序》2025年第4季度的手工计算。"""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import Line, Paper, half_up, lines_of, mean, number, seconds, submitted

POINTS = {"很满意": 5, "满意": 4, "一般": 3, "不满意": 2, "很不满意": 1}
BEGIN, END = datetime(2025, 10, 1), datetime(2026, 1, 1)


def calculate(folder: Path) -> Paper:
    """Step by step through clauses 5.1 to 5.3."""
    paper = Paper()
    forms = valid_forms(folder, paper)

    # 5.1 六类顾客反映，每类一道题：有效答案的平均分（1至5分），5分折合100分，1分折合20分，所以乘以20
    quality, advertising, technical, attitude, manner, requirements = (
        mean([Fraction(form[question]) for form in forms if form[question] is not None]) for question in range(1, 7)
    )

    # 5.1.1 有关产品：产品质量占80%，产品广告占20%
    products = quality * 20 * Fraction(80, 100) + advertising * 20 * Fraction(20, 100)
    # 5.1.2 有关服务：技术服务、工作态度、工作方式三项等权
    services = (technical * 20 + attitude * 20 + manner * 20) / 3
    # 5.3.4 综合评价法：产品50%，服务30%，要求得到满足的感觉20%
    total = products * Fraction(50, 100) + services * Fraction(30, 100) + requirements * 20 * Fraction(20, 100)

    name = "顾客满意度"
    paper.scores = {
        name: total,
        f"{name}/有关产品": products,
        f"{name}/有关产品/产品质量的顾客反映": quality * 20,
        f"{name}/有关产品/产品广告的顾客反映": advertising * 20,
        f"{name}/有关服务": services,
        f"{name}/有关服务/技术服务的顾客反映": technical * 20,
        f"{name}/有关服务/员工工作态度的顾客反映": attitude * 20,
        f"{name}/有关服务/员工工作方式的顾客反映": manner * 20,
        f"{name}/要求得到满足的感觉": requirements * 20,
    }
    other_figures(folder, paper)

    # 四舍五入保留1位小数，按修约后的值定级；5.3.5 四个等级，95、80、60分归上一级
    paper.score = half_up(total, 1)
    paper.grade = "非常满意" if paper.score >= 95 else "比较满意" if paper.score >= 80 else "一般满意"
    if paper.score < 60 or paper.measured["严重质量事故次数"] >= 1:
        paper.grade = "不满意"
    return paper


def valid_forms(folder: Path, paper: Paper) -> list[dict[int, int | None]]:
    """5.2.1 收回的调查表，剔除无效的：题号到分数，没有回答的题为 None。"""
    lines = lines_of(folder / "顾客满意度调查表.xlsx")
    count = paper.rows["survey"] = {"rows": len(lines), "out": 0, "作答率": 0, "用时": 0, "重复": 0, "valid": 0}
    kept: list[tuple[Line, dict[int, int | None]]] = []
    for line in lines:
        answers = {question: POINTS.get(answer_to(line, question)) for question in range(1, 7)}
        answered = sum(answer is not None for answer in answers.values())
        if not BEGIN <= submitted(line) < END:
            count["out"] += 1
        elif answered * 100 < 6 * 80:
            count["作答率"] += 1
        elif seconds(line) < 20:
            count["用时"] += 1
        else:
            kept.append((line, answers))
    # 每个客户号取最后一份
    last = {line["客户号"]: number for number, (line, _) in enumerate(kept)}
    forms = [answers for number, (line, answers) in enumerate(kept) if last[line["客户号"]] == number]
    count["重复"], count["valid"] = len(kept) - len(forms), len(forms)
    return forms


def answer_to(line: Line, question: int) -> str:
    """The words given to a question: its column begins with its number."""
    return next(str(cell) for column, cell in line.items() if column.startswith(f"{question}、"))


def other_figures(folder: Path, paper: Paper) -> None:
    """What is reported beside the score: accidents (veto), pass rate and complaints of the quarter."""
    for line in lines_of(folder / "质量指标统计表.xlsx", header=2):
        if line["期间"] == "2025年第4季度":
            share = 100 if line["指标"] == "出厂检验合格率" else 1  # 合格率的单元格是百分比
            paper.measured[str(line["指标"])] = number(line["值"]) * share
    ledger = lines_of(folder / "顾客投诉台帐.xlsx")
    inside = [line for line in ledger if isinstance(line["受理日期"], datetime) and BEGIN <= line["受理日期"] < END]
    paper.measured["顾客投诉次数"] = Fraction(len(inside))
    paper.rows["complaints"] = {"rows": len(ledger), "out": len(ledger) - len(inside), "valid": len(inside)}
