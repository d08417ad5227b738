"""Whole schemes of several trades, calculated by hand."""

from datetime import date
from fractions import Fraction

from tests.evaluation.schemes import assessed, node

F = Fraction
BANK = """
- round half even to 2 decimals, grade on rounded value, missing: error
- let Queue target = 10 from 2024-01-01 then 8 from 2025-01-01
Branch satisfaction = Customer survey × 60% + Loyalty × 20% + Branch inspection × 20%
  - bands: Excellent (100-90); Good (90-80); Fair (80-60); Poor (60-0); lower bound included
  - veto: Data leaks ≥ 1, grade Poor
Customer survey: normalise weights
  - each item: 1-5 as 20-100
  Safety of funds weight 5: mean of Q1 and Q2
  Liquidity weight 4: mean of Q3
  Privacy of personal data weight 5: mean of Q4
  Staff attitude and skill weight 3: mean of Q7
Loyalty: weighted mean
  Recommendation 50%: NPS of Q9, -100 to 100 as 0-100
  Satisfied share 50%: top 2 box of Q10, 1-5 scale, rate as score
Branch inspection: deduct from 100
  Queue time: duration, target Queue target, deduct 2 per 1 minute above target, part steps count as whole steps, at most 20
  Complaints per month: deduct 3 per occurrence, at most 9 per month
Expectation gap = Perceived service - Expected service
  - for information only
Perceived service: mean of P1 and P2, 1-5 as 20-100
Expected service: mean of X1 and X2, 1-5 as 20-100
Data leaks: count
"""
BRANCH = {
    "Safety of funds": 4,  # 80
    "Liquidity": "4.5",  # 90
    "Privacy of personal data": 5,  # 100
    "Staff attitude and skill": 3,  # 60
    "Recommendation": 30,  # 65
    "Satisfied share": 72,
    "Queue time": "12.4",
    "Complaints per month": {"2025-01": 1, "2025-02": 4},
    "Perceived service": 4,  # 80
    "Expected service": "4.5",  # 90
    "Data leaks": 0,
}


def test_the_branch_of_a_bank() -> None:
    """0.6·1440/17 + 0.2·68.5 + 0.2·(100 - 10 - 12) = 80.1235…; 4.4 minutes over are 5 steps; 4 complaints cost 9."""
    found = assessed(BANK, BRANCH, as_of=date(2025, 6, 30))
    assert node(found, "Customer survey").score == F(5 * 80 + 4 * 90 + 5 * 100 + 3 * 60, 17)
    assert node(found, "Loyalty").score == F("68.5")
    assert (node(found, "Queue time").loss, node(found, "Complaints per month").loss) == (10, 12)
    assert found.exact == F(864, 17) + F("13.7") + F("15.6")
    assert (found.score, found.grade) == (F("80.12"), "Good")
    assert node(found, "Expectation gap").score == -10
    assert node(found, "Expectation gap").contribution is None


def test_an_earlier_date_has_the_earlier_target_and_a_leak_the_worst_grade() -> None:
    """In 2024 the target was 10 minutes: 2.4 over are 3 steps, 4 points more for the inspection; the leak decides."""
    found = assessed(BANK, {**BRANCH, "Data leaks": 1}, as_of=date(2024, 6, 30))
    assert node(found, "Queue time").loss == 6
    assert found.exact == F(864, 17) + F("13.7") + F("16.4")
    assert (found.grade, found.nodes[0].grade_before_veto) == ("Poor", "Good")


COMPLAINTS = """
- round half up to 1 decimal, grade on rounded value, missing: error, part steps pro rata
Complaint handling score: deduct from 100
  - bands: A (100-90); B (90-75); C (75-60); D (60 and below); lower bound included
  - veto: Privacy breaches ≥ 1, score 0
  Acknowledgement: deduct 0.5 per occurrence over the time limit, time limit 24 hours, at most 10
  Answer: deduct 1 per occurrence over the time limit, time limit 5 working days, at most 20
  Closure rate: target 95%, deduct 1 per 1 pp below target, at most 20
  Repeat complaints: deduct 2 per occurrence, at most 6 per month
  Complainant satisfaction: score, target 80, deduct 0.5 per 1 point below target
  Improvement proposals adopted: add 0.5 per occurrence, at most 3
Privacy breaches: count
"""


