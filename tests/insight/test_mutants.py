"""Changes of a policy that cases notice or do not."""

from pathlib import Path

from engine.insight.cases import prepare
from engine.insight.mutants import mutants, survivors
from engine.insight.testing import verdicts_of
from engine.language.syntax import Parts

POLICY = """\
rubric: 1
policy: shop
title: 门店
lang: zh
version: "1"
scheme: |
  - 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限
  总分：加权平均
    - 等级：优(100-90)；良(90-0)
    质量 60%：得分
    准时率 40%：目标98%，每低1个百分点扣2分
"""


def unnoticed(folder: Path, *cases: str) -> list[tuple[str, str, str]]:
    """The changes that no case notices: what, before and after."""
    folder.joinpath("shop.yaml").write_text(POLICY, encoding="utf-8")
    listed = "".join(f"  - name: {n}\n    {case}\n" for n, case in enumerate(cases))
    folder.joinpath("shop.test.yaml").write_text(f"rubric: 1\npolicy: shop.yaml\ncases:\n{listed}", encoding="utf-8")
    prepared = prepare(folder / "shop.test.yaml")
    assert prepared.policy is not None, prepared.diagnostics
    verdicts = verdicts_of(prepared)
    assert all(verdict.passed for verdict in verdicts)
    return [(m.what, _said(m.was), _said(m.now)) for m in survivors(prepared, verdicts)]


def _said(value: object) -> str:
    return value.name if isinstance(value, Parts) else str(value)


def case(quality: str, on_time: str, expect: str) -> str:
    """A case of the shop."""
    return f"measures: {{质量: {quality}, 准时率: {on_time}}}\n    expect: {{{expect}}}"


# Quality 80, on time 95 % lacks 3 points: 100 - 6 = 94; 80 x 60 % + 94 x 40 % = 85.6.
ONE = case("80", "95%", "score: 85.6, grade: 良")


def test_one_case_in_the_middle(tmp_path: Path) -> None:
    """The weights, the step, the points and the target are noticed; edges and part steps need values at them."""
    assert unnoticed(tmp_path, ONE) == [
        ("owner", "优", "良"),
        ("edge", "90", "91"),
        ("edge", "90", "89"),
        ("parts", "NOTHING", "WHOLE"),
        ("parts", "NOTHING", "SHARE"),
    ]


def test_cases_at_the_edges(tmp_path: Path) -> None:
    """Exactly 90 decides who owns the edge, 89.9 below it; 96.5 % lacks a step and a half, of which one counts.

    Quality 90 and on time 93 % (100 - 10 = 90) make 90. Quality 90 and 96.5 % (100 - 2 = 98) make 54 + 39.2 = 93.2.
    Quality 89.8333… cannot be written; 89.8 and 93 % make 53.88 + 36 = 89.88, reported as 89.9.
    """
    cases = (
        ONE,
        case("90", "93%", "score: 90, grade: 优"),
        case("89.8", "93%", "score: 89.9, grade: 良"),
        case("90", "96.5%", "score: 93.2, grade: 优"),
    )
    assert unnoticed(tmp_path, *cases) == []


def test_equal_scores_hide_the_weights(tmp_path: Path) -> None:
    """Where both parts score 90 no weight can be noticed."""
    found = unnoticed(tmp_path, case("90", "93%", "score: 90"))
    assert [one for one in found if one[0] == "weight"] == [("weight", "60", "55"), ("weight", "40", "35")]


def test_a_case_that_expects_nothing_notices_nothing(tmp_path: Path) -> None:
    """A case that only asks for a value lets every change pass."""
    folder = tmp_path
    everything = len(unnoticed(folder, case("80", "95%", "state: 有值")))
    policy = prepare(folder / "shop.test.yaml").policy
    assert policy is not None
    assert everything == len(mutants(policy)) == 11


RULES = """\
rubric: 1
policy: rules
title: 规则
lang: zh
version: "1"
effective: {from: 2025-01-01}
scheme: |
  - 四舍五入保留1位小数，缺数报错，不足一步不扣分
  总分 = 甲 × 40% + 乙 × 60%
    - 一票否决：事故次数≥2，得0分
  甲：满分100分，倒扣分
    投诉次数：每发生一次扣1分，最多扣10分
    整改时间：规定时限24小时，超出规定时限发生一次扣2分
    准时率：目标95%自2024-01-01起、96%自2025-01-01起；每低1个百分点扣0.5分
  乙：每提供一项得20分，最多得80分
  事故次数：次数
"""


def test_everything_that_is_a_number_is_changed(tmp_path: Path) -> None:
    """Numbers of formulas, vetoes, steps, points, caps, limits and the targets that can hold; not those of the past."""
    tmp_path.joinpath("rules.yaml").write_text(RULES, encoding="utf-8")
    text = "rubric: 1\npolicy: rules.yaml\ncases:\n  - name: A\n    measures: {}\n    expect: {state: 缺数}\n"
    tmp_path.joinpath("rules.test.yaml").write_text(text, encoding="utf-8")
    policy = prepare(tmp_path / "rules.test.yaml").policy
    assert policy is not None
    assert [(m.what, m.indicator.name, _said(m.was), _said(m.now)) for m in mutants(policy)] == [
        ("number", "总分", "2/5", "9/20"),
        ("number", "总分", "3/5", "13/20"),
        ("veto", "总分", "2", "3"),
        ("veto", "总分", "2", "1"),
        ("cap", "投诉次数", "10", "11"),
        ("step", "投诉次数", "1", "2"),
        ("points", "投诉次数", "1", "2"),
        ("limit", "整改时间", "24", "25"),
        ("limit", "整改时间", "24", "23"),
        ("points", "整改时间", "2", "4"),
        ("target", "准时率", "96", "97"),
        ("target", "准时率", "96", "95"),
        ("step", "准时率", "1", "2"),
        ("parts", "准时率", "NOTHING", "WHOLE"),
        ("parts", "准时率", "NOTHING", "SHARE"),
        ("points", "准时率", "1/2", "1"),
        ("cap", "乙", "80", "81"),
        ("step", "乙", "1", "2"),
        ("points", "乙", "20", "40"),
    ]
