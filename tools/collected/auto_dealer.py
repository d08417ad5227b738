"""The car dealer: monthly calls to buyers and to service customers of three shops, mystery visits, a ledger."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, midnight, moment, opinion, pick
from collected.questionnaires import Questionnaire, again, blanks
from collected.sheets import Row, Sheet

SHOPS = {"城北店": 0.8, "城南店": 0.0, "滨海店": 0.5}
SSI = ["顾客接待", "试乘试驾", "交车收款", "销售承诺", "售后跟踪", "一周回访", "意见跟进"]
CSI = ["保养招揽", "礼貌接车", "指明标的", "维修等待", "结算交车", "维修质量"]
SALES = [9.2, 8.6, 8.9, 8.4, 8.1, 8.8, 7.9]
SERVICE = [8.2, 8.7, 8.1, 7.0, 8.3, 8.0]
ITEMS = [
    "店面卫生",
    "卫生间打扫干净",
    "洗手液和纸抽",
    "展车品种齐全",
    "先讲清楚服务及费用",
    "配件和工时明码标价",
    "承诺兑现情况",
]


def _calls(seed: int, steps: list[str], expected: list[float], count: int, prefix: str) -> Sheet:
    """Two months of calls; a few callers hang up, a few customers are called twice."""
    chance = Random(seed)
    forms: list[Questionnaire] = []
    for number in range(count):
        shop = pick(chance, [*SHOPS])
        answers = opinion(chance, [each + SHOPS[shop] - 0.4 for each in expected], 1, 10)
        at = moment(chance, datetime(2025, 10, 2), 59)
        facts: Row = [f"{prefix}{1000 + number}", shop]
        forms.append(Questionnaire(at=at, seconds=0, facts=facts, answers=list(answers)))
    for form in forms[5:11]:
        blanks(chance, form.answers, 3)
    for form in forms[11:25]:
        blanks(chance, form.answers, 1)
    again(chance, forms, 6, lambda: opinion(chance, expected, 1, 10))
    rows: list[Row] = [
        [number, midnight(form.at), *form.facts, *form.answers]
        for number, form in enumerate(sorted(forms, key=lambda each: each.at), start=1)
        if form.at < datetime(2025, 12, 1)
    ]
    header = ["序号", "回访时间", "客户号", "店", *(f"{n}、{step}" for n, step in enumerate(steps, start=1))]
    return Sheet(name="回访", header=header, rows=rows)


def sales(seed: int) -> Sheet:
    """Calls to those who bought a car."""
    return _calls(seed, SSI, SALES, 168, "V")


def service(seed: int) -> Sheet:
    """Calls to those who had a car serviced."""
    return _calls(seed + 1, CSI, SERVICE, 214, "W")


def visits() -> Sheet:
    """The visitors' sheet, a row for each shop and month."""
    rows: list[Row] = [
        ["2025年10月", "城北店", 9, "是", "是", "是", "是", "是", 27],
        ["2025年10月", "城南店", 7, "是", "否", "是", "否", "是", 20],
        ["2025年10月", "滨海店", 8, "是", "是", "否", "是", "是", 24],
        ["2025年11月", "城北店", 9.5, "是", "是", "是", "是", "是", 28],
        ["2025年11月", "城南店", 8, "否", "否", "是", "是", "否", 21.5],
        ["2025年11月", "滨海店", 8.5, "是", "是", "否", "是", "是", 25],
    ]
    return Sheet(name="暗访", above=["汽贸公司暗访检查表"], header=["期间", "店", *ITEMS], rows=rows)


def ledger() -> Sheet:
    """Remarks and complaints of two months; one fraud was confirmed, one accusation was not."""
    chance = Random(4008)
    received = sorted(datetime(2025, 10, 2) + timedelta(days=between(chance, 0, 58)) for _ in range(38))
    rows: list[Row] = []
    for number, day in enumerate(received, start=1):
        kind = pick(chance, ["等待", "价格", "质量", "态度", "建议"])
        rows.append([number, day, pick(chance, [*SHOPS]), kind, pick(chance, ["属实", "属实", "不属实"]), "已答复"])
    rows[9][2:5] = ["城南店", "欺诈", "不属实"]
    rows[30][2:5] = ["滨海店", "欺诈", "属实"]
    return Sheet(name="台账", header=["序号", "受理日期", "店", "类别", "核实", "状态"], rows=rows)
