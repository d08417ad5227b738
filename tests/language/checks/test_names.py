"""Names: E230, E231, E301 to E304, W305, W307, E310."""

from dataclasses import replace

import pytest

from engine.language.checks import check
from engine.language.parser import parse_scheme
from engine.language.policy import Document
from engine.source import Span, source_of
from tests.language.checks.written import HEADER, assert_clean, assert_found, document_of, observed


def test_a_misspelt_name_is_found_with_the_name_meant() -> None:
    """E301 stands at the name only, proposes the nearest name, and hides the unused line it causes."""
    (wrong,) = assert_found("总分 = 服务价值*0.7 + ⟦企业形像⟧*0.3\n服务价值：得分\n企业形象：得分\n", "E301")

    assert wrong.hint == "企业形象"


def test_a_name_unlike_all_others_gets_no_proposal() -> None:
    """A hint is given only where something is close."""
    (wrong,) = assert_found("总分 = 服务×50% + ⟦市场占有率⟧×50%\n服务：得分\n", "E301")

    assert wrong.hint is None


def test_every_unknown_name_is_found_in_one_run() -> None:
    """One unknown name does not hide the next."""
    assert_found("总分 = ⟦甲方⟧×50% + ⟦乙方⟧×50%\n服务：得分\n", "E301", "E301")


def test_a_veto_watches_a_line_that_exists() -> None:
    """The subject of a veto is a name like any other."""
    (wrong,) = assert_found(
        "总分：等权平均\n  - 一票否决：⟦安全事帮次数⟧≥1，得0分\n  质量：得分\n安全事故次数：次数\n", "E301"
    )

    assert wrong.hint == "安全事故次数"


def test_a_target_may_be_a_value_that_is_defined() -> None:
    """A name in a target is a `设`; an unknown one is reported once, not as a missing target."""
    assert_clean("- 设准时目标 = 98%\n总分：满分100分，倒扣分\n  准时率：目标准时目标，每低1个百分点扣1分\n")
    (wrong,) = assert_found(
        "- 设准时目标 = 98%\n总分：满分100分，倒扣分\n  准时率：目标⟦准时目标值⟧，每低1个百分点扣1分\n", "E301/value"
    )

    assert wrong.hint == "准时目标"


def test_a_formula_takes_a_defined_number_but_no_dated_one() -> None:
    """A `设` with one undated value is a number in a formula; with several it has no one value."""
    assert_clean("- 设主观占比 = 40%\n总分 = 甲×主观占比 + 乙×0.6\n甲：得分\n乙：得分\n")
    assert_found(
        "- 设占比 = 40%自2024-01-01起、50%自2025-01-01起\n总分 = 甲×⟦占比⟧ + 乙×0.6\n甲：得分\n乙：得分\n", "E301/dated"
    )


def test_a_grade_that_is_given_is_one_of_the_bands() -> None:
    """A veto's grade must stand in the bands of its line."""
    text = "总分：等权平均\n  - 等级：优(100-60)；差(60-0)\n  - 一票否决：事故≥1，定为{}\n  质量：得分\n事故：次数\n"
    assert_clean(text.format("差"))
    assert_found(text.format("⟦很差⟧"), "E301/grade")


def test_a_grade_needs_bands() -> None:
    """Where a line has no bands no grade can be given."""
    assert_found("总分：等权平均\n  - 一票否决：事故≥1，定为⟦差⟧\n  质量：得分\n事故：次数\n", "E301/no grades")


def test_one_name_stands_once_below_a_heading() -> None:
    """E302 at the second of two lines with one name; width and blanks do not make another name."""
    (wrong,) = assert_found("总分：等权平均\n  质量A：得分\n  ⟦质量Ａ⟧：得分\n", "E302")

    assert wrong.args["line"] == 3
    assert wrong.related[0].line == 3


def test_the_same_name_below_two_headings_is_two_lines() -> None:
    """Names are looked up by path: 产品质量 may be a topic of the survey and a part of the objective score."""
    scheme = assert_clean(
        "总分：等权平均\n  主观：等权平均\n    质量：问卷Q1均值，1-5分折合20-100分\n  客观：等权平均\n    质量：得分\n"
    )

    assert "总分/主观/质量" in scheme.indicators
    assert "总分/客观/质量" in scheme.indicators


