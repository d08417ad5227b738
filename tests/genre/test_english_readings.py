"""English rules: what they are about, and what is asked back rather than guessed."""

from collections.abc import Iterator
from typing import Any

import pytest

from engine.language import syntax as s
from engine.language.formatter import format_cell
from engine.language.parser import parse_scheme, parse_sentence
from engine.source import Span, source_of


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Deduct 5 points if a call is not answered within 3 hours", "a call is not answered within 3 hours"),
        ("Failure to reply within 2 days: deduct 4 points", "Failure to reply within 2 days"),
        ("Blank forms will receive zero", "Blank forms"),
        ("Deduct 3 if the strap frays, slips, or snaps", "the strap frays, slips, or snaps"),
        ("Skipping a step you will lose 2 points", "Skipping a step"),
        ("Not filing a plan is a zero", "Not filing a plan"),
    ],
)
def test_what_is_asked_for(words: str, name: str) -> None:
    """“Not within 3 hours” asks for yes or no, in the words of the rule; read as a range it would say the opposite."""
    (rule,) = parse_sentence(words)
    assert isinstance(rule, s.Rule)
    assert isinstance(rule.trigger, s.ConditionTrigger)
    assert rule.trigger.text.text == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("If response time exceeds 40 ms, deduct 4", "response time (ms)"),
        ("Deduct 3 if the gap is wider than 5mm", "the gap (mm)"),
        ("If the essay exceeds 600 words, deduct 2", "the essay words"),
        ("You get 0 points if coverage is less than 40%", "coverage"),
        ("If a file is sent beyond 4 days it will be scored at zero", "a file is sent"),
        ("0 spills: 9 points; 1 spill: 5 points; 2 or more spills: 0 points", "spills"),
        ("Over 8 years' practice: 9 marks; 4-8 years: 5 marks; less than 4 years: 0 marks", "years' practice"),
    ],
)
def test_what_a_range_is_of(words: str, name: str) -> None:
    """A unit that the language does not reckon with, and what is counted behind a number, belong to the name."""
    rules = [one for one in parse_sentence(words) if isinstance(one, s.Rule)]
    assert {one.subject.text if one.subject else None for one in rules} == {name}


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        (
            "0 cases: 8 points; 1 case: 4 points; 2 or more cases: 0 points",
            "score 8 if equal to 0 occurrences, score 4 if equal to 1 occurrence, no marks if 2 occurrences and above",
        ),
        (
            "no gaps scores 8, exactly 1 gap scores 4, 2 or more gaps: no marks",
            "score 8 if no gaps, gaps: score 4 if equal to 1 occurrence, gaps: no marks if 2 occurrences and above",
        ),
        ("98% and above: 9 points; below 98%: 0 points", "score 9 if 98% and above, no marks if below 98%"),
    ],
)
def test_tiers_of_cases(words: str, plain: str) -> None:
    """One case is just one where more cases give less; where another mark is nothing, points are given, not taken."""
    assert format_cell(parse_sentence(words), "en") == plain


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("-6 for each major leak, -2 for each minor leak", ["major leak", "minor leak"]),
        ("Deduct 5 per lost parcel; deduct 2 per 3 late parcels", ["lost parcel", "late parcels"]),
        ("Add 1 per box that holds, deduct 2 per box that leaks", ["box that holds", "box that leaks"]),
        ("每误发一次扣2分，每漏报1次扣1分", ["误发", "漏报"]),
        ("发现一处油污扣1分，发现一处积水扣2分", ["油污", "积水"]),
        ("每缺1项扣2分，每错1项扣1分", ["缺项", "错项"]),
        ("Deduct 2 per occurrence, add 1 per idea", [None, None]),
        ("每次扣2分，最多扣6分", [None]),
    ],
)
def test_what_is_counted_is_told_apart(words: str, names: list[str | None]) -> None:
    """Rules of one cell that count different things never take their number from one measure."""
    rules = [one for one in parse_sentence(words) if isinstance(one, s.Rule)]
    assert [one.subject.text if one.subject else None for one in rules] == names


def _findings(words: str) -> Iterator[tuple[str, dict[str, Any]]]:
    text = f"A: {words}\n"
    for found in parse_scheme(source_of("p.yaml", text), "scheme", Span(0, len(text)))[1]:
        yield found.code, dict(found.args)


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("4 points per visit", "deduct 4 points per visit", "add 4 points per visit"),
        ("Major finding: 6 points each", "Major finding: deduct 6 points each", "Major finding: add 6 points each"),
        ("Over 3 complaints: 5 points", "Over 3 complaints: deduct 5 points", "Over 3 complaints: score 5 points"),
        ("-4 points for rude replies", "-4 points for each rude replies", "-4 points if rude replies"),
        ("Six points if certified", "deduct six points if certified", "score six points if certified"),
        ("4 points if the bay is swept", "deduct 4 points if the bay is swept", "score 4 points if the bay is swept"),
        ("One mark off for a wrong label", "One mark off for each wrong label", "One mark off if wrong label"),
        (
            "Deduct 2 if more than 2, but at most 4",
            "Deduct 2 if more than 2 but at most 4",
            "Deduct 2 if more than 2, at most 4 points",
        ),
        ("The chief attends: 6 points", "deduct 6 points if The chief attends", "score 6 points if The chief attends"),
        ("0 spills: 9 points", "0 spills: deduct 9 points", "0 spills: score 9 points"),
        ("0 spills - 9 points", "0 spills: deduct 9 points", "0 spills: score 9 points"),
        ("2 spills: 4 points", "deduct 4 points per 2 spills", "score 4 points if at least 2 spills"),
        ("97% or more: 30", "97% or more: deduct 30", "97% or more: score 30"),
        ("Each closed case carries 3 marks", "Each closed case deduct 3 marks", "Each closed case add 3 marks"),
        ("Minus 2 points for running", "Minus 2 points for each running", "Minus 2 points if running"),
    ],
)
def test_two_readings(words: str, first: str, second: str) -> None:
    """Points taken or given, once or each time: both sentences are shown, each can be read, and they differ."""
    ((code, args),) = _findings(words)
    assert (code, args) == ("E213", {"first": first, "second": second})
    assert parse_sentence(first) != parse_sentence(second)


def test_points_that_may_rise_with_what_goes_wrong() -> None:
    """Points that rise with the number of spills may be taken for them, so nothing is taken for granted."""
    found = _findings("0 spills: 0 points; 1 to 3 spills: 4 points; over 3 spills: 9 points")
    assert [code for code, _ in found] == ["E213", "E213"]


@pytest.mark.parametrize(
    "words",
    [
        "Lose 3 points if 4+ last shift",
        "Two strikes and the seal is torn",
        "Deduct 2 points per error except the first",
        "98% = 10",  # from there on, or exactly so much
        "One letter grade will be deducted for each day late",
        "deduct 2 per day",  # of what: nothing is said to be late
        "deduct 1 per report above 5",  # of which reports, all or those beyond five
        "up to 5 points may be deducted",
        "3 late days are allowed",
        "lose half marks for each slide that is blurred",  # half of the slide's marks, or of all
        "One mark will be deducted for each late form up to two forms",  # forms are no points
        "Each open gate has a value of 5 points",
        "If the seal holds, add 2. If not, deduct 1",  # not what?
        "you will not receive any points",  # when?
        "deduct 5 if the belt slips or the load > 80",  # two conditions, of which one has a number
        "no points will be awarded for spills if the lid is off for that shift",
    ],
)
def test_what_is_not_guessed(words: str) -> None:
    """A rule that leaves open what is meant is asked back."""
    assert [code for code, _ in _findings(words)] == ["E201"]
