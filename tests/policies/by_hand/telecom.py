"""移动客户满意度（表2-4）2025年下半年的手工计算，三个品牌和综合。"""

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

# 表2-4：一级指标、比重，二级指标、比重；二级指标依次是问卷第1至18题
TABLE = [
    ("网络服务", 20, [("通话质量", 30), ("网络覆盖", 30), ("边界漫游质量", 20), ("漫游通信质量", 20)]),
    (
        "热线服务",
        10,
        [("易接通程度", 30), ("话务员服务态度", 20), ("语音提示操作的便利性", 20), ("话务员解决问题的能力", 30)],
    ),
    (
        "营业厅服务",
        10,
        [
            ("营业网点的便利性", 20),
            ("营业员的仪表仪容", 10),
            ("营业员的服务态度", 20),
            ("营业员的服务主动性", 10),
            ("营业员的解决问题的能力", 20),
            ("业务手续方便程度", 20),
        ],
    ),
    (
        "新业务服务",
        10,
        [
            ("告知客户新业务的及时性", 20),
            ("新业务费用的合理性", 30),
            ("新业务的实用性", 30),
            ("新业务操作的方便性", 20),
        ],
    ),
]
# 企业形象评价因素：三个方面，各由问卷第19至29题中的几条描述组成
IMAGE = [("关心客户", range(19, 22)), ("领导市场", range(22, 28)), ("受人欢迎", range(28, 30))]
# 表2-5 综合得分的权重
BRANDS = {"全球通": Fraction("0.2196"), "动感地带": Fraction("0.12"), "神州行": Fraction("0.6604")}
BEGIN, END = datetime(2025, 7, 1), datetime(2026, 1, 1)
VALUE, CORPORATE = "客户感觉的服务价值", "企业形象"


def calculate(folder: Path) -> dict[str, Paper]:
    """A paper for each brand and one, under "", for the company."""
    count: dict[str, int] = {}
    forms = valid_forms(folder, count)
    papers = {brand: brand_paper([form for form in forms if form["品牌"] == brand]) for brand in BRANDS}
    for brand, paper in papers.items():
        other_figures(folder, brand, paper)
    whole = Paper(rows={"survey": count})
    for path in papers["全球通"].scores:
        whole.scores[path] = sum((papers[brand].scores[path] * share for brand, share in BRANDS.items()), Fraction(0))
    papers[""] = whole
    for paper in papers.values():
        paper.score = half_up(paper.scores["满意度"], 2)  # 四舍五入保留2位小数
    return papers


def brand_paper(forms: list[Line]) -> Paper:
    """满意度=客户感觉的服务价值*0.7+企业形象*0.3"""
    paper = Paper()
    question = 0
    service = Fraction(0)
    for first, first_share, seconds_level in TABLE:
        group = Fraction(0)
        for second, share in seconds_level:
            question += 1
            points = answers_mean(forms, question) * 20  # 5分折合100分，1分折合20分
            paper.scores[f"{VALUE}/{first}/{second}"] = points
            group += points * share / 100
        paper.scores[f"{VALUE}/{first}"] = group
        service += group * first_share
    paper.scores[VALUE] = service / 50  # 一级比重合计只有50
    for aspect, questions in IMAGE:
        paper.scores[f"{CORPORATE}/{aspect}"] = mean([answers_mean(forms, each) for each in questions]) * 10
    paper.scores[CORPORATE] = mean([paper.scores[f"{CORPORATE}/{aspect}"] for aspect, _ in IMAGE])
    paper.scores["满意度"] = paper.scores[VALUE] * Fraction(7, 10) + paper.scores[CORPORATE] * Fraction(3, 10)
    return paper


def answers(form: Line) -> dict[int, Fraction | None]:
    """Question number and answer, questions 1 to 29."""
    return {each: None if (cell := numbered(form, each)) is None else number(cell) for each in range(1, 30)}


def answers_mean(forms: list[Line], question: int) -> Fraction:
    """The mean of the answers given to a question."""
    given = [answers(form)[question] for form in forms]
    return mean([answer for answer in given if answer is not None])


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """下半年的问卷，剔除无效的。"""
    wrong = {
        "out": lambda form: not BEGIN <= submitted(form) < END,
        "作答率": lambda form: len(given(form)) * 100 < 29 * 80,
        "用时": lambda form: seconds(form) < 60,
        "雷同": lambda form: len(set(given(form))) == 1,
    }
    return sieve(lines_of(folder / "移动客户满意度问卷.xlsx"), wrong, count, each="客户号")


def given(form: Line) -> list[Fraction]:
    """The answers given."""
    return [answer for answer in answers(form).values() if answer is not None]


def other_figures(folder: Path, brand: str, paper: Paper) -> None:
    """What is reported beside the score."""
    for line in lines_of(folder / "服务指标统计表.xlsx"):
        if (line["品牌"], line["期间"]) == (brand, "2025年下半年"):
            paper.measured["热线接通率"] = number(line["值"]) * 100
    calls = [
        line
        for line in lines_of(folder / "热线投诉台帐.xlsx")
        if line["品牌"] == brand and isinstance(line["受理日期"], datetime) and BEGIN <= line["受理日期"] < END
    ]
    paper.measured["热线投诉次数"] = Fraction(len(calls))
