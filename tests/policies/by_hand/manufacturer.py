"""制造企业《顾客满意度管理程序》2025年的手工计算。"""

from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import Line, Paper, half_up, lines_of, mean, number, seconds, sieve, submitted

TOPICS = ["产品质量", "交付及时性", "售后服务", "包装", "运输", "标识", "产品价格"]
SURVEY, OBJECTIVE = "顾客满意度调查表得分", "客观指标评价得分"


def calculate(folder: Path) -> Paper:
    """Step by step through clauses 5.3 and 5.4."""
    paper = Paper()

    # 5.3.2 调查表：七项内容等权平均
    for topic, points in topic_points(folder, paper).items():
        paper.scores[f"{SURVEY}/{topic}"] = points
    survey = mean(list(paper.scores.values()))

    # 5.3.3 客观指标：满分100分，采用倒扣分的方式进行计算
    measure(folder, paper)
    deduct(folder, paper)
    objective = 100 - sum(paper.losses.values(), Fraction(0))

    # 5.4.3 顾客满意度总分：顾客满意度调查表得分X40%+客观指标评价得分X60%
    total = survey * Fraction(40, 100) + objective * Fraction(60, 100)
    paper.scores |= {"顾客满意度总分": total, SURVEY: survey, OBJECTIVE: objective}

    # 四舍五入保留1位小数，按修约后的值定级；95、80、60分归上一级
    paper.score = half_up(total, 1)
    grades = [(95, "非常满意"), (80, "比较满意"), (60, "一般满意"), (0, "不满意")]
    paper.grade = next(grade for least, grade in grades if paper.score >= least)
    return paper


def topic_points(folder: Path, paper: Paper) -> dict[str, Fraction]:
    """Each topic's points: the answers' mean, key customers counted twice, 5 as 100 and 1 as 20."""
    points: dict[str, Fraction] = {}
    forms = valid_forms(folder, paper.rows.setdefault("survey", {}))
    for order, topic in enumerate(TOPICS, start=1):
        total = weights = Fraction(0)
        for form in forms:
            answer, weight = form[f"{order}、{topic}"], number(form["客户权重"])
            if answer is not None:
                total, weights = total + weight * number(answer), weights + weight
        points[topic] = total / weights * 20
    return points


def answers(form: Line) -> list[object]:
    """The answers given to the seven topics."""
    cells = [form[f"{order}、{topic}"] for order, topic in enumerate(TOPICS, start=1)]
    return [cell for cell in cells if cell is not None]


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """5.4.1 回收的调查表，剔除无效的。"""
    known = {customer["客户号"] for customer in lines_of(folder / "客户档案.xlsx")}
    wrong = {
        "out": lambda form: submitted(form).year != 2025,
        "档案外": lambda form: form["客户号"] not in known,
        "作答率": lambda form: len(answers(form)) * 100 < 7 * 80,
        "用时": lambda form: seconds(form) < 30,
        "雷同": lambda form: len(set(answers(form))) == 1,
    }
    return sieve(lines_of(folder / "顾客满意度调查表.xlsx"), wrong, count, each="客户号")


def within_2025(folder: Path, paper: Paper, file: str, name: str, column: str) -> list[Line]:
    """The ledger's entries of the year assessed."""
    ledger = lines_of(folder / f"{file}.xlsx")
    inside = [line for line in ledger if str(line[column]).startswith("2025")]
    paper.rows[name] = {"rows": len(ledger), "out": len(ledger) - len(inside), "valid": len(inside)}
    return inside


def measure(folder: Path, paper: Paper) -> None:
    """5.4.2 向相关职能部门收集的客观指标。"""
    sheet = lines_of(folder / "客观评价指标统计表.xlsx", header=3)
    this_year = {str(line["指标"]): number(line["值"]) for line in sheet if line["期间"] == "2025年"}
    lots = within_2025(folder, paper, "交验记录", "inspections", "交验日期")
    accepted, submitted_lots = (sum(number(lot[column]) for lot in lots) for column in ("合格批数", "交验批数"))
    complaints = within_2025(folder, paper, "客户投诉管理台帐", "complaints", "受理日期")
    returns = within_2025(folder, paper, "退货索赔台帐", "returns", "发生日期")
    paper.measured = {
        f"{OBJECTIVE}/产品质量/产品一次交验合格率": accepted / submitted_lots * 100,
        f"{OBJECTIVE}/产品质量/产品发货一次检验合格率": this_year["产品发货一次检验合格率"] * 100,  # 百分比格式的单元格
        f"{OBJECTIVE}/产品质量/顾客投诉次数(质量)": Fraction(sum(entry["类别"] == "质量" for entry in complaints)),
        f"{OBJECTIVE}/产品质量/顾客退货/索赔次数": Fraction(len(returns)),
        f"{OBJECTIVE}/订单交付/准时交付率": this_year["准时交付率"],
        f"{OBJECTIVE}/服务/顾客投诉次数(服务)": Fraction(sum(entry["类别"] == "服务" for entry in complaints)),
    }


def deduct(folder: Path, paper: Paper) -> None:
    """5.3.3 评分规则表，一行一行地扣。"""
    measured, losses = paper.measured, paper.losses

    def points_below(target: int, rate: Fraction) -> Fraction:
        """每低规定目标值一个百分点各扣0.5分，不足一个百分点不扣。"""
        below = target - rate
        return below.numerator // below.denominator * Fraction(1, 2) if below > 0 else Fraction(0)

    # 第1项 产品质量：合格率的目标98%
    for rate in ("产品一次交验合格率", "产品发货一次检验合格率"):
        losses[f"{OBJECTIVE}/产品质量/{rate}"] = points_below(98, measured[f"{OBJECTIVE}/产品质量/{rate}"])
    # 顾客投诉次数(质量)：每发生一次扣1分；顾客退货/索赔次数：每发生一次扣0.5分
    complaints, returns = f"{OBJECTIVE}/产品质量/顾客投诉次数(质量)", f"{OBJECTIVE}/产品质量/顾客退货/索赔次数"
    losses[complaints] = measured[complaints]
    losses[returns] = measured[returns] / 2
    # 第2项 订单交付：准时交付率的目标2024年为95%，2025年起为96%
    on_time = f"{OBJECTIVE}/订单交付/准时交付率"
    losses[on_time] = points_below(96, measured[on_time])
    # 第3项 服务：超出规定响应时间（24小时）发生一次扣0.2分；顾客投诉次数(服务)每发生一次扣1分
    late = 0
    for case in within_2025(folder, paper, "不符合项整改台帐", "corrections", "提出时间"):
        raised, done = case["提出时间"], case["完成时间"]
        assert isinstance(raised, datetime)
        assert isinstance(done, datetime)
        late += done - raised > timedelta(hours=24)
    losses[f"{OBJECTIVE}/服务/顾客提出不符合项整改及时性"] = late * Fraction(2, 10)
    complaints = f"{OBJECTIVE}/服务/顾客投诉次数(服务)"
    losses[complaints] = measured[complaints]
