"""What is said of a line that cannot be read: code, exact stretch, and a hint that keeps the meaning."""

import re

import pytest

from engine.language.parser import parse_scheme, parse_sentence
from engine.language.parser.recogniser import reads
from engine.source import Span, source_of


def findings(text: str) -> list[tuple[str, str, str | None]]:
    """Code, the stretch of text pointed at, and the hint of each finding of a scheme."""
    source = source_of("policy.yaml", text)
    _, found = parse_scheme(source, "scheme", Span(0, len(text)))
    return [(d.code, d.place.text[d.place.column - 1 : d.place.end_column - 1], d.hint) for d in found]


@pytest.mark.parametrize(
    ("text", "code", "stretch", "hint"),
    [
        ("甲：每低规定目标一个百份点扣0.5分", "E202", "百份点", "每低规定目标一个百分点扣0.5分"),
        ("甲：dedct 1 per occurrence", "E202", "dedct", "deduct 1 per occurrence"),
        ("- round half up to 1 decimel", "E202", "decimel", "round half up to 1 decimal"),
        ("- 四舍五人保留1位小数", "E202", "四舍五人", "四舍五入保留1位小数"),
        ("甲：等全平均", "E202", "等全平均", "等权平均"),
        ("甲：每发生一次扣分", "E205", "每发生一次扣分", None),
        ("甲：deduct per occurrence", "E205", "deduct per", None),
        ("甲：目标", "E205", "目标", None),
        ("准时交付率 目标95%；每低1个百分点扣0.5分", "E206", "目", "准时交付率：目标95%；每低1个百分点扣0.5分"),
        ("顾客投诉次数每发生一次扣1分", "E206", "每", "顾客投诉次数：每发生一次扣1分"),
        ("- 等级 优秀(100-90); 良好(90-80)", "E206", "等级", "等级：优秀(100-90); 良好(90-80)"),
        ("- 等级优秀(100-90); 良好(90-80)", "E206", "等级", "等级：优秀(100-90); 良好(90-80)"),
        ("- bands Very high [90, 100]; Low [0, 90)", "E206", "bands", "bands: Very high [90, 100]; Low [0, 90)"),
        ("甲：50%，问卷Q1均值", "E207", "50%", "甲 50%：问卷Q1均值"),
        ("- 等级：优秀(100-90; 良好(90-80)", "E208", "(", None),
        ("总分 = (甲 + (乙 + 丙) / 2", "E208", "(", None),
        ("甲：每发生一次扣0。5分", "E209", "0。5", "0.5"),
        ("甲：每发生一次扣0，5分", "E209", "0，5", "0.5"),
        ("总分 = 甲*0.5 + + 乙*0.5", "E210", "甲*0.5 + + 乙*0.5", None),
        ("10086热线：次数", "E211", "10086热线", "“10086热线”：次数"),
        ("1、甲：次数", "E211", "1、", "甲：次数"),
        ("甲、、乙：次数", "E212", "甲、、乙", None),
        ("甲：投诉2次扣5分", "E213", "2次", None),
        ("甲：目标96%自2025-02-30起", "E215", "自2025-02-30起", None),
        ("甲：每发生一次扣5元", "E611", "扣5元", None),
        ("甲：质量扣2分", "E201", "质量", None),
        ("甲：轻、中、中度分别扣1、3、5分", "E201", "轻、中、中度分别扣1、3、5分", None),
        ("A+B指标 10%：次数", "E201", "A+B指标 10%", "“A+B指标” 10%：次数"),
        ("- 含土限", "E201", "含土限", None),
        ("四舍五入保留1位小数，缺数报错", "E201", "四舍五入保留1位小数，缺数报错", "- 四舍五入保留1位小数，缺数报错"),
        ("各项：1-5分折合20-100分", "E201", "各项", "- 各项：1-5分折合20-100分"),
        ("地面 30分 有杂物每处扣3分", "E206", "有", "地面 30分：有杂物每处扣3分"),
        ("满意度 综合评价法，计算结果采取百分制", "E206", "综", "满意度：综合评价法，计算结果采取百分制"),
        ("- 四舍五入保留1位小数缺数报错", "E201", "四舍五入保留1位小数缺数报错", "四舍五入保留1位小数，缺数报错"),
        ("甲：加分可超 过满分", "E201", "加分可超 过满分", "加分可超过满分"),
        ("甲：may exceed f ull marks", "E201", "may exceed f ull marks", "may exceed full marks"),
        ("甲：权平均", "E201", "权平均", None),
        ("甲：缺计零分", "E201", "缺", None),
        ("甲：等级评审每逾期l1周(含不足1周)不得分", "E201", "等级评审每逾期l1周(含不足1周)不得分", None),
        ("甲：deduct from I.34", "E201", "deduct from I.34", None),
        ("甲：0-24分折合.66至-34.12分", "E201", "0-24分折合.66至-34.12分", None),
        ("甲：r ound down to 2 decimals", "E201", "r ound down to 2 decimals", "round down to 2 decimals"),
        ("甲：round doown too 2 decimals", "E201", "round doown too 2 decimals", None),
        ("环境 2O%：得分", "E209", "O", None),
        ("环境 l0分：实得分", "E209", "l0", None),
        ("环境 6O分：实得分", "E209", "O", None),
        ("环境 0·3：得分", "E209", "0·3", "0.3"),
        ("环境 20次：得分", "E201", "环境 20次", None),
        ("- 注：依据5.3。- 一票否决：事故≥1，得0分", "E105", "- 一票否决：事故≥1，得0分", None),
        ("甲：目标96%自0224-01-01起", "E215", "自0224-01-01起", None),
        ("甲：每发生一次扣1分，每发生一次扣1分", "E109", "每发生一次扣1分", None),
        ("甲：达达到98%得满分", "E201", "达", None),
    ],
)
def test_one_mistake(text: str, code: str, stretch: str, hint: str | None) -> None:
    """One mistake gives one finding, at the faulty stretch, with the text to write instead."""
    assert findings(text) == [(code, stretch, hint)]


