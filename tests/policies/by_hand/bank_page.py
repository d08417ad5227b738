"""The section on the bank of docs/hand-calculations.md."""

from tests.policies.by_hand import bank
from tests.policies.by_hand.figures import questionnaires, shown, table
from tests.policies.by_hand.paper import Paper


def write_bank(papers: dict[str, Paper]) -> str:
    """The factors by their weights, for the bank and its branches, and the importance customers state."""
    whole = papers[""]
    reasons = {
        "out": "不在本期 out of period",
        "incomplete": "作答不足80% incomplete",
        "too fast": "不足45秒 too fast",
        "straight": "雷同 straight-lined",
        "重复": "同一客户较早的 earlier of a customer",
    }
    weights = {f"{bank.WHOLE}/{factor}": str(weight) for factor, (weight, _) in bank.FACTORS.items()}
    paths = [path for path in whole.scores if path.startswith(f"{bank.WHOLE}/")]
    rows = [
        [path.removeprefix(f"{bank.WHOLE}/"), weights.get(path, ""), *(shown(p.scores[path]) for p in papers.values())]
        for path in paths
    ]
    rows.append([bank.WHOLE, "23", *(shown(paper.scores[bank.WHOLE]) for paper in papers.values())])
    rows.append(["2 decimals", "", *(f"**{float(paper.score):.2f}**" for paper in papers.values())])
    rows.append(["Grade", "", *(f"**{paper.grade}**" for paper in papers.values())])
    stated = [[name, shown(whole.scores[f"{bank.STATED}/{name}"])] for name in bank.IMPORTANCE]
    return "\n".join(
        [
            "## bank.yaml · 2025-H2\n",
            questionnaires(whole, reasons),
            "每道题：有效答案的平均分 × 20；因素得分是各题的平均；总分 = Σ权重×因素得分 ÷ 23。  ",
            (
                "Each question: mean of the valid answers × 20; a factor is the mean of its questions; "
                "the score is the sum of weight × factor / 23.\n"
            ),
            table(["Factor", "Weight", "Bank", *bank.BRANCHES], rows),
            table(["Importance as stated (reported, not counted)", "Score"], stated),
        ]
    )
