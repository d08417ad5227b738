"""Makes the collected data of the shipped policies, byte for byte the same on every machine.

    python tools/make_data.py [FOLDER]

The companies are invented; the files look as companies keep them: a questionnaire export of
one header row with invalid questionnaires among the valid ones, an indicator sheet with a
title above its header, ledgers with earlier and later years still in them. Chance comes from
seeded generators; the seeds are chosen so that part steps, a bound of the grades and a
time limit met to the minute all occur.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from collected import (
    auto_dealer,
    bank,
    closing_loop,
    complaints,
    expectation_gap,
    manufacturer,
    metal_products,
    post,
    printed,
    survey_management,
    telecom,
)
from collected.sheets import Sheet, save

DATA = Path(__file__).resolve().parent.parent / "policies" / "data"
SEEDS = {
    "metal_products": 149,
    "manufacturer": 1,
    "telecom": 1,
    "complaints": 4,
    "expectation_gap": 1,
    "bank": 1,
    "post": 1,
    "auto_dealer": 1,
    "survey_management": 1,
}


def workbooks() -> Iterable[tuple[str, Sheet]]:
    """Every file with its contents."""
    yield "metal_products/顾客满意度调查表.xlsx", metal_products.survey(SEEDS["metal_products"])
    yield "metal_products/质量指标统计表.xlsx", metal_products.indicators()
    yield "metal_products/顾客投诉台帐.xlsx", metal_products.complaints()
    yield "manufacturer/顾客满意度调查表.xlsx", manufacturer.survey(SEEDS["manufacturer"])
    yield "manufacturer/客观评价指标统计表.xlsx", manufacturer.indicators()
    yield "manufacturer/客户投诉管理台帐.xlsx", manufacturer.complaints()
    yield "manufacturer/交验记录.xlsx", manufacturer.inspections()
    yield "manufacturer/不符合项整改台帐.xlsx", manufacturer.corrections()
    yield "manufacturer/退货索赔台帐.xlsx", manufacturer.returns()
    yield "manufacturer/客户档案.xlsx", manufacturer.customer_file()
    yield "telecom/移动客户满意度问卷.xlsx", telecom.survey(SEEDS["telecom"])
    yield "telecom/服务指标统计表.xlsx", telecom.indicators()
    yield "telecom/热线投诉台帐.xlsx", telecom.complaints()
    yield "complaints/投诉台账.xlsx", complaints.complaints(SEEDS["complaints"])
    yield "complaints/投诉回访问卷.xlsx", complaints.followup(SEEDS["complaints"])
    yield "complaints/投诉管理指标统计表.xlsx", complaints.indicators()
    yield "survey_management/年度调查问卷.xlsx", survey_management.survey(SEEDS["survey_management"])
    yield "survey_management/季度专项问卷.xlsx", survey_management.special(SEEDS["survey_management"])
    yield "survey_management/客户名单.xlsx", survey_management.customer_list()
    yield "survey_management/抽样名单.xlsx", survey_management.sample_list()
    yield "expectation_gap/期望与感受问卷.xlsx", expectation_gap.survey(SEEDS["expectation_gap"])
    yield "bank/branch_survey.csv", bank.survey(SEEDS["bank"])
    yield "bank/complaints.csv", bank.complaints()
    yield "post/邮政客户满意度问卷.xlsx", post.survey(SEEDS["post"])
    yield "post/客户抱怨台账.xlsx", post.complaints()
    yield "auto_dealer/SSI销售回访.xlsx", auto_dealer.sales(SEEDS["auto_dealer"])
    yield "auto_dealer/CSI售后回访.xlsx", auto_dealer.service(SEEDS["auto_dealer"])
    yield "auto_dealer/暗访检查表.xlsx", auto_dealer.visits()
    yield "auto_dealer/顾客意见台账.xlsx", auto_dealer.ledger()
    yield "closing_loop/接触台账.csv", closing_loop.contacts()
    yield "closing_loop/月末客户数.xlsx", closing_loop.customers()
    yield "closing_loop/改进项目台账.xlsx", closing_loop.projects()


def texts() -> Iterable[tuple[str, str]]:
    """The tables of a study as printed, and questionnaires that give the same figures."""
    yield "telecom_hall/表2-1.csv", printed.HALL
    yield "telecom_club/表2-2.csv", printed.CLUB
    yield "telecom_gaps/表2-3.csv", printed.GAPS
    yield "telecom_gaps/照印/表2-3.csv", printed.GAPS_AS_PRINTED
    yield "telecom_brands/表2-5.csv", printed.BRANDS
    yield "telecom_indicators/表2-6.csv", printed.INDICATORS
    yield "telecom_indicators/表2-7.csv", printed.RANKS
    yield "telecom_dimensions/四个构成指标.csv", printed.DIMENSIONS
    yield "telecom_fuzzy/客户满意度调查问卷.csv", printed.questionnaires(7)


def main(folder: Path) -> None:
    """Writes all files below the folder; Excel knows UTF-8 by its byte order mark."""
    for name, sheet in workbooks():
        save(folder / name, sheet)
    for name, text in texts():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8-sig", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
