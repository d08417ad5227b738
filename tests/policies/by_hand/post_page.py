"""The section on the post of docs/hand-calculations.md."""

from tests.policies.by_hand.figures import questionnaires, shown, table
from tests.policies.by_hand.paper import Paper
from tests.policies.by_hand.post import QUALITY, VALUE

PATHS = {
    **{f"客户感知质量/{name}": "1/5" for name in QUALITY},
    "客户感知质量": "50%",
    **{f"客户感知价值/{name}": "1/2" for name in VALUE},
    "客户感知价值": "30%",
    "客户抱怨/没有抱怨的客户": "60%",
    "客户抱怨/抱怨处理的满意程度": "40%",
    "客户抱怨": "20%",
    "客户满意度": "",
}


def write_post(papers: dict[str, Paper]) -> str:
    """The three factors for all customers, for the satisfied and for the dissatisfied ones."""
    whole = papers[""]
    reasons = {
        "out": "不在本年 out of period",
        "总体": "没有答总体满意程度 no overall answer",
        "作答率": "作答不足80% incomplete",
        "用时": "不足30秒 too fast",
        "重复": "同一客户较早的 earlier of a customer",
    }
    rows = [[path, weight, *(shown(paper.scores[path]) for paper in papers.values())] for path, weight in PATHS.items()]
    rows.append(["保留1位小数 Rounded", "", *(f"**{float(paper.score):.1f}**" for paper in papers.values())])
    rows.append(["等级 Grade", "", *(f"**{paper.grade}**" for paper in papers.values())])
    share = shown(whole.measured["满意客户占比"])
    return "\n".join(
        [
            "## post.yaml · 2025年\n",
            questionnaires(whole, reasons),
            "每道题：有效答案的平均分 × 10；总体满意程度6分及以上的是满意客户。没有抱怨的客户跳过第9题。  ",
            (
                "Each question: the mean of the valid answers × 10; overall satisfaction of 6 or more makes a satisfied"
                " customer. Who did not complain skips question 9.\n"
            ),
            table(["指标 Indicator", "权重 Weight", "全部 All", "满意客户 Satisfied", "不满意客户 Dissatisfied"], rows),
            f"满意客户占比 {share}%。  \nShare of satisfied customers: {share}%.\n",
        ]
    )
