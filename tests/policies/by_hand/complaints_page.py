"""The section on complaints of docs/hand-calculations.md."""

from fractions import Fraction

from tests.policies.by_hand import complaints
from tests.policies.by_hand.figures import questionnaires, shown, table
from tests.policies.by_hand.paper import Paper

LIMITS = {
    "确认": "24 h",
    "评估": "1个工作日",
    "首次告知进展": "5个工作日",
    "调查(重大)": "3个工作日",
    "调查(其他)": "7个工作日",
    "答复": "10个工作日",
    "通知": "1个工作日",
    "结束": "30天",
}


def write_complaints(paper: Paper) -> str:
    """Stage by stage the deductions for being late, then outcome and satisfaction."""
    scores, total = paper.scores, shown(paper.scores["投诉处理得分"])
    reasons = {
        "out": "不在本季度 out of period",
        "不在台账": "不在台账 not in the ledger",
        "作答率": "作答不足75% incomplete",
        "重复": "同一投诉较早的 earlier of a complaint",
    }
    return "\n".join(
        [
            "## complaints.yaml · 2025年第4季度\n",
            f"本季度受理 {paper.rows['complaints']['valid']} 宗投诉；没有走完的步骤计到12月31日24时。  ",
            f"{paper.rows['complaints']['valid']} complaints received; an open stage runs until the quarter is over.\n",
            table(
                ["步骤 Stage", "时限 Limit", "扣分 Deducted"],
                [[name, limit, shown(paper.losses[f"{complaints.LIMITS}/{name}"])] for name, limit in LIMITS.items()]
                + [["合计 Sum", "", shown(100 - scores[complaints.LIMITS])]],
            ),
            table(["处理效果 Outcome", "实际 Measured", "扣分 Deducted"], _outcome(paper)),
            questionnaires(paper, reasons, "followup"),
            table(
                ["回访 Call-backs", "得分 Score"],
                [[name, shown(scores[f"{complaints.PLEASED}/{name}"])] for name in complaints.QUESTIONS]
                + [[complaints.PLEASED, shown(scores[complaints.PLEASED])]],
            ),
            (
                f"投诉处理得分 = {shown(scores[complaints.LIMITS])} × 40% + {shown(scores[complaints.OUTCOME])} × 30%"
                f" + {shown(scores[complaints.PLEASED])} × 30% = {total}"
                f" → **{float(paper.score):.1f}**，**{paper.grade}**\n"
            ),
        ]
    )


def _outcome(paper: Paper) -> list[list[str]]:
    rows: list[list[str]] = []
    for path, loss in paper.losses.items():
        if path.startswith(complaints.OUTCOME):
            rate = paper.measured.get(path)
            measured = "、".join(shown(count) for name, count in paper.measured.items() if name.startswith(f"{path}/"))
            rows.append([path.split("/")[1], measured if rate is None else f"{shown(rate)}%", shown(loss)])
    lost: Fraction = 100 - paper.scores[complaints.OUTCOME]
    return [*rows, ["合计 Sum", "", shown(lost)]]
