"""How each kind of indicator is calculated on paper; every figure was worked out by hand."""

from pathlib import Path

import pytest

from engine.evaluation.assessment import score
from engine.evaluation.result import Result
from engine.language.policy_file import read_policy
from engine.report.explanation import render_explanation

HEAD = 'rubric: 1\npolicy: p\ntitle: 例\nlang: {lang}\nversion: "1"\nscheme: |\n'


@pytest.fixture
def explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The explanation of a scheme with measures given by name, without places, as lines."""
    monkeypatch.chdir(tmp_path)  # a short path: a long one would be folded and hide the line it stands on

    def explain(scheme: str, measures: dict[str, object], lang: str = "zh") -> list[str]:
        path = Path("p.yaml")
        path.write_text(
            HEAD.format(lang=lang) + "".join(f"  {line}\n" for line in scheme.splitlines()), encoding="utf-8"
        )
        read = read_policy(path)
        assert read.policy is not None, read.diagnostics
        assessment = score(read.policy, read.policy.schemes[0], measures)
        result = Result(engine="", policy={}, as_of="", data=(), assessments=(assessment,))
        lines = render_explanation(read.policy, result, (), lang).splitlines()[2:]
        return [line for line in lines if "p.yaml:" not in line and not line.lstrip().startswith("[")]

    return explain


ROUND = "- 四舍五入保留2位小数，缺数报错，不足一步不扣分\n"


def test_fuzzy_evaluation_by_weighted_average(explained) -> None:
    """Each grade's share from its parts' shares and weights, and the score from the grades' values."""
    scheme = ROUND + (
        "总体满意度\n"
        "  - 模糊综合评价：满意=100、一般=60；加权平均算子；按等级分值\n"
        "  知名度 0.3：问卷C1分布，1-2分制\n"
        "  环境 0.7：问卷C2分布，1-2分制"
    )
    assert explained(scheme, {"知名度": ["1/2", "1/2"], "环境": [1, 0]}) == [
        "总体满意度 = 94.00",
        "    隶属度：加权平均算子",
        "      满意：0.5 × 30% + 1 × 70% = 0.85",
        "      一般：0.5 × 30% + 0 × 70% = 0.15",
        "    按等级分值：100 × 0.85 + 60 × 0.15 = 94",
        "    四舍五入保留2位小数：94 → 94.00",
        "  知名度",
        "      隶属度：满意 0.5，一般 0.5",
        "  环境",
        "      隶属度：满意 1，一般 0",
    ]


def test_fuzzy_evaluation_by_max_min(explained) -> None:
    """The largest of the smaller of weight and share, then normalised: 0.7 and 0.3 are 0.7 and 0.3."""
    scheme = ROUND + (
        "总体满意度\n"
        "  - 模糊综合评价：满意=100、一般=60；取大取小算子；按最大隶属度\n"
        "  知名度 0.3：问卷C1分布，1-2分制\n"
        "  环境 0.7：问卷C2分布，1-2分制"
    )
    assert explained(scheme, {"知名度": [0, 1], "环境": [1, 0]})[1:5] == [
        "    隶属度：取大取小算子",
        "      满意：max(min(30%, 0), min(70%, 1)) → 归一后 0.7",
        "      一般：max(min(30%, 1), min(70%, 0)) → 归一后 0.3",
        "    取隶属度最大的等级 = 100",
    ]


def test_items_add_up(explained) -> None:
    """Observed points and answered questions are added; a yes is its item's points."""
    scheme = ROUND + (
        "暗访：满分10分，逐项得分\n  环境 7分\n  专区 3分\n    设有专席 1分：是否\n    有人值守 2分：是否"
    )
    assert explained(scheme, {"环境": "5.5", "设有专席": 1, "有人值守": 1}) == [
        "暗访 = 8.50",
        "    5.5 + 3 = 8.5",
        "    四舍五入保留2位小数：8.5 → 8.50",
        "  环境 = 5.50",
        "      权重70%，有效权重70%，贡献5.5",
        "      收集的值 = 5.5分",
        "  专区 = 3.00",
        "      权重30%，有效权重30%，贡献3",
        "      1 + 2 = 3",
        "    设有专席 = 1.00",
        "        权重≈33.3333%，有效权重10%，贡献1",
        "        收集的值 = 是",
        "    有人值守 = 2.00",
        "        权重≈66.6667%，有效权重20%，贡献2",
        "        收集的值 = 是",
        "        按测量值计分 = 2",
    ]