def test_the_handling_of_complaints() -> None:
    """100 - 2·0.5 - 1 - 2.6 - (6 + 2) - 0.5·3.5 + 3 = 88.65, reported 88.7."""
    found = assessed(
        COMPLAINTS,
        {
            "Acknowledgement": [F(20), F(24), F(25), F(40)],
            "Answer": [F(5), F("5.25"), F(1)],
            "Closure rate": "92.4",
            "Repeat complaints": {"2025-03": 5, "2025-04": 1},
            "Complainant satisfaction": "76.5",
            "Improvement proposals adopted": 9,
            "Privacy breaches": 0,
        },
    )
    assert found.exact == F("88.65")
    assert (found.score, found.grade) == (F("88.7"), "B")


DEALER = """
- 四舍五入保留1位小数，按修约值定级，缺数按其余权重归一
店面满意度 = SSI销售满意度 × 50% + CSI售后满意度 × 50%
  - 等级：优秀 [90, 100]；良好 [80, 90)；合格 [60, 80)；不合格 [0, 60)
  - 一票否决：欺诈行为次数≥1，封顶59分
SSI销售满意度：等权平均，共7项
  - 各项：1-10分折合10-100分
  顾客接待———试乘试驾———交车收款———销售承诺———售后跟踪———一周回访———意见跟进
CSI售后满意度：加权平均，共6项
  - 各项：1-10分折合10-100分
  保养招揽 10% → 礼貌接车 15% → 指明标的 15% → 维修等待 15% → 结算交车 15% → 维修质量 30%
欺诈行为次数：次数
"""
SALES = dict(
    zip(
        ["顾客接待", "试乘试驾", "交车收款", "销售承诺", "售后跟踪", "一周回访", "意见跟进"],
        (9, 8, 9, 7, 8, 9, 6),
        strict=True,
    )
)
SERVICE = dict(
    zip(["保养招揽", "礼貌接车", "指明标的", "维修等待", "结算交车", "维修质量"], (8, 9, 7, 6, 8, 9), strict=True)
)


def test_the_shop_of_a_car_dealer() -> None:
    """(90+80+90+70+80+90+60)/7 = 80; 8 + 13.5 + 10.5 + 9 + 12 + 27 = 80: together 80, 良好."""
    found = assessed(DEALER, {**SALES, **SERVICE, "欺诈行为次数": 0})
    assert (found.exact, found.grade) == (80, "良好")
    assert assessed(DEALER, {**SALES, **SERVICE, "欺诈行为次数": 1}).score == 59


def test_a_step_of_the_process_nobody_answered() -> None:
    """Without 意见跟进 the six others: 500/6; 80 stays for the service."""
    sales = {name: value for name, value in SALES.items() if name != "意见跟进"}
    found = assessed(DEALER, {**sales, **SERVICE, "欺诈行为次数": 0})
    assert found.exact == (F(500, 6) + 80) / 2


SHOPPING = """
- 四舍五入保留1位小数，缺数报错
营业厅规范达标暗访：满分100分，逐项得分
  环境评价 37分：实得分
  VIP专区 3分
    设有VIP专席 1分：是否
    VIP专席有人值守 2分：是否
  营业人员 60分
    着工装 20分：是否
    业务能力 40分：实得分
"""


def test_the_checklist_of_a_mystery_shopper() -> None:
    """30 + (1 + 0) + (20 + 33.5) = 84.5; the points of a heading are those of its lines."""
    visit = {"环境评价": 30, "设有VIP专席": 1, "VIP专席有人值守": 0, "着工装": 1, "业务能力": "33.5"}
    found = assessed(SHOPPING, visit)
    assert found.exact == F("84.5")
    assert node(found, "VIP专区").score == 1
    assert node(found, "着工装").effective == F("0.2")
    assert node(found, "业务能力").contribution == F("33.5")
