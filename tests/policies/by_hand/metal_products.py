"""金属制品公司《顾客满意度测量控制程序》2025年第4季度的手工计算。"""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import (
    Line,
    Paper,
    half_up,
    lines_of,
    mean,
    number,
    numbered,
    seconds,
    sieve,
    submitted,
)

POINTS = {"很满意": 5, "满意": 4, "一般": 3, "不满意": 2, "很不满意": 1}
BEGIN, END = datetime(2025, 10, 1), datetime(2026, 1, 1)
REGIONS = ["华东", "华北", "华南"]


def calculate(folder: Path) -> dict[str, Paper]:
    """A paper for the company, under "", and one for each region."""
    count: dict[str, int] = {}
    forms = valid_forms(folder, count)
    papers = {"": score(forms)}
    papers |= {region: score([form for form in forms if form["地区"] == region]) for region in REGIONS}
    papers[""].rows["survey"] = count
    for region, paper in papers.items():
        other_figures(folder, region, paper)
        grade(paper)
    return papers


def score(forms: list[Line]) -> Paper:
    """Clauses 5.1 and 5.3.4, step by step."""
    # 5.1 六类顾客反映，每类一道题：有效答案的平均分（1至5分），5分折合100分，1分折合20分，所以乘以20
    quality, advertising, technical, attitude, manner, requirements = (
        mean([points for form in forms if (points := answer_to(form, question)) is not None])
        for question in range(1, 7)
    )

    # 5.1.1 有关产品：产品质量占80%，产品广告占20%
    products = quality * 20 * Fraction(80, 100) + advertising * 20 * Fraction(20, 100)
    # 5.1.2 有关服务：技术服务、工作态度、工作方式三项等权
    services = (technical * 20 + attitude * 20 + manner * 20) / 3
    # 5.3.4 综合评价法：产品50%，服务30%，要求得到满足的感觉20%
    total = products * Fraction(50, 100) + services * Fraction(30, 100) + requirements * 20 * Fraction(20, 100)

    name = "顾客满意度"
    scores = {
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
    return Paper(scores=scores)


def grade(paper: Paper) -> None:
    """5.3.5 四个等级：四舍五入保留1位小数，按修约后的值定级，95、80、60分归上一级；有重大事故即为不满意。"""
    paper.score = half_up(paper.scores["顾客满意度"], 1)
    grades = [(95, "非常满意"), (80, "比较满意"), (60, "一般满意"), (0, "不满意")]
    paper.grade = next(grade for least, grade in grades if paper.score >= least)
    if paper.measured["严重质量事故次数"] >= 1:
        paper.grade = "不满意"


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """5.2.1 收回的调查表，剔除无效的。"""
    wrong = {
        "out": lambda form: not BEGIN <= submitted(form) < END,
        "作答率": lambda form: sum(answer_to(form, question) is not None for question in range(1, 7)) * 100 < 6 * 80,
        "用时": lambda form: seconds(form) < 20,
    }
    return sieve(lines_of(folder / "顾客满意度调查表.xlsx"), wrong, count, each="客户号")


def answer_to(line: Line, question: int) -> Fraction | None:
    """The points of the words given to a question; None for `(空)`."""
    words = str(numbered(line, question))
    return Fraction(POINTS[words]) if words in POINTS else None


def other_figures(folder: Path, region: str, paper: Paper) -> None:
    """What is collected beside the survey: accidents (veto) and complaints, and for the company the pass rate."""
    ledger = lines_of(folder / "顾客投诉台帐.xlsx")
    inside = [line for line in ledger if isinstance(line["受理日期"], datetime) and BEGIN <= line["受理日期"] < END]
    here = [line for line in inside if region in {"", line["地区"]}]
    accidents = [line for line in here if (line["类别"], line["严重度"]) == ("质量", "重大事故")]
    paper.measured = {"严重质量事故次数": Fraction(len(accidents)), "顾客投诉次数": Fraction(len(here))}
    if region:
        return
    paper.rows["complaints"] = {"rows": len(ledger), "out": len(ledger) - len(inside), "valid": len(inside)}
    for line in lines_of(folder / "质量指标统计表.xlsx", header=2):
        if (line["指标"], line["期间"]) == ("出厂检验合格率", "2025年第4季度"):
            paper.measured["出厂检验合格率"] = number(line["值"]) * 100  # 单元格是百分比