def test_an_item_with_its_own_points(explained) -> None:
    """Base, deductions, cap: 10 - 4 for two whole steps; 3 x 3 = 9 points are capped at 5."""
    scheme = ROUND + (
        "考核：满分20分，逐项得分\n"
        "  合格率 10分：达到98%得满分，每低1个百分点扣2分，低于90%不得分，目标98%\n"
        "  投诉 10分：每发生一次扣3分，最多扣5分"
    )
    lines = explained(scheme, {"合格率": "95.5", "投诉": 3})
    assert lines[:2] == ["考核 = 11.00", "    6 + 5 = 11"]
    assert [line.strip() for line in lines[5:]] == [
        "收集的值 = 95.5%",
        "达到98%得满分（第9行）",
        "实测95.5%，不符合，不计",
        "每低1个百分点扣2分（第9行）",
        "目标98%，实测95.5%，差2.5个百分点，合2.5步，计2步，每步2分，扣4分",
        "低于90%不得分（第9行）",
        "实测95.5%，不符合，不计",
        "得分：10 - 4 = 6",
        "投诉 = 5.00",
        "权重50%，有效权重50%，贡献5",
        "收集的值 = 3次",
        "每发生一次扣3分（第10行）",
        "实测3次，计3次，每次3分，原为9，封顶后扣5分",
        "得分：10 - 5 = 5",
    ]


def test_worst_and_geometric_mean(explained) -> None:
    """The worst of 80 and 90; the geometric mean of 80 and 45 is the root of 3600: 60."""
    scheme = ROUND + (
        "总分：等权平均\n"
        "  服务：取最低分\n    甲：得分\n    乙：得分\n"
        "  质量：几何平均\n    丙 50%：得分\n    丁 50%：得分"
    )
    lines = [line.strip() for line in explained(scheme, {"甲": 80, "乙": 90, "丙": 80, "丁": 45})]
    assert lines[1] == "等权平均：(80 + 60) ÷ 2 = 70"
    assert "取最低分：min(80, 90) = 80" in lines
    assert "几何平均：(80 × 45)^(1 ÷ 2) = 60  (算到50位有效数字)" in lines


def test_a_missing_part_is_left_out(explained) -> None:
    """Where a missing part is dropped the other weights are told as normalised."""
    scheme = (
        ROUND.replace("缺数报错", "缺数按其余权重归一")
        + "总分：加权平均\n  甲 60%：得分\n  乙 20%：得分\n  丙 20%：得分"
    )
    lines = explained(scheme, {"甲": 80, "乙": 90})
    # 60 and 20 of 80 are 75 % and 25 %: 60 + 22.5
    assert lines[:2] == ["总分 = 82.50", "    加权平均：80 × 75% + 90 × 25% = 82.5"]
    assert lines[4] == "      权重75%（方案中写60%，归一后），有效权重75%，贡献60"
    assert lines[-1] == "  丙：数据里没有"


def test_a_deduction_never_goes_below_nothing(explained) -> None:
    """More deductions than points leave 0, and the bound is told."""
    scheme = ROUND + "总分：满分10分，倒扣分\n  投诉：每发生一次扣3分\n  建议：每发生一次加1分，最多加2分"
    assert explained(scheme, {"投诉": 5, "建议": 4})[:2] == [
        "总分 = 0.00",
        "    10 - 15 + 2 = -3 → 0  (限制在0至10之间)",
    ]


def test_a_ceiling_of_a_veto(explained) -> None:
    """A veto caps the score; the score before it stays to be seen."""
    scheme = ROUND.replace("缺数报错", "按修约值定级，缺数报错，等级边界含下限") + (
        "总分：等权平均\n  - 等级：优(100-60)；差(60-0)\n  - 一票否决：欺诈次数≥1，封顶59分\n"
        "  甲：得分\n  乙：得分\n欺诈次数：次数"
    )
    lines = explained(scheme, {"甲": 80, "乙": 90, "欺诈次数": 1})
    assert lines[:4] == [
        "总分 = 59.00  差  一票否决，原为85.00 优",
        "    等权平均：(80 + 90) ÷ 2 = 85",
        "    一票否决：欺诈次数≥1，封顶59分；实测1次，生效，原为85，优",
        "    四舍五入保留2位小数：59 → 59.00",
    ]


