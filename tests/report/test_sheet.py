"""Results on one page."""

from dataclasses import replace

import pytest

from engine.language.policy import Policy
from engine.report.sheet import render_markdown, render_table, unassessed
from engine.report.tables import draw, draw_markdown
from engine.report.text import width
from tests.report.sample import ACCOUNT, ASSESSMENT, NODES, POLICY, RATE, RESULT, SCHEME, TOTAL, with_units


def test_one_result_is_a_table_of_its_indicators() -> None:
    """Score, grade, what each indicator contributes, and where every row went."""
    assert render_table(POLICY, RESULT, "zh") == (
        "顾客满意度程序  2025.1\n"
        "评价日期：2025-12-31  期间：2025\n"
        "\n"
        "指标                 测量值   得分  权重  贡献  说明\n"
        "-------------------  ------  -----  ----  ----  ----------\n"
        "总分                         92.70        92.7  比较满意\n"
        "  调查得分                   87.00   40%  34.8\n"
        "    质量                4.2  84.00   50%  16.8\n"
        "    交付                4.5  90.00   50%    18\n"
        "  客观得分                   96.50   60%  57.9\n"
        "    产品                      -3.5        -2.1\n"
        "      合格率          96.3%   -0.5        -0.3\n"
        "      投诉/退货次数     3次     -3        -1.8\n"
        "严重事故                0次                     不计入总分\n"
        "\n"
        "数据                 行数  有效  无效  期外\n"
        "-------------------  ----  ----  ----  ----\n"
        "survey  调查表.xlsx    15    10     3     2\n"
        "    作答率不低于80%                 3\n"
    )


def test_names_are_translated_where_the_glossary_knows_them() -> None:
    """In English the policy's glossary names indicators and grades; unknown names stay."""
    shown = render_table(POLICY, RESULT, "en")
    assert "Customer satisfaction procedure  2025.1\n" in shown
    assert [line.split()[0] for line in shown.splitlines()[5:9]] == ["Overall", "Survey", "Quality", "交付"]
    assert "Satisfied" in shown


def test_several_units_are_one_line_each() -> None:
    """Of several units the table shows score and grade; a unit without a result says why."""
    table = render_table(POLICY, with_units(a="一部", b="二部"), "zh").split("\n\n")[1]
    assert table == (
        "事业部   得分  等级      说明\n"
        "------  -----  --------  ------------------\n"
        "一部    92.70  比较满意\n"
        "二部    92.70  比较满意\n"
        "三部                     合格率：数据里没有"
    )


def test_the_whole_is_named() -> None:
    """The line of the whole, which has no unit, says so."""
    result = with_units(a="一部")
    whole = ASSESSMENT._replace(unit={})
    shown = render_table(POLICY, replace(result, assessments=(*result.assessments, whole)), "zh")
    assert "\n整体    92.70  比较满意\n" in shown


def test_units_without_result_are_told() -> None:
    """A sentence names the unit and the indicator at fault."""
    result = with_units(a="一部")
    assert unassessed(POLICY, result, "zh") == ["“事业部 = 三部”没有结果：合格率：数据里没有"]
    assert unassessed(POLICY, result, "en") == ["no result for “事业部 = 三部”: 合格率: not in the data"]
    assert unassessed(POLICY, RESULT, "zh") == []


def test_a_veto_shows_the_score_without_it() -> None:
    """The remark of a vetoed result names score and grade before."""
    top = NODES[0]._replace(
        veto="一票否决：严重事故≥1，定为不满意",
        grade="不满意",
        grade_before_veto="比较满意",
        before_veto=NODES[0].score,
    )
    shown = render_table(POLICY, replace(RESULT, assessments=(ASSESSMENT._replace(nodes=(top, *NODES[1:])),)), "zh")
    assert "不满意，一票否决，原为" in " ".join(shown.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("render", [render_table])
def test_long_chinese_names_are_folded(lang: str, render) -> None:
    """With names of any length every line stays within 80 columns, and nothing of a name is lost."""
    name = "顾客对产品交付及时性以及售后服务响应速度的总体感受（含电话回访）" * 2
    indicators = {path: replace(i, name=f"{name}{i.name}") for path, i in SCHEME.indicators.items()}
    account = replace(ACCOUNT, file=f"{name}.xlsx")
    policy = Policy(source=POLICY.source, header=POLICY.header, schemes=(replace(SCHEME, indicators=indicators),))
    shown = render(policy, replace(RESULT, data=(account,)), lang)
    assert max(width(line) for line in shown.splitlines()) <= 80
    column = "".join(line.split("  ")[0].strip() for line in shown.splitlines()[5:])
    assert name[:16] in column


def test_schemes_have_their_headings() -> None:
    """With several schemes each has its own table below its name."""
    both = (replace(SCHEME, name="甲"), replace(SCHEME, name="乙"))
    policy = replace(POLICY, schemes=both)
    result = replace(RESULT, assessments=tuple(ASSESSMENT._replace(scheme=s.name) for s in both))
    shown = render_table(policy, result, "zh")
    assert shown.index("评分方案：甲") < shown.index("评分方案：乙")


def test_markdown_cells_are_escaped() -> None:
    """Bars, tags, backticks, links and line ends of a name stay text in its cell."""
    assert draw_markdown(["名"], [["a|b<i>`c`\nd [x](y)"]], ["left"]).splitlines()[-1] == (
        "| a\\|b\\<i\\>\\`c\\` d \\[x\\](y) |"
    )


def test_markdown_has_the_same_tables() -> None:
    """The sheet as Markdown: a heading, the facts, the tables, depth by wide blanks."""
    shown = render_markdown(POLICY, RESULT, "zh").splitlines()
    assert shown[0] == "# 顾客满意度程序  2025.1"
    assert [cell.strip() for cell in shown[6].split("|")][1:4] == ["总分", "", "92.70"]
    assert shown[8].startswith("| &emsp;&emsp;质量 ")


def test_numbers_are_never_rewritten() -> None:
    """A table prints 92.10, 1e5 and 007 as they are given."""
    shown = draw(["a", "b", "c"], [["92.10", "1e5", "007"]], ["right", "right", "right"])
    assert shown.splitlines()[-1].split() == ["92.10", "1e5", "007"]


def test_hostile_names_cannot_steer_the_terminal() -> None:
    """Control characters in names and file names are written out."""
    policy = replace(
        POLICY,
        schemes=(
            replace(SCHEME, indicators={**SCHEME.indicators, RATE: replace(SCHEME.indicators[RATE], name="\x1b[2J")}),
        ),
    )
    shown = render_table(policy, replace(RESULT, data=(replace(ACCOUNT, file="\u202ex"),)), "zh")
    assert not {"\x1b", "\u202e"} & set(shown)
    assert TOTAL in shown
