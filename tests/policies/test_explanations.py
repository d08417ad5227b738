"""`rubric explain` on the shipped policies: what somebody needs to redo the calculation stands there."""

from pathlib import Path

import pytest

from tests.cases.page import run

POLICIES = Path(__file__).resolve().parents[2] / "policies"


def explained(policy: str, node: str = "") -> str:
    """The explanation with folded lines joined again."""
    printed = run(f"rubric explain {policy}.yaml {node} --data data/{policy}", POLICIES)
    return " ".join(line.strip() for line in printed.splitlines())


# Written from docs/hand-calculations.md.
@pytest.mark.parametrize(
    ("policy", "node", "said"),
    [
        ("manufacturer", "产品一次交验合格率", "1554 ÷ 1628 = ≈95.4545%"),
        ("manufacturer", "产品一次交验合格率", "目标98%，实测≈95.4545%，差≈2.5455个百分点"),
        ("manufacturer", "准时交付率", "目标96%，实测93.6%，差2.4个百分点，合2.4步，计2步，每步0.5分，扣1分"),
        ("manufacturer", "顾客提出不符合项整改及时性", "时限24小时，超过时限6次，每次0.2分，扣1.2分"),
        ("manufacturer", "客观指标评价得分", "100 - 12.5 - 1 - 5.2 = 81.3"),
        ("manufacturer", "顾客满意度总分", "注：程序没有规定等级，四个等级由本公司管理评审确定。"),
        ("metal_products", "顾客满意度", "≈79.9117 × 50% + ≈80.1213 × 30% + ≈79.8095 × 20% = ≈79.9541"),
        ("metal_products", "顾客满意度", "≈79.9541 → 80.0"),
        ("telecom", "网络服务", "权重40%（方案中写20%，归一后）"),
        ("telecom", "满意度", "≈81.8556 × 21.96% + 动感地带 ≈79.5862 × 12% + 神州行 ≈81.3918 × 66.04% = ≈81.2770"),
    ],
)
def test_a_figure_can_be_redone(policy: str, node: str, said: str) -> None:
    """The line that leads to the figure stands in the explanation."""
    assert said in explained(policy, node)
