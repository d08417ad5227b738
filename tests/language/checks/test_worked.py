"""Nine procedures as companies wrote them: each checks clean and scores what a calculation by hand gives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.evaluation.assessment import score
from engine.evaluation.result import Assessment
from engine.language.policy import CheckedScheme, Policy
from tests.language.checks.written import HEADER, checked

FOLDER = Path(__file__).parent / "worked"
ENGLISH = ("objective_score", "bank_branch", "complaint_handling")
Given = Mapping[str, object]


def policy_of(name: str) -> Policy:
    """The policy of a worked scheme, which has no finding."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    policy, diagnostics = checked(text, replace(HEADER, lang="en" if name in ENGLISH else "zh"))
    assert [(d.code, str(d.place)) for d in diagnostics] == []
    assert policy is not None
    return policy


def assessed(name: str, measures: Given, as_of: date | None = None) -> Assessment:
    """What the worked scheme makes of measures given by hand."""
    policy = policy_of(name)
    return score(policy, policy.schemes[0], measures, as_of=as_of)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_parts_come_before_what_is_made_of_them(path: Path) -> None:
    """The order of a checked scheme is the order of calculation, and the shares of one heading are 1 together."""
    scheme: CheckedScheme = policy_of(path.stem).schemes[0]
    seen: set[str] = set()
    for indicator in scheme.indicators.values():
        assert seen.issuperset(indicator.children)
        seen.add(indicator.path)
        shares = [share for child in indicator.children if (share := scheme.indicators[child].share) is not None]
        assert not shares or sum(shares) == 1

    assert scheme.result in seen