def test_a_misspelt_effect_is_no_part_of_a_subject() -> None:
    """不得份 for 不得分: the rule before it is told, and does not become the subject of the rule behind it."""
    said = findings("台账：未建立的，不得份；缺页的，扣2分\n")
    assert [(code, stretch) for code, stretch, _ in said] == [("E201", "未建立的"), ("E201", "不得份")]
    assert findings("台账：未建立的，不得分；缺页的，扣2分\n") == []


def test_grades_may_all_be_called_by_the_word_for_them() -> None:
    """等级A(100-90)；等级B(90-80) has lost no colon."""
    assert findings("总分：得分\n  - 等级A(100-90)；等级B(90-0)\n") == []


def test_a_bad_line_never_hides_its_neighbours() -> None:
    """Every bad line of a scheme is found in one run."""
    text = "总分：等权平均\n  甲：看情况\n  乙：每发生一次扣分\n  丙：得分\n  10086：次数\n"

    assert [code for code, *_ in findings(text)] == ["E201", "E205", "E211"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("总分：等权平均\n    甲：得分\n  乙：得分\n", ["E104"]),
        ("总分：等权平均\n   甲：得分\n乙：得分\n丙：等权平均\n  丁：得分\n  戊：得分\n", ["E104"]),
        ("- 缺数报错\n  - 按修约值定级\n总分：得分\n", ["E105"]),
        ("总分：等权平均\n  甲、乙：等权平均\n    丙：得分\n", ["E106"]),
        ("总分：等权平均\n  甲：得分\n    乙：得分\n", ["E107"]),
        ("总分：\n", ["E108"]),
        ("总分：等权平均，加权平均\n  甲：得分\n", ["E109"]),
        ("- 缺数报错，缺数计零分\n总分：得分\n", ["E109"]),
        ("总分：得分\n- 缺数报错\n", ["E112"]),
        ("总分：等权平均\n  服務(wù)：得分\n", ["W107"]),
        ("总分：等权平均\n  服\u200b务：得分\n", ["W103"]),
        ("总分：等权平均，\n  收集部门：质量部\n甲：得分\n", ["W110"]),
        ("总分：等权平均\n  - 注：取自上年。质量：得分\n  服务：得分\n", ["W110"]),
        ("总分：等权平均\n  - 注：取自上年。质量 40%\n  服务：得分\n", ["W110"]),
        ("总分：等权平均\n  - 注：取自上年。接待———交车\n  服务：得分\n", ["W110"]),
        ("总分：等权平均\n  - 注：扣分办法：按台账\n  服务：得分\n", []),
        ("总分：等权平均\n  质量：得分，依据ISO 9001:2015\n  价格：得分，依据5.1 a)\n", []),
        ("总分：等权平均\n  质量：得分，依据5.1（三2\n  价格：得分\n", ["E208"]),
        ("- 缺数报错\n总分：等权平均\n    - 依据5.1\n  - 注：一\n  价格：得分\n", []),
        ("- 缺数报错\n    - 依据5.1\n总分：等权平均\n    - 注：一\n    - 注：二\n  价格：得分\n", ["E105"]),
        ("总分：等权平均\n  质量    服务\n  价格：得分\n", ["W110"]),
        ("总分：加权平均\n  质量    60%：得分\n  服务    权重40%：得分\n", []),
        ("总分：等权平均\n  质量：得分，依据5.3服务 = 质量 - 价格\n  价格：得分\n", ["E231"]),
    ],
)
def test_layout(text: str, codes: list[str]) -> None:
    """Indentation, bullets and invisible characters: each fault has its code."""
    assert [code for code, *_ in findings(text)] == codes


