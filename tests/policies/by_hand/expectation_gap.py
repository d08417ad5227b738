"""顾客满意程度=顾客的实际感受—顾客的期望感受，2025年下半年的手工计算，三个网点和公司。"""

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

# 法则2至12，依次是问卷第1至11题（期望）和第12至22题（感受）
LAWS = [
    "遵守承诺",
    "注意细节",
    "个性化服务",
    "善于沟通",
    "方便顾客",
    "保持特色",
    "重在受控",
    "丰富体验",
    "服务有形化",
    "树立形象",
    "及时补救",
]
POINTS = ["城东", "城西", "城南"]
PERCEIVED, EXPECTED = "顾客的实际感受", "顾客的期望感受"
BEGIN, END = datetime(2025, 7, 1), datetime(2026, 1, 1)


def calculate(folder: Path) -> dict[str, Paper]:
    """A paper for the company, under "", from all questionnaires, and one for each service point."""
    count: dict[str, int] = {}
    forms = valid_forms(folder, count)
    papers = {"": score(forms)}
    papers |= {point: score([form for form in forms if form["服务网点"] == point]) for point in POINTS}
    papers[""].rows["survey"] = count
    return papers


def score(forms: list[Line]) -> Paper:
    """法则1 的公式，先逐条，再合起来。"""
    paper = Paper()
    for heading, first in ((PERCEIVED, 12), (EXPECTED, 1)):
        for question, law in enumerate(LAWS, start=first):
            # 1分折合0分，7分折合100分，中间每分100÷6
            paper.scores[f"{heading}/{law}"] = (answers_mean(forms, question) - 1) * Fraction(100, 6)
        paper.scores[heading] = mean([paper.scores[f"{heading}/{law}"] for law in LAWS])
    for law in LAWS:
        paper.scores[f"{law}的差距"] = paper.scores[f"{PERCEIVED}/{law}"] - paper.scores[f"{EXPECTED}/{law}"]
    paper.scores["顾客满意程度"] = paper.scores[PERCEIVED] - paper.scores[EXPECTED]
    paper.score = half_up(paper.scores["顾客满意程度"], 1)
    grades = [(5, "超值服务"), (0, "满足期望"), (-10, "略有差距"), (-100, "差距较大")]
    paper.grade = next(grade for least, grade in grades if paper.score >= least)
    return paper


def answer(form: Line, question: int) -> Fraction | None:
    """The answer to a question."""
    cell = numbered(form, question)
    return None if cell is None else number(cell)


def answers(form: Line) -> list[Fraction]:
    """The answers given."""
    return [given for question in range(1, 23) if (given := answer(form, question)) is not None]


def answers_mean(forms: list[Line], question: int) -> Fraction:
    """The mean of the answers given to a question."""
    return mean([given for form in forms if (given := answer(form, question)) is not None])


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """下半年的问卷，剔除无效的。"""
    wrong = {
        "out": lambda form: not BEGIN <= submitted(form) < END,
        "作答率": lambda form: len(answers(form)) * 100 < 22 * 90,
        "用时": lambda form: seconds(form) < 60,
        "雷同": lambda form: len(set(answers(form))) == 1,
    }
    return sieve(lines_of(folder / "期望与感受问卷.xlsx"), wrong, count, each="客户号")
