"""`rubric explain --rule`: how one sentence is read, without a policy."""

import pytest

from engine.commands import main


def test_a_count(capsys) -> None:
    """When, what then, the words in both languages, and 10 − 3 × 2 = 4 by example."""
    assert main(["explain", "--rule", "每缺一项扣2分"]) == 0
    assert capsys.readouterr().out == (
        "什么情况：每发生一次，按次数计\n"
        "怎样计分：扣2分\n"
        "\n"
        "中文写法：每发生一次扣2分\n"
        "英文写法：deduct 2 per occurrence\n"
        "\n"
        "算一算：\n"
        "  指标 = 4.00\n"
        "      收集的值 = 3次\n"
        "      每缺一项扣2分\n"
        "        实测3次，计3次，每次2分，扣6分\n"
        "      得分：10 - 6 = 4\n"
    )


def test_lateness_with_other_points(capsys) -> None:
    """A limit that the sentence leaves out is supposed and said: 5 days are 2 late, 20 − 2 × 2 = 16."""
    assert main(["explain", "--rule", "2 points off for each day late", "--points", "20"]) == 0
    assert capsys.readouterr().out == (
        "when: per day late, by the time taken\n"
        "then: deduct 2\n"
        "\n"
        "in Chinese: 每逾期1天扣2分\n"
        "in English: deduct 2 per day late\n"
        "not said, supposed here: time limit 3 days\n"
        "\n"
        "an example:\n"
        "  Item = 16.00\n"
        "      as collected = 5 days  (rows: 1)\n"
        "      beyond the limit: 1\n"
        "      2 points off for each day late\n"
        "        limit 3 days, over by 2 days, 2 counted, 2 each, deduct 4\n"
        "      score: 20 - 4 = 16\n"
    )


@pytest.mark.parametrize(
    ("rule", "result"),
    [
        ("每低1个百分点扣0.5分", "指标 = 9.00"),  # 95 − 92.5 = 2.5 points, two whole steps: 10 − 2 × 0.5
        ("优秀率30%以上得8分，低于30%不得分", "指标 = 8.00"),
        ("优秀率达到30%得8分，否则不得分", "指标 = 8.00"),
        ("有预案得10分", "指标 = 10.00"),  # otherwise no marks, which is supposed
        ("及时率98%及以上得20分，低于98%不得分", "指标 = 20.00"),  # the full marks are those of the rule
        ("80-100分为合格，79分以下为不合格", "指标 = 1  不合格"),  # whole scores are supposed
        ("损坏公物的酌情扣3至6分", "指标 = 7.00"),  # 3 is the least that the assessor may take: 10 − 3
        ("发现一处扣3分，最多扣5分", "指标 = 5.00"),  # 3 × 3 = 9, at most 5
        ("deduct 40% of its points if the logbook is torn", "Item = 6.00"),
        ("Below 80%: 0 points", "Item = 0.00"),
        ("得分=20分×(1-退货率)", "指标 = 19.00"),  # 20 × (1 − 0.05)
        ("得分=(基准价/报价)×30%×100", "指标 = 26.67"),  # 80 ÷ 90 × 30 = 26.666…
        ("实际产量/计划产量×45分", "指标 = 40.00"),  # 80 ÷ 90 × 45
        ("质量×40%+服务×60%", "指标 = 86.00"),  # 80 × 0.4 + 90 × 0.6
        ("Score = (lowest price / price) x 27", "Item = 24.00"),  # 80 ÷ 90 × 27
        ("its score = 9 points x (1 - defect rate)", "Item = 8.55"),  # 9 × 0.95
        ("登记不全的酌情扣1-4分", "指标 = 9.00"),  # 1 is the least that the assessor may take
        ("未登记扣1分，每逾期1天扣2分", "指标 = 5.00"),  # 10 − 1 − 2 × 2
        ("4 minutes or less: 9 points, over 4 minutes: no points", "Item = 9.00"),
        ("Each damaged seal results in a 2 point deduction", "Item = 4.00"),
        ("marks in proportion to the target", "Item = 9.47"),  # 90 ÷ 95 × 10
    ],
)
def test_an_example_calculation(rule: str, result: str, capsys) -> None:
    """The example is one on which the rule acts."""
    assert main(["explain", "--rule", rule]) == 0
    assert capsys.readouterr().out.split(":\n" if rule.isascii() else "：\n")[-1].splitlines()[0].strip() == result


def test_two_readings_are_refused_as_check_refuses_them(capsys) -> None:
    """The finding is placed in the sentence itself and shows both sentences to choose from; exit code 1."""
    assert main(["explain", "--rule", "5 points per visit"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("--rule:1:1: E213 error: “deduct 5 points per visit” or “add 5 points per visit”?")
    assert "    5 points per visit\n    ^^^" in out


def test_a_reading_with_a_finding_beside_it(capsys) -> None:
    """Half of a scale is read, and what it leaves out is said as `check` says it; exit code 1."""
    assert main(["explain", "--rule", "97% or better: 9 points; 90% to 97%: 5 points"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("when: once, if the value is 97% and above\nthen: score 9\n")
    assert "--rule:1:1: E507 error: " in out


def test_what_one_range_leaves_out_is_supposed(capsys) -> None:
    """One range with marks alone: all others have none, and the reading says that it supposes so."""
    assert main(["explain", "--rule", "97% or better: 9 points"]) == 0
    out = capsys.readouterr().out
    assert "not said, supposed here: otherwise no marks" in out
    assert "Item = 9.00" in out


def test_the_language_may_be_chosen(capsys) -> None:
    """--lang decides over the language of the sentence."""
    assert main(["explain", "--rule", "deduct 1 per stain", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("什么情况：每发生一次，按次数计\n怎样计分：扣1分\n")
