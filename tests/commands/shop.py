"""A policy and its data small enough to work out by heart.

Quality is the mean of Q1, 1-5 as 20-100. North answers 5 and 4: mean 4.5, score 90; South 4 and 3: mean 3.5, score 70.
Delivery: 97 % against 98 % lacks 1 pp, 2 points: 98 (North); 95 % lacks 3 pp, 6 points: 94 (South).
North: 90 x 60 % + 98 x 40 % = 93.2. South: 70 x 60 % + 94 x 40 % = 79.6.
"""

from pathlib import Path

POLICY = """\
rubric: 1
policy: shop
title: {zh: 门店评价, en: Shop assessment}
lang: zh
version: "1"
names: {总分: Overall, 质量: Quality, 优: Excellent, 良: Good, 北店: North, 南店: South}
units: {by: [门店]}
data:
  survey:
    kind: responses
    file: survey.csv
    questions: {Q1: 质量}
    answers: 1-5
  kpi:
    kind: values
    file: kpi.csv
scheme: |
  - 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限
  总分：加权平均
    - 等级：优(100-90)；良(90-0)
    - 依据5.1
    质量 60%：问卷Q1均值，1-5分折合20-100分
    交付 40%：满分100分，倒扣分
      准时率：目标98%，每低1个百分点扣2分
"""
SURVEY = "门店,质量\n北店,5\n北店,4\n南店,4\n南店,3\n"
KPI = "指标,值,门店\n准时率,97%,北店\n准时率,95%,南店\n"


def write_shop(folder: Path, *, policy: str = POLICY, survey: str = SURVEY, kpi: str = KPI) -> list[str]:
    """Write policy and data below `folder`; returns the arguments that name them."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    folder.joinpath("shop.yaml").write_text(policy, encoding="utf-8")
    data.joinpath("survey.csv").write_text(survey, encoding="utf-8")
    data.joinpath("kpi.csv").write_text(kpi, encoding="utf-8")
    return [str(folder / "shop.yaml"), "--data", str(data)]
