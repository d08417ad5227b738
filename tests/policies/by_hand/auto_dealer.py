"""汽贸公司店面满意度2025年11月的手工计算：三家店和公司。"""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import Line, Paper, half_up, lines_of, mean, number, sieve

SSI, CSI, VISIT, SHOP = "SSI销售满意度", "CSI售后满意度", "暗查暗访", "店面满意度"
STEPS = {
    SSI: ["顾客接待", "试乘试驾", "交车收款", "销售承诺", "售后跟踪", "一周回访", "意见跟进"],
    CSI: ["保养招揽", "礼貌接车", "指明标的", "维修等待", "结算交车", "维修质量"],
}
FILES = {SSI: "SSI销售回访.xlsx", CSI: "CSI售后回访.xlsx"}
SOURCES = {SSI: "ssi", CSI: "csi"}
# 暗访：店面卫生和承诺兑现情况由暗访人打分，其余“是”得本项分值，“否”得0分
VISITS: dict[str, dict[str, int | None]] = {
    "消费环境": {"店面卫生": None, "卫生间打扫干净": 10, "洗手液和纸抽": 10, "展车品种齐全": 10},
    "消费者知情权": {"先讲清楚服务及费用": 20, "配件和工时明码标价": 10},
    "诚信度": {"承诺兑现情况": None},
}
SHOPS = ["城北店", "城南店", "滨海店"]
GRADES = [(90, "优秀"), (80, "良好"), (60, "合格"), (0, "不合格")]
BEGIN, END = datetime(2025, 11, 1), datetime(2025, 12, 1)


def calculate(folder: Path) -> dict[str, Paper]:
    """A paper for each shop and one, under "", for the company: the mean of the shops."""
    whole = Paper()
    calls = {part: valid_calls(folder, part, whole.rows.setdefault(SOURCES[part], {})) for part in STEPS}
    papers = {shop: shop_paper(folder, shop, calls) for shop in SHOPS}
    for path in papers[SHOPS[0]].scores:
        whole.scores[path] = mean([paper.scores[path] for paper in papers.values()])
    papers[""] = whole
    for paper in papers.values():
        paper.score = half_up(paper.scores[SHOP], 1)
        paper.grade = next(grade for least, grade in GRADES if paper.score >= least)
    return papers


def shop_paper(folder: Path, shop: str, calls: dict[str, list[Line]]) -> Paper:
    """店面满意度 = SSI销售满意度×40% + CSI售后满意度×40% + 暗查暗访×20%，有欺诈行为的封顶59分。"""
    paper = Paper()
    for part, steps in STEPS.items():
        for order, step in enumerate(steps, start=1):
            given = [call[f"{order}、{step}"] for call in calls[part] if call["店"] == shop]
            answers = [number(answer) for answer in given if answer is not None]
            paper.scores[f"{part}/{step}"] = mean(answers) * 10  # 10分折合100分，1分折合10分
        paper.scores[part] = mean([paper.scores[f"{part}/{step}"] for step in steps])
    visited(folder, shop, paper)
    paper.scores["SSI与CSI之差"] = paper.scores[SSI] - paper.scores[CSI]
    shares = {SSI: 40, CSI: 40, VISIT: 20}
    total = sum((paper.scores[part] * share / 100 for part, share in shares.items()), Fraction(0))

    rows = [row for row in lines_of(folder / "顾客意见台账.xlsx") if row["店"] == shop and inside(row["受理日期"])]
    frauds = [row for row in rows if (row["类别"], row["核实"]) == ("欺诈", "属实")]
    paper.measured = {"欺诈行为次数": Fraction(len(frauds)), "意见次数": Fraction(len(rows))}
    paper.scores[SHOP] = min(total, Fraction(59)) if frauds else total
    return paper


def visited(folder: Path, shop: str, paper: Paper) -> None:
    """暗访检查表：当月这家店的一行。"""
    sheet = lines_of(folder / "暗访检查表.xlsx", header=2)
    row = next(row for row in sheet if (row["期间"], row["店"]) == ("2025年11月", shop))
    for heading, items in VISITS.items():
        for item, points in items.items():
            got = number(row[item]) if points is None else Fraction(points if row[item] == "是" else 0)
            paper.scores[f"{VISIT}/{heading}/{item}"] = got
        paper.scores[f"{VISIT}/{heading}"] = sum(
            (paper.scores[f"{VISIT}/{heading}/{item}"] for item in items), Fraction(0)
        )
    paper.scores[VISIT] = sum((paper.scores[f"{VISIT}/{heading}"] for heading in VISITS), Fraction(0))


def inside(day: object) -> bool:
    """Whether the day lies in November."""
    return isinstance(day, datetime) and BEGIN <= day < END


def valid_calls(folder: Path, part: str, count: dict[str, int]) -> list[Line]:
    """当月的回访，剔除作答不足80%的，每个客户号取最后一份。"""
    steps = [f"{order}、{step}" for order, step in enumerate(STEPS[part], start=1)]
    wrong = {
        "out": lambda call: not inside(call["回访时间"]),
        "作答率": lambda call: sum(call[step] is not None for step in steps) * 100 < len(steps) * 80,
    }
    return sieve(lines_of(folder / FILES[part]), wrong, count, each="客户号")