def test_formulas_keep_their_brackets(explained) -> None:
    """Names first, then numbers, with the brackets the order of operations needs."""
    scheme = ROUND + "差距 = 甲 - (乙 - 丙) × 0.5 + 平均(甲, 丙)\n甲：得分\n乙：得分\n丙：得分"
    # 80 - (90 - 50) x 0.5 + (80 + 50) / 2 = 80 - 20 + 65
    lines = explained(scheme, {"甲": 80, "乙": 90, "丙": 50})
    assert [line.strip() for line in lines[1:3]] == [
        "甲 - (乙 - 丙) × 0.5 + 平均(甲, 丙)",
        "= 80 - (90 - 50) × 0.5 + 平均(80, 50) = 125",
    ]


def test_an_item_inside_a_deduction_takes_what_it_lost(explained) -> None:
    """A line with points of its own scores 10 - 3 and takes 3; a group is bounded by its cap."""
    scheme = ROUND + (
        "总分：满分100分，倒扣分\n"
        "  甲 10分：每发生一次扣1分\n"
        "  组：最多扣4分\n    乙：每发生一次扣2分\n    丙：每发生一次扣2分，每缺一项扣1分"
    )
    lines = [line.strip() for line in explained(scheme, {"甲": 3, "乙": 1, "丙": 2, "缺一项": 2})]
    assert lines[1] == "100 - 3 - 4 = 93"
    assert lines[lines.index("甲 = 7.00") :][4:6] == ["得分：10 - 3 = 7", "计入上一级的扣分 = 3"]
    # 2 + (2 x 2 + 2 x 1) = 8, at most 4
    assert "扣分合计：2 + 6 = 8 → 4  (最多扣4)" in lines
    assert "扣分 = 6" in lines


def test_a_rounded_indicator_and_a_logarithm(explained) -> None:
    """Rounding inside is told where it happens; a logarithm says how many digits are kept."""
    scheme = ROUND + (
        "总分：等权平均\n  甲：得分，四舍五入保留0位小数\n  乙：问卷Q1均值，取自然对数，0-1分折合0-100分，限幅"
    )
    lines = [line.strip() for line in explained(scheme, {"甲": "80.5", "乙": 1})]
    assert "四舍五入保留0位小数 = 81" in lines
    assert "取自然对数，算到50位有效数字 = 0" in lines
    assert "0至1折合0至100分：0 + (0 - 0) × (100 - 0) ÷ (1 - 0) = 0" in lines


def test_a_missing_value_that_the_policy_scores(explained) -> None:
    """缺数计零分: the score says that it was substituted."""
    scheme = ROUND.replace("缺数报错", "缺数计零分") + "总分：等权平均\n  甲：得分\n  乙：得分"
    lines = [line.strip() for line in explained(scheme, {"甲": 80})]
    assert lines[1] == "等权平均：(80 + 0) ÷ 2 = 40"
    assert "乙 = 0.00  缺数，按方案取分" in lines


def test_marks_never_fall_below_nothing(explained) -> None:
    """12 off 10 is 2 below nothing: the bound is said, no sum is wrong."""
    scheme = ROUND + "总分：满分100分，倒扣分\n  记录 10分：每缺一份扣3分\n  其他：每发生一次扣1分"
    assert "      得分：10 - 12 = -2 → 0  (限制在0至10之间)" in explained(scheme, {"记录": 4, "其他": 0})


def test_a_veto_that_changes_nothing_says_so(explained) -> None:
    """80 is below the ceiling of 81 already."""
    scheme = ROUND + "总分：等权平均\n  - 一票否决：险情≥5，封顶81分\n  质量：得分\n险情：次数"
    lines = explained(scheme, {"质量": 80, "险情": 5})
    assert lines[0] == "总分 = 80.00"
    assert "    一票否决：险情≥5，封顶81分；实测5次，生效，结果不变" in lines


def test_a_clamped_value_is_shown(explained) -> None:
    """12 on a scale of 0 to 10 counts as 10; a scale below zero has its bound in brackets."""
    scheme = ROUND + "总分：等权平均\n  客流：0-10分折合0-100分，限幅\n  推荐：问卷Q1净推荐值，-100至100折合0-100分"
    lines = [line.strip() for line in explained(scheme, {"客流": 12, "推荐": 20})]
    assert "限幅：12 → 10" in lines
    assert "0至10折合0至100分：0 + (10 - 0) × (100 - 0) ÷ (10 - 0) = 100" in lines
    assert "-100至100折合0至100分：0 + (20 - (-100)) × (100 - 0) ÷ (100 - (-100)) = 60" in lines
