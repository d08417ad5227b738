"""What must be true of every checked policy and all data that are valid for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings, strategies as st

from engine.evaluation.assessment import assess
from engine.evaluation.result import Assessment, Result, State
from engine.language.policy_file import read_policy
from tests.properties.assessments import Drawn, assessments, data_of, policy_text, write

# The twins that people type without noticing: full width and half width.
HALF_WIDTH = str.maketrans("：，；（）％", ":,;()%")


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def _assessed(drawn: Drawn, files: dict[str, list[str]]) -> Result:
    with _folder() as folder:
        read = read_policy(write(folder, drawn, files))
        assert read.policy is not None, (drawn.scheme, read.diagnostics)
        return assess(read.policy, folder)


def _only(result: Result) -> Assessment:
    (assessment,) = result.assessments
    return assessment


@given(assessments())
def test_a_policy_that_decides_everything_checks_clean(drawn: Drawn) -> None:
    """Nothing is found in a policy that uses the language as it is meant."""
    with _folder() as folder:
        path = folder / "policy.yaml"
        path.write_text(policy_text(drawn), encoding="utf-8")
        found = read_policy(path).diagnostics
    assert [(finding.code, str(finding.place)) for finding in found if finding.severity == "error"] == []


@settings(max_examples=30)
@given(assessments().flatmap(lambda drawn: st.tuples(st.just(drawn), data_of(drawn))))
def test_a_checked_policy_and_valid_data_give_a_score(drawn_data: tuple[Drawn, dict[str, list[str]]]) -> None:
    """A checked policy never fails because of the policy: there is a score, from 0 to full marks."""
    assessment = _only(_assessed(*drawn_data))
    assert assessment.state is State.VALUE
    assert assessment.score is not None
    assert Fraction(0) <= assessment.score <= Fraction(100)


@settings(max_examples=20)
@given(
    assessments().flatmap(lambda drawn: st.tuples(st.just(drawn), data_of(drawn))), st.randoms(use_true_random=False)
)
def test_the_order_of_rows_decides_nothing(
    drawn_data: tuple[Drawn, dict[str, list[str]]], random: st.DataObject
) -> None:
    """The rows of every file in another order give the same assessment, step by step."""
    drawn, files = drawn_data
    shuffled = {name: [head, *random.sample(rows, len(rows))] for name, (head, *rows) in files.items()}
    assert _assessed(drawn, files).assessments == _assessed(drawn, shuffled).assessments


SHOPS = """rubric: 1
policy: shops
title: 例
lang: zh
version: "1"
units: {by: [大区, 分店], total: pooled, subtotals: true}
data: {survey: {kind: responses, file: 调查表.csv, questions: {Q1: 1、质量, Q2: 2、服务}, answers: 1-5}}
scheme: |
  - 四舍五入保留1位小数，缺数按其余权重归一
  总分：等权平均
    - 各项：1-5分折合20-100分，至少2个有效值，否则不评
    质量：问卷Q1均值
    服务：问卷Q2均值
report: {rank: [units, indicators], segments: [性别], suppress: {below: 2}, compare: [{name: 目标, values: {总分: 70}}]}
"""
ANSWERS = st.tuples(*map(st.sampled_from, (("东", "西", ""), "甲乙丙", ("男", "女", ""), "12345", ("1", "4", ""))))


@settings(max_examples=20)
@given(st.lists(ANSWERS, min_size=1, max_size=30).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_ranks_segments_and_small_groups_do_not_know_the_order_of_rows(
    rows: tuple[list[tuple[str, ...]], list[tuple[str, ...]]],
) -> None:
    """Units, subtotals, ranks, gaps, segments and what is not shown are byte for byte the same in any order of rows."""
    printed: set[str] = set()
    for order in rows:
        with _folder() as folder:
            lines = ["大区,分店,性别,1、质量,2、服务", *map(",".join, order)]
            (folder / "调查表.csv").write_text("\n".join(lines), encoding="utf-8")
            (folder / "policy.yaml").write_text(SHOPS, encoding="utf-8")
            policy = read_policy(folder / "policy.yaml").policy
            assert policy is not None
            printed.add("\n".join(map(repr, assess(policy, folder).assessments)))
    assert len(printed) == 1


@settings(max_examples=20)
@given(assessments().flatmap(lambda drawn: st.tuples(st.just(drawn), data_of(drawn))))
def test_rows_are_conserved(drawn_data: tuple[Drawn, dict[str, list[str]]]) -> None:
    """Every row of every file is accounted for: valid, invalid, or out of period."""
    drawn, files = drawn_data
    for account in _assessed(drawn, files).data:
        assert account.rows == len(files[Path(account.file).name]) - 1
        assert account.rows == account.valid + sum(account.invalid.values()) + account.out_of_period


@settings(max_examples=20)
@given(assessments().flatmap(lambda drawn: st.tuples(st.just(drawn), data_of(drawn))))
def test_width_says_nothing(drawn_data: tuple[Drawn, dict[str, list[str]]]) -> None:
    """Punctuation typed in full or in half width gives the same score and the same grade."""
    drawn, files = drawn_data
    half = Drawn(scheme=drawn.scheme.translate(HALF_WIDTH), values=drawn.values, questions=drawn.questions)
    first, second = _only(_assessed(drawn, files)), _only(_assessed(half, files))
    assert (first.exact, first.score, first.grade) == (second.exact, second.score, second.grade)
