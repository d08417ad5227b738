"""The calculation as a tree."""

from dataclasses import replace
from fractions import Fraction

import pytest

from engine.insight.trace import Entry, besides, find, known_names, standing, trace
from tests.report.sample import (
    ACCIDENTS,
    ASSESSMENT,
    COMPLAINTS,
    DELIVERY,
    NODES,
    OBJECTIVE,
    PRODUCT,
    QUALITY,
    RATE,
    SCHEME,
    SURVEY,
    TOTAL,
)

F = Fraction


def _paths(entry: Entry) -> list[str]:
    return [entry.indicator.path, *(path for part in entry.parts for path in _paths(part))]


def test_the_tree_follows_formulas_and_headings() -> None:
    """The result first, then what its formula reads, each with its parts, in the policy's order."""
    assert _paths(trace(SCHEME, ASSESSMENT)) == [
        TOTAL,
        SURVEY,
        QUALITY,
        DELIVERY,
        OBJECTIVE,
        PRODUCT,
        RATE,
        COMPLAINTS,
    ]


def test_a_part_can_be_traced_by_itself() -> None:
    """The tree of one indicator holds what is below it."""
    assert _paths(trace(SCHEME, ASSESSMENT, PRODUCT)) == [PRODUCT, RATE, COMPLAINTS]


def test_what_is_not_counted_stands_beside() -> None:
    """A measure that only a veto looks at is no part of the tree, and is not lost."""
    assert [entry.indicator.path for entry in besides(SCHEME, ASSESSMENT)] == [ACCIDENTS]


def test_vetoes_stand_with_what_they_look_at() -> None:
    """Each veto is shown with the result of its subject."""
    ((veto, subject),) = trace(SCHEME, ASSESSMENT).vetoes
    assert (veto.grade, subject.path, subject.value) == ("不满意", ACCIDENTS, 0)


def test_an_indicator_used_twice_is_shown_once() -> None:
    """Of a part that two formulas read the second mention only names it."""
    twice = {**SCHEME.indicators, SURVEY: replace(SCHEME.indicators[SURVEY], children=(QUALITY, OBJECTIVE))}
    entry = trace(replace(SCHEME, indicators=twice), ASSESSMENT)
    inner, outer = entry.parts[0].parts[1], entry.parts[1]
    assert (inner.again, outer.again, outer.parts) == (False, True, ())


@pytest.mark.parametrize(
    ("score", "grade", "lower", "higher"),
    [("92.7", "比较满意", "不满意", "满意"), ("95", "满意", "比较满意", None), ("79.99", "不满意", None, "比较满意")],
)
def test_the_standing_names_the_neighbours(score: str, grade: str, lower: str | None, higher: str | None) -> None:
    """A graded value lies in its band between the bands that touch it."""
    node = NODES[0]._replace(score=F(score), reported=F(score), grade=grade)
    found = standing(SCHEME, SCHEME.indicators[TOTAL], node)
    assert found is not None
    assert (found.band.label, found.value) == (grade, F(score))
    assert (found.lower and found.lower.label, found.higher and found.higher.label) == (lower, higher)


def test_a_forced_grade_has_no_standing() -> None:
    """Where a veto forced the grade the score does not lie in its band."""
    node = NODES[0]._replace(grade="不满意", grade_before_veto="比较满意")
    assert standing(SCHEME, SCHEME.indicators[TOTAL], node) is None


def test_the_graded_value_is_the_policys_choice() -> None:
    """Grades read off the full value stand by the full value."""
    node = NODES[0]._replace(score=F("92.6951"), reported=F("92.70"))
    full = standing(replace(SCHEME, grade_on_rounded=False), SCHEME.indicators[TOTAL], node)
    assert full is not None
    assert full.value == F("92.6951")


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("总分", [TOTAL]),
        ("合格率", [RATE]),
        ("客观得分/产品/合格率", [RATE]),
        ("客观得分.产品.合格率", [RATE]),
        ("投诉／退货次数", [COMPLAINTS]),
        ("没有的", []),
    ],
)
def test_indicators_are_found_as_people_type_them(text: str, paths: list[str]) -> None:
    """By name or path, whatever the width of the signs."""
    assert [indicator.path for indicator in find(SCHEME, text)] == paths


def test_a_shared_name_finds_all_of_its_indicators() -> None:
    """A name that two indicators have means both."""
    shared = {path: replace(i, name="质量") if path == RATE else i for path, i in SCHEME.indicators.items()}
    assert [i.path for i in find(replace(SCHEME, indicators=shared), "质量")] == [QUALITY, RATE]


def test_a_key_is_a_name_of_its_own() -> None:
    """An indicator is found by its key, and the key is among the known names."""
    keyed = {path: replace(i, key="KPI-7") if path == RATE else i for path, i in SCHEME.indicators.items()}
    scheme = replace(SCHEME, indicators=keyed)
    assert [i.path for i in find(scheme, "kpi-7")] == [RATE]
    assert "KPI-7" in known_names(scheme)
