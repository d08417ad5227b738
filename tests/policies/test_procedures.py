"""The shipped policies say what their procedures say, in the procedures' words."""

from pathlib import Path

import pytest

from engine.language.policy import Policy
from engine.language.policy_file import read_policy

POLICIES = Path(__file__).resolve().parents[2] / "policies"

# What stands in the data and has a name in the other language: the units that are assessed, and the segments.
UNITS = {
    "expectation_gap": {"城东", "城西", "城南"},
    "bank": {
        *("Main Street", "Riverside", "Station", "University"),
        *("Customer type", "Personal", "Business", "Private banking"),
    },
    "auto_dealer": {"城北店", "城南店", "滨海店"},
}
# Sentences of the procedures that decide on scores, as found there.
SENTENCES = {
    "metal_products": [
        "综合评价法",
        "计算结果采取百分制",
        "a.非常满意(100-95);",
        "b.比较满意(95-80);",
        "c.一般满意(80-60);",
        "d.不满意(60以下)。",
    ],
    "manufacturer": [
        "顾客满意度总分:顾客满意度调查表得分X40%+客观指标评价得分X60%",
        "满分100分，采用倒扣分的方式进行计算",
        "每低规定目标值一个百分点各扣0.5分",
        "顾客投诉次数(质量)：每发生一次扣1分",
        "顾客退货/索赔次数：每发生一次扣0.5分",
        "超出规定响应时间发生一次扣0.2分",
        "顾客投诉次数(服务)：每发生一次扣1分",
        "注：顾客投诉次数数据来源于销售部建立的客户投诉管理台帐。",
    ],
    "telecom": ["满意度=客户感觉的服务价值*0.7+企业形象*0.3"],
    "closing_loop": [
        "不仅是在调查或者受到投诉的时候，而应是每时每刻——所有与客户间的日常接触",
        "当客户对账单存有疑问时，要将它作为一次客户关系恶化的情况来处理",
        "要找出深层次的原因，而不是表面现象",
        "这些指标必须从客户立场出发",
        "假如一段时间内客户对账单的质询大量减少，说明你们之间的沟通改善了",
    ],
    "survey_management": [
        "与客户核心需求直接相关的指标权重相对较高，如产品质量和服务态度等",
        "每季度进行一次重点客户或特定业务领域的专项调查",
    ],
    "expectation_gap": ["顾客满意程度=顾客的实际感受—顾客的期望感受"],
    "bank": ["资金安全", "变现程度", "个人信息保密性", "配套休息场所", "一对一的个性化服务", "客户回报活动"],
    "post": [
        "客户感知质量，客户感知价值，客户抱怨",
        "处于满意的客户要保持良好的沟通和加强情感作用，提高核心产品价值",
        "针对处于不满意状态的客户，要正确对待客户不满，建立客户反馈信息平台",
    ],
    "auto_dealer": [
        "SSI满意度在流程评价中分七个环节考核",
        "顾客接待———试乘试驾———交车收款———销售承诺———售后跟踪———一周回访———意见跟进",
        "CSI满意度在流程评价中分六个环节进行考核",
        "保养招揽———礼貌接车———指明标的———维修等待———结算交车———维修质量",
        "片区督导、巡回检查、暗查暗访、委托调查等方式",
        "汽贸公司销售满意度普遍高于售后满意度",
        "在每个月的满意度调查中，我们很容易看到优势和差距在哪里",
    ],
    "complaints": [
        "投诉处理程序的执行程度应按照预定的标准进行衡量",
        "投诉处理程序中各阶段的时限",
        "收到投诉时必须立即向投诉者进行确认（例如通过电话或电子邮件等方式）",
        "调查的程度要与投诉的严重性相一致",
        "必须对所有的投诉进行分类",
        "确定此投诉是反复还是偶然出现的问题",
        "必须定期地评估投诉者对投诉处理过程的满意程度",
    ],
}


@pytest.mark.parametrize(("policy", "sentence"), [(name, each) for name, all_ in SENTENCES.items() for each in all_])
def test_a_policy_quotes_its_procedure(policy: str, sentence: str) -> None:
    """The scoring sentences stand in the policy word for word."""
    assert sentence in (POLICIES / f"{policy}.yaml").read_text(encoding="utf-8")


def shipped(name: str) -> Policy:
    """A shipped policy, checked."""
    found = read_policy(POLICIES / f"{name}.yaml")
    assert found.diagnostics == ()
    assert found.policy is not None
    return found.policy


@pytest.mark.parametrize("name", SENTENCES)
def test_a_shipped_policy_has_no_findings(name: str) -> None:
    """Nothing is wrong, undecided or unused in it."""
    assert shipped(name).header.id == name


@pytest.mark.parametrize("name", SENTENCES)
def test_every_indicator_names_its_clause(name: str) -> None:
    """Each line rests on a clause, its own or that of the heading above; what a rule asks for rests on its line's."""
    indicators = [indicator for scheme in shipped(name).schemes for indicator in scheme.indicators.values()]
    assert [i.path for i in indicators if not (i.clause or i.asked)] == []


@pytest.mark.parametrize("name", SENTENCES)
def test_every_name_has_an_english_one(name: str) -> None:
    """Indicators, grades, departments and classes stand in the glossary, and else only the units and their columns."""
    policy = shipped(name)
    indicators = [indicator for scheme in policy.schemes for indicator in scheme.indicators.values()]
    said = {indicator.name for indicator in indicators} | {indicator.owner for indicator in indicators}
    said |= {band.label for indicator in indicators for band in indicator.bands}
    said |= {department for indicator in indicators for department in indicator.feedback}
    classes = [name for source in policy.header.data for name in source.classes.items()]
    said |= {label for name, labels in classes for label in (name, *labels)}
    units = {*policy.header.units, *policy.header.units_weights, *UNITS.get(name, ())}
    assert set(policy.header.names) == said - {None} | units


def test_the_metal_products_company_tells_three_departments() -> None:
    """Clause 5.4.1: the purchasing and sales department tells production, engineering and personnel of the result."""
    result = shipped("metal_products").schemes[0].indicators["顾客满意度"]
    assert (result.owner, result.feedback) == ("采购业务部", ("生产部", "工程部", "人事部"))


def test_the_bank_keeps_the_order_of_importance() -> None:
    """Part 1 names brand first, then security, then premises, business and staff alike, the others last."""
    factors = [i for i in shipped("bank").schemes[0].indicators.values() if i.path.count("/") == 1 and i.counts]
    weights = {i.name: i.weight.amount for i in factors if i.weight is not None}
    assert sorted(weights, key=lambda name: -weights[name]) == list(weights)
    assert weights["Range of business"] == weights["Staff"]


def test_the_manufacturer_collects_where_the_procedure_says() -> None:
    """Clause 5.3.3, last column: the quality department for the two pass rates, sales for everything else."""
    owners = {i.name: i.owner for i in shipped("manufacturer").schemes[0].indicators.values() if i.item}
    quality = {"产品一次交验合格率", "产品发货一次检验合格率"}
    assert owners == {name: "质量部" if name in quality else "销售部" for name in owners}
    assert len(owners) == 7
