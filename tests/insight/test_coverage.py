"""What no case reaches."""

from pathlib import Path

from engine.insight.cases import prepare
from engine.insight.coverage import unreached
from engine.insight.testing import verdicts_of

POLICY = """\
rubric: 1
policy: office
title: 窗口服务
lang: zh
version: "1"
scheme: |
  - 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限
  总分：满分100分，倒扣分
    - 等级：优(100-90)；良(90-60)；差(60-0)
    - 一票否决：泄密次数≥1，定为差
    投诉次数：每发生一次扣5分，最多扣20分
    迟到次数：每发生一次扣1分
    考勤：空岗一人扣2分；脱岗一人扣3分；最多扣10分
  泄密次数：次数
"""


def left_open(folder: Path, *cases: str, policy: str = POLICY) -> list[tuple[str, str, str]]:
    """What the cases (their measures) do not reach: what, indicator and words."""
    folder.joinpath("office.yaml").write_text(policy, encoding="utf-8")
    listed = "".join(
        f"  - name: {n}\n    measures: {{{case}}}\n    expect: {{state: 有值}}\n" for n, case in enumerate(cases)
    )
    folder.joinpath("office.test.yaml").write_text(
        f"rubric: 1\npolicy: office.yaml\ncases:\n{listed}", encoding="utf-8"
    )
    prepared = prepare(folder / "office.test.yaml")
    assert prepared.policy is not None, prepared.diagnostics
    return [(one.what, one.indicator.name, one.said) for one in unreached(prepared.policy, verdicts_of(prepared))]


FINE = "投诉次数: 0, 迟到次数: 0, 考勤/空岗: 0, 考勤/脱岗: 0, 泄密次数: 0"
# 25 points cut to 20, 20 points for coming late, 8 + 9 = 17 points cut to 10: 100 - 50 = 50, and a veto.
WORST = "投诉次数: 5, 迟到次数: 20, 考勤/空岗: 4, 考勤/脱岗: 3, 泄密次数: 1"


def test_nothing_happened(tmp_path: Path) -> None:
    """Where nothing is deducted no rule acts; caps of rules that never act are not named twice."""
    assert left_open(tmp_path, FINE) == [
        ("band", "总分", "良"),
        ("band", "总分", "差"),
        ("veto", "总分", "一票否决：泄密次数≥1，定为差"),
        ("rule", "投诉次数", "每发生一次扣5分"),
        ("rule", "迟到次数", "每发生一次扣1分"),
        ("rule", "考勤", "空岗一人扣2分"),
        ("rule", "考勤", "脱岗一人扣3分"),
    ]


def test_everything_happened(tmp_path: Path) -> None:
    """With caps filled and the veto applied only the bands above are left; 50 points lie in the lowest by themselves."""
    assert left_open(tmp_path, WORST) == [("band", "总分", "优"), ("band", "总分", "良")]


def test_a_cap_that_is_not_filled(tmp_path: Path) -> None:
    """Rules that act below their cap leave the cap open: 5 of at most 20 points. The scores are 100, 65 and 73."""
    some = "投诉次数: 1, 迟到次数: 20, 考勤/空岗: 1, 考勤/脱岗: 0, 泄密次数: 0"
    assert left_open(tmp_path, FINE, WORST.replace("投诉次数: 5", "投诉次数: 1"), some) == [
        ("band", "总分", "差"),
        ("cap", "投诉次数", ""),
    ]


def test_the_most_that_is_earned(tmp_path: Path) -> None:
    """Two projects earn 10 of at most 15 points; four would earn 20 and are held at 15."""
    scheme = "  总分：满分30分，逐项得分\n    业绩 30分：每提供一项得5分，最多得15分\n"
    policy = POLICY[: POLICY.index("  总分")] + scheme
    assert left_open(tmp_path, "业绩: 2", policy=policy) == [("earning cap", "业绩", "")]
    assert left_open(tmp_path, "业绩: 2", "业绩: 4", policy=policy) == []


def test_what_never_had_a_value(tmp_path: Path) -> None:
    """An indicator that is missing in every case is named as a line, and nothing more is said of its rules."""
    (first, *_) = left_open(tmp_path, FINE.replace("迟到次数: 0, ", ""))
    assert first == ("line", "总分", "")
