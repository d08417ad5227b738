"""What must be true of every scheme and all measures: order, direction, range, irrelevance, and that sums re-add."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from numbers import Rational
from random import Random

from hypothesis import given, strategies as st

from engine.evaluation.assessment import score
from engine.evaluation.given import Given
from engine.evaluation.result import Assessment, State
from engine.language.policy import Combined, Deducted, Policy
from engine.language.syntax import Kind, Method, Outcome
from tests.properties.schemes import LEAVES, LINEAR, MONOTONE, PARTS, Part, heading, laid_out, measures_of, weighted

F = Fraction
Drawn = tuple[Policy, Mapping[str, Given]]


def _with_measures(policy: Policy) -> st.SearchStrategy[Drawn]:
    return st.tuples(st.just(policy), measures_of(policy))


def _with_gaps(policy: Policy) -> st.SearchStrategy[Drawn]:
    return st.tuples(st.just(policy), measures_of(policy, gaps=True))


def _assessed(policy: Policy, measures: Mapping[str, Given]) -> Assessment:
    return score(policy, policy.schemes[0], measures)


COMPLETE = PARTS.map(laid_out).flatmap(_with_measures)
GAPPED = st.tuples(PARTS, st.sampled_from(Outcome)).map(lambda drawn: laid_out(*drawn)).flatmap(_with_gaps)


@given(COMPLETE)
def test_a_scheme_with_all_its_measures_has_a_score_from_nothing_to_full_marks(drawn: Drawn) -> None:
    """Every scored node lies between 0 and its full marks, and the result has a grade."""
    found = _assessed(*drawn)
    assert found.state is State.VALUE
    assert found.grade is not None
    for node in found.nodes:
        if node.score is not None:
            assert node.full is not None
            assert 0 <= node.score <= node.full


@given(GAPPED)
def test_whatever_is_missing_nothing_raises_and_nothing_is_silently_zero(drawn: Drawn) -> None:
    """There is a score, or a state with its reason; a missing value is a 0 only where the policy puts it there."""
    policy, measures = drawn
    found = _assessed(policy, measures)
    assert (found.score is None) is (found.state is not State.VALUE)
    for node in found.nodes:
        assert (node.reason == "") is (node.state is State.VALUE and not node.substituted)
        if measures.get(node.path, 0) is None and not node.substituted:
            assert node.state is State.MISSING or node.reason == "zero marks need a cap"


@given(COMPLETE, st.randoms(use_true_random=False))
def test_the_order_of_siblings_decides_nothing(drawn: Drawn, random: Random) -> None:
    """The children of every heading in another order give the same score and the same value at every node."""
    policy, measures = drawn
    scheme = policy.schemes[0]
    turned = {
        path: replace(i, children=tuple(random.sample(i.children, len(i.children))))
        for path, i in scheme.indicators.items()
    }
    other = replace(policy, schemes=(replace(scheme, indicators=turned),))
    one, two = _assessed(policy, measures), _assessed(other, measures)
    assert (one.exact, one.grade) == (two.exact, two.grade)
    assert {n.path: (n.score, n.loss) for n in one.nodes} == {n.path: (n.score, n.loss) for n in two.nodes}


@given(MONOTONE.map(laid_out).flatmap(_with_measures), st.data())
def test_one_more_complaint_never_helps_and_a_better_answer_never_hurts(drawn: Drawn, data: st.DataObject) -> None:
    """More occurrences never raise the score, higher ratings never lower it."""
    policy, measures = drawn
    path = data.draw(st.sampled_from(sorted(measures)))
    value = measures[path]
    assert isinstance(value, Rational)
    before = _assessed(policy, measures).exact
    assert before is not None
    if policy.schemes[0].indicators[path].kind is Kind.COUNT:
        worse = _assessed(policy, {**measures, path: value + 1}).exact
        assert worse is not None
        assert worse <= before
    else:
        most = {Kind.RATING: F(5), Kind.SCORE: policy.schemes[0].indicators[path].full}.get(
            policy.schemes[0].indicators[path].kind, F(100)
        )
        better = _assessed(policy, {**measures, path: min(most, value + F(1, 10))}).exact
        assert better is not None
        assert better >= before


@given(LINEAR.filter(lambda part: bool(part.children)).map(laid_out).flatmap(_with_measures))
def test_contributions_and_effective_weights_rebuild_the_score(drawn: Drawn) -> None:
    """In a tree of means the leaves' contributions, and effective weight times score, add up to the exact score."""
    found = _assessed(*drawn)
    leaves = [n for n in found.nodes if not any(other.path.startswith(f"{n.path}/") for other in found.nodes)]
    assert sum((_of(n.contribution) for n in leaves), F(0)) == found.exact
    assert sum((_of(n.effective) * _of(n.score) for n in leaves), F(0)) == found.exact
    assert sum((_of(n.effective) for n in leaves), F(0)) == 1


def _of(number: Fraction | None) -> Fraction:
    assert number is not None
    return number


@given(COMPLETE)
def test_the_lines_of_an_item_rebuild_its_loss(drawn: Drawn) -> None:
    """Inside a deduction the points of the lines add up to what was taken, and the losses to the heading's."""
    policy, measures = drawn
    found = {node.path: node for node in _assessed(policy, measures).nodes}
    for path, indicator in policy.schemes[0].indicators.items():
        if not isinstance(indicator.value, Deducted):
            continue
        parts = [found[child] for child in indicator.children]
        for part in parts:
            assert -sum((line.points for line in part.lines), F(0)) == part.loss
        assert found[path].score == max(F(0), indicator.full - sum((_of(part.loss) for part in parts), F(0)))


@given(st.lists(LEAVES, min_size=2, max_size=4), st.data())
def test_a_part_without_weight_does_not_matter(parts: list[Part], data: st.DataObject) -> None:
    """Whatever a part of weight 0 measured, the score is the same."""
    policy = laid_out(weighted(tuple(parts), [0, *(n + 1 for n in range(len(parts) - 1))]))
    one = data.draw(measures_of(policy))
    two = {**one, "总分/0": data.draw(measures_of(policy))["总分/0"]}
    assert _assessed(policy, one).exact == _assessed(policy, two).exact


@given(st.lists(LEAVES, min_size=1, max_size=5), st.data())
def test_equal_weights_are_a_weighted_mean_with_equal_weights(parts: list[Part], data: st.DataObject) -> None:
    """等权平均 of n parts is 加权平均 with 1/n each."""
    equal = laid_out(heading(Combined(method=Method.EQUAL), tuple(parts)))
    alike = laid_out(weighted(tuple(parts), [1] * len(parts)))
    measures = data.draw(measures_of(equal))
    assert _assessed(equal, measures).exact == _assessed(alike, measures).exact


@given(st.lists(LEAVES, min_size=2, max_size=5), st.data())
def test_leaving_out_is_the_scheme_without_the_part(parts: list[Part], data: st.DataObject) -> None:
    """Under 归一 a missing last part gives the score of the scheme that never had it."""
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(parts), max_size=len(parts)))
    whole = laid_out(weighted(tuple(parts), weights), Outcome.RENORMALISE)
    without = laid_out(weighted(tuple(parts[:-1]), weights[:-1]))
    measures = data.draw(measures_of(without))
    assert _assessed(whole, measures).exact == _assessed(without, measures).exact


@given(COMPLETE)
def test_every_step_has_its_value_in_the_trace(drawn: Drawn) -> None:
    """Each node's last step that is a score holds the node's score."""
    for node in _assessed(*drawn).nodes:
        assert node.steps
        if node.score is not None:
            assert node.score in [step.value for step in node.steps]
