"""The shipped policies say what their procedures say, in the procedures' words."""

from pathlib import Path

import pytest

POLICIES = Path(__file__).resolve().parents[2] / "policies"

# Sentences of the three procedures that decide on scores, as found there.
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
}


@pytest.mark.parametrize(("policy", "sentence"), [(name, each) for name, all_ in SENTENCES.items() for each in all_])
def test_a_policy_quotes_its_procedure(policy: str, sentence: str) -> None:
    """The scoring sentences stand in the policy word for word."""
    assert sentence in (POLICIES / f"{policy}.yaml").read_text(encoding="utf-8")
