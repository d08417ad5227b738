"""The section on customer contacts of docs/hand-calculations.md."""

from tests.policies.by_hand import closing_loop
from tests.policies.by_hand.figures import shown, table
from tests.policies.by_hand.paper import Paper


def write_closing_loop(papers: list[Paper]) -> str:
    """The four quarters of 2025 side by side, each under its own targets."""
    quarters = [f"第{quarter}季度 Q{quarter}" for quarter in (1, 2, 3, 4)]

    def row(path: str) -> list[str]:
        name = f"{closing_loop.TOTAL}/{path}"
        sign = "%" if path.endswith("率") else ""
        measured = [f"{shown(p.measured[name])}{sign} → " if name in p.measured else "" for p in papers]
        points = [shown(paper.scores[name]) for paper in papers]
        return [f"{path} {closing_loop.POINTS[path]}分", *(m + p for m, p in zip(measured, points, strict=True))]

    totals = [shown(paper.scores[closing_loop.TOTAL]) for paper in papers]
    ends = [f"**{float(paper.score):.1f} {paper.grade}**" for paper in papers]
    return "\n".join(
        [
            "## closing_loop.yaml · 2025年各季度\n",
            "每格：实际值 → 得分；两项按次扣分的只写得分。目标按季度收紧。  ",
            "Each cell: what was measured → its points. The targets are those in force in the quarter.\n",
            table(["指标 Indicator", *quarters], [row(path) for path in closing_loop.POINTS]),
            table(["合计 Sum", *quarters], [[closing_loop.TOTAL, *totals], ["保留1位小数 Rounded", *ends]]),
        ]
    )
