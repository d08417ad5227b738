"""The appliance service company: half-yearly pairs of questions, what was expected and what was perceived."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, moment, opinion, pick
from collected.questionnaires import EXPORT, Questionnaire, again, export, spoil
from collected.sheets import Sheet

POINTS = ["城东", "城西", "城南", "城东"]
LIFT = {"城东": 0.5, "城西": -0.3, "城南": -0.75}  # of what was perceived
EXPECTED = [6.1, 5.6, 5.2, 5.8, 6.0, 4.3, 5.4, 5.1, 5.5, 5.9, 6.2]
PERCEIVED = [5.9, 5.7, 4.9, 5.9, 5.8, 4.6, 4.8, 5.2, 5.8, 6.0, 5.1]
EXPECTATIONS = [
    "答应的事应当按时做到",
    "细小的地方应当做好",
    "应当按我的需要提供服务",
    "应当把情况讲清楚",
    "办事应当方便",
    "服务应当有特色",
    "等待应当有告知，心里有数",
    "接受服务的过程应当愉快",
    "单据、设施、着装应当看得见、规范",
    "公司应当有信誉",
    "出了差错应当马上补救",
]
PERCEPTIONS = [
    "答应的事按时做到了",
    "细小的地方做好了",
    "按我的需要提供了服务",
    "把情况讲清楚了",
    "办事方便",
    "服务有特色",
    "等待有告知，心里有数",
    "接受服务的过程愉快",
    "单据、设施、着装看得见、规范",
    "公司有信誉",
    "出了差错马上补救",
]
REMARKS = ["配件等了一个星期", "师傅说几点到就几点到", "修好后又坏了一次", "收费清楚", "希望能网上预约"]


def survey(seed: int) -> Sheet:
    """The second half-year's questionnaires on scales from 1 to 7."""
    chance = Random(seed)
    forms: list[Questionnaire] = []
    for number in range(236):
        point = POINTS[number % 4]
        felt = [each + LIFT[point] for each in PERCEIVED]
        forms.append(
            Questionnaire(
                at=moment(chance, datetime(2025, 7, 3), 176),
                seconds=between(chance, 80, 540),
                facts=[f"G{3000 + number * 3}", point],
                answers=[*opinion(chance, EXPECTED, 1, 7), *opinion(chance, felt, 1, 7)],
                remark=pick(chance, REMARKS) if chance.random() < 0.15 else "",
            )
        )
    spoil(chance, forms, {"hurried": 9, "straight": 8, "broken off": 7, "one left out": 25})
    again(chance, forms, 8, lambda: opinion(chance, EXPECTED, 1, 7) + opinion(chance, PERCEIVED, 1, 7))
    for form in forms[:6]:
        form.at -= timedelta(days=185)  # of the first half-year
    texts = [f"期望：{text}" for text in EXPECTATIONS] + [f"感受：{text}" for text in PERCEPTIONS]
    header = [*EXPORT, "客户号", "服务网点", *(f"{number}、{text}" for number, text in enumerate(texts, start=1))]
    return Sheet(
        name="Sheet1", header=[*header, "23、您的意见和建议"], rows=export(chance, forms, lambda answer: answer)
    )
