"""客户满意度调查管理制度的手工计算：2025年度全面调查（三层和整体），2025年第3季度售后专项。"""

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

TOTAL, SPECIAL = "客户满意度", "售后专项满意度"
POINTS = {"非常满意": 5, "满意": 4, "一般": 3, "不满意": 2, "非常不满意": 1}
# 客户名单上各层的户数，和它在整体里的份额
SIZES = {"大型": Fraction(40, 400), "中型": Fraction(120, 400), "小型": Fraction(240, 400)}
# 维度、权重、下面的指标：名称、权重、问卷第几题
DIMENSIONS = [
    ("产品质量", "25", [("可靠性", 40, 1), ("耐用性", 30, 2), ("稳定性", 30, 3)]),
    ("产品性能", "10", [("", 100, 4)]),
    ("价格", "10", [("", 100, 5)]),
    ("交付及时性", "10", [("准时到货", 50, 6), ("货物完好", 50, 7)]),
    ("服务态度", "20", [("礼貌程度", 30, 8), ("专业水平", 40, 9), ("耐心程度", 30, 10)]),
    ("响应速度", "7.5", [("", 100, 11)]),
    ("解决问题能力", "7.5", [("", 100, 12)]),
]
LOYAL = "客户忠诚度"
CHANNELS = ["电话", "微信", "网站", "上门"]
WISHES = ["交货期", "价格", "技术支持"]
GRADES = [(90, "优秀"), (80, "良好"), (70, "合格"), (0, "待改进")]


def calculate(folder: Path) -> dict[str, Paper]:
    """A paper for each size of customer and one, under "", for all customers."""
    count: dict[str, int] = {}
    forms, asked, known = valid_forms(folder, count), lines_of(folder / "抽样名单.xlsx"), customers(folder)
    papers = {
        size: layer([form for form in forms if of(form, size)], [c for c in known if of(c, size)]) for size in SIZES
    }
    for size, paper in papers.items():
        replies, sent = sum(of(form, size) for form in forms), sum(of(line, size) for line in asked)
        paper.measured |= {"有效问卷数": Fraction(replies), "有效回收率": Fraction(100 * replies, sent)}
    whole = Paper(rows={"survey": count})
    for path in papers["大型"].scores:
        whole.scores[path] = sum((papers[size].scores[path] * share for size, share in SIZES.items()), Fraction(0))
    papers[""] = whole
    for paper in papers.values():
        paper.score = half_up(paper.scores[TOTAL], 1)
        paper.grade = next(grade for least, grade in GRADES if paper.score >= least)
    return papers


def of(line: Line, size: str) -> bool:
    """The line speaks of a customer of this size."""
    return line["客户规模"] == size


def customers(folder: Path) -> list[Line]:
    """客户名单。"""
    return lines_of(folder / "客户名单.xlsx")


def given(form: Line) -> list[object]:
    """The answers given, words as their points."""
    cells = [numbered(form, order) for order in range(1, 15)]
    return [POINTS.get(str(cell), cell) for cell in cells if cell is not None]


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """四、3 剔除无效问卷。"""
    asked = {line["客户号"] for line in lines_of(folder / "抽样名单.xlsx")}
    wrong = {
        "out": lambda form: submitted(form).year != 2025,
        "抽样外": lambda form: form["客户号"] not in asked,
        "作答率": lambda form: len(given(form)) * 100 < 14 * 80,
        "用时": lambda form: seconds(form) < 60,
        "雷同": lambda form: len(set(given(form))) == 1,
    }
    return sieve(lines_of(folder / "年度调查问卷.xlsx"), wrong, count, each="客户号")


def answers(forms: list[Line], order: int) -> list[tuple[Fraction, Fraction]]:
    """The answers given to a question with their weights: key customers count twice."""
    cells = [(numbered(form, order), number(form["客户权重"])) for form in forms]
    return [(number(POINTS.get(str(cell), cell)), weight) for cell, weight in cells if cell is not None]


