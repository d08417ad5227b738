"""The shipped policies say what their procedures say, in the procedures' words."""

from pathlib import Path

import pytest

from engine.language.policy import Policy
from engine.language.policy_file import read_policy

POLICIES = Path(__file__).resolve().parents[2] / "policies"

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
    "survey_management": [
        "与客户核心需求直接相关的指标权重相对较高，如产品质量和服务态度等",
        "每季度进行一次重点客户或特定业务领域的专项调查",
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
    """Indicators, grades and departments stand in the glossary, and else only the units and their columns."""
    policy = shipped(name)
    indicators = [indicator for scheme in policy.schemes for indicator in scheme.indicators.values()]
    said = {indicator.name for indicator in indicators} | {indicator.owner for indicator in indicators}
    said |= {band.label for indicator in indicators for band in indicator.bands}
    units = {*policy.header.units, *policy.header.units_weights}
    assert set(policy.header.names) == said - {None} | units


def test_the_manufacturer_collects_where_the_procedure_says() -> None:
    """Clause 5.3.3, last column: the quality department for the two pass rates, sales for everything else."""
    owners = {i.name: i.owner for i in shipped("manufacturer").schemes[0].indicators.values() if i.item}
    quality = {"产品一次交验合格率", "产品发货一次检验合格率"}
    assert owners == {name: "质量部" if name in quality else "销售部" for name in owners}
    assert len(owners) == 7