def test_a_value_is_defined_once() -> None:
    """Two `设` of one name contradict each other."""
    assert_found(
        "- 设甲 = 98%\n- 设⟦甲⟧ = 97%\n总分：满分100分，倒扣分\n  准时率：目标甲，每低1个百分点扣1分\n",
        "E302/let",
    )


def test_a_grade_stands_once() -> None:
    """Two bands of one name are no grades."""
    assert_found("总分：等权平均\n  - 等级：优 [80, 100]；⟦优⟧ [60, 80)；差 [0, 60)\n  质量：得分\n", "E302/grade")


def test_a_name_of_several_lines_needs_its_heading() -> None:
    """E303 lists the paths; with the heading before it the name is one line's."""
    lines = (
        "甲：等权平均\n  质量：问卷Q1均值，1-5分折合20-100分\n  服务：得分\n乙：等权平均\n  质量：得分\n  交付：得分\n"
    )
    (wrong,) = assert_found("总分 = 甲×40% + 乙×60%\n  - 一票否决：⟦质量⟧＜60，封顶59分\n" + lines, "E303")
    scheme = assert_clean("总分 = 甲×40% + 乙×60%\n  - 一票否决：乙.质量＜60，封顶59分\n" + lines)

    assert wrong.args["choices"]["zh"] == "“甲.质量”、“乙.质量”"
    assert "乙/质量" in scheme.indicators


def test_a_circle_is_shown_whole() -> None:
    """E304 names every line of the circle, and the first again."""
    (wrong,) = assert_found("总分 = ⟦服务⟧×50% + 质量×50%\n服务 = 总分×50% + 质量×50%\n质量：得分\n", "E304")

    assert wrong.args["cycle"] == "总分 → 服务 → 总分"


def test_a_veto_on_the_line_itself_is_a_circle() -> None:
    """A score cannot be vetoed because of itself."""
    assert_found("总分：等权平均\n  - 一票否决：⟦总分⟧＜60，得0分\n  质量：得分\n", "E304")


def test_a_line_that_counts_nowhere_is_a_warning() -> None:
    """W305 once, at the top of what is unused; said to be for information it is none."""
    assert_found("总分：等权平均\n  质量：得分\n⟦备用⟧：等权平均\n  甲：得分\n", "W305")
    scheme = assert_clean("总分：等权平均\n  质量：得分\n差距 = 感知 - 期望\n  - 仅供参考\n感知：得分\n期望：得分\n")

    assert scheme.indicators["总分/质量"].counts
    assert not scheme.indicators["感知"].counts


def test_a_line_below_a_formula_that_does_not_use_it_is_a_warning() -> None:
    """W305 where only the indentation says that a line belongs to the formula above; what that needs may stand there."""
    assert_found("总分 = 最小(丙、丁)\n丙 = 甲\n  ⟦丁⟧ = 乙\n甲：得分\n乙：得分\n", "W305/below")
    assert_clean("总分 = 丙×50% + 丁×50%\n  丙 = 甲\n  丁 = 乙\n  甲：得分\n  乙：得分\n")
    assert_clean("总分 = 甲×50% + 乙×50%\n  上年：得分，仅供参考\n  甲：得分\n  乙：得分\n")


def test_below_a_heading_its_own_lines_are_meant() -> None:
    """E301 proposes a line of the heading that is named, never the name as it is written."""
    text = "总分 = 实际.准时 × 50% + ⟦实际.态度⟧ × 50%\n实际：等权平均\n  准时：得分\n  态渡：得分\n期望：等权平均\n  态度：得分\n"
    (wrong,) = assert_found(text, "E301")

    assert (wrong.hint, [place.line for place in wrong.related]) == ("态渡", [5])


