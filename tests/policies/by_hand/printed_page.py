"""The printed tables on the page of the calculations by hand."""

from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand import printed
from tests.policies.by_hand.figures import shown, table

PRINTED = {"总体": Fraction("68.22"), "宽带": Fraction("67.61"), "移动": Fraction("68.78")}


def write_printed(data: Path) -> str:
    """The sections of `telecom_hall.yaml` to `telecom_fuzzy.yaml`."""
    return "\n".join([_checklists(data), _gaps(data), _brands(data), _indicators(data), _dimensions(data)])


def _checklists(data: Path) -> str:
    hall = printed.checklist(data / "telecom_hall" / "表2-1.csv", "实得分")
    club = printed.checklist(data / "telecom_club" / "表2-2.csv", "09年底")
    names = {"full": "应得分 Full marks", "given": "实得分 Given", "lost": "失分 Lost"}
    lines = [
        [f"{name} {shop}", shown(paper[f"printed {key}"]), shown(paper[key])]
        for shop, paper in (("表2-1", hall), ("表2-2", club))
        for key, name in names.items()
    ]
    return "\n".join(
        [
            "## telecom_hall.yaml · telecom_club.yaml\n",
            "各项相加，与照印的总数对照。  \nThe parts added up, beside the printed totals.\n",
            table(["", "照印 Printed", "各项相加 Added up"], lines),
        ]
    )


def _gaps(data: Path) -> str:
    lines = [[name, *map(shown, row)] for name, row in printed.gaps(data / "telecom_gaps" / "表2-3.csv").items()]
    return "\n".join(
        [
            "## telecom_gaps.yaml · 表2-3\n",
            table(["要素 Element", "本公司 Own", "竞争对手 Competitor", "差距 Gap"], lines),
        ]
    )


def _brands(data: Path) -> str:
    found = printed.brands(data / "telecom_brands" / "表2-5.csv")
    lines = [[brand or "综合得分 Whole", *map(shown, row)] for brand, row in found.items()]
    return "\n".join(
        [
            "## telecom_brands.yaml · 表2-5\n",
            (
                "综合得分 = 全球通×21.96% + 动感地带×12% + 神州行×66.04%，四舍五入得79.21、65.89、13.32，与表上印的一样。  \n"
                "The whole by the derived weights, rounded 79.21, 65.89 and 13.32, as printed.\n"
            ),
            table(["品牌 Brand", "内蒙古分公司 Own", "内蒙古联通 Competitor", "差距 Gap"], lines),
        ]
    )


def _indicators(data: Path) -> str:
    scores = printed.observed(data / "telecom_indicators" / "表2-6.csv")
    ranks = printed.ranks(scores)
    dimensions = printed.dimensions_of(scores)
    said = {row["三级指标"]: row["排名"] for row in printed.rows(data / "telecom_indicators" / "表2-7.csv")}
    lines = [
        [name, shown(scores[name]), str(ranks[name]), said.get(name, "")]
        for name in sorted(scores, key=ranks.__getitem__)
    ]
    return "\n".join(
        [
            "## telecom_indicators.yaml · telecom_fuzzy.yaml · 表2-6、表2-7\n",
            table(["变量 Variable", "得分 Score", "名次 Rank", "照印 Printed"], lines),
            table(
                ["构成指标 Dimension", "权重 Weight", "变量的平均 Mean"],
                [[name, f"{shown(printed.WEIGHTS[name])}%", shown(score)] for name, score in dimensions.items()],
            ),
            (
                f"总体满意度 {shown(printed.weighted(dimensions))}。2000份问卷的均值就是表2-6，模糊综合评价也是这个数。  \n"
                "The means of the 2,000 questionnaires are table 2-6, so the fuzzy evaluation gives the same.\n"
            ),
        ]
    )


def _dimensions(data: Path) -> str:
    path = data / "telecom_dimensions" / "四个构成指标.csv"
    exact = [shown(weight * 100) for weight in printed.solved(path, PRINTED)]
    lines = [[name, shown(score), shown(printed.reported(score))] for name, score in printed.businesses(path).items()]
    return "\n".join(
        [
            "## telecom_dimensions.yaml\n",
            (
                f"三组照印的得分和权重合计1，四个方程解得权重 {'%、'.join(exact)}%，取两位小数。  \n"
                "Three printed scores and the sum 1: four equations give the weights, taken with two decimals.\n"
            ),
            table(["业务 Business", "得分 Score", "四舍五入 Rounded"], lines),
        ]
    )
