"""The ways in which English says one thing: active, passive and telegraphic, the condition first or last.

Each group stands under the sentence in which rubric prints such a rule.
"""

import pytest

from engine.language.parser import parse_sentence
from tests.genre.test_english import meaning_of

TAKEN_PER_CASE = (
    "Take away 4 points for each unlocked cage",
    "Knock off 4 points per unlocked cage",
    "Withhold 4 marks for every unlocked cage",
    "Debit 4 points for each unlocked cage",
    "4 points are forfeited for each unlocked cage",
    "Four marks are to be deducted for each unlocked cage",
    "4 pts. will be taken away for each unlocked cage",
    "4-point loss per unlocked cage",
    "Reduce score by 4 points for each unlocked cage",
    "The total score decreases by 4 points for each unlocked cage",
    "Points reduced by 4 points for each unlocked cage",
    "- 4 points per unlocked cage",
    "Each unlocked cage = minus 4",
    "For each unlocked cage, a 4-point deduction is applied",
    "For every unlocked cage - a penalty of 4 points will be imposed",
    "Each unlocked cage is a 4-point deduction",
    "Unlocked cages - -4 each",
    "Unlocked cages: -4/cage",
    "Unlocked cages (4 points off each)",
    "Deduct four for each unlocked cage",
    "Deduct 4 points for each and every unlocked cage",
    "Deduct 4 points (per unlocked cage)",
    "4 points per unlocked cage will be deducted",
    "Points lost per unlocked cage: 4",
    "If a cage is unlocked, deduct 4 points per occurrence",
    "If a cage is left unlocked, 4 points will be deducted each time",
    "Negative marking of 4 marks per unlocked cage",
    "There will be negative marking of 4 marks for every unlocked cage",
    "Leaving a cage unlocked carries a -4 point penalty for each occurrence",
)
TAKEN_UP_TO = (
    "Deduct 4 per unlocked cage, with a cap at 12 points",
    "Deduct 4 per unlocked cage, with a max of 12",
    "Deduct 4 per unlocked cage, subject to a cap of 12",
    "Deduct 4 per unlocked cage. Deductions capped at 12.",
    "Deduct 4 per unlocked cage, up to 12 points maximum",
    "Deduct 4 per unlocked cage (12 max)",
    "Deduct 4 per unlocked cage, 12 points max",
    "Deduct 4 per unlocked cage - max 12",
    "Deduct 4 per unlocked cage. Cap: 12",
    "Deduct 4 per unlocked cage, up to a limit of 12",
    "Deduct 4 per unlocked cage; you cannot lose more than 12 points",
)
NEVER_NEGATIVE = (
    "Deduct 4 per unlocked cage, min. 0",
    "Deduct 4 per unlocked cage, but not below zero",
    "Deduct 4 per unlocked cage, to a minimum of zero points",
    "Deduct 4 per unlocked cage, with a floor of 0",
    "Deduct 4 per unlocked cage. No negative scores",
    "Deduct 4 per unlocked cage; lowest possible score is 0",
    "Deduct 4 per unlocked cage. The score floors at 0",
    "Deduct 4 per unlocked cage until no points remain",
    "Deduct 4 per unlocked cage, but the score cannot fall below zero",
)
GIVEN_PER_CASE = (
    "6 points awarded for each mended bench",
    "6 bonus points are credited for each mended bench",
    "6 additional points can be earned for each mended bench",
    "A 6-point bonus is awarded for each mended bench",
    "For each mended bench, the score is increased by 6 points",
    "Each mended bench = +6",
    "Mended benches: +6/bench",
    "+6 bonus per mended bench",
    "Each mended bench yields 6 points",
)
GIVEN_UP_TO = (
    "Add 6 per mended bench. The bonus is capped at 18",
    "Add 6 per mended bench; maximum bonus 18",
    "Add 6 per mended bench; bonus limited to 18 points",
)
LATE = (
    "Late: -3 per day",
    "Late: 3 points off per day",
    "Late forms: 3 points a day",
    "Late forms: -3/day",
    "Late forms lose 3 points a day",
    "Deduct 3 points per day for late forms",
    "3 points will be deducted per day for late filing",
    "Each day it is late costs 3 points",
    "Every day that the form is late is a 3-point deduction",
    "For each day the form is late, 3 points will be deducted",
    "For each day late, you lose 3 points",
    "If a form is late, 3 points per day will be deducted",
    "3 points per day late will be deducted",
    "Late forms will be penalised 3 points off for each day late",
)
BEYOND_A_NUMBER = (
    "2 points off for each mistake after the third",
    "Each lapse beyond the third costs 2 points",
    "For every stain after the first three, deduct 2 points",
)
BELOW_TARGET = (
    "For each percentage point below the target, 3 points will be deducted",
    "Every percentage point below target, you lose 3 points",
    "3 points off for each percentage point of shortfall",
    "Deduct 3 for each percentage point lower than the target",
    "Deduct 3 for each percentage point short of target",
)
MARKS_IN_RANGES = (
    "At least 96% (9 points); 91% or more (4 points); below 91% (0 points)",
    "96% upwards: 9 points; 91% or more: 4 points; below 91%: 0 points",
    "Equal to or above 96%: 9 points; at least 91%: 4 points; under 91%: none",
    "9 points if the rate reaches 96%; 4 points if it meets or exceeds 91%; zero if below 91%",
    "9 points for achieving 96% or more; 4 points for reaching 91% or more; no points at less than 91%",
)
HALF_OPEN = (
    "70 to less than 85: 6 points; below 70: 2 points",
    "From 70 to below 85: 6 points; below 70: 2 points",
    "70 to under 85: 6 points; below 70: 2 points",
    "70-<85: 6 points; below 70: 2 points",
    "Between 70 and less than 85: 6 points; below 70: 2 points",
    "More than or equal to 70 and less than 85: 6 points; below 70: 2 points",
)
AT_MOST = (
    "Not exceeding 3 days: full marks; later than 3 days: no marks",
    "No later than 3 days: full marks; over 3 days: nothing",
)
TAKEN_ONCE = (
    "Deduct 7 points unless the guard is fitted",
    "7 points will be withheld if the guard is off",
    "If the guard is off, the penalty is 7 points",
    "Deduct 7 points in the event that the guard is off",
    "A deduction of 7 points applies in the absence of a guard",
    "No guard - 7 points off",
    "A missing guard will result in a deduction of 7-points",
    "Working behind the guard: -7",
)
NOTHING = (
    "A mark of zero if the log is blank",
    "0 if the log is blank",
    "Nil points if the log is blank",
    "All points are lost if the log is blank",
    "If the log is blank: 0",
    "Zero score if the log is blank",
    "Award 0 if the log is blank",
    "A blank log will result in a zero grade",
    "Blank logs are worth zero points",
    "No marks unless the log is signed",
    "Blank logs will automatically result in 0 points",
)
EVERYTHING = (
    "Maximum points if the log is signed",
    "Full marks only if the log is signed",
    "All points if the log is signed",
    "Full credit given if the log is signed",
)
A_SHARE = (
    "A deduction of 30% of the total points applies if it is torn",
    "A penalty of 30% of the marks will be imposed if it is torn",
)
IN_A_SPAN = (
    "Losing the grip → -0.2 to -0.4",
    "Losing the grip: -0.2 - -0.4",
    "Losing the grip: deduct 0.2 to 0.4 points",
)
AFTER_A_TIME = (
    "No credit after 3 weeks",
    "No marks will be given after 3 weeks",
    "No credit will be given to maps handed in after 3 weeks",
    "If it is sent after three weeks, it gets zero",
)
CLOSER = (
    "If the truck stops closer than 40, deduct 6",
    "Deduct 6 if the lorry stops nearer than 40",
    "6 points off if the van stands closer than 40",
)
NOTHING_TAKEN = (
    "3-6 years: 0; 7-9 years: -2; 10+ years: -5",
    "3 to 6 years: 0 points; 7 to 9 years: -2 points; 10 or more years: -5 points",
    "10+ years: -5; 7-9 years: -2; 3-6 years: 0",
)
AROUND = (
    "Within ±3%: 8 points; over ±3%: 0 points",
    "+/- 3%: 8 points; outside +/- 3%: no marks",
    "±3%: 8 points; exceeding ±3%: zero",
)
CALLED = (
    "4 - Superb (92% and above); 2 - Fair (70-91%); 1 - Weak (below 70%)",
    "4 = Superb (at least 92%); 2 = Fair (70 to 91%); 1 = Weak (<70%)",
    "Rating 4: 92% and above of target; Rating 2: 70-91%; Rating 1: below 70%",
)
WITH_A_NAME = (
    "Stains: 0 = 9, 1-3 = 5, >3 = 0",
    "Stains: 0: 9 points; 1-3: 5 points; more than 3: 0 points",
    "Stains: 0 = 9 points; 1 to 3 = 5 points; over 3 = no points",
)
DESCENDING = (
    "100 - 97%: 8; 96.9 - 90%: 3; below 90%: 0",
    "100 - 97% : 8; 96.9 - 90% : 3; < 90% : 0",
    "100-97% - 8 points; 96.9-90% - 3 points; less than 90% - 0",
)
GRADES = (
    "Superb (92-100), Exceeds expectations (75-91), Below expectations (under 75)",
    "Superb: 92-100; Exceeds expectations: 75-91; Below expectations: under 75",
)
OR_FEWER = (
    "6 stains or fewer: 7 points; more than 6 stains: 0 points",
    "6 open drawers or less: 7 points; over 6 open drawers: no points",
    "6 lost keys or under: 7 points; more than 6 lost keys: zero",
)
PER_POINT_BELOW = (
    "For every point below 75, deduct 2",
    "Each point below 75 costs 2 points",
    "Per point below 75, deduct 2",
)
BY_SEVERITY = (
    "Deduct 2-4 points per stain depending on severity",
    "Lose 2 to 4 points for each stain based on the severity",
    "Deduct 2 to 4 points per stain according to its seriousness",
)
MAY_EARN = (
    "Bonus of up to 7 points for a quick repair",
    "Earn up to 7 points if the repair is quick",
    "Award up to 7 points for a quick repair",
)
MINUS_FROM_FULL = (
    "Full marks minus 3 per stain",
    "Full points, less 3 for each stain",
    "Full credit minus 3 points per stain",
)
START_FROM = (
    "Start with 100 points and deduct 3 for each stain",
    "Starts at 100 and loses 3 for each stain",
    "Starting from 100 points, deduct 3 per stain",
)
BUDGET = (
    "+4 if under budget",
    "Under budget: add 4 points",
    "4 extra points if below budget",
)
CARRIED_ON = (
    "Deduct 6 points per broken seal, 2 points per torn page",
    "Lose 6 points for each broken seal, and 2 points for each torn page",
    "Deduct 6 per broken seal and 2 per torn page",
    "6 points deducted for each broken seal, 2 for each torn page",
)
GIVEN_ON = (
    "Add 4 points per idea, 1 per hint",
    "Gain 4 for each idea and 1 for each hint",
    "You earn 4 points for each idea, and 1 point for each hint",
)
FAILED = (
    "A forged stamp results in a fail",
    "A forged stamp results in failure",
    "A forged stamp (automatic fail)",
    "A forged stamp: fail",
    "If a stamp is forged, the crew fails automatically",
)
GROUPS = (
    ("deduct 4 per occurrence", TAKEN_PER_CASE),
    ("deduct 4 per occurrence, at most 12", TAKEN_UP_TO),
    ("deduct 4 per occurrence, not below 0", NEVER_NEGATIVE),
    ("add 6 per occurrence", GIVEN_PER_CASE),
    ("add 6 per occurrence, add at most 18", GIVEN_UP_TO),
    ("deduct 3 per day late", LATE),
    ("target 3 occurrences, deduct 2 per 1 occurrence above target", BEYOND_A_NUMBER),
    ("deduct 3 per 1 percentage point below target", BELOW_TARGET),
    ("score 9 if at least 96%; score 4 if at least 91%; no marks if below 91%", MARKS_IN_RANGES),
    ("score 6 if at least 70 but below 85; score 2 if below 70", HALF_OPEN),
    ("full marks if 3 days and below; no marks if over 3 days", AT_MOST),
    ("deduct 7 if it is off", TAKEN_ONCE),
    ("no marks if it is blank", NOTHING),
    ("full marks if it is signed", EVERYTHING),
    ("deduct 30% of its points if it is torn", A_SHARE),
    ("automatic fail if it is forged", FAILED),
    ("score 8 if -3% to 3%; otherwise no marks", AROUND),
    ("score 4 if at least 92%; score 2 if 70% to 91%; score 1 if below 70%", CALLED),
    ("score 9 if equal to 0; score 5 if 1 to 3; no marks if over 3", WITH_A_NAME),
    ("score 8 if 97% to 100%; score 3 if 90% to 96.9%; no marks if below 90%", DESCENDING),
    ('grade bands: Superb 92 to 100; "Exceeds expectations" 75 to 91; "Below expectations" below 75', GRADES),
    ("score 7 if 6 occurrences and below; no marks if over 6 occurrences", OR_FEWER),
    ("target 75 points, deduct 2 per 1 point below target", PER_POINT_BELOW),
    ("deduct 2 to 4 per occurrence", BY_SEVERITY),
    ("up to 7 points may be awarded if it is quick", MAY_EARN),
    ("deduct 3 per occurrence", MINUS_FROM_FULL),
    ("start at 100; deduct 3 per occurrence", START_FROM),
    ("add 4 if it is so", BUDGET),
    ("seal: deduct 6 per occurrence, page: deduct 2 per occurrence", CARRIED_ON),
    ("idea: add 4 per occurrence, hint: add 1 per occurrence", GIVEN_ON),
    ("loss of grip: deduct 0.2 to 0.4 points if it slips", IN_A_SPAN),
    ("no marks if over 3 weeks", AFTER_A_TIME),
    ("deduct 6 if below 40", CLOSER),
    ("deduct 0 if 3 to 6; deduct 2 if 7 to 9; deduct 5 if 10 and above", NOTHING_TAKEN[:2]),
    ("deduct 5 if 10 and above; deduct 2 if 7 to 9; deduct 0 if 3 to 6", NOTHING_TAKEN[2:]),
)


