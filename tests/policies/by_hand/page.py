"""The page docs/hand-calculations.md, written from the calculations by hand."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand import (
    auto_dealer,
    bank,
    closing_loop,
    complaints,
    expectation_gap,
    manufacturer,
    metal_products,
    post,
    survey_management,
    telecom,
)
from tests.policies.by_hand.auto_dealer_page import write_auto_dealer
from tests.policies.by_hand.bank_page import write_bank
from tests.policies.by_hand.closing_loop_page import write_closing_loop
from tests.policies.by_hand.complaints_page import write_complaints
from tests.policies.by_hand.expectation_gap_page import write_expectation_gap
from tests.policies.by_hand.figures import questionnaires, shown, table
from tests.policies.by_hand.paper import Paper
from tests.policies.by_hand.post_page import write_post
from tests.policies.by_hand.printed_page import write_printed
from tests.policies.by_hand.survey_management_page import write_survey_management

HEAD = """# 手工计算 · Calculated by hand

随附方案的得分，按程序文件的条款一步一步从 `policies/data` 里的表格算出，没有用 rubric。
测试要求 rubric 的结果与这里的每个数分毫不差。标“≈”的数除不尽，写到四位小数，计算时用的是准确的分数。

The scores of the shipped policies, worked out clause by clause from the workbooks in `policies/data`
without rubric. A test holds rubric to every figure here, exactly. “≈” marks a number that does
not come out even: four decimals are shown, the calculation uses the exact fraction.
"""


def write_page(data: Path) -> str:
    """The whole page."""
    return "\n".join(
        [
            HEAD,
            write_metal_products(metal_products.calculate(data / "metal_products")),
            write_manufacturer(manufacturer.calculate(data / "manufacturer")),
            write_telecom(telecom.calculate(data / "telecom")),
            write_printed(data),
            write_complaints(complaints.calculate(data / "complaints")),
            write_survey_management(
                survey_management.calculate(data / "survey_management"),
                survey_management.special(data / "survey_management", datetime(2025, 7, 1), datetime(2025, 10, 1)),
            ),
            write_expectation_gap(expectation_gap.calculate(data / "expectation_gap")),
            write_bank(bank.calculate(data / "bank")),
            write_post(post.calculate(data / "post")),
            write_auto_dealer(auto_dealer.calculate(data / "auto_dealer")),
            write_closing_loop([closing_loop.calculate(data / "closing_loop", quarter) for quarter in (1, 2, 3, 4)]),
        ]
    )


def write_metal_products(papers: dict[str, Paper]) -> str:
    """Weights as the company decided them, six kinds of feedback; the company and its regions."""
    paper = papers[""]
    weights = ["", "50%", "80%", "20%", "30%", "1/3", "1/3", "1/3", "20%"]
    names = ["公司 Company", *metal_products.REGIONS]

    def row(path: str, weight: str) -> list[str]:
        return [path.removeprefix("顾客满意度/"), weight, *(shown(each.scores[path]) for each in papers.values())]

    total, rounded = shown(paper.scores["顾客满意度"]), f"{float(paper.score):.1f}"
    reasons = {
        "out": "不在本季度 out of period",
        "作答率": "作答不足80% incomplete",
        "用时": "不足20秒 too fast",
        "重复": "同一客户较早的 earlier of a customer",
    }
    return "\n".join(
        [
            "## metal_products.yaml · 2025年第4季度\n",
            questionnaires(paper, reasons),
            "每道题：有效答案的平均分（1至5分）× 20。  \nEach question: the mean of the valid answers (1 to 5) × 20.\n",
            table(
                ["指标 Indicator", "权重 Weight", *names],
                [row(path, weight) for path, weight in zip(paper.scores, weights, strict=True)]
                + [["保留1位小数 Rounded", "", *(f"**{float(each.score):.1f}**" for each in papers.values())]]
                + [["等级 Grade", "", *(f"**{each.grade}**" for each in papers.values())]],
            ),
            f"本季度严重质量事故 {shown(paper.measured['严重质量事故次数'])} 次，不触发一票否决。  ",
            "No serious quality accident in the quarter: no veto.\n",
            f"公司总分 {total}，四舍五入得 {rounded}，按修约值定级是{paper.grade}；按全数值定级就是一般满意。  ",
            "所以方案必须写明按哪一个值定级。\n",
            f"The company's total {total} rounds to {rounded}: Satisfied. The full value would be Fairly satisfied;  ",
            "that is why the policy must say which value is graded.\n",
        ]
    )


def write_manufacturer(paper: Paper) -> str:
    """Survey 40 %, objective 60 % with the deductions line by line."""
    scores, measured, losses = paper.scores, paper.measured, paper.losses
    late = next(path for path in losses if path not in measured)
    each = {"合格率": "0.5", "交付率": "0.5", "次数(质量)": "1", "索赔次数": "0.5", "及时性": "0.2", "次数(服务)": "1"}

    def rule(path: str) -> list[str]:
        name = path.removeprefix(manufacturer.OBJECTIVE + "/").split("/", 1)[1]
        points = next(points for ending, points in each.items() if name.endswith(ending))
        times = shown(losses[path] / Fraction(points))
        value = f"{shown(measured[path])}%" if name.endswith("率") else times
        goal = {"合格率": "98%", "付率": "96%", "及时性": "24 h"}
        target = next((target for ending, target in goal.items() if name.endswith(ending)), "")
        return [name, target, "" if path == late else value, times, points, shown(losses[path])]

    survey, objective = scores[manufacturer.SURVEY], scores[manufacturer.OBJECTIVE]
    total = shown(scores["顾客满意度总分"])
    return "\n".join(
        [
            "## manufacturer.yaml · 2025年\n",
            questionnaires(
                paper,
                {
                    "out": "不在本年 out of period",
                    "档案外": "客户档案外 not a customer",
                    "作答率": "作答不足80% incomplete",
                    "用时": "不足30秒 too fast",
                    "雷同": "雷同 straight-lined",
                    "重复": "同一客户较早的 earlier of a customer",
                },
            ),
            "每道题：有效答案按客户权重的平均分 × 20；七项等权。  ",
            "Each question: the mean of the valid answers, weighted by customer, × 20; seven topics, equal weights.\n",
            table(
                ["调查表 Survey", "得分 Score"],
                [[topic, shown(scores[f"{manufacturer.SURVEY}/{topic}"])] for topic in manufacturer.TOPICS]
                + [["顾客满意度调查表得分", shown(survey)]],
            ),
            table(
                ["客观指标 Objective", "目标 Target", "实际 Measured", "次数 Times", "每次 Each", "扣分 Deducted"],
                [rule(path) for path in losses]
                + [["合计 Sum", "", "", "", "", shown(sum(losses.values(), Fraction(0)))]],
            ),
            f"客观指标评价得分 = 100 − {shown(100 - objective)} = {shown(objective)}  ",
            (
                f"顾客满意度总分 = {shown(survey)} × 40% + {shown(objective)} × 60% = {total}"
                f" → **{float(paper.score):.1f}**，**{paper.grade}** (Satisfied)\n"
            ),
        ]
    )


def write_telecom(papers: dict[str, Paper]) -> str:
    """Table 2-4 for each brand, and the company by the brands' weights."""
    brands = [*telecom.BRANDS, ""]
    names = [f"{brand} {float(share):.2%}" for brand, share in telecom.BRANDS.items()] + ["综合 Whole"]

    def row(path: str) -> list[str]:
        return [path, *(shown(papers[brand].scores[path]) for brand in brands)]

    return "\n".join(
        [
            "## telecom.yaml · 2025年下半年\n",
            questionnaires(
                papers[""],
                {
                    "out": "不在本期 out of period",
                    "作答率": "作答不足80% incomplete",
                    "用时": "不足60秒 too fast",
                    "雷同": "雷同 straight-lined",
                    "重复": "同一客户较早的 earlier of a customer",
                },
            ),
            (
                "二级指标按表2-4比重合成一级指标；一级比重20、10、10、10除以合计50；"
                "满意度=客户感觉的服务价值×0.7+企业形象×0.3；综合得分按品牌权重。  "
            ),
            (
                "Second level by the weights of table 2-4; first level 20, 10, 10, 10 divided by their sum 50;"
                " satisfaction = service value × 0.7 + image × 0.3; the whole by the brands' weights.\n"
            ),
            table(["指标 Indicator", *names], [row(path) for path in papers[""].scores]),
            table(
                ["四舍五入保留2位小数 Rounded", *names],
                [["满意度 Satisfaction", *(f"**{float(papers[brand].score):.2f}**" for brand in brands)]],
            ),
        ]
    )
