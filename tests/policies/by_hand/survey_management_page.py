"""The section on the survey of a stratified sample of docs/hand-calculations.md."""

from tests.policies.by_hand import survey_management
from tests.policies.by_hand.figures import questionnaires, shown, table
from tests.policies.by_hand.paper import Paper


def write_survey_management(papers: dict[str, Paper], special: dict[str, Paper]) -> str:
    """The yearly survey by size of customer and for all, then the special survey of the third quarter."""
    sizes = [*survey_management.SIZES]
    names = [f"{size} {int(share * 100)}%" for size, share in survey_management.SIZES.items()] + ["整体 Whole"]
    reasons = {
        "out": "不在本年 out of period",
        "抽样外": "不在抽样名单 off the sample",
        "作答率": "作答不足80% incomplete",
        "用时": "不足60秒 too fast",
        "雷同": "雷同 straight-lined",
        "重复": "同一客户较早的 earlier of a customer",
    }

    def row(path: str, of: dict[str, Paper]) -> list[str]:
        return [path.removeprefix("客户满意度/"), *(shown(of[size].scores[path]) for size in [*sizes, ""])]

    def aside(name: str) -> list[str]:
        per_cent = "" if name.endswith("数") else "%"
        return [name, *(f"{shown(papers[size].measured[name])}{per_cent}" for size in sizes)]

    asides = [name for name in papers[sizes[0]].measured if "/" not in name]
    ends = [["得分 Score", *(f"**{float(papers[size].score):.1f} {papers[size].grade}**" for size in [*sizes, ""])]]
    quarter = [
        ["得分 Score", *(f"**{float(special[size].score):.1f} {special[size].grade}**" for size in [*sizes, ""])]
    ]
    return "\n".join(
        [
            "## survey_management.yaml · 2025年\n",
            questionnaires(papers[""], reasons),
            "每题：有效答案按客户权重的平均分 × 20；推荐意愿：(净推荐值 + 100) ÷ 2。整体 = 大型10%、中型30%、小型60%。  ",
            "Each question: the mean of the answers by customer weight, × 20; recommendation: (NPS + 100) ÷ 2.\n",
            table(["指标 Indicator", *names], [row(path, papers) for path in papers[""].scores] + ends),
            table(["不计分 For information", *names[:-1]], [aside(name) for name in asides]),
            "季度专项，2025年第3季度 The special survey of the third quarter:\n",
            table(["指标 Indicator", *names], [row(path, special) for path in special[""].scores] + quarter),
        ]
    )
