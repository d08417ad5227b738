"""顾客满意程度=顾客的实际感受—顾客的期望感受，2025年下半年的手工计算，三个网点和公司。"""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import Line, Paper, half_up, lines_of, mean, number, seconds, submitted

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
    """The answer to a question, whose column begins with its number."""
    cell = next(cell for column, cell in form.items() if column.startswith(f"{question}、"))
    return None if cell is None else number(cell)


def answers_mean(forms: list[Line], question: int) -> Fraction:
    """The mean of the answers given to a question."""
    return mean([given for form in forms if (given := answer(form, question)) is not None])


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """下半年的问卷，剔除无效的。"""
    forms = lines_of(folder / "期望与感受问卷.xlsx")
    count |= dict.fromkeys(["rows", "out", "作答率", "用时", "雷同", "重复", "valid"], 0)
    count["rows"] = len(forms)
    kept: list[Line] = []
    for form in forms:
        given = [one for question in range(1, 23) if (one := answer(form, question)) is not None]
        if not BEGIN <= submitted(form) < END:
            count["out"] += 1
        elif len(given) * 100 < 22 * 90:
            count["作答率"] += 1
        elif seconds(form) < 60:
            count["用时"] += 1
        elif len(set(given)) == 1:
            count["雷同"] += 1
        else:
            kept.append(form)
    last = {form["客户号"]: form["序号"] for form in kept}  # 每个客户号取最后一份；导出按提交时间先后排列
    valid = [form for form in kept if last[form["客户号"]] == form["序号"]]
    count["重复"], count["valid"] = len(kept) - len(valid), len(valid)
    return valid