def test_two_lines_that_read_one_value_are_told_apart_by_a_key() -> None:
    """W306: without a key both would look up the same name."""
    text = "总分：满分100分，倒扣分\n  质量\n    投诉：每发生一次扣1分\n  服务\n    {}：每发生一次扣1分\n"
    assert_found(text.format("⟦投诉⟧"), "W306")
    scheme = assert_clean(text.format("投诉 [service_complaints]"))

    assert scheme.indicators["总分/服务/投诉"].key == "service_complaints"
    assert observed(scheme, "总分/服务/投诉").measure == "service_complaints"


def _in_file(names: str, scheme: str) -> Document:
    """A document whose glossary stands on the first line of its file, the scheme on those below."""
    entries = dict(one.split(": ") for one in names.split(", "))
    text = f"names: {{{names}}}\n"
    spans = {name: Span(text.index(name), text.index(name) + len(name)) for name in entries}
    source = source_of("p.yaml", text + scheme)
    read, _ = parse_scheme(source, "scheme", Span(len(text), len(source.text)))
    return Document(source=source, header=replace(HEADER, names=entries, name_spans=spans), schemes=(read,))


SCHEME = "- 不修约，缺数报错\n总分：等权平均\n  产品质量：得分，依据5.2\n  价格：得分\n"


def test_a_glossary_entry_is_spelt_as_the_scheme_spells_it() -> None:
    """E230 one slip away from a name without a translation, W307 where it is only like it; others are for reports."""
    _, (wrong,) = check(_in_file("产品质最: Product quality, 联通: Unicom", SCHEME))
    assert (wrong.code, wrong.place.line, wrong.related[0].line) == ("E230", 4, 1)
    assert (wrong.args["name"], wrong.args["other"]) == ("产品质量", "产品质最")

    policy, (wrong,) = check(_in_file("产品的品质: Product quality, 联通: Unicom", SCHEME))
    assert policy is not None
    assert (wrong.code, wrong.hint, wrong.place.line) == ("W307", "产品质量", 1)


@pytest.mark.parametrize(("entry", "line"), [("老客户", "大客户"), ("第一季度得分", "第二季度得分")])
def test_names_that_may_be_two_are_warned_of(entry: str, line: str) -> None:
    """W307, no error: short names are alike by chance, and those of a row differ in a number."""
    policy, (wrong,) = check(_in_file(f"{entry}: Old", SCHEME.replace("产品质量", line)))
    assert policy is not None
    assert (wrong.code, wrong.hint) == ("W307", line)


def test_of_two_spellings_the_one_that_stands_less_often_is_told() -> None:
    """E230 at the glossary's entry where the scheme's spelling stands in a formula too."""
    scheme = "- 不修约，缺数报错\n总分 = 产品质量 × 50% + 价格 × 50%\n产品质量：得分\n价格：得分\n"
    _, (wrong,) = check(_in_file("产品质最: Product quality", scheme))
    assert (wrong.code, wrong.place.line, wrong.args["other"]) == ("E230", 1, "产品质量")


def test_an_entry_whose_line_became_part_of_a_clause() -> None:
    """E231 where the words of a clause end in a name of the glossary that no line has and that stands nowhere else."""
    glued = SCHEME.replace("5.2", "5.2售后服务")
    _, (wrong,) = check(_in_file("售后服务: After-sales service", glued))
    assert (wrong.code, wrong.case, wrong.place.line, wrong.related[0].line) == ("E231", "heading", 4, 1)
    assert check(_in_file("售后服务: After-sales service", f"{glued}# 售后服务，分各店排名\n"))[1] == ()


def test_the_glossary_is_one_to_one() -> None:
    """E310 at the second of two names with one translation; capitals make no difference."""
    text = "总分：等权平均\n  质量：得分\n  品质：得分\n"
    source = source_of("p.yaml", "names: {质量: Quality, 品质: quality}")
    spans = {"质量": Span(8, 19), "品质": Span(21, 32)}
    header = replace(HEADER, names={"质量": "Quality", "品质": "quality"}, name_spans=spans)
    document = document_of("- 不修约，缺数报错\n" + text, header)
    _, (wrong,) = check(Document(source=source, header=header, schemes=()))

    assert (wrong.code, wrong.place.column, wrong.related[0].column) == ("E310", 22, 9)
    assert [d.code for d in check(document)[1]] == ["E310"]