@pytest.mark.parametrize(
    ("words", "meaning"), [(words, meaning) for meaning, group in GROUPS for words in group], ids=str
)
def test_one_meaning_in_many_words(words: str, meaning: str) -> None:
    """Voice, order, signs and synonyms do not decide whether a rule is understood."""
    assert [meaning_of(one) for one in parse_sentence(words)] == [meaning_of(one) for one in parse_sentence(meaning)]


@pytest.mark.parametrize(
    "words",
    [
        "Late forms will receive zero unless the clerk was ill",  # what of a late form of a clerk who was ill
        "If the total = 8, it is fine",
        "Deduct 2 points per page per day",  # how many pages were late for how many days
        "Deduct 2 for each order above 3",  # orders beyond the third, or orders of more than 3
        "If they do, deduct 4",  # do what
        "Add 4 per idea, 2 per error",  # nobody is given points for an error, nor told that they are taken
        "Late forms will be deducted 3 points each day for the first five days",  # and no more behind them
        "All late forms will be deducted 3 points each day for the first five school days if they are late",
        "The score is capped at 70",  # no bound of what is taken or given
        "Overall score is limited to 70",
        "Staff may receive 2 points for absence of less than 3 hours",  # a yes or no, or points they may get
    ],
)
def test_two_conditions_in_one_are_refused(words: str) -> None:
    """What would ask for two things at once, or could, is not guessed."""
    with pytest.raises(ValueError, match=words[:10]):
        parse_sentence(words)
