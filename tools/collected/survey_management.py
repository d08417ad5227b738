"""A supplier's yearly survey of a stratified sample, its customer list, and the short surveys of every quarter."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, moment, opinion, pick
from collected.questionnaires import EXPORT, Questionnaire, again, export, spoil
from collected.sheets import Cell, Row, Sheet

WORDS = {5: "非常满意", 4: "满意", 3: "一般", 2: "不满意", 1: "非常不满意"}
SIZES = {"大型": (40, 1), "中型": (120, 2), "小型": (240, 3)}  # customers on the list; one in so many is asked
LIFT = {"大型": 0.25, "中型": 0.0, "小型": -0.2}
QUESTIONS = [
    "1、产品的可靠性",
    "2、产品的耐用性",
    "3、产品的稳定性",
    "4、产品的性能",
    "5、价格的合理性",
    "6、到货是否准时",
    "7、到货是否完好",
    "8、客服人员的礼貌程度",
    "9、客服人员的专业水平",
    "10、客服人员的耐心程度",
    "11、响应的速度",
    "12、解决问题的能力",
    "13、再次购买的意愿",
]
EXPECTED = [4.3, 4.1, 4.0, 4.2, 3.4, 3.7, 4.4, 4.5, 4.0, 4.2, 3.6, 3.8, 4.1]
REMARKS = ["希望提前告知到货时间", "价格比同行高", "技术支持很专业", "备件到得慢", "希望有电子发票"]
SPECIAL = ["1、报修后的响应速度", "2、解决问题的能力", "3、服务人员的态度"]


def customers() -> list[Row]:
    """Every customer: size, trade, region, years, weight (key customers count twice), orders last year and this."""
    chance = Random(2002)
    rows: list[Row] = []
    for size, (count, _) in SIZES.items():
        for _ in range(count):
            key = chance.random() < {"大型": 0.7, "中型": 0.2, "小型": 0.04}[size]
            before = between(chance, 0, 9)
            now = between(chance, 0, 9) if chance.random() < 0.86 else 0
            rows.append(
                [
                    f"K{len(rows) + 1:04d}",
                    size,
                    pick(chance, ["汽车零部件", "家电", "工程机械"]),
                    pick(chance, ["华东", "华南", "华北"]),
                    pick(chance, ["3年以内", "3至10年", "10年以上"]),
                    2 if key else 1,
                    before,
                    now,
                ]
            )
    return rows


def sample() -> list[Row]:
    """The customers that are asked: by size every one, every second, every third of the list."""
    chosen: list[Row] = []
    for size, (_, step) in SIZES.items():
        chosen += [row[:6] for row in customers() if row[1] == size][::step]
    return chosen


def answers(chance: Random, size: Cell) -> list[Cell]:
    """One customer's: 1 to 5 for each question, 0 to 10 for recommending, a channel, 1 for each wish."""
    lift = LIFT[str(size)]
    likert = opinion(chance, [each + lift for each in EXPECTED], 1, 5)
    recommend = min(10, max(0, likert[12] * 2 + between(chance, -2, 1)))
    channel = pick(chance, ["电话", "电话", "微信", "微信", "微信", "网站", "上门"])
    wishes: list[Cell] = [int(chance.random() < share) for share in (0.45, 0.35, 0.2)]
    return [*likert, recommend, channel, *wishes]


def returned(chance: Random) -> list[Questionnaire]:
    """The questionnaires that came back, some of them spoilt, some twice, some from customers who were not asked."""
    forms: list[Questionnaire] = []
    for row in sample():
        if chance.random() < {"大型": 0.9, "中型": 0.75, "小型": 0.65}[str(row[1])]:
            at, seconds = moment(chance, datetime(2025, 11, 10), 24), between(chance, 75, 600)
            forms.append(Questionnaire(at=at, seconds=seconds, facts=list(row), answers=answers(chance, row[1])))
    spoil(chance, forms, {"hurried": 4})
    for form in (pick(chance, forms) for _ in range(5)):
        form.answers[:14] = [4] * 14
    for form in (pick(chance, forms) for _ in range(5)):
        form.answers[9:13] = [None] * 4
    for form in (pick(chance, forms) for _ in range(12)):
        form.answers[between(chance, 0, 12)] = None
    again(chance, forms, 4, lambda: opinion(chance, EXPECTED, 1, 5))
    for form in forms[-4:]:
        form.answers = answers(chance, form.facts[1])
    known = {row[0] for row in sample()}
    for row in [row for row in customers() if row[0] not in known][:3]:
        at = moment(chance, datetime(2025, 11, 12), 20)
        forms.append(Questionnaire(at=at, seconds=150, facts=list(row[:6]), answers=answers(chance, row[1])))
    for form in forms[:3]:
        form.at += timedelta(days=60)
    return forms


def survey(seed: int) -> Sheet:
    """The platform's export: words for answers, a choice, several choices as columns of 0 and 1, an open question."""
    chance = Random(seed)
    forms = returned(chance)
    for form in forms:
        form.answers[:13] = [WORDS.get(each, each) if isinstance(each, int) else each for each in form.answers[:13]]
        form.remark = pick(chance, REMARKS) if chance.random() < 0.3 else ""
    header = [*EXPORT, "客户号", "客户规模", "行业", "地区", "合作年限", "客户权重", *QUESTIONS]
    header += ["14、您有多大可能向同行推荐我们", "15、最常用的服务渠道", "16(交货期)", "16(价格)", "16(技术支持)"]
    return Sheet(
        name="Sheet1", header=[*header, "17、您的意见和建议"], rows=export(chance, forms, lambda answer: answer)
    )


def special(seed: int) -> Sheet:
    """The quarterly survey of customers who called for service."""
    chance = Random(seed + 1)
    rows: list[Row] = []
    for quarter in range(4):
        for row in customers():
            if chance.random() < 0.12:
                at = moment(chance, datetime(2025, 3 * quarter + 1, 5), 80)
                trend = 0.12 * quarter + LIFT[str(row[1])]
                scores = opinion(chance, [3.5 + trend, 3.7 + trend, 4.2 + trend], 1, 5)
                given: list[Cell] = [WORDS[each] for each in scores]
                if chance.random() < 0.05:
                    given[1:] = [None, None]
                rows.append([f"{at:%Y/%m/%d %H:%M:%S}", *row[:6], *given])
    rows.append(["2025/08/20 09:30:00", "K9001", "小型", "家电", "华东", "3年以内", 1, "满意", "满意", "满意"])
    rows.sort(key=lambda row: (str(row[0]), str(row[1])))
    header = ["序号", "提交答卷时间", "客户号", "客户规模", "行业", "地区", "合作年限", "客户权重", *SPECIAL]
    return Sheet(name="Sheet1", header=header, rows=[[number, *row] for number, row in enumerate(rows, start=1)])


def customer_list() -> Sheet:
    """All customers."""
    header = ["客户号", "客户规模", "行业", "地区", "合作年限", "客户权重", "上年订单数", "本年订单数"]
    return Sheet(name="客户名单", header=header, rows=customers())


def sample_list() -> Sheet:
    """Those in the sample."""
    header = ["客户号", "客户规模", "行业", "地区", "合作年限", "客户权重"]
    return Sheet(name="抽样名单", header=header, rows=sample())
