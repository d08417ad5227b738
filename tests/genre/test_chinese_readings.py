"""Chinese cells: grades in prose, and what is asked back rather than guessed."""

import pytest

from engine.language.formatter import format_cell
from engine.language.parser import parse_scheme, parse_sentence
from engine.source import Span, source_of


@pytest.mark.parametrize(
    ("words", "bands"),
    [
        ("综合得分在90分以上的为优，80-90分评为良，80分以下为差", "优(90分以上)；良(90分-80分)；差(80分以下)"),
        ("总分≥95分为A级，85≤总分＜95分为B级，总分＜85分为C级", "A级(不低于95分)；B级 [85分, 95分)；C级(低于85分)"),
        ("A级：90分以上；B级：70-90分；C级：70分以下", "A级(90分以上)；B级(90分-70分)；C级(70分以下)"),
        ("甲等90-100分、乙等75-90分、丙等75分以下", "甲等(100分-90分)；乙等(90分-75分)；丙等(75分以下)"),
        ("60分以上为合格，85分以上为优秀，60分以下为不合格", "合格(85分-60分)；优秀(85分以上)；不合格(60分以下)"),
        ("得分90（含）以上者，评定为金牌；90以下者，评定为银牌", "金牌(不低于90)；银牌(90以下)"),
        ("及格60分以上，良[80分, 90分)，优[90分, 100分]", "及格(60分以上)；良 [80分, 90分)；优 [90分, 100分]"),
        ("85-100：金；70-85：银；70以下：铜", "金(100-85)；银(85-70)；铜(70以下)"),
        ("优秀：得分≥90；合格：60≤得分<90；不合格：得分<60", "优秀(不低于90)；合格 [60, 90)；不合格(低于60)"),
    ],
)
def test_grades_in_prose(words: str, bands: str) -> None:
    """Grades without the word 等级, whatever joins them to their ranges, in whatever order they stand."""
    assert format_cell(parse_sentence(words), "zh") == f"等级：{bands}"


@pytest.mark.parametrize(
    ("words", "code", "case"),
    [
        ("每年至少开展2次演练得5分", "E201", "period"),
        ("按要求每月上报情况，得5分", "E201", "period"),
        ("设备缺1项，或无记录，不得分", "E201", "unfinished"),
        ("除不可抗力，每延误一天扣1分", "E201", "subject"),
        ("仅有一份，得2分", "E201", "bare_quantity"),
        ("开发应用1项得1分，2项及以上得2分", "E213", ""),
        ("合格率得10分", "E201", "no_trigger"),
        ("有创新、有亮点，在省、市推广的，分别加5分、3分、2分", "E201", "classes"),
        ("考试作弊扣20分", "E201", "no_trigger"),
        ("构成重大隐患的，追加扣除20分", "E201", "subject"),
        ("如果得到谅解，此事件可以不扣分", "E201", "subject"),
        ("低于98%，每高1个百分点扣1分", "E201", ""),
        ("一等、二等分别加5分、3分、1分", "E201", "classes"),
        ("违反纪律，每次至少扣2分", "E201", "subject"),
        ("返工超过3次的，每次扣2分", "E213", ""),
        ("接通率95%以上5分", "E213", ""),
        ("差错3次以上4分", "E213", ""),
        ("每项2分", "E213", ""),
        ("完成率低于70%或未上报的，扣5分", "E201", "partly"),
        ("未上报或完成率低于70%的，不得分", "E201", "subject"),
        ("5人以上事故扣20分", "E201", "partly"),
        ("90%以上达标得5分", "E201", "partly"),
        ("文字有缺陷，字数超过800个扣2分", "E201", "subject"),
        ("为每个班组配置一名安全员得2分", "E201", "bare_quantity"),
        ("坚持创新、注重实效，为每个班组编写1本手册，得2分", "E201", "bare_quantity"),
    ],
)
def test_what_is_asked_back(words: str, code: str, case: str) -> None:
    """How often something is done, what lifts a rule or adds to the item, a measure without a value: none is guessed."""
    text = f"甲：{words}\n"
    _, found = parse_scheme(source_of("p.yaml", text), "scheme", Span(0, len(text)))

    assert [(d.code, d.case) for d in found][:1] == [(code, case)]


def test_a_word_that_stands_by_itself_is_no_slip() -> None:
    """不得分 without its condition is asked back, without a hint that would say something else."""
    text = "甲：占比＞0.6的，不得分，6个专业以内，不得分\n"
    _, found = parse_scheme(source_of("p.yaml", text), "scheme", Span(0, len(text)))

    assert [d.hint for d in found] == [None] * len(found)
