"""The section on the expectation gap of docs/hand-calculations.md."""

from tests.policies.by_hand import expectation_gap as gap
from tests.policies.by_hand.figures import questionnaires, shown, table
from tests.policies.by_hand.paper import Paper


def write_expectation_gap(papers: dict[str, Paper]) -> str:
    """Perceived less expected, law by law for the company, then for each service point."""
    whole, scores = papers[""], papers[""].scores
    reasons = {
        "out": "不在本期 out of period",
        "作答率": "作答不足90% incomplete",
        "用时": "不足60秒 too fast",
        "雷同": "雷同 straight-lined",
        "重复": "同一客户较早的 earlier of a customer",
    }
    laws = [
        [
            law,
            shown(scores[f"{gap.PERCEIVED}/{law}"]),
            shown(scores[f"{gap.EXPECTED}/{law}"]),
            shown(scores[f"{law}的差距"]),
        ]
        for law in gap.LAWS
    ]
    points = [[point or "公司 Company", *_sides(paper)] for point, paper in papers.items()]
    return "\n".join(
        [
            "## expectation_gap.yaml · 2025年下半年\n",
            questionnaires(whole, reasons),
            "每道题：(有效答案的平均分 − 1) × 100 ÷ 6，1分是0分，7分是100分；十一条等权。  ",
            "Each question: (mean of the valid answers − 1) × 100 / 6, so that 1 is 0 and 7 is 100; equal weights.\n",
            table(["法则 Law", "实际感受 Perceived", "期望感受 Expected", "差距 Gap"], laws),
            "顾客满意程度=顾客的实际感受—顾客的期望感受。  \nSatisfaction = perceived − expected.\n",
            table(["网点 Service point", "实际感受", "期望感受", "满意程度", "保留1位小数", "等级 Grade"], points),
        ]
    )


def _sides(paper: Paper) -> list[str]:
    names = (gap.PERCEIVED, gap.EXPECTED, "顾客满意程度")
    return [*(shown(paper.scores[name]) for name in names), f"**{float(paper.score):.1f}**", f"**{paper.grade}**"]