@pytest.mark.parametrize("name", ["manufacturer", "metal_products", "auto_dealer", "bank_branch", "complaint_handling"])
def test_the_value_that_is_graded_must_be_said(name: str) -> None:
    """The same schemes without 按修约值定级 have that one finding, and no other."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    silent = text.replace("，按修约值定级", "").replace(", grade on rounded value", "")

    assert [d.code for d in checked(silent)[1]] == ["E709"]


SURVEY = {"Q1": "4.5", "Q2": 4, "Q3": 4, "Q4": 4, "Q5": "4.5", "Q6": 5, "Q7": 3}
TOPICS = ("产品质量", "交付及时性", "售后服务", "包装", "运输", "标识", "产品价格")
MANUFACTURER = {
    **{f"顾客满意度调查表得分/{topic}": mean for topic, mean in zip(TOPICS, SURVEY.values(), strict=True)},
    "产品一次交验合格率": "96.3",
    "产品发货一次检验合格率": "98.2",
    "顾客投诉次数(质量)": 2,
    "顾客退货/索赔次数": 1,
    "准时交付率": "93.6",
    "顾客提出不符合项整改及时性": [20, 24, 25, 30],
    "顾客投诉次数(服务)": 1,
}


def test_the_manufacturer() -> None:
    """Survey 580/7; objective 100 - 0.5 - 0 - 2 - 0.5 - 1 - 0.4 - 1 = 94.6; 0.4 and 0.6 of them are 89.9."""
    found = assessed("manufacturer", MANUFACTURER, date(2025, 6, 30))

    assert found.exact == Fraction(2, 5) * Fraction(580, 7) + Fraction(3, 5) * Fraction("94.6")
    assert found.score == Fraction("89.9")
    assert found.grade == "比较满意"


def test_the_manufacturers_target_of_the_year_before() -> None:
    """In 2024 the target was 95 %: 93.6 is one step short, not two, and the objective score is 95.1."""
    found = assessed("manufacturer", MANUFACTURER, date(2024, 6, 30))

    assert found.exact == Fraction(2, 5) * Fraction(580, 7) + Fraction(3, 5) * Fraction("95.1")
    assert found.score == Fraction("90.2")


METAL = {
    "产品质量的顾客反映": 5,
    "产品广告的顾客反映": 4,
    "技术服务的顾客反映": 4,
    "员工工作态度的顾客反映": 5,
    "员工工作方式的顾客反映": 3,
    "要求得到满足的感觉": "4.5",
    "严重质量事故次数": 0,
}


def test_the_metal_works() -> None:
    """0.5 × (0.8 × 100 + 0.2 × 80) + 0.3 × 80 + 0.2 × 90 = 90; an accident leaves the score and takes the grade."""
    clean = assessed("metal_products", METAL)
    accident = assessed("metal_products", {**METAL, "严重质量事故次数": 1})

    assert (clean.score, clean.grade) == (90, "比较满意")
    assert (accident.score, accident.grade) == (90, "不满意")


def test_the_telecom_tree() -> None:
    """Weights of 20, 10, 10, 10 of 50: 0.8 × 100 + 0.2 × 60 = 92; image (80 + 60 + 100)/3 = 80; 0.7 and 0.3: 88.4."""
    scheme = policy_of("telecom").schemes[0]
    leaves = [i.path for i in scheme.indicators.values() if not i.children and i.path != scheme.result]
    measures: dict[str, object] = {path: 3 if "新业务服务" in path else 5 for path in leaves}
    measures |= {"企业形象/关心客户": 8, "企业形象/领导市场": 6, "企业形象/受人欢迎": 10}

    assert assessed("telecom", measures).score == Fraction("88.4")


def test_the_secret_visit() -> None:
    """11 parts of 100 points: 3 lost in the hall, 3 for the clothes that were not worn."""
    points = {
        "环境评价": 5, "VI标识": 11, "服务设施": 10, "资料摆放": 4, "区域划分": 5, "设有VIP专席": 1,
        "VIP专席有人值守": 1, "着工装": 0, "佩戴工号牌": 1, "营业人员仪态": 17, "营业人员业务能力": 12, "业务受理": 14, "业务办理": 10,
    }  # fmt: skip

    assert assessed("mystery_shopping", points).score == 94


def test_the_fuzzy_evaluation() -> None:
    """B = (0.30, 0.34, 0.24, 0, 0.12), so 30 + 27.2 + 14.4 + 0 + 2.4 = 74."""
    half, fifth = Fraction(1, 2), [0, 0, 0, 0, 1]
    found = assessed(
        "fuzzy_evaluation",
        {
            "知名度": [half, half, 0, 0, 0],
            "营业厅的环境": [0, 1, 0, 0, 0],
            "网络覆盖": [1, 0, 0, 0, 0],
            "网络质量": [0, 0, 1, 0, 0],
            "服务人员业务能力": fifth,
        },
    )

    assert found.score == 74


def test_the_car_dealer() -> None:
    """SSI 90, CSI 0.7 × 80 + 0.3 × 100 = 86, half of each 88; one fraud and the score is capped at 59."""
    scheme = policy_of("auto_dealer").schemes[0]
    measures: dict[str, object] = {path: 9 for path in scheme.indicators if path.startswith("SSI销售满意度/")}
    measures |= {path: 8 for path in scheme.indicators if path.startswith("CSI售后满意度/")}
    measures |= {"CSI售后满意度/维修质量": 10, "欺诈行为次数": 0}
    clean = assessed("auto_dealer", measures)
    fraud = assessed("auto_dealer", {**measures, "欺诈行为次数": 1})

    assert (clean.score, clean.grade) == (88, "良好")
    assert (fraud.score, fraud.grade) == (59, "不合格")


def test_the_bank_branch() -> None:
    """Importance parts 5, 4, 5, 3: 1450/17; loyalty 75; inspection 100 - 4 - 9 - 3 = 84."""
    found = assessed(
        "bank_branch",
        {
            "Safety of funds": "4.5",
            "Liquidity": 4,
            "Privacy of personal data": 5,
            "Staff attitude and skill": 3,
            "Recommendation": 40,
            "Satisfied share": 80,
            "Queue time": "9.5",
            "Complaints per month": {"2025-01": 5, "2025-02": 1},
            "Data leaks": 0,
            "Perceived service": 4,
            "Expected service": "4.5",
        },
        date(2025, 6, 30),
    )
    gap = next(node for node in found.nodes if node.path == "Expectation gap")

    assert found.exact == Fraction(3, 5) * Fraction(1450, 17) + Fraction(1, 5) * 75 + Fraction(1, 5) * 84
    assert (found.score, found.grade) == (Fraction("82.98"), "Good")
    assert gap.score == -10


def test_the_complaint_handling() -> None:
    """100 - 0.5 - 1 - 1.5 - 6 - 1.75 + 2 = 91.25, shown as 91.3."""
    found = assessed(
        "complaint_handling",
        {
            "Acknowledgement": [10, 30],
            "Answer": [3, 6],
            "Closure rate": "93.5",
            "Repeat complaints": {"2025-01": 4},
            "Complainant satisfaction": "76.5",
            "Improvement proposals adopted": 4,
            "Privacy breaches": 0,
        },
    )

    assert found.exact == Fraction("91.25")
    assert (found.score, found.grade) == (Fraction("91.3"), "A")
