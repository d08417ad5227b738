"""The section on the car dealer of docs/hand-calculations.md."""

from tests.policies.by_hand import auto_dealer as dealer
from tests.policies.by_hand.figures import shown, table
from tests.policies.by_hand.paper import Paper


def write_auto_dealer(papers: dict[str, Paper]) -> str:
    """Seven steps, six steps, the visit and the cap, shop by shop; the company is the mean of its shops."""
    names = [*dealer.SHOPS, ""]

    def row(path: str) -> list[str]:
        return [path, *(shown(papers[shop].scores[path]) for shop in names)]

    steps = [row(f"{part}/{step}") for part, steps in dealer.STEPS.items() for step in steps]
    visit = [row(f"{dealer.VISIT}/{heading}") for heading in dealer.VISITS]
    parts = [row(part) for part in (dealer.SSI, dealer.CSI, dealer.VISIT)]
    frauds = ["欺诈行为次数", *(shown(papers[shop].measured["欺诈行为次数"]) for shop in dealer.SHOPS), ""]
    rounded = ["保留1位小数 Rounded", *(f"**{float(papers[shop].score):.1f}**" for shop in names)]
    graded = ["等级 Grade", *(f"**{papers[shop].grade}**" for shop in names)]
    return "\n".join(
        [
            "## auto_dealer.yaml · 2025年11月\n",
            *(_calls(source, papers[""].rows[source]) for source in dealer.SOURCES.values()),
            (
                "\n每个环节：有效答案的平均分 × 10。店面满意度 = SSI × 40% + CSI × 40% + 暗查暗访 × 20%；"
                "查实一次欺诈，封顶59分。公司是三家店的平均。  "
            ),
            (
                "Each step: the mean of the valid answers × 10. Shop = SSI × 40% + CSI × 40% + mystery visit × 20%; "
                "a fraud confirmed caps it at 59. The company is the mean of its shops.\n"
            ),
            table(
                ["指标 Indicator", *dealer.SHOPS, "公司 Company"],
                [*steps, *visit, *parts, frauds, row(dealer.SHOP), rounded, graded, row("SSI与CSI之差")],
            ),
        ]
    )


def _calls(source: str, count: dict[str, int]) -> str:
    told = f"{count['out']}份不在本月，{count['作答率']}份作答不足80%，{count['重复']}份是同一客户较早的"
    english = f"{count['out']} of another month, {count['作答率']} incomplete, {count['重复']} earlier of a customer"
    return f"- {source}：{count['rows']}份，{told}，有效{count['valid']}份 ({english}, {count['valid']} valid)"
