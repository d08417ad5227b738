"""Formulas and schemes as they are printed."""

from fractions import Fraction as F

import pytest

from engine.language import syntax as s
from engine.language.formatter import format_expression, format_scheme
from engine.language.parser import parse_scheme
from engine.language.text import identity
from engine.source import Span, source_of


def ref(*names: str) -> s.Reference:
    """A name, or a path."""
    return s.Reference(tuple(s.Name(text, identity(text)) for text in names))


A, B, C = ref("甲"), ref("乙"), ref("丙")
PART = s.Number(F(40), percent=True)


@pytest.mark.parametrize(
    ("expression", "chinese", "english"),
    [
        (s.Binary("*", A, PART), "甲 × 40%", "甲 × 40%"),
        (s.Binary("*", s.Binary("+", A, B), PART), "(甲 + 乙) × 40%", "(甲 + 乙) × 40%"),
        (s.Binary("+", s.Binary("+", A, B), C), "甲 + 乙 + 丙", "甲 + 乙 + 丙"),
        (s.Binary("-", A, s.Binary("-", B, C)), "甲 - (乙 - 丙)", "甲 - (乙 - 丙)"),
        (s.Binary("/", A, s.Binary("*", B, C)), "甲 / (乙 × 丙)", "甲 / (乙 × 丙)"),
        (s.Negation(s.Binary("+", A, B)), "-(甲 + 乙)", "-(甲 + 乙)"),
        (s.Negation(s.Negation(A)), "-(-甲)", "-(-甲)"),
        (s.Call(s.Function.MEAN, (A, s.Binary("+", B, C))), "平均(甲、乙 + 丙)", "mean(甲, 乙 + 丙)"),
        (s.Binary("*", ref("On-time delivery"), s.Number(F("0.5"))), "On-time delivery × 0.5", "On-time delivery × 0.5"),
        (ref("客观指标", "10086热线"), "客观指标.“10086热线”", '客观指标."10086热线"'),
        (ref("平均(本月)"), "“平均(本月)”", '"平均(本月)"'),
        (s.Binary("^", s.Binary("^", A, B), C), "(甲^乙)^丙", "(甲^乙)^丙"),
        (s.Binary("^", A, s.Binary("^", B, C)), "甲^乙^丙", "甲^乙^丙"),
        (s.Negation(s.Binary("^", A, B)), "-甲^乙", "-甲^乙"),
        (s.Binary("^", s.Negation(A), B), "(-甲)^乙", "(-甲)^乙"),
        (s.Call(s.Function.SQUARE_ROOT, (s.Binary("*", A, B),)), "平方根(甲 × 乙)", "square root(甲 × 乙)"),
        (s.Choice(s.Comparison.AT_LEAST, A, B, C, A), "如果(甲 ≥ 乙、丙、甲)", "if(甲 ≥ 乙, 丙, 甲)"),
    ],
)  # fmt: skip
def test_formulas(expression: s.Expression, chinese: str, english: str) -> None:
    """Brackets and quotes stand only where they are needed."""
    assert format_expression(expression, "zh") == chinese
    assert format_expression(expression, "en") == english


WRITTEN = """\
-  四舍五入保留1位小数,缺数报错。
- 注：由本公司决定
顾客满意度总分:调查得分X40%+客观得分义60%
    - 等级: a.非常满意(100-95); b.比较满意(95-0);含下限
    - 依据5.4.3；收集部门:销售部
调查得分（重要）[survey]：加权平均
    礼貌接车 40% → 维修质量 60%
客观得分：满分100分,采用倒扣分的方式进行计算
    产品质量
        交验合格率、检验合格率：目标98%；每低规定目标值一个百分点各扣0.5分
        投诉次数 10分：每发生一次扣１分（最多扣５分）
"""
CHINESE = """\
- 四舍五入保留1位小数，缺数报错
- 注：由本公司决定
顾客满意度总分 = 调查得分 × 40% + 客观得分 × 60%
  - 等级：a.非常满意(100-95)；b.比较满意(95-0)；含下限
  - 依据5.4.3，收集部门：销售部
调查得分（重要） [survey]：加权平均
  礼貌接车 40%———维修质量 60%
客观得分：满分100分，倒扣分
  产品质量
    交验合格率、检验合格率：目标98%，每低1个百分点各扣0.5分
    投诉次数 10分：每发生一次扣1分，最多扣5分
"""
ENGLISH = """\
- round half up to 1 decimal, missing: error
- note: 由本公司决定
顾客满意度总分 = 调查得分 × 40% + 客观得分 × 60%
  - bands: a.非常满意 (100-95); b.比较满意 (95-0); lower bound included
  - basis 5.4.3, collected by 销售部
调查得分（重要） [survey]: weighted mean
  礼貌接车 40%———维修质量 60%
客观得分: deduct from 100
  产品质量
    交验合格率, 检验合格率: target 98%, deduct 0.5 each per 1 pp below target
    投诉次数 10 points: deduct 1 per occurrence, at most 5
"""


def _scheme(text: str) -> s.Scheme:
    scheme, found = parse_scheme(source_of("scheme", text), "scheme", Span(0, len(text)))
    assert found == ()
    return scheme


def test_a_scheme_is_printed_in_both_languages() -> None:
    """Layout, punctuation and words become canonical; names, keys, weights, notes and their order stay."""
    assert format_scheme(_scheme(WRITTEN), "zh") == CHINESE
    assert format_scheme(_scheme(WRITTEN), "en") == ENGLISH


@pytest.mark.parametrize("printed", [CHINESE, ENGLISH])
def test_what_is_canonical_stays(printed: str) -> None:
    """Printing what was printed changes nothing, and from one language the other is had."""
    assert format_scheme(_scheme(printed), "zh") == CHINESE
    assert format_scheme(_scheme(printed), "en") == ENGLISH
