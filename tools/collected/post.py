"""The post: a yearly survey whose questions on complaints are skipped by those who had none, and the ledger."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, midnight, moment, opinion, pick
from collected.questionnaires import EXPORT, Questionnaire, again, export, spoil
from collected.sheets import Cell, Row, Sheet

QUESTIONS = [
    "1、邮件传递的时限",
    "2、邮件的完好",
    "3、投递员的服务",
    "4、营业窗口的服务",
    "5、邮件查询的便利",
    "6、从得到的服务看，资费是否合理",
    "7、从付出的资费看，服务是否值得",
    "8、最近一年有没有抱怨过",
    "9、抱怨处理的满意程度",
    "10、总体满意程度",
    "11、邮政与您的沟通",
    "12、您的意见和建议",
]
EXPECTED = [7.0, 8.3, 7.9, 7.2, 6.8, 6.7, 7.1, 7.2, 6.4]  # questions 1 to 7, 10, 11
REMARKS = ["挂号信丢过一次", "投递员很熟悉小区", "排队久", "希望周末也投递"]


def answers(chance: Random) -> list[Cell]:
    """One customer's answers; who is less content complains more often, and only who complained answers question 9."""
    rated = opinion(chance, EXPECTED, 1, 10)
    complained = chance.random() < (0.55 if rated[7] < 6 else 0.12)
    handled = max(1, min(10, rated[7] + between(chance, -3, 2))) if complained else "(跳过)"
    return [*rated[:7], "有" if complained else "没有", handled, *rated[7:]]


def survey(seed: int) -> Sheet:
    """The year's questionnaires."""
    chance = Random(seed)
    forms = [
        Questionnaire(
            at=moment(chance, datetime(2025, 9, 1), 60),
            seconds=between(chance, 45, 300),
            facts=[f"Y{7000 + number * 2}", pick(chance, ["东城", "西城", "朝阳", "海淀"])],
            answers=answers(chance),
            remark=pick(chance, REMARKS) if chance.random() < 0.15 else "",
        )
        for number in range(252)
    ]
    for form in forms[10:14]:
        form.answers[9] = None  # without overall satisfaction
    spoil(chance, forms[20:], {"hurried": 8})
    for form in forms[30:37]:
        form.answers[:5] = [None] * 5  # broken off and gone on later
    again(chance, forms, 7, lambda: [5] * 11)
    for form in forms[-7:]:
        form.answers[:] = answers(chance)
    for form in forms[:4]:
        form.at -= timedelta(days=365)
    header = [*EXPORT, "客户号", "城区", *QUESTIONS]
    return Sheet(name="Sheet1", header=header, rows=export(chance, forms, lambda a: "(空)" if a is None else a))


def complaints() -> Sheet:
    """The ledger of complaints, the end of the year before still in it."""
    chance = Random(11185)
    received = sorted(moment(chance, datetime(2024, 11, 20), 395) for _ in range(47))
    rows: list[Row] = []
    for number, day in enumerate(received, start=1):
        kind = pick(chance, ["延误", "延误", "损毁", "服务态度", "查询"])
        state = pick(chance, ["已答复"] * 7 + ["处理中"])
        rows.append([number, midnight(day), f"Y{7000 + between(chance, 0, 251) * 2}", kind, state])
    return Sheet(name="抱怨台账", header=["序号", "受理日期", "客户号", "类别", "状态"], rows=rows)