def layer(forms: list[Line], known: list[Line]) -> Paper:
    """One layer: dimensions by their weights, loyalty, the choices."""
    paper = Paper()
    total = Fraction(0)
    for dimension, share, indicators in DIMENSIONS:
        group = Fraction(0)
        for name, weight, order in indicators:
            given = answers(forms, order)
            points = sum(answer * each for answer, each in given) / sum(each for _, each in given) * 20
            paper.scores[f"{TOTAL}/{dimension}/{name}" if name else f"{TOTAL}/{dimension}"] = points
            group += points * weight / 100
        paper.scores[f"{TOTAL}/{dimension}"] = group
        total += group * Fraction(share) / 100
    total += loyalty(forms, known, paper) * Fraction(10, 100)
    paper.scores[TOTAL] = total
    for channel in CHANNELS:
        chosen = sum(numbered(form, 15) == channel for form in forms)
        paper.measured[f"服务渠道({channel})"] = Fraction(100 * chosen, len(forms))
    for wish in WISHES:
        paper.measured[f"希望改进({wish})"] = Fraction(
            100 * sum(form[f"16({wish})"] == 1 for form in forms), len(forms)
        )
    return paper


def loyalty(forms: list[Line], known: list[Line], paper: Paper) -> Fraction:
    """五、2 推荐意愿40%、再次购买意愿30%、重复购买率30%。"""
    recommended = answers(forms, 14)
    promote = sum(weight for answer, weight in recommended if answer >= 9)
    against = sum(weight for answer, weight in recommended if answer <= 6)
    net = 100 * (promote - against) / sum(weight for _, weight in recommended)
    willing = answers(forms, 13)
    before = [customer for customer in known if number(customer["上年订单数"]) >= 1]
    again = [customer for customer in before if number(customer["本年订单数"]) >= 1]
    rate = Fraction(100 * len(again), len(before))
    paper.measured |= {f"{TOTAL}/{LOYAL}/推荐意愿": net, f"{TOTAL}/{LOYAL}/重复购买率": rate}
    parts = {
        "推荐意愿": (net + 100) / 2,
        "再次购买意愿": sum(answer * weight for answer, weight in willing) / sum(w for _, w in willing) * 20,
        "重复购买率": rate,
    }
    paper.scores |= {f"{TOTAL}/{LOYAL}/{name}": points for name, points in parts.items()}
    score = (parts["推荐意愿"] * 40 + parts["再次购买意愿"] * 30 + parts["重复购买率"] * 30) / 100
    paper.scores[f"{TOTAL}/{LOYAL}"] = score
    return score


def special(folder: Path, first: datetime, after: datetime) -> dict[str, Paper]:
    """季度专项：名单上的客户，三题答了两题以上；三题平均，各层按户数还原。"""
    known = {line["客户号"] for line in customers(folder)}
    forms = [
        form
        for form in lines_of(folder / "季度专项问卷.xlsx")
        if first <= submitted(form) < after
        and form["客户号"] in known
        and sum(numbered(form, order) is not None for order in (1, 2, 3)) * 100 >= 3 * 60
    ]
    papers: dict[str, Paper] = {}
    for size in SIZES:
        paper = papers[size] = Paper()
        for order, name in enumerate(["专项响应速度", "专项解决问题能力", "专项服务态度"], start=1):
            cells = [numbered(form, order) for form in forms if of(form, size)]
            given = [Fraction(POINTS[str(cell)] * 20) for cell in cells if cell is not None]
            paper.scores[f"{SPECIAL}/{name}"] = mean(given)
        paper.scores[SPECIAL] = mean(list(paper.scores.values()))
    whole = papers[""] = Paper()
    for path in papers["大型"].scores:
        whole.scores[path] = sum((papers[size].scores[path] * share for size, share in SIZES.items()), Fraction(0))
    for paper in papers.values():
        paper.score = half_up(paper.scores[SPECIAL], 1)
        paper.grade = next(grade for least, grade in GRADES if paper.score >= least)
    return papers
