"""邮政客户满意度2025年的手工计算：全部客户、满意客户、不满意客户。"""

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

QUALITY = {"传递时限": 1, "邮件完好": 2, "投递服务": 3, "营业服务": 4, "查询便利": 5}
VALUE = {"按质量看资费": 6, "按资费看质量": 7}
GROUPS = {"满意客户": (6, 10), "不满意客户": (1, 5)}  # 总体满意程度（第10题）从几分到几分


def calculate(folder: Path) -> dict[str, Paper]:
    """A paper for all customers, under "", and one for each of the two groups."""
    count: dict[str, int] = {}
    forms = valid_forms(folder, count)
    papers = {"": score(forms)}
    for group, (low, high) in GROUPS.items():
        papers[group] = score([form for form in forms if low <= (answer(form, 10) or 0) <= high])
    papers[""].rows["survey"] = count
    ledger(folder, papers[""])
    return papers


def score(forms: list[Line]) -> Paper:
    """三个影响因素：客户感知质量，客户感知价值，客户抱怨。"""
    paper = Paper()
    for factor, questions in (("客户感知质量", QUALITY), ("客户感知价值", VALUE)):
        for name, question in questions.items():
            paper.scores[f"{factor}/{name}"] = answers_mean(forms, question) * 10  # 10分折合100分，1分折合10分
        paper.scores[factor] = mean([paper.scores[f"{factor}/{name}"] for name in questions])

    # 客户抱怨：没有抱怨的客户占百分之几，占60%；抱怨处理的满意程度，占40%
    without = [form for form in forms if numbered(form, 8) == "没有"]
    calm = Fraction(len(without) * 100, len(forms))
    handled = answers_mean(forms, 9) * 10
    paper.scores |= {"客户抱怨/没有抱怨的客户": calm, "客户抱怨/抱怨处理的满意程度": handled}
    paper.scores["客户抱怨"] = calm * Fraction(60, 100) + handled * Fraction(40, 100)

    shares = {"客户感知质量": 50, "客户感知价值": 30, "客户抱怨": 20}
    total = sum((paper.scores[factor] * share / 100 for factor, share in shares.items()), Fraction(0))
    satisfied = [form for form in forms if (answer(form, 10) or 0) >= 6]
    paper.measured["满意客户占比"] = Fraction(len(satisfied) * 100, len(forms))
    paper.scores |= {"客户满意度": total, "良好的沟通": answers_mean(forms, 11) * 10}
    paper.score = half_up(total, 1)
    grades = [(90, "很满意"), (75, "满意"), (60, "一般"), (0, "不满意")]
    paper.grade = next(grade for least, grade in grades if paper.score >= least)
    return paper


def answer(form: Line, question: int) -> Fraction | None:
    """The answer; None for `(空)` and `(跳过)`."""
    cell = numbered(form, question)
    return None if cell in ("(空)", "(跳过)") else number(cell)


def answers_mean(forms: list[Line], question: int) -> Fraction:
    """The mean of the answers given to a question."""
    return mean([given for form in forms if (given := answer(form, question)) is not None])


def incomplete(form: Line) -> bool:
    """打分的有10道题，答了不到八成；没有抱怨的客户跳过第9题，这道题就没有问他。"""
    put = [question for question in (*range(1, 8), 9, 10, 11) if numbered(form, question) != "(跳过)"]
    given = [question for question in put if answer(form, question) is not None]
    return len(given) * 100 < len(put) * 80


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """本年的问卷，剔除无效的。"""
    wrong = {
        "out": lambda form: submitted(form).year != 2025,
        "总体": lambda form: answer(form, 10) is None,
        "作答率": incomplete,
        "用时": lambda form: seconds(form) < 30,
    }
    return sieve(lines_of(folder / "邮政客户满意度问卷.xlsx"), wrong, count, each="客户号")


def ledger(folder: Path, paper: Paper) -> None:
    """抱怨答复率：本年受理的抱怨里已答复的。"""
    rows = lines_of(folder / "客户抱怨台账.xlsx")
    inside = [row for row in rows if isinstance(row["受理日期"], datetime) and row["受理日期"].year == 2025]
    answered = [row for row in inside if row["状态"] == "已答复"]
    paper.measured["抱怨答复率"] = Fraction(len(answered) * 100, len(inside))
    paper.rows["complaints"] = {"rows": len(rows), "out": len(rows) - len(inside), "valid": len(inside)}