def test_positions_survive_what_is_cut_out() -> None:
    """A finding behind pasted pinyin and an invisible character still points at its own characters."""
    found = findings("服務(wù)\u200b态度：等全平均\n")

    assert ("E202", "等全平均", "等权平均") in found


SENTENCES = (
    "每低规定目标值一个百分点各扣0.5分",
    "每发生一次扣1分",
    "超出规定响应时间发生一次扣0.2分",
    "最多扣10分",
    "四舍五入保留1位小数",
    "缺数按其余权重归一",
    "不足一步按比例扣分",
    "1-5分折合20-100分",
    "规定时限24小时",
    "达到98%得满分",
    "deduct 0.5 per 1 pp below target",
    "round half even to 2 decimals",
    "at most 20",
)


@pytest.mark.parametrize("right", SENTENCES)
def test_a_hint_never_changes_the_meaning(right: str) -> None:
    """Lose, double or replace any character but a digit: a hint, where there is one, says what was meant."""
    meant = reads(right)
    for at, character in enumerate(right):
        if character.isdigit() or (character == "." and right[at - 1].isdigit()):
            continue
        for wrong in (
            right[:at] + right[at + 1 :],
            right[:at] + character + right[at:],
            right[:at] + "口" + right[at + 1 :],
        ):
            hints = [hint for _, _, hint in findings(f"甲：{wrong}\n") if hint and reads(hint) is not None]
            assert [reads(hint) for hint in hints] == [meant] * len(hints), (wrong, hints)


@pytest.mark.parametrize("right", SENTENCES)
def test_a_slip_is_never_understood_as_something_else(right: str) -> None:
    """A replaced character that is no digit leaves the sentence as it was, or it is refused (or names something)."""
    meant = reads(right)
    for at, character in enumerate(right):
        if not character.isdigit() and character not in ".-%":
            said = reads(right[:at] + "口" + right[at + 1 :])
            assert said is None or _without_names(said) == _without_names(meant), right[:at] + "口" + right[at + 1 :]


def _without_names(said: object) -> str:
    """What a sentence says but for what it calls things."""
    named = re.sub(r"noun='[^']*'", "noun", re.sub(r"subject=(None|Name\([^()]*\))", "subject", repr(said)))
    return re.sub(r"Name\([^()]*\)", "Name", named)


def test_a_sentence_by_itself() -> None:
    """A single cell is read without a policy; what is no sentence raises."""
    assert parse_sentence("每缺一项扣2分")
    with pytest.raises(ValueError, match="看情况"):
        parse_sentence("看情况")


@pytest.mark.parametrize(
    ("text", "odd", "expected"),
    [
        ("总分：等权平均\n    甲：得分\n  乙：得分\n  丙：得分\n", 2, "2"),  # the first below its heading is alone
        (
            "总分：等权平均\n  甲：等权平均\n    丁：得分\n乙：等权平均\n    戊：得分\n    己：得分\n  丙：得分\n",
            4,
            "2",
        ),  # 乙 left
        (
            "总分：等权平均\n  甲：等权平均\n     丁：得分\n  乙：得分\n  丙：得分\n",
            3,
            "4、6",
        ),  # the only odd number of blanks
        (
            "总分：得分\n - 依据1\n  - 收集部门：质量部\n  - 注：一\n  - 注：二\n",
            2,
            "2",
        ),  # of bullets the one that differs
    ],
)
def test_the_line_that_moved_is_named(text: str, odd: int, expected: str) -> None:
    """Where lines do not line up the finding is at the one that moved, not at the next that no longer fits."""
    _, found = parse_scheme(source_of("policy.yaml", text), "scheme", Span(0, len(text)))

    assert [(d.code, d.place.line, d.args["expected"]["zh"]) for d in found] == [("E104", odd, expected)]


def test_the_odd_line_is_named() -> None:
    """Of lines that do not line up the one that differs from the others is told, wherever it stands."""
    text = "总分：等权平均\n   甲：得分\n  乙：得分\n  丙：得分\n"
    _, found = parse_scheme(source_of("policy.yaml", text), "scheme", Span(0, len(text)))

    assert [(d.code, d.place.line, d.args["indent"]) for d in found] == [("E104", 2, "3")]
